"""The desk: stories, their facts, what the facts rest on, and who put their name to them."""

from articles.models.attributions import Attribution, ProofAttribution
from articles.models.coverage import Context, Passage
from articles.models.exceptions import Hold, Intake, Invitation, Lifting, Override, Stagger, StaggerHour
from articles.models.facts import (
    Confirmation,
    Document,
    Dropping,
    Fact,
    Rendering,
    TakenBack,
    Verdict,
    Waiver,
    Wording,
)
from articles.models.figures import Correction, Figure, RelatedLink
from articles.models.knowledge import Discretion
from articles.models.leaks import Leak
from articles.models.policy import Policy
from articles.models.printing import Printing, Pull, PullTold, Release, Withdrawal
from articles.models.record import Entry
from articles.models.signing import CautionsSeen, Check, GuestSignature, Proof, ProofWording, SignOff
from articles.models.story import Article, Byline, Section, Writer

__all__ = [
    "Article",
    "Attribution",
    "Byline",
    "CautionsSeen",
    "Check",
    "Confirmation",
    "Context",
    "Correction",
    "Discretion",
    "Document",
    "Dropping",
    "Entry",
    "Fact",
    "Figure",
    "GuestSignature",
    "Hold",
    "Intake",
    "Invitation",
    "Leak",
    "Lifting",
    "Override",
    "Passage",
    "Policy",
    "Printing",
    "Proof",
    "ProofAttribution",
    "ProofWording",
    "Pull",
    "PullTold",
    "RelatedLink",
    "Release",
    "Rendering",
    "Section",
    "SignOff",
    "Stagger",
    "StaggerHour",
    "TakenBack",
    "Verdict",
    "Waiver",
    "Withdrawal",
    "Wording",
    "Writer",
]
