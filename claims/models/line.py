"""What the list of claims says of each claim, in one row, so that a million can be searched."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from claims.choices import Aspect, Dispute, Harm, State
from sources.choices import Access
from sources.models import Agent, Source, known

from .assessment import VerificationStatus
from .claim import Claim
from .event import Event
from .evidence import Evidence

NEVER = dt.date.max  # stands where nothing is due, so that what is due comes before it
MOST_WORDS = 12
ASKED = re.compile(r'"([^"]+)"|([^\s"]+)')


def asked_words(text: str) -> list[str]:
    """The words and the “quoted phrases” of a search."""
    for mark in "“”„«»":
        text = text.replace(mark, '"')
    return [phrase.strip() or word for phrase, word in ASKED.findall(text)][:MOST_WORDS]


def holding(text: str, *, for_user: Any) -> models.QuerySet[Wording]:
    """The wordings of the claims in which every word and every “phrase” stands somewhere.

    In the statement, in a quotation, in a name of who says it, in the label of the event or as the
    ref; accents and capitals make no difference. A word of one or two letters is found where it
    stands alone. What a protected source said is searched for those who may see it.
    """
    words = _folded(asked_words(text))
    found = Q() if words else Q(pk__in=[])
    for word in words:
        part = f" {word} " if len(word) < 3 else word
        found &= Q(words__contains=part) | _confided(part, for_user)
    return Wording.objects.filter(found)


def _folded(words: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fold_words(word) FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, n)"
            " ORDER BY n",
            [words],
        )
        return [word for (word,) in cursor.fetchall() if word]


def _confided(part: str, user: Any) -> Q:
    held = Q(confided__contains=part)
    if user.has_perm("sources.view_protected"):
        return held
    own = Evidence.objects.filter(
        claim=OuterRef("claim"),
        source__in=Source.objects.visible_to(user).filter(access=Access.PROTECTED),
    )
    folded = Func(F("exact"), function="fold_words", output_field=models.TextField())
    padded = Concat(Value(" "), folded, Value(" "), output_field=models.TextField())
    return held & Q(Exists(own.alias(folded=padded).filter(folded__contains=part)))


class Line(models.Model):
    """A claim as the list of claims has it. Kept by the database's triggers, from what is on file.

    `attribution` and `finding` are the newest assessment's; `due` the earliest day by which an open
    assignment is due; `moved_at` the last move, or the day it was entered; `disputed` says where
    another claim disputes it.
    """

    read_only = True

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="line")
    state = models.CharField(_("state"), max_length=9, choices=State)
    harm = models.CharField(_("harm level"), max_length=10, choices=Harm)
    aspect = models.CharField(_("aspect"), max_length=20, choices=Aspect)
    language = models.CharField(_("language"), max_length=35)
    claimant = models.ForeignKey(
        Agent, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    event = models.ForeignKey(
        Event, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    attribution = models.ForeignKey(
        VerificationStatus,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    finding = models.ForeignKey(
        VerificationStatus,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    disputed = models.CharField(_("disputed"), max_length=6, choices=Dispute, blank=True)
    awaits_reply = models.BooleanField(_("has an open reply request"))
    is_assigned = models.BooleanField(_("assigned"))
    due = models.DateField(_("due"), default=NEVER)
    moved_at = models.DateTimeField(_("last move"))

    class Meta:
        verbose_name = _("line of the list of claims")
        verbose_name_plural = _("lines of the list of claims")
        ordering = ["-claim"]
        default_permissions = ()
        constraints = [known("disputed", ["", *Dispute.values])]
        indexes = [
            # Which claims stand so, the newest first? One for each filter.
            models.Index(fields=["state", "-claim"], name="line_state"),
            models.Index(fields=["harm", "-claim"], name="line_harm"),
            models.Index(fields=["aspect", "-claim"], name="line_aspect"),
            models.Index(fields=["language", "-claim"], name="line_language"),
            models.Index(fields=["claimant", "-claim"], name="line_claimant"),
            models.Index(fields=["event", "-claim"], name="line_event"),
            models.Index(fields=["created_by", "-claim"], name="line_created_by"),
            models.Index(fields=["attribution", "-claim"], name="line_attribution"),
            models.Index(fields=["finding", "-claim"], name="line_finding"),
            models.Index(fields=["disputed", "-claim"], name="line_disputed"),
            models.Index(
                fields=["-claim"], name="line_awaits_reply", condition=Q(awaits_reply=True)
            ),
            models.Index(fields=["-claim"], name="line_assigned", condition=Q(is_assigned=True)),
            # What is due first? What has not moved for longest?
            models.Index(fields=["due", "claim"], name="line_due"),
            models.Index(fields=["moved_at", "claim"], name="line_moved"),
        ]

    def __str__(self) -> str:
        return self.claim.ref


class Wording(models.Model):
    """What of a claim is searched, folded by `fold_words()`. Kept by the database's triggers too.

    `confided` holds the quotations from protected sources, and nothing else does. It stands apart
    from the line, which is read by the thousand to be counted, and should be short.
    """

    read_only = True

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="wording")
    words = models.TextField()
    confided = models.TextField(blank=True)

    class Meta:
        verbose_name = _("wording of a claim")
        verbose_name_plural = _("wordings of claims")
        default_permissions = ()
        indexes = [
            # In which claims does this stand?
            GinIndex(OpClass("words", "gin_trgm_ops"), name="wording_words"),
            GinIndex(OpClass("confided", "gin_trgm_ops"), name="wording_confided"),
        ]

    def __str__(self) -> str:
        return self.claim.ref
