-- The record: who did what, when, and what stood before; one chain of entries that can't be changed without showing.
--
-- Installed by `migrate` after gate.sql, by the tables' owner; may be run again at any time. The desk's role may read
-- the entries and nothing else.
--
-- To have another table recorded, add a line to record_tables(): triggers, the lock, entries for the rows that are there
-- already and `manage.py verify_record` follow from it. A column more of a recorded table: likewise.
--
-- Recorded is what somebody did, and every row by which the law decides (a test reads gate.sql for its tables). Talks are
-- not: an entry has an hour, and when a source was spoken with is nobody's to know. A talk counts through the
-- confirmation that names it, so the two are compared instead (record_word_faults). Nor is who speaks with a source,
-- or ever did: the chain would keep for ever whom she ever trusted.
--
-- The chain runs over salted hashes of free text. Salts and kept words stand beside the chain, so that a text can be
-- destroyed with its salt: nothing is left by which it could be guessed, and no link breaks.
--
-- Reading order: what is recorded; one entry; writing; destroying a text; what is wrong; the triggers; rows from before.

-- ---------------------------------------------------------------------------------------------------------------------
-- What is recorded
-- ---------------------------------------------------------------------------------------------------------------------

-- texts: columns of free text, of which the chain holds salted hashes alone. kept: the only other columns that count, where
-- not all do. who: the columns that say who did it, the first that is filled; where none does, or a row is changed
-- afterwards, it is whom the transaction names (record_actor). via: the column that leads to the story
-- (record_article). words: whether what a text said before a change is kept, so that the history can show it.
CREATE OR REPLACE FUNCTION record_tables()
RETURNS TABLE (tab text, texts text[], kept text[], who text[], via text, words boolean)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM (VALUES
        ('articles_policy', '{}'::text[], '{}'::text[], '{agreed_by_id,proposed_by_id}'::text[], '', false),
        ('staff_user', '{}', '{id,is_active,is_superuser,reads}', '{}', '', false),
        ('staff_user_groups', '{}', '{}', '{}', '', false),
        ('auth_group', '{}', '{id,name}', '{}', '', false),
        ('staff_factorreset', '{}', '{id,user_id,by_id,at}', '{by_id}', '', false),
        ('sources_source', '{}', '{id,standing,circle_id}', '{}', '', false),
        ('sources_keeper', '{name}', '{}', '{ended_by_id,agreed_by_id,proposed_by_id}', '', false),
        ('sources_vetting', '{reason}', '{}', '{by_id}', '', false),
        ('sources_forgetting', '{reason}', '{}', '{by_id}', '', false),
        -- No words: they are saved every minute, and what is judged and printed of them stands in a proof.
        ('articles_article', '{}', '{id,story,translation_of_id,created_by_id,language}', '{created_by_id}', 'id', false),
        ('articles_article_authors', '{}', '{}', '{}', 'article_id', false),
        ('articles_article_bylines', '{}', '{}', '{}', 'article_id', false),
        ('articles_writer', '{}', '{}', '{user_id}', 'article_id', false),
        ('articles_byline_accounts', '{}', '{}', '{}', '', false),
        ('articles_fact', '{}', '{id,article_id,created_by_id,known_to}', '{created_by_id}', 'article_id', false),
        ('articles_wording', '{text,passages}', '{}', '{by_id}', 'fact_id', false),
        ('articles_passage', '{text}', '{}', '{by_id}', 'article_id', true),
        ('articles_context', '{text}', '{}', '{by_id}', 'article_id', true),
        ('articles_document', '{title,url}', '{}', '{archived_by_id}', '', false),
        ('articles_confirmation', '{}', '{}', '{recorded_by_id}', 'wording_id', false),
        ('articles_takenback', '{reason}', '{}', '{by_id}', 'confirmation_id', false),
        ('articles_verdict', '{reason}', '{}', '{by_id}', 'wording_id', false),
        ('articles_dropping', '{reason}', '{}', '{by_id}', 'fact_id', false),
        ('articles_waiver', '{reason,printed_reason}', '{}', '{agreed_by_id,proposed_by_id}', 'wording_id', false),
        ('articles_discretion', '{reason,queried}', '{}', '{agreed_by_id,proposed_by_id}', 'wording_id', false),
        ('articles_override', '{reason,printed_reason}', '{}', '{agreed_by_id,proposed_by_id}', 'article_id', false),
        ('articles_hold', '{reason}', '{}', '{by_id}', 'article_id', false),
        ('articles_lifting', '{reason}', '{}', '{by_id}', 'hold_id', false),
        ('articles_invitation', '{}', '{}', '{by_id}', 'article_id', false),
        ('articles_stagger', '{reason}', '{}', '{agreed_by_id,proposed_by_id}', '', false),
        ('articles_staggerhour', '{}', '{}', '{}', 'publication_id', false),
        ('articles_intake', '{}', '{}', '{by_id}', '', false),
        ('articles_rendering', '{passages}', '{}', '{by_id}', 'article_id', false),
        ('articles_correction', '{text}', '{}', '{by_id}', 'article_id', true),
        ('articles_proof', '{coverage}', '{id,article_id,revision,digest,made_by_id,made_at}', '{made_by_id}', 'article_id', false),
        ('articles_proofwording', '{}', '{}', '{}', 'proof_id', false),
        -- Not where and as what: the chain would keep that of her when she is forgotten.
        ('articles_attribution', '{}', '{id,article_id,source_id}', '{}', 'article_id', false),
        ('articles_proofattribution', '{}', '{}', '{}', 'proof_id', false),
        ('sources_place', '{}', '{}', '{}', '', false),
        ('articles_check', '{findings}', '{}', '{}', 'proof_id', false),
        ('articles_signoff', '{}', '{}', '{by_id}', 'proof_id', false),
        ('articles_cautionsseen', '{}', '{}', '{}', 'sign_off_id', false),
        ('articles_guestsignature', '{}', '{}', '{}', '', false),
        ('reader_publication', '{}',
         '{id,story,version,digest,origin,first_printed_at,go_live_at,superseded_at,leaves_at,pulled_at,withdrawn_at}', '{}', 'story', false),
        ('reader_printedtag', '{}', '{}', '{}', 'publication_id', false),
        ('reader_printedpicture', '{}', '{id,publication_id,picture,sha256,format,width}', '{}', 'publication_id', false),
        ('articles_printing', '{}', '{}', '{by_id}', 'article_id', false),
        ('articles_pull', '{reason}', '{}', '{by_id}', 'publication_id', false),
        ('articles_release', '{reason}', '{}', '{by_id}', 'publication_id', false),
        ('articles_withdrawal', '{reason}', '{}', '{by_id}', 'publication_id', false)
    ) AS v
