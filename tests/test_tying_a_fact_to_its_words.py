"""In a browser: words of a story are tied to the fact that they state, and stay tied whatever is done to the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from articles import confirming
from articles.bodies import settle_marks, stated
from articles.models import Article
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from staff.models import User
    from tests.conftest import LiveHouses

FIRST = "Three bakeries in Wonsan sell bread by weight."
SECOND = "The one beside the station has been shut since June."
THIRD = "Its oven went to the harbour."


# What is saved: keys of new rows become facts, and a mark of another story's fact is taken off.


@pytest.mark.parametrize(
    ("body", "settled"),
    [
        ("<p>No mark.</p>", "<p>No mark.</p>"),
        ('<p><span data-fact="new-a">Bread.</span></p>', '<p><span data-fact="7">Bread.</span></p>'),
        ('<p><span data-fact="12">Bread.</span></p>', '<p><span data-fact="12">Bread.</span></p>'),
        ('<p><span data-fact="13">Bread.</span></p>', "<p>Bread.</p>"),
        ('<p><span data-fact="new-b">Bread.</span></p>', "<p>Bread.</p>"),
        (
            '<p><span data-fact="12">A <em>b</em> <span data-fact="new-a">c</span> d</span> e</p>',
            '<p><span data-fact="12">A <em>b</em> <span data-fact="7">c</span> d</span> e</p>',
        ),
        (
            '<p><span data-fact="13">A <span data-fact="12">b</span> c</span></p>',
            '<p>A <span data-fact="12">b</span> c</p>',
        ),
        (
            '<p><span data-fact="12">A <span data-fact="12">b</span></span></p>',
            '<p><span data-fact="12">A b</span></p>',
        ),
        ('<p>A<span data-fact="12"><span data-fact="new-a"></span></span></p>', "<p>A</p>"),
        ("<p><span>A</span> <span data-fact='x'>b</span> <span data-fact=\"012\">c</span></p>", "<p>A b c</p>"),
        ('<p><span data-fact="new-A">A</span><span data-fact="１２">b</span></p>', "<p>Ab</p>"),
        ('<p></span>A</span> <span data-fact="12">b', '<p>A <span data-fact="12">b</span></p>'),
        ('<p><span data-fact="12" class="x" onclick="y()">A</span></p>', '<p><span data-fact="12">A</span></p>'),
        (
            '<p><a href="https://a.kp/?b=<span data-fact=\'12\'>">A</a><span data-fact="13">b</span></p>',
            "<p><a href=\"https://a.kp/?b=&lt;span data-fact='12'&gt;\">A</a>b</p>",
        ),
        (
            '<p>&lt;span data-fact="13"&gt;<span data-fact="13">b</span>&lt;/span&gt;</p>',
            '<p>&lt;span data-fact="13"&gt;b&lt;/span&gt;</p>',
        ),
        (f"<p>{'<span data-fact="12">' * 400}A{'</span>' * 400}</p>", '<p><span data-fact="12">A</span></p>'),
    ],
)
def test_marks_are_settled(body: str, settled: str) -> None:
    assert settle_marks(body, {"new-a": 7}, {12}) == settled
    assert settle_marks(settled, {}, {7, 12}) == settled


def test_a_key_that_is_one_of_the_storys_facts_takes_nothing_from_it() -> None:
    assert (
        settle_marks('<p><span data-fact="12">A</span></p>', {"12": 99}, {12}) == '<p><span data-fact="12">A</span></p>'
    )


def test_passages_are_told_with_white_space_squeezed() -> None:
    body = (
        '<p>A <span data-fact="1">b <strong>c</strong><br>d&nbsp;\n e</span></p><ul><li><p><span data-fact="1">f'
        '<span data-fact="2">g</span></span><span data-fact="2"> h &amp; i</span></p></li></ul>'
    )
    assert stated(body) == {"1": ["b c d e", "fg"], "2": ["g h & i"]}


# Through the story's form.


def opened(user: User, story: Article) -> tuple:
    client = at_the_desk(user)
    return client, fields_of(client.get(page_of(story)))


@pytest.mark.django_db
def test_a_tie_makes_nobody_a_writer_and_is_written_once() -> None:
    desk = Desk()
    story = desk.article(body=f"<p>{FIRST}</p>")
    client, form = opened(desk.editor, story)
    body = f'<p><span data-fact="new-a1">{FIRST}</span></p>'
    client.post(page_of(story), form | {"body": body, "facts-0-key": "new-a1", "facts-0-statement": FIRST})
    fact = story.facts.get()
    tied = f'<p><span data-fact="{fact.pk}">{FIRST}</span></p>'
    story.refresh_from_db()
    assert story.body == tied
    assert story.revision == int(form["revision"]) + 2  # one for the fact, one for the body
    assert not story.writers.exists()
    client, form = opened(desk.editor, story)
    client.post(page_of(story), form)
    assert Article.objects.get(pk=story.pk).revision == story.revision
    client.post(page_of(story), form | {"body": tied.replace("Three", "Four")})
    assert [writer.user for writer in story.writers.all()] == [desk.editor]


@pytest.mark.django_db
def test_a_key_that_is_none_ties_nothing() -> None:
    desk = Desk()
    story = desk.article(body=f"<p>{FIRST}</p>")
    for key in ('"><script>', "new-", "0", "-1", "1" * 40):
        client, form = opened(desk.reporter, story)
        number = story.facts.count()
        body = f'<p><span data-fact="{escape(key)}">{FIRST}</span></p>'
        row = {f"facts-{number}-key": key, f"facts-{number}-statement": f"{FIRST} {number}"}
        client.post(page_of(story), form | {"body": body} | row)
        assert story.facts.count() == number + 1
        assert "span" not in Article.objects.get(pk=story.pk).body


@pytest.mark.django_db
def test_marks_survive_a_form_that_does_not_fit() -> None:
    desk = Desk()
    story = desk.article(body=f"<p>{FIRST}</p>")
    client, form = opened(desk.reporter, story)
    body = f'<p><span data-fact="new-a1">{FIRST}</span></p>'
    row = {"body": body, "facts-0-key": "new-a1", "facts-0-statement": FIRST}
    response = client.post(page_of(story), form | row | {"headline": ""})
    assert 'value="new-a1"' in response.text and f"<q>{FIRST}</q>" in response.text
    client.post(page_of(story), fields_of(response) | {"headline": "Bread"})
    assert Article.objects.get(pk=story.pk).body == body.replace("new-a1", str(story.facts.get().pk))


@pytest.mark.django_db
def test_a_row_that_somebody_deleted_meanwhile_keeps_its_words() -> None:
    desk = Desk()
    story = desk.article()
    gone = confirming.state(story, FIRST, kind="event", by=desk.reporter)
    story.body = body = f'<p><span data-fact="{gone.pk}">{FIRST}</span></p>'
    story.save()
    client, form = opened(desk.reporter, story)
    confirming.remove(story.facts.get(), by=desk.reporter)
    response = client.post(page_of(story), form | {"facts-0-statement": SECOND})
    client.post(page_of(story), fields_of(response))
    assert Article.objects.get(pk=story.pk).body == body.replace(str(gone.pk), str(story.facts.get().pk))


@pytest.mark.django_db
def test_a_translation_is_offered_the_facts_of_its_original() -> None:
    desk = Desk()
    story = desk.article()
    kept, dropped = (confirming.state(story, words, kind="event", by=desk.reporter) for words in (FIRST, SECOND))
    confirming.drop(dropped, by=desk.editor, reason="Not so.")
    other = confirming.state(desk.article(), THIRD, kind="event", by=desk.reporter)
    translation = desk.article(language="ko", translation_of=story)
    client, form = opened(desk.reporter, translation)
    page = client.get(page_of(translation))
    offered = [(fact["key"], fact["number"], fact["state"]) for fact in page.context["facts_to_tie"]]
    assert offered == [(str(kept.pk), 1, "unconfirmed"), (str(dropped.pk), None, "dropped")]
    assert 'id="facts-group"' not in page.text
    body = "<p>{}{}{}</p>"
    marks = [f'<span data-fact="{fact.pk}">빵.</span>' for fact in (kept, dropped, other)]
    client.post(page_of(translation), form | {"body": body.format(*marks)})
    # The mark of a dropped fact stays, to be seen; another story's goes.
    assert Article.objects.get(pk=translation.pk).body == body.format(*marks[:2], "빵.")


# In the editor.


PASSWORD = "a long pass phrase for the desk"
STAFF = f"""
from django.contrib.auth.models import Group
from staff.models import User
for name, role in (("reporter", "reporter"), ("editor", "editor")):
    user = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True, interface_language="en")
    user.groups.set(Group.objects.filter(name=role))
"""
CONFIRM = """
from articles import confirming
from articles.models import Fact
from staff.models import User
for fact in Fact.objects.filter(article={story}, wordings__text={statement!r}):
    confirming.confirm(fact, by=User.objects.get(username="editor"))
"""


@pytest.fixture(scope="module")
def staff(live_houses: LiveHouses) -> LiveHouses:
    """The houses, with a reporter and an editor."""
    live_houses.manage("shell", "-v0", "-c", STAFF)
    return live_houses


class Writer:
    """A reporter with the story's page open."""

    def __init__(self, page: Page, desk: str) -> None:
        self.page, self.desk = page, desk
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"
        )

    def start(self, *paragraphs: str, headline: str = "Bread by weight") -> None:
        """A new story with these paragraphs typed."""
        self.page.goto(f"{self.desk}/desk/articles/article/add/")
        self.page.fill("#id_headline", headline)
        self.page.select_option("#id_language", "en")
        self.page.fill("#id_slug", f"bread-{abs(hash((headline, paragraphs, id(self))))}")
        self.text.click()
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(paragraph)

    @property
    def text(self):
        return self.page.locator(".prose-text")

    def select(self, words: str, *, part: str = "all") -> None:
        """Selects the words in the text, or puts the cursor at their "start" or "end".

        The editor hears of a selection when the browser finds time, and puts its own back where it was focused just now:
        so until both agree, twice in a row.
        """
        self.page.evaluate("window.agreed = 0")
        self.page.wait_for_function(
            """([words, part]) => {
                const text = document.querySelector(".prose-text")
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
                const nodes = []
                while (walker.nextNode()) nodes.push(walker.currentNode)
                const all = nodes.map((node) => node.data).join("")
                const at = all.indexOf(words)
                if (at < 0) throw new Error("not in the text: " + words)
                const place = (offset, after) => {
                    let left = offset
                    for (const node of nodes) {
                        if (left < node.length || (after && left === node.length)) return [node, left]
                        left -= node.length
                    }
                }
                let [from, to] = [place(at, false), place(at + words.length, true)]
                if (part === "start") to = from
                if (part === "end") from = to
                const { view, state } = text.editor
                const there = [from, to].map((place) => view.posAtDOM(...place))
                const hers = [state.selection.from, state.selection.to]
                if (view.hasFocus() && there.join() === hers.join()) return (window.agreed += 1) > 1
                window.agreed = 0
                text.focus()
                getSelection().setBaseAndExtent(...from, ...to)
                return false
            }""",
            arg=[words, part],
            polling=40,
        )

    def new_fact(self, words: str, kind: str = "event", *, part: str = "all") -> None:
        self.select(words, part=part)
        self.page.click(".prose-bar .prose-fact")
        self.page.click(f".prose-fact-row [data-kind={kind}]")

    def tie(self, words: str, statement: str) -> None:
        self.select(words)
        self.page.click(".prose-bar .prose-fact")
        self.page.locator(".prose-facts button").filter(has_text=statement).click()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.locator(".save-row .main-act").click()
        assert not self.page.locator(".errorlist, .stop").count(), self.page.locator("main").inner_text()

    @property
    def body(self) -> str:
        """The body as it would be sent, keys and ids told as the number of their row: 1, 2 …"""
        keys = self.page.eval_on_selector_all(
            "#facts-group .row",
            "rows => rows.map(row => (row.querySelector('[name$=\"-id\"]').value || "
            "row.querySelector('[name$=\"-key\"]').value))",
        )
        body = self.page.input_value("#id_body_source")
        return re.sub(r'data-fact="([^"]+)"', lambda found: f'data-fact="{keys.index(found[1]) + 1}"', body)

    def states(self) -> str:
        return " ".join(self.page.locator(".prose-states").inner_text().split())

    def row(self, number: int) -> str:
        """What stands under a fact's statement."""
        return " ".join(self.page.locator("#facts-group .row .stated").nth(number - 1).inner_text().split())


@pytest.fixture
def writing(browser: Browser, staff: LiveHouses) -> Iterator:
    """Opens a browser in which a reporter writes: `with writing() as writer`."""

    @contextmanager
    def opened(width: int = 1280, **context) -> Iterator[Writer]:
        window = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", **context)
        window.set_default_timeout(10_000)
        writer = Writer(window.new_page(), staff.desk)
        try:
            writer.page.goto(f"{staff.desk}/desk/")
            if writer.page.locator("#id_password").count():
                writer.page.fill("#id_username", "reporter")
                writer.page.fill("#id_password", PASSWORD)
                with writer.page.expect_navigation():
                    writer.page.click("button.main-act")
            yield writer
        finally:
            window.close()
        assert not writer.wrong

    return opened


def p(number: int | str, words: str) -> str:
    return f'<span data-fact="{number}">{escape(words)}</span>'


def test_it_works(writing) -> None:
    """A sentence becomes a new fact, another is tied to it; saved, both carry the fact's own id."""
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}", THIRD)
        writer.new_fact("station", part="start")
        assert writer.page.input_value("#id_facts-0-statement") == SECOND
        writer.new_fact("Three bakeries in Wonsan sell bread", "statement")
        assert writer.page.input_value("#id_facts-1-kind") == "statement"
        writer.tie(THIRD, SECOND)
        written = f"<p>{p(2, 'Three bakeries in Wonsan sell bread')} by weight. {p(1, SECOND)}</p><p>{p(1, THIRD)}</p>"
        assert writer.body == written
        assert writer.row(1) == f"1 Stated in: {SECOND} {THIRD} Remove"
        assert "new-" in writer.page.input_value("#id_body_source")
        writer.save()
        assert "new-" not in writer.page.input_value("#id_body_source")
        assert writer.body == written
        assert writer.row(1) == f"1 Stated in: {SECOND} {THIRD}"
        writer.page.reload()
        assert writer.body == written


@pytest.mark.parametrize(
    ("text", "at", "taken"),
    [
        ("Mr. Kim sells bread at No. 4 market. Others don’t.", "Kim", "Mr. Kim sells bread at No. 4 market."),
        ("“They cut it. Nobody argues,” she said. It is so.", "Nobody", "“They cut it. Nobody argues,” she said."),
        ("It costs 3.5 won. “Too dear.” He left.", "dear", "“Too dear.”"),
        ("빵을 판다고 전했다. “비싸다.”라고 했다. 끝이다.", "비싸다", "“비싸다.”라고 했다."),
        ("Is it so? Yes! The U.S. mission says it.", "mission", "The U.S. mission says it."),
        ("One. Two three four five. Six.", "three four five", "three four five"),
        ("One. Two three four five. Six.", "four five. Six", "Two three four five. Six."),
        ("One. Two three four five. Six.", "four", "Two three four five."),
    ],
)
def test_what_is_taken_is_a_sentence_or_three_words_of_one(writing, text: str, at: str, taken: str) -> None:
    with writing() as writer:
        writer.start(text)
        writer.new_fact(at)
        assert writer.body == f"<p>{text.replace(taken, p(1, taken))}</p>"
        assert writer.page.input_value("#id_facts-0-statement") == taken


def test_splitting_merging_and_typing_keep_the_ties(writing) -> None:
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}", THIRD)
        keys = writer.page.keyboard
        writer.new_fact(SECOND)
        writer.select("The one beside the station", part="end")
        keys.press("Enter")
        assert writer.body == (
            f"<p>{FIRST} {p(1, 'The one beside the station')}</p><p>{p(1, ' has been shut since June.')}</p><p>{THIRD}</p>"
        )
        keys.press("Backspace")
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}</p><p>{THIRD}</p>"
        writer.select(THIRD, part="start")
        keys.press("Backspace")
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}{THIRD}</p>"
        # Inside a passage words belong to it; behind its full stop they don't.
        keys.type(" So it is said. ")
        writer.select("the station", part="end")
        keys.type(" of Wonsan")
        longer = SECOND.replace("station", "station of Wonsan")
        assert writer.body == f"<p>{FIRST} {p(1, longer)} So it is said. {THIRD}</p>"
        # Who takes the full stop away goes on with the sentence.
        writer.select("since June.", part="end")
        keys.press("Backspace")
        keys.type(", they say.")
        longer = longer.replace("June.", "June, they say.")
        keys.type(" Nobody knows.")
        assert writer.body == f"<p>{FIRST} {p(1, longer)} Nobody knows. So it is said. {THIRD}</p>"
        assert writer.row(1) == f"1 Stated in: {longer} Remove"
        # What is typed over its last words belongs to it.
        writer.select("they say.")
        keys.type("she says.")
        assert p(1, longer.replace("they say", "she says")) in writer.body


