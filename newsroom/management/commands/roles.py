"""The database's roles, made by an administrator."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom import databases, embedded, roles
from newsroom.databases import VARIABLE
from newsroom.settings.environment import WrongSetting


class Command(BaseCommand):
    """Makes the three roles and the newsroom's database; safe to run again."""

    help = "Makes the roles newsroom_owner, newsroom_desk and newsroom_site and the database they use."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which server, and whether passwords may be set anew."""
        parser.add_argument("--admin-url", default="", help="postgresql://… of a role that may create roles.")
        parser.add_argument("--reset-passwords", action="store_true", help="Set new passwords for roles that exist.")
        parser.add_argument("--show", action="store_true", help="Print the three addresses, passwords included.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes what is missing."""
        try:
            found, ours = self._administrator(options["admin_url"])
            made = roles.ensure(found, ours=ours, reset_passwords=options["reset_passwords"])
        except (roles.RolesError, embedded.CannotStart, WrongSetting) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The roles and the database stand.")
        if options["show"]:
            for house, address in made.items():
                self.stdout.write(f"{VARIABLE[house]}={address.url}")
        else:
            self.stdout.write("Their addresses: `manage.py roles --show` (they hold the passwords).")

    def _administrator(self, url: str) -> tuple[databases.Address, bool]:
        if url:
            return databases.parse(url, "--admin-url"), False
        given = databases.administrator()
        if given is not None:
            return given, False
        if databases.embedded():
            return embedded.start().administrator, True
        raise CommandError("Give an administrator's address with --admin-url.")
