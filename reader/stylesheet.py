"""The one style sheet of the paper: small files, joined when the process starts.

A reader's line is slow, so a page asks for one sheet; its address holds its hash, so it is asked for once.
"""

import functools
import hashlib
import re
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

# In the order of the layers. The tokens are the desk's too.
FILES = (
    "tokens.css",
    "paper/base.css",
    "paper/masthead.css",
    "paper/story.css",
    "paper/figures.css",
    "paper/panels.css",
    "paper/lists.css",
    "paper/print.css",
)


class Sheet(NamedTuple):
    css: str
    version: str

    @property
    def address(self) -> str:
        return reverse("style_sheet", args=[self.version])


@functools.cache
def sheet() -> Sheet:
    """The joined sheet without its comments, which are for us."""
    folder = settings.BASE_DIR / "static" / "css"
    css = "".join((folder / name).read_text() for name in FILES)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\n\s*", "\n", css).strip() + "\n"
    return Sheet(css, hashlib.sha256(css.encode()).hexdigest()[:12])


@require_safe
def style_sheet(request: HttpRequest, version: str) -> HttpResponse:
    """The sheet. A page from before a change asks for an older one: it gets this one, and may not keep it."""
    answer = HttpResponse(sheet().css, content_type="text/css; charset=utf-8")
    if version == sheet().version:
        answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
