"""Bringing in what a newsroom printed before it began with the gate."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.archive import bring_in
from articles.gate import GateError
from staff.models import User


class Command(BaseCommand):
    """One story a line, as JSON (articles/archive.py says what it may hold): all of them, or none."""

    help = "Brings in an archive: a file of one JSON story a line, on behalf of the chief editor named."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="User name of the chief editor who brings it in.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads and prints."""
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"Nobody here is called {options['by']}.")
        try:
            lines = options["file"].read_text(encoding="utf-8").splitlines()
            stories = [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} can't be read as one JSON story a line: {error}") from None
        try:
            printed = bring_in(stories, by=by)
        except GateError as refusal:
            reasons = "; ".join(blocker.sentence for blocker in refusal.blockers)
            raise CommandError(f"{refusal} {reasons}".strip()) from None
        self.stdout.write(f"{len(printed)} stories of the archive are in print.")
