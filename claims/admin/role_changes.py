"""Who was given which right, by whom, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import RoleChange
from claims.roles import role_name
from sources.refusals import moment

SHOWN = 20

SENTENCES = {
    ("account", True): _("account opened"),
    ("account", False): _("account closed"),
    ("staff", True): _("let in to the desk"),
    ("staff", False): _("no longer let in to the desk"),
    ("superuser", True): _("given all rights"),
    ("superuser", False): _("all rights taken back"),
    ("password", True): _("password set by somebody else"),
    ("second factor", True): _("second factor added"),
    ("second factor", False): _("second factor removed"),
}


def what(change: RoleChange) -> str:
    """The change in words: “role given: reviewer”."""
    if known := SENTENCES.get((change.role, change.granted)):
        return str(known)
    given = gettext("role given: %(role)s") if change.granted else gettext("role taken: %(role)s")
    return given % {"role": role_name(change.role)}


def who(user: User | None) -> str:
    if user is None:
        return gettext("outside the desk")
    return user.get_full_name() or user.get_username()


def recent_grants(user: Any, shown: int = 8) -> Sequence[RoleChange]:
    """The newest changes of roles, for the home of those who may see them; else nothing."""
    if not user.has_perm("claims.view_rolechange"):
        return []
    changes = list(RoleChange.objects.select_related("user", "by")[:shown])
    for change in changes:
        change.what, change.whose, change.who = (  # type: ignore[attr-defined]
            what(change),
            who(change.user),
            who(change.by),
        )
    return changes


def changes_of(user: User) -> SafeString:
    """What happened to one account, the newest first, for its own page."""
    changes = user.role_changes.select_related("by")[:SHOWN]
    lines = ((moment(change.at), what(change), who(change.by)) for change in changes)
    return format_html(
        '<ul class="role-changes">{}</ul>',
        format_html_join("", "<li>{}: {} (<bdi>{}</bdi>)</li>", lines),
    )
