"""What a fact lacks, rule by rule: who counts, what counts, and what an editor's word is worth."""

import datetime as dt
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import confirming, publishing
from articles.models import Article, Byline, Confirmation, Fact, Verdict, Waiver, Wording
from articles.proofing import ask_for_review
from articles.signing import sign_off
from sources.models import Circle, Source
from sources.vetting import vet
from staff.models import User
from tests.attacking import answer_of
from tests.factories import BylineFactory, Desk, DocumentFactory, StaffFactory
from tests.laws import asked, codes, lacks, told, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def authors(article: Article) -> set[int]:
    return {key for (key,) in asked("SELECT gate_authors(%s)", article.pk)}


def independent(fact) -> int:
    return told("SELECT gate_independent_sources(%s)", fact.wording.pk)


def standing(wording: Wording) -> list[int]:
    return sorted(key for (key,) in asked("SELECT id FROM gate_standing_confirmations(%s)", wording.pk))


def test_who_wrote_a_story(desk):
    changed, named, signs, second, translator, elsewhere = (StaffFactory() for _ in range(6))
    original = Article.objects.create(headline="One", slug="one", language="en", created_by=desk.reporter)
    original.writers.create(user=changed)
    original.authors.add(named)
    pen, other_pen = Byline.objects.create(slug="a", name_en="A", name_ko="A"), desk.byline
    pen.accounts.set([signs])
    original.bylines.add(pen)
    other_pen.accounts.set([signs, second])
    desk.article("Another").authors.add(elsewhere)
    wrote = {user.pk for user in (desk.reporter, changed, named, signs, second)}
    assert authors(original) == wrote
    translation = Article.objects.create(
        headline="하나", slug="hana", language="ko", created_by=translator, translation_of=original
    )
    assert authors(translation) == wrote | {translator.pk}
    assert authors(original) == wrote


def test_who_confirms(desk):
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    no_editor, chief, gone = StaffFactory(), desk.chief, StaffFactory(roles=["editor"])

    def whole(by: User) -> set[str]:
        """What is said of her word, as it is given and as it is printed."""
        with undone():
            said = answer_of(Verdict.objects.create, wording=fact.wording, ruling="confirmed", by=by)
            return lacks(fact, whole=True) if said == "done" else {said}

    assert whole(desk.editor) == whole(chief) == set()
    assert whole(no_editor) == {"NR004 fact_confirmed_by_no_editor"}
    assert whole(StaffFactory(roles=["photo editor"])) == {"NR004 fact_confirmed_by_no_editor"}
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert whole(gone) == {"NR004 fact_confirmed_by_no_editor"}
    for doubt in ("disputed", "unconfirmed"):
        with undone():
            Verdict.objects.create(wording=fact.wording, ruling=doubt, by=desk.reporter, reason="It is not so")
    with undone():
        article.authors.add(desk.editor)
        assert whole(desk.editor) == {"NR004 fact_confirmed_by_author"}
    with undone():
        Verdict.objects.create(wording=fact.wording, ruling="confirmed", by=desk.editor)
        article.authors.add(desk.editor)
        assert lacks(fact, whole=True) == {"fact_confirmed_by_author"}
        assert lacks(fact) == set()
    with undone():
        Wording.objects.create(fact=fact, number=2, kind="event", text="In other words.", by=desk.other_editor)
        for source in (desk.source(), desk.source()):
            desk.says(fact, source)
        assert whole(desk.other_editor) == {"NR004 fact_confirmed_by_author"}
        assert whole(desk.editor) == set()
    with undone():
        fact = desk.fact(article, confirmed=False, by=desk.other_editor)
        Wording.objects.create(fact=fact, number=2, kind="event", text="In other words.", by=desk.reporter)
        assert whole(desk.other_editor) == {"NR004 fact_confirmed_by_author"}
        for source in (desk.source(), desk.source()):
            desk.says(fact, source)
        assert whole(desk.editor) == set()
    fact = article.facts.get()
    with undone():
        heard = desk.source()
        talk = heard.talks.create(held_on=dt.date(2026, 5, 2), medium="call", recorded_by=desk.other_editor)
        desk.says(fact, heard, talk=talk)
        assert whole(desk.other_editor) == {"NR004 fact_confirmed_by_recorder"}
        assert whole(desk.editor) == set()
    with undone():
        Verdict.objects.create(wording=fact.wording, ruling="confirmed", by=desk.editor)
        desk.says(fact, desk.source(), recorded_by=desk.editor)
        assert lacks(fact, whole=True) == {"fact_confirmed_by_recorder"}
        assert lacks(fact) == set()
    with undone():
        hers = [
            desk.says(fact, desk.source(), recorded_by=desk.other_editor),
            *Confirmation.objects.filter(wording=fact.wording),
        ]
        Wording.objects.create(fact=fact, number=2, kind="event", text="In other words.", by=desk.reporter)
        said = partial(Verdict.objects.create, wording=fact.wording, ruling="confirmed", by=desk.other_editor)
        assert answer_of(said, seen=[c.pk for c in hers]) == "NR004 fact_confirmed_by_recorder"
    # What she said stays said when she leaves; only print asks who she is.
    confirming.confirm(fact, by=desk.editor)
    desk.editor.groups.clear()
    assert (lacks(fact), lacks(fact, whole=True)) == (set(), {"fact_confirmed_by_no_editor"})


