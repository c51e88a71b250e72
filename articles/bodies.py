"""The body of a story: which marks it may carry, and how it is cut into blocks for print."""

import re
import unicodedata
from html.parser import HTMLParser

import nh3

# What the editor offers. The cleaning below allows just what these make.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "Typographic": True,
}

TAGS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "strong", "em", "a", "br", "hr"}
# The mark that ties a passage to the fact it states: the fact's key, or `new-…` for a row of the form it comes with.
FACT_MARK = re.compile(r"[1-9][0-9]{0,17}|new-[0-9a-z]{1,32}")


def _attribute(tag: str, name: str, value: str) -> str | None:
    return value if tag != "span" or FACT_MARK.fullmatch(value) else None


# Plain links only: a frozen link to a story of ours carries its id in data-story (see proofing.py).
_desk = nh3.Cleaner(
    tags=TAGS | {"span"},
    attributes={"a": {"href"}, "span": {"data-fact"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_print = nh3.Cleaner(
    tags=TAGS, attributes={"a": {"href", "data-story"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
)


def clean_body(html: str) -> str:
    """Body as the desk keeps it: allowed marks alone, in NFC, empty when it says nothing."""
    cleaned = unicodedata.normalize("NFC", _desk.clean(html)).replace("<span></span>", "")
    return cleaned if re.sub(r"<[^>]*>|\s|&nbsp;|\xa0", "", cleaned) or "<hr" in cleaned else ""


def settle_marks(body: str, keys: dict[str, int], known: set[int]) -> str:
    """The body with real facts in its marks: ``keys`` are those that new rows came with, ``known`` the story's facts.

    A mark of any other fact is taken off, and so is one inside a mark of the same fact; their words stay.
    """
    if "<span" not in body:
        return body
    settled = ""
    facts: list[int | None] = []
    for part in re.split(r"(<[^>]*>)", clean_body(body)):
        if part.startswith("<span"):
            mark = FACT_MARK.search(part)
            fact = _settle(mark[0], keys, known) if mark else None
            facts.append(None if fact in facts else fact)
            settled += "" if facts[-1] is None else f'<span data-fact="{fact}">'
        elif part != "</span>" or (facts and facts.pop() is not None):
            settled += part
    empty = re.compile(r'<span data-fact="[0-9]+"></span>')
    while empty.search(settled):
        settled = empty.sub("", settled)
    return settled


def _settle(key: str, keys: dict[str, int], known: set[int]) -> int | None:
    return int(key) if key.isdecimal() and int(key) in known else keys.get(key)


def is_printable(block: str) -> bool:
    """Whether a frozen block holds nothing but what may be printed."""
    return _print.clean(block) == block


class _Blocks(HTMLParser):
    """Cuts cleaned HTML at its outermost elements; stray text becomes a paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str] = []
        self.depth = 0
        self.stray = ""

    def flush(self) -> None:
        if self.stray.strip():
            self.blocks.append(f"<p>{self.stray.strip()}</p>")
        self.stray = ""

    def add(self, text: str) -> None:
        if self.depth:
            self.blocks[-1] += text
        else:
            self.stray += text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        block = tag in {"p", "h2", "h3", "blockquote", "ul", "ol", "hr"}
        if self.depth == 0 and block:
            self.flush()
            self.blocks.append(text)
            self.depth = 0 if tag == "hr" else 1
            return
        self.add(text)
        if self.depth and tag not in {"br", "hr"}:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.add(f"</{tag}>")
        if self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.add(data)

    def handle_entityref(self, name: str) -> None:
        self.add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.add(f"&#{name};")


class _Stated(HTMLParser):
    """Collects the words under each mark. A passage ends with its block."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[str] = []
        self.open: dict[str, int] = {}
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self.facts.append(dict(attrs).get("data-fact") or "")
        elif tag == "br":
            for fact, number in self.open.items():
                self.found[fact][number] += " "
        elif tag not in {"a", "strong", "em"}:
            self.open.clear()

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.facts:
            self.facts.pop()
        elif tag not in {"a", "strong", "em", "span"}:
            self.open.clear()

    def handle_data(self, data: str) -> None:
        stated = set(filter(None, self.facts))
        self.open = {fact: number for fact, number in self.open.items() if fact in stated}
        for fact in stated:
            passages = self.found.setdefault(fact, [])
            if fact not in self.open:
                self.open[fact] = len(passages)
                passages.append("")
            passages[self.open[fact]] += data


def stated(body: str) -> dict[str, list[str]]:
    """The words that state each fact, passage by passage, white space squeezed: by the key in the marks."""
    reader = _Stated()
    reader.feed(clean_body(body))
    reader.close()
    squeezed = {fact: [" ".join(words.split()) for words in passages] for fact, passages in reader.found.items()}
    return {fact: [words for words in passages if words] for fact, passages in squeezed.items()}


def marked_blocks(html: str) -> list[str]:
    """The outermost blocks of a body, cleaned, empty paragraphs left out, with the marks that tie passages to facts."""
    cutter = _Blocks()
    cutter.feed(clean_body(html))
    cutter.close()
    cutter.flush()
    return [b for b in cutter.blocks if b.startswith("<hr") or re.sub(r"<[^>]*>|\s|&nbsp;|\xa0", "", b)]


def blocks(html: str) -> list[str]:
    """The blocks as they are printed: which fact a passage states stays on the desk."""
    return [re.sub(r"</?span[^>]*>", "", block) for block in marked_blocks(html)]
