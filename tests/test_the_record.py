"""What was done is on record, in one chain; whatever was changed or removed past it is found."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from articles import confirming, publishing
from articles.models import Correction, Entry, Fact, Figure, Policy, Proof, Rendering, Writer
from reader.models import Publication
from sources.models import Circle, Source, Talk
from sources.vetting import vet
from staff.models import User
from tests import clones
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, StaffFactory


@pytest.fixture
def desk(committed_db: str) -> Desk:
    return Desk()


@pytest.fixture
def past_the_record(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """Somebody with all the rights of the server, and every trigger off."""
    address = database_server.administrator.in_database(committed_db)
    with psycopg.connect(**address.psycopg, autocommit=True) as line:
        line.execute("SET session_replication_role = replica")
        yield line


def verify(*options: str) -> str:
    """What the command says of a record that is whole."""
    said = StringIO()
    call_command("verify_record", *options, stdout=said)
    return said.getvalue()


def wrong(*options: str) -> str:
    """What the command says of a record that is not."""
    said = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_record", *options, stdout=said)
    assert error.value.returncode == 1
    return said.getvalue()


def kept_head() -> str:
    return verify().split("Head: ")[1].strip()


def entries_of(act: Callable[[], object]) -> list[tuple[str, str]]:
    """The entries that an act leaves: tables and what was done."""
    last = Entry.objects.count()
    act()
    return [(e.table_name, e.op) for e in Entry.objects.filter(number__gt=last)]


def last_of(table: str) -> Entry:
    return Entry.objects.filter(table_name=table).latest("number")


def test_each_act_leaves_its_entry(desk):
    article = desk.article()
    by, editor = desk.reporter, desk.editor
    assert entries_of(lambda: confirming.state(article, "Rice rose.", kind="event", by=by)) == [
        ("articles_fact", "insert"),
        ("articles_wording", "insert"),
    ]
    fact = article.facts.get()
    one, two = desk.source(), desk.source()
    assert entries_of(lambda: [desk.says(fact, one), desk.says(fact, two)]) == [("articles_confirmation", "insert")] * 2
    entry = last_of("articles_confirmation")
    assert (entry.by, entry.article, entry.fields["source_id"]) == (by.pk, article.pk, two.pk)
    assert entries_of(lambda: confirming.confirm(fact, by=editor)) == [("articles_verdict", "insert")]
    printed = []
    done = entries_of(lambda: printed.append(desk.published(article)))
    assert set(done) == {
        (table, "insert")
        for table in (
            "articles_proof",
            "articles_proofwording",
            "articles_proofattribution",
            "articles_check",
            "articles_signoff",
            "reader_publication",
            "articles_printing",
        )
    }
    assert last_of("articles_printing").by == editor.pk
    assert set(last_of("articles_proof").fields) == {"id", "article_id", "revision", "digest", "made_by_id", "made_at"}
    (publication,) = printed
    assert entries_of(lambda: publishing.pull(publication, by=by, reason="Somebody rang")) == [
        ("articles_pull", "insert"),
        ("reader_publication", "update"),
    ]
    pulled = last_of("reader_publication")
    assert pulled.before == {"pulled_at": None}
    assert pulled.fields["pulled_at"]
    assert last_of("articles_pull").article == article.pk
    assert entries_of(lambda: publishing.release(publication, by=editor, reason="It stands")) == [
        ("articles_release", "insert"),
        ("reader_publication", "update"),
    ]
    assert entries_of(lambda: confirming.dispute(fact, by=editor, reason="He denies it")) == [
        ("articles_verdict", "insert"),
        ("reader_publication", "update"),
        ("articles_pull", "insert"),
    ]
    assert last_of("articles_pull").by is None
    assert entries_of(lambda: publishing.withdraw(publication, by=desk.chief, reason="Wrong")) == [
        ("articles_withdrawal", "insert"),
        ("reader_publication", "update"),
    ]
    said = fact.wording.confirmations.first()
    assert entries_of(lambda: confirming.take_back(said, by=by, reason="She is not sure")) == [
        ("articles_takenback", "insert")
    ]
    assert entries_of(
        lambda: confirming.waive(fact, by=desk.chief, reason="Only she was there", printed_reason="One source")
    ) == [("articles_waiver", "insert")]
    assert entries_of(lambda: confirming.drop(fact, by=editor, reason="Not needed")) == [
        ("articles_dropping", "insert")
    ]
    assert entries_of(lambda: Writer.objects.create(article=article, user=editor)) == [("articles_writer", "insert")]
    assert entries_of(lambda: DocumentFactory(archived_by=by)) == [("articles_document", "insert")]
    assert "The record is whole" in verify()


def test_a_correction_its_change_and_its_end_are_entered_with_what_stood_before(desk):
    article = desk.article()
    day = dt.date(2026, 5, 4)
    note = Correction.objects.create(article=article, text="It was May.", dated=day, by=desk.reporter)
    note.text, note.kind = "It was June.", "update"
    note.save()
    note.delete()
    made, changed, gone = Entry.objects.filter(table_name="articles_correction").exclude(op="begun")
    assert (made.op, made.by) == ("insert", desk.reporter.pk)
    assert changed.before == {"text": None, "kind": "correction"}
    assert changed.kept == {"text": "It was May."}
    # Nobody said who changed it: it is not put down to who wrote it.
    assert changed.by is None
    assert (gone.op, gone.kept) == ("delete", {"text": "It was June."})
    assert all("May" not in str([e.fields, e.before, e.texts]) for e in (made, changed, gone))
    assert "The record is whole" in verify()


def test_a_translation_marked_a_policy_a_source_and_an_account_are_entered(desk):
    source = desk.source()
    assert entries_of(lambda: vet(source, "discredited", by=desk.editor, reason="Invented it")) == [
        ("sources_vetting", "insert"),
        ("sources_source", "update"),
    ]
    assert last_of("sources_source").before == {"standing": "confirmed"}
    circle = Circle.objects.create(name="Lamp")
    assert entries_of(lambda: Source.objects.filter(pk=source.pk).update(circle=circle)) == [
        ("sources_source", "update")
    ]
    assert entries_of(lambda: Source.objects.filter(pk=source.pk).update(safety="at_risk")) == []

    assert entries_of(lambda: desk.agree(min_sources=3)) == [
        ("articles_policy", "insert"),
        ("articles_policy", "update"),
    ]
    entry = last_of("articles_policy")
    assert (entry.by, set(entry.before)) == (desk.editor.pk, {"agreed_by_id", "agreed_at"})

    assert entries_of(lambda: StaffFactory(roles=["editor"])) == [
        ("staff_user", "insert"),
        ("staff_user_groups", "insert"),
    ]
    colleague = User.objects.latest("pk")
    assert entries_of(lambda: colleague.groups.clear()) == [("staff_user_groups", "delete")]
    assert entries_of(lambda: User.objects.filter(pk=colleague.pk).update(is_active=False)) == [
        ("staff_user", "update")
    ]
    assert set(last_of("staff_user").fields) == {"id", "is_active", "is_superuser", "reads"}
    assert entries_of(lambda: User.objects.filter(pk=colleague.pk).update(last_login=timezone.now())) == []

    original = desk.signed()
    translation = desk.article(language="ko", translation_of=original)
    wording = original.facts.get().wording
    done = entries_of(lambda: Rendering.objects.create(article=translation, wording=wording, by=desk.editor))
    assert done == [("articles_rendering", "insert")]
    assert last_of("articles_rendering").article == translation.pk
    assert "The record is whole" in verify()


def test_who_changes_an_account_at_the_desk_is_named(desk):
    colleague = StaffFactory(roles=["reporter"])
    page = f"/desk/staff/user/{colleague.pk}/change/"
    sent = {"username": colleague.username, "interface_language": "en", "reads": ["en"], "is_active": "on"}
    roles = {g.name: g.pk for g in desk.editor.groups.model.objects.all()}
    at_the_desk(desk.chief).post(page, {**sent, "groups": [roles["editor"]]})
    assert colleague.groups.get().name == "editor"
    added = Entry.objects.get(
        table_name="staff_user_groups", op="insert", fields__group_id=roles["editor"], fields__user_id=colleague.pk
    )
    assert added.by == desk.chief.pk


def test_a_rolled_back_act_leaves_neither_entry_nor_gap(desk):
    fact = desk.fact(desk.article())
    before = Entry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        confirming.dispute(fact, by=desk.editor, reason="He denies it")
        raise RuntimeError
    assert Entry.objects.count() == before
    confirming.dispute(fact, by=desk.editor, reason="He denies it")
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, before + 2))


def test_two_connections_that_write_at_once_make_one_chain(desk):
    facts = [desk.fact(desk.article(slug=f"side-{side}")) for side in range(2)]
    editors = [desk.editor, desk.other_editor]
    before, start = Entry.objects.count(), threading.Barrier(2)

    def write(side: int) -> None:
        start.wait()
        try:
            for n in range(15):
                confirming.dispute(facts[side], by=editors[side], reason=f"He denies it, {n}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[side]) for side in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert Entry.objects.count() == before + 30
    written = Entry.objects.filter(number__gt=before)
    assert {e.by for e in written} == {editor.pk for editor in editors}
    assert "The record is whole" in verify()


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/St_Johns"])
def test_the_sessions_time_zone_and_date_style_change_nothing(desk, desk_sql, zone):
    fact = desk.fact(desk.article())
    desk_sql.execute(f"SET TimeZone TO '{zone}'")
    desk_sql.execute("SET DateStyle TO 'German, DMY'")
    desk_sql.execute(
        "INSERT INTO articles_verdict (wording_id, ruling, by_id, at, reason, seen)"
        " VALUES (%s, 'disputed', %s, '2026-05-04 12:00+09', 'He denies it', '{}')",
        [fact.wording.pk, desk.editor.pk],
    )
    assert last_of("articles_verdict").fields["at"] == "2026-05-04T03:00:00+00:00"
    assert "The record is whole" in verify()
    for question in ("record_chain_faults()", "record_row_faults('articles_verdict')", "record_word_faults()"):
        assert desk_sql.execute(f"SELECT * FROM {question}").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO articles_entry SELECT * FROM articles_entry LIMIT 1",
        "UPDATE articles_entry SET by_id = 1",
        "UPDATE articles_entry SET salts = '{}'",
        "DELETE FROM articles_entry",
        "TRUNCATE articles_entry",
        "ALTER TABLE articles_verdict DISABLE TRIGGER entry_of_insert",
        "SELECT record_add('articles_verdict', '1', 'insert', 1, 1, '{}', '{}', '{}', '{}')",
        "SELECT record_destroy('articles_verdict', '1', 'reason', 1)",
    ],
)
def test_the_desks_role_writes_no_entry_itself(desk, desk_sql, statement):
    before = list(Entry.objects.values())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute(statement)
    assert list(Entry.objects.values()) == before


def test_not_even_the_owner_changes_an_entry_by_mistake(desk, owner_sql):
    for statement in (
        "UPDATE articles_entry SET by_id = 1",
        'UPDATE articles_entry SET salts = \'{"reason": "00"}\'',
        "DELETE FROM articles_entry WHERE number = 3",
        "TRUNCATE articles_entry",
    ):
        with pytest.raises(psycopg.Error) as error:
            owner_sql.execute(statement)
        assert error.value.sqlstate == "NR003", statement


CHANGES = [
    (
        "UPDATE articles_takenback SET by_id = (SELECT id FROM staff_user WHERE username = 'chief')",
        "articles_takenback",
    ),
    ("UPDATE articles_takenback SET reason = 'Nothing'", "recorded it: reason."),
    ("UPDATE articles_takenback SET at = at - interval '1 day'", "recorded it: at."),
    ("UPDATE articles_verdict SET seen = '{}' WHERE seen <> '{}'", "recorded it: seen."),
    ("UPDATE articles_wording SET text = 'Rice fell.'", "recorded it: text."),
    ("UPDATE articles_confirmation SET source_id = (SELECT max(id) FROM sources_source)", "recorded it: source_id."),
    # So the hour can't fade with the day of the talk (docs/protecting-sources.md, row 10).
    (
        "UPDATE articles_confirmation SET recorded_at = date_trunc('month', recorded_at) - interval '1 day'",
        "recorded it: recorded_at.",
    ),
    ("UPDATE articles_proof SET digest = repeat('0', 64)", "recorded it: digest."),
    ("UPDATE articles_proof SET headline = 'Rice is cheaper'", "The words of articles_proof"),
    ("UPDATE reader_publication SET headline = 'Rice is cheaper'", "The words of reader_publication"),
    ("UPDATE reader_publication SET pulled_at = NULL", "recorded it: pulled_at."),
    ("UPDATE sources_source SET standing = 'unconfirmed'", "recorded it: standing."),
    ("UPDATE staff_user SET is_active = false WHERE username = 'chief'", "recorded it: is_active."),
    ("UPDATE articles_policy SET min_sources = 1", "recorded it: min_sources."),
    ("DELETE FROM articles_verdict", "articles_verdict"),
    ("DELETE FROM articles_takenback", "is gone"),
    ("DELETE FROM staff_user_groups", "is gone"),
    (
        "INSERT INTO articles_verdict (wording_id, ruling, by_id, at, reason, seen)"
        " SELECT wording_id, 'confirmed', by_id, now(), '', '{}' FROM articles_verdict",
        "has no entry: it was added past the record.",
    ),
    ("UPDATE articles_entry SET by_id = coalesce(by_id, 0) + 1 WHERE number = 66", "Entry 66"),
    ('UPDATE articles_entry SET fields = fields || \'{"ruling": "confirmed"}\' WHERE number = 66', "Entry 66"),
    ("UPDATE articles_entry SET at = at + interval '1 microsecond' WHERE number = 66", "Entry 66"),
    ("UPDATE articles_entry SET hash = repeat('0', 64) WHERE number = 66", "Entry 67"),
    ("UPDATE articles_entry SET salts = '{}' WHERE table_name = 'articles_takenback'", "recorded it: reason."),
    ("DELETE FROM articles_entry WHERE number = 66", "before entry 67: 66."),
    ("DELETE FROM articles_entry WHERE number BETWEEN 66 AND 68", "before entry 69: 66–68."),
    ("DELETE FROM articles_entry WHERE number < 3", "before entry 3: 1–2."),
    (
        "UPDATE articles_entry SET number = -number WHERE number IN (66, 67);"
        "UPDATE articles_entry SET number = 133 + number WHERE number < 0",
        "Entry 66",
    ),
    (
        "UPDATE articles_entry a SET fields = b.fields, texts = b.texts, salts = b.salts, row_id = b.row_id"
        " FROM articles_entry b WHERE a.number IN (66, 67) AND b.number = 133 - a.number",
        "Entry 67",
    ),
]


@pytest.mark.parametrize(("statement", "sentence"), CHANGES)
def test_what_was_changed_past_the_record_is_found(desk, past_the_record, statement, sentence):
    fact = desk.fact(desk.article())
    desk.published(fact.article)
    confirming.take_back(fact.wording.confirmations.first(), by=desk.reporter, reason="She is not sure")
    assert Publication.objects.get().pulled_at
    assert Entry.objects.count() > 76
    assert "The record is whole" in verify()
    past_the_record.execute(statement)
    assert sentence in wrong()


def test_two_rows_whose_reasons_were_swapped_are_found(desk, past_the_record):
    facts = [desk.fact(desk.article(slug=f"side-{side}")) for side in range(2)]
    one, two = (
        confirming.dispute(fact, by=desk.editor, reason=reason)
        for fact, reason in zip(facts, ["He denies it", "She denies it"], strict=True)
    )
    past_the_record.execute(
        "UPDATE articles_verdict v SET reason = w.reason FROM articles_verdict w"
        " WHERE v.id IN (%(one)s, %(two)s) AND w.id IN (%(one)s, %(two)s) AND v.id <> w.id",
        {"one": one.pk, "two": two.pk},
    )
    said = wrong()
    assert f"articles_verdict {one.pk} is not as entry" in said
    assert f"articles_verdict {two.pk} is not as entry" in said


def test_a_row_that_comes_back_is_found(desk, past_the_record):
    note = Correction.objects.create(
        article=desk.article(), text="It was May.", dated=dt.date(2026, 5, 4), by=desk.reporter
    )
    key = note.pk
    note.delete()
    past_the_record.execute(
        "INSERT INTO articles_correction (id, article_id, kind, text, dated, by_id)"
        " SELECT %s, id, 'correction', 'It was May.', '2026-05-04', created_by_id FROM articles_article",
        [key],
    )
    assert f"articles_correction {key} is there; entry" in wrong()


def test_earlier_words_that_were_changed_are_found(desk, past_the_record):
    note = Correction.objects.create(
        article=desk.article(), text="It was May.", dated=dt.date(2026, 5, 4), by=desk.reporter
    )
    note.text = "It was June."
    note.save()
    past_the_record.execute(
        "UPDATE articles_entry SET kept = %s WHERE kept <> '{}'", [Jsonb({"text": "It was April."})]
    )
    assert "keeps other words of articles_correction" in wrong()


def test_an_end_that_was_cut_off_shows_by_the_head_that_was_kept(desk, past_the_record):
    fact = desk.fact(desk.article())
    confirming.dispute(fact, by=desk.editor, reason="He denies it")
    kept = kept_head()
    assert kept.startswith(f"{Entry.objects.count()}:")
    assert "The record is whole" in verify("--head", kept)
    # The verdict goes, and its entry: nothing that is left gives it away.
    past_the_record.execute("DELETE FROM articles_verdict WHERE ruling = 'disputed'")
    past_the_record.execute("DELETE FROM articles_entry WHERE number = (SELECT max(number) FROM articles_entry)")
    assert "The record is whole" in verify()
    assert "the end of the record was cut off" in wrong("--head", kept)
    # Another act takes its number.
    confirming.dispute(fact, by=desk.editor, reason="Another reason")
    assert "the record was written anew" in wrong("--head", kept)


def test_a_head_that_is_none_is_refused(desk):
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        verify("--head", "7")


def test_a_text_is_destroyed_without_breaking_the_chain(desk, owner_sql, past_the_record):
    fact = desk.fact(desk.article())
    disputed = confirming.dispute(fact, by=desk.editor, reason="Her sister at the mill denies it")
    kept = kept_head()
    owner_sql.execute("SELECT record_destroy('articles_verdict', %s, 'reason', %s)", [str(disputed.pk), desk.chief.pk])
    disputed.refresh_from_db()
    assert disputed.reason == "[destroyed]"
    said = verify("--head", kept)
    assert "The record is whole" in said
    assert "Texts destroyed on purpose: 1." in said
    entry = last_of("articles_verdict")
    assert (entry.op, entry.by, entry.fields, entry.article) == (
        "destroyed",
        desk.chief.pk,
        {"column": "reason"},
        fact.article_id,
    )
    # Nothing is left by which the words could be guessed.
    assert not Entry.objects.filter(table_name="articles_verdict", row_id=disputed.pk, salts__has_key="reason").exists()
    whole = "SELECT count(*) FROM articles_entry e WHERE e::text LIKE '%mill%'"
    assert owner_sql.execute(whole).fetchone() == (0,)
    # The law is switched on again, and what stands in its place can't be anything else.
    with pytest.raises(psycopg.Error):
        owner_sql.execute("DELETE FROM articles_verdict")
    past_the_record.execute("UPDATE articles_verdict SET reason = 'All is well' WHERE id = %s", [disputed.pk])
    assert "recorded it: reason." in wrong()


def test_earlier_words_of_a_correction_go_with_it(desk, owner_sql):
    note = Correction.objects.create(
        article=desk.article(), text="The mill.", dated=dt.date(2026, 5, 4), by=desk.reporter
    )
    note.text = "A mill."
    note.save()
    owner_sql.execute("SELECT record_destroy('articles_correction', %s, 'text', NULL)", [str(note.pk)])
    assert owner_sql.execute("SELECT count(*) FROM articles_entry e WHERE e::text ILIKE '%mill%'").fetchone() == (0,)
    assert "The record is whole" in verify()
    note.refresh_from_db()
    note.text = "It was May."
    note.save()
    assert "The record is whole" in verify()


def test_only_a_recorded_text_can_be_destroyed(desk, owner_sql):
    for table, row, column in (("articles_verdict", "1", "by_id"), ("staff_user", "1", "username")):
        with pytest.raises(psycopg.errors.RaiseException, match="is no recorded text"):
            owner_sql.execute("SELECT record_destroy(%s, %s, %s, NULL)", [table, row, column])
    with pytest.raises(psycopg.errors.RaiseException, match="There is no row"):
        owner_sql.execute("SELECT record_destroy('articles_verdict', '0', 'reason', NULL)")


def test_rows_from_before_the_record_are_found_once(desk, owner_sql, past_the_record):
    from newsroom.standing import SQL_FILES

    desk.published()
    past_the_record.execute("TRUNCATE articles_entry")
    assert "is not recorded" in wrong()
    law = SQL_FILES["record.sql"].read_text()
    with owner_sql.transaction():
        owner_sql.execute(law)
    said = verify()
    assert "The record is whole" in said
    assert f"Rows that were there before the record: {Entry.objects.filter(op='found').count()}." in said
    assert Entry.objects.filter(table_name="articles_verdict", op="found", by=desk.editor.pk).exists()
    assert Entry.objects.filter(table_name="reader_publication", op="found", article__isnull=False).count() == 1
    # Installing again makes no forgery good.
    past_the_record.execute(
        "INSERT INTO articles_takenback (confirmation_id, by_id, at, reason)"
        " SELECT id, recorded_by_id, now(), 'No' FROM articles_confirmation LIMIT 1"
    )
    with owner_sql.transaction():
        owner_sql.execute(law)
    assert "articles_takenback" in wrong()


# Tables that the law names and that have no entries, each with the reason.
EXEMPT = {
    "gate_pending": "The questions of the transaction that is running, gone at its end.",
    "gate_asking": "That it is answering them, gone when it has.",
    "articles_figure": "Of the working copy, for the desk: what is printed of it stands in the proof, under its digest.",
    "photos_photo": "Likewise.",
    "articles_section": "The frame of the pages: by a section no story is judged.",
    "reader_edition": "Likewise; written, never read.",
    "sources_talk": "An entry would say when: verify_record compares it with the confirmation that names it.",
    "sources_confidant": "The chain would keep for ever, with an hour, whom a source ever trusted.",
    "sources_protectedperson": "Named for whose seal or term it is: nobody's to know that there was one, nor when.",
    "articles_leak": "The chain would keep for ever, with an hour, who wrote of whom; what is printed is scanned in a check.",
    "sources_protectedterm": "A fingerprint in the chain would outlive the forgetting of its source.",
    "articles_byline": "Read for whether it ever stood over a story: articles_article_bylines is recorded.",
    "django_content_type": "Django's names of its models.",
}


def test_every_table_by_which_the_law_decides_is_recorded(desk):
    """Whatever a function of gate.sql names, or a query that its triggers are given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE proname LIKE 'gate\\_%' UNION ALL"
            " SELECT encode(tgargs, 'escape') FROM pg_trigger WHERE tgname LIKE 'gate\\_%'"
        )
        law = re.sub(r"--[^\n]*", "", "\n".join(source for (source,) in cursor.fetchall()))
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        named = {table for (table,) in cursor.fetchall() if re.search(rf"\b{table}\b", law)}
        cursor.execute("SELECT tab FROM record_tables()")
        recorded = {table for (table,) in cursor.fetchall()}
    assert len(named) > 30
    assert named - recorded == set(EXEMPT), "Record it (articles/sql/record.sql), or say here why not."


