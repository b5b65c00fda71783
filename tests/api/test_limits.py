"""How often one may ask: counted for each key and scope, without a key for each address."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.partners import access
from claims.partners.models import ApiKey, Use
from claims.partners.tasks import forget_use

CLAIMS = "/api/v1/claims/"


@pytest.fixture
def few(settings):
    settings.API_LIMITS = {
        "anonymous": 3, "read": 5, "bulk": 4, "webhooks": 4, "intake": 4,
    }  # fmt: skip
    settings.API_WINDOW = 3600


def ask(served, path=CLAIMS, **headers):
    connection = HTTPConnection(urlsplit(served).netloc, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def many(served, times, **headers):
    """Ask this often, all at once; the statuses."""
    with ThreadPoolExecutor(times) as threads:
        answers = list(threads.map(lambda _: ask(served, **headers), range(times)))
    return sorted(answer.status for answer in answers)


def test_of_many_at_once_exactly_as_many_pass_as_may(served, few, make_key):
    _key, text = make_key("read")
    assert many(served, 16, Authorization=f"Bearer {text}") == [200] * 5 + [429] * 11
    assert many(served, 8) == [200] * 3 + [429] * 5


def test_who_asks_too_often_is_told_how_long_to_wait(served, few):
    for left in ("2", "1", "0"):
        answer = ask(served)
        assert answer.headers["RateLimit-Policy"] == '"anonymous";q=3;w=3600'
        assert answer.headers["RateLimit"].startswith(f'"anonymous";r={left};t=')
    refused = ask(served)
    assert refused.status == 429
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Cache-Control"] == "no-store"
    assert "3 requests in 3600 seconds" in json.loads(refused.body)["detail"]


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_an_address_that_somebody_claims_changes_nothing(served, few, name):
    statuses = [ask(served, **{name: f"203.0.113.{number}"}).status for number in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_behind_a_proxy_only_the_address_it_appended_counts(served, few, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    spoofed = [f"203.0.113.{number}, 198.51.100.7" for number in range(5)]
    statuses = [ask(served, **{"X-Forwarded-For": one}).status for one in spoofed]
    assert statuses == [200, 200, 200, 429, 429]
    assert ask(served, **{"X-Forwarded-For": "198.51.100.8"}).status == 200


@pytest.mark.django_db
def test_what_a_proxy_could_not_have_sent_is_counted_all_the_same(few, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for header in ("unknown", "", "1.2.3.4, x", "\x00", "," * 500):
        answer = Client(raise_request_exception=False).get(
            CLAIMS, headers={"X-Forwarded-For": header}
        )
        assert answer.status_code in {200, 400, 403, 429}


@pytest.mark.django_db
def test_one_network_of_the_new_kind_is_one_asker(few):
    statuses = [
        Client(REMOTE_ADDR=f"2001:db8::{number}").get(CLAIMS).status_code for number in range(1, 5)
    ]
    assert statuses == [200, 200, 200, 429]
    assert Client(REMOTE_ADDR="2001:db8:0:1::1").get(CLAIMS).status_code == 200


@pytest.mark.django_db
def test_each_scope_and_each_key_is_counted_by_itself(few, make_key):
    _key, text = make_key("read")
    _other, other = make_key("read")

    def ask_with(text):
        return Client().get(CLAIMS, headers={"Authorization": f"Bearer {text}"}).status_code

    assert [ask_with(text) for _ in range(6)] == [200] * 5 + [429]
    assert ask_with(other) == 200
    assert Client().get(CLAIMS).status_code == 200


@pytest.mark.django_db
def test_whoever_tries_keys_is_counted_as_a_stranger(few):
    wrong = {"Authorization": "Bearer factcheck_key_" + "0" * 40}
    statuses = [Client().get(CLAIMS, headers=wrong).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    assert Client().get(CLAIMS).status_code == 429


@pytest.mark.django_db
def test_a_window_ends(few):
    for _ in range(4):
        answer = Client().get(CLAIMS)
    assert answer.status_code == 429
    Use.objects.update(window_began=timezone.now() - timedelta(seconds=3601))
    answer = Client().get(CLAIMS)
    assert answer.status_code == 200
    assert answer["RateLimit"] == '"anonymous";r=2;t=3600'


@pytest.mark.django_db
def test_no_address_is_kept(few):
    Client(REMOTE_ADDR="198.51.100.7").get(CLAIMS)
    [row] = Use.objects.all()
    assert "198" not in row.asker
    assert len(row.asker) == 32


@pytest.mark.django_db
def test_what_was_counted_long_ago_is_forgotten(few):
    now = timezone.now()
    for asker, scope, days in [
        ("a", "anonymous", 0), ("b", "anonymous", 2), ("key 1", "read", 2), ("key 1", "read", 91),
    ]:  # fmt: skip
        Use.objects.create(
            asker=asker, scope=scope, day=(now - timedelta(days=days)).date(),
            window_began=now, in_window=1, requests=1, refused=0,
        )  # fmt: skip
    assert forget_use.func() == 2
    assert sorted(Use.objects.values_list("asker", "scope")) == [
        ("a", "anonymous"),
        ("key 1", "read"),
    ]


def test_what_never_changes_tells_nobody_what_somebody_else_had_left(record):
    answer = Client().get("/api/v1/claims/K0000000/editions/1/")
    assert "immutable" in answer["Cache-Control"]
    assert not answer.has_header("RateLimit")


def test_no_answer_touches_a_cookie(served):
    for path in (CLAIMS, "/api/schema/", "/api/docs/", "/claims/"):
        answer = ask(served, path, Cookie="sessionid=x")
        assert answer.status == 200
        assert answer.headers["Set-Cookie"] is None


def test_a_count_is_kept_whatever_becomes_of_the_request(served, few):
    for _ in range(3):
        assert ask(served, f"{CLAIMS}?nothing=1").status == 400
    assert ask(served).status == 429
    connections.close_all()


@pytest.mark.django_db
def test_who_asks_many_times_a_second_is_counted_ahead_and_never_beyond_the_limit(settings):
    settings.API_LIMITS = {**settings.API_LIMITS, "anonymous": 600}
    with CaptureQueriesContext(connection) as asked:
        passed = [not access.ask(None, "read", "192.0.2.1").is_too_many for _ in range(900)]
    assert passed == [True] * 600 + [False] * 300
    assert len(asked) < 300 + 600 / 4
    assert Use.objects.get().requests == 900


@pytest.mark.django_db
def test_what_was_counted_ahead_is_good_for_a_second(make_key, monkeypatch):
    key, text = make_key("read")
    for _ in range(50):
        assert access.ask(text, "read", "192.0.2.1").key == key
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=timezone.now())
    later = monotonic() + 1.01
    monkeypatch.setattr(access, "monotonic", lambda: later)
    assert access.ask(text, "read", "192.0.2.1").key is None


def test_those_who_come_through_a_socket_are_one_stranger(record, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"anonymous": 1}
    first, second = (Client().get("/api/v1/", REMOTE_ADDR="") for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
