"""Who was given which right, by whom: for every administrator to see."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.models import RoleChange
from sources.admin.desk import ReadOnlyAdmin

from .role_changes import what, who

# allauth lists these in the admin. They hold secrets of others, and are kept on its own pages.
admin.site.unregister([Authenticator, EmailAddress, UserSession])


@admin.register(RoleChange)
class RoleChangeAdmin(ReadOnlyAdmin):
    """Written by the database, whoever makes the change and however."""

    fields = ["at", "user", "change", "doer"]
    list_display = ["at", "user", "change", "doer"]
    list_select_related = ["user", "by"]
    list_filter = ["granted", "role"]
    search_fields = ["=user__username", "=by__username", "=role"]

    @admin.display(description=_("change"), ordering="role")
    def change(self, change: RoleChange) -> str:
        return what(change)

    @admin.display(description=_("by"), ordering="by")
    def doer(self, change: RoleChange) -> str:
        return who(change.by)
