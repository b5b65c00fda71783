"""How allauth signs people in here: its switches that are no settings."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .freshness import is_fresh
from .tries import trying

log = structlog.get_logger(__name__)

# How somebody confirms that it is them.
WAYS = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class DeskAccounts(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "This username and this password do not belong together. Both may have capital letters."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Is it their password? Asked when signing in, and when confirming later on."""
        with trying(request, credentials.get("username", "")) as this:
            user: User | None = super().authenticate(request, **credentials)
            this.succeeded = user is not None
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down is for the operator to see, and stops nobody's work."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("mail_not_sent", about=template_prefix)


class DeskFactors(DefaultMFAAdapter):
    """Second factors: authenticator apps, passkeys, recovery codes."""

    def _get_user_identifier(self, user: Any) -> str:
        """What an authenticator app shows: the name one signs in with."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, as it stands in the page itself: no address of data is needed."""
        return super().build_totp_svg(url).partition("?>")[2].strip()
