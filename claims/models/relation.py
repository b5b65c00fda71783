"""What one claim does to another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.editions.choices import RelationType
from sources.models import known

from .claim import Claim


class Relation(models.Model):
    """ "This claim denies that one." Belongs to the claim that asserts it.

    Whether a claim is disputed follows from these; nobody sets it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="relations")
    relation = models.CharField(_("relation"), max_length=20, choices=RelationType)
    target = models.ForeignKey(
        Claim, models.PROTECT, related_name="related_by", verbose_name=_("claim")
    )

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["claim", "pk"]
        constraints = [
            known("relation", RelationType.values),
            models.UniqueConstraint(
                fields=["claim", "relation", "target"],
                name="relation_once",
                violation_error_message=_("This relation is on file already."),
            ),
            models.CheckConstraint(
                name="relation_to_another",
                condition=~Q(claim=F("target")),
                violation_error_message=_("A claim cannot stand in a relation to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.target.ref}"
