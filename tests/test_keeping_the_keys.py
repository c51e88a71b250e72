"""Keepers come and go: two editors agree to one; a lost key loses nothing; who was taken out opens nothing any more."""

from __future__ import annotations

import json
import uuid

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sources import keepers
from sources.arriving import token_of
from sources.envelopes import Bundle, Carried, EnvelopeError, NotForThisKey, opened, read, sealed, written
from sources.exporting import export, export_all
from sources.keepers import KeeperRefused
from sources.models import Keeper, Look, ProtectedTerm, SealedRecord
from sources.resealing import bring_back
from sources.sealing import SealingRefused, protect_somebody, sealed_of
from tests.desks import at_the_desk, said
from tests.factories import BylineFactory, Desk, StaffFactory
from tests.keepers import KeeperWithKey, typed

pytestmark = pytest.mark.django_db
LIST = "/desk/sources/keeper/"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def amy(desk) -> KeeperWithKey:
    return KeeperWithKey(desk, "Amy")


@pytest.fixture
def ben(desk, amy) -> KeeperWithKey:
    return KeeperWithKey(desk, "Ben")


def a_key() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


def seal_one(desk, name="김봉구", source=None):
    source = source or desk.source(confirmed=False)
    at_the_desk(desk.reporter).post(f"/desk/sealing/source/{source.pk}/", typed(**{"sealed-name": name}))
    return source


def resealed(file: bytes, by: KeeperWithKey, *to: KeeperWithKey, **more) -> bytes:
    """What a keeper does on her own machine."""
    keys = tuple(each.public_key for each in to)
    records = tuple(Carried(r.id, sealed(opened(r.ciphertext, by.identity), keys)) for r in read(file).records)
    return written(Bundle(keys, records, **more))


def page_of(keeper: Keeper) -> str:
    return f"{LIST}{keeper.pk}/change/"


def test_the_chief_editor_proposes_and_another_editor_agrees(desk):
    chief, key = at_the_desk(desk.chief), a_key()
    answer = chief.post(f"{LIST}add/", {"name": "Amy", "public_key": f"  {key}\n"})
    keeper = Keeper.objects.get()
    assert answer.url == page_of(keeper) and keeper.public_key == key
    assert not Keeper.objects.standing().exists()
    assert "Agree to this keeper" not in chief.get(page_of(keeper)).text
    assert "Amy" in at_the_desk(desk.editor).get("/desk/").text
    page = at_the_desk(desk.editor).get(page_of(keeper)).text
    assert "Agree to this keeper" in page and key[-8:] in page
    at_the_desk(desk.editor).post(f"{LIST}{keeper.pk}/agreement/")
    assert Keeper.objects.standing().get() == keeper
    assert "opens what is sealed" in chief.get(LIST).text


@pytest.mark.parametrize("role", ["reporter", "editor", "photo editor", "moderator"])
def test_nobody_else_proposes_one(desk, role):
    answer = at_the_desk(StaffFactory(roles=[role])).post(f"{LIST}add/", {"name": "Eve", "public_key": a_key()})
    assert answer.status_code == 403 and not Keeper.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "photo editor", "moderator"])
def test_who_is_no_editor_sees_no_keepers_and_agrees_to_none(desk, role):
    keeper = keepers.propose("Amy", a_key(), by=desk.chief)
    client = at_the_desk(StaffFactory(roles=[role]))
    for address in (LIST, page_of(keeper)):
        assert client.get(address).status_code == 403
    for act in ("agreement", "end"):
        assert client.post(f"{LIST}{keeper.pk}/{act}/").status_code == 403
    for act in ("export", "resealed"):
        assert client.post(f"{LIST}{act}/").status_code == 403


def test_nobody_agrees_to_her_own_proposal_under_another_account(desk):
    second = StaffFactory(roles=["editor"])
    BylineFactory(accounts=[desk.chief, second])
    keeper = keepers.propose("Amy", a_key(), by=desk.chief)
    for person in (desk.chief, second):
        client = at_the_desk(person)
        client.post(f"{LIST}{keeper.pk}/agreement/")
        assert "another editor has to agree" in said(client.get(page_of(keeper)))
    assert not Keeper.objects.standing().exists()


def test_two_who_agree_at_once_are_told_so(desk):
    keeper = keepers.propose("Amy", a_key(), by=desk.chief)
    keepers.agree(keeper, by=desk.editor)
    with pytest.raises(KeeperRefused, match="already"):
        keepers.agree(Keeper.objects.get(), by=desk.other_editor)


