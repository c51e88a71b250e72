"""What blocks a publication however it is made, the questions that the law asks at commit, and the hours of what is printed."""

import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone

from articles import confirming, publishing
from articles.archive import bring_in
from articles.models import Article, Hold, Intake, Policy, Printing, Proof, Pull, Section, Stagger, StaggerHour, Verdict
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Edition, PrintedPicture, PrintedTag, PrintedText, Publication
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
    with undone():
        lent = proof_with(desk, other, story=proof.story)
        assert not_it in refused(lambda: print_raw(desk, lent, article=proof.article))
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


def in_print(**hours_of_it: dt.datetime | None) -> bool:
    columns = ("go_live_at", "superseded_at", "leaves_at", "pulled_at", "withdrawn_at")
    return told(f"SELECT reader_is_in_print({', '.join(['%s'] * 5)})", *(hours_of_it.get(c) for c in columns))


def test_the_one_statement_of_in_print(db):
    now, before, after = hours(0), hours(-1), hours(1)
    assert in_print(go_live_at=now) and in_print(go_live_at=before)
    assert not in_print(go_live_at=after)
    for end in ("superseded_at", "leaves_at"):
        assert in_print(go_live_at=before, **{end: after})
        assert not in_print(go_live_at=before, **{end: before})
    for end in ("pulled_at", "withdrawn_at"):
        assert not in_print(go_live_at=before, **{end: before})


def test_what_is_printed_needs_the_doors_record_and_a_signed_proof(desk):
    proof = desk.signed().proofs.get()
    words = {name: getattr(proof, name) for name in PrintedText.printed_columns()}
    bare = Publication(**words, version=1, go_live_at=hours(0), first_printed_at=hours(0))
    assert refused(lambda: bare.save(force_insert=True)) == "printing_missing"
    article = desk.article("Another")
    desk.fact(article)
    assert refused(lambda: print_raw(desk, ask_for_review(article, by=desk.reporter))) == "signature_missing"


def test_what_hangs_on_a_publication_is_asked_when_it_is_hung(desk):
    article = desk.article()
    article.tags.add("Rice")
    rendition = {"sha256": "b" * 64, "format": "webp", "width": 320, "height": 200}
    figures = [
        {
            "after": 0,
            "caption": "A market",
            "credit": "A resident",
            "pictures": [{"hash": "a" * 64, "alt": "Stalls", "renditions": [rendition]}],
        }
    ]
    publication = print_raw(desk, proof_with(desk, desk.signed(article).proofs.get(), figures=figures))

    def tag(**columns) -> str:
        signed = {"slug": "rice", "name": "Rice", **columns}
        return refused(lambda: PrintedTag.objects.create(publication=publication, **signed))

    def picture(**columns) -> str:
        signed = {**rendition, "picture": "a" * 64, "name": "x.webp", **columns}
        return refused(lambda: PrintedPicture.objects.create(publication=publication, **signed))

    assert tag() == picture() == ""
    for other in (
        tag(slug="x", name="X"),
        tag(slug="x"),
        tag(name="X"),
        picture(picture="c" * 64),
        picture(sha256="c" * 64),
        picture(format="avif"),
        picture(width=640),
    ):
        assert other == "not_what_was_signed"


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
    with undone():
        # A hold of the past is asked for now, not for the hour at which the story first came out.
        early = print_raw(desk, desk.signed(headline="Early").proofs.get())
        answer()
        Hold.objects.create(
            article=early.printing.article,
            kind="embargo",
            until=early.go_live_at + (timezone.now() - early.go_live_at) / 2,
            reason="Agreed",
            by=desk.reporter,
        )
        run(HOURS.format("pulled_at = clock_timestamp()"), early.pk)
        assert "hold_running" not in refused(HOURS.format("pulled_at = NULL"), early.pk)


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
    with undone():
        first = desk.published(headline="First")
        change(first.printing.article, headline="Next")
        second = publishing.publish(desk.signed(fresh(first.printing.article)), by=desk.editor, at=hours(5))
        embargo = {"kind": "embargo", "until": hours(4), "reason": "Agreed", "by": desk.editor}
        Hold.objects.create(article=first.printing.article, **embargo)
        answer()

        def sooner() -> None:
            Publication.objects.filter(pk=first.pk).update(superseded_at=hours(2))
            Publication.objects.filter(pk=second.pk).update(go_live_at=hours(2))

        assert refused(sooner) == "hold_running", "asked once, for what was wanted"
    printed = desk.published(headline="Printed")
    with undone():
        desk.agree(min_sources=3)

        def less_and_more() -> None:
            Publication.objects.filter(pk=printed.pk).update(leaves_at=hours(2))
            Publication.objects.filter(pk=printed.pk).update(leaves_at=None)

        assert refused(less_and_more) == "fact_needs_sources", "the second question is asked after the first"
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
        run(HOURS.format("superseded_at = go_live_at"), printed.pk)
        assert refused(HOURS.format("superseded_at = NULL"), printed.pk) == "fact_needs_sources"


