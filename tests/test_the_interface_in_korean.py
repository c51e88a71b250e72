"""Whoever checks the code is told what the Korean interface lacks."""

import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from newsroom import catalogues


@pytest.fixture
def catalogue(settings, tmp_path: Path) -> Path:
    """A copy of the catalogues, to spoil."""
    shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    # What somebody is still translating is `make lint`'s to tell.
    entries = catalogues.update(settings.BASE_DIR, "ko")
    for entry in entries.untranslated_entries():
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid}
        else:
            entry.msgstr = entry.msgid
    _compile(entries)
    return catalogues.po_file("ko")


def _compile(entries: polib.POFile) -> None:
    entries.save()
    entries.save_as_mofile(str(catalogues.po_file("ko").with_suffix(".mo")))


def check() -> None:
    call_command("messages", "--check", verbosity=0)


def test_it_works(catalogue: Path) -> None:
    check()


def test_a_string_without_its_korean_is_told(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = polib.pofile(str(catalogue))
    entries.remove(entries.find("Find by name"))
    entries.save()
    with pytest.raises(CommandError, match="1 strings have no Korean"):
        check()
    assert "Find by name" in capsys.readouterr().out


def test_a_translation_that_was_not_compiled_is_told(catalogue: Path) -> None:
    entries = polib.pofile(str(catalogue))
    entries.find("Find by name").msgstr = "찾아보기"
    entries.save()
    with pytest.raises(CommandError, match="run `make messages`"):
        check()
    call_command("messages", verbosity=0)
    check()


def test_a_missing_compiled_catalogue_is_told(catalogue: Path) -> None:
    catalogue.with_suffix(".mo").unlink()
    with pytest.raises(CommandError, match="run `make messages`"):
        check()
