"""A button pressed twice, or by two at once: it is done once, the others are told that it is, and nobody sees a 500."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import holding, overriding, publishing, staggering
from articles.coverage import coverage_of
from articles.covering import cover, sentences_in
from articles.gate import GateError
from articles.models import (
    Article,
    Confirmation,
    Hold,
    Invitation,
    Lifting,
    Override,
    Policy,
    Printing,
    Proof,
    Pull,
    Release,
    SignOff,
    Stagger,
    Withdrawal,
)
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Source, Talk, Vetting
from staff.models import Guest
from tests.desks import at_once, at_the_desk
from tests.factories import Desk, StaffFactory

TIMES = 4


@pytest.fixture
def desk(committed_db):
    return Desk()


def press(who, address, **data) -> list[str]:
    """The same button in as many browsers at once: what each of them is told afterwards."""
    browsers = [at_the_desk(who) for _ in range(TIMES)]
    answers = at_once(*((browser, address, data) for browser in browsers))
    assert {answer.status_code for answer in answers} <= {200, 302}
    return [
        " ".join(str(m) for m in browser.get("/desk/").context["messages"])
        if answer.status_code == 302
        else answer.text
        for browser, answer in zip(browsers, answers, strict=True)
    ]


def once(said: list[str], done: str, already: str) -> bool:
    """One was told that it is done, the others that it is already."""
    return sum(done in words for words in said) == 1 and sum(already in words for words in said) == TIMES - 1


def an_hour(**later) -> str:
    return (timezone.localtime() + dt.timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def the_hour(**later) -> dt.datetime:
    return (timezone.now() + dt.timedelta(**later)).replace(second=0, microsecond=0)


def test_a_hold_and_its_lifting(desk):
    story = desk.article()
    asked = {"kind": "embargo", "until": an_hour(days=1), "reason": "By agreement."}
    said = press(desk.editor, f"/desk/stories/{story.pk}/holds/", **asked)
    assert once(said, "Held back", "until that hour already") and Hold.objects.count() == 1
    said = press(desk.editor, f"/desk/stories/holds/{Hold.objects.get().pk}/lifting/", reason="It came out elsewhere.")
    assert once(said, "Lifted.", "lifted already") and Lifting.objects.count() == 1


def test_what_another_holds_back_too_is_another_hold(desk):
    story, hour = desk.article(), the_hour(days=1)
    for by in (desk.editor, desk.other_editor):
        holding.hold(story, "safety", hour, by=by, reason="She is on her way.")
    assert Hold.objects.count() == 2
    holding.lift(Hold.objects.get(by=desk.editor), by=desk.other_editor, reason="She is there.")
    holding.hold(story, "safety", hour, by=desk.editor, reason="She went back.")
    assert Hold.objects.count() == 3


def test_an_override_and_its_agreement(desk):
    story = desk.article()
    asked = {"until": an_hour(days=1), "reason": "A flood.", "printed_reason": "There is a flood."}
    said = press(desk.editor, f"/desk/stories/{story.pk}/overrides/", **asked)
    assert once(said, "Proposed.", "proposed this override already") and Override.objects.count() == 1
    said = press(desk.chief, f"/desk/stories/overrides/{Override.objects.get().pk}/agreement/")
    assert once(said, "Agreed.", "agreed to already")


def test_an_override_that_another_agreed_to_since_the_page_was_opened(desk):
    until = the_hour(days=1)
    proposed = overriding.propose(
        desk.article(), by=desk.chief, reason="Flood.", printed_reason="A flood.", until=until
    )
    opened = Override.objects.get(pk=proposed.pk)
    overriding.agree(proposed, by=desk.editor)
    with pytest.raises(GateError) as refused:
        overriding.agree(opened, by=desk.other_editor)
    assert refused.value.code == "agreed_already"


def test_an_invitation(desk):
    desk.agree(guests_sign=True)
    StaffFactory(username="guest", roles=["guest signatory"], is_staff=False)
    story = desk.article()
    asked = {"guest": Guest.objects.get().pk, "until": an_hour(days=1)}
    said = press(desk.editor, f"/desk/stories/{story.pk}/invitations/", **asked)
    assert once(said, "Invited.", "until that hour already") and Invitation.objects.count() == 1


def test_a_policy(desk):
    words = {"name_en": "The Paper", "name_ko": "신문", "promise_en": "Confirmed.", "promise_ko": "확인."}
    proposed = Policy.objects.create(proposed_by=desk.chief, **words)
    said = press(desk.editor, f"/desk/stories/policies/{proposed.pk}/agreement/")
    assert once(said, "The policy is in force.", "agreed to already")


def test_a_stagger_and_its_agreement(desk):
    source = desk.source()
    for number in range(2):
        story = desk.article(headline=f"Story {number}")
        desk.fact(story, f"Thing {number}.", sources=[source, desk.source()])
        desk.published(story)
    last_day = timezone.localdate() + dt.timedelta(days=9)
    asked = {"standing": "discredited", "reason": "She made it up.", "last_day": last_day.isoformat()}
    said = press(desk.editor, reverse("admin:sources_source_staggers", args=[source.pk]), **asked)
    assert once(said, "Proposed.", "You proposed this already") and Stagger.objects.count() == 1
    stagger = Stagger.objects.get()
    assert stagger.hours.count() == 2
    vetted = Vetting.objects.filter(source=source).count()
    said = press(desk.other_editor, f"/desk/stories/staggers/{stagger.pk}/agreement/")
    assert once(said, "Agreed.", "agreed to already")
    assert Vetting.objects.filter(source=source).count() == vetted + 1
    assert stagger.hours.count() == 2 and Source.objects.get(pk=source.pk).standing == "discredited"


def test_a_stagger_of_a_source_that_fell_meanwhile(desk):
    source = desk.source()
    opened = Source.objects.get(pk=source.pk)
    Source.objects.get(pk=source.pk).vettings.create(standing="discredited", by=desk.editor, reason="She lied.")
    with pytest.raises(GateError) as refused:
        staggering.propose(opened, "discredited", by=desk.editor, reason="So.", last_day=timezone.localdate())
    assert refused.value.code == "stagger_over"


def test_a_proof_and_a_signature(desk):
    story = desk.article()
    desk.fact(story)
    press(desk.reporter, f"/desk/stories/{story.pk}/proof/")
    assert Proof.objects.count() == 1
    press(desk.editor, f"/desk/stories/{story.pk}/proof/{Proof.objects.get().pk}/sign-off/")
    assert SignOff.objects.count() == 1


def test_a_proof_that_is_signed_is_made_anew_for_who_asks(desk):
    story = desk.signed()
    assert ask_for_review(story, by=desk.reporter) != Proof.objects.earliest("pk")


def test_print_and_the_ways_back(desk):
    story = desk.signed()
    address = f"/desk/stories/{story.pk}/publication/"
    said = press(desk.editor, address, when="now")
    assert once(said, "Published.", "in print already") and Publication.objects.count() == 1
    printed = Publication.objects.get()
    said = press(desk.editor, f"{address}{printed.pk}/pull/", reason="A doubt.")
    assert once(said, "Pulled.", "pulled already") and Pull.objects.count() == 1
    said = press(desk.editor, f"{address}{printed.pk}/release/", reason="Right after all.")
    assert once(said, "Released.", "not pulled") and Release.objects.count() == 1
    said = press(desk.chief, f"{address}{printed.pk}/withdrawal/", reason="Asked for.")
    assert once(said, "Withdrawn.", "withdrawn already") and Withdrawal.objects.count() == 1


def test_print_at_an_hour(desk):
    story = desk.signed()
    asked = {"when": "at", "at": an_hour(days=1)}
    said = press(desk.editor, f"/desk/stories/{story.pk}/publication/", **asked)
    assert once(said, "Scheduled.", "waits for its hour already") and Printing.objects.count() == 1


def test_what_waits_is_given_another_hour_and_printed_now(desk):
    story = desk.signed()
    for at in (the_hour(days=1), the_hour(days=2), the_hour(hours=1), the_hour(days=1), None):
        publishing.publish(story, by=desk.editor, at=at)
    assert list(Publication.objects.in_print().values_list("version", flat=True)) == [5]
    for at in (None, the_hour(days=1)):
        with pytest.raises(GateError) as refused:
            publishing.publish(story, by=desk.editor, at=at)
        assert refused.value.code == "printed_already"


def test_who_changed_the_story_is_told_what_it_needs(desk):
    story = desk.article()
    desk.published(story)
    story.standfirst = "More exactly."
    story.save()
    with pytest.raises(GateError) as refused:
        publishing.publish(story, by=desk.editor)
    assert "proof_outdated" in {blocker.code for blocker in refused.value.blockers}


def test_the_same_words_after_a_pull_and_a_new_signature(desk):
    story = desk.article()
    publishing.pull(desk.published(story), by=desk.editor, reason="A doubt.")
    sign_off(ask_for_review(story, by=desk.reporter), by=desk.editor)
    assert publishing.publish(story, by=desk.editor).version == 2


def test_an_emergency_that_lasts_longer_prints_its_words_for_longer(desk):
    desk.agree(covers_text=True)
    story, reason = desk.article(), "There is a flood."
    desk.fact(story)
    for hours in (2, 5):
        proposed = overriding.propose(
            story, by=desk.chief, reason="Flood.", printed_reason=reason, until=the_hour(hours=hours)
        )
        overriding.agree(proposed, by=desk.editor)
        sign_off(ask_for_review(story, by=desk.reporter), by=desk.editor)
        publishing.publish(story, by=desk.editor)
        with pytest.raises(GateError) as refused:
            publishing.publish(story, by=desk.editor)
        assert refused.value.code == "printed_already"
    assert Publication.objects.in_print().get().leaves_at == the_hour(hours=5)


def sentence_of(story) -> str:
    """The key of the first sentence in the body."""
    return next(s.key for s in sentences_in(coverage_of(story)) if s.block == 1)


def test_a_sentence_states_one_fact(desk):
    story = desk.article()
    key = sentence_of(story)
    press(desk.reporter, f"/desk/stories/{story.pk}/coverage/", **{f"s-{key}": "event"})
    assert [fact.statement for fact in story.facts.all()] == ["First paragraph."]


def test_a_sentence_rests_on_one_earlier_fact(desk):
    before = desk.article(headline="Before")
    earlier = desk.fact(before, "It snowed.").wording
    desk.published(before)
    story = desk.article()
    key = sentence_of(story)
    press(desk.reporter, f"/desk/stories/{story.pk}/coverage/", **{f"s-{key}": f"earlier {earlier.pk}"})
    assert story.facts.count() == 1 and Confirmation.objects.filter(earlier=earlier).count() == 1


def test_words_that_another_saved_meanwhile_are_not_lost_to_a_mark(desk):
    story = desk.article()
    key = sentence_of(story)
    opened = Article.objects.get(pk=story.pk)
    Article.objects.filter(pk=story.pk).update(body="<p>First paragraph.</p><p>Another second.</p>")
    cover(opened, {key: "event"}, by=desk.reporter)
    assert "Another second." in Article.objects.get(pk=story.pk).body


def test_a_talk_is_recorded_once(desk):
    story = desk.article()
    fact = desk.fact(story, sources=[], confirmed=False)
    source = desk.source()
    talks = Talk.objects.count()
    said = press(
        desk.reporter,
        reverse("admin:articles_fact_confirmations", args=[fact.pk]),
        basis="source",
        source=source.pk,
        how="saw",
        talk_date="2026-05-02",
        talk_medium="call",
    )
    assert once(said, "Recorded.", "recorded for this fact already")
    assert Confirmation.objects.count() == 1 and Talk.objects.count() == talks + 1
