"""A claim that was merged into another one, as partners read it."""

import json

import jsonschema
import pytest

from claims.editions.models import PublishedClaim
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

REASON = "Both say that work stopped."


@pytest.fixture
def survivor(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement="Work in Port Example stopped.")
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def merged(contributor, reviewer, publisher, survivor):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    return claim


@pytest.fixture
def described(partner):
    """Whether an answer is what the description says of this address and status."""
    document = json.loads(partner.get("/api/schema/", {"format": "json"}).content)

    def check(path, answer):
        told = document["paths"][path]["get"]["responses"][str(answer.status_code)]
        schema = told["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator(
            {**schema, "components": document["components"]}
        )
        assert list(validator.iter_errors(answer.json())) == []
        return answer.json()

    return check


def test_it_is_gone_and_says_where_to_go_on(partner, merged, survivor, described):
    answer = partner.get(f"/api/v1/claims/{merged.ref}/")
    assert answer.status_code == 410
    item = described("/api/v1/claims/{ref}/", answer)
    assert item["kind"] == "merged"
    assert item["content"]["into"] == survivor.ref
    assert item["content"]["reason"] == REASON
    assert item["content"]["citation"]["statement"] == merged.statement
    assert item["derived"]["merged_into"]["ref"] == survivor.ref
    held = partner.get(f"/api/v1/claims/{merged.ref}/", headers={"if-none-match": "*"})
    assert held.status_code == 410, "gone is said every time"


def test_the_survivor_says_what_was_merged_into_it(partner, merged, survivor, described):
    item = described("/api/v1/claims/{ref}/", partner.get(f"/api/v1/claims/{survivor.ref}/"))
    [here] = item["derived"]["merged_here"]
    assert (here["ref"], here["edition"], here["reason"]) == (merged.ref, 2, REASON)
    assert item["derived"]["merged_into"] is None


def test_a_merge_changes_the_survivors_entity_tag(contributor, reviewer, publisher, survivor):
    before = PublishedClaim.objects.get(ref=survivor.ref).etag
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    assert PublishedClaim.objects.get(ref=survivor.ref).etag == before
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    assert PublishedClaim.objects.get(ref=survivor.ref).etag != before


def test_it_leaves_the_list_and_the_changes_tell(partner, merged, survivor, described):
    listed = described("/api/v1/claims/", partner.get("/api/v1/claims/"))["items"]
    assert [item["ref"] for item in listed] == [survivor.ref]
    page = described("/api/v1/changes/", partner.get("/api/v1/changes/", {"include": "content"}))
    assert [(item["ref"], item["op"]) for item in page["items"]][-1] == (merged.ref, "merged")
    assert page["items"][-1]["content"]["into"] == survivor.ref


def test_its_editions_can_still_be_read(partner, merged, described):
    page = described(
        "/api/v1/claims/{ref}/editions/", partner.get(f"/api/v1/claims/{merged.ref}/editions/")
    )
    assert [item["kind"] for item in page["items"]] == ["published", "merged"]
    for number in (1, 2):
        address = f"/api/v1/claims/{merged.ref}/editions/{number}/"
        described("/api/v1/claims/{ref}/editions/{number}/", partner.get(address))
