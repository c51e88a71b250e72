"""Four eyes in a small newsroom: a guest reads a proof from outside and signs it with her passkey, and sees no source."""

import dataclasses
import datetime as dt
import io
import json
import re
import time

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from articles import confirming, inviting
from articles.acts import NotAllowed
from articles.gate import Blocked, GateError, blockers
from articles.guest_signing import challenge_for, sign_as_guest, verify, what_to_sign
from articles.models import Article, GuestSignature, Hold, Invitation, SignOff
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from photos.uploading import upload_photo
from staff.guests import IDLE_S
from staff.models import Guest, Passkey, RegistrationLink, Role, User
from staff.passkeys import PasskeyRefused
from staff.registering import give_link
from tests.attacking import answer_of
from tests.desks import at_the_desk, page_of, said
from tests.devices import Device, Flag, registers, signed_in
from tests.factories import Desk, DocumentFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk()
    desk.agree(min_sources=2, guests_sign=True)
    return desk


def new_guest(name="Ruth Adler", **columns) -> User:
    first, last = name.split()
    return StaffFactory(
        username=f"guest-{first.lower()}",
        first_name=first,
        last_name=last,
        is_staff=False,
        roles=[Role.GUEST],
        **columns,
    )


@pytest.fixture
def guest(desk):
    return new_guest()


@pytest.fixture
def device(desk, guest):
    device = Device()
    registers(guest, device, by=desk.chief)
    return device


def soon(hours=24):
    return timezone.now() + dt.timedelta(hours=hours)


def proved(desk, **kwargs) -> Article:
    """A story that lacks a signature and nothing else."""
    story = desk.article(**kwargs)
    desk.fact(story)
    ask_for_review(story, by=desk.reporter)
    return story


def invited(desk, guest, story=None) -> inviting.OpenProof:
    story = story or proved(desk)
    inviting.invite(story, guest, by=desk.editor, until=soon())
    return next(each for each in inviting.open_to(guest) if each.proof.article_id == story.pk)


def signs(guest, device, asked: inviting.OpenProof) -> GuestSignature:
    return sign_as_guest(asked.proof.pk, by=guest, answer=device.sign(what_to_sign(asked)))


def codes(story):
    return {blocker.code for blocker in blockers(story)}


# The way in


def test_it_works(desk, guest, device):
    """The editor wrote it herself; her one colleague confirmed its facts and is away."""
    story = desk.article(created_by=desk.editor)
    fact = desk.fact(story, confirmed=False)
    confirming.confirm(fact, by=desk.chief)
    ask_for_review(story, by=desk.editor)
    assert codes(story) == {"signature_missing"}
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert "Invite this guest" in page and "Ruth Adler" in page
    until = timezone.localtime(soon()).strftime("%Y-%m-%dT%H:%M")
    response = at_the_desk(desk.editor).post(
        f"/desk/stories/{story.pk}/invitations/", {"guest": guest.pk, "until": until}, follow=True
    )
    assert "Invited." in said(response)
    assert "may read the proof and sign it until" in response.text and "invited by editor" in response.text

    client = signed_in(device)
    assert story.headline in client.get("/desk/guest/").text
    proof = story.proofs.get()
    read = client.get(f"/desk/guest/proof/{proof.pk}/")
    assert "First paragraph." in read.text and "The price of rice rose in May." in read.text
    assert "confirmed by chief" in read.text and "at least 2 independent confirmed sources" in read.text
    done = client.post(
        f"/desk/guest/proof/{proof.pk}/signature/", {"answer": device.sign(read.context["asked"])}, follow=True
    )
    assert "Signed." in said(done) and "You signed this proof" in done.text

    assert verify(GuestSignature.objects.get())
    assert "Signed by Ruth Adler, guest," in at_the_desk(desk.editor).get(page_of(story)).text
    proof_page = at_the_desk(desk.editor).get(f"/desk/stories/{story.pk}/proof/{proof.pk}/").text
    assert "Signed by Ruth Adler, guest," in proof_page
    assert publish(story, by=desk.editor).headline == story.headline


