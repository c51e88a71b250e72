"""Her reporter sees every phrase, date, place and medium that was printed of a source, and how few people fit them all."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.checks import CHECKS
from articles.clues import Names, media_in, trades_in
from articles.exposure import exposure_of
from articles.exposure_told import report
from articles.fitting import Fit, Ladder
from articles.models import Printing
from sources.models import Look, Place, SoonInPrint, Source
from tests.desks import at_the_desk
from tests.factories import Desk, StaffFactory
from tests.printings import Country, named, printed, prints, proof_of, talk, told


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


def page_of(source):
    return f"/desk/sources/source/{source.pk}/exposure/"


def codes(source):
    return [finding.code for finding in report(exposure_of(source)).findings]


# What fits ------------------------------------------------------------------------------------------------------------


def test_it_shrinks_to_the_narrowest_place_story_by_story(desk, country, source):
    prints(desk, source, country.whole)
    prints(desk, source, country.ryanggang)
    prints(desk, source, country.ryanggang)
    prints(desk, source, country.hyesan)
    prints(desk, source, country.whole)
    exposure = exposure_of(source)
    assert [exposure.ladder.at_most(step.fit) for step in exposure.steps] == [
        24_052_231,
        719_269,
        719_269,
        192_680,
        192_680,
    ]
    assert [step.shrank for step in exposure.steps] == [True, True, False, True, False]
    assert exposure.fit == Fit(frozenset({country.hyesan.pk}), frozenset({"resident"}))
    assert codes(source) == ["fits"]


def test_nothing_printed_fits_everybody(source):
    assert exposure_of(source).fit == Fit()
    assert codes(source) == ["nothing_printed"]


def test_it_warns_under_the_floor(desk, country, source):
    prints(desk, source, country.hyesan)
    assert codes(source) == ["fits"]
    desk.agree(anonymity_floor=200_000)
    assert codes(source) == ["exposure_under_floor"]
    desk.agree(anonymity_floor=0)
    assert codes(source) == ["fits"]


def test_a_trade_asks_for_more_people_than_a_place_alone(desk, country, source):
    Source.objects.filter(pk=source.pk).update(part="trader")
    source.refresh_from_db()
    prints(desk, source, country.ryanggang, "trader")
    assert codes(source) == ["fits"]
    prints(desk, source, country.hyesan, "source")
    # Each phrase was wide enough; whoever joins them finds a trader in Hyesan.
    assert codes(source) == ["exposure_under_floor"]


def test_a_role_that_she_can_not_have_besides_is_said(desk, country, source):
    for part in ("trader", "official"):
        Source.objects.filter(pk=source.pk).update(part=part)
        source.refresh_from_db()
        prints(desk, source, country.whole, part)
    assert "roles_at_odds" in codes(source)
    found = report(exposure_of(source)).findings[0]
    assert found.grave and "trader" in found.sentence and "official" in found.sentence


def test_places_that_lie_apart_are_said(desk, country, source):
    prints(desk, source, country.hyesan)
    Source.objects.filter(pk=source.pk).update(place=country.musan)
    source.refresh_from_db()
    prints(desk, source, country.musan)
    exposure = exposure_of(source)
    assert exposure.fit.places == {country.hyesan.pk, country.musan.pk}
    assert exposure.ladder.at_most(exposure.fit) == 123_721
    assert codes(source)[0] == "places_apart"


def test_what_nobody_counted_is_said_to_be_unknown(desk, country, source):
    desk.agree(anonymity_floor=0)
    Source.objects.filter(pk=source.pk).update(place=country.mine)
    source.refresh_from_db()
    prints(desk, source, country.mine)
    assert codes(source)[0] == "population_unknown"
    # No more than those of the city around it, and nobody says how many less.
    assert exposure_of(source).ladder.at_most(exposure_of(source).fit) == 192_680


# What counts ----------------------------------------------------------------------------------------------------------


def test_what_was_pulled_or_withdrawn_was_seen(desk, country, source):
    publishing.pull(prints(desk, source, country.ryanggang), by=desk.reporter, reason="It rang")
    publishing.withdraw(prints(desk, source, country.hyesan), by=desk.chief, reason="Wrong")
    assert [seen.state for seen in exposure_of(source).seen] == ["pulled", "withdrawn"]
    assert exposure_of(source).fit.places == {country.hyesan.pk}


def test_what_waits_for_its_hour_counts_until_it_is_stopped(desk, country, source):
    prints(desk, source, country.ryanggang)
    article = named(told(desk, source), source, country.hyesan)
    desk.sign(proof_of(desk, article))
    hour = timezone.now() + dt.timedelta(days=2)
    waiting = publishing.publish(article, by=desk.editor, at=hour)
    assert [seen.state for seen in exposure_of(source).seen] == ["in print", "scheduled"]
    assert exposure_of(source).fit.places == {country.hyesan.pk}
    assert "waits for its hour" in report(exposure_of(source)).rows[0].state
    publishing.pull(waiting, by=desk.reporter, reason="It rang")
    assert exposure_of(source).fit.places == {country.ryanggang.pk}


def test_a_draft_and_another_ones_story_do_not_count(desk, country, source):
    told(desk, source)
    prints(desk, desk.source(place=country.hyesan), country.hyesan)
    assert exposure_of(source).seen == []


def test_an_edition_counts_as_what_it_is(desk, country, source):
    fact = told(desk, source, headline="Rice is dearer")
    from articles import confirming

    printed(desk, named(fact, source, country.ryanggang))
    korean = desk.article(headline="쌀값이 올랐다", language="ko", translation_of=fact.article)
    confirming.mark_rendered(korean, fact, by=desk.editor)
    from articles.models import Attribution

    Attribution.objects.create(article=korean, source=source, place=country.hyesan, part="resident")
    printed(desk, korean)
    exposure = exposure_of(source)
    assert [(seen.language, seen.place) for seen in exposure.seen] == [
        ("en", country.ryanggang.pk),
        ("ko", country.hyesan.pk),
    ]
    assert len({seen.original for seen in exposure.seen}) == 1


def test_what_the_sentences_name_narrows_for_who_reads_them(desk, country, source):
    body = "<p>[In Hyesan “we get no rice,” a resident told us by phone.] Musan is far.</p>"
    prints(desk, source, country.ryanggang, body=body)
    exposure = exposure_of(source)
    assert exposure.fit.places == {country.ryanggang.pk}
    assert exposure.read == Fit(frozenset({country.hyesan.pk}), frozenset({"resident"}))
    assert exposure.seen[0].media == {"call"}
    assert "sentences_tell_more" in codes(source)


def test_of_what_she_was_told_she_is_not_taken_to_be_there(desk, country, source):
    body = "<p>[Rice is dearer in Hyesan.]</p>"
    prints(desk, source, country.ryanggang, body=body, kind="event", how="was_told")
    assert exposure_of(source).read.places == {country.ryanggang.pk}
    prints(desk, source, country.ryanggang, body=body, kind="event", how="saw")
    assert exposure_of(source).read.places == {country.hyesan.pk}


def test_a_place_elsewhere_is_none_of_hers(desk, country, source):
    prints(desk, source, country.ryanggang, body="<p>[Rice is dearer in Musan, a resident said.]</p>")
    assert exposure_of(source).read.places == {country.ryanggang.pk}


@pytest.mark.parametrize(
    ("language", "sentence", "place"),
    [
        ("en", "Rice is dearer in Hyesan, in Ryanggang Province.", "hyesan"),
        ("en", "Trucks go from Hyesan to Musan.", "whole"),
        ("en", "Rice is dearer.", None),
        ("ko", "양강도 혜산에서 쌀값이 올랐다.", "hyesan"),
        ("ko", "계획은 무산됐다.", None),
        ("ko", "함북 무산군의 광산이 멈췄다.", "musan"),
    ],
)
def test_a_place_is_found_under_its_names(country, language, sentence, place):
    found = Names(Ladder.read(), language).place_in(sentence)
    assert found == (getattr(country, place).pk if place else None)


@pytest.mark.parametrize(
    ("language", "sentence", "trades"),
    [
        ("en", "“They took it,” a trader in Hyesan told us.", {"trader"}),
        ("en", "Officials took the rice, a resident said.", {"resident"}),
        ("en", "The trader was arrested.", set()),
        ("ko", "혜산의 한 상인은 “간부들이 온다”고 말했다.", {"trader"}),
        ("ko", "간부들이 쌀을 빼앗았다고 주민이 전했다.", {"resident"}),
    ],
)
def test_a_trade_is_of_who_speaks(language, sentence, trades):
    assert trades_in(sentence, language) == trades


@pytest.mark.parametrize(
    ("language", "sentence", "media"),
    [
        ("en", "she said in a phone call", {"call"}),
        ("en", "a resident said by telephone", {"call"}),
        ("en", "who spoke over a smuggled Chinese phone", {"call"}),
        ("en", "a resident who called our paper", {"call"}),
        ("en", "a trader texted our paper over WeChat", {"message"}),
        ("en", "A TRADER SAID VIA TELEGRAM", {"message"}),
        ("en", "she wrote to our reporter", {"message"}),
        ("en", "met our reporter face-to-face", {"in_person"}),
        ("en", "a letter smuggled through a relative", {"go_between"}),
        ("ko", "인편으로 전해 왔다", {"go_between"}),
        ("ko", "지인을 통해 알려 왔다", {"go_between"}),
        ("ko", "위챗으로 알려 왔다", {"message"}),
        ("ko", "문자로 본지에 알렸다", {"message"}),
        ("ko", "본지와의 전화에서 말했다", {"call"}),
        ("ko", "통화에서 말했다", {"call"}),
        ("ko", "직접 만나 들었다", {"in_person"}),
        ("en", "The telephone exchange burned.", set()),
        ("en", "The line of people grew.", set()),
        ("ko", "통화량이 늘었다", set()),
    ],
)
def test_how_we_spoke_is_found_in_words(language, sentence, media):
    assert media_in(sentence, language) == media


def test_how_we_spoke_may_stand_elsewhere_in_the_paragraph(desk, country, source):
    body = "<p>[“We get no rice,” a resident said.] She texted our paper over WeChat.</p>"
    prints(desk, source, country.ryanggang, body=body)
    assert exposure_of(source).seen[0].media == {"message"}


def test_a_role_that_no_attribution_may_say_and_a_place_in_capitals(desk, country, source, monkeypatch):
    # As it was printed before the desk knew the word.
    monkeypatch.setitem(CHECKS, "attributions", lambda proof: [])
    prints(desk, source, country.ryanggang, body="<p>[“We get no rice,” a nurse in HYESAN told us.]</p>")
    exposure = exposure_of(source)
    assert exposure.read == Fit(frozenset({country.hyesan.pk}), frozenset({"resident", "other"}))
    [row] = report(exposure).rows
    assert any("“nurse in HYESAN”" in line for line in row.told)
    assert "another role" in " ".join(finding.sentence for finding in report(exposure).findings)


# Days -----------------------------------------------------------------------------------------------------------------


def test_print_that_follows_each_talk_closely_is_a_habit(desk, country, source):
    prints(desk, source, country.whole, days=40)
    assert [days for _seen, days in exposure_of(source).followed] == [40]
    talk(desk, source, 2)
    prints(desk, source, country.whole, days=40)
    # The call of two days ago was about something else; a list of calls doesn't say.
    exposure = exposure_of(source)
    assert exposure.close == [2, 2] and not exposure.is_habit
    prints(desk, source, country.whole, days=3)
    exposure = exposure_of(source)
    assert exposure.is_habit and "2, 2, 2 days" in report(exposure).habit


def test_a_habit_stays_when_the_days_of_the_talks_have_faded(desk, country, source):
    for _ in range(3):
        prints(desk, source, country.whole, days=2)
    assert SoonInPrint.objects.get(source=source).number == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT talks_fade(ARRAY(SELECT id FROM sources_talk WHERE source_id = %s))", [source.pk])
    exposure = exposure_of(source)
    assert exposure.followed == [] and exposure.is_habit
    assert "In 3 stories" in report(exposure).habit
    assert "print_follows_talks" in codes(source)


def test_a_story_counts_once_however_many_versions_and_only_when_it_was_close(desk, country, source):
    publication = prints(desk, source, country.whole, days=2)
    article = publication.printing.article
    article.headline = "Rice is dearer again"
    article.save()
    printed(desk, article)
    other = desk.source(place=country.hyesan)
    prints(desk, other, country.whole, days=4)
    assert list(SoonInPrint.objects.values_list("source", "number")) == [(source.pk, 1)]


def test_the_count_holds_no_date_and_no_story():
    assert {field.name for field in SoonInPrint._meta.get_fields()} == {"source", "number"}


def test_who_is_forgotten_is_not_counted(desk, country, source):
    from sources.forgetting import forget

    prints(desk, source, country.whole, days=2)
    forget(source, by=desk.reporter, reason="She asked for it", alias=source.alias)
    assert not SoonInPrint.objects.exists()


def test_a_later_version_is_no_further_story(desk, country, source):
    publication = prints(desk, source, country.whole, days=2)
    article = publication.printing.article
    article.headline = "Rice is dearer again"
    article.save()
    printed(desk, article)
    assert len(exposure_of(source).seen) == 2
    assert len(exposure_of(source).followed) == 1


def test_the_dates_that_stand_in_her_sentences(desk, country, source):
    heard = talk(desk, source, 40)
    day = f"{heard.held_on.day} {heard.held_on:%B %Y}"
    body = (
        f"<p>[“We get no rice,” a resident told us on {day}, and so it was in May 2024.] It rained on 3 March 2021.</p>"
    )
    prints(desk, source, country.whole, heard=heard, body=body)
    [row] = report(exposure_of(source)).rows
    [dates] = [line for line in row.told if line.startswith("the text names the date")]
    assert dates == f"the text names the date: May 2024, {heard.held_on.day} {heard.held_on:%b %Y}"
    assert "40 days after" in row.talk


def test_a_date_that_was_printed_stays_when_the_talk_has_faded(desk, country, source, settings):
    from sources.ageing import age_talks

    heard = talk(desk, source, 400, printed_precision="day")
    body = f"<p>[“No rice,” a resident told us on {heard.held_on.day} {heard.held_on:%B %Y}.]</p>"
    prints(desk, source, country.whole, heard=heard, body=body)
    before = [row.told for row in report(exposure_of(source)).rows]
    settings.TALK_DAYS, settings.TALK_MONTHS = 30, 12
    age_talks()
    assert [row.told for row in report(exposure_of(source)).rows] == before
    assert any("the text names the date" in line for line in before[0])


def test_what_readers_may_be_told_is_not_what_they_were_told(desk, country, source):
    prints(desk, source, country.whole, heard=talk(desk, source, 40, printed_precision="month"))
    [row] = report(exposure_of(source)).rows
    assert row.told == []


# What one more would do -----------------------------------------------------------------------------------------------


def test_the_page_says_what_one_more_story_leaves(desk, country, source):
    prints(desk, source, country.ryanggang)
    told_of = report(exposure_of(source))
    assert [bar.label for bar in told_of.following] == ["a resident of Hyesan", "a source in Hyesan"]
    assert all("192,680" in bar.number for bar in told_of.following)
    assert "any other phrase" in told_of.otherwise and "719,269" in told_of.otherwise
    prints(desk, source, country.hyesan)
    told_of = report(exposure_of(source))
    assert told_of.following == [] and "any phrase" in told_of.otherwise


# Who sees it ----------------------------------------------------------------------------------------------------------


def test_her_reporter_and_the_deputy_open_it_from_her_page(desk, country, source):
    deputy = StaffFactory(roles=["reporter"])
    Source.objects.filter(pk=source.pk).update(deputy=deputy)
    prints(desk, source, country.hyesan)
    for who in (desk.reporter, deputy):
        client = at_the_desk(who)
        assert page_of(source) in client.get(f"/desk/sources/source/{source.pk}/change/").text
        page = client.get(page_of(source))
        assert page.status_code == 200 and "192,680" in page.text and "a resident of Hyesan" in page.text
        assert "no-store" in page["Cache-Control"]
        look = Look.objects.latest("number")
        assert (look.what, look.by, look.source, look.why) == ("exposure", who, source, "")


def test_a_colleague_does_not_open_it(desk, country, source):
    colleague = StaffFactory(roles=["reporter"])
    prints(desk, source, country.hyesan)
    client = at_the_desk(colleague)
    assert page_of(source) not in client.get(f"/desk/sources/source/{source.pk}/change/").text
    looks = Look.objects.filter(what="exposure").count()
    for answer in (client.get(page_of(source)), client.post(page_of(source), {"why": "I would like to know"})):
        assert answer.status_code == 403 and "Hyesan" not in answer.text
    assert Look.objects.filter(what="exposure").count() == looks


def test_an_editor_says_why_first(desk, country, source):
    prints(desk, source, country.hyesan)
    client = at_the_desk(desk.editor)
    asked = client.get(page_of(source))
    assert 'name="why"' in asked.text and "192,680" not in asked.text
    assert not Look.objects.filter(what="exposure").exists()
    refused = client.post(page_of(source), {"why": " ", "asked_before": "GET"})
    assert "192,680" not in refused.text and not Look.objects.filter(what="exposure").exists()
    page = client.post(page_of(source), {"why": "Somebody rang about her", "asked_before": "GET"}, follow=True)
    assert "192,680" in page.text
    assert Look.objects.filter(what="exposure").first().why == "Somebody rang about her"


def test_what_is_not_there_and_what_is_no_number_are_no_errors(desk):
    client = at_the_desk(desk.reporter)
    assert client.get("/desk/sources/source/999999/exposure/").status_code == 404
    assert client.get("/desk/sources/source/x/exposure/").status_code in (302, 404)
    assert client.put("/desk/sources/source/1/exposure/").status_code in (403, 405)


def test_the_tab_and_the_address_say_nothing(desk, country, source):
    prints(desk, source, country.hyesan)
    page = at_the_desk(desk.reporter).get(page_of(source)).text
    title = page[page.index("<title>") : page.index("</title>")]
    assert "heron" not in title and "Hyesan" not in title
    assert "heron" not in page_of(source)


def test_in_korean(desk, country, source):
    desk.reporter.interface_language = "ko"
    desk.reporter.save()
    prints(desk, source, country.ryanggang)
    page = at_the_desk(desk.reporter).get(page_of(source)).text
    assert "혜산시 주민" in page and "최대 719,269명" in page
    assert "‘혜산시 주민’으로 쓰면" in page and "(으)로" not in page


# However many ---------------------------------------------------------------------------------------------------------


def test_five_hundred_stories_take_no_more_questions_than_two(committed_db, superuser_sql):
    desk = Desk()
    country = Country()
    source = desk.source(place=country.hyesan, part="resident")
    prints(desk, source, country.ryanggang)
    prints(desk, source, country.hyesan)
    client = at_the_desk(desk.reporter)
    client.get(page_of(source))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(source))
    # Copies of one publication and its printing, past the gate.
    columns = [f.column for f in Printing._meta.get_field("publication").related_model._meta.local_concrete_fields]
    rest = ", ".join(c for c in columns if c not in ("id", "story", "turn", "slug"))
    superuser_sql.execute(
        f"WITH one AS (SELECT publication_id FROM articles_printing LIMIT 1),"
        f" more AS (INSERT INTO reader_publication (id, story, turn, slug, {rest})"
        f"  SELECT gen_random_uuid(), gen_random_uuid(), n + 1000, 'rice-' || n, {rest} FROM reader_publication, generate_series(1, 500) n"
        "   WHERE id = (SELECT publication_id FROM one) RETURNING id)"
        " INSERT INTO articles_printing (publication_id, article_id, proof_id, policy_id, by_id, at)"
        " SELECT m.id, p.article_id, p.proof_id, p.policy_id, p.by_id, p.at FROM more m, articles_printing p"
        "  WHERE p.publication_id = (SELECT publication_id FROM one)"
    )
    with CaptureQueriesContext(connection) as many:
        page = client.get(page_of(source))
    assert page.text.count('class="version-headline"') == 502
    assert len(many) == len(few)


# The set itself -------------------------------------------------------------------------------------------------------


@st.composite
def worlds(draw):
    """A ladder, people who live on it and have roles, and what is printed of one."""
    count = draw(st.integers(2, 9))
    places = [
        Place(
            pk=key,
            name_en=str(key),
            kind="country" if key == 1 else "county",
            parent_id=None if key == 1 else draw(st.integers(1, key - 1)),
            population=draw(st.none() | st.integers(1, 1_000_000)),
        )
        for key in range(1, count + 1)
    ]
    keys = st.integers(1, count)
    parts = st.sampled_from(Source.Part.values)
    people = draw(st.lists(st.tuples(keys, st.sets(parts)), min_size=1, max_size=30))
    clues = draw(st.lists(st.tuples(keys, parts), min_size=1, max_size=6))
    return Ladder(places), people, clues


def fits(ladder, person, clue):
    home, roles = person
    place, part = clue
    return ladder.lies_in(home, place) and (part == "source" or part in roles)


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_the_set_that_fits_is_the_intersection_and_never_grows(world):
    ladder, people, clues = world
    left, before = people, None
    fit = Fit()
    for place, part in clues:
        fit = ladder.narrowed(fit, place=place, part=part)
        left = [person for person in left if fits(ladder, person, (place, part))]
        # Whom the set describes is whom each story describes.
        described = [
            person
            for person in people
            if all(ladder.lies_in(person[0], key) for key in fit.places) and fit.parts <= person[1]
        ]
        assert described == left
        most = ladder.at_most(fit)
        if before is not None:
            assert most is not None and most <= before
        before = most if most is not None else before


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_the_order_of_stories_makes_no_difference(world):
    ladder, _people, clues = world
    found = set()
    for order in itertools.islice(itertools.permutations(clues), 24):
        fit = Fit()
        for place, part in order:
            fit = ladder.narrowed(fit, place=place, part=part)
        found.add(fit)
    assert len(found) == 1
    # Saying it all again says nothing more.
    [fit] = found
    for place, part in clues:
        fit = ladder.narrowed(fit, place=place, part=part)
    assert fit in found


def test_a_ladder_that_bites_its_tail_ends():
    one, two = Place(pk=1, name_en="a", parent_id=2), Place(pk=2, name_en="b", parent_id=1)
    assert [place.pk for place in Ladder([one, two]).up(1)] == [1, 2]
