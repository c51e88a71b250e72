"""What the desk's templates ask for: the stories of the home page, by what they wait for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.db.models import Q
from django.db.models.functions import TruncMinute
from django.utils.translation import gettext as _

from articles.alarms import listeners, mail_is_set_up
from articles.chains import Chains, Step
from articles.gate import first_blockers
from articles.inviting import guests_may_sign
from articles.leaks import Told, told_of
from articles.models import Article, Pull
from articles.quoting import inner
from articles.stages import Stage, stage_words, with_seen_to, with_stage
from articles.translations import with_original_since
from articles.waiting import Proposal, waiting_for_a_second
from reader.models import Publication
from sources.ageing import is_overdue

if TYPE_CHECKING:
    from staff.models import User

register = template.Library()

# So many of each stage; the list of stories has the rest.
SHOWN = 12
# What waits for somebody. What is in print waits for nobody and is found in the list.
WAITING = [Stage.PULLED, Stage.REVIEW, Stage.SIGNED, Stage.SCHEDULED, Stage.DRAFT]


@dataclass
class Waiting:
    code: str
    name: str
    words: str
    stories: list[Article]


@register.simple_tag(takes_context=True)
def desk_stories(context: dict[str, Any]) -> list[Waiting]:
    """The stories that wait for somebody, by stage; of the drafts one's own, and for editors all."""
    user: User = context["user"]
    stories = with_stage(Article.objects.all())
    found = {}
    for stage in WAITING:
        waiting = stories.filter(stage=stage)
        if stage == Stage.DRAFT and not user.is_editor:
            hers = Q(created_by=user) | Q(authors=user) | Q(bylines__accounts=user)
            waiting = waiting.filter(pk__in=Article.objects.filter(hers).values("pk"))
        if stage == Stage.PULLED:
            # What nobody has seen to stands on top; of one act's, what fell first.
            waiting = with_seen_to(waiting).order_by("seen_to", TruncMinute("last_pulled").desc(), "last_pulled", "pk")
        found[stage] = list(waiting[:SHOWN])
    asked = [s for stage in (Stage.REVIEW, Stage.SIGNED, Stage.PULLED, Stage.DRAFT) for s in found[stage]]
    firsts = first_blockers(asked)
    hours = dict(
        Publication.objects.scheduled()
        .filter(story__in=[s.story for s in found[Stage.SCHEDULED]])
        .values_list("story", "go_live_at")
    )
    pulls = {s.pk: Pull.objects.filter(publication__story=s.story).first() for s in found[Stage.PULLED]}
    chains = Chains()
    for stage in WAITING:
        for story in found[stage]:
            first = firsts.get(story.pk)
            story.blocked = first.number if first else 0
            story.first_blocker = first.sentence if first else ""
            story.hour = hours.get(story.story)
            story.is_signed = stage in (Stage.SIGNED, Stage.SCHEDULED)
            pull = pulls.get(story.pk)
            story.pull = pull
            # The gate took it off, and nothing is left that keeps it but that.
            story.is_back = bool(pull and not pull.by_id and first and first.codes == {"pulled_since"})
            story.causes = ([Step(pull.reason, "")] if pull.by_id else chains.of(pull)) if pull else []
    return [Waiting(s.value, str(s.label), stage_words(s), found[s]) for s in WAITING if found[s]]


@register.simple_tag
def stories_in_print() -> list[Publication]:
    """What readers see now, newest first, for who works with what is printed and not with drafts."""
    printed = list(Publication.objects.in_print().latest()[:SHOWN])
    for publication in printed:
        publication.on_site = settings.SITE_ADDRESS + publication.get_absolute_url()
    return printed


@register.simple_tag(takes_context=True)
def proposals(context: dict[str, Any]) -> list[Proposal]:
    """What waits for a second person, for editors."""
    return waiting_for_a_second(context["user"])


@register.simple_tag(takes_context=True)
def protected_terms_told(context: dict[str, Any]) -> list[Told]:
    """Where a protected term of one of this reporter's people stands, in stories and in print."""
    return told_of(context["user"])


@register.simple_tag
def translations_behind() -> list[Article]:
    """Translations in print whose original has a newer version in print."""
    behind = with_original_since(with_stage(Article.objects.filter(translation_of__isnull=False)))
    printed = behind.filter(stage__in=[Stage.PUBLISHED, Stage.SCHEDULED], original_since__isnull=False)
    return list(printed.select_related("translation_of").order_by("-original_since")[:SHOWN])


@register.simple_tag(takes_context=True)
def nobody_is_told(context: dict[str, Any]) -> str:
    """For the chief editor: why nobody is told of a pull by e-mail; "" where somebody is."""
    if not context["user"].is_chief_editor:
        return ""
    if not mail_is_set_up():
        return _("Nobody is told of a pull by e-mail: the server has no mail server set up.")
    if not listeners():
        return _("Nobody is told of a pull by e-mail: no editor’s account has an address.")
    return ""


@register.simple_tag(takes_context=True)
def talks_do_not_fade(context: dict[str, Any]) -> str:
    """For the chief editor: that talks with sources keep dates which should have faded; "" where they fade."""
    if not context["user"].is_chief_editor or not is_overdue():
        return ""
    return _(
        "Talks with sources keep their dates longer than they should: the nightly command that lets them fade "
        "(age_talks) has not run for three days. Ask whoever runs the server."
    )


@register.simple_tag
def no_guest_may_sign() -> bool:
    """For the screen of a guest: whether the policy in force lets none of them sign."""
    return not guests_may_sign()


register.filter("inner_quotes", inner)


_TICK = re.compile(r"<img [^>]*icon-(yes|no)\b[^>]*>")


@register.filter
def in_words(contents: str) -> str:
    """What a screen shows of a field, its ticks as words: a picture alone tells nothing to who can't see it."""
    if not (tick := _TICK.fullmatch(str(contents).strip())):
        return contents
    return _("yes") if tick[1] == "yes" else _("no")
