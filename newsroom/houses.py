"""The two houses as processes: each with an environment of its own, so that the site holds nothing of the desk's."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsroom import data_folder, databases, embedded, roles
from newsroom.databases import VARIABLE, Address, House
from newsroom.settings import environment

# For the desk alone, where they are given.
DESKS = (
    "NEWSROOM_MAIL_URL",
    "NEWSROOM_MAIL_FROM",
    "NEWSROOM_SCREEN_LOCKS_AFTER_MINUTES",
    "NEWSROOM_SECOND_FACTOR",
    "NEWSROOM_TALK_DAYS",
    "NEWSROOM_TALK_MONTHS",
)
SHARED = (
    "HOME",
    "LANG",
    "LC_ALL",
    "NEWSROOM_DATA",
    "NEWSROOM_DEBUG",
    "NEWSROOM_LANGUAGE",
    "NEWSROOM_LOG",
    "NEWSROOM_POOL",
    "NEWSROOM_TIME_ZONE",
    "PATH",
    "TMPDIR",
)
THREADS = 4
PATIENCE_S = 60


class HousesError(Exception):
    """A house can't be opened; the message says in one sentence why and what to do."""


@dataclass(frozen=True)
class Grounds:
    """Where the two houses stand: their database by role, their ports and their folders."""

    addresses: Mapping[House, Address]
    bind: str
    ports: Mapping[House, int]
    media: Path
    static: Path

    def url(self, house: House) -> str:
        """Where a house is found."""
        host = "127.0.0.1" if self.bind in {"", "0.0.0.0", "::"} else self.bind  # noqa: S104 - asked for by name
        return f"http://{f'[{host}]' if ':' in host else host}:{self.ports[house]}"

    def environment(self, house: House) -> dict[str, str]:
        """What a house is given: its own role, its own key, its own folders."""
        side: House = "site" if house == "site" else "desk"
        key = f"{side.upper()}_SECRET_KEY"
        hosts = f"{side.upper()}_HOSTS"
        given = {
            **{name: os.environ[name] for name in SHARED if name in os.environ},
            "DJANGO_SETTINGS_MODULE": f"newsroom.settings.{side}",
            "PYTHONUNBUFFERED": "1",
            "NEWSROOM_PRODUCTION": "no",
            "SITE_ADDRESS": environment.given("SITE_ADDRESS") or self.url("site"),
            "PUBLIC_MEDIA_ROOT": str(self.media / "public"),
            "STATIC_ROOT": str(self.static / side),
            VARIABLE[side]: self.addresses[side].url,
            key: environment.given(key) or data_folder.secret(key),
            hosts: environment.given(hosts)
            or ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *self._host()])),
        }
        if side == "desk":
            given["PRIVATE_MEDIA_ROOT"] = str(self.media / "private")
            # By name: a browser keeps no passkey for a number.
            given["DESK_ADDRESS"] = environment.given("DESK_ADDRESS") or f"http://localhost:{self.ports['desk']}"
            given["FINGERPRINT_KEY"] = environment.given("FINGERPRINT_KEY") or data_folder.secret("FINGERPRINT_KEY")
            given |= {name: os.environ[name] for name in DESKS if name in os.environ}
        if house == "owner":
            given[VARIABLE["owner"]] = self.addresses["owner"].url
        return given

    def _host(self) -> list[str]:
        return [self.bind] if self.bind and ":" not in self.bind else []

    def manage(self, house: House, *command: str) -> subprocess.Popen[str]:
        """A command of manage.py as one of the roles; the owner's are the desk's with the owner's address."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=environment.PROJECT,
            env=self.environment(house),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def open(self, house: House) -> subprocess.Popen[bytes]:
        """Starts a house; see `wait`."""
        return subprocess.Popen(
            [
                *[sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"],
                *["--host", self.bind, "--port", str(self.ports[house])],
                *["--workers", "1", "--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "error"],
                # A worker that is told twice to end (by a terminal and by its parent) may miss both.
                *["--workers-kill-timeout", "2"],
                f"newsroom.{house}_wsgi:application",
            ],
            cwd=environment.PROJECT,
            env=self.environment(house),
            stdin=subprocess.DEVNULL,
        )

    def wait(self, house: House, process: subprocess.Popen[bytes]) -> None:
        """Returns when a house answers that it is well."""
        patience = time.monotonic() + PATIENCE_S
        answer = "nothing"
        while time.monotonic() < patience:
            if process.poll() is not None:
                raise HousesError(f"The {house} ended as it opened; what it said stands above.")
            try:
                with urllib.request.urlopen(f"{self.url(house)}/healthz", timeout=5):  # noqa: S310 - our own address
                    return
            except urllib.error.HTTPError as error:
                answer = str(error.code)
            except OSError:
                pass
            time.sleep(0.1)
        raise HousesError(f"The {house} did not open within {PATIENCE_S} seconds (it answered {answer}).")


def close(*processes: subprocess.Popen[bytes]) -> None:
    """Ends houses, kindly for three seconds."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    patience = time.monotonic() + 3
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, patience - time.monotonic()))
        if process.poll() is None:
            process.kill()
            process.wait()


def refuse_taken(bind: str, port: int) -> None:
    """Says so if something listens on a port already."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind, port))
        except OverflowError:
            raise HousesError(f"There is no port {port}; choose one below 65535.") from None
        except OSError:
            raise HousesError(
                f"Port {port} on {bind} is in use or closed to us; choose another, such as `make demo PORT={port + 1000}`."
            ) from None


def find_addresses() -> Mapping[House, Address]:
    """The three roles' addresses: given, made on a given server, or of the embedded one, which then runs."""
    administrator = databases.administrator()
    if administrator is not None:
        return roles.ensure(administrator)
    if databases.embedded():
        embedded.furnish()
    houses: tuple[House, ...] = ("owner", "desk", "site")
    return {house: databases.address(house) for house in houses}
