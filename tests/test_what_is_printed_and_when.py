"""What blocks a publication however it is made, the questions that the law asks at commit, and the hours of what is printed."""

import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone

from articles import confirming, publishing
from articles.archive import bring_in
from articles.models import Article, Intake, Printing, Proof, Pull, Section, Stagger, StaggerHour
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Edition, Notice, PrintedTag, PrintedText, Publication
from sources.models import Circle, Source
from sources.vetting import vet
from tests.factories import Desk
from tests.laws import answer, refused, run, told, undone
from tests.test_bringing_in_an_archive import OLD
from tests.test_which_words_state_what import proof_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
HOURS = "UPDATE reader_publication SET {} WHERE id = %s"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def hours(n: float) -> dt.datetime:
    return (timezone.now() + dt.timedelta(hours=n)).replace(second=0, microsecond=0)


def print_raw(desk: Desk, proof: Proof, *, article: Article | None = None, policy=None, **columns) -> Publication:
    """Prints a proof as somebody with a psql prompt would, with her own record of the door."""
    words = {name: getattr(proof, name) for name in PrintedText.printed_columns()}
    hour = columns.pop("go_live_at", hours(0))
    last = Publication.objects.filter(story=proof.story).order_by("-version").first()
    if last:
        Publication.objects.filter(pk=last.pk).update(superseded_at=hour)
    row = Publication(
        **{**words, "go_live_at": hour, "first_printed_at": hour, "version": last.version + 1 if last else 1, **columns}
    )
    row.save(force_insert=True)
    Printing.objects.create(
        publication=row, article=article or proof.article, proof=proof, policy=policy or desk.policy, by=desk.editor
    )
    return row


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def change(article: Article, **columns) -> None:
    Article.objects.filter(pk=article.pk).update(**columns)


def signed(desk: Desk, article: Article) -> Proof:
    return sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor).proof


def test_what_is_printed_is_what_was_signed(desk):
    proof = desk.signed().proofs.get()
    other = desk.signed(headline="Another").proofs.get()
    not_it = "not_what_was_signed"
    assert refused(lambda: print_raw(desk, proof)) == ""
    assert refused(lambda: print_raw(desk, proof, headline="Invented")) == not_it
    assert not_it in refused(lambda: print_raw(desk, proof, article=other.article))
    old, desk.policy = desk.policy, desk.agree(min_sources=1)
    assert refused(lambda: print_raw(desk, proof, policy=old)) == not_it
    assert refused(lambda: print_raw(desk, proof)) == ""
    borrowed = proof_with(desk, proof, story=uuid.uuid4())
    assert refused(lambda: print_raw(desk, borrowed)) == not_it
    claimed = refused(lambda: print_raw(desk, other, digest="x" * 64))
    assert claimed == "", "the digest is computed, whatever is claimed"


def test_what_is_printed_is_the_latest_word(desk):
    proof = desk.signed().proofs.get()
    article = proof.article
    with undone():
        assert refused(lambda: print_raw(desk, proof, go_live_at=hours(-1))) == "hour_past"
    with undone():
        proof_with(desk, proof, label="News")
        assert refused(lambda: print_raw(desk, proof)) == "proof_outdated"
    with undone():
        change(article, headline="Other words")
        assert refused(lambda: print_raw(desk, proof)) == "proof_outdated"
    with undone():
        desk.fact(article, "It snowed.", confirmed=False)
        bare = proof_with(desk, proof)
        assert bare.wordings.count() == 1
        assert refused(lambda: print_raw(desk, bare)) == "proof_outdated"
    assert refused(lambda: print_raw(desk, proof)) == ""


def test_what_is_printed_needs_the_doors_record_and_a_signed_proof(desk):
    proof = desk.signed().proofs.get()
    words = {name: getattr(proof, name) for name in PrintedText.printed_columns()}
    bare = Publication(**words, version=1, go_live_at=hours(0), first_printed_at=hours(0))
    assert refused(lambda: bare.save(force_insert=True)) == "printing_missing"
    article = desk.article("Another")
    desk.fact(article)
    assert refused(lambda: print_raw(desk, ask_for_review(article, by=desk.reporter))) == "signature_missing"


def test_what_hangs_on_a_publication_is_asked_when_it_is_hung(desk):
    publication = desk.published()
    assert (
        refused(lambda: PrintedTag.objects.create(publication=publication, slug="x", name="X")) == "not_what_was_signed"
    )


def test_what_comes_back_needs_no_fresh_proof(desk):
    publication = desk.published()
    article = publication.printing.article
    with undone():
        publishing.pull(publication, by=desk.reporter, reason="A doubt")
        change(article, headline="Other words")
        desk.agree(min_sources=1)
        sign_off_again = refused(HOURS.format("pulled_at = NULL"), publication.pk)
        assert "proof_outdated" not in sign_off_again and "not_what_was_signed" not in sign_off_again
        assert "hour_past" not in sign_off_again