def test_the_chief_editor_makes_a_guest_who_is_no_staff_and_has_no_password(desk):
    chief = at_the_desk(desk.chief)
    page = chief.post(
        "/desk/staff/guest/add/",
        {"first_name": "Ruth", "last_name": "Adler", "interface_language": "en"},
        follow=True,
    )
    guest = Guest.objects.get()
    assert "Saved." in said(page) and "None yet" in page.text
    assert guest.is_guest and not guest.is_staff and not guest.has_usable_password()
    assert guest.roles == {Role.GUEST} and not guest.get_all_permissions()
    given = chief.post(f"/desk/staff/guest/{guest.pk}/link/")
    (link,) = re.findall(r"http://\S+/desk/guest/key/[\w-]{43}/", given.text)
    assert "no-store" in given["Cache-Control"]
    kept = RegistrationLink.objects.get()
    assert kept.token_sha256 not in link and link.split("/")[-2] not in str(RegistrationLink.objects.values().get())
    assert guest.get_full_name() not in chief.get("/desk/staff/user/").text
    assert "Guest signatory" not in chief.get("/desk/staff/user/add/").text


def test_where_no_guest_may_sign_her_screen_says_so(desk, guest):
    chief, words = at_the_desk(desk.chief), "The policy in force lets no guest sign"
    pages = ["/desk/staff/guest/add/", f"/desk/staff/guest/{guest.pk}/change/"]
    assert not any(words in chief.get(page).text for page in pages)
    assert "the account is closed" in chief.get(pages[1]).text
    desk.agree(guests_sign=False)
    assert all(words in chief.get(page).text for page in pages)


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_nobody_but_who_makes_accounts_makes_guests(desk, guest, who):
    client = at_the_desk(getattr(desk, who))
    assert client.get("/desk/staff/guest/").status_code == 403
    assert client.post("/desk/staff/guest/add/", {"first_name": "A", "last_name": "B"}).status_code == 403
    assert client.post(f"/desk/staff/guest/{guest.pk}/link/").status_code == 403
    assert not RegistrationLink.objects.exists()


def test_no_link_is_given_to_a_member_of_staff(desk):
    assert at_the_desk(desk.chief).post(f"/desk/staff/guest/{desk.editor.pk}/link/").status_code == 404


# Registering


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_a_link_is_good_once(desk, guest, device):
    link = RegistrationLink.objects.get()
    assert link.used_at
    address = path_of(give_link(guest, by=desk.chief))
    first, late = Client(), Client()
    asked = first.get(address).context["asked"]
    asked_too = late.get(address).context["asked"]
    first.post(address, {"answer": Device().create(asked)})
    refused = late.post(address, {"answer": Device().create(asked_too)})
    assert refused.status_code == 410 and "This link is over" in refused.text
    assert guest.passkeys.count() == 2 and guest.passkeys.filter(ended_at=None).count() == 1


def test_a_link_ends_after_seven_days_and_with_the_next_one(desk, guest):
    first, second = (path_of(give_link(guest, by=desk.chief)) for _ in range(2))
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    link = RegistrationLink.objects.last()
    assert dt.timedelta(days=6, hours=23) < link.until - timezone.now() <= dt.timedelta(days=7)


def test_a_link_that_is_past_is_over(desk, guest, monkeypatch):
    monkeypatch.setattr("staff.registering.GOOD_FOR", dt.timedelta(seconds=-1))
    assert Client().get(path_of(give_link(guest, by=desk.chief))).status_code == 410


def test_a_closed_account_registers_nothing(desk, guest):
    address = path_of(give_link(guest, by=desk.chief))
    User.objects.filter(pk=guest.pk).update(is_active=False)
    assert Client().get(address).status_code == 410


def test_an_unknown_link_is_over(desk):
    assert Client().get("/desk/guest/key/nobody-gave-this/").status_code == 410


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '"x"', '{"rawId": "AA"}', "x" * 30_000, "{" * 20_000])
def test_an_answer_that_is_none_is_refused_in_words(desk, guest, device, answer):
    address = path_of(give_link(guest, by=desk.chief))
    client = Client()
    client.get(address)
    assert "Your device did not give a passkey" in said(client.post(address, {"answer": answer}, follow=True))
    client.get("/desk/guest/sign-in/")
    refused = client.post("/desk/guest/sign-in/", {"answer": answer}, follow=True)
    assert "not signed with a passkey that is good here" in said(refused)
    assert Passkey.objects.count() == 1


