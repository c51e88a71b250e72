"""Each fact says who could know it; one that few could know is printed after a second thought alone, on record."""

import pytest
from django.urls import reverse

from articles import confirming, holding, knowledge
from articles.acts import NotAllowed
from articles.gate import GateError
from articles.models import Discretion, Fact, Verdict
from articles.shown import Shown
from articles.telltales import telltales
from articles.waiting import waiting_for_a_second
from sources.models import Source
from tests.desks import at_the_desk
from tests.factories import Desk, StaffFactory
from tests.laws import codes, lacks, refused, told, undone
from tests.test_how_a_source_is_named import name, place
from tests.test_what_keeps_a_story import hours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
UNREAD = {"proof_missing", "signature_missing"}


class Discreet(Desk):
    """A newsroom with a knowledge floor."""

    FLOORS = {"anonymity_floor": 0, "knowledge_floor": "workplace"}


@pytest.fixture
def desk() -> Discreet:
    return Discreet()


@pytest.fixture
def fact(desk) -> Fact:
    return desk.fact(desk.article(), "The office had some 1,200 sacks hidden.")


def known(fact: Fact, whom: str, desk: Desk, *, confirmed: bool = True) -> Fact:
    knowledge.say_who_could_know(fact, whom, by=desk.reporter)
    if confirmed:
        confirming.confirm(fact, by=desk.editor)
    return fact


@pytest.mark.parametrize(
    ("floor", "few"),
    [("workplace", {"meeting", "handful"}), ("meeting", {"handful"}), ("handful", set()), ("", set())],
)
def test_what_fewer_could_know_than_the_floor_asks_is_kept(desk, fact, floor, few):
    desk.agree(knowledge_floor=floor)
    assert lacks(fact, whole=True) == ({"known_to_missing"} if floor else set())
    assert lacks(fact) == set(), "nobody asks it of what is in print"
    for whom in Fact.KnownTo.values:
        with undone():
            known(fact, whom, desk)
            assert lacks(fact, whole=True) == ({"known_to_few"} if whom in few else set())
            assert codes(fact.article) - UNREAD == ({"known_to_few"} if whom in few else set())


def test_more_people_than_she_saw_ask_her_again(desk, fact):
    knowledge.say_who_could_know(fact, "workplace", by=desk.reporter)
    assert lacks(fact, whole=True) == {"known_to_changed"}, "she confirmed it when nobody had said"
    confirming.confirm(fact, by=desk.editor)
    assert lacks(fact, whole=True) == set()
    assert Verdict.objects.filter(wording=fact.wording).latest("pk").known_to == "workplace"
    with undone():
        knowledge.say_who_could_know(fact, "anyone", by=desk.reporter)
        assert lacks(fact, whole=True) == {"known_to_changed"}
    knowledge.say_who_could_know(fact, "meeting", by=desk.reporter)
    assert lacks(fact, whole=True) == {"known_to_few"}
    knowledge.say_who_could_know(fact, "workplace", by=desk.reporter)
    assert lacks(fact, whole=True) == set()


def carried_out(fact: Fact, remedy: str, desk: Desk) -> None:
    """What a remedy says is done."""
    article = fact.article
    if remedy == "wider":
        for confirmation in fact.wording.confirmations.all():
            source = confirmation.source
            Source.objects.filter(pk=source.pk).update(place=place("Hoeryong"))
            name(article, source, "North Hamgyong Province")
    elif remedy == "delayed":
        held = holding.hold(article, "safety", hours(5), by=desk.reporter, reason="Few know it yet")
        holding.lift(held, by=desk.editor, reason="The town knows")


@pytest.mark.parametrize("remedy", ["rounded", "paraphrased", "wider", "delayed"])
def test_an_editor_decides_and_says_why(desk, fact, remedy):
    carried_out(fact, remedy, desk)
    known(fact, "meeting", desk)
    decided = knowledge.decide(fact, remedy, by=desk.editor, reason="Told as “hundreds”")
    assert (decided.known_to, lacks(fact, whole=True)) == ("meeting", set())
    desk.published(fact.article)
    assert refused(lambda: Discretion.objects.filter(pk=decided.pk).update(reason="Another")) == "42501"
    with pytest.raises(GateError):
        knowledge.decide(fact, remedy, by=desk.editor, reason="Told as “hundreds”")


@pytest.mark.parametrize(
    ("remedy", "text", "code"),
    [
        ("rounded", "The office had 1,240 sacks hidden.", "remedy_figures_stand"),
        ("paraphrased", "The order was “hide every sack”.", "remedy_words_stand"),
        ("paraphrased", "The office said ‘hide every sack’.", "remedy_words_stand"),
        ("wider", "The office had some 1,200 sacks hidden.", "remedy_not_wider"),
        ("delayed", "The office had some 1,200 sacks hidden.", "remedy_not_delayed"),
    ],
)
def test_a_remedy_that_changed_nothing_is_none(desk, remedy, text, code):
    fact = known(desk.fact(desk.article(), text), "meeting", desk)
    with pytest.raises(GateError) as error:
        knowledge.decide(fact, remedy, by=desk.editor, reason="Done, I say")
    assert error.value.code == code
    # Nor does one that is written past the desk.
    Discretion.objects.create(
        wording=fact.wording, remedy=remedy, reason="Past the desk", proposed_by=desk.editor,
        queried=telltales([text], korean=False),
    )  # fmt: skip
    assert lacks(fact, whole=True) == {"known_to_few"}


