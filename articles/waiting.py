"""Proposals that wait for a second person: exceptions, facts that few could know, staggered pulls, policies, keepers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Discretion, Override, Policy, Waiver
from articles.quoting import inner
from articles.staggering import open_staggers
from sources.models import Keeper

if TYPE_CHECKING:
    from staff.models import User


@dataclass(frozen=True)
class Proposal:
    """What is proposed, by whom, and where one agrees to it. ``hers``: she proposed it herself."""

    what: str
    proposed_by: User
    link: str
    hers: bool


def waiting_for_a_second(user: User) -> list[Proposal]:
    """What an editor may agree to, and what she proposed and waits for; nothing for others."""
    if not user.is_editor:
        return []
    found: list[tuple[str, User, str]] = []
    waivers = (
        Waiver.objects.filter(agreed_by=None, wording__fact__dropping=None)
        .annotate(present=Max("wording__fact__wordings__number"))
        .filter(wording__number=F("present"))
        .select_related("wording__fact__article", "proposed_by")
    )
    for waiver in waivers.order_by("pk"):
        fact = waiver.wording.fact
        what = _("Waive the number of sources for “%(fact)s”") % {"fact": inner(waiver.wording.text)}
        found.append((what, waiver.proposed_by, f"{fact.article.get_absolute_url()}#fact-{fact.pk}"))
    decided = (
        Discretion.objects.filter(agreed_by=None, remedy=Discretion.Remedy.PRINTED, wording__fact__dropping=None)
        .filter(known_to=F("wording__fact__known_to"))
        .annotate(present=Max("wording__fact__wordings__number"))
        .filter(wording__number=F("present"))
        .select_related("wording__fact__article", "proposed_by")
    )
    for discretion in decided.order_by("pk"):
        fact = discretion.wording.fact
        what = _("Print all the same, though few could know it: “%(fact)s”") % {"fact": inner(discretion.wording.text)}
        found.append((what, discretion.proposed_by, f"{fact.article.get_absolute_url()}#fact-{fact.pk}"))
    overrides = Override.objects.filter(agreed_by=None, until__gt=timezone.now())
    for override in overrides.select_related("article", "proposed_by"):
        what = _("Print “%(story)s” in an emergency") % {"story": inner(str(override.article))}
        found.append((what, override.proposed_by, reverse("articles:publication", args=[override.article_id])))
    for stagger in open_staggers():
        what = _("Stagger what the fall of %(source)s takes down, until %(day)s") % {
            "source": stagger.source,
            "day": date_format(stagger.last_day, "DATE_FORMAT"),
        }
        link = reverse("admin:sources_source_change", args=[stagger.source_id]) + "#staggers"
        found.append((what, stagger.proposed_by, link))
    in_force = Policy.objects.in_force()
    policies = Policy.objects.filter(agreed_by=None, pk__gt=in_force.pk if in_force else 0)
    found += [
        (_("A new policy"), policy.proposed_by, reverse("admin:articles_policy_change", args=[policy.pk]))
        for policy in policies.select_related("proposed_by").order_by("pk")
    ]
    keepers = Keeper.objects.filter(agreed_by=None, ended_at=None).select_related("proposed_by").order_by("pk")
    found += [
        (
            _("A keeper of what is sealed: %(name)s") % {"name": keeper},
            keeper.proposed_by,
            reverse("admin:sources_keeper_change", args=[keeper.pk]),
        )
        for keeper in keepers
    ]
    return [Proposal(what, by, link, by.pk == user.pk) for what, by, link in found]
