"""From "somebody said X" to a public page, and nothing but the admin on the way."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim, Move
from sources.models import Agent, Source

from .pages import at, claim_page, form_of, make_move, row, status, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(desk: Callable[[User], Client], contributor: User) -> Claim:
    """A claim with a new claimant and a new source, all of it typed into the admin."""
    client = desk(contributor)
    agents = at("sources_agent_add")
    client.post(
        agents,
        form_of(client.get(agents)) | {"name": "The union", "kind": "organisation"},
    )
    sources = at("sources_source_add")
    client.post(
        sources,
        form_of(client.get(sources))
        | {"title": "Strike called", "kind": "article", "language": "en"},
    )
    add = at("claims_claim_add")
    typed = form_of(client.get(add)) | {
        "statement": "The dockers stopped work.",
        "claimant": Agent.objects.get().pk,
        "aspect": "occurrence",
        "harm": "ordinary",
        **row("evidence", 0, source=Source.objects.get().pk, exact="We stopped.", language="en"),
        **row(
            "assessments",
            0,
            attribution=status("single_report"),
            finding=status("insufficient_evidence"),
            rationale="One report, no record.",
        ),
    }
    saved = client.post(add, typed)
    claim = Claim.objects.get()
    assert saved.headers["location"] == claim_page(claim)
    return claim


def test_a_claim_with_a_new_source_goes_from_draft_to_its_public_page(
    desk, visitor, draft, contributor, reviewer, publisher
):
    assert make_move(desk(contributor), draft, "submit").status_code == 200
    assert draft.state == State.IN_REVIEW
    make_move(desk(reviewer), draft, "approve")
    assert draft.state == State.APPROVED
    make_move(desk(publisher), draft, "publish")
    assert draft.state == State.PUBLISHED

    edition = Edition.objects.get(ref=draft.ref)
    assert "The dockers stopped work." in words_of(visitor.get(f"/claims/{draft.ref}/"))
    item = visitor.get(f"/api/v1/claims/{draft.ref}/").json()
    assert (item["digest"], item["content"]["statement"]) == (
        edition.digest,
        "The dockers stopped work.",
    )


def test_rows_are_entered_in_the_name_of_who_is_signed_in(draft, contributor):
    source = Source.objects.get()
    assert draft.created_by == source.created_by == contributor
    assert draft.assessments.get().assessed_by == contributor
    assert draft.contributions.get().user == contributor


def test_a_grave_claim_waits_for_a_second_reviewer(
    desk, draft, contributor, reviewer, reviewer_two
):
    client = desk(contributor)
    client.post(claim_page(draft), form_of(client.get(claim_page(draft))) | {"harm": "grave"})
    make_move(client, draft, "submit")

    make_move(desk(reviewer), draft, "approve")
    assert draft.state == State.IN_REVIEW
    review = words_of(desk(reviewer).get(at("claims_claim_move", draft.pk, "approve")))
    assert "You have approved this content. It waits for somebody else." in review

    make_move(desk(reviewer_two), draft, "approve")
    assert draft.state == State.APPROVED


def test_the_page_of_the_claim_tells_what_happened_in_plain_words(
    desk, draft, contributor, reviewer
):
    make_move(desk(contributor), draft, "submit", note="Please look at the quotation.")
    make_move(desk(reviewer), draft, "request_changes", note="Say who stopped.")
    make_move(desk(reviewer), draft, "comment", note="I can help with that.")

    words = words_of(desk(contributor).get(claim_page(draft)))
    assert "contributor submitted for review" in words
    assert "Please look at the quotation." in words
    assert "reviewer changes requested" in words
    assert "in review → draft" in words
    assert "reviewer commented" in words
    assert Move.objects.first().digest[:12] in words
