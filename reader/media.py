"""The files of pictures: served by name, and only while a story that prints them is in print."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from reader.models import Publication

_TYPES = {"avif": "image/avif", "jpeg": "image/jpeg", "webp": "image/webp"}


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file. Its name is looked up among what is in print, never in the folder; it tells no time of its making."""
    printed = (
        Publication.objects.in_print().filter(pictures__name=name).values_list("pictures__format", "pictures__sha256")
    ).first()
    if printed is None or printed[0] not in _TYPES:
        raise Http404
    try:
        # Closed by the answer that sends it.
        file = (settings.PUBLIC_MEDIA_ROOT / "printed" / name).open("rb")
    except OSError:
        raise Http404 from None
    answer = FileResponse(file, content_type=_TYPES[printed[0]])
    answer["ETag"] = f'"{printed[1]}"'
    return answer
