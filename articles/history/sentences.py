"""One sentence for each kind of entry: who did what, why, and what stood before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.chains import Chains
from articles.checks import WORDS
from articles.history.cautions import cautioned
from articles.history.entries import Line, Teller, hour_words, quoted
from articles.history.rewording import worded
from articles.history.writers import author, byline, wrote
from articles.models import Confirmation, Correction, Entry, Hold, Policy, Verdict


def removed_wording(teller: Teller, entry: Entry) -> Line:
    return teller.line(entry, _("%(name)s removed a fact of which nobody had spoken.") % {"name": teller.who(entry)})


def recorded(teller: Teller, entry: Entry) -> Line:
    said = teller.confirmations.get(entry.fields["id"])
    values = {
        "name": teller.who(entry),
        "fact": teller.fact(entry.fields["wording_id"]),
        "what": teller.what(said),
        "how": said.get_how_display() if said else "",
        "teller": said.told_by.alias if said and said.told_by else "",
    }
    if values["teller"]:
        sentence = _("%(name)s recorded what %(fact)s rests on: %(what)s (%(how)s, by %(teller)s).")
    elif values["how"]:
        sentence = _("%(name)s recorded what %(fact)s rests on: %(what)s (%(how)s).")
    else:
        sentence = _("%(name)s recorded what %(fact)s rests on: %(what)s.")
    return teller.line(entry, sentence % values, to_colleagues=_unnamed(sentence, values, said))


def took_back(teller: Teller, entry: Entry) -> Line:
    said = teller.confirmations.get(entry.fields["confirmation_id"])
    values = {
        "name": teller.who(entry),
        "what": teller.what(said),
        "fact": teller.fact(said.wording_id) if said else _("a fact that is gone"),
    }
    sentence = _("%(name)s took back that %(fact)s rests on %(what)s.")
    return teller.line(entry, sentence % values, to_colleagues=_unnamed(sentence, values, said))


def _unnamed(sentence: str, values: dict[str, str], said: Confirmation | None) -> str:
    """A source's word without who recorded it, and so speaks with her. Of a word that is gone nobody knows whose it was."""
    if said is not None and said.source_id is None:
        return ""
    return sentence % {**values, "name": _("A reporter")}


def judged(teller: Teller, entry: Entry) -> Line:
    values: dict[str, Any] = {"name": teller.who(entry), "fact": teller.fact(entry.fields["wording_id"])}
    ruling = entry.fields["ruling"]
    if ruling == Verdict.Ruling.DISPUTED:
        sentence = _("%(name)s disputed %(fact)s") % values
    elif ruling == Verdict.Ruling.UNCONFIRMED:
        sentence = _("%(name)s no longer confirms %(fact)s") % values
    else:
        seen = [teller.confirmations[key] for key in entry.fields["seen"] if key in teller.confirmations]
        sources, others = len({c.source_id for c in seen if c.source_id}), sum(not c.source_id for c in seen)
        if sources:
            values["number"] = sources
            sentence = (
                ngettext(
                    "%(name)s confirmed %(fact)s on one source.",
                    "%(name)s confirmed %(fact)s on %(number)d sources.",
                    sources,
                )
                % values
            )
        elif others:
            sentence = _("%(name)s confirmed %(fact)s on %(what)s.") % {
                **values,
                "what": ", ".join(teller.what(c) for c in seen),
            }
        else:
            sentence = _("%(name)s confirmed %(fact)s") % values
    return teller.line(entry, sentence, before=_verdict_before(teller, entry))


def _verdict_before(teller: Teller, entry: Entry) -> str:
    earlier = [
        e
        for e in teller.entries
        if e.table_name == entry.table_name
        and e.number < entry.number
        and e.fields.get("wording_id") == entry.fields["wording_id"]
    ]
    if not earlier:
        return ""
    last = earlier[-1]
    return f"{Verdict.Ruling(last.fields['ruling']).label} ({teller.who(last)})"


