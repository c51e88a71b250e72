"""Words that stand within quotation marks: where a text has them, and how to put some within others."""

import re

# A single mark within a word, or behind one that it did not open before ("the workers’ rice"), is an apostrophe.
QUOTED = re.compile(
    r"“[^“”]+”|\"[^\"]+\"|「[^「」]+」|『[^『』]+』|《[^《》]+》|〈[^〈〉]+〉"
    r"|‘(?!\s)(?:[^‘’]|(?<=[A-Za-z])’(?=[A-Za-z])|(?<=s)’(?=\s\w[^‘’]*’))+’(?![A-Za-z0-9])"
    r"|(?<![\w’'])'(?![\s\d'])(?:[^'\n]|(?<=[A-Za-z])'(?=[A-Za-z]))+(?<!\s)'(?![A-Za-z0-9'])"
)
MARKS = "“”\"‘’'「」『』《》〈〉 "

_INNER = str.maketrans({"“": "‘", "”": "’"})
LONGEST = 90


def inner(text: str) -> str:
    """Text to be put between “ and ”."""
    return text.translate(_INNER)


def short(text: str) -> str:
    """Text as a sentence names it: ninety letters at most, cut between two words where there are any."""
    if len(text) <= LONGEST:
        return text
    words, _space, _cut = text[:LONGEST].rpartition(" ")
    return (words or text[: LONGEST - 1]).rstrip(" ,;:–—") + "…"
