"""What the gate says, in words: asks the database's law and turns its codes into sentences and links.

The law itself stands in ``articles/sql/gate.sql``; no rule is written twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Check, Hold, Verdict, Wording
from articles.quoting import inner, short
from sources.models import Source

# What the law says of each lack.
ROW = ("code", "fact", "object", "have", "need")
BLOCKED, WRONG_ISOLATION, NEVER_CHANGES, DOES_NOT_FIT = "NR001", "NR002", "NR003", "NR004"

# One sentence for each code, in the editor's words: what is missing and what to do.
SENTENCES: dict[str, str | Promise] = {
    "headline_missing": gettext_lazy("The story has no headline. Write one."),
    "body_missing": gettext_lazy("The story has no text yet."),
    "section_missing": gettext_lazy("The story is in no section. Choose one."),
    "byline_missing": gettext_lazy("The story has no byline. Choose the name it is printed under."),
    "policy_missing": gettext_lazy(
        "No policy is in force. The chief editor proposes one and a second editor agrees to it."
    ),
    "no_facts": gettext_lazy("The story states no fact. List each thing in it that can be true or false."),
    "figure_needs_caption": gettext_lazy("A photo has no caption. Write one."),
    "figure_needs_credit": gettext_lazy(
        "A photo has no credit in the language of this edition. Fill it in on the photo’s page."
    ),
    "figure_needs_alt": gettext_lazy("A photo has no alternative text. Say what it shows, for who can’t see it."),
    "proof_missing": gettext_lazy("Nobody has asked for review yet: there is no proof to read and sign."),
    "proof_outdated": gettext_lazy("The story has changed since its proof was made. Ask for review again."),
    "pulled_since": gettext_lazy(
        "The story was pulled after this proof was made. Release it with a reason, or ask for review again and sign anew."
    ),
    "withdrawn_since": gettext_lazy(
        "The story was withdrawn after this proof was made. To print it again, ask for review again and sign anew."
    ),
    "signature_missing": gettext_lazy("No editor has signed this text. An editor who didn’t write it signs the proof."),
    "check_missing": gettext_lazy("A check of the proof is missing. Ask for review again."),
    "check_failed": gettext_lazy("A check of the proof found something. Mend the text and ask for review again."),
    "not_scanned": gettext_lazy(
        "The text was not scanned for every protected term yet. Open the story: it is scanned at once."
    ),
    "protected_term": gettext_lazy("A protected term stands in the story. Ask the desk’s keeper."),
    "numbers_unscanned": gettext_lazy(
        "The story holds more long numbers than can be scanned for protected terms. Leave some out, or part the story."
    ),
    "scan_withheld": gettext_lazy(
        "Too many protected terms came into stories from one hand today, so the scan gives no answer. Ask the desk’s keeper, or save the story again tomorrow."
    ),
    "printing_missing": gettext_lazy("This is not printed from a signed proof. Publish it on the story’s page."),
    "not_what_was_signed": gettext_lazy("What would be printed is not what was signed. Ask for review again."),
    "hour_past": gettext_lazy("The hour of publication is past. Choose a later one, or publish now."),
    "proof_not_nfc": gettext_lazy(
        "The text holds letters in parts that do not belong in print. Save the story and ask for review again."
    ),
    "signed_other_words": gettext_lazy(
        "The signature is for other words than these. Open the proof again and sign that."
    ),
    "talk_with_another_source": gettext_lazy("That talk was with another source. Choose one with this source."),
    "fact_rests_on_itself": gettext_lazy(
        "That earlier fact rests, in the end, on this one. A fact can’t carry itself."
    ),
    "fact_is_on_record": gettext_lazy(
        "Someone has confirmed or objected to this fact, so it stays on record. Drop it, with a reason."
    ),
    "fact_dropped_by_its_author": gettext_lazy(
        "An editor has judged this fact, so its author can’t drop it. Ask a colleague."
    ),
    "text_not_read": gettext_lazy(
        "The text was changed outside the story’s page, and nobody has read which facts it states. Save the story again."
    ),
    "passage_without_fact": gettext_lazy(
        "Words are tied to a fact that the story no longer states. Untie them, or tie them to another fact."
    ),
    "original_fell": gettext_lazy(
        "The original of this translation was taken off the site. Release the original first."
    ),
    "override_over": gettext_lazy(
        "The emergency override is over. Cover the text and print the story in the ordinary way."
    ),
    "archive_closed": gettext_lazy(
        "The archive’s door is closed: it lets in stories from before the first day of the gate, until that day has come."
    ),
    "first_day_is_set": gettext_lazy("The first day of the gate is set once and kept for ever. Leave it as it was."),
    "hold_lifted_by_another": gettext_lazy(
        "A hold is lifted by an editor, and one for somebody’s safety by another than who placed it. Ask a colleague."
    ),
    "decided_by_editors": gettext_lazy("This is decided by two editors: one proposes it, another agrees."),
    "keeper_agreed_by_two": gettext_lazy(
        "A keeper opens what is sealed, so two editors decide it: one proposes her, another agrees."
    ),
    "keeper_ended_by_editor": gettext_lazy("A keeper is ended by an editor. Ask one."),
    "stagger_is_agreed": gettext_lazy(
        "These hours are settled already, or later than the last day, or that is more than a month away."
    ),
    "byline_keeps_its_accounts": gettext_lazy(
        "Stories stand or stood under this pen name, so it stays, with the accounts behind it. Make a new pen name for somebody else."
    ),
    "source_vetted_by_its_reporter": gettext_lazy(
        "A source is confirmed by an editor who does not speak with her. Ask a colleague."
    ),
    "source_is_forgotten": gettext_lazy("This source was forgotten: nothing new is recorded of her."),
    "forgotten_by_her_own": gettext_lazy("A source is forgotten by her contact reporter or the chief editor."),
    "correction_is_printed": gettext_lazy(
        "This correction has been printed, so it is kept for ever as it is. Add another one to put it right."
    ),
    "correction_left_out": gettext_lazy(
        "A correction that was printed before is missing. It stands in every later version."
    ),
    "source_not_vetted": gettext_lazy("A source’s standing changes by an editor’s vetting alone."),
    "attribution_too_narrow": gettext_lazy(
        "The words chosen for {source} say more than may ever be printed of this source. Choose others."
    ),
    "attribution_under_floor": gettext_lazy(
        "The words chosen for {source} fit fewer people than the anonymity floor asks. Choose a wider place or a more general role."
    ),
    "attribution_population_unknown": gettext_lazy(
        "Nobody has counted how many people the words chosen for {source} fit. Choose a wider place, or enter the figure and where it is from."
    ),
    "place_holds_too_many": gettext_lazy(
        "A place holds no more people than what it lies in. Look both figures up again, and enter the wider place’s first."
    ),
    "remedy_figures_stand": gettext_lazy(
        "Exact figures still stand in the words of this fact. Round them or leave them out in the story, then decide again."
    ),
    "remedy_words_stand": gettext_lazy(
        "Somebody’s very words still stand in quotation marks. Tell them in our words in the story, then decide again."
    ),
    "remedy_not_wider": gettext_lazy(
        "A source of this fact is still named by her own place. Choose a wider one under “How the sources are named”, then decide again."
    ),
    "remedy_not_delayed": gettext_lazy(
        "No safety hold stands on this story, nor did one. Set it until more people know this, then decide again."
    ),
    "place_not_in_a_wider_one": gettext_lazy(
        "A place lies in a wider one: a district in a city or county, these in a province, all in a country. Choose another."
    ),
}
# What could give a source away is told before all else.
TELLING = {"protected_term", "attribution_too_narrow"}
# Mended with one choice: on the front they stand behind what a fact lacks.
LIGHT = {"section_missing", "byline_missing"}
# What one fact lacks; it stands under the fact's statement, or after it.
LACKS: dict[str, str | Promise] = {
    "fact_unconfirmed": gettext_lazy("Not confirmed. An editor confirms it once its sources carry it."),
    "fact_disputed": gettext_lazy("Disputed. Reword it, or confirm it anew."),
    "fact_confirmed_by_author": gettext_lazy("Confirmed by an author of this story. Another editor has to confirm it."),
    "fact_confirmed_by_recorder": gettext_lazy(
        "Confirmed by who recorded what it rests on. Another editor has to confirm it."
    ),
    "fact_confirmed_by_no_editor": gettext_lazy(
        "Confirmed by someone who is no editor now. An editor has to confirm it."
    ),
    "statement_needs_talk": gettext_lazy("A statement: record the talk in which a confirmed source said it."),
    "statement_stands_alone": gettext_lazy(
        "Gives a figure or accuses somebody by name on one person’s word. State in the same sentence the event that carries it, or write in that paragraph that we could not confirm it."
    ),
    "statement_told_as_event": gettext_lazy(
        "A sentence tells this as plain fact, on one person’s statement. Say in the sentence who says so, or make the fact an event."
    ),
    "record_told_as_event": gettext_lazy(
        "A sentence tells this as plain fact, on what stands in a record. Say in the sentence which document says so, or make the fact an event."
    ),
    "record_needs_copy": gettext_lazy("Stands in a record: attach the archived copy."),
    "exception_not_told": gettext_lazy(
        "Carried by an exception of which readers of this text are not told. Ask for review again: the new proof tells them."
    ),
    "source_unconfirmed": gettext_lazy("Rests on {source}, who is not confirmed. An editor vets her."),
    "source_discredited": gettext_lazy("Rests on {source}, who is discredited. Find another, or drop the fact."),
    "fact_without_passage": gettext_lazy("No words of the story state it. Tie it to the words that do, or drop it."),
    "passage_changed": gettext_lazy(
        "The words that state it changed. Save the story; an editor confirms the new words."
    ),
    "earlier_fell": gettext_lazy(
        "Rests on an earlier fact of ours that is not in print, or not confirmed: “{earlier}”. See to that one, or find another source."
    ),
    "known_to_missing": gettext_lazy("Nobody has said who could know it. Choose it here."),
    "known_to_changed": gettext_lazy(
        "Said to be known to more people than when it was confirmed. An editor confirms it again."
    ),
    "known_to_few": gettext_lazy(
        "So few could know it that print may point at who told. An editor decides what is done about it, with a reason."
    ),
    "fact_not_rendered": gettext_lazy("Not marked as faithfully translated by an editor who reads both languages."),
}


class GateError(Exception):
    """Something that the database's law refused. ``code`` for the machine, ``str()`` for the user."""

    def __init__(self, sentence: str, code: str, blockers: list[Blocker] | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.blockers = blockers or []


class Blocked(GateError):
    """The gate keeps a story; ``blockers`` say why."""


@dataclass(frozen=True)
class Blocker:
    """One reason why a story can't be published: a stable code, what is missing, a link to where it is mended.

    ``statement``: that of the fact which lacks something, shortened; empty where the story as a whole does.
    """

    code: str
    lack: str
    link: str
    fact_id: int | None = None
    statement: str = ""

    @property
    def sentence(self) -> str:
        """The whole reason, where it stands alone."""
        return f"“{inner(self.statement)}” — {self.lack}" if self.statement else self.lack


@dataclass(frozen=True)
class FirstBlocker:
    """What weighs most of what is best mended first, as a sentence; how much blocks it in all, and the codes of that."""

    sentence: str
    number: int
    codes: frozenset[str]


def blockers(article: Article, *, aliases: bool = True) -> list[Blocker]:
    """What still blocks the working copy of a story, in the order in which it is best mended. One question to the law.

    ``aliases``: whether a sentence may name a source, as it may to who works with sources.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, fact, object, have, need FROM gate_blockers(%s)", [article.pk])
        rows = [dict(zip(ROW, row, strict=True)) for row in cursor.fetchall()]
    return _explain(rows, article, aliases=aliases)


@contextmanager
def explained(article: Article | None = None) -> Iterator[None]:
    """Turns what the law raises inside the block into GateError or Blocked, with sentences."""
    try:
        yield
    except DatabaseError as error:
        refusal = refused(error, article)
        if refusal is None:
            raise
        raise refusal from None


def refused(error: DatabaseError, article: Article | None = None) -> GateError | None:
    """The gate's answer in a database error, or None where the error is another's."""
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    state = getattr(diagnosis, "sqlstate", None)
    if state == BLOCKED:
        found = _explain(json.loads(diagnosis.message_detail), article)
        return Blocked(_("This story can’t be printed yet."), BLOCKED, found)
    if state == DOES_NOT_FIT:
        code = json.loads(diagnosis.message_detail)[0]["code"]
        return GateError(str(SENTENCES.get(code) or LACKS[code]), code)
    if state == NEVER_CHANGES:
        return GateError(_("What was recorded or printed never changes. Add what is new instead."), NEVER_CHANGES)
    if state == WRONG_ISOLATION:
        return GateError(
            _("The database is set up so that the gate can’t work. Tell who runs the server."), WRONG_ISOLATION
        )
    return None


def first_blockers(articles: Iterable[Article]) -> dict[int, FirstBlocker]:
    """Of each story that is blocked, what it is told by in one line. One question to the law, and one for each kind of name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a, b.code, b.fact, b.object, b.have, b.need FROM unnest(%s::bigint[]) a, gate_blockers(a) b",
            [[article.pk for article in articles]],
        )
        found: dict[int, list[dict[str, Any]]] = {}
        for key, *row in cursor.fetchall():
            found.setdefault(key, []).append(dict(zip(ROW, row, strict=True)))
    failed = {row["object"] for rows in found.values() for row in rows if row["code"] == "check_failed"}
    telling = (
        set(Check.objects.filter(pk__in=failed, name="attributions").values_list("pk", flat=True)) if failed else set()
    )
    firsts = {key: _first(rows, telling) for key, rows in found.items()}
    named = _Named(list(firsts.values()))
    return {
        key: FirstBlocker(
            _sentence(firsts[key], named, None).sentence,
            len(
                {
                    (
                        row["code"],
                        row["fact"],
                        row["object"] if row["code"].startswith(("source", "attribution")) else None,
                    )
                    for row in rows
                }
            ),
            frozenset(row["code"] for row in rows),
        )
        for key, rows in found.items()
    }


