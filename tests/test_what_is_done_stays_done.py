"""What somebody did is kept as it was; what a reader would see moves the story's revision; who may do what, by the law."""

import datetime as dt
import itertools
from functools import partial

import pytest
from django.utils import timezone

from articles import confirming
from articles.models import (
    Article,
    Byline,
    Confirmation,
    Correction,
    Dropping,
    Hold,
    Lifting,
    Override,
    Passage,
    Policy,
    RelatedLink,
    Stagger,
    StaggerHour,
    Waiver,
)
from articles.proofing import ask_for_review
from articles.publishing import publish, pull
from photos.models import Photo
from sources.models import Keeper, Source, Talk, Vetting
from sources.vetting import vet
from staff.models import User
from tests.factories import BylineFactory, Desk, SourceFactory, StaffFactory
from tests.laws import asked, refused, run, told, undone
from tests.test_what_is_printed_and_when import print_raw
from tests.test_which_words_state_what import proof_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def revision(article: Article) -> int:
    return Article.objects.get(pk=article.pk).revision


def one_person(*roles: str) -> list[User]:
    """The accounts of one person: a chain of pen names ties the first to the last."""
    accounts = [StaffFactory(roles=[role]) for role in roles]
    for one, next_one in itertools.pairwise(accounts):
        BylineFactory(accounts=[one, next_one])
    return accounts


def test_one_person_is_one_under_any_account(desk):
    reporter, between, editor = one_person("reporter", "reporter", "editor")
    assert {key for (key,) in asked("SELECT gate_person(%s)", editor.pk)} == {reporter.pk, between.pk, editor.pk}
    fact = confirming.state(desk.article(), "It rained.", kind="event", by=reporter)
    confirming.dispute(fact, by=desk.editor, reason="x")
    dropped = partial(Dropping.objects.create, fact=fact, reason="x")
    assert refused(lambda: dropped(by=editor)) == "fact_dropped_by_its_author"
    assert refused(lambda: dropped(by=desk.editor)) == ""
    held = Hold.objects.create(
        article=desk.article(), kind="safety", until=timezone.now() + dt.timedelta(days=1), reason="x", by=reporter
    )
    lifted = partial(Lifting.objects.create, hold=held, reason="x")
    assert refused(lambda: lifted(by=editor)) == "hold_lifted_by_another"
    assert refused(lambda: lifted(by=desk.editor)) == ""
    source = SourceFactory(contact_reporter=reporter)
    vetted = partial(Vetting.objects.create, source=source, standing="confirmed")
    assert refused(lambda: vetted(by=editor)) == "source_vetted_by_its_reporter"
    assert refused(lambda: vetted(by=desk.editor)) == ""
    chief, other = one_person("chief editor", "editor")
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    policy = Policy.objects.create(proposed_by=chief, **words)
    agreed = Policy.objects.filter(pk=policy.pk)
    assert refused(lambda: agreed.update(agreed_by=other, agreed_at=timezone.now())) == "decided_by_editors"
    assert refused(lambda: agreed.update(agreed_by=desk.editor, agreed_at=timezone.now())) == ""


def test_who_speaks_with_a_source_does_not_confirm_her(desk):
    her, another = StaffFactory(roles=["editor"]), StaffFactory(roles=["editor"])
    source = SourceFactory(contact_reporter=desk.reporter)
    source.talks.create(held_on=dt.date(2026, 5, 4), medium="call", recorded_by=her)
    vetted = partial(Vetting.objects.create, source=source, standing="confirmed")
    assert refused(lambda: vetted(by=her)) == "source_vetted_by_its_reporter"
    SourceFactory(contact_reporter=desk.reporter).talks.create(
        held_on=dt.date(2026, 5, 4), medium="call", recorded_by=another
    )
    assert refused(lambda: vetted(by=another)) == ""
    # Nor who did once, whatever became of it.
    contact, deputy = StaffFactory(roles=["editor"]), StaffFactory(roles=["editor"])
    found = Source.objects.filter(pk=source.pk)
    found.update(contact_reporter=contact, deputy=deputy)
    source.talks.all().delete()
    found.update(contact_reporter=desk.reporter, deputy=None)
    for spoke in (her, contact, deputy):
        assert refused(lambda by=spoke: vetted(by=by)) == "source_vetted_by_its_reporter"
    assert refused(lambda: vetted(by=desk.editor)) == ""
    assert refused(lambda: run("UPDATE sources_source SET id = -id WHERE id = %s", source.pk)) == "NR003"


