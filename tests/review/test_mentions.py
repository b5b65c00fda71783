"""Whom and what the record mentions: as the newest edition says it, and only what stands."""

import pytest

from claims.choices import ChangeKind
from claims.editions.choices import Part
from claims.editions.mentions import sorted_as
from claims.editions.models import (
    PublishedAgent,
    PublishedMention,
    PublishedSource,
    PublishedTally,
    PublishedUse,
)
from claims.review import workflow
from sources.acting import acting
from sources.choices import Access
from tests import desk_work as desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def union(contributor):
    return desk.speaker(contributor, name="The union")


@pytest.fixture
def port(contributor):
    return desk.speaker(contributor, name="The port")


@pytest.fixture
def published(contributor, reviewer, publisher, union):
    def publish(*about, finding="not_assessed", **facts):
        claim = desk.draft(contributor, **{"claimant": union} | facts)
        with acting(contributor):
            for agent in about:
                claim.about.create(agent=agent)
        if finding != "not_assessed":
            desk.assess(claim, contributor, finding)
        desk.publish(claim, reviewer, publisher)
        return claim

    return publish


@pytest.fixture
def again(contributor, reviewer, publisher):
    """Publish another edition of a claim; what is done meanwhile is done to the draft."""

    def publish(claim, change):
        workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
        with acting(contributor):
            change(claim)
        desk.publish(claim, reviewer, publisher)

    return publish


def parts(agent):
    return set(PublishedMention.objects.filter(agent=agent.ref).values_list("claim", "part"))


def counted(agent, part):
    rows = PublishedTally.objects.filter(agent=agent.ref, part=part)
    return dict(rows.values_list("content_status", "claims"))


def test_an_agent_is_found_by_each_part_it_has(published, union, port, contributor):
    claim = published(port, on_behalf_of=port)
    assert parts(union) == {(claim.ref, "claimant")}
    assert parts(port) == {(claim.ref, "on_behalf_of"), (claim.ref, "about")}


def test_who_speaks_for_themselves_is_counted_once(published, union):
    published(on_behalf_of=union)
    assert {part for _claim, part in parts(union)} == {"claimant"}


def test_publishers_authors_and_those_who_were_asked_are_mentioned(
    contributor, reviewer, publisher, union, port
):
    claim = desk.draft(contributor, claimant=union)
    paper = desk.speaker(contributor, name="The paper", kind="outlet")
    desk.evidence(claim, contributor, source=desk.source(contributor, publisher=paper, author=port))
    with acting(contributor):
        claim.reply_requests.create(
            party=port, channel="letter", asked_on="2026-01-01", deadline="2026-01-08"
        )
    desk.publish(claim, reviewer, publisher)
    assert parts(paper) == {(claim.ref, "source")}
    assert parts(port) == {(claim.ref, "source"), (claim.ref, "asked")}


def test_an_agent_is_described_by_the_newest_edition_that_mentions_it(
    published, again, port, contributor
):
    older = published(port)
    with acting(contributor):
        port.name = "The harbour"
        port.save()
    assert PublishedAgent.objects.get(pk=port.ref).name == "The port"
    newer = published(port)
    assert PublishedAgent.objects.get(pk=port.ref).name == "The harbour"
    again(newer, lambda claim: claim.about.all().delete())
    assert PublishedAgent.objects.get(pk=port.ref).name == "The port", "as the older one says"
    again(older, lambda claim: claim.about.all().delete())
    assert not PublishedAgent.objects.filter(pk=port.ref).exists()


def test_claims_are_counted_by_status_and_part(published, again, publisher, union, port):
    one, two = published(port), published(port)
    published(finding="false")
    assert counted(union, Part.CLAIMANT) == {"not_assessed": 2, "false": 1}
    assert counted(port, Part.ABOUT) == {"not_assessed": 2}
    again(one, lambda claim: desk.assess(claim, one.created_by, "corroborated"))
    assert counted(port, Part.ABOUT) == {"not_assessed": 1, "corroborated": 1}
    workflow.retract(two, by=publisher, reason="Wrong.")
    assert counted(port, Part.ABOUT) == {"corroborated": 1}
    assert counted(union, Part.CLAIMANT) == {"corroborated": 1, "false": 1}


def test_what_was_retracted_or_merged_mentions_nobody(published, publisher, port):
    retracted, merged, survivor = published(port), published(port), published()
    workflow.retract(retracted, by=publisher, reason="Wrong.")
    workflow.merge(merged, into=survivor, by=publisher, reason="Both say the same.")
    assert parts(port) == set()
    assert set(PublishedUse.objects.values_list("claim", flat=True)) == {survivor.ref}
    assert not PublishedAgent.objects.filter(pk=port.ref).exists()


def test_a_source_is_described_by_the_newest_edition_that_rests_on_it(
    contributor, reviewer, publisher
):
    report = desk.source(contributor, title="First title")
    claims = []
    for title in ("First title", "Second title"):
        with acting(contributor):
            report.title = title
            report.save()
        claim = desk.draft(contributor)
        desk.evidence(claim, contributor, source=report)
        claims.append(claim)
        desk.publish(claim, reviewer, publisher)
        assert PublishedSource.objects.get(pk=report.ref).title == title
    workflow.retract(claims[1], by=publisher, reason="Wrong.")
    assert PublishedSource.objects.get(pk=report.ref).title == "First title"
    workflow.retract(claims[0], by=publisher, reason="Wrong.")
    assert not PublishedSource.objects.filter(pk=report.ref).exists()


def test_a_protected_source_is_in_no_row(contributor, reviewer, publisher, union):
    nurse = desk.speaker(contributor, name="Nurse at the port clinic")
    witness = desk.source(
        contributor,
        kind="testimony",
        title="Nurse at the port clinic",
        author=nurse,
        access=Access.PROTECTED,
        access_reason="Fears for her work.",
        placeholder="one protected source",
    )
    claim = desk.draft(contributor, claimant=union)
    desk.evidence(claim, contributor, source=witness)
    desk.publish(claim, reviewer, publisher)
    assert PublishedUse.objects.count() == 1
    assert not PublishedSource.objects.filter(pk=witness.ref).exists()
    assert not PublishedAgent.objects.filter(pk=nurse.ref).exists()
    assert parts(nurse) == set()


def test_a_source_knows_what_it_came_from_but_not_what_was_rejected(
    contributor, reviewer, publisher
):
    child, parent, other = (desk.source(contributor, title=title) for title in "abc")
    with acting(contributor):
        child.derived_from.create(parent=parent, kind="rewrite")
        child.derived_from.create(parent=other, kind="quotes", certainty="rejected")
    claim = desk.draft(contributor)
    desk.evidence(claim, contributor, source=child)
    desk.publish(claim, reviewer, publisher)
    assert PublishedSource.objects.get(pk=child.ref).parents == [parent.ref]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Étienne  Dépêche", "etienne depeche"),
        ("al-Qaeda", "al-qaeda"),
        ("جبهة تحرير أزواد", "جبهة تحرير ازواد"),
        ("ⵜⴰⵎⴰⵛⵆ", "ⵜⴰⵎⴰⵛⵆ"),
        ("x" * 200, "x" * 100),
    ],
)
def test_names_stand_in_order_whatever_their_accents(name, key):
    assert sorted_as(name) == key
