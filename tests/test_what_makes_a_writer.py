"""Whoever types anything on a story's page that a reader reads is a writer of it: another has to confirm and sign."""

import pytest

from articles.acts import NotAllowed, authors
from articles.admin.story import CorrectionRows, FigureRows, LinkRows
from articles.forms.rows import WordyRows
from articles.forms.story import WORDS, StoryForm
from articles.models import RelatedLink
from articles.proofing import ask_for_review
from articles.signing import sign_off
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk

pytestmark = pytest.mark.django_db

# What is chosen among what stands there, or says who and where: no words of hers.
CHOSEN = {"kind", "language", "section", "bylines", "authors", "translation_of"}
PLACED = {"kind", "to", "photo", "photo_beside", "after_paragraph"}
LINK = {
    "related_links-TOTAL_FORMS": "1",
    "related_links-0-kind": "related",
    "related_links-0-url": "https://example.org/",
    "related_links-0-title": "500 people were shot in Hyesan on Monday",
    "related_links-0-after_paragraph": "1",
}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def story(desk):
    return desk.article()


def saves(who, story, **typed):
    """What stands on the page is sent as it stands, but for what she typed."""
    client = at_the_desk(who)
    form = fields_of(client.get(page_of(story)))
    response = client.post(page_of(story), form | typed)
    assert response.status_code == 302, response.context["errors"]


def test_no_field_is_left_out():
    assert set(StoryForm.Meta.fields) == WORDS | CHOSEN
    for rows in (FigureRows, LinkRows, CorrectionRows):
        assert issubclass(rows.formset, WordyRows)
        assert set(rows.fields) <= WordyRows.WORDS | PLACED


@pytest.mark.parametrize(
    "typed",
    [
        {"headline": "Rice is much dearer"},
        {"standfirst": "By half."},
        {"label": "500 shot"},
        {"dateline": "Hyesan, where 500 were shot"},
        {"slug": "500-were-shot"},
        {"tags": "rice, 500 shot"},
        {"body": "<p>First paragraph.</p>"},
        LINK,
    ],
    ids=lambda typed: min(typed),
)
def test_who_types_it(desk, story, typed):
    desk.fact(story)
    saves(desk.editor, story, **typed)
    assert desk.editor.pk in authors(story)
    proof = ask_for_review(story, by=desk.reporter)
    with pytest.raises(NotAllowed):
        sign_off(proof, by=desk.editor)


def test_who_types_nothing(desk, story):
    story.tags.add("rice")
    story.related_links.create(kind="related", url="https://example.org/", title="Elsewhere")
    saves(desk.editor, story, **{"kind": "analysis", "related_links-0-after_paragraph": "2"})
    assert story.related_links.get().after_paragraph == 2
    assert desk.editor.pk not in authors(story)


@pytest.mark.parametrize("field", ["title", "url"])
def test_who_types_a_link_anew(desk, story, field):
    link = story.related_links.create(kind="related", url="https://example.org/", title="Elsewhere")
    saves(desk.editor, story, **{f"related_links-0-{field}": "https://example.org/500-were-shot"})
    assert getattr(RelatedLink.objects.get(pk=link.pk), field).endswith("500-were-shot")
    assert desk.editor.pk in authors(story)


def test_what_the_form_was_opened_with_is_not_hers_to_say(desk, story):
    """A browser that says that the new words stood there already."""
    story.related_links.create(kind="related", url="https://example.org/", title="Elsewhere")
    words = "500 people were shot"
    forged = {"related_links-0-title": words, "initial-related_links-0-title": words}
    saves(desk.editor, story, **forged, **{"related_links-0-after_paragraph": "1"})
    assert story.related_links.get().title == words
    assert desk.editor.pk in authors(story)


def test_who_strikes_a_link_writes_nothing(desk, story):
    story.related_links.create(kind="related", url="https://example.org/", title="Elsewhere")
    saves(desk.editor, story, **{"related_links-0-DELETE": "on"})
    assert not story.related_links.exists() and desk.editor.pk not in authors(story)
