"""The day of a talk fades to its month, the month to a count; nothing in print falls by it, and nothing comes back."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone, translation

from articles.forms.recording import RecordingForm
from articles.models import Article, Confirmation
from sources.ageing import age_talks, faded_talks, is_overdue
from sources.models import Ageing, EarlierTalks, Place, Source, Talk
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk
from tests.laws import asked, refused, run, told, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def ago(**time) -> dt.date:
    return timezone.localdate() - dt.timedelta(**time)


def months_ago(number: int, day: int = 14) -> dt.date:
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - number
    return dt.date(months // 12, months % 12 + 1, day)


def talked(source: Source, on: dt.date, **what) -> Talk:
    return Talk.objects.create(
        **{"source": source, "held_on": on, "medium": "call", "recorded_by": source.contact_reporter, **what}
    )


def test_the_day_fades_to_its_month(desk):
    source = desk.source()
    fresh, due = talked(source, ago(days=29)), talked(source, months_ago(3), medium="go_between")
    assert age_talks().to_month == 1
    due.refresh_from_db()
    assert (due.date_kept, due.held_on, due.medium) == ("month", months_ago(3, 1), "go_between")
    fresh.refresh_from_db()
    assert (fresh.date_kept, fresh.held_on) == ("day", ago(days=29))


def test_it_fades_on_the_thirtieth_day_and_at_the_end_of_the_twelfth_month(desk, settings):
    source = desk.source()
    for on in (ago(days=30), months_ago(12, 1), months_ago(13, 28)):
        talked(source, on)
    aged = age_talks()
    assert (aged.to_month, aged.to_count) == (2, 1)
    settings.TALK_DAYS, settings.TALK_MONTHS = 0, 1
    talked(source, timezone.localdate())
    assert age_talks().to_month == 1
    assert not Talk.objects.filter(held_on__lt=months_ago(1, 1)).exists()


def test_one_on_which_a_fact_rests_stays_as_an_empty_row_and_the_others_are_counted(desk):
    source = desk.source()
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    heard = talked(source, months_ago(20), printed_precision="year")
    desk.says(fact, source, talk=heard)
    talked(source, months_ago(21))
    talked(source, months_ago(22))
    assert age_talks().to_count == 3
    heard.refresh_from_db()
    assert (heard.held_on, heard.medium, heard.date_kept, heard.printed_precision) == (None, "", "nothing", "withheld")
    assert source.talks.get() == heard
    assert EarlierTalks.objects.get(source=source).number == 2
    talked(source, months_ago(30))
    age_talks()
    assert EarlierTalks.objects.get(source=source).number == 3


def test_it_is_safe_to_run_twice_and_late(desk):
    source = desk.source()
    talked(source, months_ago(2))
    talked(source, months_ago(40))
    first, again = age_talks(), age_talks()
    assert (first.to_month, first.to_count) == (1, 1)
    assert (again.to_month, again.to_count, again.history) == (0, 0, 0)


def test_it_works_in_batches(desk, monkeypatch):
    monkeypatch.setattr("sources.ageing.BATCH", 2)
    source = desk.source()
    for month in range(2, 7):
        talked(source, months_ago(month))
        talked(source, months_ago(month + 20))
    aged = age_talks()
    assert (aged.to_month, aged.to_count) == (5, 5)


def test_nothing_in_print_falls_and_a_statement_goes_on_resting_on_its_talk(desk):
    source = desk.source()
    story = desk.article()
    fact = desk.fact(story, "It was cold, she said.", kind="statement", sources=[source], confirmed=False)
    from articles import confirming

    confirming.confirm(fact, by=desk.editor)
    printed = desk.published(story)
    Talk.objects.update(held_on=months_ago(30))
    age_talks()
    run("SELECT 1")
    printed.refresh_from_db()
    assert printed.pulled_at is None
    assert asked("SELECT code FROM gate_footing(%s, '{}', 'infinity')", printed.pk) == []
    assert Confirmation.objects.get(source=source).talk.held_on is None


def test_who_heard_her_confirms_nothing_after_the_talk_has_faded(desk):
    """The empty row says no more than who recorded it."""
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    for source in (desk.source(), desk.source()):
        talk = talked(source, months_ago(30), recorded_by=desk.other_editor)
        desk.says(fact, source, talk=talk)
    age_talks()
    verdict = (
        "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason, voices)"
        " VALUES (%s, 'confirmed', '{}', %s, now(), '', 0)"
    )
    assert refused(verdict, fact.wording.pk, desk.other_editor.pk) == "fact_confirmed_by_recorder"
    assert refused(verdict, fact.wording.pk, desk.editor.pk) == ""


# ----------------------------------------------------------------------------------------------------------------------
# The law: forward only
# ----------------------------------------------------------------------------------------------------------------------

AT = {"day": dt.date(2026, 3, 14), "month": dt.date(2026, 3, 1), "nothing": None}


@pytest.fixture
def talks(desk):
    """One at each age, each carrying a fact."""
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    found = {}
    for age in AT:
        source = desk.source()
        found[age] = talk = talked(source, AT["day"])
        desk.says(fact, source, talk=talk)
    month, nothing = found["month"], found["nothing"]
    run("UPDATE sources_talk SET date_kept = 'month', held_on = '2026-03-01' WHERE id = %s", month.pk)
    run(
        "UPDATE sources_talk SET date_kept = 'nothing', held_on = NULL, medium = '', printed_precision = 'withheld'"
        " WHERE id = %s",
        nothing.pk,
    )
    return found


@pytest.mark.parametrize(
    ("age", "change", "answer"),
    [
        ("day", "held_on = '2026-03-15'", ""),
        ("day", "medium = 'message'", ""),
        ("day", "date_kept = 'month', held_on = '2026-03-01'", ""),
        ("day", "date_kept = 'nothing', held_on = NULL, medium = ''", ""),
        ("day", "date_kept = 'month', held_on = '2026-04-01'", "NR003"),
        ("day", "date_kept = 'month', held_on = '2025-03-01'", "NR003"),
        ("day", "date_kept = 'month', held_on = '2026-03-01', medium = 'message'", "NR003"),
        ("day", "date_kept = 'month'", "NR003"),
        ("day", "date_kept = 'nothing'", "23514"),
        ("day", "held_on = NULL", "23514"),
        ("day", "medium = ''", "23514"),
        ("day", "date_kept = 'month', held_on = '2026-03-01', printed_precision = 'day'", "23514"),
        ("month", "printed_precision = 'year'", ""),
        ("month", "printed_precision = 'day'", "23514"),
        ("month", "date_kept = 'nothing', held_on = NULL, medium = ''", ""),
        ("month", "date_kept = 'day'", "NR003"),
        ("month", "date_kept = 'day', held_on = '2026-03-14'", "NR003"),
        ("month", "held_on = '2026-04-01'", "NR003"),
        ("month", "held_on = '2026-03-14'", "NR003"),
        ("month", "medium = 'message'", "NR003"),
        ("nothing", "date_kept = 'day', held_on = '2026-03-14', medium = 'call'", "NR003"),
        ("nothing", "date_kept = 'month', held_on = '2026-03-01', medium = 'call'", "NR003"),
        ("nothing", "held_on = '2026-03-14'", "23514"),
        ("nothing", "medium = 'call'", "23514"),
        ("nothing", "printed_precision = 'year'", "23514"),
        ("nothing", "printed_precision = 'withheld'", ""),
    ],
)
def test_a_date_only_fades(talks, age, change, answer):
    assert refused(f"UPDATE sources_talk SET {change} WHERE id = %s", talks[age].pk) == answer


@pytest.mark.parametrize("age", ["month", "nothing"])
def test_what_has_faded_stays_with_its_source(desk, age):
    talk = talked(desk.source(), AT["day"])
    how = {
        "month": "date_kept = 'month', held_on = '2026-03-01'",
        "nothing": "date_kept = 'nothing', held_on = NULL, medium = ''",
    }[age]
    other = desk.source()
    with undone():
        run("UPDATE sources_talk SET source_id = %s WHERE id = %s", other.pk, talk.pk)
    assert refused(f"UPDATE sources_talk SET source_id = %s, {how} WHERE id = %s", other.pk, talk.pk) == "NR003"
    run(f"UPDATE sources_talk SET {how} WHERE id = %s", talk.pk)
    assert refused("UPDATE sources_talk SET source_id = %s WHERE id = %s", other.pk, talk.pk) == "NR003"


@pytest.mark.parametrize(
    ("kept", "held_on", "medium", "answer"),
    [("day", "2026-03-14", "call", ""), ("month", "2026-03-01", "call", "NR003"), ("nothing", None, "", "NR003")],
)
def test_a_talk_is_recorded_with_its_day(desk, kept, held_on, medium, answer):
    new = (
        "INSERT INTO sources_talk (source_id, held_on, date_kept, medium, printed_precision, recorded_by_id)"
        " VALUES (%s, %s, %s, %s, 'withheld', %s)"
    )
    assert refused(new, desk.source().pk, held_on, kept, medium, desk.reporter.pk) == answer


def test_letting_one_fade_by_hand_takes_nothing_from_a_fact(talks):
    """The desk's role may ask the function of anything: it only ever loses dates."""
    assert told("SELECT talks_fade(%s)", [talk.pk for talk in talks.values()]) == 0
    assert set(Talk.objects.values_list("date_kept", flat=True)) == {"nothing"}
    assert refused("INSERT INTO sources_earliertalks (source_id, number) SELECT id, 9 FROM sources_source LIMIT 1") == (
        "42501"
    )


