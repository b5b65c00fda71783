"""Who speaks, what was published and what happened, as nodes of an edition's linked data.

Each has the address of its page as its name, so that what several editions say of it meets there.
"""

from __future__ import annotations

from typing import Any

from .addresses import Addresses
from .linked_data import known, plain_date, schema_agent

Node = dict[str, Any]


def agent_node(agent: Node | None, places: Addresses) -> Node | None:
    described = schema_agent(agent)
    if agent is None or described is None:
        return None
    return known(
        {
            **described,
            "@id": places.agent(agent["ref"]),
            "@type": [described["@type"], "prov:Agent"],
            "name": said(agent["name"], agent.get("language", "")),
            "alternateName": [said(one["name"], one["language"]) for one in agent.get("names", [])],
            "agentKind": agent["kind"],
            "party": bool(agent.get("party")),
            "reliability": agent.get("reliability"),
            "memberOf": [
                known(
                    {
                        "@type": "OrganizationRole",
                        "roleName": role["title"],
                        "memberOf": {
                            "@id": places.agent(role["organisation"]["ref"]),
                            "name": role["organisation"]["name"],
                        },
                        "startDate": role["from"],
                        "endDate": role["to"],
                    }
                )
                for role in agent.get("roles", [])
            ],
        }
    )


def event_node(event: Node, places: Addresses) -> Node:
    return known(
        {
            "@id": places.event(event["ref"]),
            "@type": "Event",
            "name": said(event["label"], event["language"]),
            "existence": event["existence"],
            "location": _location(event["place"]),
        }
    )


def _location(place: Node | None) -> Node | None:
    if place is None:
        return None
    return known({"@type": "Place", "name": place["name"], "geo": _geo(place.get("box"))})


def _geo(box: list[float] | None) -> Node | None:
    """Where on the map; a point as a point. The corners of a box: south west, north east."""
    if not box:
        return None
    west, south, east, north = box
    if (west, south) == (east, north):
        return {"@type": "GeoCoordinates", "latitude": str(south), "longitude": str(west)}
    return {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}


def source_node(source: Node, places: Addresses) -> Node:
    parents: dict[str, list[Node]] = {"confirmed": [], "suspected": []}
    for one in source["derived_from"]:
        parent = {"@id": places.source(one["source"]), "headline": one["title"]}
        parents.setdefault(one["certainty"], []).append(parent)
    return known(
        {
            "@id": places.source(source["ref"]),
            "@type": ["CreativeWork", "prov:Entity"],
            "headline": said(source["title"], source["language"]),
            "url": source["url"],
            "inLanguage": source["language"],
            "sourceKind": source["kind"],
            "access": source["access"],
            "publisher": agent_node(source["publisher"], places),
            "author": agent_node(source["author"], places),
            "datePublished": plain_date(source["published"]),
            "wasDerivedFrom": parents["confirmed"],
            "suspectedDerivation": parents["suspected"],
        }
    )


def status_node(status: Node) -> Node:
    return {
        "@type": "Status",
        "code": status["code"],
        "name": status["label"],
        "definition": status["definition"],
    }


def said(words: str, language: str) -> Any:
    """Words with their language, where it is known."""
    return {"@value": words, "@language": language} if language and words else words
