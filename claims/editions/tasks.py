"""What the worker does for the public record."""

from __future__ import annotations

import hashlib
import logging

from django.db import connection
from django.tasks import task

from .models import Edition

log = logging.getLogger(__name__)

# What stands in place of a content and is not what a later edition of the claim orders. One that
# was itself redacted since does not say any more why.
FALSE_NOTICE = """
SELECT gone.sequence FROM editions_edition AS gone LEFT JOIN editions_edition AS redaction
  ON redaction.ref = gone.ref AND redaction.number = gone.redacted_in
  AND redaction.number > gone.number AND redaction.kind = 'redacted'
WHERE gone.redacted_in IS NOT NULL AND (
  redaction.number IS NULL
  OR redaction.redacted_in IS NULL AND gone.content <> redaction_notice(gone, redaction)
  OR NOT redaction.content::jsonb -> 'redacts' @> to_jsonb(gone.number))
ORDER BY gone.sequence LIMIT 1
"""


@task
def verify_record() -> int:
    """Read the whole record once: no gap, and every content still has its digest.

    Of a content that was taken out of the record exactly the notice is left that a later edition
    of the claim orders.

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
    with connection.cursor() as cursor:
        cursor.execute(FALSE_NOTICE)
        for (sequence,) in cursor.fetchall():
            raise RecordDamaged(f"Edition {sequence} holds a notice that no edition orders.")
    log.info("record_verified", extra={"editions": expected})
    return expected


class RecordDamaged(Exception):
    """What was published is not what stands in the record now."""
