"""A newsroom with thousands of photos and many sources: what a choice offers, and how the others are found."""

import datetime as dt

import pytest

from articles.models import Figure
from photos.models import Photo
from staff.finding import FEW
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk, SourceFactory, StaffFactory

pytestmark = pytest.mark.django_db

FINDER = "/desk/autocomplete/?app_label={}&model_name={}&field_name={}&term={}"


@pytest.fixture
def desk():
    return Desk()


def photos(desk, number):
    """Named Photo 000, Photo 001 …, the last one newest, each of a day in May."""
    return Photo.objects.bulk_create(
        Photo(
            name=f"Photo {n:03}",
            original=f"originals/{n}",
            content_hash=f"{n:064x}",
            width=640,
            height=480,
            taken_on=dt.date(2026, 5, 4),
            taken_precision="day",
            uploaded_by=desk.reporter,
        )
        for n in range(number)
    )


def labels(field):
    """What the list of a field offers, but for the empty entry."""
    return [option.data["label"] for option in field.subwidgets if option.data["value"]]


def figure_rows(page):
    [rows] = [i.formset for i in page.context["inline_admin_formsets"] if i.formset.prefix == "figures"]
    return rows


def found(who, model, field, term):
    response = at_the_desk(who).get(FINDER.format("articles", model, field, term))
    if response.status_code != 200:
        return response.status_code, []
    return 200, [each["text"] for each in response.json()["results"]]


def test_a_story_offers_the_newest_photos_and_shows_an_older_one_that_was_chosen(desk):
    oldest, *_ = photos(desk, 300)
    story = desk.article()
    Figure.objects.create(article=story, photo=oldest)
    page = at_the_desk(desk.reporter).get(page_of(story))
    offered = labels(figure_rows(page).forms[0]["photo"])
    assert offered[0] == "Photo 000 · taken on 4 May 2026"
    assert offered[1:] == [f"Photo {n:03} · taken on 4 May 2026" for n in range(299, 299 - FEW, -1)]
    assert 'data-find="/desk/autocomplete/?app_label=articles&amp;model_name=figure' in page.text
    assert "jquery" not in page.text and "js/finding" in page.text


def test_an_older_photo_is_found_by_its_name_and_kept(desk):
    oldest, *_ = photos(desk, 300)
    assert found(desk.reporter, "figure", "photo", "hoto 000") == (200, ["Photo 000 · taken on 4 May 2026"])
    story = desk.article()
    client = at_the_desk(desk.reporter)
    row = {"figures-0-photo": oldest.pk, "figures-0-after_paragraph": 0, "figures-TOTAL_FORMS": 1}
    client.post(page_of(story), fields_of(client.get(page_of(story))) | row)
    assert story.figures.get().photo == oldest


def test_rows_share_what_they_offer(desk, django_assert_max_num_queries):
    newest = photos(desk, 40)[-1]
    story = desk.article()
    client = at_the_desk(desk.reporter)
    Figure.objects.bulk_create(Figure(article=story, photo=newest) for _ in range(2))
    with django_assert_max_num_queries(1000) as few:
        client.get(page_of(story))
    Figure.objects.bulk_create(Figure(article=story, photo=newest) for _ in range(8))
    with django_assert_max_num_queries(len(few)):
        client.get(page_of(story))


def test_a_small_newsroom_has_a_plain_list(desk):
    photos(desk, FEW)
    page = at_the_desk(desk.reporter).get(page_of(desk.article()))
    assert "data-find" not in page.text
    assert len(labels(figure_rows(page).empty_form["photo"])) == FEW


def test_who_may_see_no_photo_finds_none(desk):
    photos(desk, 1)
    assert found(StaffFactory(username="photos", roles=["photo editor"]), "figure", "photo", "")[0] == 200
    assert found(StaffFactory(username="mod", roles=["moderator"]), "figure", "photo", "")[0] == 403


@pytest.mark.parametrize("typed", ["9999999", "x", "²", "-1"])
def test_a_photo_that_is_not_there_is_refused_beside_its_field(desk, typed):
    photos(desk, 1)
    story = desk.article()
    client = at_the_desk(desk.reporter)
    row = {"figures-0-photo": typed, "figures-0-after_paragraph": 0, "figures-TOTAL_FORMS": 1}
    response = client.post(page_of(story), fields_of(client.get(page_of(story))) | row)
    assert "photo" in figure_rows(response).forms[0].errors


def test_a_fact_offers_a_reporter_her_own_sources_and_an_editor_all_by_alias_alone(desk):
    mine = SourceFactory(contact_reporter=desk.reporter, alias="zinc harbour")
    for n in range(FEW + 5):
        SourceFactory(contact_reporter=desk.other_editor, alias=f"amber field{n:02}")
    fact = desk.fact(desk.article(), sources=[], confirmed=False)
    address = f"/desk/articles/fact/{fact.pk}/change/"
    assert labels(at_the_desk(desk.reporter).get(address).context["recording"]["source"]) == [
        f"{mine.alias} · unconfirmed"
    ]
    assert found(desk.reporter, "confirmation", "source", "harbour") == (200, ["zinc harbour · unconfirmed"])
    assert found(desk.reporter, "confirmation", "source", "field24") == (200, [])
    page = at_the_desk(desk.editor).get(address)
    assert len(labels(page.context["recording"]["source"])) == FEW and "js/finding" in page.text
    for who in (desk.reporter, desk.editor):
        # Whoever told her may be anybody's source.
        assert found(who, "confirmation", "told_by", "field24") == (200, ["amber field24 · unconfirmed"])
    assert found(desk.editor, "confirmation", "source", "field24") == (200, ["amber field24 · unconfirmed"])
    # Nothing but the alias is looked through.
    assert found(desk.editor, "confirmation", "source", mine.place.name_en) == (200, [])


def test_an_original_is_found_for_a_translation_and_no_translation_is(desk):
    original = desk.article("Rice")
    desk.article("Rice once more", language="ko", translation_of=original)
    assert found(desk.reporter, "article", "translation_of", "Rice") == (200, ["Rice"])
