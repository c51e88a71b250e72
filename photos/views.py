"""The desk looks at its pictures."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from photos.models import Photo, Rendition


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
