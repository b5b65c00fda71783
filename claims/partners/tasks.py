"""What the worker does for partners."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.tasks import task
from django.utils import timezone

from .access import ANONYMOUS
from .models import Use

KEPT = timedelta(days=90)


@task
def forget_use() -> int:
    """Remove the counts of strangers from before yesterday, and of keys after 90 days.

    Runs every day. Answers with how many were removed.
    """
    today = timezone.now().date()
    strangers = Q(scope=ANONYMOUS, day__lt=today - timedelta(days=1))
    removed, _ = Use.objects.filter(strangers | Q(day__lt=today - KEPT)).delete()
    return removed
