"""What the leak scan found in a story, for as long as it stands there and, without a word of it, for ever."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.story import Article
from reader.models import Publication
from sources.models import ProtectedPerson


class Leak(models.Model):
    """A protected term of somebody in a story, and in which places of it; never which word.

    ``article``: in the working copy, where it blocks the gate. ``publication``: in what is printed; it is told to her
    contact reporter and to nobody else. ``gone_at``: since when it stands there no more. Who brought it in is kept: asking
    a scan which names it knows is a way to find a source.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        NUMBER = "number", _("number")
        HANDLE = "handle", _("handle")
        PLACE = "place", _("place")
        # Of nobody: more numbers than can be looked through; and a scan that answers somebody no more today.
        UNSCANNED = "unscanned", _("too many numbers")
        WITHHELD = "withheld", _("no answer")

    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="leaks", verbose_name=_("story"))
    publication = models.ForeignKey(Publication, models.CASCADE, null=True, related_name="leaks")
    person = models.ForeignKey(ProtectedPerson, models.CASCADE, null=True, related_name="leaks")
    kind = models.CharField(max_length=9, choices=Kind)
    places = ArrayField(models.CharField(max_length=30))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("protected term found")
        verbose_name_plural = _("protected terms found")
        ordering = ["pk"]
        # A list of them would show whose sources stand in which drafts.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True, publication__isnull=False)
                | Q(article__isnull=False, publication__isnull=True),
                name="leak_in_a_draft_or_in_print",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, kind__in=["name", "number", "handle", "place"])
                | Q(person__isnull=True, kind__in=["unscanned", "withheld"]),
                name="leak_is_somebodys_term",
            ),
            models.UniqueConstraint(
                fields=["article", "publication", "person", "kind"],
                condition=Q(gone_at__isnull=True),
                nulls_distinct=False,
                name="leak_open_once",
            ),
        ]
        indexes = [
            # How often a scan answered somebody lately.
            models.Index(fields=["by", "at"], name="leak_by_whom"),
            # A contact reporter's front: what stands open of her people.
            models.Index(fields=["person"], condition=Q(gone_at__isnull=True), name="leak_open_of"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
