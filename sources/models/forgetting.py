"""That somebody was forgotten, by whom and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.protecting import ProtectedPerson
from sources.models.source import Source


class Forgetting(models.Model):
    """One source, or one person in a story, of whom the newsroom keeps nothing any more. Append-only and recorded.

    The row is the act: as it comes in, the database destroys what there is (``articles/sql/forgetting.sql``), and from
    then on refuses whatever is new (``source_is_forgotten``). Use ``sources.forgetting.forget``.
    """

    # Either: a source, or a person in a story who is none.
    source = models.OneToOneField(
        Source, models.PROTECT, null=True, related_name="forgetting", verbose_name=_("source")
    )
    person = models.OneToOneField(ProtectedPerson, models.PROTECT, null=True, related_name="forgetting")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"))
    # The fingerprints stay, so that the name goes on being caught in a text.
    terms_kept = models.BooleanField(default=False)
    # How many of what: counted by the database.
    destroyed = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("forgetting")
        verbose_name_plural = _("forgettings")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, person__isnull=True) | Q(source__isnull=True, person__isnull=False),
                name="forgetting_of_a_source_or_a_person",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="forgetting_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def whom(self) -> Source | ProtectedPerson:
        """Who was forgotten."""
        return self.source or ProtectedPerson.objects.get(forgetting=self)
