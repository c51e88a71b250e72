"""A source's fall that would show which stories were hers: two editors let them leave print one by one."""

import datetime as dt
import zoneinfo

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles import confirming, publishing, staggering
from articles.acts import NotAllowed
from articles.gate import GateError
from articles.models import Article, Confirmation, Pull, Stagger, StaggerHour
from reader.models import Publication
from sources.models import Source
from sources.vetting import vet
from tests.desks import at_the_desk, page_of, said
from tests.factories import Desk, StaffFactory


@pytest.fixture
def desk(committed_db):
    return Desk()


def day(number):
    return timezone.localdate() + dt.timedelta(days=number)


def in_print():
    return set(Publication.objects.in_print().values_list("headline", flat=True))


def hers(desk, source, *headlines):
    """Stories in print that don't stand without this source."""
    for headline in headlines:
        story = desk.article(headline=headline)
        desk.fact(story, f"{headline}.", sources=[source, desk.source()])
        desk.published(story)


def resting_on(desk, headline, wording):
    story = desk.article(headline=headline)
    fact = desk.fact(story, f"{headline}.", sources=[], confirmed=False)
    Confirmation.objects.create(wording=fact.wording, basis="earlier", earlier=wording, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    return desk.published(story)


def staggered(desk, source, **kwargs):
    asked = {"reason": "They would show her.", "last_day": day(10), "by": desk.editor} | kwargs
    return staggering.propose(source, "discredited", **asked)


@pytest.fixture
def source(desk):
    source = desk.source(alias="copper heron")
    hers(desk, source, "Coal", "Rice", "Salt")
    return source


def hour_of(headline):
    return Publication.objects.get(headline=headline).leaves_at


def test_it_works(desk, source):
    client = at_the_desk(desk.editor)
    vetting = f"/desk/sources/source/{source.pk}/vetting/"
    asked = client.post(vetting, {"standing": "discredited", "reason": "She lied."}, follow=True)
    assert "Or one by one" in asked.text and 'value="discredited"' in asked.text
    done = client.post(
        f"/desk/sources/source/{source.pk}/staggers/",
        {"standing": "discredited", "reason": "She lied.", "last_day": day(10).isoformat()},
        follow=True,
    )
    assert "Nothing changes until a second editor agrees" in said(done)
    assert "Agree to stagger them" not in done.text
    assert Source.objects.get(pk=source.pk).is_confirmed and len(in_print()) == 3 and not Pull.objects.exists()

    other = at_the_desk(desk.other_editor)
    front = other.get("/desk/").text
    assert "Stagger what the fall of copper heron takes down" in front
    assert "Agree to stagger them" in other.get(f"/desk/sources/source/{source.pk}/change/").text
    agreed = other.post(f"/desk/stories/staggers/{Stagger.objects.get().pk}/agreement/", follow=True)
    assert "Each story leaves print at its own hour" in said(agreed)
    assert "A staggered pull runs until" in agreed.text
    assert Source.objects.get(pk=source.pk).standing == "discredited"
    assert in_print() == {"Coal", "Rice", "Salt"}
    hours = {headline: hour_of(headline) for headline in in_print()}
    assert hours == dict(StaggerHour.objects.values_list("publication__headline", "at"))
    assert all(timezone.now() < at and timezone.localtime(at).date() <= day(10) for at in hours.values())
    panel = other.get(page_of(Article.objects.get(headline="Coal"))).text
    assert "Leaves print at" in panel and "staggered" in panel


def test_the_hours_are_those_in_which_people_work(desk, source):
    staggered(desk, source)
    for at in StaggerHour.objects.values_list("at", flat=True):
        local = timezone.localtime(at)
        assert dt.time(8) <= local.time() <= dt.time(22) and (local.second, local.microsecond) == (0, 0)


@pytest.mark.parametrize("zone", ["Asia/Seoul", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize("hour", [0, 7, 12, 23])
def test_no_hour_is_past_or_later_than_the_last_day_of_the_law(zone, hour):
    now = dt.datetime(2026, 3, 7, hour, 30, tzinfo=zoneinfo.ZoneInfo(zone))
    minutes = staggering._minutes(now, now.date() + dt.timedelta(days=3))
    assert minutes[0] > now and minutes == sorted(minutes)
    assert all(at.astimezone(dt.UTC).date() <= now.date() + dt.timedelta(days=3) for at in minutes)
    assert len(minutes) > 60


def test_one_that_nobody_agreed_to_spares_nothing(desk, source):
    staggered(desk, source)
    vet(source, "discredited", by=desk.other_editor, reason="At once.")
    assert in_print() == set() and Pull.objects.count() == 3
    with pytest.raises(GateError) as refused:
        staggering.agree(Stagger.objects.get(), by=desk.other_editor)
    assert refused.value.code == "stagger_over"


def test_it_cannot_spare_what_fails_for_another_reason(desk, source):
    staggered(desk, source)
    with_another = Article.objects.get(headline="Rice").facts.get()
    stagger = Stagger.objects.get()
    staggering.agree(stagger, by=desk.other_editor)
    assert len(in_print()) == 3
    confirming.dispute(with_another, by=desk.editor, reason="They saw otherwise.")
    assert in_print() == {"Coal", "Salt"}
    # Another source of the same story is another reason too.
    second = Confirmation.objects.filter(wording__fact__article__headline="Coal").exclude(source=source).get().source
    vet(second, "discredited", by=desk.editor, reason="She lied as well.")
    assert in_print() == {"Salt"}


def test_agreeing_shows_what_goes_at_once_all_the_same(desk, source):
    waiting = desk.article(headline="Tomorrow")
    desk.fact(waiting, "Tomorrow.", sources=[source, desk.source()])
    publishing.publish(desk.signed(waiting), by=desk.editor, at=timezone.now() + dt.timedelta(days=1))
    stagger = staggered(desk, source)
    assert set(stagger.hours.values_list("publication__headline", flat=True)) == {"Coal", "Rice", "Salt"}
    client = at_the_desk(desk.other_editor)
    address = f"/desk/stories/staggers/{stagger.pk}/agreement/"
    asked = client.post(address, follow=True)
    assert "Agree to stagger them, and stop 1 scheduled story" in asked.text and "Tomorrow" in asked.text
    assert Source.objects.get(pk=source.pk).is_confirmed
    client.post(address, {"falls_shown": asked.context["shown"]}, follow=True)
    assert not Publication.objects.scheduled().exists()
    assert in_print() == {"Coal", "Rice", "Salt"}


def test_what_rests_on_another_story_goes_no_later_than_that(desk):
    source = desk.source()
    for number in range(6):
        headline = f"Ground {number}"
        hers(desk, source, headline)
        ground = Article.objects.get(headline=headline).facts.get().wording
        middle = resting_on(desk, f"Middle {number}", ground)
        resting_on(desk, f"Top {number}", middle.printing.article.facts.get().wording)
    stagger = staggered(desk, source)
    staggering.agree(stagger, by=desk.other_editor)
    assert len(in_print()) == 18
    for number in range(6):
        assert hour_of(f"Top {number}") <= hour_of(f"Middle {number}") <= hour_of(f"Ground {number}")


def test_a_translation_goes_no_later_than_its_original(desk):
    source = desk.source()
    hers(desk, source, "Rice", "Coal")
    original = Article.objects.get(headline="Rice")
    translation = desk.article(headline="쌀", language="ko", translation_of=original)
    confirming.mark_rendered(translation, original.facts.get(), by=desk.editor)
    desk.published(translation)
    stagger = staggered(desk, source)
    staggering.agree(stagger, by=desk.other_editor)
    assert hour_of("쌀") <= hour_of("Rice")


def test_a_translation_that_falls_with_its_original_alone_goes_with_it(desk):
    source = desk.source()
    hers(desk, source, "Coal")
    original = desk.article(headline="Rice")
    stands = desk.fact(original, "Rice is sold at the station.")
    desk.published(original)
    translation = desk.article(headline="쌀", language="ko", translation_of=original)
    confirming.mark_rendered(translation, stands, by=desk.editor)
    desk.published(translation)
    # The next version of the original says more, on her word; the translation does not.
    desk.fact(original, "Rice is dearer.", sources=[source, desk.source()])
    desk.published(original)
    staggering.agree(staggered(desk, source), by=desk.other_editor)
    assert in_print() == {"Coal", "Rice", "쌀"}
    assert hour_of("쌀") <= Publication.objects.in_print().get(headline="Rice").leaves_at


def test_what_came_into_print_since_the_proposal_gets_an_hour_too(desk, source):
    stagger = staggered(desk, source)
    hers(desk, source, "Flour")
    top = resting_on(desk, "Noodles", Article.objects.get(headline="Coal").facts.get().wording)
    staggering.agree(stagger, by=desk.other_editor)
    assert in_print() == {"Coal", "Rice", "Salt", "Flour", "Noodles"}
    assert hour_of("Noodles") <= hour_of("Coal") and hour_of("Flour") is not None and top.pk


def test_the_proposer_does_not_agree_nor_does_the_database_let_her(desk, source):
    stagger = staggered(desk, source)
    with pytest.raises(NotAllowed):
        staggering.agree(stagger, by=desk.editor)
    with pytest.raises(DatabaseError, match="decided_by_editors"), transaction.atomic():
        Stagger.objects.filter(pk=stagger.pk).update(agreed_by=desk.editor, agreed_at=timezone.now())
    refused = at_the_desk(desk.editor).post(f"/desk/stories/staggers/{stagger.pk}/agreement/", follow=True)
    assert "a second person has to agree" in said(refused)
    assert Source.objects.get(pk=source.pk).is_confirmed


def test_who_is_no_editor_neither_proposes_nor_agrees_nor_sees_which(desk, source):
    with pytest.raises(NotAllowed):
        staggered(desk, source, by=desk.reporter)
    asked = at_the_desk(desk.reporter).post(
        f"/desk/sources/source/{source.pk}/vetting/", {"standing": "discredited", "reason": "She lied."}, follow=True
    )
    assert "Or one by one" not in asked.text
    stagger = staggered(desk, source)
    with pytest.raises(NotAllowed):
        staggering.agree(stagger, by=desk.reporter)
    page = at_the_desk(desk.reporter).get(f"/desk/sources/source/{source.pk}/change/").text
    assert "proposes a staggered pull until" in page
    assert "Coal" not in page and "Agree to stagger them" not in page
    stranger = at_the_desk(StaffFactory(roles=["reporter"])).get(f"/desk/sources/source/{source.pk}/change/").text
    assert "staggered pull" not in stranger


@pytest.mark.parametrize("number", [0, 31, -3])
def test_the_last_day_is_within_thirty_days(desk, source, number):
    with pytest.raises(GateError) as refused:
        staggered(desk, source, last_day=day(number))
    assert refused.value.code == "stagger_last_day"
    page = at_the_desk(desk.editor).post(
        f"/desk/sources/source/{source.pk}/staggers/",
        {"standing": "discredited", "reason": "They would show her.", "last_day": day(number).isoformat()},
        follow=True,
    )
    assert page.context["stagger"]["form"].errors["last_day"] and "They would show her." in page.text
    bare = {"standing": "discredited", "reason": " ", "last_day": day(number).isoformat()}
    page = at_the_desk(desk.editor).post(f"/desk/sources/source/{source.pk}/staggers/", bare)
    assert {*page.context["stagger"]["form"].errors} == {"reason", "last_day"}
    assert not Stagger.objects.exists()


def test_one_story_alone_is_not_staggered(desk):
    source = desk.source()
    hers(desk, source, "Alone")
    with pytest.raises(GateError) as refused:
        staggered(desk, source)
    assert refused.value.code == "stagger_of_few"
    asked = at_the_desk(desk.editor).post(
        f"/desk/sources/source/{source.pk}/vetting/", {"standing": "discredited", "reason": "She lied."}, follow=True
    )
    assert "take 1 story off the site" in asked.text and "Or one by one" not in asked.text


def test_after_its_hour_a_story_is_out_of_print_and_its_address_says_so(committed_db, superuser_sql, site_sql):
    desk = Desk()
    source = desk.source()
    hers(desk, source, "Coal", "Rice")
    staggering.agree(staggered(desk, source), by=desk.other_editor)
    slug = Publication.objects.get(headline="Coal").slug
    assert site_sql.execute("SELECT count(*) FROM reader_publication").fetchone() == (2,)
    asked = "SELECT kind FROM reader_notice('en', %s)"
    assert site_sql.execute(asked, [slug]).fetchall() == []
    past = timezone.now() - dt.timedelta(minutes=5)
    superuser_sql.execute("UPDATE reader_publication SET leaves_at = %s WHERE headline = 'Coal'", [past])
    assert site_sql.execute("SELECT headline FROM reader_publication").fetchall() == [("Rice",)]
    assert site_sql.execute(asked, [slug]).fetchall() == [("under_review",)]
    assert in_print() == {"Rice"}
    front = at_the_desk(desk.editor).get("/desk/").text
    assert 'id="stage-pulled"' in front and "Coal" in front


def test_a_desk_that_forges_the_second_signature_is_refused(committed_db, desk_sql):
    desk = Desk()
    source = desk.source()
    hers(desk, source, "Coal", "Rice")
    stagger = staggered(desk, source)
    with pytest.raises(psycopg.Error, match="decided_by_editors"):
        desk_sql.execute(
            "UPDATE articles_stagger SET agreed_by_id = proposed_by_id, agreed_at = now() WHERE id = %s", [stagger.pk]
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute("UPDATE articles_staggerhour SET at = at + interval '1 year'")
