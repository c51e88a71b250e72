"""Ways round the gate, each tried for real: with the desk's own database role, at the real desk, on the real site.

Each test shows that the attack is refused and that the same thing done honestly works. docs/gate.md lists them.
"""

from __future__ import annotations

import datetime as dt
import http.client
import io
import json
import random
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image
from psycopg import sql
from psycopg.types.json import Jsonb

from articles import archive, confirming, overriding, publishing
from articles.gate import blockers
from articles.models import (
    Article,
    Confirmation,
    Context,
    Fact,
    Hold,
    Intake,
    Invitation,
    Lifting,
    Override,
    Policy,
    Proof,
    SignOff,
    Stagger,
    StaggerHour,
    Verdict,
    Waiver,
)
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from newsroom.databases import Address
from photos.models import Photo, Rendition
from photos.uploading import upload_photo
from reader.models import PrintedPicture, Publication
from sources.forgetting import forget
from sources.models import Circle, ProtectedPerson, Source, Talk
from sources.vetting import vet
from staff.models import Session, User
from tests.attacking import answer_of, attack, attacks
from tests.conftest import LiveHouses, _point_at
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import BylineFactory, Desk, DocumentFactory, StaffFactory, by_passkey
from tests.test_the_gate_in_raw_sql import COLUMNS, PRINTED, copy_of, printing

FIRST_DAY = dt.datetime.now(dt.UTC).date()


class Newsroom(Desk):
    """A newsroom whose gate began today."""

    def agree(self, **rules: Any) -> Policy:
        return super().agree(**{"began_on": FIRST_DAY, **rules})

    @contextmanager
    def under(self, **rules: Any) -> Iterator[None]:
        """Another policy for a while."""
        self.policy = self.agree(**rules)
        try:
            yield
        finally:
            self.policy = self.agree(min_sources=2)


@pytest.fixture(scope="module")
def desk(live_houses, database_server, django_db_setup, django_db_blocker) -> Iterator[Newsroom]:
    """The newsroom of two open houses: all these tests attack one paper, and each brings its own stories."""
    media = live_houses.grounds.media
    with (
        django_db_blocker.unblock(),
        override_settings(PRIVATE_MEDIA_ROOT=media / "private", PUBLIC_MEDIA_ROOT=media / "public"),
    ):
        _point_at(live_houses.grounds.addresses["desk"])
        try:
            yield Newsroom()
        finally:
            _point_at(database_server.address("desk", django_db_setup))


@pytest.fixture
def psql(desk: Newsroom, live_houses: LiveHouses) -> Iterator[psycopg.Connection]:
    """Somebody at a psql prompt with the desk's own role."""
    with live_houses.sql("desk") as connection:
        yield connection


@pytest.fixture
def answer(request: pytest.FixtureRequest) -> str:
    """What the attacker must hear."""
    return request.function.answer


# ---------------------------------------------------------------------------------------------------------------------
# What the attacks are made of
# ---------------------------------------------------------------------------------------------------------------------


def tomorrow(days: int = 1) -> dt.datetime:
    return timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=days)


def unconfirmed(desk: Desk) -> Proof:
    """The signed proof of a story whose fact nobody has confirmed."""
    article = desk.article()
    desk.fact(article, confirmed=False)
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    return article.proofs.get()


def signed(desk: Desk) -> Proof:
    """The proof of a story that lacks nothing but print."""
    return desk.signed(desk.article()).proofs.get()


def story_of(publication: Publication) -> Article:
    return Article.objects.get(pk=publication.printing.article_id)


def fact_of(publication: Publication) -> Fact:
    return story_of(publication).facts.get()


def insert(proof: Proof) -> sql.Composed:
    return sql.SQL("INSERT INTO reader_publication ({}) {}").format(COLUMNS, copy_of(proof))


def print_past_the_door(connection: psycopg.Connection, desk: Desk, proof: Proof) -> None:
    """Prints a proof by hand, with a forged record of the door."""
    with connection.transaction():
        connection.execute(insert(proof))
        printing(connection, proof, desk)


def is_in_print(proof: Proof) -> bool:
    return Publication.objects.in_print().filter(story=proof.story).exists()


def became(publication: Publication) -> str:
    """What became of a publication."""
    publication.refresh_from_db()
    if Publication.objects.in_print().filter(pk=publication.pk).exists():
        return "in print"
    return "pulled" if publication.pulled_at else "not in print"


def photo(desk: Desk) -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), tuple(random.randrange(256) for _ in "rgb")).save(file, "JPEG")
    file.seek(0)
    return upload_photo(file, by=desk.reporter, name="Market", credit_en="Photo: a resident", credit_ko="사진: 주민")


def illustrated(desk: Desk) -> Article:
    """A signed story with a picture."""
    article = desk.article()
    article.figures.create(photo=photo(desk), caption="A market", alt="Stalls")
    return desk.signed(article)


def review_again(desk: Desk, article: Article) -> Article:
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    return article


# ---------------------------------------------------------------------------------------------------------------------
# Straight into print
# ---------------------------------------------------------------------------------------------------------------------


def run(connection: psycopg.Connection, desk: Desk, proof: Proof, statement: sql.Composable) -> None:
    with connection.transaction():
        connection.execute(statement)
        printing(connection, proof, desk)


def merge(proof: Proof) -> sql.Composed:
    return sql.SQL(
        "MERGE INTO reader_publication t USING ({}) s ({}) ON t.story = s.story"
        " WHEN NOT MATCHED THEN INSERT ({}) VALUES ({})"
    ).format(copy_of(proof), COLUMNS, COLUMNS, COLUMNS)


def with_another_path(proof: Proof) -> sql.Composed:
    qualified = sql.SQL("INSERT INTO public.reader_publication ({}) {}").format(COLUMNS, copy_of(proof))
    return sql.SQL("SET LOCAL search_path = pg_temp, public, pg_catalog; {}").format(qualified)


@attacks(
    ("INSERT into what is printed", "NR001 fact_unconfirmed", insert),
    ("MERGE into what is printed", "NR001 fact_unconfirmed", merge),
    ("INSERT under another search_path", "NR001 fact_unconfirmed", with_another_path),
)
def test_one_statement_prints(desk, psql, answer, way):
    proof, whole = unconfirmed(desk), signed(desk)
    assert answer_of(run, psql, desk, proof, way(proof)) == answer
    assert not is_in_print(proof)
    run(psql, desk, whole, way(whole))
    assert is_in_print(whole)


@attack("INSERT without the door's record", "NR001 printing_missing")
def test_without_the_doors_record(desk, psql, answer):
    proof = signed(desk)
    assert answer_of(psql.execute, insert(proof)) == answer
    print_past_the_door(psql, desk, proof)
    assert is_in_print(proof)


@attack("COPY into what is printed", "0A000")
def test_copy(desk, psql, answer):
    def copy():
        with psql.cursor() as cursor, cursor.copy("COPY reader_publication FROM STDIN"):
            pass

    assert answer_of(copy) == answer
    assert psql.execute("SELECT has_table_privilege('reader_publication', 'INSERT')").fetchone() == (True,)


def verdict(connection: psycopg.Connection, proof: Proof, ruling: str, by: User, seen: str = "{}") -> None:
    connection.execute(
        "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason)"
        " SELECT wording_id, %s, %s, %s, now(), 'x' FROM articles_proofwording WHERE proof_id = %s",
        [ruling, seen, by.pk, proof.pk],
    )


@attack("A CTE that prints and un-confirms in one statement", "NR001 fact_unconfirmed")
def test_cte_that_writes_twice(desk, psql, answer):
    def at_once(proof: Proof, ruling: str) -> None:
        psql.execute(
            sql.SQL(
                "WITH printed AS (INSERT INTO reader_publication ({}) {} RETURNING id), door AS ("
                " INSERT INTO articles_printing (publication_id, article_id, proof_id, policy_id, by_id, at)"
                " SELECT id, {}, {}, {}, {}, now() FROM printed)"
                " INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason)"
                " SELECT wording_id, {}, '{{}}', {}, now(), 'x' FROM articles_proofwording WHERE proof_id = {}"
            ).format(
                COLUMNS,
                copy_of(proof),
                *map(sql.Literal, [proof.article_id, proof.pk, desk.policy.pk, desk.editor.pk, ruling]),
                *map(sql.Literal, [desk.editor.pk, proof.pk]),
            )
        )

    proof, whole = signed(desk), signed(desk)
    assert answer_of(at_once, proof, "unconfirmed") == answer
    at_once(whole, "confirmed")
    assert is_in_print(whole) and not is_in_print(proof)


@attack("A savepoint rolled back after the gate's refusal", "NR001 fact_unconfirmed")
def test_savepoint(desk, psql, answer):
    proof = unconfirmed(desk)

    def commit_what_was_refused() -> None:
        with psql.transaction():
            psql.execute(insert(proof))
            printing(psql, proof, desk)

            def ask() -> None:
                with psql.transaction():
                    psql.execute("SET CONSTRAINTS ALL IMMEDIATE")

            assert answer_of(ask) == answer
            psql.execute("SET CONSTRAINTS ALL DEFERRED")

    assert answer_of(commit_what_was_refused) == answer
    assert not is_in_print(proof)
    print_past_the_door(psql, desk, whole := signed(desk))
    assert is_in_print(whole)


@attack("Un-confirming after the question, in the same transaction", "pulled")
def test_after_the_question(desk, psql, answer):
    proof = signed(desk)
    with psql.transaction():
        psql.execute(insert(proof))
        printing(psql, proof, desk)
        psql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        psql.execute("SET CONSTRAINTS ALL DEFERRED")
        assert psql.execute("SELECT 1 FROM reader_publication WHERE story = %s", [proof.story]).fetchone()
        verdict(psql, proof, "unconfirmed", desk.editor)
    assert became(Publication.objects.get(story=proof.story)) == answer


@attack("A prepared transaction, committed later", "55000")
def test_prepared_transaction(desk, psql, answer):
    proof = signed(desk)

    def prepare() -> None:
        with psql.transaction():
            psql.execute(insert(proof))
            printing(psql, proof, desk)
            psql.execute("PREPARE TRANSACTION 'later'")

    assert answer_of(prepare) == answer
    assert not is_in_print(proof)
    print_past_the_door(psql, desk, proof)


@attacks(
    ("REPEATABLE READ", "NR002", psycopg.IsolationLevel.REPEATABLE_READ),
    ("SERIALIZABLE", "NR002", psycopg.IsolationLevel.SERIALIZABLE),
)
def test_by_an_old_picture_of_the_facts(desk, psql, answer, way):
    proof = signed(desk)
    psql.isolation_level = way
    assert answer_of(print_past_the_door, psql, desk, proof) == answer
    psql.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    print_past_the_door(psql, desk, proof)
    assert is_in_print(proof)


@attack("The lock let go before the commit", "55P03")
def test_the_lock_let_go(desk, psql, live_houses, answer):
    proof = signed(desk)
    with live_houses.sql("desk") as other, psql.transaction():
        other.execute("SET lock_timeout = '200ms'")
        psql.execute(insert(proof))
        printing(psql, proof, desk)
        psql.execute("SELECT pg_advisory_unlock_all()")
        assert answer_of(verdict, other, proof, "unconfirmed", desk.editor) == answer
    assert is_in_print(proof)
    verdict(psql, proof, "unconfirmed", desk.editor)
    assert not is_in_print(proof)


@attack("The lock held by the attacker while she prints", "pulled")
def test_the_lock_held(desk, psql, live_houses, answer):
    proof = signed(desk)
    with live_houses.sql("desk") as other, ThreadPoolExecutor(1) as elsewhere:
        psql.execute("SELECT pg_advisory_lock(hashtext('newsroom gate'))")
        waiting = elsewhere.submit(verdict, other, proof, "unconfirmed", desk.editor)
        print_past_the_door(psql, desk, proof)
        assert not waiting.done() and is_in_print(proof)
        psql.execute("SELECT pg_advisory_unlock_all()")
        waiting.result(timeout=20)
    assert became(Publication.objects.get(story=proof.story)) == answer


@attack("A fixture (loaddata)", "42501")
def test_fixture(desk, tmp_path, answer):
    def fixture(*rows: Any) -> str:
        file = tmp_path / f"{uuid.uuid4()}.json"
        file.write_text(serializers.serialize("json", rows))
        return str(file)

    proof = unconfirmed(desk)
    hour = timezone.now().replace(second=0, microsecond=0)
    words = {name: getattr(proof, name) for name in Publication.printed_columns()}
    publication = Publication(**words, go_live_at=hour, first_printed_at=hour, turn=1)
    assert answer_of(call_command, "loaddata", fixture(publication), verbosity=0) == answer
    assert answer_of(Publication.objects.bulk_create, [publication]) == "NR001 printing_missing"
    now = timezone.now()
    session = Session(pk=uuid.uuid4().hex, session_data="x", expire_date=tomorrow(), begun_at=now, seen_at=now)
    call_command("loaddata", fixture(session), verbosity=0)
    assert Session.objects.filter(pk=session.pk).exists() and not is_in_print(proof)


# ---------------------------------------------------------------------------------------------------------------------
# Switching the gate off, rewriting the record
# ---------------------------------------------------------------------------------------------------------------------


