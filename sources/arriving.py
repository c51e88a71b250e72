"""What identifies a person is sealed as it arrives, before anything could log it, keep it or show it back.

Stands first among the desk's middleware. From here on, a form's ``sealed-…`` fields are one token: what was typed, sealed to
the keepers, and the fingerprints of its terms. A page that gives a form back (a session that ended, a form that expired, our
own mistake, a field that does not fit) gives back the token, and nothing that was typed is lost.

The token is encrypted by the desk's own key: else whoever sends a guess would be handed its fingerprint.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sources.envelopes import FIELDS, LONGEST, MOST_TERMS, Envelope, Print, enveloped, sealed
from sources.models import Keeper
from sources.protecting import TermRefused, TypedTerm, counts_alone, fingerprints
from staff.refusals import NOT_SEALED, SEALED

PREFIX = "sealed-"
# The form's own id, by which a second click is known.
FORM = "sealing"
# Seconds for which a page with a token may lie open.
LIFE = 7 * 24 * 60 * 60
PRIVATE_KEY = "AGE-SECRET-KEY-"
TAKEN_OUT = "[private key]"


class BrokenToken(Exception):
    """The token is none of ours, or too old."""


@dataclass(frozen=True)
class Arrived:
    """What a token holds. ``page``: the address to which it was sent, and on which alone it is taken in; ``unlooked``: of
    each kind, how many lines can't be looked for in a text; ``in_company``: how many count only beside another term of the
    same person.
    """

    id: uuid.UUID
    page: str
    ciphertext: bytes
    sealed_to: tuple[str, ...]
    prints: tuple[Print, ...]
    unlooked: dict[str, int]
    in_company: dict[str, int] = field(default_factory=dict)


class SealOnArrival:
    """Middleware: the first to read a form, and the last to see what identifies a person in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(map(_is_sealed, request.GET)):
            # No form of ours sends it so. The answer repeats nothing of the address.
            return HttpResponseBadRequest(_("This does not belong in an address. Nothing was kept."), "text/plain")
        if request.method == "POST":
            _seal_what_arrives(request)
        return self.get_response(request)


class ThrowAway(FileUploadHandler):
    """A file under a name of a sealed field reaches neither the disk nor the memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if _is_sealed(self.field_name or ""):
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if _is_sealed(self.field_name or "") else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not _is_sealed(self.field_name or ""):
            return None
        # Nothing, and without its name. Were there no file, the handlers that were not asked would be.
        return InMemoryUploadedFile(BytesIO(), self.field_name, "nothing", "", 0, None)


def token_of(arrived: Arrived) -> str:
    """What has arrived, as a form carries it."""
    said = {
        "id": str(arrived.id),
        "page": arrived.page,
        "sealed": _text(arrived.ciphertext),
        "to": arrived.sealed_to,
        "terms": [[p.kind, _text(p.fingerprint), p.needs_company] for p in arrived.prints],
        "unlooked": arrived.unlooked,
        "in_company": arrived.in_company,
    }
    return _box().encrypt(json.dumps(said).encode()).decode("ascii")


def arrived_in(token: str) -> Arrived:
    """What a token holds. Raises BrokenToken."""
    try:
        said = json.loads(_box().decrypt(token.encode(), ttl=LIFE))
    except (InvalidToken, ValueError):
        raise BrokenToken from None
    return Arrived(
        uuid.UUID(said["id"]),
        said.get("page", ""),
        base64.b64decode(said["sealed"]),
        tuple(said["to"]),
        tuple(Print(kind, base64.b64decode(made), company) for kind, made, company in said["terms"]),
        said["unlooked"],
        said.get("in_company", {}),
    )


def _seal_what_arrives(request: HttpRequest) -> None:
    request.upload_handlers.insert(0, ThrowAway(request))  # type: ignore[arg-type]
    try:
        posted, files = request.POST, request.FILES
    finally:
        # Read, or refused: the bytes themselves are for nobody any more.
        if hasattr(request, "_body"):
            request._body = b""
    names = [name for name in posted if _is_sealed(name)]
    for name in [name for name in files if _is_sealed(name)]:
        for file in files.pop(name):
            file.close()
    if not names and not any(_holds_private_key(words) for _name, said in posted.lists() for words in said):
        return
    typed = {name.strip().lower().removeprefix(PREFIX): "\n".join(posted.getlist(name)) for name in names}
    kept = posted.copy()
    for name, said in posted.lists():
        if name in names:
            del kept[name]
        else:
            kept.setlist(name, [TAKEN_OUT if _holds_private_key(words) else words for words in said])
    # From here on nobody reads what was typed, whatever becomes of the sealing.
    request.POST = kept  # type: ignore[assignment,misc]
    if any(words.strip() for words in typed.values()):
        if {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys():
            _add_token(kept, typed, request.path)
        else:
            # Nobody has been here before: fingerprints take long, and a stranger could keep the desk busy with them. Who was
            # logged out meanwhile still brings the cookie of her form.
            kept[NOT_SEALED] = "failed"
    kept._mutable = False


def token_for(envelope: Envelope, page: str) -> str:
    """What is in an envelope, sealed to the keepers who stand now, with the fingerprints of its terms. ``page``: where it is
    taken in.
    """
    keepers = tuple(Keeper.objects.standing().order_by("pk").values_list("public_key", flat=True))
    prints, unlooked, in_company = _fingerprints(envelope)
    return token_of(Arrived(envelope.id, page, sealed(envelope, keepers), keepers, prints, unlooked, in_company))


def _add_token(form: QueryDict, typed: dict[str, str], page: str) -> None:
    """The token beside the form's other fields, or the word for why there is none."""
    form[NOT_SEALED] = "failed"
    envelope = enveloped(typed, record=_own_id(form))
    if not Keeper.objects.standing().exists():
        form[NOT_SEALED] = "no_keeper"
    elif sum(map(len, typed.values())) > LONGEST or len(envelope.terms) > MOST_TERMS or not typed.keys() <= {*FIELDS}:
        form[NOT_SEALED] = "too_much"
    elif not envelope.fields:
        form.pop(NOT_SEALED)
    else:
        form.appendlist(SEALED, token_for(envelope, page))
        form.pop(NOT_SEALED)


def _fingerprints(envelope: Envelope) -> tuple[tuple[Print, ...], dict[str, int], dict[str, int]]:
    """Those of all terms; and of each kind, how many lines have none, and how many count in company only."""
    made: dict[tuple[str, bytes], Print] = {}
    unlooked: Counter[str] = Counter()
    in_company: Counter[str] = Counter()
    for term in envelope.terms:
        try:
            of_it = fingerprints([TypedTerm(term.kind, term.words)])
            in_company[term.kind] += not counts_alone(term.kind, of_it)
            for each in of_it:
                known = made.get((each.kind, each.fingerprint))
                if known is None or known.needs_company:
                    made[each.kind, each.fingerprint] = Print(each.kind, each.fingerprint, each.needs_company)
        except TermRefused:
            unlooked[term.kind] += 1
    return tuple(made.values()), dict(unlooked), dict(+in_company)


def _own_id(form: QueryDict) -> uuid.UUID | None:
    try:
        return uuid.UUID(form.get(FORM, ""))
    except ValueError:
        return None


def _is_sealed(name: str) -> bool:
    return name.strip().lower().startswith(PREFIX)


def _holds_private_key(words: str) -> bool:
    return PRIVATE_KEY in words.upper()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(salted_hmac("sources.arriving", "", key, algorithm="sha256").digest()))
            for key in keys
        ]
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
