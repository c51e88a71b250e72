"""Who works here: accounts and the roles they hold."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
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
