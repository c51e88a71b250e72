"""The panel beside a story: where it stands, what blocks it, its facts with what they rest on, and what one may do.

Built for one person: an act that she may not do is not there, a source that she may not know is an alias.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import LONGEST_PRINTED_REASON, accounts_of, act, authors, may
from articles.chains import Chains, Step
from articles.confirming import (
    other_words_of,
    recorders_of,
    require_confirmer,
    require_reader_of,
    require_second,
    require_taker_back,
)
from articles.coverage import passages_in
from articles.differences import Piece, matched, word_by_word
from articles.figures_in_words import Differing, differing
from articles.gate import Blocker, blockers
from articles.holding import Held, holds_of
from articles.inviting import require_inviter, whom_to_invite
from articles.knowledge import require_decider
from articles.leaks import Told, has_grown_old, scan_again, told_of
from articles.models import (
    Article,
    Confirmation,
    Discretion,
    Dropping,
    Fact,
    Invitation,
    Pull,
    Rendering,
    Verdict,
    Waiver,
    Wording,
)
from articles.naming import Naming, naming_of
from articles.proofing import still_reads
from articles.shown import digest_of
from articles.signing import require_signer
from articles.stages import Stage, Standing, standing_of
from articles.telltales import sentence_of, telltales_in
from articles.translations import original_since
from newsroom.deadlocks import begins_again
from sources.seeing import talk_told

if TYPE_CHECKING:
    from sources.models import Source
    from staff.models import Guest, User


@dataclass(frozen=True)
class Support:
    """One confirmation in words."""

    confirmation: Confirmation
    what: str
    detail: str
    source: Source | None
    taken_back: bool
    may_take_back: bool
    # Recorded for the fact in earlier words: an editor says whether it carries these too.
    earlier: bool = False
    # The alias of a source on which this one depends for this fact: the two count once.
    counts_with: str = ""
    # Whether this person may read who recorded it, and who took it back.
    names: bool = True


@dataclass(frozen=True)
class Decided:
    """A decision on a fact that few could know, and whether this person may be the second who agrees to it."""

    discretion: Discretion
    may_agree: bool


@dataclass
class Card:
    """A fact as an editor judges it."""

    fact: Fact
    wording: Wording
    status: str
    verdict: Verdict | None
    supports: list[Support]
    waiver: Waiver | None
    dropping: Dropping | None
    rendering: Rendering | None
    # Of a translation: itself, and its own words that state the fact.
    edition: Article | None = None
    rendered: list[str] | None = None
    may_confirm: bool = False
    why_not: str = ""
    may_object: bool = False
    may_drop: bool = False
    may_waive: bool = False
    longest_printed_reason: int = LONGEST_PRINTED_REASON
    may_agree: bool = False
    may_mark: bool = False
    lacks: list[Blocker] = field(default_factory=list)
    # Whether earlier words of it were confirmed, and these only have to be confirmed again. What changed since, and
    # nothing that did not: the kind that it was, the statement, the passages in the text.
    was_confirmed: bool = False
    former_kind: str = ""
    reworded: list[Piece] = field(default_factory=list)
    # Other words of it that readers see, or will at an hour to come.
    printed: list[Wording] = field(default_factory=list)
    repassaged: list[list[Piece]] = field(default_factory=list)
    # Who could know it: who may say so, and what was decided of these words where few could.
    may_say_who_knew: bool = False
    may_decide: bool = False
    discretions: list[Decided] = field(default_factory=list)

    who_could_know = Fact.KnownTo.choices
    remedies = Discretion.Remedy.choices

    @property
    def is_known_to_few(self) -> bool:
        return any(blocker.code == "known_to_few" for blocker in self.lacks)

    @property
    def telltales(self) -> list[str]:
        """What an editor's decision has to answer, where few could know the fact."""
        if self.fact.known_to not in FEW:
            return []
        return [sentence_of(telltale) for telltale in telltales_in(self.wording)]

    @property
    def may_dispute(self) -> bool:
        return self.may_object and (self.status != Fact.Status.DISPUTED or bool(self.printed))

    @property
    def may_unconfirm(self) -> bool:
        return self.may_object and (self.status == Fact.Status.CONFIRMED or bool(self.printed))

    @property
    def is_carried(self) -> bool:
        """Whether what it rests on is enough, whatever an editor said."""
        return not any(blocker.code in UNCARRIED for blocker in self.lacks)

    @property
    def stamp(self) -> str:
        """How its stamp stands: filled for a fact that is confirmed and carried, and for nothing else."""
        if self.status == Fact.Status.CONFIRMED and not self.is_carried:
            return str(Fact.Status.UNCONFIRMED)
        return self.status

    @property
    def other_figures(self) -> Differing | None:
        """The figures on which the words of the story and the statement disagree."""
        return differing(self.wording.passages or (), self.wording.text)

    @property
    def other_figures_rendered(self) -> Differing | None:
        """Likewise those of a translation."""
        return differing(self.rendered or (), self.wording.text)

    @property
    def rests_on(self) -> str:
        """Keys of the standing confirmations of these words, as its forms send them back (``articles.shown``)."""
        return " ".join(str(s.confirmation.pk) for s in self.supports if not s.earlier and not s.taken_back)

    @property
    def rendered_digest(self) -> str:
        """The translation's own words, likewise."""
        return digest_of(self.rendered)


