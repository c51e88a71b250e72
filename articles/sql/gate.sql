-- The gate: nothing reaches a reader until every fact in it is confirmed.
--
-- Hours are held against `clock_timestamp()`: `now()` is when a transaction began, and one left open would judge by it.
--
-- Installed by `migrate` after the tables, by their owner; may be run again at any time. The desk's role owns none of
-- this, so it can neither change a function nor switch a trigger off.
--
-- Reading order: who is who; what a fact lacks; what blocks a story; what blocks a publication; the lock; the questions
-- asked at commit; the record that never changes; the working copy's revision; the triggers.
--
-- Errors (SQLSTATE): NR001 blocked, DETAIL is the JSON list of blockers; NR002 wrong isolation level; NR003 the record
-- never changes; NR004 this does not fit, DETAIL is a JSON list with one code. articles/gate.py turns codes into sentences.

-- ---------------------------------------------------------------------------------------------------------------------
-- Who is who
-- ---------------------------------------------------------------------------------------------------------------------

-- An editor is who holds the role now. Being a superuser makes nobody an editor.
CREATE OR REPLACE FUNCTION gate_holds_role(p_user bigint, VARIADIC p_roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM staff_user u
          JOIN staff_user_groups ug ON ug.user_id = u.id
          JOIN auth_group g ON g.id = ug.group_id
         WHERE u.id = p_user AND u.is_active AND g.name = ANY (p_roles))
$$;

