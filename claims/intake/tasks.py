"""What the worker does for the letterbox."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from .models import Letter


@task
def forget_contacts() -> int:
    """Erase how to reach whoever wrote a letter, once it has been closed for long enough.

    Runs every day. Answers with how many were erased. The history of the desk never held them.
    """
    day = timezone.now() - timedelta(days=settings.LETTER_CONTACT_DAYS)
    return Letter.objects.with_contact_closed_before(day).update(contact="")
