"""The guests' room: the proofs that a guest is invited to, each to be read and signed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.acts import NotAllowed
from articles.cautions import cautions_of, shown_to
from articles.gate import GateError
from articles.guest_reading import blockers_of, facts_of
from articles.guest_signing import sign_as_guest, what_to_sign
from articles.inviting import OpenProof, open_to, opened
from articles.models import SignOff
from articles.preview import PREVIEW, preview
from photos.models import Photo
from photos.views import shown
from staff.guests import guest_page
from staff.passkeys import PasskeyRefused


@require_safe
@guest_page
def home(request: HttpRequest) -> HttpResponse:
    """What she is asked to read and sign."""
    signed = set(SignOff.objects.filter(by=request.user).values_list("proof_id", flat=True))
    proofs = [(each, each.proof.pk in signed) for each in open_to(request.user)]
    return _page(request, "guests/home.html", proofs=proofs)


@require_safe
@guest_page
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """A proof as it will be printed, with its facts."""
    asked = _opened(request, number)
    read = asked.proof
    return _page(
        request,
        "guests/proof.html",
        story=read,
        proof=read,
        invitation=asked.invitation,
        page=preview(read, address=lambda photo: reverse("guests:picture", args=[read.pk, photo.content_hash])),
        facts=facts_of(read),
        blockers=blockers_of(read.article),
        # Of the text alone: what could point at a source by anything else is not told to a guest.
        cautions=shown_to(None, cautions_of(read.article, read))[0],
        signature=read.sign_offs.filter(by=request.user).first(),
        asked=what_to_sign(asked),
        frame={"language": read.language},
    )


@require_safe
@guest_page
def picture(request: HttpRequest, number: int, content_hash: str) -> HttpResponse:
    """A picture of a proof that she may read."""
    figures = _opened(request, number).proof.figures
    if content_hash not in {picture["hash"] for figure in figures for picture in figure["pictures"]}:
        raise Http404
    photo = Photo.objects.filter(content_hash=content_hash).order_by("pk").last()
    if photo is None:
        raise Http404
    return shown(photo, PREVIEW)


@require_POST
@guest_page
def signature(request: HttpRequest, number: int) -> HttpResponse:
    """She signs exactly this proof."""
    try:
        sign_as_guest(number, by=request.user, answer=request.POST.get("answer", ""))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("guests:home")
    except (GateError, PasskeyRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed. Your name stands under exactly these words."))
    return redirect("guests:proof", number)


def _opened(request: HttpRequest, number: int) -> OpenProof:
    """Whatever is not hers looks as if it were not there."""
    try:
        return opened(request.user, number)
    except NotAllowed:
        raise Http404 from None


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context})