def test_each_way_to_show_more_is_asked(desk):
    article = desk.article()
    source = desk.source()
    desk.fact(article, sources=[source, desk.source()])
    waits = publishing.publish(desk.signed(article), by=desk.editor, at=hours(5))
    assert refused(HOURS.format("go_live_at = go_live_at + interval '1 hour'"), waits.pk) == ""
    with undone():
        desk.agree(min_sources=3)
        assert refused(HOURS.format("go_live_at = go_live_at + interval '1 hour'"), waits.pk) == "fact_needs_sources"
        assert refused(HOURS.format("leaves_at = go_live_at + interval '1 day'"), waits.pk) == ""
        run(HOURS.format("leaves_at = go_live_at + interval '1 day'"), waits.pk)
        for longer in ("NULL", "leaves_at + interval '1 day'"):
            assert refused(HOURS.format(f"leaves_at = {longer}"), waits.pk) == "fact_needs_sources"
    printed = desk.published(headline="Printed")
    assert refused(HOURS.format("go_live_at = go_live_at + interval '1 hour'"), printed.pk) == "NR003"
    assert refused("DELETE FROM reader_publication") in ("42501", "NR003")
    with undone():
        run(HOURS.format("withdrawn_at = clock_timestamp()"), printed.pk)
        assert refused(HOURS.format("withdrawn_at = NULL"), printed.pk) == ""
        desk.agree(min_sources=3)
        assert refused(HOURS.format("withdrawn_at = NULL"), printed.pk) == "fact_needs_sources"
    with undone():
        run(HOURS.format("pulled_at = clock_timestamp()"), printed.pk)
        desk.agree(min_sources=3)
        assert refused(HOURS.format("pulled_at = NULL"), printed.pk) == "fact_needs_sources"
    with undone():
        run(HOURS.format("superseded_at = now() + interval '1 day'"), printed.pk)
        desk.agree(min_sources=3)
        assert refused(HOURS.format("superseded_at = NULL"), printed.pk) == "", "in print, it just goes on"
        run(HOURS.format("superseded_at = now() - interval '1 second'"), printed.pk)
        assert refused(HOURS.format("superseded_at = NULL"), printed.pk) == "fact_needs_sources"


def test_what_is_signed_is_every_word_in_its_own_column():
    def digest(**columns) -> str:
        return told("SELECT gate_digest(%s)", json.dumps(columns))

    assert digest(headline="ab", standfirst="c") != digest(headline="a", standfirst="bc")
    assert digest(headline="") != digest()
    for column in PrintedText.printed_columns():
        name = PrintedText._meta.get_field(column).column
        assert digest(**{name: "x"}) != digest(), name


# ---------------------------------------------------------------------------------------------------------------------
# Footing
# ---------------------------------------------------------------------------------------------------------------------


def pulls(publication: Publication) -> int:
    answer()
    return Pull.objects.filter(publication=publication).count()


def test_lost_footing_pulls_what_is_seen_or_can_come_to_be(desk):
    article, source = desk.article(), desk.source()
    fact = desk.fact(article, sources=[source, desk.source()])
    printed = desk.published(article)
    other = desk.published(headline="Another")

    def fall(before: str = "") -> int:
        with undone():
            if before:
                run(HOURS.format(before), printed.pk)
            vet(source, "discredited", by=desk.editor, reason="Invented it")
            assert pulls(other) == 0
            return pulls(printed)

    assert (
        fall() == fall("leaves_at = now() + interval '1 day'") == fall("superseded_at = now() + interval '1 day'") == 1
    )
    for gone in (
        "pulled_at = clock_timestamp()",
        "withdrawn_at = clock_timestamp()",
        "leaves_at = now()",
        "superseded_at = now()",
    ):
        assert fall(gone) == 0, gone
    with undone():
        confirming.take_back(fact.wording.confirmations.get(source=source), by=desk.editor, reason="A mistake")
        assert pulls(printed) == 1
    with undone():
        circle = Circle.objects.create(name="kite")
        Source.objects.filter(confirmations__wording=fact.wording).update(circle=circle)
        assert pulls(printed) == 1
    with undone():
        confirming.dispute(fact, by=desk.editor, reason="Another witness")
        assert pulls(printed) == 1
        confirming.dispute(fact, by=desk.editor, reason="And another")
        assert pulls(printed) == 1
    with undone():
        desk.agree(min_sources=3)
        desk.editor.groups.clear()
        one_more = Circle.objects.create(name="lark")
        Source.objects.filter(pk=source.pk).update(circle=one_more)
        assert pulls(printed) == 0, "by the policy of its day, whoever confirmed it"
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    answer()
    printed.refresh_from_db()
    assert printed.pulled_at and printed.pulls.get().causes == [{"code": "fact_needs_sources", "fact": fact.pk}]


