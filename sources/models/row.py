"""What rows of ours have in common: a permanent name, and columns that hold one of our words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.fields import LANGUAGE_FORMAT, REF_FORMAT, RefField


def known(field: str, values: Sequence[object]) -> models.CheckConstraint:
    """A column holds one of our words, whoever writes it."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_known", condition=Q(**{f"{field}__in": values})
    )


def language_tag(field: str = "language") -> models.CheckConstraint:
    """A column holds something shaped like a BCP 47 tag, or nothing."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_tag",
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": LANGUAGE_FORMAT}),
        violation_error_message=_("Write a language tag such as “fr”, “ar-ML” or “taq-Tfng”."),
    )


class Referenced(models.Model):
    """A row with a permanent public name."""

    ref = RefField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_ref_format", condition=Q(ref__regex=REF_FORMAT))
        ]
