"""How many origins a claim has that do not go back to each other or to a party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects

from claims.choices import FIRST_HAND, Basis, BearsOn, Stance
from claims.editions.choices import DISPUTING
from claims.models import Claim, Evidence
from sources.choices import DerivationCertainty
from sources.models import Affiliation, Agent

if TYPE_CHECKING:
    from collections.abc import Mapping

# What disputes a claim that was merged into this one disputes this one.
SIDES = """
    WITH RECURSIVE stands (claim_id, member_id) AS (
        SELECT id, id FROM unnest(%(claims)s::bigint[]) AS these (id)
      UNION
        SELECT stands.claim_id, merged.claim_id
        FROM stands JOIN claims_move merged ON merged.other_id = stands.member_id
        JOIN claims_claim gone ON gone.id = merged.claim_id
        WHERE merged.action = 'merge' AND gone.state = 'merged' AND NOT EXISTS (
            SELECT FROM claims_move later WHERE later.claim_id = merged.claim_id
            AND later.action = 'merge' AND later.id > merged.id)
    )
    SELECT related.claim_id, other.claimant_id, other.on_behalf_of_id
    FROM (
        SELECT stands.claim_id, relation.claim_id AS other_id, relation.relation
        FROM stands JOIN claims_relation relation ON relation.target_id = stands.member_id
        UNION ALL
        SELECT claim_id, target_id, relation FROM claims_relation
        WHERE claim_id = ANY (%(claims)s)
    ) AS related JOIN claims_claim other ON other.id = related.other_id
    WHERE related.relation = ANY (%(disputing)s)
"""
STEPS = """
    WITH RECURSIVE up (child_id, parent_id, certainty) AS (
        SELECT child_id, parent_id, certainty FROM sources_derivation
        WHERE certainty <> %(rejected)s AND child_id IN (
            SELECT source_id FROM claims_evidence WHERE claim_id = ANY (%(claims)s))
      UNION
        SELECT d.child_id, d.parent_id, d.certainty
        FROM up JOIN sources_derivation d ON d.child_id = up.parent_id
        WHERE d.certainty <> %(rejected)s
    )
    SELECT child_id, parent_id, certainty FROM up
