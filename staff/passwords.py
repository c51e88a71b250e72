"""Logging in, changing one's own password, and being given a new one."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AdminPasswordChangeForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from staff import tries
from staff.tries import TooManyTries

ADVICE = _("At least 12 characters. Four words that have nothing to do with each other, nor with you, are good.")


class LogInForm(AdminAuthenticationForm):
    """Says no more than that they do not go together, and what to do next: the same of whoever has no account.

    Each try is counted by the name typed (staff/tries.py).
    """

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "That name and that password do not go together. Look whether capitals are on, or the keyboard writes another "
            "language; if you have forgotten the password, ask the chief editor for a new one."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who typed a name and comes back here has a password to mend.
        if self.data.get("username"):
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password or self.request is None:
            return super().clean()
        try:
            tried = tries.begin(tries.door("password", name, tries.known_device(self.request, name)))
        except TooManyTries as refusal:
            raise forms.ValidationError(str(refusal), "too_many") from None
        cleaned = super().clean()
        tried.succeeded()
        return cleaned


def _in_our_words(fields: dict[str, forms.Field]) -> None:
    words: dict[str, tuple[Any, Any]] = {
        "old_password": (_("Present password"), ""),
        "new_password1": (_("New password"), ADVICE),
        "new_password2": (_("New password once more"), ""),
        "password1": (_("New password"), ADVICE),
        "password2": (_("New password once more"), ""),
    }
    for name, (label, help_text) in words.items():
        if name in fields:
            fields[name].label, fields[name].help_text = label, help_text


class OwnPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields)

    def clean_old_password(self) -> str:
        """Counted like any other try: an unwatched screen is no place to find out a password."""
        try:
            tried = tries.begin(tries.door("again", self.user.get_username()))
        except TooManyTries as refusal:
            raise forms.ValidationError(str(refusal), "too_many") from None
        password = super().clean_old_password()
        tried.succeeded()
        return password


class GivenPasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever may not log in any more is made inactive, which keeps her past work's name.
        self.fields.pop("usable_password", None)
        _in_our_words(self.fields)
