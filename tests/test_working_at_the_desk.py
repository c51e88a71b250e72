"""From a draft to a reader's page through the desk's own addresses, and each way that it refuses."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import confirming, publishing
from articles.models import Article, Fact
from articles.panel import panel_for
from reader.models import Publication
from sources.models import Circle
from tests.desks import as_shown, at_the_desk, fields_of, page_of, said
from tests.factories import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def press(desk, who, address, **data):
    return at_the_desk(getattr(desk, who)).post(f"/desk/stories/{address}", data, follow=True)


def test_it_works(desk):
    story = desk.article()
    fact = desk.fact(story, confirmed=False)
    response = press(desk, "reporter", f"{story.pk}/proof/")
    assert "This is what will be signed" in said(response) or "this is what will be signed" in said(response)
    proof = story.proofs.get()
    assert "Confirmed." in said(
        press(desk, "editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    )
    assert "Signed." in said(press(desk, "editor", f"{story.pk}/proof/{proof.pk}/sign-off/"))
    assert "Readers see it now" in said(press(desk, "editor", f"{story.pk}/publication/", when="now"))
    assert Publication.objects.in_print().get().headline == story.headline


def test_a_reporter_who_publishes_is_told_who_does_and_what_blocks(desk):
    story = desk.article(section=None)
    response = press(desk, "reporter", f"{story.pk}/publication/", when="now")
    assert response.redirect_chain[-1][0] == page_of(story)
    assert "Only an editor publishes" in said(response) and "4 things block this story" in said(response)
    for words in ("in no section", "states no fact", "asked for review", "has signed"):
        assert words in response.text


def test_an_editor_is_refused_with_every_reason(desk):
    story = desk.article()
    desk.fact(story, sources=[desk.source(confirmed=False)], confirmed=False)
    response = press(desk, "editor", f"{story.pk}/publication/", when="now")
    assert "5 things block this story" in said(response)
    for words in (
        "Not confirmed.",
        "Rests on 0 of at least 2",
        "An editor vets her",
        "asked for review",
        "has signed",
    ):
        assert words in response.text
    assert not Publication.objects.exists()


def test_what_blocks_stands_under_one_heading_each(desk):
    """The law's order is kept within each: what the whole story lacks comes before its facts and after them."""
    story = desk.article(section=None)
    desk.fact(story, "Rice is dearer.", sources=[desk.source(confirmed=False)], confirmed=False)
    desk.fact(story, "Salt is dearer.", confirmed=False)
    panel = panel_for(desk.editor, Article.objects.get(pk=story.pk))
    heads = [statement for statement, _lacks in panel.lacking]
    assert {"", "Rice is dearer."} <= set(heads) and len(heads) == len(set(heads))
    alike = [blocker for _lack, blockers in panel.shared for blocker in blockers]
    assert alike and heads[0] == next(blocker.statement for blocker in panel.blockers if blocker not in alike)
    shown = [blocker for _said, lacks in [*panel.lacking, *panel.shared] for blocker in lacks]
    assert len(shown) == len(panel.blockers) and set(shown) == set(panel.blockers)
    assert at_the_desk(desk.editor).get(page_of(story)).text.count("The story as a whole") == 1


def test_what_several_facts_lack_alike_is_said_once(desk):
    story = desk.article()
    statements = ["Rice is dearer.", "Salt is dearer.", "Oil is dearer."]
    for words in statements:
        desk.fact(story, words, sources=[desk.source(confirmed=False)], confirmed=False)
    panel = panel_for(desk.editor, Article.objects.get(pk=story.pk))
    told = {lack: [blocker.statement for blocker in alike] for lack, alike in panel.shared}
    unconfirmed = next(lack for lack in told if lack.startswith("Not confirmed."))
    assert sorted(told[unconfirmed]) == sorted(statements)
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert page.count("Not confirmed. An editor") == 1 and f"3 facts: {unconfirmed}" in page
    assert all(blocker.link in page for _lack, alike in panel.shared for blocker in alike)


