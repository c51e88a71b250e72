"""Writing a story: its words, and what happens when two write at once."""

from __future__ import annotations

import difflib
import unicodedata
from html import unescape
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.bodies import blocks, clean_body
from articles.models import Article, RelatedLink
from articles.prose import ProseWidget
from reader.models import Publication


class StoryForm(forms.ModelForm):
    """A story's own words. Carries the revision that it was opened with: a second editor is told, and loses nothing."""

    body = forms.CharField(label=_("Body"), required=False, widget=ProseWidget)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=120,
        allow_unicode=True,
        required=False,
        help_text=_("A few words parted by hyphens. Readers keep it for ever. Made from the headline if left empty."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Set by the screen where the database refused what was typed: the form comes back with the sentence.
    refused: str = ""
    conflict: Conflict | None = None

    class Meta:
        model = Article
        fields = [
            "headline",
            "label",
            "standfirst",
            "body",
            "kind",
            "slug",
            "language",
            "section",
            "bylines",
            "authors",
            "tags",
            "dateline",
            "translation_of",
        ]
        widgets = {
            "headline": forms.Textarea(
                attrs={"rows": 1, "class": "grows one-line", "maxlength": 200, "placeholder": _("Headline")}
            ),
            "standfirst": forms.Textarea(
                attrs={"rows": 1, "class": "grows", "placeholder": _("Standfirst: one or two sentences")}
            ),
            "bylines": forms.CheckboxSelectMultiple,
            "authors": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        if "translation_of" in self.fields:
            originals = self.fields["translation_of"].queryset
            self.fields["translation_of"].queryset = originals.exclude(pk=self.instance.pk)
        if "authors" in self.fields:
            self.fields["authors"].queryset = self.fields["authors"].queryset.filter(is_active=True, is_staff=True)
        if "section" in self.fields:
            self.fields["section"].empty_label = _("Choose a section")

    def clean_headline(self) -> str:
        return unicodedata.normalize("NFC", " ".join(self.cleaned_data["headline"].split()))

    def clean_body(self) -> str:
        return clean_body(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refused:
            raise ValidationError(self.refused)
        self._find_conflict(data)
        if "slug" not in self.fields:
            return data  # opened by who may change the photos alone
        language = data.get("language") or self.instance.language
        if not data.get("slug") and "slug" not in self.errors:
            data["slug"] = slugify(unicodedata.normalize("NFC", data.get("headline", "")), allow_unicode=True)[
                :80
            ].strip("-")
        if not data.get("slug") and "slug" not in self.errors and data.get("headline"):
            self.add_error("slug", _("Give the story an address: a few words parted by hyphens."))
        elif data.get("slug"):
            data["slug"] = unicodedata.normalize("NFC", data["slug"])
            self._refuse_taken_address(language, data["slug"])
        original = data.get("translation_of")
        if original and original.language == language:
            self.add_error("translation_of", _("A translation is in another language than its original."))
        elif original and self.instance.pk and self.instance.facts.exists():
            self.add_error(
                "translation_of",
                _("This story states facts of its own. A translation states those of its original alone."),
            )
        return data

    def _refuse_taken_address(self, language: str, slug: str) -> None:
        others = Article.objects.filter(language=language, slug=slug).exclude(pk=self.instance.pk)
        printed = Publication.objects.filter(language=language, slug=slug).exclude(story=self.instance.story)
        if others.exists() or printed.exists():
            self.add_error("slug", _("Another story of this edition has this address already. Choose another one."))

    def _find_conflict(self, data: dict[str, Any]) -> None:
        """Refuses a save over a version that the writer has not seen. The gate's lock makes two savers queue here."""
        if self.instance.pk is None:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT gate_enter()")
        stored = Article.objects.get(pk=self.instance.pk)
        if data.get("revision") == stored.revision:
            return
        self.conflict = Conflict(stored, data, self.fields)
        # Saving again, knowingly, replaces what stands there now.
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(stored.revision)
        raise ValidationError(self.conflict.sentence, "conflict")


class Conflict:
    """Two editors, one story: who was first, and where the stored version reads otherwise than what was typed."""

    def __init__(self, stored: Article, typed: dict[str, Any], fields: dict[str, forms.Field]) -> None:
        self.stored = stored
        entry = (
            LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Article), object_id=str(stored.pk))
            .select_related("user")
            .order_by("-action_time")
            .first()
        )
        self.by = str(entry.user) if entry else ""
        self.at = date_format(localtime(entry.action_time if entry else stored.updated_at), "TIME_FORMAT")
        self.differences = [
            (fields[name].label, self._differ(name, typed.get(name)))
            for name in ("label", "headline", "standfirst", "body", "kind", "slug", "dateline")
            if name in fields and self._words(name, getattr(stored, name)) != self._words(name, typed.get(name) or "")
        ]

    @property
    def sentence(self) -> str:
        if self.by:
            return str(
                _(
                    "%(name)s saved this story at %(time)s, after you opened it. Nothing you typed is lost: it stands below, "
                    "not saved yet. Look at what differs, and save again to replace the other version with yours."
                )
            ) % {"name": self.by, "time": self.at}
        return str(
            _(
                "This story was changed after you opened it. Nothing you typed is lost: it stands below, not saved yet. "
                "Look at what differs, and save again to replace the other version with yours."
            )
        )

    def _words(self, name: str, value: Any) -> list[str]:
        if name == "body":
            return [unescape(strip_tags(block.replace("<br>", "\n"))).strip() for block in blocks(value or "")]
        return [str(value or "").strip()]

    def _differ(self, name: str, typed: Any) -> list[tuple[str, str, str]]:
        """Rows of (kind, the saved version, yours): "same", "other" for passages that differ."""
        saved, yours = self._words(name, getattr(self.stored, name)), self._words(name, typed or "")
        rows = []
        for tag, a, b, c, d in difflib.SequenceMatcher(None, saved, yours, autojunk=False).get_opcodes():
            if tag != "equal":
                rows.append(("other", "\n".join(saved[a:b]), "\n".join(yours[c:d])))
        return rows


class LinkForm(forms.ModelForm):
    """A link to a story of ours, or to the web with a title."""

    class Meta:
        model = RelatedLink
        fields = ["kind", "to", "url", "title", "after_paragraph"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].empty_label = _("A page on the web")
