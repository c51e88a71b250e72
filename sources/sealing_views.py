"""The page on which what identifies a person is sealed. It tells to whom, and never a word of it."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sources.envelopes import LONGEST, MOST_TERMS
from sources.exporting import FILE_NAME, export
from sources.models import Keeper, ProtectedPerson, ProtectedTerm, Source
from sources.sealing import Done, SealingRefused, no_keeper, page_of, protect_somebody, seal, sealed_of
from sources.sealing_forms import SealingForm
from staff.again import recently_proven
from staff.refusals import NOT_SEALED, SEALED

Whom = Source | ProtectedPerson


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recently_proven
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """A source's sealed records; POST seals one more."""
    return _page(request, _hers(request, get_object_or_404(Source, pk=pk)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recently_proven
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a person in a story."""
    return _page(request, _hers(request, get_object_or_404(ProtectedPerson, pk=pk, source=None)))


@require_POST
@recently_proven
def source_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A source's sealed records as a file for a keeper."""
    return _export(request, _hers(request, get_object_or_404(Source, pk=pk)))


@require_POST
@recently_proven
def person_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a person in a story."""
    return _export(request, _hers(request, get_object_or_404(ProtectedPerson, pk=pk, source=None)))


@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """One more person in a story who must not be found."""
    if not admin.site.has_permission(request) or not request.user.has_perm("sources.add_source"):
        raise Http404
    return HttpResponseRedirect(page_of(protect_somebody(by=request.user)))


def as_file(content: bytes) -> HttpResponse:
    """Sealed records to be kept by the browser; nothing in its name or headers tells of them."""
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"},
    )


def _hers(request: HttpRequest, whom: Whom) -> Whom:
    """The same person, if she speaks with her; to others this page is not there."""
    if not admin.site.has_permission(request) or not whom.is_known_to(request.user):
        raise Http404
    return whom


def _page(request: HttpRequest, whom: Whom) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        refusal = _not_sealed(request)
        if not refusal:
            try:
                done = seal(whom, request.POST.getlist(SEALED), by=request.user)
            except SealingRefused as refused:
                refusal = str(refused)
            else:
                _say(request, done)
                return HttpResponseRedirect(page_of(whom))
    keepers = list(Keeper.objects.standing())
    context = {
        **admin.site.each_context(request),
        "title": whom.alias,
        "whom": whom,
        "is_source": isinstance(whom, Source),
        "address": page_of(whom),
        "export": f"{page_of(whom)}export/",
        "lines": sealed_of(whom),
        "terms": _number_of_terms(whom),
        "keepers": keepers,
        "no_keeper": "" if keepers else no_keeper(),
        "form": SealingForm(),
        "refusal": refusal,
        # Sealed already and not taken in yet: it waits in the form.
        "tokens": request.POST.getlist(SEALED) if refusal else [],
    }
    return render(request, "sources/sealing.html", context)


def _not_sealed(request: HttpRequest) -> str:
    """Why what was typed was not kept as it arrived."""
    match request.POST.get(NOT_SEALED):
        case None:
            return ""
        case "no_keeper":
            return no_keeper()
        case "too_much":
            return _(
                "That is too much for one record, so nothing was kept: at most %(letters)d characters and %(terms)d lines "
                "that must never appear. Seal it in parts."
            ) % {"letters": LONGEST, "terms": MOST_TERMS}
        case _other:
            return _("It could not be sealed, and nothing was kept. Type it again.")


def _say(request: HttpRequest, done: Done) -> None:
    names = ", ".join(keeper.name for keeper in Keeper.objects.standing())
    messages.success(request, _("Sealed to %(keepers)s. Nobody reads it here any more.") % {"keepers": names})
    for kind, number in done.unlooked.items():
        words = ngettext(
            "One line is sealed, but no text can be searched for it (%(kind)s): it is too short, too long, or holds no letter or "
            "digit. Seal it again as it would stand in a text.",
            "%(number)d lines are sealed, but no text can be searched for them (%(kind)s): they are too short, too long, or hold "
            "no letter or digit. Seal them again as they would stand in a text.",
            number,
        )
        messages.warning(request, words % {"number": number, "kind": ProtectedTerm.Kind(kind).label})
    for kind, number in done.in_company.items():
        words = ngettext(
            "One line is an ordinary word as well (%(kind)s): it is found only near another word of the same person. Seal it "
            "again with what stands beside it (the surname, the street), if it must be found alone.",
            "%(number)d lines are ordinary words as well (%(kind)s): they are found only near another word of the same person. "
            "Seal them again with what stands beside them (the surname, the street), if they must be found alone.",
            number,
        )
        messages.warning(request, words % {"number": number, "kind": ProtectedTerm.Kind(kind).label})


def _export(request: HttpRequest, whom: Whom) -> HttpResponse:
    try:
        return as_file(export(whom, by=request.user))
    except SealingRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(page_of(whom))


def _number_of_terms(whom: Whom) -> int:
    terms = ProtectedTerm.objects.filter(person__source=whom) if isinstance(whom, Source) else whom.terms
    return terms.count()
