"""The field in which a story is written: one quiet row of words above the text, and no icons to download."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import ProseEditorWidget, importmap
from js_asset import ImportMap, Media, Script

# Our own parts of the editor, by the names under which they find one another.
PARTS = ImportMap({f"newsroom/{name}": f"js/{name}.js" for name in ("passages", "ledger", "tying")})

# What stands on the bar; static/js/prose.js reads them by these names.
WORDS: dict[str, str | Promise] = {
    "bar": _("Format"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "heading2": _("Heading"),
    "heading3": _("Small heading"),
    "quote": _("Quotation"),
    "bullets": _("List"),
    "numbers": _("Numbers"),
    "rule": _("Rule"),
    "link": _("Link"),
    "undo": _("Undo"),
    "address": _("Address of the link"),
    "apply": _("Set link"),
    "unlink": _("Remove link"),
    "close": _("Close"),
    "text": _("Body"),
    "fact": _("Fact"),
    # Where {words} stands, the script puts them.
    "tying": _("Which fact do these words state?"),
    "new": _("New fact:"),
    "kind-event": _("event"),
    "kind-statement": _("statement"),
    "kind-record": pgettext_lazy("fact", "record"),
    "untie": _("Untie"),
    "tied": _("These words state:"),
    "untied": _("These words state no fact yet."),
    "nowhere": _("Stated nowhere in the text yet"),
    "stated": _("Stated in:"),
    "unsaved": _("not saved yet"),
    "changed": _("words changed: will have to be confirmed again"),
    "about": _("Fact {number}: {statement} ({kind}, {state})"),
    "about-dropped": _("A fact that was dropped: {statement}"),
    "remove": _("Remove"),
}


class ProseWidget(ProseEditorWidget):
    """A textarea that our own script turns into the editor; without the script it stays a textarea."""

    template_name = "django/forms/widgets/textarea.html"

    @property
    def media(self) -> forms.Media:
        return Media(importmap=importmap | PARTS, js=[Script("js/prose.js", type="module")])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Textarea.get_context(self, name, value, attrs)
        words = {f"data-word-{key}": str(word) for key, word in WORDS.items()}
        context["widget"]["attrs"] |= {"data-prose": "", "rows": 24, **words}
        return context
