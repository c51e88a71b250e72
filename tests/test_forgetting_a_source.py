"""A source is forgotten at once and for good: what identifies her is gone, nothing new comes, stories in print stay."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from articles import confirming
from articles.forms.recording import RecordingForm
from articles.gate import blockers
from articles.holding import hold
from articles.models import Article, Attribution, Confirmation, Entry, Pull, Stagger, TakenBack, Verdict
from articles.proofing import ask_for_review
from articles.stages import standing_of
from reader.models import Publication
from sources.forgetting import ForgettingRefused, forget, may_forget, what_there_is
from sources.looking import note_look
from sources.models import (
    Confidant,
    EarlierTalks,
    Forgetting,
    Look,
    Place,
    ProtectedPerson,
    ProtectedTerm,
    SealedRecord,
    Source,
    Talk,
    Vetting,
)
from sources.remains import answer_of, foreseen
from sources.vetting import VettingRefused, may_vet, vet
from staff.models import User
from tests.desks import at_the_desk, page_of, said
from tests.factories import Desk, StaffFactory
from tests.laws import answer, asked, refused, run

pytestmark = pytest.mark.django_db

SECRET = b"age-encryption.org/v1 sealed"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def town(desk) -> Place:
    country = Place.objects.create(name_en="A country", name_ko="나라", kind="country")
    province = Place.objects.create(name_en="A province", name_ko="도", kind="province", parent=country)
    return Place.objects.create(name_en="Nowhereville", name_ko="무명시", kind="city", parent=province)


@pytest.fixture
def deputy() -> User:
    return StaffFactory(username="deputy", roles=["reporter"])


@pytest.fixture
def source(desk, town, deputy) -> Source:
    """Of whom there is one of everything: two sealed records, three terms, three talks, reasons, looks."""
    source = desk.source(alias="silver heron", place=town, safety="in_danger", deputy=deputy)
    vet(source, "unconfirmed", by=desk.editor, reason="Her sister fell ill")
    vet(source, "confirmed", by=desk.other_editor)
    person = ProtectedPerson.objects.create(source=source)
    for number in range(2):
        SealedRecord.objects.create(person=person, ciphertext=SECRET + bytes([number]), sealed_to=["age1keeper"])
    for kind in ("name", "number", "place"):
        ProtectedTerm.objects.create(person=person, kind=kind, fingerprint=kind.encode())
    for month in (3, 4):
        Talk.objects.create(
            source=source, held_on=dt.date(2026, month, 7), medium="in_person", recorded_by=desk.reporter
        )
    note_look(source, Look.What.PAGE, by=desk.editor, why="Her cousin rang")
    LogEntry.objects.create(
        user=desk.reporter,
        content_type=ContentType.objects.get_for_model(Source),
        object_id=str(source.pk),
        object_repr="#",
        action_flag=CHANGE,
        action_time=timezone.now(),
    )
    return source


@pytest.fixture
def printed(desk, source) -> Publication:
    """A story in print on her word and another's, and a statement of hers that rests on her talk."""
    article = desk.article()
    desk.fact(article, sources=[source, desk.source()])
    said = desk.fact(article, "It was cold, she said.", kind="statement", sources=[source], confirmed=False)
    confirming.confirm(said, by=desk.editor)
    return desk.published(article)


def forgotten(source: Source, by: User, **what) -> Forgetting:
    return forget(source, **{"by": by, "reason": "She asks for it", "alias": source.alias, **what})


