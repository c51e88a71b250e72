"""What SQL can't judge of a proof is judged here and stored as a Check with the digest that it judged.

The gate asks for a passing row for each check that the policy names, and always for the leak scan's.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import leaks
from articles.bodies import is_printable
from articles.models import Check, Proof


def markup(proof: Proof) -> list[str]:
    """Blocks that hold anything but the marks that may be printed: a script, an event handler, a style."""
    return [f"block {n}" for n, block in enumerate(proof.blocks, start=1) if not is_printable(block)]


# What each asks of a proof, in words.
WORDS: dict[str, Promise] = {"markup": _("The text holds no marks but those that may be printed")}
CHECKS: dict[str, Callable[[Proof], list[str]]] = {"markup": markup}
# No policy lets a text pass that was not scanned: the law asks for this one by name (``gate_scan_blockers``). It finds
# places, never words.
ALWAYS: dict[str, Callable[[Proof], list[str]]] = {"leaks": leaks.of_proof}


def judge(proof: Proof) -> list[Check]:
    """Runs every check on a proof and stores what each found."""
    return Check.objects.bulk_create(
        Check(proof=proof, digest=proof.digest, name=name, passed=not found, findings=found)
        for name, found in ((name, check(proof)) for name, check in (CHECKS | ALWAYS).items())
    )
