"""What a printed sentence tells of who told it: the places it names, her trade, how she spoke with us.

Rules of words, as in ``articles.claims``, read where a sentence states a fact that rests on her word. What a sentence says
of others is not hers: a trade counts only for who says so.
"""

from __future__ import annotations

import re

from articles import claims_in_english, claims_in_korean
from articles.fitting import Ladder
from articles.names_of_places import forms_of
from sources.models import Source, Talk

# Each with the words that a story uses for it.
TRADES = {
    "en": {
        Source.Part.RESIDENT: r"residents?|townspeople|villagers?|locals?",
        Source.Part.TRADER: r"traders?|merchants?|vendors?|stallholders?",
        Source.Part.WORKER: r"workers?|miners?|labou?rers?",
        Source.Part.FARMER: r"farmers?|farm ?hands?",
        Source.Part.OFFICIAL: r"officials?|cadres?|party secretar(?:y|ies)",
    },
    "ko": {
        Source.Part.RESIDENT: r"주민|마을 사람",
        Source.Part.TRADER: r"상인|장사꾼|장사군|무역일[꾼군]",
        Source.Part.WORKER: r"[노로]동자|광부|탄부",
        Source.Part.FARMER: r"농민|농장원|농장 ?사람",
        Source.Part.OFFICIAL: r"간부|일군(?![가-힣])|관계자|당국자|책임일[꾼군]",
    },
}
MEDIA = {
    "en": {
        Talk.Medium.CALL: r"by (?:tele)?phone|(?:over|on) the (?:tele)?phone|phone (?:call|interview|conversation)|in a call",
        Talk.Medium.MESSAGE: r"(?:text|voice|chat) messages?|in a message|by (?:text|message)|wrote to us",
        Talk.Medium.IN_PERSON: r"in person|face to face|when we met|met (?:with )?(?:us|our reporter)",
        Talk.Medium.GO_BETWEEN: r"go-between|intermediar(?:y|ies)|through a (?:friend|relative|broker)|smuggled (?:letter|note)",
    },
    "ko": {
        Talk.Medium.CALL: r"전화 ?(?:통화|인터뷰|로|를|에서)|통화에서|통화로|국제전화",
        Talk.Medium.MESSAGE: r"문자(?:로|를|메시지| 메시지)|메시지(?:로|를|에서)|음성 ?메시지|메신저",
        Talk.Medium.IN_PERSON: r"직접 만나|만난 자리|대면|마주 앉",
        Talk.Medium.GO_BETWEEN: r"인편|중개인|브로커|다른 사람을 통해|거쳐 전해",
    },
}
_TELLS = r"(?:said|says|told|tells|added|adds|explained|reported|recalled|complained|estimated|put it)"
_WHO = r"(?:an?|one|another|the)\s(?:[\w-]+\s){0,3}?"
# TRADE is somebody's trade: who says so, and not of whom it is said.
SPEAKER = {
    "en": rf"\b{_WHO}(?:TRADE)\b[^.,;“”\"]{{0,60}}?\s{_TELLS}\b"
    rf"|\b(?:{_TELLS}|according to)\s(?:us,?\s)?{_WHO}(?:TRADE)\b",
    "ko": r"(?:TRADE)(?:은|는)(?![가-힣])"
    r"|(?:TRADE)(?:이|가) (?:\S+ )?(?:[전말답]했|밝혔|설명|토로|덧붙)"
    r"|(?:TRADE)에 (?:따르면|의하면)|(?:TRADE)의 (?:말|전언|설명)",
}
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’")
_TRADES = {
    language: {
        part: re.compile(SPEAKER[language].replace("TRADE", words), re.IGNORECASE) for part, words in found.items()
    }
    for language, found in TRADES.items()
}
_MEDIA = {
    language: {medium: re.compile(words, re.IGNORECASE) for medium, words in found.items()}
    for language, found in MEDIA.items()
}


class Names:
    """The names of the ladder's places, to be found in a text of one language."""

    def __init__(self, ladder: Ladder, language: str) -> None:
        self.ladder = ladder
        self.meant: dict[str, set[int]] = {}
        for key, place in ladder.places.items():
            for form in forms_of(place.name_en, place.name_ko):
                self.meant.setdefault(form, set()).add(key)
        shape = (claims_in_korean if language == "ko" else claims_in_english).KNOWN_NAME
        longest_first = sorted(self.meant, key=len, reverse=True)
        self._found = re.compile(shape % f"({'|'.join(map(re.escape, longest_first)) or r'(?!)'})")

    def place_in(self, sentence: str) -> int | None:
        """Where a sentence is, at its narrowest: the place that it names, and of several the one in which all lie.

        A name that several places bear (함경도) is the place around them.
        """
        named = {form: self.ladder.common(self.meant[form]) for form in self._found.findall(sentence)}
        places = {place for place in named.values() if place is not None}
        # Hyesan in Ryanggang Province is one place, told twice.
        narrowest = {key for key in places if not any(o != key and self.ladder.lies_in(o, key) for o in places)}
        return self.ladder.common(narrowest)


def trades_in(sentence: str, language: str) -> set[str]:
    """The roles that a sentence gives to who says so. Nothing where it passes nobody's words on."""
    words = claims_in_korean if language == "ko" else claims_in_english
    outside = QUOTED.sub("“”", sentence)
    if not words.tells(outside):
        return set()
    return {str(part) for part, found in _TRADES[language].items() if found.search(outside)}


def media_in(sentence: str, language: str) -> set[str]:
    """How a sentence says that we spoke with somebody."""
    return {str(medium) for medium, found in _MEDIA[language].items() if found.search(sentence)}
