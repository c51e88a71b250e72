"""Each rule of the gate on its own: a story that lacks this one thing is kept, and the same story with it is printed."""

import datetime as dt
import uuid

import psycopg
import pytest
from django.utils import timezone
from psycopg import sql

from articles import confirming, publishing
from articles.archive import bring_in
from articles.gate import GateError, blockers, explained
from articles.models import Article, Proof, Rendering
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Talk
from sources.vetting import vet
from tests.factories import Desk, StaffFactory
from tests.test_the_gate_in_raw_sql import COLUMNS, copy_of, printing, refused


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def codes(article: Article) -> set[str]:
    return {b.code for b in blockers(article)}


def resting_on(desk: Desk, earlier: Publication) -> Article:
    """A story whose one fact rests on that of a story of ours."""
    article = desk.article("It went on")
    fact = desk.fact(article, "It went on.", sources=[], confirmed=False)
    wording = earlier.printing.article.facts.get().wording
    fact.wording.confirmations.create(basis="earlier", earlier=wording, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    return article


def without_its_fact(desk: Desk, publication: Publication) -> Article:
    """The same story, signed anew without what it stated before."""
    article = Article.objects.get(pk=publication.printing.article_id)
    confirming.drop(article.facts.get(), by=desk.editor, reason="Not the point any more")
    desk.fact(article, "It snowed.")
    return desk.signed(article)


def test_an_earlier_fact_carries_while_it_is_in_print_and_will_stay(desk):
    earlier = desk.published()
    article = resting_on(desk, earlier)
    printed = desk.published(article)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    publishing.publish(without_its_fact(desk, earlier), by=desk.editor, at=tomorrow)
    assert earlier in Publication.objects.in_print()
    assert codes(article) == {"fact_needs_sources", "earlier_fell", "pulled_since"}
    printed.refresh_from_db()
    assert printed.pulled_at


def test_an_earlier_fact_that_waits_for_its_hour_carries_nothing(desk):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    earlier = publishing.publish(desk.signed(), by=desk.editor, at=tomorrow)
    assert "fact_needs_sources" in codes(resting_on(desk, earlier))


@pytest.mark.parametrize("why", ["turns out to be an author", "is the chief editor no longer"])
def test_a_waiver_does_not_count_when_who_gave_it(desk, why):
    article = desk.article()
    fact = desk.fact(article, sources=[desk.source()])
    desk.waived(fact)
    desk.signed(article)
    assert codes(article) == set()
    if why == "turns out to be an author":
        article.authors.add(desk.editor)
    else:
        desk.chief.groups.clear()
    assert "fact_needs_sources" in codes(article)


def signed_with_picture_and_tag(desk: Desk, photo) -> Proof:
    article = desk.article()
    article.tags.add("rice")
    article.figures.create(photo=photo, caption="A market", alt="Stalls")
    return desk.signed(article).proofs.get()


def print_with(connection: psycopg.Connection, desk: Desk, proof: Proof, table: str, row: dict) -> None:
    """Prints a signed proof past the door, with one row that hangs on it."""
    row = {"id": uuid.uuid4(), "publication_id": proof_copy(connection, proof), **row}
    printing(connection, proof, desk)
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Literal, row.values())),
        )
    )


def proof_copy(connection: psycopg.Connection, proof: Proof) -> uuid.UUID:
    return connection.execute(
        sql.SQL("INSERT INTO reader_publication ({}) {} RETURNING id").format(COLUMNS, copy_of(proof))
    ).fetchone()[0]


@pytest.mark.parametrize("forged", [{"slug": "kim"}, {"name": "A name"}, {"slug": "kim", "name": "A name"}])
def test_a_tag_that_was_not_signed_is_not_printed(desk, desk_sql, a_photo, forged):
    proof = signed_with_picture_and_tag(desk, a_photo)
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        print_with(desk_sql, desk, proof, "reader_printedtag", proof.tags[0] | forged)
    assert refused(error) == {"not_what_was_signed"}
    with desk_sql.transaction():
        print_with(desk_sql, desk, proof, "reader_printedtag", proof.tags[0])
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(
            "INSERT INTO reader_printedtag (id, publication_id, slug, name)"
            " SELECT gen_random_uuid(), id, 'added', 'Added later' FROM reader_publication"
        )
    assert refused(error) == {"not_what_was_signed"}


