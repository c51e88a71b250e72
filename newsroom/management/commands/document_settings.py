"""The guide's table of settings, from the one list of them."""

import argparse
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.settings import environment

GUIDE = environment.PROJECT / "docs" / "settings.md"
BEGIN, END = "<!-- the table is written by manage.py document_settings --write -->", "<!-- end of the table -->"


def table() -> str:
    """One row for each variable."""
    rows = ["| Variable | Who needs it | Value | Default | Meaning |", "|---|---|---|---|---|"]
    for variable in environment.VARIABLES:
        kind = " or ".join(f"`{choice}`" for choice in variable.choices) or variable.kind
        rows.append(f"| `{variable.name}` | {variable.who} | {kind} | {variable.default} | {variable.meaning} |")
    return "\n".join(rows)


class Command(BaseCommand):
    """Prints the table, or puts it into docs/settings.md."""

    help = "Prints the table of settings, or writes it into docs/settings.md with --write."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Print or write."""
        parser.add_argument("--write", action="store_true", help="Put it into docs/settings.md.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints or writes."""
        if not options["write"]:
            self.stdout.write(table())
            return
        guide = GUIDE.read_text()
        if BEGIN not in guide or END not in guide:
            raise CommandError(f"{GUIDE.name} has lost the marks between which the table stands.")
        GUIDE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{table()}\n{END}", guide, flags=re.DOTALL))
