-- What was corrected in print stays corrected: a correction that a reader has seen is kept as it was, and stands in every
-- later version of its story.
--
-- Installed by `migrate` after the gate, by the owner; may be run again at any time. Errors as in gate.sql.

-- Whether any reader could ever see a version. One whose time ends as it begins was stopped before its hour, unless it
-- was printed or replaced within one minute: then it was there for some seconds.
CREATE OR REPLACE FUNCTION printing_was_seen(p_publication uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.go_live_at <= clock_timestamp()
       AND coalesce(p.pulled_at, 'infinity') >= p.go_live_at
       AND coalesce(p.withdrawn_at, 'infinity') >= p.go_live_at
       AND (p.superseded_at IS DISTINCT FROM p.go_live_at
            OR EXISTS (SELECT FROM articles_printing pr WHERE pr.publication_id = p.id AND pr.at >= p.go_live_at)
            OR (SELECT pr.at FROM reader_publication n JOIN articles_printing pr ON pr.publication_id = n.id
                 WHERE n.story = p.story AND n.version > p.version ORDER BY n.version LIMIT 1) >= p.go_live_at)
      FROM reader_publication p WHERE p.id = p_publication
$$;

-- The versions of a story that a reader has seen, or will see as things stand.
CREATE OR REPLACE FUNCTION printing_that_counts(p_story uuid) RETURNS SETOF reader_publication
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.* FROM reader_publication p
     WHERE p.story = p_story AND (p.superseded_at IS DISTINCT FROM p.go_live_at OR printing_was_seen(p.id))
$$;

CREATE OR REPLACE FUNCTION correction_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_note CONSTANT jsonb := jsonb_build_array(jsonb_build_object(
        'kind', OLD.kind, 'text', normalize(OLD.text, NFC), 'date', to_char(OLD.dated, 'YYYY-MM-DD')));
BEGIN
    IF (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD)
       AND EXISTS (SELECT FROM articles_article a CROSS JOIN LATERAL printing_that_counts(a.story) p
                    WHERE a.id = OLD.article_id AND p.corrections @> v_note)
    THEN
        PERFORM gate_refuse('correction_is_printed');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE OR REPLACE FUNCTION correction_in_later_versions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM printing_that_counts(NEW.story) p WHERE NOT NEW.corrections @> p.corrections) THEN
        PERFORM gate_refuse('correction_left_out');
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER correction_before BEFORE UPDATE OR DELETE ON articles_correction
    FOR EACH ROW EXECUTE FUNCTION correction_before();
CREATE OR REPLACE TRIGGER correction_in_later_versions BEFORE INSERT ON reader_publication
    FOR EACH ROW EXECUTE FUNCTION correction_in_later_versions();

-- The desk asks the first of them for the list of a story's versions.
REVOKE ALL ON FUNCTION printing_was_seen(uuid), printing_that_counts(uuid), correction_before(),
    correction_in_later_versions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION printing_was_seen(uuid) TO newsroom_desk;
