"""A reporter who leaves: her account is closed once somebody else speaks with her sources."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.handing_over import HandingOverRefused, hand_over_all, held_by, holds_any, takers
from sources.models import ProtectedPerson, Source
from staff.admin import StaffAdmin, StaffForm
from staff.models import User

admin.site.unregister(User)


class LeavingForm(forms.Form):
    """Who takes whatever somebody answers for."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Hand all to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose"),
    )
    deputies_first = forms.BooleanField(
        label=gettext_lazy("Those with a deputy go to the deputy"), required=False, initial=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Give a reason. It stays on record.")},
    )

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = takers(but=leaving)


class StaffWhoMayHoldSources(StaffForm):
    """An account of somebody who speaks with sources is not closed: nobody would."""

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active and self.instance.is_active and holds_any(self.instance):
            raise ValidationError(
                _("Sources would be left without anybody. Hand them over first: see “sources” below.")
            )
        return active


@admin.register(User)
class StaffWithSources(StaffAdmin):
    """An account and its roles, and how many sources it answers for: never which."""

    form = StaffWhoMayHoldSources
    readonly_fields = [*StaffAdmin.readonly_fields, "sources_held"]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        groups = super().get_fieldsets(request, obj)
        if obj is None or not cast(User, request.user).is_chief_editor:
            return groups
        return [*groups, (gettext_lazy("Sources"), {"fields": ["sources_held"]})]

    def get_urls(self) -> list:
        leaving = path(
            "<int:pk>/handing-over/", self.admin_site.admin_view(self.handing_over), name="staff_user_handing_over"
        )
        return [leaving, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # An account is closed. Deleting one would list what it holds.
        return False

    @admin.display(description=gettext_lazy("sources"))
    def sources_held(self, user: User) -> SafeString | str:
        told = _held_in_words(user)
        if not holds_any(user):
            return told
        address = reverse("admin:staff_user_handing_over", args=[user.pk])
        return format_html('{} <a class="button-link second-act" href="{}">{}</a>', told, address, _("Hand all over…"))

    def handing_over(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page on which the chief editor gives away whatever somebody answers for."""
        by = cast(User, request.user)
        if not by.is_chief_editor:
            raise PermissionDenied
        leaving = get_object_or_404(User, pk=pk)
        form = LeavingForm(request.POST or None, leaving=leaving)
        if request.method == "POST" and form.is_valid():
            try:
                given = hand_over_all(
                    leaving,
                    form.cleaned_data["to"],
                    by=by,
                    why=form.cleaned_data["reason"],
                    deputies_first=form.cleaned_data["deputies_first"],
                )
            except HandingOverRefused as refusal:
                form.add_error(refusal.field or "to", str(refusal))
            else:
                messages.success(
                    request,
                    ngettext("%(number)d source was handed over.", "%(number)d sources were handed over.", given)
                    % {"number": given},
                )
                return HttpResponseRedirect(reverse("admin:staff_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hand over what she answers for"),
            "leaving": leaving,
            "held": _held_in_words(leaving),
            "any": holds_any(leaving),
            "form": form,
            "opts": self.opts,
        }
        return render(request, "sources/leaving.html", context, status=400 if form.errors else 200)


def _held_in_words(user: User) -> str:
    """How many, and never which: an account's page ties no alias to a name."""
    said = []
    if number := held_by(user).count():
        said.append(
            ngettext("Speaks with %(number)d source.", "Speaks with %(number)d sources.", number) % {"number": number}
        )
    if number := Source.objects.filter(deputy=user).count():
        said.append(
            ngettext("Deputy for %(number)d source.", "Deputy for %(number)d sources.", number) % {"number": number}
        )
    if number := ProtectedPerson.objects.filter(contact_reporter=user).count():
        said.append(
            ngettext("Answers for %(number)d person of a story.", "Answers for %(number)d people of stories.", number)
            % {"number": number}
        )
    return " ".join(said) or _("None.")
