"""What code does past the acts: update(), bulk_create(), bulk_update(), delete() and what hangs on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from articles.models import (
    Article,
    Byline,
    Confirmation,
    Context,
    Fact,
    Hold,
    Override,
    Rendering,
    SignOff,
    TakenBack,
    Verdict,
    Waiver,
    Wording,
)
from reader.models import Publication
from sources.models import Circle, Source, Talk
from staff.models import User
from tests.machine.base import Base, pick

# What a script sets with update(), by the table it forgets to ask.
SETS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "every headline": (Article, {"headline": "Set by a script"}),
    "the revision": (Article, {"revision": 1}),
    "who started it": (Article, {"created_by_id": 1}),
    "no translation": (Article, {"translation_of": None}),
    "the story's identity": (Article, {"story": "00000000-0000-0000-0000-000000000001"}),
    "facts moved": (Fact, {"article_id": 1}),
    "facts' author": (Fact, {"created_by_id": 3}),
    "facts' place": (Fact, {"position": 5}),
    "wordings' kind": (Wording, {"kind": "statement"}),
    "wordings' text": (Wording, {"text": "Other words"}),
    "every verdict": (Verdict, {"ruling": "confirmed"}),
    "every source confirmed": (Source, {"standing": "confirmed"}),
    "every source discredited": (Source, {"standing": "discredited"}),
    "one circle": (Source, {"circle_id": 1}),
    "no circle": (Source, {"circle": None}),
    "talks moved": (Talk, {"source_id": 2}),
    "a byline's address": (Byline, {"slug": "another"}),
    "never leaves": (Publication, {"leaves_at": None}),
    "leaves a day later": (Publication, {"leaves_at": F("leaves_at") + timedelta(days=1)}),
    "agreed by the chief": (Waiver, {"agreed_by_id": 4, "agreed_at": timezone.now}),
    "overrides for ever": (Override, {"until": F("until") + timedelta(days=90)}),
    "other passages": (Wording, {"passages": []}),
    "nothing pulled": (Publication, {"pulled_at": None}),
    "everything pulled": (Publication, {"pulled_at": timezone.now}),
    "nothing withdrawn": (Publication, {"withdrawn_at": None}),
    "nothing superseded": (Publication, {"superseded_at": None}),
    "live a day sooner": (Publication, {"go_live_at": F("go_live_at") - timedelta(days=1)}),
    "live a day later": (Publication, {"go_live_at": F("go_live_at") + timedelta(days=1)}),
    "longer in print": (Publication, {"superseded_at": F("superseded_at") + timedelta(days=1)}),
    "other words": (Publication, {"headline": "Invented"}),
    "accounts closed": (User, {"is_active": False}),
    "who reads what": (User, {"reads": ["en"]}),
}
DELETES = {
    "articles": (Article, "articles_article"),
    "facts": (Fact, "articles_fact"),
    "wordings": (Wording, "articles_wording"),
    "confirmations": (Confirmation, "articles_confirmation"),
    "verdicts": (Verdict, "articles_verdict"),
    "sources": (Source, "sources_source"),
    "circles": (Circle, None),
    "talks": (Talk, None),
    "publications": (Publication, "reader_publication"),
    "people": (User, "staff_user"),
    "signatures": (SignOff, "articles_signoff"),
    "contexts": (Context, None),
    "holds": (Hold, None),
    "bylines": (Byline, "articles_byline"),
}


class Code(Base):
    @rule(s=pick, circle=st.sampled_from([1, 2, None]))
    def moves_between_circles(self, s, circle):
        self.do(Source.objects.filter(pk=self.key("sources_source", s)).update, circle_id=circle)

    @rule(what=st.sampled_from(sorted(SETS)), one=st.none() | pick)
    def updates(self, what, one):
        model, values = SETS[what]
        rows = model.objects.all()
        if one is not None and (keys := list(rows.order_by("pk").values_list("pk", flat=True))):
            rows = rows.filter(pk=keys[one % len(keys)])
        self.do(rows.update, **{name: value() if callable(value) else value for name, value in values.items()})

    @rule(what=st.sampled_from(sorted(DELETES)), n=pick, raw=st.booleans())
    def deletes(self, what, n, raw):
        model, table = DELETES[what]
        rows = model.objects.filter(pk=self.key(table, n)) if table else model.objects.all()
        self.do(rows._raw_delete if raw else rows.delete, *(["default"] if raw else []))

    @rule(e=pick, roles=st.sampled_from([[], ["reporter"], ["editor"], ["chief editor"]]))
    def changes_roles(self, e, roles):
        self.do(self.editor(e).groups.set, Group.objects.filter(name__in=roles))

    @rule(n=pick, e=pick)
    def names_an_author(self, n, e):
        self.do(self.article(n).authors.add, self.editor(e))

    @rule(n=pick, b=pick)
    def changes_the_byline(self, n, b):
        self.do(self.article(n).bylines.set, [self.key("articles_byline", b)])

    @rule(b=pick, e=pick, leaves=st.booleans())
    def changes_who_stands_behind_a_byline(self, b, e, leaves):
        """A second account for a pen name makes two accounts one person."""
        accounts = Byline.objects.get(pk=self.key("articles_byline", b)).accounts
        self.do(accounts.remove if leaves else accounts.add, self.editor(e))

    @rule(ruling=st.sampled_from(["confirmed", "disputed", "unconfirmed"]), e=pick, ns=st.lists(pick, max_size=3))
    def bulk_creates_verdicts(self, ruling, e, ns):
        keys = {self.key("articles_wording", n) for n in ns} or {w["id"] for w in self.house.every("articles_wording")}
        seen = list(range(1, 12))
        rows = [
            Verdict(wording_id=k, ruling=ruling, seen=seen, by=self.editor(e), reason="A script") for k in sorted(keys)
        ]
        self.do(Verdict.objects.bulk_create, rows)

    @rule(n=pick, ss=st.lists(pick, min_size=1, max_size=3), e=st.sampled_from([3, 0]))
    def bulk_creates_confirmations(self, n, ss, e):
        rows = [
            Confirmation(
                wording_id=self.key("articles_wording", n),
                basis="source",
                source_id=self.key("sources_source", s),
                how="saw",
                recorded_by=self.editor(e),
            )
            for s in ss
        ]
        self.do(Confirmation.objects.bulk_create, rows)

    @rule(ns=st.lists(pick, min_size=1, max_size=4, unique=True))
    def bulk_takes_back(self, ns):
        keys = {self.key("articles_confirmation", n) for n in ns}
        rows = [TakenBack(confirmation_id=k, by=self.desk.editor, reason="A script") for k in sorted(keys)]
        self.do(TakenBack.objects.bulk_create, rows, ignore_conflicts=True)

    @rule(n=pick, kind=st.sampled_from(["event", "statement", "record"]))
    def bulk_creates_facts(self, n, kind):
        if len(self.house.every("articles_fact")) > 9:
            return
        article = self.key("articles_article", n)
        facts = self.do(Fact.objects.bulk_create, [Fact(article_id=article, created_by=self.desk.reporter)])
        if facts:
            rows = [Wording(fact=f, number=1, kind=kind, text="By a script.", by=self.desk.reporter) for f in facts]
            self.do(Wording.objects.bulk_create, rows)

    @rule(n=pick, kind=st.sampled_from(["event", "statement", "record"]))
    def bulk_creates_wordings(self, n, kind):
        fact = self.key("articles_fact", n)
        number = 1 + max((w["number"] for w in self.house.all("articles_wording", fact_id=fact)), default=0)
        row = Wording(fact_id=fact, number=number, kind=kind, text=f"By a script, {n}.", by=self.desk.reporter)
        self.do(Wording.objects.bulk_create, [row])

    @rule(e=pick, n=pick)
    def bulk_creates_signatures(self, e, n):
        proof = self.row("articles_proof", n)
        self.do(SignOff.objects.bulk_create, [SignOff(proof_id=proof["id"], digest=proof["digest"], by=self.editor(e))])

    @rule(e=pick, second=st.none() | pick, n=pick)
    def bulk_creates_waivers(self, e, second, n):
        why = {"reason": "A script", "printed_reason": "A script."}
        if second is not None:
            why |= {"agreed_by": self.person(second), "agreed_at": timezone.now()}
        rows = [Waiver(wording_id=self.key("articles_wording", n), proposed_by=self.person(e), **why)]
        self.do(Waiver.objects.bulk_create, rows)

    @rule(e=pick, a=pick, n=pick)
    def bulk_creates_renderings(self, e, a, n):
        rows = [
            Rendering(
                article_id=self.key("articles_article", a),
                wording_id=self.key("articles_wording", n),
                by=self.editor(e),
            )
        ]
        self.do(Rendering.objects.bulk_create, rows)

    @rule(what=st.sampled_from(["sources", "publications", "confirmations", "verdicts", "articles"]))
    def bulk_updates(self, what):
        model, column, value = {
            "sources": (Source, "circle_id", 1),
            "publications": (Publication, "pulled_at", None),
            "confirmations": (Confirmation, "source_id", 1),
            "verdicts": (Verdict, "ruling", "confirmed"),
            "articles": (Article, "standfirst", "By a script."),
        }[what]
        rows = list(model.objects.all())
        for row in rows:
            setattr(row, column, value)
        self.do(model.objects.bulk_update, rows, [column.removesuffix("_id")])
