"""What was decided about a fact that few could know: printing it as it was told could point at who told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.facts import Fact, Wording
from articles.models.policy import AGREED_BY_ANOTHER


class Discretion(models.Model):
    """One decision: what was done about a wording below the knowledge floor, and why. Added, and agreed to, once.

    It is for these words alone, and for as few people as could know them then.
    """

    class Remedy(models.TextChoices):
        ROUNDED = "rounded", _("figures are rounded or left out")
        PARAPHRASED = "paraphrased", _("it is told in our words, not in those of the paper or the speaker")
        WIDER = "wider", _("the sources are named more widely")
        DELAYED = "delayed", _("it is printed later, when more people know it")
        PRINTED = "printed", _("it is printed all the same")

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="discretions", verbose_name=_("wording"))
    remedy = models.CharField(_("what is done"), max_length=11, choices=Remedy)
    # As the fact had it then; kept by the database.
    known_to = models.CharField(max_length=9, choices=Fact.KnownTo, editable=False)
    # What of the words was queried then (articles.telltales): the decision answers it.
    queried = models.JSONField(default=list, editable=False)
    reason = models.TextField(_("reason"), help_text=_("For the desk."))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("decision on a fact that few could know")
        verbose_name_plural = _("decisions on facts that few could know")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="discretion_has_a_reason"),
            models.CheckConstraint(condition=AGREED_BY_ANOTHER, name="discretion_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return str(self.get_remedy_display())

    @property
    def waits(self) -> bool:
        """Whether a second person has to agree."""
        return self.remedy == self.Remedy.PRINTED and self.agreed_by_id is None