def test_what_was_named_more_widely_is_asked_again_when_it_is_printed(desk, fact):
    carried_out(fact, "wider", desk)
    known(fact, "meeting", desk)
    knowledge.decide(fact, "wider", by=desk.editor, reason="Told of the province")
    assert lacks(fact, whole=True) == set()
    fact.article.attributions.first().delete()
    assert lacks(fact, whole=True) == {"known_to_few"}


def test_an_embargo_is_no_delay_for_somebodys_safety(desk, fact):
    known(fact, "meeting", desk)
    holding.hold(fact.article, "embargo", hours(5), by=desk.reporter, reason="Sunday")
    holding.hold(desk.article(), "safety", hours(5), by=desk.reporter, reason="Another story")
    with pytest.raises(GateError):
        knowledge.decide(fact, "delayed", by=desk.editor, reason="Later")
    assert told("SELECT gate_remedy_lack(%s, 'paraphrased', %s::jsonb, %s)", fact.wording.pk,
                '[{"why": "order", "words": "They were told to hide it."}]', fact.article_id) is None  # fmt: skip


def test_a_decision_is_for_these_words_and_for_no_fewer_people(desk, fact):
    known(fact, "meeting", desk)
    knowledge.decide(fact, "rounded", by=desk.editor, reason="Rounded")
    with undone():
        known(fact, "handful", desk, confirmed=False)
        assert lacks(fact, whole=True) == {"known_to_few"}
    with undone():
        confirming.reword(fact, "Sacks were hidden.", kind="event", by=desk.reporter)
        assert "known_to_few" in lacks(fact, whole=True)
    other = known(desk.fact(desk.article()), "meeting", desk)
    assert lacks(other, whole=True) == {"known_to_few"}


def test_to_print_it_all_the_same_takes_two_and_the_chief_editor(desk, fact):
    known(fact, "handful", desk)
    proposed = knowledge.decide(fact, "printed", by=desk.editor, reason="It has to be known")
    assert lacks(fact, whole=True) == {"known_to_few"}
    for who in (desk.editor, desk.other_editor, desk.reporter):
        with pytest.raises(NotAllowed):
            knowledge.agree(proposed, by=who)
    [told] = waiting_for_a_second(desk.chief)
    assert told.what == f"Print all the same, though few could know it: “{fact.statement}”"
    assert (told.proposed_by, told.hers, told.link.endswith(f"#fact-{fact.pk}")) == (desk.editor, False, True)
    assert waiting_for_a_second(desk.editor)[0].hers and waiting_for_a_second(desk.reporter) == []
    knowledge.agree(proposed, by=desk.chief)
    assert lacks(fact, whole=True) == set()
    assert waiting_for_a_second(desk.chief) == []
    with pytest.raises(GateError):
        knowledge.agree(proposed, by=desk.chief)
    with undone():
        desk.chief.groups.clear()
        desk.chief.groups.set([])
        assert lacks(fact, whole=True) == {"known_to_few"}


def test_who_wrote_the_story_decides_nothing(desk, fact):
    known(fact, "meeting", desk)
    with pytest.raises(NotAllowed):
        knowledge.decide(fact, "rounded", by=desk.reporter, reason="Mine")
    wrote = StaffFactory(roles=["editor"])
    fact.article.authors.add(wrote)
    with pytest.raises(NotAllowed):
        knowledge.decide(fact, "rounded", by=wrote, reason="Mine")
    words = {"wording": fact.wording, "remedy": "rounded", "reason": "Past the desk"}
    for by in (desk.reporter, wrote):
        Discretion.objects.create(proposed_by=by, **words)
        assert lacks(fact, whole=True) == {"known_to_few"}
    left = StaffFactory(roles=["editor"])
    Discretion.objects.create(proposed_by=left, **words)
    assert lacks(fact, whole=True) == set()
    left.groups.clear()
    assert lacks(fact, whole=True) == {"known_to_few"}


def test_the_database_says_for_whom_it_was_decided(desk, fact):
    known(fact, "handful", desk)
    row = Discretion.objects.create(
        wording=fact.wording, remedy="rounded", known_to="anyone", reason="Forged", proposed_by=desk.editor
    )
    row.refresh_from_db()
    assert row.known_to == "handful"


