"""The door of the desk, as people come through it."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

LOGIN = reverse("account_login")


def sign_in(client: Client, username: str, word: str = "pass", **more: Any) -> Any:
    return client.post(LOGIN, {"login": username, "password": word}, **more)


def app_of(user: User) -> str:
    """An authenticator app that is set up; answers with its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """What the app shows now, with enough time left to type it."""
    left = 30 - time.time() % 30
    if left < 4:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def factors_of(user: User) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