def test_a_second_account_is_no_second_person(desk):
    first, between, second, chief = (
        StaffFactory(roles=[role]) for role in ("editor", "reporter", "editor", "chief editor")
    )
    for pair in ([first, between], [between, second], [first, chief]):
        BylineFactory(accounts=pair)
    story = Article.objects.create(headline="One", slug="one", language="en", created_by=first)
    assert authors(story) == {first.pk, between.pk, second.pk, chief.pk}

    def whole(fact: Fact) -> str:
        with undone():
            return answer_of(Verdict.objects.create, wording=fact.wording, ruling="confirmed", by=second)

    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source, recorded_by=first)
    assert whole(fact) == "NR004 fact_confirmed_by_recorder"
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    Wording.objects.create(fact=fact, number=2, kind="event", text="In other words.", by=first)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    assert whole(fact) == "NR004 fact_confirmed_by_author"
    fact = desk.fact(desk.article(), sources=[desk.source()])
    with undone():
        waived(fact, second, chief)
        assert lacks(fact, whole=True) == {"fact_needs_sources"}
    waived(fact, second, desk.chief)
    assert lacks(fact, whole=True) == set()


def test_the_last_verdict_counts(desk):
    fact = desk.fact(desk.article(), confirmed=False)
    assert lacks(fact) == {"fact_unconfirmed"}
    for ruling, lack in (("confirmed", set()), ("disputed", {"fact_disputed"}), ("unconfirmed", {"fact_unconfirmed"})):
        Verdict.objects.create(wording=fact.wording, ruling=ruling, by=desk.editor, reason="So it is")
        assert lacks(fact) == lack
    assert lacks(fact, whole=True) == {"fact_unconfirmed"}


def test_what_carries_a_wording(desk):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    desk.fact(desk.article("Another"), "It snowed.")
    first = fact.wording
    one, two = (desk.says(fact, desk.source()).pk for _ in range(2))
    assert standing(first) == [one, two]
    confirming.confirm(fact, by=desk.editor)
    later = desk.says(fact, desk.source()).pk
    assert standing(first) == [one, two]
    confirming.confirm(fact, by=desk.editor)
    assert standing(first) == [one, two, later]
    confirming.take_back(Confirmation.objects.get(pk=one), by=desk.editor, reason="A mistake")
    assert standing(first) == [two, later]
    second = confirming.reword(fact, "In other words.", kind="event", by=desk.reporter)
    new = desk.says(fact, desk.source()).pk
    assert standing(second) == [two, later, new]
    with undone():
        Verdict.objects.create(wording=first, ruling="unconfirmed", by=desk.editor, reason="Not sure")
        assert standing(first) == [two, later], "what is recorded for later words says nothing of these"
    confirming.confirm(fact, by=desk.editor, carried=[two])
    assert standing(second) == [two, new]


def test_what_an_editor_saw_is_what_there_was(desk):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    other = desk.fact(desk.article("Another"), "It snowed.")
    foreign = other.wording.confirmations.first().pk
    first, one, gone = fact.wording, desk.says(fact, desk.source()), desk.says(fact, desk.source())
    confirming.take_back(gone, by=desk.editor, reason="A mistake")
    second = confirming.reword(fact, "In other words.", kind="event", by=desk.reporter)
    two = desk.says(fact, desk.source())

    def seen(wording: Wording, *claimed: int) -> list[int]:
        with undone():
            verdict = Verdict.objects.create(wording=wording, ruling="confirmed", by=desk.editor, seen=list(claimed))
            return Verdict.objects.get(pk=verdict.pk).seen

    assert seen(second) == [two.pk]
    assert seen(second, one.pk, gone.pk, foreign) == [one.pk, two.pk]
    assert seen(first, two.pk) == [one.pk]


