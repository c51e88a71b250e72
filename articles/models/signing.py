"""The Proof that is read and the signature under it. Append-only, all of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.facts import Wording
from articles.models.story import Article
from reader.models import PrintedText
from staff.models import Passkey


class Proof(PrintedText):
    """The rendered candidate, exactly as it will be printed. The database computes its digest."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="proofs")
    # The article's revision that this proof shows: a later change asks for a new proof.
    revision = models.PositiveIntegerField(_("revision"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    # Which of its words state which fact and which are context, sentence by sentence (articles.coverage).
    coverage = models.JSONField(_("coverage"), default=list)
    wordings = models.ManyToManyField(Wording, through="ProofWording", related_name="proofs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["article", "-id"], name="proof_last")]


class ProofWording(models.Model):
    """A wording of a fact that a proof states."""

    proof = models.ForeignKey(Proof, models.PROTECT, related_name="+")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "wording"], name="proof_wording_once")]

    def __str__(self) -> str:
        return f"{self.proof_id} · {self.wording_id}"


class SignOff(models.Model):
    """An editor's signature on a proof: on its digest, so on exactly these words."""

    proof = models.ForeignKey(Proof, models.PROTECT, related_name="sign_offs")
    digest = models.CharField(_("digest"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proof", "by"], name="sign_off_once")]

    def __str__(self) -> str:
        return f"{self.by} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_by_guest(self) -> bool:
        return hasattr(self, "guest_signature")


class GuestSignature(models.Model):
    """What a guest's passkey signed when she signed a proof: kept, so that it can be verified again."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="guest_signature")
    invitation = models.ForeignKey("articles.Invitation", models.PROTECT, related_name="signatures")
    passkey = models.ForeignKey(Passkey, models.PROTECT, related_name="+")
    authenticator_data = models.BinaryField()
    client_data = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        verbose_name = _("guest’s signature")
        verbose_name_plural = _("guests’ signatures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.sign_off_id}"


class CautionsSeen(models.Model):
    """What could point at a source and was shown to an editor before she signed all the same. None was shown: no row.

    ``codes``: one for each caution (``articles.cautions``). What tells of a source herself, her safety or the days of
    talks with her, stands here as ``of_a_source`` and no more: the record has hours and is kept for ever, and from a code
    beside an hour it could be read when somebody rang us.
    """

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="cautions_seen")
    codes = ArrayField(models.CharField(max_length=40))

    class Meta:
        verbose_name = _("cautions seen")
        verbose_name_plural = _("cautions seen")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~models.Q(codes=[]), name="cautions_seen_are_some")]

    def __str__(self) -> str:
        return f"#{self.sign_off_id}"


class Check(models.Model):
    """What Python judged of a proof that SQL can't: the gate asks for a passing row for each check of the policy.

    ``findings``: list of sentences or objects that say what was found, for the desk.
    """

    proof = models.ForeignKey(Proof, models.PROTECT, related_name="checks")
    digest = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("check"), max_length=30)
    passed = models.BooleanField(_("passed"))
    findings = models.JSONField(_("findings"), default=list)
    # The newest protected term that there was: a scan of before knows nothing of a later one. The database notes it.
    newest_term = models.BigIntegerField(null=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["proof", "name", "-id"], name="check_last")]

    def __str__(self) -> str:
        return self.name
