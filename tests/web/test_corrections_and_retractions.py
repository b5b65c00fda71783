"""What was cited stays at its address, and what became of it is said beside it."""

import pytest

from claims.choices import ChangeKind
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

WRONG = "The harbour of Port Example (an invented place) closed for three days."
RIGHT = "The harbour of Port Example (an invented place) closed for two days."
NOTE = "We wrote three days; the order says two."


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


def test_the_latest_edition_says_what_was_corrected(corrected, read):
    page = read(corrected)
    assert RIGHT in page
    assert f"Edition 2, corrected: something was wrong. {NOTE}" in page


def test_a_corrected_edition_keeps_its_words_under_a_banner_that_leads_on(corrected, read, visitor):
    page = read(f"{corrected}v1/")
    assert WRONG in page
    assert "This edition is not the latest." in page
    assert f"corrected: something was wrong. {NOTE}" in page
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
    assert f"The union: “{WRONG}” Retracted. Factcheck, claim" in page
    assert f'href="{retracted}v1/"' in visitor.get(retracted).content.decode()


def test_a_retracted_claims_editions_stay_under_a_banner(retracted, visitor, read):
    assert visitor.get(f"{retracted}v1/").status_code == 200
    assert WRONG in read(f"{retracted}v1/")
    assert "This claim has been retracted." in read(f"{retracted}v1/")
    assert visitor.get(f"{retracted}v2/").status_code == 200


def test_a_retracted_claim_leaves_the_lists(retracted, read):
    assert WRONG not in read("/claims/")
    assert WRONG not in read("/")