def test_a_translation_falls_with_an_original_that_will_leave_by_itself(desk):
    first = desk.published()
    article = first.printing.article
    korean = desk.article("쌀값 올라", language="ko", translation_of=article)
    confirming.mark_rendered(korean, article.facts.get(), by=desk.editor)
    translation = desk.published(korean)
    other = desk.published(headline="Other")
    # Its time is over already, so that the next version takes nobody's place.
    run(HOURS.format("superseded_at = date_trunc('minute', now())"), first.pk)
    change(article, headline="Next")
    print_raw(desk, signed(desk, fresh(article)), leaves_at=hours(20))
    answer()
    assert set(Publication.objects.filter(pulled_at__isnull=False)) == {translation}
    assert other in Publication.objects.in_print()


def test_what_waits_falls_with_the_story_that_was_taken_off(desk):
    first = desk.published()
    article = first.printing.article
    other = publishing.publish(desk.signed(headline="Other"), by=desk.editor, at=hours(5))
    change(article, headline="Next")
    waits = publishing.publish(desk.signed(fresh(article)), by=desk.editor, at=hours(5))
    change(article, headline="After it")
    last = publishing.publish(desk.signed(fresh(article)), by=desk.editor, at=hours(9))

    def waiting() -> set[Publication]:
        answer()
        return set(Publication.objects.scheduled()) & {waits, last, other}

    with undone():
        publishing.pull(waits, by=desk.editor, reason="Not this one")
        assert waiting() == {last, other}, "nobody missed it"
    for column in ("pulled_at", "withdrawn_at"):
        with undone():
            run(HOURS.format(f"{column} = clock_timestamp()"), first.pk)
            assert waiting() == {other}
            told = [[cause["code"] for cause in pull.causes] for pull in Pull.objects.filter(publication=waits)]
            assert told == [[{"pulled_at": "pulled_since", "withdrawn_at": "withdrawn_since"}[column]]]
    with undone():
        # Long after its time an old version is taken off; what is read goes on.
        change(article, headline="Now")
        now = desk.published(fresh(article))
        run(HOURS.format("withdrawn_at = clock_timestamp()"), first.pk)
        run(HOURS.format("leaves_at = now() + interval '1 day'"), now.pk)
        answer()
        assert now in Publication.objects.in_print()


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
    run(HOURS.format("leaves_at = now() + interval '1 day'"), other.pk)
    assert pulls(other) == 0, "it is asked for its own footing"


def asked_at_commit(deed) -> int:
    """How many questions a deed puts to the law."""
    noted = "SELECT pg_stat_get_xact_tuples_inserted('gate_pending'::regclass)"
    before = told(noted)
    deed()
    return told(noted) - before


def test_no_story_is_asked_that_a_change_does_not_touch(desk):
    printed, other = desk.published(), desk.published(headline="Another")
    fact = printed.printing.article.facts.get()
    later = desk.fact(desk.article("It went on"), "It went on.", sources=[], confirmed=False)
    later.wording.confirmations.create(basis="earlier", earlier=fact.wording, recorded_by=desk.reporter)
    confirming.confirm(later, by=desk.editor)
    rests = desk.published(later.article)
    translation = desk.article("쌀값 올라", language="ko", translation_of=printed.printing.article)
    confirming.mark_rendered(translation, fact, by=desk.editor)
    korean = desk.published(translation)
    answer()

    def change_of_nothing() -> None:
        Publication.objects.filter(pk=printed.pk).update(superseded_at=None)

    def leaves_sooner() -> None:
        Publication.objects.filter(pk=printed.pk).update(leaves_at=hours(9))

    def look_at_the_other() -> None:
        Verdict.objects.create(wording=other.printing.article.facts.get().wording, ruling="confirmed", by=desk.editor)

    with undone():
        assert asked_at_commit(change_of_nothing) == 1
    with undone():
        assert asked_at_commit(leaves_sooner) == 3, "what rests on it, and its translation"
    with undone():
        assert asked_at_commit(look_at_the_other) == 1
    for gone in (korean, other):
        Publication.objects.filter(pk=gone.pk).update(pulled_at=timezone.now())
    answer()
    with undone():
        assert asked_at_commit(look_at_the_other) == 0
    with undone():
        assert asked_at_commit(leaves_sooner) == 2
    assert rests.pulled_at is None
    waiting = [publishing.publish(desk.signed(headline=h), by=desk.editor, at=hours(5)) for h in ("One", "Two")]
    held = {"article": waiting[0].printing.article, "reason": "Agreed", "by": desk.reporter}
    with undone():
        assert asked_at_commit(lambda: Hold.objects.create(kind="embargo", until=hours(2), **held)) == 1


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


