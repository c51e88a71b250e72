"""Talks that fade, and sources who are forgotten."""

from tests.mutants import broken

DESTROYS = "forgetting.sql"

TALKS = [
    *broken(
        "gate_talk_before",
        ("a talk is recorded without its day", "NEW.date_kept <> 'day'", "NEW.date_kept = 'nothing'"),
        ("a talk moves to a source who is forgotten", "(TG_OP = 'INSERT' OR NEW.source_id <> OLD.source_id)", "TG_OP = 'INSERT'"),
        ("a talk with a source who is forgotten", "(TG_OP = 'INSERT' OR NEW.source_id <> OLD.source_id)", "NEW.source_id <> OLD.source_id"),
        ("a date comes back", "(OLD.date_kept, NEW.date_kept) IS DISTINCT FROM ('day', 'day')", "NEW.date_kept <> 'day'"),
        ("a date is moved while it fades", "(OLD.date_kept, NEW.date_kept) IS DISTINCT FROM ('day', 'day')", "OLD.date_kept <> 'day'"),
        ("no day is corrected", "(OLD.date_kept, NEW.date_kept) IS DISTINCT FROM ('day', 'day') AND NOT", "NOT"),
    ),
    *broken(
        "gate_fades",
        ("a talk fades with another source", "becomes.source_id = was.source_id", "true"),
        ("no talk fades to nothing", "becomes.date_kept = 'nothing'", "false"),
        ("no talk fades to its month", "becomes.date_kept = 'month' AND was.date_kept <> 'nothing'", "false AND true"),
        ("a talk fades to another month", "becomes.held_on = date_trunc('month', was.held_on::timestamp)::date AND ", ""),
        ("a talk fades with another medium", " AND becomes.medium = was.medium", ""),
    ),
    *broken(
        "talks_fade",
        ("an empty row goes although a fact rests on it", "c.talk_id = t.id", "false"),
        ("talks that fade are not counted", "SELECT g.source_id, count(*) FROM gone g", "SELECT g.source_id, 0 FROM gone g"),
        ("a later count takes the place of an earlier one", "e.number + excluded.number", "excluded.number"),
        ("a talk on which a fact rests keeps its date", "WHERE id = ANY (p_talks) AND date_kept <> 'nothing'", "WHERE false"),
        file=DESTROYS,
    ),
    *broken(
        "history_fades",
        ("all of the desk's history goes", "ct.app_label = 'sources' AND ct.model IN ('source', 'talk', 'protectedperson')\n       AND ", ""),
        ("the history of places goes", " AND ct.model IN ('source', 'talk', 'protectedperson')", ""),
        ("younger lines go", "\n       AND l.action_time < p_before", ""),
        file=DESTROYS,
    ),
]  # fmt: skip