def test_a_new_device_ends_the_one_before_it_at_once(desk, guest, device):
    client = signed_in(device)
    registers(guest, Device(), by=desk.chief)
    assert client.get("/desk/guest/")["Location"] == "/desk/guest/sign-in/"
    client = Client()
    asked = client.get("/desk/guest/sign-in/").context["asked"]
    assert "good here" in said(client.post("/desk/guest/sign-in/", {"answer": device.sign(asked)}, follow=True))


# Signing in


def tries(device, **how):
    client = Client()
    asked = client.get("/desk/guest/sign-in/").context["asked"]
    return client, client.post("/desk/guest/sign-in/", {"answer": device.sign(asked, **how)}, follow=True)


@pytest.mark.parametrize(
    "how",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://localhost:1"},
        {"flags": Flag.UP},
        {"flags": Flag.UV},
        {"kind": "webauthn.create"},
    ],
)
def test_signing_in_from_elsewhere_or_unverified_is_refused(device, how):
    client, page = tries(device, **how)
    assert "good here" in said(page)
    assert client.get("/desk/guest/").status_code == 302


def test_an_answer_is_good_once(device):
    client = Client()
    asked = client.get("/desk/guest/sign-in/").context["asked"]
    answer = device.sign(asked)
    client.post("/desk/guest/sign-in/", {"answer": answer})
    client.post("/desk/guest/sign-out/")
    client.get("/desk/guest/sign-in/")
    assert "good here" in said(client.post("/desk/guest/sign-in/", {"answer": answer}, follow=True))
    # Nor with no page opened before it.
    assert "good here" in said(Client().post("/desk/guest/sign-in/", {"answer": answer}, follow=True))


def test_an_answer_is_good_once_on_one_page_too(desk, guest):
    device, client = Device(counts=False), Client()
    registers(guest, device, by=desk.chief)
    answer = device.sign(client.get("/desk/guest/sign-in/").context["asked"])
    assert client.post("/desk/guest/sign-in/", {"answer": answer})["Location"] == "/desk/guest/"
    assert "good here" in said(client.post("/desk/guest/sign-in/", {"answer": answer}, follow=True))


def test_a_count_that_goes_backwards_is_refused_and_one_that_never_moves_is_not(desk, device):
    signed_in(device)
    device.count -= 2
    assert "counts backwards" in said(tries(device)[1])
    still = Device(counts=False)
    registers(new_guest("Noa Levi"), still, by=desk.chief)
    for _ in range(2):
        signed_in(still)


def test_a_closed_account_does_not_come_in_and_is_put_out(guest, device):
    client = signed_in(device)
    User.objects.filter(pk=guest.pk).update(is_active=False)
    assert client.get("/desk/guest/").status_code == 302
    assert "good here" in said(tries(device)[1])


def test_an_idle_hour_ends_the_visit_and_so_does_the_browser(device, monkeypatch):
    client = signed_in(device)
    assert client.session.get_expire_at_browser_close()
    assert client.get("/desk/guest/").status_code == 200
    later = time.time() + IDLE_S + 1
    monkeypatch.setattr("staff.guests.time.time", lambda: later)
    assert client.get("/desk/guest/")["Location"] == "/desk/guest/sign-in/"


def test_a_password_does_not_let_a_guest_in(desk, guest):
    response = Client().post("/desk/login/", {"username": guest.username, "password": "a long pass phrase"})
    assert response.status_code == 200 and response.context["form"].errors
    # Nor does a session that no passkey began.
    assert at_the_desk(guest).get("/desk/guest/")["Location"] == "/desk/guest/sign-in/"


def test_staff_do_not_come_in_by_the_guests_door(desk, device, guest):
    assert at_the_desk(desk.editor).get("/desk/guest/").status_code == 403
    guest.groups.add(Group.objects.get(name=Role.EDITOR))
    assert "no guest" in said(tries(device)[1])


# What she sees


def addresses(patterns, prefix=""):
    """One address for every pattern of the desk, with a likely argument for each gap."""
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def filled(route, story):
    proof = story.proofs.last().pk
    fact = story.facts.first().pk
    source = story.facts.first().wording.confirmations.first().source_id
    route = route.replace("<int:number>", str(proof)).replace("<int:fact>", str(fact))
    route = route.replace("<uuid:version>", "00000000-0000-0000-0000-000000000000").replace("<int:width>", "480")
    model = "sources/source" in route
    route = re.sub(r"<(path:object_id|id|int:pk)>", str(source if model else story.pk), route)
    route = re.sub(r"<(str|slug|path|int):\w+>|\(\?P<\w+>[^)]*\)", "1", route)
    return "/" + re.sub(r"[\^$\\]", "", route)


