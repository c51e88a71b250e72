"""The one-time link under which a guest registers her passkey."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from staff.models import Passkey, RegistrationLink, User
from staff.passkeys import PasskeyRefused, registered

GOOD_FOR = dt.timedelta(days=7)


def give_link(guest: User, *, by: User) -> str:
    """A new link for a guest: the whole address, which is told once. The links before it end."""
    if not by.has_perm("staff.change_user") or not guest.is_guest:
        raise PermissionDenied
    token = secrets.token_urlsafe(32)
    RegistrationLink.objects.create(user=guest, token_sha256=_hash(token), by=by, until=timezone.now() + GOOD_FOR)
    return settings.DESK_ADDRESS + reverse("guest_door:registration", args=[token])


def open_link(token: str) -> RegistrationLink | None:
    """The link of this secret, if a passkey may be registered under it now: unused, in time, the last one given."""
    link = RegistrationLink.objects.select_related("user").filter(token_sha256=_hash(token)).first()
    if link is None or link.used_at or link.until <= timezone.now() or not link.user.is_guest:
        return None
    return None if RegistrationLink.objects.filter(user=link.user, pk__gt=link.pk).exists() else link


def register(link: RegistrationLink, challenge: bytes, answer: str, name: str) -> Passkey:
    """Her passkey from now on: those before it end, and so does the link. Raises PasskeyRefused."""
    with transaction.atomic():
        if not RegistrationLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
            raise PasskeyRefused(_("This link has been used."))
        link.user.passkeys.filter(ended_at=None).update(ended_at=timezone.now())
        return registered(link.user, challenge, answer, name)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
