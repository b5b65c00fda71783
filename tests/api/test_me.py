"""What a partner is told of themselves, and their own keys: made, shown once, revoked."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.partners.models import ApiKey

pytestmark = pytest.mark.django_db
ME, KEYS = "/api/v1/me/", "/api/v1/me/keys/"


class Machine:
    """A partner's machine, with its key."""

    def __init__(self, text):
        self.client = Client(headers={"Authorization": f"Bearer {text}"})

    def __getattr__(self, method):
        def ask(address, sent=None, **more):
            given = {"content_type": "application/json"} if sent is not None else {}
            body = {"data": sent if isinstance(sent, (str, bytes)) else json.dumps(sent)}
            answer = getattr(self.client, method)(
                address, **(body if sent is not None else {}), **given, **more
            )
            answer.data = json.loads(answer.content) if answer.content else None
            return answer

        return ask


@pytest.fixture
def machine(make_key):
    def made(*scopes, **more):
        key, text = make_key(*scopes, **more)
        return Machine(text), key

    return made


NEW = {"label": "archive", "scopes": ["read"]}


def test_a_partner_learns_who_they_are_and_what_is_left(machine, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"read": 7, "bulk": 5}
    partner, key = machine("read", "bulk")
    answer = partner.get(ME)
    assert answer.status_code == 200
    assert answer.data["partner"]["name"] == "Le Fleuve"
    assert answer.data["key"]["id"] == key.ref
    left = {one["scope"]: (one["limit"], one["remaining"]) for one in answer.data["limits"]}
    assert left == {"read": (7, 6), "bulk": (5, 5)}
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [ME, KEYS])
def test_without_a_key_nobody_is_anybody(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_new_key_is_shown_once_and_opens_what_was_asked(machine):
    partner, key = machine("read", "bulk")
    made = partner.post(KEYS, NEW | {"scopes": ["read"]})
    assert made.status_code == 201
    again = partner.get(made["Location"])
    assert "key" not in again.data
    assert again.data == {name: made.data[name] for name in again.data}
    assert made.data["key"] not in json.dumps(partner.get(KEYS).data)
    assert ApiKey.objects.get(ref=made.data["id"]).made_with == key
    assert Machine(made.data["key"]).get("/api/v1/claims/").status_code == 200


def test_a_key_makes_none_that_opens_more(machine):
    partner, _key = machine("read")
    answer = partner.post(KEYS, NEW | {"scopes": ["read", "bulk"]})
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == "scopes"
    assert "`bulk`" in answer.data["detail"]


def test_a_third_live_key_is_refused_in_words(machine):
    partner, _key = machine("read")
    assert partner.post(KEYS, NEW).status_code == 201
    third = partner.post(KEYS, NEW)
    assert third.status_code == 409
    assert "two live keys" in third.data["detail"]


def test_a_search_key_has_one_scope(machine):
    partner, _key = machine("read", "bulk")
    assert partner.post(KEYS, NEW | {"kind": "search"}).status_code == 201
    answer = partner.post(KEYS, NEW | {"kind": "search", "scopes": ["bulk"]})
    assert answer.status_code == 400
    assert "scopes" in answer.data["detail"]


def test_a_revoked_key_is_revoked_at_once_and_stays_on_the_list(machine):
    partner, _key = machine("read")
    other = Machine((made := partner.post(KEYS, NEW)).data["key"])
    assert other.get(ME).status_code == 200
    assert partner.delete(made["Location"]).status_code == 204
    assert other.get(ME).status_code == 401
    assert [one["revoked_at"] is None for one in partner.get(KEYS).data["items"]] == [True, False]
    assert partner.delete(made["Location"]).status_code == 204


def test_the_last_live_key_is_revoked_only_by_who_means_it(machine):
    partner, key = machine("read")
    refused = partner.delete(f"{KEYS}{key.ref}/")
    assert refused.status_code == 409
    assert "last=true" in refused.data["detail"]
    assert partner.delete(f"{KEYS}{key.ref}/?last=yes").status_code == 400
    assert partner.delete(f"{KEYS}{key.ref}/?last=true").status_code == 204
    assert partner.get(ME).status_code == 401


def test_a_key_revokes_none_that_opens_more(machine):
    narrow, _key = machine("intake")
    _wide, wide = machine("read", "intake")
    assert narrow.delete(f"{KEYS}{wide.ref}/").status_code == 403


def test_the_key_of_another_partner_is_not_found(machine):
    partner, _key = machine("read")
    _other, theirs = machine("read", partner="Another")
    for method in ("get", "delete"):
        unknown = getattr(partner, method)(f"{KEYS}ZZZZZZZZ/")
        answer = getattr(partner, method)(f"{KEYS}{theirs.ref}/")
        assert (answer.status_code, answer.data["detail"]) == (404, unknown.data["detail"])
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
    assert len(partner.get(KEYS).data["items"]) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("[]", "one JSON object"),
        ("{", "not JSON"),
        ('{"label": "a", "label": "b", "scopes": ["read"]}', "given twice"),
        ('{"label": "\\u0000", "scopes": ["read"]}', "NUL"),
        ('{"label": "\\ud800", "scopes": ["read"]}', "surrogate"),
        (b'{"label": "\xff"}', "not UTF-8"),
        ("[" * 60_000, "Nested too deep"),
        ('{"label": ' + "[" * 40 + "]" * 40 + "}", "Nested too deep"),
        ('{"label": ' + "9" * 5000 + "}", "digits"),
        ('{"label": 1e400}', "larger"),
        ('{"label": NaN}', "no number"),
        (NEW | {"owner": "me"}, "owner: There is no such field."),
        ({"scopes": ["read"]}, "label"),
        (NEW | {"label": " "}, "label"),
        (NEW | {"label": "x" * 101}, "label"),
        (NEW | {"scopes": []}, "scopes"),
        (NEW | {"scopes": ["all"]}, "scopes"),
        (NEW | {"scopes": "read"}, "scopes"),
        (NEW | {"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        (NEW | {"expires_at": "9999-12-31T23:59:59-23:59"}, "expires_at"),
        (NEW | {"expires_at": "soon"}, "expires_at"),
        (NEW | {"kind": 5}, "kind"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(machine, sent, said):
    partner, _key = machine("read")
    answer = partner.post(KEYS, sent)
    assert answer.status_code == 400, answer.data
    assert said in answer.data["detail"]
    assert answer.data["errors"]


def test_only_json_and_not_too_much_of_it_is_read(machine):
    partner, _key = machine("read")
    form = partner.client.post(KEYS, {"label": "x"})
    assert form.status_code == 415
    assert partner.post(KEYS, '{"label": "' + "x" * 70_000 + '"}').status_code == 413


def test_an_unknown_parameter_is_refused(machine):
    partner, _key = machine("read")
    assert partner.get(f"{ME}?verbose=1").status_code == 400


def test_an_expiry_is_kept(machine):
    partner, _key = machine("read")
    until = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert partner.post(KEYS, NEW | {"expires_at": until}).data["expires_at"] == until
