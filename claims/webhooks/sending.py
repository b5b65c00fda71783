"""Handing over messages: one at a time to each endpoint, in the order of the record.

Nothing is held in the database while a request is under way but a lease, a row that says until when
the endpoint is somebody's. A worker that is killed leaves its lease to run out; the message was not
marked as taken, and is sent again under the same id. Twice is possible, never is not.
"""

from __future__ import annotations

import random
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from math import floor

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from standardwebhooks import Webhook

from sources import fetching

from . import notice
from .choices import TEST, Because, Reason
from .messages import about, next_edition
from .models import Delivery, Endpoint, Message
from .sealing import Unreadable

LIMITS = fetching.Limits(connect=5, read=10, total=15, size=1000)
LEASE = timedelta(seconds=60)  # several times what one request may take
ROUND = 20.0  # seconds for one endpoint before others have their turn

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
FEWEST_TRIES = 5  # before an endpoint is given up, however much time has passed
CHARACTERS = 500  # of an answer that are kept


@dataclass(frozen=True)
class Outcome:
    """What came of one try."""

    status: int | None
    error: str
    seconds: float
    answer: str = ""
    retry_after: str = ""

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status <= 299


def send_round(endpoint_id: int) -> datetime | None:
    """Send what waits, for a while. Answers when to come back, if there is a time for it."""
    end = time.monotonic() + ROUND
    while time.monotonic() < end and send_next(endpoint_id):
        pass
    here = Endpoint.objects.filter(pk=endpoint_id)
    if here.due().exists():
        return timezone.now()
    put_off = here.enabled().behind().filter(next_at__gt=timezone.now())
    return put_off.values_list("next_at", flat=True).first()


def send_next(endpoint_id: int) -> bool:
    """Send one message, if there is one and nobody else is at it. Answers whether to go on."""
    endpoint = _take(endpoint_id)
    if endpoint is None:
        return False
    try:
        wanted = endpoint.messages.filter(wanted_at__isnull=False).order_by("wanted_at").first()
        message = wanted or _its_turn(endpoint)
        if message is None:
            return Endpoint.objects.filter(pk=endpoint.pk).behind().exists()
        outcome = _try(endpoint, message)
        return _settle(endpoint, message, outcome, asked=wanted is not None)
    finally:
        held = Endpoint.objects.filter(pk=endpoint.pk, lease=endpoint.lease)
        held.update(lease=None, leased_until=None)


@transaction.atomic
def _take(endpoint_id: int) -> Endpoint | None:
    """Make the endpoint ours for a while; of several who try, one gets it."""
    free = Endpoint.objects.due().select_for_update(skip_locked=True, of=("self",))
    endpoint = free.filter(pk=endpoint_id).first()
    if endpoint is not None:
        endpoint.lease = uuid.uuid4()
        endpoint.leased_until = timezone.now() + LEASE
        endpoint.save(update_fields=["lease", "leased_until"])
    return endpoint


def _its_turn(endpoint: Endpoint) -> Message | None:
    """The message that is next in order; the position goes on over what nobody asked for."""
    edition, looked = next_edition(endpoint)
    if looked != endpoint.position:
        held = Endpoint.objects.filter(
            pk=endpoint.pk, lease=endpoint.lease, position=endpoint.position
        )
        if not held.update(position=looked):
            return None  # somebody set it anew meanwhile
        endpoint.position = looked
    return about(endpoint, edition) if edition else None


def _try(endpoint: Endpoint, message: Message) -> Outcome:
    """Ask once. Whatever goes wrong is an outcome."""
    began = time.monotonic()
    try:
        headers = _signed(endpoint, message, timezone.now())
        answer = fetching.post(
            endpoint.url,
            message.body.encode(),
            headers=headers,
            limits=LIMITS,
            only_https=True,
        )
    except fetching.FetchError as error:
        return Outcome(None, str(error.kind), time.monotonic() - began)
    except Unreadable:
        return Outcome(None, Because.SECRET, 0)
    said = answer.body.decode("utf-8", "replace").replace("\x00", "\ufffd")[:CHARACTERS]
    after = answer.headers.get("retry-after", "") if answer.status in {429, 503} else ""
    return Outcome(answer.status, "", answer.seconds, said, after)


