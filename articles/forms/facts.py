"""Stating the facts of a story, row by row."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import confirming, knowledge
from articles.bodies import FACT_MARK, stated
from articles.forms.rows import RowsFormSet
from articles.models import Fact, Wording
from articles.sheets import outside_the_body
from sources.answering import refusal_of
from sources.leaks import Piece, address

if TYPE_CHECKING:
    from staff.models import User


class FactForm(forms.ModelForm):
    """A fact in its present wording. Changing it makes the next wording, which starts unconfirmed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Fact.Kind, show_hidden_initial=True)
    statement = forms.CharField(
        label=_("Statement"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "grows"}),
        show_hidden_initial=True,
    )
    known_to = forms.ChoiceField(
        label=_("Who could know it"),
        choices=[("", _("Choose")), *Fact.KnownTo.choices],
        required=False,
        show_hidden_initial=True,
    )
    # What the marks in the body call a fact that is not saved yet (see bodies.settle_marks).
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    # Its passages in the body, those in other places with their names, and which of the story's facts it is; the formset knows.
    passages: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    # Who types; the formset or the screen knows.
    by: int | None = None
    tells_passages = True

    class Meta:
        model = Fact
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording = self.instance.wording if self.instance.pk else None
        if self.wording:
            self.initial |= {
                "kind": self.wording.kind,
                "statement": self.wording.text,
                "known_to": self.instance.known_to,
            }
        # What is on record is dropped with a reason, in the panel: its row offers no deleting.
        self.on_record = self.instance.pk is not None and _is_on_record(self.instance)
        if self.instance.pk:
            del self.fields["key"]
        # An empty row stays empty although its kind has a first choice.
        self.fields["kind"].initial = Fact.Kind.EVENT

    @property
    def saved_meanwhile(self) -> str:
        """What somebody else made of this fact since the form was opened."""
        opened_with = self.data.get(self.add_initial_prefix("statement")) if self.is_bound else None
        if self.wording is None or opened_with is None or opened_with == self.wording.text:
            return ""
        return self.wording.text

    def clean_statement(self) -> str:
        """In NFC. What would be kept for ever and may not be is said beside the field; the act asks again."""
        text = unicodedata.normalize("NFC", self.cleaned_data["statement"].strip())
        is_new = self.wording is None or text != self.wording.text
        if self.by and is_new and (refusal := refusal_of(Piece("", text), address("", text), by=self.by)):
            raise ValidationError(refusal.sentence, "protected_term")
        return text

    def clean_key(self) -> str:
        """What is no key ties no words."""
        key = str(self.cleaned_data["key"])
        return key if FACT_MARK.fullmatch(key) else ""

    def has_changed(self) -> bool:
        if not self.instance.pk:
            return bool(self.data.get(self.add_prefix("statement"), "").strip()) if self.is_bound else False
        return super().has_changed()


class FactFormSet(RowsFormSet):
    """The facts of a story. What is saved goes through the acts, never through the rows themselves."""

    by: User
    # The new facts by the keys that their rows came with, once they are saved.
    keys: dict[str, int]

    @cached_property
    def stated(self) -> dict[str, list[str]]:
        """The passages of the body as it stands on the page."""
        return stated((self.data.get("body") if self.is_bound else None) or self.instance.body)

    @cached_property
    def elsewhere(self) -> dict[int, list[tuple[str, str]]]:
        return outside_the_body(self.instance)

    def _construct_form(self, i: int, **kwargs: Any) -> FactForm:
        row: FactForm = super()._construct_form(i, **kwargs)
        row.by = self.by.pk
        if row.instance.pk:
            row.number = i + 1
        key = str(row.instance.pk or (row.data.get(row.add_prefix("key"), "") if row.is_bound else ""))
        row.passages = tuple(self.stated.get(key, ()))
        row.elsewhere = tuple(self.elsewhere.get(row.instance.pk, ()))
        return row

    def came_back(self, data: Any, head: str, key: str) -> None:
        """The marks in the body go on calling this row what they called it before."""
        data[f"{head}key"] = key

    def clean(self) -> None:
        super().clean()
        if any(form.has_changed() and not form.instance.pk for form in self.forms) and self.instance.translation_of_id:
            raise ValidationError(_("A translation shares the facts of its original. Add the fact there."))
        for form in self.deleted_forms:
            if form.instance.pk and _is_on_record(form.instance):
                form.add_error(
                    None,
                    _(
                        "Someone has recorded or judged something of this fact, so it stays on record. Drop it, with a reason."
                    ),
                )
                raise ValidationError(_("A fact on record is dropped, not deleted."))

    def save(self, commit: bool = True) -> list[Fact]:
        """States, rewords and removes, each through its act."""
        self.new_objects: list[Fact] = []
        self.changed_objects: list[tuple[Fact, list[str]]] = []
        self.deleted_objects: list[Fact] = []
        self.keys = {}
        last = max((f.position for f in self.instance.facts.all()), default=0)
        for form in self.forms:
            if form.instance.pk and form in self.deleted_forms:
                fact = form.instance
                confirming.remove(fact, by=self.by)
                self.deleted_objects.append(fact)
            elif form in self.deleted_forms or not form.has_changed():
                continue
            elif form.instance.pk:
                confirming.reword(
                    form.instance, form.cleaned_data["statement"], kind=form.cleaned_data["kind"], by=self.by
                )
                if "known_to" in form.changed_data and form.cleaned_data["known_to"]:
                    knowledge.say_who_could_know(form.instance, form.cleaned_data["known_to"], by=self.by)
                self.changed_objects.append((form.instance, form.changed_data))
            else:
                last += 1
                fact = confirming.state(
                    self.instance,
                    form.cleaned_data["statement"],
                    kind=form.cleaned_data["kind"],
                    by=self.by,
                    position=last,
                    known_to=form.cleaned_data["known_to"],
                )
                self.new_objects.append(fact)
                if key := form.cleaned_data["key"]:
                    self.keys[key] = fact.pk
        self.saved_forms: list[forms.ModelForm] = []
        self.save_m2m = lambda: None
        return self.new_objects


def _is_on_record(fact: Fact) -> bool:
    return (
        Wording.objects.filter(fact=fact)
        .exclude(verdicts__isnull=True, confirmations__isnull=True, proofs__isnull=True)
        .exists()
    )
