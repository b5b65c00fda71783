"""The list of claims in a test: what stands in it, and what people do that shows there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Assignment, Claim
from sources.acting import acting
from tests import desk_work

LIST = "claims_claim_changelist"


def claim(by: User, statement: str, **facts: Any) -> Claim:
    return desk_work.draft(by, statement=statement, **facts)


def assign(claim: Claim, by: User, **facts: Any) -> Assignment:
    with acting(by):
        return Assignment.objects.create(claim=claim, assigned_by=by, **facts)


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
