"""What people at the desk do, in one call each; a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Aspect, Axis, Basis, BearsOn, Harm
from claims.editions.models import Edition
from claims.models import Claim, Evidence, VerificationStatus
from claims.review import workflow
from claims.review.content import candidate
from sources.acting import acting
from sources.choices import AgentKind, SourceKind
from sources.models import Agent, Source

CORRECTION = "Was: Three days.\nIs: Two days.\nWhy: We misread the order."


def speaker(by: User, **facts: Any) -> Agent:
    with acting(by):
        return Agent.objects.create(**{"kind": AgentKind.ORGANISATION, "name": "The union"} | facts)


def source(by: User, **facts: Any) -> Source:
    with acting(by):
        facts = {"kind": SourceKind.ARTICLE, "title": "Strike called", "language": "en"} | facts
        return Source.objects.create(**facts, created_by=by)


def draft(by: User, **facts: Any) -> Claim:
    """A claim that is ready to be submitted: said by somebody, reported somewhere, assessed."""
    facts = {
        "statement": "The dockers of Port Example stopped work.",
        "aspect": Aspect.OCCURRENCE,
        "harm": Harm.ORDINARY,
    } | facts
    with acting(by):
        facts.setdefault("claimant", speaker(by))
        claim = Claim.objects.create(**facts, created_by=by)
        evidence(claim, by, bears_on=BearsOn.ATTRIBUTION)
        assess(claim, by)
    return claim


def evidence(claim: Claim, by: User, **facts: Any) -> Evidence:
    with acting(by):
        facts.setdefault("source", source(by))
        facts = {"bears_on": BearsOn.CONTENT, "basis": Basis.OWN_REPORTING} | facts
        return Evidence.objects.create(claim=claim, **facts)


def assess(claim: Claim, by: User, finding: str = "not_assessed", **facts: Any) -> None:
    statuses = VerificationStatus.objects
    with acting(by):
        claim.assessments.create(
            attribution=statuses.get(axis=Axis.ATTRIBUTION, code="single_report"),
            finding=statuses.get(axis=Axis.CONTENT, code=finding),
            assessed_by=by,
            **{"rationale": "Because."} | facts,
        )


def change(claim: Claim, by: User, **facts: Any) -> None:
    """Edit the claim itself, as a form or a script would."""
    with acting(by):
        Claim.objects.filter(pk=claim.pk).update(**facts)
    claim.refresh_from_db()


def as_somebody(by: User, what: Callable[..., Any], *args: Any, **said: Any) -> Any:
    """What a page of the desk does in somebody's name."""
    with acting(by):
        return what(*args, by=by, **said)


def approve(claim: Claim, *reviewers: User) -> None:
    for reviewer in reviewers:
        workflow.approve(claim, by=reviewer, digest=candidate(claim).digest)


def publish(claim: Claim, reviewer: User, publisher: User) -> Edition:
    """The rest of the way of a draft that is not grave."""
    workflow.submit(claim, by=User.objects.get(pk=claim.created_by_id))
    approve(claim, reviewer)
    return workflow.publish(claim, by=publisher)
