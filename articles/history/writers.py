"""Who counts as having written a story: whoever wrote in it, its authors, the names above it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.history.entries import Line, Teller
from articles.models import Entry


def wrote(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry, _("%(name)s counts as a writer of this story from then on.") % {"name": teller.who(entry)}
    )


def author(teller: Teller, entry: Entry) -> Line | None:
    """Somebody made an author, or no longer one."""
    person = teller.people.get(entry.fields["user_id"])
    values = {"name": teller.who(entry), "author": person or _("somebody who is gone")}
    if entry.op == Entry.Op.DELETE:
        return teller.line(entry, _("%(name)s took %(author)s off the authors.") % values)
    return _unless_found(teller, entry, _("%(name)s made %(author)s an author.") % values)


def byline(teller: Teller, entry: Entry) -> Line | None:
    """A byline put above the story, or taken away."""
    found = teller.bylines.get(entry.fields["byline_id"])
    values = {"name": teller.who(entry), "byline": found or _("a byline that is gone")}
    if entry.op == Entry.Op.DELETE:
        return teller.line(entry, _("%(name)s took away the byline %(byline)s.") % values)
    return _unless_found(teller, entry, _("%(name)s put the byline %(byline)s above the story.") % values)


def _unless_found(teller: Teller, entry: Entry, sentence: str) -> Line | None:
    """Of a row from before the record nobody knows when it came: it has no place in a history."""
    return None if entry.op == Entry.Op.FOUND else teller.line(entry, sentence)
