"""What blocks a publication, the questions asked at commit, the hours of what is printed."""

from tests.mutants import broken

LEFT_OUT = {
    "gate_publication_blockers": "v_pub.digest <> v_proof.digest: gate_publication_before computes that digest, and it is"
    " frozen. v_pub.origin <> 'desk': the archive went another way, and a CHECK knows no third origin.",
    "gate_archive_blockers": "p_pub.digest: computed by gate_publication_before, and frozen.",
}

MUTANTS = [
    *broken(
        "gate_digest",
        ("the headline is not signed", "'headline', ", ""),
        ("how it is known is not signed", "'how_known',\n                        ", ""),
        (
            "a word may move from one column to the next",
            "octet_length(printed ->> c) || ':' || (printed ->> c)",
            "(printed ->> c)",
        ),
        ("nothing is the same as an empty word", "(printed ->> c), '-')", "(printed ->> c), '0:')"),
    ),
    *broken(
        "gate_publication_blockers",
        ("the archive has no door of its own", "IF v_pub.origin = 'archive' THEN", "IF false THEN"),
        ("the archive's door is not kept", "RETURN QUERY SELECT * FROM gate_archive_blockers(v_pub, fresh);", ""),
        ("a publication needs no record of the door", "IF NOT FOUND THEN", "IF false THEN", "printing_missing"),
        ("the proof may be of another story", "v_proof.article_id <> v_article.id\n       OR ", ""),
        ("it may be printed as another story", "OR v_pub.story <> v_article.story\n", ""),
        (
            "it may be printed under an old policy",
            "OR v_printing.policy_id IS DISTINCT FROM gate_policy() AND fresh\n",
            "",
        ),
        ("what was printed under an old policy never comes back", "gate_policy() AND fresh", "gate_policy()"),
        (
            "other words than the signed ones",
            "OR gate_digest(to_jsonb(v_pub)) <> v_proof.digest\n       OR v_pub.digest <> v_proof.digest\n",
            "",
        ),
        (
            "a tag that was not signed",
            "AND NOT v_pub.tags @> jsonb_build_array(jsonb_build_object('slug', t.slug, 'name', t.name))",
            "AND false",
        ),
        (
            "a tag's name that was not signed",
            "jsonb_build_object('slug', t.slug, 'name', t.name)",
            "jsonb_build_object('slug', t.slug)",
        ),
        (
            "a tag's address that was not signed",
            "jsonb_build_object('slug', t.slug, 'name', t.name)",
            "jsonb_build_object('name', t.name)",
        ),
        ("a picture that was not signed", "pic ->> 'hash' = f.picture AND ", ""),
        ("a file that was not signed", " AND r ->> 'sha256' = f.sha256\n", "\n"),
        ("a format that was not signed", "AND r ->> 'format' = f.format AND", "AND"),
        ("a width that was not signed", " AND (r ->> 'width')::integer = f.width", ""),
        (
            "it need not be what was signed",
            "RETURN QUERY SELECT 'not_what_was_signed', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;",
            "",
            "not_what_was_signed",
        ),
        ("a proof is fresh for ever", "IF fresh THEN", "IF false THEN", "proof_outdated"),
        ("what is printed needs a fresh proof", "IF fresh THEN", "IF true THEN"),
        ("the story may have changed since its proof", "v_proof.revision <> v_article.revision\n           OR ", ""),
        (
            "an earlier proof may be printed",
            "OR v_proof.id <> (SELECT max(p.id) FROM articles_proof p WHERE p.article_id = v_article.id)\n",
            "",
        ),
        (
            "a proof may leave a fact out",
            "OR ARRAY(SELECT w FROM gate_wordings(v_article.id) w ORDER BY w)\n              "
            "<> ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = v_proof.id ORDER BY 1)\n",
            "",
        ),
        (
            "an hour that is past",
            "IF v_pub.go_live_at < date_trunc('minute', clock_timestamp()) - interval '1 minute' THEN",
            "IF false THEN",
            "hour_past",
        ),
        (
            "what an emergency lets through stays",
            "AND NOT coalesce(v_pub.leaves_at <= v_override.until, false)",
            "AND false",
            "override_over",
        ),
        (
            "what an emergency lets through may stay longer",
            "v_pub.leaves_at <= v_override.until",
            "v_pub.leaves_at IS NOT NULL",
        ),
        ("whatever is printed leaves again", "v_proof.how_known ? 'emergency' AND ", ""),
        (
            "a hold does not hold a publication",
            "RETURN QUERY SELECT * FROM gate_story_blockers(",
            "PERFORM * FROM gate_story_blockers(",
        ),
        (
            "a hold is asked for now and not for the hour",
            "greatest(v_pub.go_live_at, clock_timestamp())",
            "clock_timestamp()",
        ),
        (
            "a hold is asked for the hour and not for now",
            "greatest(v_pub.go_live_at, clock_timestamp())",
            "v_pub.go_live_at",
        ),
        ("an emergency does not lift an embargo", "THEN ARRAY['embargo'] ELSE", "THEN '{}' ELSE"),
        (
            "an emergency lifts a hold for somebody's safety",
            "THEN ARRAY['embargo'] ELSE",
            "THEN ARRAY['embargo', 'safety'] ELSE",
        ),
        (
            "an embargo is lifted without an emergency",
            "CASE WHEN v_override.id IS NOT NULL THEN",
            "CASE WHEN true THEN",
        ),
        ("the proof is not asked", "RETURN QUERY SELECT * FROM gate_proof_blockers(v_proof.id);", ""),
    ),
    *broken(
        "gate_archive_blockers",
        (
            "the archive's door is always open",
            "WHERE NOT EXISTS (\n        SELECT FROM articles_policy y",
            "WHERE false AND NOT EXISTS (\n        SELECT FROM articles_policy y",
            "archive_closed",
        ),
        ("a story of after the first day is of the archive", "AND gate_day(p_pub.first_printed_at) < y.began_on\n", ""),
        (
            "a story of the first day is of the archive",
            "gate_day(p_pub.first_printed_at) < y.began_on",
            "gate_day(p_pub.first_printed_at) <= y.began_on",
        ),
        (
            "the archive's door stays open",
            "AND (NOT fresh OR gate_day(greatest(p_pub.go_live_at, clock_timestamp())) < y.began_on)\n",
            "",
        ),
        (
            "a story of the archive may wait beyond the day",
            "greatest(p_pub.go_live_at, clock_timestamp())",
            "clock_timestamp()",
        ),
        (
            "the archive's door is open on the first day",
            "clock_timestamp())) < y.began_on",
            "clock_timestamp())) <= y.began_on",
        ),
        (
            "a story of the archive never comes back",
            "(NOT fresh OR gate_day(greatest(p_pub.go_live_at, clock_timestamp())) < y.began_on)",
            "gate_day(greatest(p_pub.go_live_at, clock_timestamp())) < y.began_on",
        ),
        ("anybody brings in an archive", "AND (NOT fresh OR gate_holds_role(i.by_id, 'chief editor'))", ""),
        ("who brought in an archive is asked for ever", "NOT fresh OR gate_holds_role", "gate_holds_role"),
        (
            "an archive needs no record of its door",
            "JOIN articles_intake i ON i.publication_id = p_pub.id",
            "JOIN articles_intake i ON true",
        ),
        ("the archive goes by an old policy", "WHERE y.id = gate_policy()\n           AND", "WHERE"),
        (
            "a story of the desk comes in as an archive",
            "OR EXISTS (SELECT FROM articles_article a WHERE a.story = p_pub.story)\n",
            "",
        ),
    ),
    *broken(
        "gate_stagger",
        ("the hour of another story counts", "h.publication_id = p_publication AND ", ""),
        ("a stagger never ends", "h.at > clock_timestamp() AND ", ""),
        ("a stagger counts before a second person agrees", " AND s.agreed_by_id IS NOT NULL", ""),
        ("the last of several hours counts", "min(h.at)", "max(h.at)"),
        ("a stagger spares nobody", "coalesce(array_agg(s.source_id), '{}')", "'{}'::bigint[]"),
    ),
    *broken(
        "gate_footing",
        (
            "the footing is never asked",
            "WHERE pr.publication_id = p_publication\n    UNION ALL\n    -- A hold",
            "WHERE false\n    UNION ALL\n    -- A hold",
        ),
        (
            "another publication's footing counts",
            "WHERE pr.publication_id = p_publication\n    UNION ALL\n    -- A hold",
            "UNION ALL\n    -- A hold",
        ),
        (
            "what waits to follow a story that was taken off is not asked of it",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE false",
        ),
        (
            "a version in print falls with an earlier one that was taken off",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE pr.publication_id = p_publication",
        ),
        (
            "another story that waits is asked of it",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()",
            "gate_stopped_since(pr.proof_id, true) b\n     WHERE p.go_live_at > clock_timestamp()",
        ),
        (
            "a translation outlives an original whose pull is staggered",
            ", least(p_until, p.leaves_at)",
            ", clock_timestamp()",
        ),
        (
            "a new policy pulls what is printed",
            "gate_fact_blockers(pw.wording_id, pr.policy_id,",
            "gate_fact_blockers(pw.wording_id, gate_policy(),",
        ),
        (
            "a new policy frees what is printed",
            "gate_fact_blockers(pw.wording_id, pr.policy_id,",
            "gate_fact_blockers(pw.wording_id, (SELECT max(id) FROM articles_policy),",
        ),
        (
            "who confirmed is asked of what is printed",
            "pr.article_id, false, p_spared, p_until,",
            "pr.article_id, true, p_spared, p_until,",
        ),
        ("a staggered source is not spared", "false, p_spared, p_until,", "false, '{}', p_until,"),
        ("a staggered story's earlier fact must stay for ever", "p_spared, p_until,", "p_spared, 'infinity',"),
        ("what readers were told is not asked of what is printed", "gate_told(p.how_known)", "NULL"),
        (
            "a hold does not stop what waits for its hour",
            "CASE WHEN p.go_live_at > clock_timestamp() THEN p.go_live_at ELSE 'infinity' END",
            "'infinity'",
        ),
        (
            "a hold pulls what is in print",
            "CASE WHEN p.go_live_at > clock_timestamp() THEN p.go_live_at ELSE 'infinity' END",
            "clock_timestamp()",
        ),
        (
            "an embargo stops what an emergency lets through",
            "THEN ARRAY['embargo'] ELSE '{}' END",
            "THEN '{}'::text[] ELSE '{}' END",
        ),
        (
            "an embargo stops nothing that waits",
            "CASE WHEN p.how_known ? 'emergency' THEN ARRAY['embargo']",
            "CASE WHEN true THEN ARRAY['embargo']",
        ),
    ),
    *broken(
        "gate_enter",
        ("two write at once", "SELECT pg_advisory_xact_lock(hashtext('newsroom gate'))", "SELECT NULL::void"),
    ),
    *broken(
        "gate_lock",
        ("a table is written without the lock", "PERFORM gate_enter();", ""),
    ),
    *broken(
        "gate_may_be_seen",
        ("what is pulled is asked again", "p.pulled_at IS NULL AND ", ""),
        ("what is withdrawn is asked again", "p.withdrawn_at IS NULL AND ", ""),
        ("what has left print is asked again", "(p.leaves_at IS NULL OR p.leaves_at > clock_timestamp())", "true"),
        (
            "what leaves print later is not asked",
            "(p.leaves_at IS NULL OR p.leaves_at > clock_timestamp())",
            "p.leaves_at IS NULL",
        ),
        (
            "what is superseded is asked again",
            "AND (p.superseded_at IS NULL OR p.superseded_at > greatest(clock_timestamp(), p.go_live_at))",
            "",
        ),
        (
            "what will be superseded is not asked",
            " OR p.superseded_at > greatest(clock_timestamp(), p.go_live_at))",
            ")",
        ),
    ),
    *broken(
        "gate_causes",
        ("the record of a pull says which source fell", "WHERE f.code NOT LIKE 'source%'", ""),
        (
            "the record of a pull does not say which earlier fact fell",
            "f.code IN ('earlier_fell', 'original_fell', 'hold_running')",
            "false",
        ),
    ),
    *broken(
        "gate_answer",
        (
            "the footing of what nobody sees is asked",
            "AND gate_may_be_seen(p))\n",
            "AND true)\n",
        ),
        ("who asks to show is not told what she asked", "AND p.question <> 'footing'", "AND false"),
        (
            "lost footing pulls nothing",
            "IF v_causes IS NOT NULL THEN\n            UPDATE",
            "IF false THEN\n            UPDATE",
        ),
        (
            "a pull leaves no record",
            "INSERT INTO articles_pull (publication_id, at, reason, causes) VALUES (p_asked.publication, now(), '', v_causes);",
            "",
        ),
        (
            "a staggered story is pulled at once",
            "v_stagger := gate_stagger(p_asked.publication);",
            "SELECT NULL::timestamptz AS hour, '{}'::bigint[] AS spared INTO v_stagger;",
        ),
        ("a staggered story stays", "ELSIF v_stagger.hour IS NOT NULL THEN", "ELSIF false THEN"),
        ("a stagger takes off what has its footing", "IF v_causes IS NOT NULL AND EXISTS", "IF EXISTS"),
        ("a stagger makes a story stay longer", "AND coalesce(p.leaves_at, 'infinity') > v_stagger.hour)", ")"),
        (
            "a stagger leaves no record",
            "INSERT INTO articles_pull (publication_id, at, reason, causes)\n                VALUES (p_asked.publication, v_stagger.hour, '', v_causes);",
            "PERFORM 1;",
        ),
        ("what comes back is asked like what is new", "p_asked.question = 'print') b;", "true) b;"),
        ("what is new is asked like what comes back", "p_asked.question = 'print') b;", "false) b;"),
    ),
    *broken(
        "gate_ask",
        (
            "an answered question is asked again",
            "WHERE p.xact = NEW.xact AND p.nr = v_nr;",
            "WHERE false;",
        ),
        (
            "questions are asked one inside the other",
            "IF NOT FOUND THEN\n        RETURN NULL;  -- its turn comes",
            "IF false THEN\n        RETURN NULL;  -- its turn comes",
        ),
        (
            "the first question is answered and no other",
            "PERFORM gate_answer(v_asked);",
            "PERFORM gate_answer(v_asked);\n        EXIT;",
        ),
        (
            "the last question is answered first",
            "ORDER BY p.nr LIMIT 1",
            "ORDER BY p.nr DESC LIMIT 1",
        ),
        (
            "once it has answered, the gate hears no more",
            "DELETE FROM gate_asking a WHERE a.xact = NEW.xact;",
            "",
        ),
    ),
    *broken(
        "gate_note_wordings",
        ("a fact that falls concerns nobody", "WHERE pw.wording_id = ANY (p_wordings)", "WHERE false"),
        ("a fact that falls concerns everybody", "pw.wording_id = ANY (p_wordings) AND ", ""),
        ("what nobody sees any more is noted", " AND gate_may_be_seen(p)", ""),
    ),
    *broken(
        "gate_note",
        ("rows that are added are not noted", "IF TG_OP <> 'DELETE' THEN", "IF TG_OP NOT IN ('DELETE', 'INSERT') THEN"),
        (
            "rows that change are not noted",
            "PERFORM gate_note_wordings(v_wordings || v_more);",
            "IF TG_OP <> 'UPDATE' THEN PERFORM gate_note_wordings(v_wordings || v_more); END IF;",
        ),
    ),
    *broken(
        "gate_publication_before",
        (
            "an hour may be moved from a transaction left open over it",
            "OLD.go_live_at <= clock_timestamp()",
            "OLD.go_live_at <= now()",
        ),
        (
            "what came while a transaction was open never was",
            "ELSIF OLD.go_live_at > clock_timestamp()",
            "ELSIF OLD.go_live_at > now()",
        ),
        ("the digest is whatever is claimed", "NEW.digest := gate_digest(to_jsonb(NEW));", "NULL;"),
        (
            "printed words change by a pull",
            "IS DISTINCT FROM to_jsonb(OLD) - hours THEN",
            "IS DISTINCT FROM to_jsonb(OLD) - hours AND NEW.pulled_at IS NULL THEN",
        ),
        (
            "a story in print gets another hour",
            "NEW.go_live_at <> OLD.go_live_at AND OLD.go_live_at <= clock_timestamp()",
            "false",
        ),
        ("a story that waits keeps its hour", " AND OLD.go_live_at <= clock_timestamp() THEN", " THEN"),
        ("what was stopped before its hour takes time", "NEW.superseded_at := NEW.go_live_at;", "NULL;"),
        (
            "what was pulled in print took no time",
            "ELSIF OLD.go_live_at > clock_timestamp() AND (NEW.pulled_at",
            "ELSIF (NEW.pulled_at",
        ),
        ("a withdrawal before the hour takes time", " OR NEW.withdrawn_at IS NOT NULL)\n", ")\n"),
    ),
    *broken(
        "gate_publication_after",
        (
            "a transaction left open over the hour brings the version before it back",
            "IF OLD.go_live_at > clock_timestamp()\n",
            "IF OLD.go_live_at > now()\n",
        ),
        (
            "what is new is not asked",
            "VALUES (NEW.id, 'print') ON CONFLICT",
            "SELECT NEW.id, 'print' WHERE false ON CONFLICT",
        ),
        (
            "another hour is not asked",
            "shows_more := to_jsonb(NEW) - exempt IS DISTINCT FROM to_jsonb(OLD) - exempt\n        OR ",
            "shows_more := ",
        ),
        (
            "a release is not asked",
            "OLD.pulled_at IS NOT NULL AND NEW.pulled_at IS DISTINCT FROM OLD.pulled_at",
            "false",
        ),
        (
            "a longer life is not asked",
            "coalesce(NEW.leaves_at, 'infinity') > coalesce(OLD.leaves_at, 'infinity')",
            "false",
        ),
        (
            "a withdrawal that is taken back is not asked",
            "OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at",
            "false",
        ),
        (
            "a version whose time is over is not asked",
            "OR OLD.superseded_at <= greatest(clock_timestamp(), OLD.go_live_at)\n           "
            "AND coalesce(NEW.superseded_at, 'infinity') > OLD.superseded_at;",
            ";",
        ),
        (
            "a version in print whose successor was stopped is asked",
            "OLD.superseded_at <= greatest(clock_timestamp(), OLD.go_live_at)",
            "true",
        ),
        ("the footing is not asked of an update", "CASE WHEN shows_more THEN 'show' ELSE 'footing' END", "'show'"),
        (
            "the version before one that was stopped ends",
            "UPDATE reader_publication p SET superseded_at = OLD.superseded_at\n         WHERE p.story",
            "UPDATE reader_publication p SET superseded_at = OLD.superseded_at\n         WHERE false AND p.story",
        ),
        ("one that was stopped as well goes on", " AND p.superseded_at > p.go_live_at;", ";"),
        ("stopping a version frees every other", " AND p.superseded_at = OLD.go_live_at\n", "\n"),
        ("what rests on a fallen story stays", "PERFORM gate_note_wordings(ARRAY(", "PERFORM (ARRAY("),
        (
            "what was carried to other words does not rest on it",
            "v ON v.seen @> ARRAY[c.id]",
            "v ON v.wording_id = c.wording_id",
        ),
        (
            "a translation of what will leave by itself stays",
            "WHERE NEW.leaves_at IS NOT NULL AND p.translation_of = NEW.story",
            "WHERE false",
        ),
        (
            "a translation of a fallen story stays",
            "(p.translation_of = NEW.story OR ",
            "(",
        ),
        (
            "a translation that nobody sees is asked",
            "gate_may_be_seen(p) AND (p.translation_of",
            "(p.translation_of",
        ),
        (
            "what waits to follow a story that was taken off waits on",
            " OR p.story = NEW.story AND p.go_live_at > clock_timestamp())",
            ")",
        ),
        (
            "a change of nothing asks all that rests on it",
            "IF to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN",
            "IF true THEN",
        ),
    ),
    *broken(
        "gate_print_frame",
        ("the frame says what no second person agreed to", "WHERE p.id = gate_policy()", "ORDER BY id DESC LIMIT 1"),
        (
            "the frame is not written again",
            "DO UPDATE SET name = excluded.name, promise = excluded.promise,",
            "DO UPDATE SET",
        ),
        ("the frame keeps its sections", " sections = excluded.sections,\n", "\n"),
        (
            "the edition at the front stays",
            "UPDATE reader_edition SET is_default = false WHERE is_default AND language <> v_policy.default_edition;",
            "",
        ),
        ("sections stand in any order", "ORDER BY s.position, s.slug", "ORDER BY s.slug"),
    ),
    *broken(
        "gate_printed_part",
        (
            "what is hung on later is not asked",
            "SELECT NEW.publication_id, 'show'\n     WHERE",
            "SELECT NEW.publication_id, 'show'\n     WHERE false AND",
        ),
    ),
    *broken(
        "reader_is_in_print",
        ("a story is seen before its hour", "go_live_at <= now()\n   AND ", ""),
        ("a version is seen after its time", "AND (superseded_at IS NULL OR superseded_at > now())\n", ""),
        ("a story with a successor to come is not seen", " OR superseded_at > now())", ")"),
        ("a story is seen after it left print", "AND (leaves_at IS NULL OR leaves_at > now())\n", ""),
        ("a story that leaves later is not seen", " OR leaves_at > now())", ")"),
        ("a pulled story is seen", "AND pulled_at IS NULL\n", ""),
        ("a withdrawn story is seen", "\n   AND withdrawn_at IS NULL;", ";"),
        file="in_print.sql",
    ),
    *broken(
        "",
        (
            "the site reads every publication",
            "ALTER TABLE reader_publication ENABLE ROW",
            "ALTER TABLE reader_publication DISABLE ROW",
        ),
        (
            "the site reads every tag",
            "ALTER TABLE reader_printedtag ENABLE ROW",
            "ALTER TABLE reader_printedtag DISABLE ROW",
        ),
        (
            "the site reads every picture",
            "ALTER TABLE reader_printedpicture ENABLE ROW",
            "ALTER TABLE reader_printedpicture DISABLE ROW",
        ),
        (
            "the site reads what is not in print",
            "USING (reader_is_in_print(go_live_at, superseded_at, leaves_at, pulled_at, withdrawn_at))",
            "USING (true)",
        ),
        (
            "the site reads tags of what is not in print",
            "ON reader_printedtag FOR SELECT TO newsroom_site\n    USING (EXISTS (SELECT FROM reader_publication p WHERE p.id = publication_id))",
            "ON reader_printedtag FOR SELECT TO newsroom_site\n    USING (true)",
        ),
        (
            "the site reads pictures of what is not in print",
            "ON reader_printedpicture FOR SELECT TO newsroom_site\n    USING (EXISTS (SELECT FROM reader_publication p WHERE p.id = publication_id))",
            "ON reader_printedpicture FOR SELECT TO newsroom_site\n    USING (true)",
        ),
        file="in_print.sql",
    ),
    *broken(
        "reader_notice",
        ("an address of another language says it", "q.language = p_language AND ", ""),
        ("every address says it", "q.slug = p_slug AND ", ""),
        ("an address of an hour to come says it", " AND printing_was_seen(q.id)\n", "\n"),
        ("a version of an hour to come says it", "\n           AND printing_was_seen(p.id))", ")"),
        ("a story that moved is under review", "WHEN v.in_print THEN 'moved' ", ""),
        (
            "a withdrawn story is under review",
            "WHEN v.withdrawn_at IS NULL THEN 'under_review' ELSE 'withdrawn'",
            "ELSE 'under_review'",
        ),
        (
            "a pull and not the withdrawal after it",
            "v.withdrawn_at, v.pulled_at, v.leaves_at, v",
            "v.pulled_at, v.withdrawn_at, v.leaves_at, v",
        ),
        ("a notice tells the minute", "date_trunc('hour', ", "date_trunc('minute', "),
        ("it moved to nowhere", "CASE WHEN v.in_print THEN v.slug ELSE '' END", "''"),
        ("the first version says it", "version.version DESC", "version.version"),
        ("a version in print does not say it", "version.in_print DESC, ", ""),
        ("a story that moved is not told", "WHERE v.slug <> p_slug OR ", "WHERE "),
        ("a withdrawal is not told", " OR v.withdrawn_at IS NOT NULL", ""),
        ("a pull is not told", " OR v.pulled_at IS NOT NULL", ""),
        ("that a story left print is not told", " OR v.leaves_at <= now()", ""),
        ("a story that leaves later has left", "v.leaves_at <= now()", "v.leaves_at IS NOT NULL"),
        file="notices.sql",
    ),
]
