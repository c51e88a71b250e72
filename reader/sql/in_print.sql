-- What the public site's role can see: what is in print at this moment, and what hangs on it.
-- Installed by `migrate` after the tables, by their owner; may be run again at any time.

-- The one statement of "in print". now() is the database's own clock: a setting could be set.
CREATE OR REPLACE FUNCTION reader_is_in_print(
    go_live_at timestamptz, superseded_at timestamptz, leaves_at timestamptz, pulled_at timestamptz, withdrawn_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE
RETURN go_live_at <= now()
   AND (superseded_at IS NULL OR superseded_at > now())
   AND (leaves_at IS NULL OR leaves_at > now())
   AND pulled_at IS NULL
   AND withdrawn_at IS NULL;

GRANT EXECUTE ON FUNCTION reader_is_in_print(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)
    TO newsroom_desk, newsroom_site;

ALTER TABLE reader_publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE reader_printedtag ENABLE ROW LEVEL SECURITY;
ALTER TABLE reader_printedpicture ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS site_reads_what_is_in_print ON reader_publication;
CREATE POLICY site_reads_what_is_in_print ON reader_publication FOR SELECT TO newsroom_site
    USING (reader_is_in_print(go_live_at, superseded_at, leaves_at, pulled_at, withdrawn_at));

-- The inner look at publications is itself under the policy above.
DROP POLICY IF EXISTS site_reads_tags_of_what_is_in_print ON reader_printedtag;
CREATE POLICY site_reads_tags_of_what_is_in_print ON reader_printedtag FOR SELECT TO newsroom_site
    USING (EXISTS (SELECT FROM reader_publication p WHERE p.id = publication_id));

DROP POLICY IF EXISTS site_reads_pictures_of_what_is_in_print ON reader_printedpicture;
CREATE POLICY site_reads_pictures_of_what_is_in_print ON reader_printedpicture FOR SELECT TO newsroom_site
    USING (EXISTS (SELECT FROM reader_publication p WHERE p.id = publication_id));

-- Without a policy of its own the desk would see no rows, and its triggers would quietly do nothing.
DROP POLICY IF EXISTS desk_prints ON reader_publication;
CREATE POLICY desk_prints ON reader_publication TO newsroom_desk USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS desk_prints ON reader_printedtag;
CREATE POLICY desk_prints ON reader_printedtag TO newsroom_desk USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS desk_prints ON reader_printedpicture;
CREATE POLICY desk_prints ON reader_printedpicture TO newsroom_desk USING (true) WITH CHECK (true);

-- As it was before a story could leave print at an hour of its own.
DROP FUNCTION IF EXISTS reader_is_in_print(timestamptz, timestamptz, timestamptz, timestamptz);