@dataclass
class Panel:
    """Everything that stands beside a story."""

    article: Article
    standing: Standing
    blockers: list[Blocker]
    cards: list[Card]
    dropped: list[Card]
    may_ask: bool
    may_sign: bool
    may_publish: bool
    may_pull: bool
    may_withdraw: bool
    may_record: bool
    has_aged: bool = False
    pull: Pull | None = None
    causes: list[Step] = field(default_factory=list)
    holds: list[Held] = field(default_factory=list)
    may_hold: bool = False
    # Of a translation: the hour since which its original reads otherwise than when it was printed.
    original_since: dt.datetime | None = None
    site_address: str = settings.SITE_ADDRESS
    invitations: list[Invitation] = field(default_factory=list)
    # Whom this person may invite to sign.
    guests: list[Guest] = field(default_factory=list)
    invited_until: dt.datetime | None = None
    naming: Naming = field(default_factory=lambda: Naming([], []))
    # Protected terms of this person's own people in the story.
    leaks: list[Told] = field(default_factory=list)

    @property
    def is_staggered(self) -> bool:
        """Whether it leaves print at its own hour of a stagger, and not with an emergency."""
        printed = self.standing.publication
        hour = printed.leaves_at if printed else None
        return printed is not None and hour is not None and printed.stagger_hours.filter(at=hour).exists()

    @property
    def confirmed(self) -> int:
        return sum(card.status == Fact.Status.CONFIRMED for card in self.cards)

    @property
    def lacking(self) -> list[tuple[str, list[Blocker]]]:
        """The other blockers, those of one fact under its statement; an empty one for what the whole story lacks.

        Each heads its own once, where its first blocker stands.
        """
        alike = {blocker for _lack, blockers in self.shared for blocker in blockers}
        found: dict[int | None, tuple[str, list[Blocker]]] = {}
        for blocker in self.blockers:
            if blocker in alike:
                continue
            found.setdefault(blocker.fact_id, (blocker.statement, []))[1].append(blocker)
        return list(found.values())

    @property
    def shared(self) -> list[tuple[str, list[Blocker]]]:
        """What several facts lack alike is said once, with all of them under it."""
        found: dict[str, list[Blocker]] = {}
        for blocker in self.blockers:
            if blocker.statement:
                found.setdefault(blocker.lack, []).append(blocker)
        return [(lack, alike) for lack, alike in found.items() if len({each.fact_id for each in alike}) > 1]


# What an editor's word does not replace.
UNCARRIED = {"fact_needs_sources", "statement_needs_talk", "record_needs_copy"}
# Confirmed, but not by somebody whose word counts.
VOID = {"fact_confirmed_by_author", "fact_confirmed_by_recorder", "fact_confirmed_by_no_editor", "known_to_changed"}
# Who a text could point at.
FEW = {Fact.KnownTo.MEETING, Fact.KnownTo.HANDFUL}
# A proof that was made before the story was taken off the site: what it needs is a new one.
STOPPED = {"pulled_since", "withdrawn_since"}


