"""The demo paper itself: its name and promise, its sections and bylines."""

from articles.agreeing import agree
from articles.models import Byline, Policy, Section
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


def found() -> None:
    """Sets up the paper: its sections, bylines and the first policy, which two people agree to."""
    for position, (slug, name_en, name_ko) in enumerate(SECTIONS):
        Section.objects.create(slug=slug, name_en=name_en, name_ko=name_ko, position=position)
    for slug, name_en, name_ko, username in BYLINES:
        byline = Byline.objects.create(slug=slug, name_en=name_en, name_ko=name_ko)
        byline.accounts.add(User.objects.get(username=username))
    _agree()


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
