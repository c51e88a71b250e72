"""A press for tests of the paper: puts rows among what is printed without asking the gate.

For pages only. A superuser's session with its triggers switched off; neither house could do this.
"""

import hashlib
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
from PIL import Image
from psycopg.types.json import Jsonb

from tests.clones import PREFIX, Server
from tests.conftest import LiveHouses

MEDIA_TYPES = ("avif", "webp", "jpeg")


def minutes(count: int) -> datetime:
    """A whole minute so many minutes from now; in the past when negative."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=count)


@dataclass
class Press:
    """Prints into one database and one folder of public media."""

    connection: psycopg.Connection[Any]
    media: Path

    def edition(self, language: str, **columns: Any) -> None:
        row = {
            "language": language,
            "name": "The Ledger" if language == "en" else "장부",
            "promise": "Printed when confirmed." if language == "en" else "확인된 것만 싣습니다.",
            "sections": [
                {"slug": "life", "name": "Life" if language == "en" else "생활"},
                {"slug": "money", "name": "Money" if language == "en" else "경제"},
            ],
            "is_default": language == "en",
        }
        self._insert("reader_edition", {**row, **columns})

    def story(self, headline: str, **columns: Any) -> dict[str, Any]:
        """One printed version, in print since an hour ago unless `columns` say otherwise."""
        row: dict[str, Any] = {
            "id": uuid.uuid4(),
            "story": uuid.uuid4(),
            "version": 1,
            "digest": "0" * 64,
            "origin": "desk",
            "language": "en",
            "kind": "news",
            "slug": headline.lower().replace(" ", "-"),
            "label": "",
            "headline": headline,
            "standfirst": "",
            "blocks": ["<p>Text.</p>"],
            "bylines": [{"name": "Ahn Sora", "slug": "ahn-sora"}],
            "dateline": "",
            "section_slug": "life",
            "section_name": "Life",
            "tags": [],
            "figures": [],
            "links": [],
            "corrections": [],
            "how_known": {},
            "translation_of": None,
            "go_live_at": minutes(-60),
            "superseded_at": None,
            "leaves_at": None,
            "pulled_at": None,
            "withdrawn_at": None,
            **columns,
        }
        row.setdefault("first_printed_at", row["go_live_at"])
        self._insert("reader_publication", row)
        for tag in row["tags"]:
            self._insert("reader_printedtag", {"id": uuid.uuid4(), "publication_id": row["id"], **tag})
        for figure in row["figures"]:
            for picture in figure["pictures"]:
                self._files(row["id"], picture)
        return row

    def names(self, story: dict[str, Any]) -> list[str]:
        """The names of a story's picture files."""
        asked = "SELECT name FROM reader_printedpicture WHERE publication_id = %s"
        return [name for (name,) in self.connection.execute(asked, [story["id"]])]

    def _files(self, publication: uuid.UUID, picture: dict[str, Any]) -> None:
        image = picture.pop("image", None) or Image.new("RGB", (1840, 1224), "#888")
        folder = self.media / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        for kind in MEDIA_TYPES:
            for width in (480, 800, 1200, 1840):
                smaller = image.resize((width, image.height * width // image.width))
                body = BytesIO()
                smaller.save(body, kind.upper(), quality=60)
                name = f"{uuid.uuid4().hex}.{kind}"
                (folder / name).write_bytes(body.getvalue())
                row = {
                    "id": uuid.uuid4(),
                    "publication_id": publication,
                    "picture": picture["hash"],
                    "format": kind,
                    "width": width,
                    "height": smaller.height,
                    "name": name,
                    "sha256": hashlib.sha256(body.getvalue()).hexdigest(),
                }
                self._insert("reader_printedpicture", row)

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        values = {
            name: Jsonb(_plain(value)) if isinstance(value, dict) or _is_json(name, value) else value
            for name, value in row.items()
        }
        columns, places = ", ".join(values), ", ".join(f"%({name})s" for name in values)
        self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)


def _is_json(name: str, value: Any) -> bool:
    return isinstance(value, list) and name != "blocks"


def _plain(value: Any) -> Any:
    """Ids inside JSON are text."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name != "image"}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, uuid.UUID) else value


@contextmanager
def open_press(conninfo: str, media: Path) -> Iterator[Press]:
    """A press on the database of a superuser's address."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield Press(connection, media)


TABLES = ("reader_printedtag", "reader_printedpicture", "reader_publication", "reader_edition")


@contextmanager
def press_of(houses: LiveHouses, server: Server) -> Iterator[Press]:
    """A press in the database of two open houses, swept clean, with an edition in each language."""
    database = server.administrator.in_database(houses.grounds.addresses["site"].name)
    # It sweeps what it finds, so it goes near nothing but a clone.
    assert database.name.startswith(PREFIX)
    with open_press(database.url, houses.grounds.media / "public") as press:
        for table in TABLES:
            press.connection.execute(f"DELETE FROM {table}")
        press.edition("en")
        press.edition("ko")
        yield press


def picture(alt: str = "A street.", **columns: Any) -> dict[str, Any]:
    """A picture as a proof freezes it."""
    return {
        "hash": uuid.uuid4().hex * 2,
        "alt": alt,
        "dates": "",
        "place": "",
        "width": 1840,
        "height": 1224,
        "renditions": [],
        **columns,
    }


def figure(*pictures: dict[str, Any], after: int = 0, caption: str = "A street.", credit: str = "The Ledger") -> dict:
    """A figure as a proof freezes it."""
    return {"after": after, "caption": caption, "credit": credit, "pictures": list(pictures or [picture()])}


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Reader:
    """Somebody who reads the site: no cookie, no redirect followed."""

    base: str

    def get(self, address: str, **headers: str) -> Answer:
        """One request; Korean in an address is written as it is read."""
        whole = self.base + urllib.parse.quote(address, safe="/?=&%.")
        asked = urllib.request.Request(whole, headers=headers)  # noqa: S310 - the house of this test
        try:
            answer = _straight.open(asked, timeout=20)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.headers, answer.read())

    def text(self, address: str) -> str:
        """The words of a page that is there."""
        answer = self.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        return answer.text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_straight = urllib.request.build_opener(_NoRedirect)