def dropped(teller: Teller, entry: Entry) -> Line:
    wordings = [w for w in teller.wordings.values() if w.fact_id == entry.fields["fact_id"]]
    fact = quoted(wordings[-1].text) if wordings else _("a fact that is gone")
    return teller.line(
        entry, _("%(name)s dropped from the story: %(fact)s") % {"name": teller.who(entry), "fact": fact}
    )


def waived(teller: Teller, entry: Entry) -> Line:
    row = teller.row(entry)
    return teller.line(
        entry,
        _("%(name)s proposed to waive the number of sources for %(fact)s")
        % {"name": teller.who(entry), "fact": teller.fact(entry.fields["wording_id"])},
        more=[_("Readers are told: %(reason)s") % {"reason": row.printed_reason}] if row else [],
    )


def agreed_to_waiver(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry,
        _("%(name)s agreed to waive the number of sources for %(fact)s")
        % {"name": teller.who(entry), "fact": teller.fact(entry.fields["wording_id"])},
    )


def overrode(teller: Teller, entry: Entry) -> Line:
    row = teller.row(entry)
    return teller.line(
        entry,
        _("%(name)s proposed an emergency override until %(hour)s.")
        % {"name": teller.who(entry), "hour": hour_words(entry.fields["until"])},
        more=[_("Readers are told: %(reason)s") % {"reason": row.printed_reason}] if row else [],
    )


def agreed_to_override(teller: Teller, entry: Entry) -> Line:
    return teller.line(entry, _("%(name)s agreed to the emergency override.") % {"name": teller.who(entry)})


def held(teller: Teller, entry: Entry) -> Line:
    values = {"name": teller.who(entry), "hour": hour_words(entry.fields["until"])}
    if entry.fields["kind"] == Hold.Kind.SAFETY:
        return teller.line(entry, _("%(name)s held the story back until %(hour)s for somebody’s safety.") % values)
    return teller.line(entry, _("%(name)s put the story under embargo until %(hour)s.") % values)


def lifted(teller: Teller, entry: Entry) -> Line:
    return teller.line(entry, _("%(name)s lifted a hold.") % {"name": teller.who(entry)})


def invited(teller: Teller, entry: Entry) -> Line:
    guest = teller.people.get(entry.fields["guest_id"])
    return teller.line(
        entry,
        _("%(name)s invited %(guest)s to read and sign until %(hour)s.")
        % {"name": teller.who(entry), "guest": guest or _("a guest"), "hour": hour_words(entry.fields["until"])},
    )


def marked_as_context(teller: Teller, entry: Entry) -> Line:
    """A sentence that states nothing, and the end of that."""
    values = {"name": teller.who(entry), "text": quoted(_kept_words(teller, entry))}
    if teller.op(entry) == Entry.Op.DELETE:
        return teller.line(entry, _("%(name)s says that this is not context: %(text)s") % values)
    return teller.line(entry, _("%(name)s marked as context: %(text)s") % values)


def _kept_words(teller: Teller, entry: Entry) -> str:
    """Words of a row that may be gone: kept by the entry of its end, or there still."""
    same = (
        e for e in teller.entries if (e.table_name, e.row_id) == (entry.table_name, entry.row_id) and "text" in e.kept
    )
    gone = next(same, None)
    row = teller.row(entry)
    return str(gone.kept["text"]) if gone else row.text if row else ""


def staggered(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry,
        _("Version %(version)d leaves print at %(hour)s: a staggered pull.")
        % {"version": teller.version(entry), "hour": hour_words(entry.fields["at"])},
    )


def rendered(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry,
        _("%(name)s marked as faithfully translated: %(fact)s")
        % {"name": teller.who(entry), "fact": teller.fact(entry.fields["wording_id"])},
    )


def proofed(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry,
        _("%(name)s asked for review. Proof %(digest)s was made.")
        % {"name": teller.who(entry), "digest": entry.fields["digest"][:12]},
    )


def checked(teller: Teller, entry: Entry) -> Line | None:
    if entry.fields["passed"]:
        return None
    name = entry.fields["name"]
    return teller.line(
        entry, _("The check “%(check)s” found something in the proof.") % {"check": WORDS.get(name, name)}
    )


def signed(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry,
        _("%(name)s signed proof %(digest)s.") % {"name": teller.who(entry), "digest": entry.fields["digest"][:12]},
    )


