-- Who looked at a source, when and why: one chain of rows that can't be changed without showing.
--
-- Installed by `migrate` after record.sql, by the table's owner; may be run again at any time. The desk's role says whose
-- page, who, what and why; the number, the hour and the hashes are the database's. It changes and deletes nothing.
--
-- The chain runs over a salted hash of the reason, so that the words can be destroyed with their salt when the source is
-- forgotten, and no link breaks.
--
-- Looks take the gate's lock, as every act does: with a lock of their own, an act that looks and one that is looked at
-- could wait for each other.

-- What chains a look to the one before: every column but the reason and its salt, each with its length in bytes before it;
-- the hour in microseconds, which no time zone moves.
CREATE OR REPLACE FUNCTION look_hash(l sources_look) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_part text;
    v_all text := '';
BEGIN
    FOREACH v_part IN ARRAY ARRAY[
        l.number::text, (extract(epoch FROM l.at) * 1000000)::bigint::text, l.source_id::text, l.person_id::text,
        l.by_id::text, l.what, l.why_hash, l.previous]
    LOOP
        v_all := v_all || coalesce(octet_length(v_part) || ':' || v_part, '-');
    END LOOP;
    RETURN encode(sha256(convert_to(v_all, 'UTF8')), 'hex');
END
$$;

-- Whatever was given for the number, the hour and the hashes is not read. That somebody is forgotten is noted once, after
-- she was (sources_forgetting): else whoever notes it could have reasons destroyed of somebody who is not.
CREATE OR REPLACE FUNCTION look_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.what = 'forgetting'
       AND (NOT EXISTS (SELECT FROM sources_forgetting f WHERE f.source_id = NEW.source_id OR f.person_id = NEW.person_id)
            OR EXISTS (SELECT FROM sources_look l
                        WHERE l.what = 'forgetting' AND (l.source_id = NEW.source_id OR l.person_id = NEW.person_id))) THEN
        RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'Forgetting is noted by itself, once, when somebody is forgotten.';
    END IF;
    NEW.number := NULL;
    SELECT last.number + 1, last.hash INTO NEW.number, NEW.previous FROM sources_look last ORDER BY last.number DESC LIMIT 1;
    NEW.number := coalesce(NEW.number, 1);
    NEW.previous := coalesce(NEW.previous, '');
    NEW.at := clock_timestamp();
    NEW.why := coalesce(NEW.why, '');
    NEW.why_salt := '';
    NEW.why_hash := '';
    IF NEW.why <> '' THEN
        NEW.why_salt := replace(gen_random_uuid()::text, '-', '');
        NEW.why_hash := record_text_hash(NEW.why_salt, NEW.why);
    END IF;
    NEW.hash := look_hash(NEW);
    RETURN NEW;
END
$$;

-- Looks stay as they are. A reason may go with its salt, once the source is forgotten.
CREATE OR REPLACE FUNCTION look_append_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['why', 'why_salt'] = to_jsonb(OLD) - ARRAY['why', 'why_salt']
           AND NEW.why = '' AND NEW.why_salt = '' AND look_is_of_the_forgotten(OLD) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'NR003', MESSAGE = 'Looks never change: they are only added to.';
END
$$;

-- Whether this look is at somebody who was forgotten: she is, and the look that says so stands later in the chain.
CREATE OR REPLACE FUNCTION look_is_of_the_forgotten(l sources_look) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_look f
                    WHERE f.what = 'forgetting' AND f.number >= l.number
                      AND (f.source_id = l.source_id OR f.person_id = l.person_id))
       AND EXISTS (SELECT FROM sources_forgetting f WHERE f.source_id = l.source_id OR f.person_id = l.person_id)
$$;

-- Destroys why anybody looked at this source, or this person of a story: the words and the salts. Nothing happens unless
-- a look says that she was forgotten. Says how many.
CREATE OR REPLACE FUNCTION looks_destroy_reasons(p_source bigint, p_person bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_gone bigint;
BEGIN
    PERFORM gate_enter();
    UPDATE sources_look l SET why = '', why_salt = ''
     WHERE (l.source_id = p_source OR l.person_id = p_person) AND l.why_salt <> '' AND look_is_of_the_forgotten(l);
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END
$$;

-- Looks that are not what was written, not after the one that they name, or not there; reasons that are not those given.
CREATE OR REPLACE FUNCTION look_faults() RETURNS TABLE (fault text, number bigint, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f.fault, l.number, f.detail
      FROM (SELECT x AS look, x.number, x.hash, x.previous, x.why, x.why_salt, x.why_hash,
                   lag(x.number, 1, 0::bigint) OVER w AS number_before, lag(x.hash, 1, '') OVER w AS hash_before
              FROM sources_look x WINDOW w AS (ORDER BY x.number)) l
     CROSS JOIN LATERAL (
         SELECT 'look_missing', concat_ws('–', l.number_before + 1, nullif(l.number - 1, l.number_before + 1))
          WHERE l.number <> l.number_before + 1
         UNION ALL SELECT 'look_changed', '' WHERE l.hash <> look_hash(l.look)
         UNION ALL SELECT 'look_unchained', '' WHERE l.number = l.number_before + 1 AND l.previous <> l.hash_before
         -- Without its salt a reason is destroyed, and a later look says that its source was forgotten.
         UNION ALL SELECT 'look_reason_changed', ''
          WHERE CASE WHEN l.why_hash = '' THEN l.why <> '' OR l.why_salt <> ''
                     WHEN l.why_salt = '' THEN l.why <> '' OR NOT look_is_of_the_forgotten(l.look)
                     ELSE record_text_hash(l.why_salt, l.why) <> l.why_hash END
     ) f (fault, detail)
$$;

CREATE OR REPLACE TRIGGER gate_lock BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON sources_look
    FOR EACH STATEMENT EXECUTE FUNCTION gate_lock();
CREATE OR REPLACE TRIGGER look_before BEFORE INSERT ON sources_look
    FOR EACH ROW EXECUTE FUNCTION look_before();
CREATE OR REPLACE TRIGGER look_append_only BEFORE UPDATE OR DELETE ON sources_look
    FOR EACH ROW EXECUTE FUNCTION look_append_only();
CREATE OR REPLACE TRIGGER look_no_truncate BEFORE TRUNCATE ON sources_look
    FOR EACH STATEMENT EXECUTE FUNCTION look_append_only();

REVOKE ALL ON FUNCTION look_hash(sources_look), look_before(), look_append_only(), look_is_of_the_forgotten(sources_look),
    looks_destroy_reasons(bigint, bigint), look_faults() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION looks_destroy_reasons(bigint, bigint), look_faults() TO newsroom_desk;
