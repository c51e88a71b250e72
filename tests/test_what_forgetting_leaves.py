"""Forgetting leaves a whole record behind, happens once however often it is asked for, and is there at the server's prompt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from sources.forgetting import ForgettingRefused, forget
from sources.looking import note_look
from sources.models import Forgetting, Look, ProtectedPerson, ProtectedTerm, SealedRecord, Source, Talk
from sources.vetting import vet
from tests.desks import at_once, at_the_desk
from tests.factories import Desk


@pytest.fixture
def desk(committed_db: str) -> Desk:
    return Desk()


@pytest.fixture
def source(desk) -> Source:
    source = desk.source(alias="silver heron")
    vet(source, "confirmed", by=desk.other_editor, reason="Her sister vouches for her")
    person = ProtectedPerson.objects.create(source=source)
    SealedRecord.objects.create(person=person, ciphertext=b"age sealed", sealed_to=["age1keeper"])
    ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"name")
    note_look(source, Look.What.PAGE, by=desk.editor, why="Her cousin rang")
    return source


def whole() -> None:
    for command, words in (("verify_record", "The record is whole"), ("verify_looks", "The looks are whole")):
        said = StringIO()
        call_command(command, stdout=said)
        assert words in said.getvalue()


def test_the_record_and_the_looks_stay_whole(desk, source):
    article = desk.article()
    desk.fact(article, sources=[source, desk.source()])
    printed = desk.published(article)
    whole()
    forget(source, by=desk.reporter, reason="She asks for it", alias="silver heron")
    whole()
    printed.refresh_from_db()
    assert printed.pulled_at is None
    vet(Source.objects.get(pk=source.pk), "discredited", by=desk.editor, reason="She was seen elsewhere")
    whole()


def test_pressed_twice_at_once(desk, source):
    clients = [at_the_desk(desk.reporter), at_the_desk(desk.chief)]
    form = {"terms": "destroy", "reason": "She asks for it", "alias": "silver heron"}
    address = f"/desk/sources/source/{source.pk}/forgetting/"
    answers = at_once(*((client, address, form) for client in clients))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Forgetting.objects.count() == 1
    assert all("silver heron was forgotten on" in client.get(address).text for client in clients)
    whole()


def test_sealing_at_the_same_instant_leaves_nothing_behind(desk):
    """Whichever comes first: either it is destroyed with the rest, or it is refused."""
    for number in range(12):
        source = desk.source(alias=f"heron {number}")
        person = ProtectedPerson.objects.create(source=source)
        start = Barrier(3)

        def at_the_signal(deed, start=start):
            try:
                start.wait()
                deed()
            except (DatabaseError, ForgettingRefused) as refusal:
                return str(refusal)
            finally:
                connection.close()
            return ""

        deeds = [
            lambda p=person: SealedRecord.objects.create(person=p, ciphertext=b"x", sealed_to=["age1keeper"]),
            lambda s=source: Talk.objects.create(
                source=s, held_on="2026-11-01", medium="call", recorded_by=desk.reporter
            ),
            lambda s=source: forget(s, by=desk.reporter, reason="She asks", alias=s.alias),
        ]
        with ThreadPoolExecutor(3) as pool:
            said = list(pool.map(at_the_signal, deeds))
        assert said[2] == "" and not any("deadlock" in words for words in said)
        assert not SealedRecord.objects.exists()
        assert not Talk.objects.filter(source=source).exclude(date_kept="nothing").exists()


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch):
    """Somebody at the server's prompt, who types these lines one after the other."""

    def types(*lines: str) -> None:
        waiting = iter(lines)

        def answer(question: str) -> str:
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)

    return types


def at_the_prompt(*words: str) -> str:
    said = StringIO()
    call_command("forget_source", *words, stdout=said)
    return said.getvalue()


def test_at_the_prompt(desk, source, answered):
    answered("silver heron", "silver heron")
    said = at_the_prompt("--by", "reporter", "--reason", "She asks for it")
    before, after = said.split("was forgotten on")
    assert "Nothing is done yet." in before and "1 sealed record" in before and "1 protected term" in before
    assert "Destroyed:" in after and "Left to do:" in after and "keys" in after
    assert not SealedRecord.objects.exists()
    answered("silver heron")
    assert "was forgotten on" in at_the_prompt("--by", "chief")
    assert Forgetting.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "lines", "sentence"),
    [
        (["--by", "reporter"], ["silver heron", "She asks", "golden heron"], "That is not the alias"),
        (["--by", "reporter"], ["silver heron", " ", "silver heron"], "Give a reason"),
        (["--by", "reporter"], ["silver heron", "She asks"], "Nobody answered"),
        (["--by", "editor"], ["silver heron", "She asks", "silver heron"], "contact reporter or the chief editor"),
        (["--by", "nobody"], ["silver heron"], "no open account"),
        (["--by", "reporter"], ["green bridge"], "nobody by that alias"),
    ],
)
def test_what_the_prompt_refuses(desk, source, answered, words, lines, sentence):
    answered(*lines)
    with pytest.raises(CommandError, match=sentence):
        at_the_prompt(*words)
    assert SealedRecord.objects.exists() and not Forgetting.objects.exists()


def test_a_person_in_a_story_at_the_prompt(desk, source, answered):
    person = ProtectedPerson.objects.create(alias="green bridge", contact_reporter=desk.reporter)
    ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"his")
    answered("green bridge")
    said = at_the_prompt("green bridge", "--by", "reporter", "--reason", "He asks for it", "--keep-terms")
    assert "fingerprints of her protected terms" in said
    assert person.terms.count() == 1 and Forgetting.objects.get().person == person
