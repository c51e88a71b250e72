"""Sources on the desk: aliases and standings for everyone, more for those who speak with a source."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources import leaving, list_of_looks, sealing_admin  # noqa: F401 - screens of their own
from sources.ageing import faded_talks
from sources.aliases import new_alias
from sources.asking_why import ask_why
from sources.forgetting import may_forget
from sources.forgetting_pages import ForgettingPages
from sources.handing_over import HandingOverRefused, hand_over, may_hand_over, name_deputy, takers
from sources.looking import note_look
from sources.models import Circle, Look, Place, Source, Talk
from sources.seeing import Sight, reason_said, sight_of
from sources.vetting import may_vet
from staff.models import User
from staff.screens import PlainFields, Screen, TwoNames

LOOKS_SHOWN = 50
# The button of a new source's page that draws two other words.
DRAW = "_draw"


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
    """Conversations, for who speaks with the source."""

    model = Talk
    template = "admin/rows.html"
    fields = ["held_on", "medium", "printed_precision"]
    extra = 0
    verbose_name_plural = _("Talks")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Talk]:
        """Those whose day is still kept: what has faded is told below, and nobody changes it."""
        return super().get_queryset(request).filter(date_kept=Talk.Kept.DAY)

    def has_view_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return writes(request, obj) and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return writes(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return writes(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return writes(request, obj) and super().has_delete_permission(request, obj)


class SourceForm(forms.ModelForm):
    """The database refuses a standing that no vetting gave, so the form has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact_reporter", "deputy"):
            if name in self.fields:
                self.fields[name].queryset = takers()


