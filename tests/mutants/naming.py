"""How a story names its sources, and who could know its facts."""

from tests.mutants import broken

NAMING = [
    *broken(
        "gate_places_within",
        ("what lies in a place bounds nothing", "WHERE p.parent_id = p_place", "WHERE false"),
    ),
    *broken("gate_ladder", ("a place lies in nothing", "WHERE p.parent_id IS NOT NULL", "WHERE false")),
    *broken(
        "gate_times_the_floor",
        ("everybody has a trade", "ELSE 10 END", "ELSE 1 END"),
        ("an official is one in ten", "THEN 20", "THEN 10"),
    ),
    *broken(
        "gate_attribution_lack",
        ("any role is hers", "WHEN p_part NOT IN ('source', s.part)\n                    OR NOT", "WHEN NOT"),
        (
            "any place is hers",
            "\n                    OR NOT EXISTS (SELECT FROM gate_ladder(s.place_id) l WHERE l.place = p_place)",
            "",
        ),
        ("a floor of nothing is asked", "WHEN y.anonymity_floor = 0 THEN NULL", "WHEN false THEN NULL"),
        ("nobody counted is many", "WHEN p.population IS NULL THEN", "WHEN false THEN", "attribution_population_unknown"),
        ("there is no anonymity floor", "WHEN p.population < y", "WHEN false AND p.population < y", "attribution_under_floor"),
        ("a role is asked no more than a place", "::bigint * gate_times_the_floor(p_part)", "::bigint"),
        ("she may be named by anything", "THEN 'attribution_too_narrow'", "THEN NULL", "attribution_too_narrow"),
    ),
    *broken(
        "gate_attribution_offered",
        ("what may not be printed is offered", "gate_attribution_lack(p_source, l.place, r.part) IS NOT NULL, ", ""),
        ("the widest is offered", "l.rung, r.part", "l.rung DESC, r.part"),
        ("no general role is offered", "(VALUES (s.part), ('source'))", "(VALUES (s.part))"),
        ("her role is never offered", ", r.part = 'source'", ", r.part <> 'source'"),
    ),
    *broken(
        "gate_attributions",
        ("nothing is chosen", "WHERE x.source_id = told.source AND", "WHERE false AND"),
        ("what is chosen for one source is for all", "x.source_id = told.source AND ", ""),
        ("what is chosen for one story is for all", " AND x.article_id IN (a.id, a.translation_of_id)", ""),
        ("a translation chooses for itself alone", "IN (a.id, a.translation_of_id)", "IN (a.id)"),
        ("the original chooses for its translation", "x.article_id <> a.id LIMIT", "x.article_id = a.id LIMIT"),
    ),
    *broken("gate_freeze_attributions", ("a proof notes nobody", "WHERE p.id = p_proof", "WHERE false")),
    *broken(
        "gate_attribution_blockers",
        ("what a proof notes is not asked", "WHERE f.proof_id = p_proof\n", "WHERE false\n"),
        ("what stands on the desk is not asked", "WHERE NOT EXISTS", "WHERE false AND NOT EXISTS"),
    ),
    *broken(
        "gate_proof_blockers",
        ("a proof is not asked how it names its sources", "RETURN QUERY SELECT b.* FROM gate_attribution_blockers(\n        v_proof.article_id, ARRAY(SELECT pw.wording_id FROM articles_proofwording pw WHERE pw.proof_id = p_proof), p_proof) b;", ""),
    ),
    *broken(
        "gate_blockers",
        ("a working copy is not asked how it names its sources", "RETURN QUERY SELECT * FROM gate_attribution_blockers(p_article, ARRAY(SELECT gate_wordings(p_article)), NULL);", ""),
    ),
    *broken(
        "gate_footing",
        ("what waits for its hour may name her by anything", "pr.proof_id) b\n     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()", "pr.proof_id) b\n     WHERE false"),
        ("what is in print is stopped for how it names her", "pr.proof_id) b\n     WHERE pr.publication_id = p_publication AND p.go_live_at > clock_timestamp()", "pr.proof_id) b\n     WHERE pr.publication_id = p_publication"),
    ),
    *broken("gate_waiting", ("what waits for its hour is not asked how it names her", "WHERE pr.proof_id = p_proof AND", "WHERE false AND")),
    *broken("gate_always_checked", ("a policy spares the check of attributions", "ARRAY['attributions']", "ARRAY[]::text[]")),
    *broken(
        "gate_answer",
        ("who carries a story later is noted nowhere", "PERFORM gate_freeze_attributions(pr.proof_id) FROM articles_printing pr WHERE pr.publication_id = p_asked.publication;", ""),
    ),
    *broken(
        "gate_proof_wording_after",
        ("a proof notes its sources when it is printed alone", "PERFORM gate_freeze_attributions(p.proof) FROM (SELECT DISTINCT n.proof_id FROM new_rows n) AS p (proof);", ""),
    ),
    *broken(
        "gate_proof_attribution_before",
        ("nothing is added to a signed proof", "AND (a.source, a.place, a.part) = (NEW.source_id, NEW.place_id, NEW.part)", "AND false"),
    ),
    *broken(
        "gate_place_before",
        ("a city lies in a city", "::integer >= (kinds", "::integer > (kinds"),
        ("a place becomes narrower than what lies in it", "WHERE p.parent_id = NEW.id AND", "WHERE false AND"),
        ("a place holds as many as anybody types", "IF greatest(NEW.population,", "IF false AND greatest(NEW.population,", "place_holds_too_many"),
        ("a place that holds more is moved into one that holds fewer", "greatest(NEW.population, (SELECT max(p.population) FROM gate_places_within(NEW.id) w JOIN sources_place p ON p.id = w))", "NEW.population"),
        ("a place holds fewer than what lies in it", "WHERE p.population > NEW.population)", "WHERE false)"),
        ("what nobody counted bounds nothing", "WHERE p.population IS NOT NULL ORDER BY l.rung", "ORDER BY l.rung"),
    ),
]  # fmt: skip