def printed(teller: Teller, entry: Entry) -> Line:
    version = teller.versions.get(str(entry.fields["publication_id"]))
    number = teller.version(entry)
    values = {"name": teller.who(entry), "version": number}
    # As it stood when it was done, whatever hour it was given afterwards.
    hour = next(
        (
            e.fields["go_live_at"]
            for e in teller.entries
            if e.table_name == "reader_publication" and e.row_id == str(entry.fields["publication_id"])
        ),
        version.go_live_at.isoformat() if version else None,
    )
    goes_live = parse_datetime(hour) if hour else None
    before = _("version %(version)d") % {"version": number - 1} if number > 1 else ""
    if goes_live and goes_live > teller.hour(entry):
        sentence = _("%(name)s scheduled version %(version)d for %(hour)s.")
        return teller.line(entry, sentence % {**values, "hour": hour_words(goes_live.isoformat())}, before=before)
    return teller.line(entry, _("%(name)s published version %(version)d.") % values, before=before)


def moved(teller: Teller, entry: Entry) -> Line | None:
    """Another hour. What takes a version off the site, and what puts it back, is told by its own entry."""
    if "go_live_at" not in entry.before:
        return None
    return teller.line(
        entry,
        _("%(name)s moved version %(version)d to %(hour)s.")
        % {
            "name": teller.who(entry),
            "version": teller.version(entry),
            "hour": hour_words(entry.fields["go_live_at"]),
        },
        before=hour_words(entry.before["go_live_at"]),
    )


def pulled(teller: Teller, entry: Entry) -> Line:
    values = {"name": teller.who(entry), "version": teller.version(entry)}
    if entry.fields["by_id"]:
        return teller.line(entry, _("%(name)s pulled version %(version)d off the site.") % values)
    row = teller.row(entry)
    if row and row.at > entry.at:
        # A staggered one stands in the record from the day on which it was agreed to.
        words = _("The pull of version %(version)d is staggered: it leaves print at %(hour)s.")
        return teller.line(entry, words % {**values, "hour": hour_words(entry.fields["at"])})
    return teller.line(
        entry,
        _("The gate pulled version %(version)d off the site: what it rested on no longer stood.") % values,
        more=[step.sentence for step in Chains().of(row)] if row else [],
    )


def released(teller: Teller, entry: Entry) -> Line:
    values = {"name": teller.who(entry), "version": teller.version(entry)}
    return teller.line(entry, _("%(name)s released version %(version)d.") % values, before=_("pulled"))


def withdrawn(teller: Teller, entry: Entry) -> Line:
    values = {"name": teller.who(entry), "version": teller.version(entry)}
    return teller.line(entry, _("%(name)s withdrew version %(version)d for good.") % values)


def corrected(teller: Teller, entry: Entry) -> Line:
    """A correction written, changed or removed; with the words that stood before."""
    values = {
        "name": teller.who(entry),
        "kind": Correction.Kind(entry.fields["kind"]).label,
        "text": quoted(_words_of_correction(teller, entry)),
    }
    sentence = {
        Entry.Op.INSERT: _("%(name)s wrote a note for the reader (%(kind)s): %(text)s"),
        Entry.Op.UPDATE: _("%(name)s changed a note for the reader (%(kind)s): %(text)s"),
        Entry.Op.DELETE: _("%(name)s removed a note for the reader (%(kind)s): %(text)s"),
    }[Entry.Op(teller.op(entry))]
    before = []
    if entry.op == Entry.Op.UPDATE:
        if "kind" in entry.before:
            before.append(str(Correction.Kind(entry.before["kind"]).label))
        if "dated" in entry.before:
            before.append(date_format(dt.date.fromisoformat(entry.before["dated"]), "DATE_FORMAT"))
        before.extend(quoted(words) for words in entry.kept.values())
    return teller.line(entry, sentence % values, before=", ".join(before))