def test_what_was_carried_to_other_words_rests_on_it_too(desk):
    earlier = desk.published()
    fact = desk.fact(desk.article("It went on"), "It went on.", sources=[], confirmed=False)
    wording = earlier.printing.article.facts.get().wording
    told_before = fact.wording.confirmations.create(basis="earlier", earlier=wording, recorded_by=desk.reporter)
    confirming.reword(fact, "It goes on.", kind=fact.wording.kind, by=desk.reporter)
    confirming.confirm(fact, by=desk.editor, carried=[told_before.pk])
    later = desk.published(fresh(fact.article))
    publishing.pull(earlier, by=desk.reporter, reason="A doubt")
    assert pulls(later) == 1


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


def test_a_staggered_story_rests_on_one_that_leaves_print_after_it(desk):
    source = desk.source()
    article = desk.article()
    fact = desk.fact(article, sources=[source, desk.source()])
    earlier = desk.published(article)
    went_on = desk.fact(desk.article("It went on"), "It went on.", sources=[], confirmed=False)
    went_on.wording.confirmations.create(basis="earlier", earlier=fact.wording, recorded_by=desk.reporter)
    confirming.confirm(went_on, by=desk.editor)
    later = desk.published(went_on.article)
    staggered(desk, source, earlier, at=48)
    staggered(desk, source, later, at=24)
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    answer()
    for publication, hour in ((earlier, 48), (later, 24)):
        publication.refresh_from_db()
        assert (publication.pulled_at, publication.leaves_at) == (None, hours(hour))


# ---------------------------------------------------------------------------------------------------------------------
# Hours
# ---------------------------------------------------------------------------------------------------------------------


def test_a_version_stopped_before_its_hour_takes_no_time(desk):
    first = desk.published()
    article = fresh(first.printing.article)
    change(article, headline="Second", slug="second")
    signed(desk, article)
    second = publishing.publish(article, by=desk.editor, at=hours(5))
    other = desk.published(headline="Another")
    run(HOURS.format("superseded_at = now() + interval '9 days'"), other.pk)
    stops = (
        lambda: publishing.pull(second, by=desk.reporter, reason="x"),
        lambda: run(HOURS.format("withdrawn_at = clock_timestamp()"), second.pk),
    )
    for stop in stops:
        with undone():
            stop()
            for publication in (first, second, other):
                publication.refresh_from_db()
            assert (first.superseded_at, second.superseded_at) == (None, second.go_live_at)
            assert other.superseded_at is not None


def test_stopping_a_version_frees_the_one_that_it_would_have_followed_and_no_other(desk):
    first = print_raw(desk, desk.signed().proofs.get(), go_live_at=hours(1))
    answer()
    article = fresh(first.printing.article)

    def next_one(headline: str, at: float) -> Publication:
        change(article, headline=headline)
        signed(desk, fresh(article))
        return publishing.publish(fresh(article), by=desk.editor, at=hours(at))

    second = next_one("Second", 2)
    stopped = next_one("Third", 5)
    publishing.pull(stopped, by=desk.reporter, reason="A doubt")
    fourth = next_one("Fourth", 5)
    publishing.pull(fourth, by=desk.reporter, reason="A doubt")
    for publication in (first, second, stopped):
        publication.refresh_from_db()
    assert first.superseded_at == second.go_live_at > first.go_live_at
    assert second.superseded_at is None
    assert stopped.superseded_at == stopped.go_live_at


# ---------------------------------------------------------------------------------------------------------------------
# The frame and the archive
# ---------------------------------------------------------------------------------------------------------------------


def test_the_frame_of_every_page(desk):
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
    desk.agree(default_edition="en")
    assert [e.language for e in Edition.objects.filter(is_default=True)] == ["en"]


def names_of(policy: Policy) -> dict[str, str]:
    return {name: getattr(policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}


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
    today = timezone.now().astimezone(dt.UTC).date()
    desk.agree(began_on=today)
    Policy.objects.create(proposed_by=desk.chief, began_on=today + dt.timedelta(days=9), **names_of(desk.policy))
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
