"""Both houses on one machine, as `make demo` shows them: real roles, real separation, one key press to stop."""

import argparse
import signal
import subprocess
import time
from typing import Any

from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError

from newsroom import data_folder, databases, embedded, houses, roles
from newsroom.databases import House
from newsroom.houses import Grounds, HousesError
from newsroom.settings import environment

NO_FACTOR = "  Here it asks for no second factor; NEWSROOM_SECOND_FACTOR=yes shows how a newsroom's staff come in.\n"


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or sent a signal."""


class Command(BaseCommand):
    """Prepares the database, loads the demo and opens the site on PORT and the desk on PORT+1."""

    help = "Opens the site on PORT (8000) and the desk on PORT+1, with demo content; Ctrl-C closes both."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The demo's content can be left out."""
        parser.add_argument("--empty", action="store_true", help="Load no demo content.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Opens, waits, closes."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self._running: list[subprocess.Popen[bytes]] = []
        try:
            self._open(empty=options["empty"])
            self._watch()
        except (HousesError, roles.RolesError, embedded.CannotStart) as error:
            raise CommandError(str(error)) from error
        except Stopped:
            self.stdout.write("\nClosing.")
        finally:
            houses.close(*self._running)

    def _stop(self, *_: Any) -> None:
        # Once: make and a terminal may send the same signal twice.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    def _open(self, *, empty: bool) -> None:
        began = time.monotonic()
        port = environment.number("PORT", 8000)
        bind = environment.text("NEWSROOM_BIND", "127.0.0.1")
        for taken in (port, port + 1):
            houses.refuse_taken(bind, taken)
        self._say("Starting the database")
        data = data_folder.path()
        grounds = Grounds(
            addresses=houses.find_addresses(),
            bind=bind,
            ports={"site": port, "desk": port + 1},
            media=data,
            static=data / "static",
        )
        gathering = [grounds.manage(side, "collectstatic", "--no-input", "-v0") for side in _SIDES]
        self._say("Bringing the tables up to date")
        self._done(grounds.manage("owner", "migrate", "-v0"))
        told = ""
        if not empty and "demo" in get_commands():
            self._say("Loading the demo")
            told = self._done(grounds.manage("desk", "demo"))
        for process in gathering:
            self._done(process)
        self._say("Opening both houses")
        for side in _SIDES:
            self._running.append(grounds.open(side))
        for side, house in zip(_SIDES, self._running, strict=True):
            grounds.wait(side, house)
        if told:
            self.stdout.write(f"\n{told.strip()}")
        factor = environment.yes("NEWSROOM_SECOND_FACTOR", default=False)
        self.stdout.write(
            f"\n  The site, for readers:  {grounds.url('site')}/\n"
            f"  The desk, for staff:    {grounds.url('desk')}/\n"
            f"{'' if factor else NO_FACTOR}\n"
            f"Ready after {time.monotonic() - began:.0f} s. Ctrl-C closes both."
        )
        self.stdout.flush()

    def _say(self, line: str) -> None:
        self.stdout.write(f"{line} ...")
        self.stdout.flush()

    def _done(self, process: subprocess.Popen[str]) -> str:
        said, _ = process.communicate()
        if process.returncode:
            raise HousesError(f"A step failed:\n{said.strip()}")
        return said

    def _watch(self) -> None:
        ours, looked = databases.embedded(), time.monotonic()
        while all(process.poll() is None for process in self._running):
            time.sleep(0.2)
            if ours and time.monotonic() - looked > 1:
                looked = time.monotonic()
                if embedded.was_killed():
                    self._say("The database was killed: starting it again")
                    embedded.start()
        raise HousesError("One house has ended, so the other is closed too.")


_SIDES: tuple[House, ...] = ("site", "desk")
