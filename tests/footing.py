"""The law of the paper, said a second time, for whoever does not read SQL: what a story in print may never lack.

It reads the tables themselves and shares nothing with the gate. What is asked besides at the moment when a story is let
through stands in tests/door.py.
"""

from __future__ import annotations

from datetime import date, datetime

from tests.house import NEVER, House, Row, day, hour, hours_to_come, in_print, is_in_print


def breaches(house: House) -> list[tuple[str, str, str]]:
    """Whatever a reader sees without footing, now or at an hour to come: when, which story, what it lacks."""
    return [
        ("now" if at == house.now else "at an hour to come", publication["slug"], lack)
        for at in hours_to_come(house)
        for publication in in_print(house, at)
        for lack in lacks_footing(house, publication, at)
    ]


def lacks_footing(house: House, publication: Row, at: datetime) -> list[str]:
    printings = house.all("articles_printing", publication_id=publication["id"])
    if publication["origin"] == "archive":
        return [*archive_lacks(house, publication), *(["came through two doors"] if printings else [])]
    if not printings:
        return ["did not come through the door"]
    [printing] = printings
    proof = house.one("articles_proof", printing["proof_id"])
    article = house.one("articles_article", printing["article_id"])
    policy = house.one("articles_policy", printing["policy_id"])
    wordings = wordings_of(house, proof)
    spared = spared_sources(house, publication, at)

    lacking = [] if wordings else ["states no fact"]
    for wording in wordings:
        told = exceptions_told(publication)
        waived = any(waiver["printed_reason"] in told for waiver in waivers(house, wording))
        lacks = wording_lacks(house, wording, policy, at, waived=waived, told=told, spared=spared)
        lacking += [f"{wording['text']} {lack}" for lack in lacks]
    lacking += other_words(house, publication, proof)
    lacking += hold_runs(house, publication, article, proof)
    lacking += emergency_without_end(house, publication, article, proof)
    lacking += original_fell(house, publication, at)
    lacking += follows_what_was_stopped(house, publication, proof)
    return lacking


def wordings_of(house: House, proof: Row) -> list[Row]:
    return [
        house.one("articles_wording", r["wording_id"]) for r in house.all("articles_proofwording", proof_id=proof["id"])
    ]


# ----------------------------------------------------------------------------------------------------------------------
# What a fact rests on
# ----------------------------------------------------------------------------------------------------------------------


def wording_lacks(
    house: House, wording: Row, policy: Row, at: datetime, *, waived: bool, told: set[str], spared: set[int]
) -> list[str]:
    verdict = house.last("articles_verdict", wording_id=wording["id"])
    if verdict is None or verdict["ruling"] != "confirmed":
        return ["is not confirmed"]
    if verdict["by_id"] in involved(house, wording, verdict):
        return ["is confirmed by who stated it or recorded what it rests on"]
    standing = confirmations_that_carry(house, wording, verdict)
    heard = [c for c in standing if c["source_id"] and counts(house, c["source_id"], spared)]
    documents = [c for c in standing if c["basis"] == "document"]
    if policy["earlier_suffices"] and any(earlier_carries(house, c, wording, at, told) for c in standing):
        return []
    if wording["kind"] == "statement":
        return [] if any(c["talk_id"] for c in heard) else ["rests on no talk with a confirmed source"]
    if wording["kind"] == "record":
        return [] if documents else ["rests on no archived copy"]

    # Whoever parts two sources after an editor's word has to ask her again.
    if min(independent(house, heard), verdict["voices"]) >= policy["min_sources"]:
        return []
    if heard and waived:
        return []
    if documents and policy["document_suffices"]:
        return []
    if policy["photo_suffices"] and any(c["basis"] == "photo" for c in standing):
        return []
    return ["rests on too few sources"]


def involved(house: House, wording: Row, verdict: Row) -> set[int]:
    """Who had a hand in a fact when it was confirmed, whatever became of them since: who began its story, stated it or
    worded it, and who recorded what it rests on or heard it said.
    """
    fact = house.one("articles_fact", wording["fact_id"])
    carried = [house.one("articles_confirmation", key) for key in verdict["seen"]]
    began = house.one("articles_article", fact["article_id"])["created_by_id"]
    return {began, fact["created_by_id"], wording["by_id"]} | recorders(house, carried)


def recorders(house: House, confirmations: list[Row]) -> set[int]:
    """Who recorded these, or the talks in which they were said."""
    talks = [house.one("sources_talk", c["talk_id"]) for c in confirmations if c["talk_id"]]
    return {c["recorded_by_id"] for c in confirmations} | {talk["recorded_by_id"] for talk in talks}


