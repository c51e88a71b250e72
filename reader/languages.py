"""The language of a page: it stands in its address, and nowhere else (no cookie, no header of the browser)."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from reader.delivery import Answer
from reader.models import Language


class OwnWords(NamedTuple):
    """What a language says of itself to someone who reads another."""

    name: str
    edition: str
    this_story: str


OWN_WORDS = {
    Language.ENGLISH: OwnWords("English", "English edition", "This story in English"),
    Language.KOREAN: OwnWords("한국어", "한국어판", "이 기사 한국어로"),
}


class LanguageConverter:
    """The first part of an address: ``en`` or ``ko``."""

    regex = "|".join(Language.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def speak_the_language_of_the_address(get_response: Answer) -> Answer:
    """Sets the language of the interface for this request alone. Pages without one choose theirs in the view."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = request.path_info.split("/", 2)[1]
        if language not in Language.values:
            return get_response(request)
        with translation.override(language):
            return get_response(request)

    return middleware
