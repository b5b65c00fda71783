"""An edition as a document: what was published, to be kept, and to be checked without us."""

import hashlib
import re
import zlib
from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest
from django.core.cache import caches

from claims.choices import BearsOn, ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from sources.acting import acting
from sources.choices import Access
from sources.models import Source
from tests import desk_work as desk

PLACEHOLDER = "one protected source, first-hand witness"
SECRET = "Testimony of the harbour master"


@pytest.fixture
def opened(visitor):
    def open_at(path: str) -> pypdfium2.PdfDocument:
        answer = visitor.get(path)
        assert answer.status_code == 200, answer.content
        return pypdfium2.PdfDocument(BytesIO(answer.content))

    return open_at


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def unpacked(document: bytes) -> bytes:
    """All that is written in a document, the compressed parts too."""
    inside = document
    for packed in re.findall(rb"stream\r?\n(.*?)\nendstream", document, re.DOTALL):
        with suppress(zlib.error):
            inside += zlib.decompress(packed)
    return inside


def whole(pdf: pypdfium2.PdfDocument) -> str:
    return " ".join(words(page) for page in pdf)


def test_it_holds_what_was_said_what_was_found_and_on_what(example, opened):
    text = whole(opened(f"{example('C3')}v1.pdf"))
    for part in (
        "Azawad Liberation Front (FLA) · armed group, party to the conflict says: The soldiers",
        "Was it said? Single report",
        "Is it so? Insufficient evidence",
        "1 report · 1 party statement · 0 independent origins",
        "“at least 24 civilians” (killed, civilians) At least 24; no upper figure given.",
        "Mali Probes Alleged Soldier-Killing of Civilians",
        "“coolly executed”",
        "Nothing on file bears on whether it is so.",
        "“Monday”; which day is not known",
    ):
        assert part in text


@pytest.mark.parametrize("key", ["C3", "C7", "B5"])
def test_citation_version_address_and_digest_stand_on_every_page(example, opened, key):
    path = example(key)
    edition = Edition.objects.get(ref=path.split("/")[2])
    pdf = opened(f"{path}v1.pdf")
    for number, page in enumerate(pdf, 1):
        foot = words(page)
        assert f"Factcheck, claim {edition.ref}, edition 1, " in foot
        assert f"http://testserver{path}v1/" in foot
        assert f"SHA-256 {edition.digest}" in foot
        assert f"{number} / {len(pdf)}" in foot
        assert "“" in foot


def test_the_whole_citation_is_in_it(example, opened):
    text = whole(opened(f"{example('C7')}v1.pdf"))
    assert re.search(
        r"Cite this General Oumar Diarra: “The allegations are “baseless”\.” Was it said\? Single "
        r"report\. Is it so\? Not checkable\. Factcheck, claim \w{8}, edition 1, [^.]+\. http",
        text,
    )


def test_whoever_has_the_file_can_check_the_digest_without_us(example, opened):
    path = example("C3")
    edition = Edition.objects.get(ref=path.split("/")[2])
    pdf = opened(f"{path}v1.pdf")
    assert pdf.count_attachments() == 1
    attached = pdf.get_attachment(0)
    assert attached.get_name() == f"{edition.ref}-v1.json"
    data = bytes(attached.get_data())
    assert data == edition.content.encode()
    assert hashlib.sha256(data).hexdigest() == edition.digest


def test_it_is_tagged_titled_and_says_its_language(example, visitor, opened):
    path = f"{example('C3')}v1.pdf"
    pdf = opened(path)
    assert pdf.is_tagged()
    assert pdf.get_metadata_dict()["Title"].startswith("Azawad Liberation Front (FLA): The")
    assert pdf.get_version() == 17
    inside = unpacked(visitor.get(path).content)
    assert re.search(rb"pdfuaid:part(>|=\")1", inside)
    assert b"/Lang (en)" in inside


