"""Takes a demo story as far as it goes, by the acts that the desk itself uses, each by who may do it."""

import datetime as dt
import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from articles import confirming, coverage, publishing
from articles.acts import act
from articles.cautions import cautions_of
from articles.demo.informants import source
from articles.demo.settling import settle
from articles.demo.telling import Changed, Linked, Paper, Shown, Stated, Story, Word
from articles.holding import hold
from articles.models import (
    Article,
    Byline,
    Confirmation,
    Correction,
    Document,
    Fact,
    Figure,
    Hold,
    Proof,
    RelatedLink,
    Section,
    Withdrawal,
    Wording,
)
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from photos.models import Photo
from photos.storing import keep_if_committed
from reader.models import Publication
from sources.models import Source, Vetting
from sources.vetting import vet
from staff.models import User


def make(story: Story) -> bool:
    """Makes a story that is not there yet, whole or not at all; then what came after print. Answers whether it did."""
    made = False
    if _found(story.address) is None:
        with transaction.atomic():
            article = _write(story)
            _state_facts(article, story)
            _bring_to_print(article, story)
        made = True
    # In transactions of their own, after print: a reader could see the story by then.
    return any([made, _mend(story), _discredit(story), _withdraw(story)])


def _found(address: str) -> Article | None:
    language, slug = address.split("/")
    return Article.objects.filter(language=language, slug=slug).first()


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _write(story: Story) -> Article:
    author = _user(story.author)
    with act():
        article = Article(
            language=story.language,
            slug=story.slug,
            kind=story.kind,
            label=story.label,
            headline=story.headline,
            standfirst=story.standfirst,
            body=story.html,
            section=Section.objects.filter(slug=story.section).first(),
            translation_of=_found(story.translation_of) if story.translation_of else None,
            created_by=author,
        )
        article.full_clean(exclude=["section"])
        article.save()
        article.authors.add(author)
        if story.byline:
            article.bylines.add(Byline.objects.get(slug=story.byline))
        article.tags.add(*story.tags)
        Figure.objects.bulk_create(_figure(article, shown) for shown in story.figures)
        RelatedLink.objects.bulk_create(_link(article, linked) for linked in story.links)
    return article


def _figure(article: Article, shown: Shown) -> Figure:
    return Figure(
        article=article,
        photo=Photo.objects.get(name=shown.photo),
        alt=shown.alt,
        photo_beside=Photo.objects.get(name=shown.beside) if shown.beside else None,
        alt_beside=shown.alt_beside,
        caption=shown.caption,
        after_paragraph=shown.after,
    )


def _link(article: Article, linked: Linked) -> RelatedLink:
    return RelatedLink(
        article=article,
        kind=linked.kind,
        to=_found(linked.to) if linked.to else None,
        url=linked.url,
        title=linked.title,
        after_paragraph=linked.after,
    )


def _state_facts(article: Article, story: Story) -> None:
    """The facts, then the sentences that state them, then what they rest on: an editor confirms them in their words."""
    facts = [
        confirming.state(
            article,
            stated.text,
            kind=stated.kind,
            by=article.created_by,
            position=position,
            known_to=stated.known_to,
        )
        for position, stated in enumerate(story.facts, start=1)
    ]
    told = [(fact, stated.stated_in) for fact, stated in zip(facts, story.facts, strict=True)]
    told += [(_fact(article.original, rendered.text), rendered.stated_in) for rendered in story.renders]
    settle(article, told, gaps=story.stage == "draft")
    with act(article):
        for fact, stated in zip(facts, story.facts, strict=True):
            _rest(fact, stated)
    for fact, stated in zip(facts, story.facts, strict=True):
        if stated.waived:
            reason, printed = stated.waived
            waiver = confirming.waive(fact, by=_user("chief"), reason=reason, printed_reason=printed)
            confirming.agree_to_waiver(waiver, by=_user(story.confirms))
        if stated.confirmed:
            confirming.confirm(fact, by=_user(story.confirms))


def _fact(article: Article, text: str) -> Fact:
    found = next((fact for fact in article.facts.standing() if fact.statement == text), None)
    if found is None:
        raise CommandError(f"{article.headline}: it states no fact “{text}”.")
    return found


def _rest(fact: Fact, stated: Stated) -> None:
    """Records what the present wording of a fact rests on: each word by the reporter who had it."""
    wording = fact.wordings.order_by("-number")[0]
    for word in stated.words:
        _record(wording, word)
    if stated.paper:
        Confirmation.objects.create(
            wording=wording,
            basis=Confirmation.Basis.DOCUMENT,
            document=_archive(stated.paper, by=fact.created_by),
            recorded_by=fact.created_by,
        )
    if stated.earlier:
        Confirmation.objects.create(
            wording=wording,
            basis=Confirmation.Basis.EARLIER_FACT,
            earlier=_printed_before(*stated.earlier),
            recorded_by=fact.created_by,
        )


