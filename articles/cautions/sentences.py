"""What each caution says, and whom it means, in the language of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.cautions.found import Caution
from articles.quoting import inner, short
from reader.models import Language
from sources.models import Place, Source


def who_is_meant(caution: Caution, *, known: bool) -> str:
    """The aliases, for who may know them; empty where a quotation is nobody's whom we know."""
    if not caution.sources:
        return ""
    if known:
        return ", ".join(source.alias for source in caution.sources)
    return ngettext("One of the sources", "Several of the sources", len(caution.sources))


def sentence_of(caution: Caution, *, to_the_day: bool) -> str:
    """What it is, and what would mend it. ``to_the_day``: whether the days of talks, and how she is, may be said."""
    return SENTENCES[caution.code]({**caution.words, "to_the_day": to_the_day})


def _unsafe(words: dict[str, Any]) -> str:
    if not words["to_the_day"]:
        return _(
            "She is not safe at present, and her word would be printed now. Ask whoever speaks with her whether it can wait."
        )
    return _(
        "She is %(safety)s, and her word would be printed now. Ask whoever speaks with her whether it can wait."
    ) % {"safety": Source.Safety(words["safety"]).label}


def _under(words: dict[str, Any]) -> str:
    values = {"number": grouped(words["number"]), "asked": grouped(words["asked"])}
    if words["already"]:
        return (
            _(
                "All that was printed of her fits at most %(number)s people, fewer than the %(asked)s that the paper asks for. "
                "Each story more says that it is still she who speaks. Leave her out, or let another tell it."
            )
            % values
        )
    return (
        _(
            "With this story all that was printed of her fits at most %(number)s people; the paper asks for %(asked)s. "
            "Give her a wider place, or leave her out."
        )
        % values
    )


def _unknown(words: dict[str, Any]) -> str:
    return _(
        "Nobody has entered how many people live in this place, so nobody knows how few fit her: %(place)s. Enter the "
        "figure and where it is from, or choose a wider place."
    ) % {"place": name(words["place"])}


def _apart(words: dict[str, Any]) -> str:
    return _(
        "Here she is of %(place)s; before this she was of %(others)s, which lies elsewhere. Few people are of both. Use the "
        "place around both."
    ) % {"place": name(words["place"]), "others": ", ".join(map(name, words["others"]))}


def _at_odds(words: dict[str, Any]) -> str:
    return _(
        "Here her role is “%(part)s”; before this it was “%(others)s”. Few people are both, and whoever compares asks which "
        "is true. Use a role that is in both."
    ) % {
        "part": Source.Part(words["part"]).label,
        "others": ", ".join(str(Source.Part(other).label) for other in words["others"]),
    }


def _shared(words: dict[str, Any]) -> str:
    return (
        _(
            "Both are “%(phrase)s” here: to the reader they are one, of whom twice as much is known. Give one of them a wider "
            "place or another role, if it is as true."
        )
        % words
    )


def _doubled(words: dict[str, Any]) -> str:
    values = {**words, "language": Language(words["language"]).label}
    if words.get("is_typed"):
        return (
            _(
                "She is “%(phrase)s” in this story, and the text also calls her “%(other)s”. The reader learns both of one person, "
                "or counts two where there is one. Use one phrase."
            )
            % values
        )
    if words["is_printed"]:
        return (
            _(
                "She is “%(phrase)s” here, and “%(other)s” in a version that was printed. Whoever reads both knows more than "
                "either says. Keep to the first phrase."
            )
            % values
        )
    return (
        _(
            "She is “%(phrase)s” here, and “%(other)s” in the other edition (%(language)s). Whoever reads both knows more than "
            "either says. Use one phrase."
        )
        % values
    )


def _near_event(words: dict[str, Any]) -> str:
    days = words["days"]
    values = {"fact": inner(short(words["fact"])), "number": days}
    if not words["to_the_day"]:
        sentence = _(
            "Few could know “%(fact)s”, and we spoke with her within days of it. Whoever asks who told looks at the calls of "
            "those days. Print no day, or wait."
        )
    elif days == 0:
        sentence = _(
            "Few could know “%(fact)s”, and we spoke with her on that very day. Whoever asks who told looks at the calls of "
            "those days. Print no day, or wait."
        )
    else:
        sentence = ngettext(
            "Few could know “%(fact)s”, and we spoke with her a day later. Whoever asks who told looks at the calls of those "
            "days. Print no day, or wait.",
            "Few could know “%(fact)s”, and we spoke with her %(number)d days later. Whoever asks who told looks at the calls "
            "of those days. Print no day, or wait.",
            days,
        )
    return sentence % values


def _near_talk(words: dict[str, Any]) -> str:
    days = words["days"]
    if not words["to_the_day"]:
        sentence = (
            _("At the hour for which it is planned we will have spoken with her shortly before.")
            if words["is_planned"]
            else _("We spoke with her in these days.")
        )
    elif words["is_planned"]:
        sentence = ngettext(
            "At the hour for which it is planned it is %(number)d day since we spoke with her.",
            "At the hour for which it is planned it is %(number)d days since we spoke with her.",
            days,
        )
    elif days == 0:
        sentence = _("We spoke with her today.")
    else:
        sentence = ngettext("We spoke with her yesterday.", "We spoke with her %(number)d days ago.", days)
    advice = _("Print that follows a call so closely can be laid beside a list of calls. Wait, or choose an hour.")
    return f"{sentence % {'number': days}} {advice}"


def _habit(words: dict[str, Any]) -> str:
    sentence = (
        _("In earlier stories print followed the talk by %(days)s days.")
        if words["to_the_day"] and words["days"]
        else _("In earlier stories print followed closely when we had spoken with her.")
    )
    advice = _("This one would come as soon, and a habit can be noticed: wait longer this time.")
    return f"{sentence % {'days': ', '.join(map(str, words['days'][-5:]))}} {advice}"


def _dialect(words: dict[str, Any]) -> str:
    return _(
        "“%(word)s” is said in one part of the country and hardly elsewhere: “%(quotation)s”. Put it into common words, or "
        "paraphrase."
    ) % {"word": words["word"], "quotation": inner(short(words["quotation"]))}


def _long(words: dict[str, Any]) -> str:
    return ngettext(
        "%(number)d word stands here as it was said: “%(quotation)s”. Would a paraphrase do? People are known by how they speak.",
        "%(number)d words stand here as they were said: “%(quotation)s”. Would a paraphrase do? People are known by how they "
        "speak.",
        words["number"],
    ) % {"number": words["number"], "quotation": inner(short(words["quotation"]))}


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "source_unsafe": _unsafe,
    "exposure_under_floor": _under,
    "population_unknown": _unknown,
    "places_apart": _apart,
    "roles_at_odds": _at_odds,
    "two_sources_one_attribution": _shared,
    "one_source_two_attributions": _doubled,
    "talk_near_event": _near_event,
    "print_near_talk": _near_talk,
    "print_follows_talks": _habit,
    "dialect_quoted": _dialect,
    "long_quotation": _long,
}


def grouped(number: int) -> str:
    """A figure as it is read: 192,680."""
    return number_format(number, use_l10n=True, force_grouping=True)


def name(place: Place) -> str:
    """A place in the desk's language."""
    return place.name(get_language() or "en")
