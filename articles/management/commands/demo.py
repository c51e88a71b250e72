"""A small newsroom to look at: people, sources, photos, and stories in every stage."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.demo import accounts, album, informants, keeping, paper
from articles.demo.making import make
from articles.demo.stories import STORIES
from articles.models import Article, Policy
from newsroom import data_folder
from sources.ageing import age_talks
from sources.models import Source
from staff.models import User


class Command(BaseCommand):
    """Loads the demo paper by the desk's own acts; what is there already stays as it is."""

    help = "Loads a small invented newsroom and prints its accounts. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step whole or not at all, so that an interrupted run is simply run again."""
        with data_folder.locked("demo"):
            self._found()
            with transaction.atomic():
                sealed = keeping.entrust()
            if sealed:
                self.stdout.write(f"Sealed: {sealed} sources, to {' and '.join(keeping.KEEPERS)}.")
            if number := album.file_all():
                self.stdout.write(f"Photos: {number} drawn.")
            for story in STORIES:
                if make(story):
                    self.stdout.write(f"{story.stage:>10}  {story.headline}")
            age_talks()
        self._tell_accounts()
        self.stdout.write(f"\nThe private keys of the demo’s keepers lie in {keeping.folder()}.")

    def _found(self) -> None:
        """The paper, its people and its sources, in a newsroom that has none yet."""
        if Policy.objects.filter(name_en=paper.NAME_EN).exists():
            return
        usernames = [account.username for account in accounts.ACCOUNTS]
        if (
            Policy.objects.exists()
            or Article.objects.exists()
            or Source.objects.exists()
            or User.objects.filter(username__in=usernames).exists()
        ):
            raise CommandError("This newsroom has a paper of its own. The demo is for an empty one.")
        with transaction.atomic():
            accounts.hire()
            paper.found()
            informants.recruit()
        self.stdout.write(f"Founded {paper.NAME_EN} · {paper.NAME_KO}.")

    def _tell_accounts(self) -> None:
        self.stdout.write(f"\n{'role':<13}  {'user name':<10}  {'password':<19}  name")
        for account, password in accounts.list_accounts():
            shown = password or "(changed since)"
            self.stdout.write(f"{account.role.value:<13}  {account.username:<10}  {shown:<19}  {account.name}")
