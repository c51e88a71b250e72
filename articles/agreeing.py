"""Putting a policy in force: one proposes, another agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, accounts_of, act, fresh, require
from articles.gate import GateError
from articles.models import Policy
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def agree(policy: Policy, *, by: User) -> None:
    """A second person's word puts a policy in force. The database prints the frame of every page from it."""
    require_second(policy, by=by)
    with act():
        fresh(policy)
        if policy.agreed_by_id:
            raise GateError(_("This policy is agreed to already."), "agreed_already")
        present = Policy.objects.in_force()
        if present and present.pk > policy.pk:
            raise GateError(_("A later policy is in force. Propose a new one."), "policy_over")
        policy.agreed_by, policy.agreed_at = by, timezone.now()
        policy.save(update_fields=["agreed_by", "agreed_at"])


def require_second(policy: Policy, *, by: User) -> None:
    """Raises NotAllowed unless this is an editor who did not propose it."""
    require(by, "articles.agree_policy", _("Only an editor agrees to a policy."))
    if policy.proposed_by_id in accounts_of(by):
        raise NotAllowed(_("You proposed this policy, so another editor has to agree to it."))
