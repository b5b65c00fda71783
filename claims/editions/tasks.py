"""What the worker does for the public record."""

from __future__ import annotations

import hashlib
import logging

from django.tasks import task

from .models import Edition

log = logging.getLogger(__name__)


@task
def verify_record() -> int:
    """Read the whole record once: no gap, and every content still has its digest.

    Of a content that was taken out of the record its notice is left: the database lets nothing else
    stand there, and the digest stays what it was.

    Runs every day. Answers with the number of editions that are intact; one that is not is an
    error in the log and in the task's result, for the operator.
    """
    expected = 0
    columns = ("sequence", "digest", "content", "redacted_in")
    for sequence, digest, content, redacted in (
        Edition.objects.after(0).values_list(*columns).iterator(1000)
    ):
        expected += 1
        if sequence != expected:
            raise RecordDamaged(f"The record jumps from edition {expected - 1} to {sequence}.")
        if redacted is None and hashlib.sha256(content.encode()).hexdigest() != digest:
            raise RecordDamaged(f"Edition {sequence} is not what its digest was made from.")
    log.info("record_verified", extra={"editions": expected})
    return expected


class RecordDamaged(Exception):
    """What was published is not what stands in the record now."""
