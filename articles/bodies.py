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
