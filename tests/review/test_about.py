"""Whom a claim is about: a row of the claim like its figures, and what follows from it."""

import pytest
from django.db import IntegrityError

from claims.choices import ChangeKind, Harm
from claims.review import workflow
from claims.review.checklist import contributes
from claims.review.content import candidate
from claims.review.warnings import warnings
from claims.review.workflow import ReviewError
from sources.acting import acting
from sources.models import AgentMerge, Change
from tests import desk_work as desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(contributor):
    return desk.speaker(contributor, name="The port", language="en")


@pytest.fixture
def claim(contributor, port):
    claim = desk.draft(contributor, harm=Harm.SERIOUS)
    with acting(contributor):
        claim.about.create(agent=port)
    return claim


def about(claim):
    return [item["name"] for item in candidate(claim).document["about"]]


def merge(merged, into, by):
    with acting(by):
        AgentMerge.objects.create(merged=merged, into=into, reason="Entered twice.", merged_by=by)


def test_the_content_says_whom_the_claim_is_about_in_the_order_of_entry(claim, contributor):
    town = desk.speaker(contributor, name="A town")
    with acting(contributor):
        claim.about.create(agent=town)
    assert about(claim) == ["The port", "A town"]


def test_nobody_is_entered_twice(claim, port, contributor):
    with pytest.raises(IntegrityError, match="about_once"), acting(contributor):
        claim.about.create(agent=port)


def test_it_is_locked_while_the_claim_is_in_review(claim, port, contributor):
    workflow.submit(claim, by=contributor)
    with pytest.raises(IntegrityError, match="is in review"), acting(contributor):
        claim.about.all().delete()


def test_whoever_enters_it_has_contributed(claim, reviewer):
    assert not contributes(claim, reviewer)
    other = desk.speaker(reviewer, name="A town")
    with acting(reviewer):
        claim.about.create(agent=other)
    assert contributes(claim, reviewer)


def test_whoever_renames_an_agent_has_contributed_to_what_is_said_about_it(claim, port, reviewer):
    with acting(reviewer):
        port.name = "The harbour"
        port.save()
    assert contributes(claim, reviewer)


def test_whoever_renames_an_organisation_has_contributed_to_its_members_claims(
    contributor, reviewer
):
    member = desk.speaker(contributor, name="A docker")
    union = desk.speaker(contributor, name="The union")
    with acting(contributor):
        member.affiliations.create(organisation=union, role="speaker")
    claim = desk.draft(contributor, claimant=member)
    with acting(reviewer):
        union.name = "The dockers' union"
        union.save()
    assert candidate(claim).document["claimant"]["roles"][0]["organisation"]["name"] == union.name
    assert contributes(claim, reviewer)


def test_it_has_a_history(claim, port):
    change = Change.objects.get(table_name="claims_about")
    assert (change.whole_table, change.whole_id) == ("claims_claim", claim.pk)
    assert change.after["agent_id"] == port.pk


def test_a_merge_of_agents_leads_to_the_survivor_also_while_the_claim_is_in_review(
    claim, port, contributor, reviewer
):
    harbour = desk.speaker(contributor, name="The harbour")
    workflow.submit(claim, by=contributor)
    merge(port, harbour, reviewer)
    assert about(claim) == ["The harbour"]


def test_a_claim_about_two_who_are_one_is_about_one(claim, port, contributor, reviewer):
    harbour = desk.speaker(contributor, name="The harbour")
    with acting(contributor):
        claim.about.create(agent=harbour)
    workflow.submit(claim, by=contributor)
    merge(port, harbour, reviewer)
    assert about(claim) == ["The harbour"]


def test_a_claim_cannot_be_about_somebody_who_was_merged(claim, port, contributor, reviewer):
    merged = desk.speaker(contributor, name="The harbour")
    merge(merged, port, reviewer)
    with pytest.raises(IntegrityError, match="choose the one that stands"), acting(contributor):
        claim.about.create(agent=merged)


def test_an_agent_that_an_edition_is_about_stays_on_file(claim, port, reviewer, publisher):
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=reviewer, kind=ChangeKind.UPDATED, note="About nobody.")
    with acting(reviewer):
        claim.about.all().delete()
    with pytest.raises(IntegrityError, match="mentions this"), acting(reviewer):
        port.delete()


def test_another_agent_is_more_than_a_minor_edit(claim, contributor, reviewer, publisher):
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.MINOR, note="A comma.")
    with acting(contributor):
        claim.about.all().delete()
    with pytest.raises(ReviewError, match="minor edit leaves"):
        workflow.submit(claim, by=contributor)


def test_the_part_that_is_split_off_is_about_the_same(claim, contributor):
    part = workflow.split(claim, by=contributor, statement="They marched.", reason="Two things.")
    assert about(part) == ["The port"]


def test_whoever_it_is_about_is_asked_for_a_reply_whatever_the_statement_names(claim, contributor):
    desk.speaker(contributor, name="dockers", party=True)
    said = [item.text for item in warnings(claim, candidate(claim).document)]
    assert said == ["It is about The port, who has not been asked for a reply."]