@attacks(
    ("ALTER TABLE … DISABLE TRIGGER", "42501", "ALTER TABLE reader_publication DISABLE TRIGGER ALL"),
    ("session_replication_role", "42501", "SET session_replication_role = replica"),
    ("DROP TRIGGER", "42501", "DROP TRIGGER gate_ask ON gate_pending"),
    ("SET ROLE to the owner", "42501", "SET ROLE newsroom_owner"),
    ("SET SESSION AUTHORIZATION to the owner", "42501", "SET SESSION AUTHORIZATION newsroom_owner"),
    ("The gate's function replaced", "42501", "CREATE OR REPLACE FUNCTION gate_policy() RETURNS bigint RETURN 1"),
    ("A temporary table named like one of ours", "42501", "CREATE TEMPORARY TABLE articles_verdict (id bigint)"),
    (
        "A temporary function named like one of ours",
        "42501",
        "CREATE FUNCTION pg_temp.gate_policy() RETURNS int RETURN 1",
    ),
    (
        "An operator of one's own in public",
        "42501",
        "CREATE OPERATOR public.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq)",
    ),
    ("A schema of one's own for the search_path", "42501", "CREATE SCHEMA mine"),
    ("The waiting questions deleted", "42501", "DELETE FROM gate_pending"),
    (
        "The gate said to be answering already",
        "42501",
        "INSERT INTO gate_asking (xact) VALUES (pg_current_xact_id())",
    ),
    ("The site's row policy opened", "42501", "CREATE POLICY all_of_it ON reader_publication FOR SELECT USING (true)"),
    ("TRUNCATE of facts", "42501", "TRUNCATE articles_fact CASCADE"),
    ("A verdict rewritten", "42501", "UPDATE articles_verdict SET ruling = 'confirmed'"),
    ("A wording edited in place", "42501", "UPDATE articles_wording SET text = 'It never happened.'"),
    ("A signature deleted", "42501", "DELETE FROM articles_signoff"),
    ("Printed words rewritten", "42501", "UPDATE reader_publication SET headline = 'Invented'"),
    ("The frame of every page rewritten", "42501", "UPDATE reader_edition SET promise = 'The minister fled'"),
    ("Facts deleted", "NR004 fact_is_on_record", "DELETE FROM articles_fact"),
    ("A fact moved to another story", "NR003", "UPDATE articles_fact SET article_id = article_id + 1"),
    ("A confirmed wording tied to other words", "NR003", "UPDATE articles_wording SET passages = '{x}'"),
    (
        "A fact added to a signed proof",
        "NR003",
        "INSERT INTO articles_proofwording (proof_id, wording_id)"
        " SELECT max(proof_id), (SELECT max(id) FROM articles_wording) FROM articles_signoff",
    ),
    ("A policy in force changed", "42501", "UPDATE articles_policy SET min_sources = 1"),
    ("A source confirmed by UPDATE", "NR004 source_not_vetted", "UPDATE sources_source SET standing = 'confirmed'"),
)
def test_one_statement_to_be_rid_of_the_law(desk, psql, live_houses, answer, way):
    publication, doubtful = desk.published(desk.article()), desk.source(confirmed=False)
    assert answer_of(psql.execute, way) == answer
    # There was something to be rid of, and the law still asks.
    doubtful.refresh_from_db()
    assert became(publication) == "in print" and doubtful.standing == "unconfirmed"
    assert answer_of(psql.execute, insert(signed(desk))) == "NR001 printing_missing"


@attacks(
    ("TRUNCATE of facts, as the owner by mistake", "NR003", "TRUNCATE articles_fact CASCADE"),
    ("Verdicts deleted, as the owner by mistake", "NR003", "DELETE FROM articles_verdict"),
    (
        "Printed words rewritten, as the owner by mistake",
        "NR003",
        "UPDATE reader_publication SET headline = 'Invented'",
    ),
)
def test_the_owner_by_mistake(desk, live_houses, answer, way):
    publication = desk.published(desk.article())
    with live_houses.sql("owner") as owner:
        assert answer_of(owner.execute, way) == answer
    publication.refresh_from_db()
    assert publication.headline == "Rice is dearer" and fact_of(publication).status == "confirmed"


# ---------------------------------------------------------------------------------------------------------------------
# Other words and pictures than those that were signed
# ---------------------------------------------------------------------------------------------------------------------


@attacks(
    ("Another headline under a signature", "NR001 not_what_was_signed", {"headline": "Invented"}),
    ("Another kind of story under a signature", "NR001 not_what_was_signed", {"kind": "opinion"}),
    ("Another address under a signature", "NR001 not_what_was_signed", {"slug": "invented"}),
)
def test_a_signature_is_for_these_words_alone(desk, psql, answer, way):
    proof = signed(desk)
    columns = [sql.Literal(way[c]) if c in way else sql.Identifier(c) for c in PRINTED]
    forged = sql.SQL(
        "INSERT INTO reader_publication ({}) SELECT {}, gen_random_uuid(), 1, '', 'desk',"
        " date_trunc('minute', now()), date_trunc('minute', now()) FROM articles_proof WHERE id = {}"
    ).format(COLUMNS, sql.SQL(", ").join(columns), sql.Literal(proof.pk))
    assert answer_of(run, psql, desk, proof, forged) == answer
    run(psql, desk, proof, insert(proof))


@attack("A story dated back", "NR001 not_what_was_signed")
def test_dated_back(desk, psql, answer):
    proof = signed(desk)
    words = sql.SQL(", ").join(map(sql.Identifier, PRINTED))
    dated = sql.SQL(
        "INSERT INTO reader_publication ({}) SELECT {}, gen_random_uuid(), 1, '', 'desk', '2010-05-04 00:00+00',"
        " date_trunc('minute', now()) FROM articles_proof WHERE id = {}"
    ).format(COLUMNS, words, sql.Literal(proof.pk))
    assert answer_of(run, psql, desk, proof, dated) == answer
    first = publish(proof.article, by=desk.editor)
    change_the_headline(desk, proof.article)
    later = publish(review_again(desk, proof.article), by=desk.editor, at=tomorrow())
    assert later.first_printed_at == first.first_printed_at < later.go_live_at


