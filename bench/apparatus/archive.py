"""A desk's years of work: stories with ten facts each, all confirmed, signed and printed, poured in past the gate.

For the size of the tables. What the gate is asked about is made by the desk's own acts.
"""

import psycopg

from bench.apparatus import paper

FACTS = 10
SOURCES = 300
TALKS = 40
# Rows are numbered from here, so that a row's number says what it belongs to.
BASE = 1_000_000

SOURCES_AND_TALKS = """
INSERT INTO sources_source (id, alias, standing, safety, part, contact_reporter_id, place_id)
SELECT {base} + s, 'stock source ' || s, 'confirmed', 'safe', 'resident', %(reporter)s, %(place)s
  FROM generate_series(1, {sources}) s;
INSERT INTO sources_vetting (standing, at, reason, by_id, source_id)
SELECT 'confirmed', now(), '', %(editor)s, {base} + s FROM generate_series(1, {sources}) s;
INSERT INTO sources_talk (id, held_on, medium, printed_precision, recorded_at, recorded_by_id, source_id)
SELECT {base} + s * {talks} + t, DATE '2026-05-02', 'call', 'withheld', now(), %(reporter)s, {base} + s
  FROM generate_series(1, {sources}) s, generate_series(0, {talks} - 1) t
"""

STORIES = """
INSERT INTO articles_article (id, story, language, kind, label, headline, slug, standfirst, dateline, body, revision,
                              created_at, updated_at, created_by_id, section_id)
SELECT {base} + n, p.story, p.language, p.kind, '', p.headline, p.slug, p.standfirst, p.dateline,
       array_to_string(p.blocks, ''), 12, p.go_live_at, p.go_live_at, %(reporter)s, %(section)s
  FROM {numbered};
INSERT INTO articles_article_authors (article_id, user_id)
SELECT {base} + n, %(reporter)s FROM generate_series(1, {count}) n;
INSERT INTO articles_article_bylines (article_id, byline_id)
SELECT {base} + n, %(byline)s FROM generate_series(1, {count}) n;
INSERT INTO photos_photo (id, name, credit_en, credit_ko, taken_precision, also_taken_precision, original, content_hash,
                          width, height, uploaded_at, uploaded_by_id)
SELECT {base} + n, 'Market', 'Photo: a resident', '사진: 주민 제공', 'withheld', 'withheld', 'stock/' || n,
       md5('picture ' || n || ' 1') || md5('of ' || n), 1840, 1224, now(), %(reporter)s
  FROM generate_series(1, {count}) n;
INSERT INTO articles_figure (article_id, photo_id, alt, alt_beside, caption, after_paragraph)
SELECT {base} + n, {base} + n, 'A street.', '', 'A street.', 0 FROM generate_series(1, {count}) n
"""

# Fact k of story n has one wording, two sources' words, and a verdict that saw both; all three share its number.
FACTS_AND_WHAT_CARRIES_THEM = """
INSERT INTO articles_fact (id, position, created_at, article_id, created_by_id)
SELECT {base} + (n - 1) * {facts} + k, k, now(), {base} + n, %(reporter)s FROM {each_fact};
INSERT INTO articles_wording (id, number, kind, text, at, by_id, fact_id)
SELECT {base} + (n - 1) * {facts} + k, 1, 'event', 'The price of rice rose in month ' || k || ' of year ' || n || '.',
       now(), %(reporter)s, {base} + (n - 1) * {facts} + k FROM {each_fact};
INSERT INTO articles_confirmation (id, basis, how, recorded_at, recorded_by_id, source_id, talk_id, wording_id)
SELECT {base} + 2 * ((n - 1) * {facts} + k) + c, 'source', 'saw', now(), %(reporter)s,
       {base} + 1 + s.number, {base} + (1 + s.number) * {talks} + n %% {talks}, {base} + (n - 1) * {facts} + k
  FROM {each_fact}, generate_series(0, 1) c, LATERAL (SELECT (n * 7 + k * 2 + c) %% {sources} AS number) s;
INSERT INTO articles_verdict (ruling, seen, at, reason, by_id, wording_id)
SELECT 'confirmed', ARRAY[{base} + 2 * ((n - 1) * {facts} + k), {base} + 2 * ((n - 1) * {facts} + k) + 1], now(), '',
       %(editor)s, {base} + (n - 1) * {facts} + k FROM {each_fact}
"""

PRINT = """
INSERT INTO articles_proof (id, {words}, revision, digest, made_at, article_id, made_by_id)
SELECT {base} + n, {words}, 12, repeat('0', 64), p.go_live_at, {base} + n, %(reporter)s FROM {numbered};
INSERT INTO articles_proofwording (proof_id, wording_id)
SELECT {base} + n, {base} + (n - 1) * {facts} + k FROM {each_fact};
INSERT INTO articles_signoff (digest, at, by_id, proof_id)
SELECT repeat('0', 64), now(), %(editor)s, {base} + n FROM generate_series(1, {count}) n;
INSERT INTO articles_check (digest, name, passed, findings, at, proof_id)
SELECT repeat('0', 64), name, true, '[]', now(), {base} + n
  FROM generate_series(1, {count}) n CROSS JOIN (VALUES ('markup'), ('attributions'), ('leaks')) AS c (name);
INSERT INTO articles_printing (publication_id, at, article_id, by_id, policy_id, proof_id)
SELECT p.id, p.go_live_at, {base} + n, %(editor)s, %(policy)s, {base} + n FROM {numbered}
"""

MADE_WITH_NUMBERS = (
    "sources_source",
    "sources_talk",
    "articles_article",
    "photos_photo",
    "articles_fact",
    "articles_wording",
    "articles_confirmation",
    "articles_proof",
)


def fill(connection: psycopg.Connection, count: int, *, words: list[str], **keys: int) -> None:
    """So many stories, and the paper that printed them. ``words``: names of the printed columns.

    ``keys``: the rows to hang them on: reporter, editor, place, section, byline, policy.
    """
    paper.fill(connection, count, files=False)
    places = {
        "base": BASE,
        "count": count,
        "facts": FACTS,
        "sources": SOURCES,
        "talks": TALKS,
        "words": ", ".join(words),
        "numbered": f"generate_series(1, {count}) n JOIN reader_publication p ON p.story = md5('story ' || n)::uuid",
        "each_fact": f"generate_series(1, {count}) n, generate_series(1, {FACTS}) k",
    }
    for script in (SOURCES_AND_TALKS, STORIES, FACTS_AND_WHAT_CARRIES_THEM, PRINT):
        for statement in script.format(**places).split(";\n"):
            connection.execute(statement, keys)
    for table in MADE_WITH_NUMBERS:
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )
