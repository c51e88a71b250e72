"""A reader opens the paper: what she finds on each kind of page, in both languages."""

import gzip
import json
import re
import uuid
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.presses import figure, minutes, picture

KNOWN = {
    "min_sources": 2,
    "events": True,
    "statements": True,
    "records": False,
    "documents": False,
    "single_source": [],
    "confirmed": "2026-05",
}
ATOM = "{http://www.w3.org/2005/Atom}"


class Headings(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_a_story_stands_on_its_page_with_all_that_belongs_to_it(press, reader):
    earlier = press.story("Trees along the river", first_printed_at=minutes(-9000), go_live_at=minutes(-9000))
    pair = figure(
        picture("Stalls.", place="Hyesan", dates="taken on 5 May 2026"),
        picture("No stalls.", place="Hyesan", dates="taken in June 2026"),
        caption="Before and after.",
        credit="Sora Ahn",
    )
    press.story(
        "A market that opens late",
        label="Exclusive",
        standfirst="Nobody says why.",
        dateline="Hyesan",
        blocks=["<p>First.</p>", f'<p>Since <a data-story="{earlier["story"]}">the trees</a>.</p>', "<p>Third.</p>"],
        bylines=[{"name": "Ahn Sora", "slug": "a"}, {"name": "Paul Merrick", "slug": "p"}],
        tags=[{"slug": "rice", "name": "rice"}],
        figures=[pair, figure(picture("Houses."), after=2, caption="Low houses.")],
        links=[
            {"kind": "previously", "after": 1, "story": earlier["story"], "url": "", "title": ""},
            {"kind": "related", "after": None, "story": None, "url": "https://www.example.org/x", "title": "A survey"},
        ],
        corrections=[{"kind": "correction", "text": "The hours were wrong.", "date": "2026-05-07"}],
        how_known=KNOWN,
        version=2,
        first_printed_at=minutes(-600),
        go_live_at=minutes(-60),
    )
    page = reader.text("/en/story/a-market-that-opens-late/")
    for words in (
        "Exclusive",
        "<h1>A market that opens late</h1>",
        "Nobody says why.",
        "By Ahn Sora and Paul Merrick",
        "Hyesan — ",
        "Updated",
        "KST",
        "Before and after.",
        "Hyesan, taken on 5 May 2026",
        "Hyesan, taken in June 2026",
        'data-beside="Left"',
        "Photo: Sora Ahn",
        '<a href="/en/story/trees-along-the-river/">the trees</a>',
        "<b>Previously reported</b>",
        "A survey",
        "example.org",
        "7 May 2026",
        "The hours were wrong.",
        "at least two sources who do not depend on one another.",
        "printed as theirs",
        "Last confirmed in May 2026.",
        '<a href="/en/tag/rice/" rel="tag">rice</a>',
    ):
        assert words in page, words
    # In the order of reading: head, correction, lead figure, text, figure after its block, panel.
    order = [
        "<h1>A market",
        "The hours were wrong",
        "Before and after",
        "First.",
        "Previously",
        "the trees",
        "Low houses",
    ]
    # The head of the document says some of it too, to machines.
    text = page[page.index("<main") :]
    places = [text.index(words) for words in [*order, "Third.", "How we know this", "A survey"]]
    assert places == sorted(places)
    assert page.count("<picture>") == 3
    assert 'type="image/avif"' in page and 'type="image/webp"' in page
    assert Headings(page).levels[0] == 1


def test_every_picture_of_a_page_is_served_and_may_be_kept_for_a_minute_at_most(press, reader):
    press.story("Pictured", figures=[figure()])
    page = reader.text("/en/story/pictured/")
    for address in set(re.findall(r"/media/[0-9a-f]+\.\w+", page)):
        answer = reader.get(address)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == f"image/{address.rpartition('.')[2]}"
        assert "Last-Modified" not in answer.headers
        assert int(re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])[1]) <= 60
        assert reader.get(address, **{"If-None-Match": answer.headers["ETag"]}).status == 304


def test_a_story_on_one_source_says_so_and_carries_no_stamp_of_confirmation(press, reader):
    press.story("Alone", how_known={**KNOWN, "single_source": ["A second person there would be in danger."]})
    page = reader.text("/en/story/alone/")
    assert "One source" in page
    assert "A second person there would be in danger." in page
    assert "확인" not in page
    assert "at least two" not in page


@pytest.mark.parametrize(
    ("language", "one", "two"), [("en", "at least one source", "who do not"), ("ko", "한 명 이상", "무관한")]
)
def test_a_rule_of_one_source_claims_no_second_one(press, reader, language, one, two):
    press.story("Alone", language=language, how_known={**KNOWN, "min_sources": 1})
    page = reader.text(f"/{language}/story/alone/")
    assert one in page
    assert two not in page


@pytest.mark.parametrize(
    ("kind", "words"), [("opinion", "own."), ("analysis", "An analysis"), ("flash", "A first"), ("prices", "A price")]
)
def test_a_story_that_is_not_plain_news_says_what_it_is(press, reader, kind, words):
    press.story("Not news", kind=kind)
    assert words in reader.text("/en/story/not-news/")


def test_a_story_from_the_archive_claims_no_confirmation(press, reader):
    press.story("Long ago", origin="archive", how_known=KNOWN)
    page = reader.text("/en/story/long-ago/")
    assert "From our archive" in page
    assert "How we know this" not in page


def test_a_translation_is_one_link_away_in_both_directions(press, reader):
    original = press.story("A market")
    press.story("장마당", language="ko", slug="혜산-장마당", translation_of=original["story"])
    korean = quote("/ko/story/혜산-장마당/")
    english = reader.text("/en/story/a-market/")
    assert f'<a href="{korean}" lang="ko" hreflang="ko">이 기사 한국어로</a>' in english
    assert f'hreflang="ko" href="http://127.0.0.1:8000{korean}"' in english or f'{korean}">' in english
    page = reader.text("/ko/story/혜산-장마당/")
    assert '<html lang="ko">' in page
    assert '<a href="/en/story/a-market/" lang="en" hreflang="en">This story in English</a>' in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["translationOfWork"][0]["@id"].endswith("/en/story/a-market/")


def test_json_ld_can_not_be_broken_out_of(press, reader):
    press.story("</script><script>alert(1)</script>", slug="sly", standfirst="<!-- & \u2028")
    page = reader.text("/en/story/sly/")
    assert "<script>alert" not in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><script>alert(1)</script>"


def test_the_front_of_each_edition_and_the_default_one_without_a_redirect(press, reader):
    press.story("First story")
    press.story("첫 기사", language="ko", slug="첫-기사")
    front, english, korean = (reader.text(address) for address in ("/", "/en/", "/ko/"))
    assert "First story" in front and "First story" in english and "첫 기사" in korean
    assert "First story" not in korean
    titles = {re.search("<title>(.*?)</title>", page)[1] for page in (front, english, korean)}
    assert len(titles) == 3
    assert re.search(r'rel="canonical" href="[^"]*/en/"', front)
    assert "Printed when confirmed." in front


def test_an_empty_front_says_that_nothing_is_in_print(reader):
    assert "Nothing is in print yet." in reader.text("/en/")


def test_lists_go_on_in_pages_with_titles_of_their_own(press, reader):
    for number in range(23):
        tags = [{"slug": "rice", "name": "rice"}]
        press.story(f"Story {number}", tags=tags, go_live_at=minutes(-number - 1))
    for address in ("/en/section/life/", "/en/tag/rice/", "/en/"):
        first, second = reader.text(address), reader.text(f"{address}?page=2")
        assert ">Story 0<" in first and ">Story 22<" not in first
        assert ">Story 22<" in second and ">Story 0<" not in second
        assert re.search("<title>(.*?)</title>", first)[1] != re.search("<title>(.*?)</title>", second)[1]
        for wrong in ("?page=3", "?page=0", "?page=x", "?page=-1", "?page=99999999999999999999"):
            assert reader.get(address + wrong).status == 404


def test_stories_of_one_minute_keep_their_order_on_every_list(press, reader):
    for headline in ("One", "Two", "Three"):
        press.story(headline, tags=[{"slug": "rice", "name": "rice"}])
    beside = press.story("Beside", go_live_at=minutes(-500))
    for address in ("/en/", "/en/section/life/", "/en/tag/rice/", "/en/feed.atom", f"/en/story/{beside['slug']}/"):
        text = reader.text(address)
        places = [text.rindex(f">{headline}<") for headline in ("Three", "Two", "One")]
        assert places == sorted(places), address


@pytest.mark.parametrize(
    ("within", "index"),
    [("", "publication_latest"), ("AND section_slug = 'life'", "publication_in_section")],
)
def test_lists_of_stories_are_read_off_an_index(press, live_houses, within, index):
    for number in range(300):
        press.story(f"Story {number}", go_live_at=minutes(-number // 3 - 1))
    press.connection.execute("ANALYZE reader_publication")
    with live_houses.sql("site") as connection:
        plan = connection.execute(
            f"EXPLAIN SELECT * FROM reader_publication WHERE language = 'en' {within}"
            " ORDER BY first_printed_at DESC, turn DESC LIMIT 21"
        ).fetchall()
    said = " ".join(line for (line,) in plan)
    assert index in said and "Sort" not in said and "Seq Scan" not in said, said


def test_an_empty_section_is_a_page_and_an_unknown_one_is_not(reader):
    assert "No story of this section" in reader.text("/en/section/money/")
    assert reader.get("/en/section/sport/").status == 404
    assert reader.get("/en/tag/nobody/").status == 404


def test_feeds_name_stories_by_an_id_that_outlives_their_address(press, reader):
    story = press.story("Fed & <b>", slug="fed", standfirst="Tom & <i>Jerry</i>", go_live_at=minutes(-5))
    press.story("Elsewhere", section_slug="money", section_name="Money")
    feed = ElementTree.fromstring(reader.get("/en/feed.atom").body)  # noqa: S314
    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == ["Fed & <b>", "Elsewhere"]
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{story['story']}"
    assert entry.find(f"{ATOM}summary").text == "Tom &amp; &lt;i&gt;Jerry&lt;/i&gt;"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Ahn Sora"
    section = ElementTree.fromstring(reader.get("/en/section/money/feed.atom").body)  # noqa: S314
    assert [entry.find(f"{ATOM}title").text for entry in section.iter(f"{ATOM}entry")] == ["Elsewhere"]


def test_the_sitemap_names_stories_with_their_translations(press, reader):
    original = press.story("A market")
    press.story("장마당", language="ko", slug="장마당", translation_of=original["story"])
    sitemap = reader.get("/sitemap.xml").text
    ElementTree.fromstring(sitemap)  # noqa: S314
    assert sitemap.count("/en/story/a-market/") == 3
    assert sitemap.count(quote("/ko/story/장마당/")) == 3
    assert "Sitemap: " in reader.get("/robots.txt").text


def test_text_that_skips_a_heading_is_printed_without_the_step(press, reader):
    press.story("Steps", blocks=["<p>One.</p>", "<h3>Small</h3>", "<p>Two.</p>", "<h2>Large</h2>", "<h3>Under</h3>"])
    levels = Headings(reader.text("/en/story/steps/")).levels
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_answer_keeps_the_reader_safe(press, reader):
    story = press.story("Safe", figures=[figure()])
    pages = [
        "/",
        "/en/",
        "/ko/",
        "/en/story/safe/",
        "/en/section/life/",
        "/en/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
    ]
    for address in [*pages, "/nowhere", f"/media/{press.names(story)[0]}"]:
        headers = reader.get(address).headers
        assert "Set-Cookie" not in headers, address
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert int(re.search(r"max-age=(\d+)", headers["Cache-Control"])[1]) <= 60, address
        assert "Cookie" not in headers.get("Vary", "")


def test_a_long_story_with_its_style_sheet_weighs_less_than_fourteen_kilobytes(press, reader):
    # Words that hardly repeat, so that they pack no better than a real text.
    words = [uuid.uuid4().hex[:6] for _ in range(700)]
    blocks = [f"<p>{' '.join(words[start : start + 70])}</p>" for start in range(0, 700, 70)]
    press.story("Long", blocks=blocks, figures=[figure(), figure(after=4)], how_known=KNOWN)
    page = reader.get("/en/story/long/", **{"Accept-Encoding": "gzip"})
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', gzip.decompress(page.body).decode())
    assert len(sheets) == 1
    sheet = reader.get(sheets[0], **{"Accept-Encoding": "gzip"})
    assert "immutable" in sheet.headers["Cache-Control"]
    assert len(page.body) + len(sheet.body) < 14_336


def test_an_address_in_no_language_is_told_in_the_default_edition(reader):
    answer = reader.get("/nowhere/at-all")
    assert answer.status == 404
    assert "The Ledger" in answer.text and '<html lang="en">' in answer.text
    korean = reader.get("/ko/nowhere/")
    assert korean.status == 404 and '<html lang="ko">' in korean.text and "장부" in korean.text


def places(page: str, *words: str) -> list[int]:
    text = page[page.index("<main") :]
    return [text.index(word) for word in words]


def test_paragraphs_alone_are_counted_and_a_heading_stays_with_its_text(press, reader):
    press.story(
        "Counted",
        dateline="Hyesan",
        blocks=[
            "<h2>One</h2>",
            "<p>Aa.</p>",
            "<ul><li>Bb.</li></ul>",
            "<hr>",
            "<h3>Two</h3>",
            "<p>Cc.</p>",
            "<h2>End</h2>",
        ],
        figures=[figure(picture("Houses."), after=1, caption="Low houses."), figure(after=3, caption="High houses.")],
        links=[
            {"kind": "related", "after": 2, "story": None, "url": "https://www.example.org/x", "title": "A survey"},
            {"kind": "related", "after": 9, "story": None, "url": "https://www.example.org/y", "title": "A count"},
        ],
    )
    page = reader.text("/en/story/counted/")
    order = ["One</h2>", "Aa.", "Low houses.", "Bb.", "A survey", "<hr>", "Two</h3>", "Cc.", "High houses.", "End</h2>"]
    found = places(page, *order, "A count")
    assert found == sorted(found)
    assert "&lt;h" not in page


@pytest.mark.parametrize(
    ("caption", "printed"),
    [
        ("Low houses", "Low houses. <span"),
        ("Low houses. ", "Low houses. <span"),
        ("Why?", "Why? <span"),
        ("“Low houses.”", "“Low houses.” <span"),
        ("", "<figcaption> <span"),
    ],
)
def test_a_caption_ends_before_the_day_begins(press, reader, caption, printed):
    shown = figure(picture("Houses.", place="Hyesan", dates="5 May 2026."), caption=caption, credit="Sora Ahn")
    press.story("Captioned", figures=[shown])
    page = reader.text("/en/story/captioned/")
    assert printed in page
    assert ">Hyesan, 5 May 2026.</span>" in page
    assert "Photo: Sora Ahn.</span>" in page


def test_a_closing_quote_keeps_its_particle(press, reader):
    press.story(
        "인용",
        language="ko",
        slug="인용",
        blocks=[
            "<p>“길이 났다”면서 <strong>‘좋다’</strong>고 했다. “끝.” 그는</p>",
            '<p><a href="https://example.org/”가">글</a></p>',
        ],
    )
    page = reader.text(quote("/ko/story/인용/"))
    assert "“길이 났다”\u2060면서 <strong>‘좋다’\u2060</strong>고 했다. “끝.” 그는" in page
    assert page.count("\u2060") == 2


def test_a_printed_page_names_its_address_in_letters(press, reader):
    press.story("장마당", language="ko", slug="혜산-장마당")
    assert re.search(
        r'<p class="address">https?://[^/<]+/ko/story/혜산-장마당/</p>', reader.text(quote("/ko/story/혜산-장마당/"))
    )
