"""Finds looks at sources that were changed or removed."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.looking import faults
from sources.models import Look


class Command(BaseCommand):
    """Says what is wrong, one sentence each, and ends with 1; or how many looks there are, and the head to keep."""

    help = "Checks the chain of looks at sources. `verify_record` asks the same, and more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            help="The head that an earlier run printed, kept elsewhere: shows whether the end was cut off since.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verifies what stands there now."""
        wrong = list(faults(_read(options["head"]) if options["head"] else None))
        for fault in wrong:
            self.stdout.write(fault.sentence)
        if wrong:
            raise CommandError(f"The looks are not whole: {len(wrong)} {'fault' if len(wrong) == 1 else 'faults'}.")
        self.stdout.write(f"The looks are whole: {Look.objects.count()}.")
        destroyed = Look.objects.exclude(why_hash="").filter(why_salt="").count()
        if destroyed:
            self.stdout.write(f"Reasons destroyed with the sources that were forgotten: {destroyed}.")
        last = Look.objects.order_by("-number").first()
        if last is not None:
            self.stdout.write(f"Head of the looks: {last.number}:{last.hash}")


def _read(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"([1-9][0-9]*):([0-9a-f]{64})", text.strip())
    if found is None:
        raise CommandError("A head is written NUMBER:HASH, as verify_looks prints it.")
    return int(found[1]), found[2]