def test_two_who_depend_on_each_other_are_one(desk):
    def counted(*said: tuple[int, int | None], circles: tuple[tuple[int, ...], ...] = ()) -> int:
        with undone():
            sources = [desk.source() for _ in range(6)]
            for n, circle in enumerate(circles):
                for member in circle:
                    sources[member].circle = (
                        Circle.objects.create(name=f"{n}") if member == circle[0] else sources[circle[0]].circle
                    )
                    sources[member].save(update_fields=["circle"])
            fact = desk.fact(desk.article(), sources=[], confirmed=False)
            for who, teller in said:
                how = {"how": "was_told", "told_by": sources[teller]} if teller is not None else {}
                desk.says(fact, sources[who], **how)
            return independent(fact)

    assert counted() == 0
    assert counted((0, None), (1, None), (2, None)) == 3
    assert counted((0, None), (0, None)) == 1
    assert counted((0, None), (1, None), circles=((0, 1),)) == 1
    assert counted((0, None), (1, None), circles=((0, 2), (1, 3))) == 2
    assert counted((0, None), (1, 0)) == 1
    assert counted((0, 5), (1, 5)) == 1
    assert counted((0, None), (1, 5), circles=((0, 5),)) == 1
    # Each with the next: the first and the last have nothing in common but the others.
    assert counted((0, None), (1, 0), (2, 1), (3, 2), (4, None)) == 2
    fact = desk.fact(desk.article(), sources=[desk.source(), desk.source(confirmed=False)], confirmed=False)
    assert independent(fact) == 1
    unconfirmed = fact.wording.confirmations.order_by("pk").last().source_id
    assert told("SELECT gate_independent_sources(%s, %s)", fact.wording.pk, [unconfirmed]) == 2


def test_who_parts_two_sources_asks_the_editor_again(desk):
    circle = Circle.objects.create(name="kite")
    one, two = desk.source(circle=circle), desk.source(circle=circle)
    fact = desk.fact(desk.article(), sources=[one, two])
    Source.objects.filter(pk=two.pk).update(circle=None)
    assert (independent(fact), lacks(fact)) == (1, {"fact_needs_sources"})
    confirming.dispute(fact, by=desk.editor, reason="A doubt")
    desk.says(fact, desk.source())
    assert independent(fact) == 3, "nothing is confirmed"
    confirming.confirm(fact, by=desk.editor)
    assert (independent(fact), lacks(fact)) == (3, set())
    Source.objects.filter(pk=two.pk).update(circle=circle)
    assert independent(fact) == 2
    # Whom an editor vets after she confirmed the fact counts without another word.
    late = desk.source(confirmed=False)
    fact = desk.fact(desk.article(), sources=[desk.source(), late])
    assert independent(fact) == 1
    vet(late, "confirmed", by=desk.editor)
    assert (independent(fact), lacks(fact)) == (2, set())


def test_how_many_sources_an_event_needs(desk):
    few, enough, many = (desk.fact(desk.article(), sources=[desk.source() for _ in range(n)]) for n in (1, 2, 3))
    assert [lacks(fact) for fact in (few, enough, many)] == [{"fact_needs_sources"}, set(), set()]
    with undone():
        desk.agree(min_sources=3)
        assert [lacks(fact) for fact in (few, enough, many)] == [{"fact_needs_sources"}, {"fact_needs_sources"}, set()]
        # A printed story is asked by the policy of its day.
        assert lacks(enough, policy=desk.policy.pk) == set()
    have = asked(
        "SELECT have, need FROM gate_fact_blockers(%s, gate_policy(), %s, true)", few.wording.pk, few.article_id
    )
    assert have == [(1, 2)]


def test_what_may_stand_for_sources_is_the_policys_word(desk):
    from photos.models import Photo

    photo = Photo.objects.create(
        name="A", content_hash="a" * 64, original="a.jpg", width=1, height=1, uploaded_by=desk.reporter
    )
    bases = {
        "document": {"document": DocumentFactory(archived_by=desk.reporter)},
        "photo": {"photo": photo},
    }
    for basis, what in bases.items():
        for suffices in (True, False):
            with undone():
                desk.agree(**{"document_suffices": False, "photo_suffices": False, f"{basis}_suffices": suffices})
                fact = desk.fact(desk.article(), sources=[], confirmed=False)
                fact.wording.confirmations.create(basis=basis, recorded_by=desk.reporter, **what)
                confirming.confirm(fact, by=desk.editor)
                assert lacks(fact) == (set() if suffices else {"fact_needs_sources"}), basis
    desk.agree(document_suffices=True, photo_suffices=True)
    assert lacks(desk.fact(desk.article(), sources=[])) == {"fact_needs_sources"}


