"""Partners, their keys, and how much they ask. Of a key itself only the digest is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import texts
from .choices import KeyKind, Scope

LIVE_AT_ONCE = 2


class Partner(models.Model):
    """A newsroom, a platform or an archive that takes the record from us, or proposes claims.

    Partners are suspended, never removed: what they proposed and were sent stays theirs. While one
    is suspended none of its keys opens anything.
    """

    kept = True

    name = models.CharField(_("name"), max_length=200, unique=True)
    contact = models.EmailField(
        _("contact"), help_text=_("Whom to tell of a change to the API, or of a lost key.")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("For the desk; the partner does not read it.")
    )
    since = models.DateTimeField(_("since"), db_default=Now(), editable=False)
    suspended_at = models.DateTimeField(_("suspended"), null=True, editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="partner_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message=_("A partner needs a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def live(self) -> Self:
        """Keys that open something, as long as their partner is not suspended."""
        unexpired = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None)


class ApiKey(models.Model):
    """A key of a partner. `prefix` tells it from others; the whole was shown once, when made.

    What it opens and how long it lasts never changes: another key is made, and this one revoked.
    `created_by` is the administrator who made it, `made_with` the key with which its partner did.
    """

    kept = True

    ref = models.CharField(max_length=8, unique=True, default=texts.new_ref, editable=False)
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="keys", verbose_name=_("partner")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=KeyKind, default=KeyKind.SECRET)
    label = models.CharField(
        _("label"), max_length=100, help_text=_("What it is for: “production”, “archive”.")
    )
    prefix = models.CharField(_("begins with"), max_length=30, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=8, choices=Scope), verbose_name=_("what it opens")
    )
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    made_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("made with"),
    )  # fmt: skip
    expires_at = models.DateTimeField(
        _("expires"), null=True, blank=True, help_text=_("Empty: it lasts until it is revoked.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="key_kind", condition=Q(kind__in=KeyKind.values)),
            models.CheckConstraint(
                name="key_scopes",
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gte=1),
                violation_error_message=_("A key opens something that is on the list."),
            ),
            models.CheckConstraint(
                name="key_search_reads_only",
                condition=~Q(kind=KeyKind.SEARCH) | Q(scopes=[Scope.READ]),
                violation_error_message=_("A search key reads, and nothing else."),
            ),
            models.CheckConstraint(
                name="key_made_by_one",
                condition=Q(created_by__isnull=True, made_with__isnull=False)
                | Q(created_by__isnull=False, made_with__isnull=True),
            ),
            models.CheckConstraint(
                name="key_has_a_label",
                condition=Q(label__regex=r"\S"),
                violation_error_message=_("A key needs a label that says what it is for."),
            ),
            models.CheckConstraint(name="key_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.label})"

    @classmethod
    def new(cls, kind: KeyKind, **said: object) -> tuple[Self, str]:
        """A key, not yet saved, and its text, which is kept nowhere."""
        text = texts.new_text(kind)
        prefix, digest = texts.beginning(text), texts.digest(text)
        return cls(kind=kind, prefix=prefix, digest=digest, **said), text

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]

    def is_live(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class Use(models.Model):
    """How often one asker came for one scope on one day, and the window that is being counted.

    An asker is a key, by its number, or an address, by a keyed digest that is another one each day.
    The table is UNLOGGED: it is written by every request, and nothing waits for the disk. A crash
    of the database begins all counts anew, and no fact of the record depends on them.
    """

    pk = models.CompositePrimaryKey("asker", "scope", "day")
    asker = models.CharField(max_length=40)
    scope = models.CharField(max_length=10)
    day = models.DateField()
    window_began = models.DateTimeField()
    in_window = models.PositiveIntegerField()
    requests = models.PositiveBigIntegerField()
    refused = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.asker}, {self.scope}, {self.day}"
