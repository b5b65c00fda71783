"""What is answered about a proposal, to the partner who made it."""

from __future__ import annotations

from claims.intake.choices import ProposalState

from . import contract

HEAD: dict[str, contract.Schema] = {
    "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"},
    "address": {"type": "string", "format": "uri-reference"},
    "kind": contract.one_of(("claim", "source")),
    "received_at": contract.MOMENT,
    "state": {
        **contract.one_of(tuple(ProposalState.values)),
        "description": (
            "`received`: nobody has looked at it yet. `in_review`: somebody does. `taken_up`: the "
            "desk works on it or has put it on file; `ref` follows once it is published. "
            "`declined`: `reason` says why."
        ),
    },
    "settled_at": contract.or_null(contract.MOMENT),
    "reason": {"type": "string", "description": "Why it was declined; else empty."},
    "ref": {
        **contract.or_null(contract.REF),
        "description": "Under which ref it can be read; null until it is published.",
    },
}
_proposed = {"oneOf": [contract.component("ProposedClaim"), contract.component("ProposedSource")]}

_page = contract.record(
    "A page.",
    items=contract.listing(contract.component("ProposalItem")),
    next=contract.or_null({"type": "string", "format": "uri"}),
)
_counted: dict[str, contract.Schema] = {
    "total": {**contract.COUNT, "description": "Only with `total=true`: how many on all pages."},
    "total_bound": contract.one_of(("exact", "at_least")),
}

ANSWERS: dict[str, contract.Schema] = {
    "ProposalItem": contract.record("A proposal of yours, in short.", **HEAD),
    "Proposal": contract.record(
        "A proposal of yours, and what was proposed.", **HEAD, proposed=_proposed
    ),
    "ProposalPage": _page | {"properties": _page["properties"] | _counted},
}
