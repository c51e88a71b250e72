"""Who is who, what a fact lacks, exceptions."""

from tests.mutants import broken

LEFT_OUT = {
    "gate_standing_confirmations": "last.ruling = 'confirmed' before the first UNION: what an editor saw is among all that"
    " is recorded, so without it the rows only stand twice.",
    "gate_fact_blockers": "c.basis = 'earlier': a CHECK ties the basis to what it names.",
    "gate_two_agreed": "p_proposed_by <> p_agreed_by: a CHECK of each table that holds such a pair says the same.",
}

MUTANTS = [
    *broken(
        "gate_holds_role",
        ("a closed account keeps its role", "u.is_active AND ", ""),
        ("any role will do", " AND g.name = ANY (p_roles)", ""),
    ),
    *broken(
        "gate_authors",
        (
            "who wrote the original did not write its translation",
            "         WHERE a.id = p_article\n",
            "         WHERE false\n",
        ),
        ("who started a story did not write it", "SELECT created_by_id FROM stories\n        UNION\n", ""),
        (
            "who changed a story's words did not write it",
            "articles_writer w JOIN stories s ON s.id = w.article_id",
            "articles_writer w JOIN stories s ON false",
        ),
        (
            "an author did not write",
            "articles_article_authors w JOIN stories s ON s.id = w.article_id",
            "articles_article_authors w JOIN stories s ON false",
        ),
        ("the account behind a byline did not write", "ON a.byline_id = ab.byline_id", "ON false"),
        ("a second account under the pen name is another person", "ON other.byline_id = hers.byline_id", "ON false"),
    ),
    *broken("gate_day", ("the law's days are a server's", "'UTC'", "'Pacific/Kiritimati'")),
    *broken(
        "gate_policy",
        ("a policy counts before a second person agrees", "WHERE agreed_by_id IS NOT NULL ", ""),
        ("the first policy stays in force", "DESC", "ASC"),
    ),
    *broken(
        "gate_standing_confirmations",
        (
            "what is recorded after an editor's word counts",
            " AND NOT EXISTS (SELECT FROM last WHERE last.ruling = 'confirmed')",
            "",
        ),
        ("what an editor saw does not count", "FROM last WHERE last.ruling = 'confirmed'\n", "FROM last WHERE false\n"),
        ("the first verdict says what was seen", "DESC", "ASC"),
        ("what is recorded for later words carries these", " AND e.number <= w.number", ""),
        ("what was recorded for earlier words is forgotten", "e.number <= w.number", "e.number = w.number"),
        ("what is recorded for another fact carries this one", "e.fact_id = w.fact_id AND ", ""),
        (
            "what was taken back stands",
            "WHERE NOT EXISTS (SELECT FROM articles_takenback t WHERE t.confirmation_id = c.id)",
            "",
        ),
    ),
    *broken(
        "gate_independent_sources",
        (
            "a source that is not confirmed counts",
            "s.standing = 'confirmed' OR s.id = ANY (p_spared) AS counts",
            "true AS counts",
        ),
        (
            "an unconfirmed source ties nobody",
            "JOIN sources_source s ON s.id = c.source_id\n",
            "JOIN sources_source s ON s.id = c.source_id AND s.standing = 'confirmed'\n",
        ),
        ("a source whose fall is staggered does not count", " OR s.id = ANY (p_spared)", ""),
        ("two of one circle are two", "WHERE circle_id IS NOT NULL", "WHERE false"),
        (
            "who was told and who told are two",
            "SELECT source, 'person ' || source FROM told",
            "SELECT source, 'me ' || source FROM told",
        ),
        ("two whom one person told are two", "WHERE told_by_id IS NOT NULL", "WHERE false"),
        ("one told by somebody of a circle is not of it", "WHERE told_by_circle IS NOT NULL", "WHERE false"),
        ("a tie does not reach through a third", "here.source = tied.other", "here.source = tied.source"),
        ("each confirmation counts", "count(DISTINCT head)", "count(head)"),
    ),
    *broken(
        "gate_earlier_stands",
        (
            "an earlier fact carries though it is disputed",
            "ORDER BY v.id DESC LIMIT 1) = 'confirmed'",
            "ORDER BY v.id DESC LIMIT 1) IS NOT NULL",
        ),
        ("an earlier fact stands by its first verdict", "DESC", "ASC"),
        ("an earlier fact of another wording carries", "pw.wording_id = p_wording AND ", ""),
        ("an earlier fact stays by a version that was pulled", "p.pulled_at IS NULL AND ", ""),
        ("an earlier fact stays by a version that was withdrawn", " AND p.withdrawn_at IS NULL)", ")"),
        (
            "an earlier fact carries before it is in print",
            "AND EXISTS (SELECT FROM printed p WHERE reader_is_in_print(p.go_live_at, "
            "p.superseded_at, p.leaves_at, p.pulled_at, p.withdrawn_at))",
            "",
        ),
        ("an earlier fact carries though its version will be superseded", "least(p.superseded_at, ", "least("),
        ("an earlier fact carries though it will leave print", " p.leaves_at, 'infinity')", " 'infinity')"),
        ("a staggered story wants its earlier fact for ever", ">= p_until", ">= 'infinity'"),
    ),
    *broken(
        "gate_fact_blockers",
        (
            "a disputed fact is taken for an unconfirmed one",
            "IF v_ruling = 'disputed' THEN",
            "IF false THEN",
            "fact_disputed",
        ),
        (
            "a fact needs no confirmation",
            "ELSIF v_ruling IS DISTINCT FROM 'confirmed' THEN",
            "ELSIF false THEN",
            "fact_unconfirmed",
        ),
        ("the first verdict counts", "ORDER BY v.id DESC", "ORDER BY v.id ASC"),
        ("who worded a fact may confirm it", "v_by = v_worded_by OR ", ""),
        (
            "who wrote the story may confirm its facts",
            " OR v_by IN (SELECT gate_authors(p_article))",
            "",
            "fact_confirmed_by_author",
        ),
        (
            "who records for these words may confirm them",
            "c.wording_id = p_wording OR c.id = ANY (v_seen)",
            "c.id = ANY (v_seen)",
        ),
        (
            "who recorded what is carried over may confirm",
            "c.wording_id = p_wording OR c.id = ANY (v_seen)",
            "c.wording_id = p_wording",
            "fact_confirmed_by_recorder",
        ),
        (
            "anybody confirms",
            "IF NOT gate_holds_role(v_by, 'editor', 'chief editor') THEN",
            "IF false THEN",
            "fact_confirmed_by_no_editor",
        ),
        ("who confirmed is never asked", "ELSIF whole THEN", "ELSIF false THEN"),
        ("who confirmed is asked for ever", "ELSIF whole THEN", "ELSE"),
        ("an earlier fact suffices whatever the policy says", "v_policy.earlier_suffices AND ", ""),
        ("an earlier fact of another kind carries", "e.kind = v_kind AND ", ""),
        ("an earlier fact need not stand", " AND gate_earlier_stands(c.earlier_id, p_until)", ""),
        ("an earlier fact carries nothing", "v_lacks := NOT v_earlier;", "v_lacks := true;"),
        ("one source is enough", "v_have >= v_policy.min_sources\n", "v_have >= 1\n"),
        ("enough sources are too few", "v_have >= v_policy.min_sources\n", "v_have > v_policy.min_sources\n"),
        ("a waiver carries a fact without any source", "v_have >= 1 AND gate_waived", "gate_waived"),
        ("a waiver carries nothing", "OR v_have >= 1 AND gate_waived(p_wording, p_article, whole)", ""),
        ("a document suffices whatever the policy says", " AND v_policy.document_suffices", ""),
        ("a photo suffices whatever the policy says", " AND v_policy.photo_suffices", ""),
        (
            "an event needs no sources",
            "IF v_lacks THEN\n            RETURN QUERY SELECT 'fact_needs_sources'",
            "IF false THEN\n            RETURN QUERY SELECT 'fact_needs_sources'",
            "fact_needs_sources",
        ),
        ("a statement needs no talk", "c.talk_id IS NOT NULL AND ", "", "statement_needs_talk"),
        (
            "a statement of an unconfirmed source stands",
            "AND (s.standing = 'confirmed' OR s.id = ANY (p_spared)))",
            ")",
        ),
        ("a statement of a staggered source falls at once", " OR s.id = ANY (p_spared)))", "))"),
        ("a record needs no copy", " c WHERE c.basis = 'document');", " c);", "record_needs_copy"),
        (
            "a discredited source is called unconfirmed",
            "CASE s.standing WHEN 'discredited' THEN 'source_discredited' ELSE 'source_unconfirmed' END",
            "'source_unconfirmed'",
            "source_discredited",
        ),
        (
            "an unconfirmed source is not named",
            "WHERE s.standing <> 'confirmed';",
            "WHERE s.standing = 'discredited';",
            "source_unconfirmed",
        ),
        ("a confirmed source is named as lacking", "WHERE s.standing <> 'confirmed';", ";"),
        ("an earlier fact that fell is not named", "WHERE c.basis = 'earlier';", "WHERE false;", "earlier_fell"),
    ),
    *broken(
        "gate_two_agreed",
        (
            "who proposed an exception need be no editor any more",
            "AND gate_holds_role(p_proposed_by, 'editor', 'chief editor')\n",
            "",
        ),
        (
            "who agreed to an exception need be no editor any more",
            "AND gate_holds_role(p_agreed_by, 'editor', 'chief editor')\n",
            "",
        ),
        (
            "no chief editor is needed for an exception",
            "AND (gate_holds_role(p_proposed_by, 'chief editor') OR gate_holds_role(p_agreed_by, 'chief editor'))\n",
            "",
        ),
        ("the chief editor may not propose an exception", "gate_holds_role(p_proposed_by, 'chief editor') OR ", ""),
        ("the chief editor may not agree to an exception", " OR gate_holds_role(p_agreed_by, 'chief editor'))", ")"),
        (
            "who wrote the story may agree to its exception",
            "AND p_agreed_by NOT IN (SELECT gate_authors(p_article))",
            "",
        ),
    ),
    *broken(
        "gate_waived",
        ("a waiver of other words counts", "(e.kind, e.text) = (w.kind, w.text)", "true"),
        ("a waiver of another fact counts", "e.fact_id = w.fact_id AND ", ""),
        ("a waiver of later words counts", "e.number <= w.number AND ", ""),
        ("a waiver counts before a second person agrees", "x.agreed_by_id IS NOT NULL\n", "true\n"),
        (
            "who waived is never asked",
            "(NOT whole OR gate_two_agreed(x.proposed_by_id, x.agreed_by_id, p_article))",
            "true",
        ),
        ("who waived is asked for ever", "NOT whole OR ", ""),
    ),
]
