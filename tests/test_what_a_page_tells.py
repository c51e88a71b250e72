"""What a page of the desk shows without being asked: its name in the tab, the stamp of a proof, what agreeing does."""

import re

import pytest
from django.utils import timezone

from articles.models import Policy
from articles.proofing import ask_for_review
from tests.desks import at_the_desk, fields_of, page_of, said
from tests.factories import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def tab(client, address):
    return re.search("<title>(.*?)</title>", client.get(address).text)[1]


def proof_page(desk, story):
    return at_the_desk(desk.editor).get(f"/desk/stories/{story.pk}/proof/{story.proofs.last().pk}/").text


def test_every_tab_says_desk_and_no_more(desk):
    story, source = desk.article(), desk.source(alias="river pond")
    client = at_the_desk(desk.editor)
    here = f"/desk/sources/source/{source.pk}/change/"
    for address in (
        "/desk/",
        "/desk/articles/article/",
        "/desk/sources/source/",
        here,
        page_of(story),
        "/desk/nowhere/",
    ):
        assert tab(client, address) == "Desk"
    # A form that does not fit as well.
    assert "<title>Desk</title>" in at_the_desk(desk.reporter).post(here, {}).text


def test_the_stamp_of_a_proof_is_pressed_once_nothing_blocks(desk):
    story = desk.article()
    desk.fact(story, confirmed=False)
    ask_for_review(story, by=desk.reporter)
    assert '<div class="sheet unproven">' in proof_page(desk, story)
    assert '<div class="sheet">' in proof_page(desk, desk.signed())


def test_a_proof_counts_paragraphs_as_the_paper_does(desk):
    story = desk.article(body="<h2>One</h2><p>Aa.</p><h2>Two</h2><p>Bb.</p><p>“길이 났다”면서</p>")
    story.related_links.create(url="https://www.example.org/x", title="A survey", after_paragraph=1)
    ask_for_review(story, by=desk.reporter)
    page = proof_page(desk, story)
    places = [page.index(words) for words in ("One</h2>", "Aa.", "A survey", "Two</h2>", "Bb.", "났다”\u2060면서")]
    assert places == sorted(places)


def test_who_agrees_to_a_policy_reads_what_it_does(desk):
    policy = Policy.objects.create(
        name_en="The Paper",
        name_ko="신문",
        promise_en="Only what is confirmed.",
        promise_ko="확인된 것만 싣습니다.",
        required_checks=["markup"],
        min_sources=3,
        proposed_by=desk.chief,
    )
    address = f"/desk/articles/policy/{policy.pk}/change/"
    page = at_the_desk(desk.editor).get(address).text
    assert "From then on every event needs at least 3 independent sources; stories in review may need more." in page
    assert 'class="save-row"' not in page
    assert "From then on" not in at_the_desk(desk.chief).get(address).text
    # What it changes comes before the rest; no raw code, no date of a machine, no tick without a word.
    assert page.index("What it changes") < page.index("From then on") < page.index("Least number of sources</span>")
    assert "markup" not in page and f"· {timezone.localdate().isoformat()}" not in page and "icon-yes" not in page


def test_a_policy_is_proposed_and_said_to_be(desk):
    browser, address = at_the_desk(desk.chief), "/desk/articles/policy/add/"
    page = browser.get(address)
    assert "Propose this policy" in page.text and ">Save<" not in page.text
    answer = browser.post(address, fields_of(page), follow=True)
    assert "Proposed. It is in force once a second editor agrees." in said(answer)
