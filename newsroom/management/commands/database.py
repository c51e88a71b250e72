"""The embedded database by hand."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom import databases, embedded, roles
from newsroom.databases import ROLE


class Command(BaseCommand):
    """Starts, stops and shows the embedded database, or opens psql as one of the roles."""

    help = "Starts, stops or shows the embedded database; `shell --role site` opens psql as a role."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to do, and for a shell, as whom."""
        parser.add_argument("action", choices=["start", "stop", "status", "shell"])
        parser.add_argument("--role", choices=[*ROLE, "administrator"], default="desk")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it."""
        if not databases.embedded():
            raise CommandError("A database is given in the environment; the embedded one is not used.")
        try:
            getattr(self, options["action"])(options["role"])
        except (embedded.CannotStart, roles.RolesError) as error:
            raise CommandError(str(error)) from error

    def start(self, role: str) -> None:
        """Starts it, to run until `stop`."""
        server = embedded.furnish(keep=True)
        self.stdout.write(f"The embedded database runs in {server.folder} (process {server.pid}).")

    def stop(self, role: str) -> None:
        """Stops it, whoever uses it."""
        self.stdout.write("Stopped." if embedded.stop() else "It was not running.")

    def status(self, role: str) -> None:
        """Tells whether it runs; the exit code says the same."""
        server = embedded.status()
        if server is None:
            self.stdout.write("The embedded database does not run.")
            sys.exit(3)
        self.stdout.write(f"The embedded database runs in {server.folder} (process {server.pid}).")

    def shell(self, role: str) -> None:
        """psql as a role."""
        server = embedded.furnish()
        address = server.administrator.in_database(databases.NAME)
        for house in ROLE:
            if house == role:
                address = databases.address(house)
        sys.exit(embedded.psql(address))
