"""Who told us: sources known by an alias, who vouched for them, who depends on whom.

Nothing here names a person. What identifies one is sealed (``sources.models.sealing``).
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.aliases import new_alias, require_drawn
from sources.attributions import attribution
from sources.models.places import Place


class Circle(models.Model):
    """Sources who are not independent of one another: a family, a workplace, one who repeats another.

    However many of them say a thing, it counts once.
    """

    name = models.CharField(
        _("name on the desk"),
        max_length=60,
        unique=True,
        help_text=_("A made-up word. It must not say what ties these sources together."),
    )

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceQuerySet(models.QuerySet["Source"]):
    def remembered(self) -> SourceQuerySet:
        """Those who were not forgotten: of whom something new may be recorded."""
        return self.filter(forgetting=None)


class Source(models.Model):
    """A person who tells us things, known on the desk by an alias of two random words."""

    class Standing(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("source", "unconfirmed")
        CONFIRMED = "confirmed", pgettext_lazy("source", "confirmed")
        DISCREDITED = "discredited", pgettext_lazy("source", "discredited")

    class Safety(models.TextChoices):
        SAFE = "safe", _("safe")
        AT_RISK = "at_risk", _("at risk")
        OUT_OF_CONTACT = "out_of_contact", _("out of contact")
        IN_DANGER = "in_danger", _("in danger")

    class Part(models.TextChoices):
        """The general role that an attribution may name."""

        SOURCE = "source", _("source")
        RESIDENT = "resident", _("resident")
        TRADER = "trader", _("trader")
        WORKER = "worker", _("worker")
        FARMER = "farmer", _("farmer")
        OFFICIAL = "official", _("official")

    alias = models.CharField(
        _("alias"),
        max_length=60,
        unique=True,
        default=new_alias,
        help_text=_("Two random words. Never derive it from the person."),
    )
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.UNCONFIRMED)
    safety = models.CharField(_("safety"), max_length=15, choices=Safety, default=Safety.SAFE)
    contact_reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sources",
        verbose_name=_("contact reporter"),
        help_text=_("The reporter who speaks with the source."),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_sources",
        verbose_name=_("deputy"),
    )
    circle = models.ForeignKey(
        Circle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("circle"),
        help_text=_("Sources in one circle count once. Leave empty if this source depends on no other."),
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="+",
        verbose_name=_("place in print"),
        help_text=_("The narrowest place that may ever be printed for this source, not where she lives."),
    )
    part = models.CharField(
        _("role in print"),
        max_length=10,
        choices=Part,
        default=Part.SOURCE,
        help_text=_("As general as the story bears."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["alias"]
        permissions = [("vet_source", "Can confirm or discredit a source")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=True) | ~models.Q(deputy=models.F("contact_reporter")),
                name="source_deputy_is_another",
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    def clean(self) -> None:
        """An alias is drawn by lot, whoever types it. One that stood before this was asked stays."""
        super().clean()
        if self.alias and not Source.objects.filter(pk=self.pk, alias=self.alias).exists():
            try:
                require_drawn(self.alias)
            except ValidationError as refusal:
                raise ValidationError({"alias": refusal}) from None

    @property
    def is_confirmed(self) -> bool:
        return self.standing == self.Standing.CONFIRMED

    @property
    def is_forgotten(self) -> bool:
        return hasattr(self, "forgetting")

    def is_known_to(self, user: models.Model) -> bool:
        """Whether this person may see more of the source than alias and standing."""
        return user.pk in (self.contact_reporter_id, self.deputy_id)

    def attribution(self, language: str) -> str:
        """The public phrase for this source: "a resident of Hoeryong", "회령시 주민"."""
        return attribution(self.part, self.place, language)


class Vetting(models.Model):
    """One change of a source's standing: who judged, when and why. Append-only."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="vettings", verbose_name=_("source"))
    standing = models.CharField(_("standing"), max_length=12, choices=Source.Standing)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("vetting")
        verbose_name_plural = _("vettings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_standing_display()}"


class Confidant(models.Model):
    """Who ever spoke with a source, as her contact, as the deputy or in a talk: she never confirms her.

    Written by the database, without an hour, and kept when the source is given to another or a talk is taken away.
    """

    # Kept also when the source is deleted: nobody brings her back as somebody else's.
    source = models.ForeignKey(Source, models.DO_NOTHING, db_constraint=False, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confidant")
        verbose_name_plural = _("confidants")
        # A list of them would show who has which sources.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "user"], name="confidant_once_a_source")]

    def __str__(self) -> str:
        return str(self.user)