def test_korean_is_composed_in_its_passage(writing) -> None:
    """An input method is not disturbed while it composes, and its syllables stay where they were begun."""
    with writing() as writer:
        writer.start("원산 빵집이 문을 닫았")
        writer.new_fact("원산 빵집이 문을 닫았")
        method = writer.page.context.new_cdp_session(writer.page)
        for syllable in ("ㄷ", "다"):
            method.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
        method.send("Input.insertText", {"text": "다"})
        writer.page.keyboard.insert_text(".")
        assert writer.body == f"<p>{p(1, '원산 빵집이 문을 닫았다.')}</p>"
        for syllable in ("ㄱ", "그"):
            method.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
        method.send("Input.insertText", {"text": "그"})
        assert writer.body == f"<p>{p(1, '원산 빵집이 문을 닫았다.')}그</p>"


def test_moved_words_take_their_tie_along_and_undo_brings_it_back(writing) -> None:
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}", THIRD)
        keys = writer.page.keyboard
        writer.new_fact(SECOND)
        before = writer.body
        writer.select(SECOND)
        keys.press("Control+x")
        assert writer.body == f"<p>{FIRST} </p><p>{THIRD}</p>"
        assert writer.row(1) == "1 Stated nowhere in the text yet Remove"
        writer.select(THIRD, part="end")
        keys.press("Control+v")
        moved = f"<p>{FIRST} </p><p>{THIRD}{p(1, SECOND)}</p>"
        assert writer.body == moved
        keys.press("Control+z")
        keys.press("Control+z")
        assert writer.body == before
        keys.press("Control+Shift+z")
        keys.press("Control+Shift+z")
        assert writer.body == moved
        writer.save()
        assert writer.body == moved


def test_words_from_another_story_claim_no_fact_of_this_one(writing) -> None:
    with writing() as writer:
        writer.start(FIRST, SECOND)
        writer.new_fact(FIRST)
        writer.save()
        writer.new_fact(SECOND)  # with a key that is not saved yet
        for words in (FIRST, SECOND):
            writer.select(words)
            writer.page.keyboard.press("Control+c")
            other = Writer(writer.page.context.new_page(), writer.desk)
            other.start(THIRD, headline=f"Other bread {len(words)}")
            other.new_fact(THIRD)
            other.save()
            other.select(THIRD, part="end")
            other.page.keyboard.press("Enter")
            other.page.keyboard.press("Control+v")
            assert other.body == f"<p>{p(1, THIRD)}</p><p>{words}</p>"
            other.page.keyboard.press("Control+z")
            assert other.body in (f"<p>{p(1, THIRD)}</p>", f"<p>{p(1, THIRD)}</p><p></p>")
            assert not other.wrong
            other.page.evaluate("document.body.classList.remove('unsaved')")
            other.page.close()


