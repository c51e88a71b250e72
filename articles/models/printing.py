"""The door's own record: which proof became which publication, and what was done to it afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.policy import Policy
from articles.models.signing import Proof
from articles.models.story import Article
from reader.models import Publication


class Printing(models.Model):
    """Ties a publication to the proof it repeats and the policy under which it was printed. Append-only."""

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="printing")
    article = models.ForeignKey(Article, models.PROTECT, related_name="printings")
    proof = models.ForeignKey(Proof, models.PROTECT, related_name="printings")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("printing")
        verbose_name_plural = _("printings")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.publication_id} · {self.at:%Y-%m-%d}"


class Pull(models.Model):
    """A publication taken off the site at once: by the gate (``by`` empty, ``causes`` say why) or by a person.

    ``causes``: ``[{"code", "fact", "object"?}]`` as ``gate_causes`` notes them, never a source. A staggered pull stands
    here from the day on which it was agreed to, ``at`` the hour at which the story leaves print.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="pulls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)
    causes = models.JSONField(_("causes"), default=list)

    class Meta:
        verbose_name = _("pull")
        verbose_name_plural = _("pulls")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason or "the gate"


class PullTold(models.Model):
    """That the editors were told of a pull by the gate. Each is told once."""

    pull = models.OneToOneField(Pull, models.PROTECT, primary_key=True, related_name="told")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("telling of a pull")
        verbose_name_plural = _("tellings of pulls")

    def __str__(self) -> str:
        return f"{self.pull_id} · {self.at:%Y-%m-%d %H:%M}"


class Release(models.Model):
    """A pulled publication back in print, through the whole gate."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="releases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason


class Withdrawal(models.Model):
    """A publication taken off for good. The reason stays on the desk."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason
