"""People, sources and stories for the tests, made through the desk's own acts wherever there is one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import confirming
from articles.coverage import coverage_of
from articles.covering import cover, sentences_in
from articles.models import (
    Article,
    Byline,
    Confirmation,
    Document,
    Fact,
    GuestSignature,
    Invitation,
    Policy,
    Section,
    SignOff,
    Waiver,
)
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Place, Source, Talk
from sources.vetting import vet
from staff.models import Passkey, User


class StaffFactory(factory.django.DjangoModelFactory):
    """A member of staff; ``roles=["editor"]`` puts her into the groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    password = factory.django.Password("a long pass phrase")
    is_staff = True
    reads = ["en", "ko"]

    @factory.post_generation
    def roles(self, create, names, **kwargs):
        self.groups.set(Group.objects.filter(name__in=names or ["reporter"]))


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place
        django_get_or_create = ("name_en",)

    name_en, name_ko, kind = "North Korea", "북한", "country"


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section
        django_get_or_create = ("slug",)

    slug, name_en, name_ko = "society", "Society", "사회"


class BylineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Byline
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"pen-{n}")
    name_en = factory.Sequence(lambda n: f"Pen Name {n}")
    name_ko = factory.Sequence(lambda n: f"필명 {n}")

    @factory.post_generation
    def accounts(self, create, users, **kwargs):
        self.accounts.set(users or [])


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    alias = factory.Sequence(lambda n: f"unlikely alias{n}")
    place = factory.SubFactory(PlaceFactory)
    part = "resident"


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    title = factory.Sequence(lambda n: f"Gazette {n}")
    copy = factory.django.FileField(data=b"archived copy")
    sha256 = "0" * 64
    archived_on = dt.date(2026, 5, 4)


def by_passkey(sign_off: SignOff, invitation: Invitation) -> GuestSignature:
    """The passkey's part of a guest's signature, as a row: its numbers are verified before it comes here."""
    passkey = Passkey.objects.create(
        user=sign_off.by, credential_id=f"key {sign_off.pk}".encode(), public_key=b"key", name="A key"
    )
    return GuestSignature.objects.create(
        sign_off=sign_off,
        invitation=invitation,
        passkey=passkey,
        authenticator_data=b"data",
        client_data=b"data",
        signature=b"signature",
    )


@dataclass
class Desk:
    """A small newsroom with a policy in force: who works there, and stories at any stage."""

    reporter: User = field(default_factory=lambda: StaffFactory(username="reporter", roles=["reporter"]))
    editor: User = field(default_factory=lambda: StaffFactory(username="editor", roles=["editor"]))
    other_editor: User = field(default_factory=lambda: StaffFactory(username="other-editor", roles=["editor"]))
    chief: User = field(default_factory=lambda: StaffFactory(username="chief", roles=["chief editor"]))

    # Tests of the floors set them.
    FLOORS: ClassVar = {"anonymity_floor": 0, "knowledge_floor": ""}

    def __post_init__(self) -> None:
        self.policy = self.agree(min_sources=2)
        self.section = SectionFactory()
        self.byline = BylineFactory(accounts=[self.reporter])

    def agree(self, **rules) -> Policy:
        """A policy in force."""
        words = {
            "name_en": "The Paper",
            "name_ko": "신문",
            "promise_en": "Only what is confirmed.",
            "promise_ko": "확인된 것만 싣습니다.",
        }
        policy = Policy.objects.create(
            proposed_by=self.chief,
            **{**words, "covers_text": False, "required_checks": ["markup"], **self.FLOORS, **rules},
        )
        policy.agreed_by, policy.agreed_at = self.editor, timezone.now()
        policy.save(update_fields=["agreed_by", "agreed_at"])
        return policy

    def source(self, *, confirmed: bool = True, **kwargs) -> Source:
        source = SourceFactory(contact_reporter=self.reporter, **kwargs)
        if confirmed:
            vet(source, "confirmed", by=self.editor)
        return source

    def article(self, headline: str = "Rice is dearer", **kwargs) -> Article:
        """A draft that lacks nothing but facts."""
        number = Article.objects.count()
        article = Article.objects.create(
            **{
                "headline": headline,
                "slug": f"story-{number}",
                "language": "en",
                "body": "<p>First paragraph.</p><p>Second paragraph.</p>",
                "section": self.section,
                "created_by": self.reporter,
                **kwargs,
            }
        )
        article.bylines.add(self.byline)
        article.authors.add(self.reporter)
        return article

    def says(self, fact: Fact, source: Source, *, talk: Talk | bool = True, **kwargs) -> Confirmation:
        """A source's word for the present wording of a fact, recorded by the reporter."""
        said_in = (
            Talk.objects.create(source=source, held_on=dt.date(2026, 5, 2), medium="call", recorded_by=self.reporter)
            if talk is True
            else talk or None
        )
        return Confirmation.objects.create(
            **{
                "wording": fact.wording,
                "basis": "source",
                "source": source,
                "talk": said_in,
                "how": "saw",
                "recorded_by": self.reporter,
                **kwargs,
            }
        )

    def fact(
        self,
        article: Article,
        text: str = "The price of rice rose in May.",
        *,
        kind: str = "event",
        sources=None,
        confirmed: bool = True,
        by: User | None = None,
    ) -> Fact:
        """A fact with what it rests on (two independent sources by default), confirmed by an editor."""
        fact = confirming.state(article, text, kind=kind, by=by or self.reporter)
        for source in sources if sources is not None else [self.source(), self.source()]:
            self.says(fact, source)
        if confirmed:
            confirming.confirm(fact, by=self.editor)
        return fact

    def cover(self, article: Article, fact: Fact | None = None) -> Article:
        """Says of every sentence that nobody has settled what it states: the fact given, or nothing."""
        article.refresh_from_db()
        for sentence in sentences_in(coverage_of(article)):
            if not sentence.is_covered:
                what = f"fact {fact.pk}" if fact and (sentence.claim or sentence.block == 1) else "context"
                cover(article, {sentence.key: what}, by=self.reporter)
        return article

    def waived(self, fact: Fact, reason: str = "Only one person could see it.") -> Waiver:
        """An exception to the number of sources that the chief editor proposes and an editor agrees to."""
        waiver = confirming.waive(fact, by=self.chief, reason="One witness", printed_reason=reason)
        return confirming.agree_to_waiver(waiver, by=self.editor)

    def signed(self, article: Article | None = None, **kwargs) -> Article:
        """A story that lacks nothing but print."""
        article = article or self.article(**kwargs)
        if not article.original.facts.exists():
            self.fact(article)
        sign_off(ask_for_review(article, by=self.reporter), by=self.editor)
        return article

    def published(self, article: Article | None = None, **kwargs) -> Publication:
        return publish(self.signed(article, **kwargs), by=self.editor)
