"""How a story names its sources: what may be printed of each, what is chosen, and choosing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, require
from articles.attributed import Finding, _place_words, in_working_copy, sentence_of
from articles.gate import SENTENCES, GateError
from articles.models import Article, Attribution
from newsroom.deadlocks import begins_again
from sources.attributions import attribution, ready_to_print
from sources.models import Place, Source

if TYPE_CHECKING:
    from staff.models import User


@dataclass(frozen=True)
class Rung:
    """One phrase that may be printed of a source. ``lack``: why not, in the law's code, or nothing."""

    place: Place
    part: str
    phrase: str
    lack: str
    is_chosen: bool

    @property
    def value(self) -> str:
        """Names the rung in a form."""
        return f"{self.place.pk} {self.part}"

    @property
    def people(self) -> str:
        """How many people live there, to be read."""
        return number_format(self.place.population or 0, force_grouping=True)


@dataclass
class NamedSource:
    """A source on whose word the story stands, and how it names her. Rungs are for who may know them."""

    source: Source
    rungs: list[Rung] = field(default_factory=list)
    # As a sentence takes them, to be copied.
    ready: list[str] = field(default_factory=list)
    # Nobody has chosen yet: the narrowest that may be printed.
    is_offered: bool = True
    may_choose: bool = False

    @property
    def chosen(self) -> Rung | None:
        return next((rung for rung in self.rungs if rung.is_chosen), None)


@dataclass
class Naming:
    """The part of a story's page that says how its sources are named."""

    sources: list[NamedSource]
    findings: list[Finding]

    @property
    def sentences(self) -> list[tuple[str, bool]]:
        """What the text says of sources beyond what was chosen, and whether it only warns."""
        return [(_said_here(finding), finding["warns"]) for finding in self.findings]


def _said_here(finding: Finding) -> str:
    """A finding as it reads right above the words that stand ready."""
    if finding["why"] != "narrower":
        return sentence_of(finding)
    return _(
        "%(where)s: “%(words)s” says more of a source than was chosen for this story. Use the words below, or choose others."
    ) % {"where": _place_words(finding["place"]), "words": finding["words"]}


RUNGS = """
SELECT a.source, l.place, r.part, gate_attribution_lack(a.source, l.place, r.part), (l.place, r.part) = (a.place, a.part)
  FROM gate_attributions(%s, ARRAY(SELECT gate_wordings(%s))) a
  JOIN sources_source s ON s.id = a.source
  CROSS JOIN LATERAL gate_ladder(s.place_id) l
  CROSS JOIN LATERAL (SELECT s.part UNION SELECT 'source') r (part)
 ORDER BY s.alias, l.rung, r.part = 'source'
"""


def naming_of(user: User, article: Article) -> Naming:
    """The sources of a story as this person may know them. Who does not work with sources is told of none."""
    if not user.has_perm("sources.view_source"):
        return Naming([], [])
    with connection.cursor() as cursor:
        cursor.execute(RUNGS, [article.pk, article.pk])
        rows = cursor.fetchall()
    sources = Source.objects.in_bulk({row[0] for row in rows})
    places = Place.objects.in_bulk({row[1] for row in rows})
    chosen = set(
        Attribution.objects.filter(article__in=[article.pk, article.translation_of_id]).values_list("source", flat=True)
    )
    named: dict[int, NamedSource] = {}
    for key, place, part, lack, is_chosen in rows:
        each = named.setdefault(key, NamedSource(sources[key], is_offered=key not in chosen))
        if not may_know(user, each.source):
            continue
        each.may_choose = user.has_perm("articles.change_article")
        phrase = attribution(part, places[place], article.language)
        each.rungs.append(Rung(places[place], part, phrase, lack or "", is_chosen))
        if is_chosen:
            each.ready = ready_to_print(part, places[place], article.language)
    return Naming(list(named.values()), in_working_copy(article))


def may_know(user: User, source: Source) -> bool:
    """Whether this person may know from where a source speaks: who speaks with her, and an editor."""
    return source.is_known_to(user) or user.is_editor


@begins_again
def choose(article: Article, source: Source, place: Place, part: str, *, by: User) -> Attribution:
    """Chooses the place and role by which a story names a source. The next proof is made with it."""
    require(by, "articles.change_article", _("You may not change this story."))
    if not may_know(by, source):
        raise NotAllowed(_("How a source is named is chosen by who speaks with her, or by an editor."))
    with act(article):
        with connection.cursor() as cursor:
            cursor.execute("SELECT gate_attribution_lack(%s, %s, %s)", [source.pk, place.pk, part])
            (lack,) = cursor.fetchone()
        if lack:
            raise GateError(str(SENTENCES[lack]).format(source=source.alias), lack)
        return Attribution.objects.update_or_create(
            article=article, source=source, defaults={"place": place, "part": part}
        )[0]
