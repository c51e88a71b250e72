"""With the site's database role: what is in print, and nothing else of the house."""

import datetime as dt
import uuid

import psycopg
import pytest
from django.utils import timezone

from articles import publishing
from reader.models import Publication
from tests.factories import Desk

PUBLIC = {"reader_publication", "reader_printedtag", "reader_printedpicture", "reader_edition"}
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
    notices = site_sql.execute("SELECT kind FROM reader_notice('en', %s)", [publication.slug]).fetchall()
    assert notices == {"pulled": [("under_review",)], "withdrawn": [("withdrawn",)]}.get(state, [])


def test_an_embargoed_address_is_not_told_by_the_notice_of_a_move(desk, site_sql):
    publication = desk.published()
    article = publication.printing.article
    article.refresh_from_db()
    article.slug = "a-new-address"
    article.save()
    desk.signed(article)
    publishing.publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(days=1))
    for slug in (publication.slug, "a-new-address"):
        assert site_sql.execute("SELECT * FROM reader_notice('en', %s)", [slug]).fetchall() == []


@pytest.fixture
def tables(owner_sql) -> dict[str, str]:
    """Every table and view of the database, and one column of each: a new one is covered when it is made."""
    return dict(
        owner_sql.execute(
            "SELECT c.relname, (SELECT a.attname FROM pg_attribute a"
            " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1)"
            " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        ).fetchall()
    )


def test_it_is_refused_on_every_table_of_the_desk(desk, site_sql, tables):
    desk.published()
    closed = set(tables) - PUBLIC - HOUSE
    for room in ("sources_", "articles_", "staff_", "photos_", "auth_", "django_admin_log", "gate_"):
        assert any(table.startswith(room) for table in closed), room
    for table in closed:
        column = tables[table]
        for statement in (
            f'SELECT * FROM "{table}"',
            f'SELECT count(*) FROM "{table}"',
            f'SELECT "{column}" FROM "{table}" FOR SHARE',
            f'COPY "{table}" TO STDOUT',
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site_sql.execute(statement)


def test_it_writes_nothing(desk, site_sql, tables):
    desk.published()
    for table, column in tables.items():
        for statement in (
            f'INSERT INTO "{table}" DEFAULT VALUES',
            f'UPDATE "{table}" SET "{column}" = "{column}"',
            f'DELETE FROM "{table}"',
            f'MERGE INTO "{table}" USING (SELECT 1) AS t (one) ON false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES',
            f'COPY "{table}" FROM STDIN',
            f'TRUNCATE "{table}"',
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site_sql.execute(statement)
    assert Publication.objects.count() == 1


def test_it_leaves_nothing_outside_the_tables_either(site_sql):
    for statement in ("SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'kept')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            site_sql.execute(statement)


def test_it_holds_no_lock_for_which_the_desk_would_wait(site_sql):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        site_sql.execute("SELECT pg_advisory_lock(1)")


RIGHTS = """
SELECT c.relname::text, r AS may FROM pg_class c CROSS JOIN unnest(ARRAY[
    'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) r
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege('newsroom_site', c.oid, r) AND {ours}
UNION
SELECT c.relname, r FROM pg_class c CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) r
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_any_column_privilege('newsroom_site', c.oid, r) AND {ours}
UNION
SELECT c.relname, r FROM pg_class c CROSS JOIN unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) r
 WHERE c.relkind = 'S' AND has_sequence_privilege('newsroom_site', c.oid, r) AND {ours}
UNION
SELECT n.nspname, r FROM pg_namespace n CROSS JOIN unnest(ARRAY['USAGE', 'CREATE']) r
 WHERE has_schema_privilege('newsroom_site', n.oid, r) AND n.nspname NOT IN ('pg_catalog', 'information_schema')
UNION
SELECT 'database', r FROM unnest(ARRAY['CONNECT', 'CREATE', 'TEMPORARY']) r
 WHERE has_database_privilege('newsroom_site', current_database(), r)
UNION
SELECT 'what is made later', d.defaclobjtype::text FROM pg_default_acl d, aclexplode(d.defaclacl) a
 WHERE a.grantee IN (0, 'newsroom_site'::regrole)
""".format(ours="c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)")


def test_the_catalogue_knows_no_other_right_of_its(owner_sql):
    expected = {*((table, "SELECT") for table in PUBLIC | HOUSE), ("public", "USAGE"), ("database", "CONNECT")}
    assert set(owner_sql.execute(RIGHTS).fetchall()) == expected


def test_it_asks_two_functions_and_one_that_acts_for_another(owner_sql):
    """Of an address alone, what may be said of it (tests/test_what_an_address_says.py)."""
    ours = owner_sql.execute(
        "SELECT proname FROM pg_proc WHERE has_function_privilege('newsroom_site', oid, 'EXECUTE')"
        " AND pg_get_userbyid(proowner) = 'newsroom_owner'"
    ).fetchall()
    assert sorted(ours) == [("reader_is_in_print",), ("reader_notice",)]
    in_anothers_name = owner_sql.execute(
        "SELECT proname FROM pg_proc WHERE has_function_privilege('newsroom_site', oid, 'EXECUTE') AND prosecdef"
    ).fetchall()
    assert in_anothers_name == [("reader_notice",)]


def test_what_is_printed_points_at_nothing_of_the_desk(owner_sql):
    keys = owner_sql.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid::regclass::text LIKE 'reader%'"
    ).fetchall()
    assert keys
    assert {to for _, to in keys} == {"reader_publication"}
