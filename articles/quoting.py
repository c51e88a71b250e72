"""Words that stand within quotation marks: those that they hold themselves become the inner ones."""

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
