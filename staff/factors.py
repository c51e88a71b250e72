"""The second factor: a passkey, or six digits of an app, and recovery codes on paper for the day when the device is lost.

What the database keeps of them is of no use without the desk's own secret: the apps' secrets are encrypted, the codes
are hashed. A code of either kind is taken once, however many send it at the same moment.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from pyotp.exceptions import OTPVerificationError

from staff.models import AuthenticatorApp, FactorReset, RecoveryCode, User
from staff.telling import tell_of_a_reset

# What the app calls the desk.
ISSUER = "Newsroom"
NONCE_BYTES = 12
# The half-minute before and after counts too: telephones' clocks differ.
WINDOW = 1
CODES = 10
# Four groups of four of these, eighty bits: no letter that reads like a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 4
READS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


class FactorRefused(Exception):
    """It does not count; the message is for who tried."""


@dataclass(frozen=True)
class Factors:
    """What an account has for the second step."""

    passkeys: int
    app: bool
    codes_left: int

    @property
    def any(self) -> bool:
        """Recovery codes alone are no second factor: they run out."""
        return bool(self.passkeys) or self.app


def factors_of(user: User) -> Factors:
    return Factors(
        passkeys=user.passkeys.filter(ended_at=None).count(),
        app=AuthenticatorApp.objects.filter(user=user).exists(),
        codes_left=RecoveryCode.objects.filter(user=user, used_at=None).count(),
    )


# ----------------------------------------------------------------------------------------------------------------------
# Digits of an app
# ----------------------------------------------------------------------------------------------------------------------


def new_secret() -> str:
    """For a new app, in the letters that one types into it."""
    return pyotp.random_base32()


def picture_of(user: User, secret: str) -> str:
    """What the app's camera reads, as SVG: nothing is asked of another host."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=ISSUER)
    return segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)


def register_app(user: User, secret: str, digits: str) -> AuthenticatorApp:
    """Her app from now on, in the place of the one before, once it shows the right digits. Raises FactorRefused."""
    step = _step(secret, digits)
    if step is None:
        raise FactorRefused(
            _("These are not the digits that the app should show now. Look whether the telephone’s clock is right.")
        )
    with transaction.atomic():
        AuthenticatorApp.objects.filter(user=user).delete()
        return AuthenticatorApp.objects.create(user=user, secret=_encrypted(user, secret), last_step=step)


def _step(secret: str, digits: str) -> int | None:
    """The half-minute to which these digits belong, if it is near enough."""
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=timezone.now(), valid_window=WINDOW)
    except OTPVerificationError:
        return None


def _encrypted(user: User, secret: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, secret.encode(), _whose(user))


def _decrypted(user: User, kept: bytes) -> str | None:
    """Nothing where the desk's secret is another than it was, or the row was another account's."""
    try:
        return _cipher().decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], _whose(user)).decode()
    except InvalidTag:
        return None


def _cipher() -> AESGCM:
    return AESGCM(salted_hmac("newsroom authenticator apps", "", algorithm="sha256").digest())


def _whose(user: User) -> bytes:
    return f"account {user.pk}".encode()


# ----------------------------------------------------------------------------------------------------------------------
# Recovery codes
# ----------------------------------------------------------------------------------------------------------------------


def made_codes() -> list[str]:
    """Ten new codes, to be shown once. They count from ``keep_codes`` on."""
    return ["-".join(_group() for _n in range(GROUPS)) for _n in range(CODES)]


def keep_codes(user: User, codes: list[str]) -> None:
    """She has written them down: their hashes are kept, and the codes before are void."""
    with transaction.atomic():
        # Two clicks at once: the second waits, and puts the same in their place.
        User.objects.select_for_update().get(pk=user.pk)
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, code_sha256=_hash(user, _plain(code))) for code in codes
        )


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(GROUP))


def _plain(typed: str) -> str:
    """A code as it was given, however it is typed: small letters, spaces, full width, an O for a nought."""
    letters = unicodedata.normalize("NFKC", typed).upper().translate(READS_LIKE)
    return "".join(letter for letter in letters if letter in ALPHABET)


def _hash(user: User, code: str) -> str:
    # Not under the desk's secret: where that has been changed, these still open the door.
    return hashlib.sha256(f"{user.pk} {code}".encode()).hexdigest()


# ----------------------------------------------------------------------------------------------------------------------
# Giving one at the door
# ----------------------------------------------------------------------------------------------------------------------


def take_code(user: User, typed: str) -> bool:
    """Takes six digits or a recovery code, once. Answers whether it was a recovery code. Raises FactorRefused."""
    digits = "".join(unicodedata.normalize("NFKC", typed).split())
    if re.fullmatch(r"[0-9]{6}", digits):
        _take_digits(user, digits)
        return False
    code = _hash(user, _plain(typed))
    if not RecoveryCode.objects.filter(user=user, code_sha256=code, used_at=None).update(used_at=timezone.now()):
        raise FactorRefused(
            _("This code is not good. A recovery code counts once; the app shows new digits every half-minute.")
        )
    return True


def _take_digits(user: User, digits: str) -> None:
    app = AuthenticatorApp.objects.filter(user=user).first()
    secret = _decrypted(user, bytes(app.secret)) if app else None
    step = _step(secret, digits) if secret else None
    if step is None:
        raise FactorRefused(
            _("These digits are not good. Wait for the next ones; look whether the telephone’s clock is right.")
        )
    # One of two who send the same digits finds the row unchanged.
    if not AuthenticatorApp.objects.filter(user=user, last_step__lt=step).update(last_step=step):
        raise FactorRefused(_("These digits have been used. Wait for the next ones."))


# ----------------------------------------------------------------------------------------------------------------------
# Losing it
# ----------------------------------------------------------------------------------------------------------------------


def may_reset(user: User, *, by: User) -> bool:
    """The chief editor, or a superuser, for anybody on the staff but herself; a superuser's only another superuser."""
    allowed = by.is_active and (by.is_chief_editor or by.is_superuser) and (by.is_superuser or not user.is_superuser)
    return allowed and by.pk != user.pk and user.is_staff


def reset_factors(user: User, *, by: User | None, why: str = "") -> FactorReset:
    """Takes away whatever she has, so that she sets up another at her next log-in. Ends her sessions; she is told.

    ``by`` nobody: by who runs the server (``manage.py reset_second_factor``).
    """
    if by is not None and not may_reset(user, by=by):
        raise PermissionDenied
    with transaction.atomic():
        reset = FactorReset.objects.create(user=user, by=by, reason=why)
        user.passkeys.filter(ended_at=None).update(ended_at=timezone.now())
        AuthenticatorApp.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
    tell_of_a_reset(user)
    return reset


def spaced(secret: str) -> str:
    """A secret in groups of four, as one types it."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