def test_it_works(desk, source, printed, town):
    forgetting = forgotten(source, desk.reporter)
    assert not SealedRecord.objects.exists() and not ProtectedTerm.objects.exists()
    assert set(source.talks.values_list("held_on", "medium", "date_kept")) == {(None, "", "nothing")}
    assert source.talks.count() == 2 and EarlierTalks.objects.get(source=source).number == 2
    source = Source.objects.get(pk=source.pk)
    assert (source.alias, source.standing) == ("silver heron", "confirmed")
    assert (source.place, source.part, source.safety, source.deputy) == (town.parent.parent, "source", "safe", None)
    assert source.attribution("en") == "a source in A country"
    assert set(source.vettings.values_list("reason", flat=True)) == {"", "[destroyed]"}
    assert not Look.objects.exclude(why="").exists()
    assert not Confidant.objects.filter(source=source).exists() and Confidant.objects.exists()
    assert not LogEntry.objects.exists()
    assert (forgetting.by, forgetting.reason, forgetting.terms_kept) == (desk.reporter, "She asks for it", False)
    assert forgetting.destroyed == {
        "sealed": 2,
        "terms": 3,
        "talks": 4,
        "reasons": 2,
        "confidants": 2,
        "history": 1,
    }


def test_what_is_in_print_stays_in_print(desk, source, printed):
    forgotten(source, desk.reporter)
    answer()
    printed.refresh_from_db()
    assert printed.pulled_at is None
    assert asked("SELECT code FROM gate_footing(%s, '{}', 'infinity')", printed.pk) == []
    # And what she said still carries a story, if an editor who never heard her confirms it anew.
    fact = Article.objects.get().facts.first()
    confirming.unconfirm(fact, by=desk.other_editor, reason="Asked again")
    confirming.confirm(fact, by=desk.other_editor, carried=fact.wording.confirmations.values_list("pk", flat=True))
    assert Verdict.objects.latest("pk").voices == 2


def test_a_doubt_about_her_takes_it_off_all_the_same(desk, source, printed):
    forgotten(source, desk.reporter)
    vet(source, "discredited", by=desk.editor, reason="She was seen elsewhere")
    answer()
    printed.refresh_from_db()
    assert printed.pulled_at is not None


def test_it_is_noted_as_a_look_and_recorded(desk, source):
    forgetting = forgotten(source, desk.chief)
    look = Look.objects.latest("number")
    assert (look.what, look.source, look.by, look.why) == ("forgetting", source, desk.chief, "")
    assert asked("SELECT * FROM look_faults()") == []
    entry = Entry.objects.filter(table_name="sources_forgetting", op="insert").get()
    assert (entry.by, entry.fields["source_id"], entry.fields["destroyed"]["sealed"]) == (desk.chief.pk, source.pk, 2)
    assert set(entry.texts) == {"reason"} and forgetting.reason not in str(entry.fields)
    assert asked("SELECT * FROM record_chain_faults()") == []
    for table in ("sources_vetting", "sources_source", "sources_forgetting", "articles_stagger"):
        assert asked("SELECT * FROM record_row_faults(%s)", table) == []
    destroyed = Entry.objects.filter(table_name="sources_vetting", op="destroyed").get()
    assert destroyed.by == desk.chief.pk
    assert not Entry.objects.filter(table_name="sources_vetting", salts__has_key="reason").filter(
        row_id=destroyed.row_id
    )


def test_the_reason_for_a_staggered_pull_goes_too(desk, source, printed):
    stagger = Stagger.objects.create(
        source=source,
        standing="discredited",
        reason="Her brother told",
        last_day=timezone.localdate(),
        proposed_by=desk.editor,
    )
    forgotten(source, desk.reporter)
    stagger.refresh_from_db()
    assert stagger.reason == "[destroyed]"
    assert asked("SELECT * FROM record_row_faults('articles_stagger')") == []


def test_the_reasons_for_taking_her_word_back_go_too(desk, source):
    other = desk.source()
    article = desk.article()
    fact = desk.fact(article, sources=[source, other], confirmed=False)
    told = desk.fact(article, "It rained.", sources=[other], confirmed=False)
    by_her, by_other = fact.wording.confirmations.order_by("pk")
    passed_on = told.wording.confirmations.create(
        basis="source", source=desk.source(), how="was_told", told_by=source, recorded_by=desk.reporter
    )
    for confirmation, reason in ((by_her, "Her aunt fled"), (passed_on, "She only guessed"), (by_other, "A mistake")):
        confirming.take_back(confirmation, by=desk.reporter, reason=reason)
    before, _stays = what_there_is(source)
    forgetting = forgotten(source, desk.reporter)
    assert dict(TakenBack.objects.values_list("confirmation", "reason")) == {
        by_her.pk: "[destroyed]",
        passed_on.pk: "[destroyed]",
        by_other.pk: "A mistake",
    }
    assert before["reasons"] == forgetting.destroyed["reasons"] == 4
    assert what_there_is(source)[0]["reasons"] == 0
    assert Entry.objects.filter(table_name="articles_takenback", op="destroyed").count() == 2
    for table in ("articles_takenback", "articles_confirmation"):
        assert asked("SELECT * FROM record_row_faults(%s)", table) == []
    assert asked("SELECT * FROM record_chain_faults()") == []


