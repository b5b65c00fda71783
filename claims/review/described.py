"""Who speaks, what was published and what happened, as the content of an edition tells it."""

from __future__ import annotations

from typing import Any

from claims.models import Event
from sources.choices import Access, Reliability
from sources.fields import as_printed_date
from sources.models import Affiliation, Agent, Source

from .independence import is_party


def agent_told(agent: Agent | None) -> dict[str, Any] | None:
    if agent is None:
        return None
    ratings = list(agent.ratings.all())
    return {
        "ref": agent.ref,
        "kind": agent.kind,
        "name": agent.name,
        "language": agent.language,
        "party": is_party(agent),
        "reliability": ratings[0].grade if ratings else Reliability.F.value,
        "wikidata": agent.wikidata,
        "names": sorted(
            (
                {"name": item.name, "language": item.language, "kind": item.kind}
                for item in agent.names.all()
            ),
            key=lambda item: (item["language"], item["name"]),
        ),
        "roles": [_role(item) for item in sorted(agent.affiliations.all(), key=_since)],
    }


def _role(item: Affiliation) -> dict[str, Any]:
    """A title is true on a date: with the dates between which it was held, as far as known."""
    return {
        "title": item.role,
        "organisation": {"ref": item.organisation.ref, "name": item.organisation.name},
        "from": item.begins,
        "to": item.ends,
    }


def _since(item: Affiliation) -> tuple[str, ...]:
    """Roles stand in the order in which they began; one whose beginning is not known is first."""
    began = item.begins_earliest.isoformat() if item.begins_earliest else ""
    return began, item.ends, item.organisation.ref, item.role


def event_told(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    return {
        "ref": event.ref,
        "label": event.label,
        "language": event.language,
        "existence": event.existence,
        "time": as_printed_date(event, "time"),
        "place": {"name": event.place, "precision": event.place_precision, "box": event.box}
        if event.place
        else None,
    }


def source_told(source: Source) -> dict[str, Any]:
    """What the public may know of a source; of a protected one its placeholder, nothing else."""
    if source.is_protected:
        return {"access": source.access, "placeholder": source.placeholder}
    return {
        "ref": source.ref,
        "access": source.access,
        "kind": source.kind,
        "title": source.title,
        "section": source.section,
        "language": source.language,
        # What is cited only is named; the way to it stays with the desk as the material does.
        "url": source.url if source.access == Access.PUBLIC else "",
        "publisher": agent_told(source.publisher),
        "author": agent_told(source.author),
        "published": as_printed_date(source, "published"),
        "derived_from": [
            {
                "source": item.parent.ref,
                "title": item.parent.title,
                "kind": item.kind,
                "certainty": item.certainty,
            }
            for item in source.derived_from.all()
            if not item.parent.is_protected
        ],
    }
