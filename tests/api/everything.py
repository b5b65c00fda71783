"""All that the API tells: every answer that can be reached from its index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

# What each list offers beside its items, so that nothing is left out of what is told.
ASKED = {
    "editions": "include=content&limit=200",
    "changes": "include=content&limit=200",
    "statuses": "include=past",
    "pages": "include=past",
    "claims": "limit=200",
}
# Where an item of a list has an address of its own.
DETAILS = ("claims", "events", "agents", "sources")
OWN = ("me", "webhooks", "proposals", "exports")  # a partner's own, behind a key


def told(client: Client | None = None) -> Iterator[tuple[str, bytes]]:
    """Each address with its answer, each once; as the partner whose client this is, or anybody."""
    partner, client = client, client or Client()
    resources = json.loads(client.get("/api/v1/").content)["resources"]
    waiting = ["/api/v1/"]
    for name, address in resources.items():
        if partner or name not in OWN:
            waiting.append(f"{urlsplit(address).path}?{ASKED.get(name, '')}")
    seen = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code in {200, 410}, (address, answer.content)
        yield address, answer.content
        waiting += _further(address, json.loads(answer.content))


def _further(address: str, answer: dict[str, Any]) -> Iterator[str]:
    """Where an answer leads on to: its next page, its items, and the lists it names."""
    name = address.split("/")[3]
    for item in answer.get("items", ()):
        if name in DETAILS and address.count("/") == 4:
            yield f"/api/v1/{name}/{item['ref']}/"
        if name == "changes":
            yield f"/api/v1/claims/{item['ref']}/"
            yield f"/api/v1/claims/{item['ref']}/editions/{item['edition']}/"
            yield f"/api/v1/editions/{item['digest']}/"
    links = [answer.get(name) for name in ("next", "derived", "claims", "keys")]
    links += [part["list"] for part in answer.get("parts", ())]
    for link in links:
        if isinstance(link, str):
            parts = urlsplit(link)
            yield f"{parts.path}?{parts.query}"


def texts(value: Any) -> Iterator[str]:
    """Every text and number in a JSON value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
