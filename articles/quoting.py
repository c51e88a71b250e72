"""Words that stand within quotation marks: those that they hold themselves become the inner ones."""

_INNER = str.maketrans({"“": "‘", "”": "’"})


def inner(text: str) -> str:
    """Text to be put between “ and ”."""
    return text.translate(_INNER)
