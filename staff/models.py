"""Who works here: accounts, the roles they hold, what they come in with, and where they are logged in."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of the desk. Each value is the name of the group that carries its rights.

    The gate asks for these names too (``gate_is_editor`` in ``articles/sql/gate.sql``).
    """

    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    CHIEF_EDITOR = "chief editor", _("Chief editor")
    PHOTO_EDITOR = "photo editor", _("Photo editor")
    MODERATOR = "moderator", _("Moderator")
    GUEST = "guest signatory", _("Guest signatory")


EDITORS = (Role.EDITOR, Role.CHIEF_EDITOR)


class User(AbstractUser):
    """A member of the staff. What she may do comes from the groups (roles) she is in.

    Being a superuser makes nobody an editor: the gate asks for the role.
    """

    reads = ArrayField(
        models.CharField(max_length=2, choices=[("en", _("English")), ("ko", _("Korean"))]),
        default=list,
        blank=True,
        verbose_name=_("reads"),
        help_text=_("Languages in which this person can judge a translation."),
    )
    interface_language = models.CharField(
        _("language of the desk"),
        max_length=2,
        choices=[("en", "English"), ("ko", "한국어")],
        default="en",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")  # type: ignore[assignment]
        verbose_name_plural = _("staff")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """In the order of the name's own language: Amy Park, 박도현."""
        if any("가" <= letter <= "힣" for letter in self.last_name):
            return f"{self.last_name}{self.first_name}".strip()
        return super().get_full_name()

    @property
    def roles(self) -> frozenset[str]:
        """Names of the roles this person holds now; none for a closed account."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def is_editor(self) -> bool:
        return bool(self.roles & set(EDITORS))

    @property
    def is_chief_editor(self) -> bool:
        return Role.CHIEF_EDITOR in self.roles

    @property
    def is_guest(self) -> bool:
        """A guest signatory: from outside, and nothing besides."""
        return not self.is_staff and not self.is_superuser and self.roles == {Role.GUEST}


class GuestManager(UserManager):
    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(groups__name=Role.GUEST, is_staff=False, is_superuser=False)


class Guest(User):
    """A colleague of another paper, or a lawyer, who signs from outside with a passkey. No staff, and no password."""

    objects = GuestManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("guest signatory")
        verbose_name_plural = _("guest signatories")


class Passkey(models.Model):
    """A key that an account signs with. Its private half never leaves her telephone or her stick.

    Never deleted, for what was signed with it is verified again later; one that was lost has ended.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    # A COSE key, in CBOR.
    public_key = models.BinaryField()
    # How often it has signed, as the device counts; 0 for ever where the device does not count.
    sign_count = models.PositiveBigIntegerField(default=0)
    name = models.CharField(_("name"), max_length=60)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class RegistrationLink(models.Model):
    """A link under which an account registers a passkey, once. The database keeps only the hash of its secret part."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="registration_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(_("until"))
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("registration link")
        verbose_name_plural = _("registration links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AuthenticatorApp(models.Model):
    """A telephone that shows six digits (TOTP), as an account's second factor. Its secret is kept encrypted."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticator_app")
    # Under a key made of the desk's own (staff/factors.py): the database alone gives no digits.
    secret = models.BinaryField()
    # The half-minute of the last digits that were taken; none of it or before is taken again.
    last_step = models.BigIntegerField(default=0)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self) -> str:
        return f"#{self.pk}"


class RecoveryCode(models.Model):
    """A code on paper that stands in for a lost device, once. Only its hash is kept: it has eighty random bits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    code_sha256 = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class FactorReset(models.Model):
    """Somebody's second factor was taken away, so that she can set up another: by whom and when. On record."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets")
    # Nobody: on the server, by who runs it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)
    # Typed by who took it away; none on the server.
    reason = models.CharField(max_length=500, default="", blank=True)
    # When she was told of it at the desk.
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("second factor reset")
        verbose_name_plural = _("second factor resets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class FailedEntry(models.Model):
    """A try to come in that did not succeed, or is being judged now. Kept for an hour; no name and no address."""

    # A keyed hash of the name that was typed, whether or not there is such an account, and of the way that was tried.
    door = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("failed entry")
        verbose_name_plural = _("failed entries")
        # Asked at every try (staff/tries.py).
        indexes = [models.Index(fields=["door", "at"], name="failed_entry_door")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Session(AbstractBaseSession):
    """A browser that is logged in, or on its way. Neither its cookie nor what it holds can be read here.

    The columns beside are for the list that she sees, and for ending it (staff/sql/doors.sql).
    """

    # The SHA-256 of the cookie.
    session_key = models.CharField(max_length=64, primary_key=True)
    handle = models.UUIDField(default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions", null=True)
    begun_at = models.DateTimeField()
    # To the minute: for the idle limit. She is told the hour.
    seen_at = models.DateTimeField()
    # A family, such as "firefox windows": nothing by which one machine is told from another.
    device = models.CharField(max_length=30, blank=True)

    class Meta(AbstractBaseSession.Meta):
        ordering = ["-seen_at"]

    @classmethod
    def get_session_store_class(cls) -> type:
        from staff.sessions import SessionStore

        return SessionStore