def test_who_left_can_not_have_proposed_her(desk):
    keeper = keepers.propose("Amy", a_key(), by=desk.chief)
    desk.chief.groups.clear()
    with pytest.raises(KeeperRefused, match="Propose her anew"):
        keepers.agree(keeper, by=desk.editor)


@pytest.mark.parametrize("wrong", ["", "age1", "ssh-ed25519 AAAA", "age1" + "q" * 58, "AGE1" + "Q" * 58, "x" * 3000])
def test_what_is_no_public_key_is_refused(desk, wrong):
    page = at_the_desk(desk.chief).post(f"{LIST}add/", {"name": "Amy", "public_key": wrong})
    assert page.status_code == 200 and page.context["adminform"].form.errors["public_key"]
    assert not Keeper.objects.exists()


def test_a_private_key_pasted_by_mistake_goes_no_further(desk):
    private = str(pyrage.x25519.Identity.generate())
    for sent in (private, private.lower(), f"# public key\n{private}"):
        page = at_the_desk(desk.chief).post(f"{LIST}add/", {"name": "Amy", "public_key": sent})
        assert "That was the private half" in page.text
        assert private[20:] not in page.text and private.lower()[20:] not in page.text
        expired = page.client.__class__().post(f"{LIST}add/", {"name": "Amy", "public_key": sent})
        assert private[20:].lower() not in expired.text.lower()
    assert not Keeper.objects.exists()


def test_a_key_stands_once_and_never_comes_back(desk, amy, ben):
    keepers.end(amy.row, by=desk.editor)
    page = at_the_desk(desk.chief).post(f"{LIST}add/", {"name": "Amy", "public_key": amy.public_key})
    assert "on the list already" in page.text
    with pytest.raises(KeeperRefused):
        keepers.propose("Amy", amy.public_key, by=desk.chief)


def test_the_only_keeper_is_not_ended(desk, amy):
    client = at_the_desk(desk.editor)
    client.post(f"{LIST}{amy.row.pk}/end/")
    assert "the only keeper" in said(client.get(page_of(amy.row)))
    assert Keeper.objects.standing().exists()


def test_a_proposal_is_taken_back(desk, amy):
    keeper = keepers.propose("Eve", a_key(), by=desk.chief)
    at_the_desk(desk.editor).post(f"{LIST}{keeper.pk}/end/")
    with pytest.raises(KeeperRefused):
        keepers.agree(keeper, by=desk.editor)
    assert "taken back" in at_the_desk(desk.editor).get(LIST).text


def test_one_lost_key_loses_nothing(desk, amy, ben):
    seal_one(desk)
    [record] = SealedRecord.objects.all()
    del ben.identity
    assert amy.open(record).fields["name"] == "김봉구"