def test_a_cell_says_what_its_column_is_called(desk):
    """A list on a telephone has no head."""
    desk.article(headline='"Rice" & salt')
    page = at_the_desk(desk.editor).get("/desk/articles/article/").text
    heads = re.findall(r'<td data-label="([^"]+)"', page)
    assert "Stage" in heads and "<td class" not in page


def test_the_front_tells_a_draft_by_what_weighs_most(desk):
    """A section is chosen in a moment. Long statements are cut between words."""
    story = desk.article(section=None, created_by=desk.reporter)
    front = at_the_desk(desk.reporter)
    assert "The story states no fact." in front.get("/desk/").text
    words = " ".join(["word"] * 40)
    desk.fact(story, words, sources=[desk.source()], confirmed=False)
    page = front.get("/desk/").text
    assert f"“{' '.join(['word'] * 18)}…” — " in page and "in no section" not in page


def test_a_changed_word_after_signing_blocks_again(desk):
    story = desk.signed()
    Article.objects.filter(pk=story.pk).update(headline="Another headline")
    refused = press(desk, "editor", f"{story.pk}/publication/", when="now")
    assert "block this story" in said(refused) and "has changed since its proof" in refused.text


def test_an_hour_to_come_schedules(desk):
    story = desk.signed()
    hour = timezone.localtime() + dt.timedelta(days=1)
    response = press(desk, "editor", f"{story.pk}/publication/", when="at", at=hour.strftime("%Y-%m-%dT%H:%M"))
    assert "Asia/Seoul" in said(response)
    assert Publication.objects.scheduled().count() == 1
    assert not Publication.objects.in_print().exists()
    page = at_the_desk(desk.editor).get(f"/desk/stories/{story.pk}/publication/").text
    assert "Version 1 is scheduled already" in page and "takes its place" in page
    Article.objects.filter(pk=story.pk).update(headline="Another headline")
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert "otherwise than what is scheduled: what goes out is the signed version." in page
    assert "what was printed" not in page


def test_what_is_in_print_already_is_not_published_again(desk):
    story = desk.published().printing.article
    address = f"/desk/stories/{story.pk}/publication/"
    page = at_the_desk(desk.editor).get(address).text
    assert "Exactly this text is in print already" in page and "Publish now" not in page
    story.headline = "Another one"
    story.save()
    assert "Publish now" in at_the_desk(desk.editor).get(address).text


@pytest.mark.parametrize("at", ["2020-01-01T10:00", "3026-01-01T10:00", "not an hour", ""])
def test_an_hour_that_is_past_or_none_is_refused_beside_its_field(desk, at):
    response = press(desk, "editor", f"{desk.signed().pk}/publication/", when="at", at=at)
    assert response.context["form"].errors["at"] and at in response.text
    assert not Publication.objects.exists()


def test_the_publish_page_reads_as_a_sentence(desk):
    story = desk.signed()
    page = at_the_desk(desk.editor).get(f"/desk/stories/{story.pk}/publication/").text
    assert "signed exactly this text" in page and "Nothing blocks it." in page
    assert "Publish now in the English edition" in page
    assert "You can’t publish" in at_the_desk(desk.reporter).get(f"/desk/stories/{story.pk}/publication/").text


def test_the_proof_shows_what_is_printed_and_no_alias(desk):
    story = desk.signed()
    source = story.facts.get().wording.confirmations.first().source
    response = at_the_desk(desk.reporter).get(f"/desk/stories/{story.pk}/proof/{story.proofs.get().pk}/")
    sheet = response.text[response.text.index('<article class="story"') : response.text.index("</article>")]
    assert "First paragraph." in sheet and story.headline in sheet
    assert source.alias not in sheet


@pytest.mark.parametrize(
    ("who", "words"),
    [("reporter", "Only an editor signs"), ("chief", "Signed.")],
)
def test_who_signs(desk, who, words):
    story = desk.article()
    desk.fact(story)
    press(desk, "reporter", f"{story.pk}/proof/")
    assert words in said(press(desk, who, f"{story.pk}/proof/{story.proofs.get().pk}/sign-off/"))