def test_reasons_that_stand_with_stories_stay_and_are_told_of(desk, source, printed):
    assert what_there_is(source)[1]["story_reasons"] == 0
    article = Article.objects.get()
    first, second = article.facts.order_by("pk")
    disputed = confirming.dispute(first, by=desk.editor, reason="Somebody saw him elsewhere")
    # As it stands where it was destroyed by hand.
    confirming.dispute(second, by=desk.editor, reason="[destroyed]")
    confirming.drop(second, by=desk.other_editor, reason="Too near to her")
    soon = timezone.now() + dt.timedelta(days=2)
    hold(article, "safety", soon, reason="Until she is over the river", by=desk.reporter)
    hold(desk.article(), "safety", soon, reason="Another story", by=desk.reporter)
    number = what_there_is(source)[1]["story_reasons"]
    assert number == 3 + Pull.objects.exclude(reason="").count()
    told = [each.what for each in foreseen(source).remains]
    assert f"{number} reasons in words that stand with the stories resting on her word" in told
    forgetting = forgotten(source, desk.reporter)
    assert Verdict.objects.get(pk=disputed.pk).reason == "Somebody saw him elsewhere"
    assert any("reasons in words" in each.what for each in answer_of(forgetting).remains)


def test_a_story_that_is_not_printed_names_her_as_widely(desk, source, town):
    article = desk.article()
    mine = Attribution.objects.create(article=article, source=source, place=town, part="trader")
    other = Attribution.objects.create(article=article, source=desk.source(), place=town, part="trader")
    forgotten(source, desk.reporter)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.place, mine.part) == (town.parent.parent, "source")
    assert (other.place, other.part) == (town, "trader")


def test_a_story_in_print_reads_as_it_was_printed(desk, source, town):
    town.population, town.population_source = 200_000, "A census"
    town.save()
    article = desk.article()
    desk.fact(article, sources=[source, desk.source()])
    chosen = Attribution.objects.create(article=article, source=source, place=town, part="source")
    desk.published(article)
    forgotten(source, desk.reporter)
    chosen.refresh_from_db()
    assert chosen.place == town.parent.parent
    assert not standing_of(Article.objects.get(pk=article.pk)).changed_since_print
    assert "reads otherwise" not in at_the_desk(desk.editor).get(page_of(article)).text


def test_a_proof_that_is_signed_and_not_printed_is_made_anew(desk, source, town):
    article = desk.article()
    desk.fact(article, sources=[source, desk.source()])
    Attribution.objects.create(article=article, source=source, place=town, part="trader")
    desk.sign(ask_for_review(article, by=desk.reporter))
    forgotten(source, desk.reporter)
    assert "proof_outdated" in {blocker.code for blocker in blockers(article)}


def test_others_lose_nothing(desk, source, printed):
    other = Source.objects.exclude(pk=source.pk).first()
    person = ProtectedPerson.objects.create(source=other)
    SealedRecord.objects.create(person=person, ciphertext=b"other", sealed_to=["age1keeper"])
    ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"other")
    vet(other, "confirmed", by=desk.other_editor, reason="Too long ago")
    note_look(other, Look.What.PAGE, by=desk.editor, why="A doubt")
    before = what_there_is(other)
    forgotten(source, desk.reporter)
    assert what_there_is(other) == before
    Talk.objects.create(source=other, held_on=dt.date(2026, 5, 1), medium="call", recorded_by=desk.reporter)
    other.refresh_from_db()
    assert (other.part, other.place.name_en) == ("resident", "North Korea")
    assert other.vettings.filter(reason="Too long ago").exists() and Look.objects.filter(why="A doubt").exists()


