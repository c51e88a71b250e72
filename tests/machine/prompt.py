"""What somebody types who has the desk's database role, a prompt, and no manners."""

from __future__ import annotations

import contextlib

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from articles.models import Policy
from reader.models import PrintedText
from tests.machine.base import Base, pick

PRINTED = ", ".join(PrintedText._meta.get_field(name).column for name in PrintedText.printed_columns())
# A printing forged from a proof: the publication, and the door's record of it.
FORGED_PUBLICATION = (
    f"INSERT INTO reader_publication ({PRINTED}, id, version, digest, origin, first_printed_at, go_live_at)"
    f" SELECT {PRINTED}, gen_random_uuid(), 90 + (SELECT count(*) FROM reader_publication), '', 'desk', h, h"
    " FROM articles_proof, date_trunc('minute', now()) h WHERE id = {proof}"
)
FORGED_PRINTING = (
    "INSERT INTO articles_printing (publication_id, article_id, proof_id, policy_id, by_id, at)"
    " SELECT p.id, x.article_id, x.id, gate_policy(), {person}, now() FROM reader_publication p, articles_proof x"
    " WHERE x.id = {proof} AND NOT EXISTS (SELECT FROM articles_printing y WHERE y.publication_id = p.id)"
)
MAKE_ROOM = (
    "UPDATE reader_publication SET superseded_at = greatest(go_live_at, date_trunc('minute', now()))"
    " WHERE story = (SELECT story FROM articles_proof WHERE id = {proof}) AND superseded_at IS NULL"
)
VERDICT = (
    "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason)"
    " VALUES ({wording}, '%s', '{{}}', {person}, now(), 'At the prompt')"
)
CONFIRM, DISPUTE = VERDICT % "confirmed", VERDICT % "disputed"
SIGN = (
    "INSERT INTO articles_signoff (proof_id, digest, by_id, at)"
    " SELECT id, digest, {person}, now() FROM articles_proof WHERE id = {proof} ON CONFLICT DO NOTHING"
)
CONFIRMATION = (
    "INSERT INTO articles_confirmation (wording_id, basis, source_id, how, recorded_by_id, recorded_at)"
    " VALUES ({wording}, 'source', {source}, 'saw', {person}, now())"
)
TAKE_BACK = (
    "INSERT INTO articles_takenback (confirmation_id, by_id, at, reason)"
    " VALUES ({confirmation}, {person}, now(), 'At the prompt') ON CONFLICT DO NOTHING"
)
VETTING = (
    "INSERT INTO sources_vetting (source_id, standing, by_id, at, reason)"
    " VALUES ({source}, '%s', {person}, now(), 'At the prompt')"
)
DROP = (
    "INSERT INTO articles_dropping (fact_id, by_id, at, reason)"
    " VALUES ({fact}, {person}, now(), 'At the prompt') ON CONFLICT DO NOTHING"
)
UNPULL = "UPDATE reader_publication SET pulled_at = NULL WHERE id = '{publication}'"
WAIVER = (
    "INSERT INTO articles_waiver (wording_id, proposed_by_id, proposed_at, agreed_by_id, agreed_at, reason, printed_reason)"
    " VALUES ({{wording}}, {{person}}, now(), {agreed}, 'At the prompt', 'So.') ON CONFLICT DO NOTHING"
)
OVERRIDE = (
    "INSERT INTO articles_override (article_id, reason, printed_reason, until, proposed_by_id, proposed_at, agreed_by_id,"
    " agreed_at) SELECT article_id, 'At the prompt', 'At the prompt', {until}, {{person}}, now(), {agreed}"
    " FROM articles_proof WHERE id = {{proof}}"
)
OVERRIDE_OF_TWO = OVERRIDE.format(until="now() + interval '1 day'", agreed="{second}, now()")
HOLD = (
    "INSERT INTO articles_hold (article_id, kind, until, reason, by_id, at)"
    " VALUES ({article}, '%s', now() + interval '2 days', 'At the prompt', {person}, now())"
)
NOBODY = "NULL::bigint, NULL::timestamptz"
IN_A_DAY = "now() + interval '1 day'"
STAGGER = (
    "INSERT INTO articles_stagger (source_id, standing, reason, last_day, proposed_by_id, proposed_at)"
    " VALUES ({{source}}, 'discredited', 'At the prompt', {last}, {{person}}, now());"
    " INSERT INTO articles_staggerhour (stagger_id, publication_id, at)"
    " SELECT max(s.id), p.id, {at} FROM articles_stagger s, reader_publication p GROUP BY p.id;"
    " UPDATE articles_stagger SET (agreed_by_id, agreed_at) = (SELECT {agreed}) WHERE agreed_by_id IS NULL"
)
STAGGER_OF_TWO = STAGGER.format(last="current_date + 9", at=IN_A_DAY, agreed="{second}, now()")
INVITATION = (
    "INSERT INTO articles_invitation (article_id, guest_id, until, by_id, at)"
    " SELECT article_id, {guest}, now() + interval '1 day', {person}, now() FROM articles_proof WHERE id = {proof}"
)
GUEST_SIGNS = SIGN.replace("{person}", "{guest}")


