"""Whom a claim is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models import Agent

from .claim import Claim


class About(models.Model):
    """Somebody of whom the claim says something (schema:about), as the desk entered it.

    Who is accused stands here, and nobody is guessed from the words of the statement. It says
    nothing of whether the claim is so.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="about")
    agent = models.ForeignKey(
        Agent,
        models.PROTECT,
        related_name="claims_about",
        verbose_name=_("agent"),
        help_text=_("Of whom it says something: who is said to have done it, or to be what."),
    )

    class Meta:
        verbose_name = _("agent it is about")
        verbose_name_plural = _("whom it is about")
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "agent"],
                name="about_once",
                violation_error_message=_("The claim is about this agent already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.agent)
