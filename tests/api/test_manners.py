"""How the API answers, whoever asks and however: methods, formats, errors, headers."""

import json

import pytest
from django.test import Client

from claims.api import reading

ADDRESSES = [
    "/api/v1/claims/",
    "/api/v1/claims/K0000000/",
    "/api/v1/claims/K0000000/editions/",
    "/api/v1/claims/K0000000/editions/1/",
    "/api/v1/changes/",
    "/api/v1/statuses/",
    "/api/v1/events/E0000000/",
    "/api/v1/",
    "/api/v1/editions/",
    "/api/v1/corrections/",
    "/api/v1/pages/",
    "/api/v1/events/",
    "/api/v1/agents/",
    "/api/v1/agents/A0000000/",
    "/api/v1/agents/A0000000/claims/?part=claimant",
    "/api/v1/sources/",
    "/api/v1/sources/S0000000/",
    "/api/v1/sources/S0000000/claims/",
]
NOWHERE = [
    "/api/nothing",
    "/api/v2/claims/",
    "/api/v1/claims/K0000000/editions/0/",
    "/api/v1/claims/K0000000/editions/01/",
    "/api/v1/claims/K0000000/editions/" + "9" * 5000 + "/",
    "/api/v1/claims/k0000000/",
    "/api/v1/claims/K000000I/",
    "/api/v1/claims/%00/",
    "/api/v1/claims/%ED%A0%80/",
    "/api/v1/claims/K0000000%0A/",
    "/api/" + "x" * 10_000,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get(record, address):
    got, head = Client().get(address), Client().head(address)
    assert got.status_code == head.status_code == 200
    assert head.content == b""
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Length"):
        assert got.headers[name] == head.headers[name]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(record, address, method):
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_another_site_may_read_and_ask_for_news(record, address):
    preflight = Client().options(address, headers={"Origin": "https://paper.example"})
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert preflight["Access-Control-Allow-Headers"] == "If-None-Match"
    got = Client().get(address, headers={"Origin": "https://paper.example"})
    for answer in (preflight, got):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.has_header("Access-Control-Allow-Credentials")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_recognised_and_nothing_varies(record, address):
    answer = Client().get(
        address, headers={"Cookie": f"sessionid={'x' * 32}", "Accept-Language": "fr"}
    )
    assert not answer.cookies
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"


@pytest.mark.parametrize("address", NOWHERE)
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_an_unknown_address_is_a_problem_and_no_page(record, address, method):
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    if method == "get":
        problem = json.loads(answer.content)
        assert (problem["status"], problem["title"]) == (404, "Not Found")
        assert problem["type"] == "about:blank"


def test_the_root_leads_to_the_reference(client):
    assert client.get("/api/")["Location"] == "/api/docs/"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "x;*"])
def test_another_format_is_not_acceptable(record, accept):
    answer = Client().get("/api/v1/claims/", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8"],
)
def test_whoever_can_read_json_gets_it(record, accept):
    headers = {"Accept": accept} if accept else {}
    answer = Client().get("/api/v1/claims/", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_fault_of_ours_is_a_problem_without_its_reason(record, monkeypatch):
    def fail(*_):
        raise RuntimeError("the reason")

    monkeypatch.setattr(reading.items, "read", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/claims/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"the reason" not in answer.content


def test_errors_are_not_kept_as_if_they_were_editions(record):
    answer = Client().get("/api/v1/claims/K0000000/editions/9/")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "public, no-cache")
