"""What partners and the desk do with endpoints: make, change, switch, try out, send again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.editions.models import Ledger
from claims.partners.models import Partner
from sources import fetching

from . import messages, sealing
from .choices import Because
from .models import ROTATION, Delivery, Endpoint, Message, Secret
from .tasks import deliver

TROUBLES = tuple(fetching.Trouble)  # why a try may have had no answer


class Refused(Exception):
    """What cannot be done now. Its text is a sentence for whoever tried."""


@transaction.atomic
def register(partner: Partner, **given: Any) -> tuple[Endpoint, str]:
    """A new endpoint, told of everything from now on, and its secret: this is the only time."""
    Partner.objects.select_for_update().get(pk=partner.pk)  # of two at once, one is the last
    most = settings.WEBHOOKS_PER_PARTNER
    if Endpoint.objects.filter(partner=partner).count() >= most:
        raise Refused(f"At most {most} endpoints. Remove one, or change one, first.")
    position = given.pop("position", None)
    endpoint = Endpoint(
        partner=partner, position=last_sequence() if position is None else position, **given
    )
    endpoint.save(force_insert=True)
    secret = _new_secret(endpoint)
    return endpoint, secret


@transaction.atomic
def change(endpoint: Endpoint, *, enabled: bool | None = None, **given: Any) -> Endpoint:
    """Change an endpoint as its partner says. What the desk switched off stays so."""
    locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    for name, value in given.items():
        setattr(locked, name, value)
    if enabled:
        if locked.disabled_because == Because.DESK:
            raise Refused("The desk switched this endpoint off. Write to the desk.")
        switch_on(locked)
    elif enabled is False and locked.enabled:
        locked.disabled_because, locked.disabled_at = Because.PARTNER, timezone.now()
    locked.save()
    if locked.enabled:
        deliver.enqueue(locked.pk)
    return locked


def switch_on(endpoint: Endpoint) -> None:
    """It goes on where it stopped, and gets all the patience of a new one."""
    endpoint.disabled_because, endpoint.disabled_at = "", None
    endpoint.failures, endpoint.failing_since, endpoint.next_at = 0, None, timezone.now()


@transaction.atomic
def switch_by_desk(endpoint: Endpoint, *, on: bool) -> None:
    locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if on:
        switch_on(locked)
    else:
        locked.disabled_because = Because.DESK
        locked.disabled_at = timezone.now()
    locked.save()
    if on:
        deliver.enqueue(locked.pk)


@transaction.atomic
def rotate(endpoint: Endpoint) -> tuple[str, datetime]:
    """A new secret, and until when the one before it is live too. Older ones end at once."""
    Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    now = timezone.now()
    until = now + ROTATION
    newest = endpoint.secrets.order_by("-pk").first()
    if newest is not None:
        endpoint.secrets.exclude(pk=newest.pk).delete()
        newest.ends_at = until
        newest.save(update_fields=["ends_at"])
    return _new_secret(endpoint), until


def _new_secret(endpoint: Endpoint) -> str:
    secret = sealing.new_secret()
    Secret.objects.create(endpoint=endpoint, sealed=sealing.seal(secret))
    return secret


@transaction.atomic
def test(endpoint: Endpoint) -> Message:
    """A message that says nothing but that it came, sent as soon as possible."""
    _sendable(endpoint)
    message = messages.test_message(endpoint)
    deliver.enqueue(endpoint.pk)
    return message


@transaction.atomic
def send_again(delivery: Delivery) -> Message:
    """The same message once more, under the same id, as soon as possible, whatever waits."""
    _sendable(delivery.endpoint)
    message = Message.objects.select_for_update().get(pk=delivery.message_id)
    if message.wanted_at is None:
        message.wanted_at = timezone.now()
        message.save(update_fields=["wanted_at"])
    deliver.enqueue(delivery.endpoint_id)
    return message


def _sendable(endpoint: Endpoint) -> None:
    if endpoint.disabled_because == Because.DESK:
        raise Refused("The desk switched this endpoint off: nothing is sent to it.")


def last_sequence() -> int:
    return Ledger.objects.values_list("last_sequence", flat=True).get()


def problem_with(url: str) -> str:
    """Why nothing would ever be sent to this address, in a sentence; empty when it might be."""
    try:
        fetching.check_address(url, only_https=True)
    except fetching.FetchError as error:
        return str(error)
    return ""
