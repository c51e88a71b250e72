"""The page on which somebody is forgotten: it says what goes and what stays before it asks, and afterwards what is left."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from sources.forgetting import ForgettingRefused, forget, may_forget, what_there_is
from sources.models import Forgetting, ProtectedPerson, Source
from sources.remains import answer_of, foreseen, line_of, terms_of
from staff.again import recently_proven


class ForgettingForm(forms.Form):
    """Why, whom, and whether her name goes on being caught in a text."""

    terms = forms.ChoiceField(
        label=_("Her protected terms"),
        required=False,
        choices=[("destroy", _("Destroy them too")), ("keep", _("Keep their fingerprints"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Give a reason. It stays on record.")},
        help_text=_("It stays on record: write nothing by which she could be known."),
    )
    alias = forms.CharField(
        label=_("Her alias"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type her alias, so that nobody is forgotten in place of another.")},
        help_text=_("Type it as it stands above, so that nobody is forgotten in place of another."),
    )


class ForgettingPages:
    """Mix-in for the screen of sources."""

    admin_site: admin.AdminSite

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/forgetting/", view(recently_proven(self.forgetting_view)), name="sources_source_forgetting"),
            path(
                "people/<int:pk>/forgetting/",
                view(recently_proven(self.person_forgetting_view)),
                name="sources_person_forgetting",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def forgetting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: what it would come to, or what it came to. POST: forgets a source."""
        return _page(request, get_object_or_404(Source, pk=pk), request.path)

    def person_forgetting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same of a person in a story."""
        return _page(request, get_object_or_404(ProtectedPerson, pk=pk, source=None), request.path)


def _page(request: HttpRequest, whom: Source | ProtectedPerson, address: str) -> HttpResponse:
    if not may_forget(whom, by=request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    if whom.is_forgotten:
        # Pressed twice, or opened again: it says what was done.
        if request.method == "POST":
            return HttpResponseRedirect(address)
        return _show(request, whom, forgetting=whom.forgetting)
    form = ForgettingForm(request.POST or None, initial={"terms": "destroy"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            forget(
                whom,
                by=request.user,  # type: ignore[arg-type]
                reason=given["reason"],
                alias=given["alias"],
                keep_terms=given["terms"] == "keep",
            )
        except ForgettingRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return HttpResponseRedirect(address)
    return _show(request, whom, form=form)


def _show(request: HttpRequest, whom: Source | ProtectedPerson, **what: Any) -> HttpResponse:
    forgetting: Forgetting | None = what.get("forgetting")
    is_source = isinstance(whom, Source)
    goes, stays = what_there_is(whom)
    context = {
        **admin.site.each_context(request),
        "whom": whom,
        "is_source": is_source,
        "standing": whom.get_standing_display() if isinstance(whom, Source) else "",
        "terms": terms_of(goes["terms"]) if goes["terms"] else "",
        "in_print": stays["in_print"],
        "answer": answer_of(forgetting) if forgetting else foreseen(whom),
        "line": line_of(forgetting) if forgetting else "",
        "back": reverse("admin:sources_source_change", args=[whom.pk]) if is_source else reverse("admin:index"),
        **what,
    }
    return render(request, "admin/sources/source/forgetting.html", context)