class Viewer:
    """One person's rights over one story, asked for once."""

    def __init__(self, user: User, article: Article) -> None:
        self.user = user
        self.article = article
        self.wrote = authors(article)
        self.is_editor = user.is_editor
        # Who works with photos alone reads that there is a source, and not which.
        self.aliases = user.has_perm("sources.view_source")


@begins_again
def _scan_what_grew_old(article: Article) -> None:
    """Terms were added since it was saved: it is scanned at the end of each act."""
    with act(article):
        pass


def panel_for(user: User, article: Article) -> Panel:
    """The panel as this person may see it."""
    viewer = Viewer(user, article)
    if has_grown_old(article):
        _scan_what_grew_old(article)
    found = blockers(article, aliases=viewer.aliases)
    if any(blocker.code == "not_scanned" for blocker in found):
        # Terms were added since: no new proof is asked for that.
        scan_again(article)
        found = blockers(article, aliases=viewer.aliases)
    leaks = told_of(user, article)
    found = [_said_where(blocker, leaks) for blocker in found]
    cards = cards_of(viewer, found)
    standing = standing_of(article)
    publication = standing.publication
    pull = publication.pulls.select_related("by").first() if publication and standing.stage == Stage.PULLED else None
    # What the reader is told of how a story is known follows its facts, so a proof can age without a word being changed.
    # A signed one is printed as it was signed.
    proof = standing.proof
    reads_the_same = proof is not None and standing.is_current and (bool(standing.signatures) or still_reads(proof))
    stopped = any(blocker.code in STOPPED for blocker in found)
    signed_by_her = any(signature.by_id == user.pk for signature in standing.signatures)
    return Panel(
        article=article,
        standing=standing,
        blockers=found,
        cards=[card for card in cards if card.dropping is None],
        dropped=[card for card in cards if card.dropping is not None],
        may_ask=user.has_perm("articles.add_proof") and (stopped or not reads_the_same),
        may_sign=reads_the_same
        and not stopped
        and not signed_by_her
        and not (standing.is_seen and not standing.changed_since_print)
        and may(require_signer, by=user, wrote=viewer.wrote),
        may_publish=user.has_perm("reader.publish_publication"),
        may_pull=standing.is_seen and user.has_perm("reader.pull_publication"),
        may_withdraw=publication is not None
        and publication.withdrawn_at is None
        and user.has_perm("reader.withdraw_publication"),
        may_record=user.has_perm("articles.add_confirmation"),
        has_aged=standing.is_current and not reads_the_same,
        pull=pull,
        invitations=list(article.invitations.filter(until__gt=timezone.now()).select_related("guest", "by")),
        guests=whom_to_invite(article) if may(require_inviter, by=user) else [],
        invited_until=timezone.localtime() + dt.timedelta(days=2),
        causes=Chains().of(pull) if pull and pull.by_id is None else [],
        holds=holds_of(article, by=user),
        leaks=leaks,
        may_hold=user.has_perm("articles.change_article"),
        original_since=original_since(article),
        naming=naming_of(user, article),
    )


def _said_where(blocker: Blocker, leaks: list[Told]) -> Blocker:
    """To who speaks with her, where the term stands; nobody else has to be asked."""
    if blocker.code != "protected_term" or not leaks:
        return blocker
    where = " ".join(told.sentence for told in leaks)
    return replace(blocker, lack=_("%(where)s Take it out, and save the story.") % {"where": where})