def test_the_fingerprints_can_be_kept_so_that_her_name_goes_on_being_caught(desk, source):
    forgetting = forgotten(source, desk.reporter, keep_terms=True)
    assert ProtectedTerm.objects.filter(person__source=source).count() == 3 and not SealedRecord.objects.exists()
    assert forgetting.terms_kept and forgetting.destroyed["terms"] == 0
    assert "fingerprints" in answer_of(forgetting).remains[0].what


# ----------------------------------------------------------------------------------------------------------------------
# Who may
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"),
    [("reporter", True), ("chief", True), ("editor", False), ("other_editor", False), ("deputy", False)],
)
def test_her_contact_reporter_or_the_chief_editor(desk, source, deputy, who, may):
    by = deputy if who == "deputy" else getattr(desk, who)
    assert may_forget(source, by=by) == may
    new = "INSERT INTO sources_forgetting (source_id, by_id, at, reason, terms_kept, destroyed) VALUES (%s, %s, now(), 'x', false, '{}')"
    assert refused(new, source.pk, by.pk) == ("" if may else "forgotten_by_her_own")
    if not may:
        with pytest.raises(ForgettingRefused, match="contact reporter or the chief editor"):
            forgotten(source, by)
        assert SealedRecord.objects.count() == 2


def test_a_closed_account_forgets_nobody(desk, source):
    User.objects.filter(pk__in=[desk.reporter.pk, desk.chief.pk]).update(is_active=False)
    new = "INSERT INTO sources_forgetting (source_id, by_id, at, reason, terms_kept, destroyed) VALUES (%s, %s, now(), 'x', false, '{}')"
    for by in (desk.reporter, desk.chief):
        assert refused(new, source.pk, by.pk) == "forgotten_by_her_own"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"alias": "silver hero"}, "alias"), ({"alias": ""}, "alias"), ({"reason": "  "}, "reason")],
)
def test_it_asks_for_the_alias_and_a_reason(desk, source, wrong, field):
    with pytest.raises(ForgettingRefused) as refusal:
        forgotten(source, desk.reporter, **wrong)
    assert refusal.value.field == field
    assert SealedRecord.objects.count() == 2


def test_once_is_enough(desk, source):
    forgotten(source, desk.reporter)
    with pytest.raises(ForgettingRefused, match="done already"):
        forgotten(source, desk.chief)
    assert Forgetting.objects.count() == 1


# ----------------------------------------------------------------------------------------------------------------------
# The law: whoever is forgotten stays forgotten
# ----------------------------------------------------------------------------------------------------------------------