def test_it_says_nothing_of_today(example, opened):
    text = whole(opened(f"{example('C3')}v1.pdf"))
    assert "Denied" not in text
    assert "No dispute on file" not in text
    assert f"is told at http://testserver{example('C3')}." in text


def test_the_claim_that_denies_says_so_since_that_is_part_of_its_edition(example, opened):
    text = whole(opened(f"{example('C7')}v1.pdf"))
    assert f"This claim denies claim {example('C3').split('/')[2]}" in text


def test_it_says_the_same_whenever_it_is_drawn_and_may_be_kept_for_good(example, visitor):
    path = f"{example('C3')}v1.pdf"
    answer = visitor.get(path)
    caches["drawn"].clear()
    first, again = (
        pypdfium2.PdfDocument(BytesIO(one.content)) for one in (answer, visitor.get(path))
    )
    assert whole(again) == whole(first)
    assert again.get_metadata_dict() == first.get_metadata_dict()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
    assert "Vary" not in answer
    assert not answer.cookies


def test_it_costs_two_questions_held_or_not(example, visitor, django_assert_num_queries):
    path = f"{example('C3')}v1.pdf"
    with django_assert_num_queries(2):
        tag = visitor.get(path)["ETag"]
    with django_assert_num_queries(2):  # what is held may have been redacted since
        assert visitor.get(path, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/claims/00000000/v1.pdf", "C3v2.pdf", "C3v0.pdf"])
def test_there_is_none_of_what_was_never_published(example, visitor, path):
    assert visitor.get(path.replace("C3", example("C3"))).status_code == 404


@pytest.mark.django_db
def test_a_correction_is_told_in_its_three_parts(contributor, reviewer, publisher, opened):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    desk.change(claim, contributor, statement="They stopped work for two days.")
    desk.publish(claim, reviewer, publisher)
    text = whole(opened(f"/claims/{claim.ref}/v2.pdf"))
    for part in ("Corrected: something was wrong.", "Three days.", "Two days.", "We misread"):
        assert part in text
    assert "Three days." not in whole(opened(f"/claims/{claim.ref}/v1.pdf"))


@pytest.mark.django_db
def test_the_notice_of_a_retraction_is_a_document_too(contributor, reviewer, publisher, opened):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    text = whole(opened(f"/claims/{claim.ref}/v2.pdf"))
    assert "We have withdrawn this claim. It was about another town." in text
    assert "What stood here The union: The dockers of Port Example stopped work." in text
    assert re.search(r"Cite this The union: “The dockers[^”]+” Retracted", text)


@pytest.mark.django_db
def test_of_a_protected_source_it_holds_the_placeholder_and_nothing_else(
    contributor, reviewer, publisher, opened
):
    claim = desk.draft(contributor)
    with acting(contributor):
        hidden = Source.objects.create(
            kind="testimony",
            title=SECRET,
            access=Access.PROTECTED,
            access_reason="The witness would be in danger.",
            placeholder=PLACEHOLDER,
            created_by=contributor,
        )
    desk.evidence(claim, contributor, source=hidden, bears_on=BearsOn.CONTENT)
    desk.publish(claim, reviewer, publisher)
    pdf = opened(f"/claims/{claim.ref}/v1.pdf")
    assert PLACEHOLDER.capitalize() in whole(pdf)
    assert SECRET not in whole(pdf)
    assert SECRET.encode() not in bytes(pdf.get_attachment(0).get_data())


@pytest.mark.django_db
def test_arabic_is_laid_out_from_right_to_left_with_its_latin_words_in_order(
    contributor, reviewer, publisher, opened
):
    said = "أُغلق ميناء مثال (PORT)"
    claim = desk.draft(contributor, statement=said, language="ar")
    desk.publish(claim, reviewer, publisher)
    page = opened(f"/claims/{claim.ref}/v1.pdf")[0].get_textpage()

    def left_of(words: str) -> float:
        index, _length = page.search(words).get_next()
        return page.get_charbox(index)[0]

    assert left_of("PORT") < left_of("ث"), "what is read last stands at the left"