def cards_of(viewer: Viewer, found: list[Blocker], fact: Fact | None = None) -> list[Card]:
    """The facts of a story (of a translation: of its original), or one of them."""
    supports = Confirmation.objects.select_related(
        "source", "talk", "told_by", "document", "photo", "earlier", "recorded_by", "taken_back"
    )
    wordings = (
        Wording.objects.order_by("-number")
        .select_related("waiver")
        .prefetch_related(
            Prefetch("confirmations", supports),
            Prefetch("verdicts", Verdict.objects.select_related("by").order_by("-pk")),
            Prefetch("discretions", Discretion.objects.select_related("proposed_by", "agreed_by")),
        )
    )
    facts = viewer.article.original.facts.select_related("dropping").prefetch_related(Prefetch("wordings", wordings))
    if fact is not None:
        facts = facts.filter(pk=fact.pk)
    edition = viewer.article if viewer.article.translation_of_id else None
    rendered = passages_in(edition.coverage or []) if edition else {}
    renderings = list(Rendering.objects.filter(article=edition).select_related("by")) if edition else []
    printed = other_words_of(facts)
    cards = []
    for each in facts:
        wordings_of = list(each.wordings.all())
        for wording in wordings_of[:1]:
            lacks = [b for b in found if b.fact_id == each.pk]
            card = _card(viewer, each, wording, wordings_of[1:], lacks)
            card.printed = printed.get(each.pk, [])
            if card.dropping is not None and card.printed:
                card.may_object = viewer.user.has_perm("articles.confirm_fact")
            if edition:
                _beside(card, viewer, edition, rendered.get(each.pk), renderings)
            if card.may_confirm and card.status != Fact.Status.CONFIRMED and not card.is_carried:
                card.may_confirm, card.why_not = False, _("What it rests on does not carry it yet.")
            cards.append(card)
    return cards


def _beside(
    card: Card, viewer: Viewer, edition: Article, rendered: list[str] | None, renderings: list[Rendering]
) -> None:
    """The card of a fact on the page of a translation: judged by both texts, and changed on its original's page alone."""
    card.edition, card.rendered, card.may_drop, card.may_say_who_knew = edition, rendered, False, False
    # As the law counts them: a mark for other words of the translation is none for these.
    marks = [r for r in renderings if (r.wording_id, r.passages) == (card.wording.pk, rendered)]
    card.rendering = marks[-1] if marks else None
    card.may_mark = (
        card.dropping is None
        and bool(rendered)
        and card.rendering is None
        and may(require_reader_of, edition, by=viewer.user, wrote=viewer.wrote)
    )


def _card(viewer: Viewer, fact: Fact, wording: Wording, before: list[Wording], lacks: list[Blocker]) -> Card:
    user, dropping = viewer.user, getattr(fact, "dropping", None)
    verdict = next(iter(wording.verdicts.all()), None)
    is_confirmed = verdict is not None and verdict.ruling == Verdict.Ruling.CONFIRMED
    carried = [
        replace(support(viewer, c), earlier=True)
        for older in before
        for c in older.confirmations.all()
        if (c.pk in verdict.seen if is_confirmed and verdict else c.is_standing)
    ]
    supports = [*carried, *(support(viewer, c) for c in wording.confirmations.all())]
    if viewer.is_editor:
        supports = _with_who_counts_once(supports)
    status = Fact.Status.DROPPED if dropping else verdict.ruling if verdict else Fact.Status.UNCONFIRMED
    card = Card(fact, wording, str(status), verdict, supports, _waiver(wording, before), dropping, None, lacks=lacks)
    if dropping:
        return card
    if not is_confirmed:
        _compare(card, before)
    # What was recorded after she confirmed is not hers until she confirms again.
    later = is_confirmed and any(
        s.confirmation.pk not in verdict.seen for s in supports if verdict and not s.taken_back
    )
    # Nor does the word of somebody count who may not confirm it, or may no longer.
    void = any(blocker.code in VOID for blocker in lacks)
    recorders = recorders_of(s.confirmation for s in supports)
    stated = {fact.created_by_id, wording.by_id}
    if status != Fact.Status.CONFIRMED or later or void:
        card.may_confirm = may(require_confirmer, by=user, wrote=viewer.wrote, stated=stated, recorders=recorders)
        if viewer.is_editor and not card.may_confirm:
            card.why_not = (
                _("You wrote or changed words of this story: another editor confirms.")
                if user.pk in viewer.wrote
                else _("You stated or reworded this fact: another editor confirms.")
                if accounts_of(user) & stated
                else _("You recorded what this rests on: another editor confirms.")
            )
    card.may_object = user.has_perm("articles.confirm_fact")
    card.may_drop = card.may_say_who_knew = user.has_perm("articles.change_fact")
    card.may_decide = card.is_known_to_few and may(require_decider, by=user, wrote=viewer.wrote)
    card.discretions = [
        Decided(d, d.waits and may(require_second, d.proposed_by, by=user, wrote=viewer.wrote))
        for d in wording.discretions.all()
    ]
    card.may_waive = (
        any(blocker.code == "fact_needs_sources" for blocker in lacks)
        and wording.kind == Fact.Kind.EVENT
        and card.waiver is None
        and user.has_perm("articles.waive_fact")
    )
    card.may_agree = (
        card.waiver is not None
        and card.waiver.agreed_by_id is None
        and may(require_second, card.waiver.proposed_by, by=user, wrote=viewer.wrote)
    )
    return card


