"""Failed tries to sign in: counted for each account and each address, each one costing more time.

A try is counted before it is judged and given back when it succeeds, so that many at once are not
free. All server processes count in the same table. Nothing here says whether an account exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from claims.models import FailedTries

FORGOTTEN_AFTER = timedelta(hours=24)
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=1)

# Counts the try unless it comes too early; then no row comes back.
TAKE = """
    INSERT INTO claims_failedtries AS known (key, failures, last, until)
    VALUES (%(key)s, 1, now(), now())
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN known.last < now() - %(forgotten)s THEN 1 ELSE known.failures + 1 END,
        last = now(),
        until = CASE
            WHEN known.last < now() - %(forgotten)s OR known.failures + 1 < %(free)s THEN now()
            ELSE now() + least(
                %(longest)s, %(first)s * 2 ^ least(known.failures + 1 - %(free)s, 20))
        END
    WHERE known.until <= now()
    RETURNING key
"""


@dataclass(frozen=True)
class Counter:
    """One thing whose failures are counted; `free` is the failure after which waiting begins."""

    kind: str
    name: str
    free: int

    @property
    def key(self) -> str:
        return salted_hmac("tries", f"{self.kind} {self.name}", algorithm="sha256").hexdigest()

    def take(self) -> None:
        asked: dict[str, Any] = {
            "key": self.key,
            "free": self.free,
            "forgotten": FORGOTTEN_AFTER,
            "first": FIRST_DELAY,
            "longest": LONGEST_DELAY,
        }
        with connection.cursor() as cursor:
            cursor.execute(TAKE, asked)
            if cursor.fetchone() is None:
                raise TooManyTries(FailedTries.objects.get(key=self.key).until)

    def give_back(self) -> None:
        """The try was none: it succeeded."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE claims_failedtries SET failures = greatest(failures - 1, 0), until = now()"
                " WHERE key = %s",
                [self.key],
            )

    def clear(self) -> None:
        FailedTries.objects.filter(key=self.key).delete()


class TooManyTries(ValidationError):
    """The sentence says for how long to wait."""

    def __init__(self, until: datetime) -> None:
        minutes = max(1, ceil((until - timezone.now()).total_seconds() / 60))
        super().__init__(
            ngettext(
                "Too many tries have failed. Try again in %(minutes)s minute.",
                "Too many tries have failed. Try again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
            code="too_many_login_attempts",
        )


def of_account(username: str) -> Counter:
    return Counter("account", username.strip().casefold(), free=5)


def of_address(request: HttpRequest) -> Counter:
    """The address of whoever asks; a newsroom shares one, so it is let try more often."""
    return Counter("address", get_ip(request), free=20)


@contextmanager
def trying(request: HttpRequest, username: str) -> Iterator[Try]:
    """Refuse a try that comes too early; count it as failed unless it is called a success."""
    counters = (of_address(request), of_account(username))
    with transaction.atomic():
        for counter in counters:
            counter.take()
    this = Try()
    yield this
    if this.succeeded:
        for counter in counters:
            counter.give_back()


@dataclass
class Try:
    succeeded: bool = False


@receiver(user_logged_in)
def _forget(sender: Any, user: User, **kwargs: Any) -> None:
    """Somebody is fully signed in: what failed before was theirs."""
    of_account(user.get_username()).clear()


class _Counted:
    """One-time codes are guessed as passwords are, and counted with them."""

    user: User

    def clean_code(self) -> str:
        with trying(context.request, self.user.get_username()) as this:
            code: str = super().clean_code()  # type: ignore[misc]
            this.succeeded = True
        return code


class CodeForm(_Counted, forms.AuthenticateForm):
    """The code of an authenticator app, or a recovery code, while signing in."""


class CodeAgainForm(_Counted, forms.ReauthenticateForm):
    """The same, to confirm that it is still them."""