def test_what_rests_on_a_story_falls_with_it(desk):
    earlier = desk.published()
    fact = desk.fact(desk.article("It went on"), "It went on.", sources=[], confirmed=False)
    wording = earlier.printing.article.facts.get().wording
    fact.wording.confirmations.create(basis="earlier", earlier=wording, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    later = desk.published(fact.article)
    publishing.pull(earlier, by=desk.reporter, reason="A doubt")
    assert pulls(later) == 1
    assert {"code": "earlier_fell", "fact": fact.pk, "object": wording.pk} in later.pulls.get().causes
    assert not any(cause["code"].startswith("source") for cause in later.pulls.get().causes)


def staggered(desk: Desk, source: Source, *publications: Publication, agreed: bool = True, at: float = 24) -> Stagger:
    stagger = Stagger.objects.create(
        source=source, standing="discredited", reason="x", last_day=hours(99).date(), proposed_by=desk.chief
    )
    for publication in publications:
        StaggerHour.objects.create(stagger=stagger, publication=publication, at=hours(at))
    if agreed:
        Stagger.objects.filter(pk=stagger.pk).update(agreed_by=desk.editor, agreed_at=timezone.now())
    return stagger


def test_a_staggered_story_leaves_print_at_its_own_hour(desk):
    article, source = desk.article(), desk.source()
    fact = desk.fact(article, sources=[source, desk.source()])
    printed, other = desk.published(article), desk.published(headline="Another")

    def fall(*publications, **terms) -> dt.datetime | None:
        with undone():
            staggered(desk, source, *publications, **terms)
            vet(source, "discredited", by=desk.editor, reason="Invented it")
            answer()
            printed.refresh_from_db()
            assert bool(printed.pulled_at) == (printed.leaves_at is None)
            assert Pull.objects.filter(publication=printed).count() == 1
            leaves = printed.leaves_at
        printed.refresh_from_db()
        return leaves

    assert fall(printed) == hours(24)
    assert fall(printed, agreed=False) is None
    assert fall(other) is None
    with undone():
        staggered(desk, source, printed, at=48)
        assert fall(printed) == hours(24)
    with undone():
        staggered(desk, source, printed, at=-1)
        vet(source, "discredited", by=desk.editor, reason="Invented it")
        assert pulls(printed) == 1
        printed.refresh_from_db()
        assert printed.pulled_at
    with undone():
        staggered(desk, source, printed)
        Source.objects.filter(pk=source.pk).update(circle=Circle.objects.create(name="kite"))
        assert pulls(printed) == 0, "it lost nothing"
        run(HOURS.format("leaves_at = now() + interval '2 hours'"), printed.pk)
        vet(source, "discredited", by=desk.editor, reason="Invented it")
        assert pulls(printed) == 0, "it leaves sooner"
    with undone():
        staggered(desk, source, printed)
        confirming.dispute(fact, by=desk.editor, reason="Another witness")
        printed.refresh_from_db()
        assert printed.pulled_at, "a stagger spares a source's fall alone"


# ---------------------------------------------------------------------------------------------------------------------
# Hours and notices
# ---------------------------------------------------------------------------------------------------------------------


def notices() -> list[tuple]:
    return sorted(Notice.objects.values_list("slug", "kind"))


def test_a_version_stopped_before_its_hour_takes_no_time(desk):
    first = desk.published()
    article = fresh(first.printing.article)
    change(article, headline="Second", slug="second")
    signed(desk, article)
    second = publishing.publish(article, by=desk.editor, at=hours(5))
    other = desk.published(headline="Another")
    run(HOURS.format("superseded_at = now() + interval '9 days'"), other.pk)
    assert notices() == [(first.slug, "moved")]
    stops = (
        lambda: publishing.pull(second, by=desk.reporter, reason="x"),
        lambda: publishing.withdraw(second, by=desk.chief, reason="x"),
    )
    for stop in stops:
        with undone():
            stop()
            for publication in (first, second, other):
                publication.refresh_from_db()
            assert (first.superseded_at, second.superseded_at) == (None, second.go_live_at)
            assert other.superseded_at is not None
            assert notices() == []
    for publication in (first, second, other):
        publication.refresh_from_db()
    publishing.publish(article, by=desk.editor, at=hours(9))
    assert Notice.objects.get().since == hours(9), "told at the hour of the version that comes"


def test_what_the_reader_is_told_of_what_fell(desk):
    printed = desk.published()
    slug = printed.slug
    desk.published(headline="Another")
    assert notices() == []
    with undone():
        publishing.pull(printed, by=desk.reporter, reason="x")
        assert notices() == [(slug, "under_review")]
        since = Notice.objects.get().since
        assert (since.minute, since.second, since.microsecond) == (0, 0, 0)
        with undone():
            publishing.release(printed, by=desk.editor, reason="x")
            assert notices() == []
        publishing.withdraw(printed, by=desk.chief, reason="x")
        assert notices() == [(slug, "withdrawn")]
    with undone():
        run(HOURS.format("leaves_at = now() + interval '2 hours'"), printed.pk)
        assert notices() == [(slug, "under_review")]
        run(HOURS.format("leaves_at = NULL"), printed.pk)
        assert notices() == []
    article = fresh(printed.printing.article)
    change(article, headline="Second")
    desk.published(article)
    with undone():
        # The time of the first version was over: its readers lost nothing.
        publishing.pull(printed, by=desk.reporter, reason="x")
        assert notices() == []
    assert notices() == []
    # Two versions stood at the old address: it is told once.
    change(article, slug="another-address")
    desk.published(fresh(article))
    assert notices() == [(slug, "moved")]


# ---------------------------------------------------------------------------------------------------------------------
# The frame and the archive
# ---------------------------------------------------------------------------------------------------------------------


def test_the_frame_of_every_page(desk):
    from articles.models import Policy

    Policy.objects.create(proposed_by=desk.chief, name_en="Mine", name_ko="내", promise_en="x", promise_ko="x")
    english, korean = (Edition.objects.get(language=language) for language in ("en", "ko"))
    assert (english.name, korean.name, english.promise, english.is_default) == (
        "The Paper",
        "신문",
        "Only what is confirmed.",
        True,
    )
    Section.objects.create(slug="aa", name_en="Last", name_ko="끝", position=9)
    Section.objects.create(slug="zz", name_en="First", name_ko="처음", position=1)
    assert [s["slug"] for s in Edition.objects.get(language="en").sections][-2:] == ["zz", "aa"]
    desk.agree(name_en="The New Paper", default_edition="ko")
    assert Edition.objects.get(language="en").name == "The New Paper"
    assert [e.language for e in Edition.objects.filter(is_default=True)] == ["ko"]


def archived(desk: Desk, **columns) -> Publication:
    """A story of the archive, as somebody with a psql prompt would bring it in."""
    by = columns.pop("by", desk.chief)
    [like] = Publication.objects.filter(origin="archive")[:1]
    like.pk, like.story, like.slug = uuid.uuid4(), uuid.uuid4(), f"old-{uuid.uuid4().hex[:6]}"
    for name, value in columns.items():
        setattr(like, name, value)
    like.save(force_insert=True)
    if by:
        Intake.objects.create(publication=like, by=by)
    return like


def test_the_archives_door(desk):
    first_day = timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=10)
    words = {"began_on": first_day}
    desk.agree(**words)
    [old] = bring_in([OLD], by=desk.chief)
    answer()
    midnight = dt.datetime.combine(first_day, dt.time(0), dt.UTC)
    last = midnight - dt.timedelta(minutes=1)
    assert refused(lambda: archived(desk)) == ""
    assert refused(lambda: archived(desk, by=None)) == "archive_closed"
    assert refused(lambda: archived(desk, by=desk.editor)) == "archive_closed"
    assert refused(lambda: archived(desk, first_printed_at=last, go_live_at=last)) == ""
    assert refused(lambda: archived(desk, first_printed_at=midnight, go_live_at=midnight)) == "archive_closed"
    assert (
        refused(
            lambda: archived(desk, **dict.fromkeys(("first_printed_at", "go_live_at"), midnight + dt.timedelta(days=1)))
        )
        == "archive_closed"
    )
    assert refused(lambda: archived(desk, story=desk.article().story)) == "archive_closed"
    # What has come in can be stopped and come back, whoever brought it in.
    run(HOURS.format("pulled_at = clock_timestamp()"), old.pk)
    desk.chief.groups.clear()
    assert refused(HOURS.format("pulled_at = NULL"), old.pk) == ""


def test_the_archives_door_is_closed_from_the_first_day_on(desk):
    desk.agree(began_on=timezone.now().astimezone(dt.UTC).date())
    row = Publication(
        origin="archive",
        language="ko",
        headline="옛",
        slug="old",
        kind="news",
        version=1,
        section_slug="society",
        section_name="사회",
        blocks=["<p>x</p>"],
        go_live_at=hours(-900),
        first_printed_at=hours(-900),
    )

    def bring() -> None:
        row.save(force_insert=True)
        Intake.objects.create(publication=row, by=desk.chief)

    assert refused(bring) == "archive_closed"
