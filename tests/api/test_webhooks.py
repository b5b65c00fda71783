"""A partner's own endpoints in the API: made, changed, tried out, looked into."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from standardwebhooks import Webhook

from claims.api import docs
from claims.partners.choices import KeyKind
from claims.partners.models import ApiKey, Partner
from claims.webhooks import endpoints, sending
from claims.webhooks.choices import TYPES
from claims.webhooks.models import Endpoint
from sources.acting import acting
from tests.api.conftest import bearer
from tests.receivers import receiving

ROOT = "/api/v1/webhooks/"


@pytest.fixture
def keys(record):
    """What is committed to the record of this module is taken away again."""
    chief, _made = User.objects.get_or_create(username="chief")

    def make(*scopes, partner="Le Fleuve"):
        with acting(chief):
            owner, _made = Partner.objects.get_or_create(
                name=partner, defaults={"contact": "api@fleuve.example"}
            )
            key, text = ApiKey.new(
                KeyKind.SECRET,
                partner=owner,
                label="production",
                scopes=list(scopes),
                created_by=chief,
            )
            key.save()
        return text

    yield make
    Endpoint.objects.all().delete()
    with acting(chief):
        for key in ApiKey.objects.live():
            key.revoked_at = key.created_at
            key.save()


class Machine:
    """A partner's program, with its key."""

    def __init__(self, text):
        self.client = Client(headers=bearer(text))

    def __call__(self, method, address="", body=None, **more):
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        answer = getattr(self.client, method)(f"{ROOT}{address}", **more)
        answer.data = json.loads(answer.content) if answer.content else None
        return answer


@pytest.fixture
def machine(keys):
    return Machine(keys("webhooks"))


@pytest.fixture
def other(keys):
    return Machine(keys("webhooks", partner="The Example Gazette"))


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def endpoint(machine, receiver):
    return machine("post", body={"url": receiver.url}).data


def worker(endpoint):
    sending.send_round(Endpoint.objects.get(uuid=endpoint["id"]).pk)


def problems(answer, status=400):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["parameter"] for error in answer.data.get("errors", [])}


def test_an_endpoint_is_made_and_its_secret_shown_once(machine, receiver):
    made = machine("post", body={"url": receiver.url, "description": "Newsdesk"})
    assert made.status_code == 201
    assert made.headers["location"] == f"{ROOT}{made.data['id']}/"
    assert made.headers["cache-control"] == "private, no-store"
    secret = made.data.pop("secret")
    read = machine("get", f"{made.data['id']}/")
    assert read.data == made.data
    assert machine("get").data == {"items": [made.data]}
    assert made.data["after"] == endpoints.last_sequence()
    assert (made.data["enabled"], made.data["disabled_because"]) == (True, None)
    machine("patch", f"{made.data['id']}/", {"after": made.data["after"] - 2})
    worker(made.data)
    assert [Webhook(secret).verify(asked.body, asked.headers)["type"] for asked in receiver.heard]
    assert len(receiver.heard) == 2


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"url"}),
        ({"url": None}, {"url"}),
        ({"url": 5}, {"url"}),
        ({"url": ""}, {"url"}),
        ({"url": "ftp://partner.example/"}, {"url"}),
        ({"url": "https://10.0.0.1/"}, {"url"}),
        ({"url": "https://user:secret@partner.example/"}, {"url"}),
        ({"url": "https://partner.example/", "colour": "red"}, {"colour"}),
        ({"url": "https://partner.example/", "enabled": False}, {"enabled"}),
        ({"url": "https://partner.example/", "types": ["claim.sung"]}, None),
        ({"url": "https://partner.example/", "types": "claim.merged"}, {"types"}),
        ({"url": "https://partner.example/", "types": ["claim.merged"] * 2}, {"types"}),
        ({"url": "https://partner.example/", "claimants": ["me"]}, None),
        ({"url": "https://partner.example/", "events": [7]}, None),
        ({"url": "https://partner.example/", "after": -1}, {"after"}),
        ({"url": "https://partner.example/", "after": 10**12}, {"after"}),
        ({"url": "https://partner.example/", "after": "0"}, {"after"}),
        ({"url": "https://partner.example/", "after": True}, {"after"}),
        ({"url": "https://partner.example/", "description": "x" * 201}, {"description"}),
        ({"url": "https://partner.example/", "description": ["x"]}, {"description"}),
    ],
)
def test_what_cannot_be_is_refused_and_named(machine, body, named):
    wrong = problems(machine("post", body=body))
    assert wrong == named if named else wrong
    assert machine("get").data == {"items": []}


