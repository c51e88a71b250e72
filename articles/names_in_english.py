"""Which words of an English sentence are names.

English shows a name by its capital, except at the head of a sentence, where every word has one: there a word is a name
unless it is an ordinary one (``sources/words/english.txt``). A rare word that the list lacks is taken for a name, which
costs a reporter a moment; a name that is taken for a word would let a claim through.
"""

from __future__ import annotations

import re

from sources.words import words_of

# Capitalised, and yet no name.
CAPITALISED = (
    "I I’m I’ve I’d I’ll I'm I've I'd I'll TV OK PC CD DVD USB LED SIM SD QR A The An And But Or Nor So Yet He She It We You"
    " They His Her Its Our Your Their My This That These Those There Here When Where Why What Who Whoever Which How If As At"
    " In On By For From Of To With Without Not No Yes Nobody Nothing All Some Many Most Both Each Every Then Now Only Even"
    " Photo"
)
COMMON = frozenset(CAPITALISED.split())
WORD = re.compile(r"[^\W\d_][\w’'-]*")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2}")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Lt|Sgt|Capt|Cpl|St|[A-Z])\.\Z")
ACRONYM = re.compile(r"\W*(?:[A-Z]{2,}\b|(?:[A-Z]\.){2}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt)\b)")
# Surnames and leaders that are also words: names where they stand alone before a verb or own something.
AMBIGUOUS = frozenset(
    [
        "Ban",
        "Bush",
        "Brown",
        "Chin",
        "Gang",
        "Ham",
        "Moon",
        "Pang",
        "Park",
        "Pope",
        "Shin",
        "Sim",
        "Sin",
        "Son",
        "Song",
        "Sun",
        "Trump",
        "Won",
        "Young",
    ]
)
ACTS = re.compile(
    r"(?:[’']s\b|,(?= (?:a|an|the|who|whose|head|director|son|daughter|then|aged|also)\b)|\s+(?:is|was|has|had|did|does|will|would|could|may"
    r"|who|and (?:his|her)|sent|left|went|came|took|gave|made|met|saw|told|spoke|flew|fled|ran|fell|rose|lost|won|led|held|kept|wrote"
    r"|never|also|then|later|[a-z]{2,}ed)\b)"
)
# Words that carry no name although the list of words lacks them: numbers, contractions, made-up compounds.
CONTRACTED = re.compile(r"(?:n[’']t|[’'](?:s|re|ve|ll|d|m)|[’'])\Z", re.IGNORECASE)
TRADE = re.compile(r"([a-z]{3,})s?(?:wo)?m[ae]n\Z")
ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ily", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ness", ("",)),
    ("ly", ("",)),
    ("er", ("", "e")),
    ("less", ("",)),
)


def names_somebody(sentence: str) -> bool:
    """Whether a word beyond the first is capitalised, or the first is no ordinary word."""
    head = ACRONYM.match(sentence)
    if head and head[0].strip("“\"‘'(") not in COMMON and not sentence.isupper():
        return True
    if DOTTED.search(sentence):
        return True
    found = WORD.finditer(sentence)
    first = next(found, None)
    if first and _opens_with_a_name(sentence, first):
        return True
    return any(_is_name(sentence, word) for word in found)


def is_ordinary(word: str) -> bool:
    """Whether it is an English word, in whatever regular form; a compound is one if its parts are."""
    whole = CONTRACTED.sub("", word).lower()
    return all(_in_the_list(part) for part in whole.split("-") if len(part) > 1)


def _in_the_list(word: str) -> bool:
    words = words_of("english")
    if word in words:
        return True
    # Ferrymen, linemen: what one is by trade.
    if (trade := TRADE.match(word)) and trade[1] in words:
        return True
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        if any(stem + end in words for end in instead):
            return True
        if ending in {"ed", "ing", "er"} and len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in words:
            return True
    return False


def _opens_with_a_name(sentence: str, word: re.Match[str]) -> bool:
    if not word[0][0].isupper() or len(word[0]) == 1 or word[0] in COMMON or sentence.isupper():
        return False
    bare = CONTRACTED.sub("", word[0])
    if bare in AMBIGUOUS and ACTS.match(sentence, word.start() + len(bare)):
        return True
    return not is_ordinary(word[0])


def _is_name(sentence: str, word: re.Match[str]) -> bool:
    if not word[0][0].isupper() or len(word[0]) == 1 or word[0] in COMMON:
        return False
    before = sentence[max(0, word.start() - 200) : word.start()].rstrip()
    # The first word of a quotation, or of a sentence within one.
    if before.endswith(("“", "‘", '"', ".", "!", "?", "…")) and not TITLE.search(before):
        return _opens_with_a_name(sentence, word)
    return True