class HandingOverForm(forms.Form):
    """To whom a source is given, and why."""

    to = forms.ModelChoiceField(
        label=_("Who speaks with her from now on"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose who takes her.")},
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, source: Source, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = source.contact_reporter_id == by.pk
        self.fields["to"].queryset = takers(but=by if own else None)
        self.fields["reason"].required = not own


def sees(request: HttpRequest, source: Source | None, least: Sight = Sight.ALL) -> bool:
    """Whether she may see so much of the source. A new one is hers to write."""
    return source is None or _sight(request, source) >= least


def writes(request: HttpRequest, source: Source | None) -> bool:
    """Whether what the desk has of the source is hers to change: who speaks with her does. A reason said opens it for reading."""
    return source is None or (sees(request, source) and source.is_known_to(request.user))


def _sight(request: HttpRequest, source: Source) -> Sight:
    """Looked up once for a page: the admin asks for it two dozen times."""
    if getattr(request, "sight", None) is None or request.sight[0] != source.pk:
        request.sight = source.pk, sight_of(source, request.user)
    return request.sight[1]


@admin.register(Source)
class SourceAdmin(ForgettingPages, Screen):
    """What a colleague needs of a source, and no more (``sources.seeing``)."""

    form = SourceForm
    change_form_template = "admin/sources/source/change_form.html"
    list_display = ["alias", "standing_word"]
    list_select_related = ["place", "forgetting"]
    list_filter = ["standing"]
    search_fields = ["alias"]
    inlines = [TalkInline]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/more/", view(self.more_view), name="sources_source_more"),
            path("<int:pk>/handing-over/", view(self.handing_over_view), name="sources_source_handing_over"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        in_print = (_("In print"), {"fields": ["place", "part"] if obj is None else ["place", "part", "in_print"]})
        if obj is None:
            return [
                (None, {"fields": ["alias", "safety"]}),
                in_print,
                (_("On the desk"), {"fields": ["contact_reporter", "deputy", "circle"]}),
            ]
        sight = _sight(request, obj)
        if sight is Sight.STANDING:
            return [(None, {"fields": ["alias", "standing"]})]
        if sight is Sight.CONFIRMATION:
            return [in_print, (_("On the desk"), {"fields": ["circle", "talks_by_month"]})]
        talks = [] if writes(request, obj) else ["talks_told"]
        return [
            (None, {"fields": ["alias", "safety"]}),
            in_print,
            (_("On the desk"), {"fields": ["speaks_with_her", "deputy", "circle", *talks]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        # Giving her to another is an act of its own.
        closed = ["standing", "in_print", "talks_by_month", "talks_told", "speaks_with_her"]
        if obj is None:
            return closed
        if not may_hand_over(obj, by=request.user):
            closed.append("deputy")
        if not writes(request, obj):
            # A confirmation needs to say on whom she depends, and no more.
            closed += ["alias", "safety", "place", "part"]
        return closed

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return sees(request, obj, Sight.CONFIRMATION) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        # She is forgotten, which leaves her alias; a page that deletes lists what hangs on her.
        return False

    def get_inlines(self, request: HttpRequest, obj: Source | None) -> list[type[admin.TabularInline]]:
        return [TalkInline] if obj is not None and writes(request, obj) else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Another alias was asked for: all else stands as it was typed.
        typed = request.POST.dict() if DRAW in request.POST else {}
        return {"contact_reporter": request.user.pk, **typed, "alias": new_alias()}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Each look at a source's page is noted. What an editor sends after her hour is over is kept, and she is asked."""
        if object_id is None and DRAW in request.POST:
            # Nothing is saved by it: the page as it is opened.
            request.method = "GET"
        source = self.get_object(request, object_id) if object_id else None
        if source is not None and self.has_view_permission(request, source):
            if request.method != "POST":
                note_look(source, Look.What.PAGE, by=request.user)
            elif "deputy" in request.POST and request.user.is_editor and not source.is_known_to(request.user):
                asked = ask_why(request, source)
                if asked is not None:
                    return asked
        return super().changeform_view(request, object_id, *args, **kwargs)

    def more_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An editor opens what a confirmation does not need: she says why first."""
        source = get_object_or_404(Source, pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        asked = ask_why(request, source)
        return HttpResponseRedirect(_page(pk)) if asked is None or asked.status_code == 302 else asked

    def handing_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gives the source to another reporter."""
        source = get_object_or_404(Source, pk=pk)
        if not may_hand_over(source, by=request.user):
            raise PermissionDenied
        form = HandingOverForm(request.POST or None, source=source, by=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                hand_over(source, form.cleaned_data["to"], by=request.user, why=form.cleaned_data["reason"])
            except HandingOverRefused as refusal:
                form.add_error(refusal.field or "to", str(refusal))
            else:
                messages.success(request, gettext("The source was handed over."))
                return HttpResponseRedirect(_page(pk))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Hand over %(alias)s") % {"alias": source.alias},
            "source": source,
            "own": source.contact_reporter_id == request.user.pk,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "sources/handing_over.html", context, status=400 if form.errors else 200)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """The usual; a deputy is named by her own act, which is noted."""
        if not change or "deputy" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        deputy = obj.deputy
        obj.deputy = Source.objects.get(pk=obj.pk).deputy
        super().save_model(request, obj, form, change)
        name_deputy(obj, deputy, by=request.user, why=reason_said(obj, request.user))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for talk in formset.save(commit=False):
            if talk.recorded_by_id is None:
                talk.recorded_by = request.user
            talk.save()
        for gone in formset.deleted_objects:
            gone.delete()
        if any(row.instance.pk is None for row in formset.initial_forms):
            messages.warning(
                request,
                _("A talk faded while this page was open: nothing of it changes any more. All else is saved."),
            )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """Where one is chosen for something new, nobody who was forgotten is offered."""
        if request.path == reverse("admin:autocomplete"):
            queryset = queryset.remembered()  # type: ignore[attr-defined]
        return super().get_search_results(request, queryset, search_term)

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

    @admin.display(description=_("contact reporter"))
    def speaks_with_her(self, source: Source) -> str:
        return str(source.contact_reporter)

    @admin.display(description=_("the reader reads"))
    def in_print(self, source: Source) -> str:
        return f"{source.attribution('en')} · {source.attribution('ko')}"

    @admin.display(description=_("talks"))
    def talks_by_month(self, source: Source) -> str:
        """As much of them as a confirmation needs."""
        months = Counter(talk.month for talk in source.talks.order_by(F("held_on").asc(nulls_first=True)))
        return ", ".join(f"{month} ({number})" for month, number in months.items()) or "–"

    @admin.display(description=_("talks"))
    def talks_told(self, source: Source) -> str:
        """Those whose day is still kept, for who has said why; what has faded is told below."""
        kept = source.talks.filter(date_kept=Talk.Kept.DAY).order_by("held_on")
        return "\n".join(talk.told for talk in kept) or "–"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source is not None:
            sight = _sight(request, source)
            context["may_confirm"] = not source.is_confirmed and may_vet(
                source, Source.Standing.CONFIRMED, by=request.user
            )
            context["may_discredit"] = source.standing != Source.Standing.DISCREDITED and may_vet(
                source, Source.Standing.DISCREDITED, by=request.user
            )
            context["may_unconfirm"] = source.is_confirmed and may_vet(
                source, Source.Standing.UNCONFIRMED, by=request.user
            )
            context["vettings"] = source.vettings.select_related("by") if sight >= Sight.CONFIRMATION else ()
            context["may_see_more"] = sight is Sight.CONFIRMATION
            context["may_hand_over"] = not source.is_forgotten and may_hand_over(source, by=request.user)
            context["may_forget"] = may_forget(source, by=request.user)
            context["faded"] = faded_talks(source) if sight is Sight.ALL else None
            context["looks"] = source.looks.select_related("by")[:LOOKS_SHOWN] if sight is Sight.ALL else ()
            context["title"] = source.alias
            # For who speaks with her alone: what identifies her is sealed there, and shown nowhere.
            context["sealing"] = (
                reverse("sealing:source", args=[source.pk])
                if sight is Sight.ALL and source.is_known_to(request.user)
                else ""
            )
        context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)


def _page(pk: int) -> str:
    return reverse("admin:sources_source_change", args=[pk])
