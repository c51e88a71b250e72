"""What became of the sources on whose word a story rests, for editors: neither source nor circle is named.

A story counts its sources by their circles and standings, so a change of either touches every story that rests on
them. Who is no editor reads what the gate did about it, and no more: next to a story, even "one of its sources left a
circle" would say something of a person whom the reader of it may not know.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.history.entries import Line, Teller
from articles.models import Entry
from sources.models import Source, Vetting


def source_lines(entries: list[Entry]) -> list[Line]:
    """The changes of a story's sources while it rested on them; `entries`: those of the story."""
    spells = _spells(entries)
    if not spells:
        return []
    vettings = Vetting.objects.filter(source__in=spells).values_list("pk", flat=True)
    # Uses index: entry_of_a_row.
    changes = Entry.objects.filter(
        Q(table_name=Source._meta.db_table, row_id__in=map(str, spells), op=Entry.Op.UPDATE)
        | Q(table_name=Vetting._meta.db_table, row_id__in=map(str, vettings), op=Entry.Op.INSERT)
    ).order_by("number")
    teller = Teller(list(changes))
    lines = []
    for change in teller.entries:
        source = change.fields.get("source_id", change.fields["id"])
        if any(begins < change.number < ends for begins, ends in spells[source]):
            line = _vetted(teller, change) if change.table_name == Vetting._meta.db_table else _moved(teller, change)
            if line is not None:
                lines.append(line)
    return lines


def _spells(entries: list[Entry]) -> dict[int, list[tuple[int, float]]]:
    """From which entry to which a source's word carried something of the story, by source."""
    taken_back = {
        e.fields["confirmation_id"]: e.number
        for e in entries
        if e.table_name == "articles_takenback" and e.op in (Entry.Op.INSERT, Entry.Op.FOUND)
    }
    spells: dict[int, list[tuple[int, float]]] = {}
    for entry in entries:
        if entry.table_name == "articles_confirmation" and entry.op in (Entry.Op.INSERT, Entry.Op.FOUND):
            for source in filter(None, (entry.fields["source_id"], entry.fields["told_by_id"])):
                ends = taken_back.get(entry.fields["id"], float("inf"))
                spells.setdefault(source, []).append((entry.number, ends))
    return spells


def _moved(teller: Teller, entry: Entry) -> Line | None:
    """In or out of a circle. A standing is told by its vetting."""
    if "circle_id" not in entry.before:
        return None
    if entry.before["circle_id"] is None:
        sentence = _("%(name)s put a source of this story into a circle.")
    elif entry.fields["circle_id"] is None:
        sentence = _("%(name)s took a source of this story out of a circle.")
    else:
        sentence = _("%(name)s moved a source of this story from one circle to another.")
    return teller.line(entry, sentence % {"name": teller.who(entry)})


def _vetted(teller: Teller, entry: Entry) -> Line:
    sentence = {
        Source.Standing.CONFIRMED: _("%(name)s confirmed a source of this story."),
        Source.Standing.UNCONFIRMED: _("%(name)s no longer confirms a source of this story."),
        Source.Standing.DISCREDITED: _("%(name)s discredited a source of this story."),
    }[Source.Standing(entry.fields["standing"])]
    return teller.line(entry, sentence % {"name": teller.who(entry)})
