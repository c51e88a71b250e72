"""Finds what was changed or removed past the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Entry
from articles.verifying import Head, findings, head, one_moment


class Command(BaseCommand):
    """Says what is wrong, one sentence each, and ends with 1; or how many entries there are, and the head to keep."""

    help = "Checks the whole record: its chain, and every recorded row against its last entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            help="The head that an earlier run printed, kept elsewhere: shows whether the end was cut off since.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verifies at one moment."""
        try:
            kept = Head.read(options["head"]) if options["head"] else None
        except ValueError as error:
            raise CommandError(str(error)) from None
        with one_moment():
            wrong = 0
            for wrong, finding in enumerate(findings(kept), start=1):  # noqa: B007 - counts
                self.stdout.write(finding.sentence)
            if wrong:
                raise CommandError(f"The record is not whole: {wrong} {'fault' if wrong == 1 else 'faults'}.")
            entries = Entry.objects.count()
            found = Entry.objects.filter(op=Entry.Op.FOUND).count()
            destroyed = Entry.objects.filter(op=Entry.Op.DESTROYED).count()
            self.stdout.write(f"The record is whole: {entries} entries.")
            if found:
                self.stdout.write(f"Rows that were there before the record: {found}.")
            if destroyed:
                self.stdout.write(f"Texts destroyed on purpose: {destroyed}.")
            self.stdout.write(f"Head: {head()}")