def test_no_more_than_so_many_endpoints(machine, settings):
    settings.WEBHOOKS_PER_PARTNER = 2
    for _ in range(2):
        assert machine("post", body={"url": "https://partner.example/"}).status_code == 201
    refused = machine("post", body={"url": "https://partner.example/"})
    problems(refused, 409)
    assert "At most 2" in refused.data["detail"]


def test_an_endpoint_is_changed_in_parts(machine, endpoint):
    address = f"{endpoint['id']}/"
    changed = machine("patch", address, {"types": ["claim.retracted"], "enabled": False}).data
    assert changed["types"] == ["claim.retracted"]
    assert (changed["enabled"], changed["disabled_because"]) == (False, "partner")
    assert changed["url"] == endpoint["url"]
    again = machine("patch", address, {"enabled": True}).data
    assert (again["enabled"], again["disabled_at"]) == (True, None)


def test_what_the_desk_switched_off_the_partner_cannot_switch_on(machine, endpoint):
    endpoints.switch_by_desk(Endpoint.objects.get(), on=False)
    problems(machine("patch", f"{endpoint['id']}/", {"enabled": True}), 409)
    problems(machine("post", f"{endpoint['id']}/test/"), 409)


def test_a_removed_endpoint_is_gone_with_its_log(machine, endpoint, receiver):
    machine("post", f"{endpoint['id']}/test/")
    worker(endpoint)
    assert machine("delete", f"{endpoint['id']}/").status_code == 204
    problems(machine("get", f"{endpoint['id']}/"), 404)
    assert machine("get").data == {"items": []}


def test_a_secret_is_rotated(machine, endpoint, receiver):
    answer = machine("post", f"{endpoint['id']}/secret/")
    assert answer.status_code == 200
    machine("post", f"{endpoint['id']}/test/")
    worker(endpoint)
    (asked,) = receiver.heard
    for secret in (answer.data["secret"], endpoint["secret"]):
        assert Webhook(secret).verify(asked.body, asked.headers)["type"] == "test"


def test_the_outcome_of_a_test_is_in_the_log(machine, endpoint, receiver):
    receiver.answers = [(500, {}, b"no such table")]
    sent = machine("post", f"{endpoint['id']}/test/")
    assert sent.status_code == 202
    worker(endpoint)
    (item,) = machine("get", f"{endpoint['id']}/deliveries/").data["items"]
    assert item["message"] == sent.data["message"] == receiver.heard[0].headers["webhook-id"]
    assert (item["type"], item["status"], item["taken"]) == ("test", 500, False)
    assert item["answer"] == "no such table"
    one = machine("get", f"{endpoint['id']}/deliveries/{item['id']}/")
    assert one.data == item


def test_a_delivery_is_asked_for_again(machine, endpoint, receiver):
    machine("post", f"{endpoint['id']}/test/")
    worker(endpoint)
    log = f"{endpoint['id']}/deliveries/"
    (item,) = machine("get", log).data["items"]
    again = machine("post", f"{log}{item['id']}/redeliver/")
    assert (again.status_code, again.data["message"]) == (202, item["message"])
    worker(endpoint)
    assert [one["reason"] for one in machine("get", log).data["items"]] == ["again", "test"]


@pytest.fixture
def busy(machine, endpoint):
    """An endpoint with a log of several pages."""
    machine("patch", f"{endpoint['id']}/", {"after": endpoint["after"] - 25})
    worker(endpoint)
    return endpoint


def test_the_log_is_read_page_by_page_without_overlap(machine, busy):
    address, seen = f"{busy['id']}/deliveries/?limit=10", []
    while address:
        page = machine("get", address)
        seen += [item["sequence"] for item in page.data["items"]]
        if page.data["next"]:
            assert page.headers["link"] == f'<{page.data["next"]}>; rel="next"'
        address = (page.data["next"] or "").partition(ROOT)[2]
    end = endpoints.last_sequence()
    assert seen == list(range(end, end - 25, -1))


def test_the_log_costs_the_same_however_long(machine, busy, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # the key, the endpoint, the page
        machine("get", f"{busy['id']}/deliveries/")


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=²", "limit=", "cursor=", "cursor=x", "cursor=%00", "page=2",
     "limit=5&limit=5", "cursor=" + "9" * 400],
)  # fmt: skip
def test_a_log_that_is_asked_for_wrongly_says_so(machine, busy, query):
    assert problems(machine("get", f"{busy['id']}/deliveries/?{query}"))


