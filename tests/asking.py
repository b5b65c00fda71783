"""Partners' own machines, with keys of their own."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from claims.intake.models import Proposal
from claims.partners.choices import KeyKind
from claims.partners.models import ApiKey, Partner
from sources.acting import acting

PROPOSALS = "/api/v1/proposals/"
SOURCE = {
    "kind": "article",
    "title": "Bridge closed",
    "url": "https://example.org/bridge",
    "language": "fr",
}
CLAIM = {
    "statement": "The bridge at Port Example is closed.",
    "language": "en",
    "claimant": {"name": "The mayor"},
    "evidence": [{"quotation": {"exact": "Il est fermé.", "language": "fr"}, "source": SOURCE}],
}


def partner_with(name: str, *scopes: str, label: str = "tests") -> Client:
    """A client of a new partner, whose key may do this."""
    return Client(headers={"authorization": f"Bearer {key_of(name, *scopes, label=label)}"})


def key_of(name: str, *scopes: str, label: str = "tests") -> str:
    """The text of a key of this partner that may do this."""
    by, _ = User.objects.get_or_create(username="keys", defaults={"is_superuser": True})
    with acting(by):
        partner, _ = Partner.objects.get_or_create(
            name=name, defaults={"contact": "desk@partner.example"}
        )
        key, text = ApiKey.new(
            KeyKind.SECRET, partner=partner, label=label, scopes=list(scopes), created_by=by
        )
        key.save(force_insert=True)
    return text


def propose(client: Client, content: Any = CLAIM, *, kind: str = "claim", key: str = "one") -> Any:
    """What a partner sends when it proposes something."""
    return client.post(
        PROPOSALS,
        json.dumps({"kind": kind, kind: content}),
        content_type="application/json",
        headers={"Idempotency-Key": f'"{key}"'},
    )


def proposal(content: Any = CLAIM, *, kind: str = "claim", key: str = "one") -> Proposal:
    """What a partner has proposed, waiting for the desk."""
    answer = propose(partner_with("The Harbour News", "intake"), content, kind=kind, key=key)
    return Proposal.objects.get(ticket=answer.json()["id"])