$$;

-- A row's key as text: numbers and UUIDs alike.
CREATE OR REPLACE FUNCTION record_row(p_row jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(p_row ->> 'id', p_row ->> 'publication_id') $$;

-- Some columns of a row.
CREATE OR REPLACE FUNCTION record_pick(p_row jsonb, p_columns text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    v_picked jsonb := '{}';
    v_column text;
BEGIN
    FOREACH v_column IN ARRAY p_columns LOOP
        v_picked := v_picked || jsonb_build_object(v_column, p_row -> v_column);
    END LOOP;
    RETURN v_picked;
END
$$;

-- The columns of a row that are no free text.
CREATE OR REPLACE FUNCTION record_fields(p_row jsonb, p_texts text[], p_kept text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_kept = '{}' THEN p_row - p_texts ELSE record_pick(p_row, p_kept) END
$$;

-- The story that a row is about.
CREATE OR REPLACE FUNCTION record_article(p_via text, p_key text) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE p_via
        WHEN '' THEN
            RETURN NULL;
        WHEN 'id', 'article_id' THEN
            RETURN p_key::bigint;
        WHEN 'fact_id' THEN
            RETURN (SELECT f.article_id FROM articles_fact f WHERE f.id = p_key::bigint);
        WHEN 'wording_id' THEN
            RETURN (SELECT f.article_id FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id
                     WHERE w.id = p_key::bigint);
        WHEN 'confirmation_id' THEN
            RETURN (SELECT f.article_id FROM articles_confirmation c JOIN articles_wording w ON w.id = c.wording_id
                      JOIN articles_fact f ON f.id = w.fact_id WHERE c.id = p_key::bigint);
        WHEN 'hold_id' THEN
            RETURN (SELECT h.article_id FROM articles_hold h WHERE h.id = p_key::bigint);
        WHEN 'proof_id' THEN
            RETURN (SELECT p.article_id FROM articles_proof p WHERE p.id = p_key::bigint);
        WHEN 'sign_off_id' THEN
            RETURN (SELECT p.article_id FROM articles_signoff s JOIN articles_proof p ON p.id = s.proof_id
                     WHERE s.id = p_key::bigint);
        WHEN 'publication_id' THEN
            RETURN (SELECT p.article_id FROM articles_printing p WHERE p.publication_id = p_key::uuid);
        WHEN 'story' THEN
            RETURN (SELECT a.id FROM articles_article a WHERE a.story = p_key::uuid);
    END CASE;
END
$$;

-- Whom this transaction names, for rows that do not say it themselves (`staff.desk` names who is logged in). Like
-- every `by` it is the desk's word.
CREATE OR REPLACE FUNCTION record_actor() RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT substring(current_setting('newsroom.by', true) FROM '^[0-9]{1,18}$')::bigint
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- One entry
-- ---------------------------------------------------------------------------------------------------------------------

-- A text's hash. The salt is always 32 letters, so no word can move into it.
CREATE OR REPLACE FUNCTION record_text_hash(p_salt text, p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT encode(sha256(convert_to(p_salt || p_text, 'UTF8')), 'hex') $$;

-- What chains an entry to the one before: every column but salts and kept words, each with its length in bytes before it;
-- the hour in microseconds, which no time zone moves.
CREATE OR REPLACE FUNCTION record_hash(e articles_entry) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_part text;
    v_all text := '';
BEGIN
    FOREACH v_part IN ARRAY ARRAY[
        e.number::text, (extract(epoch FROM e.at) * 1000000)::bigint::text, e.table_name, e.row_id, e.op, e.by_id::text,
        e.article_id::text, e.fields::text, e.before::text, e.texts::text, e.previous]
    LOOP
        v_all := v_all || coalesce(octet_length(v_part) || ':' || v_part, '-');
    END LOOP;
    RETURN encode(sha256(convert_to(v_all, 'UTF8')), 'hex');
END
$$;

-- Adds the next entry; whoever asks holds the gate's lock and tells times in UTC. Numbers come from the entry before: a
-- sequence would leave a gap behind every act that is rolled back.
CREATE OR REPLACE FUNCTION record_add(
    p_table text, p_row_id text, p_op text, p_by bigint, p_article bigint, p_fields jsonb,
    p_before jsonb, p_words jsonb, p_kept jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    e articles_entry;
    v_column text;
    v_text text;
    v_salt text;
BEGIN
    SELECT last.number + 1, last.hash INTO e.number, e.previous FROM articles_entry last ORDER BY last.number DESC LIMIT 1;
    e.number := coalesce(e.number, 1);
    e.previous := coalesce(e.previous, '');
    e.at := clock_timestamp();
    e.table_name := p_table;
    e.row_id := p_row_id;
    e.op := p_op;
    e.by_id := p_by;
    e.article_id := p_article;
    e.fields := p_fields;
    e.before := p_before;
    e.texts := '{}';
    e.salts := '{}';
    e.kept := p_kept;
    FOR v_column, v_text IN SELECT key, value FROM jsonb_each_text(p_words) LOOP
        v_salt := replace(gen_random_uuid()::text, '-', '');
        e.texts := e.texts || jsonb_build_object(v_column, record_text_hash(v_salt, v_text));
        IF v_text IS NOT NULL THEN
            e.salts := e.salts || jsonb_build_object(v_column, v_salt);
        END IF;
    END LOOP;
    e.hash := record_hash(e);
    INSERT INTO articles_entry
        (number, at, table_name, row_id, op, by_id, article_id, fields, before, texts, salts, kept, previous, hash)
    VALUES (e.number, e.at, e.table_name, e.row_id, e.op, e.by_id, e.article_id, e.fields, e.before, e.texts, e.salts, e.kept,
            e.previous, e.hash);
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Writing
-- ---------------------------------------------------------------------------------------------------------------------

-- Row trigger; its arguments are a line of record_tables(). An update is noted where a recorded column changes.
CREATE OR REPLACE FUNCTION record_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET TimeZone TO 'UTC' SET DateStyle TO 'ISO, YMD' AS $$
DECLARE
    v_texts CONSTANT text[] := TG_ARGV[0];
    v_kept CONSTANT text[] := TG_ARGV[1];
    v_who CONSTANT text[] := TG_ARGV[2];
    v_via CONSTANT text := TG_ARGV[3];
    v_words CONSTANT boolean := TG_ARGV[4];
    v_old jsonb;
    v_row jsonb;
    v_before jsonb := '{}';
    v_keep jsonb := '{}';
    v_column text;
    v_by bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        v_old := to_jsonb(OLD);
    END IF;
    v_row := CASE WHEN TG_OP = 'DELETE' THEN v_old ELSE to_jsonb(NEW) END;

    IF TG_OP = 'UPDATE' THEN
        IF record_row(v_row) <> record_row(v_old) THEN
            RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'A recorded row keeps its key.';
        END IF;
        SELECT jsonb_object_agg(o.key, CASE WHEN o.key = ANY (v_texts) THEN 'null' ELSE o.value END) INTO v_before
          FROM jsonb_each(v_old) o
         WHERE o.value IS DISTINCT FROM v_row -> o.key
           AND (v_kept = '{}' OR o.key = ANY (v_kept) OR o.key = ANY (v_texts));
        IF v_before IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' AND v_words THEN
        v_keep := record_pick(v_old, ARRAY(SELECT t FROM unnest(v_texts) t WHERE TG_OP = 'DELETE' OR v_before ? t));
    END IF;

    FOREACH v_column IN ARRAY v_who LOOP
        IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND v_before ? v_column THEN
            v_by := coalesce(v_by, (v_row ->> v_column)::bigint);
        END IF;
    END LOOP;
    IF TG_OP <> 'INSERT' OR v_who = '{}' THEN
        v_by := coalesce(v_by, record_actor());
    END IF;

    PERFORM record_add(
        TG_TABLE_NAME, record_row(v_row), lower(TG_OP), v_by, record_article(v_via, v_row ->> v_via),
        record_fields(v_row, v_texts, v_kept), v_before, record_pick(v_row, v_texts), v_keep);
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

-- Entries stay as they are. Salts and kept words may go, for a text that is destroyed.
CREATE OR REPLACE FUNCTION record_append_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['salts', 'kept'] = to_jsonb(OLD) - ARRAY['salts', 'kept']
           AND OLD.salts @> NEW.salts AND OLD.kept @> NEW.kept THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'The record never changes: it is only added to.';
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Destroying a text
-- ---------------------------------------------------------------------------------------------------------------------

-- What stands in the place of a destroyed text.
CREATE OR REPLACE FUNCTION record_destroyed() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '[destroyed]' $$;

-- Destroys one text of one row, with its salts and whatever of it was kept. For the owner alone; the entry says that it
-- was done, when, and for whom. Copies elsewhere (a proof, what was printed, backups) are not touched.
CREATE OR REPLACE FUNCTION record_destroy(p_table text, p_row text, p_column text, p_by bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_via text;
    v_row jsonb;
    v_changed integer;
BEGIN
    PERFORM gate_enter();
    SELECT r.via INTO v_via FROM record_tables() r WHERE r.tab = p_table AND p_column = ANY (r.texts);
    IF NOT FOUND THEN
        RAISE EXCEPTION '% of % is no recorded text.', p_column, p_table;
    END IF;
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE record_row(to_jsonb(t)) = $1', p_table) INTO v_row USING p_row;
    IF v_row IS NULL THEN
        RAISE EXCEPTION 'There is no row % in %.', p_row, p_table;
    END IF;
    -- What is only ever added may lose a text in no other way; nobody else reaches the table meanwhile.
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', p_table);
    EXECUTE format('UPDATE %1$I t SET %2$I = CASE pg_typeof(t.%2$I)::text WHEN ''jsonb'' THEN to_jsonb($1)::text ELSE $1 END::%3$s
                     WHERE record_row(to_jsonb(t)) = $2', p_table, p_column,
                   (SELECT format_type(a.atttypid, NULL) FROM pg_attribute a
                     WHERE a.attrelid = p_table::regclass AND a.attname = p_column))
      USING record_destroyed(), p_row;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', p_table);
    IF v_changed <> 1 THEN
        RAISE EXCEPTION 'Destroyed % rows instead of one.', v_changed;
    END IF;
    UPDATE articles_entry SET salts = salts - p_column, kept = kept - p_column
     WHERE table_name = p_table AND row_id = p_row;
    PERFORM record_add(p_table, p_row, 'destroyed', p_by, record_article(v_via, v_row ->> v_via),
                       jsonb_build_object('column', p_column), '{}', '{}', '{}');
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What is wrong
-- ---------------------------------------------------------------------------------------------------------------------

-- Entries that are not what was written, not after the entry that they name, or not there.
CREATE OR REPLACE FUNCTION record_chain_faults() RETURNS TABLE (fault text, number bigint, tab text, row_id text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f.fault, e.number, e.table_name::text, e.row_id::text, f.detail
      FROM (SELECT x AS entry, x.number, x.table_name, x.row_id, x.hash, x.previous,
                   lag(x.number, 1, 0::bigint) OVER w AS number_before, lag(x.hash, 1, '') OVER w AS hash_before
              FROM articles_entry x WINDOW w AS (ORDER BY x.number)) e
     CROSS JOIN LATERAL (
         SELECT 'entry_missing', concat_ws('–', e.number_before + 1, nullif(e.number - 1, e.number_before + 1))
          WHERE e.number <> e.number_before + 1
         UNION ALL SELECT 'entry_changed', '' WHERE e.hash <> record_hash(e.entry)
         UNION ALL SELECT 'entry_unchained', '' WHERE e.number = e.number_before + 1 AND e.previous <> e.hash_before
     ) f (fault, detail)
$$;

-- Rows of a recorded table that are not as the record has them.
CREATE OR REPLACE FUNCTION record_row_faults(p_table text)
RETURNS TABLE (fault text, number bigint, tab text, row_id text, detail text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET TimeZone TO 'UTC' SET DateStyle TO 'ISO, YMD' AS $$
DECLARE
    r record;
BEGIN
    SELECT * INTO STRICT r FROM record_tables() t WHERE t.tab = p_table;
    RETURN QUERY EXECUTE format($query$
        WITH said AS (
            SELECT DISTINCT ON (e.row_id) e.row_id::text, e.number, e.op, e.fields, e.texts, e.salts
              FROM articles_entry e
             WHERE e.table_name = %1$L AND e.op IN ('found', 'insert', 'update', 'delete')
             ORDER BY e.row_id, e.number DESC
        ), live AS (
            SELECT record_row(to_jsonb(t)) AS row_id,
                   record_fields(to_jsonb(t), '{}', CASE WHEN %2$L::text[] = '{}' THEN '{}' ELSE %2$L::text[] || %3$L::text[] END) AS row
              FROM %1$I t)
        SELECT CASE WHEN said.number IS NULL THEN 'row_unrecorded' WHEN said.op = 'delete' THEN 'row_returned'
                    WHEN live.row_id IS NULL THEN 'row_missing' ELSE 'row_changed' END,
               said.number, %1$L, coalesce(said.row_id, live.row_id), coalesce(other.columns, '')
          FROM said FULL JOIN live ON live.row_id = said.row_id
         CROSS JOIN LATERAL (
             SELECT string_agg(c, ', ' ORDER BY c) FROM (
                 -- A column that a later migration took away says nothing.
                 SELECT f.key FROM jsonb_each(said.fields) f WHERE live.row ? f.key AND live.row -> f.key <> f.value
                 UNION ALL
                 SELECT x.key FROM jsonb_each_text(said.texts) x
                  WHERE live.row ? x.key AND CASE
                        WHEN x.value IS NULL THEN live.row ->> x.key IS NOT NULL
                        WHEN said.salts ? x.key
                            THEN record_text_hash(said.salts ->> x.key, live.row ->> x.key) IS DISTINCT FROM x.value
                        -- Without its salt a text is destroyed, and an entry says so.
                        ELSE live.row ->> x.key IS DISTINCT FROM record_destroyed() OR NOT EXISTS (
                            SELECT FROM articles_entry d
                             WHERE d.table_name = %1$L AND d.row_id = said.row_id AND d.op = 'destroyed'
                               AND d.fields ->> 'column' = x.key) END
             ) columns (c)
         ) other (columns)
         WHERE said.number IS NULL OR (live.row_id IS NULL) <> (said.op = 'delete')
            OR live.row_id IS NOT NULL AND other.columns IS NOT NULL
    $query$, r.tab, r.kept, r.texts);
END
$$;

-- Recorded tables whose record never began; printed words and proofs that are not those of their digest; confirmations
-- by a talk that is gone, or was with somebody else; kept words that are not what was hashed.
CREATE OR REPLACE FUNCTION record_word_faults() RETURNS TABLE (fault text, number bigint, tab text, row_id text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'never_begun', NULL::bigint, t.tab, '', '' FROM record_tables() t
     WHERE NOT EXISTS (SELECT FROM articles_entry e WHERE e.table_name = t.tab AND e.row_id = '' AND e.op = 'begun')
    UNION ALL
    SELECT 'words_changed', NULL, 'reader_publication', p.id::text, ''
      FROM reader_publication p WHERE gate_digest(to_jsonb(p)) <> p.digest
    UNION ALL
    SELECT 'words_changed', NULL, 'articles_proof', p.id::text, ''
      FROM articles_proof p WHERE gate_digest(to_jsonb(p)) <> p.digest
    UNION ALL
    SELECT 'talk_changed', NULL, 'articles_confirmation', c.id::text, ''
      FROM articles_confirmation c LEFT JOIN sources_talk t ON t.id = c.talk_id
     WHERE c.talk_id IS NOT NULL AND t.source_id IS DISTINCT FROM c.source_id
    UNION ALL
    SELECT 'kept_changed', e.number, e.table_name, e.row_id, k.key
      FROM articles_entry e
     CROSS JOIN LATERAL jsonb_each_text(e.kept) k
     CROSS JOIN LATERAL (
         SELECT b.texts ->> k.key AS hash, b.salts ->> k.key AS salt FROM articles_entry b
          WHERE b.table_name = e.table_name AND b.row_id = e.row_id AND b.number < e.number AND b.op <> 'destroyed'
          ORDER BY b.number DESC LIMIT 1) b
     WHERE e.kept <> '{}' AND CASE WHEN b.salt IS NULL THEN k.value IS DISTINCT FROM record_destroyed()
                               ELSE record_text_hash(b.salt, k.value) IS DISTINCT FROM b.hash END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The triggers
-- ---------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE TRIGGER record_append_only BEFORE UPDATE OR DELETE ON articles_entry
    FOR EACH ROW EXECUTE FUNCTION record_append_only();
CREATE OR REPLACE TRIGGER record_no_truncate BEFORE TRUNCATE ON articles_entry
    FOR EACH STATEMENT EXECUTE FUNCTION record_append_only();

-- A row is entered when it is there, and before the gate acts on it: the name sorts before "gate". A change is entered
-- before it is made, once the gate has had its say: the name sorts after. After the change would be too late: where the
-- gate changes the next row of the same statement, that row's entries would stand the wrong way round.
DO $$
DECLARE
    r record;
    said text;
    columns text;
    changed text;
BEGIN
    FOR r IN SELECT * FROM record_tables() LOOP
        said := format('EXECUTE FUNCTION record_note(%L, %L, %L, %L, %L)', r.texts, r.kept, r.who, r.via, r.words);
        -- Of an account only what the law reads: logging in waits for nobody.
        columns := CASE r.tab WHEN 'staff_user' THEN ' OF is_active, is_superuser, reads' ELSE '' END;
        EXECUTE format('CREATE OR REPLACE TRIGGER entry_of_insert AFTER INSERT ON %I FOR EACH ROW %s', r.tab, said);
        -- A row of which little is recorded changes often: nothing is called, nor the whole row read, for nothing.
        changed := '';
        IF r.kept <> '{}' THEN
            SELECT format('WHEN ((%s) IS DISTINCT FROM (%s))', string_agg('OLD.' || quote_ident(c), ', '),
                          string_agg('NEW.' || quote_ident(c), ', ')) INTO changed
              FROM unnest(r.kept || r.texts) c;
        END IF;
        EXECUTE format('CREATE OR REPLACE TRIGGER record_update BEFORE UPDATE%s ON %I FOR EACH ROW %s %s',
                       columns, r.tab, changed, said);
        EXECUTE format('CREATE OR REPLACE TRIGGER record_delete BEFORE DELETE ON %I FOR EACH ROW %s', r.tab, said);
        -- Whoever writes an entry holds the lock before any row's.
        IF r.tab IN ('staff_user', 'auth_group') THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER record_lock BEFORE INSERT OR UPDATE%s OR DELETE ON %I
                            FOR EACH STATEMENT EXECUTE FUNCTION gate_lock()', columns, r.tab);
        ELSE
            EXECUTE format('CREATE OR REPLACE TRIGGER gate_lock BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                            FOR EACH STATEMENT EXECUTE FUNCTION gate_lock()', r.tab);
        END IF;
    END LOOP;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Rows from before
-- ---------------------------------------------------------------------------------------------------------------------

-- The record of a table begins with an entry that says so, and one for each row that is there. Once: what appears later
-- without an entry of its own is a forgery, and no installation makes it good.
--
-- A column that was not recorded when a row's last entry was written is entered, once, where the row is as that entry has
-- it: as a change before which nothing is known. A row that is not, or has no entry, is a forgery still.
DO $$
DECLARE
    r record;
    v_row jsonb;
BEGIN
    PERFORM gate_enter();
    SET LOCAL TimeZone TO 'UTC';
    FOR r IN SELECT * FROM record_tables() t
              WHERE EXISTS (SELECT FROM articles_entry e WHERE e.table_name = t.tab AND e.row_id = '' AND e.op = 'begun')
    LOOP
        FOR v_row IN EXECUTE format($query$
            WITH said AS (
                SELECT DISTINCT ON (e.row_id) e.row_id, e.fields || e.texts AS columns
                  FROM articles_entry e
                 WHERE e.table_name = %1$L AND e.op IN ('found', 'insert', 'update', 'delete')
                 ORDER BY e.row_id, e.number DESC
            ), short AS (
                SELECT said.row_id, to_jsonb(t) AS row
                  FROM %1$I t JOIN said ON said.row_id = record_row(to_jsonb(t))
                 WHERE NOT said.columns ?& ARRAY(
                     SELECT jsonb_object_keys(record_fields(to_jsonb(t), '{}', CASE %2$L WHEN '{}' THEN '{}' ELSE %2$L::text[] || %3$L::text[] END))))
            SELECT s.row FROM short s
             WHERE s.row_id NOT IN (SELECT f.row_id FROM record_row_faults(%1$L) f) ORDER BY s.row -> 'id'
        $query$, r.tab, r.kept, r.texts) LOOP
            PERFORM record_add(
                r.tab, record_row(v_row), 'update', NULL, record_article(r.via, v_row ->> r.via),
                record_fields(v_row, r.texts, r.kept), '{}', record_pick(v_row, r.texts), '{}');
        END LOOP;
    END LOOP;
    FOR r IN SELECT * FROM record_tables() t
              WHERE NOT EXISTS (SELECT FROM articles_entry e WHERE e.table_name = t.tab AND e.row_id = '' AND e.op = 'begun')
    LOOP
        PERFORM record_add(r.tab, '', 'begun', NULL, NULL, '{}', '{}', '{}', '{}');
        FOR v_row IN EXECUTE format('SELECT to_jsonb(t) FROM %I t ORDER BY to_jsonb(t) -> ''id''', r.tab) LOOP
            PERFORM record_add(
                r.tab, record_row(v_row), 'found',
                (SELECT (v_row ->> w.name)::bigint FROM unnest(r.who) WITH ORDINALITY AS w (name, n)
                  WHERE v_row ->> w.name IS NOT NULL ORDER BY w.n LIMIT 1),
                record_article(r.via, v_row ->> r.via), record_fields(v_row, r.texts, r.kept), '{}',
                record_pick(v_row, r.texts), '{}');
        END LOOP;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION record_tables(), record_row(jsonb), record_pick(jsonb, text[]), record_fields(jsonb, text[], text[]), record_article(text, text),
    record_actor(), record_text_hash(text, text), record_hash(articles_entry), record_destroyed(), record_note(),
    record_append_only(), record_add(text, text, text, bigint, bigint, jsonb, jsonb, jsonb, jsonb),
    record_destroy(text, text, text, bigint), record_chain_faults(), record_row_faults(text), record_word_faults() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_tables(), record_chain_faults(), record_row_faults(text), record_word_faults() TO newsroom_desk;
