"""Who was given which right, and when it begins to count. Written by the database only."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _


class RoleChange(models.Model):
    """An account was made, opened or closed, or was given or lost a role.

    `role` is the name of the group, or one of `KINDS`, or a single permission. `by` is empty when
    it was done outside the desk, from a shell.
    """

    # What is not a group: the account itself, entry to the desk, all rights, a password set by
    # somebody else, a second factor.
    KINDS = ("account", "staff", "superuser", "password", "second factor")

    read_only = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_changes")
    role = models.CharField(_("role"), max_length=150)
    granted = models.BooleanField(_("granted"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of roles")
        verbose_name_plural = _("changes of roles")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-id"], name="role_changes_of")  # Since when may they?
        ]

    def __str__(self) -> str:
        return f"{self.user}: {'+' if self.granted else '−'} {self.role}"


class DeskRule(models.Model):
    """The settings that the database's own rules read: one row, kept by each migration."""

    read_only = True

    id = models.SmallIntegerField(primary_key=True, default=1)
    approval_wait = models.DurationField(
        default=timedelta(hours=24),
        help_text=_("How long a new account or a new right to review waits before it counts."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="desk_rule_has_one_row", condition=Q(id=Value(1)))
        ]

    def __str__(self) -> str:
        return f"{self.approval_wait}"


class FailedTries(models.Model):
    """How often signing in failed for one account or from one address, and until when it waits.

    `key` is a keyed digest: the table names neither accounts nor addresses. Also counted for
    accounts that do not exist, so that nobody learns which do.
    """

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField()
    last = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures}, until {self.until}"


class Remembered(models.Model):
    """What all server processes remember for a while: the table of Django's cache in the database.

    Rates of requests, and one-time codes that were used already.
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "claims_remembered"

    def __str__(self) -> str:
        return self.cache_key
