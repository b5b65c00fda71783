"""Failed tries cost more and more time: for an account, and from an address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.admin.tries import Counter
from claims.models import FailedTries

from .door import app_of, code_of, sign_in
from .pages import at, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited(settings):
    """What is limited here is failing, not asking."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None}


def fail(username: str, times: int, **more: str) -> str:
    """What the last of these failed tries is told."""
    for _ in range(times):
        page = sign_in(Client(**more), username, "wrong")
    return words_of(page)


def later(**time: float) -> None:
    """So much time has passed."""
    gone = timedelta(**time)
    for row in FailedTries.objects.all():
        row.last -= gone
        row.until -= gone
        row.save()


def is_in(username: str, word: str = "pass", **more: str) -> bool:
    client = Client(**more)
    sign_in(client, username, word)
    return client.get(at("index")).status_code == 200


def test_five_failures_are_free_and_the_next_waits_a_minute_even_with_the_right_password(
    contributor,
):
    assert "do not belong together" in fail("contributor", 5)
    assert not is_in("contributor")
    assert "Try again in 1 minute." in words_of(sign_in(Client(), "contributor"))
    later(seconds=61)
    assert is_in("contributor")


def test_each_further_failure_doubles_the_wait_up_to_an_hour(contributor):
    fail("contributor", 5)
    waits = []
    for _ in range(8):
        row = FailedTries.objects.order_by("-until").first()
        waits.append(round((row.until - row.last).total_seconds() / 60))
        later(minutes=61)
        fail("contributor", 1)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_tries_during_the_wait_are_not_counted(contributor):
    fail("contributor", 5)
    before = FailedTries.objects.order_by("-until").first().until
    fail("contributor", 30)
    assert FailedTries.objects.order_by("-until").first().until == before


def test_an_account_that_does_not_exist_is_told_the_same(contributor):
    for again in (4, 1, 1):
        assert fail("contributor", again) == fail("nobody-at-all", again)


def test_capital_letters_and_spaces_are_no_other_account(contributor):
    for name in ("contributor", "Contributor", " contributor", "CONTRIBUTOR", "contributor "):
        fail(name, 1)
    assert "Try again in 1 minute." in fail("contributor", 1)


def test_signing_in_forgets_the_accounts_failures(contributor):
    fail("contributor", 4)
    assert is_in("contributor")
    assert "do not belong together" in fail("contributor", 4)


def test_a_day_without_failures_forgets_them(contributor):
    fail("contributor", 9)
    later(hours=25)
    assert "do not belong together" in fail("contributor", 4)


def test_an_address_that_tries_many_accounts_waits_for_all_of_them(contributor):
    for number in range(20):
        fail(f"guess-{number}", 1, REMOTE_ADDR="203.0.113.9")
    assert not is_in("contributor", REMOTE_ADDR="203.0.113.9")
    assert is_in("contributor", REMOTE_ADDR="203.0.113.10")


def test_ones_own_account_does_not_clear_an_address(contributor, reviewer):
    for number in range(19):
        fail(f"guess-{number}", 1)
        if number % 5 == 0:
            assert is_in("contributor")
    fail("reviewer", 1)
    assert not is_in("contributor")


def test_a_made_up_forwarded_address_changes_nothing(contributor):
    for number in range(20):
        fail(f"guess-{number}", 1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert not is_in("contributor", HTTP_X_FORWARDED_FOR="203.0.113.99")


def test_behind_a_proxy_the_address_that_it_appended_counts(settings, contributor):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        fail(f"guess-{number}", 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.9")
    assert not is_in("contributor", HTTP_X_FORWARDED_FOR="198.51.100.99, 203.0.113.9")
    assert is_in("contributor", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1")


def test_wrong_codes_count_like_wrong_passwords(contributor):
    secret = app_of(contributor)
    client = Client()
    sign_in(client, "contributor")
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    told = words_of(client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}))
    assert "Try again in 1 minute." in told
    assert client.get(at("index")).status_code == 302


def test_the_table_names_neither_account_nor_address(contributor):
    fail("contributor", 1, REMOTE_ADDR="203.0.113.9")
    assert {len(key) for key in FailedTries.objects.values_list("key", flat=True)} == {64}


def test_tries_at_the_same_moment_are_not_free():
    counter = Counter("account", "somebody", free=2)
    counter.take()
    counter.take()  # both counted before either was judged
    assert FailedTries.objects.get().until > timezone.now()