UNDOING = {
    "a talk": (
        "INSERT INTO sources_talk (source_id, held_on, medium, printed_precision, recorded_by_id)"
        " VALUES ({source}, '2026-05-01', 'call', 'withheld', {reporter})",
        "source_is_forgotten",
    ),
    "another's talk, moved": (
        "UPDATE sources_talk SET source_id = {source} WHERE id = {talk}",
        "source_is_forgotten",
    ),
    "something sealed": (
        "INSERT INTO sources_sealedrecord (id, person_id, ciphertext, sealed_to)"
        " VALUES (gen_random_uuid(), {person}, 'x', '{{age1keeper}}')",
        "source_is_forgotten",
    ),
    "a term": (
        "INSERT INTO sources_protectedterm (person_id, kind, fingerprint, needs_company)"
        " VALUES ({person}, 'name', 'x', false)",
        "source_is_forgotten",
    ),
    "somebody protected in her name": (
        "WITH gone AS (DELETE FROM sources_protectedperson WHERE id = {person})"
        " INSERT INTO sources_protectedperson (source_id, alias) VALUES ({source}, '')",
        "source_is_forgotten",
    ),
    "her word": (
        "INSERT INTO articles_confirmation (wording_id, basis, source_id, how, recorded_by_id, recorded_at)"
        " VALUES ({wording}, 'source', {source}, 'saw', {reporter}, now())",
        "source_is_forgotten",
    ),
    "that she told another": (
        "INSERT INTO articles_confirmation (wording_id, basis, source_id, told_by_id, how, recorded_by_id, recorded_at)"
        " VALUES ({wording}, 'source', {other}, {source}, 'was_told', {reporter}, now())",
        "source_is_forgotten",
    ),
    "her standing": (
        "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason)"
        " VALUES ({source}, 'confirmed', {editor}, now(), '')",
        "source_is_forgotten",
    ),
    "her place": ("UPDATE sources_source SET place_id = {town} WHERE id = {source}", "NR003"),
    "her deputy": ("UPDATE sources_source SET deputy_id = {editor} WHERE id = {source}", "NR003"),
    "her alias": ("UPDATE sources_source SET alias = 'x' WHERE id = {source}", "NR003"),
    "her safety": ("UPDATE sources_source SET safety = 'in_danger' WHERE id = {source}", "NR003"),
    "the row deleted": ("DELETE FROM sources_forgetting", "42501"),
    "the row changed": ("UPDATE sources_forgetting SET source_id = {other}", "42501"),
    "the table emptied": ("TRUNCATE sources_forgetting", "42501"),
    "herself deleted": ("DELETE FROM sources_source WHERE id = {source}", "23503"),
    "forgotten twice": (
        "INSERT INTO sources_forgetting (source_id, by_id, at, reason, terms_kept, destroyed)"
        " VALUES ({source}, {reporter}, now(), 'x', false, '{{}}')",
        "23505",
    ),
}


@pytest.mark.parametrize("way", UNDOING)
def test_nothing_new_is_recorded_of_her(desk, source, town, way):
    other = desk.source()
    talk = Talk.objects.create(source=other, held_on=dt.date(2026, 5, 1), medium="call", recorded_by=desk.reporter)
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    statement, refusal = UNDOING[way]
    statement = statement.format(
        source=source.pk,
        other=other.pk,
        talk=talk.pk,
        person=source.protected.pk,
        wording=fact.wording.pk,
        reporter=desk.reporter.pk,
        editor=desk.editor.pk,
        town=town.pk,
    )
    if refusal == "source_is_forgotten" and way not in ("her standing", "somebody protected in her name"):
        assert refused(statement) == "", "it can be done of whoever is not forgotten"
    forgotten(source, desk.reporter)
    assert refused(statement) == refusal


def test_her_stories_can_be_handed_over_and_her_circle_corrected(desk, source):
    """Somebody answers for them, and two who depend on one another count once whenever that is found out."""
    forgotten(source, desk.reporter)
    run("UPDATE sources_source SET contact_reporter_id = %s WHERE id = %s", desk.editor.pk, source.pk)
    assert not Confidant.objects.filter(source=source).exists()
    run("INSERT INTO sources_circle (name) VALUES ('lantern')")
    run("UPDATE sources_source SET circle_id = (SELECT max(id) FROM sources_circle) WHERE id = %s", source.pk)
    run("UPDATE sources_source SET place_id = place_id WHERE id = %s", source.pk)


def test_who_asks_for_the_person_behind_a_source_asks_for_the_source(desk, source):
    person = source.protected
    forgetting = forget(person, by=desk.reporter, reason="She asks for it", alias="silver heron")
    assert forgetting.source == source and forgetting.person is None


def test_who_writes_the_row_for_the_person_behind_a_source_forgets_the_source(desk, source):
    run(
        "INSERT INTO sources_forgetting (person_id, by_id, at, reason, terms_kept, destroyed)"
        " VALUES (%s, %s, '2020-01-01', 'x', false, '{\"sealed\": 99}')",
        source.protected.pk,
        desk.chief.pk,
    )
    forgetting = Forgetting.objects.get()
    assert (forgetting.source, forgetting.person) == (source, None)
    assert forgetting.at.year > 2020 and forgetting.destroyed["sealed"] == 2
    assert not SealedRecord.objects.exists() and source.talks.count() == 0


