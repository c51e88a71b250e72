"""The desk speaks the language that each member of staff has chosen."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


def speak_the_desks_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: after log-in the account's language counts, not the browser's. Stands after authentication."""

    def in_her_language(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.interface_language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return in_her_language


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Before log-in a cookie remembers the choice; after it the account does, on every machine."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        request.user.interface_language = chosen
        request.user.save(update_fields=["interface_language"])
    return set_language(request)
