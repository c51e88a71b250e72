"""For the day when the chief editor has lost her device and her recovery codes: on the server, by who runs it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from staff.factors import reset_factors
from staff.models import User


class Command(BaseCommand):
    help = "Takes away an account's second factor, so that the next log-in sets up another. It goes on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that she logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"], is_staff=True).first()
        if user is None:
            raise CommandError("No member of staff logs in under that name.")
        reset_factors(user, by=None)
        self.stdout.write("Reset. She is logged out everywhere; her next log-in asks her to set up another.")
