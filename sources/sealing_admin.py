"""The desk's screens of keepers, and of the people in a story whose names never appear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources import keepers
from sources.arriving import TAKEN_OUT
from sources.envelopes import is_public_key
from sources.exporting import export_all
from sources.keepers import KeeperRefused
from sources.models import Keeper, ProtectedPerson, SealedRecord
from sources.resealing import Outcome, bring_back
from sources.sealing import SealingRefused, page_of
from sources.sealing_forms import SILENT
from sources.sealing_views import as_file
from staff.again import recently_proven
from staff.screens import Screen

# Bytes. Some thousand records are a few of these.
LARGEST_FILE = 64 * 1024 * 1024


class KeeperForm(forms.ModelForm):
    public_key = forms.CharField(
        label=_("Public key"),
        max_length=4000,
        help_text=_("Begins with age1. “manage.py keeper make” tells it, on the keeper’s own machine."),
        widget=forms.TextInput({**SILENT, "maxlength": 4000}),
    )

    def clean_public_key(self) -> str:
        """The key without space around it. The private half by mistake was taken out of the form as it arrived."""
        key = self.cleaned_data["public_key"].strip()
        if TAKEN_OUT in key:
            self.data = {**self.data.dict(), "public_key": ""}
            raise forms.ValidationError(
                _(
                    "That was the private half. It was kept nowhere here, but it has left its keeper: she makes a new pair, "
                    "and gives the half that begins with age1."
                )
            )
        if not is_public_key(key):
            raise forms.ValidationError(
                _("A public key begins with age1 and has 62 letters and digits. This is none, or not the whole of one.")
            )
        if Keeper.objects.filter(public_key=key).exists():
            raise forms.ValidationError(_("This key is on the list already. A keeper who comes back makes a new pair."))
        return key


# What the session of a chief editor holds once a file came back: the last step is left to do.
SEALED_ANEW = "sealed-anew"


@dataclass(frozen=True)
class Sealed:
    """How what is sealed stands to the keepers who stand now."""

    all: int
    right: int

    @property
    def others(self) -> int:
        return self.all - self.right


@admin.register(Keeper)
class KeeperAdmin(Screen):
    """Who can open what is sealed. The chief editor proposes, a second editor agrees; an editor ends her."""

    form = KeeperForm
    change_list_template = "admin/sources/keeper/change_list.html"
    change_form_template = "admin/sources/keeper/change_form.html"
    list_display = ["name", "state", "proposed_by", "agreed_by"]
    list_select_related = ["proposed_by", "agreed_by"]
    fields = ["name", "public_key"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/agreement/", view(self.agreement), name="sources_keeper_agreement"),
            path("<int:pk>/end/", view(self.end), name="sources_keeper_end"),
            path("export/", view(self.export), name="sources_keeper_export"),
            path("resealed/", view(self.resealed), name="sources_keeper_resealed"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Keeper | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Keeper | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and request.user.is_chief_editor

    def get_fields(self, request: HttpRequest, obj: Keeper | None = None) -> list[str]:
        if obj is None:
            return ["name", "public_key"]
        rows = ["public_key", "proposed_by", "proposed_at"]
        rows += ["agreed_by", "agreed_at"] if obj.agreed_by_id else []
        return rows + (["ended_by", "ended_at"] if obj.ended_at else [])

    def save_model(self, request: HttpRequest, obj: Keeper, form: forms.ModelForm, change: bool) -> None:
        obj.pk = keepers.propose(obj.name, obj.public_key, by=request.user).pk

    @method_decorator(recently_proven)
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The usual view; where two propose one key in the same moment, the second is told."""
        try:
            return super().add_view(request, *args, **kwargs)
        except KeeperRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:sources_keeper_changelist"))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("Proposed. Nothing is sealed to her before a second editor agrees."))
        return HttpResponseRedirect(_keeper_page(obj.pk))

    @method_decorator(recently_proven)
    def agreement(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: a second editor agrees."""
        return self._act(request, pk, keepers.agree, _("Agreed. What arrives from now on is sealed to her as well."))

    @method_decorator(recently_proven)
    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: an editor ends a keeper, or takes a proposal from the list."""
        return self._act(request, pk, keepers.end, _("Ended. Nothing is sealed to her any more."))

    @method_decorator(recently_proven)
    def export(self, request: HttpRequest) -> HttpResponse:
        """POST: all sealed records as a file, to be sealed anew."""
        self._require_post(request)
        try:
            return as_file(export_all(by=request.user))
        except SealingRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:sources_keeper_changelist"))

    @method_decorator(recently_proven)
    def resealed(self, request: HttpRequest) -> HttpResponse:
        """POST: what a keeper has sealed anew comes back."""
        self._require_post(request)
        file = request.FILES.get("file")
        try:
            if file is None:
                raise SealingRefused(_("Choose the file that the keeper has sealed anew."))
            if file.size > LARGEST_FILE:
                raise SealingRefused(_("This file is too large to hold sealed records."))
            _tell(request, bring_back(file.read(), by=request.user))
            request.session[SEALED_ANEW] = True
        except SealingRefused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:sources_keeper_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        standing = list(Keeper.objects.standing())
        left_behind = (
            SEALED_ANEW in request.session or Keeper.objects.exclude(agreed_by=None).exclude(ended_at=None).exists()
        )
        context = {
            "standing": standing,
            "sealed": _sealed(),
            "is_chief": request.user.is_chief_editor,
            "left_behind": left_behind,
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        keeper = kwargs.get("obj")
        context["may_agree"] = keeper is not None and keepers.may_agree(keeper, by=request.user)
        context["may_end"] = keeper is not None and keeper.ended_at is None and request.user.is_editor
        context["sealed"] = _sealed()
        context["title"] = keeper.name if keeper else _("Propose a keeper")
        context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("state"))
    def state(self, keeper: Keeper) -> str:
        if keeper.ended_at:
            return _("ended") if keeper.agreed_by_id else _("taken back")
        return _("opens what is sealed") if keeper.agreed_by_id else _("proposed")

    def _act(self, request: HttpRequest, pk: int, act: Any, done: Any) -> HttpResponse:
        self._require_post(request)
        keeper = get_object_or_404(Keeper, pk=pk)
        try:
            act(keeper, by=request.user)
        except KeeperRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(done))
        return HttpResponseRedirect(_keeper_page(pk))

    def _require_post(self, request: HttpRequest) -> None:
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied


