"""Papers that a fact may rest on: looked at before they are kept, and never changed afterwards."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from articles import documents
from articles.models import Document
from sources.answering import ScreenWithoutProtectedTerms, WithoutProtectedTerms
from staff.screens import Screen, UploadForm


class DocumentForm(WithoutProtectedTerms, UploadForm):
    """A document with the copy that shows it: only what a colleague will be able to open."""

    file_field = "copy"
    choose_again = _(
        "Nothing is wrong with the copy, but the browser forgets it when a form comes back: mend "
        "the rest, and choose the file again."
    )

    copy = forms.FileField(
        label=_("archived copy"),
        help_text=_("PDF, JPEG, PNG, WebP, HEIC, plain text (.txt), or a saved page (.html, .mhtml)."),
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{extension}" for kind in documents.KINDS for extension in kind.extensions)}
        ),
    )

    class Meta:
        model = Document
        fields = ["title", "url", "copy", "archived_on"]

    def clean_copy(self) -> UploadedFile:
        """Refuse, beside the field, a file that is not what its name says."""
        file = self.cleaned_data["copy"]
        said = documents.kind_named(file.name)
        if said is None:
            raise forms.ValidationError(
                _(
                    "A file of this kind is not kept: give a PDF, a picture (JPEG, PNG, WebP, HEIC), plain text "
                    "(.txt) or a saved page (.html, .mhtml)."
                ),
                "not-kept",
            )
        if documents.begins_as(file) != said:
            raise forms.ValidationError(
                _(
                    "The file is named .%(extension)s, but what is in it is something else. Open it, see what it "
                    "is, and save it once more as what it is."
                ),
                "not-what-it-says",
                {"extension": file.name.rpartition(".")[2].lower()},
            )
        return file


@admin.register(Document)
class DocumentAdmin(ScreenWithoutProtectedTerms, Screen):
    """Papers with the copy that the desk keeps, which can be opened. What was archived never changes."""

    form = DocumentForm
    fields = ["title", "url", "copy", "archived_on"]
    list_display = ["title", "archived_on", "archived_by"]
    list_select_related = ["archived_by"]
    search_fields = ["title"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"archived_on": localdate()}

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Document | None = None) -> list[str]:
        return ["title", "url", "archived_on", "archived_by", "sha256"] if obj else list(self.fields)

    def save_model(self, request: HttpRequest, obj: Document, form: forms.ModelForm, change: bool) -> None:
        digest = hashlib.sha256()
        for chunk in obj.copy.chunks():
            digest.update(chunk)
        obj.copy.seek(0)
        obj.sha256, obj.archived_by = digest.hexdigest(), request.user
        super().save_model(request, obj, form, change)
