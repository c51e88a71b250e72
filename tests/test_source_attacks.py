"""Ways to learn of a source what is not one's own, each tried at the real desk or with the desk's own database role."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from sources.models import Source
from tests.desks import at_the_desk
from tests.marked import MARKS, Marked, marked_newsroom

pytestmark = pytest.mark.django_db

# Name: who, what is asked, and what she hears: a status, or words of a sentence. {pk}: the source that is not hers.
ASKED = {
    "A colleague spells out the safety": ("reporter", "/desk/sources/source/?safety__startswith=o", 400),
    "A colleague spells out the place": ("reporter", "/desk/sources/source/?place__name_en__regex=^Z", 400),
    "A colleague asks for a reporter's sources": (
        "reporter",
        "/desk/sources/source/?contact_reporter__username=qontakt",
        400,
    ),
    "A colleague asks whether there is a deputy": ("reporter", "/desk/sources/source/?deputy__isnull=0", 400),
    "A colleague asks by the date of a talk": ("reporter", "/desk/sources/source/?talks__held_on__year=2021", 400),
    "An editor asks by who looked": ("editor", "/desk/sources/source/?looks__by=1", 400),
    "The chief editor counts accounts by their sources": (
        "chief editor",
        "/desk/staff/user/?sources__alias__startswith=v",
        400,
    ),
    "A superuser asks stories by their sources' places": (
        "superuser",
        "/desk/articles/article/?facts__wordings__confirmations__source__place__name_en=Zzyzxville",
        400,
    ),
    "A colleague reads the admin's history of a source": ("reporter", "/desk/sources/source/{pk}/history/", 403),
    "A superuser reads the admin's history of a source": ("superuser", "/desk/sources/source/{pk}/history/", 403),
    "A superuser asks what deleting a source takes along": ("superuser", "/desk/sources/source/{pk}/delete/", 403),
    "A superuser asks what deleting an account takes along": ("superuser", "/desk/staff/user/{contact}/delete/", 403),
    "A superuser asks what deleting a circle takes along": (
        "superuser",
        "/desk/sources/circle/{circle}/delete/",
        "so it stays",
    ),
    "A superuser asks what deleting a place takes along": (
        "superuser",
        "/desk/sources/place/{place}/delete/",
        "so it stays",
    ),
    "A colleague asks for a row by a hidden column": ("reporter", "/desk/sources/source/?_to_field=safety", 400),
    "A colleague asks for a row by what hangs on it": ("reporter", "/desk/sources/source/?_to_field=talks", 400),
    "A colleague opens the shortcut to any row": ("reporter", "/desk/r/1/{pk}/", 404),
    "A colleague asks the finder for accounts": (
        "reporter",
        "/desk/autocomplete/?app_label=sources&model_name=source&field_name=contact_reporter&term=",
        403,
    ),
    "A colleague asks the finder at the far end of a key": (
        "reporter",
        "/desk/autocomplete/?app_label=sources&model_name=place&field_name=source&term=",
        403,
    ),
    "A colleague opens more of a source": ("reporter", "/desk/sources/source/{pk}/more/", 403),
    "A colleague hands a source over to herself": ("reporter", "/desk/sources/source/{pk}/handing-over/", 403),
    "An editor reads the list of looks": ("editor", "/desk/sources/look/", 403),
    "A photo editor opens the sources": ("photo editor", "/desk/sources/source/", 403),
    "A photo editor reads a story's history": ("photo editor", "/desk/stories/{story}/history/", 403),
    "A moderator opens a source": ("moderator", "/desk/sources/source/{pk}/change/", 403),
    "A guest opens a source": ("guest", "/desk/sources/source/{pk}/change/", 403),
}
# Name: a statement of the desk's own role, and why it fails.
STATED = {
    "A look struck from the chain": ("DELETE FROM sources_look", "permission denied"),
    "A look put down as a colleague's": ("UPDATE sources_look SET by_id = 1", "permission denied"),
    "A reason washed away": ("UPDATE sources_look SET why = ''", "permission denied"),
    "All looks forgotten at once": ("TRUNCATE sources_look", "permission denied"),
    "A look with an hour of one's own": (
        "INSERT INTO sources_look (source_id, by_id, what, why, at) VALUES (1, 1, 'page', '', '2020-01-01')",
        "permission denied",
    ),
    "The chain switched off": ("ALTER TABLE sources_look DISABLE TRIGGER ALL", "must be owner"),
    "Who ever spoke with a source put down as nobody": ("DELETE FROM sources_confidant", "permission denied"),
}


@pytest.fixture
def newsroom(settings, tmp_path) -> Marked:
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    return marked_newsroom()


def test_what_is_asked_past_the_pages_is_refused(newsroom):
    rows = newsroom.rows
    keys = {
        "pk": newsroom.source.pk,
        "contact": newsroom.people["contact"].pk,
        "circle": newsroom.source.circle_id,
        "place": newsroom.source.place_id,
        "story": rows["articles_article"][0].pk,
    }
    hidden = {
        word for mark, words in MARKS.items() if mark not in ("alias", "circle", "place in print") for word in words
    }
    for name, (who, address, heard) in ASKED.items():
        answer = at_the_desk(newsroom.people[who]).get(address.format(**keys))
        if isinstance(heard, int):
            assert answer.status_code == heard, f"{name}: {answer.status_code}"
        else:
            assert heard in answer.text and "violet anchor" not in answer.text, name
        # Her own question comes back in the way to the other language; nothing else does.
        text = answer.text.replace(address.format(**keys), "")
        assert not [word for word in hidden if word in text and word not in address], name


@pytest.mark.parametrize("name", STATED)
def test_the_desks_own_role_does_not_change_who_looked(newsroom, name):
    statement, why = STATED[name]
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_reasons_are_not_destroyed_while_she_is_not_forgotten(newsroom):
    with connection.cursor() as cursor:
        cursor.execute("SELECT looks_destroy_reasons(%s, NULL)", [newsroom.source.pk])
        assert cursor.fetchone() == (0,)
    assert newsroom.source.looks.filter(why__contains="look-mark").exists()


def test_the_admins_history_keeps_keys_alone(newsroom):
    client = at_the_desk(newsroom.people["contact"])
    page = f"/desk/sources/source/{newsroom.source.pk}/change/"
    from tests.desks import fields_of

    client.post(page, fields_of(client.get(page)))
    kept = " ".join(f"{e.object_repr} {e.change_message} {e.object_id}" for e in LogEntry.objects.all())
    assert kept and not [word for words in MARKS.values() for word in words if word in kept]


def test_no_session_holds_a_word_of_a_source(newsroom):
    client = at_the_desk(newsroom.people["editor"])
    client.post(
        f"/desk/sources/source/{newsroom.source.pk}/more/",
        {"why": "look-mark to see", "asked_before": "GET"},
        follow=True,
    )
    client.get(f"/desk/sources/source/{newsroom.source.pk}/change/")
    held = str(dict(client.session.items()))
    assert not [word for words in MARKS.values() for word in words if word in held]


def test_what_is_printed_holds_nothing_of_a_source(newsroom, tmp_path):
    """A dump of the published tables, and of whatever the site searches."""
    out = tmp_path / "printed.json"
    call_command("dumpdata", "reader", output=str(out), verbosity=0)
    dumped = out.read_text()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(p)::text, '') FROM reader_publication p")
        dumped += cursor.fetchone()[0]
    assert "Rice is dearer" in dumped
    assert not [word for words in MARKS.values() for word in words if word in dumped]
    assert Source.objects.count() == 2
