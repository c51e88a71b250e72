"""With the site's database role: what is in print, and nothing else of the house."""

import datetime as dt
import uuid

import psycopg
import pytest
from django.utils import timezone

from articles import publishing
from reader.models import Publication
from tests.factories import Desk

PUBLIC = {"reader_publication", "reader_printedtag", "reader_printedpicture", "reader_notice", "reader_edition"}
HOUSE = {"django_migrations", "newsroom_installed_sql"}


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def stories(site_sql) -> set[uuid.UUID]:
    return {row[0] for row in site_sql.execute("SELECT id FROM reader_publication").fetchall()}


def test_it_reads_what_is_in_print_with_its_tags_and_pictures(desk, site_sql, a_photo):
    article = desk.article()
    article.tags.add("rice")
    article.figures.create(photo=a_photo, caption="A market", alt="Stalls")
    publication = desk.published(article)
    assert stories(site_sql) == {publication.pk}
    assert site_sql.execute("SELECT name FROM reader_printedtag").fetchall() == [("rice",)]
    assert site_sql.execute("SELECT count(*) FROM reader_printedpicture").fetchone()[0] > 0


@pytest.mark.parametrize("state", ["scheduled", "pulled", "withdrawn", "superseded"])
def test_it_reads_nothing_of_what_is_not_in_print(desk, site_sql, a_photo, state):
    article = desk.article()
    article.tags.add("rice")
    article.figures.create(photo=a_photo, caption="A market", alt="Stalls")
    desk.signed(article)
    hour = timezone.now() + dt.timedelta(days=1) if state == "scheduled" else None
    publication = publishing.publish(article, by=desk.editor, at=hour)
    if state == "pulled":
        publishing.pull(publication, by=desk.reporter, reason="A doubt")
    elif state == "withdrawn":
        publishing.withdraw(publication, by=desk.chief, reason="Asked for")
    elif state == "superseded":
        article.refresh_from_db()
        article.headline = "Second version"
        article.save()
        article.figures.all().delete()
        article.tags.clear()
        publication = desk.published(article)
    assert stories(site_sql) == ({publication.pk} if state == "superseded" else set())
    for table in ("reader_printedtag", "reader_printedpicture"):
        assert site_sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    notices = site_sql.execute("SELECT kind FROM reader_notice").fetchall()
    assert notices == {"pulled": [("under_review",)], "withdrawn": [("withdrawn",)]}.get(state, [])


def test_an_embargoed_address_is_not_told_by_the_notice_of_a_move(desk, site_sql):
    publication = desk.published()
    article = publication.printing.article
    article.refresh_from_db()
    article.slug = "a-new-address"
    article.save()
    desk.signed(article)
    publishing.publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(days=1))
    assert site_sql.execute("SELECT * FROM reader_notice").fetchall() == []


def test_it_is_refused_on_every_table_of_the_desk(desk, site_sql, owner_sql):
    desk.published()
    tables = {
        row[0]
        for row in owner_sql.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'S')"
        )
    }
    assert {t for t in tables if t.startswith(("sources_", "articles_"))}
    readable = set()
    for table in tables:
        try:
            site_sql.execute(f'SELECT * FROM "{table}" LIMIT 1')
            readable.add(table)
        except psycopg.errors.InsufficientPrivilege:
            continue
    assert readable == PUBLIC | HOUSE


def test_it_writes_nothing(desk, site_sql):
    desk.published()
    for table in PUBLIC | HOUSE:
        for statement in (f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES", f"TRUNCATE {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site_sql.execute(statement)
    assert Publication.objects.count() == 1


def test_it_asks_none_of_the_gates_functions(desk, site_sql, owner_sql):
    callable_by_site = owner_sql.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('newsroom_site', oid, 'EXECUTE') AND proname LIKE 'gate%'"
    ).fetchall()
    assert callable_by_site == []