@pytest.mark.parametrize("forged", [{"picture": "f" * 64}, {"sha256": "f" * 64}, {"format": "gif"}, {"width": 7}])
def test_a_file_that_was_not_signed_is_not_printed(desk, desk_sql, a_photo, forged):
    proof = signed_with_picture_and_tag(desk, a_photo)
    picture = proof.figures[0]["pictures"][0]
    row = {"picture": picture["hash"], "name": "a-random-name", **picture["renditions"][0]}
    with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
        print_with(desk_sql, desk, proof, "reader_printedpicture", row | forged)
    assert refused(error) == {"not_what_was_signed"}
    with desk_sql.transaction():
        print_with(desk_sql, desk, proof, "reader_printedpicture", row)


@pytest.mark.parametrize("until", ["NULL", "now() + interval '1 day'"])
@pytest.mark.parametrize(
    ("since", "code"), [("a stricter policy", "fact_needs_sources"), ("its signer left", "signature_missing")]
)
def test_a_version_whose_time_is_over_comes_back_through_the_whole_gate_alone(desk, desk_sql, until, since, code):
    old = desk.published()
    article = Article.objects.get(pk=old.printing.article_id)
    article.headline = "Second version"
    article.save()
    new = desk.published(article)
    desk_sql.execute("UPDATE reader_publication SET superseded_at = go_live_at WHERE id = %s", [new.pk])
    if since == "a stricter policy":
        desk.agree(min_sources=3)
    else:
        # The fact is confirmed by another, so that the signature alone is lost.
        confirming.confirm(article.facts.get(), by=desk.other_editor)
        desk.editor.groups.clear()
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(f"UPDATE reader_publication SET superseded_at = {until} WHERE id = %s", [old.pk])
    assert refused(error) == {code}
    assert not Publication.objects.in_print().exists()


@pytest.mark.parametrize("who", ["reads another language", "wrote it", "is no editor"])
def test_a_translation_is_not_marked_as_faithful_by_one_who(desk, who):
    original = desk.published().printing.article
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    by = StaffFactory(
        roles=["reporter" if who == "is no editor" else "editor"],
        reads=["en"] if who == "reads another language" else ["en", "ko"],
    )
    if who == "wrote it":
        translation.authors.add(by)
    sign_off(ask_for_review(translation, by=desk.reporter), by=desk.editor)
    wording = original.facts.get().wording
    Rendering.objects.create(article=translation, wording=wording, by=by)
    assert codes(translation) == {"fact_not_rendered"}
    Rendering.objects.create(article=translation, wording=wording, by=desk.other_editor)
    assert codes(translation) == set()


def test_a_talk_with_one_source_is_not_the_word_of_another(desk):
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    hers, his = desk.source(), desk.source()
    talk = Talk.objects.create(source=hers, held_on=dt.date(2026, 5, 2), medium="call", recorded_by=desk.reporter)
    with pytest.raises(GateError) as refusal, explained():
        desk.says(fact, his, talk=False, talk_id=talk.pk)
    assert refusal.value.code == "talk_with_another_source"
    desk.says(fact, hers, talk=False, talk_id=talk.pk)


LOCKED = [
    "reader_publication",
    "reader_printedtag",
    "reader_printedpicture",
    "articles_article",
    "articles_article_authors",
    "articles_article_bylines",
    "articles_byline",
    "articles_fact",
    "articles_wording",
    "articles_confirmation",
    "articles_takenback",
    "articles_verdict",
    "articles_dropping",
    "articles_waiver",
    "articles_rendering",
    "articles_document",
    "articles_proof",
    "articles_proofwording",
    "articles_signoff",
    "articles_check",
    "articles_figure",
    "articles_relatedlink",
    "articles_correction",
    "articles_printing",
    "articles_policy",
    "articles_leak",
    "sources_protectedterm",
    "sources_source",
    "sources_circle",
    "sources_talk",
    "sources_vetting",
    "sources_confidant",
    "photos_photo",
    "photos_rendition",
    "staff_user_groups",
]


@pytest.mark.parametrize("level", [psycopg.IsolationLevel.REPEATABLE_READ, psycopg.IsolationLevel.SERIALIZABLE])
def test_by_an_old_picture_of_the_facts_nothing_is_written(committed_db, owner_sql, level):
    """Whatever table the law reads; that a statement finds no row is no excuse."""
    owner_sql.isolation_level = level
    for table in LOCKED:
        with pytest.raises(psycopg.Error) as error, owner_sql.transaction():
            owner_sql.execute(sql.SQL("DELETE FROM {} WHERE false").format(sql.Identifier(table)))
        assert error.value.sqlstate == "NR002", table


@pytest.mark.parametrize("deed", ["UPDATE articles_verdict SET ruling = 'confirmed'", "DELETE FROM articles_verdict"])
def test_a_verdict_stays_as_it_was_given(desk, desk_sql, owner_sql, deed):
    fact = desk.fact(desk.article(), confirmed=False)
    confirming.dispute(fact, by=desk.editor, reason="Another witness")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute(deed)
    with pytest.raises(psycopg.Error) as error:
        owner_sql.execute(deed)
    assert error.value.sqlstate == "NR003"
    assert fact.wording.verdicts.get().ruling == "disputed"


