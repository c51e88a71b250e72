"""How much of what was planted the leak scan finds, how often it is wrong on ordinary text, and how long 1,000 words take.

Ordinary text is what the machine has: Debian's guides and help pages in English and Korean, the catalogues of its programs,
the Korean laws and bills that konlpy ships, and the stories of the demo. Folders named on the command line are read too. It
says what it read; none of it is kept here.
"""
# ruff: noqa: E402 - the settings come first.

from __future__ import annotations

import gettext
import html
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"

import django

django.setup()

from articles.demo.stories import STORIES
from bench.apparatus.clock import always, medians
from sources.known_terms import Known, Terms
from sources.leaks import Piece, scan
from sources.protecting import TypedTerm, fingerprints
from sources.spelling import seen
from sources.windows import numbers as numbers_of
from tests.planting import ENGLISH_NAMES, Person, people, variants

ROOT = Path("/usr/share")
FOLDERS = {
    "Debian's guides": "doc/*/ko/*.html doc/*/en/*.html doc/debian/FAQ/*.html doc/debian-policy/*.html/*.html",
    "the reference": "debian-reference/*.en.html doc/developers-reference/*.html developers-reference/*.html",
    "help pages": "libreoffice/help/ko/text/**/*.html gimp/*/help/ko/*.html gimp/*/help/en/*.html",
}
PLANTED, PEOPLE, ROUNDS = 60, 1667, 5
# Of one person: her name twice, a number, a handle, a place twice.
TERMS = 6


def main() -> None:
    """Print the three measures, the scan's beside those of the two plain ways."""
    protected = people(PEOPLE)
    known = table([typed_of(person) for person in protected] + [[TypedTerm("name", name)] for name in ENGLISH_NAMES])
    written = [term.words for person in protected for term in typed_of(person)]
    print(
        f"{len(protected) * TERMS + len(ENGLISH_NAMES)} protected terms, kept as {sum(map(len, known.values()))} fingerprints"
    )
    tell_recall(people(PLANTED, seed=2))
    for language, paragraphs in texts().items():
        tell_false_alarms(language, paragraphs, known, written)
        tell_time(language, paragraphs, known)


def typed_of(person: Person) -> list[TypedTerm]:
    """What a reporter types of somebody."""
    return [
        TypedTerm("name", person.name),
        TypedTerm("name", person.romanised),
        TypedTerm("number", person.number),
        TypedTerm("handle", person.handle),
        TypedTerm("place", person.place),
        TypedTerm("place", person.place_in_latin),
    ]


def table(typed: list[list[TypedTerm]]) -> Terms:
    """The fingerprints as a process keeps them, each person known by her place in the list."""
    terms: Terms = {}
    for number, words in enumerate(typed):
        for made in fingerprints(words):
            known = Known(number, made.kind, made.needs_company, made.fingerprint)
            terms[made.fingerprint] = (*terms.get(made.fingerprint, ()), known)
    return terms


def tell_recall(protected: list[Person]) -> None:
    """The share of planted variants that is found, by the scan and by the plain ways; the families that it misses most."""
    known = table([typed_of(person) for person in protected])
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    plain = Counter[str]()
    for number, person in enumerate(protected):
        ways = {name: substrings([term.words for term in typed_of(person)], fold) for name, fold in PLAIN_WAYS.items()}
        for variant in variants(person, number):
            planted[variant.family] += 1
            found[variant.family] += any(finding.person == number for finding in scan(variant.pieces, known))
            for name, way in ways.items():
                plain[name] += any(way(piece.text) for piece in variant.pieces)
    number = planted.total()
    beside = ", ".join(f"{name} {count / number:.2f}" for name, count in plain.items())
    print(f"recall on {number} planted variants of {len(planted)} kinds: {found.total() / number:.3f} ({beside})")
    worst = sorted(planted, key=lambda family: found[family] / planted[family])[:5]
    print("  least: " + ", ".join(f"{family} {found[family] / planted[family]:.2f}" for family in worst), flush=True)


def tell_false_alarms(language: str, paragraphs: list[str], known: Terms, written: list[str]) -> None:
    """How often a term is seen in ordinary text, in which nobody planted one."""
    megabytes = sum(len(text.encode()) for text in paragraphs) / 1e6
    alarms = sum(len(scan([Piece("", text)], known)) for text in paragraphs)
    plain = {name: substrings(written, fold) for name, fold in PLAIN_WAYS.items()}
    counts = {name: sum(len(way(text)) for text in paragraphs) for name, way in plain.items()}
    beside = ", ".join(f"{name} {count / megabytes:.0f}" for name, count in counts.items())
    print(f"{language}, {megabytes:.1f} MB: {alarms / megabytes:.2f} false alarms per MB ({beside})", flush=True)


