"""What people decide by two, keep back, invite or bring in: waivers, emergencies, holds, staggers, guests, the archive."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from articles import confirming, overriding
from articles.archive import bring_in
from articles.coverage import coverage_of
from articles.covering import cover, sentences_in
from articles.models import (
    Fact,
    Hold,
    Invitation,
    Lifting,
    Override,
    SignOff,
    Stagger,
    StaggerHour,
)
from articles.proofing import ask_for_review
from sources.vetting import vet
from tests.factories import by_passkey
from tests.machine.base import Base, pick

WHY = {"reason": "There is one", "printed_reason": "There is one."}


class Exceptions(Base):
    @rule(n=pick, e=pick, second=pick)
    def waives(self, n, e, second):
        waiver = self.do(confirming.waive, self.fact(n), by=self.editor(e), **WHY)
        if waiver:
            self.do(confirming.agree_to_waiver, waiver, by=self.editor(second))

    @rule(
        n=pick, k=pick, what=st.sampled_from(["context", "none", "event", "record", "fact", "untie", "earlier"]), m=pick
    )
    def settles_a_sentence(self, n, k, what, m):
        article = self.article(n)
        found = sentences_in(coverage_of(article))
        facts = list(Fact.objects.filter(article=article.original).values_list("pk", flat=True)) or [0]
        key = {
            "fact": facts[m % len(facts)],
            "untie": facts[m % len(facts)],
            "earlier": self.key("articles_wording", m),
        }
        if found:
            chosen = {found[k % len(found)].key: f"{what} {key[what]}" if what in key else what}
            self.do(cover, article, chosen, by=self.desk.reporter)

    @rule(n=pick)
    def settles_every_sentence(self, n):
        self.do(self.settle, self.article(n))

    @rule(n=pick, e=pick, second=pick, hours=st.sampled_from([20, 60]), prints=st.booleans())
    def declares_an_emergency(self, n, e, second, hours, prints):
        article = self.article(n)
        until = timezone.now() + timedelta(hours=hours)
        override = self.do(overriding.propose, article, by=self.editor(e), until=until, **WHY)
        if override:
            self.do(overriding.agree, override, by=self.editor(second))
        if prints:
            self.whole_gate(self.article(n), by=self.desk.editor)

    @rule(n=pick, e=pick)
    def agrees_to_an_emergency(self, n, e):
        override = Override.objects.filter(pk=self.key("articles_override", n)).first()
        if override:
            self.do(overriding.agree, override, by=self.editor(e))

    @rule(n=pick, e=pick, kind=st.sampled_from(["embargo", "safety"]), hours=st.sampled_from([2, 30, 60]))
    def holds_back(self, n, e, kind, hours):
        until = timezone.now() + timedelta(hours=hours)
        article = self.key("articles_article", n)
        self.do(Hold.objects.create, article_id=article, kind=kind, until=until, reason="Agreed on", by=self.editor(e))

    @rule(n=pick, e=pick)
    def lifts_a_hold(self, n, e):
        self.do(Lifting.objects.create, hold_id=self.key("articles_hold", n), by=self.editor(e), reason="He is safe")

    @rule(n=pick, e=pick, hours=st.sampled_from([-1, 20]), invited=st.sampled_from([True, True, False]), story=pick)
    def a_guest_signs(self, n, e, hours, invited, story):
        """Asked to or not, in time or not; and perhaps for another story."""
        article, invitation = self.article(n), None
        if invited:
            invitation = self.do(
                Invitation.objects.create,
                article_id=article.pk if story % 4 else self.key("articles_article", story),
                guest=self.grounds.guest,
                until=timezone.now() + timedelta(hours=hours),
                by=self.editor(e),
            )
        proof = self.do(ask_for_review, article, by=self.desk.reporter)
        if proof:
            signed = self.do(SignOff.objects.create, proof=proof, digest=proof.digest, by=self.grounds.guest)
            if signed and invitation:
                self.do(by_passkey, signed, invitation)

    @rule(
        s=pick,
        hours=st.sampled_from([20, 40]),
        e=pick,
        second=pick,
        spared=st.lists(pick, min_size=1, max_size=3, unique=True),
        falls=st.sampled_from(["discredited", "discredited", "unconfirmed", None]),
    )
    def staggers(self, s, hours, e, second, spared, falls):
        """Stories that she carries get an hour each; perhaps somebody agrees; perhaps she falls."""
        source, now = self.source(s), timezone.now()
        stagger = self.do(
            Stagger.objects.create,
            source=source,
            standing="discredited",
            reason="She is watched",
            last_day=now.date() + timedelta(days=9),
            proposed_by=self.editor(e),
        )
        if stagger is None:
            return
        keys = {self.key("reader_publication", n) for n in spared}
        for more, key in enumerate(sorted(keys)):
            at = now + timedelta(hours=hours + 5 * more)
            self.do(StaggerHour.objects.create, stagger=stagger, publication_id=key, at=at)
        if second % 3:
            stagger.agreed_by, stagger.agreed_at = self.editor(second), now
            self.do(stagger.save, update_fields=["agreed_by", "agreed_at"])
        if falls:
            self.do(vet, source, falls, by=self.desk.editor, reason="Invented it")

    @rule(n=pick, e=pick, days=st.sampled_from([-1000, -1000, 1, 5]))
    def brings_in_a_story_of_the_archive(self, n, e, days):
        story = {
            "language": "en",
            "headline": f"Old story {n}",
            "body": "<p>Of old.</p>",
            "section": "society",
            "printed": (timezone.now() + timedelta(days=days)).isoformat(),
        }
        self.do(bring_in, [story], by=self.editor(2 if e % 4 else e))
