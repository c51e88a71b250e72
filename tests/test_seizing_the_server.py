"""The server is taken away, with 200 sources on it: nothing on it says who they are. A keeper's key does.

The sources come in through the desk's own pages, some of them by every wrong turn that there is. Then all of it is searched,
in every dress and packing (`tests/searching.py`): the dump, the files of the database with rows that are gone and the log of
writes, both logs at their most talkative, folders, cache, sessions, temporary files. Not the memory of a running process.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from newsroom.embedded_place import find_place
from newsroom.settings import environment
from sources import sealing_views
from sources.aliases import FIRST, SECOND
from sources.models import ProtectedTerm, SealedRecord, Source
from tests import clones
from tests.desks import at_the_desk
from tests.factories import Desk, PlaceFactory, StaffFactory
from tests.searching import FORMS, Searcher
from tests.seizure import Watch, watched

HOW_MANY = int(os.environ.get("SEIZED", "200"))
SURNAMES = {"김": "Kim", "리": "Ri", "박": "Pak", "최": "Choe", "정": "Jong", "한": "Han"}
# Syllables that no word of ours and no place has in this order.
SYLLABLES = {
    "뀨": "Kkyu",
    "쾌": "Khwae",
    "뤄": "Rwo",
    "쥬": "Jyu",
    "퓌": "Phwi",
    "뒈": "Twe",
    "휀": "Hwen",
    "븨": "Pui",
}


@dataclass(frozen=True)
class Identity:
    """Somebody who told us something, as her reporter types her in."""

    name: str
    romanised: str
    number: str
    handle: str
    place: str
    notes: str

    @property
    def words(self) -> list[str]:
        digits = self.number.replace("-", "")
        return [self.name, self.romanised, self.number, digits, f"82{digits[1:]}", self.handle, self.place, self.notes]

    @property
    def form(self) -> dict[str, str]:
        """As a browser sends it."""
        return {
            "sealed-name": self.name,
            "sealed-romanised": self.romanised,
            "sealed-numbers": self.number,
            "sealed-handles": self.handle,
            "sealed-places": self.place,
            "sealed-contact": f"{self.number}, after ten, says {self.handle}",
            "sealed-how_met": f"Through {self.romanised}'s cousin",
            "sealed-notes": self.notes,
        }


def identities(how_many: int) -> list[Identity]:
    """The same on every run, no two alike."""
    chance, made = Random(417), {}
    while len(made) < how_many:
        surname, *given = chance.choice([*SURNAMES]), *chance.choices([*SYLLABLES], k=3)
        roman = "".join(SYLLABLES[each] for each in given)
        number, tag = (
            f"010-{chance.randrange(2000, 9999)}-{chance.randrange(1000, 9999)}",
            chance.randrange(10**5, 10**6),
        )
        name = surname + "".join(given)
        made[name] = Identity(
            name,
            f"{SURNAMES[surname]} {roman}",
            number,
            f"{roman.lower()}_{tag}",
            f"청진시 {''.join(given)}동 {tag % 90 + 10}반",
            f"Sister of {SURNAMES[surname]} {roman}, sells shoes, drives {tag}",
        )
    return [*made.values()]


@pytest.fixture
def watch(committed_db: str, database_server: clones.Server, settings: Any, tmp_path: Path) -> Iterator[Watch]:
    if not (find_place().running / "log").exists():
        pytest.skip("The files of a server that somebody else runs are not ours to read.")
    folders = [tmp_path / name for name in ("private", "public", "uploads", "temporary")]
    for folder in folders:
        folder.mkdir()
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = folders[:3]
    before, tempfile.tempdir = tempfile.tempdir, str(folders[3])
    try:
        with watched(database_server, committed_db, folders, tmp_path / "log") as watch:
            # The connection is made anew, so that the server is talkative on it.
            connection.close()
            yield watch
    finally:
        tempfile.tempdir = before


def test_every_form_is_found_wherever_it_is_planted(watch: Watch, tmp_path: Path) -> None:
    """Or a search that finds nothing would prove nothing: in a row, a row that is gone, a log, a file, a cache, a session."""
    [somebody] = identities(1)
    searcher = Searcher(somebody.words)
    desk = Desk()
    for form, dress in FORMS.items():
        with tempfile.NamedTemporaryFile(delete=False, dir=tempfile.tempdir) as file:
            file.write(b"x" * 50 + dress(somebody.name) + b"x" * 50)
            file.flush()
            written = Path(file.name)
        assert searcher.words_in(written.read_bytes()) == {somebody.name}, form
        written.unlink()
    source = desk.source(confirmed=False, alias="planted")
    Source.objects.filter(pk=source.pk).update(alias=f"was {somebody.handle}")
    Source.objects.filter(pk=source.pk).update(alias="is another")
    desk.article(somebody.romanised, body=f"<p>{somebody.place}</p>" * 200)
    logging.getLogger("any.library").debug("met %s", somebody.number)
    cache.set("note", somebody.notes)
    client = at_the_desk(desk.reporter)
    watch.browsers.append(client)
    session = client.session
    session["typed"] = [somebody.name, "x" * 400]
    session.save()
    found: dict[str, set[str]] = {}
    for where, body in watch.everything():
        for word in searcher.words_in(body):
            found.setdefault(word, set()).add(where.rstrip("0123456789").strip())
    cache.delete("note")
    assert "the dump" not in found[somebody.handle]  # the row that is gone
    assert {"the table's file", "the server's log"} <= found[somebody.handle]
    assert any(where.startswith("the log of writes") for where in found[somebody.handle])
    assert {"the dump", "the table's file"} <= found[somebody.romanised] & found[somebody.place]
    assert found[somebody.number] == {"the desk's log"}
    assert found[somebody.notes] == {"the cache default"}
    assert found[somebody.name] == {"the session"}  # by its cookie alone: its row is encrypted


def test_nothing_says_who_they_are_and_a_keepers_key_does(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, people = Desk(), identities(HOW_MANY)
    reporter = at_the_desk(desk.reporter)
    watch.browsers.append(reporter)
    place = PlaceFactory()
    before_any_keeper(reporter, desk, people[0])
    key = appoint_a_keeper(desk, tmp_path)
    sources = [enter(reporter, desk, somebody, place.pk, number) for number, somebody in enumerate(people)]
    watch.browsers += by_wrong_turns(reporter, sources, people, monkeypatch)
    assert SealedRecord.objects.count() >= HOW_MANY
    assert ProtectedTerm.objects.count() >= HOW_MANY * 4

    searcher = Searcher(word for somebody in people for word in somebody.words)
    seen, size = [], 0
    for where, body in watch.everything():
        found = searcher.found_in(body)
        assert found == set(), (where, found)
        seen.append(where)
        size += len(body)
    assert size > 20_000_000
    assert {"the dump", "the server's log", "the desk's log", "the session 0"} <= set(seen)
    assert len(watch.log.read_bytes()) > 100_000

    # And yet it is there.
    export = reporter.post(f"{page(sources[17])}export/")
    file = tmp_path / "hers.json"
    file.write_bytes(b"".join(export) if export.streaming else export.content)
    told = keeper(tmp_path, "open", file, "--key", key)
    for word in (people[17].name, people[17].romanised, people[17].number, people[17].handle, people[17].notes):
        assert word in told
    assert people[18].name not in told


def page(source: Source) -> str:
    return reverse("sealing:source", args=[source.pk])


def before_any_keeper(reporter: Client, desk: Desk, somebody: Identity) -> None:
    """Nobody could open it: so it is not kept."""
    answer = reporter.post(page(desk.source(confirmed=False)), somebody.form)
    assert answer.status_code == 200 and not SealedRecord.objects.exists()


def appoint_a_keeper(desk: Desk, folder: Path) -> Path:
    """On her own machine; two editors agree on the desk."""
    from sources import keepers

    keeper(folder, "make", "amy", "--no-passphrase")
    keepers.agree(keepers.propose("Amy", keeper(folder, "public", "amy.key").strip(), by=desk.chief), by=desk.editor)
    return folder / "amy.key"


def keeper(folder: Path, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, str(environment.PROJECT / "manage.py"), "keeper", *map(str, words)],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def enter(reporter: Client, desk: Desk, somebody: Identity, place: int, number: int) -> Source:
    """A source comes to the desk: her alias and place on one page, who she is on another."""
    alias = f"{FIRST[number % len(FIRST)]} {SECOND[number // len(FIRST)]}"
    answer = reporter.post(
        reverse("admin:sources_source_add"),
        {
            "alias": alias,
            "safety": "safe",
            "place": place,
            "part": "resident",
            "contact_reporter": desk.reporter.pk,
            # A hand that pastes into the wrong page: what it sends there is sealed as well.
            **(somebody.form if number % 20 == 7 else {}),
        },
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    source = Source.objects.get(alias=alias)
    reporter.get(page(source))
    answer = reporter.post(page(source), somebody.form)
    assert answer.status_code == 302
    assert all(word not in reporter.get(page(source)).text for word in somebody.words)
    return source


def by_wrong_turns(
    reporter: Client, sources: list[Source], people: list[Identity], monkeypatch: pytest.MonkeyPatch
) -> list[Client]:
    """Each error that a form can meet, with somebody's identity in it. Says whose browsers were used."""
    lenient = Client(raise_request_exception=False)
    lenient.cookies = reporter.cookies
    colleague, stranger = at_the_desk(StaffFactory()), Client()
    for source, somebody in zip(sources[::10], people[::10], strict=True):
        address, form = page(source), somebody.form
        answers = [
            lenient.get(address, form),  # in the address
            stranger.post(address, form),  # nobody is logged in
            colleague.post(address, form),  # not hers to know
            Client(enforce_csrf_checks=True).post(address, form),  # from another page
            lenient.post(address, form | {"sealed-notes": somebody.notes * 2000}),  # too much
            lenient.post(address, form | {"sealed-nonsense": somebody.name}),  # a field that is none
            lenient.post(address, form | {"zero": "a\0b"}),  # a zero byte
            lenient.post(
                address, {**form, "sealed-file": SimpleUploadedFile(f"{somebody.name}.txt", somebody.notes.encode())}
            ),
            lenient.post(
                address, b"--x\r\nbroken " + somebody.name.encode(), content_type="multipart/form-data; boundary=x"
            ),
            lenient.post(address, somebody.name.encode(), content_type="application/json"),
            lenient.post("/desk/nothing/here/", form),
            lenient.put(address, somebody.notes.encode()),
            lenient.post(reverse("admin:sources_source_change", args=[source.pk]), form),  # not that page's form
            lenient.post(reverse("admin:sources_source_add"), form),
            lenient.post(reverse("admin:login"), form),
            lenient.post(f"{address}?next=/", form, HTTP_REFERER="http://testserver/desk/"),
        ]
        with monkeypatch.context() as broken:
            broken.setattr(sealing_views, "seal", _fails)
            answers.append(lenient.post(address, form))
        assert answers[-1].status_code == 500
        for answer in answers:
            assert all(word not in answer.text for word in somebody.words)
    return [lenient, colleague, stranger]


def _fails(*_whom: object, **_by: object) -> None:
    raise RuntimeError("A mistake of ours in the middle of it.")