def tell_time(language: str, paragraphs: list[str], known: Terms) -> None:
    """Milliseconds for 1,000 words with all terms, and the ratio to the same scan with none; slow numbers told apart."""
    sample = paragraphs[: max(1, len(paragraphs) // 10)]
    words = sum(len(text.split()) for text in sample)
    numbers = len({digits for text in sample for digits in numbers_of(seen(text))})

    def with_terms() -> None:
        for text in sample:
            scan([Piece("", text)], known)

    def with_none() -> None:
        for text in sample:
            scan([Piece("", text)], {})

    took = medians({"terms": always(with_terms), "none": always(with_none)}, rounds=ROUNDS)
    print(
        f"{language}, 1,000 words: {took['terms'] / words * 1e6:.0f} ms, {took['terms'] / took['none']:.2f} times a scan for "
        f"nothing; {numbers / words * 1000:.1f} numbers in them, each some 30 ms more at a desk's cost",
        flush=True,
    )


def nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def letters_and_digits(text: str) -> str:
    return re.sub(r"[\W_]", "", nfkc(text))


PLAIN_WAYS: dict[str, Callable[[str], str]] = {"plain substring": nfkc, "letters and digits": letters_and_digits}


def substrings(words: list[str], fold: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Which of these words a plain look would see in a text."""
    folded = {fold(word) for word in words}
    lengths = sorted({len(word) for word in folded})

    def seen_in(text: str) -> list[str]:
        plain = fold(text)
        stretches = (plain[start : start + length] for start in range(len(plain)) for length in lengths)
        return [stretch for stretch in stretches if stretch in folded]

    return seen_in


def texts() -> dict[str, list[str]]:
    """Paragraphs of ordinary text by language, each once, and what they are from."""
    found: dict[str, dict[str, None]] = {"English": {}, "Korean": {}}
    for name, paragraphs in rooms():
        read: Counter[str] = Counter()
        for paragraph in paragraphs:
            words = " ".join(paragraph.split())
            language = language_of(words)
            if len(words) > 20 and language and words not in found[language]:
                found[language][words] = None
                read[language] += len(words.encode())
        told = ", ".join(f"{size / 1e6:.2f} MB of {language}" for language, size in read.items())
        print(f"  {name}: {told or 'not on this machine'}")
    return {language: list(paragraphs) for language, paragraphs in found.items()}


def language_of(words: str) -> str:
    """English is told from other languages in Latin letters by its small words."""
    if len(re.findall("[가-힣]", words)) * 3 > len(words):
        return "Korean"
    return "English" if words.isascii() and re.search(r"\b(the|and|of|to|is)\b", words) else ""


def rooms() -> Iterator[tuple[str, Iterator[str]]]:
    """What there is to read, by name."""
    for name, patterns in FOLDERS.items():
        yield (
            name,
            (text for pattern in patterns.split() for file in sorted(ROOT.glob(pattern)) for text in of_html(file)),
        )
    catalogues = ROOT.glob("locale/ko/LC_MESSAGES/*.mo")
    yield "programs' catalogues", (text for file in sorted(catalogues) for text in of_catalogue(file))
    konlpy = find_spec("konlpy")
    folder = Path(konlpy.origin).parent / "data" / "corpus" if konlpy and konlpy.origin else Path("nowhere")
    yield "konlpy's laws and bills", (text for file in sorted(folder.glob("*/*.txt")) for text in of_text(file))
    yield "the demo's stories", (text for story in STORIES for text in of_story(story))
    for given in sys.argv[1:]:
        files = sorted(file for file in Path(given).rglob("*") if file.suffix in READ and file.is_file())
        yield given, (text for file in files for text in READ[file.suffix](file))


def of_html(file: Path) -> list[str]:
    raw = re.sub(r"(?s)<(script|style).*?</\1>", "", file.read_text(errors="replace"))
    raw = re.sub(r"</(p|div|li|h\d|td|dd|dt|pre|tr)>", "\n\n", raw)
    return re.split(r"\n\s*\n", html.unescape(re.sub("<[^>]*>", "", raw)))


def of_text(file: Path) -> list[str]:
    return re.split(r"\n\s*\n", file.read_text(errors="replace"))


def of_catalogue(file: Path) -> list[str]:
    with file.open("rb") as opened:
        return [str(text) for text in gettext.GNUTranslations(opened)._catalog.values()]  # type: ignore[attr-defined]


def of_story(story: object) -> list[str]:
    return re.split(r"</p>|\n\n", re.sub("<(?!/p)[^>]*>", "", str(getattr(story, "body", ""))))


READ = {".html": of_html, ".txt": of_text, ".mo": of_catalogue}


if __name__ == "__main__":
    main()
