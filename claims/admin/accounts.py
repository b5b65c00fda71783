"""Who may enter, and in which role.

An administrator keeps the accounts of others, yet cannot rise above themselves: not make a
superuser, not touch one, not choose their own roles.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.admin.desk import DeskAdmin, ReadOnlyAdmin

from .role_changes import changes_of
from .signing_in import remove_second_factors

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    """Accounts are closed by taking “active” away, never deleted: they signed what they did."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Role"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("On file"), {"fields": (("last_login", "date_joined"), "role_changes")}),
    )
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active", "groups")
    readonly_fields = ("last_login", "date_joined", "role_changes")
    change_form_template = "admin/auth/user/desk_change_form.html"
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """There are four roles: they are ticked, not searched for."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            field.widget = CheckboxSelectMultiple()
            field.widget.choices = field.choices
            field.help_text = ""
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [*fieldsets, (_("Above all roles"), {"fields": ("is_superuser",)})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        own = obj is not None and obj.pk == request.user.pk
        if own and not request.user.is_superuser:
            fields += ("is_active", "is_staff", "groups")
        return fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        remove = self.admin_site.admin_view(self.second_factor_view)
        return [
            path("<int:pk>/second-factor/", remove, name="auth_user_second_factor"),
            *super().get_urls(),
        ]

    def second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For somebody who lost their telephone: they sign in with the password and start anew."""
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if user == request.user or not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method == "POST":
            remove_second_factors(user)
            self.log_change(request, user, gettext("second factors removed"))
            self.message_user(request, gettext("The second factors are removed."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": user,
            "title": gettext("Remove second factors"),
        }
        return TemplateResponse(request, "admin/auth/user/second_factor.html", context)

    @admin.display(description=_("changes of roles"))
    def role_changes(self, user: User) -> SafeString:
        return changes_of(user)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(str(group) for group in user.groups.all())


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin, GroupAdmin):
    """Roles are what `claims.roles` says; each migration makes them so again."""