def test_two_facts_on_one_sentence_and_untying(writing) -> None:
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}")
        writer.new_fact(FIRST)
        writer.new_fact(SECOND)
        writer.tie("in", SECOND)  # one word stands for its sentence
        assert writer.body == f"<p>{p(1, 'X').replace('X', p(2, FIRST))} {p(2, SECOND)}</p>"
        writer.select("bakeries", part="end")
        assert re.fullmatch(r"These words state: 1 Three bakeries .* 2 The one beside .*", writer.states())
        assert writer.page.locator(".prose-states a").first.get_attribute("href") == "#facts-0"
        numbers = writer.text.locator("[data-number]").evaluate_all("all => all.map(one => one.dataset.number)")
        assert sorted(numbers) == ["1", "2", "2"]
        writer.save()
        assert writer.body == f"<p>{p(1, 'X').replace('X', p(2, FIRST))} {p(2, SECOND)}</p>"
        writer.select("bakeries", part="end")
        link = writer.page.locator(".prose-states a").first.get_attribute("href")
        assert writer.page.locator(f".panel {link}").count() == 1
        writer.tie("bakeries", FIRST)  # tied already: this takes the one tie off
        assert writer.body == f"<p>{p(2, FIRST)} {p(2, SECOND)}</p>"
        assert writer.row(1) == "1 Stated nowhere in the text yet"
        writer.select(f"{FIRST} {SECOND}")
        writer.page.click(".prose-bar .prose-fact")
        writer.page.click(".prose-fact-row [data-untie]")
        assert writer.body == f"<p>{FIRST} {SECOND}</p>"
        assert writer.states() == "These words state no fact yet."
        writer.save()
        assert writer.body == f"<p>{FIRST} {SECOND}</p>"


def test_a_new_row_that_is_removed_unties_its_words(writing) -> None:
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}")
        writer.new_fact(FIRST)
        writer.new_fact(SECOND)
        writer.page.locator("#facts-group .row .stated button").first.click()
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}</p>"
        writer.page.click(".prose-undo")  # brings the words' mark back, and the page takes it off again
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}</p>"
        writer.save()
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}</p>"


def test_a_fact_typed_by_hand_can_be_tied_before_it_is_saved(writing) -> None:
    with writing() as writer:
        writer.start(FIRST)
        writer.page.fill("#id_facts-0-statement", "Bread is sold by weight.")
        assert writer.row(1) == "1 Stated nowhere in the text yet Remove"
        writer.tie("Wonsan", "Bread is sold by weight.")
        assert writer.row(1) == f"1 Stated in: {FIRST} Remove"
        writer.save()
        assert writer.body == f"<p>{p(1, FIRST)}</p>"
        writer.page.check("#id_facts-0-DELETE")
        writer.save()
        assert writer.page.input_value(
            "#id_body_source" if writer.page.locator("#id_body_source").count() else "#id_body"
        ) == (f"<p>{FIRST}</p>")


def test_without_a_mouse(writing) -> None:
    with writing() as writer:
        keys = writer.page.keyboard
        focused = "document.activeElement.textContent"
        writer.start(f"{FIRST} {SECOND}")
        keys.press("Control+Alt+f")
        assert writer.page.evaluate(focused) == "event"
        keys.press("ArrowDown")
        assert writer.page.evaluate(focused) == "statement"
        keys.press("Enter")
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)}</p>"
        keys.type(" More.")
        assert writer.body == f"<p>{FIRST} {p(1, SECOND)} More.</p>"
        keys.press("Control+Home")
        # The editor hears of a caret that the browser moved a moment later.
        writer.page.wait_for_function("() => document.querySelector('.prose-text').editor.state.selection.from === 1")
        keys.press("Control+Alt+f")
        assert writer.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "false"
        keys.press("Escape")
        assert "prose-text" in writer.page.evaluate("document.activeElement.className")
        keys.press("Control+Alt+f")
        keys.press("Enter")
        assert writer.body == f"<p>{p(1, FIRST)} {p(1, SECOND)} More.</p>"
        # To the bar and its button without a short cut: undo stands last, before it Fact.
        keys.press("Shift+Tab")
        for _ in range(6):
            if writer.page.evaluate(focused) == "Fact":
                break
            keys.press("Shift+Tab")
        assert writer.page.evaluate(focused) == "Fact"


