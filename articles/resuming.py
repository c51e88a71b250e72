"""Back on a fact's page from recording a new source, document or photo: the form opens with it chosen."""

from __future__ import annotations

from typing import cast

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.forms.recording import RecordingForm
from articles.models import Fact
from staff.models import User


@require_safe
@login_required
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the fact's page, its form begun with ``?source=``, ``?document=`` or ``?photo=``."""
    fact = get_object_or_404(Fact.objects.select_related("article"), pk=pk)
    screen = admin.site.get_model_admin(Fact)
    if not admin.site.has_permission(request) or not screen.has_view_permission(request, fact):
        raise PermissionDenied
    more = {}
    if request.user.has_perm("articles.add_confirmation") and not hasattr(fact, "dropping"):
        more["recording"] = RecordingForm(fact=fact, by=cast(User, request.user), begun=request.GET)
    return screen.change_view(request, str(pk), extra_context=more)
