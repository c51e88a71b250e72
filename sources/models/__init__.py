"""Who told us: sources known by an alias, where they speak from, when we spoke with them, and what is sealed.

Nothing here names a person. What identifies one is never a readable column of these tables.
"""

from sources.models.ageing import Ageing, EarlierTalks, SoonInPrint
from sources.models.forgetting import Forgetting
from sources.models.looking import Look
from sources.models.places import Place
from sources.models.protecting import ProtectedPerson, ProtectedTerm, ScanAnswer
from sources.models.sealing import Keeper, SealedRecord
from sources.models.source import Circle, Confidant, Source, Vetting
from sources.models.talks import Talk

__all__ = [
    "Ageing",
    "Circle",
    "Confidant",
    "EarlierTalks",
    "Forgetting",
    "Keeper",
    "Look",
    "Place",
    "ProtectedPerson",
    "ProtectedTerm",
    "ScanAnswer",
    "SealedRecord",
    "SoonInPrint",
    "Source",
    "Talk",
    "Vetting",
]
