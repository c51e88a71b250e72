"""What the paper asks of itself. Each row is a version; the last one that two people agreed on is in force."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# What two people decide: one proposes, another agrees, once.
AGREED_BY_ANOTHER = Q(agreed_by__isnull=True, agreed_at__isnull=True) | Q(
    agreed_by__isnull=False, agreed_at__isnull=False
) & ~Q(agreed_by=F("proposed_by"))


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self) -> Policy | None:
        """The last version that a second person agreed to; None before the first."""
        return self.filter(agreed_by__isnull=False).order_by("-pk").first()


class Policy(models.Model):
    """One version of the paper's rules and of the words in the frame of every page."""

    name_en = models.CharField(_("name of the paper in English"), max_length=60)
    name_ko = models.CharField(_("name of the paper in Korean"), max_length=60)
    promise_en = models.CharField(
        _("promise in English"), max_length=200, help_text=_("Stands under the name on every page.")
    )
    promise_ko = models.CharField(
        _("promise in Korean"), max_length=200, help_text=_("Stands under the name on every page.")
    )
    default_edition = models.CharField(
        _("edition at /"), max_length=2, choices=[("en", _("English")), ("ko", _("Korean"))], default="en"
    )
    min_sources = models.PositiveSmallIntegerField(
        _("least number of sources"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("Independent, confirmed sources that each event must rest on."),
    )
    document_suffices = models.BooleanField(
        _("a document may carry an event"), default=True, help_text=_("In place of the number of sources.")
    )
    photo_suffices = models.BooleanField(
        _("a photo may carry an event"), default=False, help_text=_("In place of the number of sources.")
    )
    earlier_suffices = models.BooleanField(
        _("an earlier fact of ours may carry a fact"),
        default=True,
        help_text=_("In place of the number of sources, while that fact is confirmed and in print."),
    )
    covers_text = models.BooleanField(
        _("every sentence is covered"),
        default=True,
        help_text=_("Each sentence of a story states a confirmed fact, or is marked as context by somebody by name."),
    )
    guests_sign = models.BooleanField(
        _("a guest may sign"),
        default=False,
        help_text=_("A colleague from outside whom an editor invites, where no second editor is at hand."),
    )
    anonymity_floor = models.PositiveIntegerField(
        _("anonymity floor"),
        default=50_000,
        db_default=50_000,
        help_text=_("The least number of people that what is printed of a source must fit. 0: not asked."),
    )
    knowledge_floor = models.CharField(
        _("knowledge floor"),
        max_length=9,
        choices=[
            ("workplace", _("a workplace")),
            ("meeting", _("those at a meeting")),
            ("handful", _("a handful of people")),
        ],
        default="workplace",
        db_default="workplace",
        blank=True,
        help_text=_(
            "What fewer people than these could know is not printed without a second thought. Empty: not asked."
        ),
    )
    began_on = models.DateField(
        _("first day of the gate"),
        null=True,
        blank=True,
        help_text=_(
            "Only stories from before this day come in as an archive, and only until it has come. Set once, kept for ever."
        ),
    )
    required_checks = ArrayField(
        models.CharField(max_length=30), verbose_name=_("checks asked of each proof"), default=list, blank=True
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("agreed by"),
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["-pk"]
        permissions = [("agree_policy", "Can agree to a policy")]
        constraints = [
            models.CheckConstraint(condition=Q(min_sources__gte=1), name="policy_asks_for_a_source"),
            models.CheckConstraint(condition=AGREED_BY_ANOTHER, name="policy_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} · {self.proposed_at:%Y-%m-%d}"
