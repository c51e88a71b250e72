"""What the desk's screens have in common: plain fields, no pop-ups, short answers.

Fields are the browser's own (a date is ``<input type="date">``), so a page loads neither jQuery nor a calendar.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
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
        if isinstance(field, forms.TypedChoiceField) and db_field.choices:
            field.choices = [(key, label if key else _empty_label(db_field)) for key, label in field.choices]
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """Entries are called as their own screen calls them; where there may be thousands, a light finder."""
        kwargs.setdefault("empty_label", _empty_label(db_field))
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = Finder(db_field)
        elif isinstance(_screen_of(db_field), TwoNames):
            kwargs["form_class"] = _Named
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Entries are called as their own screen calls them."""
        if isinstance(_screen_of(db_field), TwoNames):
            kwargs["form_class"] = _SeveralNamed
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def get_field_queryset(
        self, db: str | None, db_field: models.ForeignKey | models.ManyToManyField, request: HttpRequest
    ) -> models.QuerySet | None:
        """Things with two names stand in the order of the name that is read first."""
        if isinstance(_screen_of(db_field), TwoNames):
            return db_field.remote_field.model._default_manager.using(db).order_by(_name_first_read(), "pk")
        return super().get_field_queryset(db, db_field, request)  # type: ignore[misc]

    @property
    def media(self) -> forms.Media:
        return forms.Media()


class TwoNames:
    """Mix-in for the screen of things with ``name_en`` and ``name_ko``: the desk's own language stands first."""

    def choice(self, obj: Any) -> str:
        names = [obj.name_en, obj.name_ko]
        return " · ".join(reversed(names) if _name_first_read() == "name_ko" else names)


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return TwoNames().choice(obj)


class _SeveralNamed(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return TwoNames().choice(obj)


def _name_first_read() -> str:
    return "name_ko" if get_language() == "ko" else "name_en"


def _screen_of(db_field: models.ForeignKey | models.ManyToManyField) -> admin.ModelAdmin | None:
    """The screen of what a field chooses among."""
    try:
        return admin.site.get_model_admin(db_field.remote_field.model)
    except NotRegistered:
        return None


def _empty_label(db_field: models.Field) -> str:
    return _("None") if db_field.blank else _("Choose")


class UploadForm(forms.ModelForm):
    """A form with a file, which the browser forgets when the form comes back: then it says so beside the field."""

    file_field: str
    choose_again: Any

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors and self.file_field in self.cleaned_data:
            self.add_error(self.file_field, forms.ValidationError(self.choose_again, "choose-again"))


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
        """To the page that asked for the new thing (``?next=``), with it chosen there; else on to its own page."""
        asked = request.GET.get("next", "")
        if asked.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
            messages.success(request, _("Saved."))
            page = urlsplit(asked)
            query = urlencode([*parse_qsl(page.query), (str(self.opts.model_name), obj.pk)])
            return HttpResponseRedirect(urlunsplit(page._replace(query=query)))
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

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        messages.warning(request, _("There is nothing here: the address is wrong, or it has been deleted."))
        return HttpResponseRedirect(reverse("admin:index"))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        messages.success(request, _("Deleted."))
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
