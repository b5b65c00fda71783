"""A protected source is seen by those only who may see it; others learn that it is there."""

import pytest

from claims.review.content import candidate
from tests import desk_work

from .pages import at, claim_page, form_of, row, words_of

pytestmark = pytest.mark.django_db

NAME = "Letter from the harbour master’s clerk"
PLACEHOLDER = "one protected source, first-hand witness"


@pytest.fixture
def protected(reviewer):
    return desk_work.source(
        reviewer,
        title=NAME,
        kind="testimony",
        access="protected",
        access_reason="Their safety.",
        placeholder=PLACEHOLDER,
    )


@pytest.fixture
def claim(draft, protected, reviewer):
    desk_work.evidence(
        draft, reviewer, source=protected, exact="I saw it from the office.", language="en"
    )
    return draft


def test_it_is_not_listed_opened_searched_or_suggested(desk, protected, contributor):
    client = desk(contributor)
    assert NAME not in words_of(client.get(at("sources_source_changelist")))
    assert NAME not in words_of(client.get(at("sources_source_changelist"), {"q": "harbour"}))
    opened = client.get(at("sources_source_change", protected.pk), follow=True)
    assert NAME not in words_of(opened)
    suggested = client.get(
        at("autocomplete"),
        {"app_label": "claims", "model_name": "evidence", "field_name": "source", "term": ""},
    )
    assert suggested.json()["results"] == []


def test_whoever_may_see_it_works_with_it(desk, claim, protected, reviewer):
    client = desk(reviewer)
    assert NAME in words_of(client.get(at("sources_source_changelist")))
    assert "I saw it from the office." in client.get(claim_page(claim)).content.decode()


@pytest.mark.parametrize("person", ["contributor", "administrator"])
def test_others_see_its_placeholder_on_the_page_of_a_claim(request, desk, claim, person):
    page = desk(request.getfixturevalue(person)).get(claim_page(claim))
    words = words_of(page)
    assert PLACEHOLDER in words
    assert NAME not in page.content.decode()
    assert "I saw it from the office." not in page.content.decode()


def test_saving_a_claim_leaves_evidence_that_one_may_not_see_alone(desk, claim, contributor):
    client = desk(contributor)
    before = candidate(claim).document["evidence"]
    typed = form_of(client.get(claim_page(claim))) | {"wanted": "A record."}
    assert client.post(claim_page(claim), typed).status_code == 302
    assert candidate(claim).document["evidence"] == before


def test_it_cannot_be_cited_by_guessing_its_number(desk, draft, protected, contributor):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft))) | {"evidence-0-source": protected.pk}
    answer = client.post(claim_page(draft), typed)
    assert "That choice is not one of the available choices." in words_of(answer)
    assert NAME not in answer.content.decode()


def test_it_is_not_shown_as_the_origin_of_another_source(desk, protected, reviewer, contributor):
    from sources.acting import acting

    report = desk_work.source(contributor, title="Harbour closed")
    with acting(reviewer):
        report.derived_from.create(parent=protected, kind="quotes")
    assert NAME in words_of(desk(reviewer).get(at("sources_source_change", report.pk)))
    page = desk(contributor).get(at("sources_source_change", report.pk))
    assert "Harbour closed" in page.content.decode()
    assert NAME not in page.content.decode()


def test_the_preview_shows_the_placeholder_to_everybody(desk, claim, reviewer):
    page = desk(reviewer).get(at("claims_claim_preview", claim.pk)).content.decode()
    assert PLACEHOLDER in page.lower()
    assert NAME not in page
    assert "I saw it from the office." not in page


def test_the_history_of_what_cites_it_does_not_name_it(
    desk, draft, protected, reviewer, contributor
):
    client = desk(reviewer)
    typed = form_of(client.get(claim_page(draft))) | {"evidence-0-source": protected.pk}
    client.post(claim_page(draft), typed)
    report = desk_work.source(contributor, title="Harbour closed")
    page = at("sources_source_change", report.pk)
    origin = {"derived_from-TOTAL_FORMS": "1"} | row(
        "derived_from", 0, parent=protected.pk, kind="quotes", certainty="confirmed"
    )
    assert client.post(page, form_of(client.get(page)) | origin).status_code == 302

    for history in (
        at("claims_claim_history", draft.pk),
        at("sources_source_history", report.pk),
    ):
        told = words_of(desk(contributor).get(history))
        assert "reviewer" in told
        assert f"From a protected source that you may not see: {PLACEHOLDER}" in told
        assert NAME not in told
