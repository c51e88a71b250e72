"""Telling the editors that the gate took a story off the site: by e-mail, with an address of the desk and nothing else."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import ngettext

from articles.models import Pull, PullTold
from staff.models import EDITORS, User

log = logging.getLogger(__name__)

# Older ones are no news: where a mail server is named for the first time, or was away for long.
NEWS = dt.timedelta(days=3)


class NotTold(Exception):
    """No editor could be told; it is tried again."""


def tell_or_log() -> None:
    """After an act: tells the editors. What fails is logged without a word of it, and the act stands."""
    if not mail_is_set_up():
        return
    try:
        tell_editors()
    except (NotTold, OSError, SMTPException, DatabaseError) as error:
        log.error("The editors could not be told of a pull (%s); it is tried again.", type(error).__name__)


def tell_editors() -> int:
    """Tells every editor with an address of the pulls by the gate that nobody was told of yet, in one message.

    Answers how many stories were told of. Raises NotTold, and what the mail server raises.
    """
    if not mail_is_set_up() or not _untold().exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time: what another one is sending is told when she is done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('newsroom alarms'))")
        pulls = list(_untold().select_related("publication__printing__article").order_by("pk"))
        stories = list(dict.fromkeys(pull.publication.printing.article.get_absolute_url() for pull in pulls))
        if stories:
            _send([f"{settings.DESK_ADDRESS}{address}" for address in stories])
            PullTold.objects.bulk_create(PullTold(pull=pull) for pull in pulls)
    return len(stories)


def mail_is_set_up() -> bool:
    """Whether there is a server that takes the desk's e-mail."""
    return "default" in mailers


def listeners() -> list[User]:
    """The editors who are told: open accounts with an address."""
    staff = User.objects.filter(is_active=True, groups__name__in=EDITORS).exclude(email="")
    return list(staff.distinct().order_by("pk"))


def _untold() -> QuerySet[Pull]:
    """Pulls by the gate whose story is off the site since, of the last days. A staggered one's hour has to come first."""
    return Pull.objects.filter(
        Q(publication__pulled_at__isnull=False) | Q(publication__leaves_at__lte=Now()),
        by=None,
        told=None,
        at__lte=Now(),
        at__gt=Now() - NEWS,
    )


def _send(addresses: list[str]) -> None:
    """One message to each, so that none reads another's address."""
    editors = listeners()
    if not editors:
        raise NotTold
    mailer = mailers["default"]
    mailer.open()
    try:
        told = sum(_send_one(mailer, editor, addresses) for editor in editors)
    finally:
        mailer.close()
    if not told:
        raise NotTold


def _send_one(mailer: BaseEmailBackend, editor: User, addresses: list[str]) -> bool:
    """No headline, no alias, no fact: an e-mail is read by every machine on its way."""
    number = len(addresses)
    with translation.override(editor.interface_language):
        subject = ngettext("A story was taken off the site", "%(number)d stories were taken off the site", number) % {
            "number": number
        }
        words = ngettext(
            "A story was taken off the site by the gate. See it on the desk:",
            "%(number)d stories were taken off the site by the gate. See them on the desk:",
            number,
        ) % {"number": number}
        message = EmailMessage(subject, "\n".join([words, "", *addresses, ""]), settings.MAIL_FROM, [editor.email])
    try:
        return bool(mailer.send_messages([message]))
    except SMTPException as error:
        log.error("One editor could not be told of a pull (%s).", type(error).__name__)
        return False