def _first(rows: list[dict[str, Any]], telling: set[int]) -> dict[str, Any]:
    """What could give a source away; else the first in the law's order, unless that is a mere choice and a fact lacks something.

    ``telling``: the checks that found a source named by more than was chosen.
    """
    for row in rows:
        if _gives_away(row, telling):
            return row
    if rows[0]["code"] not in LIGHT:
        return rows[0]
    return next((row for row in rows if row["fact"] or row["code"] == "no_facts"), rows[0])


class _Named:
    """What the law's answers name by key, looked up at once for all of them."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        def keys(*codes: str) -> set[int]:
            return {row["object"] for row in rows if row["code"].startswith(codes) and row["object"]}

        wordings = Wording.objects.filter(fact__in={row["fact"] for row in rows if row["fact"]})
        # By fact: the words in which it stands now.
        self.statements = dict(wordings.order_by("fact", "-number").distinct("fact").values_list("fact", "text"))
        self.sources = Source.objects.in_bulk(keys("source_", "attribution_"))
        self.checks = dict(Check.objects.filter(pk__in=keys("check_failed")).values_list("pk", "name"))
        self.earlier = Wording.objects.in_bulk(keys("earlier_fell"))
        self.holds = Hold.objects.in_bulk(keys("hold_running"))
        self.reworded = _confirmed_in_other_words({r["fact"] for r in rows if r["code"] == "fact_unconfirmed"})


def _explain(rows: list[dict[str, Any]], article: Article | None, *, aliases: bool = True) -> list[Blocker]:
    named = _Named(rows)
    if not aliases:
        named.sources = {}
    # The law may name one lack twice (two figures without captions): said once, in its order.
    told: dict[Any, dict[str, Any]] = {}
    for row in rows:
        told.setdefault((row["code"], row["fact"], None if row["code"].startswith("figure_") else row["object"]), row)
    telling = {key for key, name in named.checks.items() if name == "attributions"}
    in_order = sorted(told.values(), key=lambda row: not _gives_away(row, telling))
    return list(dict.fromkeys(_sentence(row, named, article) for row in in_order))


def _gives_away(row: dict[str, Any], telling: set[int]) -> bool:
    """Whether it is a protected term, or wording that says more of a source than was chosen."""
    return row["code"] in TELLING or (row["code"] == "check_failed" and row["object"] in telling)


def _confirmed_in_other_words(facts: set[int]) -> set[int]:
    """Those on whose present words nobody has said anything, while earlier ones were confirmed."""
    latest = Wording.objects.filter(fact=OuterRef("wording__fact")).order_by("-number").values("pk")[:1]
    said = list(
        Verdict.objects.filter(wording__fact__in=facts)
        .annotate(latest=Subquery(latest))
        .values_list("wording__fact", "wording", "latest", "ruling")
    )
    judged = {fact for fact, wording, present, _ruling in said if wording == present}
    return {fact for fact, _wording, _present, ruling in said if ruling == Verdict.Ruling.CONFIRMED} - judged


def _sentence(row: dict[str, Any], named: _Named, article: Article | None) -> Blocker:
    code, thing = row["code"], row["object"]
    fact = row["fact"] if row["fact"] in named.statements else None
    if code == "fact_needs_sources":
        lack = ngettext(
            "Rests on {have} of at least {need} independent confirmed source. Record another, or ask the chief editor for a waiver.",
            "Rests on {have} of at least {need} independent confirmed sources. Record another, or ask the chief editor for a waiver.",
            row["need"],
        ).format(have=row["have"], need=row["need"])
    elif code == "sentence_uncovered":
        lack = ngettext(
            "{number} sentence has words that no fact states, and is not marked as context. Say what they state.",
            "{number} sentences have words that no fact states, and are not marked as context. Say what they state.",
            row["have"],
        ).format(number=row["have"])
    elif code == "context_states_a_fact":
        lack = ngettext(
            "{number} sentence is marked as context, and holds a figure, a name, a date or somebody’s words. State it as a fact.",
            "{number} sentences are marked as context, and hold a figure, a name, a date or somebody’s words. State them as facts.",
            row["have"],
        ).format(number=row["have"])
    elif code == "check_failed" and thing is not None and named.checks.get(thing) == "attributions":
        lack = _(
            "The text says more of a source than was chosen for this story. Look under “How the sources are named” and mend it."
        )
    elif code == "hold_running":
        lack = _hold_words(named.holds[thing])
    elif code == "fact_unconfirmed" and fact in named.reworded:
        lack = _("Its words changed since it was confirmed. An editor confirms it again.")
    elif code == "fact_without_passage" and article and article.translation_of_id:
        # The fact is its original's: it is not for a translation to drop it.
        lack = _("No sentence of this translation states it. Tie it to the one that does.")
    else:
        source = named.sources.get(thing)
        earlier = named.earlier.get(thing) if code == "earlier_fell" else None
        lack = str(LACKS.get(code) or SENTENCES[code]).format(
            source=source.alias if source else _("a source"), earlier=inner(short(earlier.text)) if earlier else ""
        )
    link = _link(code, fact, thing, article, named)
    return Blocker(code, lack, link, fact, short(named.statements[fact]) if fact else "")


def _hold_words(held: Hold) -> str:
    return (
        _("Held back until %(hour)s for somebody’s safety. Publish it for that hour or later, or have the hold lifted.")
        if held.kind == Hold.Kind.SAFETY
        else _("Under embargo until %(hour)s. Publish it for that hour or later, or lift the embargo.")
    ) % {"hour": date_format(localtime(held.until), "DATETIME_FORMAT")}


def _link(code: str, fact: int | None, thing: int | None, article: Article | None, named: _Named) -> str:
    """Where a blocker is mended."""
    if code.startswith("source_") and thing:
        return reverse("admin:sources_source_change", args=[thing])
    if article and code in {
        "sentence_uncovered",
        "context_states_a_fact",
        "fact_without_passage",
        "passage_without_fact",
        "statement_stands_alone",
        "statement_told_as_event",
        "record_told_as_event",
    }:
        return reverse("articles:coverage", args=[article.pk]) + (f"#fact-{fact}" if fact else "")
    if code == "earlier_fell" and thing:
        return reverse("admin:articles_fact_change", args=[named.earlier[thing].fact_id])
    if code == "original_fell" and thing:
        return reverse("admin:articles_article_change", args=[thing])
    if code == "hold_running" and thing:
        # Of a translation it may stand on its original.
        return reverse("admin:articles_article_change", args=[named.holds[thing].article_id]) + "#holds"
    names_too_much = code == "check_failed" and thing is not None and named.checks.get(thing) == "attributions"
    if article and (names_too_much or code.startswith("attribution_")):
        return reverse("admin:articles_article_change", args=[article.pk]) + "#naming"
    if code == "policy_missing":
        return reverse("admin:articles_policy_changelist")
    story = reverse("admin:articles_article_change", args=[article.pk]) if article else ""
    if code == "no_facts" and article and article.translation_of_id:
        story = reverse("admin:articles_article_change", args=[article.translation_of_id])
    if code == "fact_not_rendered" and fact:
        return f"{story}#fact-{fact}"
    if code == "exception_not_told":
        return f"{story}#acts"
    if fact and code in {"fact_needs_sources", "statement_needs_talk", "record_needs_copy"}:
        return reverse("admin:articles_fact_change", args=[fact])
    if fact:
        return f"{story}#fact-{fact}"
    if code == "figure_needs_credit" and article and (photo := _uncredited(article)):
        return reverse("admin:photos_photo_change", args=[photo])
    if code.startswith("figure_"):
        return f"{story}#figures-group"
    anchor = {
        "no_facts": "#facts-group",
        "headline_missing": "#id_headline",
        "body_missing": "#id_body",
        "section_missing": "#id_section",
        "byline_missing": "#id_bylines",
        "proof_missing": "#acts",
        "proof_outdated": "#acts",
        "pulled_since": "#acts",
        "withdrawn_since": "#acts",
        "signature_missing": "#acts",
        "check_missing": "#acts",
        "check_failed": "#acts",
        "text_not_read": "#id_body",
        "not_scanned": "#acts",
        "protected_term": "#id_body",
        "numbers_unscanned": "#id_body",
        "scan_withheld": "#id_body",
        "override_over": "#acts",
    }.get(code, "")
    return story + anchor


def _uncredited(article: Article) -> int | None:
    """The first photo of a story without a credit in its language."""
    for figure in article.figures.select_related("photo", "photo_beside"):
        for photo in (figure.photo, figure.photo_beside):
            if photo and not photo.credit(article.language):
                return photo.pk
    return None
