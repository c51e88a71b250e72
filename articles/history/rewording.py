"""A fact stated, and stated anew: its statement, its kind, or only the words of the text that state it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.differences import matched
from articles.history.entries import Line, Teller, quoted
from articles.models import Entry, Wording


def worded(teller: Teller, entry: Entry) -> Line:
    """A wording, told by what is new in it."""
    values = {"name": teller.who(entry), "fact": teller.fact(entry.fields["id"])}
    if entry.fields["number"] == 1:
        return teller.line(entry, _("%(name)s stated a fact: %(fact)s") % values)
    now, before = teller.wordings.get(entry.fields["id"]), _before(teller, entry)
    if now is None or before is None or now.text != before.text:
        sentence = _("%(name)s reworded a fact: %(fact)s") % values
        return teller.line(entry, sentence, before=quoted(before.text) if before else "")
    if now.kind != before.kind:
        values["kind"] = now.get_kind_display()
        sentence = _("%(name)s changed the kind of a fact to “%(kind)s”: %(fact)s") % values
        return teller.line(entry, sentence, before=str(before.get_kind_display()))
    sentence = _("%(name)s changed the words of the text that state %(fact)s") % values
    # Passages stand in the order of their letters: told so that each stands where it stood before.
    pairs = matched(before.passages or [], now.passages or [])
    return teller.line(
        entry, sentence, before=_told(old for old, _new in pairs), more=[_told(new for _old, new in pairs)]
    )


def _before(teller: Teller, entry: Entry) -> Wording | None:
    """The wording in whose place this one came."""
    same = (w for w in teller.wordings.values() if w.fact_id == entry.fields["fact_id"])
    return next((w for w in same if w.number == entry.fields["number"] - 1), None)


def _told(passages: Iterable[str | None]) -> str:
    """The words of the text that stated it; none are told as such, or nothing would stand in their place."""
    return " ".join(quoted(words) for words in passages if words) or _("no words of the text")
