"""People whose names never appear, and by what their names are known again without being known."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class ProtectedPerson(models.Model):
    """Somebody who must not be found in a text: a source, or a person of whom a story tells."""

    source = models.OneToOneField(Source, models.PROTECT, null=True, related_name="protected", verbose_name=_("source"))
    # Of a person in a story: two random words, as a source has.
    alias = models.CharField(_("alias"), max_length=60, blank=True)
    contact_reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("contact reporter"),
        help_text=_("The reporter who answers for a person in a story; for a source it is the source's own."),
    )

    class Meta:
        verbose_name = _("protected person")
        verbose_name_plural = _("protected people")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, alias="", contact_reporter__isnull=True)
                | Q(source__isnull=True, contact_reporter__isnull=False) & ~Q(alias=""),
                name="protected_person_is_a_source_or_has_an_alias",
            ),
            models.UniqueConstraint(fields=["alias"], condition=~Q(alias=""), name="protected_person_alias_once"),
        ]

    def __str__(self) -> str:
        return self.alias or str(self.source)

    @property
    def is_forgotten(self) -> bool:
        return self.source.is_forgotten if self.source else hasattr(self, "forgetting")

    def is_known_to(self, user: models.Model) -> bool:
        """Whether this person may hear that it is one of hers."""
        return self.source.is_known_to(user) if self.source else user.pk == self.contact_reporter_id


class ProtectedTerm(models.Model):
    """One name, number, handle or place that must never appear: a keyed fingerprint, never the word.

    The key is not in the database (``FINGERPRINT_KEY``). Without it a row tells no more than that there is a term.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        NUMBER = "number", _("number")
        HANDLE = "handle", _("handle")
        PLACE = "place", _("place")

    person = models.ForeignKey(ProtectedPerson, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=6, choices=Kind)
    fingerprint = models.BinaryField()
    # A common word as well as a name (수정, 이슬, Grace): counts beside another term of the same person alone.
    needs_company = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("protected term")
        verbose_name_plural = _("protected terms")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "fingerprint"], name="protected_term_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ScanAnswer(models.Model):
    """A scan that told somebody that a term stands in what she typed: who, when and whose. Added to, never changed.

    Whoever tries names on a scan leaves one of these for each that is protected, and hears nothing more after so many.
    """

    person = models.ForeignKey(ProtectedPerson, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer of the leak scan")
        verbose_name_plural = _("answers of the leak scan")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [
            # How many somebody was given lately: asked at every save in which something was found.
            models.Index(fields=["by", "at"], name="scan_answer_by_whom"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
