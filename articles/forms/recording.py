"""The form in which a confirmation is recorded: one screen, with the talk in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Confirmation, Document, Fact, Wording
from articles.recording import SPEAKERS_RECORD
from photos.models import Photo
from reader.models import Publication
from sources.models import Source, Talk
from sources.seeing import talk_told
from staff.finding import Finder
from staff.screens import DayInput

if TYPE_CHECKING:
    from staff.models import User

# As many as a person will look through.
CHOICES = 300


class _Talks(forms.ModelChoiceField):
    """Talks with whom they were held: a date alone may be that of a talk with another source."""

    by: User
    is_editor = False

    def label_from_instance(self, talk: Talk) -> str:
        if talk.source.is_known_to(self.by):
            return f"{talk.source.alias} · {talk.when} · {talk.get_medium_display()}"
        return f"{talk.source.alias} · {talk_told(talk, talk.source, self.by, is_editor=self.is_editor)}"


class _Earlier(forms.ModelChoiceField):
    def label_from_instance(self, wording: Wording) -> str:
        story = Truncator(wording.fact.article.headline).chars(50)
        return f"{story}: {Truncator(wording.text).chars(100)}"


class RecordingForm(forms.ModelForm):
    """What the present wording of a fact rests on. Sources are aliases; talks are those that this person may know."""

    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("Choose a source"),
        error_messages={"invalid_choice": SPEAKERS_RECORD},
    )
    talk = _Talks(
        label=_("Or a talk on record"),
        queryset=Talk.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The conversation in which she said it."),
    )
    talk_date = forms.DateField(label=_("Talk held on"), required=False, widget=DayInput)
    talk_medium = forms.ChoiceField(label=_("How you spoke"), choices=Talk.Medium, required=False)
    told_by = forms.ModelChoiceField(
        label=_("Told by"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("Nobody we know"),
        help_text=_("If another of our sources told her: the two count once for this fact."),
    )
    earlier = _Earlier(
        label=_("Earlier fact"),
        queryset=Wording.objects.none(),
        required=False,
        empty_label=_("Choose a fact in print"),
    )

    class Meta:
        model = Confirmation
        fields = [
            "basis",
            "source",
            "how",
            "talk",
            "talk_date",
            "talk_medium",
            "told_by",
            "document",
            "photo",
            "earlier",
        ]

    def __init__(self, *args: Any, fact: Fact, by: User, begun: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """``begun``: a source, document or photo that was recorded a moment ago for this form."""
        super().__init__(*args, **kwargs)
        self.fact = fact
        wording = fact.wording
        self.instance.wording = wording
        mine = Q(contact_reporter=by) | Q(deputy=by)
        sources = (
            Source.objects.remembered()
            .annotate(others=Case(When(mine, then=Value(0)), default=Value(1), output_field=IntegerField()))
            .order_by("others", "alias")
        )
        for name, things in (
            # What a source says is recorded by who speaks with her, or by an editor.
            ("source", sources if by.is_editor else sources.filter(mine)),
            ("told_by", sources),
            ("document", Document.objects.all()),
            ("photo", Photo.objects.all()),
        ):
            self.fields[name].widget = Finder(Confirmation._meta.get_field(name))
            self.fields[name].queryset = things
        # One that faded to a count nobody can tell from another; whoever is forgotten said nothing new.
        talks = Talk.objects.filter(held_on__isnull=False, source__forgetting=None)
        talks = talks.select_related("source").order_by("-held_on", "-pk")
        if not by.is_editor:
            talks = talks.filter(Q(source__contact_reporter=by) | Q(source__deputy=by))
        newest = talks.filter(pk__in=talks.values("pk")[:CHOICES])
        self.fields["talk"].by, self.fields["talk"].is_editor = by, by.is_editor
        self.fields["talk"].queryset = newest.order_by("source__alias", "-held_on", "-pk")
        self.fields["document"].empty_label = _("Choose a document")
        self.fields["photo"].empty_label = _("Choose a photo")
        self.fields["earlier"].queryset = _in_print().exclude(fact=fact)
        self.fields["how"].choices = [("", _("Choose")), *Confirmation.How.choices]
        if wording and wording.kind == Fact.Kind.RECORD:
            self.initial["basis"] = Confirmation.Basis.DOCUMENT
        elif wording and wording.kind == Fact.Kind.STATEMENT:
            # Others can tell that she said it; what is printed as hers rests on the talk in which she did.
            said = Confirmation.How.SAID
            self.fields["how"].choices = [(said.value, said.label)]
            self.fields["how"].error_messages["invalid_choice"] = _(
                "A statement rests on the word of who made it: “said it herself”. What somebody saw or was told is "
                "an event: word the fact otherwise."
            )
        self._begin(begun or {})

    def _begin(self, begun: Mapping[str, str]) -> None:
        for name in (Confirmation.Basis.SOURCE, Confirmation.Basis.DOCUMENT, Confirmation.Basis.PHOTO):
            try:
                thing = self.fields[name].clean(begun.get(name.value, ""))
            except ValidationError:
                continue
            if thing is not None:
                self.initial |= {"basis": name, name.value: thing.pk}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("basis") != Confirmation.Basis.SOURCE:
            # Fields of a source's word that were left standing under another basis say nothing.
            data |= {"source": None, "how": "", "talk": None, "talk_date": None, "told_by": None}
        for basis, name in (("document", "document"), ("photo", "photo"), ("earlier", "earlier")):
            if data.get("basis") != basis:
                data[name] = None
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, _("Choose what this rests on."))
        if data.get("basis") == Confirmation.Basis.SOURCE:
            self._clean_source(data)
        return data

    def _clean_source(self, data: dict[str, Any]) -> None:
        if not data.get("source") and "source" not in self.errors:
            self.add_error("source", _("Choose the source."))
        if not data.get("how") and "how" not in self.errors:
            self.add_error("how", _("Say how she knows it."))
        if data.get("talk") and data.get("talk_date"):
            self.add_error("talk_date", _("Choose a talk on record or give a new one, not both."))
        if data.get("talk") and data.get("source") and data["talk"].source_id != data["source"].pk:
            self.add_error("talk", _("That talk was with another source. Choose one with this source."))
        if data.get("talk_date") and data["talk_date"] > timezone.localdate():
            self.add_error("talk_date", _("This day is still to come."))
        if data.get("talk_date") and not data.get("talk_medium"):
            self.add_error("talk_medium", _("Say how you spoke."))

    def what(self) -> dict[str, Any]:
        """What the act takes."""
        return {name: self.cleaned_data.get(name) for name in self.Meta.fields if name != "talk_medium"} | {
            "talk_medium": self.cleaned_data.get("talk_medium") or Talk.Medium.CALL
        }

    def refuse(self, sentence: str) -> None:
        """The law's answer stands at the head of the form."""
        self.add_error(None, ValidationError(sentence))


def _in_print() -> QuerySet[Wording]:
    """Wordings that a reader can see at this moment, newest first."""
    printed = Publication.objects.in_print().values("pk")
    found = Wording.objects.filter(proofs__printings__publication__in=printed).order_by("-pk").values("pk").distinct()
    return Wording.objects.filter(pk__in=found[:CHOICES]).select_related("fact__article").order_by("-pk")