# ----------------------------------------------------------------------------------------------------------------------
# What is told of it
# ----------------------------------------------------------------------------------------------------------------------


def test_the_desks_own_history_of_sources_goes_as_well(desk):
    """Who saved a source's page, and at which hour."""
    source = desk.source()
    client = at_the_desk(desk.reporter)
    address = f"/desk/sources/source/{source.pk}/change/"
    client.post(address, fields_of(client.get(address)))
    today = LogEntry.objects.get()
    kinds = {model: ContentType.objects.get_for_model(model) for model in (Source, Place, Article)}

    def line(model, days: int) -> LogEntry:
        return LogEntry.objects.create(
            user=desk.reporter,
            content_type=kinds[model],
            object_id=str(source.pk),
            object_repr="#",
            action_flag=CHANGE,
            action_time=timezone.now() - dt.timedelta(days=days),
        )

    old, younger = line(Source, 31), line(Source, 29)
    others = [line(Place, 31), line(Article, 31)]
    assert age_talks().history == 1
    assert set(LogEntry.objects.all()) == {today, younger, *others} and old.pk
    assert refused("SELECT history_fades(%s)", timezone.now() - dt.timedelta(hours=23)) == "NR003"
    assert told("SELECT history_fades(%s)", timezone.now() - dt.timedelta(hours=25)) == 1
    assert today in LogEntry.objects.all()


