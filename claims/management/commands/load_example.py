"""Load the worked example, through the same moves that people make."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from tqdm import tqdm

from claims import example
from claims.choices import Axis, Basis, BearsOn, State
from claims.models import Claim, Event, Evidence, VerificationStatus
from claims.review import checklist, content, workflow
from sources.acting import acting
from sources.models import Agent, Source

# Accounts are called by their role: nobody here is a person.
ACCOUNTS = {
    "contributor": "contributor",
    "reviewer": "reviewer",
    "reviewer-two": "reviewer",
    "publisher": "publisher",
    "administrator": "administrator",
}


class Command(BaseCommand):
    help = (
        "Load the worked example and the demo accounts. Can be run again; adds only what is "
        "missing. DEMO_PASSWORDS names a JSON file with a password for each account; without it "
        "the accounts cannot sign in."
    )

    def handle(self, **options: Any) -> str:
        people = _accounts()
        with acting(people["contributor"]):
            _write_working_copy(people["contributor"])
        refs = [example.ref(key) for key in example.CLAIMS]
        claims = Claim.objects.filter(ref__in=refs).order_by("pk")
        for claim in tqdm(claims, unit="claim", disable=None):
            _publish(claim, people)
        return f"The worked example is loaded: {len(claims)} claims."


def _accounts() -> dict[str, User]:
    path = os.environ.get("DEMO_PASSWORDS")
    passwords = json.loads(Path(path).read_text()) if path else {}
    people = {}
    for username, role in ACCOUNTS.items():
        user, created = User.objects.get_or_create(username=username, defaults={"is_staff": True})
        if created:
            user.groups.add(Group.objects.get(name=role))
            user.set_password(passwords.get(username))  # None: cannot sign in
            user.save(update_fields=["password"])
        people[username] = user
    return people


def _write_working_copy(by: User) -> None:
    agents = {
        key: Agent.objects.get_or_create(ref=example.ref(key), defaults=facts)[0]
        for key, facts in example.AGENTS.items()
    }
    for key, name, kind in example.OTHER_NAMES:
        agents[key].names.get_or_create(name=name, language="en", defaults={"kind": kind})
    for key, organisation, role in example.AFFILIATIONS:
        agents[key].affiliations.get_or_create(organisation=agents[organisation], role=role)
    article, _ = Source.objects.get_or_create(
        ref=example.ref("article"), defaults=example.ARTICLE | {"created_by": by}
    )
    events = {
        key: Event.objects.get_or_create(ref=example.ref(key), defaults=facts)[0]
        for key, facts in example.EVENTS.items()
    }
    new = {
        key: _write_claim(key, by, agents, events.get(facts.event), article)
        for key, facts in example.CLAIMS.items()
        if not Claim.objects.filter(ref=example.ref(key)).exists()
    }
    for key, claim in new.items():
        for relation, target in example.CLAIMS[key].relations:
            claim.relations.create(
                relation=relation, target=Claim.objects.get(ref=example.ref(target))
            )


def _write_claim(
    key: str,
    by: User,
    agents: dict[str, Agent],
    event: Event | None,
    article: Source,
) -> Claim:
    facts = example.CLAIMS[key]
    claim = Claim.objects.create(
        ref=example.ref(key),
        statement=facts.statement,
        voice=facts.voice,
        claimant=agents.get(facts.claimant),
        claimant_role=facts.role,
        on_behalf_of=agents.get(facts.on_behalf_of),
        event=event,
        aspect=facts.aspect,
        checkability=facts.checkability,
        harm=facts.harm,
        wanted=facts.wanted,
        created_by=by,
    )
    for name in facts.about:
        claim.about.create(agent=agents[name])
    Evidence.objects.create(
        ref=example.ref(f"{key} evidence"),
        claim=claim,
        source=article,
        bears_on=BearsOn.ATTRIBUTION,
        basis=Basis.REWRITE,
        exact=facts.quotation,
        language="en" if facts.quotation else "",
    )
    if facts.figure:
        claim.figures.create(ref=example.ref(f"{key} figure"), **facts.figure)
    statuses = VerificationStatus.objects
    claim.assessments.create(
        attribution=statuses.get(axis=Axis.ATTRIBUTION, code="single_report"),
        finding=statuses.get(axis=Axis.CONTENT, code=facts.finding),
        rationale=facts.rationale,
        assessed_by=by,
    )
    return claim


def _publish(claim: Claim, people: dict[str, User]) -> None:
    """Take a claim from where it stands to its first edition, each move by whoever may make it."""
    if claim.state == State.DRAFT and not claim.moves.filter(action="publish").exists():
        workflow.submit(claim, by=people["contributor"])
    for reviewer in (people["reviewer"], people["reviewer-two"]):
        if claim.state == State.IN_REVIEW:
            digest = content.candidate(claim).digest
            decided = {review.reviewer_id for review in checklist.standing_reviews(claim, digest)}
            if reviewer.pk not in decided:
                workflow.approve(claim, by=reviewer, digest=digest)
    if claim.state == State.APPROVED:
        workflow.publish(claim, by=people["publisher"])
