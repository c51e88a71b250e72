"""A newsroom in which every word that belongs to one source is marked, so that a test knows it wherever it turns up."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import pyrage
from django.utils import timezone
from PIL import Image

from articles import inviting, staggering
from articles.models import Confirmation, Figure, Hold, Override
from articles.proofing import ask_for_review
from photos.uploading import upload_photo
from sources import keepers
from sources.handing_over import hand_over, name_deputy
from sources.looking import note_look
from sources.models import Circle, Keeper, Look, Place, ProtectedPerson, ProtectedTerm, SealedRecord, Source, Talk
from sources.vetting import vet
from staff.models import Passkey, User
from tests.factories import Desk, DocumentFactory, StaffFactory

# What is hidden of her, and how it would stand on a page.
MARKS = {
    "alias": ["violet anchor"],
    "place in print": ["Zzyzxville", "자츠시"],
    "safety": ["out of contact", "out_of_contact"],
    "circle": ["obsidian"],
    "month of a talk": ["February 2021"],
    "day of a talk": ["17 Feb", "2021-02-17"],
    "how they spoke": ["through a go-between", "go_between"],
    "contact reporter": ["Qontakt"],
    "deputy": ["Deputova"],
    "who spoke with her before": ["Konfidant"],
    "why she was confirmed": ["vetting-mark"],
    "who looked and why": ["look-mark"],
    "what is sealed": ["SEALEDMARK", "U0VBTEVETUFSS"],
    "fingerprints": ["FINGERMARK", "RklOR0VSTUFSS"],
    "a person of a story": ["jade rudder"],
}


@dataclass
class Marked:
    """Who works there, and what there is to be opened."""

    desk: Desk
    source: Source
    people: dict[str, User]
    # Rows by the name of their table, those of the source first.
    rows: dict[str, list[Any]]
    passkey: Passkey


def marked_newsroom() -> Marked:
    """A source with everything that a source can have; a story in print, one in review and a draft that rest on her."""
    desk = Desk()
    desk.policy = desk.agree(min_sources=2, guests_sign=True)
    people = {
        "contact": StaffFactory(username="qontakt", first_name="Qontakt", last_name="Roh"),
        "deputy": StaffFactory(username="deputova", first_name="Deputova", last_name="Ra"),
        "before": StaffFactory(username="konfidant", first_name="Konfidant", last_name="Su"),
        "reporter": StaffFactory(username="colleague"),
        "editor": desk.editor,
        "editor who said why": StaffFactory(username="asked", roles=["editor"]),
        "chief editor": desk.chief,
        "photo editor": StaffFactory(username="photos", roles=["photo editor"]),
        "moderator": StaffFactory(username="moderates", roles=["moderator"]),
        "superuser": StaffFactory(username="root", is_superuser=True, roles=["moderator"]),
        "guest": StaffFactory(
            username="guest-1", first_name="Gast", last_name="Au", is_staff=False, roles=["guest signatory"]
        ),
    }
    source = _source(people, desk)
    other = desk.source(alias="plain kettle")
    rows = _stories(desk, people, source, other)
    note_look(source, Look.What.MORE, by=desk.other_editor, why="look-mark: she asked for the day")
    person = ProtectedPerson.objects.create(alias="jade rudder", contact_reporter=people["contact"])
    hers = ProtectedPerson.objects.create(source=source)
    SealedRecord.objects.create(person=hers, ciphertext=b"SEALEDMARK" * 20, sealed_to=["age1" + "q" * 58])
    ProtectedTerm.objects.create(person=hers, kind="name", fingerprint=b"FINGERMARK")
    passkey = Passkey.objects.create(user=people["guest"], credential_id=b"k", public_key=b"k", name="Key")
    rows |= {
        "sources_source": [source, other],
        "sources_place": [source.place],
        "sources_circle": [source.circle],
        "sources_look": list(Look.objects.all()[:2]),
        "sources_talk": list(source.talks.all()),
        "sources_protectedperson": [hers, person],
        "sources_keeper": [_keeper(desk)],
        "staff_user": [people["contact"], people["reporter"]],
        "staff_guest": [people["guest"]],
        "articles_section": [desk.section],
        "articles_byline": [desk.byline],
        "articles_policy": [desk.policy],
    }
    return Marked(desk, source, people, rows, passkey)


def _source(people: dict[str, User], desk: Desk) -> Source:
    country = Place.objects.create(name_en="A country", name_ko="나라", kind="country")
    place = Place.objects.create(name_en="Zzyzxville", name_ko="자츠시", kind="city", parent=country)
    source = desk.source(
        alias="violet anchor",
        place=place,
        safety="out_of_contact",
        circle=Circle.objects.create(name="obsidian"),
        confirmed=False,
    )
    Source.objects.filter(pk=source.pk).update(contact_reporter=people["before"])
    source.refresh_from_db()
    hand_over(source, people["contact"], by=people["before"])
    source.refresh_from_db()
    name_deputy(source, people["deputy"], by=people["contact"])
    vet(source, "confirmed", by=desk.other_editor, reason="vetting-mark: two others know her")
    Talk.objects.create(source=source, held_on=dt.date(2021, 2, 17), medium="go_between", recorded_by=people["contact"])
    return source


def _stories(desk: Desk, people: dict[str, User], source: Source, other: Source) -> dict[str, list[Any]]:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 60)).save(file, "JPEG")
    file.seek(0)
    photo = upload_photo(file, by=people["photo editor"], name="Market", credit_en="By hand", credit_ko="제공")

    def word(fact: Any) -> Confirmation:
        return desk.says(fact, source, talk=source.talks.get(), recorded_by=people["contact"])

    printed = desk.article(headline="Rice is dearer")
    fact = desk.fact(printed, sources=[other], confirmed=False)
    word(fact)
    from articles.confirming import confirm

    confirm(fact, by=desk.editor)
    publication = desk.published(printed)
    second = desk.article(headline="Salt is dearer")
    its = desk.fact(second, "Salt rose.", sources=[other], confirmed=False)
    word(its)
    confirm(its, by=desk.editor)
    desk.published(second)
    stagger = staggering.propose(
        source, "discredited", by=desk.editor, reason="She made it up", last_day=timezone.localdate() + dt.timedelta(9)
    )

    review = desk.article(headline="Coal is scarce")
    Figure.objects.create(article=review, photo=photo, caption="The market", alt="A market", after_paragraph=1)
    lacking = desk.fact(review, "Coal is scarce.", sources=[], confirmed=False)
    confirmation = word(lacking)
    waiver = _waiver(desk, review)
    proof = ask_for_review(review, by=desk.reporter)
    invitation = inviting.invite(review, people["guest"], by=desk.editor, until=timezone.now() + dt.timedelta(days=1))
    draft = desk.article(headline="Soap is made at home")
    word(desk.fact(draft, "Soap is made at home.", sources=[], confirmed=False))
    translation = desk.article(headline="석탄이 귀하다", language="ko", translation_of=review)
    hold = Hold.objects.create(
        article=draft, kind="safety", until=timezone.now() + dt.timedelta(days=2), reason="She travels", by=desk.editor
    )
    override = Override.objects.create(
        article=review,
        proposed_by=desk.chief,
        reason="War",
        printed_reason="There was no time",
        until=timezone.now() + dt.timedelta(days=1),
    )
    return {
        "articles_article": [review, printed, translation],
        "articles_fact": [lacking, fact],
        "articles_proof": [proof],
        "articles_confirmation": [confirmation],
        "articles_waiver": [waiver],
        "articles_hold": [hold],
        "articles_override": [override],
        "articles_stagger": [stagger],
        "articles_invitation": [invitation],
        "articles_document": [DocumentFactory(archived_by=desk.reporter)],
        "reader_publication": [publication],
        "photos_photo": [photo],
    }


def _keeper(desk: Desk) -> Keeper:
    return keepers.propose("Kim", str(pyrage.x25519.Identity.generate().to_public()), by=desk.chief)


def _waiver(desk: Desk, story: Any) -> Any:
    from articles import confirming

    fact = desk.fact(story, "One person saw the train.", sources=[], confirmed=False)
    return confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="Only one could see it.")
