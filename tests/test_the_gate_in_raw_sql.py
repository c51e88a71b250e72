"""Whoever has the desk's own database role and no manners still prints nothing unconfirmed."""

import json
import uuid

import psycopg
import pytest
from psycopg import sql

from articles.models import Proof
from reader.models import PrintedText, Publication
from tests.factories import Desk

PRINTED = [PrintedText._meta.get_field(name).column for name in PrintedText.printed_columns()]


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


@pytest.fixture
def unconfirmed(desk) -> Proof:
    """The proof of a story whose fact nobody has confirmed."""
    from articles.proofing import ask_for_review

    article = desk.article()
    desk.fact(article, confirmed=False)
    return ask_for_review(article, by=desk.reporter)


def copy_of(proof: Proof, more: str = "") -> sql.Composed:
    """SELECT that gives a publication's columns from a proof."""
    return sql.SQL("SELECT {}, gen_random_uuid(), 1, '', 'desk', {} FROM articles_proof WHERE id = {}").format(
        sql.SQL(", ").join(map(sql.Identifier, PRINTED)),
        sql.SQL("date_trunc('minute', now()), date_trunc('minute', now())"),
        sql.Literal(proof.pk),
    )


COLUMNS = sql.SQL(", ").join(
    map(sql.Identifier, [*PRINTED, "id", "version", "digest", "origin", "first_printed_at", "go_live_at"])
)


def printing(connection: psycopg.Connection, proof: Proof, desk: Desk) -> None:
    """A forged record of the door for every publication that has none."""
    connection.execute(
        "INSERT INTO articles_printing (publication_id, article_id, proof_id, policy_id, by_id, at)"
        " SELECT p.id, %s, %s, %s, %s, now() FROM reader_publication p"
        " WHERE NOT EXISTS (SELECT FROM articles_printing x WHERE x.publication_id = p.id)",
        [proof.article_id, proof.pk, desk.policy.pk, desk.editor.pk],
    )


def refused(error: pytest.ExceptionInfo) -> set[str]:
    """Codes that the gate names in a refusal of its own."""
    assert error.value.sqlstate == "NR001"
    return {row["code"] for row in json.loads(error.value.diag.message_detail)}


def test_insert_is_refused_and_names_the_blockers(desk, unconfirmed, desk_sql):
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        desk_sql.execute(sql.SQL("INSERT INTO reader_publication ({}) {}").format(COLUMNS, copy_of(unconfirmed)))
        printing(desk_sql, unconfirmed, desk)
    assert {"fact_unconfirmed", "signature_missing"} <= refused(error)
    assert "fact_unconfirmed" in str(error.value)
    assert not Publication.objects.exists()


def test_insert_without_the_doors_record_is_refused(unconfirmed, desk_sql):
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(sql.SQL("INSERT INTO reader_publication ({}) {}").format(COLUMNS, copy_of(unconfirmed)))
    assert refused(error) == {"printing_missing"}


def test_merge_is_refused(desk, unconfirmed, desk_sql):
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        desk_sql.execute(
            sql.SQL(
                "MERGE INTO reader_publication t USING ({}) s ({}) ON t.slug = s.slug"
                " WHEN NOT MATCHED THEN INSERT ({}) VALUES ({})"
            ).format(copy_of(unconfirmed), COLUMNS, COLUMNS, COLUMNS)
        )
        printing(desk_sql, unconfirmed, desk)
    assert "fact_unconfirmed" in refused(error)


def test_copy_is_refused_by_postgresql_itself(committed_db, desk_sql):
    with (
        pytest.raises(psycopg.errors.FeatureNotSupported),
        desk_sql.cursor() as cursor,
        cursor.copy("COPY reader_publication FROM STDIN"),
    ):
        pass


def test_update_cannot_change_printed_words(desk, desk_sql):
    publication = desk.published()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute("UPDATE reader_publication SET headline = 'Invented'")
    publication.refresh_from_db()
    assert publication.headline == "Rice is dearer"


def test_not_even_the_owner_changes_or_deletes_printed_words(desk, owner_sql):
    desk.published()
    for statement in (
        "UPDATE reader_publication SET headline = 'Invented'",
        "DELETE FROM reader_publication",
        "TRUNCATE reader_publication CASCADE",
        "UPDATE articles_signoff SET by_id = by_id + 1",
        "DELETE FROM articles_verdict",
    ):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(statement)
        assert error.value.sqlstate == "NR003", statement


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reader_publication SET pulled_at = NULL",
        "UPDATE reader_publication SET pulled_at = NULL, superseded_at = NULL",
        "MERGE INTO reader_publication t USING reader_publication s ON s.id = t.id"
        " WHEN MATCHED THEN UPDATE SET pulled_at = NULL",
        "WITH x AS (UPDATE reader_publication SET pulled_at = NULL RETURNING id) SELECT count(*) FROM x",
    ],
)
def test_a_pulled_story_comes_back_through_the_whole_gate_alone(desk, desk_sql, statement):
    from sources.vetting import vet

    article = desk.article()
    source = desk.source()
    desk.fact(article, sources=[source, desk.source()])
    desk.published(article)
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(statement)
    assert "fact_needs_sources" in refused(error)
    assert not Publication.objects.in_print().exists()