def _words_of_correction(teller: Teller, entry: Entry) -> str:
    """What it said from this entry on: kept by the next one that changed it, or there still."""
    if entry.op == Entry.Op.DELETE:
        return str(entry.kept.get("text", ""))
    later = (
        e
        for e in teller.entries
        if e.table_name == entry.table_name
        and e.row_id == entry.row_id
        and e.number > entry.number
        and "text" in e.kept
    )
    following = next(later, None)
    row = teller.row(entry)
    return str(following.kept["text"]) if following else row.text if row else ""


def destroyed(teller: Teller, entry: Entry) -> Line:
    return teller.line(
        entry, _("%(name)s had a text destroyed. It is not on record any more.") % {"name": teller.who(entry)}
    )


def proposed(teller: Teller, entry: Entry) -> Line:
    """A policy, with what it would change."""
    earlier = Policy.objects.filter(pk__lt=entry.fields["id"], agreed_by__isnull=False).order_by("-pk").first()
    more = []
    if earlier:
        for column in Policy._meta.concrete_fields:
            if column.name in UNTOLD or column.attname not in entry.fields:
                continue
            now, then = entry.fields[column.attname], getattr(earlier, column.attname)
            if now != then:
                more.append(
                    _("%(what)s: %(now)s (before: %(then)s)")
                    % {"what": column.verbose_name, "now": plain(now), "then": plain(then)}
                )
    return teller.line(entry, _("%(name)s proposed this policy.") % {"name": teller.who(entry)}, more=more)


UNTOLD = {"id", "proposed_by", "proposed_at", "agreed_by", "agreed_at"}


def plain(value: Any) -> str:
    """A rule's value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def agreed(teller: Teller, entry: Entry) -> Line | None:
    if "agreed_by_id" not in entry.before:
        return None
    return teller.line(entry, _("%(name)s agreed to it; from then on it was in force.") % {"name": teller.who(entry)})


# What has none is left out: a history tells acts, not rows.
SENTENCES: dict[tuple[str, str], Callable[[Teller, Entry], Line | None]] = {
    ("articles_writer", "insert"): wrote,
    ("articles_article_authors", "insert"): author,
    ("articles_article_authors", "delete"): author,
    ("articles_article_bylines", "insert"): byline,
    ("articles_article_bylines", "delete"): byline,
    ("articles_wording", "insert"): worded,
    ("articles_wording", "delete"): removed_wording,
    ("articles_confirmation", "insert"): recorded,
    ("articles_takenback", "insert"): took_back,
    ("articles_verdict", "insert"): judged,
    ("articles_dropping", "insert"): dropped,
    ("articles_waiver", "insert"): waived,
    ("articles_waiver", "update"): agreed_to_waiver,
    ("articles_override", "insert"): overrode,
    ("articles_override", "update"): agreed_to_override,
    ("articles_hold", "insert"): held,
    ("articles_lifting", "insert"): lifted,
    ("articles_invitation", "insert"): invited,
    ("articles_context", "insert"): marked_as_context,
    ("articles_context", "delete"): marked_as_context,
    ("articles_staggerhour", "insert"): staggered,
    ("articles_rendering", "insert"): rendered,
    ("articles_proof", "insert"): proofed,
    ("articles_check", "insert"): checked,
    ("articles_signoff", "insert"): signed,
    ("articles_cautionsseen", "insert"): cautioned,
    ("articles_printing", "insert"): printed,
    ("reader_publication", "update"): moved,
    ("articles_pull", "insert"): pulled,
    ("articles_release", "insert"): released,
    ("articles_withdrawal", "insert"): withdrawn,
    ("articles_correction", "insert"): corrected,
    ("articles_correction", "update"): corrected,
    ("articles_correction", "delete"): corrected,
    ("articles_policy", "insert"): proposed,
    ("articles_policy", "update"): agreed,
    **{
        (table, "destroyed"): destroyed
        for table in (
            "articles_wording",
            "articles_takenback",
            "articles_verdict",
            "articles_dropping",
            "articles_waiver",
            "articles_override",
            "articles_hold",
            "articles_lifting",
            "articles_context",
            "articles_passage",
            "articles_rendering",
            "articles_correction",
            "articles_proof",
            "articles_check",
            "articles_pull",
            "articles_release",
            "articles_withdrawal",
        )
    },
}
