"""What people do through the desk's own acts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from articles import agreeing, confirming, publishing
from articles.models import Article, Confirmation, Policy, Proof
from articles.proofing import ask_for_review
from articles.signing import sign_off
from sources.vetting import vet
from tests.footing import printed_with
from tests.house import hours_to_come, is_in_print
from tests.machine.base import Base, pick

MOST_FACTS = 9


class People(Base):
    @rule(n=pick, kind=st.sampled_from(["event", "event", "statement", "record"]))
    def states_a_fact(self, n, kind):
        if len(self.house.every("articles_fact")) < MOST_FACTS:
            self.do(confirming.state, self.article(n), f"It happened, {n}.", kind=kind, by=self.desk.reporter)

    @rule(n=pick, kind=st.sampled_from(["event", "event", "statement", "record"]))
    def rewords(self, n, kind):
        self.do(confirming.reword, self.fact(n), f"Other words {n}.", kind=kind, by=self.desk.reporter)

    @rule(n=pick, s=pick, told=st.none() | pick)
    def records_a_sources_word(self, n, s, told):
        source = self.source(s)
        by = self.source(told) if told is not None else None
        how = {"how": "was_told", "told_by": by} if by and by != source else {}
        self.do(self.desk.says, self.fact(n), source, **how)

    @rule(n=pick, m=pick, basis=st.sampled_from(["document", "photo", "earlier"]))
    def records_another_basis(self, n, m, basis):
        wording = self.fact(n).wording
        thing = {
            "document": {"document_id": self.document().pk},
            "photo": {"photo_id": 1},
            "earlier": {"earlier_id": self.key("articles_wording", m)},
        }[basis]
        self.do(Confirmation.objects.create, wording=wording, basis=basis, recorded_by=self.desk.reporter, **thing)

    @rule(n=pick, e=pick, carried=st.booleans(), more=pick)
    def confirms(self, n, e, carried, more):
        """On what was recorded for these words, and perhaps on what carried earlier ones, or another fact."""
        fact = self.fact(n)
        kept = [*self.confirmations_of(fact), self.key("articles_confirmation", more)] if carried else []
        self.do(confirming.confirm, fact, by=self.editor(e), carried=kept)

    @rule(n=pick, e=pick)
    def rewords_and_confirms_on_what_carried_it(self, n, e):
        """A small change, the quickest way."""
        fact = self.fact(n)
        if self.do(confirming.reword, fact, f"Nearly so, {n}.", kind=fact.kind, by=self.desk.reporter):
            self.do(confirming.confirm, fact, by=self.editor(e), carried=self.confirmations_of(fact))

    @rule(n=pick, e=pick, against=st.sampled_from([confirming.dispute, confirming.unconfirm]))
    def judges_against(self, n, e, against):
        fact = self.fact(n)
        if self.doubt(against, fact, by=self.editor(e), reason="A doubt"):
            words = self.house.all("articles_wording", fact_id=fact.pk)
            hours = hours_to_come(self.house)
            printed = [
                p["slug"]
                for wording in words
                for p in printed_with(self.house, wording["id"])
                if any(is_in_print(p, at) for at in hours)
            ]
            assert not printed, f"An editor doubts a fact, and it goes on in {printed}"

    @rule(n=pick)
    def takes_back(self, n):
        confirmation = Confirmation.objects.get(pk=self.key("articles_confirmation", n))
        self.doubt(confirming.take_back, confirmation, by=self.desk.editor, reason="A mistake")

    @rule(n=pick)
    def drops(self, n):
        self.do(confirming.drop, self.fact(n), by=self.desk.editor, reason="Not needed")

    @rule(n=pick, m=pick, e=pick)
    def marks_as_rendered(self, n, m, e):
        self.do(confirming.mark_rendered, self.article(n), self.fact(m), by=self.editor(e))

    @rule(s=pick, standing=st.sampled_from(["confirmed", "unconfirmed", "discredited"]))
    def vets(self, s, standing):
        judge = self.do if standing == "confirmed" else self.doubt
        judge(vet, self.source(s), standing, by=self.desk.editor, reason="Heard")

    @rule(n=pick, tag=st.booleans())
    def edits(self, n, tag):
        article = self.article(n)
        article.headline = f"Headline {n}" if n % 2 else "Other words"
        if self.do(article.save) is None and tag:
            self.do(article.tags.add, "rice")

    @rule(n=pick)
    def reverts_to_an_earlier_text(self, n):
        proof = Proof.objects.get(pk=self.key("articles_proof", n))
        article = Article.objects.get(pk=proof.article_id)
        article.headline, article.slug, article.standfirst = proof.headline, proof.slug, proof.standfirst
        self.do(article.save)
        for wording in proof.wordings.select_related("fact__article"):
            self.do(confirming.reword, wording.fact, wording.text, kind=wording.kind, by=self.desk.reporter)

    @rule(n=pick)
    def asks_for_review(self, n):
        self.do(ask_for_review, self.article(n), by=self.desk.reporter)

    @rule(n=pick, e=pick)
    def signs(self, n, e):
        proof = Proof.objects.select_related("article").filter(article=self.key("articles_article", n)).first()
        if proof:
            self.do(sign_off, proof, by=self.editor(e))

    @rule(n=pick, e=pick, later=st.booleans())
    def publishes(self, n, e, later):
        hour = timezone.now() + timedelta(days=1) if later else None
        self.do(publishing.publish, self.article(n), by=self.editor(e), at=hour)

    @rule(n=pick, later=st.sampled_from([0, 0, 1, 2]), e=st.sampled_from([0, 0, 1, 2]))
    def goes_through_the_whole_gate(self, n, later, e):
        hour = timezone.now() + timedelta(days=later) if later else None
        self.whole_gate(self.article(n), by=self.editor(e), at=hour)

    @rule(n=pick)
    def pulls(self, n):
        self.do(publishing.pull, self.publication(n), by=self.desk.reporter, reason="A doubt")

    @rule(n=pick)
    def releases(self, n):
        self.do(publishing.release, self.publication(n), by=self.desk.editor, reason="Right after all")

    @rule(n=pick)
    def withdraws(self, n):
        self.do(publishing.withdraw, self.publication(n), by=self.desk.chief, reason="Asked for")

    @rule(least=st.sampled_from([2, 1, 3]), told=st.booleans(), carries=st.tuples(*[st.booleans()] * 4))
    def changes_the_policy(self, least, told, carries):
        policy = Policy.objects.order_by("-pk").first()
        policy.pk, policy.agreed_by, policy.agreed_at = None, None, None
        policy.min_sources = least
        policy.document_suffices, policy.photo_suffices, policy.earlier_suffices, policy.guests_sign = carries
        policy.covers_text = told and policy.covers_text
        policy.proposed_by = self.desk.chief
        self.do(policy.save, force_insert=True)
        self.do(agreeing.agree, policy, by=self.desk.editor)

    @rule(hours=st.sampled_from([24, 3, 48]))
    def time_goes_by(self, hours):
        self.do(self.grounds.database.move_the_clock, timedelta(hours=hours))
