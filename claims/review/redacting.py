"""Taking the content of earlier editions out of the record: which, and what stands there then."""

from __future__ import annotations

from collections.abc import Collection

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim

from .tombstones import Notice

WITHDRAWN = (State.RETRACTED, State.MERGED)


def can_be_taken_out(claim: Claim, numbers: Collection[int]) -> bool:
    """Whether these are editions of the claim that still hold their content, at least one."""
    held = Edition.objects.filter(ref=claim.ref, redacted_in=None)
    return bool(numbers) and set(numbers) <= set(held.values_list("number", flat=True))


def notice_again(claim: Claim, edition: Edition, before: Edition) -> Notice:
    """What stands in the place of a withdrawn claim once `edition` has redacted it.

    `before`: the notice that stood there. Its reason is kept, unless the notice itself was
    redacted: then the redaction's own is told. What it cites is what the redaction left.
    """
    told = before.document
    reason = claim.change_note if before.number in claim.redacts else str(told["reason"])
    into = Claim.objects.filter(ref=told.get("into", "")).first()
    if into is None or into.state in WITHDRAWN or not _is_public(into):
        return Notice.of_retraction(edition, reason)
    return Notice.of_merge(edition, reason, into)


def _is_public(claim: Claim) -> bool:
    last = Edition.objects.filter(ref=claim.ref).order_by("-number").first()
    return last is not None and not last.is_tombstone
