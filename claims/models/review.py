"""Who did what to a claim on its way to publication. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Decision, State
from claims.moves import MOVES
from sources.models import known
from sources.reading import arrow

from .claim import Claim

DIGEST_FORMAT = r"^[0-9a-f]{64}$"


class Review(models.Model):
    """What a reviewer decided about one exact content, named by its digest."""

    append_only = True

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=15, choices=Decision)
    digest = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["claim", "digest"], name="review_of_content")  # Who decided on it?
        ]
        constraints = [
            known("decision", Decision.values),
            models.CheckConstraint(
                name="review_digest_format", condition=Q(digest__regex=DIGEST_FORMAT)
            ),
            models.CheckConstraint(
                name="review_request_has_a_note",
                condition=Q(decision=Decision.APPROVE) | Q(note__regex=r"\S"),
                violation_error_message=_("Say what should change, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_decision_display()}"


def _is_a_move() -> Q:
    legal = Q()
    for move in MOVES:
        legal |= Q(
            action=move.action,
            from_state__in=list(move.starts),
            to_state__in=list(move.ends),
            other__isnull=not move.names_another,
        ) & (Q(note__regex=r"\S") if move.needs_note else Q())
    return legal


class Remark(models.Model):
    """What a review says about one part of the content."""

    append_only = True

    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks")
    part = models.CharField(
        _("part"),
        max_length=60,
        help_text=_("A key of the content, such as “statement”, or “evidence/” and its ref."),
    )
    text = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=_("A remark needs words."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.text[:60]}"


class Move(models.Model):
    """One change of a claim's editorial state. Writing the row is what changes the state.

    `other` is the claim that this one was merged into, or the one that was split off from it.
    """

    append_only = True

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="moves")
    action = models.CharField(
        _("move"), max_length=15, choices=[(move.action, move.outcome) for move in MOVES]
    )
    from_state = models.CharField(_("from"), max_length=9, choices=State)
    to_state = models.CharField(_("to"), max_length=9, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    edition = models.PositiveIntegerField(_("edition"), null=True)
    other = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="moves_here", verbose_name=_("other claim")
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="move_is_one_of_ours",
                condition=_is_a_move(),
                violation_error_message=_("That move is not possible now, or needs a note."),
            ),
            models.CheckConstraint(
                name="move_digest_format", condition=Q(digest__regex=DIGEST_FORMAT)
            ),
            models.CheckConstraint(
                name="move_edition_when_published",
                condition=Q(action__in=["publish", "retract"], edition__isnull=False)
                | Q(action="merge")  # what was never published leaves no edition
                | ~Q(action__in=["publish", "retract", "merge"]) & Q(edition__isnull=True),
            ),
            models.UniqueConstraint(fields=["claim", "edition"], name="move_edition_once"),
        ]
        indexes = [
            # How many claims took which step, week by week? Answered without reading the moves.
            models.Index(fields=["at"], include=["action", "to_state"], name="move_at"),
            # Who submitted this claim last, and when?
            models.Index(
                fields=["claim", "-id"],
                include=["at", "by"],
                name="move_submissions",
                condition=Q(action="submit"),
            ),
            # Which claims did a reviewer send back?
            models.Index(
                fields=["claim"], name="move_returned", condition=Q(action="request_changes")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim.ref} {self.action}"


class Contribution(models.Model):
    """Somebody changed what a coming edition of a claim says. Written by the database only.

    `edition` is the number of the edition that was being worked towards. Whoever stands here
    cannot approve that edition.
    """

    read_only = True

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    first_change = models.CharField(max_length=63, help_text=_("The table that was changed first."))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "edition", "user"], name="contribution_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {arrow()} {self.claim.ref}, edition {self.edition}"
