"""Every table that the law reads waits for the law's lock; what was done is only added to; a reader's words revise."""

import pytest
from django.db import connection

from tests.laws import asked

pytestmark = pytest.mark.django_db

LOCKED = """
articles_article articles_article_authors articles_article_bylines articles_byline articles_byline_accounts articles_cautionsseen articles_check
articles_confirmation articles_context articles_correction articles_document articles_dropping articles_fact articles_figure articles_discretion
articles_hold articles_intake articles_invitation articles_lifting articles_override articles_passage articles_policy articles_leak
articles_guestsignature articles_printing articles_proof articles_proofwording articles_proofattribution articles_attribution articles_pull articles_relatedlink
articles_release articles_rendering articles_signoff articles_stagger articles_staggerhour articles_takenback
articles_verdict articles_waiver articles_withdrawal articles_wording articles_writer
photos_photo photos_rendition reader_printedpicture reader_printedtag reader_publication sources_circle sources_source
sources_confidant sources_forgetting sources_look sources_protectedperson sources_protectedterm sources_sealedrecord
sources_talk sources_vetting staff_user staff_user_groups sources_keeper sources_place staff_factorreset
"""
KEPT = """
articles_guestsignature articles_cautionsseen articles_pulltold articles_check articles_confirmation articles_document articles_dropping articles_hold articles_intake articles_invitation
articles_lifting articles_printing articles_proof articles_proofwording articles_proofattribution articles_pull articles_release articles_rendering
articles_signoff articles_staggerhour articles_takenback articles_verdict articles_withdrawal articles_writer
sources_confidant sources_forgetting sources_vetting
"""
AGREED = "articles_discretion articles_override articles_policy articles_stagger articles_waiver"
NEVER_EMPTIED = """
articles_guestsignature articles_cautionsseen articles_confirmation articles_context articles_discretion articles_dropping articles_fact articles_hold articles_override articles_policy
articles_printing articles_proof articles_proofwording articles_signoff articles_stagger articles_staggerhour
articles_takenback articles_verdict articles_waiver articles_wording articles_writer reader_printedpicture
reader_printedtag reader_publication sources_confidant sources_forgetting sources_vetting sources_keeper
"""
REVISES = """
articles_article_authors articles_article_bylines articles_attribution articles_context articles_correction articles_dropping
articles_figure articles_override articles_passage articles_relatedlink articles_waiver photos_photo taggit_taggeditem
"""
# Where it changes; new ones are nobody's yet, and none goes while a proof names it.
REVISES_CHANGED = "sources_place sources_source"
TRIGGERS = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.tgname LIKE %s AND t.tgenabled = 'O' AND NOT t.tgisinternal GROUP BY 1 HAVING count(*) = %s
"""


@pytest.mark.parametrize(
    ("trigger", "tables", "each"),
    [
        ("gate_lock", LOCKED, 1),
        ("gate_append_only", KEPT, 1),
        ("gate_agreed_once", AGREED, 1),
        ("gate_no_truncate", NEVER_EMPTIED, 1),
        ("gate_revise_%", REVISES, 3),
        ("gate_revise_%", REVISES_CHANGED, 1),
    ],
)
def test_the_law_stands_at_every_table(db, trigger, tables, each):
    assert {table for (table,) in asked(TRIGGERS, trigger, each)} == set(tables.split())


@pytest.mark.parametrize("table", ["articles_fact", "sources_source", "staff_user_groups"])
def test_who_writes_waits_for_the_lock(table):
    holds = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    assert asked(holds) == [(0,)]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE false")
    assert asked(holds) == [(1,)]
