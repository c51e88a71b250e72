"""What a browser is told to keep to itself: nothing typed at the desk goes to its maker, and no page stays behind.

Spelling services, writing suggestions and translation send what stands in a field to somebody else's machine; autofill
keeps it on this one; a page that was kept comes back after log-out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse

QUIET = {
    "spellcheck": "false",
    "autocomplete": "off",
    "autocorrect": "off",
    "autocapitalize": "off",
    "translate": "no",
    "writingsuggestions": "false",
}
# Nothing is typed into these.
UNTYPED = {"hidden", "checkbox", "radio", "file", "submit"}
LEAVING = {"admin:logout", "guest_door:sign_out"}


class QuietFields(DjangoTemplates):
    """Every field that Django renders, unless it says otherwise itself (a password at the door)."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if "widget" in context:
            _quieten(context["widget"])
        return super().render(template_name, context, request)


def _quieten(widget: dict[str, Any]) -> None:
    if widget.get("type") not in UNTYPED:
        widget["attrs"] = {**QUIET, **widget["attrs"]}
    for part in widget.get("subwidgets", ()):
        _quieten(part)


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no page of the desk is stored, not for the way back either; after log-out what was kept is cleared."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        match = request.resolver_match
        if match is not None and match.view_name in LEAVING and request.method == "POST":
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return answer
