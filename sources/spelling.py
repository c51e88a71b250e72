"""One spelling for everything that reads alike: by it a protected word is known again however it is written.

A text becomes *tokens*: runs of Hangul, of Chinese characters, of Latin letters, of digits, each folded. What stands
between them is no part of a spelling, so "Kim Chol-su", "KIM CHOLSU" and "kim_chol_su.jpg" come to one word; nor is what
can't be seen. Nothing here knows a secret.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´′＇ʹ", "'"))
# Zero-width, soft hyphens, marks of direction, tags, selectors of a variant, fillers, the box around a keycap.
UNSEEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20e3\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Letters that look like a Latin one, by that letter; parts of a letter that no decomposition takes off.
LOOK_ALIKES = {
    seen: letter
    for letter, others in {
        "a": "аαɑᴀ",
        "b": "вьβʙ",
        "c": "сϲᴄ",
        "d": "ԁɗđᴅ",
        "e": "еεҽəᴇ",
        "f": "ƒꜰ",
        "g": "ɡցɢ",
        "h": "нһհħʜ",
        "i": "іιıɪɩ",
        "j": "јϳᴊ",
        "k": "кκқᴋ",
        "l": "ӏłⅼʟ",
        "m": "мμᴍ",
        "n": "пηոɴ",
        "o": "оοσօøᴏ",
        "p": "рρᴘ",
        "q": "ԛꞯ",
        "r": "гᴦʀ",
        "s": "ѕꜱ",
        "t": "тτŧᴛ",
        "u": "υսᴜ",
        "v": "ѵνᴠ",
        "w": "ԝωшᴡ",
        "x": "хχ",
        "y": "уүγʏ",
        "z": "ᴢζ",
    }.items()
    for seen in others
}

# Capitals that look like another letter than their small ones do.
CAPITALS = {"Η": "H", "Ν": "N", "Υ": "Y", "Μ": "M", "Ζ": "Z", "Χ": "X"}


class Token(NamedTuple):
    """A run of one script: ``text`` folded, ``raw`` as it stood (Latin in lower case), ``start`` in the seen text."""

    text: str
    raw: str
    capital: bool
    start: int
    end: int

    @property
    def is_hangul(self) -> bool:
        return "가" <= self.text[0] <= "힣"

    @property
    def in_syllables(self) -> bool:
        """Hangul and Chinese characters: what follows a name may be written on to it."""
        return self.text[0] >= "㐀"


def seen(text: str) -> str:
    """A text as it is seen: wide and composed forms plain, Hangul in syllables, look-alike letters as the Latin ones."""
    if not text.isascii():
        text = UNSEEN.sub("", unicodedata.normalize("NFKC", UNSEEN.sub("", text.translate(APOSTROPHES))))
        text = unicodedata.normalize("NFC", _LETTERS_APART.sub(_syllable, text)).translate(_FOLDED)
    return _INSIDE_A_WORD.sub("", _POSSESSIVE.sub(" ", text))


_POSSESSIVE = re.compile(r"'(?=[sS](?![A-Za-z]))")
_INSIDE_A_WORD = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])")
_LEADS = "ᄀ-ᄒ"
_TAILS = str.maketrans("ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ", "ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ")
# What NFKC makes of letters typed one by one: the last of a syllable looks like the first of the next.
_LETTERS_APART = re.compile(rf"(?:([{_LEADS}])([ᅡ-ᅵ])|([가-힣]))([{_LEADS}](?![ᅡ-ᅵ]))?")


def _syllable(letters: re.Match[str]) -> str:
    whole = letters[3] or letters[1] + letters[2]
    return unicodedata.normalize("NFC", whole + (letters[4] or "").translate(_TAILS))


class _Folded(dict[int, str | None]):
    def __missing__(self, code: int) -> str | None:
        self[code] = _fold(chr(code))
        return self[code]


def _fold(character: str) -> str | None:
    """A character as the Latin letter or the digit that it looks like, else itself; a loose accent is nothing."""
    if character.isascii() or (character >= "㐀" and character not in LOOK_ALIKES):
        return character
    if unicodedata.category(character) == "Mn":
        return None
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFD", character)[0]
    if plain in CAPITALS:
        return CAPITALS[plain]
    letter = LOOK_ALIKES.get(plain.lower(), plain.lower())
    if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        return character
    return letter.upper() if character.isupper() else letter


_FOLDED = _Folded()


@cache
def agreed(syllable: str) -> str:
    """A syllable as South and North write it alike: 리 and 니 are 이, 로 is 노 (the rule of initial sounds, anywhere)."""
    if not "가" <= syllable <= "힣":
        return syllable
    code = ord(syllable) - 0xAC00
    lead, vowel, tail = code // 588, code % 588 // 28, code % 28
    if lead in (2, 5):  # ㄴ, ㄹ
        # Before ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ the sound goes, before others it is ㄴ.
        lead = 11 if vowel in (2, 3, 6, 7, 12, 17, 20) else 2
    return chr(0xAC00 + lead * 588 + vowel * 28 + tail)


def tokens(text: str, one: str = "l") -> list[Token]:
    """The runs of a seen text (see ``seen``). Where capitals begin anew inside a word (KimCholSu), it is several.

    ``one``: the letter for which a 1 inside a word was typed.
    """
    found = []
    for run in _RUN.finditer(text):
        word, start = run[0], run.start()
        if word[0] >= "가":
            found.append(Token("".join(map(agreed, word)), word, False, start, run.end()))
            continue
        if word[0] >= "㐀":
            # Nothing parts words in Chinese: each character may begin one.
            found += (Token(c, c, False, start + n, start + n + 1) for n, c in enumerate(word))
            continue
        # A digit between letters stands for the letter it looks like.
        word = _DIGIT_IN_A_WORD.sub(lambda digit: ("o", one)[int(digit[0])], word)
        found += (
            Token(part[0].lower(), part[0].lower(), part[0][0].isupper(), start + part.start(), start + part.end())
            for part in _PART.finditer(word)
        )
    return found


_RUN = re.compile(r"[가-힣]+|[㐀-鿿]+|[a-zA-Z0-9]+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_DIGIT_IN_A_WORD = re.compile(r"(?<=[a-zA-Z])[01](?=[a-zA-Z])")


# A 1 inside a word, which may stand for an i as well as for an l.
ONE_IN_A_WORD = re.compile(r"(?<=[a-zA-Z])1(?=[a-zA-Z])")


# What is longer is known by its beginning.
LONGEST_WORDS = 24


def spelling(words: str) -> str:
    """The one spelling of a name, a handle or a place."""
    return "".join(token.text for token in tokens(seen(words)))[:LONGEST_WORDS]


# Digits of a number that is short enough to be guessed and too short to be anybody's.
SHORTEST_NUMBER, LONGEST_NUMBER = 7, 17
# Korea, South and North, and China: the countries from and to which our people call.
COUNTRIES = ("82", "850", "86")


def number(digits: str) -> str:
    """The one spelling of a number: without the zeros and the country before it. The same however often it is asked."""
    while True:
        digits = digits.lstrip("0")
        for country in COUNTRIES:
            if digits.startswith(country) and len(digits) - len(country) > SHORTEST_NUMBER:
                digits = digits[len(country) :]
                break
        else:
            return digits