def change_the_headline(desk: Desk, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(headline="Other words")


def change_the_slug(desk: Desk, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(slug=f"other-{article.pk}")


def change_the_caption(desk: Desk, article: Article) -> None:
    article.figures.update(caption="The minister at the market")


def swap_the_photo(desk: Desk, article: Article) -> None:
    article.figures.update(photo=photo(desk))


def change_the_credit(desk: Desk, article: Article) -> None:
    Photo.objects.filter(figures__article=article).update(credit_en="Photo: the minister")


def turn_back_the_revision(desk: Desk, article: Article) -> None:
    before = Article.objects.get(pk=article.pk).revision
    change_the_headline(desk, article)
    Article.objects.filter(pk=article.pk).update(revision=before)


@attacks(
    ("The headline changed after sign-off", "NR001 proof_outdated", change_the_headline),
    ("The slug changed after sign-off", "NR001 proof_outdated", change_the_slug),
    ("The caption edited after sign-off", "NR001 proof_outdated", change_the_caption),
    ("Another photo after sign-off", "NR001 proof_outdated", swap_the_photo),
    ("The photo's credit changed after sign-off", "NR001 proof_outdated", change_the_credit),
    ("The revision turned back", "NR001 proof_outdated", turn_back_the_revision),
)
def test_changed_after_sign_off(desk, answer, way):
    article = illustrated(desk)
    way(desk, article)
    assert answer_of(publish, article, by=desk.editor) == answer
    assert publish(review_again(desk, article), by=desk.editor) in Publication.objects.in_print()


def overwrite_the_file(picture: Photo) -> None:
    for each in picture.renditions.all():
        each.path.write_bytes(b"another picture")


def swap_the_rendition(picture: Photo) -> None:
    old = picture.renditions.first()
    Rendition.objects.filter(pk=old.pk).delete()
    old.pk, old.sha256 = None, "f" * 64
    old.save(force_insert=True)


@attacks(
    ("The photo's file overwritten after sign-off", "photo_changed", overwrite_the_file),
    ("The photo's rendition swapped after sign-off", "photo_changed", swap_the_rendition),
)
def test_another_file_under_the_same_photo(desk, answer, way):
    article, honest = illustrated(desk), illustrated(desk)
    way(article.figures.get().photo)
    assert answer_of(publish, article, by=desk.editor) == answer
    assert publish(honest, by=desk.editor).pictures.exists()


@attack("The photo's hash changed with the picture", "NR003")
def test_the_photos_hash(desk, answer):
    article = illustrated(desk)
    picture = Photo.objects.filter(figures__article=article)
    assert answer_of(picture.update, content_hash="f" * 64) == answer
    assert picture.update(name="The market") == 1


@attack("A picture hung on a story in print", "NR001 not_what_was_signed")
def test_a_picture_added_after_print(desk, psql, answer):
    publication = publish(illustrated(desk), by=desk.editor)
    add = (
        "INSERT INTO reader_printedpicture (id, publication_id, picture, format, width, height, name, sha256)"
        " SELECT gen_random_uuid(), publication_id, picture, format, {}, height, gen_random_uuid()::text, {}"
        " FROM reader_printedpicture WHERE publication_id = %s LIMIT 1"
    )
    assert answer_of(psql.execute, add.format("width + 1", "repeat('f', 64)"), [publication.pk]) == answer
    assert publication.pictures.exists() and became(publication) == "in print"


@attack("An old signature under new words", "NR004 signed_other_words")
def test_an_old_signature(desk, psql, answer):
    old = signed(desk)
    article = old.article
    change_the_headline(desk, article)
    new = ask_for_review(article, by=desk.reporter)
    sign = "INSERT INTO articles_signoff (proof_id, digest, by_id, at) VALUES (%s, %s, %s, now())"
    assert answer_of(psql.execute, sign, [new.pk, old.digest, desk.editor.pk]) == answer
    assert answer_of(publish, article, by=desk.editor) == "NR001 signature_missing"
    sign_off(new, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Another story's signature", "NR001 not_what_was_signed")
def test_another_storys_signature(desk, psql, answer):
    other = signed(desk)
    article = desk.article()
    desk.fact(article)
    mine = ask_for_review(article, by=desk.reporter)

    def borrow() -> None:
        with psql.transaction():
            psql.execute(insert(mine))
            printing(psql, other, desk)

    assert answer_of(borrow) == answer
    assert answer_of(SignOff.objects.create, proof=mine, digest=other.digest, by=desk.editor) == (
        "NR004 signed_other_words"
    )
    sign_off(mine, by=desk.editor)
    publish(article, by=desk.editor)


@attack("A check forged for another digest", "NR001 check_missing")
def test_a_check_for_another_digest(desk, psql, answer):
    check = (
        "INSERT INTO articles_check (proof_id, digest, name, passed, findings, at)"
        " VALUES (%s, %s, 'spelling', true, '[]', now())"
    )
    with desk.under(required_checks=["markup", "spelling"]):
        proof = signed(desk)
        psql.execute(check, [proof.pk, "f" * 64])
        assert answer_of(publish, proof.article, by=desk.editor) == answer
        psql.execute(check, [proof.pk, proof.digest])
        publish(proof.article, by=desk.editor)


def covered(desk: Newsroom) -> Article:
    """A story whose first sentence states a confirmed fact; the second is context."""
    article = desk.article(body="<p>The dam is open.</p><p>That matters.</p>")
    fact = desk.fact(article, "The dam is open.", confirmed=False)
    article.body = f'<p><span data-fact="{fact.pk}">The dam is open.</span></p><p>That matters.</p>'
    article.save()
    desk.cover(article, fact)
    ask_for_review(article, by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    return article


def without_the_key(segment: dict) -> None:
    segment.pop("facts")


def with_nothing(segment: dict) -> None:
    segment["facts"] = [None]


def with_the_fact(segment: dict) -> None:
    segment["facts"] = FORGED_FACT


FORGED_FACT: list[int] = []


@attacks(
    ("A proof whose coverage says of no sentence what it states", "NR001 sentence_uncovered", without_the_key),
    ("A proof whose coverage names no fact", "NR001 passage_without_fact", with_nothing),
    ("A proof whose coverage claims more words for a fact", "NR001 passage_changed", with_the_fact),
)
def test_a_proof_with_other_coverage(desk, psql, answer, way):
    with desk.under(covers_text=True):
        article = covered(desk)
        proof = ask_for_review(article, by=desk.reporter)
        FORGED_FACT[:] = [article.facts.get().pk]
        Context.objects.filter(article=article, text="That matters.").delete()
        coverage = json.loads(json.dumps(proof.coverage))
        for segment in coverage:
            if segment["text"].startswith("That matters"):
                way(segment)
        assert coverage != proof.coverage
        columns = [f.column for f in Proof._meta.local_fields if f.column not in ("id", "coverage", "made_at")]
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        (forged,) = psql.execute(
            sql.SQL(
                "INSERT INTO articles_proof ({}, coverage, made_at) SELECT {}, %s, now() FROM articles_proof"
                " WHERE id = %s RETURNING id"
            ).format(listed, listed),
            [Jsonb(coverage), proof.pk],
        ).fetchone()
        psql.execute(
            "INSERT INTO articles_proofwording (proof_id, wording_id)"
            " SELECT %s, wording_id FROM articles_proofwording WHERE proof_id = %s",
            [forged, proof.pk],
        )
        psql.execute(
            "INSERT INTO articles_check (proof_id, digest, name, passed, findings, at)"
            " SELECT p.id, p.digest, c, true, '[]', now() FROM articles_proof p,"
            " unnest(ARRAY['markup', 'leaks'] || gate_always_checked()) c WHERE id = %s",
            [forged],
        )
        # An honest editor signs what she reads: the words are those of the story.
        sign_off(Proof.objects.get(pk=forged), by=desk.editor)
        assert answer_of(publish, article, by=desk.editor) == answer
        publish(review_again(desk, desk.cover(article)), by=desk.editor)


# ---------------------------------------------------------------------------------------------------------------------
# One person as two: who wrote it confirms and signs it
# ---------------------------------------------------------------------------------------------------------------------


def lend(role: str, user: User) -> Callable[[], None]:
    """Puts somebody into a role for a minute; the answer takes her out again."""
    group = Group.objects.get(name=role)
    user.groups.add(group)
    return partial(user.groups.remove, group)


@attack("An author confirms her own story, by SQL", "NR004 fact_confirmed_by_author")
def test_the_authors_verdict(desk, psql, answer):
    article = desk.article()
    article.authors.add(desk.other_editor)
    fact = desk.fact(article, confirmed=False)
    proof = ask_for_review(article, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    assert answer_of(confirming.confirm, fact, by=desk.other_editor) == "not_allowed"
    assert answer_of(verdict, psql, proof, "confirmed", desk.other_editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Who confirmed becomes an author before print", "NR001 fact_confirmed_by_author")
def test_the_confirmer_becomes_an_author(desk, answer):
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    confirming.confirm(fact, by=desk.other_editor)
    article.authors.add(desk.other_editor)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Who recorded the sources confirms, by SQL", "NR004 fact_confirmed_by_recorder")
def test_the_recorders_verdict(desk, psql, answer):
    article = desk.article()
    fact = confirming.state(article, "It rained.", kind="event", by=desk.reporter)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source, recorded_by=desk.other_editor)
    proof = ask_for_review(article, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    assert answer_of(confirming.confirm, fact, by=desk.other_editor) == "not_allowed"
    assert answer_of(verdict, psql, proof, "confirmed", desk.other_editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Who confirmed records a source before print", "NR001 fact_confirmed_by_recorder")
def test_the_confirmer_records_a_source(desk, answer):
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    confirming.confirm(fact, by=desk.other_editor)
    desk.says(fact, desk.source(), recorded_by=desk.other_editor)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Who held the talks confirms what a colleague typed of them", "not_allowed")
def test_who_held_the_talks_confirms(desk, psql, answer):
    her = StaffFactory(roles=["editor"])
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    for source in (desk.source(), desk.source()):
        talk = Talk.objects.create(source=source, held_on=FIRST_DAY, medium="call", recorded_by=her)
        desk.says(fact, source, talk=talk)
    assert answer_of(confirming.confirm, fact, by=her) == answer
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(verdict, psql, proof, "confirmed", her) == "NR004 fact_confirmed_by_recorder"
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


@attacks(
    (
        "A talk put down to a colleague",
        "NR003",
        "UPDATE sources_talk SET recorded_by_id = %(other)s WHERE id = %(talk)s",
    ),
    (
        "A talk taken away and brought back under a colleague's name",
        "NR003",
        "WITH gone AS (DELETE FROM sources_talk WHERE id = %(talk)s RETURNING *) INSERT INTO sources_talk"
        " (id, source_id, held_on, medium, printed_precision, recorded_by_id)"
        " SELECT id, source_id, held_on, medium, printed_precision, %(other)s FROM gone",
    ),
    (
        "A talk under another number, to bring it back under a colleague's name",
        "NR003",
        "UPDATE sources_talk SET id = -id WHERE id = %(talk)s",
    ),
)
def test_a_talk_put_down_to_a_colleague(desk, psql, answer, way):
    said = desk.fact(desk.article(), confirmed=False).wording.confirmations.first()
    assert answer_of(psql.execute, way, {"talk": said.talk_id, "other": desk.other_editor.pk}) == answer
    psql.execute("UPDATE sources_talk SET printed_precision = 'month' WHERE id = %s", [said.talk_id])


@attacks(
    (
        "The day of a talk brought back after it faded",
        "NR003",
        "UPDATE sources_talk SET date_kept = 'day', held_on = '2026-03-14' WHERE id = %(talk)s",
    ),
    (
        "A talk moved to another month once its day has faded",
        "NR003",
        "UPDATE sources_talk SET held_on = '2026-04-01' WHERE id = %(talk)s",
    ),
    (
        "A talk let fade into another month",
        "NR003",
        "UPDATE sources_talk SET date_kept = 'month', held_on = '2026-04-01' WHERE id = %(fresh)s",
    ),
    (
        "A talk that carries a statement let fade and taken away, to bring its story down",
        "NR003",
        "SELECT talks_fade(ARRAY[%(talk)s]); DELETE FROM sources_talk WHERE id = %(talk)s",
    ),
)
def test_a_talk_that_has_faded(desk, psql, answer, way):
    source = desk.source()
    article = desk.article()
    fact = desk.fact(article, "It was cold, she said.", kind="statement", sources=[], confirmed=False)
    fresh, talk = (
        source.talks.create(held_on=dt.date(2026, 3, 14), medium="call", recorded_by=desk.reporter) for _ in "ab"
    )
    desk.says(fact, source, talk=talk)
    confirming.confirm(fact, by=desk.editor)
    printed = desk.published(article)
    psql.execute("UPDATE sources_talk SET date_kept = 'month', held_on = '2026-03-01' WHERE id = %s", [talk.pk])
    way = way % {"talk": talk.pk, "fresh": fresh.pk}
    assert answer_of(psql.execute, way) == answer
    psql.execute("SELECT talks_fade(%s)", [[talk.pk, fresh.pk]])
    printed.refresh_from_db()
    assert printed.pulled_at is None and Talk.objects.get(source=source).held_on is None


@attacks(
    (
        "The row that says that a source was forgotten deleted",
        "42501",
        "DELETE FROM sources_forgetting WHERE source_id = %(source)s",
    ),
    (
        "The same said of another source",
        "42501",
        "UPDATE sources_forgetting SET source_id = %(other)s WHERE source_id = %(source)s",
    ),
    (
        "The word of a source who was forgotten",
        "NR004 source_is_forgotten",
        "INSERT INTO articles_confirmation (wording_id, basis, source_id, how, recorded_by_id, recorded_at)"
        " VALUES (%(wording)s, 'source', %(source)s, 'saw', %(reporter)s, now())",
    ),
    (
        "A talk with a source who was forgotten",
        "NR004 source_is_forgotten",
        "INSERT INTO sources_talk (source_id, held_on, medium, printed_precision, recorded_by_id)"
        " VALUES (%(source)s, '2026-05-01', 'call', 'withheld', %(reporter)s)",
    ),
    (
        "Something sealed of a source who was forgotten",
        "NR004 source_is_forgotten",
        "INSERT INTO sources_sealedrecord (id, person_id, ciphertext, sealed_to)"
        " VALUES (gen_random_uuid(), %(person)s, 'x', '{age1keeper}')",
    ),
    (
        "A source who was forgotten put back to her place",
        "NR003",
        "UPDATE sources_source SET part = 'trader' WHERE id = %(source)s",
    ),
    (
        "A source forgotten by a colleague",
        "NR004 forgotten_by_her_own",
        "INSERT INTO sources_forgetting (source_id, by_id, at, reason, terms_kept, destroyed)"
        " VALUES (%(other)s, %(editor)s, now(), 'x', false, '{}')",
    ),
)
def test_a_source_who_was_forgotten(desk, psql, answer, way):
    source, other = desk.source(), desk.source()
    person = ProtectedPerson.objects.create(source=source)
    article = desk.article()
    desk.fact(article, sources=[source, other])
    printed = desk.published(article)
    free = desk.fact(desk.article(), sources=[], confirmed=False)
    forget(source, by=desk.reporter, reason="She asks for it", alias=source.alias)
    values = {
        "source": source.pk,
        "other": other.pk,
        "person": person.pk,
        "wording": free.wording.pk,
        "reporter": desk.reporter.pk,
        "editor": desk.editor.pk,
    }
    assert answer_of(psql.execute, way, values) == answer
    printed.refresh_from_db()
    assert printed.pulled_at is None
    desk.says(free, other)


@attack("Who stated a fact confirms it once a colleague moved a comma", "not_allowed")
def test_who_stated_it_confirms_it(desk, psql, answer):
    article = desk.article()
    fact = confirming.state(article, "The mayor fled", kind="event", by=desk.other_editor)
    confirming.reword(fact, "The mayor fled.", kind="event", by=desk.reporter)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    assert answer_of(confirming.confirm, fact, by=desk.other_editor) == answer
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(verdict, psql, proof, "confirmed", desk.other_editor) == "NR004 fact_confirmed_by_author"
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


@attack(
    "In print, the reporter confirms on sources of her own finding before the others fall",
    "NR004 fact_confirmed_by_author",
)
def test_the_reporter_holds_what_is_in_print(desk, psql, answer):
    article = desk.article()
    one, two = desk.source(), desk.source()
    fact = desk.fact(article, sources=[one, two])
    publication = desk.published(article)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    assert answer_of(verdict, psql, article.proofs.get(), "confirmed", desk.reporter) == answer
    vet(one, "discredited", by=desk.editor, reason="Invented it")
    assert became(publication) == "pulled"


@attack("In print, the reporter confirms on a copy before the earlier fact falls", "NR004 fact_confirmed_by_author")
def test_the_reporter_puts_another_ground_under_it(desk, psql, answer):
    with desk.under(document_suffices=True):
        fact = desk.fact(desk.article())
        desk.published(fact.article)
        later = desk.article()
        rests = desk.fact(later, "It is so since.", sources=[], confirmed=False)
        desk.says(rests, None, talk=False, basis="earlier", earlier=fact.wording, how="")
        confirming.confirm(rests, by=desk.editor)
        publication = desk.published(later)
        desk.says(
            rests, None, talk=False, basis="document", document=DocumentFactory(archived_by=desk.reporter), how=""
        )
        assert answer_of(verdict, psql, later.proofs.get(), "confirmed", desk.reporter) == answer
        confirming.dispute(fact, by=desk.editor, reason="Another witness")
        assert became(publication) == "pulled"


@attack("A reporter made editor for a minute confirms", "NR001 fact_confirmed_by_no_editor")
def test_editor_for_a_minute_confirms(desk, answer):
    colleague = StaffFactory(roles=["reporter"])
    article = desk.article()
    fact = desk.fact(article, confirmed=False)
    assert answer_of(confirming.confirm, fact, by=colleague) == "not_allowed"
    give_back = lend("editor", colleague)
    confirming.confirm(fact, by=User.objects.get(pk=colleague.pk))
    give_back()
    review_again(desk, article)
    assert answer_of(publish, article, by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("The author made editor for a minute", "not_allowed")
def test_the_author_made_editor(desk, answer):
    author = StaffFactory(roles=["reporter"])
    article = desk.article(created_by=author)
    fact = desk.fact(article, confirmed=False)
    lend("editor", author)
    author = User.objects.get(pk=author.pk)
    assert answer_of(confirming.confirm, fact, by=author) == answer
    confirming.confirm(fact, by=desk.editor)
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(sign_off, proof, by=author) == answer
    sign_off(proof, by=desk.editor)
    publish(article, by=desk.editor)


def loses_her_role(user: User) -> None:
    user.groups.clear()


def closes_her_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@attacks(
    ("The signer loses her role before print", "NR001 signature_missing", loses_her_role),
    ("The signer's account is closed before print", "NR001 signature_missing", closes_her_account),
)
def test_the_signer_is_no_editor_now(desk, answer, way):
    signer = StaffFactory(roles=["editor"])
    article = desk.article()
    desk.fact(article)
    sign_off(ask_for_review(article, by=desk.reporter), by=signer)
    way(signer)
    assert answer_of(publish, article, by=desk.editor) == answer
    sign_off(article.proofs.get(), by=desk.editor)
    publish(article, by=desk.editor)


@attack("A superuser who is no editor signs", "NR001 signature_missing")
def test_a_superuser_signs(desk, answer):
    root = StaffFactory(is_superuser=True, roles=["reporter"])
    article = desk.article()
    desk.fact(article)
    sign_off(ask_for_review(article, by=desk.reporter), by=root)
    assert answer_of(publish, article, by=desk.editor) == answer
    sign_off(article.proofs.get(), by=desk.editor)
    publish(article, by=desk.editor)


@attack("A second account under the same pen name", "not_allowed")
def test_a_second_account(desk, answer):
    writer, second = StaffFactory(roles=["reporter"]), StaffFactory(roles=["editor"])
    BylineFactory(accounts=[writer, second])
    article = desk.article(created_by=writer)
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(sign_off, proof, by=second) == answer
    sign_off(proof, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Her account taken off the pen name of her story", "NR004 byline_keeps_its_accounts")
def test_her_account_taken_off_the_pen_name(desk, answer):
    her = StaffFactory(roles=["editor"])
    pen, unused = BylineFactory(accounts=[her]), BylineFactory(accounts=[her])
    article = desk.article()
    article.bylines.set([pen])
    assert answer_of(pen.accounts.remove, her) == answer
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(sign_off, proof, by=her) == "not_allowed"
    unused.accounts.remove(her)
    sign_off(proof, by=desk.editor)
    publish(article, by=desk.editor)


@attacks(
    (
        "A second account freed once the pen name is off the draft",
        "NR004 byline_keeps_its_accounts",
        "DELETE FROM articles_byline_accounts WHERE byline_id = %(pen)s AND user_id = %(second)s",
    ),
    (
        "A pen name that stood over a draft deleted with its accounts",
        "NR004 byline_keeps_its_accounts",
        "DELETE FROM articles_byline WHERE id = %(pen)s",
    ),
    (
        "A pen name under another number, to leave its accounts behind",
        "NR003",
        "UPDATE articles_byline SET id = -id WHERE id = %(pen)s",
    ),
)
def test_a_second_account_freed(desk, psql, answer, way):
    second = StaffFactory(roles=["editor"])
    pen = BylineFactory(accounts=[desk.reporter, second])
    old, article = desk.article("Old draft"), desk.article()
    old.bylines.set([pen])
    fact = desk.fact(article, confirmed=False)
    old.bylines.set([desk.byline])
    psql.execute("UPDATE articles_byline SET was_used = false WHERE id = %s", [pen.pk])
    assert answer_of(psql.execute, way, {"pen": pen.pk, "second": second.pk}) == answer
    assert answer_of(confirming.confirm, fact, by=second) == "not_allowed"
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


@attack("A second account freed in the admin once the pen name is off the draft", "not_allowed")
def test_a_second_account_freed_in_the_admin(desk, answer):
    second = StaffFactory(roles=["editor"])
    pen = BylineFactory(accounts=[desk.reporter, second])
    old, article = desk.article("Old draft"), desk.article()
    old.bylines.set([pen])
    old.bylines.set([desk.byline])
    fact = desk.fact(article, confirmed=False)
    root = StaffFactory(is_superuser=True, roles=["chief editor"])
    client, page = at_the_desk(root), f"/desk/articles/byline/{pen.pk}/"
    stays = "Stories stand or stood under this pen name, so it stays, with the accounts behind it."
    form = fields_of(client.get(page + "change/")) | {"accounts": [str(desk.reporter.pk)]}
    assert stays in client.post(page + "change/", form).text
    assert stays in client.post(page + "delete/", {"post": "yes"}, follow=True).text
    assert {*pen.accounts.all()} == {desk.reporter, second}
    assert answer_of(confirming.confirm, fact, by=second) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


def unticks_herself(client: Client, article: Article, desk: Desk) -> None:
    client.post(page_of(article), fields_of(client.get(page_of(article))) | {"authors": [str(desk.reporter.pk)]})


def lifts_her_pen_name(client: Client, article: Article, desk: Desk) -> None:
    client.post(page_of(article), fields_of(client.get(page_of(article))) | {"bylines": [str(desk.byline.pk)]})


def wrote_and_unticks_herself(client: Client, article: Article, desk: Desk) -> None:
    client.post(page_of(article), fields_of(client.get(page_of(article))) | {"headline": "She wrote this"})
    unticks_herself(client, article, desk)


@attacks(
    ("An editor who wrote unticks herself as author", "not_allowed", (True, wrote_and_unticks_herself)),
    ("An editor who dictated unticks herself as author", "not_allowed", (True, unticks_herself)),
    ("An editor lifts her pen name off the story", "not_allowed", (False, lifts_her_pen_name)),
)
def test_she_was_never_there(desk, answer, way):
    ticked, leave = way
    her = StaffFactory(roles=["editor"])
    pen = BylineFactory(accounts=[her])
    article = desk.article()
    desk.fact(article)
    if ticked:
        article.authors.add(her)
    else:
        article.bylines.add(pen)
    leave(at_the_desk(her), article, desk)
    article = Article.objects.get(pk=article.pk)
    assert her not in article.authors.all() and pen not in article.bylines.all()
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(sign_off, proof, by=her) == answer
    sign_off(proof, by=desk.editor)
    publish(article, by=desk.editor)


@attack("The story handed to another as its beginner", "NR003")
def test_another_beginner(desk, answer):
    her = StaffFactory(roles=["editor"])
    article = desk.article(created_by=her)
    assert answer_of(Article.objects.filter(pk=article.pk).update, created_by=desk.reporter) == answer
    desk.fact(article)
    proof = ask_for_review(article, by=desk.reporter)
    assert answer_of(sign_off, proof, by=her) == "not_allowed"
    sign_off(proof, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Who wrote it struck from the writers", "42501")
def test_struck_from_the_writers(desk, psql, answer):
    article = desk.article()
    article.writers.create(user=desk.other_editor)
    assert answer_of(psql.execute, "DELETE FROM articles_writer WHERE article_id = %s", [article.pk]) == answer
    desk.fact(article)
    assert answer_of(sign_off, ask_for_review(article, by=desk.reporter), by=desk.other_editor) == "not_allowed"


@attack("An author struck from the authors, by SQL", "NR004 fact_confirmed_by_author")
def test_struck_from_the_authors(desk, psql, answer):
    her = StaffFactory(roles=["editor"])
    article = desk.article()
    article.authors.add(her)
    psql.execute("DELETE FROM articles_article_authors WHERE user_id = %s", [her.pk])
    fact = desk.fact(article, confirmed=False)
    assert answer_of(Verdict.objects.create, wording=fact.wording, ruling="confirmed", by=her) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


def one_person(*roles: str) -> list[User]:
    """The accounts of one person, tied by a pen name that stands over no story here."""
    accounts = [StaffFactory(roles=[role]) for role in roles]
    BylineFactory(accounts=accounts)
    return accounts


@attack("Who recorded the sources confirms under her second account", "NR004 fact_confirmed_by_recorder")
def test_the_recorders_second_account(desk, answer):
    first, second = one_person("reporter", "editor")
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source, recorded_by=first)
    assert answer_of(Verdict.objects.create, wording=fact.wording, ruling="confirmed", by=second) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(desk.signed(article), by=desk.editor)


@attack("A waiver agreed to under the proposer's second account", "NR001 fact_needs_sources")
def test_a_waiver_under_a_second_account(desk, answer):
    first, second = one_person("editor", "chief editor")
    article = desk.article()
    fact = desk.fact(article, sources=[desk.source()])
    why = {"reason": "x", "printed_reason": "x", "agreed_at": timezone.now()}
    Waiver.objects.create(wording=fact.wording, proposed_by=first, agreed_by=second, **why)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    other = desk.article()
    fact = desk.fact(other, sources=[desk.source()])
    Waiver.objects.create(wording=fact.wording, proposed_by=first, agreed_by=desk.chief, **why)
    publish(desk.signed(other), by=desk.editor)


@attack("A policy agreed to under the proposer's second account", "NR004 decided_by_editors")
def test_a_policy_under_a_second_account(desk, answer):
    first, second = one_person("chief editor", "editor")
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    policy = Policy.objects.create(proposed_by=first, began_on=FIRST_DAY, covers_text=False, **words)
    agreed = partial(Policy.objects.filter(pk=policy.pk).update, agreed_at=timezone.now())
    assert answer_of(agreed, agreed_by=second) == answer
    desk.policy = desk.agree(min_sources=2)


@attack("A source confirmed under her reporter's second account", "NR004 source_vetted_by_its_reporter")
def test_vetted_under_a_second_account(desk, psql, answer):
    first, second = one_person("reporter", "editor")
    source = desk.source(confirmed=False)
    Source.objects.filter(pk=source.pk).update(contact_reporter=first)
    vetting = (
        "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason) VALUES (%s, 'confirmed', %s, now(), '')"
    )
    assert answer_of(psql.execute, vetting, [source.pk, second.pk]) == answer
    psql.execute(vetting, [source.pk, desk.editor.pk])


@attack("A source given to another for a minute, to be confirmed", "NR004 source_vetted_by_its_reporter")
def test_vetted_between_two_reporters(desk, psql, answer):
    her = StaffFactory(roles=["editor"])
    source = desk.source(confirmed=False)
    source.talks.create(held_on=FIRST_DAY, medium="call", recorded_by=her)
    vetting = (
        "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason) VALUES (%s, 'confirmed', %s, now(), '')"
    )
    assert answer_of(psql.execute, vetting, [source.pk, her.pk]) == answer
    psql.execute(vetting, [source.pk, desk.editor.pk])


VETS = "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason) VALUES (%s, 'confirmed', %s, now(), '')"
REPORTER = "(SELECT id FROM staff_user WHERE username = 'reporter')"


@attacks(
    (
        "An editor gives her own source away, by SQL, and confirms her",
        "NR004 source_vetted_by_its_reporter",
        f"UPDATE sources_source SET contact_reporter_id = {REPORTER}, deputy_id = NULL WHERE id = %(source)s",
    ),
    (
        "An editor gives her own source away through a third and takes her talks away",
        "NR004 source_vetted_by_its_reporter",
        "DELETE FROM sources_talk WHERE source_id = %(source)s;"
        f" UPDATE sources_source SET deputy_id = {REPORTER} WHERE id = %(source)s;"
        " UPDATE sources_source SET contact_reporter_id = deputy_id, deputy_id = NULL WHERE id = %(source)s",
    ),
    (
        "An editor deletes her own source and brings her back as a colleague's",
        "NR004 source_vetted_by_its_reporter",
        "DELETE FROM sources_talk WHERE source_id = %(source)s;"
        " WITH gone AS (DELETE FROM sources_source WHERE id = %(source)s RETURNING *) INSERT INTO sources_source"
        " (id, alias, standing, safety, part, place_id, contact_reporter_id)"
        f" SELECT id, alias || ' again', standing, safety, part, place_id, {REPORTER} FROM gone",
    ),
)
def test_her_own_source_given_away(desk, live_houses, answer, way):
    her = StaffFactory(roles=["editor"])
    source = desk.source(confirmed=False)
    Source.objects.filter(pk=source.pk).update(contact_reporter=her)
    source.talks.create(held_on=FIRST_DAY, medium="call", recorded_by=her)
    with live_houses.sql("desk") as psql:
        for step in way.split("; "):
            psql.execute(step, {"source": source.pk})
        assert answer_of(psql.execute, VETS, [source.pk, her.pk]) == answer
        psql.execute(VETS, [source.pk, desk.editor.pk])


@attack("An editor gives her own source away at the desk and confirms her", "unconfirmed")
def test_her_own_source_given_away_at_the_desk(desk, answer):
    her = StaffFactory(roles=["editor"])
    source = desk.source(confirmed=False)
    Source.objects.filter(pk=source.pk).update(contact_reporter=her)
    source.talks.create(held_on=FIRST_DAY, medium="call", recorded_by=her)
    client, page = at_the_desk(her), f"/desk/sources/source/{source.pk}/change/"
    client.post(page, fields_of(client.get(page)) | {"talks-0-DELETE": "on"})
    client.post(f"/desk/sources/source/{source.pk}/handing-over/", {"to": desk.reporter.pk})
    source.refresh_from_db()
    assert (source.contact_reporter, source.talks.count()) == (desk.reporter, 0)
    vetting = f"/desk/sources/source/{source.pk}/vetting/"
    refusal = client.post(vetting, {"standing": "confirmed"}, follow=True).text
    assert "You have spoken with this source yourself, so a colleague confirms her." in refusal
    source.refresh_from_db()
    assert source.standing == answer
    at_the_desk(desk.editor).post(vetting, {"standing": "confirmed"})
    source.refresh_from_db()
    assert source.is_confirmed


@attacks(
    ("Who spoke with a source struck from her confidants", "42501", "DELETE FROM sources_confidant"),
    ("Who spoke with a source put down as a colleague", "42501", "UPDATE sources_confidant SET user_id = 1"),
    ("All confidants forgotten at once", "42501", "TRUNCATE sources_confidant"),
)
def test_forgotten_that_she_spoke_with_her(psql, answer, way):
    assert answer_of(psql.execute, way) == answer


# ---------------------------------------------------------------------------------------------------------------------
# One source as two, and what carries a fact
# ---------------------------------------------------------------------------------------------------------------------


def share_a_circle(desk: Desk, fact: Fact) -> None:
    circle = Circle.objects.create(name=f"circle {uuid.uuid4().hex[:8]}")
    for source in (desk.source(circle=circle), desk.source(circle=circle)):
        desk.says(fact, source)


def told_by_each_other(desk: Desk, fact: Fact) -> None:
    one, two = desk.source(), desk.source()
    desk.says(fact, one, how="was_told", told_by=two)
    desk.says(fact, two, how="was_told", told_by=one)


def told_by_the_same_person(desk: Desk, fact: Fact) -> None:
    teller = desk.source(confirmed=False)
    for source in (desk.source(), desk.source()):
        desk.says(fact, source, how="was_told", told_by=teller)


def told_through_a_third(desk: Desk, fact: Fact) -> None:
    saw, between, heard = desk.source(), desk.source(confirmed=False), desk.source()
    desk.says(fact, saw)
    desk.says(fact, between, how="was_told", told_by=saw)
    desk.says(fact, heard, how="was_told", told_by=between)


def twice(desk: Desk, fact: Fact) -> None:
    source = desk.source()
    desk.says(fact, source)
    desk.says(fact, source)


def one_of_them_unconfirmed(desk: Desk, fact: Fact) -> None:
    desk.says(fact, desk.source())
    desk.says(fact, desk.source(confirmed=False))


@attacks(
    ("One person recorded twice", "NR001 fact_needs_sources", twice),
    ("Two sources of one circle", "NR001 fact_needs_sources", share_a_circle),
    ("Two sources told by each other", "NR001 fact_needs_sources", told_by_each_other),
    ("Two sources told by the same person", "NR001 fact_needs_sources", told_by_the_same_person),
    (
        "Two sources, one told by the other through a third",
        "NR001 fact_needs_sources source_unconfirmed",
        told_through_a_third,
    ),
    ("A second source who is not confirmed", "NR001 fact_needs_sources source_unconfirmed", one_of_them_unconfirmed),
)
def test_one_source_as_two(desk, answer, way):
    article = desk.article()
    fact = confirming.state(article, "It rained.", kind="event", by=desk.reporter)
    way(desk, fact)
    confirming.confirm(fact, by=desk.editor)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("Two sources parted after an editor confirmed", "NR001 fact_needs_sources")
def test_parted_after_the_editors_word(desk, answer):
    circle = Circle.objects.create(name=f"circle {uuid.uuid4().hex[:8]}")
    one, two = desk.source(circle=circle), desk.source(circle=circle)
    article = desk.article()
    fact = desk.fact(article, sources=[one, two])
    Source.objects.filter(pk=two.pk).update(circle=None)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    # An editor who hears that they are independent after all says so.
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("A circle left for print and joined again afterwards", "pulled")
def test_a_circle_left_for_print(desk, answer):
    circle = Circle.objects.create(name=f"circle {uuid.uuid4().hex[:8]}")
    one, two = desk.source(circle=circle), desk.source(circle=circle)
    article = desk.article()
    fact = desk.fact(article, sources=[one, two])
    assert answer_of(publish, desk.signed(article), by=desk.editor) == "NR001 fact_needs_sources"
    Source.objects.filter(pk=two.pk).update(circle=None)
    confirming.confirm(fact, by=desk.editor)
    publication = publish(article, by=desk.editor)
    assert became(publication) == "in print"
    Source.objects.filter(pk=two.pk).update(circle=circle)
    assert became(publication) == answer


@attack("A source confirmed by the reporter who speaks with her", "NR004 source_vetted_by_its_reporter")
def test_vetted_by_her_reporter(desk, psql, answer):
    source = desk.source(confirmed=False)
    vetting = (
        "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason) VALUES (%s, 'confirmed', %s, now(), '')"
    )
    assert answer_of(psql.execute, vetting, [source.pk, desk.reporter.pk]) == answer
    psql.execute(vetting, [source.pk, desk.editor.pk])
    source.refresh_from_db()
    assert source.standing == "confirmed"


@attack("A talk with one source as the word of another", "NR004 talk_with_another_source")
def test_another_sources_talk(desk, answer):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    her, him = desk.source(), desk.source()
    talk = desk.says(fact, her).talk
    assert answer_of(desk.says, fact, him, talk=False, talk_id=talk.pk) == answer
    desk.says(fact, him)


def rests_on(fact: Fact, earlier: Fact, by: User) -> Confirmation:
    return Confirmation.objects.create(wording=fact.wording, basis="earlier", earlier=earlier.wording, recorded_by=by)


@attacks(
    ("A cycle of earlier facts", "NR004 fact_rests_on_itself", False),
    ("A cycle of earlier facts over a rewording", "NR004 fact_rests_on_itself", True),
)
def test_a_cycle_of_earlier_facts(desk, answer, way):
    one, two, three = (fact_of(desk.published(desk.article())) for _ in range(3))
    rests_on(one, two, desk.reporter)
    rests_on(two, three, desk.reporter)
    if way:
        confirming.reword(three, "In other words.", kind="event", by=desk.reporter)
        three = Fact.objects.get(pk=three.pk)
    assert answer_of(rests_on, three, one, desk.reporter) == answer
    rests_on(one, three, desk.reporter)


@attack("An earlier fact that only waits for its hour", "NR001 earlier_fell fact_needs_sources")
def test_a_scheduled_earlier_fact(desk, answer):
    earlier = publish(desk.signed(desk.article()), by=desk.editor, at=tomorrow())
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    rests_on(fact, fact_of(earlier), desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    rests_on(fact, fact_of(desk.published(desk.article())), desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    publish(review_again(desk, article), by=desk.editor)


@attack("A fact dropped by its author to be rid of an objection", "fact_dropped_by_its_author")
def test_dropped_by_its_author(desk, answer):
    article = desk.article()
    desk.fact(article)
    awkward = desk.fact(article, "Nobody was hurt.", confirmed=False)
    confirming.dispute(awkward, by=desk.editor, reason="Two were")
    assert answer_of(publish, desk.signed(article), by=desk.editor) == "NR001 fact_disputed"
    assert answer_of(confirming.drop, awkward, by=desk.reporter, reason="x") == answer
    confirming.drop(awkward, by=desk.other_editor, reason="We don't state it any more")
    publish(review_again(desk, article), by=desk.editor)


@attack("Confirmations of another fact carried over (a forged list of what was seen)", "NR001 fact_needs_sources")
def test_confirmations_of_another_fact(desk, psql, answer):
    article = desk.article()
    bare = desk.fact(article, "It snowed.", sources=[], confirmed=False)
    carried = desk.fact(article, "It rained.")
    confirmations = [c.pk for c in carried.wording.confirmations.all()]
    Verdict.objects.create(wording=bare.wording, ruling="confirmed", seen=confirmations, by=desk.editor)
    assert Verdict.objects.latest("pk").seen == []
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    for source in (desk.source(), desk.source()):
        desk.says(bare, source)
    confirming.confirm(bare, by=desk.editor)
    publish(article, by=desk.editor)


@attack("A source added after the editor confirmed", "NR001 fact_needs_sources")
def test_a_source_she_never_saw(desk, answer):
    article = desk.article()
    fact = desk.fact(article, sources=[desk.source()])
    desk.says(fact, desk.source())
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


# ---------------------------------------------------------------------------------------------------------------------
# Exceptions: a waiver, an emergency, a stagger, a guest, the archive
# ---------------------------------------------------------------------------------------------------------------------


def one_witness(desk: Desk) -> tuple[Article, Fact]:
    article = desk.article()
    return article, desk.fact(article, sources=[desk.source()])


@attack("A waiver of one person", "23514")
def test_a_waiver_of_one(desk, answer):
    article, fact = one_witness(desk)
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="One witness.")
    assert answer_of(confirming.agree_to_waiver, waiver, by=desk.chief) == "not_allowed"
    alone = Waiver.objects.filter(pk=waiver.pk)
    assert answer_of(alone.update, agreed_by=desk.chief, agreed_at=timezone.now()) == answer
    assert answer_of(publish, desk.signed(article), by=desk.editor) == "NR001 fact_needs_sources"
    confirming.agree_to_waiver(Waiver.objects.get(pk=waiver.pk), by=desk.editor)
    publish(review_again(desk, article), by=desk.editor)


@attack("A waiver agreed to by who wrote the story", "NR001 fact_needs_sources")
def test_a_waiver_by_the_writer(desk, answer):
    article, fact = one_witness(desk)
    article.writers.create(user=desk.other_editor)
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="One witness.")
    assert answer_of(confirming.agree_to_waiver, waiver, by=desk.other_editor) == "not_allowed"
    Waiver.objects.filter(pk=waiver.pk).update(agreed_by=desk.other_editor, agreed_at=timezone.now())
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    honest, fact = one_witness(desk)
    desk.waived(fact)
    desk.published(honest)


@attack("A waiver by two without the chief editor", "NR001 fact_needs_sources")
def test_a_waiver_without_the_chief_editor(desk, answer):
    article, fact = one_witness(desk)
    waiver = confirming.waive(fact, by=desk.other_editor, reason="One witness", printed_reason="One witness.")
    assert answer_of(confirming.agree_to_waiver, waiver, by=desk.editor) == "not_allowed"
    Waiver.objects.filter(pk=waiver.pk).update(agreed_by=desk.editor, agreed_at=timezone.now())
    assert answer_of(publish, desk.signed(article), by=desk.editor) == answer
    honest, fact = one_witness(desk)
    desk.waived(fact)
    desk.published(honest)


def one_of_two_fell(desk: Newsroom) -> tuple[Publication, Fact]:
    """A story off the site, since one of the two sources of its fact is discredited."""
    article, second = desk.article(), desk.source()
    fact = desk.fact(article, sources=[desk.source(), second])
    publication = desk.published(article)
    vet(second, "discredited", by=desk.editor, reason="She made it up")
    return publication, fact


@attack("A waiver made after print, then a release: readers would not be told", "NR001 exception_not_told")
def test_a_waiver_that_the_reader_is_not_told(desk, answer):
    publication, fact = one_of_two_fell(desk)
    desk.waived(fact)
    assert answer_of(publishing.release, publication, by=desk.editor, reason="It is waived") == answer
    article = review_again(desk, story_of(publication))
    assert publish(article, by=desk.editor).how_known["single_source"] == ["Only one person could see it."]


@attack("A waiver made in print, so that no fall of a source is felt", "pulled")
def test_a_waiver_made_ahead(desk, psql, answer):
    article, second = desk.article(), desk.source()
    fact = desk.fact(article, sources=[desk.source(), second])
    publication = desk.published(article)
    psql.execute(
        "INSERT INTO articles_waiver (wording_id, proposed_by_id, proposed_at, agreed_by_id, agreed_at, reason, printed_reason)"
        " VALUES (%s, %s, now(), %s, now(), 'x', 'x')",
        [fact.wording.pk, desk.reporter.pk, desk.editor.pk],
    )
    vet(second, "discredited", by=desk.editor, reason="She made it up")
    assert became(publication) == answer


def sign_without_exceptions(psql: psycopg.Connection, proof: Proof, by: User) -> None:
    """The same proof, but that it tells of no exception, and a signature on it: by SQL."""
    with psql.transaction():
        (key,) = psql.execute(
            sql.SQL("INSERT INTO articles_proof ({}) SELECT {} FROM articles_proof WHERE id = {} RETURNING id").format(
                sql.SQL(", ").join(sql.Identifier(f.column) for f in Proof._meta.concrete_fields[1:]),
                sql.SQL(", ").join(
                    sql.SQL("how_known || '{\"single_source\": []}'")
                    if f.column == "how_known"
                    else sql.Identifier(f.column)
                    for f in Proof._meta.concrete_fields[1:]
                ),
                sql.Literal(proof.pk),
            )
        ).fetchone()
        psql.execute(
            "INSERT INTO articles_proofwording (proof_id, wording_id)"
            " SELECT %s, wording_id FROM articles_proofwording WHERE proof_id = %s",
            [key, proof.pk],
        )
        psql.execute(
            "INSERT INTO articles_check (proof_id, digest, name, passed, findings, at)"
            " SELECT p.id, p.digest, c.name, true, '[]', now() FROM articles_proof p, articles_check c"
            " WHERE p.id = %s AND c.proof_id = %s",
            [key, proof.pk],
        )
        psql.execute(
            "INSERT INTO articles_signoff (proof_id, digest, by_id, at)"
            " SELECT id, digest, %s, now() FROM articles_proof WHERE id = %s",
            [by.pk, key],
        )


def on_a_waiver(desk: Newsroom) -> Article:
    article, fact = one_witness(desk)
    desk.waived(fact)
    return article


def on_an_earlier_fact_with_a_waiver(desk: Newsroom) -> Article:
    earlier = fact_of(desk.published(on_a_waiver(desk)))
    article = desk.article()
    fact = desk.fact(article, sources=[], confirmed=False)
    rests_on(fact, earlier, desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    return article


@attacks(
    ("A proof that does not tell of a waiver", "NR001 exception_not_told", on_a_waiver),
    (
        "An earlier fact that stands on a waiver, told to nobody",
        "NR001 exception_not_told",
        on_an_earlier_fact_with_a_waiver,
    ),
)
def test_an_exception_told_to_nobody(desk, psql, answer, way):
    article = way(desk)
    proof = ask_for_review(article, by=desk.reporter)
    assert proof.how_known["single_source"] == ["Only one person could see it."]
    sign_without_exceptions(psql, proof, desk.editor)
    assert answer_of(publish, article, by=desk.editor) == answer
    assert publish(review_again(desk, article), by=desk.editor).how_known["single_source"]


def unfinished(desk: Newsroom) -> Article:
    """A story with a sentence that nobody settled."""
    article = covered(desk)
    Context.objects.filter(article=article).delete()
    return article


def override(desk: Desk, article: Article, until: dt.datetime) -> Override:
    """Proposed past the form, and agreed to by the chief editor."""
    reasons = {"reason": "The water comes tonight", "printed_reason": "The water comes tonight."}
    proposed = Override.objects.create(article=article, proposed_by=desk.editor, until=until, **reasons)
    return overriding.agree(proposed, by=desk.chief)


@attack("An emergency without an end", "NR001 override_over sentence_uncovered")
def test_an_emergency_without_an_end(desk, answer):
    with desk.under(covers_text=True):
        article = unfinished(desk)
        override(desk, article, tomorrow(days=3650))
        sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
        assert answer_of(publish, article, by=desk.editor) == answer
        honest = unfinished(desk)
        override(desk, honest, tomorrow())
        publish(review_again(desk, honest), by=desk.editor)


@attack("An emergency after its end", "NR001 override_over sentence_uncovered")
def test_an_emergency_after_its_end(desk, answer):
    with desk.under(covers_text=True):
        article = unfinished(desk)
        until = timezone.now() + dt.timedelta(seconds=1.5)
        override(desk, article, until)
        proof = ask_for_review(article, by=desk.reporter)
        assert proof.how_known["emergency"]
        sign_off(proof, by=desk.editor)
        time.sleep(max(0, (until - timezone.now()).total_seconds()) + 0.05)
        assert answer_of(publish, article, by=desk.editor) == answer
        publish(review_again(desk, desk.cover(article)), by=desk.editor)


@attacks(
    ("An emergency's hour taken away", "NR001 override_over", "leaves_at = NULL"),
    ("An emergency's hour put off", "NR001 override_over", "leaves_at = leaves_at + interval '9 days'"),
)
def test_an_emergency_that_stays(desk, psql, answer, way):
    with desk.under(covers_text=True):
        article = unfinished(desk)
        override(desk, article, tomorrow())
        publication = publish(review_again(desk, article), by=desk.editor)
        change = f"UPDATE reader_publication SET {way} WHERE id = %s"
        assert answer_of(psql.execute, change, [publication.pk]) == answer
        assert became(publication) == "in print"


def stagger(desk: Desk, source: Source, publication: Publication, agreed_by: User | None, by: User) -> Stagger:
    hour = timezone.now() + dt.timedelta(hours=20)
    proposed = Stagger.objects.create(
        source=source, standing="discredited", reason="It would point at her", last_day=hour.date(), proposed_by=by
    )
    StaggerHour.objects.create(stagger=proposed, publication=publication, at=hour)
    if agreed_by:
        Stagger.objects.filter(pk=proposed.pk).update(agreed_by=agreed_by, agreed_at=timezone.now())
    return proposed


def resting_on(desk: Desk) -> tuple[Source, Publication]:
    source = desk.source()
    article = desk.article()
    desk.fact(article, sources=[source, desk.source()])
    return source, desk.published(article)


def nobody_agrees(desk: Desk, source: Source, publication: Publication) -> None:
    stagger(desk, source, publication, None, desk.chief)
    vet(source, "discredited", by=desk.editor, reason="Invented it")


def two_reporters_agree(desk: Desk, source: Source, publication: Publication) -> None:
    answer_of(stagger, desk, source, publication, StaffFactory(roles=["reporter"]), desk.reporter)
    vet(source, "discredited", by=desk.editor, reason="Invented it")


def for_another_reason(desk: Desk, source: Source, publication: Publication) -> None:
    stagger(desk, source, publication, desk.editor, desk.chief)
    confirming.dispute(fact_of(publication), by=desk.editor, reason="Another witness")


def for_another_source(desk: Desk, source: Source, publication: Publication) -> None:
    stagger(desk, desk.source(), publication, desk.editor, desk.chief)
    vet(source, "discredited", by=desk.editor, reason="Invented it")


@attacks(
    ("A stagger that nobody agreed to", "pulled", nobody_agrees),
    ("A stagger of two reporters", "pulled", two_reporters_agree),
    ("A stagger used for another reason", "pulled", for_another_reason),
    ("A stagger used for another source", "pulled", for_another_source),
)
def test_a_stagger(desk, answer, way):
    source, publication = resting_on(desk)
    way(desk, source, publication)
    assert became(publication) == answer
    source, publication = resting_on(desk)
    stagger(desk, source, publication, desk.editor, desk.chief)
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    assert became(publication) == "in print" and publication.leaves_at


@attack("Hours added to a stagger after it was agreed to", "NR004 stagger_is_agreed")
def test_hours_added_to_a_stagger(desk, answer):
    source, publication = resting_on(desk)
    agreed = stagger(desk, source, publication, desk.editor, desk.chief)
    other = desk.published(desk.article())
    hour = partial(StaggerHour.objects.create, publication=other, at=timezone.now() + dt.timedelta(hours=1))
    assert answer_of(hour, stagger=agreed) == answer
    hour(stagger=stagger(desk, source, publication, None, desk.chief))


@attack("A stagger's hour taken away", "NR001 fact_needs_sources source_discredited")
def test_a_staggers_hour_taken_away(desk, psql, answer):
    source, publication = resting_on(desk)
    stagger(desk, source, publication, desk.editor, desk.chief)
    vet(source, "discredited", by=desk.editor, reason="Invented it")
    publication.refresh_from_db()
    assert publication.leaves_at
    clear = "UPDATE reader_publication SET leaves_at = NULL WHERE id = %s"
    assert answer_of(psql.execute, clear, [publication.pk]) == answer


def guest_of(desk: Newsroom, article: Article, until: dt.datetime | None) -> User:
    guest = StaffFactory(roles=["guest signatory"])
    if until:
        Invitation.objects.create(article=article, guest=guest, until=until, by=desk.editor)
    return guest


SIGN = "INSERT INTO articles_signoff (proof_id, digest, by_id, at) VALUES (%s, %s, %s, %s)"


@attack("A guest whom nobody invited signs", "NR001 signature_missing")
def test_a_guest_whom_nobody_invited(desk, psql, answer):
    with desk.under(guests_sign=True):
        article = desk.article()
        desk.fact(article)
        proof = ask_for_review(article, by=desk.reporter)
        psql.execute(SIGN, [proof.pk, proof.digest, guest_of(desk, article, None).pk, timezone.now()])
        assert answer_of(publish, article, by=desk.editor) == answer
        guest = guest_of(desk, article, tomorrow())
        psql.execute(SIGN, [proof.pk, proof.digest, guest.pk, timezone.now()])
        assert answer_of(publish, article, by=desk.editor) == answer, "nor without her passkey"
        by_passkey(proof.sign_offs.get(by=guest), guest.invitations.get())
        publish(article, by=desk.editor)


@attack("A guest signs after her time, with an earlier hour", "NR001 signature_missing")
def test_a_guest_after_her_time(desk, psql, answer):
    with desk.under(guests_sign=True):
        article = desk.article()
        desk.fact(article)
        proof = ask_for_review(article, by=desk.reporter)
        guest = guest_of(desk, article, tomorrow(days=-1))
        psql.execute(SIGN, [proof.pk, proof.digest, guest.pk, tomorrow(days=-2)])
        by_passkey(proof.sign_offs.get(), guest.invitations.get())
        assert answer_of(publish, article, by=desk.editor) == answer
        # In time she could have, and then it would stand.
        later = desk.article()
        desk.fact(later)
        proof = ask_for_review(later, by=desk.reporter)
        invitation = Invitation.objects.create(article=later, guest=guest, until=tomorrow(), by=desk.editor)
        psql.execute(SIGN, [proof.pk, proof.digest, guest.pk, timezone.now()])
        by_passkey(proof.sign_offs.get(), invitation)
        publish(later, by=desk.editor)


@attack("A policy of two reporters", "NR004 decided_by_editors")
def test_a_policy_of_two_reporters(desk, answer):
    lax = Policy.objects.create(
        **{name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko", "began_on")},
        min_sources=1,
        covers_text=False,
        proposed_by=desk.reporter,
    )
    put = partial(Policy.objects.filter(pk=lax.pk).update, agreed_at=timezone.now())
    assert answer_of(put, agreed_by=StaffFactory(roles=["reporter"])) == answer
    article, _fact = one_witness(desk)
    assert answer_of(publish, desk.signed(article), by=desk.editor) == "NR001 fact_needs_sources"
    with desk.under(min_sources=1):
        publish(review_again(desk, article), by=desk.editor)


OLD = {
    "language": "ko",
    "headline": "옛 기사",
    "body": "<p>그때 이야기다.</p>",
    "section": "society",
    "printed": "2019-05-04T09:30:00+09:00",
}


@attack("The archive's door after its day (manage.py archive)", "archive_closed")
def test_the_archives_door_after_its_day(desk, tmp_path, answer):
    file = tmp_path / "old.jsonl"
    file.write_text(json.dumps(OLD) + "\n")
    assert answer_of(archive.bring_in, [OLD], by=desk.chief) == answer
    with pytest.raises(Exception, match="door is closed"):
        call_command("archive", str(file), by="chief", verbosity=0)
    assert not Publication.objects.filter(origin="archive").exists()


def into_the_archive(connection: psycopg.Connection, desk: Desk, proof: Proof) -> None:
    with connection.transaction():
        connection.execute(
            sql.SQL(
                "INSERT INTO reader_publication ({}) SELECT {}, gen_random_uuid(), 1, '', 'archive',"
                " '2019-05-04 00:30+00', '2019-05-04 00:30+00' FROM articles_proof WHERE id = {}"
            ).format(COLUMNS, sql.SQL(", ").join(map(sql.Identifier, PRINTED)), sql.Literal(proof.pk))
        )
        connection.execute(
            "INSERT INTO articles_intake (publication_id, by_id, at)"
            " SELECT id, %s, now() FROM reader_publication WHERE story = %s",
            [desk.chief.pk, proof.story],
        )


@attack("The archive's door after its day, by SQL", "NR001 archive_closed")
def test_the_archives_door_by_sql(desk, psql, answer):
    assert answer_of(into_the_archive, psql, desk, unconfirmed(desk)) == answer


@attack("A story of the desk through the archive's open door", "NR001 archive_closed")
def test_a_story_of_the_desk_as_an_archive(desk, database_server, live_houses, answer):
    with database_server.clone("open_archive") as name:
        _point_at(database_server.address("desk", name))
        try:
            other = Desk()
            other.policy = other.agree(began_on=FIRST_DAY + dt.timedelta(days=10))
            proof = unconfirmed(other)
            with psycopg.connect(**database_server.address("desk", name).psycopg, autocommit=True) as connection:
                assert answer_of(into_the_archive, connection, other, proof) == answer
            assert archive.bring_in([OLD], by=other.chief) and Intake.objects.count() == 1
        finally:
            _point_at(live_houses.grounds.addresses["desk"])


@attack("A story of the archive that comes in in time, for an hour after the day", "NR001 archive_closed")
def test_an_archive_that_waits(database_server, live_houses, answer):
    with database_server.clone("waiting_archive") as name:
        _point_at(database_server.address("desk", name))
        try:
            other = Desk()
            other.policy = other.agree(began_on=FIRST_DAY + dt.timedelta(days=10))
            [old] = archive.bring_in([OLD], by=other.chief)
            (hour,) = archive_again(database_server.address("desk", name), other, old, "60 days", expected=answer)
            assert hour is None
            (hour,) = archive_again(database_server.address("desk", name), other, old, "2 days", expected="done")
            assert hour > timezone.now()
        finally:
            _point_at(live_houses.grounds.addresses["desk"])


def archive_again(address: Address, desk: Desk, old: Publication, later: str, expected: str) -> tuple[Any]:
    """Brings in a copy of a story of the archive by SQL, for a later hour; gives that hour if it is taken."""
    story = uuid.uuid4()
    columns = [
        f.column
        for f in Publication._meta.concrete_fields
        if f.column not in ("id", "story", "slug", "turn", "go_live_at")
    ]
    into = sql.SQL(
        "INSERT INTO reader_publication (id, story, slug, turn, go_live_at, {c}) SELECT gen_random_uuid(), {story}, {slug},"
        " nextval('reader_turn'), date_trunc('minute', now()) + {later}::interval, {c} FROM reader_publication WHERE id = {old}"
    ).format(
        c=sql.SQL(", ").join(map(sql.Identifier, columns)),
        story=sql.Literal(story),
        slug=sql.Literal(str(story)),
        later=sql.Literal(later),
        old=sql.Literal(old.pk),
    )
    with psycopg.connect(**address.psycopg, autocommit=True) as line:

        def bring() -> None:
            with line.transaction():
                line.execute(into)
                line.execute(
                    "INSERT INTO articles_intake (publication_id, by_id, at)"
                    " SELECT id, %s, now() FROM reader_publication WHERE story = %s",
                    [desk.chief.pk, story],
                )

        assert answer_of(bring) == expected
        return line.execute("SELECT max(go_live_at) FROM reader_publication WHERE story = %s", [story]).fetchone()


# ---------------------------------------------------------------------------------------------------------------------
# Before the hour, and after print
# ---------------------------------------------------------------------------------------------------------------------


def unconfirm(desk: Desk, publication: Publication) -> None:
    confirming.unconfirm(fact_of(publication), by=desk.editor, reason="A doubt")


def take_a_word_back(desk: Desk, publication: Publication) -> None:
    word = fact_of(publication).wording.confirmations.first()
    confirming.take_back(word, by=desk.reporter, reason="She was not there")


def put_a_hold(desk: Desk, publication: Publication) -> None:
    hold(desk, story_of(publication))


def hold(desk: Desk, article: Article, days: int = 2) -> Hold:
    return Hold.objects.create(article=article, kind="safety", until=tomorrow(days), reason="x", by=desk.reporter)


@attacks(
    ("Scheduled first, un-confirmed later", "pulled", unconfirm),
    ("Scheduled first, a source's word taken back later", "pulled", take_a_word_back),
    ("Scheduled first, a hold put later", "pulled", put_a_hold),
)
def test_scheduled_first(desk, answer, way):
    publication = publish(desk.signed(desk.article()), by=desk.editor, at=tomorrow())
    other = publish(desk.signed(desk.article()), by=desk.editor, at=tomorrow())
    way(desk, publication)
    assert became(publication) == answer
    assert became(other) == "not in print" and other in Publication.objects.scheduled()


def by_hand(desk: Desk, publication: Publication) -> None:
    publishing.pull(publication, by=desk.reporter, reason="A doubt")


def for_good(desk: Desk, publication: Publication) -> None:
    publishing.withdraw(publication, by=desk.chief, reason="Asked for")


def by_the_gate(desk: Desk, publication: Publication) -> None:
    unconfirm(desk, publication)
    confirming.confirm(fact_of(publication), by=desk.editor)


@attacks(
    ("A version that waits for its hour while its story is pulled by hand", "pulled", by_hand),
    ("A version that waits for its hour while its story is withdrawn", "pulled", for_good),
    ("A version that waits for its hour while its story is pulled by the gate", "pulled", by_the_gate),
)
def test_what_waits_to_follow(desk, answer, way):
    first = desk.published(desk.article())
    article = story_of(first)
    change_the_headline(desk, article)
    review_again(desk, article)
    waits = publish(article, by=desk.editor, at=tomorrow())
    way(desk, first)
    assert became(waits) == answer
    # Signed anew after that, it may wait again.
    waits = publish(review_again(desk, article), by=desk.editor, at=tomorrow())
    assert became(waits) == "not in print" and waits in Publication.objects.scheduled()


@attack("A figure on one person's word", "NR001 statement_stands_alone")
def test_a_figure_on_one_word(desk, answer):
    def saying(doubt: str) -> Article:
        article = desk.article("Nothing moves", body=f"<p>A resident said that 500 people were shot.{doubt}</p>")
        fact = desk.fact(article, "A resident said that 500 were shot.", kind="statement", sources=[], confirmed=False)
        desk.cover(article, fact)
        desk.says(fact, desk.source())
        confirming.confirm(fact, by=desk.editor)
        return desk.signed(article)

    with desk.under(covers_text=True):
        assert answer_of(publish, saying(""), by=desk.editor) == answer
        publish(saying(" We could not confirm this."), by=desk.editor)


@attacks(
    ("An event called a statement", "NR001 statement_told_as_event", "statement"),
    ("An event called a record", "NR001 record_told_as_event", "record"),
)
def test_an_event_called_something_else(desk, answer, way):
    by = {"statement": "a resident says", "record": "according to the gazette"}[way]

    def telling(headline: str, text: str) -> Article:
        article = desk.article(headline, body=f"<p>{text}</p>")
        fact = desk.fact(article, "The bridge collapsed on Monday.", kind=way, sources=[], confirmed=False)
        desk.cover(article, fact)
        if way == "statement":
            desk.says(fact, desk.source())
        else:
            desk.says(
                fact, None, talk=False, basis="document", document=DocumentFactory(archived_by=desk.reporter), how=""
            )
        confirming.confirm(fact, by=desk.editor)
        return desk.signed(article)

    plain, told = "The bridge collapsed on Monday", f"The bridge collapsed on Monday, {by}"
    with desk.under(covers_text=True):
        for headline, text in ((plain, f"{plain}."), (plain, f"{told}."), (told, f"{plain}.")):
            assert answer_of(publish, telling(headline, text), by=desk.editor) == answer
        publish(telling(told, f"{told}."), by=desk.editor)


@attack("The hour moved to before a hold's end", "NR001 hold_running")
def test_the_hour_moved_before_a_holds_end(desk, psql, answer):
    first = desk.published(desk.article())
    article = story_of(first)
    change_the_headline(desk, article)
    review_again(desk, article)
    hold(desk, article, days=2)
    assert answer_of(publish, article, by=desk.editor) == answer
    second = publish(article, by=desk.editor, at=tomorrow(days=4))

    def move(hour: dt.datetime) -> None:
        with psql.transaction():
            psql.execute("UPDATE reader_publication SET superseded_at = %s WHERE id = %s", [hour, first.pk])
            psql.execute("UPDATE reader_publication SET go_live_at = %s WHERE id = %s", [hour, second.pk])

    assert answer_of(move, tomorrow(days=1)) == answer
    move(tomorrow(days=3))
    second.refresh_from_db()
    assert second.go_live_at == tomorrow(days=3)


@attack("A hold lifted by who placed it", "NR004 hold_lifted_by_another")
def test_a_hold_lifted_by_who_placed_it(desk, psql, answer):
    article = desk.signed(desk.article())
    held = Hold.objects.create(article=article, kind="safety", until=tomorrow(), reason="x", by=desk.editor)
    lift = "INSERT INTO articles_lifting (hold_id, by_id, at, reason) VALUES (%s, %s, now(), 'x')"
    assert answer_of(psql.execute, lift, [held.pk, desk.editor.pk]) == answer
    psql.execute(lift, [held.pk, desk.other_editor.pk])
    publish(article, by=desk.editor)


@attack("The hour of a story in print moved", "NR003")
def test_the_hour_of_a_story_in_print(desk, psql, answer):
    publication = desk.published(desk.article())
    move = "UPDATE reader_publication SET go_live_at = go_live_at + interval '{}' WHERE id = %s"
    assert answer_of(psql.execute, move.format("1 day"), [publication.pk]) == answer
    waiting = publish(desk.signed(desk.article()), by=desk.editor, at=tomorrow())
    psql.execute(move.format("1 day"), [waiting.pk])


@attacks(
    (
        "A transaction left open over the hour stops the version in print, for the one before",
        "done",
        "pulled_at = clock_timestamp()",
    ),
    (
        "A transaction left open over the hour puts the version in print off",
        "NR003",
        "go_live_at = go_live_at + interval '9 days'",
    ),
)
def test_a_transaction_left_open_over_the_hour(database_server, live_houses, answer, way):
    with database_server.clone("open_transaction") as name:
        _point_at(database_server.address("desk", name))
        try:
            desk = Newsroom()
            first = desk.published(desk.article())
            article = story_of(first)
            change_the_headline(desk, article)
            with psycopg.connect(**database_server.address("desk", name).psycopg) as stale:
                stale.execute("SELECT now()")
                newer = publish(review_again(desk, article), by=desk.editor, at=tomorrow())
                let_its_hour_come(database_server.administrator.in_database(name), first, newer)
                move = f"UPDATE reader_publication SET {way} WHERE id = %s"
                assert answer_of(stale.execute, move, [newer.pk]) == answer
            assert became(first) == "not in print"
            with connection.cursor() as cursor:
                cursor.execute("SELECT printing_was_seen(%s)", [newer.pk])
                assert cursor.fetchone() == (True,)
        finally:
            _point_at(live_houses.grounds.addresses["desk"])


def let_its_hour_come(administrator: Address, first: Publication, newer: Publication) -> None:
    """A moment ago, beside the triggers: nobody wants to wait for a whole minute."""
    with psycopg.connect(**administrator.psycopg) as line:
        line.execute("SET session_replication_role = replica")
        line.execute("ALTER TABLE reader_publication DROP CONSTRAINT publication_goes_live_on_a_whole_minute")
        line.execute("UPDATE reader_publication SET superseded_at = now() WHERE id = %s", [first.pk])
        line.execute("UPDATE reader_publication SET go_live_at = now() WHERE id = %s", [newer.pk])


@attack("A comma mended on the desk, so that a doubt would miss the words in print", "pulled")
def test_a_doubt_after_a_comma(desk, answer):
    publication = desk.published(desk.article())
    fact = fact_of(publication)
    confirming.reword(fact, fact.wording.text + ",", kind="event", by=desk.reporter)
    confirming.dispute(Fact.objects.get(pk=fact.pk), by=desk.editor, reason="It was not so")
    assert became(publication) == answer


def fell(desk: Desk) -> Publication:
    publication = desk.published(desk.article())
    unconfirm(desk, publication)
    return publication


def withdrew(desk: Desk) -> Publication:
    publication = desk.published(desk.article())
    publishing.withdraw(publication, by=desk.chief, reason="It was not so")
    return publication


def was_superseded(desk: Desk) -> Publication:
    publication = desk.published(desk.article())
    article = story_of(publication)
    change_the_headline(desk, article)
    newer = publish(review_again(desk, article), by=desk.editor)
    publishing.withdraw(newer, by=desk.chief, reason="Neither was so")
    Publication.objects.filter(pk=newer.pk).update(superseded_at=newer.go_live_at)
    return publication


@attacks(
    ("pulled_at cleared after a fact fell", "NR001 fact_unconfirmed", (fell, "pulled_at = NULL")),
    ("pulled_at set back before the proof", "NR001 fact_unconfirmed", (fell, "pulled_at = '2020-01-01'")),
    ("withdrawn_at cleared", "NR001 withdrawn_since", (withdrew, "withdrawn_at = NULL")),
    ("superseded_at cleared", "NR001 withdrawn_since", (was_superseded, "superseded_at = NULL")),
    (
        "All hours cleared at once",
        "NR001 fact_unconfirmed",
        (fell, "pulled_at = NULL, superseded_at = NULL, leaves_at = NULL"),
    ),
)
def test_an_hour_cleared(desk, psql, answer, way):
    prepare, change = way
    publication = prepare(desk)
    was = became(publication)
    assert was != "in print"
    clear = f"UPDATE reader_publication SET {change} WHERE id = %s"
    assert answer_of(psql.execute, clear, [publication.pk]) == answer
    assert became(publication) == was


@attack("A pulled version released while its fact is in doubt", "NR001 fact_unconfirmed")
def test_released_in_doubt(desk, answer):
    publication = fell(desk)
    assert answer_of(publishing.release, publication, by=desk.editor, reason="Right after all") == answer
    confirming.confirm(fact_of(publication), by=desk.editor)
    publishing.release(publication, by=desk.editor, reason="Right after all")
    assert became(publication) == "in print"


@attack("A withdrawn story printed again on its old signature", "NR001 withdrawn_since")
def test_a_withdrawn_story_on_its_old_signature(desk, answer):
    article = story_of(withdrew(desk))
    assert answer_of(publish, article, by=desk.editor) == answer
    publish(review_again(desk, article), by=desk.editor)


def translation(desk: Desk, original: Article) -> Article:
    return desk.article("쌀값", language="ko", translation_of=original, slug=f"translation-{original.pk}")


def rendered(desk: Desk, original: Article) -> Article:
    """A translation that lacks nothing but print."""
    article = translation(desk, original)
    for fact in original.facts.all():
        confirming.mark_rendered(article, fact, by=desk.other_editor)
    return review_again(desk, article)


@attack("Translated around an unconfirmed fact", "NR001 fact_unconfirmed")
def test_translated_around_the_gate(desk, answer):
    original = desk.article()
    fact = desk.fact(original, confirmed=False)
    article = rendered(desk, original)
    assert answer_of(publish, article, by=desk.editor) == answer
    confirming.confirm(fact, by=desk.editor)
    publish(article, by=desk.editor)


@attack("A translation that nobody called faithful", "NR001 fact_not_rendered")
def test_a_translation_that_nobody_read(desk, answer):
    original = desk.signed(desk.article())
    article = review_again(desk, translation(desk, original))
    assert answer_of(publish, article, by=desk.editor) == answer
    publish(rendered(desk, desk.signed(desk.article())), by=desk.editor)


@attack("Facts left behind by calling the story a translation of another", "NR001 fact_not_rendered")
def test_called_a_translation(desk, answer):
    doubtful = unconfirmed(desk).article
    Article.objects.filter(pk=doubtful.pk).update(
        translation_of=desk.signed(desk.article()), language="ko", slug=f"so-called-{doubtful.pk}"
    )
    doubtful.refresh_from_db()
    assert answer_of(publish, review_again(desk, doubtful), by=desk.editor) == answer


@attack("Translated around a hold", "NR001 hold_running")
def test_translated_around_a_hold(desk, answer):
    original = desk.signed(desk.article())
    article = rendered(desk, original)
    held = hold(desk, original)
    assert answer_of(publish, original, by=desk.editor) == answer
    assert answer_of(publish, article, by=desk.editor) == answer
    Lifting.objects.create(hold=held, by=desk.other_editor, reason="She is safe")
    publish(article, by=desk.editor)


@attack("A scheduled translation while a hold is put on its original", "pulled")
def test_a_scheduled_translation_under_a_hold(desk, answer):
    original = desk.signed(desk.article())
    publication = publish(rendered(desk, original), by=desk.editor, at=tomorrow())
    hold(desk, original)
    assert became(publication) == answer


@attack("A translation cut loose before its original is pulled", "NR003")
def test_a_translation_cut_loose(desk, answer):
    original = desk.published(desk.article())
    translation = publish(rendered(desk, story_of(original)), by=desk.editor)
    assert answer_of(Article.objects.filter(story=translation.story).update, translation_of=None) == answer
    publishing.pull(original, by=desk.reporter, reason="A doubt")
    assert became(translation) == "pulled"


# ---------------------------------------------------------------------------------------------------------------------
# At the same instant
# ---------------------------------------------------------------------------------------------------------------------


def race(
    rounds: int, prepare: Callable[[], Any], printing: Callable[[], Any], taking: Callable[[], Any]
) -> Counter[str]:
    """Two threads, each with a connection of its own, side by side; how often the printer heard what.

    Who came first waits a little longer the next time: on a busy machine too, each comes first about as often.
    """
    outcomes: Counter[str] = Counter()
    gate_opens = threading.Barrier(2)
    late = 0.0

    def side(deed: Callable[[], Any], waits: float) -> str:
        gate_opens.wait()
        time.sleep(max(waits, 0) + random.random() * 0.012)
        return answer_of(deed)

    with ThreadPoolExecutor(2) as both:
        for _ in range(rounds):
            story = prepare()
            printer, taker = both.submit(side, printing, late), both.submit(side, taking, -late)
            outcomes[printer.result()] += 1
            late += 0.001 if printer.result() == "done" else -0.001
            assert taker.result() == "done"
            assert not Publication.objects.in_print().filter(story=story).exists()
        for _ in range(2):
            both.submit(lambda: (gate_opens.wait(), connections.close_all())).add_done_callback(lambda done: None)
    return outcomes


def prepared(desk: Desk, article: Article, restore: Callable[[], Any]) -> Callable[[], uuid.UUID]:
    """Before each round the story lacks nothing again; a proof that was printed and pulled is made anew."""

    def prepare() -> uuid.UUID:
        restore()
        lacking = {blocker.code for blocker in blockers(article)}
        assert lacking <= {"pulled_since", "proof_missing", "signature_missing"}
        if lacking:
            review_again(desk, article)
        return article.story

    return prepare


@attack("Publishing and un-confirming at the same instant, 200 rounds", "NR001 fact_unconfirmed")
def test_race_of_publish_and_unconfirm(desk, answer):
    article = desk.article()
    fact = desk.fact(article)
    outcomes = race(
        200,
        prepared(desk, article, partial(confirming.confirm, fact, by=desk.editor)),
        partial(publish, article, by=desk.editor),
        partial(confirming.unconfirm, fact, by=desk.other_editor, reason="A doubt"),
    )
    # Either came first many times: what was printed first was pulled, or it was not printed at all.
    assert set(outcomes) == {"done", answer} and min(outcomes.values()) >= 20, outcomes


@attack("Publishing and joining a circle at the same instant, 50 rounds", "NR001 fact_needs_sources")
def test_race_of_publish_and_circle(desk, answer):
    circle = Circle.objects.create(name=f"circle {uuid.uuid4().hex[:8]}")
    one, two = desk.source(circle=circle), desk.source()
    article = desk.article()
    desk.fact(article, sources=[one, two])
    second = Source.objects.filter(pk=two.pk)
    outcomes = race(
        50,
        prepared(desk, article, partial(second.update, circle=None)),
        partial(publish, article, by=desk.editor),
        partial(second.update, circle=circle),
    )
    assert set(outcomes) == {"done", answer} and min(outcomes.values()) >= 5, outcomes


# ---------------------------------------------------------------------------------------------------------------------
# At the desk
# ---------------------------------------------------------------------------------------------------------------------

STORIES = "/desk/articles/article/"


@attack("An action of the admin on the list of stories", "200")
def test_admin_action(desk, answer):
    proof = unconfirmed(desk)
    client = at_the_desk(desk.chief)
    for action in ("publish", "make_published", "publish_selected", "delete_selected"):
        sent = {"action": action, "_selected_action": [str(proof.article_id)], "index": "0"}
        assert str(client.post(STORIES, sent, follow=True).status_code) == answer
    assert Article.objects.filter(pk=proof.article_id).exists() and not is_in_print(proof)
    assert "Rice is dearer" in client.get(STORIES).text


@attack("An edit in the list of stories", "200")
def test_list_edit(desk, answer):
    proof = unconfirmed(desk)
    client = at_the_desk(desk.chief)
    sent = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": str(proof.article_id),
        "form-0-headline": "Invented",
        "form-0-stage": "published",
        "_save": "Save",
    }
    assert str(client.post(STORIES, sent, follow=True).status_code) == answer
    assert Article.objects.get(pk=proof.article_id).headline == "Rice is dearer" and not is_in_print(proof)


@attack("An edit of a row under the story, with a status", "302")
def test_inline_edit(desk, answer):
    proof = unconfirmed(desk)
    client = at_the_desk(desk.chief)
    page = page_of(proof.article)
    sent = {
        **fields_of(client.get(page)),
        "standfirst": "Honest words.",
        "facts-0-status": "confirmed",
        "facts-0-ruling": "confirmed",
        "stage": "published",
        "go_live_at": "2020-01-01",
    }
    assert str(client.post(page, sent).status_code) == answer
    article = Article.objects.get(pk=proof.article_id)
    assert article.standfirst == "Honest words."
    assert article.facts.get().status == "unconfirmed" and not is_in_print(proof)


@attack("The publish button's address without the button", "302")
def test_the_publish_address(desk, answer):
    proof, whole = unconfirmed(desk), signed(desk)
    client = at_the_desk(desk.editor)
    for each in (proof, whole):
        assert str(client.post(f"/desk/stories/{each.article_id}/publication/", {}).status_code) == answer
    assert is_in_print(whole) and not is_in_print(proof)


@attack("Rows of the record through the admin", "404")
def test_rows_of_the_record_in_the_admin(desk, answer):
    root = StaffFactory(is_superuser=True, roles=["chief editor"])
    client = at_the_desk(root)
    for model in ("verdict", "signoff", "proof", "check", "printing", "wording", "waiver", "release"):
        assert str(client.get(f"/desk/articles/{model}/add/").status_code) == answer
    assert str(client.get("/desk/reader/publication/add/").status_code) == answer
    assert client.get("/desk/articles/article/add/").status_code == 200


# ---------------------------------------------------------------------------------------------------------------------
# On the site: what is not in print
# ---------------------------------------------------------------------------------------------------------------------

SECRET = "Unprintable"
HIDDEN = ("draft", "signed", "scheduled", "pulled", "withdrawn", "superseded")


class Paper:
    """A story in print that names, links, tags and pictures what it can, and one in each state that no reader may see."""

    def __init__(self, desk: Newsroom, site: str) -> None:
        self.desk, self.site = desk, urlsplit(site)
        self.preview = ""
        self.hidden = {state: self._hidden(state) for state in HIDDEN}
        self.files = set(
            PrintedPicture.objects.filter(publication__headline__contains=SECRET).values_list("name", flat=True)
        )
        self.renditions = {
            r.name for r in Rendition.objects.filter(photo__figures__article__in=[a.pk for a in self.hidden.values()])
        }
        words = "".join(f'<a href="/en/story/{a.slug}/">here</a> ' for a in self.hidden.values())
        self.open = desk.article("Printable", body=f"<p>See {words}</p>", slug="printable")
        self.open.tags.add("rice")
        for article in self.hidden.values():
            self.open.related_links.create(to=article)
        self.open.figures.create(photo=photo(desk), caption="A market", alt="Stalls")
        self.open.corrections.create(text="Printable note.", dated=FIRST_DAY, by=desk.reporter)
        self.printed = publish(desk.signed(self.open), by=desk.editor)

    def _hidden(self, state: str) -> Article:
        desk = self.desk
        article = desk.article(
            f"{SECRET} {state}",
            slug=f"unprintable-{state}",
            label=f"{SECRET} label",
            standfirst=f"{SECRET} standfirst",
            body=f"<p>{SECRET} text.</p>",
        )
        article.tags.add("rice", f"unprintable-{state}")
        article.figures.create(photo=photo(desk), caption=f"{SECRET} caption", alt=f"{SECRET} picture")
        if state != "superseded":
            article.corrections.create(text=f"{SECRET} note.", dated=FIRST_DAY, by=desk.reporter)
        desk.fact(article, f"{SECRET} fact.")
        if state == "draft":
            return article
        desk.signed(article)
        if state == "signed":
            self.preview = f"/desk/stories/{article.pk}/proof/{article.proofs.get().pk}/"
            return article
        publication = publish(article, by=desk.editor, at=tomorrow() if state == "scheduled" else None)
        if state == "pulled":
            unconfirm(desk, publication)
        elif state == "withdrawn":
            publishing.withdraw(publication, by=desk.chief, reason="It was not so")
        elif state == "superseded":
            article.figures.all().delete()
            article.tags.clear()
            fresh = {"headline": "Mended", "label": "", "standfirst": "", "body": "<p>Mended.</p>"}
            Article.objects.filter(pk=article.pk).update(**fresh)
            publish(review_again(desk, article), by=desk.editor)
        return article

    def ask(self, method: str, address: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request to the site, with any method and any header; an underscore stands for a hyphen."""
        connection = http.client.HTTPConnection(str(self.site.hostname), self.site.port, timeout=20)
        try:
            connection.request(method, address, headers={k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def text(self, address: str) -> str:
        status, _headers, body = self.ask("GET", address)
        assert status == 200, f"{address} answers {status}"
        return body.decode()


@pytest.fixture(scope="module")
def paper(desk: Newsroom, live_houses: LiveHouses) -> Paper:
    return Paper(desk, live_houses.site)


def tells_nothing(words: str) -> None:
    assert SECRET.lower() not in words.lower()


@attacks(
    ("Through the front page", "not named", "/"),
    ("Through the latest list", "not named", "/en/"),
    ("Through the section's list", "not named", "/en/section/society/"),
    ("Through the tag's page", "not named", "/en/tag/rice/"),
    ("Through the feed", "not named", "/en/feed.atom"),
    ("Through the section's feed", "not named", "/en/section/society/feed.atom"),
    ("Through the sitemap", "not named", "/sitemap.xml"),
    ("Through the corrections page", "not named", "/en/corrections/"),
    ("Through the corrections feed", "not named", "/en/corrections/feed.atom"),
    ("Through links and JSON-LD of a story in print", "not named", "/en/story/printable/"),
)
def test_listed_nowhere(paper, answer, way):
    words = paper.text(way)
    assert "printable" in words.lower().replace("unprintable", "")
    assert answer == "not named"
    if way == "/sitemap.xml":
        # The mended version stands at the address that the superseded one had.
        assert "unprintable-superseded" in words
        words = words.replace("unprintable-superseded", "")
    words = words.replace("/en/story/unprintable-superseded/", "")
    tells_nothing(words)
    for state, article in paper.hidden.items():
        # A feed names the mended version by its story, as it did before.
        assert state == "superseded" or str(article.story) not in words
    assert not any(name in words for name in paper.files | paper.renditions)


@attacks(
    ("The address of a draft", "404", "draft"),
    ("The address of a signed story", "404", "signed"),
    ("The address of a scheduled story", "404", "scheduled"),
    ("The address of a pulled story", "404", "pulled"),
    ("The address of a withdrawn story", "410", "withdrawn"),
)
def test_its_address(paper, answer, way):
    address = f"/en/story/unprintable-{way}/"
    for asked in (address, f"{address}?preview=1", f"{address}?version=1", f"{address}?at=2030-01-01"):
        status, _headers, body = paper.ask("GET", asked)
        assert str(status) == answer
        tells_nothing(body.decode())
    assert "Printable" in paper.text("/en/story/printable/")


@attack("The version before, at the address of its successor", "200")
def test_the_version_before(paper, answer):
    status, _headers, body = paper.ask("GET", "/en/story/unprintable-superseded/")
    assert str(status) == answer and "Mended" in body.decode()
    tells_nothing(body.decode().replace("/en/story/unprintable-superseded/", ""))


@attack("The HEAD method", "404")
def test_head(paper, answer):
    status, headers, body = paper.ask("HEAD", "/en/story/unprintable-scheduled/")
    nowhere, there_headers, _body = paper.ask("HEAD", "/en/story/there-is-no-such-story/")
    assert str(status) == answer == str(nowhere) and body == b""
    assert headers.get("Content-Length") == there_headers.get("Content-Length")
    assert paper.ask("HEAD", "/en/story/printable/")[0] == 200


@attacks(*((f"The {method} method", "405", method) for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")))
def test_other_methods(paper, answer, way):
    for slug in ("unprintable-scheduled", "printable"):
        status, _headers, body = paper.ask(way, f"/en/story/{slug}/")
        assert str(status) == answer
        tells_nothing(body.decode())


@attack("ETag and If-None-Match after a pull", "404")
def test_etag_after_a_pull(paper, answer):
    desk = paper.desk
    publication = publish(desk.signed(desk.article("Soon gone")), by=desk.editor)
    address = f"/en/story/{publication.slug}/"
    status, headers, _body = paper.ask("GET", address)
    assert status == 200 and paper.ask("GET", address, If_None_Match=headers["ETag"])[0] == 304
    unconfirm(desk, publication)
    for known in (headers["ETag"], "*"):
        status, _headers, body = paper.ask("GET", address, If_None_Match=known)
        assert str(status) == answer and b"Soon gone" not in body


@attack("If-None-Match: * at the address of a scheduled story", "404")
def test_etag_of_a_scheduled_story(paper, answer):
    for slug in ("unprintable-scheduled", "there-is-no-such-story"):
        assert str(paper.ask("GET", f"/en/story/{slug}/", If_None_Match="*")[0]) == answer
    assert paper.ask("GET", "/en/story/printable/", If_None_Match="*")[0] in (200, 304)


@attack("A page kept in a cache after a pull", "one minute")
def test_page_cache(paper, answer):
    assert answer == "one minute"
    for address in ("/", "/en/story/printable/", "/en/feed.atom", "/en/story/unprintable-scheduled/", "/sitemap.xml"):
        _status, headers, _body = paper.ask("GET", address)
        kept = re.search(r"max-age=(\d+)", headers["Cache-Control"])
        assert kept and int(kept[1]) <= 60, address
        assert "stale" not in headers["Cache-Control"] and "immutable" not in headers["Cache-Control"]


@attacks(
    ("The media address of a picture not in print", "404", {}),
    ("Byte ranges of a picture not in print", "404", {"Range": "bytes=0-99"}),
    ("If-None-Match: * on a picture not in print", "404", {"If_None_Match": "*"}),
)
def test_media_address(paper, answer, way):
    assert len(paper.files) >= 4 and paper.renditions
    for name in sorted(paper.files)[:8] + sorted(paper.renditions)[:8]:
        for address in (f"/media/{name}", f"/media/printed/{name}", f"/media/../{name}"):
            assert str(paper.ask("GET", address, **way)[0]) == answer
    name = paper.printed.pictures.first().name
    assert paper.ask("GET", f"/media/{name}")[0] == 200


@attack("The media address of a picture after a pull", "404")
def test_media_address_after_a_pull(paper, answer):
    publication = publish(illustrated(paper.desk), by=paper.desk.editor)
    address = f"/media/{publication.pictures.first().name}"
    status, headers, _body = paper.ask("GET", address)
    assert status == 200
    unconfirm(paper.desk, publication)
    for sent in ({}, {"If_None_Match": headers["ETag"]}, {"Range": "bytes=0-9"}):
        assert str(paper.ask("GET", address, **sent)[0]) == answer


@attacks(
    ("Another Host", "400", {"Host": "desk.example"}),
    ("X-Forwarded-Host", "404", {"X_Forwarded_Host": "localhost", "X_Forwarded_For": "127.0.0.1"}),
    ("X-Original-URL and X-Rewrite-URL", "404", {"X_Original_URL": "/en/story/printable/", "X_Rewrite_URL": "/"}),
    ("X-HTTP-Method-Override", "404", {"X_HTTP_Method_Override": "PUT"}),
    ("A cookie of the desk", "404", {"Cookie": "sessionid=x; desk_sessionid=x"}),
    ("Accept-Language of another edition", "404", {"Accept_Language": "ko"}),
)
def test_other_headers(paper, answer, way):
    status, _headers, body = paper.ask("GET", "/en/story/unprintable-scheduled/", **way)
    assert str(status) == answer
    tells_nothing(body.decode(errors="replace"))
    assert paper.ask("GET", "/en/story/printable/")[0] == 200


@attacks(
    ("A search page", "404", "/en/search/?q=Unprintable"),
    ("The tag page of a story not in print", "404", "/en/tag/unprintable-scheduled/"),
    ("The other edition's address", "404", "/ko/story/unprintable-scheduled/"),
    ("The desk's addresses on the site", "404", "/desk/articles/article/"),
)
def test_addresses_that_are_not(paper, answer, way):
    status, _headers, body = paper.ask("GET", way)
    assert str(status) == answer
    tells_nothing(body.decode())


@attack("The preview address, from outside and on the site", "404")
def test_preview_address(paper, live_houses, answer):
    status, _headers, _body = paper.ask("GET", paper.preview)
    assert str(status) == answer
    outsider = Client()
    response = outsider.get(paper.preview)
    assert response.status_code == 302 and "login" in response["Location"]
    assert SECRET in at_the_desk(paper.desk.editor).get(paper.preview).text


@attack("The drafts read with the site's database role", "42501")
def test_the_sites_role(paper, live_houses, answer):
    with live_houses.sql("site") as site:
        for table in ("articles_article", "articles_proof", "articles_wording", "articles_figure", "photos_photo"):
            assert answer_of(site.execute, f"SELECT * FROM {table}") == answer
        seen = site.execute("SELECT headline FROM reader_publication WHERE headline LIKE %s", [f"{SECRET}%"]).fetchall()
        assert seen == []
        assert site.execute("SELECT 1 FROM reader_publication WHERE headline = 'Printable'").fetchone()
