"""A paper's years in print: stories with text, pictures and tags, poured into a scratch database at once.

Of a hundred stories, two are superseded, one is pulled, and one waits for its hour; the rest are in print. Odd ones are
English, even ones the Korean translation of the one before.
"""

import random

import psycopg

SECTIONS = ["politics", "economy", "society", "culture", "border", "weather"]
TEXTS = 120
SYLLABLES = [
    "ka",
    "ro",
    "min",
    "tel",
    "os",
    "ver",
    "an",
    "ti",
    "sol",
    "pra",
    "men",
    "du",
    "ri",
    "chon",
    "hae",
    "san",
    "ul",
    "gor",
    "net",
    "bel",
]
LANGUAGE = "(CASE n %% 2 WHEN 1 THEN 'en' ELSE 'ko' END)"
# A story's number says all of it: when it was printed (six hours after the one before), where, and what became of it.
HOUR = "(date_trunc('minute', now()) - make_interval(hours => 6 * ({count} - n) + 1))"

EDITIONS = """
INSERT INTO reader_edition (language, name, promise, sections, is_default)
SELECT language, 'The Paper', 'Only what is confirmed.',
       (SELECT jsonb_agg(jsonb_build_object('slug', s, 'name', initcap(s))) FROM unnest(%(sections)s::text[]) s),
       language = 'en'
  FROM unnest(ARRAY['en', 'ko']) language
ON CONFLICT DO NOTHING
"""

STORIES = """
INSERT INTO reader_publication (
    id, story, version, digest, origin, language, kind, slug, label, headline, standfirst, blocks, bylines, dateline,
    section_slug, section_name, tags, figures, links, corrections, how_known, translation_of,
    first_printed_at, go_live_at, superseded_at, pulled_at)
SELECT gen_random_uuid(), md5('story ' || n)::uuid, 1, repeat('0', 64), 'desk', {language}, 'news',
       'stock-' || n, '', t.headline || ' ' || n, t.standfirst, t.blocks,
       '[{{"name": "Ahn Sora", "slug": "ahn-sora"}}]', 'Seoul',
       s.slug, initcap(s.slug),
       jsonb_build_array(jsonb_build_object('slug', 'tag-' || n %% 200, 'name', 'Tag ' || n %% 200),
                         jsonb_build_object('slug', 'beat-' || n %% 7, 'name', 'Beat ' || n %% 7)),
       -- One picture, a second one in every third story, each in three formats and four widths.
       (SELECT jsonb_agg(jsonb_build_object(
                   'after', (p - 1) * 3, 'caption', t.standfirst, 'credit', 'Photo: a resident',
                   'pictures', jsonb_build_array(jsonb_build_object(
                       'hash', md5('picture ' || n || ' ' || p) || md5('of ' || n), 'alt', t.headline, 'dates', '',
                       'place', 'Hyesan', 'width', 1840, 'height', 1224,
                       'renditions', (SELECT jsonb_agg(jsonb_build_object(
                               'format', f, 'width', w, 'height', w * 2 / 3, 'sha256', md5(f || w || n) || md5(n::text)))
                           FROM unnest(ARRAY['avif', 'jpeg', 'webp']) f, unnest(ARRAY[480, 800, 1200, 1840]) w)))))
          FROM generate_series(1, CASE n %% 3 WHEN 0 THEN 2 ELSE 1 END) p),
       jsonb_build_array(
           jsonb_build_object('kind', 'related', 'after', NULL, 'url', '', 'title', '',
                              'story', md5('story ' || greatest(n - 10, 1))::uuid),
           jsonb_build_object('kind', 'previously', 'after', 2, 'url', '', 'title', '',
                              'story', md5('story ' || greatest(n - 4, 1))::uuid)),
       '[]',
       '{{"min_sources": 2, "events": true, "statements": false, "records": false, "documents": false,
         "single_source": [], "confirmed": "2026-05"}}',
       CASE n %% 2 WHEN 0 THEN md5('story ' || n - 1)::uuid END,
       {hour}, {hour} + CASE WHEN n %% 100 = 23 THEN interval '100 years' ELSE interval '0' END,
       CASE WHEN n %% 50 = 7 THEN {hour} + interval '1 day' END,
       CASE WHEN n %% 100 = 31 THEN {hour} + interval '1 day' END
  FROM generate_series(1, {count}) n
  JOIN bench_text t ON t.number = n %% {texts}
  JOIN unnest(%(sections)s::text[]) WITH ORDINALITY AS s (slug, number) ON s.number = 1 + n / 2 %% {sections}
"""

TAGS = """
INSERT INTO reader_printedtag (id, publication_id, slug, name)
SELECT gen_random_uuid(), p.id, t ->> 'slug', t ->> 'name' FROM reader_publication p, jsonb_array_elements(p.tags) t
 WHERE p.slug LIKE 'stock-%'
"""

PICTURES = """
INSERT INTO reader_printedpicture (id, publication_id, picture, format, width, height, name, sha256)
SELECT gen_random_uuid(), p.id, pic ->> 'hash', r ->> 'format', (r ->> 'width')::integer, (r ->> 'height')::integer,
       replace(gen_random_uuid()::text, '-', '') || '.' || (r ->> 'format'), r ->> 'sha256'
  FROM reader_publication p, jsonb_array_elements(p.figures) f, jsonb_array_elements(f -> 'pictures') pic,
       jsonb_array_elements(pic -> 'renditions') r
 WHERE p.slug LIKE 'stock-%'
"""


def fill(connection: psycopg.Connection, count: int, *, files: bool = True) -> None:
    """Prints so many stories, at `/en/story/stock-1/` and on; with the files of their pictures or without."""
    _pour_texts(connection)
    connection.execute(EDITIONS, {"sections": SECTIONS})
    places = {
        "count": count,
        "language": LANGUAGE,
        "hour": HOUR.format(count=count),
        "texts": TEXTS,
        "sections": len(SECTIONS),
    }
    connection.execute(STORIES.format(**places), {"sections": SECTIONS})
    connection.execute(TAGS)
    if files:
        connection.execute(PICTURES)


def in_print(count: int, number: int) -> list[str]:
    """The last parts of addresses of English stories in print, spread over all the years."""
    english = [n for n in range(1, count + 1, 2) if n % 100 not in (23, 31) and n % 50 != 7]
    return [f"stock-{n}" for n in random.Random(1).sample(english, min(number, len(english)))]


def _pour_texts(connection: psycopg.Connection) -> None:
    """Made-up words in the lengths of real ones, always the same."""
    chance = random.Random(1)

    def words(number: int) -> str:
        said = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(number)]
        return " ".join(said).capitalize() + "."

    connection.execute(
        "CREATE TEMPORARY TABLE bench_text (number integer, headline text, standfirst text, blocks text[])"
    )
    for number in range(TEXTS):
        blocks = [f"<p>{words(chance.randint(25, 70))}</p>" for _ in range(12)]
        connection.execute(
            "INSERT INTO bench_text VALUES (%s, %s, %s, %s)", [number, words(8).rstrip("."), words(25), blocks]
        )
