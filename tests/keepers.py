"""Keepers with their private halves, for tests: what no server ever has."""

from __future__ import annotations

from typing import Any

import pyrage

from sources import keepers
from sources.envelopes import Envelope, opened
from sources.models import Keeper, SealedRecord
from tests.factories import Desk


class KeeperWithKey:
    """A keeper who stands, and her key."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.identity = pyrage.x25519.Identity.generate()
        self.row: Keeper = keepers.propose(name, self.public_key, by=desk.chief)
        keepers.agree(self.row, by=desk.editor)

    @property
    def public_key(self) -> str:
        return str(self.identity.to_public())

    def open(self, record: SealedRecord) -> Envelope:
        return opened(bytes(record.ciphertext), self.identity)


# What is typed of somebody, and must never be read again.
WORDS = (
    "김봉구",
    "Kim Bonggu",
    "010-7741-2093",
    "bonggu_zephyr",
    "청진시 포항구역 은덕동 7",
    "through her cousin Zelda",
)


def typed(**more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {
        "sealed-name": "김봉구",
        "sealed-romanised": "Kim Bonggu",
        "sealed-numbers": "010-7741-2093",
        "sealed-handles": "bonggu_zephyr",
        "sealed-places": "청진시 포항구역 은덕동 7",
        "sealed-how_met": "through her cousin Zelda",
        **more,
    }
