"""What the site says of an address that is not in print: where the story moved, or that it is under review or withdrawn."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles import publishing
from reader.models import Publication
from reader.notices import Kind, notice_of
from tests.factories import Desk
from tests.laws import told, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


def hours(n: float) -> dt.datetime:
    return timezone.now().replace(second=0, microsecond=0) + dt.timedelta(hours=n)


def said_of(*versions: dict, of: str = "one", language: str = "en") -> tuple[Kind, str] | None:
    """What is said of an address once a story had these versions; hours from now."""
    story = uuid.uuid4()
    with undone():
        for number, version in enumerate(versions, 1):
            row = {"slug": "one", "go_live_at": -9, "story": story, **version}
            row |= {name: hours(row[name]) for name in row if name.endswith("_at")}
            Publication(
                version=number,
                language="en",
                kind="news",
                headline="A",
                blocks=["<p>Text.</p>"],
                section_slug="life",
                section_name="Life",
                first_printed_at=row["go_live_at"],
                **row,
            ).save(force_insert=True)
        notice = notice_of(language, of)
    return (notice.kind, notice.moved_to) if notice else None


def test_nothing_is_said_where_a_story_is_in_print_or_never_was():
    assert said_of({}) is None
    assert said_of({}, of="two") is None
    assert said_of({"go_live_at": 1}) is None
    assert said_of({"go_live_at": 1, "superseded_at": 1, "pulled_at": -1}) is None
    assert said_of({"go_live_at": -1, "superseded_at": -1, "pulled_at": -2}) is None
    assert said_of({"go_live_at": -1, "superseded_at": -1, "withdrawn_at": -2}) is None
    assert said_of({"go_live_at": -1, "pulled_at": -2}) is said_of({"go_live_at": -1, "withdrawn_at": -2}) is None
    assert said_of({"withdrawn_at": -1}, language="ko") is None


def test_what_fell_says_so():
    review, withdrawn = (Kind.UNDER_REVIEW, ""), (Kind.WITHDRAWN, "")
    assert said_of({"pulled_at": -1}) == review
    assert said_of({"withdrawn_at": -1}) == withdrawn
    assert said_of({"pulled_at": -2, "withdrawn_at": -1}) == withdrawn
    assert said_of({"leaves_at": -1}) == review
    assert said_of({"leaves_at": 1}) is None
    # The next version waits for its hour, and says nothing before.
    assert said_of({"pulled_at": -1, "superseded_at": 5}, {"go_live_at": 5, "slug": "two"}) == review
    assert said_of({"withdrawn_at": -1, "superseded_at": 5}, {"go_live_at": 5, "slug": "two"}) == withdrawn


def test_a_story_that_moved_says_where():
    moved = [{"superseded_at": -5}, {"slug": "two", "go_live_at": -5}]
    assert said_of(*moved) == (Kind.MOVED, "two")
    assert said_of(*moved, of="two") is None
    later = [{"superseded_at": 5}, {"slug": "two", "go_live_at": 5}]
    assert said_of(*later) is said_of(*later, of="two") is None
    # Twice, and back again.
    twice = [
        {"superseded_at": -5},
        {"slug": "two", "go_live_at": -5, "superseded_at": -3},
        {"slug": "three", "go_live_at": -3},
    ]
    assert said_of(*twice) == said_of(*twice, of="two") == (Kind.MOVED, "three")
    back = [*twice[:2], {"go_live_at": -3}]
    assert said_of(*back) is None
    assert said_of(*back, of="two") == (Kind.MOVED, "one")
    # The version that is read says it, whichever came last.
    urgent = [{"go_live_at": -5}, {"slug": "two", "superseded_at": -5}]
    assert said_of(*urgent, of="two") == (Kind.MOVED, "one")
    # Nobody read what ended as it began.
    assert said_of({"go_live_at": -5, "superseded_at": -5}, {"slug": "two", "go_live_at": -5}) is None
    # An address that was stopped before its hour leads nowhere.
    assert said_of({}, {"slug": "two", "go_live_at": 1, "superseded_at": 1, "pulled_at": -1}, of="two") is None


def test_every_address_of_a_story_that_fell_says_so():
    versions = [{"superseded_at": -5}, {"slug": "two", "go_live_at": -5, "pulled_at": -1}]
    assert said_of(*versions) == said_of(*versions, of="two") == (Kind.UNDER_REVIEW, "")
    # Readers of an earlier version lost nothing when it was withdrawn after its time.
    assert said_of({"superseded_at": -5, "withdrawn_at": -1}, {"slug": "two", "go_live_at": -5}) == (Kind.MOVED, "two")


def test_an_address_belongs_to_one_story_for_ever():
    with pytest.raises(IntegrityError, match="publication_address_is_one_storys"):
        said_of({"withdrawn_at": -5}, {"story": uuid.uuid4(), "go_live_at": -5})


def test_the_hour_is_told_and_not_the_minute():
    desk = Desk()
    publication = desk.published()
    publishing.pull(publication, by=desk.reporter, reason="A doubt")
    publication.refresh_from_db()
    assert notice_of("en", publication.slug).since == publication.pulled_at.replace(minute=0, second=0, microsecond=0)
    publishing.release(publication, by=desk.editor, reason="Right after all")
    assert notice_of("en", publication.slug) is None
    assert told("SELECT count(*) FROM reader_notice('en', %s)", publication.slug) == 0
