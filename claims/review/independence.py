"""How many origins a claim has that do not go back to each other or to a party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from claims.choices import FIRST_HAND, Basis, BearsOn, Stance
from claims.editions.choices import DISPUTING
from claims.models import Claim, Evidence, Move
from sources.choices import DerivationCertainty
from sources.models import Agent, Derivation

if TYPE_CHECKING:
    from collections.abc import Mapping

# Repeats somebody, or is a party's word: never an origin that could be independent.
NEVER_INDEPENDENT = (Basis.HEARSAY, Basis.PARTY_STATEMENT)


def independence(claim: Claim, evidence: Iterable[Evidence]) -> dict[str, int]:
    """Count what the claim rests on: "7 reports, 5 publishers, 1 party statement, 0 origins".

    `low` and `high` bound the number of independent origins that support the content. `low`
    takes suspected derivations for real and leaves out roots whose basis is not known; `high`
    takes only confirmed derivations and counts those roots.
    """
    evidence = list(evidence)
    parties = _parties(claim, evidence)
    on_the_claim = [item for item in evidence if item.bears_on != BearsOn.CONTEXT]
    supporting = [
        item
        for item in evidence
        if item.bears_on == BearsOn.CONTENT and item.stance == Stance.SUPPORTS
    ]
    derivations = _derivations(item.source_id for item in supporting)
    suspected = {DerivationCertainty.SUSPECTED, DerivationCertainty.CONFIRMED}
    return {
        "reports": len({item.source_id for item in on_the_claim}),
        "publishers": len(
            {item.source.publisher_id for item in on_the_claim if item.source.publisher_id}
        ),
        "party_statements": len(_party_statements(claim, on_the_claim, parties)),
        "low": _origins(supporting, derivations, suspected, FIRST_HAND, parties),
        "high": _origins(
            supporting,
            derivations,
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
    """Those whose word on this claim is not independent: the parties, and both sides of it."""
    agents = {claim.claimant, claim.on_behalf_of}
    publishers = {
        agent for item in evidence for agent in (item.source.publisher, item.source.author)
    }
    sides = Claim.objects.filter(
        Q(relations__target__in=_stands_for(claim), relations__relation__in=DISPUTING)
        | Q(related_by__claim=claim, related_by__relation__in=DISPUTING)
    ).values_list("claimant", "on_behalf_of")
    parties = {agent.pk for agent in agents if agent and claim.voice == "agent"}
    parties |= {agent.pk for agent in publishers if agent and is_party(agent)}
    return parties | {pk for pair in sides for pk in pair if pk}


def _stands_for(claim: Claim) -> set[int]:
    """The claim and all that was merged into it: what disputes one of them disputes it."""
    fresh = found = {claim.pk}
    while fresh:
        merged = Move.objects.merging_into(fresh).values_list("claim", flat=True)
        fresh = set(merged) - found
        found = found | fresh
    return found


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


def _derivations(sources: Iterable[int]) -> list[Derivation]:
    """Every derivation that leads up from these sources, however many steps."""
    found: dict[int, Derivation] = {}
    level = set(sources)
    while level:
        step = Derivation.objects.filter(child__in=level).exclude(
            certainty=DerivationCertainty.REJECTED
        )
        fresh = [derivation for derivation in step if derivation.pk not in found]
        found |= {derivation.pk: derivation for derivation in fresh}
        level = {derivation.parent_id for derivation in fresh}
    return list(found.values())


def _origins(
    evidence: Iterable[Evidence],
    derivations: Iterable[Derivation],
    certainties: set[DerivationCertainty],
    bases: Iterable[str],
    parties: set[int],
) -> int:
    """Count the roots of what is on file that have one of these bases and are no party."""
    parents: Mapping[int, set[int]] = defaultdict(set)
    for derivation in derivations:
        if derivation.certainty in certainties:
            parents[derivation.child_id].add(derivation.parent_id)
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
