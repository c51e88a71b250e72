"""Lists of words that the rules of ``articles.claims`` and ``sources.ordinary`` look up; a line that begins with ``#`` is a remark."""

from functools import cache
from pathlib import Path


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list, as ``english`` or ``korean``."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
