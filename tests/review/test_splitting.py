"""Splitting: a part of a claim becomes a claim of its own."""

import pytest
from django.db import IntegrityError

from claims.choices import Bound, ChangeKind, FigureHarm, State
from claims.models import Claim
from claims.review import workflow
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from sources.acting import acting
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

PART = "The dockers of Port Example marched to the town hall."
REASON = "Two things were said at once."


@pytest.fixture
def claim(contributor) -> Claim:
    claim = desk.draft(contributor, claimant_role="spokesman", made="2024-02-XX")
    desk.evidence(claim, contributor, exact="They marched.", language="en", credibility=2)
    with acting(contributor):
        claim.figures.create(
            harm=FigureHarm.INJURED, population="dockers", bound=Bound.WORD, words="several"
        )
    return claim


def split(claim: Claim, by, **said) -> Claim:
    return workflow.split(claim, by=by, **{"statement": PART, "reason": REASON} | said)


def test_the_part_is_a_draft_by_whoever_split_it_off_and_says_whose_part_it_is(claim, reviewer):
    part = split(claim, reviewer)
    assert (part.state, part.created_by, part.statement) == (State.DRAFT, reviewer, PART)
    shared = ("claimant", "claimant_role", "event", "language", "voice", "made", "harm")
    assert all(getattr(part, name) == getattr(claim, name) for name in shared)
    relation = part.relations.get()
    assert (relation.relation, relation.target) == ("part_of", claim)
    move = claim.moves.get()
    assert (move.action, move.other, move.note, move.by) == ("split", part, REASON, reviewer)
    assert claim.state == State.DRAFT


def test_the_part_takes_copies_of_what_was_chosen_and_the_claim_keeps_its_own(claim, contributor):
    march, figure = claim.evidence.last(), claim.figures.get()
    before = candidate(claim)
    part = split(claim, contributor, evidence=[march.pk], figures=[figure.pk])
    copy = part.evidence.get()
    assert (copy.source, copy.exact, copy.credibility) == (march.source, "They marched.", 2)
    assert copy.ref != march.ref
    assert part.figures.get().words == "several"
    assert candidate(claim).digest == before.digest


def test_evidence_of_another_claim_is_not_taken_along(claim, contributor):
    other = desk.draft(contributor)
    part = split(claim, contributor, evidence=[other.evidence.get().pk])
    assert not part.evidence.exists()


def test_only_a_draft_is_split(claim, contributor, reviewer, publisher):
    desk.publish(claim, reviewer, publisher)
    with pytest.raises(ReviewError, match="This claim is now: published"):
        split(claim, contributor)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="Split in two.")
    split(claim, contributor)
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": " "}, "needs a note that says why"),
        ({"statement": " "}, "A claim needs a statement"),
        ({"statement": "x" * 2001}, "at most 2,000 characters"),
    ],
)
def test_a_split_that_says_too_little_or_too_much_leaves_nothing(claim, contributor, said, refusal):
    with pytest.raises(ReviewError, match=refusal):
        split(claim, contributor, **said)
    assert Claim.objects.count() == 1


def test_shell_a_split_move_without_the_part(claim, contributor):
    with pytest.raises(IntegrityError, match="no claim that was split off"), acting(contributor):
        claim.moves.create(
            action="split",
            from_state=State.DRAFT,
            to_state=State.DRAFT,
            by=contributor,
            note=REASON,
            digest=candidate(claim).digest,
            other=desk.draft(contributor),
        )
