"""What every answer to a reader goes through on its way out."""

import math
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]

TEXT = ("text/", "application/atom+xml", "application/xml", "image/svg+xml")


class CompressText(GZipMiddleware):
    """Compresses words and leaves pictures alone: they are packed already.

    No random padding: it hides secrets of a page from a listener, and no page of the site holds one.
    """

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


def until_the_next_minute(get_response: Answer) -> Answer:
    """Every answer, a 404 included, may be kept until the next whole minute and no longer.

    Stories come into print on whole minutes, and one that is pulled must be gone from every cache soon.
    The minute is the one in which the page was begun: what it shows was true then.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        next_minute = (time.time() // 60 + 1) * 60
        response = get_response(request)
        if "Cache-Control" not in response:
            patch_cache_control(response, public=True, max_age=max(0, math.floor(next_minute - time.time())))
        return response

    return middleware