def test_saving_the_words_of_a_story_is_no_entry(desk):
    article = desk.article()
    article.headline, article.body = "Rice is dearer still", "<p>Another paragraph.</p>"
    assert entries_of(article.save) == []
    other = desk.article(slug="other", language="ko")
    other.translation_of = article
    assert entries_of(other.save) == [("articles_article", "update")]
    entry = last_of("articles_article")
    assert entry.before == {"translation_of_id": None}
    assert (entry.article, set(entry.fields)) == (
        other.pk,
        {"id", "story", "translation_of_id", "created_by_id", "language"},
    )


def test_nothing_is_entered_of_a_talk(desk):
    source = desk.source()
    talk = Talk(source=source, held_on=dt.date(2019, 3, 14), medium="call", recorded_by=desk.reporter)
    assert entries_of(talk.save) == []


@pytest.fixture
def a_story_in_print(desk: Desk, a_photo) -> Publication:
    """One with a tag, a picture, two facts and two sources, and another story beside it."""
    article = desk.article()
    Figure.objects.create(article=article, photo=a_photo, caption="The market.", alt="A market.")
    article.tags.add("Rice")
    desk.fact(article, "Rice rose in May.", sources=[desk.source(), desk.source()])
    desk.fact(article, "Rice rose in June.", sources=[desk.source(), desk.source()])
    desk.article(slug="beside", headline="Beside")
    return desk.published(article)