def on_one_source(desk: Desk) -> Article:
    """A story whose one fact two people let rest on one source."""
    article = desk.article()
    desk.waived(desk.fact(article, sources=[desk.source()]))
    return article


def test_an_exception_carries_the_version_that_tells_of_it(desk):
    article = on_one_source(desk)
    silent = ask_for_review(article, by=desk.reporter)
    wordings, checks = list(silent.wordings.all()), list(silent.checks.all())
    silent.pk, silent.how_known = None, silent.how_known | {"single_source": []}
    silent.save(force_insert=True)
    silent = Proof.objects.latest("pk")
    silent.wordings.set(wordings)
    for check in checks:
        silent.checks.create(name=check.name, digest=silent.digest, passed=check.passed, findings=check.findings)
    silent.sign_offs.create(digest=silent.digest, by=desk.editor)
    with pytest.raises(GateError) as kept:
        publishing.publish(article, by=desk.editor)
    assert {b.code for b in kept.value.blockers} == {"exception_not_told"}

    second = desk.source()
    fact = desk.fact(desk.article("Two"), sources=[desk.source(), second])
    printed = desk.published(fact.article)
    desk.waived(fact)
    vet(second, "discredited", by=desk.editor, reason="She made it up")
    printed.refresh_from_db()
    assert printed.pulled_at


@pytest.mark.parametrize("deed", ["pulled_at = clock_timestamp()", "go_live_at = go_live_at + interval '9 days'"])
def test_what_comes_while_a_transaction_is_open_has_come(desk, desk_sql, superuser_sql, site_sql, deed):
    first = desk.published()
    article = Article.objects.get(pk=first.printing.article_id)
    article.headline = "Second version"
    article.save()
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    waits = publishing.publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(days=1))
    # Its hour comes a moment ago, for no test waits for a whole minute.
    superuser_sql.execute("ALTER TABLE reader_publication DROP CONSTRAINT publication_goes_live_on_a_whole_minute")
    with desk_sql.transaction():
        desk_sql.execute("SELECT now()")
        came = superuser_sql.execute("SELECT clock_timestamp()").fetchone()[0]
        superuser_sql.execute("UPDATE reader_publication SET superseded_at = %s WHERE id = %s", [came, first.pk])
        superuser_sql.execute("UPDATE reader_publication SET go_live_at = %s WHERE id = %s", [came, waits.pk])
        if deed.startswith("go_live_at"):
            with pytest.raises(psycopg.Error) as error, desk_sql.transaction():
                desk_sql.execute(f"UPDATE reader_publication SET {deed} WHERE id = %s", [waits.pk])
            assert error.value.sqlstate == "NR003"
        else:
            desk_sql.execute(f"UPDATE reader_publication SET {deed} WHERE id = %s", [waits.pk])
    assert first.pk not in {key for (key,) in site_sql.execute("SELECT id FROM reader_publication").fetchall()}
    assert desk_sql.execute("SELECT printing_was_seen(%s)", [waits.pk]).fetchone() == (True,)


def test_a_story_of_the_archive_does_not_wait_beyond_the_day(desk, desk_sql):
    desk.agree(began_on=timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=10))
    story = {"language": "en", "headline": "Old", "body": "<p>Long ago.</p>", "section": desk.section.slug}
    [old] = bring_in([story | {"printed": "2019-05-04T00:30+00:00"}], by=desk.chief)
    columns = [
        f.column
        for f in Publication._meta.concrete_fields
        if f.column not in ("id", "story", "slug", "turn", "go_live_at")
    ]
    again = sql.SQL(
        "WITH again AS (INSERT INTO reader_publication (id, story, slug, turn, go_live_at, {c})"
        " SELECT gen_random_uuid(), gen_random_uuid(), 'again', nextval('reader_turn'),"
        " date_trunc('minute', now()) + %s::interval, {c} FROM reader_publication WHERE id = %s RETURNING id)"
        " INSERT INTO articles_intake (publication_id, by_id, at) SELECT id, %s, now() FROM again"
    ).format(c=sql.SQL(", ").join(map(sql.Identifier, columns)))
    with pytest.raises(psycopg.Error) as error:
        desk_sql.execute(again, ["60 days", old.pk, desk.chief.pk])
    assert refused(error) == {"archive_closed"}
    desk_sql.execute(again, ["2 days", old.pk, desk.chief.pk])
