"""The rules under the grants: what is refused to the desk's role by PostgreSQL's rights is refused to the tables' owner too."""

import datetime as dt

import psycopg
import pytest
from django.utils import timezone

from articles import confirming, publishing
from articles.archive import bring_in
from articles.models import Article, Policy
from articles.proofing import ask_for_review
from reader.models import Publication
from sources.models import Keeper
from staff.models import User
from tests.factories import Desk
from tests.test_bringing_in_an_archive import OLD


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


def test_printed_words_never_change_and_are_never_deleted(desk, owner_sql):
    article = desk.article()
    article.tags.add("rice")
    key = desk.published(article).pk

    def refused(deed: str) -> str:
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(deed)
        return error.value.sqlstate

    for column in ("headline = 'Invented'", "headline = 'Invented', pulled_at = now()", "origin = 'archive'"):
        assert refused(f"UPDATE reader_publication SET {column} WHERE id = '{key}'") == "NR003"
    for table in ("reader_printedtag", "reader_publication"):
        assert refused(f"DELETE FROM {table}") == "NR003"
    assert refused("UPDATE reader_printedtag SET name = 'Invented'") == "NR003"
    assert Publication.objects.get().headline == article.headline


def test_what_somebody_did_is_only_ever_added(desk, owner_sql):
    desk.published()
    waiver = desk.waived(desk.fact(desk.article(), sources=[desk.source()]))
    for deed in (
        "UPDATE articles_signoff SET at = now()",
        "DELETE FROM articles_signoff",
        "TRUNCATE articles_verdict CASCADE",
        f"DELETE FROM articles_waiver WHERE id = {waiver.pk}",
        f"UPDATE articles_waiver SET reason = 'Another' WHERE id = {waiver.pk}",
        "DELETE FROM articles_policy",
    ):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(deed)
        assert error.value.sqlstate == "NR003", deed


def test_what_was_said_of_a_fact_keeps_the_fact(desk, owner_sql):
    """Where a foreign key would let it go."""
    judged = desk.fact(desk.article(), sources=[], confirmed=False)
    confirming.dispute(judged, by=desk.editor, reason="Another witness")
    recorded = desk.fact(desk.article(), sources=[desk.source()], confirmed=False)
    proved = desk.fact(desk.article(), sources=[], confirmed=False)
    ask_for_review(proved.article, by=desk.reporter)
    untouched = desk.fact(desk.article(), sources=[], confirmed=False)
    for kept in (judged, recorded, proved):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute("DELETE FROM articles_fact WHERE id = %s", [kept.pk])
        assert error.value.sqlstate == "NR004"
    owner_sql.execute("DELETE FROM articles_wording WHERE fact_id = %s", [untouched.pk])
    owner_sql.execute("DELETE FROM articles_fact WHERE id = %s", [untouched.pk])


def test_a_wording_is_tied_to_its_words_and_to_no_other_statement(desk, owner_sql):
    wording = desk.fact(desk.article(), sources=[], confirmed=False).wording
    with pytest.raises(psycopg.Error) as error:
        owner_sql.execute("UPDATE articles_wording SET passages = '{x}', text = 'Other' WHERE id = %s", [wording.pk])
    assert error.value.sqlstate == "NR003"
    owner_sql.execute("UPDATE articles_wording SET passages = '{x}' WHERE id = %s", [wording.pk])


def test_a_story_keeps_who_began_it_and_what_it_was_translated_from(desk, owner_sql):
    original = desk.published().printing.article
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    confirming.mark_rendered(translation, original.facts.get(), by=desk.editor)
    desk.published(translation)
    for column in (f"created_by_id = {desk.editor.pk}", "translation_of_id = NULL"):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(f"UPDATE articles_article SET {column} WHERE id = {translation.pk}")
        assert error.value.sqlstate == "NR003", column


def test_a_policy_is_decided_by_two_editors(desk, owner_sql):
    clerk = User.objects.create(username="clerk")
    words = {name: getattr(desk.policy, name) for name in ("name_en", "name_ko", "promise_en", "promise_ko")}
    for proposed_by, agreed_by in ((clerk, desk.chief), (desk.chief, clerk)):
        proposed = Policy.objects.create(proposed_by=proposed_by, **words)
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(
                "UPDATE articles_policy SET agreed_by_id = %s, agreed_at = now() WHERE id = %s",
                [agreed_by.pk, proposed.pk],
            )
        assert error.value.sqlstate == "NR004"


def test_a_keeper_is_kept_with_her_key(desk, owner_sql):
    """Whoever could exchange a key would read what is sealed from then on, under another's name."""
    keeper = Keeper.objects.create(name="Amy", public_key="age1" + "q" * 58, proposed_by=desk.chief)
    for statement in (
        "UPDATE sources_keeper SET public_key = 'age1' || repeat('a', 58)",
        "UPDATE sources_keeper SET name = 'Eve'",
        f"UPDATE sources_keeper SET proposed_by_id = {desk.editor.pk}",
        f"DELETE FROM sources_keeper WHERE id = {keeper.pk}",
    ):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(statement)
        assert error.value.sqlstate == "NR003", statement


def test_a_version_that_was_replaced_in_its_first_minute_was_seen(desk, superuser_sql):
    """It had waited for its hour, and the next one was printed within that minute."""
    first = desk.published()
    article = first.printing.article
    Article.objects.filter(pk=article.pk).update(headline="Next")
    hour = timezone.now() + dt.timedelta(hours=1)
    second = publishing.publish(desk.signed(Article.objects.get(pk=article.pk)), by=desk.editor, at=hour)
    Article.objects.filter(pk=article.pk).update(headline="After it")
    third = desk.published(Article.objects.get(pk=article.pk))

    def seen(printed: str) -> bool:
        for columns, key in (
            ("superseded_at = %(hour)s", first),
            ("superseded_at = %(hour)s, go_live_at = %(hour)s, first_printed_at = %(hour)s", second),
        ):
            superuser_sql.execute(
                f"UPDATE reader_publication SET {columns} WHERE id = %(key)s", {"hour": third.go_live_at, "key": key.pk}
            )
        for key, at in ((second, "- interval '1 hour'"), (third, printed)):
            superuser_sql.execute(
                f"UPDATE articles_printing SET at = %s {at} WHERE publication_id = %s", [third.go_live_at, key.pk]
            )
        return superuser_sql.execute("SELECT printing_was_seen(%s) IS TRUE", [second.pk]).fetchone()[0]

    assert seen("+ interval '20 seconds'")
    assert not seen("- interval '1 minute'")


def test_a_story_of_the_archive_comes_back_after_the_first_day(desk, superuser_sql):
    desk.agree(began_on=timezone.now().date() + dt.timedelta(days=10))
    [old] = bring_in([OLD], by=desk.chief)
    publishing.pull(old, by=desk.chief, reason="A doubt")
    superuser_sql.execute("UPDATE articles_policy SET began_on = current_date - 1 WHERE began_on IS NOT NULL")
    publishing.release(old, by=desk.editor, reason="Right after all")
    assert old in Publication.objects.in_print()
    assert not Article.objects.filter(story=old.story).exists()
