"""What forgetting destroys, what it leaves and why, and what is to be done next: the same words before it and after it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.forgetting import what_there_is
from sources.models import Forgetting, ProtectedPerson, Source


@dataclass(frozen=True)
class Remaining:
    """One thing that stays, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Answer:
    """What forgetting comes to, in sentences."""

    destroyed: list[str]
    remains: list[Remaining]
    next_steps: list[str]


def foreseen(whom: Source | ProtectedPerson, *, terms: bool = False) -> Answer:
    """What forgetting her would come to. ``terms``: count those that go with her; the page asks about them apart."""
    goes, stays = what_there_is(whom)
    is_source = isinstance(whom, Source)
    return Answer(_goes(goes, is_source, terms=terms), _stays(stays, is_source), next_steps())


def answer_of(forgetting: Forgetting) -> Answer:
    """What it came to: counted as it was done; what remains is counted now."""
    destroyed = _goes(forgetting.destroyed, forgetting.source_id is not None, terms=True)
    _none, stays = what_there_is(forgetting.whom)
    remains = _stays(stays, forgetting.source_id is not None)
    if forgetting.terms_kept:
        remains.insert(
            0,
            Remaining(
                _("the fingerprints of her protected terms"),
                _("so that her name goes on being caught in every text; whoever forgot her chose it so"),
            ),
        )
    return Answer(destroyed, remains, next_steps())


def terms_of(number: int) -> str:
    """How many protected terms there are, as they are counted."""
    return ngettext("%(number)d protected term", "%(number)d protected terms", number) % {"number": number}


def line_of(forgetting: Forgetting) -> str:
    """One sentence: when and by whom."""
    return _("%(alias)s was forgotten on %(day)s by %(name)s.") % {
        "alias": forgetting.whom,
        "day": date_format(timezone.localtime(forgetting.at), "DATE_FORMAT"),
        "name": forgetting.by,
    }


def _goes(number: dict[str, int], is_source: bool, *, terms: bool) -> list[str]:
    """In the order in which it matters to her. What there is none of is not named."""
    lines = {
        "sealed": ngettext(
            "%(number)d sealed record: what identifies her. No keeper can open it here any more.",
            "%(number)d sealed records: what identifies her. No keeper can open them here any more.",
            number["sealed"],
        ),
        "talks": ngettext(
            "The date and the medium of %(number)d talk.",
            "The dates and the media of %(number)d talks.",
            number["talks"],
        ),
        "reasons": ngettext(
            "%(number)d reason that somebody gave for vetting her, for looking at her page, for a staggered pull or for "
            "taking her word back.",
            "%(number)d reasons that somebody gave for vetting her, for looking at her page, for a staggered pull or for "
            "taking her word back.",
            number["reasons"],
        ),
        "confidants": ngettext(
            "Who spoke with her: %(number)d colleague.",
            "Who spoke with her: %(number)d colleagues. And who is her deputy.",
            number["confidants"],
        ),
        "history": ngettext(
            "%(number)d line of the desk’s history about her page.",
            "%(number)d lines of the desk’s history about her page.",
            number["history"],
        ),
    }
    if terms and number["terms"]:
        lines["terms"] = f"{terms_of(number['terms'])}."
    told = [lines[kind] % {"number": number[kind]} for kind in lines if number[kind]]
    if is_source:
        told.append(_("Where she speaks from, her part and her safety: she may be called “a source” in her country."))
    return told


def _stays(number: dict[str, int], is_source: bool) -> list[Remaining]:
    if not is_source:
        return [
            Remaining(_("her alias and who answers for it"), _("so that the texts that name it make sense")),
            Remaining(_("who looked, and at which hour"), _("they stay to be asked")),
            *_elsewhere(),
        ]
    remains = [
        Remaining(
            _("her alias, her standing and her circle"),
            _("stories in print rest on them, and two who depend on one another go on counting once"),
        ),
        Remaining(_("her contact reporter"), _("somebody answers for the stories that rest on her word")),
    ]
    if number["confirmations"]:
        remains.append(
            Remaining(
                ngettext(
                    "her word for the facts of %(number)d story, of which %(printed)d is in print",
                    "her word for the facts of %(number)d stories, of which %(printed)d are in print",
                    number["stories"],
                )
                % {"number": number["stories"], "printed": number["in_print"]},
                _("what is in print stays in print: a story that lost its footing would show which ones were hers"),
            )
        )
    if number.get("waiting"):
        remains.append(
            Remaining(
                ngettext(
                    "%(number)d story that waits for its hour and rests on her word",
                    "%(number)d stories that wait for their hour and rest on her word",
                    number["waiting"],
                )
                % {"number": number["waiting"]},
                _(
                    "what names her by more than “a source” in her country is stopped before its hour, and needs a new proof"
                ),
            )
        )
    if number["talks"]:
        remains.append(
            Remaining(
                ngettext(
                    "%(number)d talk without date and medium, and who recorded it",
                    "%(number)d talks without date and medium, and who recorded them",
                    number["talks"],
                )
                % {"number": number["talks"]},
                _("facts rest on them, and whoever heard her never confirms what she said"),
            )
        )
    if number["story_reasons"]:
        remains.append(
            Remaining(
                ngettext(
                    "%(number)d reason in words that stands with the stories resting on her word",
                    "%(number)d reasons in words that stand with the stories resting on her word",
                    number["story_reasons"],
                )
                % {"number": number["story_reasons"]},
                _(
                    "verdicts, dropped facts, waivers, what was kept back about who could know, holds, emergencies, pulls, "
                    "releases and withdrawals are about the stories, not about her; read them in the stories’ histories, and "
                    "where one tells of her, ask whoever runs the server to destroy it"
                ),
            )
        )
    remains += [
        Remaining(_("the reason for forgetting her"), _("it stays on record; the desk refuses a protected term in it")),
        Remaining(
            _("the entries of the record and of the looks about her, with their hours"),
            _(
                "they are one chain, and a link taken out would break it: they say who recorded her word, vetted her or "
                "looked at her page, and at which hour, also where the day of a talk has faded; no reason that was given "
                "about her alone is left in words"
            ),
        ),
        Remaining(
            _("what was printed of her, and what proofs and drafts say"),
            _("it is in readers’ hands; look through the drafts yourself"),
        ),
        *_elsewhere(),
    ]
    return remains


def _elsewhere() -> list[Remaining]:
    return [
        Remaining(
            _("backups from before today, and sealed records that a keeper took out"),
            _("no command reaches them; they open to the old keys until those are destroyed"),
        ),
        Remaining(
            _("traces in the database’s own files"),
            _("a deleted row stays on the disk until the server writes over it"),
        ),
    ]


def next_steps() -> list[str]:
    """What makes the rest of it unreadable. docs/running-the-server.md has the commands."""
    return [
        _(
            "Ask whoever runs the server to sweep the database’s files today (“After somebody was forgotten” in the guide)."
        ),
        _("Make a backup then, encrypted to a new backup key, and destroy the older backups and the old key."),
        _(
            "Ask the keepers for new keys: seal the other sources anew to them, then destroy the old private keys. What "
            "old backups and copies hold of her opens to nobody any more."
        ),
        _(
            "Have the fingerprint key replaced with the next sealing, so that old fingerprints can be held against no name."
        ),
        _("Destroy what is on paper, on telephones and with go-betweens. The newsroom knows nothing of it."),
    ]
