"""Who works on what until when, and who is told of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Mail, NoticeKind
from sources.fields import LanguageField
from sources.models import known

from .claim import Claim


class Assignment(models.Model):
    """Who works on a claim next, and until when: a person, or a pool from which one takes it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("assignee"),
    )
    pool = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pool"),
        help_text=_("Anybody with this role may take it."),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    note = models.CharField(_("what is asked"), max_length=500, blank=True)
    done = models.BooleanField(_("done"), default=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    assigned_at = models.DateTimeField(auto_now_add=True, null=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = [F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "assignee"],
                condition=Q(done=False),
                name="assignment_once",
                violation_error_message=_("This claim is assigned to them already."),
            ),
            models.UniqueConstraint(
                fields=["claim", "pool"],
                condition=Q(done=False),
                name="assignment_to_a_pool_once",
                violation_error_message=_("This claim waits in that pool already."),
            ),
            models.CheckConstraint(
                name="assignment_to_somebody",
                condition=Q(assignee__isnull=False, pool__isnull=True)
                | Q(assignee__isnull=True, pool__isnull=False),
                violation_error_message=_("Assign it to a person or to a pool, not to both."),
            ),
        ]
        indexes = [
            # What is due, and whose is it?
            models.Index(fields=["due"], name="assignment_due", condition=Q(done=False)),
        ]

    def __str__(self) -> str:
        return f"{self.assignee or self.pool}: {self.claim.ref}"


class Notice(models.Model):
    """Something about a claim that one person at the desk is told, once.

    It holds no words of its own: what it says is put together when it is read, from what its
    reader may see then. `on` is the day it is about; the same notice is not given twice for a day.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", editable=False
    )
    kind = models.CharField(_("what"), max_length=9, choices=NoticeKind)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="notices")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("day"))
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            known("kind", NoticeKind.values),
            models.UniqueConstraint(
                fields=["recipient", "kind", "claim", "on"], name="notice_once_a_day"
            ),
        ]
        indexes = [
            # What have I not read yet?
            models.Index(
                fields=["recipient", "-id"], name="notice_unread", condition=Q(read_at=None)
            ),
            # What still has to be mailed?
            models.Index(
                fields=["recipient", "id"], name="notice_unmailed", condition=Q(mailed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.claim.ref}"


class Preferences(models.Model):
    """How somebody wants to be told: in which language, and how much by e-mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences", editable=False
    )
    language = LanguageField(verbose_name=_("language of the desk"), blank=True)
    mail = models.CharField(_("e-mail"), max_length=7, choices=Mail, default=Mail.DAILY)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")
        constraints = [known("mail", Mail.values)]

    def __str__(self) -> str:
        return f"{self.user}"
