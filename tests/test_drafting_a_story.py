"""A reporter writes a story and states its facts."""

import pytest

from articles import confirming
from articles.models import Article, Fact
from tests.desks import at_the_desk, fields_of, page_of, said
from tests.factories import Desk

ADD = "/desk/articles/article/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def drafted(desk, **words):
    client = at_the_desk(desk.reporter)
    data = fields_of(client.get(ADD)) | {
        "headline": "Rice is dearer in Hyesan",
        "language": "en",
        "body": "<p>It is.</p>",
        "facts-0-statement": "The price of rice rose in May.",
        **words,
    }
    return client.post(ADD, data, follow=True)


def test_it_works(desk):
    response = drafted(desk)
    story = Article.objects.get(headline="Rice is dearer in Hyesan")
    assert response.redirect_chain[-1][0] == page_of(story)
    assert story.created_by == desk.reporter
    assert story.slug == "rice-is-dearer-in-hyesan"
    fact = story.facts.get()
    assert (fact.statement, fact.kind, fact.created_by) == ("The price of rice rose in May.", "event", desk.reporter)
    assert "Not confirmed." in response.text


@pytest.mark.parametrize("headline", ["", " ", "\u200b"])
def test_without_a_headline_the_desk_asks_for_one(desk, headline):
    errors = drafted(desk, headline=headline).context["adminform"].form.errors
    assert errors["headline"] == ["The story has no headline. Write one."]


def test_a_korean_headline_gives_a_korean_address(desk):
    drafted(desk, headline="혜산 쌀값 올라", language="ko")
    assert Article.objects.get(language="ko").slug == "혜산-쌀값-올라"


def test_an_address_that_exists_is_refused_beside_its_field(desk):
    desk.article(slug="rice", language="en")
    response = drafted(desk, slug="rice")
    assert response.status_code == 200
    assert "address already" in response.context["adminform"].form.errors["slug"][0]
    assert "Rice is dearer in Hyesan" in response.text, "what was typed comes back"


def test_an_address_once_in_print_is_refused(desk):
    publication = desk.published(desk.article(slug="rice", language="en"))
    Article.objects.filter(story=publication.story).update(slug="other")
    assert "slug" in drafted(desk, slug="rice").context["adminform"].form.errors


def test_scripts_and_handlers_are_removed(desk):
    drafted(
        desk,
        body='<p onclick="x()">It <script>steal()</script>is.</p><iframe src="//x"></iframe><a href="javascript:x">y</a>',
    )
    body = Article.objects.get(headline="Rice is dearer in Hyesan").body
    assert body == "<p>It is.</p><a>y</a>"


def test_a_changed_statement_is_the_next_wording(desk):
    story = desk.article()
    fact = desk.fact(story)
    client = at_the_desk(desk.reporter)
    form = fields_of(client.get(page_of(story)))
    page = client.post(page_of(story), form | {"facts-0-statement": "Rice rose in April."}, follow=True)
    assert fact.wordings.count() == 2
    assert Fact.objects.get(pk=fact.pk).status == Fact.Status.UNCONFIRMED
    told = "A fact was reworded, so an editor confirms it again:<ul><li>Rice rose in April.</li></ul>"
    assert told in said(page)
    # Nobody has confirmed these words yet: there is nothing to do again.
    form = fields_of(client.get(page_of(story)))
    page = client.post(page_of(story), form | {"headline": "Another one"}, follow=True)
    assert "Saved" in page.text and "reworded" not in said(page)


def test_saving_without_a_change_changes_nothing(desk):
    story = desk.signed()
    before = Article.objects.get(pk=story.pk).revision
    client = at_the_desk(desk.reporter)
    response = client.post(page_of(story), fields_of(client.get(page_of(story))), follow=True)
    assert "Saved" in response.text
    assert Article.objects.get(pk=story.pk).revision == before


def test_a_fact_that_nobody_spoke_of_is_deleted(desk):
    story = desk.article()
    confirming.state(story, "A thing.", kind="event", by=desk.reporter)
    client = at_the_desk(desk.reporter)
    client.post(page_of(story), fields_of(client.get(page_of(story))) | {"facts-0-DELETE": "on"})
    assert not story.facts.exists()


def test_a_fact_on_record_is_not_deleted(desk):
    story = desk.article()
    desk.fact(story)
    client = at_the_desk(desk.reporter)
    page = client.get(page_of(story))
    assert 'name="facts-0-DELETE"' not in page.text
    response = client.post(page_of(story), fields_of(page) | {"facts-0-DELETE": "on"})
    assert "dropped, not deleted" in response.text
    assert story.facts.count() == 1


def test_a_translation_states_no_facts_of_its_own(desk):
    original = desk.article(language="ko")
    translation = desk.article(translation_of=original)
    assert 'id="facts-group"' not in at_the_desk(desk.reporter).get(page_of(translation)).text


def test_a_photo_editor_reads_the_words_and_changes_none(desk):
    from tests.factories import StaffFactory

    story = desk.article()
    client = at_the_desk(StaffFactory(username="photos", roles=["photo editor"]))
    page = client.get(page_of(story))
    assert "First paragraph." in page.text and 'name="headline"' not in page.text
    client.post(page_of(story), fields_of(page) | {"headline": "Mine"})
    assert Article.objects.get(pk=story.pk).headline == story.headline


def test_a_moderator_sees_no_draft(desk):
    from tests.factories import StaffFactory

    client = at_the_desk(StaffFactory(username="mod", roles=["moderator"]))
    assert client.get(page_of(desk.article())).status_code == 403
    assert client.get("/desk/").status_code == 200


def test_tab_titles_say_only_desk(desk):
    story = desk.article()
    assert "<title>Desk</title>" in at_the_desk(desk.reporter).get(page_of(story)).text
