"""One command opens both houses, one key press closes them, and neither stays open alone."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from newsroom.settings import environment
from tests import clones

Opening = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def ports() -> tuple[int, int]:
    """Two free ports, one after the other."""
    while True:
        with socket.socket() as site, socket.socket() as desk:
            site.bind(("127.0.0.1", 0))
            port = site.getsockname()[1]
            try:
                desk.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port, port + 1


@pytest.fixture
def opening(database_server: clones.Server, ports: tuple[int, int], tmp_path: Path) -> Iterator[Opening]:
    """Runs the command as `make demo` does, on a clone; whatever is left of it is ended."""
    started: list[subprocess.Popen[str]] = []
    with database_server.clone("houses") as name:
        given = {
            **clones.clean_environment(),
            "OWNER_DATABASE_URL": database_server.address("owner", name).url,
            "DATABASE_URL": database_server.address("desk", name).url,
            "SITE_DATABASE_URL": database_server.address("site", name).url,
            "NEWSROOM_DATA": str(tmp_path),
            "PORT": str(ports[0]),
        }

        def run(*, embedded: bool = False) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "manage.py", "houses", "--empty"],
                cwd=environment.PROJECT,
                env={k: v for k, v in given.items() if not (embedded and k.endswith("DATABASE_URL"))},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
            started.append(process)
            return process

        yield run
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def ready(process: "subprocess.Popen[str]") -> str:
    """What it says until both are open."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ready" in line:
            return said
    raise AssertionError(said)


def answers(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.URLError:
        return 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_opens_both_and_a_signal_closes_both(opening: Opening, ports: tuple[int, int], number: int) -> None:
    process = opening()
    said = ready(process)
    assert f"http://127.0.0.1:{ports[0]}/" in said
    assert f"http://127.0.0.1:{ports[1]}/" in said
    assert [answers(port) for port in ports] == [200, 200]
    began = time.monotonic()
    os.killpg(process.pid, number)
    process.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert process.returncode == 0
    assert [answers(port) for port in ports] == [0, 0]


def test_when_one_house_dies_the_other_is_closed(opening: Opening, ports: tuple[int, int]) -> None:
    process = opening()
    ready(process)
    children = psutil.Process(process.pid).children()
    site = next(child for child in children if "newsroom.site_wsgi:application" in child.cmdline())
    for part in [*site.children(), site]:
        part.kill()
    said, _ = process.communicate(timeout=15)
    assert process.returncode != 0
    assert "One house has ended" in said
    assert [answers(port) for port in ports] == [0, 0]


def test_a_database_that_was_killed_comes_back_under_the_open_houses(
    opening: Opening, ports: tuple[int, int], tmp_path: Path
) -> None:
    process = opening(embedded=True)
    ready(process)
    place = Path(json.loads((tmp_path / "postgres.json").read_text())["socket"]).parent
    [lock] = place.rglob("postmaster.pid")
    postmaster = psutil.Process(int(lock.read_text().split()[0]))
    postmaster.kill()
    postmaster.wait(10)
    deadline = time.monotonic() + 40
    while [answers(port) for port in ports] != [200, 200]:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_port_in_use_is_one_sentence(opening: Opening, ports: tuple[int, int]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports[1]))
        taken.listen()
        said, _ = opening().communicate(timeout=30)
    assert said.startswith(f"CommandError: Port {ports[1]} on 127.0.0.1 is in use")
    assert said.count("\n") == 1
