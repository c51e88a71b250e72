"""Rows that say what somebody did, and the working copy's revision."""

from tests.mutants import broken

LEFT_OUT = {
    "gate_source_before": "coalesce: without a vetting the comparison would be with nothing, and refuse nothing; a test holds it.",
}

MUTANTS = [
    *broken(
        "gate_refuse",
        ("a refusal names no code", "jsonb_build_object('code', p_code)", "jsonb_build_object('code', '')"),
    ),
    *broken(
        "gate_append_only",
        ("the record changes", "RAISE EXCEPTION USING ERRCODE = 'NR003'", "RAISE DEBUG USING ERRCODE = 'NR003'"),
    ),
    *broken(
        "gate_proof_before",
        ("a headline in parts", "NEW.headline || ", ""),
        ("a standfirst in parts", "NEW.standfirst || ", ""),
        ("a label in parts", "NEW.label || ", ""),
        ("a caption in parts", "NEW.figures::text || ", ""),
        ("a paragraph in parts", " || array_to_string(NEW.blocks, '')", ""),
        (
            "a proof is of the revision that it claims",
            "SELECT a.revision INTO NEW.revision FROM articles_article a WHERE a.id = NEW.article_id;",
            "",
        ),
        ("a proof is of the hour that it claims", "NEW.made_at := clock_timestamp();", ""),
        ("a proof has the digest that it claims", "NEW.digest := gate_digest(to_jsonb(NEW));", ""),
    ),
    *broken(
        "gate_proof_wording_before",
        (
            "a signed proof states one fact more",
            "IF EXISTS (SELECT FROM articles_signoff s WHERE s.proof_id = NEW.proof_id)",
            "IF false",
        ),
    ),
    *broken(
        "gate_sign_off_before",
        ("a signature on any proof's words", "WHERE p.id = NEW.proof_id", "WHERE p.digest = NEW.digest LIMIT 1"),
    ),
    *broken(
        "gate_verdict_before",
        (
            "an editor sees what she claims",
            "NEW.seen := ARRAY(",
            "NEW.seen := NEW.seen || ARRAY(",
        ),
        ("an editor counts no voices", "NEW.voices := gate_voices(NEW.seen, NULL)", "NEW.voices := NULL"),
        ("an editor counts confirmed voices alone", "gate_voices(NEW.seen, NULL)", "gate_voices(NEW.seen, '{}')"),
        ("whoever may not says that it is confirmed", "IF NEW.ruling = 'confirmed' THEN", "IF false THEN"),
        ("nobody doubts who may not confirm", "IF NEW.ruling = 'confirmed' THEN", "IF true THEN"),
        ("an editor sees nothing for these words", "e.id = w.id OR ", ""),
        ("an editor carries over nothing", " OR c.id = ANY (NEW.seen))", ")"),
        ("an editor carries over what is of another fact", "e.fact_id = w.fact_id AND ", ""),
        ("an editor carries over what is of later words", " AND e.number <= w.number", ""),
        ("an editor carries over what she does not name", "AND (e.id = w.id OR c.id = ANY (NEW.seen))\n", ""),
        (
            "an editor sees what was taken back",
            "AND NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id)\n",
            "",
        ),
    ),
    *broken(
        "gate_confirmation_before",
        (
            "a talk with another",
            "NEW.source_id IS DISTINCT FROM\n       (SELECT t.source_id FROM sources_talk t WHERE t.id = NEW.talk_id)",
            "false",
            "talk_with_another_source",
        ),
        (
            "a fact rests on itself in other words",
            "WHERE w.id = NEW.wording_id)",
            "WHERE w.id = NEW.wording_id AND w.id <> NEW.earlier_id AND false)",
            "fact_rests_on_itself",
        ),
        (
            "a fact rests on itself round a corner",
            "UNION\n            SELECT e.fact_id FROM below",
            "UNION\n            SELECT e.fact_id FROM (SELECT 0::bigint AS fact) AS below",
        ),
        (
            "a circle that was taken back still closes",
            "WHERE NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id))",
            ")",
        ),
    ),
    *broken(
        "gate_talk_before",
        (
            "a talk is put down to another",
            "(NEW.id, NEW.recorded_by_id) IS DISTINCT FROM (OLD.id, OLD.recorded_by_id)",
            "NEW.id <> OLD.id",
        ),
        (
            "a talk gets another number",
            "(NEW.id, NEW.recorded_by_id) IS DISTINCT FROM (OLD.id, OLD.recorded_by_id)",
            "NEW.recorded_by_id <> OLD.recorded_by_id",
        ),
        ("no talk is ever taken away", "WHERE c.talk_id = OLD.id", "WHERE c.talk_id = OLD.id OR true"),
    ),
    *broken(
        "gate_fact_before",
        ("a fact moves to another story", "NEW.article_id <> OLD.article_id OR ", ""),
        ("a fact gets another author", " OR NEW.created_by_id <> OLD.created_by_id", ""),
        (
            "a fact that is judged is deleted",
            "EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = w.id)\n                    OR ",
            "",
        ),
        (
            "a fact on which something is recorded is deleted",
            "OR EXISTS (SELECT FROM articles_confirmation c WHERE c.wording_id = w.id)\n",
            "",
        ),
        (
            "a fact that stands in a proof is deleted",
            "\n                    OR EXISTS (SELECT FROM articles_proofwording p WHERE p.wording_id = w.id)",
            "",
        ),
    ),
    *broken(
        "gate_wording_before",
        ("a wording is tied to the text again", "OLD.passages IS NULL AND ", ""),
        ("a wording changes while it is tied", "to_jsonb(NEW) - 'passages' = to_jsonb(OLD) - 'passages'\n", "true\n"),
        (
            "a judged wording is tied to other words",
            "AND NOT EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = OLD.id) THEN",
            "THEN",
        ),
        (
            "a judged wording is deleted",
            "IF EXISTS (SELECT FROM articles_verdict v WHERE v.wording_id = OLD.id)\n       OR",
            "IF",
        ),
        (
            "a wording on which something is recorded is deleted",
            "OR EXISTS (SELECT FROM articles_confirmation c WHERE c.wording_id = OLD.id)\n",
            "",
        ),
        (
            "a wording that stands in a proof is deleted",
            "OR EXISTS (SELECT FROM articles_proofwording p WHERE p.wording_id = OLD.id)\n",
            "",
        ),
        (
            "a wording goes from between two",
            "\n       OR EXISTS (SELECT FROM articles_wording w WHERE w.fact_id = OLD.fact_id AND w.number > OLD.number)",
            "",
        ),
    ),
    *broken(
        "gate_dropping_before",
        (
            "a fact's author drops it",
            "(SELECT f.created_by_id FROM articles_fact f WHERE f.id = NEW.fact_id) IN (SELECT gate_person(NEW.by_id))",
            "false",
            "fact_dropped_by_its_author",
        ),
        (
            "nobody drops a judged fact",
            "(SELECT f.created_by_id FROM articles_fact f WHERE f.id = NEW.fact_id) IN (SELECT gate_person(NEW.by_id))",
            "true",
        ),
        (
            "a fact's author drops it under her other account",
            "IN (SELECT gate_person(NEW.by_id))",
            "= NEW.by_id",
        ),
        (
            "a fact's author never drops it",
            "\n       AND EXISTS (SELECT FROM articles_verdict v JOIN articles_wording w ON w.id = v.wording_id WHERE w.fact_id = NEW.fact_id)",
            "",
        ),
    ),
    *broken(
        "gate_vetting_before",
        ("anybody vets a source", "NOT gate_holds_role(NEW.by_id, 'editor', 'chief editor')\n        OR ", ""),
        ("who ever spoke with a source vets it", "ON c.user_id = p.account AND", "ON false AND"),
        ("who spoke with another source vets none", " AND c.source_id = NEW.source_id", ""),
        ("a source's contact vets it under her other account", "gate_person(NEW.by_id) AS", "(SELECT NEW.by_id) AS"),
        (
            "only an editor discredits a source",
            "NEW.standing = 'confirmed' AND (",
            "(",
            "source_vetted_by_its_reporter",
        ),
    ),
    *broken(
        "gate_confided",
        (
            "a source's contact did not speak with her",
            "ARRAY[NEW.contact_reporter_id, NEW.deputy_id]",
            "ARRAY[NEW.deputy_id]",
        ),
        (
            "the deputy did not speak with a source",
            "ARRAY[NEW.contact_reporter_id, NEW.deputy_id]",
            "ARRAY[NEW.contact_reporter_id]",
        ),
        (
            "who recorded a talk did not speak with the source",
            "VALUES (NEW.source_id, NEW.recorded_by_id) ON",
            "SELECT NEW.source_id, NEW.recorded_by_id WHERE false ON",
        ),
    ),
    *broken(
        "gate_vetting_after",
        (
            "a vetting changes nothing",
            "UPDATE sources_source SET standing = NEW.standing WHERE id = NEW.source_id;",
            "",
        ),
        ("a vetting is of every source", " WHERE id = NEW.source_id;", ";"),
    ),
    *broken(
        "gate_source_before",
        ("the first vetting counts", "DESC", "ASC"),
        ("a new source is whatever it claims", "'unconfirmed'", "NEW.standing", "source_not_vetted"),
    ),
    *broken(
        "gate_photo_before",
        *(
            (f"a photo's {column} changes", f"NEW.{column}", f"OLD.{column}")
            for column in ("content_hash", "original", "width", "height", "uploaded_by_id")
        ),
    ),
    *broken(
        "gate_agreed_once",
        (
            "what two people decide is deleted",
            "IF TG_OP = 'DELETE' OR ",
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    IF ",
        ),
        ("it is agreed to twice", "OLD.agreed_by_id IS NOT NULL\n       OR ", ""),
        (
            "it changes while it is agreed to",
            "\n       OR to_jsonb(NEW) - ARRAY['agreed_by_id', 'agreed_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['agreed_by_id', 'agreed_at']",
            "",
        ),
    ),
    *broken(
        "gate_policy_before",
        ("the first day moves", "p.began_on IS DISTINCT FROM NEW.began_on", "false", "first_day_is_set"),
        ("a proposal sets the first day", "p.agreed_by_id IS NOT NULL AND p.id", "p.id"),
        ("a proposal is held to the first day", "NEW.agreed_by_id IS NOT NULL AND EXISTS", "EXISTS"),
    ),
    *broken(
        "gate_agreed_by_editors",
        (
            "who proposed a policy agrees to it under her other account",
            "AND NEW.agreed_by_id NOT IN (SELECT gate_person(NEW.proposed_by_id))",
            "",
        ),
    ),
    *broken(
        "gate_keeper_before",
        ("a keeper who ended stands again", "OLD.ended_at IS NOT NULL OR ", ""),
        (
            "a keeper is agreed to twice",
            "OLD.agreed_by_id IS NOT NULL AND (OLD.agreed_by_id, OLD.agreed_at) IS DISTINCT FROM (NEW.agreed_by_id, NEW.agreed_at)",
            "false",
        ),
        (
            "a keeper's key is exchanged",
            "\n           OR to_jsonb(NEW) - ARRAY['agreed_by_id', 'agreed_at', 'ended_by_id', 'ended_at']\n              IS DISTINCT FROM to_jsonb(OLD) - ARRAY['agreed_by_id', 'agreed_at', 'ended_by_id', 'ended_at']",
            "",
        ),
        (
            "a keeper is put in agreed to by one",
            "TG_OP = 'INSERT' OR OLD.agreed_by_id IS NULL",
            "TG_OP = 'UPDATE' AND OLD.agreed_by_id IS NULL",
        ),
        ("whoever proposed a keeper must stay", "AND (TG_OP = 'INSERT' OR OLD.agreed_by_id IS NULL)", ""),
        (
            "anybody proposes a keeper",
            "gate_holds_role(NEW.proposed_by_id, 'editor', 'chief editor')\n                AND ",
            "",
        ),
        ("anybody agrees to a keeper", "AND gate_holds_role(NEW.agreed_by_id, 'editor', 'chief editor')", ""),
        (
            "who proposed a keeper agrees under her other account",
            "AND NEW.agreed_by_id NOT IN (SELECT gate_person(NEW.proposed_by_id))",
            "",
        ),
        ("anybody ends a keeper", "NOT gate_holds_role(NEW.ended_by_id, 'editor', 'chief editor')", "false"),
    ),
    *broken(
        "gate_wrote",
        (
            "whose name was taken off did not write",
            "INSERT INTO articles_writer (article_id, user_id, since) SELECT DISTINCT w.*, now() FROM (' || TG_ARGV[0] || ') w",
            "INSERT INTO articles_writer (article_id, user_id, since) SELECT DISTINCT w.*, now() FROM (' || TG_ARGV[0] || ') w WHERE false",
        ),
    ),
    *broken(
        "gate_lifting_before",
        ("anybody lifts a hold", "NOT gate_holds_role(NEW.by_id, 'editor', 'chief editor')\n       OR ", ""),
        (
            "who placed a hold for safety lifts it",
            " AND h.by_id IN (SELECT gate_person(NEW.by_id))",
            " AND false",
            "hold_lifted_by_another",
        ),
        ("nobody lifts a hold for safety", " AND h.by_id IN (SELECT gate_person(NEW.by_id))", ""),
        (
            "who placed a hold for safety lifts it under her other account",
            "h.by_id IN (SELECT gate_person(NEW.by_id))",
            "h.by_id = NEW.by_id",
        ),
        ("who placed an embargo does not lift it", "h.kind = 'safety' AND ", ""),
    ),
    *broken(
        "gate_hold_after",
        ("a hold asks nothing", "WHERE a.id = NEW.article_id AND", "WHERE false AND"),
        ("a hold asks another story", "a.id = NEW.article_id AND ", ""),
    ),
    *broken(
        "gate_stagger_hour_before",
        ("an hour is added to a stagger that is agreed", " AND s.agreed_by_id IS NULL\n", "\n", "stagger_is_agreed"),
        ("an hour after a stagger's last day", "AND gate_day(NEW.at) <= s.last_day", ""),
        ("no hour on a stagger's last day", "gate_day(NEW.at) <= s.last_day", "gate_day(NEW.at) < s.last_day"),
    ),
    *broken("gate_byline_account_before", ("no pen name loses an account", " AND b.was_used", "")),
    *broken(
        "gate_byline_used",
        ("every pen name has been used once one is", " WHERE id = NEW.byline_id AND NOT was_used", ""),
        ("a pen name over a story is not used", "SET was_used = true", "SET was_used = was_used"),
    ),
    *broken(
        "gate_byline_before",
        ("a pen name was never used", "NEW.was_used := OLD.was_used OR NEW.was_used;", ""),
        ("no pen name with accounts is deleted", "IF OLD.was_used AND EXISTS", "IF EXISTS"),
        (
            "a used pen name without accounts stays",
            " AND EXISTS (SELECT FROM articles_byline_accounts a WHERE a.byline_id = OLD.id)",
            "",
        ),
    ),
    *broken(
        "gate_article_before",
        ("other words keep their coverage", "NEW.coverage := NULL;", "NULL;"),
        (
            "another headline keeps the coverage",
            "(NEW.headline, NEW.standfirst, NEW.body)",
            "(OLD.headline, NEW.standfirst, NEW.body)",
        ),
        (
            "another standfirst keeps the coverage",
            "(NEW.headline, NEW.standfirst, NEW.body)",
            "(NEW.headline, OLD.standfirst, NEW.body)",
        ),
        (
            "another text keeps the coverage",
            "(NEW.headline, NEW.standfirst, NEW.body)",
            "(NEW.headline, NEW.standfirst, OLD.body)",
        ),
        ("a text that is read anew loses its coverage", "\n       AND NEW.coverage = OLD.coverage THEN", " THEN"),
        ("a change of words is no revision", "NEW.revision := OLD.revision + 1;", "NULL;"),
        ("a revision can be set back", "NEW.revision := OLD.revision;", "NULL;"),
        ("the revision of what hangs on a story is lost", "ELSIF NEW.revision <> OLD.revision + 1 THEN", "ELSE"),
        ("reading a text is a revision", "'updated_at', 'coverage']", "'updated_at']"),
    ),
    *broken(
        "gate_revise",
        ("rows that go revise nothing", "IF TG_OP <> 'INSERT' THEN", "IF TG_OP = 'UPDATE' THEN"),
        ("rows that come revise nothing", "IF TG_OP <> 'DELETE' THEN", "IF TG_OP = 'UPDATE' THEN"),
        ("a change of an original leaves its translations", " OR a.translation_of_id = ANY (v_articles || v_more)", ""),
        ("a change of what hangs on a story is no revision", "a.id = ANY (v_articles || v_more) OR ", ""),
    ),
    *broken(
        "printing_was_seen",
        ("a version is seen before its hour", "p.go_live_at <= clock_timestamp()\n       AND", ""),
        ("a version pulled before its hour was seen", "AND coalesce(p.pulled_at, 'infinity') >= p.go_live_at\n", ""),
        (
            "a version withdrawn before its hour was seen",
            "AND coalesce(p.withdrawn_at, 'infinity') >= p.go_live_at\n",
            "",
        ),
        (
            "a version that took no time was seen",
            "p.superseded_at IS DISTINCT FROM p.go_live_at\n            OR",
            "true\n            OR",
        ),
        (
            "a version of some seconds was not seen",
            "EXISTS (SELECT FROM articles_printing pr WHERE pr.publication_id = p.id AND pr.at >= p.go_live_at)",
            "false",
        ),
        (
            "a version replaced within its minute was not seen",
            "ORDER BY n.version LIMIT 1) >= p.go_live_at",
            "ORDER BY n.version LIMIT 1) IS NULL AND false",
        ),
        file="corrections.sql",
    ),
    *broken(
        "printing_that_counts",
        ("other stories' versions count", "p.story = p_story AND ", ""),
        (
            "a version that was stopped counts",
            " AND (p.superseded_at IS DISTINCT FROM p.go_live_at OR printing_was_seen(p.id))",
            "",
        ),
        ("a version of one minute does not count", " OR printing_was_seen(p.id)", ""),
        file="corrections.sql",
    ),
    *broken(
        "correction_before",
        ("a printed correction is deleted", "TG_OP = 'DELETE' OR ", "TG_OP <> 'DELETE' AND "),
        ("a printed correction changes", " OR NEW IS DISTINCT FROM OLD)", ")"),
        ("a correction that nobody printed is kept", "p.corrections @> v_note)", "true)"),
        file="corrections.sql",
    ),
    *broken(
        "correction_in_later_versions",
        ("a later version leaves a correction out", "NOT NEW.corrections @> p.corrections", "false"),
        file="corrections.sql",
    ),
]