SOMEBODY_ELSE = "(SELECT max(id) FROM staff_user)"
BY_THE_LAW = [
    ("DELETE FROM articles_proofwording", "articles_proofwording", "is gone"),
    (
        "INSERT INTO articles_proofwording (proof_id, wording_id)"
        " SELECT max(proof_id), (SELECT max(id) FROM articles_wording) + 1 FROM articles_proofwording",
        "articles_proofwording",
        "has no entry",
    ),
    ("UPDATE articles_proofwording SET wording_id = wording_id + 9", "articles_proofwording", "it: wording_id."),
    ("UPDATE articles_proof SET coverage = '[]'", "articles_proof", "it: coverage."),
    ("UPDATE articles_fact SET article_id = article_id + 1", "articles_fact", "it: article_id."),
    (f"UPDATE articles_fact SET created_by_id = {SOMEBODY_ELSE}", "articles_fact", "it: created_by_id."),
    ("DELETE FROM articles_fact", "articles_fact", "is gone"),
    (f"UPDATE articles_article SET created_by_id = {SOMEBODY_ELSE}", "articles_article", "it: created_by_id."),
    ("UPDATE articles_article SET story = gen_random_uuid()", "articles_article", "it: story."),
    (
        "UPDATE articles_article SET translation_of_id = (SELECT min(id) FROM articles_article) WHERE slug = 'beside'",
        "articles_article",
        "it: translation_of_id.",
    ),
    ("UPDATE articles_article SET language = 'ko'", "articles_article", "it: language."),
    ("DELETE FROM articles_article WHERE slug = 'beside'", "articles_article", "is gone"),
    ("DELETE FROM articles_article_authors", "articles_article_authors", "is gone"),
    (f"UPDATE articles_article_authors SET user_id = {SOMEBODY_ELSE}", "articles_article_authors", "it: user_id."),
    (
        f"INSERT INTO articles_article_authors (article_id, user_id) SELECT min(id), {SOMEBODY_ELSE} FROM articles_article",
        "articles_article_authors",
        "has no entry",
    ),
    ("DELETE FROM articles_article_bylines", "articles_article_bylines", "is gone"),
    ("UPDATE articles_article_bylines SET byline_id = byline_id + 9", "articles_article_bylines", "it: byline_id."),
    ("DELETE FROM reader_printedtag", "reader_printedtag", "is gone"),
    ("UPDATE reader_printedtag SET slug = 'oil'", "reader_printedtag", "it: slug."),
    ("DELETE FROM reader_printedpicture", "reader_printedpicture", "is gone"),
    ("UPDATE reader_printedpicture SET sha256 = repeat('0', 64)", "reader_printedpicture", "it: sha256."),
    (
        "UPDATE sources_talk SET source_id = (SELECT max(id) FROM sources_source) WHERE id = (SELECT min(id) FROM sources_talk)",
        "The talk that articles_confirmation",
        "is one with somebody else.",
    ),
    ("DELETE FROM sources_talk", "The talk that articles_confirmation", "is gone"),
    (
        "UPDATE auth_group SET name = 'former' WHERE name = 'editor';"
        "UPDATE auth_group SET name = 'editor' WHERE name = 'moderator'",
        "auth_group",
        "it: name.",
    ),
    ("INSERT INTO auth_group (name) VALUES ('editor ')", "auth_group", "has no entry"),
    (
        "CREATE TEMP TABLE two AS SELECT min(number) AS a, max(number) AS z FROM articles_entry"
        " WHERE table_name = 'articles_proofwording' AND op = 'insert';"
        "UPDATE articles_entry SET number = -number WHERE number IN (SELECT unnest(ARRAY[a, z]) FROM two);"
        "UPDATE articles_entry SET number = (SELECT a + z FROM two) + number WHERE number < 0",
        "(articles_proofwording",
        "was changed after it was written",
    ),
    (
        "DELETE FROM articles_proofwording; DELETE FROM articles_entry WHERE table_name = 'articles_proofwording'"
        " AND op = 'insert'",
        "Missing from the record before entry",
        "",
    ),
]


