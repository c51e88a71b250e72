"""Where a sentence names the one who tells: the stretches of it in which every word is said of her.

“Traders in Hyesan ask more, a resident of Hoeryong said”: the resident tells, the traders are told of. Whatever stands in
her stretch (an apposition, a clause behind “who”, a place before her, an age) narrows her down together with the rest.
Rules of words, which lean towards her: what may be an apposition is one.
"""

from __future__ import annotations

import re
from itertools import pairwise

from articles.sentences import Language

VERBS = (
    r"said|says|say|told|tells?|add(?:ed|s)|report(?:ed|s)|explain(?:ed|s)|recall(?:ed|s)|claim(?:ed|s)|not(?:ed|es)|put it|complain(?:ed|s)"
    r"|warn(?:ed|s)|confirm(?:ed|s)|insist(?:ed|s)|admit(?:ted|s)|estimate[ds]|wrote|writes|describe[ds]|stress(?:ed|es)|reveal(?:ed|s)|disclose[ds]"
    r"|relate[ds]|remark(?:ed|s)|state[ds]|sigh(?:ed|s)|continue[ds]|observe[ds]"
)
TELLING = re.compile(rf"\b(?:{VERBS})\b", re.IGNORECASE)
# What stands before the one who tells, and never behind her.
BY = re.compile(
    r"\b(?:according to|in the words of|citing|quot(?:ed|ing)|as told by|told by|heard from|learn(?:ed|t) from)\b",
    re.IGNORECASE,
)
HARD = re.compile(r"[;:“”!?]|\.(?=\s)")
SOFT = re.compile(r",|[()—–]| - ")
RELATIVE = re.compile(r"\b(?:who|whose|whom|which|where)\b.*", re.IGNORECASE | re.DOTALL)
# No verb of a sentence of its own stands in an apposition.
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|do|does|did|rose|rises?|fell|falls?|went|came|sold|bought|took|gave"
    r"|got|began|begun|costs?|asks?|pays?|grew|became|made|left|lost|shut|hit|(?!(?:named|based|retired|married|aged|called|employed|unnamed|identified"
    r"|displaced|divorced|widowed|disabled|demobili[sz]ed|unemployed|need|red|bed|seed)\b)\w+ed)\b",
    re.IGNORECASE,
)
OPENS = re.compile(
    r"(?:an?|the|one|another|two|three|some|several|who|whose|aged?|\d+|in|from|of|at|near|outside|inside|living|working|based|speaking|talking|calling|reached"
    r"|trading|now|then|once|formerly|previously|also|himself|herself|themselves|and|sources?|residents?|traders?|workers?|farmers?|officials?)\b",
    re.IGNORECASE,
)
MANY = re.compile(r"\b(?:\w{3,}(?<!s)s|people)\b")
ONE = re.compile(r"\s*(?:an?|one|another)\b", re.IGNORECASE)
ENDS_HER = re.compile(r"\b(?:that|because|as|when|while|after|before|since|if|but)\b|\.(?=\s|\Z)", re.IGNORECASE)
IS_SOMEBODY = re.compile(
    r"\b(?:sources?|informants?|insiders?|contacts?)\b,?(?: \w+){0,3}? (?:is|was|works?|worked|lives?|lived|serves?|served)\b",
    re.IGNORECASE,
)

AGE = re.compile(
    r"\b\d{1,2}[- ]years?[- ]old\b|\baged? (?:about |around )?\d{1,2}\b|\bin (?:her|his|their) (?:early |mid[- ]?|late )?(?:teens|twenties|thirties|forties|fifties|sixties"
    r"|seventies|eighties|\d0s)\b|(?<=, )\d{2}(?=,)|\d{2} ?(?:세|살|대)(?=[의인 ,은는이가)]|\Z)|(?:스무|서른|마흔|쉰|예순|일흔)[가-힣]* ?살|[이삼사오육칠]십대",
    re.IGNORECASE,
)

