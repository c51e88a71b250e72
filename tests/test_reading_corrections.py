"""The corrections page of an edition and its feed: everything that was put right in what is in print, each once."""

import re
import time
import uuid
from datetime import datetime
from xml.etree import ElementTree

import pytest

from reader.corrections import _in_print
from tests.presses import minutes

ATOM = "{http://www.w3.org/2005/Atom}"
STATES = {
    "scheduled": {"go_live_at": minutes(60)},
    "pulled": {"pulled_at": minutes(-5)},
    "withdrawn": {"withdrawn_at": minutes(-5)},
    "superseded": {"go_live_at": minutes(-60), "superseded_at": minutes(-5)},
}


def note(text: str, date: str = "2026-05-07", kind: str = "correction") -> dict[str, str]:
    return {"kind": kind, "text": text, "date": date}


def texts(page: str) -> list[str]:
    """The notes of a page, in its order."""
    return re.findall(r"</h2>\n<p>(.*?)</p>", page)


def entries(reader, address: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(reader.get(address).body).iter(f"{ATOM}entry"))  # noqa: S314


def test_each_stands_under_its_story_with_kind_and_date(press, reader):
    press.story("A market", corrections=[note("It opens at six, not at seven.")])
    page = reader.text("/en/corrections/")
    assert "<strong>Correction</strong>" in page and "7 May 2026" in page
    assert '<h2><a href="/en/story/a-market/">A market</a></h2>' in page
    assert texts(page) == ["It opens at six, not at seven."]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("correction", "Correction"), ("clarification", "Clarification"), ("update", "Update"), ("reply", "Reply")],
)
def test_each_kind_says_what_it_is(press, reader, kind, words):
    press.story("A market", corrections=[note("So it is.", kind=kind)])
    assert f"<strong>{words}</strong>" in reader.text("/en/corrections/")
    assert entries(reader, "/en/corrections/feed.atom")[0].find(f"{ATOM}title").text == f"{words}: A market"


def test_the_newest_come_first_across_stories(press, reader):
    press.story("One", corrections=[note("First.", "2026-05-01"), note("Fourth.", "2026-05-09")])
    press.story("Two", corrections=[note("Second.", "2026-05-02"), note("Third.", "2026-05-02")])
    in_order = ["Fourth.", "Third.", "Second.", "First."]
    assert texts(reader.text("/en/corrections/")) == in_order
    found = entries(reader, "/en/corrections/feed.atom")
    assert [entry.find(f"{ATOM}summary").text for entry in found] == in_order


def test_one_that_later_versions_repeat_stands_once(press, reader):
    story, first, second = uuid.uuid4(), note("First.", "2026-05-01"), note("Second.", "2026-05-02")
    press.story(
        "A market", story=story, corrections=[first], go_live_at=minutes(-60), superseded_at=minutes(-30), slug="old"
    )
    press.story("A market", story=story, version=2, corrections=[first, second], go_live_at=minutes(-30), slug="market")
    assert texts(reader.text("/en/corrections/")) == ["Second.", "First."]
    assert len(entries(reader, "/en/corrections/feed.atom")) == 2


def test_an_empty_feed_is_as_old_as_the_last_story(press, reader):
    story = press.story("A market", go_live_at=minutes(-60))
    assert not entries(reader, "/en/corrections/feed.atom")
    feed = reader.get("/en/corrections/feed.atom").text
    (updated,) = re.findall(r"<updated>(.*?)</updated>", feed)
    assert datetime.fromisoformat(updated) == story["first_printed_at"]


def test_an_entry_keeps_its_id_through_versions_and_addresses(press, reader):
    story, corrected = uuid.uuid4(), note("Tom & <i>Jerry</i>.")
    before = press.story("A market", story=story, corrections=[corrected])
    (entry,) = entries(reader, "/en/corrections/feed.atom")
    was = entry.find(f"{ATOM}id").text
    assert entry.find(f"{ATOM}summary").text == "Tom &amp; &lt;i&gt;Jerry&lt;/i&gt;."
    assert entry.find(f"{ATOM}updated").text.startswith("2026-05-07T00:00:00")
    press.connection.execute(
        "UPDATE reader_publication SET superseded_at = now() - interval '10 minutes' WHERE id = %s", [before["id"]]
    )
    press.story("Moved", story=story, version=2, corrections=[corrected], go_live_at=minutes(-1))
    (entry,) = entries(reader, "/en/corrections/feed.atom")
    assert entry.find(f"{ATOM}id").text == was
    assert entry.find(f"{ATOM}link").get("href").endswith("/en/story/moved/")


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_what_is_not_in_print(press, reader, live_houses, state):
    press.story("Unprintable", corrections=[note("Unprintable words.")], **STATES[state])
    for address in ("/en/corrections/", "/en/corrections/feed.atom"):
        assert "Unprintable" not in reader.text(address)
    assert "No story in print carries a correction" in reader.text("/en/corrections/")
    # Not by the filter alone: the site's role can't read them.
    with live_houses.sql("site") as connection:
        assert connection.execute("SELECT count(*) FROM reader_publication WHERE corrections <> '[]'").fetchone() == (
            0,
        )