def forged_proof(coverage: str, how_known: str = "how_known") -> str:
    """A proof of the same words as another one's."""
    return (
        f"INSERT INTO articles_proof ({PRINTED}, article_id, revision, digest, coverage, made_by_id, made_at)"
        f" SELECT {PRINTED.replace('how_known', how_known)}, article_id, 1, '', {coverage}, {{person}}, now()"
        " FROM articles_proof WHERE id = {proof};"
        " INSERT INTO articles_proofwording (proof_id, wording_id)"
        " SELECT x.id, w FROM (SELECT max(id) AS id FROM articles_proof) x, articles_proof p, gate_wordings(p.article_id) w"
        " WHERE p.id = {proof}"
    )


def each_segment(changed: str) -> str:
    return f"(SELECT jsonb_agg({changed} ORDER BY n) FROM jsonb_array_elements(coverage) WITH ORDINALITY t (s, n))"


NEWEST = "(SELECT max(id) FROM articles_proof)"
CHECK = (
    "INSERT INTO articles_check (proof_id, digest, name, passed, findings, at)"
    " SELECT id, digest, c, true, '[]', now() FROM articles_proof, unnest(ARRAY['markup', 'leaks'] || gate_always_checked()) c WHERE id = {proof}"
)
TO_PRINT = f"{CHECK}; {SIGN}; {MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}".replace("{proof}", NEWEST)


# What states nothing so far.
UNTIED = "CASE s -> 'facts' WHEN '[]' THEN %s ELSE s END"
COVERAGE = {
    "as it was": "coverage",
    "of which all is context": each_segment("""s || '{{"facts": [], "context": true, "claim": null}}'"""),
    "of which the rest states something": each_segment(UNTIED % """s || '{{"facts": [null]}}'"""),
    "of which all states another fact": each_segment("""s || '{{"facts": [{fact}]}}'"""),
    "of which the rest does not say what it states": each_segment(UNTIED % "s - 'facts'"),
    "of which the rest does not say what it is": each_segment(UNTIED % "s - 'context' - 'claim'"),
    "that leaves its last words out": "coverage - -1",
    "of other words": each_segment("""s || '{{"text": "Other words."}}'"""),
    "as one sentence": each_segment("""s || '{{"n": 1}}'"""),
    "of no words": "'[]'::jsonb",
}


