"""Scanning all stories anew, once terms were added."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from articles.scanning_anew import scan_anew


class Command(BaseCommand):
    """Finds protected terms in every story in the works and in print. Takes nothing off: its hour would tell whose it was."""

    help = "Scans every story for protected terms. Run it once a night; what it finds is told to the contact reporters."

    def handle(self, *args: Any, **options: Any) -> None:
        """Scans, and says how much stands in print, never what or where."""
        number = scan_anew()
        self.stdout.write(
            ngettext(
                "Every story was scanned. %(number)d finding stands in print; its contact reporter reads of it on the desk.",
                "Every story was scanned. %(number)d findings stand in print; their contact reporters read of them on the desk.",
                number,
            )
            % {"number": number}
        )
