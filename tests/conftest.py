"""What the tests stand on: the real database as the desk's own role, the real houses, a real browser.

- `@pytest.mark.django_db` (or `db`): the worker's clone, rolled back after the test.
- `committed_db`: a clone for this test alone, where commits count and threads may join; dropped afterwards.
- `owner_sql`, `desk_sql`, `site_sql`, `superuser_sql`: plain connections by role to the test's own clone.
- `live_houses`: desk and site as real processes on a clone of their own, for a module of browser tests.
- `browser`: Chromium, for the same. Browser tests never use the ORM: Playwright's loop forbids it.
"""

import io
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone, translation
from PIL import Image

from newsroom import houses
from newsroom.databases import Address, House
from newsroom.houses import Grounds
from tests import clones

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.presses import Press, Reader

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test starts in English again."""
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def database_server() -> Iterator[clones.Server]:
    """The server, with the migrated template."""
    with clones.open_server() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[str]:
    """The worker's own clone, for tests that are rolled back. Takes the place of pytest-django's fixture."""
    server: clones.Server = request.getfixturevalue("database_server")
    given = os.environ.get(clones.DATABASE)
    with nullcontext(given) if given else server.clone("worker") as name, django_db_blocker.unblock():
        _point_at(server.address("desk", name))
        django_db_blocker.block()
        yield name
        django_db_blocker.unblock()
        connections.close_all()


def _point_at(address: Address) -> None:
    """Every thread's default connection is made from this entry."""
    connections["default"].close()
    connections.settings["default"].update(
        NAME=address.name, USER=address.user, PASSWORD=address.password, HOST=address.host, PORT=address.port
    )


@pytest.fixture(autouse=True)
def _a_moment_where_all_is_taken_back(request: pytest.FixtureRequest) -> None:
    """So no minute turns within such a test: it could, between the database's hour and ours."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("one_moment")


@pytest.fixture
def one_moment(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that is taken back is one transaction, for which the database's now() stands still: so does ours."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT now()")
        [moment] = cursor.fetchone()
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture(scope="session")
def fresh_database(
    database_server: clones.Server, django_db_setup: str, django_db_blocker: Any
) -> Callable[[], AbstractContextManager[str]]:
    """Makes one committed clone after the other, for a test that needs many."""

    @contextmanager
    def clone() -> Iterator[str]:
        with database_server.clone("test") as name, django_db_blocker.unblock():
            _point_at(database_server.address("desk", name))
            try:
                yield name
            finally:
                _point_at(database_server.address("desk", django_db_setup))

    return clone


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, fresh_database: Callable[[], AbstractContextManager[str]]
) -> Iterator[str]:
    """A clone of this test's own, as the desk's role: what is committed stays committed, and dies with the test."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        raise pytest.UsageError("committed_db and django_db exclude each other: one commits, the other rolls back.")
    with fresh_database() as name:
        yield name


@pytest.fixture
def a_photo(committed_db: str, settings: Any, tmp_path: Path) -> Any:
    """A photo with credits, its files in folders of this test."""
    from photos.uploading import upload_photo
    from tests.factories import StaffFactory

    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 60)).save(file, "JPEG")
    file.seek(0)
    return upload_photo(
        file, by=StaffFactory(), name="Market", credit_en="Photo: a resident", credit_ko="사진: 주민 제공"
    )


@pytest.fixture
def owner_sql(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """A plain connection as the owner, each statement committed."""
    with psycopg.connect(**database_server.address("owner", committed_db).psycopg, autocommit=True) as connection:
        yield connection


@pytest.fixture
def superuser_sql(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection beside the triggers: moves hours, as nobody of the newsroom could."""
    address = database_server.administrator.in_database(committed_db)
    with psycopg.connect(**address.psycopg, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def desk_sql(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """A plain connection as the desk's role, each statement committed."""
    with psycopg.connect(**database_server.address("desk", committed_db).psycopg, autocommit=True) as connection:
        yield connection


@pytest.fixture
def site_sql(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """A plain connection as the site's role, each statement committed."""
    with psycopg.connect(**database_server.address("site", committed_db).psycopg, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def houses_environment(
    database_server: clones.Server, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[House, str], dict[str, str]]:
    """What a process of a house is given for a database: its own role and folders, and nothing of the other's."""
    folder = tmp_path_factory.mktemp("house")

    def environment(side: House, name: str) -> dict[str, str]:
        addresses = {house: found.in_database(name) for house, found in database_server.houses.items()}
        return Grounds(addresses, "127.0.0.1", {"site": 1, "desk": 2}, folder, folder).environment(side)

    return environment


@dataclass(frozen=True)
class LiveHouses:
    """Both houses, open. `desk` and `site` are their addresses, without a slash at the end."""

    grounds: Grounds

    @property
    def desk(self) -> str:
        """The desk's address."""
        return self.grounds.url("desk")

    @property
    def site(self) -> str:
        """The site's address."""
        return self.grounds.url("site")

    def manage(self, *command: str, house: House = "desk") -> str:
        """Runs a command of manage.py in the houses' database and returns what it said."""
        process = self.grounds.manage(house, *command)
        said, _ = process.communicate(timeout=300)
        if process.returncode:
            raise AssertionError(f"manage.py {' '.join(command)} failed:\n{said}")
        return said

    def sql(self, house: House) -> psycopg.Connection:
        """A plain connection by role, each statement committed; close it."""
        return psycopg.connect(**self.grounds.addresses[house].psycopg, autocommit=True)


@pytest.fixture(scope="session")
def gathered_static(database_server: clones.Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Style sheets and scripts of both sides, as in production."""
    folder = tmp_path_factory.mktemp("static")
    grounds = Grounds(database_server.houses, "127.0.0.1", {"site": 0, "desk": 0}, folder, folder)
    sides: tuple[House, ...] = ("desk", "site")
    gathering = [grounds.manage(side, "collectstatic", "--no-input", "-v0") for side in sides]
    for process in gathering:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    return folder


@pytest.fixture(scope="module")
def live_houses(
    database_server: clones.Server, gathered_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveHouses]:
    """Both houses as real processes with their own roles, on a clone that this module shares."""
    with database_server.clone("live") as name:
        addresses = {house: found.in_database(name) for house, found in database_server.houses.items()}
        ports: dict[House, int] = {"site": _free_port(), "desk": _free_port()}
        grounds = Grounds(addresses, "127.0.0.1", ports, tmp_path_factory.mktemp("media"), gathered_static)
        running: list[subprocess.Popen[bytes]] = []
        try:
            sides: tuple[House, ...] = ("site", "desk")
            running.extend(grounds.open(side) for side in sides)
            for side, process in zip(sides, running, strict=True):
                grounds.wait(side, process)
            yield LiveHouses(grounds)
        finally:
            houses.close(*running)


@pytest.fixture
def press(live_houses: LiveHouses, database_server: clones.Server) -> "Iterator[Press]":
    """Puts stories in print in the houses' database, swept clean before."""
    from tests.presses import press_of

    with press_of(live_houses, database_server) as press:
        yield press


@pytest.fixture
def reader(press: "Press", live_houses: LiveHouses) -> "Reader":
    """Somebody who reads the site."""
    from tests.presses import Reader

    return Reader(live_houses.site)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium without a window. Open a context for each person who uses it."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        reason = "No browser: install Chromium (Debian: apt-get install chromium) or name it in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    arguments = [*BROWSER_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()
