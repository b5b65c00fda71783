"""The examples of the API's description: what it answers about the worked example.

`make docs` writes claims/api/examples.json anew: answers, by the name of the operation in the
description. `tests/api/test_description.py` asks again and compares. Moments of the run are told
from one noon on, and what is random (ids and secrets) is written as a number of the same shape.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings, setup_test_environment
from django.utils import timezone

from claims import example
from claims.editions.stamps import stamp
from tests.asking import partner_with, propose

FILE = Path(__file__).resolve().parent.parent / "claims" / "api" / "examples.json"
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
CLAIM, EVENT, AGENT, ARTICLE = (example.ref(key) for key in ("C3", "E1", "FLA", "article"))
API = "/api/v1/"
SITE = "https://factcheck.example"

LIMITS = {"anonymous": 120, "read": 1200, "bulk": 120, "webhooks": 120, "intake": 60}

# What is asked by anybody: the name of the operation, and the address.
PUBLIC = {
    "index": API,
    "claims": f"{API}claims/?limit=1",
    "claim": f"{API}claims/{CLAIM}/",
    "editions": f"{API}claims/{CLAIM}/editions/",
    "edition": f"{API}claims/{CLAIM}/editions/1/",
    "all_editions": f"{API}editions/?limit=2",
    "changes": f"{API}changes/?limit=2",
    "statuses": f"{API}statuses/",
    "data_feed": f"{API}datafeed/?limit=1",
    "events": f"{API}events/",
    "event": f"{API}events/{EVENT}/",
    "agents": f"{API}agents/?limit=2",
    "agent": f"{API}agents/{AGENT}/",
    "agent_claims": f"{API}agents/{AGENT}/claims/?part=claimant&limit=1",
    "sources": f"{API}sources/",
    "source": f"{API}sources/{ARTICLE}/",
    "source_claims": f"{API}sources/{ARTICLE}/claims/?limit=1",
    "fetch_claim_reviews": "/api/fetch/claim_reviews?per_page=1",
    "fetch_services": "/api/fetch/services",
}


def answers() -> dict[str, Any]:
    """What the API answers about the worked example: by operation, ready to be written."""
    began = timezone.now()
    with mock.patch("django.utils.timezone.now", return_value=NOON):
        call_command("load_example", verbosity=0)
    anybody = Client()
    with override_settings(API_LIMITS=LIMITS):
        told = {name: _json(anybody.get(address)) for name, address in PUBLIC.items()}
        digest = told["edition"]["digest"]
        told["edition_by_digest"] = _json(anybody.get(f"{API}editions/{digest}/"))
        told |= _as_a_partner()
    return dict(sorted(_still(told, began=began).items()))


def _as_a_partner() -> dict[str, Any]:
    partner = partner_with("A partner", "read", "webhooks", "intake", label="the newsroom")

    def get(path: str) -> Any:
        return _json(partner.get(API + path))

    def send(path: str, body: Any) -> Any:
        return _json(partner.post(API + path, json.dumps(body), content_type="application/json"))

    told = {"me": get("me/"), "keys": get("me/keys/")}
    told["key_new"] = send("me/keys/", {"label": "the archive", "scopes": ["read"]})
    told["key"] = get(f"me/keys/{told['key_new']['id']}/")
    told["webhook_new"] = send("webhooks/", {"url": "https://partner.example/factcheck"})
    endpoint = f"webhooks/{told['webhook_new']['id']}/"
    told |= {"webhooks": get("webhooks/"), "webhook": get(endpoint)}
    change = '{"description": "the archive"}'
    told["webhook_change"] = _json(
        partner.patch(API + endpoint, change, content_type="application/json")
    )
    told["webhook_secret"] = send(f"{endpoint}secret/", {})
    told["webhook_test"] = send(f"{endpoint}test/", {})
    told["propose"] = _json(propose(partner))
    told["proposals"] = get("proposals/")
    told["proposal"] = get(f"proposals/{told['propose']['id']}/")
    return told


def _json(answer: Any) -> Any:
    assert answer.status_code in {200, 201, 202}, (answer.request["PATH_INFO"], answer.content)
    return json.loads(answer.getvalue())


# What is different each time, and the shape that it keeps.
RANDOM = {
    r"msg_[0-9a-f]{32}": "msg_{:032d}",
    r"factcheck_key_[0-9A-Za-z]{40}": "factcheck_key_{:040d}",
    r"factcheck_key_[0-9A-Za-z]{6}(?=\")": "factcheck_key_{:06d}",
    r"whsec_[0-9A-Za-z+/=]{32,}": "whsec_{:043d}=",
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}": "00000000-0000-4000-8000-{:012d}",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")


def _still(told: Any, *, began: dt.datetime) -> Any:
    """The same each time: moments of this run are told from noon on, what is random by numbers."""
    for status in told["statuses"]["items"]:  # since when the database is there
        status["valid_from"] = stamp(NOON)
    text = json.dumps(told, ensure_ascii=False).replace("http://testserver", SITE)
    ids = {told["key"]["id"]: "KEY00002", told["me"]["key"]["id"]: "KEY00001"}
    ids[told["propose"]["id"]] = "0000000000000000000001"
    for known, number in ids.items():
        text = text.replace(known, number)
    text = re.sub(r'("resets_in": )[1-9]\d*', r"\g<1>60", text)

    def moment(found: re.Match[str]) -> str:
        passed = dt.datetime.fromisoformat(found[0]) - began
        if passed < -dt.timedelta(minutes=1):
            return found[0]
        hours = dt.timedelta(hours=round(passed / dt.timedelta(hours=1)))
        return (NOON + hours).isoformat().replace("+00:00", "Z")

    text = MOMENT.sub(moment, text)
    for pattern, shape in RANDOM.items():
        text = _numbered(text, pattern, shape)
    return json.loads(text)


def _numbered(text: str, pattern: str, shape: str) -> str:
    """What fits the pattern, by numbers in the order in which it comes first."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return shape.format(numbers.setdefault(found[0], len(numbers) + 1))

    return re.sub(pattern, number, text)


def write() -> None:
    """Write the file anew, in a database that holds nothing but what migrations put there."""
    setup_test_environment()
    told = json.dumps(answers(), ensure_ascii=False, indent=1)
    FILE.write_text(f"{told}\n", "utf-8")