def confirmations_that_carry(house: House, wording: Row, verdict: Row) -> list[Row]:
    """Those that the editor had before her when she confirmed it: of this fact, in these words or earlier ones."""
    found = []
    for earlier in house.all("articles_wording", fact_id=wording["fact_id"]):
        if earlier["number"] <= wording["number"]:
            found += house.all("articles_confirmation", wording_id=earlier["id"])
    return [
        c for c in found if c["id"] in verdict["seen"] and not house.all("articles_takenback", confirmation_id=c["id"])
    ]


def counts(house: House, source: int, spared: set[int]) -> bool:
    return source in spared or house.one("sources_source", source)["standing"] == "confirmed"


def independent(house: House, told: list[Row]) -> int:
    """How many voices these are. Whoever shares a circle or a teller speaks with one voice, and so on through a third."""
    voices: list[set[tuple[str, int]]] = []
    for c in told:
        ties = set()
        for person in filter(None, (c["source_id"], c["told_by_id"])):
            ties.add(("person", person))
            if circle := house.one("sources_source", person)["circle_id"]:
                ties.add(("circle", circle))
        for voice in [v for v in voices if v & ties]:
            voices.remove(voice)
            ties |= voice
        voices.append(ties)
    return len(voices)


def waivers(house: House, wording: Row) -> list[Row]:
    """Exceptions that two people made for this statement, in this wording or an earlier one that says the same."""
    found = []
    for earlier in house.all(
        "articles_wording", fact_id=wording["fact_id"], kind=wording["kind"], text=wording["text"]
    ):
        if earlier["number"] <= wording["number"]:
            found += house.all("articles_waiver", wording_id=earlier["id"])
    return [waiver for waiver in found if waiver["agreed_by_id"] not in (None, waiver["proposed_by_id"])]


def exceptions_told(printed: Row) -> set[str]:
    """The exceptions to the number of sources of which the reader of a version hears."""
    return set(printed["how_known"].get("single_source") or [])


def earlier_carries(house: House, confirmation: Row, wording: Row, at: datetime, told: set[str]) -> bool:
    """A fact of the same kind that we printed before, while it is still confirmed and still in print.

    What its readers were told of exceptions, the readers of what rests on it are told as well.
    """
    if confirmation["basis"] != "earlier":
        return False
    earlier = house.one("articles_wording", confirmation["earlier_id"])
    verdict = house.last("articles_verdict", wording_id=earlier["id"])
    confirmed = verdict is not None and verdict["ruling"] == "confirmed"
    if not (confirmed and earlier["kind"] == wording["kind"] and is_printed(house, earlier["id"], at)):
        return False
    its_own = set().union(*(exceptions_told(p) for p in printed_with(house, earlier["id"]) if is_in_print(p, at)))
    return exceptions_below(house, earlier) & its_own <= told


def exceptions_below(house: House, wording: Row) -> set[str]:
    """The reasons of every exception made for a fact, or for an earlier one under it."""
    reasons = {
        waiver["printed_reason"]
        for words in house.all("articles_wording", fact_id=wording["fact_id"])
        for waiver in house.all("articles_waiver", wording_id=words["id"])
        if waiver["agreed_by_id"]
    }
    verdict = house.last("articles_verdict", wording_id=wording["id"])
    for c in confirmations_that_carry(house, wording, verdict) if verdict else []:
        if c["basis"] == "earlier":
            reasons |= exceptions_below(house, house.one("articles_wording", c["earlier_id"]))
    return reasons


def is_printed(house: House, wording: int, at: datetime) -> bool:
    """Whether a story of the desk that states these words is in print."""
    return any(p["origin"] == "desk" and is_in_print(p, at) for p in printed_with(house, wording))


def printed_with(house: House, wording: int) -> list[Row]:
    """Every version that ever printed these words."""
    return [
        house.one("reader_publication", printing["publication_id"])
        for stated in house.all("articles_proofwording", wording_id=wording)
        for printing in house.all("articles_printing", proof_id=stated["proof_id"])
    ]


# ----------------------------------------------------------------------------------------------------------------------
# Words, hours, originals
# ----------------------------------------------------------------------------------------------------------------------


def other_words(house: House, publication: Row, proof: Row) -> list[str]:
    """What is printed is what was signed: every column that proof and publication have in common, the digest among them."""
    lacking = []
    if any(proof[column] != publication[column] for column in proof.keys() & publication.keys() - {"id"}):
        lacking.append("is not what was signed")
    if not any(s["digest"] == proof["digest"] for s in house.all("articles_signoff", proof_id=proof["id"])):
        lacking.append("is not signed")
    tags = house.all("reader_printedtag", publication_id=publication["id"])
    if any({"slug": tag["slug"], "name": tag["name"]} not in publication["tags"] for tag in tags):
        lacking.append("carries a tag that was not signed")
    signed = {picture["hash"] for figure in publication["figures"] for picture in figure["pictures"]}
    pictures = house.all("reader_printedpicture", publication_id=publication["id"])
    if any(picture["picture"] not in signed for picture in pictures):
        lacking.append("carries a picture that was not signed")
    return lacking


