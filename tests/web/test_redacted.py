"""What was taken out of the record is nowhere to be read, and wherever it was, readers are told."""

import json

import pytest
from django.conf import settings
from django.test import Client

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from sources.acting import acting
from tests import desk_work as desk

from .conftest import words

pytestmark = pytest.mark.django_db

SECRET = "Maryam of the harbour clinic"
REASON = "A name was taken out that puts somebody in danger."
FORMS = ("json", "content.json", "jsonld", "csl.json", "bib", "ris", "pdf")


@pytest.fixture
def claim(contributor, reviewer, publisher):
    """Named somebody in its first edition, in every part of it; the second does not."""
    nurse = desk.source(contributor, title=f"Interview with {SECRET}", language="en")
    claim = desk.draft(contributor, statement=f"{SECRET} says the dockers stopped work.")
    piece = desk.evidence(claim, contributor, source=nurse, exact=f"I, {SECRET}", language="en")
    desk.assess(claim, contributor, rationale=f"{SECRET} was there.")
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="We name nobody now.")
    desk.change(claim, contributor, statement="The dockers stopped work.")
    with acting(contributor):
        piece.delete()
    desk.assess(claim, contributor, rationale="A witness was there.")
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def seen(claim):
    """Every address at which something of the first edition could be read."""
    ref = claim.ref
    first = f"/claims/{ref}/v1"
    digest = Edition.objects.get(ref=ref, number=1).digest
    return [
        f"/claims/{ref}/",
        f"{first}/",
        *(f"{first}.{form}" for form in FORMS),
        f"{first}/card.png",
        f"{first}/embed/",
        f"/claims/{ref}/compare/1/2/",
        f"/claims/{ref}/embed/",
        f"/claims/{ref}/timemap/",
        f"/oembed/?url={settings.SITE_URL}{first}/",
        *("/", "/claims/", "/claims/?q=Maryam", "/corrections/", "/agents/", "/sitemap.xml"),
        *(
            f"/{feed}/feed.{form}"
            for feed in ("claims", "corrections")
            for form in ("atom", "json")
        ),
        f"/agents/{claim.claimant.ref}/",
        f"/api/v1/claims/{ref}/",
        "/api/v1/claims/",
        f"/api/v1/claims/{ref}/editions/?include=content",
        f"/api/v1/claims/{ref}/editions/1/",
        "/api/v1/changes/?include=content",
        f"/api/v1/editions/{digest}/",
    ]


@pytest.fixture
def redacted(claim, seen, reviewer, publisher, django_capture_on_commit_callbacks):
    """The redaction, after everything was asked for once; and the answers of before."""
    before = {address: Client().get(address) for address in seen}
    told = [address for address, answer in before.items() if SECRET.encode() in body(answer)]
    assert f"/claims/{claim.ref}/v1/" in told
    assert f"/claims/{claim.ref}/v1.bib" in told
    with django_capture_on_commit_callbacks(execute=True):
        workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
        desk.publish(claim, reviewer, publisher)
    return before


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_nothing_of_it_is_found_at_any_address(claim, seen, redacted):
    for address in seen:
        for accept in ("text/html", "application/json", "application/ld+json", "*/*"):
            answer = Client().get(address, headers={"accept": accept})
            assert SECRET.encode() not in body(answer), address
            assert answer.status_code < 500, address


def test_whoever_holds_a_copy_is_not_told_that_it_is_still_good(claim, seen, redacted):
    for address in seen:
        tag = redacted[address].headers.get("ETag")
        if tag and SECRET.encode() in body(redacted[address]):
            answer = Client().get(address, headers={"if-none-match": tag})
            assert answer.status_code != 304, address


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_it_is_gone(claim, redacted, form):
    answer = Client().get(f"/claims/{claim.ref}/v1.{form}")
    assert answer.status_code == 410
    assert "immutable" not in answer.headers["Cache-Control"]
    assert REASON in answer.content.decode()
    if form.endswith(("json", "jsonld")):
        assert json.loads(answer.content)["schema"] == "factcheck-redaction-1"


def test_its_page_says_which_edition_when_why_and_what_stands_now(claim, redacted):
    answer = Client().get(f"/claims/{claim.ref}/v1/")
    said = words(answer.content)
    assert answer.status_code == 410
    assert "We have taken out what this edition said." in said
    assert REASON in said
    assert "by edition 3" in said
    assert "The union: The dockers stopped work." in said


def test_a_comparison_with_it_is_gone_and_the_others_stay(claim, redacted):
    assert Client().get(f"/claims/{claim.ref}/compare/1/3/").status_code == 410
    assert Client().get(f"/claims/{claim.ref}/compare/2/3/").status_code == 200


def test_a_card_of_it_stays_visible_and_says_so(claim, redacted):
    answer = Client().get(f"/claims/{claim.ref}/v1/embed/")
    assert answer.status_code == 200
    assert REASON in words(answer.content)


def test_oembed_offers_no_card_of_it(claim, redacted):
    page = f"{settings.SITE_URL}/claims/{claim.ref}/v1/"
    answer = Client().get("/oembed/", {"url": page})
    assert answer.status_code == 410
    assert REASON in answer.content.decode()


def test_the_log_of_corrections_tells_of_it(claim, redacted):
    said = words(Client().get("/corrections/").content)
    assert "Earlier editions taken out" in said
    assert REASON in said


def test_the_claims_page_lists_the_edition_as_taken_out(claim, redacted):
    said = words(Client().get(f"/claims/{claim.ref}/").content)
    assert "Its content was taken out by edition 3." in said


def test_the_time_of_the_edition_still_leads_to_its_notice(claim, redacted):
    moment = Client().get(f"/claims/{claim.ref}/timemap/").content.decode()
    assert f"/claims/{claim.ref}/v1/" in moment


def test_a_notice_of_a_withdrawal_is_read_also_when_what_it_cites_is_gone(
    claim, reviewer, publisher
):
    workflow.retract(claim, by=publisher, reason="It was never said.")
    workflow.redact(claim, editions=[1, 2], by=publisher, reason=REASON)
    desk.publish(claim, reviewer, publisher)
    for number, status in ((1, 410), (2, 410), (3, 200), (4, 200), (5, 200)):
        for address in (f"/claims/{claim.ref}/v{number}/", f"/claims/{claim.ref}/v{number}.jsonld"):
            assert Client().get(address).status_code == status, address
    assert Client().get(f"/claims/{claim.ref}/").status_code == 410
