"""Which words of a story are covered: what states a fact outside the body, and what is context."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.facts import Fact
from articles.models.story import Article


class Passage(models.Model):
    """A sentence outside the body (headline, standfirst, caption, alternative text) that states a fact.

    In the body a mark in the text ties the words (``articles.bodies``). A sentence that is changed is tied no more.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="passages", verbose_name=_("story"))
    fact = models.ForeignKey(Fact, models.CASCADE, related_name="passages_outside", verbose_name=_("fact"))
    text = models.TextField(_("sentence"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "fact", "text"], name="passage_once"),
            models.CheckConstraint(condition=~Q(text=""), name="passage_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Context(models.Model):
    """A sentence that somebody, by name, says is context: it states nothing that could be true or false.

    It holds for these words wherever they stand in the story, and for no others.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="contexts", verbose_name=_("story"))
    text = models.TextField(_("sentence"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("context")
        verbose_name_plural = _("contexts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "text"], name="context_once"),
            models.CheckConstraint(condition=~Q(text=""), name="context_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