def test_a_signature_is_for_these_words_alone(desk, desk_sql):
    """A publication under a signed story's proof, with another headline."""
    article = desk.signed()
    proof = article.proofs.get()
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        desk_sql.execute(
            sql.SQL("INSERT INTO reader_publication ({}) {}").format(
                COLUMNS,
                sql.SQL(
                    "SELECT {}, gen_random_uuid(), 1, '', 'desk', date_trunc('minute', now()), date_trunc('minute', now())"
                    " FROM articles_proof WHERE id = {}"
                ).format(
                    sql.SQL(", ").join(
                        sql.SQL("'Invented'") if column == "headline" else sql.Identifier(column) for column in PRINTED
                    ),
                    sql.Literal(proof.pk),
                ),
            )
        )
        printing(desk_sql, proof, desk)
    assert refused(error) == {"not_what_was_signed"}


def test_another_isolation_level_is_refused(committed_db, desk_sql):
    desk_sql.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        desk_sql.execute("UPDATE articles_fact SET position = 1")
    assert error.value.sqlstate == "NR002"


def test_a_source_cannot_be_confirmed_by_update(desk, desk_sql):
    source = desk.source(confirmed=False)
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute("UPDATE sources_source SET standing = 'confirmed'")
    assert error.value.sqlstate == "NR004"
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(
            "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason) VALUES (%s, 'confirmed', %s, now(), '')",
            [source.pk, desk.reporter.pk],
        )
    assert error.value.sqlstate == "NR004"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles_verdict SET ruling = 'confirmed'",
        "UPDATE articles_wording SET text = 'Other words'",
        "DELETE FROM articles_signoff",
        "DELETE FROM articles_proof",
        "TRUNCATE articles_fact CASCADE",
        "ALTER TABLE reader_publication DISABLE TRIGGER ALL",
        "DROP TRIGGER gate_ask ON gate_pending",
        "SET session_replication_role = replica",
        "DELETE FROM gate_pending",
        "CREATE OR REPLACE FUNCTION gate_policy() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "DROP POLICY desk_prints ON reader_publication",
        "SET ROLE newsroom_owner",
        "CREATE TEMPORARY TABLE articles_verdict (id bigint)",
    ],
)
def test_the_desks_role_can_neither_rewrite_the_record_nor_switch_the_gate_off(desk, desk_sql, statement):
    desk.published()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute(statement)


def test_the_signed_columns_are_all_the_printed_ones(committed_db, owner_sql):
    """A column added to the model later is signed too, or this fails."""
    (definition,) = owner_sql.execute("SELECT pg_get_functiondef('gate_digest'::regproc)").fetchone()
    listed = definition.split("ARRAY[")[1].split("]")[0]
    assert [word.strip().strip("'") for word in listed.split(",")] == PRINTED


def test_no_word_can_move_from_one_column_to_the_next(committed_db, owner_sql):
    def digest(**columns):
        return owner_sql.execute("SELECT gate_digest(%s::jsonb)", [json.dumps(columns)]).fetchone()[0]

    assert digest(headline="ab", standfirst="c") != digest(headline="a", standfirst="bc")
    assert digest(headline="", standfirst=None) != digest(headline=None, standfirst="")
    assert digest(headline="a", id=str(uuid.uuid4())) == digest(headline="a")


def test_a_withdrawn_story_does_not_come_back_on_its_old_signature(desk, desk_sql):
    from articles.publishing import withdraw

    publication = desk.published()
    withdraw(publication, by=desk.chief, reason="It was not so.")
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute("UPDATE reader_publication SET withdrawn_at = NULL WHERE id = %s", [publication.pk])
    assert refused(error) == {"withdrawn_since"}


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("safety = 'at_risk'", False),
        ("place_id = (SELECT max(id) FROM sources_place)", False),
        ("circle_id = (SELECT max(id) FROM sources_circle)", True),
    ],
)
def test_stories_are_asked_only_for_what_the_law_reads_of_a_source(desk, owner_sql, change, asked):
    publication = desk.published()
    owner_sql.execute("INSERT INTO sources_circle (name) VALUES ('millstone')")
    with owner_sql.transaction():
        owner_sql.execute(f"UPDATE sources_source SET {change}")
        pending = owner_sql.execute("SELECT publication FROM gate_pending").fetchall()
    assert pending == ([(publication.pk,)] if asked else [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reader_edition SET promise = 'The minister fled' WHERE language = 'en'",
        'UPDATE reader_edition SET sections = \'[{"slug": "x", "name": "The minister fled"}]\'',
        "INSERT INTO reader_edition (language, name, promise, sections, is_default) VALUES ('en', 'x', 'x', '[]', true)",
    ],
)
def test_the_frame_of_every_page_is_written_by_the_database_alone(desk, desk_sql, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute(statement)


def test_a_talk_stays_with_its_source_once_something_rests_on_it(desk, desk_sql):
    desk.published()
    other = desk.source()
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        desk_sql.execute("UPDATE sources_talk SET source_id = %s", [other.pk])