def test_changed_words_of_a_confirmed_fact_are_told_at_once(writing, staff: LiveHouses) -> None:
    with writing() as writer:
        writer.start(f"{FIRST} {SECOND}")
        writer.new_fact(FIRST)
        writer.new_fact(SECOND)
        writer.save()
        story = int(re.search(r"/article/([0-9]+)/", writer.page.url)[1])
        staff.manage("shell", "-v0", "-c", CONFIRM.format(story=story, statement=FIRST))
        writer.page.reload()
        assert "confirmed again" not in writer.row(1)
        writer.select("Wonsan", part="end")
        writer.page.keyboard.press("Enter")
        assert "confirmed again" not in writer.row(1)  # the same words in two paragraphs
        writer.page.keyboard.press("Backspace")
        writer.page.keyboard.type(" town")
        assert writer.row(1).endswith("words changed: will have to be confirmed again")
        assert "confirmed again" not in writer.row(2)
        mark = writer.text.locator(".passage.changed")
        assert mark.get_attribute("data-number") == "1*"
        assert mark.get_attribute("title").endswith("words changed: will have to be confirmed again)")
        for _ in " town":
            writer.page.keyboard.press("Backspace")
        assert "confirmed again" not in writer.row(1)
        writer.page.fill("#id_facts-0-statement", "Four bakeries sell bread by weight.")
        assert "confirmed again" in writer.row(1)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_it_fits_a_phone_and_everybody_can_use_it(writing, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with writing(width, color_scheme=scheme) as writer:
        writer.start(f"{FIRST} {SECOND}", THIRD)
        writer.new_fact(FIRST)
        writer.new_fact(SECOND)
        writer.tie("bakeries", SECOND)
        writer.save()
        writer.select("bakeries", part="end")
        writer.page.click(".prose-bar .prose-fact")
        assert writer.page.locator(".prose-facts button").count() == 2
        over = writer.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0
        found = Axe().run(writer.page, "form.story-form").response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_without_scripts_the_marks_stay(writing) -> None:
    with writing() as writer:
        writer.start(FIRST)
        writer.new_fact(FIRST)
        writer.save()
        address = writer.page.url
        cookies = writer.page.context.storage_state()
    with writing(java_script_enabled=False, storage_state=cookies) as writer:
        writer.page.goto(address)
        body = writer.page.input_value("#id_body")
        assert re.fullmatch(rf'<p><span data-fact="[0-9]+">{FIRST}</span></p>', body)
        assert writer.row(1) == f"1 Stated in: {FIRST}"
        writer.page.fill("#id_standfirst", "By the kilogram.")
        writer.page.fill("#id_body", body + "<p>More.</p>")
        writer.save()
        assert writer.page.input_value("#id_body") == body + "<p>More.</p>"


SAYS_IT_TOO = """
from articles import coverage
from articles.acts import act
from articles.models import Article, Passage
story = Article.objects.latest("pk")
fact = story.facts.get()
Passage.objects.create(article=story, fact=fact, text=story.headline, by=story.created_by)
with act(story):
    coverage.read(story, by=story.created_by)
"""


def test_where_else_a_fact_is_stated_and_its_own_quotation_marks(writing, staff: LiveHouses) -> None:
    with writing() as writer:
        writer.start("“It went to the harbour,” he said.", headline="The oven has “gone”")
        writer.page.fill("#id_facts-0-statement", THIRD)
        writer.save()
        assert writer.row(1) == "1 Stated nowhere in the text yet"
        staff.manage("shell", "-v0", "-c", SAYS_IT_TOO)
        writer.page.reload()
        assert writer.row(1) == "1 Stated in: Headline The oven has ‘gone’"
        writer.tie("harbour", THIRD)
        assert writer.row(1).startswith("1 Stated in: ‘It went to the harbour,’ he said. Headline The oven")
        writer.select("harbour", part="end")
        writer.page.click(".prose-bar .prose-fact")
        assert writer.page.locator("#prose-chosen q").inner_text() == "‘It went to the harbour,’ he said."
