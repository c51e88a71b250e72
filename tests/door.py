"""What is asked of a story at the moment when a reader comes to see more of it, by the policy and the roles of that moment.

The law a second time, as in tests/footing.py; asked right after the commit that let the story through.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from typing import Any

from tests.footing import (
    exceptions_told,
    first_day,
    holds,
    is_emergency,
    overrides,
    recorders,
    waivers,
    wording_lacks,
    wordings_of,
)
from tests.house import House, Row, day, hour

Segment = dict[str, Any]


def lacked_at_the_door(house: House, publication: Row, *, first: bool) -> list[str]:
    """``first``: it is printed and not released, so its proof must be the latest word."""
    if publication["origin"] == "archive":
        return archive_was_closed(house, publication) if first else []
    [printing] = house.all("articles_printing", publication_id=publication["id"])
    proof = house.one("articles_proof", printing["proof_id"])
    article = house.one("articles_article", printing["article_id"])
    wrote = authors(house, article)
    emergency = is_lifted_by_emergency(house, article, proof, wrote)

    lacking = []
    for wording in wordings_of(house, proof):
        told = exceptions_told(proof)
        waived = any(may_decide(house, w, wrote) and w["printed_reason"] in told for w in waivers(house, wording))
        lacks = wording_lacks(house, wording, house.policy(), house.now, waived=waived, told=told, spared=set())
        lacks += confirmed_by_the_wrong_person(house, wording, wrote)
        if article["translation_of_id"] is None:
            lacks += other_passages(proof, wording)
        elif not emergency and not rendered(house, article, proof, wording, wrote):
            lacks.append("is not marked as faithfully rendered")
        lacking += [f"{wording['text']} {lack}" for lack in lacks]
    if house.policy()["covers_text"]:
        lacking += uncovered(house, article, proof, emergency=emergency)
        lacking += statements_that_stand_alone(house, proof)
        lacking += events_called_otherwise(house, proof)
    lacking += figures_without_words(proof)
    lacking += checks_not_passed(house, proof)
    lacking += leaks(house, article, proof)
    if not any(may_have_signed(house, s, article, wrote) for s in signatures(house, proof)):
        lacking.append("is not signed by an editor who did not write it")
    if is_emergency(proof) and not emergency:
        lacking.append("tells of an emergency that is none")
    if holds(house, article, max(hour(publication["go_live_at"]), house.now), emergency=emergency):
        lacking.append("is held back")
    lacking += stopped_since(house, proof)
    if first:
        if {w["id"] for w in wordings_of(house, proof)} != present_wordings(house, article):
            lacking.append("does not state the facts of its story as they are worded now")
        if proof["revision"] != article["revision"]:
            lacking.append("was changed after its proof was made")
    return lacking


# ----------------------------------------------------------------------------------------------------------------------
# Who may have said so
# ----------------------------------------------------------------------------------------------------------------------


def confirmed_by_the_wrong_person(house: House, wording: Row, wrote: set[int]) -> list[str]:
    verdict = house.last("articles_verdict", wording_id=wording["id"])
    if verdict is None:
        return []
    of_these_words = house.all("articles_confirmation", wording_id=wording["id"])
    carried = [house.one("articles_confirmation", key) for key in verdict["seen"]]
    stated = {wording["by_id"], house.one("articles_fact", wording["fact_id"])["created_by_id"]}
    she = same_people(house, {verdict["by_id"]})
    lacks = []
    if not house.is_editor(verdict["by_id"]):
        lacks.append("was confirmed by no editor")
    if she & (wrote | stated | recorders(house, of_these_words + carried)):
        lacks.append("was confirmed by who wrote or recorded it")
    return lacks


def may_decide(house: House, exception: Row, wrote: set[int]) -> bool:
    """Two editors, one of them the chief, and not one person twice; who agreed did not write the story."""
    two = {exception["proposed_by_id"], exception["agreed_by_id"]}
    return (
        None not in two
        and exception["agreed_by_id"] not in same_people(house, {exception["proposed_by_id"]})
        and all(house.is_editor(user) for user in two)
        and any("chief editor" in house.roles(user) for user in two)
        and exception["agreed_by_id"] not in wrote
    )


def signatures(house: House, proof: Row) -> list[Row]:
    return house.all("articles_signoff", proof_id=proof["id"], digest=proof["digest"])


def may_have_signed(house: House, signature: Row, article: Row, wrote: set[int]) -> bool:
    user = signature["by_id"]
    return user not in wrote and (house.is_editor(user) or is_guest_in_time(house, signature, article))


def is_guest_in_time(house: House, signature: Row, article: Row) -> bool:
    """A colleague from outside, where the policy lets her, whom an editor asked to sign until an hour: by her passkey."""
    asked = {g["invitation_id"] for g in house.all("articles_guestsignature", sign_off_id=signature["id"])}
    invitations = [
        i
        for i in house.all("articles_invitation", article_id=article["id"], guest_id=signature["by_id"])
        if i["id"] in asked
    ]
    return (
        house.policy()["guests_sign"]
        and "guest signatory" in house.roles(signature["by_id"])
        and any(hour(signature["at"]) <= hour(i["until"]) and house.is_editor(i["by_id"]) for i in invitations)
    )


def authors(house: House, article: Row) -> set[int]:
    """Whoever wrote a story or stands behind its bylines; of a translation, those of the original too.

    Accounts under one pen name are one person.
    """
    wrote = {article["created_by_id"]}
    wrote |= {r["user_id"] for r in house.all("articles_writer", article_id=article["id"])}
    wrote |= {r["user_id"] for r in house.all("articles_article_authors", article_id=article["id"])}
    for row in house.all("articles_article_bylines", article_id=article["id"]):
        wrote |= accounts(house, row["byline_id"])
    if article["translation_of_id"]:
        wrote |= authors(house, house.one("articles_article", article["translation_of_id"]))
    return same_people(house, wrote)


def same_people(house: House, users: set[int]) -> set[int]:
    """These accounts and every other of the same people: accounts under one pen name are one person."""
    more = users.union(*(a for b in house.every("articles_byline") if (a := accounts(house, b["id"])) & users))
    return users if more == users else same_people(house, more)


def accounts(house: House, byline: int) -> set[int]:
    return {r["user_id"] for r in house.all("articles_byline_accounts", byline_id=byline)}


# ----------------------------------------------------------------------------------------------------------------------
# Which words state what
# ----------------------------------------------------------------------------------------------------------------------


def uncovered(house: House, article: Row, proof: Row, *, emergency: bool) -> list[str]:
    """Every sentence states facts of the story or is context, and every fact stands somewhere in the words.

    An emergency lifts this, but never lets the coverage speak of other words, or of other facts, than the printed ones.
    """
    facts = {wording["fact_id"] for wording in wordings_of(house, proof)}
    lacking = []
    for place, n, pieces in sentences(proof["coverage"]):
        if emergency or is_stated(pieces):
            continue
        text = squeezed("".join(piece["text"] for piece in pieces))
        if not house.all("articles_context", article_id=article["id"], text=text):
            lacking.append(f"leaves sentence {n} of its {place} uncovered")
        elif any(piece.get("claim") for piece in pieces):
            lacking.append(f"calls a claim context: {text}")
    stated = set(passages(proof))
    if stated - facts:
        lacking.append("states a fact that is not one of its own")
    if facts - stated and not emergency:
        lacking.append("has a fact that stands nowhere in its words")
    covered = {place: "".join(p["text"] for p in group) for place, group in groupby(proof["coverage"], by_place)}
    if {place: words for place, words in printed_words(proof) if words} != {p: w for p, w in covered.items() if w}:
        lacking.append("has words that nobody read")
    return lacking


def statements_that_stand_alone(house: House, proof: Row) -> list[str]:
    """A figure or an accusation on one person's word, with no event beside it and no word of doubt."""
    kinds = {wording["fact_id"]: wording["kind"] for wording in wordings_of(house, proof)}
    body = {p: "".join(s["text"] for s in g) for p, g in groupby(proof["coverage"], by_place) if p.startswith("block")}
    doubted = {place for place, text in body.items() if re.search(r"could not (\w+ )?confirm|확인하지 못", text)}
    lacking = []
    for place, n, pieces in sentences(proof["coverage"]):
        of = {kinds.get(int(fact)) for piece in pieces for fact in piece.get("facts") or []} - {None}
        if of != {"statement"} or not any(piece.get("weighs") for piece in pieces):
            continue
        here = {place, f"block {int(place[6:]) + 1}"} if place in body else doubted
        if not here & doubted:
            lacking.append(f"gives a figure or accuses somebody on one word in sentence {n} of its {place}")
    return lacking


