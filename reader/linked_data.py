"""A story in the words of schema.org, for search engines and other machines. No person but the pen names in print."""

import json

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reader.composing import Neighbours, Page, address_of
from reader.editions import Frame, absolute
from reader.models import Kind, Publication

_TYPES = {Kind.OPINION: "OpinionNewsArticle", Kind.ANALYSIS: "AnalysisNewsArticle"}

# Inside a script element nothing may end it early or open a comment.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def news_article(publication: Publication, page: Page, neighbours: Neighbours, frame: Frame) -> SafeString:
    """JSON for the ``application/ld+json`` element of a story."""
    address = absolute(address_of(publication))
    kind = _TYPES.get(Kind(publication.kind))
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": ["NewsArticle", kind] if kind else "NewsArticle",
        "headline": publication.headline,
        "description": publication.standfirst,
        "datePublished": publication.first_printed_at.isoformat(),
        "dateModified": publication.go_live_at.isoformat(),
        "inLanguage": publication.language,
        "mainEntityOfPage": address,
        "isAccessibleForFree": True,
        "articleSection": publication.section_name,
        "keywords": [tag["name"] for tag in publication.tags],
        "dateline": publication.dateline,
        "author": [{"@type": "Person", "name": byline["name"]} for byline in publication.bylines],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": frame.edition.name,
            "url": absolute(reverse("home", args=[frame.language])),
        },
        "image": [absolute(picture.src) for picture in page.lead.pictures] if page.lead else [],
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": note.date} for note in page.corrections
        ],
    }
    translations = [
        {"@type": "NewsArticle", "@id": absolute(address_of(other)), "inLanguage": language}
        for language, other in neighbours.translations.items()
    ]
    # A work and its translations name one another; two translations of a third do not.
    if publication.translation_of is None:
        article["workTranslation"] = translations
    else:
        article["translationOfWork"] = [
            named
            for named, other in zip(translations, neighbours.translations.values(), strict=True)
            if other.story == publication.translation_of
        ]
    said = {name: value for name, value in article.items() if value not in ("", [])}
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(words)  # noqa: S308 - nothing in it can end the element
