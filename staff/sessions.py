"""Sessions of the desk: short, listed, endable, and of no use to whoever has a copy of the database.

The database keeps the hash of a cookie, so no row opens the desk. What a session holds is encrypted under a key made of
the cookie and of the desk's own secret: neither a stolen database nor somebody who may write into it reads or forges one.
``staff/sql/doors.sql`` ends sessions where an account changes; here they end by the clock, and where she says so.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import uuid
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as RowStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

# What a session holds beside Django's own: seconds since 1970 of log-in and of the last proof of who is there.
BEGUN, PROVEN = "begun", "proven"
HANDLE, DEVICE = "handle", "device"
# Her screen has covered itself (staff/locking.py).
LOCKED = "locked"
# How long it may rest, where that is not what the settings say.
IDLE = "idle"
# So often is noted that somebody is there.
NOTED_EVERY = dt.timedelta(minutes=1)
NONCE_BYTES = 12


class SessionStore(RowStore):
    """Django's session in a table, with its key hashed, its words encrypted, and an end that the clock brings."""

    @classmethod
    def get_model_class(cls) -> Any:
        # Django asks for a store before it knows the models.
        from staff.models import Session

        return Session

    @property
    def rows(self) -> Any:
        return self.get_model_class().objects

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        row = self.rows.filter(session_key=_hash(self.session_key or ""), expire_date__gt=now).first()
        held = self.decode(row.session_data) if row else {}
        if row is None or not held:
            self._session_key = None
            return {}
        if SESSION_KEY in held and now - row.seen_at >= NOTED_EVERY:
            self.rows.filter(pk=row.pk).update(seen_at=now, expire_date=_ends(held, now))
        return held

    def exists(self, session_key: str | None) -> bool:
        return self.rows.filter(session_key=_hash(session_key or "")).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.rows.filter(session_key=_hash(key)).delete()

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError:
            # Ended while this page was made (her roles were changed, say): the next request finds the door closed.
            if self.exists(self.session_key):
                raise

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        now = timezone.now()
        if SESSION_KEY in data and BEGUN not in data:
            # Logging in is a proof of who is there.
            data[BEGUN] = data[PROVEN] = now.timestamp()
            data[HANDLE] = str(uuid.uuid4())
        return self.get_model_class()(
            session_key=_hash(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=_ends(data, now),
            handle=uuid.UUID(data[HANDLE]) if HANDLE in data else uuid.uuid4(),
            user_id=data.get(SESSION_KEY),
            begun_at=_moment(data[BEGUN]) if BEGUN in data else now,
            seen_at=now,
            device=data.get(DEVICE, ""),
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher().encrypt(nonce, json.dumps(session_dict).encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            sealed = base64.b64decode(session_data, validate=True)
            return dict(json.loads(self._cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)))
        except (InvalidTag, ValueError):
            return {}

    def _cipher(self) -> AESGCM:
        return AESGCM(salted_hmac("newsroom session", self.session_key or "", algorithm="sha256").digest())


def stay_in(request: HttpRequest) -> None:
    """She has just taken something away that opens the desk, and all her sessions have ended: this one begins anew."""
    request.session.cycle_key()


def _hash(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def _ends(held: dict[str, Any], now: dt.datetime) -> dt.datetime:
    """When a session ends if nothing more is asked in it."""
    if SESSION_KEY not in held:
        return now + dt.timedelta(seconds=settings.SESSION_BEFORE_LOG_IN_S)
    latest = _moment(held[BEGUN]) + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(latest, now + dt.timedelta(seconds=held.get(IDLE, settings.SESSION_IDLE_S)))


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
