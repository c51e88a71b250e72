"""A list on a telephone has no head: each cell says itself what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[SafeString], heads: Iterable[dict[str, Any]]) -> list[SafeString]:
    """The cells of a row, each with the words of its column's head for the style sheet to put before it."""
    return [_labelled(cell, str(head["text"])) for cell, head in zip(cells, heads, strict=False)]


def _labelled(cell: SafeString, words: str) -> SafeString:
    if not cell.startswith("<td") or words.startswith(("<", "&")):
        return cell
    label = format_html('<td data-label="{}"', capfirst(words))
    return mark_safe(label + cell.removeprefix("<td"))  # noqa: S308 - the admin's own cell, and a label that was escaped
