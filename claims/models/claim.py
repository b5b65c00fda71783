"""Each thing that was said about what is said to have happened."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from claims.choices import (
    Aspect,
    ChangeKind,
    Checkability,
    Harm,
    State,
    Voice,
)
from sources.fields import EDTFField, LanguageField
from sources.models import Agent, Referenced, known, language_tag

from .event import Event


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_review(self) -> Self:
        return self.filter(state=State.IN_REVIEW)

    def on_the_desk(self) -> Self:
        """What somebody still has to do something about."""
        return self.filter(state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED])


class Claim(Referenced):
    """One proposition that somebody put forward, in neutral words: the desk's working copy.

    `state` is changed by the moves of `claims.review.workflow` only; the database sees to that.
    The content can be changed while the claim is a draft.
    """

    kept = True  # Never deleted: what was submitted, reviewed or cited must stay explicable.

    statement = models.TextField(
        _("statement"),
        max_length=2000,
        help_text=_("One proposition, in neutral words; loaded words only inside quotation marks."),
    )
    language = LanguageField(verbose_name=_("language"), default="en")
    voice = models.CharField(_("voice"), max_length=9, choices=Voice, default=Voice.AGENT)
    claimant = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimant"),
        help_text=_("Who says so. Empty only when a publisher that is not known says it itself."),
    )
    claimant_role = models.CharField(
        _("role they spoke in"), max_length=200, blank=True, help_text=_("Such as “army chief”.")
    )
    on_behalf_of = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_made_for",
        verbose_name=_("on behalf of"),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("event"),
    )
    aspect = models.CharField(_("aspect"), max_length=20, choices=Aspect)
    checkability = models.CharField(
        _("checkability"), max_length=20, choices=Checkability, default=Checkability.CHECKABLE
    )
    harm = models.CharField(
        _("harm level"),
        max_length=10,
        choices=Harm,
        default=Harm.SERIOUS,
        help_text=_("What a wrong word here could do. Grave claims need two approvals."),
    )
    made = EDTFField(
        _("said on"),
        earliest="made_earliest",
        latest="made_latest",
        help_text=_("EDTF: 2024-02-11, 2024-02, 2024-02-XX. Empty when it is not known."),
    )
    made_earliest = models.DateField(null=True, editable=False)
    made_latest = models.DateField(null=True, editable=False)
    made_as_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    wanted = models.TextField(
        _("what would move it"),
        blank=True,
        help_text=_("Which evidence would change the finding; shown to readers."),
    )
    change_kind = models.CharField(
        _("kind of change"), max_length=9, choices=ChangeKind, blank=True
    )
    change_note = models.TextField(
        _("what changed"),
        blank=True,
        help_text=_("What was, what is, and why; shown to readers with the next edition."),
    )
    redacts = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("editions to take out of the record"),
        default=list,
        blank=True,
        editable=False,
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta(Referenced.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        permissions = [
            ("submit_claim", _("Can submit, take back and revise claims")),
            ("review_claim", _("Can review claims")),
            ("publish_claim", _("Can publish and retract claims")),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="claim_by_state")]  # What waits?
        constraints = [
            *Referenced.Meta.constraints,
            known("state", State.values),
            known("voice", Voice.values),
            known("aspect", Aspect.values),
            known("checkability", Checkability.values),
            known("harm", Harm.values),
            known("change_kind", ["", *ChangeKind.values]),
            language_tag(),
            models.CheckConstraint(
                name="claim_has_a_statement",
                condition=Q(statement__regex=r"\S"),
                violation_error_message=_("A claim needs a statement."),
            ),
            models.CheckConstraint(
                name="claim_statement_is_short",
                condition=LessThanOrEqual(Length("statement"), 2000),
                violation_error_message=_(
                    "A statement is one proposition: at most 2,000 characters."
                ),
            ),
            models.CheckConstraint(
                name="claim_has_a_claimant",
                condition=Q(voice=Voice.PUBLISHER) | Q(claimant__isnull=False),
                violation_error_message=_(
                    "Say who makes this claim, or that the publisher says it in its own voice."
                ),
            ),
            models.CheckConstraint(
                name="claim_change_is_explained",
                condition=Q(change_kind="") | Q(change_note__regex=r"\S"),
                violation_error_message=_("Say what changed: what was, what is, and why."),
            ),
            models.CheckConstraint(
                name="claim_redaction_names_editions",
                condition=Q(change_kind=ChangeKind.REDACTED) & ~Q(redacts=[])
                | ~Q(change_kind=ChangeKind.REDACTED) & Q(redacts=[]),
                violation_error_message=_(
                    "A redaction begins with “Redact earlier editions”, where you say which."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.statement[:80]}"

    def clean(self) -> None:
        """Whoever makes another kind of change out of a redaction takes nothing out any more."""
        super().clean()
        if self.change_kind != ChangeKind.REDACTED:
            self.redacts = []

    @property
    def can_be_edited(self) -> bool:
        return self.state == State.DRAFT

    @property
    def merged_into(self) -> Claim | None:
        """The claim that stands for this one, if it was merged."""
        if self.state != State.MERGED:
            return None
        return Claim.objects.get(moves_here=self.moves.filter(action="merge").latest("pk"))