CONTEXTS = (
    "INSERT INTO articles_context (article_id, text, by_id, at)"
    " SELECT p.article_id, gate_squeezed(string_agg(s ->> 'text', '' ORDER BY n)), {person}, now()"
    " FROM articles_proof p, jsonb_array_elements(p.coverage) WITH ORDINALITY t (s, n) WHERE p.id = {proof}"
    " GROUP BY p.article_id, s ->> 'place', s ->> 'n' HAVING gate_squeezed(string_agg(s ->> 'text', '')) <> ''"
    " ON CONFLICT DO NOTHING"
)
UNSETTLED = each_segment("""s || '{{"facts": [], "context": false}}'""")
TOLD = """how_known || '{{"emergency": "At the prompt"}}'"""
EMERGENCY = f"{forged_proof(UNSETTLED, TOLD)}; {TO_PRINT}"
EMERGENCY_WITH_END = EMERGENCY.replace(
    "first_printed_at, go_live_at)", "first_printed_at, go_live_at, leaves_at)"
).replace("'desk', h, h FROM", "'desk', h, h, h + interval '6 hours' FROM")
OLD = PRINTED.replace("story", "gen_random_uuid()", 1).replace("slug", "slug || '-of-old'", 1)
ARCHIVED = (
    f"INSERT INTO reader_publication ({PRINTED}, id, version, digest, origin, first_printed_at, go_live_at)"
    f" SELECT {OLD}, gen_random_uuid(), 1, '', 'archive', h, h"
    " FROM articles_proof, date_trunc('minute', now() + interval '%s') h WHERE id = {proof}"
)
BEFORE, AFTER = "-4 years", "7 days"
INTAKE = (
    "INSERT INTO articles_intake (publication_id, by_id, at) SELECT p.id, {person}, now() FROM reader_publication p"
    " WHERE p.origin = 'archive' AND NOT EXISTS (SELECT FROM articles_intake i WHERE i.publication_id = p.id)"
)
POLICY = ", ".join(
    field.column
    for field in Policy._meta.local_fields
    if field.name not in ("id", "began_on", "proposed_by", "proposed_at", "agreed_by", "agreed_at")
)