-- All accounts of one person: those behind a pen name of hers, however far round.
CREATE OR REPLACE FUNCTION gate_person(p_user bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE person (account) AS (
        SELECT p_user
        UNION
        SELECT other.user_id FROM person
          JOIN articles_byline_accounts hers ON hers.user_id = person.account
          JOIN articles_byline_accounts other ON other.byline_id = hers.byline_id)
    SELECT account FROM person
$$;

-- Everyone who wrote a story: who started it, who ever changed its words, its authors, the accounts behind its bylines;
-- of a translation, those of the original too. With all their accounts.
CREATE OR REPLACE FUNCTION gate_authors(p_article bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE stories AS (
        SELECT id, created_by_id FROM articles_article WHERE id = p_article
        UNION
        SELECT o.id, o.created_by_id FROM articles_article a JOIN articles_article o ON o.id = a.translation_of_id
         WHERE a.id = p_article
    ), wrote (account) AS (
        SELECT created_by_id FROM stories
        UNION
        SELECT w.user_id FROM articles_writer w JOIN stories s ON s.id = w.article_id
        UNION
        SELECT w.user_id FROM articles_article_authors w JOIN stories s ON s.id = w.article_id
        UNION
        SELECT a.user_id FROM articles_article_bylines ab JOIN stories s ON s.id = ab.article_id
          JOIN articles_byline_accounts a ON a.byline_id = ab.byline_id
    )
    SELECT DISTINCT p.account FROM wrote CROSS JOIN LATERAL gate_person(wrote.account) AS p (account)
$$;

-- The law's days are those of UTC: a server's zone would move them.
CREATE OR REPLACE FUNCTION gate_day(p_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT (p_at AT TIME ZONE 'UTC')::date $$;

-- The policy in force: the last one that a second person agreed to.
CREATE OR REPLACE FUNCTION gate_policy() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id FROM articles_policy WHERE agreed_by_id IS NOT NULL ORDER BY id DESC LIMIT 1
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a fact lacks
-- ---------------------------------------------------------------------------------------------------------------------

-- The confirmations that carry a wording: once an editor has confirmed it, those she saw; before that, all that were
-- recorded for the fact in these words or earlier ones (whether they carry these words too is hers to say). Never one
-- that was taken back.
CREATE OR REPLACE FUNCTION gate_standing_confirmations(p_wording bigint) RETURNS SETOF articles_confirmation
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH last AS (
        SELECT v.ruling, v.seen FROM articles_verdict v WHERE v.wording_id = p_wording ORDER BY v.id DESC LIMIT 1
    ), candidates (id) AS (
        SELECT unnest(last.seen) FROM last WHERE last.ruling = 'confirmed'
        UNION ALL
        SELECT c.id FROM articles_wording w
          JOIN articles_wording e ON e.fact_id = w.fact_id AND e.number <= w.number
          JOIN articles_confirmation c ON c.wording_id = e.id
         WHERE w.id = p_wording AND NOT EXISTS (SELECT FROM last WHERE last.ruling = 'confirmed'))
    SELECT c.* FROM candidates JOIN articles_confirmation c ON c.id = candidates.id
     WHERE NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id)
$$;

-- How many independent voices speak through these confirmations. Two sources are one where they share a circle, where one
-- told the other, or where the same person told both; and so on through a third, confirmed or not. Confirmed sources
-- count, and those in `p_spared`; all of them where it is NULL.
CREATE OR REPLACE FUNCTION gate_voices(p_confirmations bigint[], p_spared bigint[]) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE told AS (
        SELECT s.id AS source, s.circle_id, c.told_by_id, t.circle_id AS told_by_circle,
               p_spared IS NULL OR s.standing = 'confirmed' OR s.id = ANY (p_spared) AS counts
          FROM articles_confirmation c
          JOIN sources_source s ON s.id = c.source_id
          LEFT JOIN sources_source t ON t.id = c.told_by_id
         WHERE c.id = ANY (p_confirmations)
    ), tie (source, tie) AS (
        SELECT source, 'person ' || source FROM told
        UNION SELECT source, 'circle ' || circle_id FROM told WHERE circle_id IS NOT NULL
        UNION SELECT source, 'person ' || told_by_id FROM told WHERE told_by_id IS NOT NULL
        UNION SELECT source, 'circle ' || told_by_circle FROM told WHERE told_by_circle IS NOT NULL
    ), tied (source, other) AS (
        SELECT source, source FROM tie
        UNION
        SELECT tied.source, there.source FROM tied
          JOIN tie here ON here.source = tied.other
          JOIN tie there ON there.tie = here.tie
    )
    SELECT count(DISTINCT head)::integer
      FROM (SELECT min(other) AS head FROM tied WHERE source IN (SELECT told.source FROM told WHERE counts) GROUP BY source) heads
$$;

-- How many independent confirmed sources a wording rests on: no more than were independent when an editor confirmed it,
-- so that whoever parts two sources later has to ask her again. `p_spared`: sources whose fall is staggered count as they
-- did.
DROP FUNCTION IF EXISTS gate_independent_sources(bigint);
CREATE OR REPLACE FUNCTION gate_independent_sources(p_wording bigint, p_spared bigint[] DEFAULT '{}') RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT least(gate_voices(ARRAY(SELECT c.id FROM gate_standing_confirmations(p_wording) c), p_spared),
                 (SELECT v.voices FROM articles_verdict v
                   WHERE v.wording_id = p_wording AND v.ruling = 'confirmed'
                     AND v.id = (SELECT max(l.id) FROM articles_verdict l WHERE l.wording_id = p_wording)))
$$;

-- Whether one of these publications is in print now, and another one at each hour until `p_until` at which one ends.
CREATE OR REPLACE FUNCTION gate_goes_on(p_publications uuid[], p_until timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH life AS (
        SELECT p.go_live_at AS begins, least(p.superseded_at, p.leaves_at, 'infinity') AS ends
          FROM reader_publication p
         WHERE p.id = ANY (p_publications) AND p.pulled_at IS NULL AND p.withdrawn_at IS NULL)
    SELECT EXISTS (SELECT FROM life WHERE begins <= clock_timestamp() AND ends > clock_timestamp())
       AND NOT EXISTS (SELECT FROM life l WHERE l.ends > greatest(clock_timestamp(), l.begins) AND l.ends < p_until
                          AND NOT EXISTS (SELECT FROM life n WHERE n.begins <= l.ends AND n.ends > l.ends))
$$;

-- An earlier fact of ours carries a new one while it is confirmed and in print, and will stay there: for ever, or until
-- the hour at which what rests on it leaves print itself.
DROP FUNCTION IF EXISTS gate_earlier_stands(bigint);
CREATE OR REPLACE FUNCTION gate_earlier_stands(p_wording bigint, p_until timestamptz DEFAULT 'infinity') RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT v.ruling FROM articles_verdict v WHERE v.wording_id = p_wording ORDER BY v.id DESC LIMIT 1) = 'confirmed'
       AND gate_goes_on(ARRAY(SELECT pr.publication_id FROM articles_printing pr
                                JOIN articles_proofwording pw ON pw.proof_id = pr.proof_id
                               WHERE pw.wording_id = p_wording), p_until)
$$;

-- The exceptions to the number of sources of which the readers of a version are told: a list of reasons.
CREATE OR REPLACE FUNCTION gate_told(how_known jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE jsonb_typeof(how_known -> 'single_source') WHEN 'array' THEN how_known -> 'single_source' ELSE '[]' END
$$;

-- The exceptions to the number of sources on which an earlier fact of ours stands, however far below: what its readers
-- were told of them, and what the readers of whatever rests on it have to be told as well.
CREATE OR REPLACE FUNCTION gate_exceptions_under(p_wording bigint) RETURNS SETOF text
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_told text[] := ARRAY(
        SELECT jsonb_array_elements_text(gate_told(p.how_known))
          FROM articles_proofwording pw
          JOIN articles_printing pr ON pr.proof_id = pw.proof_id
          JOIN reader_publication p ON p.id = pr.publication_id
         WHERE pw.wording_id = p_wording AND gate_may_be_seen(p));
BEGIN
    IF v_told <> '{}' THEN
        RETURN QUERY
            WITH RECURSIVE below (wording) AS (
                SELECT p_wording
                UNION
                SELECT c.earlier_id FROM below CROSS JOIN LATERAL gate_standing_confirmations(below.wording) c
                 WHERE c.earlier_id IS NOT NULL)
            SELECT DISTINCT x.printed_reason::text
              FROM below JOIN articles_wording w ON w.id = below.wording
              JOIN articles_wording e ON e.fact_id = w.fact_id
              JOIN articles_waiver x ON x.wording_id = e.id
             WHERE x.agreed_by_id IS NOT NULL AND x.printed_reason = ANY (v_told);
    END IF;
END
$$;

-- Why somebody may not say of a wording that it is true: she wrote the story, stated the fact or worded it; she recorded
-- what it rests on, or the talk in which it was said; she is no editor now. Asked when she says it, and again whenever it is
-- printed, of what she has become since.
CREATE OR REPLACE FUNCTION gate_verdict_blockers(p_wording bigint, p_by bigint, p_seen bigint[], p_article bigint)
RETURNS SETOF text
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'fact_confirmed_by_author'
     WHERE p_by IN (SELECT gate_authors(p_article))
        OR EXISTS (SELECT FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id
                     JOIN gate_person(p_by) AS hers (account) ON hers.account IN (w.by_id, f.created_by_id)
                    WHERE w.id = p_wording)
    UNION ALL
    SELECT 'fact_confirmed_by_recorder'
     WHERE EXISTS (SELECT FROM articles_confirmation c LEFT JOIN sources_talk t ON t.id = c.talk_id
                     JOIN gate_person(p_by) AS hers (account) ON hers.account IN (c.recorded_by_id, t.recorded_by_id)
                    WHERE c.wording_id = p_wording OR c.id = ANY (p_seen))
    UNION ALL
    SELECT 'fact_confirmed_by_no_editor'
     WHERE NOT gate_holds_role(p_by, 'editor', 'chief editor')
$$;

-- What a wording lacks under a policy. `whole` also asks who confirmed: a rule of the moment of printing; without it
-- this is the footing, asked for as long as the wording is in print. `p_spared`, `p_until`: see gate_footing. `p_told`:
-- the exceptions that the readers of this version are told of; NULL for a working copy, whose proof will tell.
DROP FUNCTION IF EXISTS gate_fact_blockers(bigint, bigint, bigint, boolean);
DROP FUNCTION IF EXISTS gate_fact_blockers(bigint, bigint, bigint, boolean, bigint[], timestamptz);
CREATE OR REPLACE FUNCTION gate_fact_blockers(p_wording bigint, p_policy bigint, p_article bigint, whole boolean,
                                              p_spared bigint[] DEFAULT '{}', p_until timestamptz DEFAULT 'infinity',
                                              p_told jsonb DEFAULT NULL)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE ROWS 2 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_fact bigint;
    v_kind text;
    v_ruling text;
    v_by bigint;
    v_seen bigint[];
    v_policy articles_policy;
    v_code text;
    v_have integer;
    v_need integer;
    v_lacks boolean;
    v_earlier boolean;
BEGIN
    SELECT w.fact_id, w.kind INTO v_fact, v_kind FROM articles_wording w WHERE w.id = p_wording;
    SELECT * INTO v_policy FROM articles_policy p WHERE p.id = p_policy;
    SELECT v.ruling, v.by_id, v.seen INTO v_ruling, v_by, v_seen
      FROM articles_verdict v WHERE v.wording_id = p_wording ORDER BY v.id DESC LIMIT 1;

    IF v_ruling = 'disputed' THEN
        RETURN QUERY SELECT 'fact_disputed', v_fact, NULL::bigint, NULL::integer, NULL::integer;
    ELSIF v_ruling IS DISTINCT FROM 'confirmed' THEN
        RETURN QUERY SELECT 'fact_unconfirmed', v_fact, NULL::bigint, NULL::integer, NULL::integer;
    ELSIF whole THEN
        RETURN QUERY SELECT b.code, v_fact, NULL::bigint, NULL::integer, NULL::integer
                       FROM gate_verdict_blockers(p_wording, v_by, v_seen, p_article) AS b (code);
    END IF;

    IF whole THEN
        RETURN QUERY SELECT k.code, v_fact, NULL::bigint, NULL::integer, NULL::integer
                       FROM gate_knowledge_blockers(p_wording, v_policy.knowledge_floor, p_article) AS k (code);
    END IF;

    -- A fact of the same kind that we printed before.
    v_earlier := v_policy.earlier_suffices AND EXISTS (
        SELECT FROM gate_standing_confirmations(p_wording) c JOIN articles_wording e ON e.id = c.earlier_id
         WHERE c.basis = 'earlier' AND e.kind = v_kind AND gate_earlier_stands(c.earlier_id, p_until)
           AND (p_told IS NULL
                OR NOT EXISTS (SELECT FROM gate_exceptions_under(c.earlier_id) AS x (reason) WHERE NOT p_told ? x.reason)));
    v_lacks := NOT v_earlier;
    IF v_kind = 'event' THEN
        v_code := 'fact_needs_sources';
        v_have := gate_independent_sources(p_wording, p_spared);
        v_need := v_policy.min_sources;
        v_lacks := v_lacks AND NOT (
            v_have >= v_policy.min_sources
            OR v_have >= 1 AND gate_waived(p_wording, p_article, whole, p_told)
            OR EXISTS (
                SELECT FROM gate_standing_confirmations(p_wording) c
                 WHERE c.basis = 'document' AND v_policy.document_suffices
                    OR c.basis = 'photo' AND v_policy.photo_suffices));
    ELSIF v_kind = 'statement' THEN
        v_code := 'statement_needs_talk';
        v_lacks := v_lacks AND NOT EXISTS (
            SELECT FROM gate_standing_confirmations(p_wording) c JOIN sources_source s ON s.id = c.source_id
             WHERE c.talk_id IS NOT NULL AND (s.standing = 'confirmed' OR s.id = ANY (p_spared)));
    ELSE
        v_code := 'record_needs_copy';
        v_lacks := v_lacks AND NOT EXISTS (SELECT FROM gate_standing_confirmations(p_wording) c WHERE c.basis = 'document');
    END IF;

    IF NOT v_lacks THEN
        RETURN;
    END IF;
    -- What would carry it if only its readers were told of the exception.
    IF p_told IS NOT NULL AND NOT EXISTS (
        SELECT FROM gate_fact_blockers(p_wording, p_policy, p_article, whole, p_spared, p_until) b WHERE b.code = v_code) THEN
        RETURN QUERY SELECT 'exception_not_told', v_fact, NULL::bigint, NULL::integer, NULL::integer;
        RETURN;
    END IF;
    RETURN QUERY SELECT v_code, v_fact, NULL::bigint, v_have, v_need;
    RETURN QUERY
        SELECT DISTINCT CASE s.standing WHEN 'discredited' THEN 'source_discredited' ELSE 'source_unconfirmed' END,
               v_fact, s.id, NULL::integer, NULL::integer
          FROM gate_standing_confirmations(p_wording) c JOIN sources_source s ON s.id = c.source_id
         WHERE s.standing <> 'confirmed';
    RETURN QUERY
        SELECT DISTINCT 'earlier_fell', v_fact, c.earlier_id, NULL::integer, NULL::integer
          FROM gate_standing_confirmations(p_wording) c WHERE c.basis = 'earlier';
END
$$;

-- Whether these two could decide on an exception for this story now.
CREATE OR REPLACE FUNCTION gate_two_agreed(p_proposed_by bigint, p_agreed_by bigint, p_article bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_agreed_by NOT IN (SELECT gate_person(p_proposed_by))
       AND gate_holds_role(p_proposed_by, 'editor', 'chief editor')
       AND gate_holds_role(p_agreed_by, 'editor', 'chief editor')
       AND (gate_holds_role(p_proposed_by, 'chief editor') OR gate_holds_role(p_agreed_by, 'chief editor'))
       AND p_agreed_by NOT IN (SELECT gate_authors(p_article))
$$;

-- An exception to the number of sources: two people, one of them the chief editor; who agreed did not write the story.
-- It is of the statement: where only the passages changed since, it stands. It carries a version whose readers are told.
DROP FUNCTION IF EXISTS gate_waived(bigint, bigint, boolean);
CREATE OR REPLACE FUNCTION gate_waived(p_wording bigint, p_article bigint, whole boolean, p_told jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM articles_wording w
          JOIN articles_wording e ON e.fact_id = w.fact_id AND e.number <= w.number AND (e.kind, e.text) = (w.kind, w.text)
          JOIN articles_waiver x ON x.wording_id = e.id
         WHERE w.id = p_wording AND x.agreed_by_id IS NOT NULL
           AND (p_told IS NULL OR p_told ? x.printed_reason)
           AND (NOT whole OR gate_two_agreed(x.proposed_by_id, x.agreed_by_id, p_article)))
$$;

-- From few to many: who could know a fact. NULL where nobody has said.
CREATE OR REPLACE FUNCTION gate_how_many_know(p_known_to text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_position(ARRAY['handful', 'meeting', 'workplace', 'anyone'], p_known_to)
$$;

-- Why a remedy has changed nothing, or NULL. `p_queried`: what gave the words away when it was decided (articles/telltales.py).
CREATE OR REPLACE FUNCTION gate_remedy_lack(p_wording bigint, p_remedy text, p_queried jsonb, p_article bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN CASE
               WHEN p_remedy = 'rounded' AND p_queried @> '[{"why": "figure"}]' THEN 'remedy_figures_stand'
               -- What tells of an order in words of our own is no wording of it.
               WHEN p_remedy = 'paraphrased' AND EXISTS (
                   SELECT FROM jsonb_array_elements(p_queried) q
                    WHERE q ->> 'why' IN ('order', 'quote') AND q ->> 'words' ~ '^[“"‘''《〈「『«]') THEN 'remedy_words_stand'
               WHEN p_remedy = 'wider' AND (
                   SELECT coalesce(bool_or(a.place = s.place_id), true)
                     FROM gate_attributions(p_article, ARRAY[p_wording]) a JOIN sources_source s ON s.id = a.source)
                   THEN 'remedy_not_wider'
               WHEN p_remedy = 'delayed' AND NOT EXISTS (
                   SELECT FROM articles_hold h JOIN articles_article a ON a.id = p_article
                    WHERE h.kind = 'safety' AND h.article_id IN (a.id, a.translation_of_id)) THEN 'remedy_not_delayed'
           END;
END
$$;

-- Whether somebody decided what to do about a wording that so few could know: an editor who did not write the story; to print
-- it all the same takes two people, as an exception does. Who decided when more could know it has not decided this, nor has who
-- changed nothing by it.
CREATE OR REPLACE FUNCTION gate_discreet(p_wording bigint, p_known_to text, p_article bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM articles_discretion d
         WHERE d.wording_id = p_wording AND gate_how_many_know(d.known_to) <= gate_how_many_know(p_known_to)
           AND CASE d.remedy
                   WHEN 'printed' THEN d.agreed_by_id IS NOT NULL AND gate_two_agreed(d.proposed_by_id, d.agreed_by_id, p_article)
                   ELSE gate_holds_role(d.proposed_by_id, 'editor', 'chief editor')
                        AND d.proposed_by_id NOT IN (SELECT gate_authors(p_article))
                        AND gate_remedy_lack(p_wording, d.remedy, d.queried, p_article) IS NULL
               END)
$$;

-- The knowledge floor, asked at the moment of printing: a city has 50,000 people, a meeting has twelve. What an editor
-- confirmed as known to fewer than is said now, she has to confirm again.
CREATE OR REPLACE FUNCTION gate_knowledge_blockers(p_wording bigint, p_floor text, p_article bigint) RETURNS SETOF text
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT x.lack
      FROM articles_wording w
      JOIN articles_fact f ON f.id = w.fact_id
      LEFT JOIN LATERAL (
          SELECT v.ruling, v.known_to FROM articles_verdict v WHERE v.wording_id = w.id ORDER BY v.id DESC LIMIT 1) last ON true
      CROSS JOIN LATERAL (
          SELECT 'known_to_missing' WHERE f.known_to = ''
          UNION ALL
          SELECT 'known_to_changed'
           WHERE last.ruling = 'confirmed'
             AND gate_how_many_know(f.known_to) > coalesce(gate_how_many_know(last.known_to), 0)
          UNION ALL
          SELECT 'known_to_few'
           WHERE gate_how_many_know(f.known_to) < gate_how_many_know(p_floor) AND NOT gate_discreet(w.id, f.known_to, p_article)
      ) x (lack)
     WHERE w.id = p_wording AND p_floor <> ''
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Which words state what
-- ---------------------------------------------------------------------------------------------------------------------

-- Coverage is a list of segments that together are the text: {"place", "n" (the sentence), "text", "facts": [key],
-- "context": whether somebody marked the sentence as context, "claim": why it can't be, or null}. Python cuts the text
-- (articles/coverage.py); here it is held against the words that are printed and against the rows it speaks of.

-- White space counts once. Only ASCII's, so that every server cuts alike.
CREATE OR REPLACE FUNCTION gate_squeezed(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT btrim(regexp_replace(p_text, '[ \t\n\r\f\v]+', ' ', 'g'), ' ')
$$;

-- A printed block without its marks.
CREATE OR REPLACE FUNCTION gate_plain(p_html text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT replace(replace(replace(replace(replace(regexp_replace(p_html, '<[^>]*>', '', 'g'),
           '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&nbsp;', U&'\00A0'), '&amp;', '&')
$$;

-- The words of a story that must be covered, place by place.
CREATE OR REPLACE FUNCTION gate_words(printed jsonb) RETURNS TABLE (place text, words text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'headline', printed ->> 'headline'
    UNION ALL SELECT 'standfirst', printed ->> 'standfirst'
    UNION ALL SELECT 'block ' || n, gate_plain(b) FROM jsonb_array_elements_text(printed -> 'blocks') WITH ORDINALITY AS t (b, n)
    UNION ALL SELECT 'caption ' || n, f ->> 'caption' FROM jsonb_array_elements(printed -> 'figures') WITH ORDINALITY AS t (f, n)
    UNION ALL SELECT 'alt ' || n || '.' || m, p ->> 'alt'
                FROM jsonb_array_elements(printed -> 'figures') WITH ORDINALITY AS t (f, n)
                CROSS JOIN jsonb_array_elements(f -> 'pictures') WITH ORDINALITY AS q (p, m)
$$;

-- Of each fact the pieces of text that state it, each within one sentence, in the order of the alphabet: moving or
-- parting a paragraph is no rewording.
CREATE OR REPLACE FUNCTION gate_passages(p_coverage jsonb) RETURNS TABLE (fact bigint, passages text[])
LANGUAGE sql IMMUTABLE ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT piece.fact, array_agg(DISTINCT piece.words ORDER BY piece.words)
      FROM (SELECT f::bigint AS fact, gate_squeezed(string_agg(s ->> 'text', '' ORDER BY nr)) COLLATE "C" AS words
              FROM jsonb_array_elements(coalesce(p_coverage, '[]')) WITH ORDINALITY AS t (s, nr)
              CROSS JOIN jsonb_array_elements_text(s -> 'facts') AS f
             GROUP BY f, s ->> 'place', s ->> 'n') piece
     WHERE piece.words <> ''
     GROUP BY piece.fact
$$;

-- What of a text is not covered: by facts (`p_facts`: those that the story states) or as context.
CREATE OR REPLACE FUNCTION gate_coverage_blockers(p_article bigint, p_coverage jsonb, p_facts bigint[])
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE ROWS 2 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF p_coverage IS NULL THEN
        RETURN QUERY SELECT 'text_not_read', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
        RETURN;
    END IF;
    RETURN QUERY
        WITH sentence AS (
            -- A key that is left out says nothing.
            SELECT bool_and(coalesce(s -> 'facts', '[]') <> '[]' OR s ->> 'text' !~ '[[:alnum:]]') AS stated,
                   coalesce(bool_or((s ->> 'context')::boolean), false) AND EXISTS (
                       SELECT FROM articles_context x
                        WHERE x.article_id = p_article AND x.text = gate_squeezed(string_agg(s ->> 'text', '' ORDER BY nr))) AS context,
                   bool_or(s ->> 'claim' IS NOT NULL) AS claims
              FROM jsonb_array_elements(p_coverage) WITH ORDINALITY AS t (s, nr)
             GROUP BY s ->> 'place', s ->> 'n')
        SELECT x.lack, NULL::bigint, NULL::bigint, x.number::integer, NULL::integer
          FROM (SELECT 'sentence_uncovered', count(*) FROM sentence WHERE NOT stated AND NOT context
                UNION ALL
                SELECT 'context_states_a_fact', count(*) FROM sentence WHERE NOT stated AND context AND claims) x (lack, number)
         WHERE x.number > 0;
    RETURN QUERY
        SELECT DISTINCT 'passage_without_fact', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
          FROM gate_passages(p_coverage) p WHERE p.fact IS NULL OR p.fact <> ALL (p_facts);
    RETURN QUERY
        SELECT 'fact_without_passage', f, NULL::bigint, NULL::integer, NULL::integer
          FROM unnest(p_facts) f WHERE NOT EXISTS (SELECT FROM gate_passages(p_coverage) p WHERE p.fact = f)
         ORDER BY f;
END
$$;

-- Whether a text tells its reader that something could not be confirmed.
CREATE OR REPLACE FUNCTION gate_says_unconfirmed(p_text text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_text ~* '(could not|couldn[’'']t|cannot|can not|can[’'']t|not able to|unable to|(has|have|had) not (yet )?been)( [a-z]+){0,3}? (confirm|verif)'
        OR p_text ~ '확인(을|은|이|도)? ?(하지|되지|할 수|될 수)(는|도)? ?(못|않|없)'
$$;

-- A statement that gives a figure or accuses somebody by name is more than one person's word may carry: an event in the
-- same sentence carries it, or the paragraph or the next one says that we could not confirm it. Of what stands outside the
-- body (headline, standfirst, captions) the body may say so anywhere. Python weighs the sentences (articles/weighing.py).
CREATE OR REPLACE FUNCTION gate_statement_blockers(p_coverage jsonb, p_wordings bigint[])
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH segment AS (
        SELECT s ->> 'place' AS place, substring(s ->> 'place' FROM '^block ([0-9]{1,6})$')::integer AS block, s ->> 'n' AS n,
               s ->> 'text' AS words, s ->> 'weighs' IS NOT NULL AS weighs, s -> 'facts' AS facts, nr
          FROM jsonb_array_elements(coalesce(p_coverage, '[]')) WITH ORDINALITY AS t (s, nr)
    ), stated AS (
        SELECT g.place, g.block, g.n, w.fact_id, w.kind, bool_or(g.weighs) OVER (PARTITION BY g.place, g.n) AS weighs
          FROM segment g CROSS JOIN LATERAL jsonb_array_elements_text(g.facts) AS f
          JOIN articles_wording w ON w.fact_id = f::bigint AND w.id = ANY (p_wordings)
    ), doubted AS (
        SELECT g.block FROM segment g WHERE g.block IS NOT NULL
         GROUP BY g.block HAVING gate_says_unconfirmed(gate_squeezed(string_agg(g.words, '' ORDER BY g.nr)))
    )
    SELECT DISTINCT 'statement_stands_alone', t.fact_id, NULL::bigint, NULL::integer, NULL::integer
      FROM stated t
     WHERE t.weighs
       AND NOT EXISTS (SELECT FROM stated e WHERE (e.place, e.n) = (t.place, t.n) AND e.kind <> 'statement')
       AND NOT EXISTS (SELECT FROM doubted d WHERE t.block IS NULL OR d.block IN (t.block, t.block + 1))
$$;

-- A statement is printed as hers who made it, a record as what the document says: a sentence that rests on no event does not
-- tell one as plain fact. What goes on in somebody's words may, where another sentence of the same paragraph (headline,
-- caption) states that fact in words that say whose they are. Python tells the two apart (articles/claims.py).
CREATE OR REPLACE FUNCTION gate_kind_blockers(p_coverage jsonb, p_wordings bigint[])
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH stated AS (
        SELECT s ->> 'place' AS place, s ->> 'n' AS n, s ->> 'claim' AS claim, w.fact_id, w.kind
          FROM jsonb_array_elements(coalesce(p_coverage, '[]')) AS s
          CROSS JOIN LATERAL jsonb_array_elements_text(s -> 'facts') AS f
          JOIN articles_wording w ON w.fact_id = f::bigint AND w.id = ANY (p_wordings)
    )
    SELECT DISTINCT CASE t.kind WHEN 'statement' THEN 'statement_told_as_event' ELSE 'record_told_as_event' END,
           t.fact_id, NULL::bigint, NULL::integer, NULL::integer
      FROM stated t
     WHERE t.claim = 'event'
       AND NOT EXISTS (SELECT FROM stated e WHERE (e.place, e.n) = (t.place, t.n) AND e.kind = 'event')
       AND NOT EXISTS (SELECT FROM stated a
                        WHERE (a.place, a.fact_id) = (t.place, t.fact_id) AND a.claim IN ('statement', 'record'))
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- How a story names its sources
-- ---------------------------------------------------------------------------------------------------------------------

-- A place and all in which it lies, from the narrowest on.
CREATE OR REPLACE FUNCTION gate_ladder(p_place bigint) RETURNS TABLE (place bigint, rung integer)
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE ladder (place, rung) AS (
        SELECT p_place, 0
        UNION ALL
        SELECT p.parent_id, l.rung + 1 FROM ladder l JOIN sources_place p ON p.id = l.place WHERE p.parent_id IS NOT NULL)
    SELECT l.place, l.rung FROM ladder l
$$;

-- How many times the floor must live in a place before a role may be named there: not everybody there has it. A rule of
-- ours, for want of figures, and no statistic: one in ten works in a trade, one in twenty is an official.
CREATE OR REPLACE FUNCTION gate_times_the_floor(p_part text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p_part IN ('source', 'resident') THEN 1 WHEN p_part = 'official' THEN 20 ELSE 10 END
$$;

-- Why a source may not be named by this place and role, or NULL: it is narrower than she allows, or fits too few people.
-- What nobody has counted is not taken for many.
CREATE OR REPLACE FUNCTION gate_attribution_lack(p_source bigint, p_place bigint, p_part text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
               WHEN p_part NOT IN ('source', s.part)
                    OR NOT EXISTS (SELECT FROM gate_ladder(s.place_id) l WHERE l.place = p_place)
                   THEN 'attribution_too_narrow'
               WHEN y.anonymity_floor = 0 THEN NULL
               WHEN p.population IS NULL THEN 'attribution_population_unknown'
               WHEN p.population < y.anonymity_floor::bigint * gate_times_the_floor(p_part) THEN 'attribution_under_floor'
           END
      FROM sources_source s
      JOIN sources_place p ON p.id = p_place
      LEFT JOIN articles_policy y ON y.id = gate_policy()
     WHERE s.id = p_source
$$;

-- How a source is named where nobody has chosen: by the narrowest place that may be printed, by her role if it may be
-- named there. Her own, and so a blocker, where there is none.
CREATE OR REPLACE FUNCTION gate_attribution_offered(p_source bigint, OUT place bigint, OUT part text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.place, r.part
      FROM sources_source s
      CROSS JOIN LATERAL gate_ladder(s.place_id) l
      CROSS JOIN LATERAL (VALUES (s.part), ('source')) r (part)
     WHERE s.id = p_source
     ORDER BY gate_attribution_lack(p_source, l.place, r.part) IS NOT NULL, l.rung, r.part = 'source'
     LIMIT 1
$$;

-- Whose word these wordings rest on, and how each is named: as was chosen for the story (for a translation: for it, or
-- else for its original), or as is offered.
CREATE OR REPLACE FUNCTION gate_attributions(p_article bigint, p_wordings bigint[])
RETURNS TABLE (source bigint, place bigint, part text)
LANGUAGE sql STABLE ROWS 3 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT told.source, coalesce(chosen.place_id, offered.place), coalesce(chosen.part, offered.part)
      FROM (SELECT DISTINCT c.source_id AS source
              FROM unnest(p_wordings) w CROSS JOIN LATERAL gate_standing_confirmations(w) c
             WHERE c.source_id IS NOT NULL) told
      JOIN articles_article a ON a.id = p_article
      LEFT JOIN LATERAL (
          SELECT x.place_id, x.part FROM articles_attribution x
           WHERE x.source_id = told.source AND x.article_id IN (a.id, a.translation_of_id)
           ORDER BY x.article_id <> a.id LIMIT 1) chosen ON true
      LEFT JOIN LATERAL gate_attribution_offered(told.source) offered ON chosen.place_id IS NULL
$$;

-- Notes with a proof how each source under it is named. Who comes to carry it later is noted when that is printed or
-- confirmed, so that what readers have seen of a source is whole, whatever the path.
CREATE OR REPLACE FUNCTION gate_freeze_attributions(p_proof bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO articles_proofattribution (proof_id, source_id, place_id, part)
    SELECT p.id, a.source, a.place, a.part
      FROM articles_proof p
      CROSS JOIN LATERAL gate_attributions(
          p.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = p.id)) a
     WHERE p.id = p_proof
    ON CONFLICT DO NOTHING
$$;

-- Sources whom the words of a story would narrow down too far: as they are frozen with a proof, or as they stand.
CREATE OR REPLACE FUNCTION gate_attribution_blockers(p_article bigint, p_wordings bigint[], p_proof bigint)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH named (source, place, part) AS (
        SELECT f.source_id, f.place_id, f.part FROM articles_proofattribution f WHERE f.proof_id = p_proof
        UNION ALL
        SELECT a.source, a.place, a.part FROM gate_attributions(p_article, p_wordings) a
         WHERE NOT EXISTS (SELECT FROM articles_proofattribution f WHERE f.proof_id = p_proof AND f.source_id = a.source))
    SELECT lack.code, NULL::bigint, n.source, NULL::integer, NULL::integer
      FROM named n CROSS JOIN LATERAL gate_attribution_lack(n.source, n.place, n.part) AS lack (code)
     WHERE lack.code IS NOT NULL
     ORDER BY n.source
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What blocks a story
-- ---------------------------------------------------------------------------------------------------------------------

-- The present wordings of the facts that a story states; a translation states those of its original.
CREATE OR REPLACE FUNCTION gate_wordings(p_article bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT w.id FROM articles_wording w WHERE w.fact_id = f.id ORDER BY w.number DESC LIMIT 1)
      FROM articles_article a
      JOIN articles_fact f ON f.article_id = coalesce(a.translation_of_id, a.id)
     WHERE a.id = p_article
       AND NOT EXISTS (SELECT FROM articles_dropping d WHERE d.fact_id = f.id)
       AND EXISTS (SELECT FROM articles_wording w WHERE w.fact_id = f.id)
$$;

-- The checks that no policy spares: what protects a source.
CREATE OR REPLACE FUNCTION gate_always_checked() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT ARRAY['attributions'] $$;

-- The whole law for a proof: its facts, its pictures' words, its checks, its signature.
CREATE OR REPLACE FUNCTION gate_proof_blockers(p_proof bigint)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_proof articles_proof;
    v_policy articles_policy;
    v_lifted text[] := '{}';
BEGIN
    SELECT * INTO v_proof FROM articles_proof p WHERE p.id = p_proof;
    SELECT * INTO v_policy FROM articles_policy p WHERE p.id = gate_policy();
    IF (gate_override(p_proof)).id IS NOT NULL THEN
        v_lifted := ARRAY['sentence_uncovered', 'context_states_a_fact', 'fact_without_passage', 'fact_not_rendered'];
    END IF;

    RETURN QUERY SELECT b.* FROM gate_text_blockers(
        v_proof.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = p_proof),
        v_proof.coverage, gate_told(v_proof.how_known)) b
     WHERE b.code <> ALL (v_lifted);

    RETURN QUERY SELECT b.* FROM gate_attribution_blockers(
        v_proof.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = p_proof), p_proof) b;

    -- What is said to be covered is what is printed.
    IF v_policy.covers_text AND EXISTS (
        SELECT FROM gate_words(to_jsonb(v_proof)) w
          FULL JOIN (SELECT s ->> 'place' AS place, string_agg(s ->> 'text', '' ORDER BY nr) AS words
                       FROM jsonb_array_elements(v_proof.coverage) WITH ORDINALITY AS t (s, nr) GROUP BY 1) c USING (place)
         WHERE coalesce(w.words, '') <> coalesce(c.words, ''))
    THEN
        RETURN QUERY SELECT 'text_not_read', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;

    RETURN QUERY
        SELECT x.lack, NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
          FROM jsonb_array_elements(v_proof.figures) f
          CROSS JOIN LATERAL (
              SELECT 'figure_needs_caption' WHERE coalesce(f ->> 'caption', '') = ''
              UNION ALL SELECT 'figure_needs_credit' WHERE coalesce(f ->> 'credit', '') = ''
              UNION ALL SELECT 'figure_needs_alt'
               WHERE EXISTS (SELECT FROM jsonb_array_elements(f -> 'pictures') p WHERE coalesce(p ->> 'alt', '') = '')
          ) x (lack);

    RETURN QUERY
        SELECT CASE WHEN last.passed IS NULL THEN 'check_missing' ELSE 'check_failed' END,
               NULL::bigint, last.id, NULL::integer, NULL::integer
          FROM (SELECT unnest(v_policy.required_checks) UNION SELECT unnest(gate_always_checked())) AS asked (name)
          LEFT JOIN LATERAL (
              SELECT c.id, c.passed FROM articles_check c
               WHERE c.proof_id = p_proof AND c.digest = v_proof.digest AND c.name = asked.name
               ORDER BY c.id DESC LIMIT 1
          ) last ON true
         WHERE last.passed IS NOT TRUE;

    RETURN QUERY SELECT s.*, NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
                   FROM gate_scan_blockers(v_proof.article_id, p_proof) s;

    IF NOT EXISTS (
        SELECT FROM articles_signoff s
         WHERE s.proof_id = p_proof AND s.digest = v_proof.digest
           AND s.by_id NOT IN (SELECT gate_authors(v_proof.article_id))
           AND (gate_holds_role(s.by_id, 'editor', 'chief editor')
                -- A guest whom an editor asked to, in time, by her passkey (articles/guest_signing.py verifies it).
                OR v_policy.guests_sign AND gate_holds_role(s.by_id, 'guest signatory') AND EXISTS (
                    SELECT FROM articles_guestsignature g JOIN articles_invitation i ON i.id = g.invitation_id
                     WHERE g.sign_off_id = s.id
                       AND i.article_id = v_proof.article_id AND i.guest_id = s.by_id AND s.at <= i.until
                       AND gate_holds_role(i.by_id, 'editor', 'chief editor'))))
    THEN
        RETURN QUERY SELECT 'signature_missing', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;

    RETURN QUERY SELECT s.* FROM gate_stopped_since(p_proof, false) s;
END
$$;

-- Whether a protected term stands in a story: in its working copy as last saved, and in the proof that is printed. Asked
-- whatever the policy says; a proof that was scanned before a term was added is scanned anew. Never whose term it is.
CREATE OR REPLACE FUNCTION gate_scan_blockers(p_article bigint, p_proof bigint) RETURNS SETOF text
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH lack (code) AS (
        SELECT CASE l.kind WHEN 'withheld' THEN 'scan_withheld' WHEN 'unscanned' THEN 'numbers_unscanned'
                           ELSE 'protected_term' END
          FROM articles_leak l WHERE l.article_id = p_article AND l.gone_at IS NULL
        UNION
        SELECT CASE WHEN c.passed IS NULL OR c.is_stale THEN 'not_scanned'
                    WHEN c.findings = '["withheld"]' THEN 'scan_withheld'
                    WHEN c.findings = '["unscanned"]' THEN 'numbers_unscanned'
                    ELSE 'protected_term' END
          FROM articles_proof p
          LEFT JOIN LATERAL (
              SELECT k.passed, k.findings,
                     EXISTS (SELECT FROM sources_protectedterm t WHERE t.id > coalesce(k.newest_term, 0)) AS is_stale
                FROM articles_check k
               WHERE k.proof_id = p.id AND k.digest = p.digest AND k.name = 'leaks'
               ORDER BY k.id DESC LIMIT 1
          ) c ON true
         WHERE p.id = p_proof AND (c.passed IS NOT TRUE OR c.is_stale))
    -- Where the scan tells nothing, nothing else is told of it.
    SELECT l.code FROM lack l
     WHERE l.code = 'scan_withheld' OR NOT EXISTS (SELECT FROM lack w WHERE w.code = 'scan_withheld')
$$;

-- A scan knows the terms that there were; nobody else says which.
CREATE OR REPLACE FUNCTION gate_check_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.newest_term := CASE WHEN NEW.name = 'leaks' THEN (SELECT max(t.id) FROM sources_protectedterm t) END;
    RETURN NEW;
END
$$;

-- What was taken off the site does not come back on the signature that it had. A pull is over once it is released.
-- `p_missed`: only what readers could have seen counts.
CREATE OR REPLACE FUNCTION gate_stopped_since(p_proof bigint, p_missed boolean)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN stop.withdrawn THEN 'withdrawn_since' ELSE 'pulled_since' END,
           NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
      FROM (SELECT bool_or(greatest(p.withdrawn_at, w.at) >= greatest(f.made_at, CASE WHEN p_missed THEN p.go_live_at END)) AS withdrawn,
                   bool_or(p.pulled_at >= greatest(f.made_at, CASE WHEN p_missed THEN p.go_live_at END)) AS pulled
              FROM articles_proof f
              JOIN reader_publication p ON p.story = f.story
              LEFT JOIN articles_withdrawal w ON w.publication_id = p.id
             WHERE f.id = p_proof) stop
     WHERE stop.withdrawn OR stop.pulled
$$;

-- What the words of a story rest on, asked alike of a working copy and of a proof.
DROP FUNCTION IF EXISTS gate_text_blockers(bigint, bigint[]);
DROP FUNCTION IF EXISTS gate_text_blockers(bigint, bigint[], jsonb);
CREATE OR REPLACE FUNCTION gate_text_blockers(p_article bigint, p_wordings bigint[], p_coverage jsonb, p_told jsonb)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_policy articles_policy;
    v_article articles_article;
BEGIN
    SELECT * INTO v_article FROM articles_article a WHERE a.id = p_article;
    SELECT * INTO v_policy FROM articles_policy p WHERE p.id = gate_policy();
    IF v_policy.id IS NULL THEN
        RETURN QUERY SELECT 'policy_missing', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;
    IF cardinality(p_wordings) = 0 THEN
        RETURN QUERY SELECT 'no_facts', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;

    RETURN QUERY
        SELECT b.* FROM articles_wording w
          JOIN articles_fact f ON f.id = w.fact_id
          CROSS JOIN LATERAL gate_fact_blockers(w.id, v_policy.id, p_article, true, p_told => p_told) b
         WHERE w.id = ANY (p_wordings)
         ORDER BY f.position, f.id;

    IF v_policy.covers_text THEN
        RETURN QUERY SELECT * FROM gate_coverage_blockers(
            p_article, p_coverage, ARRAY(SELECT w.fact_id FROM articles_wording w WHERE w.id = ANY (p_wordings)));
        RETURN QUERY SELECT * FROM gate_statement_blockers(p_coverage, p_wordings);
        RETURN QUERY SELECT * FROM gate_kind_blockers(p_coverage, p_wordings);
    END IF;

    -- An editor confirmed a fact in the words that stood in the story.
    IF v_article.translation_of_id IS NULL THEN
        RETURN QUERY
            SELECT 'passage_changed', w.fact_id, NULL::bigint, NULL::integer, NULL::integer
              FROM articles_wording w JOIN gate_passages(p_coverage) p ON p.fact = w.fact_id
             WHERE w.id = ANY (p_wordings) AND p.passages IS DISTINCT FROM w.passages
             ORDER BY w.fact_id;
        RETURN;
    END IF;

    RETURN QUERY
        SELECT 'fact_not_rendered', w.fact_id, NULL::bigint, NULL::integer, NULL::integer
          FROM articles_wording w
          LEFT JOIN gate_passages(p_coverage) p ON p.fact = w.fact_id
         WHERE w.id = ANY (p_wordings)
           AND NOT EXISTS (
               SELECT FROM articles_rendering r JOIN staff_user u ON u.id = r.by_id
                WHERE r.article_id = p_article AND r.wording_id = w.id
                  AND r.passages IS NOT DISTINCT FROM p.passages
                  AND ARRAY[v_article.language,
                            (SELECT o.language FROM articles_article o WHERE o.id = v_article.translation_of_id)]
                      <@ u.reads
                  AND gate_holds_role(r.by_id, 'editor', 'chief editor')
                  AND r.by_id NOT IN (SELECT gate_authors(p_article)))
         ORDER BY w.fact_id;
END
$$;

-- What keeps a story from an hour, whatever its text: a hold that runs then (one on its original holds a translation too),
-- or an original that was taken off, or will leave print before the story itself does (`p_until`).
DROP FUNCTION IF EXISTS gate_story_blockers(bigint, timestamptz, text[]);
CREATE OR REPLACE FUNCTION gate_story_blockers(p_article bigint, p_hour timestamptz, lifted text[] DEFAULT '{}',
                                               p_until timestamptz DEFAULT 'infinity')
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH original (id, story) AS (
        SELECT o.id, o.story FROM articles_article a JOIN articles_article o ON o.id = a.translation_of_id WHERE a.id = p_article)
    SELECT 'hold_running', NULL::bigint, h.id, NULL::integer, NULL::integer
      FROM articles_hold h
     -- What is kept back in one language is kept back in every one.
     WHERE (h.article_id = p_article OR h.article_id IN (SELECT o.id FROM original o))
       AND h.until > p_hour AND NOT (h.kind = ANY (lifted))
       AND NOT EXISTS (SELECT FROM articles_lifting l WHERE l.hold_id = h.id)
    UNION ALL
    SELECT 'original_fell', NULL, o.id, NULL, NULL
      FROM original o
     -- One that was stopped before its hour is not missed by anybody.
     WHERE EXISTS (SELECT FROM reader_publication p WHERE p.story = o.story
                      AND (greatest(p.pulled_at, p.withdrawn_at) >= p.go_live_at OR p.leaves_at < p_until))
       AND NOT gate_goes_on(ARRAY(SELECT p.id FROM reader_publication p WHERE p.story = o.story), p_until)
$$;

-- An emergency lifts what the gate asks of the text, while it lasts, from proofs that tell the reader so. Never what it
-- asks of facts, sources, pictures, signatures, or for somebody's safety.
CREATE OR REPLACE FUNCTION gate_override(p_proof bigint) RETURNS articles_override
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT x FROM articles_override x
      JOIN articles_proof p ON p.article_id = x.article_id AND p.how_known ->> 'emergency' = x.printed_reason
     -- No longer than an emergency lasts (articles/overriding.py), whatever was agreed to.
     WHERE p.id = p_proof AND x.until > clock_timestamp() AND x.until <= clock_timestamp() + interval '3 days'
       AND gate_two_agreed(x.proposed_by_id, x.agreed_by_id, x.article_id)
     ORDER BY x.until DESC LIMIT 1
$$;

-- What still blocks the working copy of a story: what the desk shows.
CREATE OR REPLACE FUNCTION gate_blockers(p_article bigint)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_article articles_article;
    v_proof articles_proof;
BEGIN
    SELECT * INTO v_article FROM articles_article a WHERE a.id = p_article;
    SELECT * INTO v_proof FROM articles_proof p WHERE p.article_id = p_article ORDER BY p.id DESC LIMIT 1;

    RETURN QUERY
        SELECT x.lack, NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
          FROM (VALUES ('headline_missing', v_article.headline = ''),
                       ('body_missing', v_article.body = ''),
                       ('section_missing', v_article.section_id IS NULL),
                       ('byline_missing', NOT EXISTS (SELECT FROM articles_article_bylines b WHERE b.article_id = p_article))
               ) x (lack, lacks) WHERE x.lacks;

    RETURN QUERY SELECT * FROM gate_story_blockers(p_article, clock_timestamp(), '{}', clock_timestamp());

    IF v_proof.id IS NOT NULL AND v_proof.revision = v_article.revision THEN
        RETURN QUERY SELECT * FROM gate_proof_blockers(v_proof.id);
        RETURN;
    END IF;

    RETURN QUERY SELECT * FROM gate_text_blockers(p_article, ARRAY(SELECT gate_wordings(p_article)), v_article.coverage, NULL);
    RETURN QUERY SELECT * FROM gate_attribution_blockers(p_article, ARRAY(SELECT gate_wordings(p_article)), NULL);
    RETURN QUERY SELECT s.*, NULL::bigint, NULL::bigint, NULL::integer, NULL::integer FROM gate_scan_blockers(p_article, NULL) s;
    RETURN QUERY
        SELECT x.lack, NULL::bigint, f.id, NULL::integer, NULL::integer
          FROM articles_figure f
          JOIN photos_photo p ON p.id = f.photo_id
          LEFT JOIN photos_photo b ON b.id = f.photo_beside_id
          CROSS JOIN LATERAL (VALUES
              ('figure_needs_caption', f.caption = ''),
              ('figure_needs_credit', CASE v_article.language WHEN 'ko' THEN p.credit_ko ELSE p.credit_en END = ''
                                   OR CASE v_article.language WHEN 'ko' THEN b.credit_ko ELSE b.credit_en END = ''),
              ('figure_needs_alt', f.alt = '' OR f.photo_beside_id IS NOT NULL AND f.alt_beside = '')
          ) x (lack, lacks)
         WHERE f.article_id = p_article AND x.lacks
         ORDER BY f.after_paragraph, f.id;
    RETURN QUERY
        SELECT CASE WHEN v_proof.id IS NULL THEN 'proof_missing' ELSE 'proof_outdated' END,
               NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    RETURN QUERY SELECT 'signature_missing', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What blocks a publication
-- ---------------------------------------------------------------------------------------------------------------------

-- The digest that is signed: every printed column of a proof or a publication, in this order, each with its length in
-- bytes before it, so that no word can move from one column to the next. A test holds this list equal to the model's.
CREATE OR REPLACE FUNCTION gate_digest(printed jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(
               string_agg(coalesce(octet_length(printed ->> c) || ':' || (printed ->> c), '-'), '' ORDER BY n), 'UTF8')), 'hex')
      FROM unnest(ARRAY['story', 'language', 'kind', 'slug', 'label', 'headline', 'standfirst', 'blocks', 'bylines',
                        'dateline', 'section_slug', 'section_name', 'tags', 'figures', 'links', 'corrections', 'how_known',
                        'translation_of']) WITH ORDINALITY AS t (c, n)
$$;

-- The whole law for a publication. `fresh` is asked when it is first printed: the proof must still be the latest word.
CREATE OR REPLACE FUNCTION gate_publication_blockers(p_publication uuid, fresh boolean)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_pub reader_publication;
    v_printing articles_printing;
    v_proof articles_proof;
    v_article articles_article;
    v_override articles_override;
BEGIN
    SELECT * INTO v_pub FROM reader_publication p WHERE p.id = p_publication;
    IF v_pub.origin = 'archive' THEN
        RETURN QUERY SELECT * FROM gate_archive_blockers(v_pub, fresh);
        RETURN;
    END IF;
    SELECT * INTO v_printing FROM articles_printing p WHERE p.publication_id = p_publication;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'printing_missing', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
        RETURN;
    END IF;
    SELECT * INTO v_proof FROM articles_proof p WHERE p.id = v_printing.proof_id;
    SELECT * INTO v_article FROM articles_article a WHERE a.id = v_printing.article_id;

    IF v_proof.article_id <> v_article.id
       OR v_pub.story <> v_article.story
       OR v_pub.origin <> 'desk'
       OR v_printing.policy_id IS DISTINCT FROM gate_policy() AND fresh
       -- No story is dated back: its first hour is this one, or that of a version before it.
       OR fresh AND v_pub.first_printed_at <> v_pub.go_live_at AND NOT EXISTS (
           SELECT FROM reader_publication p
            WHERE p.story = v_pub.story AND p.version < v_pub.version AND p.first_printed_at = v_pub.first_printed_at)
       OR gate_digest(to_jsonb(v_pub)) <> v_proof.digest
       OR v_pub.digest <> v_proof.digest
       OR EXISTS (SELECT FROM reader_printedtag t
                   WHERE t.publication_id = p_publication
                     AND NOT v_pub.tags @> jsonb_build_array(jsonb_build_object('slug', t.slug, 'name', t.name)))
       OR EXISTS (SELECT FROM reader_printedpicture f
                   WHERE f.publication_id = p_publication
                     AND NOT EXISTS (
                         SELECT FROM jsonb_array_elements(v_pub.figures) fig
                           CROSS JOIN jsonb_array_elements(fig -> 'pictures') pic
                           CROSS JOIN jsonb_array_elements(pic -> 'renditions') r
                          WHERE pic ->> 'hash' = f.picture AND r ->> 'sha256' = f.sha256
                            AND r ->> 'format' = f.format AND (r ->> 'width')::integer = f.width))
    THEN
        RETURN QUERY SELECT 'not_what_was_signed', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;

    IF fresh THEN
        IF v_proof.revision <> v_article.revision
           OR v_proof.id <> (SELECT max(p.id) FROM articles_proof p WHERE p.article_id = v_article.id)
           OR ARRAY(SELECT w FROM gate_wordings(v_article.id) w ORDER BY w)
              <> ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = v_proof.id ORDER BY 1)
        THEN
            RETURN QUERY SELECT 'proof_outdated', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
        END IF;
        -- A minute that turned while the act was done is forgiven.
        IF v_pub.go_live_at < date_trunc('minute', clock_timestamp()) - interval '1 minute' THEN
            RETURN QUERY SELECT 'hour_past', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
        END IF;
    ELSE
        -- What comes back keeps the promise with which it was printed, also where less is asked today.
        RETURN QUERY SELECT * FROM gate_footing(p_publication);
    END IF;

    -- What an emergency lets through leaves print when the emergency ends.
    v_override := gate_override(v_proof.id);
    IF v_proof.how_known ? 'emergency' AND NOT coalesce(v_pub.leaves_at <= v_override.until, false) THEN
        RETURN QUERY SELECT 'override_over', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;
    END IF;

    RETURN QUERY SELECT * FROM gate_story_blockers(
        v_article.id, greatest(v_pub.go_live_at, clock_timestamp()),
        CASE WHEN v_override.id IS NOT NULL THEN ARRAY['embargo'] ELSE '{}' END, coalesce(v_pub.leaves_at, 'infinity'));
    RETURN QUERY SELECT * FROM gate_proof_blockers(v_proof.id);
END
$$;

-- The archive's door: stories from before the day on which the newsroom began with the gate, and only until that day
-- has come. They are told apart for the reader, and rest on no facts.
CREATE OR REPLACE FUNCTION gate_archive_blockers(p_pub reader_publication, fresh boolean)
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'archive_closed', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer
     WHERE NOT EXISTS (
        SELECT FROM articles_policy y JOIN articles_intake i ON i.publication_id = p_pub.id
         WHERE y.id = gate_policy()
           AND gate_day(p_pub.first_printed_at) < y.began_on
           AND (NOT fresh OR gate_day(greatest(p_pub.go_live_at, clock_timestamp())) < y.began_on)
           AND (NOT fresh OR gate_holds_role(i.by_id, 'chief editor')))
        OR EXISTS (SELECT FROM articles_article a WHERE a.story = p_pub.story)
        OR EXISTS (SELECT FROM articles_printing pr WHERE pr.publication_id = p_pub.id)
        OR p_pub.digest <> gate_digest(to_jsonb(p_pub))
$$;

-- Until when the gate spares a publication whose source fell: two people staggered it, for one hour of its own.
CREATE OR REPLACE FUNCTION gate_stagger(p_publication uuid, OUT hour timestamptz, OUT spared bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT min(h.at), coalesce(array_agg(s.source_id), '{}')
      FROM articles_staggerhour h JOIN articles_stagger s ON s.id = h.stagger_id
     WHERE h.publication_id = p_publication AND h.at > clock_timestamp() AND s.agreed_by_id IS NOT NULL
       -- What never counted is not spared.
       AND EXISTS (SELECT FROM sources_vetting v WHERE v.source_id = s.source_id AND v.standing = 'confirmed')
$$;

-- What a publication in print has lost under its feet, by the policy under which it was printed. `p_spared`: sources
-- that count as if they had not fallen, `p_until`: as long as an earlier fact has to stay; of a staggered pull.
DROP FUNCTION IF EXISTS gate_footing(uuid);
CREATE OR REPLACE FUNCTION gate_footing(p_publication uuid, p_spared bigint[] DEFAULT '{}',
                                        p_until timestamptz DEFAULT 'infinity')
RETURNS TABLE (code text, fact bigint, object bigint, have integer, need integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.*
      FROM articles_printing pr
      JOIN reader_publication p ON p.id = pr.publication_id
      JOIN articles_proofwording pw ON pw.proof_id = pr.proof_id
      CROSS JOIN LATERAL gate_fact_blockers(pw.wording_id, pr.policy_id, pr.article_id, false, p_spared, p_until,
                                            gate_told(p.how_known)) b
     WHERE pr.publication_id = p_publication
    UNION ALL
    -- A hold is of the time before print: it stops what still waits for its hour.
    SELECT b.*
      FROM articles_printing pr
      JOIN reader_publication p ON p.id = pr.publication_id
      CROSS JOIN LATERAL gate_story_blockers(
          pr.article_id, CASE WHEN p.go_live_at > clock_timestamp() THEN p.go_live_at ELSE 'infinity' END,
          CASE WHEN p.how_known ? 'emergency' THEN ARRAY['embargo'] ELSE '{}' END, least(p_until, p.leaves_at)) b
     WHERE pr.publication_id = p_publication
    UNION ALL
    -- Who takes a story off takes along the version of it that waits for its hour.
    SELECT b.*
      FROM articles_printing pr
      JOIN reader_publication p ON p.id = pr.publication_id
      CROSS JOIN LATERAL gate_stopped_since(pr.proof_id, true) b
     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()
    UNION ALL
    -- What is printed of a source is in readers' hands. What waits for its hour need not get there.
    SELECT b.*
      FROM articles_printing pr
      JOIN reader_publication p ON p.id = pr.publication_id
      CROSS JOIN LATERAL gate_attribution_blockers(
          pr.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = pr.proof_id), pr.proof_id) b
     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The lock: one writer of gated tables at a time
-- ---------------------------------------------------------------------------------------------------------------------

-- An act that reads before it writes takes the lock itself, before any row lock.
CREATE OR REPLACE FUNCTION gate_enter() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtext('newsroom gate'))
$$;

-- Above READ COMMITTED a transaction would judge by an old picture of the facts.
CREATE OR REPLACE FUNCTION gate_lock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION USING ERRCODE = 'NR002', MESSAGE = 'The gate works at READ COMMITTED alone.';
    END IF;
    PERFORM gate_enter();
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The questions asked at commit
-- ---------------------------------------------------------------------------------------------------------------------

-- Publications touched by this transaction, each question once: print (a new version), show (a reader is about to see
-- more of an old one), footing (something under it moved). Emptied as the questions are answered, in the order of `nr`.
CREATE TABLE IF NOT EXISTS gate_pending (
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    publication uuid NOT NULL,
    question text NOT NULL CHECK (question IN ('print', 'show', 'footing')),
    PRIMARY KEY (xact, publication, question)
);
ALTER TABLE gate_pending ADD COLUMN IF NOT EXISTS nr bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX IF NOT EXISTS gate_pending_in_turn ON gate_pending (xact, nr);

-- The transactions that are answering their questions now.
CREATE TABLE IF NOT EXISTS gate_asking (xact xid8 PRIMARY KEY);

-- Whether a reader sees a publication, or can come to see it at its hour.
CREATE OR REPLACE FUNCTION gate_may_be_seen(p reader_publication) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.pulled_at IS NULL AND p.withdrawn_at IS NULL AND (p.leaves_at IS NULL OR p.leaves_at > clock_timestamp())
       AND (p.superseded_at IS NULL OR p.superseded_at > greatest(clock_timestamp(), p.go_live_at))
$$;

-- Why a publication loses its footing, for the record: codes and facts, never which source fell.
CREATE OR REPLACE FUNCTION gate_causes(p_publication uuid, p_spared bigint[], p_until timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_agg(DISTINCT jsonb_build_object('code', f.code, 'fact', f.fact)
                     || CASE WHEN f.code IN ('earlier_fell', 'original_fell', 'hold_running')
                             THEN jsonb_build_object('object', f.object) ELSE '{}' END)
      FROM gate_footing(p_publication, p_spared, p_until) f
     WHERE f.code NOT LIKE 'source%'
$$;

-- Footing pulls what lost it; print and show refuse the commit.
CREATE OR REPLACE FUNCTION gate_answer(p_asked gate_pending) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_causes jsonb;
    v_stagger record;
BEGIN
    IF p_asked.question = 'footing' THEN
        IF NOT EXISTS (SELECT FROM reader_publication p WHERE p.id = p_asked.publication AND gate_may_be_seen(p))
           -- Who asks to show it is refused, and hears why.
           OR EXISTS (SELECT FROM gate_pending p
                       WHERE p.xact = p_asked.xact AND p.publication = p_asked.publication AND p.question <> 'footing') THEN
            RETURN;
        END IF;
        v_stagger := gate_stagger(p_asked.publication);
        v_causes := gate_causes(p_asked.publication, v_stagger.spared, coalesce(v_stagger.hour, 'infinity'));
        IF v_causes IS NOT NULL THEN
            UPDATE reader_publication SET pulled_at = clock_timestamp() WHERE id = p_asked.publication;
            INSERT INTO articles_pull (publication_id, at, reason, causes) VALUES (p_asked.publication, now(), '', v_causes);
        ELSIF v_stagger.hour IS NOT NULL THEN
            v_causes := gate_causes(p_asked.publication, '{}', 'infinity');
            IF v_causes IS NOT NULL AND EXISTS (SELECT FROM reader_publication p WHERE p.id = p_asked.publication
                                                   AND coalesce(p.leaves_at, 'infinity') > v_stagger.hour) THEN
                UPDATE reader_publication SET leaves_at = v_stagger.hour WHERE id = p_asked.publication;
                INSERT INTO articles_pull (publication_id, at, reason, causes)
                VALUES (p_asked.publication, v_stagger.hour, '', v_causes);
            END IF;
        END IF;
    ELSE
        SELECT jsonb_agg(to_jsonb(b)) INTO v_causes
          FROM gate_publication_blockers(p_asked.publication, p_asked.question = 'print') b;
        IF v_causes IS NOT NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'NR001',
                MESSAGE = 'The gate keeps this story: ' || (SELECT string_agg(DISTINCT b ->> 'code', ', ')
                                                              FROM jsonb_array_elements(v_causes) b),
                DETAIL = v_causes::text;
        END IF;
    END IF;
    PERFORM gate_freeze_attributions(pr.proof_id) FROM articles_printing pr WHERE pr.publication_id = p_asked.publication;
END
$$;

-- The first question answers them all, first come first served. Those that an answer raises wait their turn: were one asked
-- inside the other, stories that rest on one another could be too many layers to fall.
CREATE OR REPLACE FUNCTION gate_ask() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_asked gate_pending;
    v_nr bigint := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM gate_pending p WHERE p.xact = NEW.xact AND p.nr = NEW.nr) THEN
        RETURN NULL;  -- it is answered
    END IF;
    INSERT INTO gate_asking (xact) VALUES (NEW.xact) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN NULL;  -- its turn comes
    END IF;
    LOOP
        -- From the last one on: what is answered still lies in the index until the commit.
        SELECT * INTO v_asked FROM gate_pending p WHERE p.xact = NEW.xact AND p.nr > v_nr ORDER BY p.nr LIMIT 1;
        EXIT WHEN NOT FOUND;
        v_nr := v_asked.nr;
        -- First, so that the answer may ask it again.
        DELETE FROM gate_pending p WHERE p.xact = NEW.xact AND p.nr = v_nr;
        PERFORM gate_answer(v_asked);
    END LOOP;
    DELETE FROM gate_asking a WHERE a.xact = NEW.xact;
    RETURN NULL;
END
$$;

-- Notes publications that print any of the wordings given, unless no reader can come to see them any more.
CREATE OR REPLACE FUNCTION gate_note_wordings(p_wordings bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO gate_pending (publication, question)
    SELECT DISTINCT p.id, 'footing'
      FROM articles_proofwording pw
      JOIN articles_printing pr ON pr.proof_id = pw.proof_id
      JOIN reader_publication p ON p.id = pr.publication_id
     WHERE pw.wording_id = ANY (p_wordings) AND gate_may_be_seen(p)
    ON CONFLICT DO NOTHING
$$;

-- The wordings under a proof that is printed and waits for its hour.
CREATE OR REPLACE FUNCTION gate_waiting(p_proof bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pw.wording_id
      FROM articles_printing pr
      JOIN reader_publication p ON p.id = pr.publication_id
      JOIN articles_proofwording pw ON pw.proof_id = pr.proof_id
     WHERE pr.proof_id = p_proof AND p.go_live_at > clock_timestamp()
$$;

-- Statement trigger: its argument is a query of the wordings that the changed rows carry; %1$s names the rows.
CREATE OR REPLACE FUNCTION gate_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_wordings bigint[];
    v_more bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('SELECT ARRAY(' || TG_ARGV[0] || ')', 'old_rows') INTO v_wordings;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('SELECT ARRAY(' || TG_ARGV[0] || ')', 'new_rows') INTO v_more;
    END IF;
    PERFORM gate_note_wordings(v_wordings || v_more);
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Publications: frozen words, and the hours that say when they can be seen
-- ---------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION gate_publication_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The short list of what may change after print. A column added later is frozen by default.
    hours CONSTANT text[] := ARRAY['go_live_at', 'superseded_at', 'leaves_at', 'pulled_at', 'withdrawn_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'What was printed is never deleted.';
    ELSIF TG_OP = 'INSERT' THEN
        NEW.digest := gate_digest(to_jsonb(NEW));
    ELSIF to_jsonb(NEW) - hours IS DISTINCT FROM to_jsonb(OLD) - hours THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'Printed words never change: print a new version.';
    ELSIF NEW.go_live_at <> OLD.go_live_at AND OLD.go_live_at <= clock_timestamp() THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A story that has gone live keeps its hour.';
    ELSIF OLD.go_live_at > clock_timestamp() AND (NEW.pulled_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)
          AND OLD.pulled_at IS NULL AND OLD.withdrawn_at IS NULL THEN
        -- Stopped before its hour: it takes no time, so that the version before it can go on.
        NEW.superseded_at := NEW.go_live_at;
    END IF;
    RETURN NEW;
END
$$;

DROP FUNCTION IF EXISTS gate_give_notice(reader_publication, text, timestamptz);
CREATE OR REPLACE FUNCTION gate_publication_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    exempt CONSTANT text[] := ARRAY['superseded_at', 'leaves_at', 'pulled_at', 'withdrawn_at'];
    shows_more boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO gate_pending (publication, question) VALUES (NEW.id, 'print') ON CONFLICT DO NOTHING;
        -- One that will leave print by itself takes its translations along, whether or not it takes another's place.
        INSERT INTO gate_pending (publication, question)
        SELECT p.id, 'footing' FROM reader_publication p
         WHERE NEW.leaves_at IS NOT NULL AND p.translation_of = NEW.story AND gate_may_be_seen(p)
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END IF;

    shows_more := to_jsonb(NEW) - exempt IS DISTINCT FROM to_jsonb(OLD) - exempt
        OR OLD.pulled_at IS NOT NULL AND NEW.pulled_at IS DISTINCT FROM OLD.pulled_at
        OR coalesce(NEW.leaves_at, 'infinity') > coalesce(OLD.leaves_at, 'infinity')
        OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        -- A longer life for one whose time was over; one that goes on because its successor was stopped shows nothing more.
        OR OLD.superseded_at <= greatest(clock_timestamp(), OLD.go_live_at)
           AND coalesce(NEW.superseded_at, 'infinity') > OLD.superseded_at;
    INSERT INTO gate_pending (publication, question)
    VALUES (NEW.id, CASE WHEN shows_more THEN 'show' ELSE 'footing' END) ON CONFLICT DO NOTHING;

    IF OLD.go_live_at > clock_timestamp()
       AND (NEW.pulled_at IS NOT NULL AND OLD.pulled_at IS NULL OR NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL)
    THEN
        -- The version before it goes on, until the next one's hour if there is one; not one that was stopped as well.
        UPDATE reader_publication p SET superseded_at = OLD.superseded_at
         WHERE p.story = NEW.story AND p.id <> NEW.id AND p.superseded_at = OLD.go_live_at
           AND p.version < NEW.version AND p.superseded_at > p.go_live_at;
    END IF;

    -- What rests on the facts that this one printed.
    IF to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        PERFORM gate_note_wordings(ARRAY(
            SELECT v.wording_id FROM articles_printing pr
              JOIN articles_proofwording pw ON pw.proof_id = pr.proof_id
              JOIN articles_confirmation c ON c.earlier_id = pw.wording_id
              JOIN articles_verdict v ON v.seen @> ARRAY[c.id]
             WHERE pr.publication_id = NEW.id));
        -- And its translations, and what waits to follow it.
        INSERT INTO gate_pending (publication, question)
        SELECT p.id, 'footing' FROM reader_publication p
         WHERE gate_may_be_seen(p) AND (p.translation_of = NEW.story OR p.story = NEW.story AND p.go_live_at > clock_timestamp())
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- The frame of every page: the paper's name and promise from the policy that two people agreed to, and its sections.
-- Written here alone: no role but the owner's may change what stands above every story.
CREATE OR REPLACE FUNCTION gate_print_frame() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_policy articles_policy;
BEGIN
    SELECT * INTO v_policy FROM articles_policy p WHERE p.id = gate_policy();
    IF NOT FOUND THEN
        RETURN NULL;  -- there is no paper yet
    END IF;
    -- The default moves first, or two editions would claim it for a moment.
    UPDATE reader_edition SET is_default = false WHERE is_default AND language <> v_policy.default_edition;
    INSERT INTO reader_edition (language, name, promise, sections, is_default)
    SELECT l, CASE l WHEN 'ko' THEN v_policy.name_ko ELSE v_policy.name_en END,
           CASE l WHEN 'ko' THEN v_policy.promise_ko ELSE v_policy.promise_en END,
           coalesce((SELECT jsonb_agg(jsonb_build_object('slug', s.slug, 'name', CASE l WHEN 'ko' THEN s.name_ko ELSE s.name_en END)
                                      ORDER BY s.position, s.slug) FROM articles_section s), '[]'),
           l = v_policy.default_edition
      FROM unnest(ARRAY['en', 'ko']) l
    ON CONFLICT (language) DO UPDATE SET name = excluded.name, promise = excluded.promise, sections = excluded.sections,
                                         is_default = excluded.is_default;
    RETURN NULL;
END
$$;

-- What hangs on a publication is printed with it, in one transaction, and stays as it was.
CREATE OR REPLACE FUNCTION gate_printed_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'What hangs on a publication never changes.';
    END IF;
    INSERT INTO gate_pending (publication, question)
    SELECT NEW.publication_id, 'show'
     WHERE NOT EXISTS (SELECT FROM gate_pending p WHERE p.xact = pg_current_xact_id()
                          AND p.publication = NEW.publication_id AND p.question = 'print')
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Rows that say what somebody did
-- ---------------------------------------------------------------------------------------------------------------------

-- The desk's role has no right to change these; this keeps the owner from doing it by mistake.
CREATE OR REPLACE FUNCTION gate_append_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'The record never changes: ' || TG_TABLE_NAME || ' is only added to.';
END
$$;

CREATE OR REPLACE FUNCTION gate_refuse(p_code text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'NR004', MESSAGE = 'This does not fit: ' || p_code,
        DETAIL = jsonb_build_array(jsonb_build_object('code', p_code))::text;
END
$$;

-- A proof shows the story as it stands, in composed Unicode; the database computes what will be signed.
CREATE OR REPLACE FUNCTION gate_proof_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.headline || NEW.standfirst || NEW.label || NEW.figures::text || array_to_string(NEW.blocks, '')) IS NOT NFC NORMALIZED THEN
        PERFORM gate_refuse('proof_not_nfc');
    END IF;
    SELECT a.revision INTO NEW.revision FROM articles_article a WHERE a.id = NEW.article_id;
    NEW.made_at := clock_timestamp();
    NEW.digest := gate_digest(to_jsonb(NEW));
    RETURN NEW;
END
$$;

-- What a proof states is settled before it is signed: a wording added later would count as one that we printed.
CREATE OR REPLACE FUNCTION gate_proof_wording_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_signoff s WHERE s.proof_id = NEW.proof_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A signed proof keeps its facts.';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION gate_proof_wording_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM gate_freeze_attributions(p.proof) FROM (SELECT DISTINCT n.proof_id FROM new_rows n) AS p (proof);
    RETURN NULL;
END
$$;

-- How a source is named is settled with the proof: once it is signed, only what the law itself would note comes to it.
CREATE OR REPLACE FUNCTION gate_proof_attribution_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_signoff s WHERE s.proof_id = NEW.proof_id) AND NOT EXISTS (
        SELECT FROM articles_proof p
          CROSS JOIN LATERAL gate_attributions(
              p.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = p.id)) a
         WHERE p.id = NEW.proof_id AND (a.source, a.place, a.part) = (NEW.source_id, NEW.place_id, NEW.part))
    THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A signed proof keeps how it names its sources.';
    END IF;
    RETURN NEW;
END
$$;

-- All that lies in a place.
CREATE OR REPLACE FUNCTION gate_places_within(p_place bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE within (place) AS (
        SELECT p.id FROM sources_place p WHERE p.parent_id = p_place
        UNION
        SELECT p.id FROM within w JOIN sources_place p ON p.parent_id = w.place)
    SELECT w.place FROM within w
$$;

-- A place lies in a wider one, a country in none: so a ladder ends, and a smaller place never stands above a larger.
CREATE OR REPLACE FUNCTION gate_place_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kinds CONSTANT jsonb := '{"country": 0, "province": 1, "city": 2, "county": 2, "district": 3}';
BEGIN
    IF EXISTS (SELECT FROM sources_place p
                   WHERE p.id = NEW.parent_id AND (kinds ->> p.kind)::integer >= (kinds ->> NEW.kind)::integer)
       OR EXISTS (SELECT FROM sources_place p
                   WHERE p.parent_id = NEW.id AND (kinds ->> p.kind)::integer <= (kinds ->> NEW.kind)::integer)
    THEN
        PERFORM gate_refuse('place_not_in_a_wider_one');
    END IF;
    -- So that no figure lifts a narrow place over the floor that a wider one stands under. Of one that nobody counted the next
    -- wider one is asked.
    IF greatest(NEW.population, (SELECT max(p.population) FROM gate_places_within(NEW.id) w JOIN sources_place p ON p.id = w))
       > (SELECT p.population FROM gate_ladder(NEW.parent_id) l JOIN sources_place p ON p.id = l.place
           WHERE p.population IS NOT NULL ORDER BY l.rung LIMIT 1)
       OR EXISTS (SELECT FROM gate_places_within(NEW.id) w JOIN sources_place p ON p.id = w WHERE p.population > NEW.population)
    THEN
        PERFORM gate_refuse('place_holds_too_many');
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION gate_sign_off_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.digest IS DISTINCT FROM (SELECT p.digest FROM articles_proof p WHERE p.id = NEW.proof_id) THEN
        PERFORM gate_refuse('signed_other_words');
    END IF;
    -- A guest signs in time, by the database's clock.
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

-- An editor's verdict notes what she had before her: what was recorded for these words, and of earlier ones what she
-- says carries these too; how many independent voices that was, by what is known of their ties; and who could know it, as
-- was said then. Footing asks the last word and not whose it was, so nobody says "confirmed" who may not; a doubt is never refused.
CREATE OR REPLACE FUNCTION gate_verdict_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.seen := ARRAY(
        SELECT c.id FROM articles_wording w
          JOIN articles_wording e ON e.fact_id = w.fact_id AND e.number <= w.number
          JOIN articles_confirmation c ON c.wording_id = e.id
         WHERE w.id = NEW.wording_id AND (e.id = w.id OR c.id = ANY (NEW.seen))
           AND NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id)
         ORDER BY c.id);
    NEW.voices := gate_voices(NEW.seen, NULL);
    NEW.known_to := (SELECT f.known_to FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id WHERE w.id = NEW.wording_id);
    IF NEW.ruling = 'confirmed' THEN
        PERFORM gate_refuse(b.code)
           FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id
          CROSS JOIN LATERAL gate_verdict_blockers(w.id, NEW.by_id, NEW.seen, f.article_id) AS b (code)
          WHERE w.id = NEW.wording_id;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION gate_confirmation_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.talk_id IS NOT NULL AND NEW.source_id IS DISTINCT FROM
       (SELECT t.source_id FROM sources_talk t WHERE t.id = NEW.talk_id) THEN
        PERFORM gate_refuse('talk_with_another_source');
    END IF;
    IF gate_is_forgotten(NEW.source_id) OR gate_is_forgotten(NEW.told_by_id) THEN
        PERFORM gate_refuse('source_is_forgotten');
    END IF;
    -- A fact may not come to rest on itself, however far round and in whatever words.
    IF NEW.earlier_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE below (fact) AS (
            SELECT w.fact_id FROM articles_wording w WHERE w.id = NEW.earlier_id
            UNION
            SELECT e.fact_id FROM below
              JOIN articles_wording w ON w.fact_id = below.fact
              JOIN articles_confirmation c ON c.wording_id = w.id
              JOIN articles_wording e ON e.id = c.earlier_id
             WHERE NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id))
        SELECT FROM below JOIN articles_wording w ON w.fact_id = below.fact WHERE w.id = NEW.wording_id)
    THEN
        PERFORM gate_refuse('fact_rests_on_itself');
    END IF;
    RETURN NEW;
END
$$;

-- A talk keeps who recorded it, and stays while somebody's word for a fact was said in it: who heard it confirms nothing
-- by it. Its date fades, from the day to its month and from the month to nothing (sources/ageing.py), and that is the only
-- way it goes: it is never brought back, and never moved meanwhile. No fact loses anything by it.
CREATE OR REPLACE FUNCTION gate_talk_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        -- The foreign key asks at the commit alone: the same talk could be back by then, with another name.
        IF EXISTS (SELECT FROM articles_confirmation c WHERE c.talk_id = OLD.id) THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A talk stays while a fact rests on it.';
        END IF;
        RETURN OLD;
    END IF;
    IF gate_is_forgotten(NEW.source_id) AND (TG_OP = 'INSERT' OR NEW.source_id <> OLD.source_id) THEN
        PERFORM gate_refuse('source_is_forgotten');
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.date_kept <> 'day' THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A talk is recorded with its day.';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.recorded_by_id) IS DISTINCT FROM (OLD.id, OLD.recorded_by_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A talk keeps who recorded it.';
    END IF;
    IF (OLD.date_kept, NEW.date_kept) IS DISTINCT FROM ('day', 'day') AND NOT gate_fades(OLD, NEW) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'The date of a talk only fades.';
    END IF;
    RETURN NEW;
END
$$;

-- Whether a talk only loses of its date, and of nothing else: of one that keeps nothing, the table's own rule empties the rest.
CREATE OR REPLACE FUNCTION gate_fades(was sources_talk, becomes sources_talk) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT becomes.source_id = was.source_id
       AND (becomes.date_kept = 'nothing'
            OR becomes.date_kept = 'month' AND was.date_kept <> 'nothing'
               AND becomes.held_on = date_trunc('month', was.held_on::timestamp)::date AND becomes.medium = was.medium)
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Whoever is forgotten stays forgotten
-- ---------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION gate_is_forgotten(p_source bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_forgetting f WHERE f.source_id = p_source)
$$;

-- The row is the act: what there is of her is destroyed as it comes in (articles/sql/forgetting.sql), so that nobody is
-- called forgotten of whom something is left. By her contact reporter or the chief editor; who asks for the person behind
-- a source asks for the source.
CREATE OR REPLACE FUNCTION gate_forgetting_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sources_protectedperson p WHERE p.id = NEW.person_id AND p.source_id IS NOT NULL) THEN
        NEW.source_id := (SELECT p.source_id FROM sources_protectedperson p WHERE p.id = NEW.person_id);
        NEW.person_id := NULL;
    END IF;
    IF NOT gate_holds_role(NEW.by_id, 'chief editor')
       AND NOT (gate_holds_role(NEW.by_id, 'reporter', 'editor')
                AND NEW.by_id IN (SELECT s.contact_reporter_id FROM sources_source s WHERE s.id = NEW.source_id
                                  UNION ALL
                                  SELECT p.contact_reporter_id FROM sources_protectedperson p WHERE p.id = NEW.person_id)) THEN
        PERFORM gate_refuse('forgotten_by_her_own');
    END IF;
    NEW.at := clock_timestamp();
    NEW.destroyed := forget_all(NEW.source_id, NEW.person_id, NEW.by_id, NEW.terms_kept);
    RETURN NEW;
END
$$;

-- Nothing is sealed of whoever is forgotten, and no term kept.
CREATE OR REPLACE FUNCTION gate_forgotten_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sources_protectedperson' THEN
        IF gate_is_forgotten(NEW.source_id) THEN
            PERFORM gate_refuse('source_is_forgotten');
        END IF;
    ELSIF EXISTS (SELECT FROM sources_protectedperson p JOIN sources_forgetting f ON f.person_id = p.id OR f.source_id = p.source_id
                   WHERE p.id = NEW.person_id) THEN
        PERFORM gate_refuse('source_is_forgotten');
    END IF;
    RETURN NEW;
END
$$;

-- A fact stays with its story. One that anybody has confirmed or objected to is never deleted: it is dropped, by
-- someone other than its author.
CREATE OR REPLACE FUNCTION gate_fact_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.article_id <> OLD.article_id OR NEW.created_by_id <> OLD.created_by_id THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A fact stays with its story and its author.';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM articles_wording w
                WHERE w.fact_id = OLD.id
                  AND (EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = w.id)
                    OR EXISTS (SELECT FROM articles_confirmation c WHERE c.wording_id = w.id)
                    OR EXISTS (SELECT FROM articles_proofwording p WHERE p.wording_id = w.id)))
    THEN
        PERFORM gate_refuse('fact_is_on_record');
    END IF;
    RETURN OLD;
END
$$;

-- A wording may go with its fact while nobody has said anything of it.
CREATE OR REPLACE FUNCTION gate_wording_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- It is tied to the text once, before anybody judges it.
        IF OLD.passages IS NULL AND to_jsonb(NEW) - 'passages' = to_jsonb(OLD) - 'passages'
           AND NOT EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = OLD.id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A wording never changes: add the next one.';
    END IF;
    IF EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = OLD.id)
       OR EXISTS (SELECT FROM articles_confirmation c WHERE c.wording_id = OLD.id)
       OR EXISTS (SELECT FROM articles_proofwording p WHERE p.wording_id = OLD.id)
       OR EXISTS (SELECT FROM articles_wording w WHERE w.fact_id = OLD.fact_id AND w.number > OLD.number)
    THEN
        PERFORM gate_refuse('fact_is_on_record');
    END IF;
    RETURN OLD;
END
$$;

CREATE OR REPLACE FUNCTION gate_dropping_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT f.created_by_id FROM articles_fact f WHERE f.id = NEW.fact_id) IN (SELECT gate_person(NEW.by_id))
       AND EXISTS (SELECT FROM articles_verdict v JOIN articles_wording w ON w.id = v.wording_id WHERE w.fact_id = NEW.fact_id)
    THEN
        PERFORM gate_refuse('fact_dropped_by_its_author');
    END IF;
    RETURN NEW;
END
$$;

-- Whoever speaks with a source has spoken with her for ever, whomever she is given to and whatever talk is taken away.
CREATE OR REPLACE FUNCTION gate_confided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Of whoever is forgotten nobody is confirmed any more, so it is nobody's to know who spoke with her.
    IF TG_TABLE_NAME = 'sources_source' AND gate_is_forgotten(NEW.id) THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'sources_talk' THEN
        INSERT INTO sources_confidant (source_id, user_id) VALUES (NEW.source_id, NEW.recorded_by_id) ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO sources_confidant (source_id, user_id)
        SELECT NEW.id, u FROM unnest(ARRAY[NEW.contact_reporter_id, NEW.deputy_id]) u WHERE u IS NOT NULL
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- A source's standing is what the last vetting says; an editor who does not speak with the source, and never did,
-- confirms it.
CREATE OR REPLACE FUNCTION gate_vetting_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.standing = 'confirmed' AND (
        NOT gate_holds_role(NEW.by_id, 'editor', 'chief editor')
        OR EXISTS (SELECT FROM gate_person(NEW.by_id) AS p (account)
                     JOIN sources_confidant c ON c.user_id = p.account AND c.source_id = NEW.source_id))
    THEN
        PERFORM gate_refuse('source_vetted_by_its_reporter');
    END IF;
    -- Nobody can ask her again, and nobody knows who once spoke with her. A doubt is never refused.
    IF NEW.standing = 'confirmed' AND gate_is_forgotten(NEW.source_id) THEN
        PERFORM gate_refuse('source_is_forgotten');
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION gate_vetting_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sources_source SET standing = NEW.standing WHERE id = NEW.source_id;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION gate_source_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.standing <> coalesce((SELECT v.standing FROM sources_vetting v WHERE v.source_id = NEW.id ORDER BY v.id DESC LIMIT 1),
                                'unconfirmed') THEN
        PERFORM gate_refuse('source_not_vetted');
    END IF;
    -- Of whoever is forgotten the law goes on reading the standing and the circle, and somebody answers for her stories.
    IF TG_OP = 'UPDATE' AND gate_is_forgotten(OLD.id)
       AND to_jsonb(NEW) - ARRAY['standing', 'circle_id', 'contact_reporter_id']
           IS DISTINCT FROM to_jsonb(OLD) - ARRAY['standing', 'circle_id', 'contact_reporter_id'] THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'Whoever is forgotten stays forgotten.';
    END IF;
    RETURN NEW;
END
$$;

-- A photo's words may change, its picture never: what was signed is the hash.
CREATE OR REPLACE FUNCTION gate_photo_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.content_hash, NEW.original, NEW.width, NEW.height, NEW.uploaded_by_id)
       IS DISTINCT FROM (OLD.content_hash, OLD.original, OLD.width, OLD.height, OLD.uploaded_by_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A picture never changes: upload another one.';
    END IF;
    RETURN NEW;
END
$$;

-- What two people decide (a policy, a waiver, an override, a stagger, a fact that few could know) is agreed to once, and never changes otherwise.
DROP FUNCTION IF EXISTS gate_policy_before() CASCADE;
CREATE OR REPLACE FUNCTION gate_agreed_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.agreed_by_id IS NOT NULL
       OR to_jsonb(NEW) - ARRAY['agreed_by_id', 'agreed_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['agreed_by_id', 'agreed_at']
    THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'What two people decide never changes: propose the next one.';
    END IF;
    RETURN NEW;
END
$$;

-- A decision on a fact that few could know is of those who could know it then.
CREATE OR REPLACE FUNCTION gate_discretion_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.known_to := (SELECT f.known_to FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id WHERE w.id = NEW.wording_id);
    RETURN NEW;
END
$$;

-- A policy and a stagger are decided by editors. (Of a waiver and an override the gate asks it whenever they are used.)
CREATE OR REPLACE FUNCTION gate_agreed_by_editors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.agreed_by_id IS NOT NULL
       AND NOT (gate_holds_role(NEW.proposed_by_id, 'editor', 'chief editor')
                AND gate_holds_role(NEW.agreed_by_id, 'editor', 'chief editor')
                AND NEW.agreed_by_id NOT IN (SELECT gate_person(NEW.proposed_by_id))) THEN
        PERFORM gate_refuse('decided_by_editors');
    END IF;
    RETURN NEW;
END
$$;

-- Who can open what is sealed: two editors agree to her key, which never changes; an editor ends her, and one who ended never
-- stands again. (Who proposed or agreed once may have left since: it is asked at that moment.)
CREATE OR REPLACE FUNCTION gate_keeper_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A keeper is ended, never deleted.';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL OR OLD.agreed_by_id IS NOT NULL AND (OLD.agreed_by_id, OLD.agreed_at) IS DISTINCT FROM (NEW.agreed_by_id, NEW.agreed_at)
           OR to_jsonb(NEW) - ARRAY['agreed_by_id', 'agreed_at', 'ended_by_id', 'ended_at']
              IS DISTINCT FROM to_jsonb(OLD) - ARRAY['agreed_by_id', 'agreed_at', 'ended_by_id', 'ended_at'] THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'The key of a keeper never changes: propose another one.';
        END IF;
    END IF;
    IF NEW.agreed_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.agreed_by_id IS NULL)
       AND NOT (gate_holds_role(NEW.proposed_by_id, 'editor', 'chief editor')
                AND gate_holds_role(NEW.agreed_by_id, 'editor', 'chief editor')
                AND NEW.agreed_by_id NOT IN (SELECT gate_person(NEW.proposed_by_id))) THEN
        PERFORM gate_refuse('keeper_agreed_by_two');
    END IF;
    IF NEW.ended_by_id IS NOT NULL AND NOT gate_holds_role(NEW.ended_by_id, 'editor', 'chief editor') THEN
        PERFORM gate_refuse('keeper_ended_by_editor');
    END IF;
    RETURN NEW;
END
$$;

-- The first day of the gate is set once: whoever moves it later could let unconfirmed stories in as an archive.
CREATE OR REPLACE FUNCTION gate_policy_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.agreed_by_id IS NOT NULL AND EXISTS (
        SELECT FROM articles_policy p
         WHERE p.agreed_by_id IS NOT NULL AND p.id <> NEW.id AND p.began_on IS NOT NULL AND p.began_on IS DISTINCT FROM NEW.began_on)
    THEN
        PERFORM gate_refuse('first_day_is_set');
    END IF;
    RETURN NEW;
END
$$;

-- A hold is lifted by an editor; one for somebody's safety by another than who placed it.
CREATE OR REPLACE FUNCTION gate_lifting_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT gate_holds_role(NEW.by_id, 'editor', 'chief editor')
       OR EXISTS (SELECT FROM articles_hold h WHERE h.id = NEW.hold_id AND h.kind = 'safety' AND h.by_id IN (SELECT gate_person(NEW.by_id))) THEN
        PERFORM gate_refuse('hold_lifted_by_another');
    END IF;
    RETURN NEW;
END
$$;

-- A hold stops what was scheduled for an earlier hour.
CREATE OR REPLACE FUNCTION gate_hold_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO gate_pending (publication, question)
    SELECT p.id, 'footing' FROM articles_article a JOIN reader_publication p ON a.story IN (p.story, p.translation_of)
     WHERE a.id = NEW.article_id AND p.go_live_at > clock_timestamp() AND gate_may_be_seen(p)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- The hours of a stagger stand before it is agreed to, none later than its last day, and that within a month.
CREATE OR REPLACE FUNCTION gate_stagger_hour_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM articles_stagger s
                    WHERE s.id = NEW.stagger_id AND s.agreed_by_id IS NULL
                      AND isfinite(NEW.at) AND gate_day(NEW.at) <= s.last_day AND s.last_day <= gate_day(clock_timestamp()) + 31) THEN
        PERFORM gate_refuse('stagger_is_agreed');
    END IF;
    RETURN NEW;
END
$$;

-- A pen name that ever stood over a story has been used for ever, also once it is taken off.
CREATE OR REPLACE FUNCTION gate_byline_used() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE articles_byline SET was_used = true WHERE id = NEW.byline_id AND NOT was_used;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION gate_byline_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id <> OLD.id THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A pen name keeps its number: its accounts are known by it.';
        END IF;
        -- A form that was opened before it was used knows nothing of that.
        NEW.was_used := OLD.was_used OR NEW.was_used;
        RETURN NEW;
    END IF;
    IF OLD.was_used AND EXISTS (SELECT FROM articles_byline_accounts a WHERE a.byline_id = OLD.id) THEN
        PERFORM gate_refuse('byline_keeps_its_accounts');
    END IF;
    RETURN OLD;
END
$$;

-- A pen name keeps the accounts behind it once something was written under it: who wrote does not sign later on.
CREATE OR REPLACE FUNCTION gate_byline_account_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_byline b WHERE b.id = OLD.byline_id AND b.was_used) THEN
        PERFORM gate_refuse('byline_keeps_its_accounts');
    END IF;
    RETURN OLD;
END
$$;

-- Whose name was taken off a story has written it all the same. Statement trigger: its argument is a query of the
-- accounts behind the rows that went.
CREATE OR REPLACE FUNCTION gate_wrote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE 'INSERT INTO articles_writer (article_id, user_id, since) SELECT DISTINCT w.*, now() FROM (' || TG_ARGV[0] || ') w
             ON CONFLICT DO NOTHING';
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The working copy's revision: moves with every change that a reader would see
-- ---------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION gate_article_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- Not of the text that a reader sees.
    unread CONSTANT text[] := ARRAY['revision', 'updated_at', 'coverage'];
BEGIN
    -- Other words, and nobody has read which facts they state.
    IF (NEW.headline, NEW.standfirst, NEW.body) IS DISTINCT FROM (OLD.headline, OLD.standfirst, OLD.body)
       AND NEW.coverage = OLD.coverage THEN
        NEW.coverage := NULL;
    END IF;
    IF NEW.story <> OLD.story THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A story keeps its identity.';
    END IF;
    IF NEW.created_by_id <> OLD.created_by_id THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A story keeps who began it.';
    END IF;
    IF NEW.translation_of_id IS DISTINCT FROM OLD.translation_of_id
       AND EXISTS (SELECT FROM articles_printing pr WHERE pr.article_id = OLD.id) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'What was printed as a translation keeps its original.';
    END IF;
    IF to_jsonb(NEW) - unread IS DISTINCT FROM to_jsonb(OLD) - unread THEN
        NEW.revision := OLD.revision + 1;
    ELSIF NEW.revision <> OLD.revision + 1 THEN
        NEW.revision := OLD.revision;
    END IF;
    RETURN NEW;
END
$$;

-- Statement trigger: its argument is a query of the stories that the changed rows are part of; %1$s names the rows.
CREATE OR REPLACE FUNCTION gate_revise() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_articles bigint[];
    v_more bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('SELECT ARRAY(' || TG_ARGV[0] || ')', 'old_rows') INTO v_articles;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('SELECT ARRAY(' || TG_ARGV[0] || ')', 'new_rows') INTO v_more;
    END IF;
    UPDATE articles_article a SET revision = a.revision + 1
     WHERE a.id = ANY (v_articles || v_more) OR a.translation_of_id = ANY (v_articles || v_more);
    RETURN NULL;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The triggers
-- ---------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE TRIGGER gate_publication_before BEFORE INSERT OR UPDATE OR DELETE ON reader_publication
    FOR EACH ROW EXECUTE FUNCTION gate_publication_before();
CREATE OR REPLACE TRIGGER gate_publication_after AFTER INSERT OR UPDATE ON reader_publication
    FOR EACH ROW EXECUTE FUNCTION gate_publication_after();
CREATE OR REPLACE TRIGGER gate_printed_part AFTER INSERT OR UPDATE OR DELETE ON reader_printedtag
    FOR EACH ROW EXECUTE FUNCTION gate_printed_part();
CREATE OR REPLACE TRIGGER gate_printed_part AFTER INSERT OR UPDATE OR DELETE ON reader_printedpicture
    FOR EACH ROW EXECUTE FUNCTION gate_printed_part();
-- A story of the archive does not come through the desk's door as well.
CREATE OR REPLACE TRIGGER gate_printed_part AFTER INSERT ON articles_printing
    FOR EACH ROW EXECUTE FUNCTION gate_printed_part();
CREATE OR REPLACE TRIGGER gate_proof_before BEFORE INSERT ON articles_proof
    FOR EACH ROW EXECUTE FUNCTION gate_proof_before();
CREATE OR REPLACE TRIGGER gate_proof_wording_before BEFORE INSERT ON articles_proofwording
    FOR EACH ROW EXECUTE FUNCTION gate_proof_wording_before();
CREATE OR REPLACE TRIGGER gate_proof_wording_after AFTER INSERT ON articles_proofwording
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION gate_proof_wording_after();
CREATE OR REPLACE TRIGGER gate_proof_attribution_before BEFORE INSERT ON articles_proofattribution
    FOR EACH ROW EXECUTE FUNCTION gate_proof_attribution_before();
CREATE OR REPLACE TRIGGER gate_place_before BEFORE INSERT OR UPDATE ON sources_place
    FOR EACH ROW EXECUTE FUNCTION gate_place_before();
CREATE OR REPLACE TRIGGER gate_check_before BEFORE INSERT ON articles_check
    FOR EACH ROW EXECUTE FUNCTION gate_check_before();
CREATE OR REPLACE TRIGGER gate_sign_off_before BEFORE INSERT ON articles_signoff
    FOR EACH ROW EXECUTE FUNCTION gate_sign_off_before();
CREATE OR REPLACE TRIGGER gate_verdict_before BEFORE INSERT ON articles_verdict
    FOR EACH ROW EXECUTE FUNCTION gate_verdict_before();
CREATE OR REPLACE TRIGGER gate_confirmation_before BEFORE INSERT ON articles_confirmation
    FOR EACH ROW EXECUTE FUNCTION gate_confirmation_before();
CREATE OR REPLACE TRIGGER gate_talk_before BEFORE INSERT OR UPDATE OR DELETE ON sources_talk
    FOR EACH ROW EXECUTE FUNCTION gate_talk_before();
CREATE OR REPLACE TRIGGER gate_forgetting_before BEFORE INSERT ON sources_forgetting
    FOR EACH ROW EXECUTE FUNCTION gate_forgetting_before();
CREATE OR REPLACE TRIGGER gate_forgotten_before BEFORE INSERT ON sources_sealedrecord
    FOR EACH ROW EXECUTE FUNCTION gate_forgotten_before();
CREATE OR REPLACE TRIGGER gate_forgotten_before BEFORE INSERT ON sources_protectedterm
    FOR EACH ROW EXECUTE FUNCTION gate_forgotten_before();
CREATE OR REPLACE TRIGGER gate_forgotten_before BEFORE INSERT ON sources_protectedperson
    FOR EACH ROW EXECUTE FUNCTION gate_forgotten_before();
CREATE OR REPLACE TRIGGER gate_fact_before BEFORE UPDATE OR DELETE ON articles_fact
    FOR EACH ROW EXECUTE FUNCTION gate_fact_before();
CREATE OR REPLACE TRIGGER gate_wording_before BEFORE UPDATE OR DELETE ON articles_wording
    FOR EACH ROW EXECUTE FUNCTION gate_wording_before();
CREATE OR REPLACE TRIGGER gate_dropping_before BEFORE INSERT ON articles_dropping
    FOR EACH ROW EXECUTE FUNCTION gate_dropping_before();
CREATE OR REPLACE TRIGGER gate_vetting_before BEFORE INSERT ON sources_vetting
    FOR EACH ROW EXECUTE FUNCTION gate_vetting_before();
CREATE OR REPLACE TRIGGER gate_vetting_after AFTER INSERT ON sources_vetting
    FOR EACH ROW EXECUTE FUNCTION gate_vetting_after();
CREATE OR REPLACE TRIGGER gate_source_before BEFORE INSERT OR UPDATE ON sources_source
    FOR EACH ROW EXECUTE FUNCTION gate_source_before();
CREATE OR REPLACE TRIGGER gate_confided AFTER INSERT OR UPDATE OF contact_reporter_id, deputy_id ON sources_source
    FOR EACH ROW EXECUTE FUNCTION gate_confided();
CREATE OR REPLACE TRIGGER gate_confided AFTER INSERT OR UPDATE OF source_id, recorded_by_id ON sources_talk
    FOR EACH ROW EXECUTE FUNCTION gate_confided();
CREATE OR REPLACE TRIGGER gate_photo_before BEFORE UPDATE ON photos_photo
    FOR EACH ROW EXECUTE FUNCTION gate_photo_before();
CREATE OR REPLACE TRIGGER gate_print_frame AFTER INSERT OR UPDATE ON articles_policy
    FOR EACH STATEMENT EXECUTE FUNCTION gate_print_frame();
CREATE OR REPLACE TRIGGER gate_print_frame AFTER INSERT OR UPDATE OR DELETE ON articles_section
    FOR EACH STATEMENT EXECUTE FUNCTION gate_print_frame();
CREATE OR REPLACE TRIGGER gate_policy_before BEFORE INSERT OR UPDATE ON articles_policy
    FOR EACH ROW EXECUTE FUNCTION gate_policy_before();
CREATE OR REPLACE TRIGGER gate_keeper_before BEFORE INSERT OR UPDATE OR DELETE ON sources_keeper
    FOR EACH ROW EXECUTE FUNCTION gate_keeper_before();
CREATE OR REPLACE TRIGGER gate_discretion_before BEFORE INSERT ON articles_discretion
    FOR EACH ROW EXECUTE FUNCTION gate_discretion_before();
CREATE OR REPLACE TRIGGER gate_lifting_before BEFORE INSERT ON articles_lifting
    FOR EACH ROW EXECUTE FUNCTION gate_lifting_before();
CREATE OR REPLACE TRIGGER gate_hold_after AFTER INSERT ON articles_hold
    FOR EACH ROW EXECUTE FUNCTION gate_hold_after();
CREATE OR REPLACE TRIGGER gate_stagger_hour_before BEFORE INSERT ON articles_staggerhour
    FOR EACH ROW EXECUTE FUNCTION gate_stagger_hour_before();
CREATE OR REPLACE TRIGGER gate_byline_used AFTER INSERT OR UPDATE ON articles_article_bylines
    FOR EACH ROW EXECUTE FUNCTION gate_byline_used();
CREATE OR REPLACE TRIGGER gate_byline_before BEFORE UPDATE OR DELETE ON articles_byline
    FOR EACH ROW EXECUTE FUNCTION gate_byline_before();
CREATE OR REPLACE TRIGGER gate_byline_account_before BEFORE UPDATE OR DELETE ON articles_byline_accounts
    FOR EACH ROW EXECUTE FUNCTION gate_byline_account_before();
CREATE OR REPLACE TRIGGER gate_article_before BEFORE UPDATE ON articles_article
    FOR EACH ROW EXECUTE FUNCTION gate_article_before();

-- A talk that a confirmation names keeps its source by a foreign key (articles/migrations/0003).
DROP TRIGGER IF EXISTS gate_note_update ON sources_talk;
DROP TRIGGER IF EXISTS gate_note_delete ON sources_talk;
DROP TRIGGER IF EXISTS gate_append_only ON articles_waiver;
DROP TRIGGER IF EXISTS gate_revise_update ON articles_wording;

DROP TRIGGER IF EXISTS gate_ask ON gate_pending;
CREATE CONSTRAINT TRIGGER gate_ask AFTER INSERT ON gate_pending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gate_ask();

DO $$
DECLARE
    t text;
    op text;
    rule record;
BEGIN
    -- Every table whose change can matter takes the lock first.
    FOREACH t IN ARRAY ARRAY[
        'reader_publication', 'reader_printedtag', 'reader_printedpicture',
        'articles_article', 'articles_writer', 'articles_article_authors', 'articles_article_bylines', 'articles_byline', 'articles_byline_accounts',
        'articles_fact', 'articles_passage', 'articles_context', 'articles_hold', 'articles_lifting', 'articles_override',
        'articles_invitation', 'articles_guestsignature', 'articles_stagger', 'articles_staggerhour', 'articles_intake', 'articles_wording', 'articles_confirmation', 'articles_takenback', 'articles_verdict', 'articles_dropping',
        'articles_waiver', 'articles_discretion', 'articles_rendering', 'articles_document', 'articles_proof', 'articles_proofwording', 'articles_proofattribution', 'articles_attribution',
        'articles_signoff', 'articles_check', 'articles_figure', 'articles_relatedlink', 'articles_correction', 'articles_cautionsseen',
        'articles_printing', 'articles_policy', 'sources_source', 'sources_circle', 'sources_talk', 'sources_vetting', 'sources_confidant',
        'sources_protectedperson', 'sources_sealedrecord', 'sources_protectedterm', 'sources_place', 'articles_leak',
        'photos_photo', 'photos_rendition', 'staff_user_groups']
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER gate_lock BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION gate_lock()', t);
    END LOOP;

    -- Of an account the law reads whether it is open and what it reads; logging in waits for nobody.
    CREATE OR REPLACE TRIGGER gate_lock BEFORE UPDATE OF is_active, reads ON staff_user
        FOR EACH STATEMENT EXECUTE FUNCTION gate_lock();

    -- What somebody did is only ever added.
    FOREACH t IN ARRAY ARRAY[
        'articles_writer', 'articles_confirmation', 'articles_takenback', 'articles_verdict', 'articles_dropping',
        'articles_rendering', 'articles_document', 'articles_proof', 'articles_proofwording', 'articles_proofattribution', 'articles_signoff',
        'articles_check', 'articles_printing', 'articles_pull', 'articles_pulltold', 'articles_release', 'articles_withdrawal',
        'sources_vetting', 'sources_confidant', 'sources_forgetting', 'articles_cautionsseen',
        'articles_hold', 'articles_lifting', 'articles_invitation', 'articles_guestsignature', 'articles_staggerhour',
        'articles_intake']
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER gate_append_only BEFORE UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION gate_append_only()', t);
    END LOOP;
    -- What two people decide.
    FOREACH t IN ARRAY ARRAY['articles_policy', 'articles_waiver', 'articles_override', 'articles_stagger', 'articles_discretion'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER gate_agreed_once BEFORE UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION gate_agreed_once()', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['articles_policy', 'articles_stagger'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER gate_agreed_by_editors BEFORE INSERT OR UPDATE ON %I
                        FOR EACH ROW EXECUTE FUNCTION gate_agreed_by_editors()', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['reader_publication', 'reader_printedtag', 'reader_printedpicture', 'articles_fact',
        'articles_wording', 'articles_confirmation', 'articles_takenback', 'articles_verdict', 'articles_dropping',
        'articles_proof', 'articles_proofwording', 'articles_signoff', 'articles_printing', 'articles_writer',
        'sources_vetting', 'sources_confidant', 'sources_forgetting', 'articles_policy', 'articles_waiver', 'articles_hold', 'articles_override', 'articles_stagger',
        'articles_staggerhour', 'articles_guestsignature', 'articles_context', 'sources_keeper', 'articles_discretion', 'articles_cautionsseen']
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER gate_no_truncate BEFORE TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION gate_append_only()', t);
    END LOOP;

    -- What a publication in print rests on: a change asks for the footing of those that print these wordings.
    FOR rule IN
        SELECT * FROM (VALUES
            ('articles_verdict', 'INSERT', 'SELECT wording_id FROM %1$s'),
            ('articles_takenback', 'INSERT',
             'SELECT v.wording_id FROM %1$s r JOIN articles_verdict v ON v.seen @> ARRAY[r.confirmation_id]'),
            -- Of a source the law reads standing and circle, and of what waits for its hour how it names her: her safety may
            -- change without asking a thousand stories.
            ('sources_source', 'UPDATE',
             'SELECT v.wording_id FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
                JOIN articles_confirmation c ON coalesce(o.id, n.id) IN (c.source_id, c.told_by_id)
                JOIN articles_verdict v ON v.seen @> ARRAY[c.id]
               WHERE (o.id, o.standing, o.circle_id) IS DISTINCT FROM (n.id, n.standing, n.circle_id)
              UNION
              SELECT w.wording FROM old_rows o JOIN new_rows n ON n.id = o.id
                JOIN articles_proofattribution a ON a.source_id = o.id CROSS JOIN LATERAL gate_waiting(a.proof_id) AS w (wording)
               WHERE (o.place_id, o.part) IS DISTINCT FROM (n.place_id, n.part)'),
            -- How many people a place holds, and what it lies in, is asked of what waits for its hour.
            ('sources_place', 'UPDATE',
             'SELECT w.wording FROM old_rows o JOIN new_rows n ON n.id = o.id
                JOIN articles_proofattribution a ON true JOIN sources_source s ON s.id = a.source_id
                CROSS JOIN LATERAL gate_waiting(a.proof_id) AS w (wording)
               WHERE (o.parent_id, o.population) IS DISTINCT FROM (n.parent_id, n.population)
                 AND (a.place_id = o.id OR EXISTS (SELECT FROM gate_ladder(s.place_id) l WHERE l.place = o.id))')
        ) AS v (tab, ops, query)
    LOOP
        FOREACH op IN ARRAY string_to_array(rule.ops, ',') LOOP
            EXECUTE format('CREATE OR REPLACE TRIGGER gate_note_%s AFTER %s ON %I %s
                            FOR EACH STATEMENT EXECUTE FUNCTION gate_note(%L)',
                lower(op), op, rule.tab,
                'REFERENCING' || CASE WHEN op <> 'INSERT' THEN ' OLD TABLE AS old_rows' ELSE '' END
                              || CASE WHEN op <> 'DELETE' THEN ' NEW TABLE AS new_rows' ELSE '' END,
                rule.query);
        END LOOP;
    END LOOP;

    -- Who stood over a story goes on as its writer.
    FOR rule IN
        SELECT * FROM (VALUES
            ('articles_article_authors', 'SELECT r.article_id, r.user_id FROM old_rows r'),
            ('articles_article_bylines',
             'SELECT r.article_id, a.user_id FROM old_rows r JOIN articles_byline_accounts a ON a.byline_id = r.byline_id')
        ) AS v (tab, query)
    LOOP
        FOREACH op IN ARRAY ARRAY['UPDATE', 'DELETE'] LOOP
            EXECUTE format('CREATE OR REPLACE TRIGGER gate_wrote_%s AFTER %s ON %I REFERENCING OLD TABLE AS old_rows
                            FOR EACH STATEMENT EXECUTE FUNCTION gate_wrote(%L)', lower(op), op, rule.tab, rule.query);
        END LOOP;
    END LOOP;

    -- What a reader would see of a story: a change asks for a new proof.
    FOR rule IN
        SELECT * FROM (VALUES
            ('articles_article_bylines', 'SELECT article_id FROM %1$s'),
            -- Who wrote it decides who may sign it.
            ('articles_article_authors', 'SELECT article_id FROM %1$s'),
            ('articles_figure', 'SELECT article_id FROM %1$s'),
            ('articles_attribution', 'SELECT article_id FROM %1$s'),
            -- Of what is signed and not printed yet: who signs has seen how many people an attribution fits.
            ('sources_place',
             'SELECT p.article_id FROM old_rows o JOIN new_rows n ON n.id = o.id
                JOIN articles_proofattribution a ON true JOIN articles_proof p ON p.id = a.proof_id
                JOIN sources_source s ON s.id = a.source_id
               WHERE (o.parent_id, o.population) IS DISTINCT FROM (n.parent_id, n.population)
                 AND (a.place_id = o.id OR EXISTS (SELECT FROM gate_ladder(s.place_id) l WHERE l.place = o.id))
                 AND NOT EXISTS (SELECT FROM articles_printing pr WHERE pr.proof_id = p.id)'),
            ('sources_source',
             'SELECT p.article_id FROM old_rows o JOIN new_rows n ON n.id = o.id
                JOIN articles_proofattribution a ON a.source_id = o.id JOIN articles_proof p ON p.id = a.proof_id
               WHERE (o.place_id, o.part) IS DISTINCT FROM (n.place_id, n.part)
                 AND NOT EXISTS (SELECT FROM articles_printing pr WHERE pr.proof_id = p.id)'),
            -- What a sentence states.
            ('articles_passage', 'SELECT article_id FROM %1$s'),
            ('articles_context', 'SELECT article_id FROM %1$s'),
            -- A mere proposal changes nothing for the reader.
            ('articles_override', 'SELECT article_id FROM %1$s WHERE agreed_by_id IS NOT NULL'),
            ('articles_relatedlink', 'SELECT article_id FROM %1$s'),
            ('articles_correction', 'SELECT article_id FROM %1$s'),
            ('articles_wording', 'SELECT f.article_id FROM %1$s r JOIN articles_fact f ON f.id = r.fact_id'),
            ('articles_dropping', 'SELECT f.article_id FROM %1$s r JOIN articles_fact f ON f.id = r.fact_id'),
            -- Its reason is printed.
            ('articles_waiver', 'SELECT f.article_id FROM %1$s r JOIN articles_wording w ON w.id = r.wording_id
               JOIN articles_fact f ON f.id = w.fact_id WHERE r.agreed_by_id IS NOT NULL'),
            ('photos_photo', 'SELECT g.article_id FROM %1$s r JOIN articles_figure g ON r.id IN (g.photo_id, g.photo_beside_id)'),
            ('taggit_taggeditem',
             'SELECT r.object_id FROM %1$s r JOIN django_content_type ct ON ct.id = r.content_type_id
               WHERE ct.app_label = ''articles'' AND ct.model = ''article''')
        ) AS v (tab, query)
    LOOP
        FOREACH op IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            -- A wording changes in one way: it is tied to words that are there already.
            CONTINUE WHEN op = 'UPDATE' AND rule.tab = 'articles_wording';
            CONTINUE WHEN op <> 'UPDATE' AND rule.tab IN ('sources_place', 'sources_source');
            EXECUTE format('CREATE OR REPLACE TRIGGER gate_revise_%s AFTER %s ON %I %s
                            FOR EACH STATEMENT EXECUTE FUNCTION gate_revise(%L)',
                lower(op), op, rule.tab,
                'REFERENCING' || CASE WHEN op <> 'INSERT' THEN ' OLD TABLE AS old_rows' ELSE '' END
                              || CASE WHEN op <> 'DELETE' THEN ' NEW TABLE AS new_rows' ELSE '' END,
                rule.query);
        END LOOP;
    END LOOP;
END
$$;

-- The desk may ask; it can't answer for the gate.
REVOKE ALL ON gate_pending, gate_asking FROM PUBLIC;
REVOKE ALL ON FUNCTION gate_note_wordings(bigint[]), gate_waiting(bigint), gate_lock(), gate_answer(gate_pending), gate_ask(),
    gate_note(), gate_revise(), gate_wrote(), gate_confided(), gate_byline_used(), gate_fades(sources_talk, sources_talk),
    gate_is_forgotten(bigint), gate_forgetting_before(), gate_forgotten_before() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate_enter(), gate_blockers(bigint), gate_policy(),
    gate_fact_blockers(bigint, bigint, bigint, boolean, bigint[], timestamptz, jsonb), gate_exceptions_under(bigint),
    gate_person(bigint), gate_authors(bigint), gate_wordings(bigint), gate_footing(uuid, bigint[], timestamptz), gate_digest(jsonb),
    gate_independent_sources(bigint, bigint[]), gate_passages(jsonb), gate_squeezed(text),
    gate_ladder(bigint), gate_times_the_floor(text), gate_remedy_lack(bigint, text, jsonb, bigint), gate_attribution_lack(bigint, bigint, text), gate_attribution_offered(bigint),
    gate_attributions(bigint, bigint[]), gate_words(jsonb), gate_plain(text), gate_always_checked(),
    gate_publication_blockers(uuid, boolean), gate_standing_confirmations(bigint)
    TO newsroom_desk;
