"""Writing a story: its words, and what happens when two write at once."""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from html import unescape
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Min
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField, TagWidget

from articles.bodies import blocks, clean_body
from articles.models import Article, Correction, RelatedLink
from articles.prose import ProseWidget
from reader.models import Publication

# What is typed here and a reader reads, the address and the tags too; and lists of names that two may change at once.
WORDS = frozenset({"headline", "label", "standfirst", "body", "dateline", "slug", "tags"})
NAMES = ("bylines", "authors", "tags")


class _TagsBefore(TagWidget):
    input_type = "hidden"


class _Tags(TagField):
    """Tags that tell what the form was opened with."""

    hidden_widget = _TagsBefore

    def has_changed(self, initial_value: Any, data_value: Any) -> bool:
        return (
            initial_value != data_value
            if isinstance(initial_value, str)
            else super().has_changed(initial_value, data_value)
        )


class StoryForm(forms.ModelForm):
    """A story's own words. Carries the revision that it was opened with: a second editor is told, and loses nothing."""

    body = forms.CharField(label=_("Body"), required=False, widget=ProseWidget)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=120,
        allow_unicode=True,
        required=False,
        error_messages={"invalid": _("Use letters, digits and hyphens alone.")},
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
        field_classes = {"tags": _Tags}
        error_messages = {"headline": {"required": _("The story has no headline. Write one.")}}
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
        for name in NAMES:
            if name in self.fields:
                self.fields[name].show_hidden_initial = True
        if "translation_of" in self.fields:
            originals = self.fields["translation_of"].queryset
            self.fields["translation_of"].queryset = originals.exclude(pk=self.instance.pk)
        if "authors" in self.fields:
            self.fields["authors"].queryset = self.fields["authors"].queryset.filter(is_active=True, is_staff=True)
        if "section" in self.fields:
            self.fields["section"].empty_label = _("Choose a section")

    def clean_headline(self) -> str:
        headline = unicodedata.normalize("NFC", " ".join(self.cleaned_data["headline"].split()))
        # Marks that turn the direction of writing, and letters without a shape, have no place in print.
        headline = "".join(c for c in headline if unicodedata.category(c) != "Cf" or c in "\u200c\u200d").strip()
        if not any(unicodedata.category(c)[0] in "LN" and c not in "\u3164\u115f\u1160\uffa0" for c in headline):
            raise ValidationError(_("The story has no headline. Write one."))
        return headline

    def clean_body(self) -> str:
        return clean_body(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refused:
            raise ValidationError(self.refused)
        self._keep_names(data)
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

    def touched(self, name: str) -> bool:
        """Whether she changed this list of names since she opened the form."""
        before, now = (self.data.getlist(key) for key in (self.add_initial_prefix(name), self.add_prefix(name)))
        return sorted(before) != sorted(now)

    def _keep_names(self, data: dict[str, Any]) -> None:
        """Names and tags that she left alone stay as somebody else may have saved them meanwhile."""
        if self.instance.pk is None:
            return
        for name in NAMES:
            if name in self.fields and name in data and not self.touched(name):
                now = getattr(self.instance, name)
                data[name] = sorted(now.names()) if name == "tags" else now.all()

    def rewrote(self) -> bool:
        """Whether words that a reader reads are others than those that stood here: who did it is a writer of the story."""
        return any(
            _read(name, self.initial.get(name)) != _read(name, self.cleaned_data.get(name))
            for name in WORDS & set(self.fields)
        )

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
        touched = [name for name in NAMES if name in self.fields and name in data and self.touched(name)]
        self.conflict = Conflict(stored, data, self.fields, touched)
        # Saving again, knowingly, replaces what stands there now.
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(stored.revision)
        raise ValidationError(self.conflict.sentence, "conflict")


def _read(name: str, value: Any) -> Any:
    """A field as a reader reads it: which fact a passage of the body states is not printed."""
    if name == "body":
        return blocks(value or "")
    return sorted(map(str, value or ())) if name == "tags" else value or ""


class Conflict:
    """Two editors, one story: who was first, and where the stored version reads otherwise than what was typed."""

    def __init__(
        self, stored: Article, typed: dict[str, Any], fields: dict[str, forms.Field], touched: list[str]
    ) -> None:
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
        for name in touched:
            saved, yours = (sorted(map(str, names)) for names in (getattr(stored, name).all(), typed[name]))
            if saved != yours:
                self.differences.append((fields[name].label, [("other", ", ".join(saved), ", ".join(yours))]))

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


class CorrectionForm(forms.ModelForm):
    """A public note, dated to a day between the story's first print and today, by the newsroom's calendar."""

    class Meta:
        model = Correction
        fields = ["kind", "dated", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "dated" in self.fields:
            self.fields["dated"].widget.attrs["max"] = localdate().isoformat()

    def clean_dated(self) -> dt.date:
        day = self.cleaned_data["dated"]
        if day == self.instance.dated:
            return day  # as it stands on record
        if day > localdate():
            raise ValidationError(_("This day has not come yet. Date the correction today or earlier."))
        first = Publication.objects.filter(story=self.instance.article.story).aggregate(day=Min("first_printed_at"))[
            "day"
        ]
        if first is not None and day < localdate(first):
            raise ValidationError(
                _("The story was first printed on %(day)s. Date the correction then or later.")
                % {"day": date_format(localdate(first), "DATE_FORMAT")}
            )
        return day
