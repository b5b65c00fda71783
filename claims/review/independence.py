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

# What disputes a claim that was merged into another one disputes that other one.
SIDES = """
    WITH RECURSIVE standing (for_id, claim_id) AS (
        SELECT id, id FROM unnest(%(claims)s::bigint[]) AS asked (id)
      UNION
        SELECT standing.for_id, merged.claim_id
        FROM standing JOIN claims_move merged
          ON merged.other_id = standing.claim_id AND merged.action = 'merge'
        JOIN claims_claim ON claims_claim.id = merged.claim_id AND claims_claim.state = 'merged'
        WHERE NOT EXISTS (
            SELECT FROM claims_move later
            WHERE later.claim_id = merged.claim_id AND later.action = 'merge'
              AND later.id > merged.id)
    )
    SELECT related.claim_id, other.claimant_id, other.on_behalf_of_id
    FROM (
        SELECT standing.for_id AS claim_id, relation.claim_id AS other_id, relation.relation
        FROM standing JOIN claims_relation relation ON relation.target_id = standing.claim_id
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
    SELECT up.child_id, up.parent_id, up.certainty,
           'protected' IN (child.access, parent.access) AS confided
    FROM up JOIN sources_source child ON child.id = up.child_id
            JOIN sources_source parent ON parent.id = up.parent_id
"""

# Repeats somebody, or is a party's word: never an origin that could be independent.
NEVER_INDEPENDENT = (Basis.HEARSAY, Basis.PARTY_STATEMENT)


def independence(claim: Claim, evidence: Iterable[Evidence]) -> dict[str, int]:
    """Count what the claim rests on: "7 reports, 5 publishers, 1 party statement, 0 origins".

    `low` and `high` bound the number of independent origins that support the content. `low`
    takes suspected derivations for real and leaves out roots whose basis is not known; `high`
    takes only confirmed derivations and counts those roots.
    """
    return weighed(claim, evidence)[0]


def weighed(
    claim: Claim, evidence: Iterable[Evidence]
) -> tuple[dict[str, int], dict[int, int | None]]:
    """What `independence` counts, and for each piece of evidence, by key, its group."""
    evidence = list(evidence)
    around = _Surroundings.of([claim.pk])
    return _counts(claim, evidence, around), _groups(evidence, around.steps)


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
    confided: bool  # leads from or to a protected source


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


def _groups(
    evidence: Iterable[Evidence], steps: Mapping[int, list[_Step]]
) -> dict[int, int | None]:
    """Which pieces that bear on the content hang together: those share a number, from 1 on.

    Sources hang together when one came from the other or both from a third, suspected or
    confirmed, however many steps away. What only shows that it was said, or gives context, has no
    group; nor has a protected source, and none is formed by one: that two reports come from the
    same protected source is nobody's to know.
    """
    beside: Mapping[int, set[int]] = defaultdict(set)
    for step in (step for some in steps.values() for step in some if not step.confided):
        beside[step.child].add(step.parent)
        beside[step.parent].add(step.child)
    number_of: dict[int, int] = {}
    groups: dict[int, int | None] = {}
    for item in evidence:
        if item.bears_on != BearsOn.CONTENT or item.source.is_protected:
            groups[item.pk] = None
            continue
        if item.source_id not in number_of:
            number = max(number_of.values(), default=0) + 1
            number_of |= dict.fromkeys(_together(item.source_id, beside), number)
        groups[item.pk] = number_of[item.source_id]
    return groups


def _together(source: int, beside: Mapping[int, set[int]]) -> set[int]:
    """A source with all that it hangs together with."""
    seen, fresh = {source}, {source}
    while fresh:
        fresh = {other for one in fresh for other in beside.get(one, ())} - seen
        seen |= fresh
    return seen


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