def test_who_speaks_with_her_takes_her_records_out(desk, amy):
    source, other = seal_one(desk), seal_one(desk, "박수정")
    answer = at_the_desk(desk.reporter).post(f"/desk/sealing/source/{source.pk}/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sealed.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    bundle = read(answer.content)
    assert [opened(r.ciphertext, amy.identity).fields["name"] for r in bundle.records] == ["김봉구"]
    assert source.alias.encode() not in answer.content and str(source.pk) not in json.loads(answer.content)
    look = Look.objects.get(what=Look.What.EXPORT)
    assert (look.source, look.by) == (source, desk.reporter)
    with pytest.raises(SealingRefused):
        export(other, by=desk.chief)


def test_nothing_sealed_is_nothing_to_take(desk, amy):
    source = desk.source()
    client = at_the_desk(desk.reporter)
    assert client.post(f"/desk/sealing/source/{source.pk}/export/").status_code == 302
    assert "Nothing is sealed yet" in said(client.get(f"/desk/sealing/source/{source.pk}/"))
    at_the_desk(desk.chief).post(f"{LIST}export/")
    assert not Look.objects.exists()


def test_the_chief_editor_takes_all_out_and_it_is_noted_at_each(desk, amy):
    sources = {seal_one(desk), seal_one(desk)}
    answer = at_the_desk(desk.chief).post(f"{LIST}export/")
    assert len(read(answer.content).records) == 2
    assert {look.source for look in Look.objects.filter(what=Look.What.EXPORT, by=desk.chief)} == sources
    assert at_the_desk(desk.editor).post(f"{LIST}export/").status_code == 302
    with pytest.raises(SealingRefused):
        export_all(by=desk.editor)


def test_adding_a_keeper(desk, amy):
    source = seal_one(desk)
    before = bytes(SealedRecord.objects.get().ciphertext)
    ben = KeeperWithKey(desk, "Ben")
    with pytest.raises(NotForThisKey):
        ben.open(SealedRecord.objects.get())
    [line] = sealed_of(source)
    assert (line.keepers, line.lacking, line.is_right) == (["Amy"], ["Ben"], False)
    page = at_the_desk(desk.chief).get(LIST).text
    assert "Of 1 sealed, 1 does not fit the keepers who stand now" in page
    assert amy.public_key in page and ben.public_key in page
    outcome = bring_back(resealed(export_all(by=desk.chief), amy, amy, ben), by=desk.chief)
    assert (outcome.replaced, outcome.missing, outcome.unknown) == (1, 0, 0)
    record = SealedRecord.objects.get()
    assert amy.open(record) == ben.open(record)
    assert bytes(record.ciphertext) != before
    assert sealed_of(source)[0].is_right


def test_removing_a_keeper(desk, amy, ben):
    source = seal_one(desk)
    keepers.end(ben.row, by=desk.editor)
    [line] = sealed_of(source)
    assert (line.keepers, line.ended) == (["Amy"], ["Ben"])
    assert "Still sealed to Ben as well" in at_the_desk(desk.reporter).get(f"/desk/sealing/source/{source.pk}/").text
    seal_one(desk, "박수정")
    bring_back(resealed(export_all(by=desk.chief), amy, amy), by=desk.chief)
    for carried in read(export_all(by=desk.chief)).records:
        with pytest.raises(NotForThisKey):
            opened(carried.ciphertext, ben.identity)
        assert opened(carried.ciphertext, amy.identity)


def upload(client, file: bytes):
    client.post(f"{LIST}resealed/", {"file": SimpleUploadedFile("resealed.json", file)})
    return said(client.get(LIST))


def test_the_last_step_stays_in_sight(desk, amy, ben):
    """Once all is sealed anew the other steps fold away; the files and backups are left."""
    seal_one(desk)
    client = at_the_desk(desk.chief)
    last = "Then destroy both files"
    assert last not in client.get(LIST).text.partition("<details>")[0]
    upload(client, resealed(export_all(by=desk.chief), amy, amy, ben))
    assert last in client.get(LIST).text.partition("<details>")[0]
    # With nobody ended it is for who brought the file; backups stay open to one who has.
    assert last not in at_the_desk(desk.chief).get(LIST).text.partition("<details>")[0]
    keepers.end(ben.row, by=desk.editor)
    bring_back(resealed(export_all(by=desk.chief), amy, amy), by=desk.chief)
    assert last in at_the_desk(desk.chief).get(LIST).text.partition("<details>")[0]


def test_an_empty_list_of_people_says_what_it_is_for(desk):
    page = at_the_desk(desk.reporter).get("/desk/sources/protectedperson/").text
    assert "stands here under two random words" in page and "0 in all" not in page


def test_what_was_sealed_anew_comes_back(desk, amy, ben):
    one, two = seal_one(desk), seal_one(desk)
    client = at_the_desk(desk.chief)
    bundle = read(client.post(f"{LIST}export/").content)
    half = written(Bundle(bundle.keepers, bundle.records[:1]))
    told = upload(client, resealed(half, amy, amy, ben))
    assert "One record is sealed anew" in told and "One record was not in the file" in told
    whole = read(resealed(client.post(f"{LIST}export/").content, amy, amy, ben))
    gone = Carried(uuid.uuid4(), whole.records[0].ciphertext)
    told = upload(client, written(Bundle(whole.keepers, (*whole.records, gone))))
    assert "2 records are sealed anew" in told and "One record in the file is not here any more" in told
    assert SealedRecord.objects.count() == 2 and one.pk != two.pk


def wrong_files(desk, amy, ben, good: bytes) -> dict[str, bytes]:
    bundle = read(good)
    carried = bundle.records[0]
    said = json.loads(good)
    return {
        "no file of sealed records": b"\x89PNG",
        "or not the whole of it": good[:-40],
        "one record twice": written(Bundle(bundle.keepers, bundle.records * 2)),
        "not sealed to the keepers who stand now": resealed(good, amy, amy),
        "is sealed to 1 keys, and 2 keepers stand": written(
            Bundle(bundle.keepers, read(resealed(good, amy, amy)).records)
        ),
        "is damaged": written(Bundle(bundle.keepers, (Carried(carried.id, b"nonsense"),))),
        "Is it the file of another newsroom": written(
            Bundle(bundle.keepers, (Carried(uuid.uuid4(), carried.ciphertext),))
        ),
        "holds a private key": f"{amy.identity}".encode(),
        "made by another key": json.dumps(
            {**said, "records": [{**r, "terms": []} for r in said["records"]], "key_check": "ff"}
        ).encode(),
    }


def test_a_file_that_does_not_fit_changes_nothing(desk, amy, ben):
    seal_one(desk)
    before = bytes(SealedRecord.objects.get().ciphertext)
    client = at_the_desk(desk.chief)
    good = resealed(export_all(by=desk.chief), amy, amy, ben)
    for sentence, file in wrong_files(desk, amy, ben, good).items():
        assert sentence in upload(client, file)
        assert bytes(SealedRecord.objects.get().ciphertext) == before
    client.post(f"{LIST}resealed/")
    assert "Choose the file" in said(client.get(LIST))
    assert "Only the chief editor" in upload(at_the_desk(desk.editor), good)
    assert bytes(SealedRecord.objects.get().ciphertext) == before


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"records": 3},
        {"records": [3]},
        {"records": [{"id": 3, "sealed": "x"}]},
        {"records": [{"id": str(uuid.uuid4()), "sealed": "é"}]},
        {"records": [], "keepers": [3]},
        {"records": [{"id": str(uuid.uuid4()), "sealed": "", "terms": [{"kind": "x", "fingerprint": ""}]}]},
        {"records": [{"id": str(uuid.uuid4()), "sealed": "", "terms": 3}]},
    ],
)
def test_no_shape_of_a_file_breaks_the_desk(desk, amy, said):
    file = json.dumps({"format": "newsroom-sealed-bundle-1", "keepers": [amy.public_key], **said} if said else said)
    assert upload(at_the_desk(desk.chief), file.encode())