def test_a_statement_and_a_record(desk):
    unconfirmed = desk.source(confirmed=False)

    def of(kind: str, **said) -> set[str]:
        with undone():
            fact = desk.fact(desk.article(), kind=kind, sources=[], confirmed=False)
            if said.get("basis") == "document":
                fact.wording.confirmations.create(recorded_by=desk.reporter, **said)
            elif said:
                desk.says(fact, said.pop("source"), **said)
            confirming.confirm(fact, by=desk.editor)
            return lacks(fact)

    assert of("statement") == {"statement_needs_talk"}
    assert of("statement", source=desk.source(), talk=False) == {"statement_needs_talk"}
    assert of("statement", source=unconfirmed) == {"statement_needs_talk", "source_unconfirmed"}
    assert of("statement", source=desk.source()) == set()
    assert of("record") == of("record", source=desk.source()) == {"record_needs_copy"}
    assert of("record", basis="document", document=DocumentFactory(archived_by=desk.reporter)) == set()


def test_the_sources_that_fell_are_named_where_something_lacks(desk):
    sources = [desk.source(), desk.source(), desk.source()]
    fact = desk.fact(desk.article(), sources=sources)
    statement = desk.fact(desk.article(), kind="statement", sources=[sources[1]])
    vet(sources[0], "discredited", by=desk.editor, reason="Invented it")
    assert lacks(fact) == set()
    vet(sources[1], "unconfirmed", by=desk.editor, reason="Not sure any more")
    assert lacks(fact) == {"fact_needs_sources", "source_discredited", "source_unconfirmed"}
    named = asked(
        "SELECT code, object FROM gate_fact_blockers(%s, gate_policy(), %s, false) WHERE object IS NOT NULL",
        fact.wording.pk,
        fact.article_id,
    )
    assert set(named) == {("source_discredited", sources[0].pk), ("source_unconfirmed", sources[1].pk)}
    # Where their fall is staggered, they count as they did.
    for told_of in (fact, statement):
        spared = asked(
            "SELECT code FROM gate_fact_blockers(%s, gate_policy(), %s, false, %s)",
            told_of.wording.pk,
            told_of.article_id,
            [s.pk for s in sources],
        )
        assert spared == []
    assert lacks(statement) == {"statement_needs_talk", "source_unconfirmed"}


def waived(fact, by: User, agreed_by: User | None) -> None:
    Waiver.objects.create(
        wording=fact.wording,
        proposed_by=by,
        agreed_by=agreed_by,
        agreed_at=timezone.now() if agreed_by else None,
        reason="One witness",
        printed_reason="Only one person could see it.",
    )


def test_a_waiver_takes_two_and_one_of_them_is_the_chief_editor(desk):
    fact = desk.fact(desk.article(), sources=[desk.source()])
    nobody = desk.fact(desk.article(), sources=[])
    reporter = desk.reporter

    def with_waiver(
        by: User, agreed_by: User | None, *, whole: bool = True, left: User | None = None, of=fact
    ) -> set[str]:
        with undone():
            waived(of, by, agreed_by)
            if left:
                left.groups.clear()
            return lacks(of, whole=whole)

    needs = {"fact_needs_sources"}
    for whole in (True, False):
        assert with_waiver(desk.chief, desk.editor, whole=whole) == set()
        assert with_waiver(desk.editor, desk.chief, whole=whole) == set()
        assert with_waiver(desk.chief, None, whole=whole) == needs
        assert with_waiver(desk.chief, desk.editor, whole=whole, of=nobody) == needs
    assert with_waiver(desk.editor, desk.other_editor) == needs
    assert with_waiver(desk.chief, StaffFactory(roles=["photo editor"])) == needs
    assert with_waiver(StaffFactory(roles=["photo editor"]), desk.chief) == needs
    assert with_waiver(desk.chief, reporter) == needs
    # It is asked at print who they are, and not for ever.
    assert with_waiver(desk.other_editor, desk.chief, left=desk.other_editor) == needs
    assert with_waiver(desk.other_editor, desk.chief, left=desk.other_editor, whole=False) == set()
    Group.objects.get(name="editor").user_set.add(desk.other_editor)
    desk.other_editor.refresh_from_db()
    fact.article.authors.add(desk.other_editor)
    assert with_waiver(desk.chief, desk.other_editor) == needs
    assert with_waiver(desk.other_editor, desk.chief) == set()


