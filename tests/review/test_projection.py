"""What the record as a whole implies, and that it can always be made anew."""

import pytest
from django.core.management import call_command

from claims.choices import Aspect, ChangeKind
from claims.editions.models import (
    Edition,
    PublishedAgent,
    PublishedClaim,
    PublishedEvent,
    PublishedMention,
    PublishedRelation,
    PublishedSource,
    PublishedTally,
    PublishedText,
    PublishedUse,
    PublishedWord,
)
from claims.models import Event
from claims.review import workflow
from sources.acting import acting
from tests import desk_work as desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(contributor, reviewer, publisher):
    """Publish a draft, with what it says about other claims."""

    def publish(*says: tuple[str, object], **facts: object):
        claim = desk.draft(contributor, **facts)
        with acting(contributor):
            for relation, target in says:
                claim.relations.create(relation=relation, target=target)
        desk.publish(claim, reviewer, publisher)
        return claim

    return publish


def public(claim) -> PublishedClaim:
    return PublishedClaim.objects.get(ref=claim.ref)


def snapshot() -> tuple[object, ...]:
    described = (PublishedClaim, PublishedEvent, PublishedAgent, PublishedSource)
    return (
        *(list(model.objects.order_by("ref").values()) for model in described),
        set(PublishedRelation.objects.values_list("source", "relation", "target")),
        set(PublishedMention.objects.values_list("claim", "agent", "part", "sequence")),
        set(PublishedUse.objects.values_list("claim", "source", "sequence")),
        set(
            PublishedTally.objects.values_list(
                "agent", "part", "attribution_status", "content_status", "claims"
            )
        ),
        list(PublishedText.objects.order_by("ref").values()),
        set(PublishedWord.objects.values_list("word", "outline", "claims")),
    )


def test_a_denial_makes_the_denied_claim_disputed_and_not_itself(published):
    allegation = published()
    before = public(allegation).etag
    denial = published(("denies", allegation), aspect=Aspect.DENIAL)

    assert (public(allegation).disputed, public(denial).disputed) == (True, False)
    assert public(allegation).facts["incoming"][0]["relation"] == "denies"
    assert public(allegation).facts["incoming"][0]["ref"] == denial.ref
    assert public(denial).facts["outgoing"][0]["ref"] == allegation.ref
    assert public(allegation).etag != before
    assert Edition.objects.get(ref=allegation.ref).number == 1


def test_a_dispute_set_is_shown_whole_to_each_of_its_claims(published):
    first, second = published(), published()
    denial = published(("denies", first), ("denies", second))
    rebuttal = published(("rebuts", denial))
    bystander = published(("responds_to", first))
    for claim in (first, second, denial, rebuttal):
        members = [item["ref"] for item in public(claim).facts["dispute_set"]]
        assert sorted(members) == sorted(c.ref for c in (first, second, denial, rebuttal))
    assert public(bystander).facts["dispute_set"] == []


def test_a_counter_accusation_disputes_nothing(published):
    allegation = published()
    published(("counter_accuses", allegation))
    assert not public(allegation).disputed


def test_a_draft_denies_nothing_in_public(published, contributor):
    allegation = published()
    denial = desk.draft(contributor)
    with acting(contributor):
        denial.relations.create(relation="denies", target=allegation)
    assert not public(allegation).disputed


def test_a_retracted_denial_no_longer_disputes(published, publisher):
    allegation = published()
    denial = published(("denies", allegation))
    workflow.retract(denial, by=publisher, reason="Not theirs.")
    assert not public(allegation).disputed
    assert public(allegation).facts["incoming"] == []
    assert public(denial).retracted


