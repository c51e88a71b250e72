"""Before she signs, an editor reads what could point at a source; which cautions those were stands with her signature."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles import confirming
from articles.cautions import cautions_of, shown_to
from articles.days_in_words import days_in
from articles.dialect import dialect_in
from articles.gate import GateError
from articles.history import history_of
from articles.models import Article, Attribution, CautionsSeen, Entry, SignOff
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.quoting import QUOTED
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Source
from tests.desks import at_the_desk, said
from tests.factories import Desk, StaffFactory
from tests.printings import Country, days_ago, named, printed, prints, proof_of, talk, told, write


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.agree(anonymity_floor=50_000)
    return desk


@pytest.fixture
def country(desk):
    return Country()


@pytest.fixture
def source(desk, country):
    return desk.source(alias="silver heron", place=country.hyesan, part="resident")


def codes(article, proof=None):
    return sorted(caution.code for caution in cautions_of(article, proof))


def sentences(article, by, proof=None):
    return {shown.code: f"{shown.who}: {shown.sentence}" for shown in shown_to(by, cautions_of(article, proof))[0]}


def fresh(fact):
    return Article.objects.get(pk=fact.article_id)


# Nothing to say -------------------------------------------------------------------------------------------------------


def test_a_story_without_cautions_is_signed_as_ever(desk, country, source):
    proof = proof_of(desk, named(told(desk, source), source, country.ryanggang))
    page = at_the_desk(desk.editor).get(f"/desk/stories/{proof.article_id}/proof/{proof.pk}/").text
    assert "Sign off" in page and "What could point at a source" not in page
    sign_off(proof, by=desk.editor)
    assert not CautionsSeen.objects.exists()


# How the sources are named --------------------------------------------------------------------------------------------


def test_two_sources_under_one_phrase(desk, country, source):
    fact = told(desk, source)
    other = desk.source(alias="amber kettle", place=country.hyesan, part="resident")
    told(desk, other, "Maize is dearer.", article=fact.article)
    for each in (source, other):
        named(fact, each, country.hyesan)
    assert codes(fresh(fact)) == ["two_sources_one_attribution"]
    proof = proof_of(desk, fresh(fact))
    assert codes(proof.article, proof) == ["two_sources_one_attribution"]
    words = sentences(fresh(fact), desk.editor)["two_sources_one_attribution"]
    assert "silver heron, amber kettle" in words and "a resident of Hyesan" in words


def test_two_in_a_whole_country_are_hidden_by_it(desk, country, source):
    fact = told(desk, source)
    other = desk.source(place=country.whole, part="resident")
    told(desk, other, "Maize is dearer.", article=fact.article)
    for each in (source, other):
        named(fact, each, country.whole)
    assert codes(fresh(fact)) == []


def test_one_source_under_two_phrases_in_two_editions(desk, country, source):
    fact = told(desk, source)
    named(fact, source, country.ryanggang)
    korean = desk.article(headline="쌀값", language="ko", translation_of=fact.article)
    assert codes(korean) == []
    Attribution.objects.create(article=korean, source=source, place=country.hyesan, part="resident")
    assert codes(korean) == codes(fresh(fact)) == ["one_source_two_attributions"]
    words = sentences(korean, desk.editor)["one_source_two_attributions"]
    assert "혜산시 주민" in words and "a resident of Ryanggang Province" in words and "English" in words


def test_one_source_under_another_phrase_than_was_printed(desk, country, source):
    fact = told(desk, source)
    printed(desk, named(fact, source, country.ryanggang))
    assert codes(fresh(fact)) == []
    named(fact, source, country.hyesan)
    assert codes(fresh(fact)) == ["one_source_two_attributions"]


def test_two_sources_whom_the_text_calls_by_one_phrase(desk, country, source):
    """Whatever was chosen for them."""
    fact = told(desk, source, body="<p>[“It is dear,” a trader in Hyesan said.]</p>")
    other = desk.source(alias="amber kettle", place=country.hyesan, part="trader")
    second = told(desk, other, "Maize is dearer.", article=fact.article)
    spans = [f'<span data-fact="{each.pk}">“It is dear,” a trader in Hyesan said.</span>' for each in (fact, second)]
    write(fresh(fact), f"<p>{spans[0]} {spans[1]}</p>", by=desk)
    for each in (source, other):
        named(fact, each, country.whole, "source")
    found = [each for each in cautions_of(fresh(fact)) if each.code == "two_sources_one_attribution"]
    assert [sorted(each.alias for each in caution.sources) for caution in found] == [["amber kettle", "silver heron"]]
    assert "trader in Hyesan" in shown_to(desk.editor, found)[0][0].sentence


def test_one_sentence_on_the_word_of_two_calls_neither(desk, country, source):
    fact = told(desk, source, body="<p>[“It is dear,” a trader in Hyesan said.]</p>", kind="event")
    desk.says(fact, desk.source(place=country.hyesan), talk=False)
    assert codes(fresh(fact)) == []


def test_one_source_whom_the_text_calls_by_two_phrases(desk, country, source):
    fact = told(desk, source)
    second = told(desk, source, "Maize is dearer.", article=fact.article)
    body = (
        f'<p><span data-fact="{fact.pk}">“It is dear,” a trader in Hyesan said.</span> '
        f'<span data-fact="{second.pk}">“Maize too,” said a resident of Ryanggang Province.</span></p>'
    )
    write(fresh(fact), body, by=desk)
    named(fact, source, country.hyesan, "trader")
    found = [each for each in cautions_of(fresh(fact)) if each.code == "one_source_two_attributions"]
    assert [each.words["other"] for each in found] == ["resident of Ryanggang Province"]
    assert "the text also calls her" in shown_to(desk.editor, found)[0][0].sentence


# What was printed of her ----------------------------------------------------------------------------------------------


def test_this_very_story_leaves_too_few(desk, country, source):
    Source.objects.filter(pk=source.pk).update(part="trader")
    source.refresh_from_db()
    prints(desk, source, country.ryanggang, "trader")
    wide = named(told(desk, source), source, country.whole, "source")
    assert codes(wide) == []
    narrow = named(told(desk, source), source, country.hyesan, "source")
    assert codes(narrow) == ["exposure_under_floor"]
    assert "192,680" in (words := sentences(narrow, desk.editor)["exposure_under_floor"])
    assert "500,000" in words
    printed(desk, narrow)
    # It stays so: each story more says that it is still she.
    again = sentences(wide, desk.editor)["exposure_under_floor"]
    assert "still she who speaks" in again


def test_a_place_that_lies_apart_and_a_role_at_odds(desk, country, source):
    prints(desk, source, country.hyesan)
    Source.objects.filter(pk=source.pk).update(place=country.musan, part="trader")
    source.refresh_from_db()
    story = named(told(desk, source), source, country.musan, "source")
    assert codes(story) == ["places_apart"]
    assert "Musan County" in (words := sentences(story, desk.editor)["places_apart"]) and "Hyesan" in words
    desk.agree(anonymity_floor=0)
    prints(desk, source, country.musan, "trader")
    Source.objects.filter(pk=source.pk).update(part="official")
    source.refresh_from_db()
    assert codes(named(told(desk, source), source, country.musan, "official")) == ["roles_at_odds"]


def test_a_place_of_which_nobody_counted_the_people(desk, country, source):
    assert codes(named(told(desk, source), source, country.mine)) == ["population_unknown"]


@pytest.mark.parametrize("safety", ["at_risk", "out_of_contact", "in_danger"])
def test_a_source_who_is_not_safe(desk, country, source, safety):
    fact = told(desk, source)
    assert codes(fresh(fact)) == []
    Source.objects.filter(pk=source.pk).update(safety=safety)
    assert codes(fresh(fact)) == ["source_unsafe"]
    how = str(Source.Safety(safety).label)
    assert how in sentences(fresh(fact), desk.reporter)["source_unsafe"]
    assert how not in (words := sentences(fresh(fact), desk.editor)["source_unsafe"]) and "not safe" in words


# Days -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "found"), [(0, True), (3, True), (4, False)])
def test_print_too_soon_after_the_talk(desk, source, days, found):
    assert (codes(fresh(told(desk, source, days=days))) == ["print_near_talk"]) is found


def test_how_soon_is_said_to_who_speaks_with_her_alone(desk, source):
    story = fresh(told(desk, source, days=2))
    assert "2 days ago" in sentences(story, desk.reporter)["print_near_talk"]
    assert "in these days" in (words := sentences(story, desk.editor)["print_near_talk"]) and "2 days" not in words


def test_a_talk_about_something_else_counts_as_well(desk, country, source):
    story = fresh(told(desk, source, days=40))
    assert codes(story) == []
    talk(desk, source, 2)
    assert codes(story) == ["print_near_talk"]


def test_how_soon_is_judged_by_the_hour_that_is_planned(desk, country, source):
    article = named(told(desk, source, days=1), source, country.whole)
    later = timezone.now() + dt.timedelta(days=5)
    assert [each.code for each in cautions_of(article)] == ["print_near_talk"]
    assert cautions_of(article, at=later) == []
    soon = timezone.now() + dt.timedelta(days=2)
    [caution] = cautions_of(article, at=soon)
    assert caution.words["days"] == 3
    words = shown_to(desk.reporter, [caution])[0][0].sentence
    assert "planned it is 3 days" in words
    assert "3 days" not in shown_to(desk.editor, [caution])[0][0].sentence
    desk.sign(proof_of(desk, article))
    publish(article, by=desk.editor, at=later)
    assert codes(fresh(article.facts.get())) == []


def test_the_page_of_publishing_judges_by_the_hour_that_was_typed(desk, country, source):
    article = named(told(desk, source, days=0), source, country.whole)
    desk.sign(proof_of(desk, article))
    client = at_the_desk(desk.editor)
    page = client.get(f"/desk/stories/{article.pk}/publication/")
    assert [each.code for each in page.context["cautions"]] == ["print_near_talk"]
    hour = timezone.localtime() + dt.timedelta(days=9)
    page = client.post(f"/desk/stories/{article.pk}/publication/", {"when": "look", "at": f"{hour:%Y-%m-%dT%H:%M}"})
    assert page.status_code == 200 and page.context["cautions"] == []
    assert f"{hour:%Y-%m-%dT%H:%M}" in page.text and not Publication.objects.filter(story=article.story).exists()
    page = client.post(f"/desk/stories/{article.pk}/publication/", {"when": "look", "at": "soon"})
    assert "Choose the hour of publication." in page.text
    assert [each.code for each in page.context["cautions"]] == ["print_near_talk"]


def test_print_that_follows_talks_a_third_time(desk, country, source):
    assert codes(fresh(told(desk, source, days=40))) == []
    for _ in range(2):
        prints(desk, source, country.whole, days=2)
    story = fresh(told(desk, source, days=2))
    assert codes(story) == ["print_follows_talks", "print_near_talk"]
    assert "2, 2 days" in sentences(story, desk.reporter)["print_follows_talks"]


@pytest.mark.parametrize(
    ("known_to", "after", "found"),
    [
        ("handful", 2, True),
        ("meeting", 7, True),
        ("handful", 8, False),
        ("anyone", 2, False),
        ("handful", -1, False),
        ("workplace", 2, True),
        ("", 2, True),
    ],
)
def test_a_talk_soon_after_what_few_could_know(desk, source, known_to, after, found):
    happened = days_ago(60)
    heard = talk(desk, source, 60 - after)
    statement = f"The board met on {happened.day} {happened:%B %Y}."
    fact = told(desk, source, statement, heard=heard, known_to=known_to, kind="event", how="took_part")
    assert (codes(fresh(fact)) == ["talk_near_event"]) is found
    if found:
        assert "Few could know" in sentences(fresh(fact), desk.editor)["talk_near_event"]


def test_without_a_day_nothing_is_said_of_when(desk, source):
    fact = told(desk, source, "The board met in spring.", known_to="handful", kind="event", how="took_part")
    assert codes(fresh(fact)) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>The board met three days ago. [It sold the rice.]</p>",
        "<p>[It sold the rice.] That was on {weekday}.</p>",
        "<p>[It sold the rice.]</p><p>Much later. [It sold the rice], on {day}.</p>",
    ],
)
def test_the_day_may_stand_elsewhere_in_the_paragraph_and_be_counted_from_print(desk, source, body):
    happened = days_ago(3)
    body = body.format(weekday=f"{happened:%A}", day=f"{happened.day} {happened:%B}")
    fact = told(desk, source, "It sold the rice.", body=body, kind="event", how="saw", days=1, known_to="meeting")
    assert codes(fresh(fact)) == ["print_near_talk", "talk_near_event"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It met on Monday.", ["05-18"]),
        ("It met last Friday.", ["05-15"]),
        ("last Wednesday", ["05-13"]),
        ("It met three days ago.", ["05-17"]),
        ("It met a week ago.", ["05-13"]),
        ("On 12 May it met; two days earlier it had asked.", ["05-10", "05-12"]),
        ("two days earlier", ["05-18"]),
        ("It met on the 12th.", ["05-12"]),
        ("지난 12일 열렸다.", ["05-12"]),
        ("25일 회의가 열렸다.", ["04-25"]),
        ("사흘 전 열렸다.", ["05-17"]),
        ("3일 전에 열렸다.", ["05-17"]),
        ("지난 월요일 열렸다.", ["05-18"]),
        ("지난주 월요일 열렸다.", ["05-11"]),
        ("어제와 오늘", ["05-19", "05-20"]),
        ("5월 12일 회의가, 이튿날 검열이 있었다.", ["05-12", "05-13"]),
        ("15일 전력이 끊겼다.", ["05-15"]),
        ("12일 동안", []),
        ("12일간", []),
        ("on Mondays", []),
        ("매달 15일", []),
    ],
)
def test_days_that_are_told_in_part_or_by_their_distance(text, days):
    """Written on a Wednesday, 20 May."""
    assert sorted(f"{day:%m-%d}" for day in days_in(text, dt.date(2026, 5, 20))) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It met on 12 May.", (2026, 5, 12)),
        ("It met on May 12, 2025.", (2025, 5, 12)),
        ("June 3rd", (2025, 6, 3)),
        ("2026-05-04", (2026, 5, 4)),
        ("2026. 5. 4. 평양에서 회의가 열렸다.", (2026, 5, 4)),
        ("5월 12일 회의가 열렸다.", (2026, 5, 12)),
        ("지난달 12일 열렸다.", (2026, 4, 12)),
        ("It met yesterday.", (2026, 5, 19)),
        ("어젯밤 열렸다.", (2026, 5, 19)),
        ("오늘 새벽 열렸다.", (2026, 5, 20)),
        ("It met in May.", None),
        ("On 31 February.", None),
        ("At March 5:00.", None),
        ("올봄에 열렸다.", None),
    ],
)
def test_which_day_a_text_names(text, day):
    assert days_in(text, dt.date(2026, 5, 20)) == ({dt.date(*day)} if day else set())


# Her own words --------------------------------------------------------------------------------------------------------

LONG = "We stood there from the early morning until the shutters came down and nobody sold us anything at all"


def test_a_long_quotation(desk, source):
    fact = told(desk, source, body=f"<p>[“{LONG},” a resident said.] Second.</p>")
    assert codes(fresh(fact)) == ["long_quotation"]
    words = sentences(fresh(fact), desk.editor)["long_quotation"]
    assert words.startswith("silver heron") and "19 words" in words
    proof = ask_for_review(fresh(fact), by=desk.reporter)
    assert codes(proof.article, proof) == ["long_quotation"]


def test_a_block_set_as_a_quotation(desk, source):
    fact = told(desk, source, body=f"<blockquote><p>[{LONG}.]</p></blockquote><p>A resident.</p>")
    assert codes(fresh(fact)) == ["long_quotation"]


def test_a_quotation_of_several_sentences_is_one(desk, source):
    half = len(LONG) // 2
    first, second = LONG[: LONG.index(" ", half)], LONG[LONG.index(" ", half) + 1 :]
    body = f"<p>[“{first}. {second.capitalize()},” a resident said.]</p>"
    assert codes(fresh(told(desk, source, body=body))) == ["long_quotation"]


def test_a_short_one_and_a_records_are_none(desk, source):
    assert codes(fresh(told(desk, source, body="<p>[“We get no rice,” a resident said.]</p>"))) == []
    article = desk.article()
    fact = confirming.state(article, "The decree says so.", kind="record", by=desk.reporter)
    from tests.printings import write

    write(article, f'<p><span data-fact="{fact.pk}">The decree says: “{LONG}.”</span></p>', by=desk)
    assert codes(fresh(fact)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("‘We get no rice,’ she said.", ["‘We get no rice,’"]),
        ("'We don't get rice,' she said.", ["'We don't get rice,'"]),
        ("‘We don’t get the workers’ rice,’ she said.", ["‘We don’t get the workers’ rice,’"]),
        ("《쌀이 없다》고 했다.", ["《쌀이 없다》"]),
        ("「쌀이 없다」고 했다.", ["「쌀이 없다」"]),
        ("그는 '쌀이 없다'고 했다.", ["'쌀이 없다'"]),
        ("그는 ‘쌀이 없다’고 했다.", ["‘쌀이 없다’"]),
        ("The workers' rice and the miners' food", []),
        ("The workers’ rice and the miners’ food", []),
        ("It's the city's rice; in the '90s it wasn't the farmers' own.", []),
        ("It’s the city’s rice.", []),
    ],
)
def test_what_is_a_quotation(text, found):
    assert QUOTED.findall(text) == found


@pytest.mark.parametrize("marks", ["‘’", "''", "《》", "「」", "“”"])
def test_her_own_words_in_every_mark(desk, source, marks):
    opens, closes = marks
    body = f"<p>[{opens}{LONG},{closes} a resident said.] Second.</p>"
    assert codes(fresh(told(desk, source, body=body))) == ["long_quotation"]
    article = desk.article(headline="쌀값이 올랐다", language="ko")
    body = f"<p>[한 주민은 {opens}내래 그랬슴메{closes}라고 말했다.]</p>"
    assert codes(fresh(told(desk, source, "그랬다고 말했다.", article=article, body=body))) == ["dialect_quoted"]


def test_dialect(desk, source):
    article = desk.article(headline="쌀값이 올랐다", language="ko")
    fact = told(
        desk, source, "쌀이 없다고 말했다.", article=article, body="<p>[한 주민은 “쌀이 없슴둥”이라고 말했다.]</p>"
    )
    assert codes(fresh(fact)) == ["dialect_quoted"]
    assert "없슴둥" in sentences(fresh(fact), desk.editor)["dialect_quoted"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("쌀이 없슴둥", "없슴둥"),
        ("어제 왔슴다.", "왔슴다"),
        ("그렇지비", "그렇지비"),
        ("장마당이 없수다.", "없수다"),
        ("내래 봤소", "내래"),
        ("날래 합네다", "합네다"),
        ("쌀이 떨어졌스꾸마!", "떨어졌스꾸마"),
        ("비가 오니까니 못 갔소", "오니까니"),
        ("에미나이들이 장마당에 선다", "에미나이들이"),
        ("이리 오라우", "오라우"),
        # Words of every day that look alike.
        ("물이 가슴까지 찼다", ""),
        ("유지비가 비싸다", ""),
        ("아이를 키우다 보니", ""),
        ("말을 배우다", ""),
        ("여자들은 수다를 떨었다", ""),
        ("사슴다리 아래", ""),
        ("쌍둥이가 왔다", ""),
        ("하는 둥 마는 둥 했다", ""),
        ("일없다, 동무", ""),
        ("간나지 않았다", ""),
    ],
)
def test_what_is_dialect(words, found):
    assert dialect_in(words) == found


def test_dialect_is_seldom_found_where_none_is():
    """In the sentences of our corpus nobody speaks it."""
    from pathlib import Path

    corpus = "\n".join(file.read_text() for file in sorted(Path("tests/corpus").glob("korean*.txt")))
    assert [line for line in corpus.splitlines() if dialect_in(line)] == []


# Who reads what -------------------------------------------------------------------------------------------------------


def test_a_colleague_reads_no_alias_and_nothing_of_the_source_herself(desk, source):
    Source.objects.filter(pk=source.pk).update(safety="in_danger")
    fact = told(desk, source, body=f"<p>[“{LONG},” a resident said.]</p>", days=1)
    colleague = StaffFactory(roles=["reporter"])
    shown, kept_back = shown_to(colleague, cautions_of(fresh(fact)))
    assert [(each.code, each.who) for each in shown] == [("long_quotation", "One of the sources")]
    assert kept_back
    page = at_the_desk(colleague).get(f"/desk/articles/article/{fact.article_id}/change/").text
    panel = page[page.index('id="cautions"') :].split("</section>")[0]
    assert "One of the sources" in panel and "Something else could point" in panel
    assert "heron" not in panel and "danger" not in panel and "days ago" not in panel and "yesterday" not in panel


def test_her_reporter_reads_it_on_the_story(desk, source):
    Source.objects.filter(pk=source.pk).update(safety="at_risk")
    fact = told(desk, source)
    page = at_the_desk(desk.reporter).get(f"/desk/articles/article/{fact.article_id}/change/").text
    assert "silver heron" in page[page.index('id="cautions"') :].split("</section>")[0]


def test_nobody_tells_a_source_from_a_key(desk, source):
    Source.objects.filter(pk=source.pk).update(safety="at_risk")
    [caution] = cautions_of(fresh(told(desk, source)))
    assert caution.key == cautions_of(fresh(told(desk, source)))[0].key
    code, _dash, rest = caution.key.partition("-")
    assert code == "source_unsafe" and len(rest) == 16 and str(source.pk) != rest


# Signing --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def cautioned(desk, source):
    """A proof with a long quotation by somebody who is not safe."""
    Source.objects.filter(pk=source.pk).update(safety="at_risk")
    fact = told(desk, source, body=f"<p>[“{LONG},” a resident said.]</p>")
    return ask_for_review(fresh(fact), by=desk.reporter)


def proof_page(proof):
    return f"/desk/stories/{proof.article_id}/proof/{proof.pk}/"


def test_who_signs_was_shown_them_and_that_is_kept(desk, cautioned):
    client = at_the_desk(desk.editor)
    page = client.get(proof_page(cautioned))
    assert "Sign, knowing these 2" in page.text and "Sign off" not in page.text
    assert page.text.index('id="cautions"') < page.text.index("Sign, knowing")
    keys = [caution.key for caution in page.context["cautions"]]
    answer = client.post(proof_page(cautioned) + "sign-off/", {"knowing": keys}, follow=True)
    assert "Signed. Your name stands" in said(answer)
    seen = CautionsSeen.objects.get()
    # What tells of the source herself is not kept beside an hour.
    assert (seen.sign_off.by, seen.codes) == (desk.editor, ["long_quotation", "of_a_source"])


@pytest.mark.parametrize("knowing", [(), ("long_quotation-0000000000000000",), ("long_quotation", "x" * 5000)])
def test_who_was_not_shown_them_does_not_sign(desk, cautioned, knowing):
    answer = at_the_desk(desk.editor).post(proof_page(cautioned) + "sign-off/", {"knowing": knowing}, follow=True)
    assert "that you were not shown" in said(answer)
    assert not SignOff.objects.exists()


def test_one_that_came_meanwhile_asks_her_to_read_again(desk, source, cautioned):
    keys = [caution.key for caution in cautions_of(cautioned.article, cautioned)]
    Source.objects.filter(pk=source.pk).update(safety="in_danger")
    with pytest.raises(GateError) as refusal:
        sign_off(cautioned, by=desk.editor, knowing=keys)
    assert refusal.value.code == "cautions_unseen"
    # One that went meanwhile does not.
    Source.objects.filter(pk=source.pk).update(safety="safe")
    sign_off(cautioned, by=desk.editor, knowing=keys)
    assert CautionsSeen.objects.get().codes == ["long_quotation"]


def test_signing_twice_keeps_one_row(desk, cautioned):
    keys = [caution.key for caution in cautions_of(cautioned.article, cautioned)]
    assert sign_off(cautioned, by=desk.editor, knowing=keys) == sign_off(cautioned, by=desk.editor)
    assert CautionsSeen.objects.count() == 1


def test_what_was_seen_is_told_in_the_history_and_stays(committed_db, desk_sql):
    desk = Desk()
    source = desk.source(place=Country().hyesan)
    Source.objects.filter(pk=source.pk).update(safety="at_risk")
    proof = ask_for_review(fresh(told(desk, source, body=f"<p>[“{LONG},” a resident said.]</p>")), by=desk.reporter)
    desk.sign(proof)
    [entry] = Entry.objects.filter(table_name="articles_cautionsseen", op="insert")
    assert (entry.article, entry.fields["codes"]) == (proof.article_id, ["long_quotation", "of_a_source"])
    lines = [line.sentence for day in history_of(proof.article) for line in day.lines]
    assert any("2 things that could point at a source" in line for line in lines)
    assert not any("risk" in line for line in lines)
    for statement in ("UPDATE articles_cautionsseen SET codes = '{x}'", "DELETE FROM articles_cautionsseen"):
        with pytest.raises(Exception, match="permission denied"):
            desk_sql.execute(statement)


def test_a_guest_reads_nothing_of_a_source(desk, cautioned):
    shown, kept_back = shown_to(None, cautions_of(cautioned.article, cautioned))
    assert [(each.code, each.who) for each in shown] == [("long_quotation", "One of the sources")] and kept_back


def test_before_publishing_they_stand_there_still(desk, source, cautioned):
    desk.sign(cautioned)
    page = at_the_desk(desk.editor).get(f"/desk/stories/{cautioned.article_id}/publication/").text
    assert 'data-code="source_unsafe"' in page


def test_in_korean(desk, cautioned):
    desk.editor.interface_language = "ko"
    desk.editor.save()
    page = at_the_desk(desk.editor).get(proof_page(cautioned)).text
    assert "2가지를 알고 승인" in page and "취재원을 가리킬 수 있는 것" in page