@admin.register(ProtectedPerson)
class ProtectedPersonAdmin(Screen):
    """People in one's own stories who must not be found, known by two random words. Others' are not on the list."""

    list_display = ["alias"]
    add_form_template = "admin/sources/protectedperson/add.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProtectedPerson]:
        return super().get_queryset(request).filter(source=None, contact_reporter=request.user).order_by("alias")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: ProtectedPerson | None = None) -> bool:
        return request.user.has_perm("sources.add_source") and (obj is None or obj.is_known_to(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sources.add_source")

    def has_change_permission(self, request: HttpRequest, obj: ProtectedPerson | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ProtectedPerson | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: ProtectedPerson | None = None) -> list[str]:
        return []

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asks for nothing: the alias is drawn by lot (``sealing_views.people``)."""
        if request.method == "POST":
            raise PermissionDenied
        return super().add_view(request, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Her page is the one where she is sealed."""
        person = self.get_object(request, object_id)
        if person is None:
            return super().change_view(request, object_id, *args, **kwargs)
        return HttpResponseRedirect(page_of(person))


def _keeper_page(pk: int) -> str:
    return reverse("admin:sources_keeper_change", args=[pk])


def _sealed() -> Sealed:
    standing = list(Keeper.objects.standing().values_list("public_key", flat=True))
    records = SealedRecord.objects.all()
    right = records.filter(sealed_to__contains=standing, sealed_to__contained_by=standing)
    return Sealed(records.count(), right.count())


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    """What was done, and what is left to do."""
    done = ngettext(
        "One record is sealed anew, to the keepers who stand now.",
        "%(number)d records are sealed anew, to the keepers who stand now.",
        outcome.replaced,
    )
    messages.success(request, done % {"number": outcome.replaced})
    if outcome.missing:
        words = ngettext(
            "One record was not in the file and is as it was. Take the records out again, and seal them anew.",
            "%(number)d records were not in the file and are as they were. Take the records out again, and seal them anew.",
            outcome.missing,
        )
        messages.warning(request, words % {"number": outcome.missing})
    if outcome.unknown:
        words = ngettext(
            "One record in the file is not here any more, and did not come back.",
            "%(number)d records in the file are not here any more, and did not come back.",
            outcome.unknown,
        )
        messages.warning(request, words % {"number": outcome.unknown})
    if outcome.refreshed:
        words = ngettext(
            "The fingerprints of one person’s terms are made anew.",
            "The fingerprints of %(number)d people’s terms are made anew.",
            outcome.refreshed,
        )
        messages.success(request, words % {"number": outcome.refreshed})