def spared_sources(house: House, publication: Row, at: datetime) -> set[int]:
    """Fallen sources whose fall two people staggered: they count for this story until its own hour."""
    spared = set()
    for row in house.all("articles_staggerhour", publication_id=publication["id"]):
        stagger = house.one("articles_stagger", row["stagger_id"])
        was_confirmed = house.all("sources_vetting", source_id=stagger["source_id"], standing="confirmed")
        if stagger["agreed_by_id"] and was_confirmed and at < hour(row["at"]) < NEVER:
            spared.add(stagger["source_id"])
    return spared


def hold_runs(house: House, publication: Row, article: Row, proof: Row) -> list[str]:
    """A hold is of the time before print: nothing waits for an hour at which one runs."""
    goes_live = hour(publication["go_live_at"])
    runs = goes_live > house.now and holds(house, article, goes_live, emergency=is_emergency(proof))
    return ["waits for an hour at which a hold runs"] if runs else []


def holds(house: House, article: Row, at: datetime, *, emergency: bool) -> list[Row]:
    """The holds that run at an hour, on a story or its original. An emergency breaks an embargo, never what protects
    somebody.
    """
    placed = house.all("articles_hold", article_id=article["id"])
    if article["translation_of_id"]:
        placed = placed + house.all("articles_hold", article_id=article["translation_of_id"])
    return [
        hold
        for hold in placed
        if hour(hold["until"]) > at
        and not house.all("articles_lifting", hold_id=hold["id"])
        and not (emergency and hold["kind"] == "embargo")
    ]


def is_emergency(proof: Row) -> bool:
    """The reader is told that it was printed unfinished."""
    return "emergency" in proof["how_known"]


def emergency_without_end(house: House, publication: Row, article: Row, proof: Row) -> list[str]:
    """What an emergency let through leaves print by itself, no later than two people said."""
    if not is_emergency(proof):
        return []
    leaves = hour(publication["leaves_at"]) or NEVER
    ends = [hour(x["until"]) for x in overrides(house, article, proof)]
    return [] if any(leaves <= end for end in ends if leaves < NEVER) else ["outlasts its emergency"]


def overrides(house: House, article: Row, proof: Row) -> list[Row]:
    """The emergencies that two people declared for a story, with the reason that the proof tells."""
    told = proof["how_known"].get("emergency")
    declared = house.all("articles_override", article_id=article["id"], printed_reason=told)
    return [override for override in declared if override["agreed_by_id"]]


def original_fell(house: House, publication: Row, at: datetime) -> list[str]:
    """A translation falls with its original: that was taken off, and no version of it is in print."""
    original = (
        house.all("reader_publication", story=publication["translation_of"]) if publication["translation_of"] else []
    )
    fell = any(was_taken_off(p, at) for p in original) and not any(is_in_print(p, at) for p in original)
    return ["translates what was taken off"] if fell else []


def was_taken_off(publication: Row, at: datetime) -> bool:
    """Somebody stopped it, or its hour of leaving has come, after its readers could have seen it."""
    goes_live = hour(publication["go_live_at"])
    stopped = [hour(publication[column]) for column in ("pulled_at", "withdrawn_at") if publication[column]]
    leaves = hour(publication["leaves_at"]) or NEVER
    return goes_live <= at and (leaves <= at or any(hour_ >= goes_live for hour_ in stopped))


def follows_what_was_stopped(house: House, publication: Row, proof: Row) -> list[str]:
    """Who takes a story off takes along the version of it that waits for its hour."""
    if hour(publication["go_live_at"]) <= house.now:
        return []
    stops = [
        hour(p[column])
        for p in house.all("reader_publication", story=publication["story"])
        for column in ("pulled_at", "withdrawn_at")
        if p[column] and hour(p[column]) >= hour(p["go_live_at"])
    ]
    return ["was stopped before its hour came"] if any(at >= hour(proof["made_at"]) for at in stops) else []


# ----------------------------------------------------------------------------------------------------------------------
# The archive
# ----------------------------------------------------------------------------------------------------------------------


def archive_lacks(house: House, publication: Row) -> list[str]:
    """A story from before the first day of the gate, brought in by somebody by name, and none that the desk works on."""
    lacking = []
    if not house.all("articles_intake", publication_id=publication["id"]):
        lacking.append("was brought in by nobody")
    if not day(hour(publication["first_printed_at"])) < first_day(house):
        lacking.append("is of the archive and not from before the gate")
    return lacking


def first_day(house: House) -> date:
    """Set once; before it is set there is no archive."""
    began = house.policy()["began_on"]
    return date.fromisoformat(began) if began else date.min
