"""An alias is two words drawn by lot: no name, no number and nothing that somebody thought up becomes one."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sources.aliases import FIRST, SECOND, new_alias
from sources.models import Source
from tests.desks import at_the_desk, fields_of
from tests.factories import Desk

pytestmark = pytest.mark.django_db
NEW = "/desk/sources/source/add/"
SENTENCE = "An alias is two words drawn by lot"


@pytest.fixture
def desk():
    return Desk()


def form(desk, **typed):
    return {
        "alias": "quiet heron",
        "safety": "at_risk",
        "part": "trader",
        "place": desk.source().place_id,
        "contact_reporter": desk.reporter.pk,
    } | typed


@pytest.mark.parametrize(
    "alias",
    [
        "김철수 010-1234-5678",
        "Kim Cholsu",
        "quiet Kim",
        "kim heron",
        "quiet",
        "heron quiet",
        "quiet heron 010",
        "조용한 왜가리",
    ],
)
def test_what_somebody_thinks_up_is_refused_with_a_sentence(desk, alias):
    before = Source.objects.count()
    answer = at_the_desk(desk.reporter).post(NEW, form(desk, alias=alias))
    assert answer.status_code == 200 and SENTENCE in answer.text
    assert Source.objects.count() == before + 1, "the place of the form alone"
    with pytest.raises(ValidationError, match=SENTENCE):
        Source(alias=alias, contact_reporter=desk.reporter, place=desk.source().place).full_clean()


def test_two_words_of_the_list_are_taken(desk):
    client = at_the_desk(desk.reporter)
    drawn = client.get(NEW).context["adminform"].form["alias"].value()
    assert client.post(NEW, form(desk, alias=drawn)).status_code == 302
    assert Source.objects.filter(alias=drawn, safety="at_risk").exists()


def test_another_is_drawn_and_nothing_typed_is_lost(desk):
    client, before = at_the_desk(desk.reporter), form(desk, alias="Kim Cholsu")
    number = Source.objects.count()
    page = client.post(NEW, before | {"_draw": "1"})
    assert "Draw another alias" in page.text and "Kim Cholsu" not in page.text
    shown = fields_of(page)
    first, second = shown.pop("alias").split()
    assert first in FIRST and second in SECOND
    assert {name: str(shown[name]) for name in ("safety", "part", "place", "contact_reporter")} == {
        name: str(before[name]) for name in ("safety", "part", "place", "contact_reporter")
    }
    assert Source.objects.count() == number


def test_an_alias_from_before_stays_and_is_changed_for_a_drawn_one_alone(desk):
    source = desk.source(alias="the old man")
    client, page = at_the_desk(desk.reporter), reverse("admin:sources_source_change", args=[source.pk])
    shown = fields_of(client.get(page))
    assert client.post(page, shown | {"safety": "in_danger"}).status_code == 302
    assert SENTENCE in client.post(page, shown | {"alias": "the old man 2"}).text
    source.refresh_from_db()
    assert (source.alias, source.safety) == ("the old man", "in_danger")
    drawn = new_alias()
    assert client.post(page, shown | {"alias": drawn}).status_code == 302
    source.refresh_from_db()
    assert source.alias == drawn
