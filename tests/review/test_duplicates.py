"""Duplicates: writing the row that merges two is what points everything to the survivor."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import ForeignKey

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim, Event, EventMerge
from claims.review import checklist, workflow
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from sources.acting import acting
from sources.models import Affiliation, Agent, AgentMerge, Derivation, Source, SourceMerge
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

REASON = "Entered twice."
MERGES = {Agent: AgentMerge, Source: SourceMerge, Event: EventMerge}
# Columns that keep pointing to a merged row: what was said of it while it stood for itself.
STAY = {
    ("sources_agentname", "agent_id"),  # copied to the survivor
    ("sources_reliabilityrating", "agent_id"),
    ("sources_protectedview", "source_id"),
    *(
        (merge._meta.db_table, f"{end}_id")
        for merge in MERGES.values()
        for end in ("merged", "into")
    ),
}


def merge(merged, into, by) -> None:
    with acting(by):
        MERGES[type(merged)].objects.create(merged=merged, into=into, reason=REASON, merged_by=by)


def event(by, **facts) -> Event:
    with acting(by):
        return Event.objects.create(**{"label": "Reported strike"} | facts)


@pytest.fixture
def union(contributor) -> Agent:
    return desk.speaker(contributor, name="The union")


@pytest.fixture
def double(contributor) -> Agent:
    return desk.speaker(contributor, name="Union of dockers")


def test_every_column_that_points_to_such_a_row_follows_a_merge_or_is_known_to_stay():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'carry\\_out\\_%\\_merge'")
        carried_out = " ".join(body for (body,) in cursor.fetchall())
    pointing = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in MERGES and field.db_constraint
    }
    assert pointing > STAY
    for table, column in pointing - STAY:
        assert re.search(rf"UPDATE {table} SET[^;]*\b{column} =\s", carried_out), (table, column)


def test_a_merged_agents_claims_sources_roles_and_replies_are_the_survivors(
    union, double, contributor, reviewer
):
    claim = desk.draft(contributor, claimant=double, on_behalf_of=double)
    report = desk.source(contributor, publisher=double, author=double)
    other = desk.speaker(contributor, name="The port")
    with acting(contributor):
        claim.reply_requests.create(
            party=double, channel="letter", asked_on="2026-01-01", deadline="2026-01-08"
        )
        double.affiliations.create(organisation=other, role="member")
        double.members.create(agent=other, role="observer")
    merge(double, union, reviewer)

    claim.refresh_from_db()
    report.refresh_from_db()
    assert (claim.claimant, claim.on_behalf_of) == (union, union)
    assert (report.publisher, report.author) == (union, union)
    assert claim.reply_requests.get().party == union
    assert union.affiliations.get().organisation == other
    assert union.members.get().agent == other


def test_a_merged_agents_names_are_kept_as_names_of_the_survivor(
    union, double, contributor, reviewer
):
    with acting(contributor):
        double.names.create(name="UD", language="en", kind="acronym")
        double.names.create(name="The union", language="en", kind="alias")
        union.names.create(name="Union of dockers", language="en", kind="name")
    merge(double, union, reviewer)
    names = union.names.order_by("name").values_list("name", "kind")
    assert list(names) == [("UD", "acronym"), ("Union of dockers", "name")]
    assert double.names.count() == 2, "they stay with the merged one too"


def test_a_membership_in_oneself_disappears_and_a_double_one_is_kept_once(
    union, double, contributor, reviewer
):
    port = desk.speaker(contributor, name="The port")
    with acting(contributor):
        double.affiliations.create(organisation=union, role="branch")
        for agent in (double, union):
            agent.affiliations.create(organisation=port, role="tenant", begins="2020")
    merge(double, union, reviewer)
    assert [row.role for row in Affiliation.objects.all()] == ["tenant"]


def test_ratings_stay_with_the_merged_agent(union, double, contributor, reviewer):
    with acting(contributor):
        double.ratings.create(grade="B", rationale="Often right.", rated_by=contributor)
    merge(double, union, reviewer)
    assert not union.ratings.exists()
    assert double.ratings.get().grade == "B"


def test_a_merged_sources_evidence_derivations_and_answers_are_the_survivors(contributor, reviewer):
    first, second, third = (desk.source(contributor, title=title) for title in "abc")
    claim = desk.draft(contributor)
    piece = desk.evidence(claim, contributor, source=second)
    with acting(contributor):
        second.derived_from.create(parent=first, kind="quotes")
        second.derived_from.create(parent=third, kind="quotes")
        third.derived_from.create(parent=second, kind="rewrite")
        first.derived_from.create(parent=third, kind="quotes", certainty="confirmed")
    merge(second, first, reviewer)
    piece.refresh_from_db()
    assert piece.source == first
    rows = Derivation.objects.values_list("child", "parent", "kind", "certainty")
    assert set(rows) == {
        (first.pk, third.pk, "quotes", "confirmed"),
        (third.pk, first.pk, "rewrite", "suspected"),
    }


def test_a_merged_events_claims_are_about_the_survivor(contributor, reviewer):
    first, second = event(contributor), event(contributor, label="Strike, reported")
    claim = desk.draft(contributor, event=second)
    merge(second, first, reviewer)
    claim.refresh_from_db()
    assert claim.event == first


def test_editions_that_mention_a_merged_row_stand_byte_for_byte(
    union, double, contributor, reviewer, reviewer_two, publisher
):
    before_event, after_event = event(contributor), event(contributor, label="Strike")
    claim = desk.draft(contributor, claimant=double, event=before_event)
    cited = claim.evidence.get().source
    copy = desk.source(contributor, title="Strike called (copy)")
    desk.publish(claim, reviewer, publisher)
    before = list(Edition.objects.values_list("sequence", "digest", "content"))
    merge(double, union, reviewer_two)
    merge(cited, copy, reviewer_two)
    merge(before_event, after_event, reviewer_two)

    assert list(Edition.objects.values_list("sequence", "digest", "content")) == before
    document = candidate(claim).document
    assert document["claimant"]["ref"] == union.ref
    assert document["event"]["ref"] == after_event.ref
    assert document["evidence"][0]["source"]["ref"] == copy.ref


@pytest.mark.parametrize("station", ["draft", "in_review", "approved", "published"])
def test_a_merge_reaches_claims_at_every_station_and_makes_its_author_a_contributor(
    station, union, double, contributor, reviewer, reviewer_two, publisher
):
    claim = desk.draft(contributor, claimant=double)
    if station != "draft":
        workflow.submit(claim, by=contributor)
    if station in ("approved", "published"):
        desk.approve(claim, reviewer)
    if station == "published":
        workflow.publish(claim, by=publisher)
    merge(double, union, reviewer_two)
    claim.refresh_from_db()
    assert (claim.state, claim.claimant) == (State(station), union)
    assert checklist.contributes(claim, reviewer_two)


def test_a_claim_in_review_has_to_be_submitted_again_after_a_merge(
    union, double, contributor, reviewer, reviewer_two
):
    claim = desk.draft(contributor, claimant=double)
    workflow.submit(claim, by=contributor)
    merge(double, union, reviewer_two)
    with pytest.raises(ReviewError, match="not what was submitted"):
        desk.approve(claim, reviewer)
    workflow.take_back(claim, by=contributor)
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)


def test_nothing_can_name_a_merged_row_any_more(union, double, contributor, reviewer):
    first, second = desk.source(contributor), desk.source(contributor)
    occasion, same = event(contributor), event(contributor)
    claim = desk.draft(contributor, claimant=union)
    other = desk.speaker(contributor, name="The port")
    for merged, into in ((double, union), (second, first), (same, occasion)):
        merge(merged, into, reviewer)
    attempts = [
        lambda: Claim.objects.filter(pk=claim.pk).update(claimant=double),
        lambda: Claim.objects.filter(pk=claim.pk).update(event=same),
        lambda: claim.evidence.update(source=second),
        lambda: claim.reply_requests.create(
            party=double, channel="x", asked_on="2026-01-01", deadline="2026-01-08"
        ),
        lambda: Source.objects.filter(pk=first.pk).update(publisher=double),
        lambda: other.affiliations.create(organisation=double),
        lambda: double.names.create(name="x", language="en"),
        lambda: double.ratings.create(grade="A", rationale="x", rated_by=contributor),
        lambda: first.derived_from.create(parent=second, kind="quotes"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="merged into another"), acting(contributor):
            attempt()


def test_a_merged_row_is_kept_as_it_was(union, double, contributor, reviewer):
    with acting(contributor):
        double.names.create(name="UD", language="en")
    merge(double, union, reviewer)
    attempts = [
        lambda: Agent.objects.filter(pk=double.pk).update(name="x"),
        lambda: Agent.objects.filter(pk=double.pk).delete(),
        lambda: double.names.update(name="x"),
        lambda: double.names.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), acting(contributor):
            attempt()


def test_a_row_is_merged_once_and_into_one_that_stands(union, double, contributor, reviewer):
    third = desk.speaker(contributor)
    merge(double, union, reviewer)
    for merged, into in ((double, third), (third, double), (union, double)):
        with pytest.raises(IntegrityError, match="choose the one that stands"):
            merge(merged, into, reviewer)
    merge(union, third, reviewer)
    assert AgentMerge.objects.count() == 2


def test_a_merge_needs_its_reason_its_author_and_another_row(union, double, reviewer, contributor):
    with pytest.raises(IntegrityError, match="with_another"):
        merge(union, union, reviewer)
    with pytest.raises(IntegrityError, match="has_a_reason"), acting(reviewer):
        AgentMerge.objects.create(merged=double, into=union, reason=" ", merged_by=reviewer)
    with pytest.raises(IntegrityError, match="own name"), acting(contributor):
        AgentMerge.objects.create(merged=double, into=union, reason=REASON, merged_by=reviewer)


def test_a_protected_source_does_not_become_public_by_a_merge(contributor, reviewer):
    public = desk.source(contributor)
    protected = desk.source(
        reviewer, access="protected", access_reason="Safety.", placeholder="a witness"
    )
    for merged, into in ((public, protected), (protected, public)):
        with pytest.raises(IntegrityError, match="A protected source"):
            merge(merged, into, reviewer)


def test_repointing_by_hand_is_no_merge(union, double, contributor, reviewer, publisher):
    """What lets a merge reach a published claim lets nobody else."""
    claim = desk.draft(contributor, claimant=union)
    desk.publish(claim, reviewer, publisher)
    merge(double, union, reviewer)
    with pytest.raises(IntegrityError, match="take it back or revise it"), acting(contributor):
        Claim.objects.filter(pk=claim.pk).update(claimant=desk.speaker(contributor))
