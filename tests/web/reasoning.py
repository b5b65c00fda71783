"""Linked data read by a processor, without a network: contexts are put in where they are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.test import Client
from pyshacl import validate
from rdflib import Dataset, Graph, Namespace

SHAPES = Path(__file__).parent / "shapes"
FC = Namespace("http://testserver/ns/claims/v1.jsonld#")
CITO = Namespace("http://purl.org/spar/cito/")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("http://schema.org/")

# As much of schema.org's own context as a page's data needs: its names, and which hold addresses.
SCHEMA_ORG = {
    "@vocab": "http://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "sameAs", "license")},
}


def graph_of(data: dict[str, Any], context: object) -> Dataset:
    """All that a processor reads in a document whose context is this one."""
    found = Dataset()
    found.parse(data=json.dumps(data | {"@context": context}), format="json-ld")
    return found


def schema_graph(data: dict[str, Any]) -> Graph:
    assert data["@context"] == "https://schema.org"
    return flat(graph_of(data, SCHEMA_ORG))


def record_graph(visitor: Client, path: str, **headers: str) -> Dataset:
    """The linked data at an address, read with the context that the site itself serves."""
    answer = visitor.get(path, headers=headers)
    assert answer["Content-Type"] == "application/ld+json"
    data = json.loads(answer.content)
    assert data["@context"] == "http://testserver/ns/claims/v1.jsonld"
    context = json.loads(visitor.get("/ns/claims/v1.jsonld").content)["@context"]
    return graph_of(data, context)


def flat(found: Dataset) -> Graph:
    """What stands outside of all named graphs."""
    graph = Graph()
    for triple in found.default_graph:
        graph.add(triple)
    return graph


def complaints(graph: Graph, shapes: str) -> str:
    """What a validator has to say against it; nothing when it has the shapes in this file."""
    conforms, _, text = validate(graph, shacl_graph=str(SHAPES / shapes))
    return "" if conforms else text
