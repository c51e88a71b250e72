"""Sources on the desk: aliases and standings for everyone, more for those who speak with a source."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.models import Circle, Place, Source, Talk
from sources.vetting import may_vet
from staff.models import Role, User
from staff.screens import PlainFields, Screen, TwoNames


@admin.register(Place)
class PlaceAdmin(TwoNames, Screen):
    """Places as they are printed, in their ladder."""

    list_display = ["name_en", "name_ko", "kind", "parent", "population"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_ko"]
    fields = [("name_en", "name_ko"), ("kind", "parent"), ("population", "population_source")]


@admin.register(Circle)
class CircleAdmin(Screen):
    """Circles by name alone: which sources are in one stands on their own pages."""

    list_display = ["name"]
    search_fields = ["name"]
    fields = ["name"]


class TalkInline(PlainFields, admin.TabularInline):
    """Conversations, for who speaks with the source and for editors."""

    model = Talk
    template = "admin/rows.html"
    fields = ["held_on", "medium", "printed_precision"]
    extra = 0
    verbose_name_plural = _("Talks")

    def has_view_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return knows(request, obj) and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return knows(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return knows(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return knows(request, obj) and super().has_delete_permission(request, obj)


class SourceForm(forms.ModelForm):
    """The database refuses a standing that no vetting gave, so the form has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, groups__name__in=[Role.REPORTER, Role.EDITOR, Role.CHIEF_EDITOR])
        for name in ("contact_reporter", "deputy"):
            if name in self.fields:
                self.fields[name].queryset = staff.distinct().order_by("username")


def knows(request: HttpRequest, source: Source | None) -> bool:
    """Whether she may see more of the source than alias and standing: speaks with her, or vets her as an editor."""
    return source is None or source.is_known_to(request.user) or request.user.is_editor


@admin.register(Source)
class SourceAdmin(Screen):
    """What a colleague needs of a source, and no more."""

    form = SourceForm
    change_form_template = "admin/sources/source/change_form.html"
    list_display = ["alias", "standing_word"]
    list_select_related = ["place"]
    list_filter = ["standing"]
    search_fields = ["alias"]
    inlines = [TalkInline]

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        if not knows(request, obj):
            return [(None, {"fields": ["alias", "standing"]})]
        return [
            (None, {"fields": ["alias", "safety"]}),
            (_("In print"), {"fields": ["place", "part"] if obj is None else ["place", "part", "in_print"]}),
            (_("On the desk"), {"fields": ["contact_reporter", "deputy", "circle"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        return ["standing", "in_print"]

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return knows(request, obj) and super().has_change_permission(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Source | None) -> list[type[admin.TabularInline]]:
        return [TalkInline] if obj is not None and knows(request, obj) else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"contact_reporter": request.user.pk}

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for talk in formset.save(commit=False):
            if talk.recorded_by_id is None:
                talk.recorded_by = request.user
            talk.save()
        for gone in formset.deleted_objects:
            gone.delete()

    def choice(self, source: Source) -> str:
        return f"{source.alias} · {source.get_standing_display()}"

    @admin.display(description=_("standing"), ordering="standing")
    def standing_word(self, source: Source) -> str:
        return source.get_standing_display()

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Safety and place of one's own sources alone; of others, of an editor's too, lists tell no more than a standing."""

        def of_mine(column: str, title: str) -> Any:
            @admin.display(description=title)
            def show(source: Source) -> str:
                if not source.is_known_to(request.user):
                    return "–"
                return source.get_safety_display() if column == "safety" else str(source.place)

            show.__name__ = f"{column}_of_mine"
            return show

        return ["alias", "standing_word", of_mine("safety", _("safety")), of_mine("place", _("place in print"))]

    @admin.display(description=_("the reader reads"))
    def in_print(self, source: Source) -> str:
        return f"{source.attribution('en')} · {source.attribution('ko')}"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source is not None:
            context["may_confirm"] = not source.is_confirmed and may_vet(
                source, Source.Standing.CONFIRMED, by=request.user
            )
            context["may_discredit"] = source.standing != Source.Standing.DISCREDITED and may_vet(
                source, Source.Standing.DISCREDITED, by=request.user
            )
            context["may_unconfirm"] = source.is_confirmed and may_vet(
                source, Source.Standing.UNCONFIRMED, by=request.user
            )
            context["vettings"] = source.vettings.select_related("by") if knows(request, source) else ()
            context["title"] = source.alias
            # For who speaks with her alone: what identifies her is sealed there, and shown nowhere.
            context["sealing"] = reverse("sealing:source", args=[source.pk]) if source.is_known_to(request.user) else ""
        context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)


# Screens of their own: keepers, and people in a story.
from sources import sealing_admin  # noqa: E402, F401