def _signed(endpoint: Endpoint, message: Message, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks, with a signature by each secret that is live."""
    signatures = [
        Webhook(secret.secret).sign(message.public_id, now, message.body)
        for secret in endpoint.secrets.living()
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": message.public_id,
        "webhook-timestamp": str(floor(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


@transaction.atomic
def _settle(endpoint: Endpoint, message: Message, outcome: Outcome, *, asked: bool) -> bool:
    """Write down what came of it. Answers whether to go on with the next message now."""
    now = timezone.now()
    # Whoever changes the endpoint waits for this, and we see what they changed.
    locked = Endpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
    if locked is None or not Message.objects.filter(pk=message.pk).exists():
        return False  # removed meanwhile
    _log(message, outcome, asked=asked)
    if asked:
        Message.objects.filter(pk=message.pk, wanted_at=message.wanted_at).update(wanted_at=None)
    if outcome.taken:
        Message.objects.filter(pk=message.pk, taken_at=None).update(taken_at=now)
        locked.failures, locked.failing_since, locked.next_at = 0, None, now
        if message.sequence is not None and _is_next(locked, message):
            locked.position = message.sequence
    elif outcome.status == 410:
        _give_up(locked, Because.GONE, now)
    elif outcome.error == Because.SECRET:
        _give_up(locked, Because.SECRET, now)
    elif not asked:
        _put_off(locked, outcome, now)
    locked.save(
        update_fields=[
            *("failures", "failing_since", "next_at", "position"),
            *("disabled_because", "disabled_at"),
        ]
    )
    return outcome.taken or asked


def _is_next(endpoint: Endpoint, message: Message) -> bool:
    """Whether nothing that is wanted lies between where the endpoint stands and this message."""
    edition, _looked = next_edition(endpoint)
    return edition is not None and edition.sequence == message.sequence


def _log(message: Message, outcome: Outcome, *, asked: bool) -> None:
    before = message.deliveries.aggregate(last=Max("number"))["last"] or 0
    reason = Reason.TURN
    if asked:
        reason = Reason.TEST if message.type == TEST and not before else Reason.AGAIN
    Delivery.objects.create(
        endpoint_id=message.endpoint_id,
        message=message,
        number=before + 1,
        reason=reason,
        status=outcome.status,
        error=outcome.error,
        milliseconds=round(outcome.seconds * 1000),
        answer=outcome.answer,
    )


def _put_off(endpoint: Endpoint, outcome: Outcome, now: datetime) -> None:
    """Try again later, each time later; give up when that has gone on for too long."""
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.next_at = now + max(_wait(endpoint.failures), _asked_to_wait(outcome, now))
    patience = timedelta(hours=settings.WEBHOOK_PATIENCE_HOURS)
    if endpoint.failures >= FEWEST_TRIES and now - endpoint.failing_since >= patience:
        _give_up(endpoint, Because.FAILING, now)


def _wait(failures: int) -> timedelta:
    """Twice as long each time, and never the same: who failed together must not return together."""
    longest = min(FIRST_WAIT * 2 ** min(failures - 1, 20), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311 - guards nothing


def _asked_to_wait(outcome: Outcome, now: datetime) -> timedelta:
    """What `Retry-After` asks for, within bounds; nothing where it cannot be read."""
    said = outcome.retry_after.strip()
    try:
        if said.isascii() and said.isdigit():
            wait = timedelta(seconds=min(int(said[:9]), 10**6))
        else:
            wait = parsedate_to_datetime(said) - now
    except (TypeError, ValueError, OverflowError):
        return timedelta(0)
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _give_up(endpoint: Endpoint, because: Because, now: datetime) -> None:
    """Send nothing there any more until somebody switches it on again, and say so."""
    if endpoint.enabled:
        endpoint.disabled_because, endpoint.disabled_at = because, now
        notice.tell.enqueue(endpoint.pk, because)
