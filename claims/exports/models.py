"""Exports: the whole record as files, and how far the worker is with them."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.editions.choices import EditionKind
from claims.editions.models import Digest, Edition

from .choices import UNFINISHED, WRITTEN, ExportState, Extent, FileFormat


class ExportQuerySet(models.QuerySet["Export"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def ready(self) -> Self:
        """Those whose files can be had: complete, and holding nothing that was taken out since."""
        redacted = Edition.objects.filter(
            kind=EditionKind.REDACTED, sequence__gt=OuterRef("sequence")
        )
        return self.filter(~Exists(redacted), state=ExportState.READY)

    def told(self) -> Self:
        """What partners are told of: what is there, and what is on its way. The newest first."""
        shown = Q(pk__in=self.model.objects.ready().values("pk")) | Q(state__in=UNFINISHED)
        return self.filter(shown).order_by("-asked_at", "-pk")

    def ask(self, extent: Extent, *, by: Any = None) -> Export:
        """The one of this extent that is to be made: a new one, or the one on its way already."""
        try:
            with transaction.atomic():
                return self.create(extent=extent, asked_by=by)
        except IntegrityError:
            return self.unfinished().get(extent=extent)


class Export(models.Model):
    """One export of the record, from the moment it was asked for.

    `sequence`: it holds the record up to this edition, so `changes/?after=` this number goes on
    without a gap. `manifest` (canonical JSON) says what it consists of, once it does. Rows are
    never removed; the files of all but the newest are.
    """

    kept = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    extent = models.CharField(_("contents"), max_length=8, choices=Extent)
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    asked_at = models.DateTimeField(_("asked for"), db_default=Now())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Nobody: made on schedule."),
    )
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    sequence = models.BigIntegerField(_("up to edition"), null=True, blank=True)
    total = models.BigIntegerField(_("rows"), default=0)
    done = models.BigIntegerField(_("rows written"), default=0)
    manifest = models.TextField(_("manifest"), blank=True)
    manifest_digest = models.CharField(_("digest of the manifest"), max_length=64, blank=True)
    failure = models.TextField(_("why it failed"), blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("make_export", "Can have exports of the record made")]
        constraints = [
            models.CheckConstraint(name="export_extent", condition=Q(extent__in=Extent.values)),
            models.CheckConstraint(name="export_state", condition=Q(state__in=ExportState.values)),
            # Two builds of one kind would be the same work twice.
            models.UniqueConstraint(
                fields=["extent"], condition=Q(state__in=UNFINISHED), name="export_one_on_its_way"
            ),
            models.CheckConstraint(
                name="export_written_is_complete",
                condition=~Q(state__in=WRITTEN)
                | Q(
                    manifest_digest=Digest(F("manifest")),
                    sequence__isnull=False,
                    finished_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["extent", "state", "-asked_at"], name="export_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_extent_display()} ({self.get_state_display()})"

    @property
    def manifest_name(self) -> str:
        return f"{self.manifest_digest}.json"

    @cached_property
    def about(self) -> dict[str, Any]:
        """The manifest, parsed."""
        about: dict[str, Any] = json.loads(self.manifest)
        return about

    def begin(self, *, sequence: int, total: int) -> bool:
        """Take it up, or take it up again after a worker was killed; False if it is settled."""
        facts = {"sequence": sequence, "total": total, "done": 0, "begun_at": timezone.now()}
        found = Export.objects.unfinished().filter(pk=self.pk)
        return bool(found.update(state=ExportState.BUILDING, **facts))

    def progress(self, done: int) -> None:
        Export.objects.filter(pk=self.pk).update(done=done)

    def fail(self, why: str) -> None:
        Export.objects.unfinished().filter(pk=self.pk).update(
            state=ExportState.FAILED, failure=why, finished_at=timezone.now()
        )


class ExportFile(models.Model):
    """One file of an export. Its name begins with the SHA-256 of its bytes."""

    append_only = True

    export = models.ForeignKey(Export, models.PROTECT, related_name="files")
    format = models.CharField(max_length=7, choices=FileFormat)
    name = models.CharField(max_length=80)
    size = models.BigIntegerField()

    class Meta:
        default_permissions = ("view",)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["export", "format"], name="export_file_a_format"),
            models.CheckConstraint(
                name="export_file_is_named_by_digest", condition=Q(name__regex=r"^[0-9a-f]{64}\.")
            ),
        ]
        indexes = [models.Index(fields=["name"], name="export_file_by_name")]

    def __str__(self) -> str:
        return self.name
