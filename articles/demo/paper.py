"""The demo paper itself: its name and promise, its sections and bylines, and the places that it writes about."""

from articles.agreeing import agree
from articles.models import Byline, Policy, Section
from sources.models import Place
from staff.models import User

# A tally is a stick split in two: each party keeps a half, and only halves that fit are believed.
NAME_EN, NAME_KO = "The Split Tally", "신표신문"
PROMISE_EN = "A tally is believed when both halves fit. We print only what has been confirmed."
PROMISE_KO = "신표는 두 조각이 맞아야 믿습니다. 우리는 확인된 것만 싣습니다."

SECTIONS = (
    ("border", "Border", "국경"),
    ("economy", "Economy", "경제"),
    ("prices", "Prices", "장마당 물가"),
    ("society", "Society", "사회"),
    ("culture", "Culture", "문화"),
)

# Address, pen name in both languages, account. A pen name tells nothing of who is behind it.
BYLINES = (
    ("han-yeoul", "Han Yeoul", "한여울", "reporter"),
    ("nora-vale", "Nora Vale", "노라 베일", "reporter2"),
)

CENSUS = "census of 2008"
# Places within the bounds of that year: three cities that stand by themselves on our map were counted with a province.
COUNTED_WITH_IT = {
    "North Hamgyong Province": "Rason",
    "South Pyongan Province": "Nampo",
    "North Hwanghae Province": "Kaesong",
}
CITY, COUNTY = Place.Kind.CITY, Place.Kind.COUNTY
# English, Korean, counted in the census of 2008 (none where we could not check the figure), and what lies in it.
PROVINCES = (
    (
        "North Hamgyong Province",
        "함경북도",
        2_327_362,
        (
            ("Chongjin", "청진시", CITY, 667_929),
            ("Hoeryong", "회령시", CITY, 153_532),
            ("Kimchaek", "김책시", CITY, 207_299),
            ("Musan County", "무산군", COUNTY, 123_721),
        ),
    ),
    (
        "South Hamgyong Province",
        "함경남도",
        3_066_013,
        (("Hamhung", "함흥시", CITY, 768_551), ("Tanchon", "단천시", CITY, 345_875)),
    ),
    (
        "Ryanggang Province",
        "량강도",
        719_269,
        (("Hyesan", "혜산시", CITY, 192_680), ("Samjiyon", "삼지연시", CITY, None)),
    ),
    ("Chagang Province", "자강도", 1_299_830, (("Kanggye", "강계시", CITY, 251_971),)),
    ("North Pyongan Province", "평안북도", 2_728_662, (("Sinuiju", "신의주시", CITY, 359_341),)),
    (
        "South Pyongan Province",
        "평안남도",
        4_051_696,
        (("Pyongsong", "평성시", CITY, 284_386), ("Sunchon", "순천시", CITY, 297_317)),
    ),
    ("North Hwanghae Province", "황해북도", 2_113_672, (("Sariwon", "사리원시", CITY, 307_764),)),
    ("South Hwanghae Province", "황해남도", 2_310_485, (("Haeju", "해주시", CITY, 273_300),)),
    ("Kangwon Province", "강원도", 1_477_582, (("Wonsan", "원산시", CITY, 363_127),)),
)
CITIES = (
    ("Pyongyang", "평양시", 3_255_288),
    ("Nampo", "남포시", 366_815),
    ("Kaesong", "개성시", 308_440),
    ("Rason", "라선시", 196_954),
)


def found() -> None:
    """Sets up the paper: its places, sections, bylines and the first policy, which two people agree to."""
    for position, (slug, name_en, name_ko) in enumerate(SECTIONS):
        Section.objects.create(slug=slug, name_en=name_en, name_ko=name_ko, position=position)
    for slug, name_en, name_ko, username in BYLINES:
        byline = Byline.objects.create(slug=slug, name_en=name_en, name_ko=name_ko)
        byline.accounts.add(User.objects.get(username=username))
    _map()
    _agree()


def _map() -> None:
    country = _place("North Korea", "북한", Place.Kind.COUNTRY, 24_052_231, None)
    for name_en, name_ko, population in CITIES:
        _place(name_en, name_ko, CITY, population, country)
    for name_en, name_ko, population, within in PROVINCES:
        province = _place(name_en, name_ko, Place.Kind.PROVINCE, population, country)
        for town_en, town_ko, kind, people in within:
            _place(town_en, town_ko, kind, people, province)


def _place(name_en: str, name_ko: str, kind: str, population: int | None, parent: Place | None) -> Place:
    return Place.objects.create(
        name_en=name_en,
        name_ko=name_ko,
        kind=kind,
        parent=parent,
        population=population,
        population_source=_counted(name_en) if population else "",
    )


def _counted(name_en: str) -> str:
    return f"{CENSUS}, with {COUNTED_WITH_IT[name_en]}" if name_en in COUNTED_WITH_IT else CENSUS


def _agree() -> None:
    """The chief editor proposes, an editor agrees."""
    policy = Policy.objects.create(
        name_en=NAME_EN,
        name_ko=NAME_KO,
        promise_en=PROMISE_EN,
        promise_ko=PROMISE_KO,
        min_sources=2,
        covers_text=True,
        required_checks=["markup"],
        proposed_by=User.objects.get(username="chief"),
    )
    agree(policy, by=User.objects.get(username="editor"))
