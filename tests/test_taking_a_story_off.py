"""What a step takes off the site is shown before it is taken; anyone on duty pulls a story alone, from a phone."""

import threading

import pytest
from django.db import connection

from articles import confirming, publishing
from articles.chains import Chains
from articles.foresight import WouldFall, foresee, knowing
from articles.gate import GateError
from articles.models import Article, Confirmation, Pull, TakenBack, Verdict
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Circle, Source
from sources.vetting import vet
from tests.desks import at_the_desk, fields_of, page_of, said
from tests.factories import Desk, StaffFactory

SHOWN = "falls_shown"


@pytest.fixture
def desk(committed_db):
    return Desk()


def resting_on(desk, fact, headline, *, text):
    """A story in print whose one fact rests on an earlier fact of ours."""
    story = desk.article(headline=headline)
    upper = desk.fact(story, text, sources=[], confirmed=False)
    Confirmation.objects.create(wording=upper.wording, basis="earlier", earlier=fact.wording, recorded_by=desk.reporter)
    confirming.confirm(upper, by=desk.editor)
    desk.published(story)
    return upper


@pytest.fixture
def tower(desk):
    """Three stories in print, each resting on the one before: their facts from the ground up."""
    ground = desk.article(headline="The mill has stopped")
    first = desk.fact(ground, "The mill stopped in May.")
    desk.published(ground)
    second = resting_on(desk, first, "Flour is scarce", text="Flour is scarce since May.")
    third = resting_on(desk, second, "Noodles are dearer", text="Noodles are dearer since May.")
    return first, second, third


def press(desk, who, address, **data):
    return at_the_desk(getattr(desk, who)).post(f"/desk/stories/{address}", data, follow=True)


def in_print():
    return set(Publication.objects.in_print().values_list("headline", flat=True))


ALL = {"The mill has stopped", "Flour is scarce", "Noodles are dearer"}


def test_it_works(desk, tower):
    address = f"facts/{tower[0].pk}/verdict/"
    asked = press(desk, "editor", address, ruling="disputed", reason="They saw it run.")
    page = asked.text
    assert "This takes 3 stories off the site" in page
    assert "Dispute this fact, and take 3 stories off the site" in page
    assert "They saw it run." in page and "Back, and leave it as it is" in page
    assert "“The mill stopped in May.” will be disputed." in page
    assert (
        "“Noodles are dearer since May.” rests on “Flour is scarce since May.” in the story “Flour is scarce”" in page
    )
    assert "In “Flour is scarce”: “Flour is scarce since May.” rests on “The mill stopped in May.”" in page
    assert "In “The mill has stopped”: “The mill stopped in May.” will be disputed." in page
    assert in_print() == ALL and not Pull.objects.exists()
    assert Verdict.objects.filter(ruling="disputed").count() == 0

    kept = dict(asked.context["kept"])
    assert kept["reason"] == "They saw it run."
    done = press(desk, "editor", address, **kept, **{SHOWN: asked.context["shown"]})
    assert "Disputed." in said(done)
    assert in_print() == set() and Pull.objects.count() == 3


def test_where_nothing_falls_the_act_is_done_at_once(desk):
    fact = desk.fact(desk.article())
    assert "Disputed." in said(press(desk, "editor", f"facts/{fact.pk}/verdict/", ruling="disputed", reason="No."))


def test_where_more_falls_than_was_shown_it_asks_again(desk, tower):
    address = f"facts/{tower[1].pk}/verdict/"
    asked = press(desk, "editor", address, ruling="unconfirmed", reason="I erred.")
    resting_on(desk, tower[2], "Kitchens are shut", text="Kitchens are shut since June.")
    again = press(desk, "editor", address, **dict(asked.context["kept"]), **{SHOWN: asked.context["shown"]})
    assert "Meanwhile more rests on it" in again.text and "Kitchens are shut" in again.text
    assert len(in_print()) == 4
    press(desk, "editor", address, **dict(again.context["kept"]), **{SHOWN: again.context["shown"]})
    assert in_print() == {"The mill has stopped"}


def test_foreseeing_leaves_nothing_behind(desk, tower):
    falls = foresee(lambda: confirming.dispute(tower[1], by=desk.editor, reason="For trial."))
    assert [fall.publication.headline for fall in falls] == ["Flour is scarce", "Noodles are dearer"]
    assert all(fall.in_print for fall in falls)
    assert in_print() == ALL
    assert not Pull.objects.exists() and tower[1].wording.verdicts.count() == 1