# One statement, or several that are sent as one transaction.
STATEMENTS: dict[str, str] = {
    # Hours.
    "un-pulls one": UNPULL,
    "un-pulls all": "UPDATE reader_publication SET pulled_at = NULL",
    "pulls one": "UPDATE reader_publication SET pulled_at = now() WHERE id = '{publication}'",
    "pulls later": "UPDATE reader_publication SET pulled_at = now() + interval '1 day' WHERE id = '{publication}'",
    "un-supersedes one": "UPDATE reader_publication SET superseded_at = NULL WHERE id = '{publication}'",
    "un-supersedes all": "UPDATE reader_publication SET superseded_at = NULL",
    "supersedes one": "UPDATE reader_publication SET superseded_at = greatest(go_live_at, date_trunc('minute', now()))"
    " WHERE id = '{publication}'",
    "supersedes tomorrow": "UPDATE reader_publication SET superseded_at = date_trunc('minute', now()) + interval '1 day'"
    " WHERE id = '{publication}'",
    "lives longer": "UPDATE reader_publication SET superseded_at = superseded_at + interval '1 day'",
    "goes live sooner": "UPDATE reader_publication SET go_live_at = go_live_at - interval '2 days'",
    "goes live now": "UPDATE reader_publication SET go_live_at = date_trunc('minute', now()) WHERE go_live_at > now()",
    "goes live later": "UPDATE reader_publication SET go_live_at = go_live_at + interval '1 day'"
    " WHERE id = '{publication}'",
    "withdraws one": "UPDATE reader_publication SET withdrawn_at = now() WHERE id = '{publication}'",
    "un-withdraws all": "UPDATE reader_publication SET withdrawn_at = NULL",
    "shows everything": "UPDATE reader_publication SET withdrawn_at = NULL, pulled_at = NULL, superseded_at = NULL",
    "swaps two versions": "UPDATE reader_publication p SET superseded_at = CASE WHEN superseded_at IS NULL"
    " THEN greatest(go_live_at, date_trunc('minute', now())) END"
    " WHERE story = (SELECT story FROM reader_publication WHERE id = '{publication}')",
    "merges hours": "MERGE INTO reader_publication t USING reader_publication s ON s.id = t.id"
    " WHEN MATCHED THEN UPDATE SET pulled_at = NULL, withdrawn_at = NULL",
    # Words.
    "invents a headline": "UPDATE reader_publication SET headline = 'Invented'",
    "moves a digest": "UPDATE reader_publication SET digest = ''",
    "adds a tag": "INSERT INTO reader_printedtag (id, publication_id, slug, name)"
    " VALUES (gen_random_uuid(), '{publication}', 'invented', 'Invented')",
    "adds a picture": "INSERT INTO reader_printedpicture (id, publication_id, picture, format, width, height, name, sha256)"
    " VALUES (gen_random_uuid(), '{publication}', repeat('0', 64), 'jpeg', 1, 1, gen_random_uuid()::text, repeat('0', 64))",
    # Forged printings.
    "prints a proof": FORGED_PUBLICATION,
    "prints a proof with its record": f"{FORGED_PUBLICATION}; {FORGED_PRINTING}",
    "prints a proof in place of another": f"{MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}",
    "signs and prints": f"{SIGN}; {MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}",
    "confirms, signs and prints": f"{CONFIRM}; {SIGN}; {MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}",
    "prints and then disputes": f"{MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}; {DISPUTE}",
    "prints by the policy of before": f"{MAKE_ROOM}; {FORGED_PUBLICATION}; "
    + FORGED_PRINTING.replace("gate_policy()", "1"),
    "merges a printing": f"MERGE INTO reader_publication t USING (SELECT * FROM articles_proof WHERE id = {{proof}}) s"
    " ON t.digest = s.digest AND t.pulled_at IS NULL AND t.superseded_at IS NULL WHEN NOT MATCHED THEN INSERT"
    f" ({PRINTED}, id, version, digest, origin, first_printed_at, go_live_at) VALUES"
    f" ({', '.join('s.' + column for column in PRINTED.split(', '))}, gen_random_uuid(), 99, '', 'desk',"
    f" date_trunc('minute', now()), date_trunc('minute', now())); {FORGED_PRINTING}",
    "another proof's record": "INSERT INTO articles_printing (publication_id, article_id, proof_id, policy_id, by_id, at)"
    " SELECT id, {article}, {proof}, gate_policy(), {person}, now() FROM reader_publication WHERE id = '{publication}'"
    " ON CONFLICT (publication_id) DO UPDATE SET proof_id = excluded.proof_id",
    "a wording more in a proof": "INSERT INTO articles_proofwording (proof_id, wording_id) VALUES ({proof}, {wording})"
    " ON CONFLICT DO NOTHING",
    # What facts rest on.
    "confirms": CONFIRM,
    "confirms all": "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason)"
    " SELECT id, 'confirmed', '{{1,2,3,4,5,6,7,8,9}}', {person}, now(), '' FROM articles_wording",
    "disputes": DISPUTE,
    "records a source's word": CONFIRMATION,
    "records hearsay": "INSERT INTO articles_confirmation"
    " (wording_id, basis, source_id, told_by_id, how, recorded_by_id, recorded_at)"
    " VALUES ({wording}, 'source', {source}, {other_source}, 'was_told', {person}, now())",
    "rests on an earlier fact": "INSERT INTO articles_confirmation"
    " (wording_id, basis, earlier_id, how, recorded_by_id, recorded_at)"
    " VALUES ({wording}, 'earlier', {other_wording}, '', {person}, now())",
    "rests on another's talk": "INSERT INTO articles_confirmation"
    " (wording_id, basis, source_id, talk_id, how, recorded_by_id, recorded_at)"
    " VALUES ({wording}, 'source', {source}, 1, 'said', {person}, now())",
    "takes back": TAKE_BACK,
    "takes all back": "INSERT INTO articles_takenback (confirmation_id, by_id, at, reason)"
    " SELECT id, {person}, now(), 'At the prompt' FROM articles_confirmation ON CONFLICT DO NOTHING",
    "gives back": "DELETE FROM articles_takenback",
    "waives alone": WAIVER.format(agreed="NULL, NULL"),
    "waives for two": WAIVER.format(agreed="{second}, now()"),
    "agrees to every waiver": "UPDATE articles_waiver SET agreed_by_id = {second}, agreed_at = now()"
    " WHERE agreed_by_id IS NULL",
    "agrees with herself": "UPDATE articles_waiver SET agreed_by_id = proposed_by_id, agreed_at = now()",
    "marks all as rendered": "INSERT INTO articles_rendering (article_id, wording_id, by_id, at)"
    " SELECT {article}, id, {person}, now() FROM articles_wording ON CONFLICT DO NOTHING",
    "marks all as rendered in its words": "INSERT INTO articles_rendering (article_id, wording_id, passages, by_id, at)"
    " SELECT p.article_id, pw.wording_id, ps.passages, {person}, now() FROM articles_proof p"
    " JOIN articles_proofwording pw ON pw.proof_id = p.id JOIN articles_wording w ON w.id = pw.wording_id"
    " LEFT JOIN gate_passages(p.coverage) ps ON ps.fact = w.fact_id WHERE p.id = {proof}",
    "drops": DROP,
    "a check that passed": CHECK,
    "signs": SIGN,
    "signs other words": "INSERT INTO articles_signoff (proof_id, digest, by_id, at) VALUES ({proof}, 'x', {person}, now())",
    "confirms a standing": "UPDATE sources_source SET standing = 'confirmed'",
    "vets": VETTING % "confirmed",
    "discredits": VETTING % "discredited",
    "puts two in one circle": "UPDATE sources_source SET circle_id = 1 WHERE id IN ({source}, {other_source})",
    "empties the circles": "UPDATE sources_source SET circle_id = NULL",
    "swaps two sources' keys": "UPDATE sources_source SET id = -id WHERE id = {source}",
    "a source and her circle": "WITH c AS (INSERT INTO sources_circle (name) VALUES (gen_random_uuid()::text) RETURNING id)"
    " UPDATE sources_source SET circle_id = c.id FROM c WHERE sources_source.id IN ({source}, {other_source})",
    # Which words state what.
    "ties a wording to other words": "UPDATE articles_wording SET passages = '{{Other words.}}' WHERE id = {wording}",
    "ties a wording to nothing": "UPDATE articles_wording SET passages = NULL",
    "ties a wording as another": "UPDATE articles_wording SET passages = (SELECT passages FROM articles_wording"
    " WHERE id = {other_wording}) WHERE id = {wording}",
    "a wording in other words": "INSERT INTO articles_wording (fact_id, number, kind, text, passages, by_id, at)"
    " SELECT fact_id, number + 1, kind, text, '{{Other words.}}', {person}, now() FROM articles_wording WHERE id = {wording}"
    " ON CONFLICT DO NOTHING",
    "calls every sentence context": "INSERT INTO articles_context (article_id, text, by_id, at)"
    " SELECT DISTINCT p.article_id, gate_squeezed(s ->> 'text'), {person}, now() FROM articles_proof p"
    " CROSS JOIN jsonb_array_elements(p.coverage) s WHERE p.id = {proof} AND gate_squeezed(s ->> 'text') <> ''"
    " ON CONFLICT DO NOTHING",
    "takes every context away": "DELETE FROM articles_context",
    "forges coverage in the story": "UPDATE articles_article SET coverage = '[]'",
    **{f"prints a proof {how}": f"{forged_proof(coverage)}; {TO_PRINT}" for how, coverage in COVERAGE.items()},
    "settles, and prints a proof": f"{CONTEXTS}; {forged_proof('coverage')}; {TO_PRINT}",
    "a proof that is not printed": forged_proof("coverage"),
    # Emergencies.
    "declares an emergency alone": OVERRIDE.format(until="now() + interval '1 day'", agreed="NULL, NULL"),
    "declares an emergency": OVERRIDE.format(until="now() + interval '1 day'", agreed="{second}, now()"),
    "declares an emergency for ever": OVERRIDE.format(until="'infinity'", agreed="{second}, now()"),
    "prolongs an emergency": "UPDATE articles_override SET until = until + interval '9 days'",
    "prints an emergency": f"{OVERRIDE_OF_TWO}; {EMERGENCY}",
    "prints an emergency with its end": f"{OVERRIDE_OF_TWO}; {EMERGENCY_WITH_END}",
    "prints an emergency that nobody declared": EMERGENCY_WITH_END,
    "leaves tomorrow": "UPDATE reader_publication SET leaves_at = date_trunc('minute', now()) + interval '1 day'"
    " WHERE id = '{publication}'",
    "left an hour ago": "UPDATE reader_publication SET leaves_at = now() - interval '1 hour' WHERE id = '{publication}'",
    "never leaves": "UPDATE reader_publication SET leaves_at = NULL",
    "leaves later": "UPDATE reader_publication SET leaves_at = leaves_at + interval '1 day'",
    "leaves at no hour": "UPDATE reader_publication SET leaves_at = 'infinity' WHERE id = '{publication}'",
    "is superseded at no hour": "UPDATE reader_publication SET superseded_at = 'infinity' WHERE id = '{publication}'",
    "was pulled at no hour": "UPDATE reader_publication SET pulled_at = '-infinity' WHERE id = '{publication}'",
    # Holds, staggers, guests.
    "an embargo": HOLD % "embargo",
    "a hold for somebody's safety": HOLD % "safety",
    "an embargo on all": "INSERT INTO articles_hold (article_id, kind, until, reason, by_id, at)"
    " SELECT id, 'embargo', now() + interval '3 days', 'At the prompt', {person}, now() FROM articles_article",
    "lifts all holds": "INSERT INTO articles_lifting (hold_id, by_id, at, reason)"
    " SELECT id, {person}, now(), 'At the prompt' FROM articles_hold ON CONFLICT DO NOTHING",
    "holds end sooner": "UPDATE articles_hold SET until = now()",
    "leaves, and is held": "UPDATE reader_publication SET leaves_at = now() + interval '9 days'; " + HOLD % "embargo",
    "staggers alone": STAGGER.format(last="current_date + 9", at=IN_A_DAY, agreed=NOBODY),
    "staggers": STAGGER_OF_TWO,
    "staggers, and discredits": f"{STAGGER_OF_TWO}; {VETTING % 'discredited'}",
    "staggers alone, and discredits": STAGGER.format(last="current_date + 9", at=IN_A_DAY, agreed=NOBODY)
    + f"; {VETTING % 'discredited'}",
    "staggers for ever, and discredits": STAGGER.format(last="'infinity'", at="'infinity'", agreed="{second}, now()")
    + f"; {VETTING % 'discredited'}",
    "an hour more for an agreed stagger": "INSERT INTO articles_staggerhour (stagger_id, publication_id, at)"
    " SELECT max(id), '{publication}', now() + interval '1 day' FROM articles_stagger",
    "a later hour for a stagger": "UPDATE articles_staggerhour SET at = at + interval '9 days'",
    "agrees to every stagger": "UPDATE articles_stagger SET agreed_by_id = {second}, agreed_at = now()"
    " WHERE agreed_by_id IS NULL",
    "a stagger of another source": "UPDATE articles_stagger SET source_id = {source}",
    "invites": INVITATION,
    "invites everyone": "INSERT INTO articles_invitation (article_id, guest_id, until, by_id, at)"
    " SELECT id, {guest}, now() + interval '1 day', {person}, now() FROM articles_article",
    "a guest signs": GUEST_SIGNS,
    "a guest signs, uninvited, and prints": f"{GUEST_SIGNS}; {MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}",
    "a guest signs and prints": f"{INVITATION}; {GUEST_SIGNS}; {MAKE_ROOM}; {FORGED_PUBLICATION}; {FORGED_PRINTING}",
    # The archive.
    "brings in a story": f"{ARCHIVED % BEFORE}; {INTAKE}",
    "brings in a story of next week": f"{ARCHIVED % AFTER}; {INTAKE}",
    "brings in a story, and nobody did": ARCHIVED % BEFORE,
    "an old story through both doors": f"{ARCHIVED % BEFORE}; {INTAKE}; {FORGED_PRINTING}",
    "a record of the door for old stories": FORGED_PRINTING,
    "moves the first day": "UPDATE articles_policy SET began_on = current_date + 9",
    "a policy with another first day": "INSERT INTO articles_policy ("
    + POLICY
    + ", began_on, proposed_by_id, proposed_at,"
    " agreed_by_id, agreed_at) SELECT " + POLICY + ", current_date + 9, {person}, now(), {second}, now()"
    " FROM articles_policy WHERE id = gate_policy()",
    "a policy that asks for less": "INSERT INTO articles_policy (" + POLICY + ", began_on, proposed_by_id, proposed_at,"
    " agreed_by_id, agreed_at) SELECT "
    + POLICY.replace("min_sources", "1").replace("covers_text", "false")
    + ", began_on, {person}, now(), {second}, now() FROM articles_policy WHERE id = gate_policy()",
    # Accounts and policy.
    "an account more for a pen name": "INSERT INTO articles_byline_accounts (byline_id, user_id)"
    " SELECT max(id), {person} FROM articles_byline ON CONFLICT DO NOTHING",
    "nobody behind the bylines": "DELETE FROM articles_byline_accounts",
    "no translation of anything": "UPDATE articles_article SET translation_of_id = NULL",
    "makes everyone an editor": "INSERT INTO staff_user_groups (user_id, group_id)"
    " SELECT u.id, g.id FROM staff_user u, auth_group g WHERE g.name = 'editor' ON CONFLICT DO NOTHING",
    "leaves no editor": "DELETE FROM staff_user_groups",
    "closes an account": "UPDATE staff_user SET is_active = false WHERE id = {person}",
    "lowers the policy": "UPDATE articles_policy SET min_sources = 1",
    "agrees to its own policy": "INSERT INTO articles_policy SELECT (p).* FROM (SELECT p FROM articles_policy p"
    " ORDER BY id DESC LIMIT 1) x ON CONFLICT DO NOTHING",
    # Several things in one statement.
    "confirms and un-pulls in one": f"WITH c AS ({CONFIRM} RETURNING id) {UNPULL}",
    "un-pulls and disputes in one": f"WITH u AS ({UNPULL} RETURNING id) {DISPUTE}",
    "takes back and records in one": f"WITH t AS ({TAKE_BACK} RETURNING id) {CONFIRMATION}",
    "un-pulls and takes back in one": f"WITH u AS ({UNPULL} RETURNING id) {TAKE_BACK}",
    # Half rolled back.
    "disputes, and half takes it back": f"BEGIN; SAVEPOINT a; {DISPUTE}; ROLLBACK TO a; {TAKE_BACK}; COMMIT",
    "confirms, un-pulls, un-confirms": f"BEGIN; SAVEPOINT a; {CONFIRM}; {UNPULL}; SAVEPOINT b; {TAKE_BACK};"
    " ROLLBACK TO b; ROLLBACK TO a; COMMIT",
    "asked inside a savepoint": f"BEGIN; {DISPUTE}; SAVEPOINT a; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO a; COMMIT",
    "asked early, then changed": f"BEGIN; SET CONSTRAINTS ALL IMMEDIATE; {UNPULL}; {TAKE_BACK}; {DISPUTE}; COMMIT",
    "asked early, then deferred": f"BEGIN; {UNPULL}; SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
    f" {TAKE_BACK}; COMMIT",
    "only the gate's own trigger asked early": f"BEGIN; SET CONSTRAINTS gate_ask IMMEDIATE; {TAKE_BACK};"
    " SET CONSTRAINTS gate_ask DEFERRED; COMMIT",
    "un-pulls before it discredits": f"BEGIN; {UNPULL}; SAVEPOINT a; {VETTING % 'discredited'}; RELEASE a; COMMIT",
    "circle after a rolled back circle": "BEGIN; SAVEPOINT a; UPDATE sources_source SET circle_id = 1; ROLLBACK TO a;"
    " UPDATE sources_source SET circle_id = 1 WHERE id IN ({source}, {other_source}); COMMIT",
    "in another isolation": f"BEGIN ISOLATION LEVEL SERIALIZABLE; {DISPUTE}; COMMIT",
    # The questions themselves.
    "forgets the questions": "DELETE FROM gate_pending",
    "answers the questions": f"{DISPUTE}; DELETE FROM gate_pending",
    "says that they are being answered": f"INSERT INTO gate_asking (xact) VALUES (pg_current_xact_id()); {DISPUTE}",
    "asks for itself": "INSERT INTO gate_pending (publication, question) VALUES ('{publication}', 'show')",
    # What only an owner may.
    "deletes facts": "DELETE FROM articles_fact",
    "deletes wordings": "DELETE FROM articles_wording",
    "deletes talks": "DELETE FROM sources_talk",
    "truncates": "TRUNCATE articles_takenback, articles_verdict CASCADE",
    "switches a trigger off": "ALTER TABLE articles_verdict DISABLE TRIGGER ALL",
    "drops a trigger": "DROP TRIGGER gate_ask ON gate_pending",
    "replicates": f"SET session_replication_role = replica; {TAKE_BACK}",
    "rewrites the law": "CREATE OR REPLACE FUNCTION gate_fact_blockers(bigint, bigint, bigint, boolean) RETURNS void"
    " LANGUAGE sql AS ''",
    "a law of its own": "CREATE TEMP TABLE articles_verdict AS TABLE public.articles_verdict; "
    "SET LOCAL search_path = pg_temp, public; UPDATE reader_publication SET pulled_at = NULL",
    "plays the owner": f"SET ROLE newsroom_owner; {TAKE_BACK}",
    "a row-level lie": "ALTER TABLE reader_publication DISABLE ROW LEVEL SECURITY",
}
COMMON = [name for name, text in STATEMENTS.items() if "{" in text]
attack = st.sampled_from(sorted(STATEMENTS))


