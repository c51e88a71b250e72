"""What the paper is made of: sections, pen names, and the policy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import DatabaseError, models
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag

from articles.acts import may
from articles.admin.refusing import RefusingScreen, sentence_for
from articles.agreeing import require_second
from articles.checks import ALWAYS, CHECKS, SCANS, WORDS
from articles.history import policy_history
from articles.models import Byline, Policy, Section
from sources.answering import ScreenWithoutProtectedTerms, WithoutProtectedTerms
from staff.models import Guest, User
from staff.screens import Screen, TwoNames

# Its screen is the library's, with every look-up open; tags are typed at a story.
admin.site.unregister(Tag)


@admin.register(Section)
class SectionAdmin(TwoNames, Screen):
    """Sections in their order; saving prints the frame of every page anew."""

    list_display = ["name_en", "name_ko", "slug", "position"]
    fields = [("name_en", "name_ko"), "slug", "position"]


class BylineForm(WithoutProtectedTerms, forms.ModelForm):
    refused = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refused:
            raise forms.ValidationError(self.refused)
        return self.cleaned_data


@admin.register(Byline)
class BylineAdmin(ScreenWithoutProtectedTerms, RefusingScreen, TwoNames, Screen):
    """Names in print. The accounts behind one are never printed."""

    form = BylineForm
    list_display = ["name_en", "name_ko", "accounts_behind"]
    search_fields = ["name_en", "name_ko"]
    fields = [("name_en", "name_ko"), "slug", "accounts"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Byline]:
        return super().get_queryset(request).prefetch_related("accounts")

    @admin.display(description=_("accounts"))
    def accounts_behind(self, byline: Byline) -> str:
        return ", ".join(map(str, byline.accounts.all()))

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        # A guest who wrote here could not sign here; one who did all the same keeps her tick.
        kwargs["queryset"] = User.objects.exclude(pk__in=Guest.objects.filter(bylines=None))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The usual view; where the database keeps the name, its page says why."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except DatabaseError as error:
            sentence = sentence_for(error)
            if not sentence:
                raise
        messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:articles_byline_change", args=[object_id]))


class PolicyForm(forms.ModelForm):
    required_checks = forms.MultipleChoiceField(
        label=_("Checks asked of each proof"),
        required=False,
        choices=[(name, WORDS[name]) for name in CHECKS if name not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        initial=[name for name in CHECKS if name not in ALWAYS],
    )


@admin.register(Policy)
class PolicyAdmin(Screen):
    """The paper's rules. One proposes a version, another agrees; what was saved never changes."""

    form = PolicyForm
    change_form_template = "admin/articles/policy/change_form.html"
    list_display = ["proposed_at", "name_en", "min_sources", "proposed_by", "agreed_by", "agreed_at"]
    list_select_related = ["proposed_by", "agreed_by"]
    ordering = ["-pk"]
    readonly_fields = ["checks_in_words"]
    rules = (
        _("Rules"),
        {
            "fields": [
                "min_sources",
                "document_suffices",
                "photo_suffices",
                "earlier_suffices",
                "covers_text",
                "anonymity_floor",
                "knowledge_floor",
                "guests_sign",
                "began_on",
                "required_checks",
            ]
        },
    )
    words = (
        _("The frame of every page"),
        {"fields": [("name_en", "name_ko"), "promise_en", "promise_ko", "default_edition"]},
    )

    def get_fieldsets(self, request: HttpRequest, obj: Policy | None = None) -> Any:
        by = (_("Who"), {"fields": ["proposed_by", "proposed_at", "agreed_by", "agreed_at"]})
        if obj is None:
            return [self.rules, self.words]
        title, group = self.rules
        # In words, and not as the policy stores them.
        told = ["checks_in_words" if name == "required_checks" else name for name in group["fields"]]
        return [(title, {"fields": told}), self.words, by]

    @admin.display(description=_("Checks asked of each proof"))
    def checks_in_words(self, policy: Policy) -> str:
        return "; ".join(str(WORDS.get(name, name)) for name in [*policy.required_checks, *ALWAYS, *SCANS]) or "–"

    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(request, _("Proposed. It is in force once a second editor agrees."))
        return HttpResponseRedirect(reverse("admin:articles_policy_change", args=[obj.pk]))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next version begins as the one in force."""
        present = Policy.objects.in_force()
        names = [
            name
            for _title, group in (self.rules, self.words)
            for field in group["fields"]
            for name in ([field] if isinstance(field, str) else field)
        ]
        return {name: getattr(present, name) for name in names} if present else {}

    def has_change_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Policy, form: forms.ModelForm, change: bool) -> None:
        obj.proposed_by = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        policy = kwargs.get("obj")
        context["in_force"] = Policy.objects.in_force()
        context["may_agree"] = (
            policy is not None and policy.agreed_by_id is None and may(require_second, policy, by=request.user)
        )
        context["lines"] = policy_history(policy) if policy is not None else []
        # Of one that nobody agreed to yet: what it would change, before all else.
        proposed = policy is not None and policy.agreed_by_id is None
        context["changes"] = context["lines"][0].more if proposed and context["lines"] else []
        context["title"] = _("Policy") if policy else _("Propose a policy")
        context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)