def test_a_page_that_showed_others_confirms_and_decides_nothing(desk, fact):
    known(fact, "meeting", desk)
    seen = Shown(
        wording=fact.wording.pk,
        rests_on=frozenset(fact.wording.confirmations.values_list("pk", flat=True)),
        known_to="anyone",
    )
    for act in (
        lambda: confirming.confirm(fact, by=desk.other_editor, shown=seen),
        lambda: knowledge.decide(fact, "rounded", by=desk.editor, reason="x", shown=seen),
    ):
        with pytest.raises(GateError) as error:
            act()
        assert error.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("text", "korean", "found"),
    [
        ("1,240 sacks were hidden.", False, [("figure", "1,240")]),
        ("About 1,200 sacks were hidden.", False, []),
        ("Some 2,000 sacks were hidden.", False, []),
        ("About 300 sacks were hidden.", False, []),
        ("Some 2,000 sacks and three lorries.", False, [("figure", "three")]),
        ("7 people were there.", False, [("figure", "7")]),
        ("They hid 300 sacks.", False, [("figure", "300")]),
        ("About 27 houses were hit.", False, [("figure", "27")]),
        ("창고에 쌀 300포대를 숨겼다.", True, [("figure", "300")]),
        ("They ordered that every sack be hidden by Friday.", False,
         [("order", "They ordered that every sack be hidden by Friday.")]),
        ("They were instructed to hide every sack.", False, [("order", "They were instructed to hide every sack.")]),
        ("모두 숨기라고 지시했다.", True, [("order", "모두 숨기라고 지시했다.")]),
        ("모두 숨기라고 명령했다.", True, [("order", "모두 숨기라고 명령했다.")]),
        ("모두 숨기라는 포치가 내려왔다.", True, [("order", "모두 숨기라는 포치가 내려왔다.")]),
        ("He told them ‘hide every sack you can’.", False, [("quote", "‘hide every sack you can’")]),
        ("He told them 'hide every sack you can'.", False, [("quote", "'hide every sack you can'")]),
        ("《모두 숨기라》는 말이 돌았다.", True, [("quote", "《모두 숨기라》")]),
        ("「모두 숨기라」는 말이 돌았다.", True, [("quote", "「모두 숨기라」")]),
        ("Kim Chol Su was there.", False, [("name", "Kim Chol Su")]),
        ("North Korea hid rice in North Hamgyong.", False, []),
        ("리영호는 그 자리에 있었다.", True, [("name", "리영호")]),
        ("In order to hide it, they came at night.", False, []),
        ("The directive said “hide every sack by Friday”.", False, [("order", "“hide every sack by Friday”")]),
        ("Kim Chol Su, the party secretary, was there.", False, [("name", "Su, the party secretary, was there.")]),
        ("창고에 쌀 1,240마대를 숨겼다.", True, [("figure", "1,240")]),
        ("쌀 1,200마대가량을 숨겼다.", True, []),
        ("지시문은 “금요일까지 모두 숨기라”는 것이었다.", True, [("order", "“금요일까지 모두 숨기라”")]),
    ],
)  # fmt: skip
def test_what_may_have_been_planted_is_queried(text, korean, found):
    assert [(t["why"], t["words"]) for t in telltales([text], korean=korean)] == found


def test_it_is_said_and_decided_at_the_desk(desk, fact):
    confirming.reword(fact, "The office had 1,240 sacks hidden.", kind="event", by=desk.reporter)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    story = reverse("admin:articles_article_change", args=[fact.article_id])
    reporter, editor = at_the_desk(desk.reporter), at_the_desk(desk.editor)
    reporter.post(reverse("articles:known_to", args=[fact.pk]), {"who": "meeting"})
    fact.refresh_from_db()
    assert fact.known_to == "meeting"
    for who in ("", "nobody"):
        assert reporter.post(reverse("articles:known_to", args=[fact.pk]), {"who": who}).status_code == 302
    confirming.confirm(fact, by=desk.editor)
    page = editor.get(story).text
    assert "1,240" in page and "Decide…" in page
    assert "Decide…" not in reporter.get(story).text
    form = {"wording": fact.wording.pk, "known_to": "meeting", "reason": "Told as hundreds"}
    address = reverse("articles:discretions", args=[fact.pk])
    refused_page = editor.post(address, form)
    assert refused_page.status_code == 200 and "Told as hundreds" in refused_page.text
    kept = editor.post(address, {**form, "remedy": "rounded"})
    assert "Exact figures still stand" in kept.text and "Told as hundreds" in kept.text
    holding.hold(fact.article, "safety", hours(5), by=desk.reporter, reason="Few know it yet")
    assert editor.post(address, {**form, "remedy": "delayed"}).status_code == 302
    assert lacks(fact, whole=True) == set()
    assert reporter.post(address, {**form, "remedy": "rounded"}).status_code in (200, 302)
    assert Discretion.objects.count() == 1
    assert editor.post(reverse("articles:discretions", args=[10**12]), form).status_code == 404
