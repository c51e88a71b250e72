"""What identifies a source is sealed to the keepers as it arrives; nobody reads it here again, whatever goes wrong."""

from __future__ import annotations

import base64
import logging
from html import unescape
from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client

from sources import keepers
from sources.arriving import BrokenToken, SealOnArrival, arrived_in
from sources.forgetting import forget
from sources.models import Keeper, Look, ProtectedPerson, ProtectedTerm, SealedRecord
from tests.desks import at_the_desk
from tests.factories import Desk, StaffFactory
from tests.keepers import WORDS, KeeperWithKey, typed
from tests.test_what_the_desk_refuses import sent_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def source(desk):
    return desk.source(alias="silver heron", deputy=desk.other_editor, confirmed=False)


@pytest.fixture
def amy(desk) -> KeeperWithKey:
    return KeeperWithKey(desk, "Amy")


@pytest.fixture
def ben(desk, amy) -> KeeperWithKey:
    return KeeperWithKey(desk, "Ben")


def page_of(source) -> str:
    return f"/desk/sealing/source/{source.pk}/"


def sides_of(word: str) -> set[bytes]:
    """A word as it could lie somewhere: plain, in UTF-16, in base64 at any offset, in an address."""
    plain = word.encode()
    found = {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), quote(word).encode(), quote_plus(word).encode()}
    for lead in range(3):
        middle = base64.b64encode(b"\0" * lead + plain)[4 if lead else 0 :]
        found.add(middle[: len(middle) // 4 * 4 - 4])
    return {side for side in found if len(side) > 5}


def hold(content: bytes | str) -> list[str]:
    """Which of the words stand in something, in whatever form."""
    content = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    both = (
        content
        + unescape(content.decode(errors="replace")).encode()
        + unquote_plus(content.decode(errors="replace")).encode()
    )
    return [word for word in WORDS if any(side in both for side in sides_of(word))]


def test_the_search_for_what_was_typed_finds_it():
    for word in WORDS:
        for said in (f"x{word}y", f"x{quote_plus(word)}y", base64.b64encode(f"ab{word}yz".encode()).decode()):
            assert word in hold(said)


def everything_kept() -> str:
    """All that the database holds, as text."""
    kept = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
                kept += [row for (row,) in cursor.fetchall()]
    return "\n".join(kept)


@pytest.fixture
def nothing_leaks(caplog):
    """Whatever the test does: no answer, no row, no session, no line of a log holds what was typed."""
    caplog.set_level(logging.DEBUG)
    answers = []

    def look(response):
        answers.append(response)
        assert not hold(response.content), "the answer"
        assert not hold(str(response.headers) + str(response.cookies)), "its head"
        assert not hold(everything_kept()), "the database"
        assert not hold(caplog.text), "the log"
        request = response.wsgi_request
        # Its row is encrypted under the cookie. A form that is refused at the door has none.
        assert not hold(str(dict(getattr(request, "session", {}).items()))), "the session"
        assert not hold(repr(getattr(request, "_post", ""))), "the form"
        assert not hold(getattr(request, "_body", b"")), "the bytes of the form"
        return response

    yield look
    assert answers


def test_it_is_sealed_to_each_keeper(desk, source, amy, ben, nothing_leaks):
    client = at_the_desk(desk.reporter)
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert page.status_code == 302
    record = SealedRecord.objects.get(person__source=source)
    for keeper in (amy, ben):
        envelope = keeper.open(record)
        assert envelope.id == record.pk
        assert envelope.fields["name"] == "김봉구" and envelope.fields["how_met"] == "through her cousin Zelda"
        assert {term.kind for term in envelope.terms} == {"name", "number", "handle", "place"}
    assert set(record.sealed_to) == {amy.public_key, ben.public_key}
    page = nothing_leaks(client.get(page_of(source)))
    assert "Sealed to Amy, Ben" in page.text and "Opened by Amy, Ben" in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_its_terms_leave_fingerprints(desk, source, amy):
    at_the_desk(desk.reporter).post(page_of(source), typed())
    kinds = set(ProtectedTerm.objects.filter(person__source=source).values_list("kind", flat=True))
    assert kinds == {"name", "number", "handle", "place"}


def test_it_is_noted_as_a_look(desk, source, amy):
    at_the_desk(desk.reporter).post(page_of(source), typed())
    look = Look.objects.get(source=source, what=Look.What.SEALING)
    assert look.by == desk.reporter


def test_her_deputy_seals_as_well(desk, source, amy):
    assert at_the_desk(desk.other_editor).post(page_of(source), typed()).status_code == 302
    assert SealedRecord.objects.count() == 1


@pytest.mark.parametrize("role", ["reporter", "editor", "chief editor", "photo editor", "moderator"])
def test_for_nobody_else_is_there_such_a_page(desk, source, amy, role, nothing_leaks):
    client = at_the_desk(StaffFactory(roles=[role]))
    assert client.get(page_of(source)).status_code == 404
    assert nothing_leaks(client.post(page_of(source), typed())).status_code == 404
    assert client.post(page_of(source) + "export/").status_code == 404
    assert not SealedRecord.objects.exists()


def test_without_a_keeper_nothing_is_kept_and_the_page_says_so(desk, source, nothing_leaks):
    client = at_the_desk(desk.reporter)
    assert "No keeper stands yet" in client.get(page_of(source)).text
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert "No keeper stands yet" in page.text
    assert not SealedRecord.objects.exists() and not ProtectedTerm.objects.exists()


def test_one_keeper_alone_is_warned_of(desk, source, amy):
    assert "There is one keeper only" in at_the_desk(desk.reporter).get(page_of(source)).text


def test_an_empty_form_says_so(desk, source, amy):
    page = at_the_desk(desk.reporter).post(page_of(source), dict.fromkeys(typed(), "  "))
    assert "Nothing is typed yet" in page.text
    assert not ProtectedPerson.objects.exists()


def test_what_a_text_can_not_be_searched_for_is_sealed_and_said(desk, source, amy, nothing_leaks):
    client = at_the_desk(desk.reporter)
    client.post(page_of(source), typed(**{"sealed-numbers": "12\n010-7741-2093"}))
    page = nothing_leaks(client.get(page_of(source)))
    assert "One line is sealed, but no text can be searched for it (number)" in page.text
    assert amy.open(SealedRecord.objects.get()).fields["numbers"] == "12\n010-7741-2093"


@pytest.mark.parametrize(
    "much",
    [{"sealed-notes": "김봉구 " * 20_000}, {"sealed-handles": "\n".join(f"bonggu_zephyr{n}" for n in range(70))}],
)
def test_too_much_is_not_kept_and_not_shown(desk, source, amy, much, nothing_leaks):
    page = nothing_leaks(at_the_desk(desk.reporter).post(page_of(source), typed(**much)))
    assert "That is too much for one record" in page.text
    assert not SealedRecord.objects.exists()


def session_ended() -> Client:
    """A browser whose session is over: it sends the cookie still."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "over"
    return client


def test_a_stranger_does_not_keep_the_desk_busy(source, amy, monkeypatch, nothing_leaks):
    """Who never was here has nothing sealed: no fingerprint is made for her."""
    monkeypatch.setattr("sources.arriving.fingerprints", lambda *args: pytest.fail("made"))
    page = nothing_leaks(Client().post(page_of(source), typed()))
    assert page.status_code == 403 and "could not be sealed and was not kept" in page.text
    assert "sealed" not in sent_again(page)


def test_what_was_sealed_for_one_is_not_taken_in_for_another(desk, source, amy):
    other = desk.source(confirmed=False)
    client = at_the_desk(desk.reporter)
    token = sent_again(session_ended().post(page_of(source), typed()))["sealed"]
    answer = client.post(page_of(other), {"sealed": token})
    assert "typed on another page than hers" in answer.text and not SealedRecord.objects.exists()
    client.post(page_of(source), {"sealed": token})
    assert SealedRecord.objects.get().person.source == source
    # The form of one, sent again from the page of another.
    form = typed(sealing=str(SealedRecord.objects.get().pk))
    assert "for somebody else already" in client.post(page_of(other), form).text
    assert SealedRecord.objects.count() == 1


def test_what_was_sealed_before_she_was_forgotten_does_not_come_back(desk, source, amy):
    client = at_the_desk(desk.reporter)
    token = sent_again(session_ended().post(page_of(source), typed()))["sealed"]
    client.post(page_of(source), {"sealed": token})
    forget(source, by=desk.reporter, alias="silver heron", reason="She asked for it")
    answer = client.post(page_of(source), {"sealed": token})
    assert answer.status_code == 404 or "She is forgotten" in answer.text
    assert not SealedRecord.objects.exists() and not ProtectedTerm.objects.exists()


def test_a_session_that_ended_gives_back_what_is_sealed_and_loses_nothing(desk, source, amy, nothing_leaks):
    page = nothing_leaks(session_ended().post(page_of(source), typed()))
    assert page.status_code == 403 and "Log in in a new tab" in page.text
    assert "sealed already and not shown again" in page.text
    again = sent_again(page)
    assert nothing_leaks(at_the_desk(desk.reporter).post(page_of(source), again)).status_code == 302
    assert amy.open(SealedRecord.objects.get()).fields["name"] == "김봉구"
    assert ProtectedTerm.objects.filter(person__source=source).exists()


def test_a_session_that_ended_where_no_keeper_stands_says_that_it_is_lost(source, nothing_leaks):
    page = nothing_leaks(session_ended().post(page_of(source), typed()))
    assert page.status_code == 403 and "could not be sealed and was not kept" in page.text


def test_a_form_from_before_the_last_log_in_loses_nothing(desk, source, amy, nothing_leaks):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert page.status_code == 403 and "Nothing you typed is lost" in page.text
    nothing_leaks(client.post(page_of(source), sent_again(page)))
    assert amy.open(SealedRecord.objects.get()).fields["name"] == "김봉구"


def test_a_form_from_another_website_is_not_repeated(desk, source, amy, nothing_leaks):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    page = nothing_leaks(client.post(page_of(source), typed(), headers={"origin": "https://elsewhere.example"}))
    assert page.status_code == 403 and not sent_again(page).get("sealed")


def test_our_own_mistake_tells_nothing_and_loses_nothing(desk, source, amy, monkeypatch, nothing_leaks):
    client = at_the_desk(desk.reporter)
    client.raise_request_exception = False
    monkeypatch.setattr("sources.sealing_views.seal", lambda *args, **kwargs: 1 / 0)
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert page.status_code == 500
    monkeypatch.undo()
    nothing_leaks(client.post(page_of(source), sent_again(page)))
    assert amy.open(SealedRecord.objects.get()).fields["name"] == "김봉구"


def test_a_failure_while_it_is_being_sealed_tells_nothing(desk, source, amy, monkeypatch, settings, nothing_leaks):
    client = at_the_desk(desk.reporter)
    client.raise_request_exception = False
    settings.DEBUG = True
    monkeypatch.setattr("sources.arriving.sealed", lambda *args: 1 / 0)
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert page.status_code == 500


def test_an_error_page_with_everything_on_it_has_the_token_alone(
    desk, source, amy, monkeypatch, settings, nothing_leaks
):
    client = at_the_desk(desk.reporter)
    client.raise_request_exception = False
    settings.DEBUG = True
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    monkeypatch.setattr("sources.sealing_views.seal", lambda *args, **kwargs: 1 / 0)
    page = nothing_leaks(client.post(page_of(source), typed()))
    assert page.status_code == 500 and "gAAAA" in page.text


def test_a_zero_byte_is_dropped(desk, source, amy, nothing_leaks):
    nothing_leaks(at_the_desk(desk.reporter).post(page_of(source), typed(**{"sealed-notes": "김봉구\0\x1b[2J는"})))
    assert amy.open(SealedRecord.objects.get()).fields["notes"] == "김봉구[2J는"


def test_a_zero_byte_beside_it_repeats_nothing(desk, source, amy, nothing_leaks):
    page = nothing_leaks(at_the_desk(desk.reporter).post(page_of(source), typed(other="a\0b")))
    assert page.status_code == 400 and sent_again(page)["sealed"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "sealed-name=" + quote_plus("김봉구") + "&sealed-name=" + quote_plus("Kim Bonggu"),
            "application/x-www-form-urlencoded",
        ),
        ("%73ealed%2Dname=" + quote_plus("김봉구"), "application/x-www-form-urlencoded"),
        ("sealed-name=" + quote_plus("김봉구") + "%ED%A0%80%FF", "application/x-www-form-urlencoded"),
        ("+Sealed-name=" + quote_plus("김봉구"), "application/x-www-form-urlencoded"),
        (
            '--b\r\nContent-Disposition: form-data; name="sealed-name"\r\n\r\n김봉구\r\n'
            '--b\r\nContent-Disposition: form-data; name="sealed-notes"; filename="김봉구.txt"\r\n\r\nKim Bonggu\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_however_it_is_sent(desk, source, amy, body, kind, nothing_leaks):
    page = nothing_leaks(at_the_desk(desk.reporter).generic("POST", page_of(source), body.encode(), kind))
    assert page.status_code == 302
    assert amy.open(SealedRecord.objects.get()).fields["name"].startswith("김봉구")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("sealed-name=김봉구", "application/x-www-form-urlencoded; charset=euc-kr", 400),
        ('--b\r\nContent-Disposition: form-data; name="sealed-name"\r\n\r\n김봉구', "multipart/form-data", 400),
        ("&".join(["sealed-name=김봉구"] * 6000), "application/x-www-form-urlencoded", 400),
        ("sealed-name=" + "김봉구" * 700_000, "application/x-www-form-urlencoded", 400),
        ("sealed-shoe=김봉구", "application/x-www-form-urlencoded", 200),
        ('{"sealed-name": "김봉구"}', "application/json", 200),
    ],
)
def test_what_can_not_be_read_is_refused_and_repeated_nowhere(desk, source, amy, body, kind, status, nothing_leaks):
    client = at_the_desk(desk.reporter)
    client.raise_request_exception = False
    page = nothing_leaks(client.generic("POST", page_of(source), body.encode(), kind))
    assert page.status_code == status
    assert not SealedRecord.objects.exists()


def test_it_is_not_taken_from_an_address(desk, source, amy, caplog):
    caplog.set_level(logging.DEBUG)
    page = at_the_desk(desk.reporter).get(page_of(source), {"sealed-name": "김봉구"})
    assert page.status_code == 400 and not hold(page.content) and not hold(caplog.text)


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/desk/articles/article/add/",
        "/desk/password_change/",
        "/desk/login/",
        "/desk/nowhere/",
        "/desk/sealing/people/",
    ],
)
def test_no_other_page_of_the_desk_gives_it_back(desk, amy, address, nothing_leaks):
    nothing_leaks(at_the_desk(desk.reporter).post(address, typed()))
    nothing_leaks(Client().post(address, typed()))


def test_a_file_under_such_a_name_is_thrown_away(desk, source, amy, settings, nothing_leaks):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    file = SimpleUploadedFile("Kim Bonggu.txt", "010-7741-2093 김봉구".encode())
    page = nothing_leaks(at_the_desk(desk.reporter).post(page_of(source), {"sealed-notes": file}))
    assert "Nothing is typed yet" in page.text


def test_such_a_file_reaches_no_disk_and_the_others_beside_it_stay_whole(desk, source, amy, settings, monkeypatch, rf):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    made = []
    monkeypatch.setattr(
        uploadhandler,
        "TemporaryUploadedFile",
        lambda name, *args: made.append(name) or TemporaryUploadedFile(name, *args),
    )
    files = {
        "before": SimpleUploadedFile("before.txt", b"first " * 10),
        "Sealed-notes": SimpleUploadedFile("Kim Bonggu.txt", "010-7741-2093 김봉구".encode()),
        "after": SimpleUploadedFile("after.txt", b"last " * 10),
    }
    request = rf.post("/desk/", files)
    SealOnArrival(lambda request: None)(request)
    assert {name: file.read() for name, file in request.FILES.items()} == {
        "before": b"first " * 10,
        "after": b"last " * 10,
    }
    assert made == ["before.txt", "after.txt"]


def test_a_token_that_somebody_changed_is_refused(desk, source, amy):
    page = session_ended().post(page_of(source), typed())
    [token] = sent_again(page)["sealed"]
    changed = token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]
    for wrong in (changed, "", "x", "김é", token[4:]):
        answer = at_the_desk(desk.reporter).post(page_of(source), {"sealed": wrong})
        assert answer.status_code == 200 and "Type it again" in answer.text
    assert not SealedRecord.objects.exists()


def test_who_sends_a_guess_is_not_handed_its_fingerprint(desk, source, amy):
    [token] = sent_again(session_ended().post(page_of(source), typed()))["sealed"]
    at_the_desk(desk.reporter).post(page_of(source), {"sealed": token})
    read = base64.urlsafe_b64decode(token)
    made = [bytes(term.fingerprint) for term in ProtectedTerm.objects.all()]
    assert made and not any(each in read or base64.b64encode(each) in read for each in made)
    assert {p.fingerprint for p in arrived_in(token).prints} == set(made)
    with pytest.raises(BrokenToken):
        arrived_in(token[:-1])


def test_a_second_click_seals_once(desk, source, amy):
    client = at_the_desk(desk.reporter)
    form = client.get(page_of(source)).context["form"]
    client.post(page_of(source), typed(sealing=str(form.own_id)))
    again = client.post(page_of(source), typed(sealing=str(form.own_id)))
    assert "sealed already; once is enough" in again.text
    assert SealedRecord.objects.count() == 1


def test_what_is_added_later_stands_beside_it(desk, source, amy):
    client = at_the_desk(desk.reporter)
    client.post(page_of(source), typed())
    client.post(page_of(source), {"sealed-name": "김봉팔"})
    assert {amy.open(r).fields["name"] for r in SealedRecord.objects.all()} == {"김봉구", "김봉팔"}
    assert "Record 2" in client.get(page_of(source)).text


def test_what_was_typed_before_a_keeper_came_is_sealed_to_those_of_then(desk, source, amy):
    token = sent_again(session_ended().post(page_of(source), typed()))["sealed"]
    KeeperWithKey(desk, "Ben")
    client = at_the_desk(desk.reporter)
    assert client.post(page_of(source), {"sealed": token}).status_code == 302
    page = client.get(page_of(source)).text
    assert "Opened by Amy." in page and "Not sealed to Ben yet." in page


def test_what_no_standing_keeper_could_open_is_typed_again(desk, source, amy):
    token = sent_again(session_ended().post(page_of(source), typed()))["sealed"]
    KeeperWithKey(desk, "Ben")
    keepers.end(amy.row, by=desk.chief)
    page = at_the_desk(desk.reporter).post(page_of(source), {"sealed": token})
    assert "The keepers have changed" in page.text and not SealedRecord.objects.exists()


def test_her_page_leads_there_for_who_speaks_with_her_alone(desk, source):
    change = f"/desk/sources/source/{source.pk}/change/"
    assert page_of(source) in at_the_desk(desk.reporter).get(change).text
    assert page_of(source) not in at_the_desk(desk.editor).get(change).text


def test_the_fields_tell_the_browsers_tools_nothing(desk, source, amy):
    page = at_the_desk(desk.reporter).get(page_of(source)).text
    for field in page.split("<textarea")[1:]:
        head = field.split(">")[0]
        for attribute in ('spellcheck="false"', 'autocomplete="off"', 'translate="no"', 'autocapitalize="off"'):
            assert attribute in head
    assert "silver heron" not in page.split("</title>")[0]


def test_a_person_in_a_story_is_protected_too(desk, amy, nothing_leaks):
    client = at_the_desk(desk.reporter)
    assert "Draw two words" in client.get("/desk/sources/protectedperson/add/").text
    answer = client.post("/desk/sealing/people/")
    person = ProtectedPerson.objects.get()
    assert answer.url == f"/desk/sealing/person/{person.pk}/" and " " in person.alias
    nothing_leaks(client.post(answer.url, typed()))
    assert amy.open(person.sealed_records.get()).fields["name"] == "김봉구"
    assert person.terms.exists()
    assert person.alias in client.get("/desk/sources/protectedperson/").text
    assert client.get(f"/desk/sources/protectedperson/{person.pk}/change/").url == answer.url
    colleague = at_the_desk(desk.other_editor)
    assert person.alias not in colleague.get("/desk/sources/protectedperson/").text
    assert colleague.get(answer.url).status_code == 404
    assert colleague.get(f"/desk/sources/protectedperson/{person.pk}/change/").status_code in (302, 403, 404)


def test_the_admins_history_keeps_nothing_of_it(desk, source, amy):
    at_the_desk(desk.reporter).post(page_of(source), typed())
    assert not LogEntry.objects.exists()
    assert Keeper.objects.standing().count() == 1
