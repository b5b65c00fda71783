"""What the worker does for messages to partners."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.tasks import task
from django.utils import timezone

from .models import Delivery, Endpoint, Message, Secret
from .sending import send_round


@task
def send_due() -> int:
    """Begin to send to every endpoint for which something waits. Answers with their number.

    Runs every minute, and at once when something is published: no endpoint waits for another.
    """
    due = list(Endpoint.objects.due().order_by("next_at").values_list("pk", flat=True))
    for pk in due:
        deliver.enqueue(pk)
    return len(due)


@task
def deliver(endpoint_id: int) -> None:
    """Send what waits for one endpoint; go on, or try again, when there is a time for it."""
    again = send_round(endpoint_id)
    if again is not None:
        deliver.using(run_after=again).enqueue(endpoint_id)


@task
def forget_deliveries() -> int:
    """Forget what was sent long ago, and secrets that have ended. Answers with the messages.

    Runs every day. What still waits to be sent is kept, however old it is.
    """
    before = timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS)
    Secret.objects.filter(ends_at__lt=timezone.now()).delete()
    Delivery.objects.filter(at__lt=before).delete()
    old = Message.objects.filter(made_at__lt=before, wanted_at=None, deliveries=None)
    settled = old.filter(Q(sequence=None) | ~Q(taken_at=None))
    return settled.delete()[0]


def nudge() -> None:
    """Something was added to the record. Of one transaction with it, so that neither goes alone."""
    if Endpoint.objects.enabled().exists():
        send_due.enqueue()
