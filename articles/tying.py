"""What the editor's page is told of a story's facts, so that words can be tied to them (static/js/tying.js)."""

from __future__ import annotations

from typing import Any

from articles.bodies import stated
from articles.models import Fact
from articles.panel import Card, Panel
from articles.sheets import outside_the_body


def facts_to_tie(panel: Panel) -> list[dict[str, Any]]:
    """The facts that the story states, in their order, and those that it dropped: marks of these are shown as such."""
    passages, elsewhere = stated(panel.article.body), outside_the_body(panel.article)
    standing = [_told(card, number, passages) for number, card in enumerate(panel.cards, 1)]
    told = standing + [_told(card, None, passages) for card in panel.dropped]
    return [{**fact, "elsewhere": elsewhere.get(int(fact["key"]), [])} for fact in told]


def _told(card: Card, number: int | None, passages: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "key": str(card.fact.pk),
        "number": number,
        "statement": card.wording.text,
        "kind": card.wording.kind,
        "kindWord": card.wording.get_kind_display(),
        "state": card.stamp,
        "stateWord": str(Fact.Status(card.stamp).label),
        # What an editor put her name to: other words ask her again.
        "confirmed": card.status == Fact.Status.CONFIRMED,
        "stated": " ".join(passages.get(str(card.fact.pk), ())),
    }
