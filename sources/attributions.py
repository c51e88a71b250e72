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
# What joins a phrase to its sentence in Korean: behind a consonant, behind a vowel.
PARTICLES = {"은": ("은", "는"), "이": ("이", "가"), "을": ("을", "를"), "과": ("과", "와"), "으로": ("으로", "로")}
FIRST_SYLLABLE, LAST_SYLLABLE, FINALS = ord("가"), ord("힣"), 28
# ㄹ: 로, not 으로.
RIEUL = 8


def attribution(part: str, place: Place, language: str) -> str:
    """Phrase in the language of an edition ("en" or "ko") for a general role at a place.

    Raises KeyError for a role or language that has no phrase: better no text than a wrong one.
    """
    return PHRASES[language][part].format(place=place.name(language))


def ready_to_print(part: str, place: Place, language: str) -> list[str]:
    """The phrase as it begins a sentence, in the forms that a writer needs: 회령시 주민은, 회령시 주민이 …; A resident of …, the …"""
    phrase = attribution(part, place, language)
    if language == "ko":
        return [with_particle(phrase, particle) for particle in ("은", "이", "을", "과")]
    return [phrase, "the " + phrase.split(" ", 1)[1]]


def with_particle(phrase: str, particle: str) -> str:
    """A Korean phrase with the particle that its last syllable asks for; named by the form behind a consonant (은, 이, 을, 과, 으로).

    What ends in no Hangul syllable is taken for a vowel's ending.
    """
    behind_consonant, behind_vowel = PARTICLES[particle]
    last = ord(phrase.rstrip()[-1])
    final = (last - FIRST_SYLLABLE) % FINALS if FIRST_SYLLABLE <= last <= LAST_SYLLABLE else 0
    if not final or (particle == "으로" and final == RIEUL):
        return phrase + behind_vowel
    return phrase + behind_consonant
