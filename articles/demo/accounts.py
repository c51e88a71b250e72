"""Who works at the demo paper. Passwords are made at random, once, and kept in the data folder."""

import os
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group

from newsroom import data_folder
from staff.models import Role, User

FILE = "demo-accounts.txt"
# Nothing that looks like something else, for people who type it from a screen.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Account:
    """One member of staff; ``reads`` are the languages in which she can judge a translation."""

    username: str
    role: Role
    name: str
    reads: tuple[str, ...]
    interface_language: str = "en"


ACCOUNTS = (
    Account("reporter", Role.REPORTER, "서가온", ("en", "ko"), "ko"),
    Account("reporter2", Role.REPORTER, "Ines Calloway", ("en", "ko")),
    Account("editor", Role.EDITOR, "도윤재", ("en", "ko")),
    Account("editor2", Role.EDITOR, "Petra Hollin", ("en",)),
    Account("chief", Role.CHIEF_EDITOR, "Miriam Achterberg", ("en", "ko")),
    Account("photo", Role.PHOTO_EDITOR, "Jonas Feldt", ("en",)),
    Account("moderator", Role.MODERATOR, "배시온", ("ko",), "ko"),
)


def hire() -> None:
    """Makes the accounts; each holds one role and none is a superuser."""
    known = _passwords()
    for account in ACCOUNTS:
        user = User.objects.create_user(
            account.username,
            password=known[account.username],
            # Whole, for a Korean name put together from its parts would stand the wrong way round.
            first_name=account.name,
            reads=list(account.reads),
            interface_language=account.interface_language,
            is_staff=True,
        )
        user.groups.set(Group.objects.filter(name=account.role))


def list_accounts() -> list[tuple[Account, str]]:
    """The accounts that are still open, each with its password, or without where that was changed since."""
    known = _kept()
    open_ones = {user.username: user for user in User.objects.filter(is_active=True)}
    listed = []
    for account in ACCOUNTS:
        user, password = open_ones.get(account.username), known.get(account.username, "")
        if user:
            listed.append((account, password if password and user.check_password(password) else ""))
    return listed


def _passwords() -> dict[str, str]:
    """The password of each account; those that lack one get theirs here."""
    with data_folder.locked("demo-accounts"):
        kept = _kept()
        lacking = [a.username for a in ACCOUNTS if a.username not in kept]
        if lacking:
            kept |= {username: _new_password() for username in lacking}
            _keep(kept)
    return kept


def _kept() -> dict[str, str]:
    file = data_folder.path() / FILE
    lines = file.read_text().splitlines() if file.exists() else []
    return dict(line.split(maxsplit=1) for line in lines if len(line.split()) == 2)


def _keep(kept: dict[str, str]) -> None:
    """Replaces the file in one step, readable by its owner alone."""
    file = data_folder.path() / FILE
    draft = file.with_name(f".{FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(f"{username:<10} {password}\n" for username, password in kept.items())
    draft.replace(file)


def _new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