def test_foreseeing_refuses_what_the_act_refuses(desk, tower):
    with pytest.raises(GateError):
        foresee(lambda: confirming.dispute(tower[1], by=desk.reporter, reason="For trial."))
    assert in_print() == ALL


def test_taking_a_confirmation_back_asks(desk):
    story = desk.article(headline="One less")
    fact = desk.fact(story)
    desk.published(story)
    said_it = fact.wording.confirmations.first()
    asked = press(desk, "editor", f"confirmations/{said_it.pk}/taking-back/", reason="She changed her word.")
    assert "“The price of rice rose in May.” will no longer rest on enough independent confirmed sources." in asked.text
    assert not TakenBack.objects.exists()
    press(desk, "editor", f"confirmations/{said_it.pk}/taking-back/", reason="Hers.", **{SHOWN: asked.context["shown"]})
    assert not in_print()


def test_what_falls_is_told_without_a_source(desk):
    source = desk.source(alias="copper heron")
    story = desk.article(headline="One less")
    desk.fact(story, sources=[source, desk.source()])
    desk.published(story)
    address = f"/desk/sources/source/{source.pk}/vetting/"
    client = at_the_desk(desk.editor)
    asked = client.post(address, {"standing": "discredited", "reason": "She lied."}, follow=True)
    chain = asked.text[asked.text.index('<ol class="causes">') :]
    assert "copper heron" not in chain[: chain.index("</ol>")]
    assert "Discredit source, and take 1 story off the site" in asked.text
    assert Source.objects.get(pk=source.pk).is_confirmed
    done = client.post(
        address, {"standing": "discredited", "reason": "She lied.", SHOWN: asked.context["shown"]}, follow=True
    )
    assert "The source is discredited." in said(done)
    assert not in_print()


def test_a_source_may_lose_her_confirmation_without_being_discredited(desk):
    source = desk.source()
    response = at_the_desk(desk.editor).post(
        f"/desk/sources/source/{source.pk}/vetting/",
        {"standing": "unconfirmed", "reason": "We must ask again."},
        follow=True,
    )
    assert "no longer confirmed" in said(response)
    assert Source.objects.get(pk=source.pk).standing == "unconfirmed"


def test_putting_a_source_into_a_circle_asks(desk):
    circle = Circle.objects.create(name="millstone")
    first, second = desk.source(circle=circle), desk.source()
    story = desk.article(headline="Two of one family")
    desk.fact(story, sources=[first, second])
    desk.published(story)
    client = at_the_desk(desk.editor)
    address = f"/desk/sources/source/{second.pk}/change/"
    form = fields_of(client.get(address)) | {"circle": str(circle.pk)}
    asked = client.post(address, form, follow=True)
    assert "Save, and take 1 story off the site" in asked.text and "Two of one family" in asked.text
    assert "Saved." not in asked.text
    assert Source.objects.get(pk=second.pk).circle is None and in_print()
    done = client.post(address, dict(asked.context["kept"]) | {SHOWN: asked.context["shown"]}, follow=True)
    assert "Saved." in said(done)
    assert Source.objects.get(pk=second.pk).circle == circle and not in_print()


def test_pulling_and_withdrawing_ask_where_others_go_too(desk, tower):
    ground = Publication.objects.get(headline="The mill has stopped")
    story = Article.objects.get(story=ground.story)
    for act, who, words in (
        ("pull", "reporter", "Pull this story, and 2 others with it"),
        ("withdrawal", "chief", "Withdraw for good, and 2 others with it"),
    ):
        asked = press(desk, who, f"{story.pk}/publication/{ground.pk}/{act}/", reason="Wrong mill.")
        assert words in asked.text and in_print() == ALL
        assert "This takes 3 stories off the site" in asked.text and "which will no longer carry it" in asked.text
    done = press(
        desk,
        "chief",
        f"{story.pk}/publication/{ground.pk}/withdrawal/",
        reason="Wrong mill.",
        **{SHOWN: asked.context["shown"]},
    )
    assert "“The mill has stopped”" in said(done) and "2 other stories went with it." in said(done)
    assert not in_print()
    top = Pull.objects.get(publication__headline="Noodles are dearer")
    assert "The mill has stopped" in Chains().of(top)[-1].sentence


