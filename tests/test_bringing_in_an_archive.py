"""What the paper printed before it began with the gate comes in once, labelled so, and by no other door."""

import datetime as dt
import json

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import publishing
from articles.acts import NotAllowed
from articles.archive import bring_in
from articles.gate import GateError
from reader.knowing import knowledge, what_it_is
from reader.models import Publication
from sources.models import ProtectedPerson
from sources.protecting import TypedTerm, fingerprints, protect
from tests.desks import at_the_desk, said
from tests.factories import Desk

OLD = {
    "language": "ko",
    "headline": "옛 기사",
    "body": "<p>그때 이야기다.</p><script>x</script>",
    "section": "society",
    "printed": "2019-05-04T09:30:00+09:00",
    "bylines": ["김기자"],
}


@pytest.fixture
def desk(committed_db) -> Desk:
    desk = Desk()
    desk.agree(began_on=timezone.now().date() + dt.timedelta(days=10))
    return desk


def test_it_is_in_print_and_says_that_it_is_of_the_archive(desk, site_sql):
    [printed] = bring_in([OLD], by=desk.chief)
    assert printed in Publication.objects.in_print()
    assert site_sql.execute("SELECT headline, blocks FROM reader_publication").fetchall() == [
        ("옛 기사", ["<p>그때 이야기다.</p>"])
    ]
    assert "archive" in what_it_is(printed)
    assert knowledge(printed) is None


def test_a_file_comes_in_whole_or_not_at_all(desk, tmp_path):
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join(json.dumps(story) for story in [OLD, {**OLD, "headline": "", "slug": "b"}]))
    with pytest.raises(CommandError, match="Story 2"):
        call_command("archive", str(file), by="chief")
    assert not Publication.objects.exists()
    file.write_text(json.dumps(OLD) + "\n")
    call_command("archive", str(file), by="chief", verbosity=0)
    assert Publication.objects.get().slug == "옛-기사"


@pytest.mark.parametrize(
    "wrong", [{"language": "fr"}, {"section": "nowhere"}, {"printed": "2019-05-04"}, {"printed": "soon"}, {"facts": []}]
)
def test_a_story_that_does_not_fit_is_refused_with_its_number(desk, wrong):
    with pytest.raises(GateError, match="Story 1"):
        bring_in([{**OLD, **wrong}], by=desk.chief)


@pytest.mark.parametrize(
    "told",
    [
        {"body": "<p>그날 <b>김</b>철수에게서 들었다.</p>"},
        {"headline": "Kim Cholsu’s letter"},
        {"slug": "kim-chol-su"},
        {"bylines": ["김철수"]},
        {"standfirst": "Call 010 2345 6789"},
    ],
)
def test_a_story_with_a_protected_term_is_refused_and_the_word_is_not_said(desk, told):
    person = ProtectedPerson.objects.create(source=desk.source())
    typed = [TypedTerm("name", "김철수"), TypedTerm("name", "Kim Chol-su"), TypedTerm("number", "010-2345-6789")]
    protect(person, fingerprints(typed), by=desk.reporter)
    with pytest.raises(GateError, match="Story 2: a protected term stands in it") as refusal:
        bring_in([OLD, {**OLD, "headline": "Another", "slug": "b", **told}], by=desk.chief)
    assert not any(word in str(refusal.value).lower() for word in ("김철수", "chol", "2345"))
    assert not Publication.objects.exists()


def test_only_the_chief_editor_brings_it_in(desk):
    with pytest.raises(NotAllowed):
        bring_in([OLD], by=desk.editor)


def test_a_story_of_after_that_day_does_not_come_in_as_an_archive(desk):
    tomorrow = (timezone.now() + dt.timedelta(days=11)).isoformat()
    with pytest.raises(GateError):
        bring_in([{**OLD, "printed": tomorrow}], by=desk.chief)


def test_the_door_is_closed_once_the_day_has_come(committed_db):
    desk = Desk()
    with pytest.raises(GateError):
        bring_in([OLD], by=desk.chief)
    desk.agree(began_on=timezone.now().date())
    with pytest.raises(GateError):
        bring_in([OLD], by=desk.chief)


def test_the_day_is_set_once(desk):
    with pytest.raises(Exception, match="first_day_is_set"):
        desk.agree(began_on=timezone.now().date() + dt.timedelta(days=400))
    with pytest.raises(Exception, match="first_day_is_set"):
        desk.agree()


@pytest.mark.parametrize("origin", ["archive", "desk"])
def test_raw_sql_puts_no_story_in_by_this_door(desk, desk_sql, origin):
    [old] = bring_in([OLD], by=desk.chief)
    columns = [
        c
        for (c,) in desk_sql.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'reader_publication'"
            " AND column_name NOT IN ('id', 'story', 'slug', 'origin', 'digest')"
        )
    ]
    with pytest.raises(psycopg.Error) as refusal:
        desk_sql.execute(
            f"INSERT INTO reader_publication (id, story, slug, origin, digest, {', '.join(columns)})"
            f" SELECT gen_random_uuid(), gen_random_uuid(), 'new', '{origin}', '', {', '.join(columns)}"
            " FROM reader_publication WHERE id = %s",
            [old.pk],
        )
    assert refusal.value.sqlstate == "NR001"


def test_a_story_of_the_archive_can_be_pulled_and_no_version_of_the_desk_hides_behind_it(desk, desk_sql):
    [old] = bring_in([OLD], by=desk.chief)
    publishing.pull(old, by=desk.reporter, reason="It was wrong then too")
    assert not Publication.objects.in_print().exists()


def test_at_the_desk_it_is_pulled_released_and_withdrawn(desk):
    [old] = bring_in([OLD], by=desk.chief)
    page = "/desk/stories/in-print/"

    def press(who, what, **sent):
        return at_the_desk(who).post(f"{page}{old.pk}/{what}/", {"reason": "A doubt.", **sent}, follow=True)

    assert press(desk.editor, "release").status_code == 404, "it is in print"
    assert "Pulled." in said(press(desk.reporter, "pull"))
    assert "Of the archive, taken off the site" in at_the_desk(desk.reporter).get(page).text
    assert "Release this story" not in at_the_desk(desk.reporter).get(page).text
    assert "Only an editor" in said(press(desk.reporter, "release"))
    assert "Give a reason" in said(press(desk.editor, "release", reason=" "))
    assert not Publication.objects.in_print().exists()
    assert "Release this story" in at_the_desk(desk.editor).get(page).text
    assert "Released." in said(press(desk.editor, "release"))
    assert old in Publication.objects.in_print()
    press(desk.reporter, "pull")
    assert "Only the chief editor" in said(press(desk.editor, "withdrawal"))
    assert "Withdrawn." in said(press(desk.chief, "withdrawal"))
    assert press(desk.editor, "release").status_code == 404
    assert "Of the archive, taken off the site" not in at_the_desk(desk.chief).get(page).text
