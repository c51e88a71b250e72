"""How we know this: what a story rests on, said so that it helps nobody to find who.

It names the rule and never a number of sources; it never claims two sources for what one person said; the last
confirmation is told to the month.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from reader.dates import told
from reader.models import Kind, Publication


@dataclass(frozen=True)
class Knowledge:
    """The panel under a story. ``confirmed``: the filled stamp; otherwise it says that one source stands alone.

    ``unsettled``: of what is printed in an emergency, that a part of it is not settled; empty otherwise.
    """

    confirmed: bool
    unsettled: str
    sentences: tuple[str, ...]
    exceptions: tuple[str, ...]
    last: str


def knowledge(publication: Publication) -> Knowledge | None:
    """What the reader is told of a story's footing; nothing where it claims none."""
    known = publication.how_known
    rests = any(known.get(kind) for kind in ("events", "statements", "records"))
    if not rests or publication.origin == Publication.Origin.ARCHIVE:
        return None
    exceptions = tuple(dict.fromkeys(known.get("single_source") or ()))
    emergency = bool(known.get("emergency"))
    return Knowledge(
        confirmed=not exceptions and not emergency,
        unsettled=gettext("Printed in an emergency: a part of this text has not been settled yet.")
        if emergency
        else "",
        sentences=tuple(_sentences(known, alone=bool(exceptions), emergency=emergency)),
        exceptions=exceptions,
        last=told(known["confirmed"]) if known.get("confirmed") else "",
    )


def _sentences(known: dict, *, alone: bool, emergency: bool) -> list[str]:
    sentences = []
    least = known.get("min_sources") or 1
    if alone:
        sentences.append(
            gettext(
                "Our rule asks that events be confirmed by sources who do not depend on one another. "
                "Here the chief editor has allowed an exception: part of this story rests on one source alone."
            )
        )
    elif known.get("events"):
        of_events = _of_settled_events if emergency else _of_events
        sentences.append(of_events(least, known.get("documents", True)))
    if known.get("records"):
        sentences.append(gettext("What stands in a public record was checked against a copy that we keep."))
    if known.get("statements"):
        sentences.append(
            gettext("What people said is printed as theirs: we confirmed that they said it, not that it is so.")
        )
    sentences.append(
        gettext(
            "An editor who did not write this story confirmed what is settled of it, and somebody who did not write it "
            "signed exactly this text."
        )
        if emergency
        else gettext(
            "An editor who did not write this story confirmed it, and somebody who did not write it signed exactly this text."
        )
    )
    return sentences


def _of_events(least: int, documents: bool) -> str:
    if least == 1:
        return (
            gettext(
                "Every event in this story was confirmed by at least one source that we hold to be reliable, "
                "or by evidence of another kind, such as a document."
            )
            if documents
            else gettext("Every event in this story was confirmed by at least one source that we hold to be reliable.")
        )
    sentence = (
        gettext(
            "Every event in this story was confirmed by at least %(number)s sources who do not depend on one "
            "another, or by evidence of another kind, such as a document."
        )
        if documents
        else gettext(
            "Every event in this story was confirmed by at least %(number)s sources who do not depend on one another."
        )
    )
    return sentence % {"number": _number(least)}


def _of_settled_events(least: int, documents: bool) -> str:
    """The same, where a part of the text is not settled."""
    if least == 1:
        return (
            gettext(
                "What happened, as far as it is settled, was confirmed by at least one source that we hold to be "
                "reliable, or by evidence of another kind, such as a document."
            )
            if documents
            else gettext(
                "What happened, as far as it is settled, was confirmed by at least one source that we hold to be reliable."
            )
        )
    sentence = (
        gettext(
            "What happened, as far as it is settled, was confirmed by at least %(number)s sources who do not depend on "
            "one another, or by evidence of another kind, such as a document."
        )
        if documents
        else gettext(
            "What happened, as far as it is settled, was confirmed by at least %(number)s sources who do not depend on "
            "one another."
        )
    )
    return sentence % {"number": _number(least)}


def _number(least: int) -> str:
    return {2: pgettext("number of sources", "two"), 3: pgettext("number of sources", "three")}.get(least, str(least))


def what_it_is(publication: Publication) -> str:
    """One sentence for a story that is not plain news, so that nobody takes it for that."""
    if publication.origin == Publication.Origin.ARCHIVE:
        return gettext("From our archive: printed before the paper began to work by its present rules.")
    if reason := publication.how_known.get("emergency"):
        return gettext(
            "Printed in an emergency, before every sentence was confirmed as we do otherwise. Two people decided so: %(reason)s"
        ) % {"reason": reason}
    return {
        Kind.FLASH: gettext("A first, short report. More follows when it is confirmed."),
        Kind.ANALYSIS: gettext("An analysis: it weighs and explains what has been reported."),
        Kind.OPINION: gettext("An opinion: the views are the writer's own."),
        Kind.NOTICE: gettext("A notice from the paper to its readers."),
        Kind.PRICES: gettext("A price report: prices differ from place to place and from day to day."),
    }.get(Kind(publication.kind), "")
