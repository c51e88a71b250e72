"""Proving once more who is there, before something that can't be undone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def recently_proven(view: View) -> View:
    """For a view whose POST asks for a recent proof; looking at the page asks for none."""
    return view