def test_a_talk_keeps_who_recorded_it(desk):
    said = desk.says(desk.fact(desk.article(), confirmed=False), desk.source())
    talk, unused = said.talk, said.source.talks.create(held_on=dt.date(2026, 5, 4), recorded_by=desk.reporter)
    talks = Talk.objects.filter(pk=talk.pk)
    assert refused(lambda: talks.update(recorded_by=desk.editor)) == "NR003"
    assert refused(lambda: run("UPDATE sources_talk SET id = -id WHERE id = %s", unused.pk)) == "NR003"
    assert refused(lambda: run("DELETE FROM sources_talk WHERE id = %s", talk.pk)) == "NR003"
    assert refused(lambda: talks.update(held_on=dt.date(2026, 5, 3))) == ""
    assert refused(unused.delete) == ""


def test_whose_name_was_taken_off_a_story_has_written_it(desk):
    her, him = StaffFactory(roles=["editor"]), StaffFactory(roles=["editor"])
    article = desk.article()
    article.authors.add(her)
    article.bylines.add(BylineFactory(accounts=[him]))
    run("DELETE FROM articles_article_authors")
    run("DELETE FROM articles_article_bylines")
    assert {desk.reporter, her, him} <= {writer.user for writer in article.writers.all()}
    other = desk.article("Other")
    other.authors.add(her)
    run("UPDATE articles_article_authors SET user_id = %s WHERE user_id = %s", him.pk, her.pk)
    assert her in {writer.user for writer in other.writers.all()}


def photo(desk: Desk, key: str) -> Photo:
    return Photo.objects.create(
        name="A", content_hash=key * 64, original=f"{key}.jpg", width=1, height=1, uploaded_by=desk.reporter
    )


def test_whatever_a_reader_would_see_is_a_revision(desk):
    article = desk.article()
    fact = desk.fact(article)
    translation = desk.article("쌀값", language="ko", translation_of=article)
    figure = article.figures.create(photo=photo(desk, "a"), caption="A", alt="B")

    def override(**agreed) -> Override:
        why = {"reason": "x", "printed_reason": "x", "until": timezone.now()}
        return Override.objects.create(article=article, proposed_by=desk.chief, **why, **agreed)

    def waived() -> Waiver:
        return confirming.waive(fact, by=desk.chief, reason="x", printed_reason="x")

    deeds = {
        "a tag": lambda: article.tags.add("rice"),
        "an author": lambda: article.authors.add(desk.editor),
        "an author less": lambda: article.authors.clear(),
        "a byline less": lambda: article.bylines.clear(),
        "a caption": lambda: type(figure).objects.update(caption="C"),
        "no figure": lambda: figure.delete(),
        "a credit": lambda: Photo.objects.update(credit_en="D"),
        "a passage": lambda: Passage.objects.create(article=article, fact=fact, text="x", by=desk.reporter),
        "context": lambda: article.contexts.create(text="x", by=desk.reporter),
        "an override": lambda: override(agreed_by=desk.editor, agreed_at=timezone.now()),
        "a link": lambda: RelatedLink.objects.create(article=article, to=desk.article("Other")),
        "a correction": lambda: Correction.objects.create(
            article=article, text="x", dated=dt.date(2026, 5, 7), by=desk.reporter
        ),
        "a wording": lambda: confirming.reword(fact, "Other words.", kind="event", by=desk.reporter),
        "a fact less": lambda: Dropping.objects.create(fact_id=fact.pk, by=desk.editor, reason="x"),
        "a waiver": lambda: confirming.agree_to_waiver(waived(), by=desk.other_editor),
    }
    for name, deed in deeds.items():
        with undone():
            before = revision(article), revision(translation)
            deed()
            assert revision(article) > before[0], name
            assert revision(translation) > before[1], name
    for proposal in (override, waived):
        with undone():
            before = revision(article)
            proposal()
            assert revision(article) == before, "a mere proposal tells the reader nothing"


