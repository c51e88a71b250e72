"""Two clicks, two people, two editors at once: one of each is done, the other is told, and nothing is lost."""

from __future__ import annotations

import pyrage
import pytest

from sources import keepers
from sources.exporting import export_all
from sources.models import Keeper, ProtectedPerson, ProtectedTerm, SealedRecord
from tests.desks import at_once, at_the_desk
from tests.factories import Desk
from tests.keepers import KeeperWithKey, typed
from tests.test_keeping_the_keys import LIST, resealed

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


@pytest.fixture
def amy(desk) -> KeeperWithKey:
    return KeeperWithKey(desk, "Amy")


def test_one_form_sent_twice_is_sealed_once(desk, amy):
    source = desk.source(confirmed=False)
    address, client = f"/desk/sealing/source/{source.pk}/", at_the_desk(desk.reporter)
    form = typed(sealing=str(client.get(address).context["form"].own_id))
    answers = at_once((client, address, form), (at_the_desk(desk.reporter), address, form))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert SealedRecord.objects.count() == 1


def test_reporter_and_deputy_seal_at_once(desk, amy):
    source = desk.source(deputy=desk.other_editor, confirmed=False)
    address = f"/desk/sealing/source/{source.pk}/"
    answers = at_once(*((at_the_desk(user), address, typed()) for user in (desk.reporter, desk.other_editor)))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert SealedRecord.objects.count() == 2 and ProtectedPerson.objects.count() == 1
    assert {amy.open(record).fields["name"] for record in SealedRecord.objects.all()} == {"김봉구"}
    assert ProtectedTerm.objects.exists()


def test_two_editors_end_the_last_two_keepers_at_once(desk, amy):
    ben = KeeperWithKey(desk, "Ben")
    posts = ((desk.editor, amy), (desk.other_editor, ben))
    at_once(*((at_the_desk(user), f"{LIST}{keeper.row.pk}/end/", {}) for user, keeper in posts))
    assert Keeper.objects.standing().count() == 1


def test_two_editors_agree_at_once(desk):
    keeper = keepers.propose("Amy", str(pyrage.x25519.Identity.generate().to_public()), by=desk.chief)
    users = (desk.editor, desk.other_editor)
    answers = at_once(*((at_the_desk(user), f"{LIST}{keeper.pk}/agreement/", {}) for user in users))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Keeper.objects.standing().get().agreed_by in users


def test_one_key_proposed_twice_at_once_stands_once(desk):
    form = {"name": "Amy", "public_key": str(pyrage.x25519.Identity.generate().to_public())}
    answers = at_once(*((at_the_desk(desk.chief), f"{LIST}add/", form) for _ in range(2)))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Keeper.objects.count() == 1


def test_what_is_sealed_while_others_come_back_stays(desk, amy):
    source = desk.source(confirmed=False)
    address = f"/desk/sealing/source/{source.pk}/"
    at_the_desk(desk.reporter).post(address, typed())
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("resealed.json", resealed(export_all(by=desk.chief), amy, amy))
    at_once(
        (at_the_desk(desk.chief), f"{LIST}resealed/", {"file": file}),
        (at_the_desk(desk.reporter), address, {"sealed-name": "박수정"}),
    )
    assert sorted(amy.open(record).fields["name"] for record in SealedRecord.objects.all()) == ["김봉구", "박수정"]
