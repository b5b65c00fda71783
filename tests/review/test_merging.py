"""Merging one claim into another: what happens, and what somebody with a shell tries instead."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from claims.choices import ChangeKind, State
from claims.editions import ledger
from claims.editions.choices import EditionKind
from claims.editions.models import Edition, PublishedClaim
from claims.models import Claim
from claims.review import tombstones, workflow
from claims.review.content import Candidate, candidate
from claims.review.workflow import ReviewError
from sources.acting import acting
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

REASON = "Both say that work stopped."


@pytest.fixture
def published(contributor, reviewer, publisher):
    """Publish a draft, with what it says about other claims."""

    def publish(*says: tuple[str, Claim], **facts: object) -> Claim:
        claim = desk.draft(contributor, **facts)
        with acting(contributor):
            for relation, target in says:
                claim.relations.create(relation=relation, target=target)
        desk.publish(claim, reviewer, publisher)
        return claim

    return publish


@pytest.fixture
def claim(published) -> Claim:
    return published()


@pytest.fixture
def survivor(published) -> Claim:
    return published(statement="Work in Port Example stopped.")


def last(claim: Claim) -> Edition:
    return Edition.objects.filter(ref=claim.ref).latest("number")


def facts(claim: Claim) -> dict:
    return PublishedClaim.objects.get(ref=claim.ref).facts


def append(claim: Claim, content: Candidate, kind: str = EditionKind.MERGED) -> Edition:
    return ledger.append(ref=claim.ref, kind=kind, content=content.content)


def write_move(claim: Claim, into: Claim, by: User, edition: Edition | None = None) -> None:
    claim.moves.create(
        action="merge",
        from_state=claim.state,
        to_state=State.MERGED,
        by=by,
        note=REASON,
        digest=edition.digest if edition else candidate(claim).digest,
        edition=edition.number if edition else None,
        other=into,
    )


def test_a_published_claim_that_is_merged_leaves_a_notice_that_names_the_other(
    claim, survivor, publisher
):
    stood = last(claim)
    move = workflow.merge(claim, into=survivor, by=publisher, reason=REASON)

    assert claim.state == State.MERGED
    assert (move.other, move.note, move.edition) == (survivor, REASON, 2)
    assert claim.merged_into == survivor
    notice = last(claim)
    assert (notice.kind, notice.digest) == (EditionKind.MERGED, move.digest)
    assert notice.document == {
        "schema": "factcheck-merge-1",
        "ref": claim.ref,
        "reason": REASON,
        "into": survivor.ref,
        "citation": tombstones.retraction(stood, reason="x").document["citation"],
    }
    assert Edition.objects.get(ref=claim.ref, number=1).content == stood.content


def test_a_merged_claim_leaves_the_lists_and_its_own_relations_fall(
    claim, survivor, published, publisher
):
    denial = published(("denies", claim))
    assert PublishedClaim.objects.get(ref=claim.ref).disputed
    workflow.merge(denial, into=survivor, by=publisher, reason=REASON)
    assert not PublishedClaim.objects.get(ref=claim.ref).disputed
    assert denial.ref not in PublishedClaim.objects.current().values_list("ref", flat=True)


def test_a_draft_that_was_never_published_is_merged_without_an_edition(
    contributor, publisher, survivor
):
    draft = desk.draft(contributor)
    move = workflow.merge(draft, into=survivor, by=publisher, reason=REASON)
    assert (draft.state, move.edition) == (State.MERGED, None)
    assert not Edition.objects.filter(ref=draft.ref).exists()


def test_two_drafts_can_be_merged(contributor, publisher):
    first, second = desk.draft(contributor), desk.draft(contributor)
    workflow.merge(first, into=second, by=publisher, reason=REASON)
    assert first.merged_into == second


def test_a_published_claim_is_not_merged_into_one_that_readers_cannot_see(
    claim, contributor, publisher, survivor
):
    with pytest.raises(ReviewError, match="choose one that is public"):
        workflow.merge(claim, into=desk.draft(contributor), by=publisher, reason=REASON)
    workflow.retract(survivor, by=publisher, reason="Wrong.")
    with pytest.raises(ReviewError, match="choose one that is public"):
        workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    assert last(claim).number == 1
    assert claim.state == State.PUBLISHED


@pytest.mark.parametrize("end", ["merged", "retracted"])
def test_nothing_is_merged_into_a_claim_that_no_longer_stands(
    end, contributor, publisher, survivor, published
):
    if end == "merged":
        workflow.merge(survivor, into=published(), by=publisher, reason=REASON)
    else:
        workflow.retract(survivor, by=publisher, reason="Wrong.")
    with pytest.raises(ReviewError, match="choose one that stands"):
        workflow.merge(desk.draft(contributor), into=survivor, by=publisher, reason=REASON)


def test_a_claim_is_not_merged_into_itself(claim, contributor, publisher):
    with pytest.raises(ReviewError, match="another one that readers can see"):
        workflow.merge(claim, into=claim, by=publisher, reason=REASON)
    draft = desk.draft(contributor)
    with pytest.raises(ReviewError, match="not merged into itself"):
        workflow.merge(draft, into=draft, by=publisher, reason=REASON)


def test_a_merge_says_why(claim, survivor, publisher):
    with pytest.raises(ReviewError, match="needs a note that says why"):
        workflow.merge(claim, into=survivor, by=publisher, reason=" ")


def test_a_merge_is_undone_by_publishing_the_claim_again(
    claim, survivor, contributor, reviewer, publisher
):
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="They are two after all.")
    edition = desk.publish(claim, reviewer, publisher)
    assert (edition.number, edition.kind) == (3, EditionKind.UPDATED)
    assert claim.merged_into is None
    assert facts(survivor)["merged_here"] == []
    assert claim.ref in PublishedClaim.objects.current().values_list("ref", flat=True)


def test_a_claim_that_leads_elsewhere_is_published_before_it_is_merged_elsewhere(
    claim, survivor, published, contributor, publisher
):
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="They are two after all.")
    with pytest.raises(ReviewError, match="publish this one again"):
        workflow.merge(claim, into=published(), by=publisher, reason=REASON)
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    assert last(claim).number == 2, "readers are led there already"


def test_a_draft_that_was_merged_and_opened_again_has_a_first_edition_that_changes_nothing(
    contributor, reviewer, publisher, survivor
):
    draft = desk.draft(contributor)
    workflow.merge(draft, into=survivor, by=publisher, reason=REASON)
    workflow.revise(draft, by=contributor, kind=ChangeKind.UPDATED, note="It is another strike.")
    edition = desk.publish(draft, reviewer, publisher)
    assert (edition.kind, edition.document["change"]) == (EditionKind.PUBLISHED, None)


def test_what_denied_a_merged_claim_counts_as_a_side_for_the_survivor(
    claim, contributor, published, publisher
):
    denier = desk.speaker(contributor, name="The port authority")
    published(("denies", claim), claimant=denier)
    other = desk.draft(contributor)
    seen = desk.source(contributor, publisher=denier)
    desk.evidence(other, contributor, source=seen)
    assert candidate(other).document["independence"]["low"] == 1
    desk.publish(other, User.objects.get(username="reviewer"), publisher)
    workflow.merge(claim, into=other, by=publisher, reason=REASON)
    assert candidate(other).document["independence"]["low"] == 0


def test_shell_a_merge_of_a_published_claim_without_its_notice(claim, survivor, publisher):
    with pytest.raises(IntegrityError, match="no edition behind"), acting(publisher):
        write_move(claim, survivor, publisher)


def test_shell_a_notice_without_its_move(claim, survivor, publisher):
    notice = tombstones.merge_notice(last(claim), into=survivor.ref, reason=REASON)
    with pytest.raises(IntegrityError, match="by a recorded move only"), acting(publisher):
        append(claim, notice)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "smuggled",
    [
        {"statement": "They stole it."},
        {"reason": " "},
        {"reason": {"html": "They stole it."}},
        {"schema": "factcheck-claim-1"},
        {"citation": {"statement": "They stole it."}},
        {"citation": None},
    ],
)
def test_shell_a_notice_that_says_something_new(smuggled, claim, survivor, publisher):
    document = tombstones.merge_notice(last(claim), into=survivor.ref, reason=REASON).document
    with pytest.raises(IntegrityError, match="keeps the citation"), acting(publisher):
        append(claim, Candidate.of(document | smuggled))


def test_shell_a_notice_whose_citation_names_somebody_else(claim, survivor, publisher):
    document = tombstones.merge_notice(last(claim), into=survivor.ref, reason=REASON).document
    document["citation"]["claimant_name"] = "Somebody else"
    with pytest.raises(IntegrityError, match="keeps the citation"), acting(publisher):
        append(claim, Candidate.of(document))
    document = tombstones.retraction(last(claim), reason="Wrong.").document
    document["citation"]["claimant_name"] = "Somebody else"
    with pytest.raises(IntegrityError, match="keeps the citation"), acting(publisher):
        append(claim, Candidate.of(document), EditionKind.RETRACTED)


def test_shell_a_notice_that_leads_nowhere_or_back(claim, contributor, publisher):
    refs = [claim.ref, "00000000", desk.draft(contributor).ref]
    for ref in refs:
        notice = tombstones.merge_notice(last(claim), into=ref, reason=REASON)
        with pytest.raises(IntegrityError, match="readers can see"), acting(publisher):
            append(claim, notice)


def test_shell_a_notice_into_a_retracted_claim(claim, survivor, publisher):
    workflow.retract(survivor, by=publisher, reason="Wrong.")
    notice = tombstones.merge_notice(last(claim), into=survivor.ref, reason=REASON)
    with pytest.raises(IntegrityError, match="readers can see"), acting(publisher):
        append(claim, notice)


def test_shell_a_move_to_another_claim_than_the_notice_names(claim, survivor, published, publisher):
    other = published()
    notice = tombstones.merge_notice(last(claim), into=survivor.ref, reason=REASON)
    with pytest.raises(IntegrityError, match="led to another claim"), acting(publisher):
        write_move(claim, other, publisher, append(claim, notice))


def test_shell_a_second_notice_on_top_of_the_first(claim, survivor, published, publisher):
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    notice = tombstones.merge_notice(last_words(claim), into=published().ref, reason=REASON)
    with pytest.raises(IntegrityError, match="Only what is published"), acting(publisher):
        append(claim, notice)


def last_words(claim: Claim) -> Edition:
    return Edition.objects.get(ref=claim.ref, number=1)


def test_shell_publishing_under_another_kind_than_the_content_gives(
    claim, contributor, reviewer, publisher
):
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk.change(claim, contributor, wanted="A recording.")
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    with pytest.raises(IntegrityError, match="kind of the edition"), acting(publisher):
        append(claim, candidate(claim), EditionKind.MINOR)


def test_shell_a_minor_edit_that_changes_the_finding(claim, contributor, reviewer, publisher):
    workflow.revise(claim, by=contributor, kind=ChangeKind.MINOR, note="Spelling.")
    desk.assess(claim, contributor, "false")
    with pytest.raises(ReviewError, match="A minor edit leaves both answers"):
        workflow.submit(claim, by=contributor)
    with acting(contributor):
        claim.moves.create(
            action="submit",
            from_state=State.DRAFT,
            to_state=State.IN_REVIEW,
            by=contributor,
            digest=candidate(claim).digest,
        )
    claim.refresh_from_db()
    desk.approve(claim, reviewer)
    with pytest.raises(ReviewError, match="more than a minor edit"):
        workflow.publish(claim, by=publisher)