def test_words_and_their_coverage(desk):
    article = desk.article()
    rows = Article.objects.filter(pk=article.pk)
    rows.update(coverage=[])
    for column in ("headline", "standfirst", "body"):
        with undone():
            before = revision(article)
            rows.update(**{column: "Other words"})
            assert (rows.get().coverage, rows.get().revision) == (None, before + 1), column
    before = revision(article)
    rows.update(body="New", coverage=[{"place": "headline"}])
    assert rows.get().coverage == [{"place": "headline"}]
    rows.update(coverage=[])
    rows.update(updated_at=timezone.now())
    assert revision(article) == before + 1, "reading a text is no change of it"
    rows.update(revision=1)
    rows.update(revision=99)
    assert revision(article) == before + 1
    assert refused("UPDATE articles_article SET story = gen_random_uuid()") == "NR003"


def test_a_fact_stays_with_its_story_and_its_author(desk):
    desk.fact(desk.article(), confirmed=False)
    other = desk.article("Another")
    assert refused("UPDATE articles_fact SET article_id = %s", other.pk) == "NR003"
    assert refused("UPDATE articles_fact SET created_by_id = %s", desk.editor.pk) == "NR003"
    assert refused("UPDATE articles_fact SET position = 3") == ""


@pytest.mark.parametrize("record", ["judged", "recorded", "in a proof", "nothing"])
def test_a_fact_on_record_is_never_deleted(desk, record):
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    if record == "judged":
        confirming.dispute(fact, by=desk.editor, reason="Another witness")
    elif record == "recorded":
        desk.says(fact, desk.source())
    elif record == "in a proof":
        ask_for_review(article, by=desk.reporter)
    kept = "" if record == "nothing" else "fact_is_on_record"
    wordings = f"DELETE FROM articles_wording WHERE fact_id = {fact.pk}"
    assert refused(wordings) == kept
    # The fact first, its wordings after it: the foreign key is asked at the end.
    assert refused(lambda: (run_later(f"DELETE FROM articles_fact WHERE id = {fact.pk}"), run_later(wordings))) == kept


