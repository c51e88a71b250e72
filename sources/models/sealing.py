"""What identifies a person, sealed to keys that are not on this server."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.protecting import ProtectedPerson


class KeeperQuerySet(models.QuerySet["Keeper"]):
    def standing(self) -> KeeperQuerySet:
        """Those to whom is sealed now: two people agreed to each, and nobody ended it."""
        return self.filter(agreed_by__isnull=False, ended_at__isnull=True)


class Keeper(models.Model):
    """Somebody who can open what is sealed: her public key. The private one never touches the server.

    A key that a single hand could add would be the quietest way to read every source: one proposes, another agrees.
    """

    name = models.CharField(_("name"), max_length=60)
    public_key = models.CharField(_("public key"), max_length=62, unique=True, help_text=_("Begins with age1."))
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
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ended by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = KeeperQuerySet.as_manager()

    class Meta:
        verbose_name = _("keeper")
        verbose_name_plural = _("keepers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(public_key__startswith="age1"), name="keeper_key_is_an_age_key"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by=F("proposed_by")),
                name="keeper_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="keeper_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        return self.agreed_by_id is not None and self.ended_at is None


class SealedRecord(models.Model):
    """One sealing of what identifies a person. A later one adds to it; nobody here can read either.

    Without an hour: when it was sealed stands in the record of looks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(ProtectedPerson, models.PROTECT, related_name="sealed_records")
    # An age file, padded inside so that its length does not tell how much was written.
    ciphertext = models.BinaryField()
    # The public keys it was sealed to.
    sealed_to = ArrayField(models.CharField(max_length=62))

    class Meta:
        verbose_name = _("sealed record")
        verbose_name_plural = _("sealed records")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(sealed_to__len__gte=1), name="sealed_record_is_sealed_to_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.person)
