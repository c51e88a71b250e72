"""Making the proof: the story as a reader will see it, frozen for reading and signing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import coverage
from articles.acts import act, fresh, require
from articles.bodies import blocks
from articles.checks import judge
from articles.gate import SENTENCES, GateError, blockers
from articles.leaks import kept_back_by_the_scan, look_through
from articles.models import Article, Figure, Policy, Proof, ProofWording, RelatedLink, Wording
from newsroom.deadlocks import begins_again
from photos.models import Photo

if TYPE_CHECKING:
    from staff.models import User


# What the law says of a proof whose words are right and that has to be made anew all the same.
MENDED_BY_A_NEW_PROOF = {
    "pulled_since",
    "withdrawn_since",
    "check_missing",
    "check_failed",
    "text_not_read",
    "not_scanned",
    "scan_withheld",
}


@begins_again
def ask_for_review(article: Article, *, by: User) -> Proof:
    """Freezes the working copy into a proof for an editor to read and sign. Replaces the one before it.

    One that nobody has signed yet and that is still good stays: asking twice asks for nothing new. A proof is kept for
    ever, so none is frozen of a text in which a protected term stands; raises GateError.
    """
    require(by, "articles.add_proof", _("You may not ask for review."))
    with act(article, by=by):
        fresh(article)
        if article.section is None:
            raise GateError(_("The story is in no section. Choose one."), "section_missing")
        coverage.read(article, by=by)
        article.refresh_from_db()
        look_through(article, by=by)
        # What was found stays found; so the refusal comes once it is kept.
        kept_back = kept_back_by_the_scan(article)
        proof = None if kept_back else _frozen(article, by)
    if proof is None:
        raise GateError(str(SENTENCES[kept_back]), kept_back)
    return proof


def _frozen(article: Article, by: User) -> Proof:
    wordings = present_wordings(article)
    last = article.proofs.order_by("-pk").first()
    if last is not None and _is_good(last, article, wordings):
        return last
    proof = Proof.objects.create(
        article=article, revision=article.revision, coverage=article.coverage, made_by=by, **compose(article)
    )
    proof.refresh_from_db(fields=["digest", "revision"])
    ProofWording.objects.bulk_create(ProofWording(proof=proof, wording=w) for w in wordings)
    judge(proof)
    return proof


def _is_good(proof: Proof, article: Article, wordings: list[Wording]) -> bool:
    """Whether a new proof could say nothing that this one does not. Asked again once it is signed, it is read again."""
    if proof.sign_offs.exists() or not still_reads(proof) or proof.coverage != article.coverage:
        return False
    if set(proof.wordings.values_list("pk", flat=True)) != {wording.pk for wording in wordings}:
        return False
    return not MENDED_BY_A_NEW_PROOF & {blocker.code for blocker in blockers(article)}


def still_reads(proof: Proof) -> bool:
    """Whether the story would be printed today just as the proof shows it."""
    article = Article.objects.get(pk=proof.article_id)
    if proof.revision != article.revision:
        return False
    now = compose(article)
    return all(now[name] == getattr(proof, name) for name in now)


def present_wordings(article: Article) -> list[Wording]:
    """The present wordings of the facts that the story states; of a translation, those of its original."""
    return list(
        Wording.objects.filter(fact__article=article.original, fact__dropping__isnull=True)
        .order_by("fact__position", "fact_id", "-number")
        .distinct("fact__position", "fact_id")
    )


def compose(article: Article) -> dict[str, Any]:
    """Every printed column of the story as it stands, by name (see PrintedText), all text in NFC."""
    language, section = article.language, article.section
    return _composed(
        {
            "story": article.story,
            "language": language,
            "kind": article.kind,
            "slug": article.slug,
            "label": article.label,
            "headline": article.headline.strip(),
            "standfirst": article.standfirst.strip(),
            "blocks": [_name_our_stories(block) for block in blocks(article.body)],
            "bylines": [{"name": b.name(language), "slug": b.slug} for b in article.bylines.all()],
            "dateline": article.dateline,
            "section_slug": section.slug if section else "",
            "section_name": section.name(language) if section else "",
            "tags": [{"slug": t.slug, "name": t.name} for t in article.tags.order_by("name")],
            "figures": [_figure(f, language) for f in article.figures.select_related("photo", "photo_beside")],
            "links": [_link(link) for link in article.related_links.select_related("to")],
            "corrections": [
                {"kind": c.kind, "text": c.text, "date": c.dated.isoformat()} for c in article.corrections.all()
            ],
            "how_known": _how_known(article),
            "translation_of": article.translation_of.story if article.translation_of else None,
        }
    )


def _figure(figure: Figure, language: str) -> dict[str, Any]:
    pictures = [_picture(figure.photo, figure.alt, language)]
    credits = [figure.photo.credit(language)]
    if figure.photo_beside:
        pictures.append(_picture(figure.photo_beside, figure.alt_beside, language))
        credits.append(figure.photo_beside.credit(language))
    return {
        "after": figure.after_paragraph,
        "caption": figure.caption.strip(),
        # One missing credit is a missing credit: the gate asks for both.
        "credit": " / ".join(dict.fromkeys(credits)) if all(credits) else "",
        "pictures": pictures,
    }


def _picture(photo: Photo, alt: str, language: str) -> dict[str, Any]:
    return {
        "hash": photo.content_hash,
        "alt": alt.strip(),
        "dates": photo.dates_taken(language),
        "place": photo.place.name(language) if photo.place else "",
        "width": photo.width,
        "height": photo.height,
        "renditions": [
            {"format": r.format, "width": r.width, "height": r.height, "sha256": r.sha256}
            for r in photo.renditions.order_by("format", "width")
        ],
    }


def _link(link: RelatedLink) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "after": link.after_paragraph,
        "story": str(link.to.story) if link.to else None,
        "url": link.url,
        "title": link.title,
    }


def _how_known(article: Article) -> dict[str, Any]:
    """What the reader is told of how the story is known: the rule, never a number or a date that helps to find who."""
    policy = Policy.objects.in_force()
    wordings = present_wordings(article)
    kinds = {w.kind for w in wordings}
    waived = {w.pk: waiver.printed_reason for w in wordings if (waiver := w.waived) and waiver.agreed_by_id}
    below = {reason for w in wordings if w.kind == "event" for reason in _exceptions_under(w)}
    emergency = article.overrides.filter(agreed_by__isnull=False, until__gt=timezone.now()).last()
    least = policy.min_sources if policy else 2
    carried_otherwise = [
        w
        for w in wordings
        if w.kind == "event" and w.pk not in waived and _rests_otherwise(w) and _independent_sources(w) < least
    ]
    last = max((v.at for w in wordings for v in w.verdicts.filter(ruling="confirmed")), default=timezone.now())
    return {
        "min_sources": least,
        "events": "event" in kinds,
        "statements": "statement" in kinds,
        "records": "record" in kinds,
        "documents": bool(carried_otherwise),
        "single_source": sorted(set(waived.values()) | below),
        "confirmed": timezone.localtime(last).strftime("%Y-%m"),
        **({"emergency": emergency.printed_reason} if emergency else {}),
    }


def _rests_otherwise(wording: Wording) -> bool:
    """Whether something other than a source's word stands under a wording."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM gate_standing_confirmations(%s) WHERE basis <> 'source')", [wording.pk]
        )
        return cursor.fetchone()[0]


