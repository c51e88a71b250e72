"""How a story names its sources, without naming them: chosen from what each of them allows, frozen with each proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.signing import Proof
from articles.models.story import Article
from sources.attributions import attribution
from sources.models import Place, Source


class Attribution(models.Model):
    """The phrase for one source in one story: a place on her ladder and a general role. Never typed."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attributions", verbose_name=_("story"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="attributions", verbose_name=_("source"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place in print"))
    part = models.CharField(_("role in print"), max_length=10, choices=Source.Part, default=Source.Part.SOURCE)

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["article", "source"], name="attribution_once_a_story")]

    def __str__(self) -> str:
        return self.phrase(self.article.language)

    def phrase(self, language: str) -> str:
        """As the reader reads it: "a resident of Hoeryong", "회령시 주민"."""
        return attribution(self.part, self.place, language)


class ProofAttribution(models.Model):
    """The phrase for one source in one proof, and so in every publication that printed it. Append-only.

    What a reader has seen of a source over the years is read from these rows (her exposure).
    """

    proof = models.ForeignKey(Proof, models.PROTECT, related_name="attributions")
    source = models.ForeignKey(Source, models.PROTECT, related_name="printed_attributions")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Source.Part)

    class Meta:
        verbose_name = _("attribution in a proof")
        verbose_name_plural = _("attributions in proofs")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["proof", "source"], name="proof_attribution_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def phrase(self, language: str) -> str:
        """As the reader read it."""
        return attribution(self.part, self.place, language)
