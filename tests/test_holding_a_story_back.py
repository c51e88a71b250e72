"""A story is kept back until an hour: by agreement, or for somebody's safety. The law refuses to print it sooner."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import holding, publishing
from articles.acts import NotAllowed
from articles.gate import Blocked, GateError, blockers
from articles.models import Article, Hold, Lifting
from reader.models import Publication
from tests.desks import at_the_desk, page_of, said
from tests.factories import Desk


@pytest.fixture
def desk(committed_db):
    return Desk()


def later(**kwargs):
    return timezone.now() + dt.timedelta(**kwargs)


def typed(hour):
    return timezone.localtime(hour).strftime("%Y-%m-%dT%H:%M")


def press(desk, who, address, **data):
    return at_the_desk(getattr(desk, who)).post(f"/desk/stories/{address}", data, follow=True)


def test_it_works(desk):
    story = desk.signed()
    response = press(
        desk, "reporter", f"{story.pk}/holds/", kind="embargo", until=typed(later(hours=5)), reason="Agreed with them."
    )
    assert "Held back." in said(response)
    assert "Embargo until" in response.text and "Asia/Seoul" in response.text and "Agreed with them." in response.text
    with pytest.raises(Blocked) as refused:
        publishing.publish(story, by=desk.editor)
    assert [b.code for b in refused.value.blockers] == ["hold_running"]
    assert publishing.publish(story, by=desk.editor, at=later(hours=6)).go_live_at > timezone.now()


def test_a_lifted_hold_lets_it_through(desk):
    story = desk.signed()
    held = holding.hold(story, "embargo", later(days=2), by=desk.reporter, reason="Agreed.")
    response = press(desk, "editor", f"holds/{held.pk}/lifting/", reason="They printed it themselves.")
    assert "Lifted." in said(response) and "lifted by editor" in response.text
    assert "<b>Lifted</b> · <s>Embargo until" in response.text
    assert publishing.publish(story, by=desk.editor).pk


def test_the_blocker_leads_to_where_it_is_lifted(desk):
    story = desk.signed()
    holding.hold(story, "safety", later(days=2), by=desk.reporter, reason="She travels on Tuesday.")
    [blocker] = blockers(story)
    assert blocker.code == "hold_running" and blocker.link == f"{page_of(story)}#holds"
    assert 'id="holds"' in at_the_desk(desk.editor).get(page_of(story)).text


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_a_safety_hold_is_lifted_by_another_editor_than_who_placed_it(desk, who):
    story = desk.article()
    held = holding.hold(story, "safety", later(days=2), by=desk.editor, reason="She travels.")
    with pytest.raises(NotAllowed):
        holding.lift(held, by=getattr(desk, who), reason="It is over.")
    with pytest.raises(GateError) as refused, pytest.MonkeyPatch.context() as patch:
        patch.setattr(holding, "require_lifter", lambda *_, **__: None)  # the law alone
        holding.lift(held, by=getattr(desk, who), reason="It is over.")
    assert refused.value.code == "hold_lifted_by_another"
    assert not Lifting.objects.exists()
    holding.lift(held, by=desk.other_editor, reason="She is safe.")


def test_the_desk_offers_lifting_to_who_may(desk):
    story = desk.article()
    holding.hold(story, "safety", later(days=2), by=desk.editor, reason="She travels.")
    assert "Lift this hold" not in at_the_desk(desk.reporter).get(page_of(story)).text
    own = at_the_desk(desk.editor).get(page_of(story)).text
    assert "Lift this hold" not in own and "Another editor lifts it" in own
    assert "Lift this hold" in at_the_desk(desk.other_editor).get(page_of(story)).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"until": ""}, "Give the hour"),
        ({"until": "2020-01-01T10:00"}, "This hour is past"),
        ({"reason": " "}, "Give a reason"),
        ({"kind": "whim"}, "Choose an embargo or a safety hold."),
    ],
)
def test_what_does_not_fit_is_refused(desk, data, words):
    story = desk.article()
    sent = {"kind": "embargo", "until": typed(later(days=1)), "reason": "Agreed."} | data
    page = press(desk, "reporter", f"{story.pk}/holds/", **sent)
    assert words in page.text and [*page.context["form"].errors] == [*data]
    assert not Hold.objects.exists()


def test_what_does_not_fit_comes_back_as_it_was_typed_with_every_error_at_once(desk):
    story = desk.article()
    sent = {"kind": "safety", "until": "2020-01-01T10:00", "reason": "She travels on Tuesday."}
    page = press(desk, "reporter", f"{story.pk}/holds/", **sent)
    assert 'value="safety" selected' in page.text and 'value="2020-01-01T10:00"' in page.text
    assert "She travels on Tuesday." in page.text and "Asia/Seoul" in page.text
    page = press(desk, "reporter", f"{story.pk}/holds/", until="2020-01-01T10:00")
    assert [*page.context["form"].errors] == ["kind", "until", "reason"]
    done = press(desk, "reporter", f"{story.pk}/holds/", **sent | {"until": typed(later(days=1))})
    assert "Held back." in said(done)


def test_who_may_not_change_the_story_does_not_hold_it(desk):
    from tests.factories import StaffFactory

    story = desk.article()
    with pytest.raises(NotAllowed):
        holding.hold(story, "embargo", later(days=1), by=StaffFactory(roles=["photo editor"]), reason="Mine.")


def test_a_hold_beyond_its_hour_stops_what_is_scheduled_and_asks_first(desk):
    story = desk.signed()
    publishing.publish(story, by=desk.editor, at=later(hours=2))
    sent = {"kind": "embargo", "until": typed(later(hours=9)), "reason": "Agreed with them."}
    asked = press(desk, "editor", f"{story.pk}/holds/", **sent)
    assert "This stops 1 scheduled story" in asked.text and "It will be under embargo until" in asked.text
    assert "Agreed with them." in asked.text
    assert not Hold.objects.exists() and Publication.objects.scheduled().exists()
    done = press(desk, "editor", f"{story.pk}/holds/", **sent, falls_shown=asked.context["shown"])
    assert "Held back." in said(done)
    assert not Publication.objects.scheduled().exists() and not Publication.objects.in_print().exists()


def test_a_hold_that_ends_before_its_hour_stops_nothing(desk):
    story = desk.signed()
    publishing.publish(story, by=desk.editor, at=later(hours=9))
    holding.hold(story, "embargo", later(hours=2), by=desk.editor, reason="Agreed.")
    assert Publication.objects.scheduled().exists()


def test_a_hold_is_of_the_time_before_print(desk):
    story = Article.objects.get(story=desk.published().story)
    holding.hold(story, "safety", later(days=1), by=desk.editor, reason="She travels.")
    assert Publication.objects.in_print().exists()
