"""What the worker does for exports."""

from __future__ import annotations

import logging

from django.db import transaction
from django.tasks import task

from . import shelf
from .build import build
from .choices import Extent
from .models import Export

log = logging.getLogger(__name__)


@task
def make_export(pk: str) -> bool:
    """Make one that was asked for. Run again after a worker was killed, it starts over."""
    return build(Export.objects.get(pk=pk))


@task
def make_exports() -> int:
    """Make all kinds of exports, and remove the files that are no longer to be had before.

    Runs every night, and when something was redacted; answers with how many were made.

    One that is on its way, and that nobody is at, is taken up.
    """
    shelf.sweep()
    return sum(build(Export.objects.ask(extent)) for extent in Extent)


def ask(extent: Extent, *, by: object = None) -> Export:
    """Have the worker make an export. One that is on its way already is the answer, too."""
    export = Export.objects.ask(extent, by=by)
    transaction.on_commit(lambda: make_export.enqueue(str(export.pk)))
    return export