def test_who_wrote_it_neither_confirms_nor_signs(desk):
    story = desk.article(created_by=desk.editor)
    fact = desk.fact(story, confirmed=False)
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert "Confirm fact" not in page and "You wrote or changed words of this story" in page
    assert "You wrote or changed words of this story" in said(
        press(desk, "editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    )
    assert Fact.objects.get(pk=fact.pk).status == Fact.Status.UNCONFIRMED


def test_buttons_are_there_only_for_who_may(desk):
    story = desk.article()
    desk.fact(story, sources=[desk.source()], confirmed=False)
    enough = desk.fact(story, "Salt is dearer.", confirmed=False)
    reporters, editors = (at_the_desk(who).get(page_of(story)).text for who in (desk.reporter, desk.editor))
    assert "Confirm fact" in editors and "Confirm fact" not in reporters
    assert "Waive…" in editors and "Waive…" not in reporters
    assert "Waive…" not in editors[editors.index(f'id="fact-{enough.pk}"') :]


def test_a_dispute_pulls_and_release_is_the_way_back(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    fact = story.facts.get()
    objection = {"ruling": "disputed", "reason": "The shop was closed."}
    asked = press(desk, "editor", f"facts/{fact.pk}/verdict/", **objection)
    press(desk, "editor", f"facts/{fact.pk}/verdict/", **objection, falls_shown=asked.context["shown"])
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert "The gate took it off the site" in page and "was disputed by" in page
    assert "This story can’t be printed yet" in said(
        press(desk, "editor", f"{story.pk}/publication/{publication.pk}/release/", reason="Asked again.")
    )
    press(desk, "other_editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    assert "Released" in said(
        press(desk, "editor", f"{story.pk}/publication/{publication.pk}/release/", reason="It holds.")
    )
    assert Publication.objects.in_print().exists()


def test_anyone_on_duty_pulls_and_gives_a_reason(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    address = f"{story.pk}/publication/{publication.pk}/pull/"
    assert "Give a reason" in said(press(desk, "reporter", address))
    assert "Pulled." in said(press(desk, "reporter", address, reason="A name slipped in."))
    assert "pulled already" in said(press(desk, "editor", address, reason="Again."))


def test_only_the_chief_editor_withdraws(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    address = f"{story.pk}/publication/{publication.pk}/withdrawal/"
    assert "Only the chief editor" in said(press(desk, "editor", address, reason="x"))
    assert "Withdrawn." in said(press(desk, "chief", address, reason="It was not so."))
    assert "withdrawn already" in said(press(desk, "chief", address, reason="Again."))


def test_what_was_withdrawn_comes_back_on_a_new_signature_alone(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    press(desk, "chief", f"{story.pk}/publication/{publication.pk}/withdrawal/", reason="It was not so.")
    refused = press(desk, "editor", f"{story.pk}/publication/", when="now")
    assert "withdrawn after this proof" in refused.text
    assert not Publication.objects.in_print().exists()
    press(desk, "reporter", f"{story.pk}/proof/")
    press(desk, "editor", f"{story.pk}/proof/{story.proofs.latest('pk').pk}/sign-off/")
    assert "Readers see it now" in said(press(desk, "editor", f"{story.pk}/publication/", when="now"))


def test_what_was_pulled_is_released_with_a_reason_or_signed_anew_never_just_published(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    press(desk, "reporter", f"{story.pk}/publication/{publication.pk}/pull/", reason="A name slipped in.")
    refused = press(desk, "editor", f"{story.pk}/publication/", when="now")
    assert "pulled after this proof" in refused.text
    assert "Read the proof and sign" not in at_the_desk(desk.other_editor).get(page_of(story)).text
    assert not Publication.objects.in_print().exists()
    release = f"{story.pk}/publication/{publication.pk}/release/"
    assert "Give a reason" in said(press(desk, "editor", release))
    assert "Released" in said(press(desk, "editor", release, reason="It was no name."))


def test_an_act_is_never_a_get(desk):
    story = desk.article()
    client = at_the_desk(desk.editor)
    assert client.get(f"/desk/stories/{story.pk}/proof/").status_code == 405
    assert client.get(f"/desk/stories/facts/{desk.fact(story).pk}/verdict/").status_code == 405


def test_an_act_leads_back_to_the_desk_alone(desk):
    fact = desk.fact(desk.article(), confirmed=False)
    response = at_the_desk(desk.editor).post(
        f"/desk/stories/facts/{fact.pk}/verdict/",
        {"ruling": "confirmed", "next": "https://elsewhere.example/", **as_shown(fact)},
    )
    assert response.url.startswith("/desk/")


def test_the_home_page_says_what_waits(desk):
    story = desk.article(headline="Waiting for review")
    desk.fact(story)
    press(desk, "reporter", f"{story.pk}/proof/")
    page = at_the_desk(desk.editor).get("/desk/").text
    assert "In review" in page and "Waiting for review" in page and "1 thing blocks" in page
    assert "No editor has signed this text." in page


def test_the_home_page_asks_as_much_for_ten_stories_as_for_two(desk):
    browser = at_the_desk(desk.editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "not confirmed" in browser.get("/desk/").text.lower()
        return len(queries)

    for _ in range(2):
        desk.fact(desk.article(), confirmed=False)
    few = asked()
    for _ in range(8):
        desk.fact(desk.article(), confirmed=False)
    assert asked() == few


def test_the_list_filters_by_stage(desk):
    desk.published(desk.article(headline="In the paper"))
    desk.article(headline="Still a draft")
    page = at_the_desk(desk.reporter).get("/desk/articles/article/?stage=draft").text
    assert "Still a draft" in page and "In the paper" not in page


def test_a_translation_is_marked_fact_by_fact(desk):
    original = desk.article(language="ko")
    fact = desk.fact(original)
    translation = desk.article(translation_of=original)
    address = f"{translation.pk}/facts/{fact.pk}/rendering/"
    assert "No sentence of this translation" in said(press(desk, "editor", address, **as_shown(fact, translation)))
    desk.cover(translation, fact)
    response = press(desk, "editor", address, **as_shown(fact, translation))
    assert "faithfully translated" in said(response)
    assert translation.renderings.get().by == desk.editor


def test_an_editor_sees_which_sources_count_once_and_a_reporter_no_circle(desk):
    circle = Circle.objects.create(name="millstone")
    first, second, teller = desk.source(circle=circle), desk.source(circle=circle), desk.source()
    story = desk.article()
    by_circle = desk.fact(story, sources=[first, second], confirmed=False)
    by_word = desk.fact(story, "Salt is dearer.", sources=[teller], confirmed=False)
    hearer = desk.source()
    desk.says(by_word, hearer, told_by=teller, how="was_told")
    for fact, alias in ((by_circle, first.alias), (by_word, teller.alias)):
        address = f"/desk/articles/fact/{fact.pk}/change/"
        assert f"counts once with {alias}" in at_the_desk(desk.editor).get(address).text
        assert "Rests on 1 of at least 2" in at_the_desk(desk.editor).get(address).text
    assert "counts once" not in at_the_desk(desk.reporter).get(f"/desk/articles/fact/{by_circle.pk}/change/").text


def test_an_editor_who_changed_the_words_neither_confirms_nor_signs_them(desk):
    story = desk.article()
    fact = desk.fact(story, confirmed=False)
    client = at_the_desk(desk.editor)
    client.post(page_of(story), fields_of(client.get(page_of(story))) | {"body": "<p>Every word is hers.</p>"})
    assert "You wrote or changed words" in said(
        press(desk, "editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    )
    press(desk, "other_editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    press(desk, "reporter", f"{story.pk}/proof/")
    sign = f"{story.pk}/proof/{story.proofs.latest('pk').pk}/sign-off/"
    assert "You wrote or changed words" in said(press(desk, "editor", sign))
    assert "Signed." in said(press(desk, "other_editor", sign))


def test_an_editor_who_changed_no_word_still_signs(desk):
    story = desk.article(section=None)
    client = at_the_desk(desk.editor)
    client.post(page_of(story), fields_of(client.get(page_of(story))) | {"section": str(desk.section.pk)})
    desk.fact(story)
    press(desk, "reporter", f"{story.pk}/proof/")
    assert "Signed." in said(press(desk, "editor", f"{story.pk}/proof/{story.proofs.latest('pk').pk}/sign-off/"))


def test_who_worded_a_fact_does_not_confirm_it(desk):
    story = desk.article()
    fact = desk.fact(story, confirmed=False)
    confirming.reword(fact, "Rice costs a tenth more.", kind="event", by=desk.editor)
    assert "another editor" in said(
        press(desk, "editor", f"facts/{fact.pk}/verdict/", ruling="confirmed", **as_shown(fact))
    )


def test_something_urgent_is_printed_while_a_correction_is_scheduled(desk):
    publication = desk.published()
    story = Article.objects.get(story=publication.story)
    hour = timezone.localtime() + dt.timedelta(days=1)

    def changed(headline: str) -> None:
        Article.objects.filter(pk=story.pk).update(headline=headline)
        press(desk, "reporter", f"{story.pk}/proof/")
        press(desk, "editor", f"{story.pk}/proof/{story.proofs.latest('pk').pk}/sign-off/")

    changed("For tomorrow")
    press(desk, "editor", f"{story.pk}/publication/", when="at", at=hour.strftime("%Y-%m-%dT%H:%M"))
    changed("For today")
    assert "Readers see it now" in said(press(desk, "editor", f"{story.pk}/publication/", when="now"))
    assert Publication.objects.in_print().get().headline == "For today"
    changed("For tonight")
    hour -= dt.timedelta(hours=6)
    press(desk, "editor", f"{story.pk}/publication/", when="at", at=hour.strftime("%Y-%m-%dT%H:%M"))
    assert Publication.objects.in_print().get().headline == "For today"
    assert [waiting.headline for waiting in Publication.objects.scheduled() if waiting.superseded_at is None] == [
        "For tonight"
    ]


def test_while_a_version_waits_its_own_stop_and_the_printed_one_are_told_apart(desk):
    first = desk.published()
    article = Article.objects.get(pk=first.printing.article_id)
    Article.objects.filter(pk=article.pk).update(headline="Rice is dearer still")
    waits = publishing.publish(
        desk.signed(Article.objects.get(pk=article.pk)), by=desk.editor, at=timezone.now() + dt.timedelta(days=1)
    )
    acts = f"/desk/stories/{article.pk}/publication/"
    page = at_the_desk(desk.chief).get(page_of(article)).text
    assert f"{acts}{waits.pk}/pull/" in page and f"{acts}{first.pk}/pull/" in page
    assert f"{acts}{first.pk}/withdrawal/" in page and f"{acts}{waits.pk}/withdrawal/" not in page
    refused = at_the_desk(desk.chief).post(f"{acts}{waits.pk}/withdrawal/", {"reason": "Asked for"}, follow=True)
    assert "No reader has seen this version yet" in said(refused)
    at_the_desk(desk.chief).post(f"{acts}{first.pk}/withdrawal/", {"reason": "Asked for"}, follow=True)
    assert not Publication.objects.in_print().exists() and not Publication.objects.scheduled().exists()


def test_a_version_that_fell_with_the_one_before_it_says_why(desk):
    first = desk.published()
    article = Article.objects.get(pk=first.printing.article_id)
    Article.objects.filter(pk=article.pk).update(headline="Rice is dearer still")
    publishing.publish(
        desk.signed(Article.objects.get(pk=article.pk)), by=desk.editor, at=timezone.now() + dt.timedelta(days=1)
    )
    publishing.pull(first, by=desk.reporter, reason="The picture shows a face.")
    page = at_the_desk(desk.editor).get(page_of(article)).text
    assert page.index("The version before it was taken off the site.") < page.index("It was pulled by hand.")
