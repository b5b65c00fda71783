"""Two rows that turned out to be one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.reading import arrow

from .agent import Agent
from .source import Source


class Merge(models.Model):
    """`merged` is the same as `into`. Writing the row is what points everything to the survivor.

    The merged row stays on file, so that its ref, which editions mention, can be explained.
    """

    append_only = True

    reason = models.TextField(_("reason"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Say why these are the same."),
            ),
            models.CheckConstraint(
                name="%(class)s_with_another",
                condition=~Q(merged=F("into")),
                violation_error_message=_("Nothing is merged into itself."),
            ),
        ]


class AgentMerge(Merge):
    merged = models.OneToOneField(Agent, models.PROTECT, related_name="merge")
    into = models.ForeignKey(Agent, models.PROTECT, related_name="merges")

    class Meta(Merge.Meta):
        verbose_name = _("merge of agents")
        verbose_name_plural = _("merges of agents")

    def __str__(self) -> str:
        return f"{self.merged} {arrow()} {self.into}"


class SourceMerge(Merge):
    merged = models.OneToOneField(Source, models.PROTECT, related_name="merge")
    into = models.ForeignKey(Source, models.PROTECT, related_name="merges")

    class Meta(Merge.Meta):
        verbose_name = _("merge of sources")
        verbose_name_plural = _("merges of sources")

    def __str__(self) -> str:
        return f"{self.merged.ref} {arrow()} {self.into.ref}"