def events_called_otherwise(house: House, proof: Row) -> list[str]:
    """An event told as plain fact on statements and records alone, which nothing around it prints as somebody's words."""
    kinds = {wording["fact_id"]: wording["kind"] for wording in wordings_of(house, proof)}
    told: dict[tuple[str, int], set[str | None]] = {}
    for piece in proof["coverage"]:
        for fact in piece.get("facts") or []:
            told.setdefault((piece["place"], int(fact)), set()).add(piece.get("claim"))
    lacking = []
    for place, n, pieces in sentences(proof["coverage"]):
        of = {int(fact) for piece in pieces for fact in piece.get("facts") or []} & kinds.keys()
        if "event" in {kinds[fact] for fact in of} or all(piece.get("claim") != "event" for piece in pieces):
            continue
        if any(not told[place, fact] & {"statement", "record"} for fact in of):
            lacking.append(f"tells an event on what is none in sentence {n} of its {place}")
    return lacking


def by_place(segment: Segment) -> str:
    return segment["place"]


def sentences(coverage: list[Segment]) -> list[tuple[str, int, list[Segment]]]:
    grouped: dict[tuple[str, int], list[Segment]] = {}
    for piece in coverage:
        grouped.setdefault((piece["place"], piece["n"]), []).append(piece)
    return [(place, n, pieces) for (place, n), pieces in grouped.items()]