# ----------------------------------------------------------------------------------------------------------------------
# Somebody in a story, who told us nothing
# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(desk) -> ProtectedPerson:
    person = ProtectedPerson.objects.create(alias="green bridge", contact_reporter=desk.reporter)
    SealedRecord.objects.create(person=person, ciphertext=SECRET, sealed_to=["age1keeper"])
    ProtectedTerm.objects.create(person=person, kind="name", fingerprint=b"name")
    note_look(person, Look.What.SEALING, by=desk.reporter, why="Her mother's name")
    return person


def test_a_person_in_a_story_is_forgotten_too(desk, source, person):
    forgetting = forget(person, by=desk.reporter, reason="He asks for it", alias="green bridge")
    assert not person.sealed_records.exists() and not person.terms.exists()
    assert not Look.objects.filter(person=person).exclude(why="").exists()
    assert Look.objects.filter(person=person, what="forgetting").exists()
    assert {k: v for k, v in forgetting.destroyed.items() if v} == {"sealed": 1, "terms": 1, "reasons": 1}
    assert SealedRecord.objects.filter(person__source=source).count() == 2 and source.talks.count() == 2
    for new in (
        "INSERT INTO sources_sealedrecord (id, person_id, ciphertext, sealed_to) VALUES (gen_random_uuid(), %s, 'x', '{age1keeper}')",
        "INSERT INTO sources_protectedterm (person_id, kind, fingerprint, needs_company) VALUES (%s, 'name', 'x', false)",
    ):
        assert refused(new, person.pk) == "source_is_forgotten"
        assert refused(new, source.protected.pk) == ""


def test_only_by_who_answers_for_him(desk, person):
    for by, may in ((desk.reporter, True), (desk.chief, True), (desk.editor, False)):
        assert may_forget(person, by=by) == may
        new = "INSERT INTO sources_forgetting (person_id, by_id, at, reason, terms_kept, destroyed) VALUES (%s, %s, now(), 'x', false, '{}')"
        assert refused(new, person.pk, by.pk) == ("" if may else "forgotten_by_her_own")


# ----------------------------------------------------------------------------------------------------------------------
# What is told of it
# ----------------------------------------------------------------------------------------------------------------------


def test_before_and_after_it_says_what_goes_and_what_stays(desk, source, printed):
    before = foreseen(source, terms=True)
    after = answer_of(forgotten(source, desk.reporter))
    assert before.destroyed == after.destroyed
    assert not any(what_there_is(source)[0].values()), "nothing is left to forget"
    told = "\n".join(before.destroyed)
    for line in ("2 sealed records", "4 talks", "2 reasons", "2 colleagues", "1 line of the desk’s history"):
        assert line in told
    assert "3 protected terms" in told
    assert [each.what for each in before.remains] == [each.what for each in after.remains]
    stays = "\n".join(each.what for each in after.remains)
    assert "1 story, of which 1 is in print" in stays and "2 talks without date" in stays
    assert "backups" in stays and "the entries of the record" in stays
    assert any("keys" in step for step in after.next_steps)


def page(source: Source) -> str:
    return f"/desk/sources/source/{source.pk}/forgetting/"


@pytest.fixture
def form(source) -> dict[str, str]:
    return {"terms": "destroy", "reason": "She asks for it", "alias": "silver heron"}


def test_on_the_desk(desk, source, printed, form):
    client = at_the_desk(desk.reporter)
    change = f"/desk/sources/source/{source.pk}/change/"
    assert page(source) in client.get(change).text
    shown = client.get(page(source)).text
    assert "The one story in print that rests on it <b>stays in print</b>" in shown
    assert "2 sealed records" in shown and "3 protected terms" in shown and "nobody is warned" in shown
    done = client.post(page(source), form, follow=True)
    assert "silver heron was forgotten on" in done.text and "What is left to do" in done.text
    after = client.get(change)
    assert "This source was forgotten." in after.text and "By reporter, on" in after.text
    assert "Nowhereville" not in after.text
    assert "in danger" not in after.text and "Forget this source…" not in after.text
    again = client.post(page(source), form, follow=True)
    assert "silver heron was forgotten on" in again.text and Forgetting.objects.count() == 1


