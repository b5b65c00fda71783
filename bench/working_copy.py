"""The newest synthetic claims as rows of the desk's tables, for the nested serializers."""

import sys
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench import synthetic  # noqa: E402
from claims.models import (  # noqa: E402
    Assessment,
    Claim,
    Event,
    Evidence,
    Figure,
    Relation,
    VerificationStatus,
)
from sources.models import Agent, Source  # noqa: E402


@transaction.atomic
def fill(first: int, last: int) -> None:
    """Write these claims with all that belongs to them. Needs a superuser's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    desk = User.objects.create(username="bench", is_active=False)
    statuses = {(row.axis, row.code): row for row in VerificationStatus.objects.all()}
    vocabulary = synthetic.vocabulary(
        VerificationStatus.objects.values("axis", "code", "label", "definition", "tone", "rating")
    )
    agents: dict[str, Agent] = {}
    events: dict[str, Event] = {}
    made: dict[str, Claim] = {}
    for number in range(first, last + 1):
        document = synthetic.document(number, vocabulary)
        event = document["event"]
        if event["ref"] not in events:
            events[event["ref"]] = _event(event)
        claim = made[document["ref"]] = Claim.objects.create(
            ref=document["ref"],
            claimant=_agent(document["claimant"], agents),
            event=events[event["ref"]],
            created_by=desk,
            state="published",
            **{
                name: document[name]
                for name in ("statement", "language", "voice", "aspect", "checkability", "harm")
            },
        )
        for item in document["about"]:
            claim.about.create(agent=_agent(item, agents))
        for item in document["evidence"]:
            Evidence.objects.create(
                claim=claim,
                source=_source(item["source"], agents, desk),
                **{name: item[name] for name in ("ref", "bears_on", "stance", "basis", "note")},
                **item["quotation"],
            )
        Figure.objects.bulk_create(Figure(claim=claim, **item) for item in document["figures"])
        for item in document["relations"]:
            if item["claim"] in made:
                Relation.objects.create(
                    claim=claim, relation=item["relation"], target=made[item["claim"]]
                )
        Assessment.objects.create(
            claim=claim,
            attribution=statuses["attribution", document["attribution"]["code"]],
            finding=statuses["content", document["finding"]["code"]],
            rationale=document["rationale"][0]["text"],
            assessed_by=desk,
        )


def _agent(item: dict[str, Any], known: dict[str, Agent]) -> Agent:
    if item["ref"] not in known:
        apart = ("reliability", "names", "roles")
        fields = {name: value for name, value in item.items() if name not in apart}
        known[item["ref"]] = Agent.objects.create(**fields)
        for other in item["names"]:
            known[item["ref"]].names.create(**other)
    return known[item["ref"]]


def _event(item: dict[str, Any]) -> Event:
    return Event.objects.create(
        ref=item["ref"],
        label=item["label"],
        existence=item["existence"],
        time_as_printed=item["time"]["as_printed"],
        place=item["place"]["name"],
        place_precision=item["place"]["precision"],
    )


def _source(item: dict[str, Any], agents: dict[str, Agent], desk: User) -> Source:
    return Source.objects.create(
        publisher=_agent(item["publisher"], agents),
        published=item["published"]["edtf"],
        published_as_printed=item["published"]["as_printed"],
        created_by=desk,
        **{name: item[name] for name in ("ref", "kind", "title", "section", "language", "url")},
    )


if __name__ == "__main__":
    first, last = map(int, sys.argv[1:])
    fill(first, last)
