"""Telling somebody by e-mail that her account changed under her: no name, no role, nothing of the paper."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.utils import translation
from django.utils.translation import gettext as _

from staff.models import User

log = logging.getLogger(__name__)


def tell_of_a_reset(user: User) -> None:
    """Where there is a mail server, and she has an address. What fails is logged, and the reset stands."""
    if "default" not in mailers or not user.email:
        return
    with translation.override(user.interface_language):
        message = EmailMessage(
            _("Your second factor at the desk was reset"),
            _(
                "You set up another when you next log in. If you did not ask for this, ring the chief editor now, by a "
                "number that you know."
            ),
            settings.MAIL_FROM,
            [user.email],
        )
    try:
        mailers["default"].send_messages([message])
    except (OSError, SMTPException) as error:
        log.error("Somebody could not be told that her second factor was reset (%s).", type(error).__name__)