@pytest.mark.parametrize(("statement", "what", "sentence"), BY_THE_LAW)
def test_what_the_law_decides_by_is_not_changed_unseen(
    desk, a_story_in_print, superuser_sql, statement, what, sentence
):
    assert "The record is whole" in verify()
    superuser_sql.execute(statement)
    assert any(what in line and sentence in line for line in wrong().splitlines())


def test_a_record_from_before_the_law_read_so_much_goes_on_with_what_is_there(
    desk, a_story_in_print, owner_sql, superuser_sql
):
    """Tables that were not recorded, and a column of a table that was: entered when the law is installed, once."""
    from newsroom.standing import SQL_FILES

    law = SQL_FILES["record.sql"].read_text()
    earlier = re.sub(r"\n +\('(articles_article|articles_fact|articles_proofwording)',.*", "", law)
    assert "('articles_fact'," not in earlier
    earlier = earlier.replace("('articles_proof', '{coverage}'", "('articles_proof', '{}'")
    with owner_sql.transaction():
        owner_sql.execute(earlier)
    superuser_sql.execute("TRUNCATE articles_entry")
    with owner_sql.transaction():
        owner_sql.execute(earlier)
    assert not Entry.objects.filter(table_name="articles_proofwording").exists()
    assert not Entry.objects.filter(texts__has_key="coverage").exists()
    # Somebody forged a row before: it is not made good.
    superuser_sql.execute(
        "UPDATE articles_proof SET revision = revision + 1 WHERE id = (SELECT min(id) FROM articles_proof)"
    )
    forged = Proof.objects.earliest("pk").pk
    proof = desk.signed(desk.article(slug="third")).proofs.get().pk
    before = Entry.objects.count()
    for _ in range(2):
        with owner_sql.transaction():
            owner_sql.execute(law)
        written = Entry.objects.filter(number__gt=before)
        assert written.filter(table_name="articles_proofwording", op="found").count() == 3
        assert {e.row_id for e in written.filter(table_name="articles_fact", op="found")} == {
            str(fact.pk) for fact in Fact.objects.all()
        }
        more = written.get(table_name="articles_proof")
        assert (more.row_id, more.op, more.before, set(more.texts)) == (str(proof), "update", {}, {"coverage"})
        said = wrong()
        assert said.count("\n") == 1
        assert f"articles_proof {forged} is not as entry" in said
    superuser_sql.execute("UPDATE articles_proof SET revision = revision - 1 WHERE id = %s", [forged])
    superuser_sql.execute("UPDATE articles_proof SET coverage = '[]' WHERE id = %s", [proof])
    assert "recorded it: coverage." in wrong()


def test_every_column_of_a_recorded_table_is_recorded_or_left_out_on_purpose(desk):
    """A column that a migration adds is recorded by default; where not all are, this is what is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tab, texts, kept FROM record_tables()")
        tables = cursor.fetchall()
        assert len(tables) > 20
        for table, texts, kept in tables:
            cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [table])
            columns = {name for (name,) in cursor.fetchall()}
            assert set(texts) | set(kept) <= columns, table
    assert {table for table, _, kept in tables if kept} == {
        "articles_attribution",
        "staff_user",
        "staff_factorreset",
        "sources_source",
        "articles_article",
        "articles_fact",
        "articles_proof",
        "auth_group",
        "reader_publication",
        "reader_printedpicture",
    }


def test_the_records_policy_is_the_tables_own(desk):
    policy = Policy.objects.get()
    entry = Entry.objects.filter(table_name="articles_policy", op="insert").get()
    assert entry.fields["min_sources"] == policy.min_sources
    assert entry.by == desk.chief.pk