def _exceptions_under(wording: Wording) -> set[str]:
    """What the readers of the earlier facts on which a wording rests were told of exceptions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT x FROM gate_standing_confirmations(%s) c, gate_exceptions_under(c.earlier_id) x"
            " WHERE c.basis = 'earlier'",
            [wording.pk],
        )
        return {reason for (reason,) in cursor.fetchall()}


def _independent_sources(wording: Wording) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_independent_sources(%s)", [wording.pk])
        return cursor.fetchone()[0]


_ANCHOR = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.S)
_OUR_STORY = re.compile(r"^/(en|ko)/story/([^/]+)/?$")


def _name_our_stories(block: str) -> str:
    """Links to stories of ours become their ids: address and headline are filled in when the page is built."""

    def named(match: re.Match[str]) -> str:
        address = urlsplit(match[1].replace("&amp;", "&"))
        ours = not address.netloc or address.netloc == urlsplit(settings.SITE_ADDRESS).netloc
        path = _OUR_STORY.match(unquote(address.path)) if ours else None
        if path is None:
            return match[0] if address.netloc or address.scheme == "mailto" else match[2]
        to = Article.objects.filter(language=path[1], slug=path[2]).first()
        return f'<a data-story="{to.story}">{match[2]}</a>' if to else match[2]

    return _ANCHOR.sub(named, block)


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(v) for v in value]
    if isinstance(value, dict):
        return {k: _composed(v) for k, v in value.items()}
    return value
