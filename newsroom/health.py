"""Is this side fit to serve? Asked by whatever watches over it; the answer is a word, no more."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from newsroom import standing


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and stands as the code expects, else 503 with a word that tells nothing inside."""
    fault = standing.fault()
    return JsonResponse({"status": fault.code if fault else "ok"}, status=503 if fault else 200)