def test_a_waiver_is_for_its_own_words(desk):
    fact, other = desk.fact(desk.article(), sources=[desk.source()]), desk.fact(desk.article(), sources=[desk.source()])
    waived(fact, desk.chief, desk.editor)
    assert (lacks(fact), lacks(other)) == (set(), {"fact_needs_sources"})


def test_a_waiver_of_later_words_is_none_of_those_before_them(desk):
    fact = desk.fact(desk.article(), sources=[desk.source()])
    first = fact.wording
    fact.wordings.create(number=2, text=first.text, kind=first.kind, passages=["Elsewhere."], by=desk.reporter)
    waived(Fact.objects.get(pk=fact.pk), desk.chief, desk.editor)
    query = "SELECT code FROM gate_fact_blockers(%s, gate_policy(), %s, false)"
    assert asked(query, first.pk, fact.article_id) == [("fact_needs_sources",)]


# ---------------------------------------------------------------------------------------------------------------------
# Earlier facts of ours
# ---------------------------------------------------------------------------------------------------------------------


def resting_on(desk: Desk, earlier, *, kind: str = "event"):
    """A confirmed fact that rests on an earlier one alone."""
    fact = desk.fact(desk.article("It went on"), "It went on.", kind=kind, sources=[], confirmed=False)
    fact.wording.confirmations.create(basis="earlier", earlier=earlier, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    return fact


def until(fact, hour) -> set[str]:
    found = asked(
        "SELECT code FROM gate_fact_blockers(%s, gate_policy(), %s, false, '{}', %s)",
        fact.wording.pk,
        fact.article_id,
        hour,
    )
    return {code for (code,) in found}


FELL = {"fact_needs_sources", "earlier_fell"}


def next_version(desk: Desk, publication, *, hours: int | None = None):
    """The story without the fact that it stated before."""
    article = Article.objects.get(pk=publication.printing.article_id)
    for fact in article.facts.filter(dropping__isnull=True):
        confirming.drop(fact, by=desk.editor, reason="Not the point any more")
    desk.fact(article, "It snowed.")
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    hour = timezone.now() + dt.timedelta(hours=hours) if hours else None
    return publishing.publish(article, by=desk.editor, at=hour)


def test_an_earlier_fact_carries_one_of_its_kind(desk):
    earlier = desk.published().printing.article.facts.get().wording
    assert lacks(resting_on(desk, earlier)) == set()
    assert lacks(resting_on(desk, earlier, kind="statement")) == {"statement_needs_talk", "earlier_fell"}
    with undone():
        desk.agree(earlier_suffices=False)
        assert lacks(resting_on(desk, earlier)) == FELL
    waits = desk.fact(desk.article("Never printed")).wording
    assert lacks(resting_on(desk, waits)) == FELL


def exceptions_under(fact) -> set[str]:
    return {reason for (reason,) in asked("SELECT gate_exceptions_under(%s)", fact.wording.pk)}


def test_what_readers_of_an_earlier_fact_were_told(desk):
    waived = desk.fact(desk.article(), sources=[desk.source()])
    desk.waived(waived, "Only she saw it.")
    assert exceptions_under(waived) == set()  # nobody has read it yet
    first = desk.published(waived.article)
    assert exceptions_under(waived) == {"Only she saw it."}
    later = resting_on(desk, waived.wording)
    assert desk.published(later.article).how_known["single_source"] == ["Only she saw it."]
    assert exceptions_under(later) == {"Only she saw it."}

    on_two = desk.published().printing.article.facts.get()
    desk.waived(on_two, "A second one may not speak.")
    assert exceptions_under(on_two) == set()  # its readers heard of two
    beside = desk.fact(waived.article, "It rained.")
    desk.published(waived.article)
    assert exceptions_under(beside) == set()
    desk.waived(beside, "A third one neither.")
    assert exceptions_under(beside) == set()  # they heard of another one

    next_version(desk, first)
    assert exceptions_under(waived) == set()


def lacks_where_told(fact, *reasons: str) -> set[str]:
    """What a fact lacks in a version whose readers hear of these exceptions."""
    found = asked(
        "SELECT code FROM gate_fact_blockers(%s, gate_policy(), %s, true, p_told => to_jsonb(%s::text[]))",
        fact.wording.pk,
        fact.article_id,
        list(reasons),
    )
    return {code for (code,) in found}


def test_a_waiver_carries_those_who_are_told_of_it(desk):
    waived = desk.fact(desk.article(), sources=[desk.source()])
    desk.waived(waived, "Only she saw it.")
    assert lacks_where_told(waived, "Only she saw it.") == set()
    assert lacks_where_told(waived) == {"exception_not_told"}
    assert lacks_where_told(waived, "Something else.") == {"exception_not_told"}
    desk.published(waived.article)
    later = resting_on(desk, waived.wording)
    assert lacks_where_told(later, "Only she saw it.") == set()
    assert lacks_where_told(later) == {"exception_not_told"}
    assert lacks_where_told(desk.fact(desk.article(), sources=[desk.source()])) == {"fact_needs_sources"}


def test_an_earlier_fact_carries_while_it_is_confirmed(desk):
    fact = desk.published().printing.article.facts.get()
    later = resting_on(desk, fact.wording)
    # Asked in the same transaction, before what printed it is taken off.
    Verdict.objects.create(wording=fact.wording, ruling="disputed", by=desk.editor, reason="Another witness")
    assert lacks(later) == FELL
    Verdict.objects.create(wording=fact.wording, ruling="confirmed", by=desk.editor)
    assert lacks(later) == set()


def test_an_earlier_fact_carries_while_it_is_in_print_and_will_stay_there(desk):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    earlier = publishing.publish(desk.signed(headline="Not yet"), by=desk.editor, at=tomorrow)
    assert lacks(resting_on(desk, earlier.printing.article.facts.get().wording)) == FELL
    earlier = desk.published()
    fact = resting_on(desk, earlier.printing.article.facts.get().wording)
    assert lacks(fact) == set()
    with undone():
        next_version(desk, earlier, hours=24)
        assert lacks(fact) == FELL
        assert until(fact, timezone.now() + dt.timedelta(hours=2)) == set()
        assert until(fact, timezone.now() + dt.timedelta(hours=48)) == FELL
    with undone():
        asked(
            "UPDATE reader_publication SET leaves_at = now() + interval '1 day' WHERE id = %s RETURNING 1", earlier.pk
        )
        assert lacks(fact) == FELL
        assert until(fact, timezone.now() + dt.timedelta(hours=2)) == set()
    with undone():
        # The next version states it too: it goes on, but for an hour without either.
        article = Article.objects.get(pk=earlier.printing.article_id)
        Article.objects.filter(pk=article.pk).update(headline="In other words")
        desk.signed(Article.objects.get(pk=article.pk))
        publishing.publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(hours=24))
        assert lacks(fact) == set()
        asked(
            "UPDATE reader_publication SET leaves_at = now() + interval '23 hours' WHERE id = %s RETURNING 1",
            earlier.pk,
        )
        assert lacks(fact) == FELL


