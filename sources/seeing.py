"""How much of a source a person may see, and what a talk is called to her."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Look, Source, Talk

if TYPE_CHECKING:
    from staff.models import User

# A reason that was said opens one source for so long.
ONE_REASON = dt.timedelta(hours=1)


class Sight(IntEnum):
    """From the least to the most. What is sealed is in none of them: no page opens it."""

    # Alias and standing: for everyone who works with sources.
    STANDING = 1
    # What a confirmation needs: circle, place and role in print, who vetted her, the months of talks. For editors.
    CONFIRMATION = 2
    # All that the desk has: for who speaks with her, and for an editor who has said why.
    ALL = 3


def sight_of(source: Source, user: User) -> Sight:
    """What this person may see of this source at this moment."""
    if source.is_forgotten:
        return Sight.STANDING
    if source.is_known_to(user):
        return Sight.ALL
    if user.is_editor:
        return Sight.ALL if reason_said(source, user) else Sight.CONFIRMATION
    return Sight.STANDING


def reason_said(source: Source, user: User) -> str:
    """Why this person looks at a source that is not hers, if she said so within the hour. The last reason counts."""
    # Uses index: look_at_source.
    said = Look.objects.filter(source=source, by=user, at__gte=timezone.now() - ONE_REASON).exclude(why="")
    last = said.filter(what__in=[Look.What.MORE, Look.What.EXPOSURE]).first()
    return last.why if last else ""


def talk_told(talk: Talk, source: Source, user: User, *, is_editor: bool) -> str:
    """A talk as a story's pages tell it: day and medium to who speaks with the source, the month to editors.

    Asked for each confirmation of a story, so it asks the database nothing.
    """
    if source.is_known_to(user):
        return talk.told
    if is_editor:
        return _("talk in %(month)s") % {"month": talk.month} if talk.held_on else _("an earlier talk")
    return _("talk on record")