KNOWING = [
    *broken(
        "gate_how_many_know",
        ("a meeting is as many as a workplace", "'handful', 'meeting', 'workplace'", "'handful', 'workplace', 'meeting'"),
    ),
    *broken(
        "gate_discreet",
        ("a decision on one fact is one on all", "d.wording_id = p_wording AND ", ""),
        ("a decision when more knew stands", "gate_how_many_know(d.known_to) <= gate_how_many_know(p_known_to)", "true"),
        ("one prints it all the same", "d.agreed_by_id IS NOT NULL AND gate_two_agreed(d.proposed_by_id, d.agreed_by_id, p_article)", "true"),
        ("any two print it all the same", "gate_two_agreed(d.proposed_by_id, d.agreed_by_id, p_article)", "true"),
        ("anybody decides", "gate_holds_role(d.proposed_by_id, 'editor', 'chief editor')\n                        AND ", ""),
        ("an author decides", "\n                        AND d.proposed_by_id NOT IN (SELECT gate_authors(p_article))", ""),
    ),
    *broken(
        "gate_discreet",
        ("a remedy that changed nothing is one", "\n                        AND gate_remedy_lack(p_wording, d.remedy, d.queried, p_article) IS NULL", ""),
    ),
    *broken(
        "gate_remedy_lack",
        ("exact figures are rounded", "p_remedy = 'rounded' AND", "false AND", "remedy_figures_stand"),
        ("very words are paraphrased", "p_remedy = 'paraphrased' AND", "false AND", "remedy_words_stand"),
        ("what tells of an order is its wording", " AND q ->> 'words' ~ '^[“\"‘''《〈「『«]'", ""),
        ("her own place is wider", "p_remedy = 'wider' AND", "false AND", "remedy_not_wider"),
        ("nothing delays", "p_remedy = 'delayed' AND", "false AND", "remedy_not_delayed"),
        ("an embargo is a delay for safety", "h.kind = 'safety' AND ", ""),
        ("a hold on any story delays this one", " AND h.article_id IN (a.id, a.translation_of_id)", ""),
    ),
    *broken(
        "gate_knowledge_blockers",
        ("nobody need say who could know it", "WHERE f.known_to = ''", "WHERE false", "known_to_missing"),
        ("more people than she saw ask nobody", "WHERE last.ruling = 'confirmed'\n", "WHERE false\n", "known_to_changed"),
        ("what nobody had said asks nobody again", "coalesce(gate_how_many_know(last.known_to), 0)", "gate_how_many_know(last.known_to)"),
        ("fewer people than she saw ask her again", "AND gate_how_many_know(f.known_to) > coalesce(", "AND gate_how_many_know(f.known_to) <> coalesce("),
        ("the first verdict says who could know it", "ORDER BY v.id DESC LIMIT 1", "ORDER BY v.id LIMIT 1"),
        ("there is no knowledge floor", "WHERE gate_how_many_know(f.known_to) < gate_how_many_know(p_floor)", "WHERE false", "known_to_few"),
        ("the floor itself is under the floor", "gate_how_many_know(f.known_to) < gate_how_many_know(p_floor)", "gate_how_many_know(f.known_to) <= gate_how_many_know(p_floor)"),
        ("no decision helps", " AND NOT gate_discreet(w.id, f.known_to, p_article)", ""),
        ("a floor of nobody is asked", " AND p_floor <> ''", ""),
    ),
    *broken(
        "gate_fact_blockers",
        ("who could know it is asked of what is in print", "    IF whole THEN\n        RETURN QUERY SELECT k.code", "    IF true THEN\n        RETURN QUERY SELECT k.code"),
    ),
    *broken(
        "gate_verdict_before",
        ("an editor saw nothing of who could know it", "    NEW.known_to := (SELECT f.known_to FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id WHERE w.id = NEW.wording_id);\n", ""),
    ),
    *broken(
        "gate_discretion_before",
        ("who decides says for whom", "    NEW.known_to := (SELECT f.known_to FROM articles_wording w JOIN articles_fact f ON f.id = w.fact_id WHERE w.id = NEW.wording_id);\n", ""),
    ),
]  # fmt: skip
