"""Who can open what the demo has sealed: two invented keepers, and three sources whose identities are as invented."""

from pathlib import Path

from articles.demo.informants import source
from newsroom import data_folder
from sources import keeper_keys, keepers
from sources.arriving import token_for
from sources.envelopes import enveloped
from sources.models import Keeper
from sources.sealing import page_of, seal
from staff.models import User

# Real keepers' keys never lie beside a desk: these are for looking at how it works.
KEEPERS = ("Haneul", "Miriam")

IDENTITIES = {
    "hyesan source": {
        "name": "최은별\n별이 엄마",
        "romanised": "Choe Un Byol\nChoi Eun-byeol",
        "numbers": "010-0000-4417",
        "handles": "byol_millstone",
        "places": "혜산시 가상동 18인민반",
        "contact": "After nine in the evening, Chinese time. She says “the weather has turned” if she is not alone.",
        "how_met": "Through a cousin who trades in the same goods.",
    },
    "hoeryong resident": {
        "name": "림보슬",
        "romanised": "Rim Bo Sul\nIm Bo-seul",
        "numbers": "010-0000-7720",
        "contact": "By message alone, never a call.",
        "notes": "Her brother does not know.",
    },
    "musan source": {
        "name": "강가람",
        "romanised": "Kang Ka Ram",
        "places": "무산군 없는골 3반\n무산 가상기계공장",
        "how_met": "He wrote to us after the story about the mine.",
    },
}


def folder() -> Path:
    """Where the demo's private keys lie: in the data folder, and nowhere in the repository."""
    return data_folder.private_folder("demo-keepers")


def entrust() -> int:
    """The keepers, agreed to by two editors, and what is sealed to them; says how many records, none if there are keepers."""
    if Keeper.objects.exists():
        return 0
    chief, editor = (User.objects.get(username=name) for name in ("chief", "editor"))
    for name in KEEPERS:
        keepers.agree(keepers.propose(name, _public_key(name), by=chief), by=editor)
    for key, typed in IDENTITIES.items():
        told = source(key)
        seal(told, [token_for(enveloped(typed), page_of(told))], by=told.contact_reporter)
    return len(IDENTITIES)


def _public_key(name: str) -> str:
    """Of a new pair; or of the one that lies there, where the database was made anew."""
    file = folder() / f"{name}.key"
    if file.exists():
        return str(keeper_keys.identity_in(file, str).to_public())
    return keeper_keys.make(file, None)