def test_what_does_not_fit_comes_back_with_all_that_was_typed(desk, source, form):
    client = at_the_desk(desk.reporter)
    answer = client.post(page(source), form | {"alias": "golden heron", "terms": "keep"})
    assert answer.status_code == 200 and "That is not the alias" in answer.text
    assert "She asks for it" in answer.text and 'value="golden heron"' in answer.text
    assert re.search(r'value="keep"[^>]*checked', answer.text)
    assert "Give a reason" in client.post(page(source), form | {"reason": " "}).text
    assert "valid choice" in client.post(page(source), form | {"terms": "burn"}).text
    assert client.post(page(source), form | {"reason": "a\0b"}).status_code == 400
    assert client.post(page(source), {}).status_code == 200
    assert SealedRecord.objects.count() == 2
    client.post(page(source), form | {"terms": "keep"})
    assert ProtectedTerm.objects.count() == 3


def test_a_colleague_is_not_told_who_forgot_her_or_when(desk, source):
    forgotten(source, desk.reporter)
    for by in (desk.editor, StaffFactory(roles=["reporter"])):
        shown = at_the_desk(by).get(f"/desk/sources/source/{source.pk}/change/").text
        assert "This source was forgotten." in shown and "By reporter" not in shown


def test_not_for_a_colleague(desk, source, deputy, form):
    for by in (desk.editor, deputy, StaffFactory(roles=["reporter"]), StaffFactory(roles=["moderator"])):
        client = at_the_desk(by)
        assert client.get(page(source)).status_code == 403
        assert client.post(page(source), form).status_code == 403
        assert page(source) not in client.get(f"/desk/sources/source/{source.pk}/change/").text
    assert at_the_desk(desk.reporter).get("/desk/sources/source/999999/forgetting/").status_code == 404
    assert SealedRecord.objects.count() == 2


def test_a_person_in_a_story_on_the_desk(desk, person, source):
    client = at_the_desk(desk.reporter)
    address = f"/desk/sources/source/people/{person.pk}/forgetting/"
    assert "1 sealed record" in client.get(address).text
    answer = client.post(address, {"reason": "He asks", "alias": "green bridge", "terms": "destroy"}, follow=True)
    assert "green bridge was forgotten on" in answer.text
    assert client.get(f"/desk/sources/source/people/{source.protected.pk}/forgetting/").status_code == 404
    assert at_the_desk(desk.editor).get(address).status_code == 403


def test_nobody_chooses_her_for_something_new(desk, source, printed):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    asked_for = "/desk/autocomplete/?app_label=articles&model_name=confirmation&field_name=source&term=silver"
    client = at_the_desk(desk.reporter)
    assert "silver heron" in client.get(asked_for).text
    assert source in RecordingForm(fact=fact, by=desk.reporter).fields["source"].queryset
    forgotten(source, desk.reporter)
    assert "silver heron" not in client.get(asked_for).text
    form = RecordingForm(fact=fact, by=desk.reporter)
    assert source not in form.fields["source"].queryset and source not in form.fields["told_by"].queryset
    assert not form.fields["talk"].queryset.filter(source=source).exists()
    assert "silver heron" in client.get("/desk/sources/source/?q=silver").text
    assert Confirmation.objects.filter(source=source).count() == 2


def test_nobody_confirms_her_again(desk, source):
    forgotten(source, desk.reporter)
    vet(source, "discredited", by=desk.editor, reason="She was seen elsewhere")
    source = Source.objects.get(pk=source.pk)
    assert not may_vet(source, "confirmed", by=desk.other_editor)
    with pytest.raises(VettingRefused, match="was forgotten"):
        vet(source, "confirmed", by=desk.other_editor)
    client = at_the_desk(desk.other_editor)
    heard = client.post(f"/desk/sources/source/{source.pk}/vetting/", {"standing": "confirmed"}, follow=True)
    assert "was forgotten" in said(heard)
    assert Vetting.objects.latest("pk").standing == "discredited"
