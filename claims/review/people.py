"""Who is at the desk now, and who among them may do what."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, Q, QuerySet

SEE_CLAIMS = "claims.view_claim"


def roles_with(permission: str) -> QuerySet[Group]:
    """The roles that carry this right, which are the pools of people who have it."""
    app, _dot, name = permission.partition(".")
    return Group.objects.filter(
        permissions__codename=name, permissions__content_type__app_label=app
    )


def at_the_desk() -> QuerySet[User]:
    """Whoever can sign in and see claims today. Nobody else is given or told anything."""
    in_a_role = roles_with(SEE_CLAIMS).filter(user=OuterRef("pk"))
    people = User.objects.filter(is_active=True, is_staff=True)
    return people.filter(Q(is_superuser=True) | Exists(in_a_role)).order_by("username")


def pool(permission: str) -> QuerySet[User]:
    """Everybody whose role is to do this. Superusers may, but it is not their work."""
    return at_the_desk().filter(Exists(roles_with(permission).filter(user=OuterRef("pk"))))


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()
