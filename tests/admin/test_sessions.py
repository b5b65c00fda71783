"""A session ends by itself, and wherever its holder says so."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.freshness import SIGNED_IN
from claims.admin.sessions import SEEN

from .door import LOGIN, sign_in
from .pages import at, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(contributor):
    client = Client(headers={"user-agent": "Browser of the first desk"})
    sign_in(client, "contributor")
    client.get(at("index"))
    return client


def hours_pass(client, key, hours):
    session = client.session
    session[key] = time.time() - hours * 3600
    session.save()


@pytest.mark.parametrize(
    ("key", "hours", "words"),
    [(SEEN, 2.1, "nothing was done here"), (SIGNED_IN, 12.1, "more than 12 hours ago")],
)
def test_it_ends_says_why_and_leads_back(signed_in, key, hours, words):
    hours_pass(signed_in, key, hours)
    wanted = at("claims_claim_add")
    ended = signed_in.get(wanted, follow=True)
    assert ended.redirect_chain[-1][0].startswith(LOGIN)
    assert words in words_of(ended)
    again = sign_in(signed_in, "contributor", QUERY_STRING=f"next={wanted}")
    assert again.headers["location"] == wanted
    assert signed_in.get(wanted).status_code == 200


@pytest.mark.parametrize(("key", "hours"), [(SEEN, 1.9), (SIGNED_IN, 11.9)])
def test_it_goes_on_until_then(signed_in, key, hours):
    hours_pass(signed_in, key, hours)
    assert signed_in.get(at("index")).status_code == 200


def test_doing_something_keeps_it_alive(signed_in):
    hours_pass(signed_in, SEEN, 1.9)
    signed_in.get(at("index"))
    assert time.time() - signed_in.session[SEEN] < 60


def test_a_session_that_never_said_when_it_began_is_over(signed_in):
    session = signed_in.session
    del session[SIGNED_IN]
    session.save()
    assert signed_in.get(at("index")).status_code == 302


def test_ones_own_sessions_are_listed_and_nobody_elses(signed_in, reviewer):
    other = Client(headers={"user-agent": "Browser of another person"})
    sign_in(other, "reviewer")
    words = words_of(signed_in.get(reverse("usersessions_list")))
    assert "Browser of the first desk" in words
    assert "(this one)" in words
    assert "Browser of another person" not in words


def test_signing_out_everywhere_but_here(signed_in):
    other = Client()
    sign_in(other, "contributor")
    signed_in.post(reverse("usersessions_list"))
    assert other.get(at("index")).status_code == 302
    assert signed_in.get(at("index")).status_code == 200


def test_signing_out_everywhere(signed_in):
    other = Client()
    sign_in(other, "contributor")
    left = signed_in.post(reverse("usersessions_list"), {"here_too": "1"}, follow=True)
    assert "You are signed out everywhere." in words_of(left)
    assert other.get(at("index")).status_code == 302
    assert signed_in.get(at("index")).status_code == 302


def test_a_new_password_ends_the_other_sessions(signed_in):
    other = Client()
    sign_in(other, "contributor")
    new = {"password1": "a long and new phrase", "password2": "a long and new phrase"}
    signed_in.post(reverse("account_change_password"), {"oldpassword": "pass"} | new)
    assert other.get(at("index")).status_code == 302
    assert signed_in.get(at("index")).status_code == 200