KOREAN_QUOTES = re.compile(r"(?:[다라자냐]고|[다라자냐]며|[다라자냐]면서|”고|”라며|”이라고|”라고)(?:도|는)?(?=[ ,]|\Z)")
KOREAN_BY = re.compile(r"(?:에|의 말에|에게) ?(?:따르면|의하면)|의 말로는|의 전언에 따르면")
KOREAN_TOPIC = re.compile(r"[가-힣)](?:은|는|께서는|께서|에게서는)(?=[ ,])")
KOREAN_SUBJECT = re.compile(r"[가-힣)](?:이|가)(?=[ ,])")
# “소식통은 간호원으로서 …”.
KOREAN_AS = re.compile(r"(?:으로서|로서|으로 일하는|로 일하는)(?:는|도)?(?=[ ,])")
KOREAN_IS_SOMEBODY = re.compile(
    r"(?:소식통|제보자|내부자|정보원)[은는이가]? (?=.*(?:이다|이였다|이었다|였다|입니다|일한다|일하고 있다|산다|살고 있다)[.\s]*\Z)"
)


def spans(sentence: str, language: Language) -> list[tuple[int, int]]:
    """Where the one who tells is named; none where the words don't show it."""
    return _korean(sentence) if language == "ko" else _english(sentence)


def describes(sentence: str, language: Language) -> bool:
    """Whether the sentence says who a source is, whether or not it passes on words."""
    return (KOREAN_IS_SOMEBODY if language == "ko" else IS_SOMEBODY).search(sentence) is not None


def _english(sentence: str) -> list[tuple[int, int]]:
    found = [_forward(sentence, match.end()) for match in BY.finditer(sentence)]
    for match in TELLING.finditer(sentence):
        before = sentence[: match.start()].rstrip()
        if before and not before.endswith(("”", '"')):
            found.append(_backward(sentence, match.start()))
        if not before or before[-1] in ',”"—–':
            found.append(_forward(sentence, match.end()))
    found = [(start, end) for start, end in found if end > start]
    return found or ([(0, len(sentence))] if IS_SOMEBODY.search(sentence) else [])


def _backward(sentence: str, end: int) -> tuple[int, int]:
    start = max((match.end() for match in HARD.finditer(sentence, 0, end)), default=0)
    borders = [start, *(match.end() for match in SOFT.finditer(sentence, start, end)), end]
    pieces = [(a, b) for a, b in pairwise(borders) if sentence[a:b].strip(" ,()—–-")]
    if not pieces:
        return end, end
    # A relative clause inside her stretch begins no other one.
    begin = pieces[-1][0]
    for a, b in reversed(pieces[:-1]):
        text = sentence[a:b].strip(" ,()—–-")
        plain = RELATIVE.sub("", text)
        if not (OPENS.match(text) or plain.istitle()) or FINITE.search(plain):
            break
        if (
            MANY.search(text.split(" in ")[0])
            and ONE.match(sentence[begin:])
            and not re.match(r"(?:in|from|at)\b", text, re.I)
        ):
            break
        begin = a
    return begin, end


def _forward(sentence: str, start: int) -> tuple[int, int]:
    stop = HARD.search(sentence, start)
    end = stop.start() if stop else len(sentence)
    if (ends := ENDS_HER.search(sentence, start, end)) is not None:
        end = ends.start()
    borders = [start, *(match.end() for match in SOFT.finditer(sentence, start, end)), end]
    last = start
    for n, (a, b) in enumerate(pairwise(borders)):
        text = sentence[a:b].strip(" ,()—–-")
        if n and text and not (OPENS.match(text) or text.istitle()):
            break
        if n and (FINITE.search(RELATIVE.sub("", text)) or (ONE.match(sentence[start:]) and MANY.match(text))):
            break
        last = b
    return start, last


def _korean(sentence: str) -> list[tuple[int, int]]:
    if (by := KOREAN_BY.search(sentence)) is not None:
        return [(0, by.end())]
    if KOREAN_IS_SOMEBODY.search(sentence):
        return [(0, len(sentence))]
    quotes = list(KOREAN_QUOTES.finditer(sentence))
    if not quotes:
        return []
    # Behind the last of what is told: “…다고 회령시 주민이 전했다”.
    behind = quotes[-1].end()
    if KOREAN_SUBJECT.search(sentence, behind) or KOREAN_TOPIC.search(sentence, behind):
        return [(behind, len(sentence))]
    for pattern in (KOREAN_TOPIC, KOREAN_SUBJECT):
        if (first := pattern.search(sentence, 0, behind)) is not None:
            as_what = [match.end() for match in KOREAN_AS.finditer(sentence, first.end(), behind)]
            return [(0, max(as_what, default=first.end()))]
    return []
