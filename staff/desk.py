"""The desk: Django's admin, closed where the stock one tells more than it should."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from staff.door import log_in
from staff.finding import Answers
from staff.language import choose_language
from staff.locking import lock_for, locked
from staff.naming import name_actor
from staff.passwords import LogInForm, OwnPasswordForm


class DeskSite(admin.AdminSite):
    """The admin of the desk."""

    site_title = _("Desk")
    site_header = _("Desk")
    # Tab titles stay in the browser's history and on a watched screen: every one is "Desk" and no more.
    index_title = _("Desk")
    site_url = None
    enable_nav_sidebar = False
    login_form = LogInForm
    password_change_form = OwnPasswordForm

    def get_urls(self) -> list:
        # The shortcut route sends any member of staff to a draft's address: gone.
        kept = [u for u in super().get_urls() if getattr(u, "name", None) != "view_on_site"]
        ours = [path("language/", choose_language, name="language"), path("locked/", locked, name="locked")]
        return [*ours, *kept]

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The stock page asks for a password alone: ours stands in its place."""
        return log_in(request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, Answers.as_view(admin_site=self)(request))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "is_popup": False, "screen_lock": lock_for(request)}


class DeskModelAdmin(admin.ModelAdmin):
    """Base of every screen: look-ups closed unless a list filter opens them, a history of ids instead of names."""

    list_per_page = 50
    save_on_top = False
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    # What was searched for would go on into the address of each page opened from the list.
    preserve_filters = False

    def choice(self, obj: Model) -> str:
        """What a row is called where it can be chosen."""
        return str(obj)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what ``list_filter`` names: else ``?field__startswith=`` spells out a hidden column letter by letter."""
        named = set()
        for item in self.get_list_filter(request) if request else self.list_filter:
            field = item[0] if isinstance(item, tuple | list) else item
            if isinstance(field, str):
                named |= {field, f"{field}__exact", f"{field}__id__exact", f"{field}__isnull"}
            elif parameter := getattr(field, "parameter_name", None):
                named.add(parameter)
        return lookup in named

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are known by their keys: by another column (``?_to_field=``) one could be asked for it."""
        return to_field == self.opts.pk.name

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What is deleted, and that something keeps it: never the names of what hangs on it, which may be hidden from her."""
        _names, _counts, lacking, keeping = super().get_deleted_objects(objs, request)
        named = [self.choice(obj) for obj in objs]
        if keeping:
            return named, {}, set(), [gettext("Something on the desk rests on it, so it stays.")]
        return named, {}, lacking, []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Called first of all that saves, inside its transaction: from here on the record knows who it is."""
        name_actor(request.user)
        return super().save_form(request, form, change)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """None: the admin's list of who changed a row and when tells who speaks with a source. Stories have a history."""
        raise PermissionDenied

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        name_actor(request.user)
        super().delete_model(request, obj)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return _log(request, obj, ADDITION)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return _log(request, obj, CHANGE)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        return [_log(request, obj, DELETION) for obj in queryset]


def _log(request: HttpRequest, obj: Any, flag: int) -> LogEntry:
    """One line of the admin's history: who, when, which row. No name, and no list of what stood in its fields."""
    unnamed: Any = [_Unnamed(obj)]
    return LogEntry.objects.log_actions(
        user_id=cast(int, request.user.pk), queryset=unnamed, action_flag=flag, single_object=True
    )


class _Unnamed:
    """Stands in for an object in the admin's history, which keeps ``str(object)`` for ever."""

    def __init__(self, obj: Any) -> None:
        self._meta, self.pk = obj._meta, obj.pk

    def __str__(self) -> str:
        return f"#{self.pk}"