def test_nothing_else_of_the_desk_answers_her(desk, guest, device):
    asked = invited(desk, guest)
    client = signed_in(device)
    routes = sorted(set(addresses(get_resolver().url_patterns)))
    hers = [r for r in routes if r.startswith("desk/guest/")]
    assert len(hers) == 7 and len(routes) > 80
    elsewhere = set()
    for route in set(routes) - set(hers):
        address = filled(route, asked.proof.article)
        for method in (client.get, client.post, client.head):
            response = method(address)
            if response.status_code == 403:
                continue
            elsewhere.add((address, method.__name__, response.status_code))
    # The root leads to the desk, which is closed; the health tells nothing; her language is hers to choose.
    assert {(address, status) for address, _, status in elsewhere} <= {
        ("/", 302),
        ("/", 405),
        ("/healthz", 200),
        ("/healthz", 503),
        ("/desk/language/", 405),
        ("/desk/language/", 302),
    }


def test_what_she_reads_holds_no_source(desk, guest, device):
    story = desk.article(kind="news")
    source = desk.source(alias="amber anvil")
    fact = desk.fact(story, sources=[source, desk.source(alias="copper heron")])
    desk.fact(story, "The market of Hoeryong was shut.", sources=[desk.source(alias="quiet lantern")], confirmed=False)
    record = confirming.state(story, "The gazette printed the price.", kind="record", by=desk.reporter)
    record.wording.confirmations.create(
        basis="document",
        document=DocumentFactory(title="Paper from a neighbour", archived_by=desk.reporter),
        recorded_by=desk.reporter,
    )
    confirming.confirm(record, by=desk.editor)
    disputed = desk.fact(story, "The bridge fell.")
    confirming.dispute(disputed, by=desk.editor, reason="amber anvil was not there")
    ask_for_review(story, by=desk.reporter)
    asked = invited(desk, guest, story)
    page = signed_in(device).get(f"/desk/guest/proof/{asked.proof.pk}/").text
    for statement in (fact.statement, "The market of Hoeryong was shut.", "The gazette printed the price."):
        assert statement in page
    for words in (
        "confirmed by editor",
        "not confirmed yet",
        "disputed by editor",
        "The desk has other things to see to",
    ):
        assert words in page
    for secret in (
        "amber anvil",
        "copper heron",
        "quiet lantern",
        "Paper from a neighbour",
        "reporter",
        "2 May",
        "was not there",
        "Rests on",
        "/desk/sources/",
        "/desk/articles/",
        "/desk/stories/",
        "/desk/photos/",
    ):
        assert secret not in page, secret


def test_she_reads_which_words_state_a_fact(desk, guest, device):
    story = desk.article()
    fact = desk.fact(story, confirmed=False)
    story.body = f'<p>In May <span data-fact="{fact.pk}">rice cost more</span> in Hoeryong.</p>'
    story.save()
    ask_for_review(story, by=desk.reporter)
    asked = invited(desk, guest, story)
    response = signed_in(device).get(f"/desk/guest/proof/{asked.proof.pk}/")
    (told,) = response.context["facts"]
    assert told.passages == ["rice cost more"] and '<li lang="en">rice cost more</li>' in response.text
    assert "data-fact" not in response.text


def test_a_hold_for_somebodys_safety_is_not_told(desk, guest, device):
    asked = invited(desk, guest)
    Hold.objects.create(
        article=asked.proof.article, kind="safety", until=soon(48), reason="she travels", by=desk.editor
    )
    page = signed_in(device).get(f"/desk/guest/proof/{asked.proof.pk}/").text
    assert "safety" not in page and "travels" not in page


