"""The preview is the page that readers will get, and the only page that may stand in a frame."""

import json

import pytest

from claims.admin.preview import derived
from claims.editions.models import PublishedClaim
from claims.review import workflow
from claims.review.content import candidate
from sources.acting import acting
from tests import desk_work

from .pages import at, claim_page, move_page, words_of

pytestmark = pytest.mark.django_db


def related(by, source, relation, target):
    with acting(by):
        source.relations.create(relation=relation, target=target)


def test_what_it_says_of_other_claims_is_what_the_record_will_say(contributor, reviewer, publisher):
    """Before and after publication, for a claim in the middle of a dispute."""
    first = desk_work.draft(contributor, statement="They stopped.")
    answer = desk_work.draft(contributor, statement="They did not.", aspect="denial")
    last = desk_work.draft(contributor, statement="They did, twice.")
    related(contributor, answer, "denies", first)
    related(contributor, answer, "responds_to", first)
    related(contributor, last, "rebuts", answer)
    desk_work.publish(first, reviewer, publisher)
    desk_work.publish(last, reviewer, publisher)

    foreseen = derived(candidate(answer))
    desk_work.publish(answer, reviewer, publisher)
    said = json.loads(PublishedClaim.objects.get(ref=answer.ref).derived)

    assert foreseen["disputed"] is said["disputed"] is True
    assert len(said["dispute_set"]) == 3
    del foreseen["editions"], said["editions"]
    assert foreseen == said


def test_a_revision_is_shown_beside_what_is_public_now(contributor, reviewer, publisher):
    first = desk_work.draft(contributor, statement="They stopped.")
    answer = desk_work.draft(contributor, statement="They did not.", aspect="denial")
    related(contributor, answer, "denies", first)
    for claim in (first, answer):
        desk_work.publish(claim, reviewer, publisher)
    workflow.revise(answer, by=contributor, kind="corrected", note="It is about pay alone.")
    with acting(contributor):
        answer.relations.all().delete()

    foreseen = derived(candidate(answer))
    assert foreseen["dispute_set"] == foreseen["outgoing"] == []
    assert [one["number"] for one in foreseen["editions"]] == [1]


def test_it_is_the_public_page_with_a_band_that_says_so(
    desk, visitor, draft, contributor, reviewer, publisher
):
    preview = words_of(desk(contributor).get(at("claims_claim_preview", draft.pk)))
    assert "Not published." in preview
    assert candidate(draft).digest in preview
    desk_work.publish(draft, reviewer, publisher)
    public = words_of(visitor.get(f"/claims/{draft.ref}/"))
    heart = preview[preview.index("Was it said?") : preview.index("What it rests on")]
    assert heart in public


def test_it_may_stand_in_a_frame_of_the_desk_and_nothing_else_may(desk, in_review, reviewer):
    client = desk(reviewer)
    preview = client.get(at("claims_claim_preview", in_review.pk))
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = preview.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy
    for address in (claim_page(in_review), move_page(in_review, "approve")):
        page = client.get(address)
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_nobody_outside_the_desk_can_open_it(visitor, draft):
    answer = visitor.get(at("claims_claim_preview", draft.pk))
    assert answer.headers["location"].startswith(at("login"))


def test_a_draft_that_is_not_finished_can_be_previewed(desk, contributor):
    with acting(contributor):
        from claims.models import Claim

        bare = Claim.objects.create(
            statement="Not yet.", voice="publisher", aspect="context", created_by=contributor
        )
    page = desk(contributor).get(at("claims_claim_preview", bare.pk))
    assert page.status_code == 200
    assert "Not yet." in words_of(page)
