"""The catalogues of the interface's languages: which strings there are, and which still lack their Korean.

Works without the gettext tools: strings are read from the syntax tree of each Python file and, for templates, from what
Django makes of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("newsroom", "staff", "sources", "photos", "articles", "reader", "comments", "moderation")
# Name of the call -> which of its arguments are the context, the singular and the plural.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True)
class Message:
    """One string of the interface, and the file where it was first found."""

    context: str | None
    singular: str
    plural: str | None
    file: str


def messages(root: Path) -> dict[tuple[str | None, str], Message]:
    """Every string of the interface, by context and singular."""
    found: dict[tuple[str | None, str], Message] = {}
    for file in _files(root):
        text = file.read_text()
        name = str(file.relative_to(root))
        source = text if file.suffix == ".py" else templatize(text)
        calls = _calls_in_python(source) if file.suffix == ".py" else _calls_in_template(source)
        for context, singular, plural in calls:
            message = Message(context, singular, plural, name)
            known = found.get((context, singular))
            if known is None or (known.plural is None and plural):
                found[context, singular] = message
    return found


def missing(root: Path, language: str) -> list[Message]:
    """Strings without a translation that can be shown, in the order of their files."""
    catalogue = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(po_file(language))) if not e.obsolete}

    def lacks(message: Message) -> bool:
        entry = catalogue.get((message.context, message.singular))
        if entry is None or entry.fuzzy:
            return True
        return not (all(entry.msgstr_plural.values()) and entry.msgstr_plural if message.plural else entry.msgstr)

    return sorted((m for m in messages(root).values() if lacks(m)), key=lambda m: (m.file, m.singular))


def is_compiled(language: str) -> bool:
    """Whether what a house reads is what the catalogue says now."""
    path = po_file(language)
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.read_bytes() == polib.pofile(str(path)).to_binary()


def update(root: Path, language: str) -> polib.POFile:
    """Brings a catalogue up to date with the code: new strings empty, vanished ones gone; then compiles it."""
    path = po_file(language)
    old = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message in sorted(messages(root).values(), key=lambda m: (m.file, m.singular)):
        known = old.get((message.context, message.singular))
        entry = polib.POEntry(msgctxt=message.context, msgid=message.singular, occurrences=[(message.file, "")])
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: (known.msgstr_plural.get(0, "") or known.msgstr) if known else ""}
        else:
            entry.msgstr = (known.msgstr or known.msgstr_plural.get(0, "")) if known else ""
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return catalogue


def po_file(language: str) -> Path:
    """Where a language's catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(f for f in (root / room).rglob("*.py") if "migrations" not in f.parts)
    yield from sorted(f for f in (root / "templates").rglob("*") if f.suffix in {".html", ".txt", ".xml"})


def _calls_in_python(source: str) -> Iterator[tuple[str | None, str, str | None]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in CALLS:
            continue
        words = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
        context, singular, plural = CALLS[name]
        if singular < len(words) and words[singular]:
            yield (
                words[context] if context is not None else None,
                words[singular] or "",
                words[plural] if plural is not None and plural < len(words) else None,
            )


def _calls_in_template(source: str) -> Iterator[tuple[str | None, str, str | None]]:
    """Django turns a template into text with calls in it, in which the rest is blotted out with X."""
    for start in range(len(source)):
        for name in ("gettext(", "ngettext(", "pgettext(", "npgettext("):
            before = source[start - 1] if start else " "
            if source.startswith(name, start) and not (before.isalpha() or before == "_"):
                yield from _calls_in_python(_balanced(source[start:]))


def _balanced(text: str) -> str:
    """The call at the beginning of a text, up to the first end at which it is Python."""
    end = 0
    while (end := text.find(")", end) + 1) > 0:
        try:
            ast.parse(text[:end])
        except SyntaxError:
            continue
        return text[:end]
    return "None"