def test_a_cursor_is_good_for_its_own_log_only(machine, busy):
    cursor = machine("get", f"{busy['id']}/deliveries/?limit=1").data["next"].partition("?")[2]
    second = machine("post", body={"url": "https://partner.example/"}).data
    assert problems(machine("get", f"{second['id']}/deliveries/?{cursor}")) == {"cursor"}


def test_what_is_another_partners_is_not_found(machine, other, busy):
    (item, *_rest) = machine("get", f"{busy['id']}/deliveries/").data["items"]
    mine = other("post", body={"url": "https://partner.example/"}).data
    assert [one["id"] for one in other("get").data["items"]] == [mine["id"]]
    unknown = uuid4()
    for method, rest in [
        ("get", ""), ("patch", ""), ("delete", ""), ("post", "secret/"), ("post", "test/"),
        ("get", "deliveries/"), ("get", f"deliveries/{item['id']}/"),
        ("post", f"deliveries/{item['id']}/redeliver/"),
    ]:  # fmt: skip
        body = {"enabled": False} if method == "patch" else None
        theirs = other(method, f"{busy['id']}/{rest}", body)
        nobodys = other(method, f"{unknown}/{rest}", body)
        problems(theirs, 404)
        assert theirs.data["detail"] == nobodys.data["detail"]
    problems(other("get", f"{mine['id']}/deliveries/{item['id']}/"), 404)
    assert machine("get", f"{busy['id']}/").data["enabled"]


def test_a_key_without_the_scope_is_told_which_one_it_lacks(keys, record):
    refused = Machine(keys("read", "intake"))("get")
    problems(refused, 403)
    assert "webhooks" in refused.data["detail"]


def test_without_a_key_nothing_is_shown(client, record):
    answer = client.get(ROOT)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_no_answer_but_two_holds_a_secret(machine, endpoint):
    machine("post", f"{endpoint['id']}/test/")
    worker(endpoint)
    for address in ("", f"{endpoint['id']}/", f"{endpoint['id']}/deliveries/"):
        assert b"whsec" not in machine("get", address).content


# --- As described --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(record):
    return json.loads(docs.document())


def valid(document, component, instance):
    whole = {"$ref": f"#/components/schemas/{component}", "components": document["components"]}
    found = Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(instance)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_answers_are_as_described(machine, endpoint, busy, receiver, document):
    one = f"{endpoint['id']}/"
    receiver.answers = [500]
    assert valid(document, "NewEndpoint", endpoint) == []
    assert valid(document, "EndpointList", machine("get").data) == []
    assert valid(document, "NewSecret", machine("post", f"{one}secret/").data) == []
    assert valid(document, "MessageToCome", machine("post", f"{one}test/").data) == []
    worker(endpoint)
    machine("patch", one, {"url": "https://127.0.0.1:1/", "after": 3})
    worker(endpoint)
    assert valid(document, "Endpoint", machine("get", one).data) == []
    log = machine("get", f"{one}deliveries/?limit=3").data
    assert valid(document, "DeliveryPage", log) == []
    assert {item["error"] for item in log["items"]} == {"no_connection", None}


def test_messages_are_as_described(machine, endpoint, busy, receiver, document):
    machine("post", f"{endpoint['id']}/test/")
    worker(endpoint)
    *news, test = [json.loads(asked.body) for asked in receiver.heard]
    assert valid(document, "TestMessage", test) == []
    assert [valid(document, "ClaimMessage", one) for one in news] == [[]] * len(news)
    sent = document["webhooks"]["claim"]["post"]
    assert {one["name"] for one in sent["parameters"]} <= receiver.heard[0].headers.keys()
    assert document["components"]["schemas"]["ClaimMessage"]["properties"]["type"]["enum"] == list(
        TYPES
    )


@pytest.mark.parametrize(
    "body",
    [
        b" ", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"url":"https://a.example/\\u0000"}',
        b'{"url":"https://a.example/\\ud800"}', b'{"url":"https://a.example/","url":"x"}',
        b'{"url":"https://a.example/","after":' + b"9" * 5000 + b"}",
        b'{"url":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"url":"https://a.example/","after":1e999}', b'{"url":"https://a.example/","after":NaN}',
        b'{"description":"' + b"x" * 70_000 + b'"}',
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused_in_words(machine, endpoint, body):
    for method, address in (("post", ROOT), ("patch", f"{ROOT}{endpoint['id']}/")):
        answer = getattr(machine.client, method)(
            address, data=body, content_type="application/json"
        )
        assert answer.status_code in {400, 413}
        assert json.loads(answer.content)["detail"]


def test_another_kind_of_body_is_refused(machine):
    answer = machine.client.post(ROOT, data={"url": "https://partner.example/"})
    assert answer.status_code == 415
