"""No page of the desk is stored, no field is sent to a spelling service or kept by autofill, no title or address tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from staff.browsers import QUIET
from tests.crawling import addresses
from tests.desks import at_the_desk
from tests.marked import marked_newsroom

pytestmark = pytest.mark.django_db

FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
TEMPLATES = Path(__file__).parents[1] / "templates"
UNTYPED = re.compile(r'type="(?:hidden|checkbox|radio|file|submit|password)"')


@pytest.fixture
def newsroom(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    return marked_newsroom()


@pytest.mark.parametrize("who", ["contact", "chief editor"])
def test_no_page_is_kept_and_nothing_typed_leaves_the_desk(newsroom, who):
    client, fields, pages = at_the_desk(newsroom.people[who]), 0, 0
    client.post(
        f"/desk/sources/source/{newsroom.source.pk}/more/", {"why": "To see every field", "asked_before": "GET"}
    )
    for page, address in addresses(newsroom):
        if page == "admin:logout":
            continue
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"], address
        assert answer.get("Referrer-Policy") == "same-origin", address
        if (
            "text/html" not in answer.get("Content-Type", "")
            or answer.status_code in (301, 302, 405)
            or answer.streaming
        ):
            continue
        text, pages = answer.text, pages + 1
        if not text:
            continue
        assert re.findall("<title>(.*?)</title>", text) == ["Desk"], address
        assert 'translate="no"' in re.search("<html[^>]*>", text)[0], address
        body = re.search("<body[^>]*>", text)[0]
        assert 'spellcheck="false"' in body and 'writingsuggestions="false"' in body and 'data-gramm="false"' in body
        for field in FIELD.findall(text):
            if UNTYPED.search(field):
                continue
            fields += 1
            if 'autocomplete="username"' in field:
                # An account's name, which a browser may know for logging in.
                continue
            # Six digits that are void in half a minute are told to the browser as such, and kept by none.
            quiet = field.replace('autocomplete="one-time-code"', 'autocomplete="off"')
            for name, value in QUIET.items():
                assert f'{name}="{value}"' in quiet, f"{address}: {field}"
        for link in re.findall(r'(?:href|action|src)="([^"]+)"', text):
            for word in ("violet", "Zzyzx", "Coal", "Rice", "Soap"):
                assert word not in link, f"{address}: {link}"
    assert fields > 40 and pages > 40


def test_no_template_leaves_out_what_keeps_a_field_quiet():
    """Also on a page that the desk shows at certain moments alone."""
    loud = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for field in FIELD.findall(path.read_text()):
            if UNTYPED.search(field) or 'autocomplete="username"' in field:
                continue
            missing = [name for name in QUIET if name != "autocomplete" and f'{name}="{QUIET[name]}"' not in field]
            if missing or not re.search('autocomplete="(off|one-time-code)"', field):
                loud.append(f"{path.name}: {field}")
    assert loud == []


def test_logging_out_clears_what_the_browser_kept(newsroom):
    client = at_the_desk(newsroom.people["contact"])
    assert client.post("/desk/logout/")["Clear-Site-Data"] == '"cache", "storage"'


def test_a_locked_session_is_locked_at_the_desk_as_well(newsroom):
    client = at_the_desk(newsroom.people["contact"])
    page = f"/desk/sources/source/{newsroom.source.pk}/change/"
    assert client.post("/desk/locked/", headers={"accept": "application/json"}).json() == {}
    for address in (page, "/desk/", "/desk/autocomplete/", "/desk/sources/look/"):
        answer = client.get(address)
        assert answer.status_code == 403 and "Locked" in answer.text and "violet" not in answer.text
    kept = client.post(page, {"alias": "typed under the lock", "password": "x"})
    assert kept.status_code == 403 and "typed under the lock" in kept.text
    sent = {"password": "a long pass phrase", "next": page, "kept": kept.context["kept"]}
    wrong = client.post("/desk/locked/", {**sent, "password": "wrong"})
    assert "That is not your password" in wrong.text and "typed under the lock" in wrong.text
    again = client.post("/desk/locked/", sent)
    assert again.status_code == 200 and "Send again" in again.text and "typed under the lock" in again.text
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("kept", ["", "x", "{}", "[1]", "[[1,2,3]]", '[["alias","\\u0000"]]', "[" * 5000])
@pytest.mark.parametrize("to", ["", "//evil.example", "https://evil.example/", "/desk/sources/source/"])
def test_a_forged_unlocking_leads_nowhere_else(newsroom, kept, to):
    client = at_the_desk(newsroom.people["contact"])
    client.post("/desk/locked/")
    answer = client.post("/desk/locked/", {"password": "a long pass phrase", "next": to, "kept": kept})
    assert answer.status_code in (200, 302)
    assert "evil" not in answer.get("Location", "") and "evil" not in answer.text


def test_five_wrong_passwords_end_the_session(newsroom):
    client = at_the_desk(newsroom.people["contact"])
    client.post("/desk/locked/")
    for _time in range(5):
        answer = client.post("/desk/locked/", {"password": "wrong"})
    assert answer["Location"] == "/desk/login/" and "_auth_user_id" not in client.session
    assert client.post("/desk/locked/", {"password": "x"}, headers={"accept": "application/json"}).status_code == 401
