"""What SQL can't judge of a proof is judged here and stored as a Check with the digest that it judged.

The gate asks for a passing row for each check that the policy names, and for those that it always asks.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import leaks
from articles.attributed import attributions
from articles.bodies import is_printable
from articles.models import Check, Proof


def markup(proof: Proof) -> list[str]:
    """Blocks that hold anything but the marks that may be printed: a script, an event handler, a style."""
    return [f"block {n}" for n, block in enumerate(proof.blocks, start=1) if not is_printable(block)]


# What each asks of a proof, in words.
WORDS: dict[str, Promise] = {
    "markup": _("The text holds no marks but those that may be printed"),
    "attributions": _("The text names no source by more than was chosen"),
    "leaks": _("No protected term stands in the text"),
}
# Those that no policy spares (gate_always_checked).
ALWAYS = ("attributions",)
CHECKS: dict[str, Callable[[Proof], Sequence[Any]]] = {"markup": markup, "attributions": attributions}
# Asked for by the law in words of its own (``gate_scan_blockers``), for it grows old as terms are added. It finds places,
# never words.
SCANS: dict[str, Callable[[Proof], Sequence[Any]]] = {"leaks": leaks.of_proof}


def judge(proof: Proof) -> list[Check]:
    """Runs every check on a proof and stores what each found. A finding that only warns fails none."""
    return Check.objects.bulk_create(
        Check(proof=proof, digest=proof.digest, name=name, passed=not any(map(fails, found)), findings=list(found))
        for name, found in ((name, check(proof)) for name, check in (CHECKS | SCANS).items())
    )


def fails(finding: Any) -> bool:
    """Whether a finding keeps the proof back: unless it says of itself that it warns."""
    return not (isinstance(finding, dict) and finding.get("warns"))
