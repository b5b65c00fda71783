"""Adding to the public record. `claims.review.workflow` is the only caller."""

from __future__ import annotations

import hashlib

from django.core.cache import caches
from django.db import transaction

from .choices import EditionKind
from .models import Edition
from .projection import project


@transaction.atomic
def append(*, ref: str, kind: EditionKind, content: str) -> Edition:
    """Add one edition of a claim, and bring the public lists up to date with it.

    `content` is canonical JSON. The database gives the edition its number, its place in the
    sequence and its time, and refuses it if its content was not approved (IntegrityError). An
    edition that redacts others leaves a notice in their place, and nothing that was drawn of them.
    """
    digest = hashlib.sha256(content.encode()).hexdigest()
    edition = Edition.objects.create(ref=ref, kind=kind, digest=digest, content=content)
    project(edition)
    if kind == EditionKind.REDACTED:
        transaction.on_commit(caches["drawn"].clear)
    return edition
