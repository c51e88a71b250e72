-- What the site may say of an address that is not in print, read off the versions themselves: where its story moved to,
-- or that it is under review or withdrawn, since when. Nothing of a version that no reader could ever see.
--
-- Installed by `migrate` after the corrections, by the owner; may be run again at any time.

CREATE OR REPLACE FUNCTION reader_notice(p_language text, p_slug text)
RETURNS TABLE (kind text, since timestamptz, moved_to text)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH version AS (
        SELECT p.*, reader_is_in_print(p.go_live_at, p.superseded_at, p.leaves_at, p.pulled_at, p.withdrawn_at) AS in_print
          FROM reader_publication p
         -- An address belongs to one story for ever (publication_address_is_one_storys).
         WHERE p.story = (SELECT q.story FROM reader_publication q
                           WHERE q.language = p_language AND q.slug = p_slug AND printing_was_seen(q.id)
                           LIMIT 1)
           AND printing_was_seen(p.id))
    SELECT CASE WHEN v.in_print THEN 'moved' WHEN v.withdrawn_at IS NULL THEN 'under_review' ELSE 'withdrawn' END,
           -- To the hour: when exactly an editor took a step is nobody's business.
           date_trunc('hour', coalesce(v.withdrawn_at, v.pulled_at, v.leaves_at, v.go_live_at), 'UTC'),
           CASE WHEN v.in_print THEN v.slug ELSE '' END
      -- The version that is read now, or else the last one that was.
      FROM (SELECT * FROM version ORDER BY version.in_print DESC, version.version DESC LIMIT 1) v
     WHERE v.slug <> p_slug OR v.withdrawn_at IS NOT NULL OR v.pulled_at IS NOT NULL OR v.leaves_at <= now()
$$;

-- By its address alone, one at a time: nobody who breaks into the site gets a list.
REVOKE ALL ON FUNCTION reader_notice(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reader_notice(text, text) TO newsroom_site, newsroom_desk;