class Prompt(Base):
    @rule(what=attack, n=pick, m=pick)
    def types_sql(self, what, n, m):
        self.type_in(self.grounds.prompt, STATEMENTS[what], n, m)

    @rule(what=st.sampled_from(COMMON), more=st.sampled_from(COMMON), n=pick, m=pick)
    def types_two_statements_as_one(self, what, more, n, m):
        both = [STATEMENTS[name] for name in (what, more)]
        if not any(text.startswith("BEGIN") for text in both):
            self.type_in(self.grounds.prompt, "; ".join(both), n, m)

    # A transaction left open while others commit.

    @precondition(lambda self: self.grounds.visitor.info.transaction_status == 0)
    @rule(
        begin=st.sampled_from(["BEGIN", "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ"]),
        what=st.sampled_from(COMMON),
        n=pick,
        m=pick,
    )
    def leaves_a_transaction_open(self, begin, what, n, m):
        """She has looked round and tried something that she took back: so she holds no lock."""
        visitor = self.grounds.visitor
        visitor.execute(f"{begin}; SELECT count(*) FROM reader_publication; SAVEPOINT tried")
        if not STATEMENTS[what].startswith("BEGIN"):
            with contextlib.suppress(psycopg.Error):
                visitor.execute(self.written(STATEMENTS[what], n, m))
        visitor.execute("ROLLBACK TO tried")

    @precondition(lambda self: self.grounds.visitor.info.transaction_status != 0)
    @rule(what=st.sampled_from(COMMON), n=pick, m=pick, end=st.sampled_from(["COMMIT", "COMMIT", "ROLLBACK"]))
    def goes_on_in_the_open_transaction(self, what, n, m, end):
        self.type_in(
            self.grounds.visitor, f"{STATEMENTS[what].removeprefix('BEGIN; ').removesuffix('; COMMIT')}; {end}", n, m
        )

    def type_in(self, connection, text, n, m):
        try:
            connection.execute(self.written(text, n, m))
        except psycopg.Error:
            connection.rollback()
        if text.startswith(("SET ", "CREATE TEMP")):
            connection.execute("RESET ALL")
        self.look()

    def written(self, text, n, m):
        return text.format(
            publication=self.key("reader_publication", n),
            proof=self.key("articles_proof", n),
            article=self.key("articles_article", n),
            fact=self.key("articles_fact", n),
            wording=self.key("articles_wording", n),
            other_wording=self.key("articles_wording", m),
            confirmation=self.key("articles_confirmation", m),
            source=self.key("sources_source", n),
            other_source=self.key("sources_source", m),
            person=self.editor(m).pk,
            second=self.editor(m + n + 1).pk,
            guest=self.grounds.guest.pk,
        )
