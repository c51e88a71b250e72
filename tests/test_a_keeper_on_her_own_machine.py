"""`manage.py keeper` on a machine with nothing but the code: no database, no secret, no data folder, no other environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pyrage
import pytest

from newsroom.settings.environment import PROJECT
from sources.envelopes import Bundle, Carried, enveloped, opened, read, sealed, written

# What her checkout needs of the code.
ROOMS = ("newsroom", "staff", "sources", "locale")
PASSPHRASE = "correct horse battery staple"
FIELDS = {"name": "김봉구", "romanised": "Kim Bonggu", "numbers": "010-7741-2093", "notes": "By the mill.\nAfter six."}


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Path:
    """A copy of the code alone."""
    place = tmp_path_factory.mktemp("machine")
    shutil.copy(PROJECT / "manage.py", place)
    for room in ROOMS:
        shutil.copytree(PROJECT / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.fixture
def keeper(machine, tmp_path):
    """Runs the command with an empty environment, in a folder of her own."""

    def run(*arguments: object, typed: str = "", fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-B", str(machine / "manage.py"), "keeper", *map(str, arguments)],
            cwd=tmp_path,
            env={},
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        said = done.stdout + done.stderr
        assert bool(done.returncode) == fails, said
        assert "Traceback" not in said
        assert not list(machine.glob(".data"))
        return said

    return run


@pytest.fixture
def bundle(tmp_path):
    """A file from the desk, sealed to these keys."""

    def make(*keys: str, count: int = 2) -> Path:
        envelopes = [enveloped({**FIELDS, "contact": f"call {n}"}, record=uuid.UUID(int=n + 1)) for n in range(count)]
        file = tmp_path / "sealed.json"
        file.write_bytes(written(Bundle(keys, tuple(Carried(e.id, sealed(e, keys)) for e in envelopes))))
        return file

    return make


def public_key_in(said: str) -> str:
    return re.search(r"age1\w{58}", said)[0]


def test_she_makes_a_pair_opens_and_seals_anew(keeper, bundle, tmp_path):
    hers = public_key_in(keeper("make", "amy", typed=f"{PASSPHRASE}\n"))
    key = tmp_path / "amy.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"AGE-SECRET-KEY" not in key.read_bytes()
    assert keeper("public", key, typed=f"{PASSPHRASE}\n").strip() == hers
    file = bundle(hers)
    said = keeper("open", file, "--key", key, typed=f"{PASSPHRASE}\n")
    for words in ("Record 1 of 2", "김봉구", "Kim Bonggu", "By the mill.", "After six.", "call 0", "call 1"):
        assert words in said
    other = public_key_in(keeper("make", "ben", "--no-passphrase"))
    out = tmp_path / "resealed.json"
    said = keeper("reseal", file, "--key", key, "--to", hers, other, "-o", out, typed=f"{PASSPHRASE}\n")
    assert "2 records are sealed to 2 keepers" in said and "Bonggu" not in said
    assert out.stat().st_mode & 0o777 == 0o600
    assert set(read(out.read_bytes()).keepers) == {hers, other}
    assert [r.id for r in read(out.read_bytes()).records] == [r.id for r in read(file.read_bytes()).records]
    assert "김봉구" in keeper("open", out, "--key", tmp_path / "ben.key")


def test_it_speaks_korean(machine, tmp_path):
    done = subprocess.run(
        [sys.executable, "-B", machine / "manage.py", "keeper", "make", "amy", "--no-passphrase"],
        cwd=tmp_path,
        env={"NEWSROOM_LANGUAGE": "ko"},
        capture_output=True,
        check=True,
    )
    assert "공개" in done.stdout.decode()


def test_fingerprints_are_made_anew(keeper, bundle, tmp_path, settings):
    from sources.protecting import TypedTerm, fingerprints
    from sources.resealing import key_check

    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    (tmp_path / "fingerprints.key").write_text("a new key of the desk\n")
    out = tmp_path / "resealed.json"
    order = ["reseal", bundle(hers, count=1), "--key", tmp_path / "amy.key", "--to", hers, "-o", out]
    keeper(*order, "--fingerprint-key", tmp_path / "fingerprints.key")
    settings.FINGERPRINT_KEY, settings.NUMBER_FINGERPRINT_COST = "a new key of the desk", 14
    made = fingerprints(TypedTerm(term.kind, term.words) for term in enveloped(FIELDS).terms)
    brought = read(out.read_bytes())
    assert {p.fingerprint for p in brought.records[0].prints} == {p.fingerprint for p in made}
    assert brought.key_check == key_check()


def test_the_age_tool_opens_her_key_and_what_is_sealed_to_it(keeper, bundle, tmp_path):
    age = shutil.which("age")
    if not age:
        pytest.skip("age is not installed (Debian: apt-get install age).")
    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    [record] = read(bundle(hers, count=1).read_bytes()).records
    (tmp_path / "one.age").write_bytes(record.ciphertext)
    opened_by_age = subprocess.run(
        [age, "-d", "-i", tmp_path / "amy.key", tmp_path / "one.age"], capture_output=True, check=True
    )
    assert json.loads(opened_by_age.stdout)["fields"]["name"] == "김봉구"
    # One record alone, as it lies in the database, opens as well.
    assert "김봉구" in keeper("open", tmp_path / "one.age", "--key", tmp_path / "amy.key")


def test_a_key_that_age_made_is_hers_too(keeper, bundle, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "age.key").write_text(f"# created: 2026\n# public key: {identity.to_public()}\n{identity}\n")
    assert "김봉구" in keeper("open", bundle(str(identity.to_public())), "--key", tmp_path / "age.key")


def test_nothing_is_written_over(keeper, bundle, tmp_path):
    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    key = (tmp_path / "amy.key").read_bytes()
    assert "is there already" in keeper("make", "amy", "--no-passphrase", fails=True)
    order = ["reseal", bundle(hers), "--key", tmp_path / "amy.key", "--to", hers, "-o"]
    assert "is there already" in keeper(*order, tmp_path / "amy.key", fails=True)
    assert (tmp_path / "amy.key").read_bytes() == key


def test_what_is_wrong_is_said_in_a_sentence(keeper, bundle, tmp_path):
    hers = public_key_in(keeper("make", "amy", typed=f"{PASSPHRASE}\n"))
    keeper("make", "eve", "--no-passphrase")
    amy, eve, file = tmp_path / "amy.key", tmp_path / "eve.key", bundle(hers)
    out = tmp_path / "out.json"
    assert "the passphrase is wrong" in keeper("open", file, "--key", amy, typed="not it at all\n", fails=True)
    assert "the passphrase is wrong" in keeper("open", file, "--key", amy, fails=True)
    said = keeper("open", file, "--key", eve, fails=True)
    assert "sealed to others" in said and "2 of 2 records could not be opened" in said and "김봉구" not in said
    assert "sealed to others" in keeper("reseal", file, "--key", eve, "--to", hers, "-o", out, fails=True)
    assert "A public key begins with age1" in keeper(
        "reseal", file, "--key", amy, "--to", "age1x", "-o", out, typed=f"{PASSPHRASE}\n", fails=True
    )
    assert "no private key of a keeper" in keeper("public", file, fails=True)
    assert "holds a private key" in keeper("open", eve, "--key", eve, fails=True)
    assert "No such file" in keeper("open", tmp_path / "nothing", "--key", eve, fails=True)
    (tmp_path / "cut.json").write_bytes(file.read_bytes()[:-100])
    assert "not the whole of it" in keeper("open", tmp_path / "cut.json", "--key", eve, fails=True)
    assert "short of 12 characters" in keeper("make", "carl", typed="short\n", fails=True)
    assert "A name has letters" in keeper("make", "../carl", "--no-passphrase", fails=True)
    (tmp_path / "empty.key").touch()
    assert "is empty" in keeper(
        "reseal", file, "--key", eve, "--to", hers, "-o", out, "--fingerprint-key", tmp_path / "empty.key", fails=True
    )
    assert not out.exists()


def test_one_broken_record_hides_no_other_and_is_never_dropped(keeper, bundle, tmp_path):
    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    file = bundle(hers)
    good, other = read(file.read_bytes()).records
    broken = Carried(other.id, other.ciphertext[:-9])
    file.write_bytes(written(Bundle((hers,), (good, broken))))
    said = keeper("open", file, "--key", tmp_path / "amy.key", fails=True)
    assert "김봉구" in said and "It is damaged" in said and "1 of 2 records could not be opened" in said
    order = ["reseal", file, "--key", tmp_path / "amy.key", "--to", hers, "-o", tmp_path / "out.json"]
    assert "Nothing was written. Record 2 of 2" in keeper(*order, fails=True)


def test_two_records_that_somebody_exchanged_are_noticed(keeper, bundle, tmp_path):
    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    file = bundle(hers)
    one, two = read(file.read_bytes()).records
    file.write_bytes(written(Bundle((hers,), (Carried(one.id, two.ciphertext), Carried(two.id, one.ciphertext)))))
    assert "exchanged the two" in keeper("open", file, "--key", tmp_path / "amy.key", fails=True)


def test_what_was_typed_gives_the_terminal_no_orders(keeper, tmp_path):
    hers = public_key_in(keeper("make", "amy", "--no-passphrase"))
    identity = next(
        line for line in (tmp_path / "amy.key").read_text().splitlines() if line.startswith("AGE-SECRET-KEY")
    )
    hostile = enveloped({"name": "김\x1b]0;owned\x07봉\u202e구\x9b2J", "\x1b[2J": "x"})
    (tmp_path / "one.age").write_bytes(sealed(hostile, [hers]))
    assert opened((tmp_path / "one.age").read_bytes(), pyrage.x25519.Identity.from_str(identity)) == hostile
    said = keeper("open", tmp_path / "one.age", "--key", tmp_path / "amy.key")
    assert not any(sign in said for sign in ("\x1b", "\x07", "\x9b", "\u202e"))
    assert "김" in said and os.linesep in said
