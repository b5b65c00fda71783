"""The description of the API tells the truth: it is valid, and every answer is as it says."""

import json
import re
from copy import deepcopy

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bench import synthetic
from claims.api import docs, waiting
from claims.api.schema import EXAMPLES
from tests import examples

ADDRESSES = {
    "/api/v1/claims/": "/api/v1/claims/",
    "/api/v1/claims/{ref}/": f"/api/v1/claims/{synthetic.name('claim', 0)}/",
    "/api/v1/claims/{ref}/editions/": f"/api/v1/claims/{synthetic.name('claim', 8)}/editions/",
    "/api/v1/claims/{ref}/editions/{number}/": (
        f"/api/v1/claims/{synthetic.name('claim', 0)}/editions/2/"
    ),
    "/api/v1/changes/": "/api/v1/changes/?include=content&limit=200",
    "/api/v1/statuses/": "/api/v1/statuses/?include=past",
    "/api/v1/exports/": "/api/v1/exports/",
    "/api/v1/": "/api/v1/",
    "/api/v1/editions/": "/api/v1/editions/?include=content&limit=200",
    "/api/v1/editions/{digest}/": "/api/v1/editions/{digest}/",  # of an edition on record
    "/api/v1/corrections/": "/api/v1/corrections/",
    "/api/v1/datafeed/": "/api/v1/datafeed/?limit=200",
    "/api/v1/pages/": "/api/v1/pages/?include=past",
    "/api/v1/events/": "/api/v1/events/",
    "/api/v1/agents/": "/api/v1/agents/?limit=200",
    "/api/v1/agents/{ref}/": f"/api/v1/agents/{synthetic.name('agent', 0)}/",
    "/api/v1/agents/{ref}/claims/": (
        f"/api/v1/agents/{synthetic.name('agent', 0)}/claims/?part=claimant"
    ),
    "/api/v1/sources/": "/api/v1/sources/?limit=200",
    "/api/v1/sources/{ref}/": f"/api/v1/sources/{synthetic.name('source', 0)}/",
    "/api/v1/sources/{ref}/claims/": f"/api/v1/sources/{synthetic.name('source', 0)}/claims/",
    "/api/v1/events/{ref}/": f"/api/v1/events/{synthetic.name('event', 0)}/",
    "/api/fetch/claim_reviews": "/api/fetch/claim_reviews?per_page=100",
    "/api/fetch/services": "/api/fetch/services",
    "/v1alpha1/claims:search": "/v1alpha1/claims:search?query=the",
}

# What is a partner's own, by what it is about; its answers are compared where it is tested.
WEBHOOK = "/api/v1/webhooks/{endpoint}/"
OWN = {
    *("/api/v1/proposals/", "/api/v1/proposals/{ticket}/"),
    *("/api/v1/me/", "/api/v1/me/keys/", "/api/v1/me/keys/{key}/"),
    "/api/v1/webhooks/",
    *(WEBHOOK + rest for rest in ("", "secret/", "test/", "deliveries/")),
    *(f"{WEBHOOK}deliveries/{{delivery}}/{rest}" for rest in ("", "redeliver/")),
}


# Exports have to be made first: tests/exports compares them.
EXPORTED = {
    *("/api/v1/exports/{id}/", "/api/v1/exports/files/{name}"),
    "/api/v1/exports/editions.ndjson",
}


@pytest.fixture(scope="module")
def document():
    return json.loads(docs.document())


def errors(document, described, instance):
    """What in an answer is not as described."""
    whole = {"$ref": "#/described", "components": document["components"], "described": described}
    validator = Draft202012Validator(whole, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def body_schema(document, path, status="200", kind="application/json"):
    """How an answer is described that is sent whole."""
    schema = document["paths"][path]["get"]["responses"][status]["content"][kind]["schema"]
    return schema.get("anyOf", [schema])[0]


def test_the_description_is_valid_openapi_3_1(client):
    answer = client.get("/api/schema/")
    served = json.loads(answer.content)
    assert served["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(served).validate()
    again = client.get("/api/schema/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_every_address_is_described(document):
    assert document["paths"].keys() == ADDRESSES.keys() | OWN | EXPORTED


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_is_as_described(get, document, path):
    digest = get("editions/", limit=1).data["items"][0]["digest"]
    answer = get(ADDRESSES[path].replace("{digest}", digest))
    assert answer.status_code == 200
    assert errors(document, body_schema(document, path), answer.data) == []


def test_every_claim_is_as_described(get, document):
    answer = get("claims/", limit=200)
    assert errors(document, body_schema(document, "/api/v1/claims/"), answer.data) == []


def test_a_tombstone_is_as_described(get, document):
    path = "/api/v1/claims/{ref}/"
    answer = get(f"claims/{synthetic.name('claim', 8)}/")
    assert answer.status_code == 410
    assert errors(document, body_schema(document, path, "410"), answer.data) == []


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/api/v1/claims/", "claims/?x=1", "400"),
        ("/api/v1/claims/{ref}/", "claims/ZZZZZZZZ/", "404"),
    ],
)
def test_a_problem_is_as_described(get, document, path, address, status):
    answer = get(address)
    schema = body_schema(document, path, status, "application/problem+json")
    assert answer.status_code == int(status)
    assert errors(document, schema, answer.data) == []


def test_an_answer_that_is_not_as_described_is_noticed(get, document):
    schema = body_schema(document, "/api/v1/claims/")
    whole = get("claims/", limit=1).data
    for change in ({"seen": 1}, {"harm": "none"}, {"evidence": [{}]}, {"language": None}):
        wrong = deepcopy(whole)
        wrong["items"][0]["content"] |= change
        assert errors(document, schema, wrong)
    del whole["items"][0]["content"]["wanted"]
    assert errors(document, schema, whole)


def test_the_examples_are_as_described(document):
    shown = {
        told["operationId"]: (content["schema"], content["examples"])
        for operations in document["paths"].values()
        for told in operations.values()
        for answer in told["responses"].values()
        for content in answer.get("content", {}).values()
        if "examples" in content
    }
    assert {name: one["worked"]["value"] for name, (_, one) in shown.items()} == EXAMPLES
    for name, (schema, shown_as) in shown.items():
        assert errors(document, schema, shown_as["worked"]["value"]) == [], name


@pytest.mark.usefixtures("committed")
def test_the_examples_are_what_the_worked_example_is_answered_with():
    """`make docs` writes them anew."""
    assert examples.answers() == EXAMPLES


def test_the_reference_page_asks_nobody_else(client):
    answer = client.get("/api/docs/reference/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert "<style" not in page
    assert " style=" not in page
    assert "unsafe" not in answer["Content-Security-Policy"]


CHECKS = (
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *((path, GenerationMode.POSITIVE) for path in ADDRESSES),
        ("/api/v1/claims/", GenerationMode.NEGATIVE),
        ("/api/v1/changes/", GenerationMode.NEGATIVE),
    ],
)
def test_whatever_is_asked_the_answer_is_as_described(record, path, mode, monkeypatch):
    """Requests made from the description, right and wrong ones: the same ones in every run."""
    monkeypatch.setattr(waiting, "watch", waiting.Watch(places=0))  # nothing will be published
    api = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
    statuses = set()

    @settings(
        max_examples=80,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=api[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case):
        # A client without a socket does not undo what it says it can.
        answer = case.call(headers={"Accept-Encoding": "identity"})
        statuses.add(answer.status_code)
        assert answer.status_code < 500
        case.validate_response(answer, checks=CHECKS)

    ask()
    assert statuses <= {200, 304, 400, 404, 405, 406}
    assert statuses