def test_new_fingerprints_come_back_with_the_records(desk, amy, settings):
    """The desk’s key is changed; the keeper, who has the words, makes the fingerprints anew."""
    from sources.envelopes import Print
    from sources.protecting import TypedTerm, fingerprints
    from sources.resealing import key_check

    source = seal_one(desk)
    before = set(ProtectedTerm.objects.values_list("fingerprint", flat=True))
    exported = read(export_all(by=desk.chief))
    settings.FINGERPRINT_KEY = "another key"
    records = []
    for record in exported.records:
        envelope = opened(record.ciphertext, amy.identity)
        made = fingerprints(TypedTerm(term.kind, term.words) for term in envelope.terms)
        prints = tuple(Print(p.kind, p.fingerprint, p.needs_company) for p in made)
        records.append(Carried(record.id, sealed(envelope, [amy.public_key]), prints))
    outcome = bring_back(written(Bundle((amy.public_key,), tuple(records), key_check())), by=desk.chief)
    assert outcome.refreshed == 1
    after = ProtectedTerm.objects.filter(person__source=source)
    assert {bytes(term.fingerprint) for term in after} == {p.fingerprint for p in records[0].prints}
    assert not before & set(after.values_list("fingerprint", flat=True))


def test_a_person_in_a_story_is_sealed_anew_with_the_rest(desk, amy):
    person = protect_somebody(by=desk.reporter)
    at_the_desk(desk.reporter).post(f"/desk/sealing/person/{person.pk}/", typed())
    answer = at_the_desk(desk.reporter).post(f"/desk/sealing/person/{person.pk}/export/")
    assert len(read(answer.content).records) == 1
    assert bring_back(resealed(export_all(by=desk.chief), amy, amy), by=desk.chief).replaced == 1


def test_a_token_is_not_a_sealed_record(desk, amy):
    """What the desk can open is never what it keeps."""
    seal_one(desk)
    record = SealedRecord.objects.get()
    assert bytes(record.ciphertext).startswith(b"age-encryption.org/v1")
    with pytest.raises(EnvelopeError):
        read(token_of.__doc__.encode())