def test_she_sees_the_pictures_of_her_proof_and_no_other(desk, guest, device, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"

    def photo(colour):
        file = io.BytesIO()
        Image.new("RGB", (640, 480), colour).save(file, "JPEG")
        file.seek(0)
        return upload_photo(file, by=desk.reporter, name="Market", credit_en="Photo", credit_ko="사진")

    hers, other = photo((90, 120, 60)), photo((10, 20, 160))
    story = desk.article()
    desk.fact(story)
    story.figures.create(photo=hers, caption="A market.", alt="Stalls in a row.")
    ask_for_review(story, by=desk.reporter)
    asked = invited(desk, guest, story)
    client = signed_in(device)
    page = client.get(f"/desk/guest/proof/{asked.proof.pk}/").text
    address = f"/desk/guest/proof/{asked.proof.pk}/picture/{hers.content_hash}/"
    assert address in page
    shown = client.get(address)
    assert shown["Content-Type"] == "image/webp" and "no-store" in shown["Cache-Control"]
    assert client.get(address.replace(hers.content_hash, other.content_hash)).status_code == 404
    assert client.get(hers.get_preview_url(480)).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_proof_that_she_is_not_invited_to_is_not_there(desk, guest, device):
    story = proved(desk)
    client = signed_in(device)
    address = f"/desk/guest/proof/{story.proofs.get().pk}/"
    assert client.get(address).status_code == 404 and story.headline not in client.get("/desk/guest/").text
    other = new_guest("Noa Levi")
    invited(desk, other, story)
    assert client.get(address).status_code == 404


def test_an_older_proof_and_a_changed_story_are_not_there(desk, guest, device):
    asked = invited(desk, guest)
    story = asked.proof.article
    client = signed_in(device)
    Article.objects.filter(pk=story.pk).update(headline="Another headline")
    assert client.get(f"/desk/guest/proof/{asked.proof.pk}/").status_code == 404
    newer = ask_for_review(story, by=desk.reporter)
    assert client.get(f"/desk/guest/proof/{asked.proof.pk}/").status_code == 404
    assert client.get(f"/desk/guest/proof/{newer.pk}/").status_code == 200


# Inviting


@pytest.mark.parametrize("who", ["reporter", "chief", "editor"])
def test_editors_invite(desk, guest, who):
    story = proved(desk)
    if who == "reporter":
        with pytest.raises(NotAllowed, match="Only an editor"):
            inviting.invite(story, guest, by=desk.reporter, until=soon())
        assert "Invite this guest" not in at_the_desk(desk.reporter).get(page_of(story)).text
    else:
        assert inviting.invite(story, guest, by=getattr(desk, who), until=soon()).guest == guest


def test_who_is_no_guest_is_not_invited(desk, guest):
    story = proved(desk)
    both = StaffFactory(roles=[Role.GUEST])
    for other in (desk.other_editor, desk.chief, both):
        with pytest.raises(NotAllowed, match="guest’s account"):
            inviting.invite(story, other, by=desk.editor, until=soon())


def test_the_policy_decides_whether_guests_sign(desk, guest):
    story = proved(desk)
    desk.agree(guests_sign=False)
    with pytest.raises(NotAllowed, match="policy in force lets no guest"):
        inviting.invite(story, guest, by=desk.editor, until=soon())
    assert "Invite this guest" not in at_the_desk(desk.editor).get(page_of(story)).text


@pytest.mark.parametrize("hours", [-1, 0, 15 * 24])
def test_an_invitation_is_for_an_hour_to_come_and_not_for_ever(desk, guest, hours):
    with pytest.raises(GateError, match="within two weeks"):
        inviting.invite(proved(desk), guest, by=desk.editor, until=soon(hours))


def test_a_form_without_an_hour_is_refused_in_words(desk, guest):
    story = proved(desk)
    sent = at_the_desk(desk.editor).post(
        f"/desk/stories/{story.pk}/invitations/", {"guest": guest.pk, "until": "soon"}, follow=True
    )
    assert "Choose an hour to come" in sent.text and not Invitation.objects.exists()
    # The form is open, with what was chosen.
    assert f'value="{guest.pk}" selected' in sent.text and 'value="soon"' in sent.text


def test_who_wrote_it_is_not_invited(desk, guest):
    story = proved(desk)
    story.authors.add(guest)
    with pytest.raises(NotAllowed, match="wrote or changed"):
        inviting.invite(story, guest, by=desk.editor, until=soon())


# Signing


def test_who_wrote_it_after_she_was_invited_does_not_sign(desk, guest, device):
    asked = invited(desk, guest)
    story = asked.proof.article
    story.authors.add(guest)
    ask_for_review(story, by=desk.reporter)
    (again,) = inviting.open_to(guest)
    with pytest.raises(NotAllowed, match="You wrote or changed"):
        signs(guest, device, again)
    # The law holds where the act is stepped round.
    SignOff.objects.create(proof=again.proof, by=guest, digest=again.proof.digest)
    assert "signature_missing" in codes(story)


def test_a_guest_is_no_editor(desk, guest, device):
    asked = invited(desk, guest)
    fact = desk.fact(desk.article(), confirmed=False)
    with pytest.raises(NotAllowed):
        confirming.confirm(fact, by=guest)
    with pytest.raises(NotAllowed):
        sign_off(asked.proof, by=guest)
    with pytest.raises(NotAllowed):
        publish(asked.proof.article, by=guest)
    with pytest.raises(NotAllowed):
        inviting.invite(asked.proof.article, guest, by=guest, until=soon())
    # The law holds where the act is stepped round.
    wording = fact.wording
    seen = list(wording.confirmations.values_list("pk", flat=True))
    heard = answer_of(wording.verdicts.create, ruling="confirmed", by=guest, seen=seen)
    assert heard == "NR004 fact_confirmed_by_no_editor"


def test_nobody_signs_without_an_invitation(desk, guest, device):
    asked = invited(desk, guest)
    uninvited = proved(desk)
    with pytest.raises(NotAllowed, match="not invited"):
        sign_as_guest(
            uninvited.proofs.get().pk,
            by=guest,
            answer=device.sign(what_to_sign(dataclasses.replace(asked, proof=uninvited.proofs.get()))),
        )
    SignOff.objects.create(proof=uninvited.proofs.get(), by=guest, digest=uninvited.proofs.get().digest)
    assert codes(uninvited) == {"signature_missing"}


def test_an_invitation_that_is_over_lets_nobody_sign(desk, guest, device):
    asked = invited(desk, guest)
    answer = device.sign(what_to_sign(asked))
    story = proved(desk)
    # No clock is moved: the hour in the row is.
    past = Invitation.objects.create(article=story, guest=guest, by=desk.editor, until=soon(-1))
    late = inviting.OpenProof(story.proofs.get(), past)
    assert late.proof.pk not in {each.proof.pk for each in inviting.open_to(guest)}
    with pytest.raises(NotAllowed, match="time is over"):
        signs(guest, device, late)
    SignOff.objects.create(proof=late.proof, by=guest, digest=late.proof.digest)
    assert codes(story) == {"signature_missing"}
    assert sign_as_guest(asked.proof.pk, by=guest, answer=answer)


def test_an_editor_who_is_none_any_more_takes_her_invitations_with_her(desk, guest, device):
    asked = invited(desk, guest)
    desk.editor.groups.clear()
    with pytest.raises(NotAllowed, match="not invited"):
        signs(guest, device, asked)


def test_a_policy_without_guests_closes_the_room_and_voids_what_was_signed(desk, guest, device):
    asked, other = invited(desk, guest), invited(desk, guest)
    signs(guest, device, asked)
    story = asked.proof.article
    assert not codes(story)
    desk.agree(guests_sign=False)
    assert codes(story) >= {"signature_missing"}
    with pytest.raises(Blocked):
        publish(story, by=desk.editor)
    with pytest.raises(NotAllowed):
        signs(guest, device, other)
    assert "Nothing waits for you" in signed_in(device).get("/desk/guest/").text


def test_another_proofs_signature_is_refused(desk, guest, device):
    first, second = invited(desk, guest), invited(desk, guest)
    with pytest.raises(PasskeyRefused):
        sign_as_guest(second.proof.pk, by=guest, answer=device.sign(what_to_sign(first)))
    assert not SignOff.objects.exists()


def test_a_signature_is_not_played_again(desk, guest, device):
    asked = invited(desk, guest)
    answer = device.sign(what_to_sign(asked))
    sign_as_guest(asked.proof.pk, by=guest, answer=answer)
    with pytest.raises(GateError, match="You have signed"):
        sign_as_guest(asked.proof.pk, by=guest, answer=answer)
    # The same words proved again have the same digest, and ask for a signature of their own.
    again = ask_for_review(asked.proof.article, by=desk.reporter)
    assert again.digest == asked.proof.digest
    with pytest.raises(PasskeyRefused):
        sign_as_guest(again.pk, by=guest, answer=answer)


def test_a_device_that_does_not_count_is_not_played_again_either(desk):
    guest, device = new_guest("Noa Levi"), Device(counts=False)
    registers(guest, device, by=desk.chief)
    asked = invited(desk, guest)
    answer = device.sign(what_to_sign(asked))
    sign_as_guest(asked.proof.pk, by=guest, answer=answer)
    again = ask_for_review(asked.proof.article, by=desk.reporter)
    with pytest.raises(PasskeyRefused):
        sign_as_guest(again.pk, by=guest, answer=answer)


def test_a_signature_on_another_digest_is_refused(desk, guest, device):
    asked = invited(desk, guest)
    asked.proof.digest = "0" * 64
    with pytest.raises(PasskeyRefused):
        signs(guest, device, asked)


def test_another_guests_passkey_and_an_unverified_one_are_refused(desk, guest, device):
    asked = invited(desk, guest)
    hers = Device()
    registers(new_guest("Noa Levi"), hers, by=desk.chief)
    with pytest.raises(PasskeyRefused):
        signs(guest, hers, asked)
    with pytest.raises(PasskeyRefused):
        sign_as_guest(asked.proof.pk, by=guest, answer=device.sign(what_to_sign(asked), flags=Flag.UP))
    device.count = 0
    with pytest.raises(PasskeyRefused, match="counts backwards"):
        signs(guest, device, asked)
    assert not SignOff.objects.exists() and not GuestSignature.objects.exists()


def test_signing_in_is_no_signature(desk, guest, device):
    asked = invited(desk, guest)
    client = Client()
    answer = device.sign(client.get("/desk/guest/sign-in/").context["asked"])
    client.post("/desk/guest/sign-in/", {"answer": answer})
    refused = client.post(f"/desk/guest/proof/{asked.proof.pk}/signature/", {"answer": answer}, follow=True)
    assert "good here" in said(refused) and not SignOff.objects.exists()


# The record


@pytest.mark.parametrize(
    "change",
    [
        lambda row: setattr(row, "signature", row.signature[:-1] + bytes([row.signature[-1] ^ 1])),
        lambda row: setattr(row, "client_data", bytes(row.client_data).replace(b"webauthn.get", b"webauthn.got")),
        lambda row: setattr(row, "client_data", b"nonsense"),
        lambda row: setattr(row, "authenticator_data", bytes(row.authenticator_data)[:-1]),
        lambda row: setattr(row, "authenticator_data", bytes(32) + bytes(row.authenticator_data)[32:]),
        lambda row: setattr(row.sign_off.proof, "digest", "0" * 64),
        lambda row: setattr(row.sign_off.proof, "pk", row.sign_off.proof.pk + 1),
        lambda row: setattr(row.sign_off, "by_id", row.invitation.by_id),
        lambda row: setattr(row.sign_off, "at", row.invitation.until + dt.timedelta(seconds=1)),
        lambda row: setattr(row.invitation, "pk", row.invitation.pk + 1),
        lambda row: setattr(row.passkey, "public_key", bytes(10)),
    ],
)
def test_a_kept_signature_verifies_and_a_changed_one_does_not(desk, guest, device, change, settings):
    row = signs(guest, device, invited(desk, guest))
    row = GuestSignature.objects.select_related("sign_off__proof", "invitation", "passkey").get(pk=row.pk)
    assert verify(row)
    settings.DESK_ADDRESS = "https://desk.example"
    assert verify(row)
    change(row)
    assert not verify(row)


def test_what_was_signed_is_only_ever_added_to(desk, guest, device):
    signs(guest, device, invited(desk, guest))
    for statement in (
        "UPDATE articles_guestsignature SET signature = ''",
        "DELETE FROM articles_guestsignature",
        "UPDATE articles_invitation SET until = now() + interval '1 year'",
        "UPDATE staff_passkey SET public_key = ''",
        "UPDATE staff_passkey SET user_id = user_id + 1",
        "DELETE FROM staff_passkey",
        "UPDATE staff_registrationlink SET until = now() + interval '1 year'",
        "DELETE FROM staff_registrationlink",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_challenge_is_of_the_proof_the_invitation_and_the_words(desk, guest):
    first, second = invited(desk, guest), invited(desk, guest)
    made = {
        challenge_for(first.proof, first.invitation),
        challenge_for(first.proof, second.invitation),
        challenge_for(second.proof, first.invitation),
        challenge_for(second.proof, second.invitation),
    }
    assert len(made) == 4 and all(len(challenge) == 32 for challenge in made)
    assert json.loads(what_to_sign(first))["userVerification"] == "required"
