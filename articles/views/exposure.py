"""What was printed of a source: the report that her page leads to. The most dangerous page of the desk."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.exposure import exposure_of
from articles.exposure_told import report
from articles.views.desk import desk_page
from sources.asking_why import ask_why
from sources.models import Look, Source


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def exposure(request: HttpRequest, pk: int) -> HttpResponse:
    """For who speaks with her; for an editor who has said why. Each opening is noted, and no browser keeps the page."""
    if not request.user.has_perm("sources.view_source"):
        raise PermissionDenied
    source = get_object_or_404(Source.objects.select_related("place"), pk=pk)
    answer = ask_why(request, source, Look.What.EXPOSURE)
    if answer is None:
        context = {
            **admin.site.each_context(request),
            "title": _("What was printed of her"),
            "source": source,
            "report": report(exposure_of(source)),
        }
        answer = render(request, "articles/exposure.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
