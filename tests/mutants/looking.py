"""Looks at sources: one chain that shows whatever was changed."""

from tests.mutants import broken

LOOKS = "looks.sql"

MUTANTS = [
    *broken(
        "look_hash",
        ("a look's hash leaves out who looked", "\n        l.by_id::text,", "\n"),
        ("a look's hash leaves out the look before", "l.why_hash, l.previous]", "l.why_hash]"),
        file=LOOKS,
    ),
    *broken(
        "look_before",
        ("anybody is noted as forgotten", "NOT EXISTS (SELECT FROM sources_forgetting f WHERE f.source_id = NEW.source_id OR f.person_id = NEW.person_id)\n            OR ", ""),
        ("a look's hour is whose who notes it", "    NEW.at := clock_timestamp();\n", "    NEW.at := coalesce(NEW.at, clock_timestamp());\n"),
        ("a look's reason stands in no hash", "record_text_hash(NEW.why_salt, NEW.why)", "''"),
        file=LOOKS,
    ),
    *broken(
        "look_append_only",
        ("any look's reason may go", " AND look_is_of_the_forgotten(OLD)", ""),
        ("a look changes with its reason", "to_jsonb(NEW) - ARRAY['why', 'why_salt'] = to_jsonb(OLD) - ARRAY['why', 'why_salt']\n           AND ", ""),
        file=LOOKS,
    ),
    *broken("look_is_of_the_forgotten", ("any later look forgets", "f.what = 'forgetting' AND ", ""), ("who is not forgotten is, by a look", "\n       AND EXISTS (SELECT FROM sources_forgetting f WHERE f.source_id = l.source_id OR f.person_id = l.person_id)", ""), file=LOOKS),
    *broken("looks_destroy_reasons", ("the reasons of everybody's looks go", "(l.source_id = p_source OR l.person_id = p_person) AND ", ""), file=LOOKS),
    *broken(
        "look_faults",
        ("a look that is missing is no fault", "WHERE l.number <> l.number_before + 1\n", "WHERE false\n"),
        ("a look that was changed is no fault", "l.hash <> look_hash(l.look)", "false"),
        ("a look that follows from another is no fault", "l.previous <> l.hash_before", "false"),
        ("a reason that was changed is no fault", "record_text_hash(l.why_salt, l.why) <> l.why_hash", "false"),
        file=LOOKS,
    ),
]  # fmt: skip