def test_an_edition_has_its_own_and_names_the_others(press, reader):
    press.story("A market", corrections=[note("In English.")])
    press.story("장마당", language="ko", slug="장마당", corrections=[note("여섯 시로 바로잡습니다.")])
    korean = reader.text("/ko/corrections/")
    assert texts(korean) == ["여섯 시로 바로잡습니다."] and "2026년 5월 7일" in korean
    english = reader.text("/en/corrections/")
    assert texts(english) == ["In English."]
    for page in (english, korean):
        for language in ("en", "ko"):
            assert re.search(f'hreflang="{language}" href="http[^"]*/{language}/corrections/"', page)
    assert 'type="application/atom+xml" title="Corrections" href="/en/corrections/feed.atom"' in english


def test_every_page_leads_there_and_the_sitemap_names_it(press, reader):
    press.story("A market", corrections=[note("Mended.")])
    for address in ("/", "/en/", "/en/section/life/", "/en/story/a-market/", "/en/corrections/"):
        foot = reader.text(address).split("<footer")[1]
        assert 'href="/en/corrections/"' in foot, address
    assert 'href="/ko/corrections/"' in reader.text("/ko/")
    # From the box at the head of the story as well.
    box = reader.text("/en/story/a-market/").split('<section class="corrections"')[1].split("</section>")[0]
    assert "Mended." in box and 'href="/en/corrections/"' in box
    sitemap = reader.text("/sitemap.xml")
    assert sitemap.count("/en/corrections/</loc>") == 1 and sitemap.count('hreflang="ko"') == 2


def test_it_goes_on_in_pages(press, reader):
    press.story("Much mended", corrections=[note(f"Number {n}.", f"2026-05-{n:02}") for n in range(1, 24)])
    first, second = reader.text("/en/corrections/"), reader.text("/en/corrections/?page=2")
    assert texts(first) == [f"Number {n}." for n in range(23, 3, -1)]
    assert texts(second) == ["Number 3.", "Number 2.", "Number 1."]
    assert "Older corrections" in first and "Newer corrections" in second
    assert re.search("<title>(.*?)</title>", first)[1] != re.search("<title>(.*?)</title>", second)[1]
    for wrong in ("?page=3", "?page=0", "?page=x"):
        assert reader.get(f"/en/corrections/{wrong}").status == 404
    assert len(entries(reader, "/en/corrections/feed.atom")) == 23


def test_there_is_none_of_an_edition_that_is_not(press, reader):
    press.connection.execute("DELETE FROM reader_edition WHERE language = 'ko'")
    assert reader.get("/ko/corrections/").status == 404
    assert reader.get("/ko/corrections/feed.atom").status == 404
    assert "hreflang" not in reader.text("/en/corrections/").split("</head>")[0]


def test_words_of_a_correction_are_never_markup(press, reader):
    press.story("A market", corrections=[note("<script>alert(1)</script> & more")])
    assert texts(reader.text("/en/corrections/")) == ["&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"]


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_a_phone_and_a_desk(press, reader, live_houses, browser, width):
    press.story(
        "A market", corrections=[note("It opens at six, not at seven. " + "https://example.org/" + "long" * 40)]
    )
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_houses.site}/en/corrections/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="A market").click()
    page.get_by_role("link", name="All corrections").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Corrections"
    assert complaints == []
    page.context.close()


MANY = """
INSERT INTO reader_publication (
    id, story, version, digest, origin, language, kind, slug, label, headline, standfirst, blocks, bylines, dateline,
    section_slug, section_name, tags, figures, links, corrections, how_known, go_live_at, first_printed_at)
SELECT gen_random_uuid(), gen_random_uuid(), 1, '', 'desk', 'en', 'news', 'story-' || n, '', 'Story ' || n, '',
       ARRAY(SELECT '<p>' || md5(n || ' ' || p) || repeat(' words of a story', 20) || '</p>' FROM generate_series(1, 12) p),
       '[]', '', 'life', 'Life', '[]', '[]', '[]',
       CASE WHEN n % 50 = 0 THEN jsonb_build_array(jsonb_build_object(
           'kind', 'correction', 'text', 'Mended ' || n, 'date', to_char(date '2020-01-01' + n / 10, 'YYYY-MM-DD')))
       ELSE '[]' END, '{}', date_trunc('minute', now()) - n * interval '1 hour',
       date_trunc('minute', now()) - n * interval '1 hour'
  FROM generate_series(1, 20000) n
"""


def test_among_twenty_thousand_stories_they_are_read_off_an_index(press, reader, live_houses):
    press.connection.execute(MANY)
    press.connection.execute("ANALYZE reader_publication")
    assert texts(reader.text("/en/corrections/"))[0] == "Mended 20000"
    assert texts(reader.text("/en/corrections/?page=20"))[-1] == "Mended 50"
    began = time.perf_counter()
    reader.text("/en/corrections/?page=10")
    took = time.perf_counter() - began
    with live_houses.sql("site") as connection:
        asked, values = _in_print("en")[:21].query.sql_with_params()
        plan = " ".join(line for (line,) in connection.execute(f"EXPLAIN (ANALYZE) {asked}", values).fetchall())
    assert "publication_corrected" in plan and "Seq Scan" not in plan, plan
    assert took < 0.5
