"""Remove somebody's second factors, where no administrator can sign in to do it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.admin.signing_in import remove_second_factors


class Command(BaseCommand):
    help = (
        "Remove the second factors of an account and end its sessions. They sign in with their "
        "password and set up a new one. Recorded; they cannot approve for a while."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> str:
        try:
            user = User.objects.get(username=username)
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{username}”.") from None
        remove_second_factors(user)
        return f"“{username}” signs in with the password alone, and sets up a new second factor."
