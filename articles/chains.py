"""Why a story left the site, told as a chain: what it rested on, in which other story, down to what fell first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.gate import SENTENCES
from articles.models import Article, Entry, Fact, Hold, Pull, Verdict, Wording
from articles.quoting import inner, short

# What had fallen in a story by itself when it was taken off, one sentence a code: it may be mended since. Never which
# source.
FELL: dict[str, Promise] = {
    "fact_disputed": gettext_lazy("“{fact}” was disputed."),
    "fact_unconfirmed": gettext_lazy("“{fact}” was no longer confirmed."),
    "fact_needs_sources": gettext_lazy("“{fact}” no longer rested on enough independent confirmed sources."),
    "statement_needs_talk": gettext_lazy("“{fact}” no longer rested on a talk with a confirmed source."),
    "record_needs_copy": gettext_lazy("“{fact}” no longer rested on an archived copy."),
    "exception_not_told": gettext_lazy("“{fact}” rested on an exception of which its readers were not told."),
}
# Those that an editor's word fells, with her name.
FELL_BY: dict[str, Promise] = {
    "fact_disputed": gettext_lazy("“{fact}” was disputed by {name}."),
    "fact_unconfirmed": gettext_lazy("“{fact}” was no longer confirmed by {name}."),
}
# The same as FELL, before the act that fells them.
WILL_FALL: dict[str, Promise] = {
    "fact_disputed": gettext_lazy("“{fact}” will be disputed."),
    "fact_unconfirmed": gettext_lazy("“{fact}” will no longer be confirmed."),
    "fact_needs_sources": gettext_lazy("“{fact}” will no longer rest on enough independent confirmed sources."),
    "statement_needs_talk": gettext_lazy("“{fact}” will no longer rest on a talk with a confirmed source."),
    "record_needs_copy": gettext_lazy("“{fact}” will no longer rest on an archived copy."),
    "exception_not_told": gettext_lazy("“{fact}” will rest on an exception of which its readers were not told."),
}
# Where a fact rested on an earlier one, that one's fall says more than these.
LACKS_SUPPORT = {"fact_needs_sources", "statement_needs_talk", "record_needs_copy"}
# A longer chain than this is told by its own stories' pages.
LONGEST = 12


@dataclass(frozen=True)
class Step:
    """One link of a chain, and where it is seen to. ``story``: in which other story, empty for the one that is told of."""

    what: str
    link: str
    story: str = ""

    @property
    def sentence(self) -> str:
        return _("In “%(story)s”: %(what)s") % {"story": self.story, "what": self.what} if self.story else self.what


class Chains:
    """Tells chains, and looks each story up once. ``ahead``: of an act that is only tried, so of what is to come."""

    def __init__(self, *, ahead: bool = False) -> None:
        self._ahead = ahead
        self._articles: dict[int, Article] = {}
        self._pulls: dict[Any, Pull | None] = {}

    def of(self, pull: Pull) -> list[Step]:
        """The chain of one pull by the gate, from the story itself to what fell first."""
        return self._follow(pull, "", set())[:LONGEST]

    def _follow(self, pull: Pull, story: str, told: set[int]) -> list[Step]:
        if pull.pk in told:
            return []
        told.add(pull.pk)
        if pull.by_id:
            return [Step(_("It will be pulled by hand.") if self._ahead else _("It was pulled by hand."), "", story)]
        through = {cause["fact"] for cause in pull.causes if cause["code"] == "earlier_fell"}
        steps: list[Step] = []
        onwards: list[Article] = []
        for cause in pull.causes:
            code, fact, thing = cause["code"], cause.get("fact"), cause.get("object")
            other = None
            if code in LACKS_SUPPORT and fact in through:
                continue
            if code == "earlier_fell":
                step, other = self._earlier(fact, thing)
            elif code == "original_fell":
                step, other = self._original(thing)
            elif code in ("pulled_since", "withdrawn_since"):
                steps += [
                    Step(_("The version before it was taken off the site."), "", story),
                    *self._before(pull, story, told),
                ]
                continue
            else:
                step = self._fell(code, fact, thing, pull)
            if step:
                steps.append(replace(step, story=story))
            if other and other not in onwards:
                onwards.append(other)
        for article in onwards:
            if further := self._pull_of(article):
                steps += self._follow(further, _short(str(article)), told)
        return list(dict.fromkeys(steps))

    def _before(self, pull: Pull, story: str, told: set[int]) -> list[Step]:
        """Why the version before a waiting one was taken off."""
        stops = Pull.objects.filter(publication__story=pull.publication.story).exclude(publication=pull.publication)
        before = stops.first()
        return self._follow(before, story, told) if before else []

    def _earlier(self, fact: int | None, wording: int | None) -> tuple[Step | None, Article | None]:
        earlier = Wording.objects.filter(pk=wording or 0).select_related("fact__article").first()
        if earlier is None:
            return None, None
        other = self._articles.setdefault(earlier.fact.article_id, earlier.fact.article)
        words = (
            _("“%(fact)s” rests on “%(earlier)s” in the story “%(story)s”, which will no longer carry it.")
            if self._ahead
            else _("“%(fact)s” rested on “%(earlier)s” in the story “%(story)s”, which no longer carried it.")
        )
        said = {"fact": _statement(fact), "earlier": _short(earlier.text), "story": _short(str(other))}
        return Step(words % said, reverse("admin:articles_fact_change", args=[earlier.fact_id])), other

    def _original(self, article: int | None) -> tuple[Step | None, Article | None]:
        original = self._articles.get(article or 0) or Article.objects.filter(pk=article or 0).first()
        if original is None:
            return None, None
        self._articles[original.pk] = original
        words = (
            _("It is a translation of “%(story)s”, which will leave the site.")
            if self._ahead
            else _("It is a translation of “%(story)s”, which left the site.")
        )
        return Step(words % {"story": _short(str(original))}, original.get_absolute_url()), original

    def _fell(self, code: str, fact: int | None, thing: int | None, pull: Pull) -> Step | None:
        if code == "hold_running":
            held = Hold.objects.get(pk=thing or 0)
            hour = date_format(localtime(held.until), "DATETIME_FORMAT")
            words = (
                (
                    _("It will be held back until %(hour)s for somebody’s safety.")
                    if self._ahead
                    else _("It was held back until %(hour)s for somebody’s safety.")
                )
                if held.kind == Hold.Kind.SAFETY
                else _("It will be under embargo until %(hour)s.")
                if self._ahead
                else _("It was under embargo until %(hour)s.")
            )
            return Step(
                words % {"hour": hour}, reverse("admin:articles_article_change", args=[held.article_id]) + "#holds"
            )
        if code == "protected_term":
            return Step(str(SENTENCES[code]), "")
        if code not in FELL or fact is None:
            return None
        name = _who_said(code, fact, pull) if code in FELL_BY and not self._ahead else ""
        told = WILL_FALL if self._ahead else FELL_BY if name else FELL
        words = str(told[code]).format(fact=_statement(fact), name=name)
        return Step(words, reverse("admin:articles_fact_change", args=[fact]))

    def _pull_of(self, article: Article) -> Pull | None:
        """The last time that this story was taken off, unless it is back."""
        if article.story not in self._pulls:
            self._pulls[article.story] = (
                Pull.objects.filter(publication__story=article.story)
                .exclude(publication__pulled_at=None, publication__leaves_at=None)
                .first()
            )
        return self._pulls[article.story]


def _who_said(code: str, fact: int, pull: Pull) -> str:
    """Whose word on a fact it was, by the order of the record: the hours of one act are not told apart."""
    ruling = code.removeprefix("fact_")
    said = {str(v.pk): v for v in Verdict.objects.filter(wording__fact=fact, ruling=ruling).select_related("by")}
    of_pull = Entry.objects.filter(table_name=Pull._meta.db_table, row_id=str(pull.pk)).values("number")[:1]
    of_verdicts = Entry.objects.filter(table_name=Verdict._meta.db_table, row_id__in=said, number__lt=Subquery(of_pull))
    last = of_verdicts.order_by("-number").values_list("row_id", flat=True).first()
    return str(said[last].by) if last else ""


def _statement(fact: int | None) -> str:
    found = Fact.objects.filter(pk=fact or 0).first()
    return _short(found.statement) if found else ""


def _short(text: str) -> str:
    """Words as they stand between quotation marks."""
    return inner(short(text))