def test_the_command_says_how_many_and_never_whose(desk):
    source = desk.source(alias="silver heron")
    talked(source, months_ago(2))
    talked(source, months_ago(30))
    said = StringIO()
    call_command("age_talks", "--dry-run", stdout=said)
    assert said.getvalue() == "Due: 1 to their month, 1 to a count. Nothing is changed.\n"
    assert Talk.objects.filter(date_kept="day").count() == 2 and not Ageing.objects.exists()
    call_command("age_talks", stdout=said)
    assert "Talks that keep their month alone: 1 more. Faded to a count: 1 more." in said.getvalue()
    assert "heron" not in said.getvalue()


def test_the_chief_editor_hears_that_nothing_fades(desk):
    def front(user):
        return at_the_desk(user).get("/desk/").text

    assert not is_overdue()
    talked(desk.source(), months_ago(2))
    assert is_overdue()
    assert "has not run for three days" in front(desk.chief)
    assert "age_talks" not in front(desk.editor)
    age_talks()
    assert "age_talks" not in front(desk.chief)
    Ageing.objects.update(on=ago(days=4))
    assert not is_overdue(), "nothing is due"
    talked(desk.source(), months_ago(2))
    assert is_overdue()
    Ageing.objects.update(on=ago(days=3))
    assert not is_overdue()


def test_pages_tell_what_is_still_kept(desk):
    source = desk.source(alias="silver heron")
    story = desk.article()
    fact = desk.fact(story, sources=[], confirmed=False)
    for month in (2, 30):
        desk.says(fact, source, talk=talked(source, months_ago(month), medium="go_between"))
    talked(source, months_ago(31))
    fresh = talked(source, ago(days=3))
    age_talks()
    client = at_the_desk(desk.reporter)
    month = f"{months_ago(2):%B %Y}, through a go-between"
    page = client.get(f"/desk/sources/source/{source.pk}/change/")
    assert month in page.text and "2 earlier talks, of which no date is kept" in page.text
    assert f"{months_ago(2):%Y-%m}" not in page.text
    [row] = page.context["inline_admin_formsets"][0].formset.initial_forms
    assert row.instance == fresh
    cards = client.get(page_of(story)).text
    assert month in cards and "an earlier talk" in cards
    form = RecordingForm(fact=fact, by=desk.reporter)
    offered = [str(label) for _key, label in form.fields["talk"].choices]
    assert f"silver heron · {month.replace(', ', ' · ')}" in offered and len(offered) == 3
    with translation.override("ko"):
        assert source.talks.filter(date_kept="month").get().when == f"{months_ago(2):%Y}년 {months_ago(2).month}월"
        assert faded_talks(source).earlier == 2


def test_a_source_of_whom_talks_were_counted_is_not_deleted(desk):
    source = desk.source(confirmed=False)
    talked(source, months_ago(30))
    age_talks()
    answer = at_the_desk(desk.chief).post(f"/desk/sources/source/{source.pk}/delete/", {"post": "yes"})
    assert answer.status_code in (200, 403)
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_colleague_is_told_none_of_it(desk):
    from tests.factories import StaffFactory

    source = desk.source(alias="silver heron")
    talked(source, months_ago(2))
    talked(source, months_ago(31))
    age_talks()
    page = at_the_desk(StaffFactory(roles=["reporter"])).get(f"/desk/sources/source/{source.pk}/change/").text
    assert "silver heron" in page and "earlier talk" not in page and f"{months_ago(2):%B %Y}" not in page


@pytest.mark.parametrize("changed", [{}, {"talks-0-medium": "message"}, {"talks-0-held_on": "2026-01-02"}])
def test_a_page_that_was_open_while_a_talk_faded_brings_no_date_back(desk, changed):
    source = desk.source()
    talk = talked(source, months_ago(2))
    client = at_the_desk(desk.reporter)
    address = f"/desk/sources/source/{source.pk}/change/"
    opened = fields_of(client.get(address)) | {"safety": "at_risk"}
    age_talks()
    answer = client.post(address, opened | changed)
    assert answer.status_code == 302
    assert Talk.objects.get() == talk
    talk.refresh_from_db()
    assert (talk.date_kept, talk.held_on, talk.medium) == ("month", months_ago(2, 1), "call")
    assert Source.objects.get().safety == "at_risk"
    assert "faded while this page was open" in client.get(address).text
