"""The desk's verification statuses, as readers look them up."""

from __future__ import annotations

from typing import Self

from django.db import models


class StatusDefinitionQuerySet(models.QuerySet["StatusDefinition"]):
    def latest(self) -> Self:  # type: ignore[override]
        """Each status as it is defined today, in the desk's order."""
        newest = self.order_by("axis", "code", "-id").distinct("axis", "code")
        return self.filter(pk__in=newest.values("pk")).order_by("axis", "position", "code")


class StatusDefinition(models.Model):
    """A verification status as it was defined from a moment on.

    Written by the database whenever the desk's vocabulary changes, so that an old verdict can be
    read with its old definition.
    """

    read_only = True

    axis = models.CharField(max_length=11)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    definition = models.TextField()
    position = models.PositiveSmallIntegerField()
    tone = models.CharField(max_length=10)
    rating = models.PositiveSmallIntegerField(null=True)
    retired = models.BooleanField()
    valid_from = models.DateTimeField()

    objects = StatusDefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["axis", "position", "code", "-id"]
        indexes = [models.Index(fields=["axis", "code", "-id"], name="status_definitions_newest")]

    def __str__(self) -> str:
        return self.label
