"""The public phrase for a source, built from a place and a general role, never typed free."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.models import Place

# Printed words belong to the edition's language, whatever language the desk is shown in: so not gettext.
# {place} takes the printed name. "of" for people who live there, "in" for a source who may not.
PHRASES = {
    "en": {
        "source": "a source in {place}",
        "resident": "a resident of {place}",
        "trader": "a trader in {place}",
        "worker": "a worker in {place}",
        "farmer": "a farmer in {place}",
        "official": "an official in {place}",
    },
    "ko": {
        "source": "{place} 소식통",
        "resident": "{place} 주민",
        "trader": "{place} 상인",
        "worker": "{place} 노동자",
        "farmer": "{place} 농민",
        "official": "{place} 관계자",
    },
}


def attribution(part: str, place: Place, language: str) -> str:
    """Phrase in the language of an edition ("en" or "ko") for a general role at a place.

    Raises KeyError for a role or language that has no phrase: better no text than a wrong one.
    """
    return PHRASES[language][part].format(place=place.name(language))
