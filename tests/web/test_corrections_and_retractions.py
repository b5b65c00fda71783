"""What was cited stays at its address, and what became of it is said beside it."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from claims.choices import ChangeKind
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

WRONG = "The harbour of Port Example (an invented place) closed for three days."
RIGHT = "The harbour of Port Example (an invented place) closed for two days."
NOTE = "Was: Three days.\nIs: Two days.\nWhy: The order says two."
TOLD = "What was Three days. What is Two days. Why The order says two."


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement=WRONG)
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def corrected(claim, contributor, reviewer, publisher):
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=NOTE)
    desk.change(claim, contributor, statement=RIGHT)
    desk.publish(claim, reviewer, publisher)
    return f"/claims/{claim.ref}/"


@pytest.fixture
def retracted(claim, publisher):
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    return f"/claims/{claim.ref}/"


def today() -> str:
    return date_format(timezone.now(), "j F Y")


def test_the_latest_edition_says_what_was_corrected(corrected, read):
    page = read(corrected)
    assert RIGHT in page
    assert f"Edition 2, {today()}, corrected: something was wrong. {TOLD}" in page


def test_a_corrected_edition_keeps_its_words_under_a_banner_that_leads_on(corrected, read, visitor):
    page = read(f"{corrected}v1/")
    assert WRONG in page
    assert "This edition is not the latest." in page
    assert f"corrected: something was wrong. {TOLD}" in page
    assert (
        f'<a href="{corrected}">Go to edition 2</a>'
        in visitor.get(f"{corrected}v1/").content.decode()
    )


def test_the_latest_edition_has_no_banner_at_its_own_address(corrected, read):
    assert "not the latest" not in read(f"{corrected}v2/")


def test_every_edition_is_listed_on_each(corrected, visitor):
    for path in (corrected, f"{corrected}v1/"):
        page = visitor.get(path).content.decode()
        assert f'href="{corrected}v1/"' in page
        assert f'href="{corrected}v2/"' in page


def test_a_retracted_claim_is_gone_and_says_why_with_what_was_cited(retracted, visitor, read):
    assert visitor.get(retracted).status_code == 410
    page = read(retracted)
    assert "It was about another town." in page
    assert f"The union: “{WRONG}” Retracted on {today()}. Factcheck, claim" in page
    assert f'href="{retracted}v1/"' in visitor.get(retracted).content.decode()


def test_a_retracted_claims_editions_stay_under_a_banner(retracted, visitor, read):
    assert visitor.get(f"{retracted}v1/").status_code == 200
    assert WRONG in read(f"{retracted}v1/")
    assert "This claim has been retracted." in read(f"{retracted}v1/")
    assert visitor.get(f"{retracted}v2/").status_code == 200


def test_a_retracted_claim_leaves_the_lists(retracted, read):
    assert WRONG not in read("/claims/")
    assert WRONG not in read("/")


def test_a_correction_stays_on_top_when_later_editions_follow(
    corrected, claim, contributor, reviewer, publisher, read
):
    revisions = ((ChangeKind.UPDATED, "More is known."), (ChangeKind.MINOR, "A comma."))
    for kind, note in revisions:
        workflow.revise(claim, by=contributor, kind=kind, note=note)
        desk.change(claim, contributor, wanted=note)
        desk.publish(claim, reviewer, publisher)
    lead = read(corrected).partition("Was it said?")[0]
    notes = ["A comma.", "More is known.", TOLD]
    assert [lead.count(note) for note in notes] == [1, 1, 1]
    assert sorted(notes, key=lead.index) == notes, "the newest comes first"

    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="Still more is known.")
    desk.publish(claim, reviewer, publisher)
    lead = read(corrected).partition("Was it said?")[0]
    assert "A comma." not in lead, "a minor edit is no news"
    assert TOLD in lead


def test_a_note_in_another_shape_is_printed_as_it_is(claim, contributor, read):
    from claims.review.content import candidate
    from claims.web.pages import claim_page
    from claims.web.printed import Publication
    from tests.web.test_preview import NOTHING_DERIVED

    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note="Three days were two.")
    document = candidate(claim).document
    page = claim_page(document, NOTHING_DERIVED, Publication(claim.ref))
    assert "<bdi>Three days were two.</bdi>" in page


def test_a_draft_with_a_correction_in_another_shape_is_not_submitted(claim, contributor):
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note="Three days were two.")
    with pytest.raises(workflow.ReviewError, match="says what was, what is, and why"):
        workflow.submit(claim, by=contributor)
