"""The desk's own pages: who it is, who pays, under which licence, what it keeps of readers."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PageSlug(models.TextChoices):
    """The pages whose words are the desk's, not the software's."""

    ABOUT = "about", _("About us")
    FUNDING = "funding", _("Who pays for this")
    LICENCE = "licence", _("Licence")
    PRIVACY = "privacy", _("Privacy")
    METHODOLOGY = "methodology", _("How we work")


class PageTextQuerySet(models.QuerySet["PageText"]):
    def of(self, slug: str) -> Self:
        """All that a page ever said, the newest first, without the texts."""
        return self.filter(slug=slug).defer("text").order_by("-id")


class PageText(models.Model):
    """What one of the desk's own pages says from a moment on, in one language.

    Never changed or removed: the newest counts, and what was said before stays readable, with its
    dates. Who wrote it stands in the desk's history, not in the record.
    """

    append_only = True

    slug = models.CharField(_("page"), max_length=11, choices=PageSlug)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(
        _("text"),
        help_text=_("Markdown, without headings. It is public as soon as you save, and for good."),
    )
    published_at = models.DateTimeField(_("published"), db_default=Now(), editable=False)

    objects = PageTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of our own pages")
        ordering = ["-id"]
        indexes = [models.Index(fields=["slug", "-id"], name="page_texts_newest")]
        constraints = [
            models.CheckConstraint(
                name="page_text_says_something",
                condition=Q(text__regex=r"\S", title__regex=r"\S"),
                violation_error_message=_("A page needs a title and a text."),
            ),
            models.CheckConstraint(name="page_text_slug", condition=Q(slug__in=PageSlug.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_slug_display()} ({self.language})"
