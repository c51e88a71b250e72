"""A source's exposure in words and lengths, as her page shows it: what fits, how it shrank, what one more story would do."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from articles.cautions.sentences import grouped, name
from articles.closeness import CLOSE, HABIT
from articles.exposure import Exposure, Seen, Step
from articles.fitting import OTHER_TRADE, TRADES, Fit, asked
from sources.attributions import attribution, with_particle
from sources.models import Source, Talk

# Of what is on its way down the ladder a bar of a hundred is drawn by tenfolds: 24 million, 200,000 and 900 all show.
WHOLE = 100


class State(TextChoices):
    """What became of a printed version."""

    SCHEDULED = "scheduled", pgettext_lazy("version", "waits for its hour")
    IN_PRINT = "in print", pgettext_lazy("version", "in print")
    SUPERSEDED = "superseded", pgettext_lazy("version", "superseded")
    PULLED = "pulled", pgettext_lazy("version", "pulled")
    WITHDRAWN = "withdrawn", pgettext_lazy("version", "withdrawn")


@dataclass(frozen=True)
class Finding:
    """One thing that the report says first. ``code`` is stable; ``grave`` asks for something to be done."""

    code: str
    sentence: str
    grave: bool = False


@dataclass(frozen=True)
class Bar:
    """How many fit after one printed version, or would after the next: drawn and said."""

    label: str
    number: str
    width: int
    is_under: bool
    # What stands above it, where it is said of a phrase.
    heading: str = ""
    # With what the sentences tell, where that leaves fewer.
    read_number: str = ""
    read_width: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Row:
    """One printed version, with everything that it told of her."""

    day: date
    language: str
    language_name: str
    version: int
    state: str
    headline: str
    address: str
    phrase: str
    told: list[str]
    talk: str
    shrank: bool


@dataclass
class Report:
    """The whole page, told for one person."""

    findings: list[Finding] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    floor_at: int = 0
    asked: str = ""
    # Phrases that would leave fewer; and what stays where none or another one does.
    following: list[Bar] = field(default_factory=list)
    otherwise: str = ""
    habit: str = ""
    rows: list[Row] = field(default_factory=list)


def report(exposure: Exposure) -> Report:
    """What an exposure says, worst first."""
    needed = asked(exposure.fit, exposure.floor)
    scale = _Scale(exposure, needed)
    following = _following(exposure, scale)
    return Report(
        findings=_findings(exposure),
        bars=[_bar(exposure, step, scale) for step in exposure.steps if step.shrank],
        floor_at=scale.width(needed) if exposure.floor else 0,
        asked=grouped(needed) if exposure.floor else "",
        following=following,
        otherwise=_otherwise(exposure, following),
        habit=_habit(exposure),
        rows=[_row(exposure, step) for step in reversed(exposure.steps)],
    )


# ----------------------------------------------------------------------------------------------------------------------
# What fits
# ----------------------------------------------------------------------------------------------------------------------


def _findings(exposure: Exposure) -> list[Finding]:
    if not exposure.seen:
        return [Finding("nothing_printed", str(_("Nothing that rests on her word was printed yet.")))]
    fit, ladder = exposure.fit, exposure.ladder
    found = [_whom_it_fits(exposure)]
    if tells_more(exposure.read, fit):
        found.append(_whom_a_reader_finds(exposure))
    if unknown := ladder.unknown(fit):
        places = ", ".join(map(name, unknown))
        sentence = _("How many people live in %(places)s nobody has entered yet: fewer may fit than is said here.")
        found.append(Finding("population_unknown", sentence % {"places": places}, grave=True))
    if fit.is_apart:
        places = ", ".join(name(ladder.places[key]) for key in sorted(fit.places))
        sentence = _("She was printed as of places that lie apart: %(places)s. Few people are of all of them.")
        found.append(Finding("places_apart", sentence % {"places": places}, grave=True))
    if fit.is_at_odds:
        parts = ", ".join(str(Source.Part(part).label) for part in sorted(fit.parts & TRADES))
        sentence = _(
            "Her printed roles are at odds: %(parts)s. Few people are all of them, and whoever compares our stories asks which is true."
        )
        found.append(Finding("roles_at_odds", sentence % {"parts": parts}, grave=True))
    if exposure.is_habit:
        found.append(Finding("print_follows_talks", _habit(exposure), grave=True))
    return sorted(found, key=lambda finding: not finding.grave)


def _whom_it_fits(exposure: Exposure) -> Finding:
    fit = exposure.fit
    values = {
        "who": whom(exposure, fit),
        "number": _most(exposure, fit),
        "asked": grouped(asked(fit, exposure.floor)),
    }
    if not fit.places:
        return Finding("not_named", str(_("What rests on her word was printed, and no phrase for her with it.")))
    if exposure.is_under:
        sentence = _(
            "All that was printed of her fits at most %(number)s people (%(who)s), fewer than the %(asked)s that the paper asks "
            "for. What is printed can’t be taken back: let her rest, or let others tell it."
        )
        return Finding("exposure_under_floor", sentence % values, grave=True)
    if exposure.ladder.at_most(fit) is None:
        return Finding(
            "fits_unknown", _("How many people all that was printed of her fits is not known (%(who)s).") % values
        )
    return Finding("fits", _("All that was printed of her fits at most %(number)s people (%(who)s).") % values)


def _whom_a_reader_finds(exposure: Exposure) -> Finding:
    """Beside her phrases, what the sentences on her word name."""
    read = exposure.read
    values = {"who": whom(exposure, read), "number": _most(exposure, read)}
    if exposure.ladder.at_most(read) is None:
        sentence = _("The sentences that rest on her word name more: a reader may take her for %(who)s.")
    else:
        sentence = _(
            "The sentences that rest on her word name more: a reader may take her for one of at most %(number)s people "
            "(%(who)s)."
        )
    return Finding("sentences_tell_more", sentence % values, grave=exposure.reads_under and not exposure.is_under)


def tells_more(read: Fit, fit: Fit) -> bool:
    """Whether the sentences name another place or trade than her phrases. That she lives there is hardly more."""
    return read.places != fit.places or bool((read.parts - fit.parts) & (TRADES | {OTHER_TRADE}))


def whom(exposure: Exposure, fit: Fit) -> str:
    """The set in short: "Hyesan · trader"."""
    places = " + ".join(name(exposure.ladder.places[key]) for key in sorted(fit.places))
    parts = " + ".join(map(role, sorted(fit.parts)))
    return " · ".join(filter(None, [places, parts])) or str(_("anybody"))


def role(part: str) -> str:
    """A role in words, also one that no attribution may say."""
    return str(_("another role") if part == OTHER_TRADE else Source.Part(part).label)


def _most(exposure: Exposure, fit: Fit) -> str:
    most = exposure.ladder.at_most(fit)
    return str(_("not known")) if most is None else grouped(most)


# ----------------------------------------------------------------------------------------------------------------------
# How it shrank, and what comes next
# ----------------------------------------------------------------------------------------------------------------------


class _Scale:
    """Draws a number of people as a length, by tenfolds."""

    def __init__(self, exposure: Exposure, needed: int) -> None:
        known = [place.population or 0 for place in exposure.ladder.places.values()]
        self.top = math.log10(max([*known, needed, 10]))

    def width(self, number: int | None) -> int:
        """Between 2, so that it can be seen, and the whole. None, which nobody knows, is drawn whole."""
        return WHOLE if number is None else max(2, round(WHOLE * math.log10(max(number, 1)) / self.top))


def _bar(exposure: Exposure, step: Step, scale: _Scale) -> Bar:
    ladder = exposure.ladder
    most, read = ladder.at_most(step.fit), ladder.at_most(step.read)
    is_less = tells_more(step.read, step.fit)
    return Bar(
        label=whom(exposure, step.fit),
        number=_most(exposure, step.fit),
        width=scale.width(most),
        is_under=ladder.is_under(step.fit, exposure.floor),
        read_number=f"{_most(exposure, step.read)} ({whom(exposure, step.read)})" if is_less else "",
        read_width=scale.width(read) if is_less else 0,
        day=step.seen.day,
    )


def _following(exposure: Exposure, scale: _Scale) -> list[Bar]:
    """What each phrase that she allows would leave, the narrowest first; those that change nothing left out."""
    bars = []
    language = get_language() or "en"
    source = exposure.source
    for place in exposure.ladder.up(source.place_id):
        for part in dict.fromkeys([source.part, Source.Part.SOURCE]):
            left = exposure.after(place.pk, part)
            if left == exposure.fit:
                continue
            phrase = attribution(part, place, "ko" if language == "ko" else "en")
            # by: what joins the phrase to the sentence in Korean (으로, 로); nothing in English.
            by = with_particle(phrase, "으로").removeprefix(phrase) if language == "ko" else ""
            said = _("leaves at most %(number)s (%(who)s)")
            bars.append(
                Bar(
                    label=phrase,
                    heading=_("With “%(phrase)s”%(by)s") % {"phrase": phrase, "by": by},
                    number=said % {"number": _most(exposure, left), "who": whom(exposure, left)},
                    width=scale.width(exposure.ladder.at_most(left)),
                    is_under=exposure.ladder.is_under(left, exposure.floor),
                )
            )
    return bars


def _otherwise(exposure: Exposure, following: list[Bar]) -> str:
    """What is left under every other phrase."""
    if not exposure.fit.places:
        return ""
    number = _most(exposure, exposure.fit)
    if not following:
        return _("Under any phrase that she allows it stays as it is: at most %(number)s.") % {"number": number}
    return _("Under any other phrase that she allows it stays as it is: at most %(number)s.") % {"number": number}


def _habit(exposure: Exposure) -> str:
    if not exposure.is_habit:
        return ""
    if len(exposure.close) < HABIT:
        return _(
            "In %(number)d stories print followed a talk with her within %(limit)d days. Whoever lays our dates beside lists of "
            "calls finds the number that rang each time. Let a story wait for longer, and never the same number of days."
        ) % {"number": exposure.times, "limit": CLOSE}
    days = ", ".join(str(days) for days in exposure.close[-8:])
    return _(
        "Print followed the talk by %(days)s days. Whoever lays our dates beside lists of calls finds the number that rang "
        "each time. Let a story wait for more than %(limit)d days, and never the same number."
    ) % {"days": days, "limit": CLOSE}


# ----------------------------------------------------------------------------------------------------------------------
# Everything that was printed
# ----------------------------------------------------------------------------------------------------------------------


def _row(exposure: Exposure, step: Step) -> Row:
    seen = step.seen
    language = "ko" if get_language() == "ko" else "en"
    places = [name(exposure.ladder.places[key]) for key in sorted(seen.named)]
    trades = [role(trade) for trade in sorted(seen.trades)]
    media = [str(Talk.Medium(medium).label) for medium in sorted(seen.media)]
    phrase = attribution(seen.part, exposure.ladder.places[seen.place], seen.language) if seen.place is not None else ""
    told = [
        f"{what}: {', '.join(named)}"
        for what, named in (
            (_("the text names"), places),
            (_("the text calls her"), trades),
            (_("in the words"), [f"“{words}”" for words in sorted(seen.called)]),
            (_("the text says how we spoke"), media),
            (_("the text names the date"), [_date(*each) for each in sorted(seen.dates)]),
        )
        if named
    ]
    return Row(
        day=seen.day,
        language=seen.language if phrase else language,
        language_name=_edition(seen.language),
        version=seen.version,
        state=str(State(seen.state).label),
        headline=seen.headline,
        address=reverse("articles:version", args=[seen.article, seen.version]),
        phrase=phrase,
        told=told,
        talk=_talk(seen),
        shrank=step.shrank,
    )


def _edition(language: str) -> str:
    return str(_("Korean edition") if language == "ko" else _("English edition"))


def _talk(seen: Seen) -> str:
    """The talk behind it, as far as its day is kept, and by how many days print followed."""
    if seen.talk is None or (days := seen.followed_by) is None:
        return ""
    values = {"medium": seen.talk.get_medium_display(), "number": days}
    if days == 0:
        return _("printed on the day of the talk (%(medium)s)") % values
    return (
        ngettext(
            "printed a day after the talk (%(medium)s)", "printed %(number)d days after the talk (%(medium)s)", days
        )
        % values
    )


def _date(date: date, kind: str) -> str:
    return date_format(date, "DATE_FORMAT" if kind == "day" else "YEAR_MONTH_FORMAT")