def _waiver(wording: Wording, before: list[Wording]) -> Waiver | None:
    """The waiver of this statement (see Wording.waived), from what is read already."""
    same = [w for w in [wording, *before] if (w.kind, w.text) == (wording.kind, wording.text)]
    return next((w.waiver for w in same if hasattr(w, "waiver")), None)


def _compare(card: Card, before: list[Wording]) -> None:
    """What an editor has to see before she confirms again: the words that she or another confirmed last, and these."""
    confirmed = next((w for w in before if any(v.ruling == Verdict.Ruling.CONFIRMED for v in w.verdicts.all())), None)
    if confirmed is None:
        return
    card.was_confirmed = True
    if confirmed.kind != card.wording.kind:
        card.former_kind = confirmed.get_kind_display()
    if confirmed.text != card.wording.text:
        card.reworded = word_by_word(confirmed.text, card.wording.text)
    # Passages stand in the order of their letters, so one that begins anew stands elsewhere.
    card.repassaged = [
        word_by_word(old or "", new or "")
        for old, new in matched(confirmed.passages or [], card.wording.passages or [])
        if old != new
    ]


def _with_who_counts_once(supports: list[Support]) -> list[Support]:
    """Which sources the law counts as one (``gate_independent_sources``), told to editors: circles stay on the desk."""
    told: list[Support] = []
    seen: list[tuple[Source, set[tuple[str, int]]]] = []
    for each in supports:
        if each.source is None or each.taken_back or not each.source.is_confirmed:
            told.append(each)
            continue
        people = [each.source, *filter(None, [each.confirmation.told_by])]
        ties = {("person", person.pk) for person in people}
        ties |= {("circle", person.circle_id) for person in people if person.circle_id}
        tied = next((other for other, theirs in seen if other != each.source and theirs & ties), None)
        told.append(replace(each, counts_with=tied.alias) if tied else each)
        seen.append((each.source, ties))
    return told


def support(viewer: Viewer, confirmation: Confirmation) -> Support:
    """A confirmation in words, as far as this person may know it."""
    source = confirmation.source
    details = []
    if source:
        what = source.alias if viewer.aliases else _("a source")
        details.append(str(confirmation.get_how_display()))
        if confirmation.told_by and viewer.aliases:
            details.append(_("told by %(alias)s") % {"alias": confirmation.told_by.alias})
        if confirmation.talk:
            details.append(talk_told(confirmation.talk, source, viewer.user, is_editor=viewer.is_editor))
    else:
        what = str(confirmation.document or confirmation.photo or confirmation.earlier)
        details.append(str(confirmation.get_basis_display()))
    # Who records her word speaks with her, which is not everybody's to know.
    names = source is None or viewer.is_editor or source.is_known_to(viewer.user)
    if names:
        details.append(_("recorded by %(name)s") % {"name": confirmation.recorded_by})
    return Support(
        confirmation=confirmation,
        what=what,
        detail=" · ".join(details),
        source=source,
        taken_back=not confirmation.is_standing,
        names=names,
        may_take_back=confirmation.is_standing and may(require_taker_back, confirmation, by=viewer.user),
    )
