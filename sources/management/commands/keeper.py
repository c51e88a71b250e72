"""What a keeper does on a machine of her own: make a key pair, open sealed records, seal them anew."""

from __future__ import annotations

import getpass
import re
import sys
import unicodedata
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sources import keeper_keys
from sources.envelopes import (
    FIELDS,
    LABELS,
    Bundle,
    Carried,
    Envelope,
    EnvelopeError,
    Print,
    opened,
    read,
    sealed,
    written,
)
from sources.protecting import TermRefused, TypedTerm, fingerprints
from sources.resealing import key_check


class Command(BaseCommand):
    """Needs no database, no network and nothing of the desk's."""

    help = (
        "For a keeper, on her own machine: makes a key pair, opens sealed records, seals them anew for other keepers."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        make = acts.add_parser("make", help="make a key pair")
        make.add_argument("name", help="whose it is; the private half is written into NAME.key")
        make.add_argument("-o", "--out", type=Path, help="another file for the private half")
        make.add_argument("--no-passphrase", action="store_true", help="whoever has the file can use it")
        public = acts.add_parser("public", help="tell the public half of a key")
        public.add_argument("key", type=Path, help="the file with the private half")
        open_ = acts.add_parser("open", help="show what is sealed")
        open_.add_argument("file", type=Path, help="the file from the desk")
        open_.add_argument("--key", type=Path, required=True, help="the file with your private half")
        reseal = acts.add_parser("reseal", help="seal for the keepers who stand now")
        reseal.add_argument("file", type=Path, help="the file from the desk")
        reseal.add_argument("--key", type=Path, required=True, help="the file with your private half")
        reseal.add_argument("--to", nargs="+", required=True, metavar="PUBLIC_KEY", help="the keys of all keepers")
        reseal.add_argument("-o", "--out", type=Path, required=True, help="the file to bring back to the desk")
        reseal.add_argument(
            "--fingerprint-key",
            type=Path,
            metavar="FILE",
            help="a file with the desk's new fingerprint key: fingerprints are made anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One act; whatever is wrong is said in one sentence."""
        try:
            getattr(self, f"_{options['act']}")(options)
        except EnvelopeError as error:
            raise CommandError(str(error)) from None

    def _make(self, options: dict[str, Any]) -> None:
        name = options["name"]
        if not re.fullmatch(r"[\w][\w .-]*", name):
            raise CommandError(_("A name has letters, digits, spaces, dots and hyphens alone."))
        file = options["out"] or Path(f"{name}.key")
        if file.exists():
            raise CommandError(_("%(file)s is there already and stays as it is. Choose another name.") % {"file": file})
        passphrase = None if options["no_passphrase"] else _new_passphrase()
        public_key = keeper_keys.make(file, passphrase)
        self.stdout.write(
            _("The private half is in %(file)s. It never leaves you; keep a copy in another place.") % {"file": file}
        )
        if passphrase is None:
            self.stdout.write(_("It has no passphrase: whoever finds the file can open what is sealed."))
        self.stdout.write(_("The public half, for the chief editor:"))
        self.stdout.write(public_key)

    def _public(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(_identity(options["key"]).to_public()))

    def _open(self, options: dict[str, Any]) -> None:
        bundle, identity = read(keeper_keys.read_whole(options["file"])), _identity(options["key"])
        closed = 0
        for number, carried in enumerate(bundle.records, start=1):
            self.stdout.write(_("Record %(number)d of %(all)d") % {"number": number, "all": len(bundle.records)})
            try:
                self._show(_opened(carried, identity))
            except EnvelopeError as error:
                closed += 1
                self.stdout.write(f"  {error}")
            self.stdout.write("")
        if closed:
            raise CommandError(
                _("%(number)d of %(all)d records could not be opened with this key.")
                % {"number": closed, "all": len(bundle.records)}
            )

    def _show(self, envelope: Envelope) -> None:
        for name in [*(n for n in FIELDS if n in envelope.fields), *(n for n in envelope.fields if n not in FIELDS)]:
            self.stdout.write(f"  {LABELS.get(name, harmless(name))}")
            for line in envelope.fields[name].split("\n"):
                self.stdout.write(f"    {harmless(line)}")

    def _reseal(self, options: dict[str, Any]) -> None:
        if options["out"].exists():
            raise CommandError(
                _("%(file)s is there already and stays as it is. Choose another name.") % {"file": options["out"]}
            )
        keepers = tuple(dict.fromkeys(key.strip(",") for key in options["to"]))
        if options["fingerprint_key"]:
            settings.FINGERPRINT_KEY = keeper_keys.read_whole(options["fingerprint_key"]).decode().strip()
            if not settings.FINGERPRINT_KEY:
                raise CommandError(_("%(file)s is empty.") % {"file": options["fingerprint_key"]})
        bundle, identity = read(keeper_keys.read_whole(options["file"])), _identity(options["key"])
        records = []
        for number, carried in enumerate(bundle.records, start=1):
            try:
                envelope = _opened(carried, identity)
                prints = self._prints(envelope) if options["fingerprint_key"] else None
                records.append(Carried(carried.id, sealed(envelope, keepers), prints))
            except EnvelopeError as error:
                raise CommandError(
                    _("Nothing was written. Record %(number)d of %(all)d: %(why)s")
                    % {"number": number, "all": len(bundle.records), "why": error}
                ) from None
        check = key_check() if options["fingerprint_key"] else ""
        keeper_keys.write_new(options["out"], written(Bundle(keepers, tuple(records), check)))
        self.stdout.write(
            _("%(records)d records are sealed to %(keepers)d keepers, in %(file)s. Bring it back to the desk.")
            % {"records": len(records), "keepers": len(keepers), "file": options["out"]}
        )

    def _prints(self, envelope: Envelope) -> tuple[Print, ...]:
        made = []
        for term in envelope.terms:
            try:
                made += [
                    Print(p.kind, p.fingerprint, p.needs_company)
                    for p in fingerprints([TypedTerm(term.kind, term.words)])
                ]
            except TermRefused as refusal:
                self.stderr.write(str(refusal))
        return tuple(dict.fromkeys(made))


def harmless(line: str) -> str:
    """Words as a terminal may show them: what was typed could hold orders to it, or turn the reading round."""
    return "".join(c if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "�" for c in line)


def _opened(carried: Carried, identity: pyrage.x25519.Identity) -> Envelope:
    """What is in a record; the id within is the one that it goes by, or somebody exchanged two."""
    envelope = opened(carried.ciphertext, identity)
    if carried.id.int and envelope.id != carried.id:
        raise EnvelopeError(_("It stands under another record’s number: somebody has exchanged the two."))
    return envelope


def _identity(file: Path) -> pyrage.x25519.Identity:
    return keeper_keys.identity_in(file, lambda: _asked(_("Passphrase of %(file)s: ") % {"file": file}))


def _new_passphrase() -> str:
    passphrase = _asked(_("A passphrase for it (four random words are good): "))
    if sys.stdin.isatty() and _asked(_("Once more: ")) != passphrase:
        raise EnvelopeError(_("The two are not the same. Nothing was made."))
    return passphrase


def _asked(prompt: str) -> str:
    """Typed without being seen, or the next line of what is piped in."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
