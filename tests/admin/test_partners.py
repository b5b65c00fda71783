"""Partners at the desk: made by administrators, given keys that are shown once, suspended."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.partners.models import ApiKey, Partner, Use
from sources.acting import acting
from sources.models import Change

pytestmark = pytest.mark.django_db
NEW = {"label": "production", "kind": "secret", "scopes": ["read", "bulk"], "last_day": ""}


@pytest.fixture
def partner(administrator):
    with acting(administrator):
        return Partner.objects.create(name="Le Fleuve", contact="desk@fleuve.example")


@pytest.fixture
def at(desk, administrator):
    return desk(administrator)


def address(name, *args):
    return reverse(f"admin:partners_partner_{name}", args=args)


def make(at, partner, **said):
    form = at.get(address("make_key", partner.pk)).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', form)[1]
    sent = NEW | {"once": once} | said
    return at.post(address("make_key", partner.pk), sent), sent


def key_in(answer):
    found = re.search(r"factcheck_(?:key|search)_[0-9A-Za-z]{40}", answer.content.decode())
    return found[0] if found else None


def reads(text):
    shown = {"Authorization": f"Bearer {text}"}
    return Client().get("/api/v1/claims/", headers=shown).status_code


def test_an_administrator_adds_a_partner(at):
    sent = {"name": "Le Fleuve", "contact": "desk@fleuve.example", "note": ""}
    assert at.post(address("add"), sent).status_code == 302
    assert Partner.objects.get().name == "Le Fleuve"


def test_a_key_is_shown_once_and_opens_what_was_ticked(at, partner, administrator):
    answer, _sent = make(at, partner)
    text = key_in(answer)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert reads(text) == 200
    key = ApiKey.objects.get()
    assert (key.scopes, key.created_by) == (["bulk", "read"], administrator)
    page = at.get(address("change", partner.pk)).content.decode()
    assert key.prefix in page
    assert text not in page


def test_a_key_is_kept_neither_in_the_session_nor_in_the_history(at, partner):
    answer, _sent = make(at, partner)
    secret = key_in(answer)[len(ApiKey.objects.get().prefix) :]
    assert secret not in str(dict(at.session))
    assert not any(secret in str(change.after) for change in Change.objects.all())
    history = at.get(address("history", partner.pk)).content.decode()
    assert ApiKey.objects.get().prefix in history
    assert secret not in history


def test_a_form_that_is_sent_again_makes_no_second_key(at, partner):
    _answer, sent = make(at, partner)
    again = at.post(address("make_key", partner.pk), sent)
    assert key_in(again) is None
    assert "was sent before" in again.content.decode()
    assert ApiKey.objects.count() == 1


def test_a_third_live_key_is_refused_on_the_form(at, partner):
    make(at, partner)
    make(at, partner)
    third, _sent = make(at, partner)
    assert key_in(third) is None
    assert "two live keys of this kind already" in third.content.decode()
    assert key_in(make(at, partner, kind="search", scopes=["read"])[0])


@pytest.mark.parametrize(
    "said",
    [
        {"label": " "},
        {"label": "x" * 101},
        {"label": "\x00"},
        {"scopes": []},
        {"scopes": ["all"]},
        {"kind": "master"},
        {"kind": "search"},
        {"last_day": "2020-01-01"},
        {"last_day": "9999-12-31"},
        {"last_day": "soon"},
    ],
)
def test_what_cannot_be_made_is_said_on_the_form(at, partner, said):
    answer, _sent = make(at, partner, **said)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_a_revoked_key_opens_nothing(at, partner):
    text = key_in(make(at, partner)[0])
    key = ApiKey.objects.get()
    assert at.post(address("revoke_key", partner.pk, key.pk)).status_code == 302
    assert reads(text) == 401
    assert "revoked" in at.get(address("change", partner.pk)).content.decode()


def test_a_suspended_partner_reads_nothing_until_that_ends(at, partner):
    text = key_in(make(at, partner)[0])
    at.post(address("suspend", partner.pk))
    assert reads(text) == 401
    refused, _sent = make(at, partner)
    assert "suspended" in refused.content.decode()
    at.post(address("resume", partner.pk))
    assert reads(text) == 200


@pytest.mark.parametrize("act", ["make_key", "resume"])
def test_grave_acts_need_a_recent_proof(at, partner, settings, act):
    settings.REAUTHENTICATE_AFTER = 0
    answer = at.post(address(act, partner.pk), NEW)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not ApiKey.objects.exists()


def test_the_days_of_a_partner_are_drawn(at, partner):
    make(at, partner)
    key = ApiKey.objects.get()
    Use.objects.create(
        asker=f"key {key.pk}", scope="bulk", day=timezone.now().date(),
        window_began=timezone.now(), in_window=1, requests=42, refused=2,
    )  # fmt: skip
    page = at.get(address("change", partner.pk)).content.decode()
    assert "today: 42" in page


def test_a_partner_is_never_removed(at, partner):
    assert at.post(address("delete", partner.pk), {"post": "yes"}).status_code == 403
