"""Who tells the demo paper things: invented sources, with aliases drawn by lot, and the talks with them."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from sources.models import Circle, Place, Source, Talk
from sources.vetting import vet
from staff.models import User

CONFIRMED = Source.Standing.CONFIRMED


@dataclass(frozen=True)
class Informant:
    """A source as the stories name her: place and role in print are hers alone, so that she is found by them."""

    place: str
    part: str
    reporter: str
    talks: tuple[tuple[int, str], ...]  # days ago, medium; the latest first
    confirmed: bool = True
    circle: str = ""
    deputy: str = ""


INFORMANTS = {
    "hyesan source": Informant(
        "Hyesan", "source", "reporter", ((3, "call"), (24, "call")), circle="millstone", deputy="reporter2"
    ),
    # Depends on the one before: the two count once.
    "hyesan resident": Informant("Hyesan", "resident", "reporter", ((5, "message"),), circle="millstone"),
    "ryanggang source": Informant("Ryanggang Province", "source", "reporter2", ((4, "call"), (30, "go_between"))),
    "hoeryong resident": Informant("Hoeryong", "resident", "reporter", ((6, "call"), (40, "message"))),
    "north hamgyong source": Informant("North Hamgyong Province", "source", "reporter", ((7, "message"), (20, "call"))),
    "musan source": Informant("Musan County", "source", "reporter2", ((9, "call"),)),
    "chongjin trader": Informant("Chongjin", "trader", "reporter2", ((8, "call"),)),
    "chongjin resident": Informant("Chongjin", "resident", "reporter2", ((2, "message"),), confirmed=False),
    "sinuiju source": Informant("Sinuiju", "source", "reporter", ((5, "call"), (18, "in_person"))),
    "north pyongan source": Informant("North Pyongan Province", "source", "reporter2", ((6, "message"),)),
    "pyongsong source": Informant("Pyongsong", "source", "reporter", ((4, "go_between"),)),
    "south pyongan source": Informant("South Pyongan Province", "source", "reporter2", ((11, "call"),)),
    "south hwanghae farmer": Informant("South Hwanghae Province", "farmer", "reporter2", ((13, "go_between"),)),
    "north hwanghae source": Informant("North Hwanghae Province", "source", "reporter", ((12, "call"),)),
    "pyongyang resident": Informant("Pyongyang", "resident", "reporter", ((10, "message"),)),
    # Discredited once her story is in print.
    "south hamgyong source": Informant("South Hamgyong Province", "source", "reporter", ((15, "call"),)),
    "hamhung resident": Informant("Hamhung", "resident", "reporter2", ((14, "call"),)),
}


def recruit() -> None:
    """Enters the sources, the talks with them, and an editor's word on all but one."""
    staff = {user.username: user for user in User.objects.all()}
    today = timezone.localdate()
    for informant in INFORMANTS.values():
        source = Source.objects.create(
            place=Place.objects.get(name_en=informant.place),
            part=informant.part,
            contact_reporter=staff[informant.reporter],
            deputy=staff[informant.deputy] if informant.deputy else None,
            circle=Circle.objects.get_or_create(name=informant.circle)[0] if informant.circle else None,
        )
        for days, medium in informant.talks:
            Talk.objects.create(
                source=source,
                held_on=today - dt.timedelta(days=days),
                medium=medium,
                recorded_by=source.contact_reporter,
            )
        if informant.confirmed:
            vet(source, CONFIRMED, by=staff["editor"])


def source(key: str) -> Source:
    """The row of a source."""
    informant = INFORMANTS[key]
    found = Source.objects.filter(
        place__name_en=informant.place, part=informant.part, contact_reporter__username=informant.reporter
    )
    return found.order_by("pk")[0]
