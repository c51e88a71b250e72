"""Forgets a source, or a person in a story, from the server's own prompt."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from sources.forgetting import ForgettingRefused, forget, require_forgetter
from sources.models import ProtectedPerson, Source
from sources.remains import Answer, answer_of, foreseen, line_of
from staff.models import User


class Command(BaseCommand):
    """Says what goes and what stays, asks for the alias once more, and then says what is left to do.

    Without an alias on the line it asks for one: a shell keeps its lines.
    """

    help = "Destroys what the newsroom keeps of a source. Nobody can undo it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("alias", nargs="?", help="Her alias; better left out, and typed when asked.")
        parser.add_argument("--by", required=True, metavar="USER", help="Her contact reporter or the chief editor.")
        parser.add_argument("--reason", default="", help="Stays on record; asked for if left out.")
        parser.add_argument(
            "--keep-terms", action="store_true", help="Keep the fingerprints, so that her name goes on being caught."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One act, on the word of whoever is named in ``--by``."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError("There is no open account of that name.")
        whom = _found(options["alias"] or self._asked("Alias: "))
        # In the newsroom's words, and in English as all that a command says.
        with translation.override("en"):
            try:
                require_forgetter(whom, by=by)
                if whom.is_forgotten:
                    self._tell(line_of(whom.forgetting), answer_of(whom.forgetting), done=True)
                    return
                self._tell("Nothing is done yet.", foreseen(whom, terms=not options["keep_terms"]), done=False)
                reason = options["reason"] or self._asked("Reason (it stays on record): ")
                typed = self._asked("Nobody can undo this. Type the alias once more: ")
                forgetting = forget(whom, by=by, reason=reason, alias=typed, keep_terms=options["keep_terms"])
            except ForgettingRefused as refusal:
                raise CommandError(str(refusal)) from None
            self._tell(line_of(forgetting), answer_of(forgetting), done=True)

    def _asked(self, question: str) -> str:
        try:
            return input(question)
        except EOFError:
            raise CommandError("Nobody answered, so nothing is done.") from None

    def _tell(self, line: str, answer: Answer, *, done: bool) -> None:
        say = self.stdout.write
        say(f"{line}\n\n{'Destroyed' if done else 'Is destroyed'}:")
        for each in answer.destroyed:
            say(f"- {each}")
        say(f"\n{'Remains' if done else 'Stays'}:")
        for remaining in answer.remains:
            say(f"- {remaining.what}: {remaining.why}.")
        say("\nLeft to do:" if done else "\nLeft to do afterwards:")
        for number, step in enumerate(answer.next_steps, 1):
            say(f"{number}. {step}")


def _found(alias: str) -> Source | ProtectedPerson:
    found = (
        Source.objects.filter(alias=alias.strip()).first()
        or ProtectedPerson.objects.filter(alias=alias.strip(), source=None).first()
    )
    if found is None:
        raise CommandError("There is nobody by that alias.")
    return found
