"""Opens every address that the desk has, as somebody, and says what stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse

from tests.marked import MARKS, Marked

# What is offered and not chosen is nobody's: every form that asks for a safety lists them all.
OFFERED = re.compile(
    r"<option(?![^>]*\bselected)[^>]*>[^<]*(?:</option>)?"
    r'|<label[^>]*>\s*<input type="(?:checkbox|radio)"(?![^>]*\bchecked)[^>]*>[^<]*</label>',
    re.IGNORECASE,
)
# Nor what she asked for herself: it comes back in the field that she typed it into, and in the way to the other language.
ECHOED = re.compile(
    r'<input[^>]*\bname="(?:q|next)"[^>]*>|\b(?:href|action)="[^"]*\?[^"]*"|\nLocation: \S*\?\S*', re.IGNORECASE
)

# What an act is sent with, where it asks for anything.
WORDS = {"reason": "So it is", "standing": "discredited"}


@dataclass(frozen=True)
class Seen:
    """One answer of the desk. ``page``: the name of its address, or the address itself where it has none."""

    page: str
    address: str
    status: int
    text: str

    @property
    def marks(self) -> set[str]:
        """What of the marked source stands on it."""
        text = unescape(OFFERED.sub("", ECHOED.sub("", self.text) if "?" in self.address else self.text))
        return {mark for mark, words in MARKS.items() if any(word in text for word in words)}


def pages() -> dict[str, str]:
    """Every address that the desk knows, by its name; without a name, by itself."""
    found: dict[str, str] = {}

    def walk(patterns: list[Any], before: str, space: str) -> None:
        for each in patterns:
            route = before + str(each.pattern)
            if isinstance(each, URLPattern):
                found[f"{space}{each.name}" if each.name else route] = route
            else:
                walk(each.url_patterns, route, f"{space}{each.namespace}:" if each.namespace else space)

    walk(get_resolver().url_patterns, "", "")
    return found


def addresses(newsroom: Marked) -> list[tuple[str, str]]:
    """Every page with real rows in its address. An address whose rows nobody gave it gets those of its table's name."""
    found = []
    for page, route in pages().items():
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for given in _given(page, route, names, newsroom):
            try:
                found.append((page, reverse(page, kwargs=given)))
            except NoReverseMatch:
                # Without a name: written out as it stands.
                path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part, given=given: str(given.get(part[1], 1)), route)
                found.append((page, "/" + re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]", "", path)))
    return found


def _given(page: str, route: str, names: list[str], newsroom: Marked) -> list[dict[str, Any]]:
    if not names:
        return [{}]
    rows = newsroom.rows
    [story, *_others], [proof] = rows["articles_article"], rows["articles_proof"]
    table = re.match(r"desk/(\w+)/(\w+)/<", route)
    if table and f"{table[1]}_{table[2]}" in rows:
        return [{names[0]: row.pk} for row in rows[f"{table[1]}_{table[2]}"]]
    by_word = re.search(r"(\w+?)s?/<int:pk>", route)
    kind = f"articles_{by_word[1].replace('policie', 'policy')}" if by_word else ""
    firsts = rows.get(kind, rows["articles_article"])
    others = {
        "source": newsroom.source.pk,
        "handle": "00000000-0000-4000-8000-000000000000",
        "number": proof.pk if "proof" in route else 1,
        "version": rows["reader_publication"][0].pk,
        "fact": rows["articles_fact"][0].pk,
        "width": 400,
        "content_hash": "0" * 64,
        "token": "none",
        "app_label": "sources",
        "url": "nowhere",
    }
    if "photos" in route:
        firsts = rows["photos_photo"]
    if "sealing/source" in route:
        firsts = rows["sources_source"]
    if "person/" in route or "people/" in route:
        firsts = rows["sources_protectedperson"]
    return [{name: others.get(name, first.pk) for name in names} for first in firsts[: 2 if firsts[0] != story else 4]]


def crawl(client: Client, newsroom: Marked, *, besides: list[str] = ()) -> Iterator[Seen]:
    """Every page: opened, asked for with parameters, sent empty and with words; and whatever these link to."""
    done: set[str] = set()
    waiting = addresses(newsroom)
    # A row of each kind is tried in every way; the others are opened.
    per_page: dict[str, int] = {}
    while waiting:
        page, address = waiting.pop(0)
        if address in done:
            continue
        done.add(address)
        per_page[page] = per_page.get(page, 0) + 1
        seen = _asked(client, "get", page, address)
        yield seen
        # Enough of a kind: pages that only links lead to are few.
        for link in re.findall(r'href="([^"#]+)', seen.text):
            to = urljoin(f"http://testserver{address}", unescape(link))
            parts = urlsplit(to)
            if parts.netloc != "testserver" or not parts.path.startswith("/desk/"):
                continue
            leads = parts.path + (f"?{parts.query}" if parts.query else "")
            found = _page_of(parts.path)
            if leads not in done and per_page.get(found, 0) < 4:
                waiting.append((found, leads))
        if "?" in address or per_page[page] > 1:
            continue
        # A list answers each of these; other pages are asked for all of them in one.
        for more in besides if page.endswith("_changelist") else ["&".join(besides)] if besides else ():
            yield _asked(client, "get", page, f"{address}?{more}")
        for words in ({}, WORDS) if not page.endswith(("_add", "_delete", "_history")) else ({},):
            yield _asked(client, "post", page, address, words)


def _page_of(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return match.view_name if match.url_name else match.route


def _asked(client: Client, how: str, page: str, address: str, words: dict[str, str] | None = None) -> Seen:
    """One request, and whatever it did taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, how)(address, words or {})
        text = b"".join(answer.streaming_content).decode(errors="replace") if answer.streaming else answer.text
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        # Of where it leads as well: an address is kept in the browser's history. And what the next page would say.
        text += headers + "".join(f"\n{said}" for said in get_messages(answer.wsgi_request))
        transaction.set_rollback(True)
    client.cookies = cookies
    return Seen(page, address, answer.status_code, text)
