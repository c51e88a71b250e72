"""The chief editor's list of looks: who opened what of whose, and why."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.models import Look
from staff.screens import Screen


@admin.register(Look)
class LookAdmin(Screen):
    """Read, and nothing else: looks are written by the database."""

    list_display = ["at", "who", "whom", "what", "why"]
    list_display_links = None
    list_filter = ["what"]
    list_select_related = ["by", "source", "person"]
    list_per_page = 100
    sortable_by = ()
    ordering = ["-number"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Look | None = None) -> bool:
        # The list alone: a look has no page.
        return obj is None and request.user.is_authenticated and request.user.is_chief_editor

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Look | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Look | None = None) -> bool:
        return False

    @admin.display(description=_("who"))
    def who(self, look: Look) -> str:
        return str(look.by)

    @admin.display(description=_("source"))
    def whom(self, look: Look) -> str:
        """By her alias; of a source whose row is gone, nothing."""
        return str(look.source or look.person or "–")
