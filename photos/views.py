"""The desk looks at its pictures."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from photos.destroying import MayNotDestroy, destroy_original
from photos.models import Photo, Rendition
from staff.models import User


@require_safe
@login_required
@permission_required("photos.view_photo", raise_exception=True)
def preview(request: HttpRequest, pk: int, width: int) -> FileResponse:
    """A photo for whoever works with photos."""
    return shown(get_object_or_404(Photo, pk=pk), width)


def shown(photo: Photo, width: int) -> FileResponse:
    """A photo about that wide: the smallest rendition that fills it, or the largest there is."""
    renditions = photo.renditions.filter(format=Rendition.Format.WEBP)
    rendition = renditions.filter(width__gte=width).order_by("width").first() or renditions.order_by("width").last()
    if rendition is None:
        raise Http404
    try:
        file = rendition.path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
@permission_required("photos.view_photo", raise_exception=True)
def original_destruction(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as the camera made it, destroyed; pressing twice is as good as once."""
    photo = get_object_or_404(Photo, pk=pk)
    try:
        destroy_original(photo, by=cast(User, request.user))
    except MayNotDestroy as refusal:
        messages.error(request, str(refusal))
    except OSError:
        messages.error(
            request,
            _("The file can’t be removed: the server may not write to its folder. Tell whoever runs the server."),
        )
    else:
        messages.success(request, _("The original is destroyed."))
    return redirect("admin:photos_photo_change", photo.pk)
