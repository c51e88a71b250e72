"""What is not in print is on no page of the site: not named, not linked, not listed, not shown."""

import datetime as dt
import re
from urllib.parse import urljoin, urlsplit

import pytest

from tests.presses import Press, Reader, figure, minutes, picture

SECRET = "Unprintable"
STATES = {
    "scheduled": {"go_live_at": minutes(60)},
    "pulled": {"pulled_at": minutes(-5)},
    "withdrawn": {"withdrawn_at": minutes(-5)},
    "superseded": {"go_live_at": minutes(-60), "superseded_at": minutes(-5)},
}


def hidden_story(press: Press, state: str, **columns) -> dict:
    """A story with everything that could show: headline, tag, picture, words."""
    return press.story(
        f"{SECRET} headline",
        slug="unprintable-story",
        label=f"{SECRET} label",
        standfirst=f"{SECRET} standfirst",
        blocks=[f"<p>{SECRET} text.</p>"],
        bylines=[{"name": f"{SECRET} writer", "slug": "w"}],
        corrections=[{"kind": "correction", "text": f"{SECRET} correction", "date": "2026-05-07"}],
        tags=[{"slug": "unprintable-tag", "name": f"{SECRET} tag"}, {"slug": "rice", "name": "rice"}],
        figures=[figure(picture(f"{SECRET} picture."), caption=f"{SECRET} caption")],
        **{**STATES[state], **columns},
    )


def everything_linked(reader: Reader) -> dict[str, str]:
    """Each page, feed and sheet that links lead to, by its address."""
    waiting = ["/", "/en/", "/ko/", "/sitemap.xml", "/robots.txt", "/en/feed.atom", "/ko/feed.atom"]
    pages: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        answer = reader.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        if answer.headers["Content-Type"].startswith("image/"):
            pages[address] = ""
            continue
        pages[address] = answer.text
        links = re.findall(r'(?:href|src)="([^"#]+)"|content="(http[^"]+)"|<loc>([^<]+)</loc>', answer.text)
        for link in (urlsplit(urljoin(address, "".join(found))) for found in links):
            if link.path.startswith("/") and link.hostname in (None, "127.0.0.1", "localhost"):
                path = link.path + (f"?{link.query}" if link.query else "")
                if path not in pages and path not in waiting and not path.startswith("/static/"):
                    waiting.append(path)
    return pages


@pytest.mark.parametrize("state", STATES)
def test_no_address_that_links_lead_to_shows_it(press, reader, state):
    hidden = hidden_story(press, state)
    press.story(
        "In print",
        blocks=[f'<p>See <a data-story="{hidden["story"]}">the other one</a>.</p>'],
        tags=[{"slug": "rice", "name": "rice"}],
        figures=[figure()],
        links=[
            {"kind": "previously", "after": 1, "story": hidden["story"], "url": "", "title": ""},
            {"kind": "related", "after": None, "story": hidden["story"], "url": "", "title": ""},
        ],
    )
    press.story("번역", language="ko", slug="번역", translation_of=hidden["story"])
    pages = everything_linked(reader)
    assert "/en/story/in-print/" in pages and "/en/tag/rice/" in pages
    assert "/en/corrections/" in pages and "/en/corrections/feed.atom" in pages
    names = press.names(hidden)
    for address, text in pages.items():
        assert SECRET.lower() not in text.lower(), address
        assert str(hidden["story"]) not in text, address
        assert not any(name in text for name in names), address
    # The words that linked to it stay, as plain words.
    assert "<p>See the other one.</p>" in pages["/en/story/in-print/"]
    assert "Previously reported" not in pages["/en/story/in-print/"]


@pytest.mark.parametrize("state", STATES)
def test_whoever_knows_its_addresses_finds_nothing_either(press, reader, state):
    hidden = hidden_story(press, state)
    names = press.names(hidden)
    assert names
    for name in names:
        assert reader.get(f"/media/{name}").status == 404
    own, *others = "/en/story/unprintable-story/", "/en/tag/unprintable-tag/", "/ko/story/unprintable-story/"
    for address in (own, *others):
        answer = reader.get(address)
        assert answer.status == (410 if (state, address) == ("withdrawn", own) else 404)
        assert SECRET not in answer.text


def test_the_next_version_is_shown_and_nothing_of_the_one_before(press, reader):
    before = hidden_story(press, "superseded")
    press.story("Mended", slug="unprintable-story", story=before["story"], version=2, go_live_at=minutes(-5))
    page = reader.text("/en/story/unprintable-story/")
    assert "Mended" in page and SECRET not in page


@pytest.mark.parametrize(("state", "status"), [("pulled", 404), ("withdrawn", 410)])
def test_a_notice_says_the_day_and_nothing_else(press, reader, state, status):
    day = dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC)
    hidden_story(press, state, go_live_at=day - dt.timedelta(days=1), **{f"{state}_at": day})
    answer = reader.get("/en/story/unprintable-story/")
    assert answer.status == status
    assert "5 May 2026" in answer.text
    assert SECRET not in answer.text
    assert "noindex" in answer.text


def test_notices_of_one_kind_are_alike_to_the_letter(press, reader):
    for slug in ("one", "two"):
        press.story(slug, slug=slug, withdrawn_at=minutes(-5))
    assert reader.get("/en/story/one/").text == reader.get("/en/story/two/").text


def test_a_story_that_moved_is_found_under_its_new_address(press, reader):
    before = press.story("Moves", slug="old-address", superseded_at=minutes(-5))
    press.story("Moved", slug="new-address", story=before["story"], version=2, go_live_at=minutes(-5))
    answer = reader.get("/en/story/old-address/")
    assert answer.status == 301
    assert answer.headers["Location"] == "/en/story/new-address/"


@pytest.mark.parametrize(
    "address", ["/media/", "/media/printed/", "/media/..%2f..%2fsecrets.json", "/media/%00.jpeg", "/media/.hidden"]
)
def test_the_folder_of_pictures_can_not_be_walked(reader, address):
    assert reader.get(address).status == 404


@pytest.mark.parametrize("address", ["/admin/", "/desk/", "/admin/login/", "/en/admin/"])
def test_nothing_of_the_desk_answers_here(reader, address):
    assert reader.get(address).status == 404
