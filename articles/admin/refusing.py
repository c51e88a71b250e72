"""A screen whose saving the law may refuse: the form comes back with a sentence and everything that was typed."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.gate import GateError, refused


class RefusingScreen:
    """Mix-in before an admin screen. Its form raises ``refused`` in ``clean`` where that is set."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The usual view; where the database refuses, once more with the refusal as the form's own error."""
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except GateError as refusal:
            request.refused = str(refusal)  # type: ignore[attr-defined]
        except DatabaseError as error:
            request.refused = sentence_for(error)  # type: ignore[attr-defined]
            if not request.refused:
                raise
        return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type:
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (form,), {"refused": getattr(request, "refused", "")})


def sentence_for(error: DatabaseError) -> str:
    """What the user is told of a database error; nothing where it is none of the user's business to mend."""
    if refusal := refused(error):
        return str(refusal)
    if isinstance(error, IntegrityError):
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if constraint == "article_address_once":
            return _("Another story of this edition has this address already. Choose another one.")
        return _("Somebody else saved something at the same moment that does not go with this. Look, and save again.")
    return ""
