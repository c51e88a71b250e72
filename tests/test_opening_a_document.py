"""The archived copy: what is kept, and how staff open it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.documents import kind_of
from articles.models import Document
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, StaffFactory

pytestmark = pytest.mark.django_db

ADD = "/desk/articles/document/add/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
HTML = b"<!DOCTYPE html>\n<title>Gazette</title><script>alert(1)</script>"
MHTML = b'From: <Saved by Blink>\r\nSubject: Gazette\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="x"\r\n'


@pytest.fixture
def desk(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    return Desk()


def archive(who, name, data):
    file = SimpleUploadedFile(name, data)
    return at_the_desk(who).post(ADD, {"title": "Gazette 7", "archived_on": "2026-05-04", "copy": file}, follow=True)


def copy_of(document):
    return f"/desk/stories/documents/{document.pk}/copy/"


@pytest.mark.parametrize(
    ("name", "data", "extension", "media_type"),
    [
        ("my cousin's scan.PDF", PDF, "pdf", "application/pdf"),
        ("a.jpeg", JPEG, "jpg", "image/jpeg"),
        ("a.htm", HTML, "html", "text/html"),
        ("a.html", "<html lang=ko>공보".encode("cp949"), "html", "text/html"),
        ("a.mhtml", MHTML, "mhtml", "multipart/related"),
        ("a.txt", "공보 7호".encode(), "txt", "text/plain"),
    ],
)
def test_a_copy_is_archived_and_opened_as_a_file_to_save(desk, name, data, extension, media_type):
    archive(desk.reporter, name, data)
    document = Document.objects.get()
    page = at_the_desk(desk.editor).get(f"/desk/articles/document/{document.pk}/change/")
    assert copy_of(document) in page.text and "record a new document" in page.text
    response = at_the_desk(desk.editor).get(copy_of(document))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"] == f'attachment; filename="document-{document.pk}.{extension}"'
    assert response["Content-Type"] == media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in response["Content-Security-Policy"] and "default-src 'none'" in response["Content-Security-Policy"]
    )
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"<html>no</html>", "named .jpg, but what is in it is something else"),
        ("a.html", PDF, "named .html"),
        ("a.txt", b"MZ\x90\x00\x03", "named .txt"),
        ("a.exe", b"MZ\x90\x00\x03", "is not kept"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not kept"),
        ("noname", PDF, "is not kept"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(desk, name, data, words):
    response = archive(desk.reporter, name, data)
    assert words in str(response.context["adminform"].form.errors["copy"])
    assert "Gazette 7" in response.text and not Document.objects.exists()


def test_a_good_copy_is_chosen_again_where_something_else_is_missing(desk):
    file = SimpleUploadedFile("a.pdf", PDF)
    response = at_the_desk(desk.reporter).post(ADD, {"archived_on": "2026-05-04", "copy": file})
    assert "Nothing is wrong with the copy" in str(response.context["adminform"].form.errors["copy"])


def test_a_copy_from_before_is_handed_out_as_what_it_is(desk):
    document = DocumentFactory(archived_by=desk.reporter, copy__data=b"\x00\x01\x02", copy__filename="x.pdf")
    response = at_the_desk(desk.editor).get(copy_of(document))
    assert response["Content-Disposition"].endswith('.bin"')
    assert response["Content-Type"] == "application/octet-stream"


def test_who_opens_it(desk):
    document = DocumentFactory(archived_by=desk.reporter)
    assert Client().get(copy_of(document)).status_code == 302
    assert at_the_desk(StaffFactory(username="m", roles=["moderator"])).get(copy_of(document)).status_code == 403
    left = StaffFactory(username="left", roles=["editor"])
    left.is_staff = False
    left.save()
    assert at_the_desk(left).get(copy_of(document)).status_code == 403
    assert at_the_desk(desk.reporter).post(copy_of(document)).status_code == 405
    assert at_the_desk(desk.reporter).get("/desk/stories/documents/999999/copy/").status_code == 404
    (document.copy.storage.base_location / document.copy.name).unlink()
    assert at_the_desk(desk.reporter).get(copy_of(document)).status_code == 404


@pytest.mark.parametrize("size", [2, 100, 8192])
def test_text_cut_within_a_character_is_text(size):
    assert kind_of(("a" * (size - 1) + "가").encode()[:size]).media_type == "text/plain"
