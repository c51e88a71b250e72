"""Tells the editors of pulls that no act told them of: a staggered hour that came, raw SQL, a mail server that was away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import alarms


class Command(BaseCommand):
    """For a timer. Safe to run at any time: each pull is told once."""

    help = "Tells the editors by e-mail of stories that the gate took off the site. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many stories were told of."""
        if not alarms.mail_is_set_up():
            raise CommandError("No mail server is named: set NEWSROOM_MAIL_URL.")
        if not alarms.listeners():
            raise CommandError("No editor's account has an e-mail address.")
        try:
            number = alarms.tell_editors()
        except alarms.NotTold:
            raise CommandError("The mail server took no message; it is tried again at the next run.") from None
        self.stdout.write(f"Told of {number}.")
