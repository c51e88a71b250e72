"""Rows under a story that survive two people working on them at once."""

from __future__ import annotations

from typing import Any

from django import forms


class RowsFormSet(forms.BaseInlineFormSet):
    """A row that somebody else deleted meanwhile comes back as a new one: what was typed in it is not lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._keep_vanished_rows()

    def _keep_vanished_rows(self) -> None:
        try:
            total, initial = (int(self.data[f"{self.prefix}-{name}_FORMS"]) for name in ("TOTAL", "INITIAL"))
        except (KeyError, ValueError):
            return  # Django refuses a form without these by itself
        total = min(total, self.absolute_max)
        standing = {str(row.pk) for row in self.get_queryset()}
        key = self.model._meta.pk.name
        first = [n for n in range(min(initial, total)) if self.data.get(f"{self.prefix}-{n}-{key}") in standing]
        if len(first) == initial:
            return
        order = [*first, *(n for n in range(total) if n not in first)]
        data = self.data.copy()
        for old in range(total):
            for name in [name for name in data if name.startswith(self._heads(old))]:
                del data[name]
        for new, old in enumerate(order):
            for head, head_now in zip(self._heads(old), self._heads(new), strict=True):
                for name in [name for name in self.data if name.startswith(head)]:
                    field = name.removeprefix(head)
                    if new >= len(first) and field == key and head == self._heads(old)[0]:
                        self.came_back(data, head_now, self.data[name])
                    if new >= len(first) and field in (key, forms.formsets.DELETION_FIELD_NAME):
                        continue
                    data.setlist(head_now + field, self.data.getlist(name))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(first))
        self.data = data

    def came_back(self, data: Any, head: str, key: str) -> None:
        """A row that had this key is a new one now; its fields begin with ``head``."""

    def _heads(self, number: int) -> tuple[str, str]:
        """How the names of a row's fields begin, and those of what it was opened with."""
        return f"{self.prefix}-{number}-", f"initial-{self.prefix}-{number}-"


class WordyRows(RowsFormSet):
    """Rows with words that a reader reads: captions, descriptions, links, corrections and their days.

    Every row under a story in which something printed is typed; what is only chosen or placed is not among the words.
    """

    WORDS = frozenset({"caption", "alt", "alt_beside", "text", "dated", "title", "url"})

    def rewrote(self) -> bool:
        """Whether what was saved changed any of them: who did is a writer of the story."""
        return any(self._rewrote(form) for form in self.forms if form.has_changed() and not self._goes(form))

    def _goes(self, form: forms.ModelForm) -> bool:
        return self.can_delete and self._should_delete_form(form)

    def _rewrote(self, form: forms.ModelForm) -> bool:
        """By what the database held. (``changed_data`` takes the browser's word for what the form was opened with.)"""
        return any(
            (form.initial.get(name) or "") != (form.cleaned_data.get(name) or "")
            for name in self.WORDS & set(form.fields)
        )
