"""Who asks: keys in the header, what opens nothing, and what is told of it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims.partners import texts
from claims.partners.choices import KeyKind
from claims.partners.models import ApiKey
from sources.acting import acting

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"


def ask(text=None, address=CLAIMS, **headers):
    shown = {} if text is None else {"Authorization": f"Bearer {text}"}
    answer = Client().get(address, headers={**shown, **headers})
    answer.data = json.loads(answer.content)
    return answer


def test_anybody_may_read_without_a_key():
    answer = ask()
    assert answer.status_code == 200
    assert answer["RateLimit-Policy"].startswith('"anonymous";q=')


def test_a_key_is_known_by_its_text_and_noted_as_used(make_key):
    key, text = make_key("read")
    answer = ask(text)
    assert answer.status_code == 200
    assert answer["RateLimit-Policy"].startswith('"read";q=')
    key.refresh_from_db()
    assert key.last_used_at is not None
    assert (key.last_used_at.second, key.last_used_at.microsecond) == (0, 0)


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_word_bearer_may_be_written_in_any_way(make_key, scheme):
    _key, text = make_key("read")
    answer = Client().get(CLAIMS, headers={"Authorization": f"{scheme} {text}"})
    assert answer.status_code == 200


def refused(answer):
    return (
        answer.status_code,
        answer["WWW-Authenticate"],
        answer["Cache-Control"],
        answer["Content-Type"],
    ) == (401, 'Bearer error="invalid_token"', "no-store", "application/problem+json")


def test_a_revoked_key_opens_nothing_from_the_next_request_on(make_key):
    key, text = make_key("read")
    assert ask(text).status_code == 200
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=timezone.now())
    assert refused(ask(text))


def test_an_expired_key_opens_nothing(make_key):
    _key, text = make_key("read", expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(ask(text))


def test_no_key_of_a_suspended_partner_opens_anything(make_key, administrator):
    key, text = make_key("read")
    with acting(administrator):
        key.partner.suspended_at = timezone.now()
        key.partner.save()
    assert refused(ask(text))


def test_a_key_nobody_has_opens_nothing():
    assert refused(ask(texts.new_text(KeyKind.SECRET)))


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer \x00", "Bearer clé", "Bearer " + "x" * 10_000,
     "Bearer a b", "factcheck_key_" + "0" * 40, "Bearer factcheck_key_" + "0" * 40],
)  # fmt: skip
def test_what_is_no_key_is_refused_with_a_sentence(header):
    answer = Client().get(CLAIMS, headers={"Authorization": header})
    assert refused(answer)
    assert "key" in json.loads(answer.content)["detail"]


def test_what_is_mistyped_is_not_even_looked_up(make_key):
    _key, text = make_key("read")
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
    assert texts.is_key(text)
    assert not texts.is_key(wrong)
    assert refused(ask(wrong))


def test_two_keys_in_one_header_open_nothing(make_key):
    _key, text = make_key("read")
    _other, another = make_key("read")
    answer = Client().get(CLAIMS, headers={"Authorization": f"Bearer {text}, Bearer {another}"})
    assert refused(answer)


def test_a_key_without_the_scope_is_told_which_it_lacks(make_key):
    _key, text = make_key("intake")
    answer = ask(text)
    assert answer.status_code == 403
    assert "`read`" in answer.data["detail"]
    assert answer["Cache-Control"] == "no-store"


def test_a_search_key_in_the_header_opens_nothing(make_key):
    _key, text = make_key("read", kind="search")
    answer = ask(text)
    assert answer.status_code == 403
    assert "search key" in answer.data["detail"]


@pytest.mark.parametrize("name", ["key", "api_key", "access_token"])
def test_a_key_in_an_address_is_refused_and_said_to_be_lost(make_key, name):
    _key, text = make_key("read")
    answer = ask(address=f"{CLAIMS}?{name}={text}")
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == name
    assert "revoke it" in answer.data["detail"]
    assert text not in answer.content.decode()


def test_of_a_key_only_its_digest_is_kept(make_key):
    key, text = make_key("read")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(k)::text FROM partners_apikey k")
        [row] = cursor.fetchone()
        cursor.execute("SELECT string_agg(to_jsonb(c)::text, ' ') FROM sources_change c")
        [history] = cursor.fetchone()
    assert text not in row
    assert text[len(key.prefix) :] not in row + history
    assert key.digest not in history
    assert key.prefix in history


def test_who_asks_changes_nothing_of_what_is_answered(make_key):
    _key, text = make_key("read")
    known, unknown = ask(text), ask()
    assert known.content == unknown.content
    for name in ("ETag", "Cache-Control", "Content-Type"):
        assert known[name] == unknown[name]
    assert not known.has_header("Vary")