def _record(wording: Wording, word: Word) -> None:
    who = source(word.source)
    Confirmation.objects.create(
        wording=wording,
        source=who,
        talk=who.talks.first() if word.talk else None,
        how=word.how,
        recorded_by=who.contact_reporter,
    )


def _printed_before(address: str, text: str) -> Wording:
    language, slug = address.split("/")
    found = Wording.objects.filter(fact__article__language=language, fact__article__slug=slug, text=text)
    return found.latest("number")


def _archive(paper: Paper, *, by: User) -> Document:
    copy = paper.text.encode()
    document = Document(
        title=paper.title,
        url=paper.url,
        sha256=hashlib.sha256(copy).hexdigest(),
        archived_on=timezone.localdate() - dt.timedelta(days=2),
        archived_by=by,
    )
    document.copy.save("", ContentFile(copy), save=False)
    document.save()
    keep_if_committed([Path(document.copy.path)])
    return document


def _bring_to_print(article: Article, story: Story) -> None:
    """Proof, signature and print, as far as the story goes."""
    if story.stage == "draft":
        return
    if story.translation_of:
        for fact in article.original.facts.standing():
            confirming.mark_rendered(article, fact, by=_user(story.confirms))
    if story.embargo and (until := _hour(story)):
        hold(article, Hold.Kind.EMBARGO, until, by=_user(story.confirms), reason=story.embargo)
    proof = ask_for_review(article, by=article.created_by)
    if story.stage == "in review":
        return
    signer = _user(story.signs)
    _sign(proof, by=signer)
    if story.changed:
        _exchange(article, story.changed)
    if story.stage == "signed":
        return
    publish(article, by=signer, at=_hour(story))


def _sign(proof: Proof, *, by: User) -> None:
    """Signs as an editor does at her page, who reads what could point at a source."""
    sign_off(proof, by=by, knowing=[caution.key for caution in cautions_of(proof.article, proof)])


def _hour(story: Story) -> dt.datetime | None:
    """Seven in the morning some days ahead; none is now."""
    if story.stage != "scheduled":
        return None
    day = timezone.localtime() + dt.timedelta(days=story.days_ahead)
    return day.replace(hour=7, minute=0, second=0, microsecond=0)


def _exchange(article: Article, changed: Changed) -> Fact:
    """The author exchanges words of the story and of a fact, which starts unconfirmed in its new words."""
    fact = _fact(article, changed.fact_wrong)
    with act(article):
        article.refresh_from_db()
        article.body = article.body.replace(changed.wrong, changed.right)
        article.save()
        coverage.read(article, by=article.created_by)
    confirming.reword(fact, changed.fact_right, kind=fact.kind, by=article.created_by)
    return fact


def _mend(story: Story) -> bool:
    """Prints the corrected version of a story."""
    article = _found(story.address)
    if story.mended is None or article is None or article.corrections.exists():
        return False
    with transaction.atomic():
        fact = _exchange(article, story.mended)
        # What her sources said was right all along, and carries the right words too.
        heard = Confirmation.objects.filter(wording__fact=fact).values_list("pk", flat=True)
        confirming.confirm(fact, by=_user(story.confirms), carried=heard)
        with act(article):
            Correction.objects.create(
                article=article, text=story.mended.note, dated=timezone.localdate(), by=article.created_by
            )
        signer = _user(story.signs)
        _sign(ask_for_review(article, by=article.created_by), by=signer)
        publish(article, by=signer)
    return True


def _discredit(story: Story) -> bool:
    """Takes a source's standing away: the gate pulls what rested on her, in the same commit."""
    if not story.discredited:
        return False
    who = source(story.discredited)
    if Vetting.objects.filter(source=who, standing=Source.Standing.DISCREDITED).exists():
        return False
    vet(who, Source.Standing.DISCREDITED, by=_user(story.confirms), reason=story.reason)
    return True


def _withdraw(story: Story) -> bool:
    """Takes a story off for good, as only the chief editor may."""
    article = _found(story.address)
    if (
        story.stage != "withdrawn"
        or article is None
        or Withdrawal.objects.filter(publication__story=article.story).exists()
    ):
        return False
    printed = Publication.objects.filter(story=article.story).order_by("-version")[0]
    publishing.withdraw(printed, by=_user("chief"), reason=story.reason)
    return True