def test_a_revision_that_drops_a_denial_settles_the_dispute(
    published, contributor, reviewer, publisher
):
    allegation = published()
    denial = published(("denies", allegation))
    workflow.revise(denial, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    with acting(contributor):
        denial.relations.all().delete()
    desk.publish(denial, reviewer, publisher)
    assert not public(allegation).disputed


def test_an_event_is_described_by_its_newest_public_claim(published, contributor, publisher):
    with acting(contributor):
        event = Event.objects.create(label="Reported strike")
    older = published(event=event)
    with acting(contributor):
        event.label = "Reported strike at Port Example"
        event.save()
    newer = published(event=event)
    assert PublishedEvent.objects.get().label == "Reported strike at Port Example"
    workflow.retract(newer, by=publisher, reason="Wrong.")
    assert PublishedEvent.objects.get().label == "Reported strike"
    workflow.retract(older, by=publisher, reason="Wrong.")
    assert not PublishedEvent.objects.exists()


def test_rebuilding_gives_what_stands_there_live(published, contributor, reviewer, publisher):
    with acting(contributor):
        event = Event.objects.create(label="Reported strike")
    first = published(event=event)
    denial = published(("denies", first), event=event)
    published(("responds_to", denial))
    workflow.retract(denial, by=publisher, reason="Not theirs.")
    workflow.revise(first, by=contributor, kind=ChangeKind.MINOR, note="Spelling.")
    desk.change(first, contributor, statement="The dockers of Port Example struck.")
    desk.publish(first, reviewer, publisher)
    published(("contradicts", first))

    live = snapshot()
    PublishedClaim.objects.update(disputed=True, derived="{}", etag="stale")
    PublishedRelation.objects.all().delete()
    PublishedTally.objects.update(claims=7)
    assert snapshot() != live
    call_command("rebuild_published", verbosity=0)
    assert snapshot() == live


def test_rebuilding_the_example_gives_what_stands_there_live():
    call_command("load_example", verbosity=0)
    live = snapshot()
    PublishedClaim.objects.update(derived="{}")
    call_command("rebuild_published", verbosity=0)
    assert snapshot() == live


def merge(claim, into, by) -> None:
    workflow.merge(claim, into=into, by=by, reason="Both say the same.")


def test_what_was_said_of_a_merged_claim_counts_for_the_survivor(published, publisher):
    merged, survivor = published(), published()
    denial = published(("denies", merged))
    answer = published(("responds_to", merged))
    merge(merged, survivor, publisher)

    assert public(survivor).disputed
    incoming = [(item["relation"], item["ref"]) for item in public(survivor).facts["incoming"]]
    assert incoming == [("denies", denial.ref), ("responds_to", answer.ref)]
    for claim in (survivor, denial):
        members = [item["ref"] for item in public(claim).facts["dispute_set"]]
        assert members == [survivor.ref, denial.ref]
    for claim in (denial, answer):
        assert [item["ref"] for item in public(claim).facts["outgoing"]] == [survivor.ref]
    assert public(denial).edition.document["relations"][0]["claim"] == merged.ref


def test_a_dispute_with_both_is_one_dispute_after_the_merge(published, publisher):
    merged, survivor = published(), published()
    published(("denies", merged), ("denies", survivor))
    merge(merged, survivor, publisher)
    assert len(public(survivor).facts["incoming"]) == 1
    assert len(public(survivor).facts["dispute_set"]) == 2


def test_the_survivor_lists_what_was_merged_into_it_and_the_merged_one_where_it_went(
    published, publisher
):
    first, second, survivor = published(), published(), published()
    merge(first, second, publisher)
    merge(second, survivor, publisher)
    here = public(survivor).facts["merged_here"]
    assert [(item["ref"], item["reason"]) for item in here] == [
        (first.ref, "Both say the same."),
        (second.ref, "Both say the same."),
    ]
    assert {public(claim).facts["merged_into"]["ref"] for claim in (first, second)} == {
        survivor.ref
    }
    assert public(survivor).facts["merged_into"] is None
    assert public(first).facts["dispute_set"] == public(first).facts["incoming"] == []


def test_a_claim_merged_into_what_it_denied_disputes_nothing(published, publisher):
    survivor = published()
    denial = published(("denies", survivor))
    merge(denial, survivor, publisher)
    assert not public(survivor).disputed
    assert public(survivor).facts["incoming"] == []


def test_the_survivors_news_reaches_those_who_speak_of_the_merged_claim(
    published, contributor, reviewer, publisher
):
    merged, survivor = published(), published()
    answer = published(("responds_to", merged))
    merge(merged, survivor, publisher)
    workflow.revise(survivor, by=contributor, kind=ChangeKind.MINOR, note="Spelling.")
    desk.change(survivor, contributor, statement="The dockers of Port Example struck.")
    desk.publish(survivor, reviewer, publisher)
    assert public(answer).facts["outgoing"][0]["statement"] == "The dockers of Port Example struck."


def test_rebuilding_gives_what_stands_there_live_after_merges(
    published, contributor, reviewer, publisher
):
    first, second, survivor = published(), published(), published()
    denial = published(("denies", first))
    published(("rebuts", denial))
    merge(first, second, publisher)
    live = snapshot()
    assert rebuilt() == live
    merge(second, survivor, publisher)
    live = snapshot()
    assert rebuilt() == live
    workflow.retract(survivor, by=publisher, reason="Wrong.")
    live = snapshot()
    assert rebuilt() == live
    workflow.revise(first, by=contributor, kind=ChangeKind.UPDATED, note="They are two.")
    desk.publish(first, reviewer, publisher)
    live = snapshot()
    assert rebuilt() == live
    assert public(first).disputed


def rebuilt() -> tuple[object, ...]:
    call_command("rebuild_published", verbosity=0)
    return snapshot()
