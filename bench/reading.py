"""How fast the paper is read: what the row-level policies cost, what a page costs, and what years of archive cost.

Through the site's own WSGI application in this process, one request after the other, on scratch databases with 200 and
with 20,000 printed versions. Every page is built anew: a page cache would hide what is measured here.
"""

import io
import itertools
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.site"

from bench.apparatus import paper
from bench.apparatus.clock import always, medians, tell
from newsroom.houses import Grounds
from tests import clones

FEW, MANY = 200, 20_000
ROUNDS = 120
# So many different stories are asked for in turn.
STORIES = 60
TRIVIAL = "robots.txt"
PAGES = {
    "home": "/en/",
    "section": "/en/section/economy/",
    "tag": "/en/tag/beat-3/",
    "feed": "/en/feed.atom",
    "page 400 of the list": "/en/?page=400",
}

Application = Callable[..., Any]
Queries = list[tuple[str, Any]]


def main() -> None:
    """Print what the policies cost, what pages cost, and what the archive costs."""
    with clones.open_server() as server, server.clone("few") as few, server.clone("many") as many:
        from bench.apparatus.scratch import Lines, past_the_law

        for name, count in ((few, FEW), (many, MANY)):
            with past_the_law(server, name) as connection:
                paper.fill(connection, count)
        with the_site(server, many) as application:
            addresses = {
                "few": server.address("site", few),
                "many": server.address("site", many),
                "owner": server.address("owner", many),
            }
            with Lines(**addresses) as lines:
                tell_policies(application, lines)
                tell_pages(application, lines)
                tell_archive(application, lines)


@contextmanager
def the_site(server: clones.Server, database: str) -> Iterator[Application]:
    """The site's application in this process, with the environment that its house is given and nothing else."""
    addresses = {house: found.in_database(database) for house, found in server.houses.items()}
    with tempfile.TemporaryDirectory() as folder:
        grounds = Grounds(addresses, "127.0.0.1", {"site": 1, "desk": 2}, Path(folder), Path(folder))
        gathering = grounds.manage("site", "collectstatic", "--no-input", "-v0")
        said, _ = gathering.communicate(timeout=120)
        assert gathering.returncode == 0, said
        os.environ.clear()
        os.environ.update(grounds.environment("site"))
        from newsroom.site_wsgi import application

        yield application


def ask(application: Application, address: str) -> bytes:
    """One request, as a server hands it over; the page must be there."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": "gzip"}
    setup_testing_defaults(environ)
    environ["wsgi.input"] = io.BytesIO()
    statuses: list[str] = []
    answer = application(environ, lambda status, headers, *rest: statuses.append(status))
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    assert statuses == ["200 OK"], f"{address} answers {statuses}"
    return body


def story_after_story(application: Application, count: int) -> Callable[[], object]:
    """Asks for another story each time."""
    turn = itertools.cycle(paper.in_print(count, STORIES))
    return lambda: ask(application, f"/en/story/{next(turn)}/")


def queries_of(application: Application, line: Any, address: str) -> Queries:
    """What a page asks the database."""
    asked: Queries = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with line.execute_wrapper(note):
        ask(application, address)
    return asked


def tell_policies(application: Application, lines: Any) -> None:
    """The same queries as the site, under its policies, and as the owner, under none."""
    slugs = paper.in_print(MANY, STORIES)
    line = lines.use("many")
    # The first request also asks for the oids of types.
    ask(application, PAGES["home"])
    for what, addresses in (
        ("story", [f"/en/story/{slug}/" for slug in slugs]),
        ("home", [PAGES["home"]]),
        ("section", [PAGES["section"]]),
        ("tag", [PAGES["tag"]]),
    ):
        pages = [queries_of(application, line, address) for address in addresses]

        def as_role(role: str, turn: Iterator[Queries]) -> Callable[[], Callable[[], object]]:
            def prepare() -> Callable[[], object]:
                line, page = lines.use(role), next(turn)
                line.ensure_connection()
                return lambda: run(line, page)

            return prepare

        took = medians(
            {
                "as the site": as_role("many", itertools.cycle(pages)),
                "as the owner": as_role("owner", itertools.cycle(pages)),
            },
            rounds=ROUNDS,
        )
        tell(f"policies, {len(pages[0])} queries of the page {what} at {MANY}", took, "as the site", "as the owner")


def run(line: Any, queries: Queries) -> None:
    """Asks, and takes in what is answered."""
    for sql, params in queries:
        with line.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()


def tell_pages(application: Application, lines: Any) -> None:
    """Each page beside one that asks nothing of the database."""
    lines.use("many")
    sides = {TRIVIAL: always(lambda: ask(application, "/robots.txt"))}
    sides["story"] = always(story_after_story(application, MANY))
    sides |= {name: always(asking(application, address)) for name, address in PAGES.items()}
    took = medians(sides, rounds=ROUNDS // 2)
    for name in [*sides][1:]:
        tell(f"{name}, {1 / took[name]:.0f} requests/s on one thread at {MANY}", took, name, TRIVIAL)


def asking(application: Application, address: str) -> Callable[[], object]:
    """Asks for one page."""
    return lambda: ask(application, address)


def tell_archive(application: Application, lines: Any) -> None:
    """The same pages of a young paper and of an old one."""

    def at(name: str, act: Callable[[], object]) -> Callable[[], Callable[[], object]]:
        def prepare() -> Callable[[], object]:
            lines.use(name)
            return act

        return prepare

    young, old = f"at {FEW}", f"at {MANY}"
    story = {
        young: at("few", story_after_story(application, FEW)),
        old: at("many", story_after_story(application, MANY)),
    }
    tell("archive, story", medians(story, rounds=ROUNDS), old, young)
    for name in ("home", "section", "tag", "feed"):
        act = asking(application, PAGES[name])
        tell(f"archive, {name}", medians({young: at("few", act), old: at("many", act)}, rounds=ROUNDS), old, young)
    act = asking(application, "/sitemap.xml")
    tell("archive, sitemap", medians({young: at("few", act), old: at("many", act)}, rounds=3, warm=1), old, young)


if __name__ == "__main__":
    main()
