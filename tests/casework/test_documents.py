"""A file is taken by its size and content, whatever its name says, and given back as a download."""

import hashlib
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.models import Document

PDF = b"%PDF-1.7\nintyg"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20


@pytest.fixture
def case(town):
    return town.opened()


def send(client, case, content, name="intyg.pdf", title="Intyg"):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(
        f"/arenden/{case.number}/dokument/",
        {"token": str(uuid4()), "title": title, "file": file},
    )


@pytest.fixture
def client(case, town, log_in):
    return log_in(town.user(Role.COACH))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "intyg.pdf", "application/pdf"),
        (PNG, "Bild.PNG", "image/png"),
        (JPEG, "foto.jpeg", "image/jpeg"),
    ],
)
def test_the_kind_is_that_of_the_content(content, name, kind, client, case):
    assert send(client, case, content, name).status_code == 302
    kept = Document.objects.get()
    assert (kept.content_type, kept.size) == (kind, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    with kept.file.open("rb") as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "intyg.pdf"),
        (PNG, "intyg.pdf"),
        (PDF, "intyg.html"),
        (PDF, "intyg.pdf.exe"),
        (PDF, "intyg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bild.svg"),
        (b"PK\x03\x04", "intyg.docx"),
        (b" %PDF-1.7", "intyg.pdf"),
        (b"", "intyg.pdf"),
    ],
)
def test_other_files_are_refused_with_a_sentence(content, name, client, case):
    answer = send(client, case, content, name)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("Bara pdf, png och jpeg tas emot." if content else "filen är tom") in page
    assert 'value="Intyg"' in page  # the title is not lost
    assert not Document.objects.exists()


def test_a_file_that_is_too_large_is_refused(client, case, settings):
    settings.DOCUMENT_MAX_BYTES = 100
    assert send(client, case, PDF + b"x" * (101 - len(PDF))).status_code == 422
    assert send(client, case, PDF + b"x" * (100 - len(PDF))).status_code == 302


def test_the_name_in_the_store_is_ours_whatever_was_sent(client, case, settings):
    assert send(client, case, PDF, "../../etc/Evas läkarintyg.pdf").status_code == 302
    kept = Document.objects.get()
    assert str(kept.ref) in kept.file.name
    assert "intyg" not in kept.file.name.lower()
    assert kept.file.path.startswith(str(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    "title", ["Intyg", 'Eva "Intyg"; x=1', "Läkarintyg åäö", "rad ett\r\nSet-Cookie: x=1", "a/b\\c"]
)
def test_it_comes_back_as_a_download_and_is_logged(title, client, case):
    assert send(client, case, PDF, title=title).status_code == 302
    answer = client.get(f"/dokument/{Document.objects.get().ref}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert "Set-Cookie" not in answer
    entry = Entry.objects.filter(action="document.view").get()
    assert entry.subject_ref == case.person.ref


def test_what_is_not_ones_own_to_add_to_is_refused(case, town, log_in):
    assert send(log_in(town.user(Role.COACH, name="Mona")), case, PDF).status_code == 403
    assert send(log_in(town.user(Role.COACH, "south")), case, PDF).status_code == 404
    assert not Document.objects.exists()


def test_the_file_has_no_address_of_its_own(client, case, settings):
    send(client, case, PDF)
    name = Document.objects.get().file.name
    for url in (f"/media/{name}", f"/{name}", f"/static/{name}"):
        assert client.get(url).status_code == 404
