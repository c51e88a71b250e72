-- What the newsroom forgets: talks that have faded, its own history of sources, and a source or a person in a story.
--
-- Installed by `migrate` after record.sql, by the tables' owner; may be run again at any time. What may be forgotten by
-- whom, and that nothing comes back, stands in gate.sql.
--
-- Here a row is really destroyed, so these functions are the owner's: the desk's role may take no reason out of what is
-- only ever added to. It hands them nothing but whom.

-- ---------------------------------------------------------------------------------------------------------------------
-- Talks
-- ---------------------------------------------------------------------------------------------------------------------

-- Lets talks fade to nothing: one on which a fact rests stays as an empty row, the others are counted and go. Says how many
-- went.
CREATE OR REPLACE FUNCTION talks_fade(p_talks bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_gone bigint;
BEGIN
    PERFORM gate_enter();
    WITH gone AS (
        DELETE FROM sources_talk t
         WHERE t.id = ANY (p_talks) AND NOT EXISTS (SELECT FROM articles_confirmation c WHERE c.talk_id = t.id)
        RETURNING t.source_id
    ), counted AS (
        INSERT INTO sources_earliertalks AS e (source_id, number)
        SELECT g.source_id, count(*) FROM gone g GROUP BY g.source_id
        ON CONFLICT (source_id) DO UPDATE SET number = e.number + excluded.number)
    SELECT count(*) INTO v_gone FROM gone;
    UPDATE sources_talk SET date_kept = 'nothing', held_on = NULL, medium = '', printed_precision = 'withheld'
     WHERE id = ANY (p_talks) AND date_kept <> 'nothing';
    RETURN v_gone;
END
$$;

-- The desk's own history says who saved a source's page and at which hour, and so when somebody had news of her. What is
-- older than `p_before` goes; never what was done today. Says how many lines.
CREATE OR REPLACE FUNCTION history_fades(p_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_gone bigint;
BEGIN
    IF p_before > clock_timestamp() - interval '1 day' THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'What was done today stays in the history.';
    END IF;
    DELETE FROM django_admin_log l USING django_content_type ct
     WHERE ct.id = l.content_type_id AND ct.app_label = 'sources' AND ct.model IN ('source', 'talk', 'protectedperson')
       AND l.action_time < p_before;
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A source, or a person in a story
-- ---------------------------------------------------------------------------------------------------------------------

-- The lines of the desk's own history about her.
CREATE OR REPLACE FUNCTION forget_history(p_source bigint, p_person bigint) RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id FROM django_admin_log l JOIN django_content_type ct ON ct.id = l.content_type_id
     WHERE ct.app_label = 'sources'
       AND (ct.model = 'source' AND l.object_id = p_source::text
            OR ct.model = 'protectedperson'
               AND l.object_id IN (SELECT p.id::text FROM sources_protectedperson p WHERE p.id = p_person OR p.source_id = p_source))
$$;

-- The reasons in words that were given for whatever was done to these stories and their facts.
CREATE OR REPLACE FUNCTION forget_story_reasons(p_articles bigint[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH fact AS (
        SELECT f.id FROM articles_fact f WHERE f.article_id = ANY (p_articles)
    ), wording AS (
        SELECT w.id FROM articles_wording w WHERE w.fact_id IN (SELECT id FROM fact)
    ), printing AS (
        SELECT p.publication_id FROM articles_printing p WHERE p.article_id = ANY (p_articles)
    ), said (reason) AS (
        SELECT v.reason FROM articles_verdict v WHERE v.wording_id IN (SELECT id FROM wording)
        UNION ALL SELECT d.reason FROM articles_dropping d WHERE d.fact_id IN (SELECT id FROM fact)
        UNION ALL SELECT x.reason FROM articles_waiver x WHERE x.wording_id IN (SELECT id FROM wording)
        UNION ALL SELECT x.reason FROM articles_discretion x WHERE x.wording_id IN (SELECT id FROM wording)
        UNION ALL SELECT h.reason FROM articles_hold h WHERE h.article_id = ANY (p_articles)
        UNION ALL SELECT l.reason FROM articles_lifting l JOIN articles_hold h ON h.id = l.hold_id WHERE h.article_id = ANY (p_articles)
        UNION ALL SELECT o.reason FROM articles_override o WHERE o.article_id = ANY (p_articles)
        UNION ALL SELECT p.reason FROM articles_pull p WHERE p.publication_id IN (SELECT publication_id FROM printing)
        UNION ALL SELECT r.reason FROM articles_release r WHERE r.publication_id IN (SELECT publication_id FROM printing)
        UNION ALL SELECT x.reason FROM articles_withdrawal x WHERE x.publication_id IN (SELECT publication_id FROM printing))
    SELECT s.reason FROM said s WHERE s.reason NOT IN ('', record_destroyed())
$$;

-- How much there is of her: what forgetting destroys (goes), and what it leaves (stays).
CREATE OR REPLACE FUNCTION forget_counts(p_source bigint, p_person bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH person AS (
        SELECT p.id FROM sources_protectedperson p WHERE p.id = p_person OR p.source_id = p_source
    ), word AS (
        SELECT c.id, c.talk_id, f.article_id FROM articles_confirmation c
          JOIN articles_wording w ON w.id = c.wording_id JOIN articles_fact f ON f.id = w.fact_id
         WHERE p_source IN (c.source_id, c.told_by_id))
    SELECT jsonb_build_object(
        'goes', jsonb_build_object(
            'sealed', (SELECT count(*) FROM sources_sealedrecord r WHERE r.person_id IN (SELECT id FROM person)),
            'terms', (SELECT count(*) FROM sources_protectedterm t WHERE t.person_id IN (SELECT id FROM person)),
            'talks', (SELECT count(*) FROM sources_talk t WHERE t.source_id = p_source AND t.date_kept <> 'nothing'),
            'reasons', (SELECT count(*) FROM sources_vetting v
                         WHERE v.source_id = p_source AND v.reason NOT IN ('', record_destroyed()))
                     + (SELECT count(*) FROM articles_stagger s
                         WHERE s.source_id = p_source AND s.reason <> record_destroyed())
                     + (SELECT count(*) FROM articles_takenback t JOIN word w ON w.id = t.confirmation_id
                         WHERE t.reason <> record_destroyed())
                     + (SELECT count(*) FROM sources_look l
                         WHERE (l.source_id = p_source OR l.person_id = p_person) AND l.why <> ''),
            'confidants', (SELECT count(*) FROM sources_confidant c WHERE c.source_id = p_source),
            'history', (SELECT count(*) FROM forget_history(p_source, p_person))),
        'stays', jsonb_build_object(
            'confirmations', (SELECT count(*) FROM word),
            'stories', (SELECT count(DISTINCT article_id) FROM word),
            'in_print', (SELECT count(DISTINCT pr.article_id) FROM articles_printing pr
                           JOIN reader_publication p ON p.id = pr.publication_id
                          WHERE pr.article_id IN (SELECT article_id FROM word) AND gate_may_be_seen(p)
                            AND p.go_live_at <= clock_timestamp()),
            'waiting', (SELECT count(DISTINCT pr.article_id) FROM articles_printing pr
                          JOIN reader_publication p ON p.id = pr.publication_id
                         WHERE pr.article_id IN (SELECT article_id FROM word) AND gate_may_be_seen(p)
                           AND p.go_live_at > clock_timestamp()),
            -- About facts and stories, not about her alone: of others' words as well, so they are kept, and told of.
            'story_reasons', (SELECT count(*) FROM forget_story_reasons(ARRAY(SELECT article_id FROM word)) r),
            'talks', (SELECT count(DISTINCT t.id) FROM sources_talk t JOIN word w ON w.talk_id = t.id WHERE t.source_id = p_source),
            'looks', (SELECT count(*) FROM sources_look l WHERE l.source_id = p_source OR l.person_id = p_person),
            'vettings', (SELECT count(*) FROM sources_vetting v WHERE v.source_id = p_source)))
$$;

-- Destroys what there is of her, and says how much it was. Asked by the trigger on `sources_forgetting` alone.
--
-- The place widens to the country and the part to "source", also where a story that is not printed yet names her: one that
-- waits for its hour and names her by more is stopped. What is printed stands as it is. Alias, standing and circle stay: stories in print rest on them.
CREATE OR REPLACE FUNCTION forget_all(p_source bigint, p_person bigint, p_by bigint, p_terms_kept boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_destroyed jsonb := forget_counts(p_source, p_person) -> 'goes';
    v_people CONSTANT bigint[] := ARRAY(SELECT p.id FROM sources_protectedperson p WHERE p.id = p_person OR p.source_id = p_source);
    v_country bigint;
    v_row bigint;
BEGIN
    PERFORM gate_enter();
    -- No trigger is switched off or on while a question of its table is open (record_destroy): each is answered at once.
    SET CONSTRAINTS ALL IMMEDIATE;

    DELETE FROM sources_sealedrecord r WHERE r.person_id = ANY (v_people);
    IF p_terms_kept THEN
        v_destroyed := v_destroyed || '{"terms": 0}';
    ELSE
        DELETE FROM sources_protectedterm t WHERE t.person_id = ANY (v_people);
        -- Whose terms were found in whose drafts ties her to stories.
        DELETE FROM articles_leak l WHERE l.person_id = ANY (v_people);
    END IF;
    DELETE FROM sources_scananswer a WHERE a.person_id = ANY (v_people);
    DELETE FROM django_admin_log l WHERE l.id IN (SELECT forget_history(p_source, p_person));
    IF p_source IS NULL THEN
        SET CONSTRAINTS ALL DEFERRED;
        RETURN v_destroyed;
    END IF;

    PERFORM talks_fade(ARRAY(SELECT t.id FROM sources_talk t WHERE t.source_id = p_source));
    DELETE FROM sources_sooninprint s WHERE s.source_id = p_source;
    -- Tables that a query reads can't be altered, so the rows are gathered first.
    FOREACH v_row IN ARRAY ARRAY(SELECT v.id FROM sources_vetting v
                                  WHERE v.source_id = p_source AND v.reason NOT IN ('', record_destroyed())) LOOP
        PERFORM record_destroy('sources_vetting', v_row::text, 'reason', p_by);
    END LOOP;
    FOREACH v_row IN ARRAY ARRAY(SELECT s.id FROM articles_stagger s
                                  WHERE s.source_id = p_source AND s.reason <> record_destroyed()) LOOP
        PERFORM record_destroy('articles_stagger', v_row::text, 'reason', p_by);
    END LOOP;
    -- Why her word, or what she told another, was taken back.
    FOREACH v_row IN ARRAY ARRAY(SELECT t.id FROM articles_takenback t JOIN articles_confirmation c ON c.id = t.confirmation_id
                                  WHERE p_source IN (c.source_id, c.told_by_id) AND t.reason <> record_destroyed()) LOOP
        PERFORM record_destroy('articles_takenback', v_row::text, 'reason', p_by);
    END LOOP;

    WITH RECURSIVE ladder (id, parent_id) AS (
        SELECT p.id, p.parent_id FROM sources_source s JOIN sources_place p ON p.id = s.place_id WHERE s.id = p_source
        UNION
        SELECT p.id, p.parent_id FROM ladder JOIN sources_place p ON p.id = ladder.parent_id)
    SELECT l.id INTO v_country FROM ladder l WHERE l.parent_id IS NULL;
    UPDATE sources_source SET place_id = v_country, part = 'source', safety = 'safe', deputy_id = NULL WHERE id = p_source;
    -- What is printed reads as it was printed; a proof that is not is made anew, for her own row changed (gate_revise).
    ALTER TABLE articles_attribution DISABLE TRIGGER gate_revise_update;
    UPDATE articles_attribution SET place_id = v_country, part = 'source' WHERE source_id = p_source;
    ALTER TABLE articles_attribution ENABLE TRIGGER gate_revise_update;

    -- Who spoke with her is only ever added to; it says whom to ask for her name, and nobody confirms her any more.
    ALTER TABLE sources_confidant DISABLE TRIGGER USER;
    DELETE FROM sources_confidant c WHERE c.source_id = p_source;
    ALTER TABLE sources_confidant ENABLE TRIGGER USER;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN v_destroyed;
END
$$;

-- Once the row stands, it is noted as a look, and why anybody looked at her goes.
CREATE OR REPLACE FUNCTION forgetting_noted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO sources_look (source_id, person_id, by_id, what, why)
    VALUES (NEW.source_id, NEW.person_id, NEW.by_id, 'forgetting', '');
    PERFORM looks_destroy_reasons(NEW.source_id, NEW.person_id);
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER forgetting_noted AFTER INSERT ON sources_forgetting
    FOR EACH ROW EXECUTE FUNCTION forgetting_noted();

-- The server keeps samples of what stands in a column, in a catalogue of its own, and keeps them when the rows are gone. So
-- of these none is taken.
ALTER TABLE sources_sealedrecord ALTER COLUMN ciphertext SET STATISTICS 0;
ALTER TABLE sources_protectedterm ALTER COLUMN fingerprint SET STATISTICS 0;
ALTER TABLE sources_talk ALTER COLUMN held_on SET STATISTICS 0;
ALTER TABLE sources_vetting ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE sources_look ALTER COLUMN why SET STATISTICS 0, ALTER COLUMN why_salt SET STATISTICS 0;
ALTER TABLE articles_stagger ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE articles_takenback ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE articles_entry ALTER COLUMN salts SET STATISTICS 0, ALTER COLUMN kept SET STATISTICS 0;

REVOKE ALL ON FUNCTION talks_fade(bigint[]), history_fades(timestamptz), forget_counts(bigint, bigint), forget_history(bigint, bigint),
    forget_story_reasons(bigint[]), forget_all(bigint, bigint, bigint, boolean), forgetting_noted() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION talks_fade(bigint[]), history_fades(timestamptz), forget_counts(bigint, bigint) TO newsroom_desk;
