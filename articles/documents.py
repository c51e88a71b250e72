"""The archived copies of documents: what may be kept, and how staff open one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Document

BEGINNING = 8192


@dataclass(frozen=True)
class Kind:
    """What a copy may be. The first of its extensions is the one it is handed out with."""

    extensions: tuple[str, ...]
    media_type: str


PDF = Kind(("pdf",), "application/pdf")
JPEG = Kind(("jpg", "jpeg"), "image/jpeg")
PNG = Kind(("png",), "image/png")
WEBP = Kind(("webp",), "image/webp")
HEIC = Kind(("heic", "heif"), "image/heic")
HTML = Kind(("html", "htm"), "text/html")
MHTML = Kind(("mhtml", "mht"), "multipart/related")
TEXT = Kind(("txt",), "text/plain")
KINDS = (PDF, JPEG, PNG, WEBP, HEIC, HTML, MHTML, TEXT)
UNKNOWN = Kind(("bin",), "application/octet-stream")

_HTML = re.compile(rb"(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head)[\s>]", re.IGNORECASE | re.DOTALL)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(beginning: bytes) -> Kind | None:
    """What a file is, by how it begins; None for what the desk doesn't keep."""
    if beginning.startswith(b"%PDF-"):
        return PDF
    if beginning.startswith(b"\xff\xd8\xff"):
        return JPEG
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return WEBP
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIC_BRANDS:
        return HEIC
    text = _as_text(beginning)
    if text is None:
        return None
    words = text.encode()
    if _HTML.match(words):
        return HTML
    return MHTML if _MHTML.match(words) else TEXT


def kind_named(filename: str) -> Kind | None:
    """What a file says it is, by its extension."""
    extension = PurePath(filename).suffix.lower().removeprefix(".")
    return next((kind for kind in KINDS if extension in kind.extensions), None)


def _as_text(beginning: bytes) -> str | None:
    """Read as text in one of the ways that pages from Korea are written; the last character may be cut in two."""
    wide = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp949"]:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(beginning)
        except UnicodeDecodeError:
            continue
        if text.strip() and not _BINARY.search(text):
            return text
    return None


def begins_as(file: File) -> Kind | None:
    """``kind_of`` an open file, which stands at its beginning afterwards."""
    file.seek(0)
    beginning = file.read(BEGINNING)
    file.seek(0)
    return kind_of(beginning)


@require_safe
@login_required
def copy(request: HttpRequest, pk: int) -> FileResponse:
    """GET: the archived copy as a file to save. A page in it could be hostile, so no browser shows it as the desk's."""
    if not admin.site.has_permission(request) or not request.user.has_perm("articles.view_document"):
        raise PermissionDenied
    document = get_object_or_404(Document, pk=pk)
    try:
        file = document.copy.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = begins_as(file) or UNKNOWN
    response = FileResponse(
        file, as_attachment=True, filename=f"document-{pk}.{kind.extensions[0]}", content_type=kind.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
