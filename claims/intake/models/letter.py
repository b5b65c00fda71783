"""Letters: what readers ask of the desk. None is ever published by itself."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.intake.choices import CLOSED, Kind, LetterState

REPEATED_WITHIN = timedelta(days=30)
LONG, SHORT = 5000, 500


class LetterQuerySet(models.QuerySet["Letter"]):
    def by_receipt(self, token: str) -> Letter | None:
        return self.filter(receipt=receipt_digest(token)).first()

    def same_words(self, letter: Letter) -> Self:
        """What arrived lately and says exactly this."""
        since = timezone.now() - REPEATED_WITHIN
        return self.filter(words=letter.digest(), received_at__gte=since)

    def with_contact_closed_before(self, day: datetime) -> Self:
        return self.filter(closed_at__lt=day).exclude(contact="")


class Letter(models.Model):
    """One letter: a request for a correction, a complaint, or a claim that somebody suggests.

    What was sent never changes; the desk adds a state, a note of its own, and an answer. A claim
    is named by `ref`, as its writer named it. `receipt` is the digest of the token in the address
    of the receipt: whoever reads this table cannot open it. `contact` is there to answer, and is
    erased some days after the letter is closed.
    """

    kept = True

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    received_at = models.DateTimeField(_("received"), db_default=Now())
    receipt = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=64)

    ref = models.CharField(_("claim"), max_length=8, blank=True)
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    who = models.TextField(_("who said it"), max_length=SHORT, blank=True)
    what = models.TextField(_("what it is about"), max_length=LONG)
    should_be = models.TextField(_("what it should say"), max_length=LONG, blank=True)
    grounds = models.TextField(_("where it can be seen"), max_length=LONG, blank=True)
    link = models.TextField(_("link"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    contact = models.TextField(_("contact"), max_length=SHORT, blank=True)

    state = models.CharField(_("state"), max_length=9, choices=LetterState, default=LetterState.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("For the desk; nobody else reads it.")
    )
    answer = models.TextField(
        _("answer"),
        blank=True,
        max_length=LONG,
        help_text=_("Whoever has the address of the receipt reads it there."),
    )
    led_to = models.CharField(
        _("led to"), max_length=8, blank=True, help_text=_("The claim that was begun from it.")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        permissions = [("view_contact", "Can see how to reach whoever wrote a letter")]
        indexes = [
            models.Index(fields=["state", "-id"], name="letters_in_a_state"),  # What is new?
            models.Index(fields=["words"], name="letters_by_words"),  # Did we get this already?
        ]
        constraints = [
            models.CheckConstraint(name="letter_kind", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="letter_state", condition=Q(state__in=LetterState.values)),
            models.CheckConstraint(
                name="letter_answered_in_words",
                condition=~Q(state=LetterState.ANSWERED) | Q(answer__regex=r"\S"),
                violation_error_message=_("An answered letter needs the answer."),
            ),
            models.CheckConstraint(
                name="letter_closed_or_not",
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | Q(closed_at__isnull=True) & ~Q(state__in=CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what[:80]}"

    def digest(self) -> str:
        """Of what the letter says, so that the same words are filed once."""
        said = [self.kind, self.ref, self.who, self.what, self.should_be, self.grounds, self.link]
        text = json.dumps([" ".join(part.split()) for part in said])
        return hashlib.sha256(text.encode()).hexdigest()

    def file(self, token: str) -> None:
        """Put it into the letterbox, under a receipt that only its writer has."""
        self.words = self.digest()
        self.receipt = receipt_digest(token)
        self.save(force_insert=True)

    def settle(self) -> None:
        """Keep the day on which it was closed in step with its state."""
        if self.state not in CLOSED:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()


def receipt_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