"""

# Repeats somebody, or is a party's word: never an origin that could be independent.
NEVER_INDEPENDENT = (Basis.HEARSAY, Basis.PARTY_STATEMENT)


def independence(claim: Claim, evidence: Iterable[Evidence]) -> dict[str, int]:
    """Count what the claim rests on: "7 reports, 5 publishers, 1 party statement, 0 origins".

    `low` and `high` bound the number of independent origins that support the content. `low`
    takes suspected derivations for real and leaves out roots whose basis is not known; `high`
    takes only confirmed derivations and counts those roots.
    """
    return _counts(claim, list(evidence), _Surroundings.of([claim.pk]))


def independence_of(claims: Iterable[Claim]) -> dict[int, dict[str, int]]:
    """The same for many claims, by their key, at the price of one in questions to the database."""
    claims = list(claims)
    organisations = Prefetch(
        "affiliations", Affiliation.objects.select_related("organisation").order_by()
    )
    by_claim: dict[int, list[Evidence]] = {claim.pk: [] for claim in claims}
    for item in Evidence.objects.filter(claim__in=claims).select_related(
        "source__publisher", "source__author"
    ):
        by_claim[item.claim_id].append(item)
    agents = [agent for claim in claims for agent in (claim.claimant, claim.on_behalf_of)]
    for evidence in by_claim.values():
        agents += [one for item in evidence for one in (item.source.publisher, item.source.author)]
    prefetch_related_objects([agent for agent in agents if agent], organisations)
    around = _Surroundings.of(by_claim)
    return {claim.pk: _counts(claim, by_claim[claim.pk], around) for claim in claims}


class _Step(NamedTuple):
    """One source that came from another."""

    child: int
    parent: int
    certainty: str


class _Surroundings(NamedTuple):
    """What counts for these claims and stands elsewhere.

    `sides`: who makes the claims that dispute each claim, or that it disputes. `steps`: every
    derivation that leads up from their evidence, however many steps.
    """

    sides: Mapping[int, set[int]]
    steps: Mapping[int, list[_Step]]  # by child

    @classmethod
    def of(cls, claims: Iterable[int]) -> _Surroundings:
        keys = list(claims)
        sides: Mapping[int, set[int]] = defaultdict(set)
        steps: Mapping[int, list[_Step]] = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(SIDES, {"claims": keys, "disputing": [str(one) for one in DISPUTING]})
            for claim, *agents in cursor.fetchall():
                sides[claim].update(agent for agent in agents if agent)
            cursor.execute(STEPS, {"claims": keys, "rejected": DerivationCertainty.REJECTED.value})
            for row in cursor.fetchall():
                steps[row[0]].append(_Step(*row))
        return cls(sides, steps)


def _counts(claim: Claim, evidence: list[Evidence], around: _Surroundings) -> dict[str, int]:
    parties = _parties(claim, evidence) | around.sides.get(claim.pk, set())
    on_the_claim = [item for item in evidence if item.bears_on != BearsOn.CONTEXT]
    supporting = [
        item
        for item in evidence
        if item.bears_on == BearsOn.CONTENT and item.stance == Stance.SUPPORTS
    ]
    suspected = {DerivationCertainty.SUSPECTED, DerivationCertainty.CONFIRMED}
    return {
        "reports": len({item.source_id for item in on_the_claim}),
        "publishers": len(
            {item.source.publisher_id for item in on_the_claim if item.source.publisher_id}
        ),
        "party_statements": len(_party_statements(claim, on_the_claim, parties)),
        "low": _origins(supporting, around.steps, suspected, FIRST_HAND, parties),
        "high": _origins(
            supporting,
            around.steps,
            {DerivationCertainty.CONFIRMED},
            [basis for basis in Basis if basis not in NEVER_INDEPENDENT],
            parties,
        ),
    }


def is_party(agent: Agent | None) -> bool:
    """A party to the conflict, or somebody who speaks or acts for one."""
    return agent is not None and (
        agent.party or any(role.organisation.party for role in agent.affiliations.all())
    )


def _parties(claim: Claim, evidence: Iterable[Evidence]) -> set[int]:
    """Those whose word on this claim is not independent: who makes it, and the parties."""
    agents = {claim.claimant, claim.on_behalf_of}
    publishers = {
        agent for item in evidence for agent in (item.source.publisher, item.source.author)
    }
    parties = {agent.pk for agent in agents if agent and claim.voice == "agent"}
    return parties | {agent.pk for agent in publishers if agent and is_party(agent)}


def _party_statements(
    claim: Claim, evidence: Iterable[Evidence], parties: set[int]
) -> set[tuple[str, int]]:
    """Each party whose own statement is on file, once, however often it is reprinted."""
    statements = set()
    speaks_for_a_party = is_party(claim.claimant) or is_party(claim.on_behalf_of)
    for item in evidence:
        if item.bears_on == BearsOn.ATTRIBUTION and claim.claimant_id and speaks_for_a_party:
            statements.add(("agent", claim.claimant_id))
        if item.bears_on == BearsOn.CONTENT and item.basis == Basis.PARTY_STATEMENT:
            speaker = item.source.author_id or item.source.publisher_id
            statements.add(("agent", speaker) if speaker else ("source", item.source_id))
    return statements


def _origins(
    evidence: Iterable[Evidence],
    steps: Mapping[int, list[_Step]],
    certainties: set[DerivationCertainty],
    bases: Iterable[str],
    parties: set[int],
) -> int:
    """Count the roots of what is on file that have one of these bases and are no party."""
    parents = {
        child: {step.parent for step in some if step.certainty in certainties}
        for child, some in steps.items()
    }
    by_source: Mapping[int, list[Evidence]] = defaultdict(list)
    for item in evidence:
        by_source[item.source_id].append(item)

    roots = set()
    for source in by_source:
        roots |= _roots(source, parents)
    return sum(
        any(
            item.basis in bases
            and item.source.publisher_id not in parties
            and item.source.author_id not in parties
            for item in by_source.get(root, [])
        )
        for root in roots
    )


def _roots(source: int, parents: Mapping[int, set[int]]) -> set[int]:
    """Where a source leads back to. Sources that only lead to each other have one root."""
    seen, level = {source}, {source}
    roots = set()
    while level:
        roots |= {node for node in level if not parents.get(node)}
        level = {parent for node in level for parent in parents.get(node, ())} - seen
        seen |= level
    return roots or {min(seen)}
