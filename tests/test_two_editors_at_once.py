"""Two people save the same story: the second is told, and loses nothing."""

import pytest

from articles.models import Article
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def opened(desk):
    """A story that both have open: (story, the reporter's browser, her form, the editor's browser, her form)."""
    story = desk.article()
    hers, his = at_the_desk(desk.reporter), at_the_desk(desk.editor)
    return story, hers, fields_of(hers.get(page_of(story))), his, fields_of(his.get(page_of(story)))


def test_the_second_is_told_and_loses_nothing(opened):
    story, hers, form, his, other = opened
    his.post(page_of(story), other | {"standfirst": "The editor's words."})
    response = hers.post(
        page_of(story), form | {"standfirst": "My words.", "facts-0-statement": "A fact I typed."}, follow=True
    )
    assert "saved this story at" in response.text
    assert "The editor&#x27;s words." in response.text
    assert response.context["adminform"].form["standfirst"].value() == "My words."
    assert "A fact I typed." in response.text
    assert Article.objects.get(pk=story.pk).standfirst == "The editor's words."
    assert not story.facts.exists()


def test_saving_again_replaces_knowingly(opened):
    story, hers, form, his, other = opened
    his.post(page_of(story), other | {"standfirst": "The editor's words."})
    response = hers.post(page_of(story), form | {"standfirst": "My words.", "facts-0-statement": "A fact I typed."})
    hers.post(page_of(story), fields_of(response))
    assert Article.objects.get(pk=story.pk).standfirst == "My words."
    assert story.facts.get().statement == "A fact I typed."


def test_the_body_is_shown_paragraph_by_paragraph(opened):
    story, hers, form, his, other = opened
    his.post(page_of(story), other | {"body": "<p>First paragraph.</p><p>Another second.</p>"})
    response = hers.post(page_of(story), form | {"body": "<p>First paragraph.</p><p>My second.</p>"})
    rows = dict(response.context["conflict"].differences)["Body"]
    assert rows == [("other", "Another second.", "My second.")]


def test_a_form_without_a_revision_is_refused(opened):
    story, hers, form, *_ = opened
    del form["revision"]
    response = hers.post(page_of(story), form | {"standfirst": "Blind."})
    assert response.context["conflict"]
    assert Article.objects.get(pk=story.pk).standfirst != "Blind."


def test_a_row_deleted_meanwhile_is_told_and_not_a_crash(opened, desk):
    from articles import confirming

    story, hers, _form, _his, _other = opened
    fact = confirming.state(story, "A thing.", kind="event", by=desk.reporter)
    form = fields_of(hers.get(page_of(story)))
    confirming.remove(fact, by=desk.reporter)
    response = hers.post(page_of(story), form | {"facts-0-statement": "A thing, reworded."})
    assert response.status_code == 200
    assert response.context["conflict"]
    assert "A thing, reworded." in response.text


def opened_with(desk, story):
    """Both forms of a story with facts, tags and authors, opened at the same moment."""
    hers, his = at_the_desk(desk.reporter), at_the_desk(desk.editor)
    return hers, fields_of(hers.get(page_of(story))), his, fields_of(his.get(page_of(story)))


def saved_anyway(client, story, form):
    """Saved, told of the other one's save, and saved again."""
    response = client.post(page_of(story), form)
    assert response.context["conflict"]
    return client.post(page_of(story), fields_of(response), follow=True)


def test_what_she_did_not_touch_stays_as_the_other_one_saved_it(desk):
    story = desk.article()
    fact = desk.fact(story, "Rice is dearer.", confirmed=False)
    story.tags.add("rice")
    hers, form, his, other = opened_with(desk, story)
    authors = [str(desk.reporter.pk), str(desk.other_editor.pk)]
    his.post(
        page_of(story),
        other | {"facts-0-statement": "Rice is much dearer.", "tags": "rice, market", "authors": authors},
    )
    assert "Saved." in saved_anyway(hers, story, form | {"standfirst": "My words."}).text
    story.refresh_from_db()
    assert story.standfirst == "My words."
    assert story.facts.get(pk=fact.pk).statement == "Rice is much dearer."
    assert set(story.tags.names()) == {"rice", "market"}
    assert {str(author.pk) for author in story.authors.all()} == set(authors)


def test_a_fact_that_both_reworded_is_shown_before_hers_replaces_it(desk):
    story = desk.article()
    fact = desk.fact(story, "Rice is dearer.", confirmed=False)
    hers, form, his, other = opened_with(desk, story)
    his.post(page_of(story), other | {"facts-0-statement": "Rice is much dearer."})
    response = hers.post(page_of(story), form | {"facts-0-statement": "Rice costs more."})
    assert "Rice is much dearer." in response.text and "Saving puts your words in its place" in response.text
    hers.post(page_of(story), fields_of(response))
    assert story.facts.get(pk=fact.pk).statement == "Rice costs more."


def test_a_change_of_authors_alone_is_a_change_of_the_story(desk):
    story = desk.article()
    hers, form, his, other = opened_with(desk, story)
    his.post(page_of(story), other | {"authors": [str(desk.reporter.pk), str(desk.other_editor.pk)]})
    assert hers.post(page_of(story), form | {"standfirst": "Mine."}).context["conflict"]
