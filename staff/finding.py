"""Choosing one among many, on a slow line and on a phone."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# As many as a list offers at first, and as one answer of the desk holds.
FEW = 20


class Finder(forms.Select):
    """The browser's own list with what is chosen and the first few; a field beside it asks the desk for the others.

    The entries are called as their own screen calls them (``choice``). Made anew for each request: rows of one
    form share the first few.
    """

    def __init__(self, field: models.ForeignKey) -> None:
        super().__init__()
        self.field = field
        # One list for this field in all rows: a form's copy of its widget is shallow.
        self.first: list[models.Model] = []

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[forms.Script("js/finding.js", type="module")])  # type: ignore[list-item]

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        every, screen = self.choices, admin.site.get_model_admin(self.field.remote_field.model)
        if not self.first:
            self.first += every.queryset[: FEW + 1]
        shown = {str(each.pk): each for each in self.first[:FEW]}
        missing = [key for key in value if key.isdecimal() and key not in shown]
        if missing:
            shown = {**{str(each.pk): each for each in every.queryset.filter(pk__in=missing)}, **shown}
        entries = [(key, screen.choice(each)) for key, each in shown.items()]
        if every.field.empty_label is not None:
            entries.insert(0, ("", every.field.empty_label))
        options = [
            self.create_option(name, key, label, key in value, number) for number, (key, label) in enumerate(entries)
        ]
        return [(None, options, 0)]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        select = super().render(name, value, attrs, renderer)
        if len(self.first) <= FEW:
            return select
        asked = urlencode(
            {
                "app_label": self.field.model._meta.app_label,
                "model_name": self.field.model._meta.model_name,
                "field_name": self.field.name,
                "term": "",
            }
        )
        return format_html(
            '<span class="finder"><input type="search" data-find="{}" aria-label="{}" placeholder="{}" '
            'autocomplete="off">{}<small class="help" role="status" data-none="{}" data-more="{}" data-lost="{}">'
            "</small></span>",
            f"{reverse('admin:autocomplete')}?{asked}",
            _("Find by name"),
            _("Find by name"),
            select,
            _("Nothing by that name."),
            _("There are more: type more of the name."),
            _("The desk does not answer. Try again."),
        )


class Answers(AutocompleteJsonView):
    """What the desk answers a finder: entries called as their own screen calls them."""

    paginate_by = FEW

    def process_request(self, request: HttpRequest) -> Any:
        """A field that nobody chooses in (the far end of another's) is refused like one that is not there."""
        found = super().process_request(request)
        if not isinstance(found[2], models.ForeignKey | models.ManyToManyField):
            raise PermissionDenied
        return found

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(obj.pk), "text": self.model_admin.choice(obj)}