MUTANTS = [
    *broken(
        "gate_is_forgotten",
        ("nobody is forgotten", "f.source_id = p_source", "false"),
        ("all are forgotten", "WHERE f.source_id = p_source", ""),
    ),
    *broken(
        "gate_forgetting_before",
        ("the person behind a source is forgotten, and she is not", "p.source_id IS NOT NULL)", "false)"),
        ("any chief editor will do", "gate_holds_role(NEW.by_id, 'chief editor')", "true"),
        ("no chief editor forgets", "NOT gate_holds_role(NEW.by_id, 'chief editor')\n       AND ", ""),
        ("a closed account forgets", "gate_holds_role(NEW.by_id, 'reporter', 'editor')\n                AND ", ""),
        ("any reporter forgets", "NEW.by_id IN (SELECT s", "true OR NEW.by_id IN (SELECT s"),
        ("the contact reporter forgets nobody", "WHERE s.id = NEW.source_id\n", "WHERE false\n"),
        ("who answers for a person forgets nobody", "WHERE p.id = NEW.person_id))", "WHERE false))"),
        ("the hour of forgetting is the desk's", "NEW.at := clock_timestamp();", ""),
        ("forgetting destroys nothing", "NEW.destroyed := forget_all(NEW.source_id, NEW.person_id, NEW.by_id, NEW.terms_kept);", ""),
    ),
    *broken(
        "gate_forgotten_before",
        ("a person is protected anew", "gate_is_forgotten(NEW.source_id)", "false"),
        ("something is sealed of a source who is forgotten", " OR f.source_id = p.source_id", ""),
        ("something is sealed of a person who is forgotten", "f.person_id = p.id OR ", ""),
        ("nothing is sealed any more", "WHERE p.id = NEW.person_id", ""),
    ),
    *broken(
        "gate_confided",
        ("who spoke with her is written down again", "gate_is_forgotten(NEW.id)", "false"),
    ),
    *broken(
        "gate_confirmation_before",
        ("the word of a source who is forgotten", "gate_is_forgotten(NEW.source_id) OR ", ""),
        ("a source who is forgotten told another", " OR gate_is_forgotten(NEW.told_by_id)", ""),
    ),
    *broken(
        "gate_vetting_before",
        ("no doubt about whoever is forgotten", "NEW.standing = 'confirmed' AND gate_is_forgotten", "gate_is_forgotten"),
    ),
    *broken(
        "gate_source_before",
        ("stories of whoever is forgotten are not handed over", ", 'contact_reporter_id']\n           IS", "]\n           IS"),
        ("whoever is forgotten gets no circle", "['standing', 'circle_id', 'contact_reporter_id']\n           IS", "['standing', 'contact_reporter_id']\n           IS"),
        ("no doubt about her standing", "['standing', 'circle_id', 'contact_reporter_id']\n           IS", "['circle_id', 'contact_reporter_id']\n           IS"),
    ),
    *broken(
        "forget_history",
        ("the history of everybody goes", " AND l.object_id = p_source::text", ""),
        ("none of her history goes", "ct.app_label = 'sources'\n", "false\n"),
        file=DESTROYS,
    ),
    *broken(
        "forget_story_reasons",
        ("reasons for dropping are not told of", "WHERE d.fact_id IN (SELECT id FROM fact)", "WHERE false"),
        ("reasons of every story are told of", "WHERE h.article_id = ANY (p_articles)\n        UNION ALL SELECT l", "WHERE true\n        UNION ALL SELECT l"),
        ("destroyed reasons are told of", "s.reason NOT IN ('', record_destroyed())", "true"),
        file=DESTROYS,
    ),
    *broken(
        "forget_counts",
        ("what is counted as sealed is everybody's", "WHERE r.person_id IN (SELECT id FROM person)", ""),
        ("reasons for a word taken back are not counted", "WHERE t.reason <> record_destroyed()", "WHERE false"),
        ("empty talks are counted again", " AND t.date_kept <> 'nothing'", ""),
        ("stories off the site count as in print", " AND gate_may_be_seen(p)\n                            AND p.go_live_at <=", " AND NOT gate_may_be_seen(p)\n                            AND p.go_live_at <="),
        file=DESTROYS,
    ),
    *broken("forgetting_noted", ("reasons for looking stay", "PERFORM looks_destroy_reasons(NEW.source_id, NEW.person_id);", ""), file=DESTROYS),
    *broken(
        "forget_all",
        ("what is sealed stays", "DELETE FROM sources_sealedrecord r WHERE r.person_id = ANY (v_people);", ""),
        ("what is sealed of others goes", "r.person_id = ANY (v_people)", "true"),
        ("terms stay", "DELETE FROM sources_protectedterm t WHERE t.person_id = ANY (v_people);", ""),
        ("terms of others go", "t.person_id = ANY (v_people)", "true"),
        ("terms go although they were to be kept", "IF p_terms_kept THEN", "IF false THEN"),
        ("her history stays", "DELETE FROM django_admin_log l WHERE l.id IN (SELECT forget_history(p_source, p_person));", ""),
        ("her talks stay", "PERFORM talks_fade(ARRAY(SELECT t.id FROM sources_talk t WHERE t.source_id = p_source));", ""),
        ("talks of others go", "FROM sources_talk t WHERE t.source_id = p_source", "FROM sources_talk t"),
        ("reasons for vetting her stay", "PERFORM record_destroy('sources_vetting', v_row::text, 'reason', p_by);", "NULL;"),
        ("reasons for a stagger stay", "PERFORM record_destroy('articles_stagger', v_row::text, 'reason', p_by);", "NULL;"),
        ("reasons for a word taken back stay", "PERFORM record_destroy('articles_takenback', v_row::text, 'reason', p_by);", "NULL;"),
        ("reasons for words of others taken back go", "WHERE p_source IN (c.source_id, c.told_by_id) AND t.reason", "WHERE t.reason"),
        ("why what she told another was taken back stays", "WHERE p_source IN (c.source_id, c.told_by_id) AND t.reason", "WHERE p_source = c.source_id AND t.reason"),
        ("her place stays", "SET place_id = v_country, part = 'source', safety", "SET part = 'source', safety"),
        ("her place widens by one step", "WHERE l.parent_id IS NULL", "WHERE l.parent_id IS NOT NULL ORDER BY l.id DESC LIMIT 1"),
        ("everybody's place goes", "deputy_id = NULL WHERE id = p_source", "deputy_id = NULL"),
        ("drafts go on saying where she is", "UPDATE articles_attribution SET place_id = v_country, part = 'source' WHERE source_id = p_source;", ""),
        ("drafts say it of nobody any more", "part = 'source' WHERE source_id = p_source;\n    ALTER", "part = 'source';\n    ALTER"),
        ("forgetting her is a revision of what is printed", "    ALTER TABLE articles_attribution DISABLE TRIGGER gate_revise_update;\n", ""),
        ("who spoke with her stays", "DELETE FROM sources_confidant c WHERE c.source_id = p_source;", ""),
        ("who spoke with anybody goes", "DELETE FROM sources_confidant c WHERE c.source_id = p_source;", "DELETE FROM sources_confidant;"),
        file=DESTROYS,
    ),
]  # fmt: skip
