"""The catalogues of the interface."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom import catalogues


class Command(BaseCommand):
    """For who works on the code; the compiled catalogues are part of the repository."""

    help = "Brings the Korean catalogue up to date and compiles it. --check only says what lacks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a translation lacks or is not compiled"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            catalogues.update(settings.BASE_DIR, "ko")
        lacking = catalogues.missing(settings.BASE_DIR, "ko")
        for message in lacking:
            self.stdout.write(f"{message.file}: {message.singular!r}")
        if lacking:
            raise CommandError(f"{len(lacking)} strings have no Korean.")
        if not catalogues.is_compiled("ko"):
            raise CommandError("The compiled catalogue is not what the catalogue says: run `make messages`.")
        self.stdout.write("Every string has its Korean.")
