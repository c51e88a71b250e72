"""The desk reads what became of a story, in plain sentences, newest last."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags

from articles import confirming, publishing
from articles.agreeing import agree
from articles.history import history_of
from articles.models import Article, Byline, Confirmation, Correction, Entry, Policy, Wording
from articles.proofing import ask_for_review
from articles.signing import sign_off
from sources.models import Circle, Talk
from sources.vetting import vet
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, PlaceFactory, StaffFactory


@pytest.fixture
def desk(committed_db: str) -> Desk:
    desk = Desk()
    Byline.objects.update(name_en="A pen name", name_ko="필명")
    for user, first, last in ((desk.editor, "Kim", "Editor"), (desk.reporter, "Ahn", "Reporter")):
        user.first_name, user.last_name = first, last
        user.save()
    return desk


@pytest.fixture
def story(desk: Desk) -> Article:
    """A story that went all the way to print, and off it again."""
    article = desk.article()
    one = desk.source(alias="quiet lantern")
    fact = desk.fact(article, "Rice rose in May.", sources=[one, desk.source(alias="paper kite")])
    publication = desk.published(article)
    publishing.pull(publication, by=desk.reporter, reason="Somebody rang")
    publishing.release(publication, by=desk.editor, reason="It stands")
    confirming.take_back(fact.wording.confirmations.first(), by=desk.reporter, reason="She is not sure")
    return article


# Every story of these tests begins with them.
BEGUN = ["Somebody put the byline A pen name · 필명 above the story.", "Somebody made Ahn Reporter an author."]


def sentences(article: Article) -> list[str]:
    return [line.sentence for day in history_of(article) for line in day.lines]


def lines(article: Article) -> dict[str, tuple[str, str]]:
    """Reason and what stood before, by sentence."""
    return {line.sentence: (line.reason, line.before) for day in history_of(article) for line in day.lines}


def since(article: Article) -> dict[str, tuple[str, str]]:
    """Likewise, without how it began."""
    return {sentence: said for sentence, said in lines(article).items() if sentence not in BEGUN}


def for_editors(article: Article) -> list[str]:
    """What stands there for editors alone."""
    return [
        line.sentence
        for day in history_of(article)
        for line in day.for_editors
        if line not in day.lines and not re.search("recorded what|took back", line.sentence)
    ]


def page(user, article: Article) -> str:
    answer = at_the_desk(user).get(reverse("articles:history", args=[article.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_story_tells_its_way_in_order(story):
    digest = story.proofs.get().digest[:12]
    assert sentences(story) == [
        *BEGUN,
        "Ahn Reporter stated a fact: “Rice rose in May.”",
        "A reporter recorded what “Rice rose in May.” rests on: quiet lantern (saw it).",
        "A reporter recorded what “Rice rose in May.” rests on: paper kite (saw it).",
        "Kim Editor confirmed “Rice rose in May.” on 2 sources.",
        f"Ahn Reporter asked for review. Proof {digest} was made.",
        f"Kim Editor signed proof {digest}.",
        "Kim Editor published version 1.",
        "Ahn Reporter pulled version 1 off the site.",
        "Kim Editor released version 1.",
        "A reporter took back that “Rice rose in May.” rests on quiet lantern.",
        "The gate pulled version 1 off the site: what it rested on no longer stood.",
    ]
    told = lines(story)
    assert told["Ahn Reporter pulled version 1 off the site."] == ("Somebody rang", "")
    assert told["Kim Editor released version 1."] == ("It stands", "pulled")
    by_the_gate = [line for day in history_of(story) for line in day.lines][-1]
    assert by_the_gate.more == ["“Rice rose in May.” no longer rested on enough independent confirmed sources."]


def test_the_page_names_reasons_hours_and_the_zone_once(desk, story):
    text = re.sub(r"\s+", " ", strip_tags(page(desk.reporter, story)))
    assert "Kim Editor confirmed “Rice rose in May.” on 2 sources." in text
    assert "Somebody rang" in text
    assert "Before: pulled" in text
    assert text.count("Asia/Seoul") == 1
    assert text.index("stated a fact") < text.index("published version 1") < text.index("The gate pulled")
    assert date_format(timezone.localtime(Entry.objects.last().at), "DATE_FORMAT") in text


def test_the_storys_panel_leads_to_it(desk, story):
    answer = at_the_desk(desk.reporter).get(story.get_absolute_url())
    assert f'href="{reverse("articles:history", args=[story.pk])}"' in answer.content.decode()


def test_what_stood_before_is_told(desk):
    article = desk.article()
    fact = desk.fact(article, "Rice rose in May.")
    confirming.dispute(fact, by=desk.other_editor, reason="He denies it")
    confirming.reword(fact, "Rice rose in June.", kind="event", by=desk.reporter)
    told = lines(article)
    assert told["other-editor disputed “Rice rose in May.”"] == ("He denies it", "confirmed (Kim Editor)")
    assert told["Ahn Reporter reworded a fact: “Rice rose in June.”"] == ("", "“Rice rose in May.”")


def test_other_words_that_state_a_fact_are_no_rewording(desk):
    article = desk.article()
    fact = desk.fact(article, "Rice rose in May.", confirmed=False)
    wording = fact.wording
    words = {"fact": fact, "text": wording.text, "by": desk.reporter}
    Wording.objects.filter(pk=wording.pk).update(passages=["In May it was dearer."])
    Wording.objects.create(**words, number=2, kind="event", passages=["It rose.", "So it was in May."])
    Wording.objects.create(**words, number=3, kind="record", passages=["It rose."])
    Wording.objects.create(**words, number=4, kind="record", passages=None)
    told = [
        line for day in history_of(article) for line in day.lines if line.sentence.startswith("Ahn Reporter changed")
    ]
    assert [(line.sentence, line.before, line.more) for line in told] == [
        (
            "Ahn Reporter changed the words of the text that state “Rice rose in May.”",
            "“In May it was dearer.”",
            ["“It rose.” “So it was in May.”"],
        ),
        ("Ahn Reporter changed the kind of a fact to “record”: “Rice rose in May.”", "event", []),
        (
            "Ahn Reporter changed the words of the text that state “Rice rose in May.”",
            "“It rose.”",
            ["no words of the text"],
        ),
    ]
    assert "reworded" not in page(desk.reporter, article)


def test_who_wrote_a_story_is_told(desk):
    article = desk.article()
    article.authors.set([desk.other_editor])
    article.bylines.clear()
    assert sentences(article) == [
        *BEGUN,
        "Somebody took Ahn Reporter off the authors.",
        "Ahn Reporter counts as a writer of this story from then on.",
        "Somebody made other-editor an author.",
        "Somebody took away the byline A pen name · 필명.",
    ]


def test_rows_that_are_no_acts_are_left_out(desk, story):
    tables = {e.table_name for e in Entry.objects.filter(article=story.pk)}
    assert {"articles_fact", "articles_article", "articles_proofwording"} <= tables
    assert not re.search(r"articles_|reader_|sources_", strip_tags(page(desk.editor, story)))


def test_what_became_of_a_source_is_told_to_editors_and_names_nobody(desk, story):
    lamp, needle = Circle.objects.create(name="Lamp"), Circle.objects.create(name="Needle")
    beside = desk.source(alias="blue door")
    told = Confirmation.objects.filter(wording__fact__article=story)
    carries, taken_back = told.get(source__alias="paper kite").source, told.get(source__alias="quiet lantern").source
    before = sentences(story)
    for circle in (lamp, needle, None):
        for source in (carries, taken_back, beside):
            source.circle = circle
            source.save()
    vet(carries, "discredited", by=desk.editor, reason="Her cousin said so")
    vet(beside, "discredited", by=desk.editor, reason="Her cousin said so")
    assert sentences(story) == before
    assert for_editors(story) == [
        "Somebody put a source of this story into a circle.",
        "Somebody moved a source of this story from one circle to another.",
        "Somebody took a source of this story out of a circle.",
        "Kim Editor discredited a source of this story.",
    ]
    shown = strip_tags(page(desk.editor, story))
    assert "Kim Editor discredited a source of this story." in shown
    assert not re.search("Lamp|Needle|blue door|cousin", shown)
    # Also her own reporter reads here no more than everybody.
    for user in (desk.reporter, StaffFactory(roles=["reporter"])):
        assert not re.search("circle|discredited|a source of this story", strip_tags(page(user, story)))


def test_a_day_on_which_a_source_alone_changed_is_no_day_to_others(desk, story, superuser_sql):
    source = desk.source()
    desk.fact(story, "It rained.", sources=[source])
    source.circle = Circle.objects.create(name="Lamp")
    source.save()
    last = Entry.objects.latest("number").number
    superuser_sql.execute("UPDATE articles_entry SET at = at + interval '9 days' WHERE number = %s", [last])
    assert page(desk.editor, story).count("<h2>") == page(desk.reporter, story).count("<h2>") + 1


def test_who_told_a_source_counts_as_one(desk):
    article, teller = desk.article(), desk.source()
    fact = desk.fact(article, sources=[], confirmed=False)
    desk.says(fact, desk.source(), how="was_told", told_by=teller)
    vet(teller, "unconfirmed", by=desk.editor, reason="Gone quiet")
    assert for_editors(article) == ["Kim Editor no longer confirms a source of this story."]


def test_every_act_has_its_sentence(desk):
    article = desk.article()
    fact = desk.fact(article, "Rice rose in May.", sources=[desk.source()], confirmed=False)
    waiver = confirming.waive(fact, by=desk.chief, reason="Only she was there", printed_reason="One source was there.")
    confirming.agree_to_waiver(waiver, by=desk.editor)
    confirming.confirm(fact, by=desk.editor)
    confirming.unconfirm(fact, by=desk.editor, reason="I read it again")
    record = confirming.state(article, "The law was printed.", kind="record", by=desk.reporter)
    paper = DocumentFactory(title="Gazette of May", archived_by=desk.reporter)
    Confirmation.objects.create(wording=record.wording, basis="document", document=paper, recorded_by=desk.reporter)
    confirming.confirm(record, by=desk.editor)
    confirming.drop(fact, by=desk.editor, reason="Not needed")
    nobody_spoke = confirming.state(article, "Nobody spoke of this.", kind="event", by=desk.reporter)
    confirming.remove(nobody_spoke, by=desk.reporter)
    told = lines(article)
    assert told["chief proposed to waive the number of sources for “Rice rose in May.”"] == ("Only she was there", "")
    assert "Kim Editor agreed to waive the number of sources for “Rice rose in May.”" in told
    assert "Kim Editor confirmed “Rice rose in May.” on one source." in told
    assert told["Kim Editor no longer confirms “Rice rose in May.”"] == ("I read it again", "confirmed (Kim Editor)")
    assert "Ahn Reporter recorded what “The law was printed.” rests on: Gazette of May." in told
    assert "Kim Editor confirmed “The law was printed.” on Gazette of May." in told
    assert told["Kim Editor dropped from the story: “Rice rose in May.”"] == ("Not needed", "")
    assert "Somebody removed a fact of which nobody had spoken." in told
    assert "Nobody spoke of this." not in str(told)


def test_a_scheduled_version_another_one_and_a_withdrawal(desk):
    article = desk.article()
    publication = desk.published(article)
    article.headline = "Rice is dearer still"
    article.save()
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    hour = timezone.now() + dt.timedelta(days=1)
    publishing.publish(article, by=desk.editor, at=hour)
    publishing.withdraw(publication, by=desk.chief, reason="It was wrong")
    told = lines(article)
    (scheduled,) = [sentence for sentence in told if "scheduled" in sentence]
    assert re.fullmatch(r"Kim Editor scheduled version 2 for .* KST\.", scheduled)
    assert told[scheduled] == ("", "version 1")
    assert told["chief withdrew version 1 for good."] == ("It was wrong", "")


def test_a_corrections_every_wording_is_told(desk):
    article = desk.article()
    note = Correction.objects.create(article=article, text="It was May.", dated="2026-05-04", by=desk.reporter)
    note.text = "It was June."
    note.save()
    note.delete()
    assert since(article) == {
        "Ahn Reporter wrote a note for the reader (correction): “It was May.”": ("", ""),
        "Somebody changed a note for the reader (correction): “It was June.”": ("", "“It was May.”"),
        "Somebody removed a note for the reader (correction): “It was June.”": ("", ""),
    }


def test_a_translation_is_told_with_a_way_to_the_facts_of_its_original(desk):
    original = desk.signed()
    translation = desk.article(headline="쌀값이 올랐다", language="ko", translation_of=original)
    fact = original.facts.get()
    confirming.mark_rendered(translation, fact, by=desk.editor)
    assert sentences(translation) == [*BEGUN, f"Kim Editor marked as faithfully translated: “{fact.statement}”"]
    assert reverse("articles:history", args=[original.pk]) in page(desk.editor, translation)


def test_a_text_that_was_destroyed_is_told_as_such(desk, owner_sql):
    article = desk.article()
    disputed = confirming.dispute(desk.fact(article), by=desk.editor, reason="Her sister denies it")
    owner_sql.execute("SELECT record_destroy('articles_verdict', %s, 'reason', %s)", [str(disputed.pk), desk.chief.pk])
    assert "chief had a text destroyed. It is not on record any more." in sentences(article)
    assert "sister" not in page(desk.editor, article)


def test_whoever_does_not_know_a_source_reads_no_more_than_the_alias(desk):
    colleague = StaffFactory(roles=["reporter"])
    place = PlaceFactory(name_en="Hyesan", name_ko="혜산", kind="city", parent=PlaceFactory())
    article = desk.article()
    source, second = desk.source(alias="quiet lantern"), desk.source(alias="paper kite")
    type(source).objects.filter(pk=source.pk).update(place=place, part="trader", safety="in_danger")
    desk.fact(article, "Rice rose in May.", sources=[source, second])
    talk = Talk.objects.filter(source=source).get()
    Talk.objects.filter(pk=talk.pk).update(held_on=dt.date(2019, 3, 14), medium="go_between")
    publication = desk.published(article)
    vet(source, "discredited", by=desk.editor, reason="Her cousin at the customs house said so")
    publication.refresh_from_db()
    assert publication.pulled_at
    shown = page(colleague, article)
    assert "quiet lantern" in shown
    assert "The gate pulled version 1" in shown
    for word in (
        "Hyesan",
        "혜산",
        "trader",
        "danger",
        "March",
        "2019",
        "go-between",
        "cousin",
        "customs",
        "discredited",
    ):
        assert word not in strip_tags(shown), word


def test_only_who_may_see_stories_reads_it(desk, story):
    moderator = StaffFactory(roles=["moderator"])
    address = reverse("articles:history", args=[story.pk])
    assert at_the_desk(moderator).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert at_the_desk(desk.reporter).post(address).status_code == 405
    assert at_the_desk(desk.reporter).get(reverse("articles:history", args=[0])).status_code == 404


def test_a_story_without_a_past_says_so(desk):
    empty = Article.objects.create(headline="Empty", slug="empty", language="en", created_by=desk.reporter)
    assert "Nothing is on record yet." in page(desk.reporter, empty)


def test_it_costs_the_same_for_a_long_story(desk, story, django_assert_max_num_queries):
    for number in range(12):
        desk.fact(story, f"Rice cost {number} won.", sources=[desk.source(), desk.source()])
    with django_assert_max_num_queries(30):
        assert len(sentences(story)) > 55


def test_a_policy_tells_who_agreed_and_what_it_changed(desk):
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    policy = Policy.objects.create(**words, required_checks=["markup"], proposed_by=desk.chief, min_sources=3)
    agree(policy, by=desk.editor)
    answer = at_the_desk(desk.editor).get(reverse("admin:articles_policy_change", args=[policy.pk]))
    text = re.sub(r"\s+", " ", strip_tags(answer.content.decode()))
    assert "chief proposed this policy." in text
    assert re.search(r"sources: 3 \(before: 2\)", text)
    assert "Kim Editor agreed to it; from then on it was in force." in text
