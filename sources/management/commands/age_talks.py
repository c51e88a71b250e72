"""Lets the dates of talks fade: the day to its month, later the month to a count."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sources.ageing import age_talks


class Command(BaseCommand):
    """For a timer, every night. Says how many, and never whose."""

    help = "Lets the dates of talks with sources fade, as the settings say. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what is due, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what it did."""
        aged = age_talks(dry_run=options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(f"Due: {aged.to_month} to their month, {aged.to_count} to a count. Nothing is changed.")
            return
        self.stdout.write(
            f"Talks that keep their month alone: {aged.to_month} more. Faded to a count: {aged.to_count} more."
            f" Lines of the desk's history of sources that are gone: {aged.history}."
        )
