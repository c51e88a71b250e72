"""The country, its provinces and large cities as they were counted in 2008, for the anonymity floor.

Each figure was found in at least two places that name the census as their source; the nine provinces, Pyongyang and the
702,372 people in military camps come to the 24,052,231 of the whole country. Where no figure could be checked, or two
go round, there is none. Provinces have the bounds of that year: Rason, Nampo and Kaesong, which stand by themselves since, were counted with
one. People have moved since then: these are figures to weigh a phrase by, not to print.
"""

from __future__ import annotations

from typing import Any, NamedTuple

CENSUS = "DPR Korea 2008 Population Census, National Report (Central Bureau of Statistics, 2009)"


class Counted(NamedTuple):
    """A place, how many lived there (None: not known), what else was counted with it, and what lies in it."""

    name_en: str
    name_ko: str
    kind: str
    people: int | None
    with_it: str = ""
    within: tuple[Counted, ...] = ()

    @property
    def source(self) -> str:
        """Where the figure is from, as ``Place.population_source`` has it."""
        if self.people is None:
            return ""
        return f"{CENSUS}, with {self.with_it}" if self.with_it else CENSUS


def _city(name_en: str, name_ko: str, people: int | None) -> Counted:
    return Counted(name_en, name_ko, "city", people)


def _province(name_en: str, name_ko: str, people: int, *within: Counted, with_it: str = "") -> Counted:
    return Counted(name_en, name_ko, "province", people, with_it, within)


COUNTRY = Counted(
    "North Korea",
    "북한",
    "country",
    24_052_231,
    within=(
        _city("Pyongyang", "평양시", 3_255_288),
        # Two figures go round for it.
        _city("Nampo", "남포시", None),
        _city("Kaesong", "개성시", 308_440),
        _city("Rason", "라선시", 196_954),
        _province(
            "North Hamgyong Province",
            "함경북도",
            2_327_362,
            _city("Chongjin", "청진시", 667_929),
            _city("Hoeryong", "회령시", 153_532),
            _city("Kimchaek", "김책시", 207_299),
            Counted("Musan County", "무산군", "county", 123_721),
            with_it="Rason",
        ),
        _province(
            "South Hamgyong Province",
            "함경남도",
            3_066_013,
            _city("Hamhung", "함흥시", 768_551),
            _city("Sinpo", "신포시", 152_759),
            _city("Tanchon", "단천시", 345_875),
        ),
        _province(
            "Ryanggang Province",
            "량강도",
            719_269,
            _city("Hyesan", "혜산시", 192_680),
            # A county then, in other bounds.
            _city("Samjiyon", "삼지연시", None),
        ),
        _province(
            "Chagang Province",
            "자강도",
            1_299_830,
            _city("Huichon", "희천시", 168_180),
            _city("Kanggye", "강계시", 251_971),
            _city("Manpo", "만포시", 116_760),
        ),
        _province(
            "North Pyongan Province",
            "평안북도",
            2_728_662,
            _city("Chongju", "정주시", 189_742),
            _city("Kusong", "구성시", 196_515),
            _city("Sinuiju", "신의주시", 359_341),
        ),
        _province(
            "South Pyongan Province",
            "평안남도",
            4_051_696,
            _city("Anju", "안주시", 240_117),
            _city("Kaechon", "개천시", 319_554),
            _city("Pyongsong", "평성시", 284_386),
            _city("Sunchon", "순천시", 297_317),
            _city("Tokchon", "덕천시", 237_133),
            with_it="Nampo",
        ),
        _province(
            "North Hwanghae Province",
            "황해북도",
            2_113_672,
            _city("Sariwon", "사리원시", 307_764),
            _city("Songrim", "송림시", 128_831),
            with_it="Kaesong",
        ),
        _province("South Hwanghae Province", "황해남도", 2_310_485, _city("Haeju", "해주시", 273_300)),
        _province(
            "Kangwon Province",
            "강원도",
            1_477_582,
            _city("Munchon", "문천시", 122_934),
            _city("Wonsan", "원산시", 363_127),
        ),
    ),
)


def enter(places: Any, counted: Counted = COUNTRY, parent: Any = None) -> None:
    """Enters the places that are not there yet; ``places``: a query set of all Places.

    A place that the newsroom made itself, by either name in the same parent, stays as it is; it gets the figure where it
    has none.
    """
    siblings = places.filter(parent=parent)
    place = (
        siblings.filter(name_en=counted.name_en).first()
        or siblings.filter(name_ko=counted.name_ko).order_by("pk").first()
        or places.create(name_en=counted.name_en, name_ko=counted.name_ko, kind=counted.kind, parent=parent)
    )
    if place.population is None and counted.people is not None:
        place.population, place.population_source = counted.people, counted.source
        place.save(update_fields=["population", "population_source"])
    for each in counted.within:
        enter(places, each, place)


def names(counted: Counted = COUNTRY) -> list[tuple[str, str]]:
    """Every name in English and in Korean."""
    return [(counted.name_en, counted.name_ko), *(pair for each in counted.within for pair in names(each))]
