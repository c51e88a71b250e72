"""Protected terms in stories: found at every save, told to nobody but the reporter whose source it is.

The gate keeps a story in which one stands (``gate_scan_blockers``). Its own reporter reads "a protected term of one of your
sources, in paragraph 3"; everybody else reads the same sentence whoever and whatever it is, and asks the desk's keeper.

A scan is a way to ask: each finding is kept with who brought it in and when, and after so many in a day the scan answers
her no more, whatever she types (``sources.answering``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Check, Leak, Proof
from articles.printed_pieces import pieces_of_print, pieces_of_story, place_words
from reader.models import Publication
from sources import leaks
from sources.answering import answered, is_silent_to, people_of
from sources.leaks import Finding
from sources.models import ProtectedPerson, ProtectedTerm

if TYPE_CHECKING:
    from staff.models import User


def look_through(article: Article, *, by: User | None = None) -> None:
    """Scans the working copy as it stands and keeps what was found. The end of every act on a story (``articles.acts``).

    ``by``: who changed its words. Without, what was withheld stays withheld.
    """
    if not ProtectedTerm.objects.exists() and not article.leaks.filter(gone_at=None).exists():
        return
    story = Article.objects.filter(pk=article.pk).first()
    if story is None:
        return
    found = by_person(leaks.scan(pieces_of_story(story)))
    hand = by.pk if by else None
    silent = is_silent_to(hand) or (by is None and is_withheld(story))
    settle(Q(article=story), {(None, Leak.Kind.WITHHELD): set()} if silent else found, hand, article=story)
    scan_again(story)


def scan_again(article: Article) -> None:
    """Scans the present proof anew where terms were added since: its words and the signatures under them stay."""
    proof = article.proofs.order_by("-pk").first()
    newest = ProtectedTerm.objects.aggregate(newest=Max("pk"))["newest"]
    if proof is None or newest is None:
        return
    last = proof.checks.filter(name="leaks").last()
    if last is not None and (last.newest_term or 0) < newest:
        found = of_proof(proof)
        Check.objects.create(proof=proof, digest=proof.digest, name="leaks", passed=not found, findings=found)


def has_grown_old(article: Article) -> bool:
    """Whether a scan of the working copy finds otherwise than at its last save: terms were added since, or taken away.

    Of the story as it is saved, never of what somebody typed and could not save.
    """
    kept = {(leak.person_id, leak.kind): set(leak.places) for leak in article.leaks.filter(gone_at=None)}
    if (None, Leak.Kind.WITHHELD) in kept or not (kept or ProtectedTerm.objects.exists()):
        return False
    story = Article.objects.filter(pk=article.pk).first()
    return story is not None and by_person(leaks.scan(pieces_of_story(story))) != kept


def is_withheld(article: Article) -> bool:
    """Whether the scan of a story gives no answer, for whose hand saved it last."""
    return article.leaks.filter(kind=Leak.Kind.WITHHELD, gone_at=None).exists()


def kept_back_by_the_scan(article: Article) -> str:
    """The law's word for what stands open in the working copy; empty where nothing does. As ``gate_scan_blockers`` says it."""
    kinds = set(article.leaks.filter(gone_at=None).values_list("kind", flat=True))
    if not kinds:
        return ""
    if Leak.Kind.WITHHELD in kinds:
        return "scan_withheld"
    return "numbers_unscanned" if kinds == {Leak.Kind.UNSCANNED} else "protected_term"


def of_proof(proof: Proof) -> list[str]:
    """The places of a proof in which a protected term stands; the check that the law always asks for (``articles.checks``)."""
    if is_withheld(proof.article):
        return [Leak.Kind.WITHHELD]
    found = leaks.scan(pieces_of_print(proof))
    kinds = {finding.kind for finding in found}
    return [Leak.Kind.UNSCANNED] if kinds == {leaks.UNSCANNED} else sorted({finding.place for finding in found})


@dataclass(frozen=True)
class Told:
    """A protected term of one of her people, as the reporter who speaks with them is told. ``in_print``: readers see it."""

    is_source: bool
    places: list[str]
    story: str
    language: str
    link: str
    in_print: bool

    @property
    def sentence(self) -> str:
        """Never which person, and never which word."""
        where = ", ".join(self.places)
        if self.is_source:
            return _("A protected term of one of your sources stands in %(places)s.") % {"places": where}
        return _("A protected term of somebody you protect stands in %(places)s.") % {"places": where}


def told_of(user: User, article: Article | None = None) -> list[Told]:
    """What stands open of this reporter's people, in one story or in all of them: never which person or which word."""
    hers = ProtectedPerson.objects.filter(people_of(user.pk))
    found = Leak.objects.filter(gone_at=None, person__in=hers).select_related("article", "publication", "person")
    if article is not None:
        found = found.filter(article=article)
    told: dict[tuple[bool, str, str, str, bool], set[str]] = {}
    for leak in found.order_by("pk"):
        where: Article | Publication | None = leak.article or leak.publication
        if where is None or leak.person is None:
            continue
        link = leak.article.get_absolute_url() if leak.article else ""
        key = (leak.person.source_id is not None, str(where), where.language, link, leak.article is None)
        told.setdefault(key, set()).update(leak.places)
    return [
        Told(is_source, [place_words(p) for p in _in_order(places)], story, language, link, in_print)
        for (is_source, story, language, link, in_print), places in told.items()
    ]


def by_person(found: Iterable[Finding]) -> dict[tuple[int | None, str], set[str]]:
    """The places of each person's kind of term."""
    places: dict[tuple[int | None, str], set[str]] = {}
    for finding in found:
        places.setdefault((finding.person, finding.kind), set()).add(finding.place)
    return places


def settle(
    where: Q, found: dict[tuple[int | None, str], set[str]], by: int | None, **story: Article | Publication
) -> None:
    """Opens what is found and was not, moves what stands elsewhere, closes what is gone."""
    for leak in Leak.objects.filter(where, gone_at=None):
        places = found.pop((leak.person_id, leak.kind), None)
        if places is None:
            leak.gone_at = timezone.now()
            leak.save(update_fields=["gone_at"])
        elif sorted(places) != leak.places:
            leak.places = sorted(places)
            leak.save(update_fields=["places"])
    Leak.objects.bulk_create(
        Leak(person_id=person, kind=kind, places=sorted(places), by_id=by, **story)
        for (person, kind), places in found.items()
    )
    if by is not None:
        answered((person for person, _kind in found if person is not None), by)


def _in_order(places: Iterable[str]) -> list[str]:
    """Paragraph 10 after paragraph 9."""

    def order(place: str) -> tuple[str, float]:
        name, _space, number = place.partition(" ")
        return name, float(number or 0)

    return sorted(places, key=order)
