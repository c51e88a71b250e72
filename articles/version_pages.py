"""The desk's pages of a story's printed versions: all of them with their hours, each in full, any two word by word."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.comparing import compare
from articles.models import Article
from articles.preview import preview
from articles.versions import COPY, texts_of, versions_of
from articles.views.desk import desk_page


@require_safe
@desk_page
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version that was printed, newest first, and a choice of two to compare."""
    article = get_object_or_404(Article.objects.select_related("section"), pk=pk)
    printed = versions_of(article)
    texts = texts_of(article, printed)
    chosen = [str(each.number) for each in printed[:2]][::-1]
    return _page(
        request,
        "articles/versions.html",
        article,
        title=_("Printed versions"),
        versions=printed,
        texts=texts.values(),
        before=texts.get(chosen[0]) if chosen else None,
        after=texts[chosen[1]] if len(chosen) > 1 else texts[COPY],
    )


@require_safe
@desk_page
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version in full, as it was printed."""
    article = get_object_or_404(Article.objects.select_related("section"), pk=pk)
    shown = next((each for each in versions_of(article) if each.number == number), None)
    if shown is None:
        raise Http404
    publication = shown.publication
    return _page(
        request,
        "articles/version.html",
        article,
        version=shown,
        before=number - 1,
        story=publication,
        page=preview(publication),
        frame={"language": publication.language},
    )


@require_safe
@desk_page
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """``?before=`` and ``?after=``: numbers of versions, ``proof`` or ``copy``."""
    article = get_object_or_404(Article.objects.select_related("section"), pk=pk)
    texts = texts_of(article, versions_of(article))
    before, after = (texts.get(request.GET.get(side, "")) for side in ("before", "after"))
    if before is None or after is None:
        raise Http404
    parts = compare(before.columns, after.columns)
    return _page(
        request,
        "articles/comparison.html",
        article,
        title=_("Side by side"),
        texts=texts.values(),
        before=before,
        after=after,
        parts=parts,
        is_changed=any(part.changed for part in parts),
    )


def _page(request: HttpRequest, template: str, article: Article, **context: object) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "article": article, **context})
