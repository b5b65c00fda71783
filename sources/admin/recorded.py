"""A model whose every change is on record: its history, and what changed while somebody typed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from sources.models import Source
from sources.watching import shown

from . import meanwhile
from .history import Story


class Recorded(admin.ModelAdmin):
    """The database keeps the history of everything; Django's own log would say it twice.

    It would also name protected sources to whoever reads the log.
    """

    story: type[Story] = Story

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """What was saved is said to be: the browser then forgets its draft (desk/drafts.js)."""
        if level == messages.SUCCESS:
            extra_tags = f"{extra_tags} saved".strip()
        super().message_user(request, message, level, extra_tags, fail_silently)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return []

    def tell_meanwhile(
        self, request: HttpRequest, thing: models.Model, context: dict[str, Any]
    ) -> bool:
        """Has somebody changed this since the form was opened? Then say what, and save nothing."""
        story = self.story(thing, request.user)
        unseen = meanwhile.unseen(self, request, thing, story)
        context["seen"] = meanwhile.newest_seen(self, request, thing)
        if unseen:
            context["meanwhile"] = story.acts(unseen)
            shown(request, Source.objects.filter(pk__in=story.sources))
            request.refusal = meanwhile.sentence(unseen, request.user)  # type: ignore[attr-defined]
            request.POST = meanwhile.rows_come_back(self, request, thing, unseen)  # type: ignore[assignment]
        return bool(unseen)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything that ever happened to one thing, the newest first."""
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
            return missing
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        before = request.GET.get("before")
        if before is not None and not (before.isascii() and before.isdigit() and len(before) < 19):
            raise BadRequest("A history is read on from the number of a change.")
        story = self.story(thing, request.user)
        acts, older = story.page(int(before) if before else None)
        shown(request, Source.objects.filter(pk__in=story.sources))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": None,
            "opts": self.opts,
            "object": thing,
            "acts": acts,
            "older": older,
            "is_newest": before is None,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        of_its_own = f"admin/{self.opts.app_label}/{self.opts.model_name}/object_history.html"
        return TemplateResponse(request, [of_its_own, "admin/object_history.html"], context)
