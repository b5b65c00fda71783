"""What nobody should send, sent to every operation that the description names.

The operations are read from the description, so that a new one is asked at once. No answer is our
fault (5xx), and each is one that the description allows, or a problem that says what is wrong.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from bench import synthetic
from claims.api import docs
from claims.partners.choices import Scope
from tests.asking import key_of, partner_with, propose

METHODS = ("get", "post", "put", "patch", "delete")
# What any address may say, whatever is described there.
PROBLEMS = {400, 401, 403, 404, 405, 406, 411, 413, 415}
DROP_INS = ("/v1alpha1/", "/api/fetch/")  # they err in the shape of what they stand in for
DEEP = 100_000
DOCUMENT = json.loads(docs.document())
OPERATIONS = [
    (path, method)
    for path, item in DOCUMENT["paths"].items()
    for method in METHODS
    if method in item
]
WRITES = [(path, method) for path, method in OPERATIONS if method in ("post", "put", "patch")]
ENDLESS = "9" * 5000
BODIES = {
    "empty": b"",
    "not JSON": b"{",
    "NUL": b"\0",
    "NUL in a text": b'{"kind": "\\u0000"}',
    "a lone surrogate": b'{"kind": "\\ud800"}',
    "a raw surrogate": b'{"kind": "\xed\xa0\x80"}',
    "not UTF-8": b'{"kind": "\xff"}',
    "UTF-16": '{"kind": "claim"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"kind": "claim"}',
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep and short": b'{"a":' + b"[" * 900 + b"]" * 900 + b"}",
    "an endless number": f'{{"minimum": {ENDLESS}}}'.encode(),
    "an endless exponent": b'{"minimum": 1e999999999}',
    "the same name twice": b'{"kind": "claim", "kind": "source"}',
    "NaN": b'{"minimum": NaN}',
    "Infinity": b'{"minimum": -Infinity}',
    "huge": b'{"kind": "' + b"x" * 3_000_000 + b'"}',
    "a list": b"[]",
    "a text": b'"claim"',
    "null": b"null",
    "an unknown name": b'{"no such name": 1}',
    "wrong kinds": b'{"kind": {}, "claim": 1, "url": [], "label": 5, "scopes": "read", "types": 1}',
}
VALUES = {
    "NUL": "%00",
    "a lone surrogate": "%ED%A0%80",
    "not UTF-8": "%FF",
    "an endless number": ENDLESS,
    "empty": "",
    "spaces": "%20%20",
    "markup": "%3Cscript%3E",
    "a negative number": "-1",
    "a number in other digits": "%D9%A1",
    "a fraction": "1e5",
    "a far offset": "2026-11-23T12:00:00%2B23:59",
    "before the first year": "0001-01-01T00:00:00%2B23:59",
    "a forged cursor": "eyJhIjoxfQ.AAAA",
    "another direction": "%E2%80%AE",
}
HEADERS = [
    ("Range", "bytes=-0"),
    ("Range", "bytes=99999999999999999999999-"),
    ("Range", "\0"),
    ("If-None-Match", '"' * 999),
    ("If-None-Match", "W/" * 5000),
    ("If-Range", "Mon, 99 Foo 9999 99:99:99 GMT"),
    ("If-Modified-Since", "x" * 5000),
    ("Accept", "application/json;q=nothing"),
    ("Accept", ",;,;=" * 500),
    ("Accept", "é/\udcff"),
    ("Accept-Encoding", "gzip;q=-1, *;q=x, zstd;q=99999999999999999999"),
    ("Accept-Language", "*" * 3000),
    ("Authorization", "Bearer"),
    ("Authorization", "Bearer \0"),
    ("Authorization", "Bearer " + "x" * 10_000),
    ("Authorization", "Basic Og=="),
    ("Authorization", "Bearer a, Bearer b"),
    ("Idempotency-Key", '"' * 300),
    ("X-Forwarded-For", "'; --"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Content-Type", 'application/json; charset="utf-7"'),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Cookie", "sessionid=\x01; sessionid=; csrftoken=x"),
]
TRICKS = (
    *("%2e%2e/", "//", "%2F", "./", "..", "%00/", "%ED%A0%80/", ";a=b/", "x" * 20_000),
    *("%252e%252e%252f", "%5c..%5c", "?/../", "%E2%80%AE/", "%0d%0aX-Injected:%201/"),
)


@pytest.fixture(scope="module")
def key(record: int) -> str:
    return key_of("Bad input", *Scope)


@pytest.fixture(params=["anonymous", "partner"])
def client(request: pytest.FixtureRequest, settings: Any, key: str) -> Client:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000_000)
    client = Client(raise_request_exception=False)
    if request.param == "partner":
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    return client


def filled(path: str) -> str:
    """An address with something in each of its places; a claim where a claim is meant."""
    known = {
        "ref": synthetic.name("claim", 0) if "claims" in path else synthetic.name("event", 0),
        "number": "1",
        "digest": "0" * 64,
        "ticket": "A" * 22,
    }
    parts = path.split("/")
    return "/".join(
        known.get(part[1:-1], "00000000") if part.startswith("{") else part for part in parts
    )


def parameters(path: str, method: str) -> Iterator[str]:
    for one in DOCUMENT["paths"][path][method].get("parameters", []):
        if one["in"] == "query":
            yield one["name"]


def fault(answer: Any, path: str = "", method: str = "get") -> str:  # noqa: PLR0911
    """What is wrong with an answer, empty when nothing is."""
    status = answer.status_code
    if status >= 500:
        return f"{status}: {answer.getvalue()[:300]!r}"
    if "Set-Cookie" in answer.headers or answer.cookies:
        return f"{status}: sets a cookie"
    described = DOCUMENT["paths"].get(path, {}).get(method, {}).get("responses", {})
    told = described.get(str(status))
    if told is None and status not in PROBLEMS:
        return f"{status} is not described"
    body, kind = answer.getvalue(), answer.get("Content-Type", "").partition(";")[0]
    if not body or method == "head":
        return ""
    if told is None or kind not in told.get("content", {}):
        if kind != "application/problem+json" and not path.startswith(DROP_INS):
            return f"{status}: {kind} is not described"
        schema: Any = {"$ref": "#/components/schemas/Problem"} if "problem" in kind else {}
    else:
        schema = told["content"][kind].get("schema", {})
    if "json" not in kind or "ndjson" in kind:  # lines are read where exports are tested
        return ""
    whole = {"components": DOCUMENT["components"], **schema}
    wrong = [one.message[:200] for one in Draft202012Validator(whole).iter_errors(json.loads(body))]
    return f"{status}: {wrong}" if wrong else ""


@pytest.mark.parametrize(("path", "method"), WRITES, ids=str)
def test_bodies(client, path, method):
    faults = {}
    for name, body in BODIES.items():
        answer = client.generic(
            method,
            filled(path),
            body,
            content_type="application/json",
            headers={"Idempotency-Key": f'"{name.replace(" ", "-")}"'},
        )
        if wrong := fault(answer, path, method):
            faults[name] = wrong
        elif answer.status_code < 400:
            faults[name] = f"{answer.status_code}: was accepted"
    assert faults == {}


@pytest.mark.parametrize(("path", "method"), WRITES, ids=str)
def test_bodies_of_another_kind_or_length(client, path, method):
    faults = {}
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "", "\xff"):
        answer = client.generic(method, filled(path), b"{}", content_type=kind)
        faults[f"type {kind!r}"] = fault(answer, path, method)
    for length in ("-1", "x", "99999999999999999999", "", "5 5", "٣"):
        answer = client.generic(
            method,
            filled(path),
            b"{}",
            content_type="application/json",
            CONTENT_LENGTH=length,
            **{"wsgi.input": io.BytesIO(b"{}")},
        )
        faults[f"length {length!r}"] = fault(answer, path, method)
    assert {name: wrong for name, wrong in faults.items() if wrong} == {}


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=str)
def test_values_of_parameters(client, path, method):
    faults = {}
    for name in [*parameters(path, method), "no-such-parameter", "%00", "%ED%A0%80", "[]", "a.b"]:
        for what, value in VALUES.items():
            for question in (f"{name}={value}", f"{name}={value}&{name}={value}"):
                answer = client.generic(method, filled(path), QUERY_STRING=question)
                if wrong := fault(answer, path, method):
                    faults[f"{name}: {what}"] = wrong
    assert faults == {}


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=str)
def test_headers(client, path, method):
    faults = {}
    for name, value in HEADERS:
        answer = client.generic(method, filled(path), headers={name: value})
        if wrong := fault(answer, path, method):
            faults[f"{name}: {value[:40]}"] = wrong
    assert faults == {}


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_methods_that_nobody_named(client, path):
    described = {method.upper() for method in DOCUMENT["paths"][path]}
    faults = {}
    for method in (
        "TRACE",
        "CONNECT",
        "PROPFIND",
        "QUERY",
        "G\x00T",
        "PATCH",
        "DELETE",
        "PUT",
    ):
        if method not in described:
            answer = client.generic(method, filled(path))
            if wrong := fault(answer, path):
                faults[method] = wrong
    assert faults == {}


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_tricks_with_the_address(client, path):
    faults = {}
    for trick in TRICKS:
        for address in (f"{filled(path)}{trick}", f"{filled(path)[:-1]}{trick}"):
            bare, _, question = address.partition("?")
            answer = client.generic("GET", bare, QUERY_STRING=question)
            if answer.status_code in (301, 302):
                continue
            if wrong := fault(answer, path):
                faults[address[:80]] = wrong
    assert faults == {}


def test_a_cursor_is_good_where_it_was_made_and_nowhere_else(client):
    cursor = client.get("/api/v1/claims/", {"limit": 1}).json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0]
    lists = [path for path, method in OPERATIONS if "cursor" in list(parameters(path, method))]
    assert len(lists) > 1
    for path in lists:
        for more in ("", "&limit=2", "&total=true", "&disputed=true"):
            answer = client.get(f"{filled(path)}?cursor={cursor}{more}")
            good = path == "/api/v1/claims/" and more in ("", "&limit=2")
            assert answer.status_code in ({200} if good else {400, 401, 404}), path
    for place in range(0, len(cursor), 3):
        forged = f"{cursor[:place]}{'A' if cursor[place] != 'A' else 'B'}{cursor[place + 1 :]}"
        assert client.get(f"/api/v1/claims/?cursor={forged}").status_code == 400


def test_a_cursor_of_one_partner_shows_another_nothing_of_theirs(record, settings):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000_000)
    one, other = (partner_with(name, *Scope) for name in ("The first", "The second"))
    for number in range(3):
        assert propose(one, key=str(number)).status_code == 201
    assert propose(other, key="own").status_code == 201
    following = one.get("/api/v1/proposals/", {"limit": 1}).json()["next"]
    own = {item["id"] for item in other.get("/api/v1/proposals/").json()["items"]}
    answer = other.get(following)
    assert {item["id"] for item in answer.json().get("items", [])} <= own


def test_what_belongs_to_another_is_answered_as_what_is_not_there(record, settings):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000_000)
    one, other = (partner_with(name, *Scope) for name in ("The third", "The fourth"))
    address = propose(one)["Location"]
    missing = f"/api/v1/proposals/{'x' * 22}/"
    for method in METHODS:
        theirs, nobodys = (other.generic(method, where) for where in (address, missing))
        assert theirs.status_code == nobodys.status_code
        assert theirs.json() == nobodys.json() | {"instance": address}
