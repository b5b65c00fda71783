"""Where partners want to be told of news, what was sent there, and what came back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.editions.models import Ledger
from claims.partners.models import Partner

from . import sealing
from .choices import TEST, TYPES, Because, Reason

ROTATION = timedelta(hours=24)
BEHIND = Q(position__lt=Subquery(Ledger.objects.values("last_sequence")[:1]))


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def enabled(self) -> Self:
        return self.filter(disabled_because="")

    def allowed(self) -> Self:
        """Where anything may be sent at all, be it a test."""
        return self.filter(partner__suspended_at=None).exclude(disabled_because=Because.DESK)

    def behind(self) -> Self:
        """Where not all of the record has been gone through."""
        return self.filter(BEHIND)

    def due(self) -> Self:
        """Where something can be sent now: news, or what was asked for by hand."""
        asked = Exists(Message.objects.filter(endpoint=OuterRef("pk"), wanted_at__isnull=False))
        now = timezone.now()
        free = self.allowed().filter(Q(leased_until=None) | Q(leased_until__lt=now))
        return free.filter(asked | Q(disabled_because="", next_at__lte=now) & BEHIND)


class Endpoint(models.Model):
    """An address at which a partner wants to be told what was added to the record.

    `position` is the place in the record up to which everything was taken (or not asked for): the
    next message is about what comes after it, and no other one is sent before that was taken.
    Whoever sends holds the `lease` meanwhile, for a time that outlasts any single request.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="endpoints",
        verbose_name=_("partner"),
    )
    url = models.TextField(_("address"), max_length=2000)
    description = models.CharField(_("description"), max_length=200, blank=True)
    types = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("kinds of messages"),
        default=list,
        blank=True,
        help_text=_("Nothing: all."),
    )
    claimants = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    events = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)

    disabled_because = models.CharField(
        _("switched off because"), max_length=7, choices=Because, blank=True
    )
    disabled_at = models.DateTimeField(_("switched off"), null=True, blank=True)

    position = models.BigIntegerField(_("told up to this place in the record"), default=0)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    next_at = models.DateTimeField(_("next try"), db_default=Now())
    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        permissions = [("switch_endpoint", "Can switch endpoints off and on, and send again")]
        ordering = ["-pk"]
        indexes = [
            # Where is there something to send?
            models.Index(
                fields=["next_at"], name="endpoints_enabled", condition=Q(disabled_because="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="endpoint_types_known", condition=Q(types__contained_by=list(TYPES))
            ),
            models.CheckConstraint(
                name="endpoint_disabled_for_a_reason",
                condition=Q(disabled_because="", disabled_at__isnull=True)
                | Q(disabled_because__in=Because.values, disabled_at__isnull=False),
            ),
            models.CheckConstraint(name="endpoint_position", condition=Q(position__gte=0)),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def enabled(self) -> bool:
        return not self.disabled_because


class SecretQuerySet(models.QuerySet["Secret"]):
    def living(self) -> Self:
        """The newest first: what partners verify with is tried in this order."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now())).order_by("-pk")


class Secret(models.Model):
    """What the messages to one endpoint are signed with, sealed. Two are live while it changes."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="secrets")
    sealed = models.TextField(editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)

    objects = SecretQuerySet.as_manager()

    class Meta:
        constraints = [
            # A secret as partners have it begins with "whsec_": never store that.
            models.CheckConstraint(
                name="secret_is_sealed", condition=Q(sealed__startswith="gAAAA")
            ),
        ]

    def __str__(self) -> str:
        return str(self.created_at)

    @property
    def secret(self) -> str:
        return sealing.unseal(self.sealed)


class Message(models.Model):
    """One message to one endpoint: the same text and the same id however often it is sent.

    Made when its turn comes. `wanted_at`: somebody asked for it by hand (a test, or once more);
    it is then sent as soon as possible, and once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="messages")
    sequence = models.BigIntegerField(_("place in the record"), null=True)
    ref = models.CharField(_("claim"), max_length=8, blank=True)
    type = models.CharField(_("kind"), max_length=20)
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"), db_default=Now())
    taken_at = models.DateTimeField(_("taken"), null=True)
    wanted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-made_at", "id"]
        indexes = [
            # What was asked for by hand?
            models.Index(
                fields=["endpoint", "wanted_at"],
                name="messages_wanted",
                condition=Q(wanted_at__isnull=False),
            ),
            models.Index(fields=["made_at"], name="messages_by_age"),  # What can be forgotten?
        ]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "sequence"], name="message_once"),
            models.CheckConstraint(
                name="message_about_something",
                condition=Q(type=TEST, sequence=None, ref="")
                | Q(type__in=TYPES, sequence__gte=1, ref__regex=r"^.{8}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.ref}".strip()

    @property
    def public_id(self) -> str:
        """What the header `webhook-id` says."""
        return f"msg_{self.id.hex}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of_the_last_day(self) -> Self:
        return self.filter(at__gte=timezone.now() - timedelta(hours=24))

    def failed(self) -> Self:
        return self.exclude(TAKEN)


TAKEN = Q(status__gte=200, status__lte=299)


class Delivery(models.Model):
    """One try to hand over one message, and what came of it. Rows are added and forgotten only."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, related_name="deliveries", verbose_name=_("endpoint")
    )
    message = models.ForeignKey(
        Message, models.CASCADE, related_name="deliveries", verbose_name=_("message")
    )
    number = models.PositiveIntegerField(_("try"))
    reason = models.CharField(_("reason"), max_length=5, choices=Reason)
    at = models.DateTimeField(_("time"), db_default=Now())
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    error = models.CharField(_("error"), max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    answer = models.TextField(_("answer"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="deliveries_of_one"),  # The log.
            models.Index(fields=["at"], name="deliveries_by_time"),  # How was the last day?
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_answered_or_not",
                condition=Q(status__isnull=False, error="") | Q(status__isnull=True) & ~Q(error=""),
            ),
            models.UniqueConstraint(F("message"), F("number"), name="delivery_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message} ({self.number})"

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status <= 299
