"""Who is who, what a fact lacks, exceptions."""

from tests.mutants import broken

LEFT_OUT = {
    "gate_standing_confirmations": "last.ruling = 'confirmed' before the first UNION: what an editor saw is among all that"
    " is recorded, so without it the rows only stand twice.",
    "gate_fact_blockers": "c.basis = 'earlier': a CHECK ties the basis to what it names.",
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
        (
            "who wrote it did so under one account alone",
            "SELECT DISTINCT p.account FROM",
            "SELECT DISTINCT wrote.account FROM",
        ),
    ),
    *broken(
        "gate_person",
        ("a second account under the pen name is another person", "ON other.byline_id = hers.byline_id", "ON false"),
        (
            "a third account by way of a second is another person",
            "hers.user_id = person.account",
            "hers.user_id = p_user",
        ),
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
            "two who were parted after an editor's word are two",
            "(SELECT v.voices FROM articles_verdict v",
            "(SELECT 99 FROM articles_verdict v",
        ),
        ("what was counted for an objection counts", "AND v.ruling = 'confirmed'\n", "\n"),
        ("the voices of the first verdict count", "max(l.id)", "min(l.id)"),
    ),
    *broken(
        "gate_voices",
        (
            "a source that is not confirmed counts",
            "p_spared IS NULL OR s.standing = 'confirmed' OR s.id = ANY (p_spared) AS counts",
            "true AS counts",
        ),
        ("who is confirmed after an editor's word does not count", "p_spared IS NULL OR ", ""),
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
        ("an earlier fact of another wording carries", "WHERE pw.wording_id = p_wording)", ")"),
        ("an earlier fact that is not printed carries", "AND gate_goes_on(", "OR gate_goes_on("),
    ),
    *broken(
        "gate_goes_on",
        ("a version of another story goes on", "p.id = ANY (p_publications) AND ", ""),
        ("a version that was pulled goes on", "p.pulled_at IS NULL AND ", ""),
        ("a version that was withdrawn goes on", " AND p.withdrawn_at IS NULL)", ")"),
        ("a version goes on though it will be superseded", "least(p.superseded_at, ", "least("),
        ("a version goes on though it will leave print", " p.leaves_at, 'infinity')", " 'infinity')"),
        (
            "what waits for its hour goes on already",
            "EXISTS (SELECT FROM life WHERE begins <= clock_timestamp() AND ends > clock_timestamp())\n       AND ",
            "",
        ),
        ("what goes on has to for ever", "AND l.ends < p_until", "AND l.ends < 'infinity'"),
        ("the next version goes on for none before it", "n.begins <= l.ends AND n.ends > l.ends", "false"),
        ("a gap between two versions is none", "n.begins <= l.ends AND ", ""),
    ),
    *broken(
        "gate_verdict_blockers",
        ("who worded a fact may confirm it", "IN (w.by_id, f.created_by_id)", "IN (f.created_by_id)"),
        ("who stated a fact may confirm it in other words", "IN (w.by_id, f.created_by_id)", "IN (w.by_id)"),
        (
            "who worded a fact may confirm it under her other account",
            "gate_person(p_by) AS hers (account) ON hers.account IN (w.by_id",
            "(SELECT p_by) AS hers (account) ON hers.account IN (w.by_id",
        ),
        (
            "who recorded it may confirm it under her other account",
            "gate_person(p_by) AS hers (account) ON hers.account IN (c.recorded_by_id",
            "(SELECT p_by) AS hers (account) ON hers.account IN (c.recorded_by_id",
        ),
        (
            "who held the talk may confirm what was said",
            "IN (c.recorded_by_id, t.recorded_by_id)",
            "IN (c.recorded_by_id)",
        ),
        (
            "who wrote the story may confirm its facts",
            "p_by IN (SELECT gate_authors(p_article))\n        OR ",
            "",
            "fact_confirmed_by_author",
        ),
        (
            "who records for these words may confirm them",
            "c.wording_id = p_wording OR c.id = ANY (p_seen)",
            "c.id = ANY (p_seen)",
        ),
        (
            "who recorded what is carried over may confirm",
            "c.wording_id = p_wording OR c.id = ANY (p_seen)",
            "c.wording_id = p_wording",
            "fact_confirmed_by_recorder",
        ),
        (
            "anybody confirms",
            "WHERE NOT gate_holds_role(p_by, 'editor', 'chief editor')",
            "WHERE false",
            "fact_confirmed_by_no_editor",
        ),
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
        ("who confirmed is never asked", "ELSIF whole THEN", "ELSIF false THEN"),
        ("who confirmed is asked for ever", "ELSIF whole THEN", "ELSE"),
        ("an earlier fact suffices whatever the policy says", "v_policy.earlier_suffices AND ", ""),
        ("an earlier fact of another kind carries", "e.kind = v_kind AND ", ""),
        ("an earlier fact need not stand", " AND gate_earlier_stands(c.earlier_id, p_until)", ""),
        (
            "what an earlier fact tells of an exception is told to nobody else",
            "(p_told IS NULL\n                OR NOT EXISTS (SELECT FROM gate_exceptions_under(c.earlier_id) AS x (reason)"
            " WHERE NOT p_told ? x.reason))",
            "true",
        ),
        (
            "an exception that is not told is a lack of sources",
            "IF p_told IS NOT NULL AND NOT EXISTS (",
            "IF false AND NOT EXISTS (",
            "exception_not_told",
        ),
        ("an earlier fact carries nothing", "v_lacks := NOT v_earlier;", "v_lacks := true;"),
        ("one source is enough", "v_have >= v_policy.min_sources\n", "v_have >= 1\n"),
        ("enough sources are too few", "v_have >= v_policy.min_sources\n", "v_have > v_policy.min_sources\n"),
        (
            "a waiver carries a fact without any source",
            "OR v_have >= 1 AND gate_waived",
            "OR gate_waived",
        ),
        ("a waiver carries nothing", "OR v_have >= 1 AND gate_waived(p_wording, p_article, whole, p_told)", ""),
        ("a document suffices whatever the policy says", " AND v_policy.document_suffices", ""),
        ("a photo suffices whatever the policy says", " AND v_policy.photo_suffices", ""),
        (
            "an event needs no sources",
            "v_lacks := v_lacks AND NOT (\n            v_have",
            "v_lacks := false AND NOT (\n            v_have",
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
    *broken("gate_told", ("readers are told of nothing", "THEN how_known -> 'single_source' ELSE", "THEN '[]' ELSE")),
    *broken(
        "gate_exceptions_under",
        ("what a version that is gone told still counts", " AND gate_may_be_seen(p));", ");"),
        (
            "an exception is told on by the next story alone",
            "UNION\n                SELECT c.earlier_id",
            "UNION\n                SELECT NULL",
        ),
        ("an exception of which nobody was told is told on", " AND x.printed_reason = ANY (v_told)", ""),
    ),
    *broken(
        "gate_two_agreed",
        (
            "who proposed an exception agrees to it under her other account",
            "p_agreed_by NOT IN (SELECT gate_person(p_proposed_by))",
            "p_agreed_by <> p_proposed_by",
        ),
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
        ("a waiver carries what tells nobody of it", "(p_told IS NULL OR p_told ? x.printed_reason)", "true"),
        ("a working copy tells of no waiver", "p_told IS NULL OR ", ""),
    ),
]
