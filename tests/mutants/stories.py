"""What keeps a story from an hour, emergencies, and what the desk shows of a working copy."""

from tests.mutants import broken

MUTANTS = [
    *broken(
        "gate_story_blockers",
        ("a hold on another story holds this one", "WHERE (h.article_id = p_article OR ", "WHERE (true OR "),
        ("a hold on the original does not hold a translation", " OR h.article_id IN (SELECT o.id FROM original o)", ""),
        ("a hold never ends", "h.until > p_hour AND ", ""),
        ("a hold ends at once", "h.until > p_hour AND ", "false AND ", "hold_running"),
        ("nothing lifts a hold for an hour", " AND NOT (h.kind = ANY (lifted))", ""),
        ("a lifted hold holds", "AND NOT EXISTS (SELECT FROM articles_lifting l WHERE l.hold_id = h.id)", ""),
        (
            "a translation outlives its original",
            "WHERE EXISTS (SELECT FROM reader_publication p WHERE p.story = o.story\n",
            "WHERE false AND EXISTS (SELECT FROM reader_publication p WHERE p.story = o.story\n",
            "original_fell",
        ),
        ("an original that was stopped before its hour has fallen", ">= p.go_live_at OR", ">= '-infinity' OR"),
        ("a pulled original is forgotten", "greatest(p.pulled_at, p.withdrawn_at)", "p.withdrawn_at"),
        ("a withdrawn original is forgotten", "greatest(p.pulled_at, p.withdrawn_at)", "p.pulled_at"),
        ("an original that leaves print is forgotten", " OR p.leaves_at < p_until", ""),
        (
            "an original that is back has still fallen",
            "AND NOT gate_goes_on(ARRAY(SELECT p.id FROM reader_publication p WHERE p.story = o.story), p_until)",
            "",
        ),
    ),
    *broken(
        "gate_override",
        ("an emergency of another story counts", "p.article_id = x.article_id AND ", ""),
        ("an emergency need not be told to the reader", " AND p.how_known ->> 'emergency' = x.printed_reason", ""),
        ("an emergency lasts for ever", "x.until > clock_timestamp() AND ", ""),
        (
            "one person declares an emergency",
            " AND gate_two_agreed(x.proposed_by_id, x.agreed_by_id, x.article_id)",
            "",
        ),
        ("the emergency of another proof counts", "p.id = p_proof AND ", ""),
    ),
    *broken(
        "gate_blockers",
        ("a story needs no headline", "v_article.headline = ''", "false", "headline_missing"),
        ("a story needs no text", "v_article.body = ''", "false", "body_missing"),
        ("a story needs no section", "v_article.section_id IS NULL", "false", "section_missing"),
        (
            "a story needs no byline",
            "NOT EXISTS (SELECT FROM articles_article_bylines b WHERE b.article_id = p_article)",
            "false",
            "byline_missing",
        ),
        (
            "the desk does not show a hold",
            "RETURN QUERY SELECT * FROM gate_story_blockers(p_article, clock_timestamp(), '{}', clock_timestamp());",
            "",
            "hold_running",
        ),
        ("the desk looks at the first proof", "ORDER BY p.id DESC", "ORDER BY p.id ASC"),
        ("the desk looks at a proof that the story has left behind", " AND v_proof.revision = v_article.revision", ""),
        (
            "the desk does not show what a text lacks",
            "RETURN QUERY SELECT * FROM gate_text_blockers",
            "PERFORM * FROM gate_text_blockers",
        ),
        (
            "the desk does not show a missing caption",
            "('figure_needs_caption', f.caption = '')",
            "('figure_needs_caption', false)",
        ),
        (
            "the desk asks for a credit in English alone",
            "CASE v_article.language WHEN 'ko' THEN p.credit_ko ELSE p.credit_en END = ''",
            "p.credit_en = ''",
        ),
        (
            "the desk does not ask for the credit of the photo beside",
            "OR CASE v_article.language WHEN 'ko' THEN b.credit_ko ELSE b.credit_en END = ''",
            "",
        ),
        ("the desk does not show a missing alternative text", "f.alt = '' OR ", ""),
        (
            "the desk does not ask for the alternative text of the photo beside",
            " OR f.photo_beside_id IS NOT NULL AND f.alt_beside = ''",
            "",
        ),
        ("the desk shows another story's photos", "f.article_id = p_article AND ", ""),
        (
            "a story without a proof is called outdated",
            "CASE WHEN v_proof.id IS NULL THEN 'proof_missing' ELSE 'proof_outdated' END",
            "'proof_outdated'",
            "proof_missing",
        ),
        (
            "the desk does not show an outdated proof",
            "CASE WHEN v_proof.id IS NULL THEN 'proof_missing' ELSE 'proof_outdated' END",
            "'proof_missing'",
            "proof_outdated",
        ),
        (
            "the desk does not ask for a signature",
            "RETURN QUERY SELECT 'signature_missing', NULL::bigint, NULL::bigint, NULL::integer, NULL::integer;",
            "",
        ),
    ),
]