@pytest.mark.parametrize("end", ["pulled", "withdrawn"])
def test_an_earlier_fact_does_not_stay_by_a_version_that_fell(desk, end):
    earlier = desk.published()
    original = earlier.printing.article
    fact = original.facts.get()
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    confirming.mark_rendered(translation, fact, by=desk.editor)
    sign_off(ask_for_review(translation, by=desk.reporter), by=desk.editor)
    korean = publishing.publish(translation, by=desk.editor)
    later = resting_on(desk, fact.wording)
    next_version(desk, earlier, hours=24)
    assert lacks(later) == set(), "the translation stays"
    if end == "pulled":
        publishing.pull(korean, by=desk.reporter, reason="A doubt")
    else:
        publishing.withdraw(korean, by=desk.chief, reason="Gone")
    assert lacks(later) == FELL


def test_a_policy_is_in_force_once_a_second_person_agrees(desk):
    from articles.models import Policy

    assert told("SELECT gate_policy()") == desk.policy.pk
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    Policy.objects.create(proposed_by=desk.chief, **words)
    assert told("SELECT gate_policy()") == desk.policy.pk
    second = desk.agree()
    assert told("SELECT gate_policy()") == second.pk


def test_the_desk_shows_what_a_new_story_lacks_before_any_policy(db):
    article = Article.objects.create(headline="One", slug="one", language="en", created_by=StaffFactory())
    assert codes(article) >= {"policy_missing", "no_facts"}