def is_stated(pieces: list[Segment]) -> bool:
    """Each of its words states a fact; points and dashes state nothing."""
    return all(any(piece.get("facts") or []) or not any(map(str.isalnum, piece["text"])) for piece in pieces)


def other_passages(proof: Row, wording: Row) -> list[str]:
    """An editor confirmed it in the words that stood in the story."""
    stands = passages(proof).get(wording["fact_id"])
    return ["stands in other words than those that were confirmed"] if stands and stands != wording["passages"] else []


def passages(proof: Row) -> dict[int, list[str]]:
    """Of each fact the pieces of text that state it, each within one sentence."""
    found: dict[int, set[str]] = {}
    for _place, _n, pieces in sentences(proof["coverage"]):
        for fact in {fact for piece in pieces for fact in piece.get("facts") or []}:
            words = squeezed("".join(piece["text"] for piece in pieces if fact in (piece.get("facts") or [])))
            if words:
                found.setdefault(fact, set()).add(words)
    return {fact: sorted(texts) for fact, texts in found.items()}


def printed_words(proof: Row) -> list[tuple[str, str]]:
    """What a reader reads, place by place."""
    found = [("headline", proof["headline"]), ("standfirst", proof["standfirst"])]
    for n, block in enumerate(proof["blocks"], start=1):
        found.append((f"block {n}", unescape(re.sub(r"<[^>]*>", "", block))))
    for n, figure in enumerate(proof["figures"], start=1):
        found.append((f"caption {n}", figure["caption"]))
        found += [(f"alt {n}.{m}", picture["alt"]) for m, picture in enumerate(figure["pictures"], start=1)]
    return found


