"""What a printed sentence tells of who told it: the places it names, her trade, how she spoke with us, and when.

Rules of words, as in ``articles.claims``, read where a sentence states a fact that rests on her word. What a sentence says
of others is not hers: a trade counts only for who says so.
"""

from __future__ import annotations

import datetime as dt
import re

from articles import claims_in_english, claims_in_korean
from articles.days_in_words import days_in, months_in
from articles.fitting import Ladder
from articles.names_of_places import forms_of
from articles.naming_words import ENGLISH_ROLES, KOREAN_ROLES, Map, phrases_in
from articles.quoting import QUOTED
from articles.sentences import Language
from sources.models import Talk

# The words that a story uses for a role are those by which it names whoever tells (``articles.naming_words``).
# A Korean word of one syllable ends many others.
_ONE_SYLLABLE = re.compile(r"(?<![가-힣])([가-힣])(?=\||\Z)")
ROLES = {
    "en": ENGLISH_ROLES,
    "ko": {role: _ONE_SYLLABLE.sub(r"(?<![가-힣])\1", words) for role, words in KOREAN_ROLES.items()},
}
# How a story says that somebody spoke with us. The list of docs/protecting-sources.md, "Exposure".
_US = r"(?:us|our (?:paper|newspaper|newsroom|reporters?|correspondents?|desk|journalists?)|the (?:paper|newspaper|Daily \w+))"
_APPS = r"(?:WeChat|Weixin|KakaoTalk|Kakao|WhatsApp|Telegram|Signal|Line|Viber|Messenger|Skype|QQ|Threema|Session)"
_KOREAN_APPS = r"위챗|위쳇|웨이신|카카오톡|카톡|텔레그램|텔레그람|왓츠앱|시그널|바이버|라인(?= ?(?:으로|메신저|메시지))"
MEDIA = {
    "en": {
        Talk.Medium.CALL: (
            r"\b(?:by|via|over|on|through) (?:(?:the|a|an|his|her|their|mobile|cell|smuggled|Chinese|satellite|illegal) )*"
            r"(?:tele|cell|mobile )?phones?\b"
            r"|(?:tele)?phone[d]? (?:call|interview|conversation|contact)s?\b"
            rf"|\b(?:phoned|telephoned|called|rang|rung) {_US}\b|\bin an? (?:\w+ )?call\b"
            r"|\b(?:voice|video) calls?\b|\bspoke(?:n)? (?:to|with) (?:us|\w+ \w+) by (?:tele)?phone"
        ),
        Talk.Medium.MESSAGE: (
            r"\b(?:text|voice|chat|instant|written|encrypted) messages?\b|\bin an? (?:\w+ )?message\b"
            r"|\bby (?:text|message|e-?mail|letter|fax|SMS)\b|\bSMS\b"
            rf"|\b(?:texted|messaged|e-?mailed|wrote to|written to) {_US}\b|\bmessages? (?:sent )?to {_US}\b"
            rf"|\b(?:by|on|over|via|through|using) {_APPS}\b|\b{_APPS} (?:messages?|calls?|chats?|conversations?)\b"
            r"|\b(?:by|via|over|in an?) e-?mail\b|\bmessaging app\b"
        ),
        Talk.Medium.IN_PERSON: (
            rf"\bin person\b|\bface[- ]to[- ]face\b|\bwhen we met\b|\bmet (?:with )?{_US}\b|\bwhom we met\b"
            rf"|\bin a meeting with {_US}\b|\binterviewed in (?:China|Yanji|Dandong|Seoul|\w+ by)"
        ),
        Talk.Medium.GO_BETWEEN: (
            r"\bgo-betweens?\b|\bintermediar(?:y|ies)\b|\bmiddlem[ae]n\b|\bcouriers?\b"
            r"|\bthrough (?:an?|his|her|their|the) (?:friend|relative|broker|cousin|brother|sister|acquaintance|smuggler|contact|third person)\b"
            r"|\bsmuggled (?:out )?(?:letter|note|message)\b|\b(?:letter|note) (?:was )?smuggled\b|\bby word of mouth\b"
        ),
    },
    "ko": {
        Talk.Medium.CALL: r"전화|통화(?!량|정책|가치|팽창|위기|개혁|당국|를 발행)|손전화|휴대폰으로|핸드폰으로|걸어 ?왔|음성 ?채팅",
        Talk.Medium.MESSAGE: rf"문자(?!해독|판)|메시지|메세지|메신저|통보문|{_KOREAN_APPS}|이메일|전자우편|편지|쪽지|서면(?:으로| ?인터뷰)|채팅",
        Talk.Medium.IN_PERSON: r"직접 만나|만난 자리|만나서|대면|마주 앉|얼굴을 맞대|대담에서",
        Talk.Medium.GO_BETWEEN: r"인편|중개인|브로커|(?:사람|지인|친척|친구|가족|연락원|제3자|밀수꾼)[을를]? ?통해|거쳐 전해|연락원",
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
_SPEAKERS = {
    language: {
        part: re.compile(SPEAKER[language].replace("TRADE", words), re.IGNORECASE) for part, words in found.items()
    }
    for language, found in ROLES.items()
}
_MEDIA = {
    language: {medium: re.compile(words, re.IGNORECASE) for medium, words in found.items()}
    for language, found in MEDIA.items()
}


class Names:
    """The names of the ladder's places, to be found in a text of one language."""

    def __init__(self, ladder: Ladder, language: str) -> None:
        self.ladder = ladder
        self.language: Language = "ko" if language == "ko" else "en"
        self.meant: dict[str, set[int]] = {}
        for key, place in ladder.places.items():
            for form in forms_of(place.name_en, place.name_ko):
                self.meant.setdefault(form.casefold(), set()).add(key)
        shape = (claims_in_korean if language == "ko" else claims_in_english).KNOWN_NAME
        longest_first = sorted(self.meant, key=len, reverse=True)
        # A dateline has its place in capitals.
        self._found = re.compile(shape % f"({'|'.join(map(re.escape, longest_first)) or r'(?!)'})", re.IGNORECASE)
        self._map = Map.of(ladder.places.values())

    def place_in(self, sentence: str) -> int | None:
        """Where a sentence is, at its narrowest: the place that it names, and of several the one in which all lie.

        A name that several places bear (함경도) is the place around them.
        """
        named = {form: self.ladder.common(self.meant[form.casefold()]) for form in self._found.findall(sentence)}
        places = {place for place in named.values() if place is not None}
        # Hyesan in Ryanggang Province is one place, told twice.
        narrowest = {key for key in places if not any(o != key and self.ladder.lies_in(o, key) for o in places)}
        return self.ladder.common(narrowest)

    def called_in(self, sentence: str) -> set[str]:
        """The words of place and role by which a sentence names who tells: "a midwife in HYESAN". Not in quotations."""
        words = claims_in_korean if self.language == "ko" else claims_in_english
        outside = QUOTED.sub("“”", sentence)
        if not words.tells(outside):
            return set()
        phrases = phrases_in(outside, self.language, self._map)
        return {phrase.words for phrase in phrases if phrase.places or phrase.role != "source"}

    def told_by(self, sentence: str) -> list[tuple[int, str, str]]:
        """Place, role and words of whoever a sentence says tells, where it names a place of the list.

        Of several people in it those who speak; all where that can't be told.
        """
        words = claims_in_korean if self.language == "ko" else claims_in_english
        outside = QUOTED.sub("“”", sentence)
        if not words.tells(outside):
            return []
        phrases = phrases_in(outside, self.language, self._map)
        speak = {role for role, found in _SPEAKERS[self.language].items() if found.search(outside)}
        found = []
        for phrase in phrases:
            if not speak or phrase.role in speak:
                keys = {key for key in map(self.ladder.common, phrase.places) if key is not None}
                narrowest = [key for key in keys if not any(o != key and self.ladder.lies_in(o, key) for o in keys)]
                if (place := self.ladder.common(narrowest)) is not None:
                    found.append((place, phrase.role, phrase.words))
        return found


def trades_in(sentence: str, language: str) -> set[str]:
    """The roles that a sentence gives to who says so. Nothing where it passes nobody's words on.

    That somebody is a source says nothing of her.
    """
    words = claims_in_korean if language == "ko" else claims_in_english
    outside = QUOTED.sub("“”", sentence)
    if not words.tells(outside):
        return set()
    return {part for part, found in _SPEAKERS[language].items() if part != "source" and found.search(outside)}


def dates_in(sentence: str, printed: dt.date) -> set[tuple[dt.date, str]]:
    """The days and months that a printed sentence names, each with which of them it is ("day", "month")."""
    return {(day, "day") for day in days_in(sentence, printed)} | {(m, "month") for m in months_in(sentence, printed)}


def media_in(sentence: str, language: str) -> set[str]:
    """How a sentence says that we spoke with somebody."""
    return {str(medium) for medium, found in _MEDIA[language].items() if found.search(sentence)}
