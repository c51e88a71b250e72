"""What stood on the page from which an act on a fact was done: the form sends it back, and other words are not hers.

An act that is called from code, not from a page, is given none of this.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.gate import GateError
from articles.models import Confirmation, Fact, Wording

# What the database takes for a key: digits as ASCII has them, and no more than a bigint holds.
_KEY = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Shown:
    """What a form says that its page showed. A field that it did not send is None, and fits nothing."""

    # The wording's key, the keys of the standing confirmations of it, and a digest of a translation's own words.
    wording: int | None = None
    rests_on: frozenset[int] | None = None
    rendered: str | None = None
    # Who could know the fact; empty where nobody had said.
    known_to: str = ""

    @classmethod
    def in_form(cls, sent: QueryDict) -> Shown:
        """What a form sent."""
        wording = keys_in([sent.get("wording", "")])
        return cls(
            wording=wording[0] if wording else None,
            rests_on=frozenset(keys_in(str(sent["rests_on"]).split())) if "rests_on" in sent else None,
            rendered=sent.get("rendered"),
            known_to=sent.get("known_to", ""),
        )


def keys_in(sent: Iterable[str]) -> list[int]:
    """The keys among what a browser sent. What is none is left out: no row has it."""
    return [int(key) for key in sent if _KEY.fullmatch(key)]


def digest_of(passages: list[str] | None) -> str:
    """A translation's words that state a fact, in short."""
    return hashlib.sha256(json.dumps(passages).encode()).hexdigest()


def require_wording(shown: Shown | None, wording: Wording) -> None:
    """Raises GateError where the page showed another wording. To be asked inside an act, like what follows."""
    if shown is not None and shown.wording != wording.pk:
        raise changed_meanwhile()


def require_footing(shown: Shown | None, wording: Wording, carried: Iterable[int]) -> None:
    """Raises GateError where something else carries the wording than the page showed.

    ``carried``: those of earlier wordings that she ticked. Any other of these she left out by hand.
    """
    if shown is None:
        return
    standing = Confirmation.objects.filter(taken_back=None)
    ticked = set(carried)
    still = standing.filter(pk__in=ticked, wording__fact=wording.fact_id).values_list("pk", flat=True)
    if shown.rests_on != frozenset(standing.filter(wording=wording).values_list("pk", flat=True)) or ticked != set(
        still
    ):
        raise changed_meanwhile()


def require_known_to(shown: Shown | None, fact: Fact) -> None:
    """Raises GateError where others could know the fact, as is said now, than the page showed."""
    if shown is not None and shown.known_to != fact.known_to:
        raise changed_meanwhile()


def require_rendered(shown: Shown | None, passages: list[str] | None) -> None:
    """Raises GateError where the translation says it in other words than the page showed, or not at all."""
    if shown is None:
        return
    if not passages:
        raise GateError(_("No sentence of this translation states it yet."), "fact_without_passage")
    if shown.rendered != digest_of(passages):
        raise changed_meanwhile()


def changed_meanwhile() -> GateError:
    """The refusal."""
    return GateError(
        _("The words, or what they rest on, changed while you read. Look at what changed and confirm again."),
        "changed_meanwhile",
    )
