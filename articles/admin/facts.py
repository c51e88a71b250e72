"""A fact's own page: its wordings, what it rests on, and what editors said of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles import confirming
from articles.admin.refusing import RefusingScreen, sentence_for
from articles.forms.facts import FactForm
from articles.forms.recording import RecordingForm
from articles.gate import GateError, blockers
from articles.models import Fact
from articles.panel import Viewer, cards_of, support
from articles.recording import record
from articles.views.facts import warn_of_figures
from sources.answering import ScreenWithoutProtectedTerms
from staff.screens import Screen


class WordingForm(FactForm):
    """The present wording on the fact's own page; saving another one makes the next."""

    refused: str = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refused:
            raise ValidationError(self.refused)
        return data


@admin.register(Fact)
class FactAdmin(ScreenWithoutProtectedTerms, RefusingScreen, Screen):
    """Reached from its story. Nothing is listed here: a fact alone says nothing."""

    form = WordingForm
    fields = ["kind", "statement"]
    change_form_template = "admin/articles/fact/change_form.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    def save_model(self, request: HttpRequest, obj: Fact, form: forms.ModelForm, change: bool) -> None:
        confirming.reword(obj, form.cleaned_data["statement"], kind=form.cleaned_data["kind"], by=request.user)

    def get_urls(self) -> list:
        return [
            path(
                "<int:pk>/confirmations/",
                self.admin_site.admin_view(self.recording_view),
                name="articles_fact_confirmations",
            ),
            *super().get_urls(),
        ]

    def recording_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: records what the present wording rests on; a form that does not fit comes back on the fact's page."""
        fact = get_object_or_404(Fact.objects.select_related("article"), pk=pk)
        address = reverse("admin:articles_fact_change", args=[pk])
        if request.method != "POST":
            return HttpResponseRedirect(address)
        if not request.user.has_perm("articles.add_confirmation"):
            raise PermissionDenied
        form = RecordingForm(request.POST, fact=fact, by=request.user)
        if form.is_valid():
            try:
                record(fact, by=request.user, **form.what())
            except GateError as refusal:
                form.refuse(str(refusal))
            except DatabaseError as error:
                if not (sentence := sentence_for(error)):
                    raise
                form.refuse(sentence)
            else:
                messages.success(request, _("Recorded."))
                warn_of_figures(request, fact)
                return HttpResponseRedirect(address)
        # The page as it is read, with the form as it was typed.
        request.method = "GET"
        return self.change_view(request, str(pk), extra_context={"recording": form})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        fact = kwargs.get("obj")
        viewer = Viewer(request.user, fact.article)
        found = [b for b in blockers(fact.article, aliases=viewer.aliases) if b.fact_id == fact.pk]
        cards = cards_of(viewer, found, fact)
        wordings = list(fact.wordings.select_related("by").order_by("-number").prefetch_related("verdicts__by"))
        context |= {
            "title": "",
            "subtitle": None,
            "story": fact.article,
            "card": cards[0] if cards else None,
            "wordings": wordings,
            "earlier": [
                (
                    w,
                    [
                        support(viewer, c)
                        for c in w.confirmations.select_related(
                            "source", "talk", "told_by", "document", "photo", "earlier", "recorded_by", "taken_back"
                        )
                    ],
                )
                for w in wordings[1:]
            ],
        }
        if request.user.has_perm("articles.add_confirmation") and not hasattr(fact, "dropping"):
            context.setdefault("recording", RecordingForm(fact=fact, by=request.user))
        return super().render_change_form(request, context, *args, **kwargs)