def test_a_correction_that_drops_what_others_rest_on_asks(desk, tower):
    story = tower[0].article
    desk.fact(story, "The mill is being repaired.")
    confirming.drop(tower[0], by=desk.editor, reason="It never stopped.")
    sign_off(ask_for_review(story, by=desk.reporter), by=desk.editor)
    asked = press(desk, "editor", f"{story.pk}/publication/", when="now")
    assert "Publish it, and take 2 stories off the site" in asked.text
    assert Publication.objects.filter(story=story.story).count() == 1
    done = press(desk, "editor", f"{story.pk}/publication/", when="now", **{SHOWN: asked.context["shown"]})
    assert "Readers see it now" in said(done)
    assert in_print() == {"The mill has stopped"}


def test_a_forged_list_of_what_was_shown_is_no_list(desk, tower):
    asked = press(
        desk, "editor", f"facts/{tower[0].pk}/verdict/", ruling="disputed", reason="No.", **{SHOWN: "all of them"}
    )
    assert "This takes 3 stories off the site" in asked.text and in_print() == ALL


def test_the_front_shows_what_was_pulled_first_and_why(desk, tower):
    confirming.dispute(tower[0], by=desk.editor, reason="They saw it run.")
    page = at_the_desk(desk.editor).get("/desk/").text
    assert page.index('id="stage-pulled"') < page.index("Noodles are dearer")
    assert "In “The mill has stopped”: “The mill stopped in May.” was disputed by editor." in page
    assert page.count("nobody has seen to it yet") == 3


def test_a_chain_tells_what_was_then_and_whose_word_it_was(desk, tower):
    """Two took their word back: each pull names who felled it, whatever was said since."""
    confirming.unconfirm(tower[0], by=desk.editor, reason="I am not sure.")
    confirming.confirm(tower[0], by=desk.other_editor)
    ground = Publication.objects.get(headline="The mill has stopped")
    publishing.release(ground, by=desk.editor, reason="It was the right one.")
    confirming.unconfirm(tower[0], by=desk.other_editor, reason="Nor am I.")
    told = {" ".join(step.sentence for step in Chains().of(pull)) for pull in ground.pulls.all()}
    assert told == {
        f"“The mill stopped in May.” was no longer confirmed by {name}." for name in ("editor", "other-editor")
    }
    upper = " ".join(step.sentence for step in Chains().of(Pull.objects.exclude(publication=ground).first()))
    assert "which no longer carried it" in upper


def test_what_nobody_has_seen_to_stands_on_top(desk, tower):
    confirming.dispute(tower[0], by=desk.editor, reason="They saw it run.")
    upper = tower[2].article
    Article.objects.get(pk=upper.pk).save()  # somebody works on it
    page = at_the_desk(desk.editor).get("/desk/").text
    assert page.count("nobody has seen to it yet") == 2
    assert page.index(">Flour is scarce</a>") < page.index(">Noodles are dearer</a>")


def test_when_what_it_rested_on_is_back_the_front_says_that_it_can_be_released(desk, tower):
    words = "What it rested on is back: it can be released."
    ground = Publication.objects.get(headline="The mill has stopped")
    with knowing(frozenset(Publication.objects.values_list("pk", flat=True))):
        publishing.pull(ground, by=desk.reporter, reason="Wrong mill.")
    browser = at_the_desk(desk.editor)
    assert words not in browser.get("/desk/").text
    publishing.release(ground, by=desk.editor, reason="It was the right one.")
    # Of the two above it the upper one rests on the lower still.
    assert browser.get("/desk/").text.count(words) == 1


def test_two_readers_of_the_front_see_a_pull_by_hand(desk):
    publishing.pull(desk.published(), by=desk.reporter, reason="The picture shows a face.")
    page = at_the_desk(desk.editor).get("/desk/").text
    assert "pulled by reporter" in page and "The picture shows a face." in page


def test_anyone_on_duty_pulls_from_the_list(desk):
    first, second = desk.published(headline="Rice is dearer"), desk.published(headline="Coal is cheaper")
    client = at_the_desk(desk.reporter)
    page = client.get("/desk/stories/in-print/").text
    assert page.index("Coal is cheaper") < page.index("Rice is dearer")
    found = client.get("/desk/stories/in-print/?q=COAL").text
    assert "Coal is cheaper" in found and "Rice is dearer" not in found
    done = client.post(
        f"/desk/stories/in-print/{second.pk}/pull/", {"reason": "The picture shows a face."}, follow=True
    )
    assert "Pulled. Readers no longer see it." in said(done)
    assert in_print() == {first.headline}
    assert Pull.objects.get().by == desk.reporter


