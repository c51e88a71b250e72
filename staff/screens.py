"""What the desk's screens have in common: plain fields, no pop-ups, short answers.

Fields are the browser's own (a date is ``<input type="date">``), so a page loads neither jQuery nor a calendar.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from staff.desk import DeskModelAdmin
from staff.finding import Finder

HOUR = "%Y-%m-%dT%H:%M"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=HOUR)


class PlainFields:
    """For screens and their inlines: native widgets, and no icons that open a window beside a choice."""

    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": HourInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        models.CharField: {"widget": forms.TextInput},
        models.SlugField: {"widget": forms.TextInput},
        models.URLField: {"widget": forms.URLInput},
        models.PositiveSmallIntegerField: {"widget": forms.NumberInput},
        models.PositiveIntegerField: {"widget": forms.NumberInput},
    }

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field without the wrapper that names and opens related rows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """Where there may be thousands to choose from (`autocomplete_fields`), a light finder."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs |= {"widget": Finder(db_field), "empty_label": _("None") if db_field.blank else _("Choose")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    @property
    def media(self) -> forms.Media:
        return forms.Media()


class Screen(PlainFields, DeskModelAdmin):
    """A screen of the desk. Saving stays on the page and says one word; there are no bulk acts."""

    actions = None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = _("New %(name)s") % {"name": self.opts.verbose_name}
        return super().add_view(request, form_url, {"title": title, **(extra_context or {})})

    def construct_change_message(
        self, request: HttpRequest, form: forms.Form, formsets: Any, add: bool = False
    ) -> list:
        """None: the history keeps who and when, never what stood in a field."""
        return []

    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        messages.success(request, _("Saved."))
        if not self.has_view_or_change_permission(request, obj):
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        )

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        messages.success(request, _("Deleted."))
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
