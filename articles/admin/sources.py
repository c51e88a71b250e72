"""A source's page where her fall can be foreseen: her standing and her circle carry stories in print."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import asking, staggering
from articles.acts import may
from articles.foresight import WouldFall, knowing, knowingly
from articles.forms.exceptions import REASON, beside_its_field
from articles.gate import GateError, refused
from articles.models import Stagger
from articles.views.exposure import exposure
from newsroom.deadlocks import begins_again
from sources.admin import SourceAdmin
from sources.models import Source
from sources.vetting import VettingRefused, vet
from staff.screens import DayInput

admin.site.unregister(Source)

LAST_DAY = gettext_lazy("Choose a last day from tomorrow on, within thirty days.")


class StaggerForm(forms.Form):
    """A proposal to let stories leave print one by one."""

    standing = forms.ChoiceField(choices=[c for c in Source.Standing.choices if c[0] != Source.Standing.CONFIRMED])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": REASON},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        error_messages={"required": LAST_DAY, "invalid": LAST_DAY},
        help_text=gettext_lazy("Within thirty days. By then all of them are off the site."),
    )

    def clean_last_day(self) -> dt.date:
        with beside_its_field():
            staggering.require_last_day(self.cleaned_data["last_day"])
        return self.cleaned_data["last_day"]


@admin.register(Source)
class SourceOnTheDesk(SourceAdmin):
    """What a colleague needs of a source; an act that takes stories off the site asks first."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/vetting/", view(self.vetting_view), name="sources_source_vetting"),
            path("<int:pk>/exposure/", view(exposure), name="sources_source_exposure"),
            path("<int:pk>/staggers/", view(self.staggers_view), name="sources_source_staggers"),
            *super().get_urls(),
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """For the field in which a reporter says whose word a fact rests on: those that she speaks with."""
        found, several = super().get_search_results(request, queryset, search_term)
        if request.GET.get("field_name") == "source" and not request.user.is_editor:
            found = found.filter(Q(contact_reporter=request.user) | Q(deputy=request.user))
        return found, several

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The usual form; a circle that takes stories off the site is not saved before she was shown which."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        form = super().changeform_view

        @begins_again
        def saved() -> HttpResponse:
            with knowing(asking.shown(request)) as answer:
                request.hear_the_law = answer
                return form(request, object_id, *args, **kwargs)

        try:
            return saved()
        except WouldFall as would:
            return asking.ask(request, would, act=_("Save"), back=request.path)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last that is written; heard here, before anything is said of it."""
        super().save_related(request, form, formsets, change)
        if change:
            request.hear_the_law()

    def vetting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: an editor confirms, unconfirms or discredits the source, on the record."""
        source = self._posted(request, pk)
        standing = request.POST.get("standing", "")
        if standing not in Source.Standing.values:
            raise PermissionDenied
        reason, kept = request.POST.get("reason", ""), {}
        try:
            knowingly(asking.shown(request), partial(vet, source, standing, by=request.user, reason=reason))
        except WouldFall as would:
            return self._ask(request, source, would)
        except (VettingRefused, GateError) as refusal:
            messages.error(request, str(refusal))
            kept = {"kept_standing": standing, "kept_reason": reason}
        except DatabaseError as error:
            # Its own words could quote the row.
            messages.error(request, str(refused(error) or _("The database refused this change.")))
            kept = {"kept_standing": standing, "kept_reason": reason}
        else:
            messages.success(request, _said(standing))
        if not kept or not reason.strip():
            return HttpResponseRedirect(_page(pk))
        # What was typed stands on the page still, and nowhere else.
        request.method = "GET"
        return self.change_view(request, str(pk), extra_context=kept)

    def staggers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: proposes that what this standing takes down goes one by one."""
        source = self._posted(request, pk)
        form = StaggerForm(request.POST)
        if not form.is_valid():
            return self._again(request, source, form)
        try:
            staggering.propose(source, by=request.user, **form.cleaned_data)
        except GateError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_page(pk))
        messages.success(
            request, _("Proposed. Nothing changes until a second editor agrees; she finds it on the desk’s front.")
        )
        return HttpResponseRedirect(_page(pk) + "#staggers")

    def _posted(self, request: HttpRequest, pk: int) -> Source:
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Source, pk=pk)

    def _again(self, request: HttpRequest, source: Source, form: StaggerForm) -> HttpResponse:
        """The page that asks, with what did not fit beside its field."""
        standing = request.POST.get("standing", "")
        if standing not in (Source.Standing.UNCONFIRMED, Source.Standing.DISCREDITED):
            raise PermissionDenied
        try:
            falls = staggering.falls_with(source, standing, by=request.user)
        except (VettingRefused, GateError) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_page(source.pk))
        return self._ask(request, Source.objects.get(pk=source.pk), WouldFall(falls), form)

    def _ask(
        self, request: HttpRequest, source: Source, would: WouldFall, form: StaggerForm | None = None
    ) -> HttpResponse:
        standing = request.POST["standing"]
        act = _("Discredit source") if standing == Source.Standing.DISCREDITED else _("Take her standing back")
        stagger = None
        several = len(staggering.in_print(would.falls)) >= staggering.FEWEST
        if several and may(staggering.require_decider, source, standing, by=request.user):
            first = {
                "standing": standing,
                "reason": request.POST.get("reason", ""),
                "last_day": timezone.localdate() + dt.timedelta(days=14),
            }
            stagger = {"source": source, "form": form or StaggerForm(initial=first)}
        address = reverse("admin:sources_source_vetting", args=[source.pk])
        return asking.ask(request, would, act=act, back=_page(source.pk), stagger=stagger, address=address)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        if source is not None and (request.user.is_editor or source.is_known_to(request.user)):
            context["may_see_exposure"] = True
            today = timezone.localdate()
            staggers = Stagger.objects.filter(source=source, last_day__gte=today).select_related(
                "proposed_by", "agreed_by"
            )
            context["staggers"] = [
                {
                    "stagger": stagger,
                    "hours": stagger.hours.select_related("publication") if request.user.is_editor else (),
                    "may_agree": staggering.is_open(stagger)
                    and may(staggering.require_second, stagger, by=request.user)
                    and may(staggering.require_decider, source, stagger.standing, by=request.user),
                }
                for stagger in staggers
                if stagger.agreed_by_id or staggering.is_open(stagger)
            ]
        return super().render_change_form(request, context, *args, **kwargs)


def _page(pk: int) -> str:
    return reverse("admin:sources_source_change", args=[pk])


def _said(standing: str) -> str:
    return {
        Source.Standing.CONFIRMED: _("The source is confirmed."),
        Source.Standing.DISCREDITED: _("The source is discredited."),
        Source.Standing.UNCONFIRMED: _("The source is no longer confirmed."),
    }[Source.Standing(standing)]