@pytest.mark.parametrize(
    ("role", "reads", "pulls"),
    [
        ("reporter", True, True),
        ("editor", True, True),
        ("chief editor", True, True),
        ("photo editor", True, True),
        ("moderator", True, True),
        ("guest signatory", False, False),
    ],
)
def test_who_may(desk, role, reads, pulls):
    printed = desk.published()
    client = at_the_desk(StaffFactory(roles=[role]))
    listed = client.get("/desk/stories/in-print/")
    assert (listed.status_code == 200) == reads
    assert ("Pull this story" in listed.content.decode()) == pulls
    client.post(f"/desk/stories/in-print/{printed.pk}/pull/", {"reason": "On duty."})
    assert Publication.objects.in_print().exists() != pulls


def test_a_pull_asks_for_a_reason(desk):
    printed = desk.published()
    response = at_the_desk(desk.reporter).post(
        f"/desk/stories/in-print/{printed.pk}/pull/", {"reason": " "}, follow=True
    )
    assert "Give a reason" in said(response) and in_print()


def test_a_translation_is_flagged_when_its_original_was_corrected(desk):
    original = desk.article(language="ko", headline="쌀값")
    fact = desk.fact(original)
    desk.published(original)
    translation = desk.article(headline="Rice", translation_of=original)
    confirming.mark_rendered(translation, fact, by=desk.editor)
    desk.published(translation)
    pages = [page_of(translation), "/desk/articles/article/", "/desk/"]
    client = at_the_desk(desk.editor)
    assert not any("original has a newer version" in client.get(page).text for page in pages)
    Article.objects.filter(pk=original.pk).update(standfirst="더 정확히.")
    desk.published(original)
    for page in pages:
        assert "original has a newer version" in client.get(page).text
    # Printed anew, it is level with its original.
    Article.objects.filter(pk=translation.pk).update(standfirst="More precisely.")
    desk.published(translation)
    assert not any("original has a newer version" in client.get(page).text for page in pages)


def test_what_waits_for_a_second_person_stands_on_the_front(desk):
    fact = desk.fact(desk.article(), "One witness saw it.", confirmed=False)
    confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="Only one could see it.")
    page = at_the_desk(desk.editor).get("/desk/").text
    assert "Waive the number of sources for “One witness saw it.”" in page and "Proposed by chief." in page
    assert "Proposed by you" in at_the_desk(desk.chief).get("/desk/").text
    assert "Waiting for a second person" not in at_the_desk(desk.reporter).get("/desk/").text
    confirming.agree_to_waiver(fact.wording.waiver, by=desk.editor)
    assert "Waiting for a second person" not in at_the_desk(desk.editor).get("/desk/").text


def test_two_at_once_take_off_no_more_than_was_shown(committed_db):
    """While one disputes what she was shown, another prints a story that rests on it."""
    desk = Desk()
    ground = desk.article(headline="The mill has stopped")
    fact = desk.fact(ground, "The mill stopped in May.")
    shown = frozenset({desk.published(ground).pk})
    story = desk.article(headline="Flour is scarce")
    upper = desk.fact(story, "Flour is scarce.", sources=[], confirmed=False)
    Confirmation.objects.create(wording=upper.wording, basis="earlier", earlier=fact.wording, recorded_by=desk.reporter)
    confirming.confirm(upper, by=desk.editor)
    desk.signed(story)
    outcome = []

    def dispute():
        try:
            with knowing(shown):
                confirming.dispute(fact, by=desk.other_editor, reason="They saw it run.")
            outcome.append("disputed")
        except WouldFall as would:
            outcome.append(f"asked for {would.stories}")
        finally:
            connection.close()

    thread = threading.Thread(target=dispute)
    try:
        thread.start()
        publishing.publish(story, by=desk.editor)
        outcome.append("printed")
    except GateError:
        outcome.append("kept")
    thread.join(30)
    assert sorted(outcome) in (["asked for 2", "printed"], ["disputed", "kept"])
    assert in_print() == ({"The mill has stopped", "Flour is scarce"} if "printed" in outcome else set())


def test_vetting_is_refused_as_before(desk):
    source = desk.source(confirmed=False)
    own = StaffFactory(roles=["editor"])
    Source.objects.filter(pk=source.pk).update(deputy=own)
    response = at_the_desk(own).post(
        f"/desk/sources/source/{source.pk}/vetting/", {"standing": "confirmed"}, follow=True
    )
    assert "Ask a colleague" in said(response)
    assert vet(Source.objects.get(pk=source.pk), "confirmed", by=desk.editor).pk
