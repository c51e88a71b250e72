"""How many people fit everything that was printed of a source: her places on their ladder, and her roles.

No figure is guessed. Of a place we know how many live there, or nothing; of a role (a trader in Hyesan) how many there
are is nobody's to know, so the number of those who fit is always *at most*. Whatever is printed more, the set can only
shrink: it does not depend on the order in which things were printed, and no wider phrase ever takes back a narrower one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sources.models import Place, Source

# What one does for a living. Two of these are two lives: either few people lead both, or one of them is not true, and
# whoever compares our stories asks which.
TRADES = frozenset({Source.Part.TRADER, Source.Part.WORKER, Source.Part.FARMER, Source.Part.OFFICIAL})
# What no attribution may say (a nurse, a driver), and a text may say of her nevertheless.
OTHER_TRADE = "other"
# How many times the floor must live in a place before a role may be named there: not everybody there has it. The law's own
# rule of thumb (``gate_times_the_floor``), and no statistic.
TIMES_THE_FLOOR = {
    Source.Part.SOURCE: 1,
    Source.Part.RESIDENT: 1,
    Source.Part.TRADER: 10,
    Source.Part.WORKER: 10,
    Source.Part.FARMER: 10,
    Source.Part.OFFICIAL: 20,
}

_TIMES: dict[str, int] = {str(part): times for part, times in TIMES_THE_FLOOR.items()}


@dataclass(frozen=True)
class Fit:
    """The set that fits all that was printed: whoever is of each of these places and has each of these roles.

    ``places``: keys, none of which lies in another one. More than one is a person who is of places that lie apart.
    """

    places: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def is_apart(self) -> bool:
        return len(self.places) > 1

    @property
    def is_at_odds(self) -> bool:
        return len(self.parts & TRADES) > 1


class Ladder:
    """Every place of the desk's list, and what each lies in. Read once for a page."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.pk: place for place in places}

    @classmethod
    def read(cls) -> Ladder:
        return cls(Place.objects.all())

    def up(self, key: int) -> list[Place]:
        """The place and all that it lies in, narrowest first."""
        found: list[Place] = []
        next_up: int | None = key
        while next_up is not None and next_up in self.places and self.places[next_up] not in found:
            found.append(self.places[next_up])
            next_up = self.places[next_up].parent_id
        return found

    def lies_in(self, narrow: int, wide: int) -> bool:
        return any(place.pk == wide for place in self.up(narrow))

    def common(self, keys: Iterable[int]) -> int | None:
        """The narrowest place in which all of these lie; None where they share none."""
        ways = [[place.pk for place in self.up(key)] for key in keys]
        if not ways:
            return None
        shared = set(ways[0]).intersection(*ways[1:])
        return next((key for key in ways[0] if key in shared), None)

    def narrowed(self, fit: Fit, *, place: int | None = None, part: str = "") -> Fit:
        """What is left once this much more is printed. That somebody is a source says nothing of her."""
        places = fit.places
        if place is not None and not any(self.lies_in(other, place) for other in places):
            places = frozenset(other for other in places if not self.lies_in(place, other)) | {place}
        return Fit(places, fit.parts | ({part} if part and part != Source.Part.SOURCE else frozenset()))

    def at_most(self, fit: Fit) -> int | None:
        """How many people fit it, at most: the smallest figure on the way up. None where no figure is known."""
        known = [place.population for key in fit.places for place in self.up(key) if place.population is not None]
        return min(known, default=None)

    def unknown(self, fit: Fit) -> list[Place]:
        """The places of which nobody has said how many people they hold. A country points at nobody."""
        return sorted(
            (
                place
                for key in fit.places
                if (place := self.places.get(key)) and place.population is None and place.kind != Place.Kind.COUNTRY
            ),
            key=lambda place: place.pk,
        )

    def is_under(self, fit: Fit, floor: int) -> bool:
        """Whether it fits fewer people than the policy asks for. A floor of 0 asks for none."""
        most = self.at_most(fit)
        return most is not None and most < asked(fit, floor)


def asked(fit: Fit, floor: int) -> int:
    """How many people must live where it leads, for the floor and for the roles that were printed."""
    return floor * max((_TIMES.get(part, 10) for part in fit.parts), default=1)
