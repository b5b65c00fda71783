"""What a claim that is split off takes along."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.editions.choices import RelationType
from claims.models import Claim, Evidence, Figure
from sources.fields import new_ref

# What a part has in common with the whole until somebody says otherwise.
SHARED = (
    "language",
    "voice",
    "claimant",
    "claimant_role",
    "on_behalf_of",
    "event",
    "aspect",
    "checkability",
    "harm",
    "made",
    "made_as_printed",
)


def split_off(
    claim: Claim,
    *,
    by: User,
    statement: str,
    evidence: Iterable[Evidence],
    figures: Iterable[Figure],
) -> Claim:
    """A draft of `by`'s that is part of `claim`, with copies of these pieces of it."""
    part = Claim.objects.create(
        statement=statement, created_by=by, **{name: getattr(claim, name) for name in SHARED}
    )
    pieces: list[Evidence | Figure] = [*evidence, *figures]
    for piece in pieces:
        piece.pk, piece.ref, piece.claim = None, new_ref(), part
        piece._state.adding = True
        piece.save()
    for item in claim.about.order_by("pk"):
        part.about.create(agent=item.agent)
    part.relations.create(relation=RelationType.PART_OF, target=claim)
    return part