def squeezed(text: str) -> str:
    """White space counts once."""
    return " ".join(re.split(r"[ \t\n\r\f\v]+", text)).strip(" ")


def rendered(house: House, article: Row, proof: Row, wording: Row, wrote: set[int]) -> bool:
    """An editor who reads both languages says that the translation, in these words, states it faithfully."""
    read = passages(proof).get(wording["fact_id"])
    return any(
        may_judge_translation(house, r["by_id"], article, wrote)
        for r in house.all("articles_rendering", article_id=article["id"], wording_id=wording["id"])
        if r["passages"] == read
    )


def may_judge_translation(house: House, user: int, article: Row, wrote: set[int]) -> bool:
    original = house.one("articles_article", article["translation_of_id"])
    reads = {article["language"], original["language"]} <= set(house.one("staff_user", user)["reads"])
    return reads and house.is_editor(user) and user not in wrote


# ----------------------------------------------------------------------------------------------------------------------
# The rest
# ----------------------------------------------------------------------------------------------------------------------


def is_lifted_by_emergency(house: House, article: Row, proof: Row, wrote: set[int]) -> bool:
    """Two people who may say so declared one that is not over, and the proof tells the reader."""
    declared = overrides(house, article, proof) if is_emergency(proof) else []
    return any(hour(x["until"]) > house.now and may_decide(house, x, wrote) for x in declared)


def figures_without_words(proof: Row) -> list[str]:
    wordless = any(
        not figure["caption"] or not figure["credit"] or not all(picture["alt"] for picture in figure["pictures"])
        for figure in proof["figures"]
    )
    return ["has a figure without caption, credit or alternative text"] if wordless else []


def checks_not_passed(house: House, proof: Row) -> list[str]:
    last = {c["name"]: c["passed"] for c in house.all("articles_check", proof_id=proof["id"], digest=proof["digest"])}
    asked = [*house.policy()["required_checks"], "attributions"]
    return [f"did not pass the check of {name}" for name in asked if not last.get(name)]


def leaks(house: House, article: Row, proof: Row) -> list[str]:
    """A text is scanned for protected terms, all that there are, whatever the policy says, and none stands in it."""
    scans = house.all("articles_check", proof_id=proof["id"], digest=proof["digest"], name="leaks")
    last = max(scans, key=lambda c: c["id"], default=None)
    found = []
    if last is None or any(t["id"] > (last["newest_term"] or 0) for t in house.every("sources_protectedterm")):
        found.append("was not scanned for every protected term")
    elif not last["passed"]:
        found.append("prints a protected term")
    if any(leak["gone_at"] is None for leak in house.all("articles_leak", article_id=article["id"])):
        found.append("holds a protected term")
    return found


def stopped_since(house: House, proof: Row) -> list[str]:
    """What was taken off does not come back on the signature that it had. A pull is over once it is released."""
    stopped = [
        p[c] for p in house.all("reader_publication", story=proof["story"]) for c in ("pulled_at", "withdrawn_at")
    ]
    return ["was stopped since"] if any(at and hour(at) >= hour(proof["made_at"]) for at in stopped) else []


def present_wordings(house: House, article: Row) -> set[int]:
    present = set()
    for fact in house.all("articles_fact", article_id=article["translation_of_id"] or article["id"]):
        wordings = house.all("articles_wording", fact_id=fact["id"])
        if wordings and not house.all("articles_dropping", fact_id=fact["id"]):
            present.add(max(wordings, key=lambda w: w["number"])["id"])
    return present


def archive_was_closed(house: House, publication: Row) -> list[str]:
    """It comes in before the first day of the gate, by the chief editor."""
    brought_by = [i["by_id"] for i in house.all("articles_intake", publication_id=publication["id"])]
    lacking = [] if day(house.now) < first_day(house) else ["came in after the gate was shut"]
    if not any("chief editor" in house.roles(user) for user in brought_by):
        lacking.append("was not brought in by the chief editor")
    return lacking