def run_later(statement: str) -> None:
    """A statement whose questions wait."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_wording_never_changes(desk):
    fact = desk.fact(desk.article(), confirmed=False)
    confirming.reword(fact, "Other words.", kind="event", by=desk.reporter)
    first = fact.wordings.get(number=1)
    ties = "UPDATE articles_wording SET passages = '{It rose.}' WHERE number = %s"
    assert refused("DELETE FROM articles_wording WHERE number = 2") == ""
    with undone():
        Confirmation.objects.create(
            wording=fact.wording, basis="source", source=desk.source(), how="saw", recorded_by=desk.reporter
        )
        assert refused("DELETE FROM articles_wording WHERE number = 2") == "fact_is_on_record"
    empty = confirming.state(desk.article("Another"), "One.", kind="event", by=desk.reporter)
    confirming.reword(empty, "Two.", kind="event", by=desk.reporter)
    assert refused("DELETE FROM articles_wording WHERE fact_id = %s AND number = 1", empty.pk) == "fact_is_on_record"
    assert refused(ties, 2) == ""
    with undone():
        confirming.confirm(fact, by=desk.editor)
        assert refused("UPDATE articles_wording SET passages = '{It rose.}' WHERE id = %s", fact.wording.pk) == "NR003"
    run(ties, 1)
    assert refused(ties, 1) == "NR003"
    assert first.number == 1


def test_a_signed_proof_keeps_its_facts(desk):
    proof, other = desk.signed().proofs.get(), desk.fact(desk.article("Another")).wording
    assert (
        refused("INSERT INTO articles_proofwording (proof_id, wording_id) VALUES (%s, %s)", proof.pk, other.pk)
        == "NR003"
    )
    unsigned = ask_for_review(desk.article("A third"), by=desk.reporter)
    assert not refused(
        "INSERT INTO articles_proofwording (proof_id, wording_id) VALUES (%s, %s)", unsigned.pk, other.pk
    )


def test_who_drops_a_fact(desk):
    fact = desk.fact(desk.article(), confirmed=False)

    def dropped(by) -> str:
        return refused(lambda: Dropping.objects.create(fact_id=fact.pk, by=by, reason="x"))

    assert dropped(desk.reporter) == ""
    confirming.confirm(fact, by=desk.editor)
    assert (dropped(desk.reporter), dropped(desk.editor)) == ("fact_dropped_by_its_author", "")


def test_a_fact_does_not_come_to_rest_on_itself(desk):
    facts = [desk.fact(desk.article(f"Story {n}"), f"It went on, {n}.", sources=[], confirmed=False) for n in range(3)]

    def rests(upper: int, lower: int) -> str:
        return refused(lambda: resting(upper, lower))

    def resting(upper: int, lower: int) -> Confirmation:
        return facts[upper].wording.confirmations.create(
            basis="earlier", earlier=facts[lower].wording, recorded_by=desk.reporter
        )

    first = resting(1, 0)
    resting(2, 1)
    assert rests(0, 1) == rests(0, 2) == "fact_rests_on_itself"
    confirming.reword(facts[0], "In other words.", kind="event", by=desk.reporter)
    assert rests(0, 2) == "fact_rests_on_itself"
    confirming.take_back(first, by=desk.editor, reason="A mistake")
    assert rests(0, 2) == ""


def test_a_talk_is_with_its_source(desk):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    said = desk.says(fact, desk.source())
    assert (
        refused(lambda: desk.says(fact, desk.source(), talk=False, talk_id=said.talk_id)) == "talk_with_another_source"
    )


def test_who_vets_a_source(desk):
    contact, deputy = StaffFactory(roles=["editor"]), StaffFactory(roles=["editor"])
    source, other = (SourceFactory(contact_reporter=contact, deputy=deputy) for _ in range(2))

    def vetted(by, standing: str = "confirmed") -> str:
        return refused(lambda: Vetting.objects.create(source=source, standing=standing, by=by, reason="Heard"))

    refusal = "source_vetted_by_its_reporter"
    assert vetted(desk.reporter) == vetted(contact) == vetted(deputy) == refusal
    assert vetted(desk.editor) == vetted(desk.chief) == ""
    assert vetted(contact, "discredited") == vetted(desk.reporter, "discredited") == ""
    vet(source, "confirmed", by=desk.editor)
    assert Source.objects.get(pk=source.pk).standing == "confirmed"
    assert Source.objects.get(pk=other.pk).standing == "unconfirmed"
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    assert refused("UPDATE sources_source SET standing = 'confirmed' WHERE id = %s", source.pk) == "source_not_vetted"
    assert refused("UPDATE sources_source SET standing = 'confirmed' WHERE id = %s", other.pk) == "source_not_vetted"
    assert refused(lambda: SourceFactory(standing="confirmed")) == "source_not_vetted"


def test_a_picture_never_changes(desk):
    photo(desk, "a")
    for change in (
        "content_hash = 'b'",
        "original = 'b'",
        "width = 2",
        "height = 2",
        f"uploaded_by_id = {desk.editor.pk}",
    ):
        assert refused(f"UPDATE photos_photo SET {change}") == "NR003", change
    assert refused("UPDATE photos_photo SET credit_en = 'x'") == ""


def test_what_two_people_decide_is_agreed_to_once(desk):
    fact = desk.fact(desk.article())
    waiver = confirming.waive(fact, by=desk.chief, reason="x", printed_reason="x")
    agree = "UPDATE articles_waiver SET agreed_by_id = %s, agreed_at = now()"
    confirming.agree_to_waiver(waiver, by=desk.editor)
    assert refused(agree, desk.other_editor.pk) == "NR003"
    assert Waiver.objects.get().agreed_by == desk.editor


def test_the_first_day_of_the_gate_is_set_once(desk):
    day = timezone.now().date() + dt.timedelta(days=9)
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    proposed = Policy.objects.create(proposed_by=desk.chief, began_on=day + dt.timedelta(days=5), **words)
    assert refused(lambda: desk.agree(began_on=day)) == ""
    desk.agree(began_on=day)
    assert refused(lambda: desk.agree(began_on=day)) == ""
    assert refused(lambda: desk.agree(began_on=day + dt.timedelta(days=1))) == "first_day_is_set"
    assert refused(lambda: desk.agree()) == "first_day_is_set"
    assert refused(lambda: Policy.objects.create(proposed_by=desk.chief, **words)) == "", "a proposal sets nothing"
    assert proposed.agreed_by_id is None


def name_first(byline: Byline) -> None:
    """Deletes a pen name, and the accounts behind it after it."""
    Byline.objects.filter(pk=byline.pk)._raw_delete("default")
    Byline.accounts.through.objects.filter(byline=byline.pk)._raw_delete("default")


def test_a_pen_name_keeps_its_accounts_once_something_is_written_under_it(desk):
    desk.article()
    unused = Byline.objects.create(slug="unused", name_en="U", name_ko="U")
    unused.accounts.set([desk.editor])
    assert (
        refused("DELETE FROM articles_byline_accounts WHERE byline_id = %s", desk.byline.pk)
        == "byline_keeps_its_accounts"
    )
    assert refused(
        "UPDATE articles_byline_accounts SET user_id = %s WHERE byline_id = %s", desk.chief.pk, desk.byline.pk
    ) == ("byline_keeps_its_accounts")
    for name in (
        "DELETE FROM articles_byline_accounts WHERE byline_id = %s",
        "DELETE FROM articles_byline WHERE id = %s",
    ):
        run("DELETE FROM articles_article_bylines")
        assert refused(name, desk.byline.pk) == "byline_keeps_its_accounts", "It stood over a story once."
    run("UPDATE articles_byline SET was_used = false, name_en = 'Another' WHERE id = %s", desk.byline.pk)
    assert refused("DELETE FROM articles_byline_accounts WHERE byline_id = %s", desk.byline.pk) == (
        "byline_keeps_its_accounts"
    )
    assert refused("UPDATE articles_byline SET id = -id WHERE id = %s", unused.pk) == "NR003"
    assert (
        refused("DELETE FROM articles_byline WHERE id = %s", unused.pk) == "23503"
    )  # by its accounts, not by the gate
    assert refused("DELETE FROM articles_byline_accounts WHERE byline_id = %s", unused.pk) == ""
    assert refused(lambda: name_first(unused)) == ""
    assert refused(lambda: name_first(desk.byline)) == "byline_keeps_its_accounts"
    assert refused(unused.delete) == ""
    nobodys = Byline.objects.create(slug="nobody", name_en="N", name_ko="N")
    story = desk.article("Nobody's")
    story.bylines.set([nobodys])
    story.bylines.clear()
    assert refused(nobodys.delete) == ""


def test_the_hours_of_a_stagger_stand_before_it_is_agreed_to(desk):
    publication = desk.published()
    last = (timezone.now() + dt.timedelta(days=3)).date()
    stagger = Stagger.objects.create(
        source=desk.source(), standing="discredited", reason="x", last_day=last, proposed_by=desk.editor
    )

    def hour(day: dt.date) -> str:
        at = dt.datetime.combine(day, dt.time(23, 30), dt.UTC)
        return refused(lambda: StaggerHour.objects.create(stagger=stagger, publication=publication, at=at))

    assert hour(last) == hour(last - dt.timedelta(days=1)) == ""
    assert hour(last + dt.timedelta(days=1)) == "stagger_is_agreed"
    agree = "UPDATE articles_stagger SET agreed_by_id = %s, agreed_at = now()"
    assert refused(agree, desk.reporter.pk) == "decided_by_editors"
    run(agree, desk.chief.pk)
    assert hour(last) == "stagger_is_agreed"


def test_a_printed_correction_is_kept_and_stands_in_every_later_version(desk):
    article = desk.published().printing.article

    def note(text: str) -> Correction:
        return Correction.objects.create(article=article, text=text, dated=dt.date(2026, 5, 7), by=desk.reporter)

    printed = note("It was wrong.")
    other = desk.article("Another")
    Correction.objects.create(article=other, text="It was wrong.", dated=dt.date(2026, 5, 7), by=desk.reporter)
    change, delete = (
        "UPDATE articles_correction SET text = 'Right' WHERE id = %s",
        "DELETE FROM articles_correction WHERE id = %s",
    )
    assert refused(change, printed.pk) == refused(delete, printed.pk) == ""
    desk.published(Article.objects.get(pk=article.pk))
    assert refused(change, printed.pk) == refused(delete, printed.pk) == "correction_is_printed"
    assert refused("UPDATE articles_correction SET text = text WHERE id = %s", printed.pk) == ""
    assert refused(change, Correction.objects.get(article=other).pk) == ""
    unprinted = note("Not yet.")
    assert refused(change, unprinted.pk) == ""
    desk.signed(Article.objects.get(pk=article.pk))
    later = publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(hours=2))
    assert refused(change, unprinted.pk) == "correction_is_printed"
    pull(later, by=desk.reporter, reason="The note is wrong")
    assert refused(change, unprinted.pk) == ""
    assert [told("SELECT printing_was_seen(%s)", p.pk) for p in type(later).objects.order_by("version")] == [
        True,
        True,
        False,
    ]


def test_a_later_version_leaves_no_printed_correction_out(desk):
    first = desk.published()
    article = Article.objects.get(pk=first.printing.article_id)
    Correction.objects.create(article=article, text="It was wrong.", dated=dt.date(2026, 5, 7), by=desk.reporter)
    corrected = desk.published(Article.objects.get(pk=article.pk))
    # Seen for some seconds: the next one came out within its minute.
    Article.objects.filter(pk=article.pk).update(headline="At once another")
    told_again = desk.published(Article.objects.get(pk=article.pk))
    corrected.refresh_from_db()
    assert corrected.superseded_at == corrected.go_live_at
    silent = proof_with(desk, told_again.printing.proof, corrections=[])
    assert refused(lambda: print_raw(desk, silent)) == "correction_left_out"


def test_the_first_version_of_a_story_may_be_seen_for_some_seconds(desk):
    first = desk.published()
    article = Article.objects.get(pk=first.printing.article_id)
    article.headline = "At once another"
    article.save()
    desk.published(article)
    first.refresh_from_db()
    assert first.superseded_at == first.go_live_at
    assert told("SELECT printing_was_seen(%s)", first.pk) is True


KEY = "age1" + "q" * 58


def keeper(desk: Desk, key: str = KEY, **columns) -> Keeper:
    return Keeper.objects.create(name="Amy", public_key=key, **{"proposed_by": desk.chief, **columns})


def test_two_editors_agree_to_a_keeper(desk):
    reporter, between, editor = one_person("reporter", "editor", "editor")
    agree = "UPDATE sources_keeper SET agreed_by_id = %s, agreed_at = now() WHERE id = %s"
    hers, proposed, reporters = keeper(desk, proposed_by=between), keeper(desk, KEY[:-1] + "a"), StaffFactory()
    assert refused(agree, editor.pk, hers.pk) == "keeper_agreed_by_two", "One person, under another account."
    assert refused(agree, reporters.pk, proposed.pk) == "keeper_agreed_by_two"
    assert refused(agree, desk.editor.pk, proposed.pk) == ""
    at_once = {"agreed_by": desk.editor, "agreed_at": timezone.now()}
    assert refused(lambda: keeper(desk, KEY[:-1] + "c", proposed_by=reporter, **at_once)) == "keeper_agreed_by_two"
    assert refused(lambda: keeper(desk, KEY[:-1] + "c", **at_once)) == ""
    by_nobody = keeper(desk, KEY[:-1] + "d", proposed_by=reporters)
    assert refused(agree, desk.editor.pk, by_nobody.pk) == "keeper_agreed_by_two"
    assert refused(agree, desk.chief.pk, proposed.pk) == "keeper_agreed_by_two"


def test_a_keepers_key_never_changes(desk):
    proposed = keeper(desk)
    agree = "UPDATE sources_keeper SET agreed_by_id = %s, agreed_at = now() + interval '1 hour' WHERE id = %s"
    # The desk's role may not name these columns at all; the law holds for whoever may.
    for column, value in (("name", "Eve"), ("public_key", KEY[:-1] + "a")):
        assert refused(f"UPDATE sources_keeper SET {column} = %s WHERE id = %s", value, proposed.pk) == "42501"
    run(agree, desk.editor.pk, proposed.pk)
    assert refused(agree, desk.other_editor.pk, proposed.pk) == "NR003"
    assert refused("UPDATE sources_keeper SET agreed_at = now() WHERE id = %s", proposed.pk) == "NR003"
    assert refused("UPDATE sources_keeper SET agreed_by_id = NULL, agreed_at = NULL") == "NR003"


def test_an_editor_ends_a_keeper_for_ever(desk):
    one = keeper(desk)
    end = "UPDATE sources_keeper SET ended_by_id = %s, ended_at = now() WHERE id = %s"
    assert refused(end, desk.reporter.pk, one.pk) == "keeper_ended_by_editor"
    agreed = keeper(desk, KEY[:-1] + "a", agreed_by=desk.editor, agreed_at=timezone.now())
    User.objects.get(pk=desk.chief.pk).groups.clear()
    assert refused(end, desk.editor.pk, agreed.pk) == "", "Who proposed her may have left."
    run(end, desk.editor.pk, one.pk)
    assert refused(end, desk.editor.pk, one.pk) == "NR003"
    assert refused("UPDATE sources_keeper SET ended_by_id = NULL, ended_at = NULL WHERE id = %s", one.pk) == "NR003"
    agree = "UPDATE sources_keeper SET agreed_by_id = %s, agreed_at = now() WHERE id = %s"
    assert refused(agree, desk.editor.pk, one.pk) == "NR003"
