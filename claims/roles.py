"""Who may do what: the four roles of a desk, kept as groups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.translation import pgettext_lazy

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"

# The parts that make up a claim, and what claims cite. Assessments and ratings are append-only.
WORKING = {
    "claims": [
        *("about", "evidence", "figure", "relation"),
        *("replyrequest", "translation", "assignment"),
    ],
    "sources": ["agentname", "affiliation", "derivation"],
}
KEPT = {"claims": ["claim", "event"], "sources": ["agent", "source"]}
APPENDED = {"claims": ["assessment"], "sources": ["reliabilityrating"]}
READ = {
    "claims": ["review", "remark", "move", "contribution", "verificationstatus", "eventmerge"],
    "editions": ["edition"],
    "sources": ["agentmerge", "sourcemerge"],
    "intake": ["letter", "proposal"],
}
MERGES = {"claims": ["eventmerge"], "sources": ["agentmerge", "sourcemerge"]}
# Who was given which right, and who looked at a protected source.
WATCHED = {"claims": ["rolechange"], "sources": ["protectedview"]}


def _each(models: dict[str, list[str]], *actions: str) -> set[str]:
    return {
        f"{app}.{action}_{model}"
        for app, names in models.items()
        for model in names
        for action in actions
    }


READER = _each(READ, VIEW) | _each(WORKING, VIEW) | _each(KEPT, VIEW) | _each(APPENDED, VIEW)
CONTRIBUTOR = (
    READER
    | _each(WORKING, ADD, CHANGE, DELETE)
    | _each(KEPT, ADD, CHANGE)
    | _each(APPENDED, ADD)
    | {"claims.submit_claim", "intake.change_letter", "intake.change_proposal"}
)
ROLES = {
    "contributor": CONTRIBUTOR,
    "reviewer": CONTRIBUTOR
    | {"claims.review_claim", "sources.view_protected", "intake.view_contact"}
    | _each(MERGES, ADD),
    "publisher": READER
    | {"claims.publish_claim", "sources.view_protected"}
    | {"intake.change_letter", "intake.view_contact", "intake.change_proposal"},
    "administrator": READER
    | {"claims.add_verificationstatus", "claims.change_verificationstatus"}
    | {"editions.view_pagetext", "editions.add_pagetext"}
    | {"intake.change_letter", "intake.view_contact", "intake.change_proposal"}
    | _each({"auth": ["user"], "partners": ["partner"]}, VIEW, ADD, CHANGE)
    | {"exports.view_export", "exports.make_export"}
    | _each({"auth": ["group"]}, VIEW)
    | {"webhooks.switch_endpoint"}
    | _each({"webhooks": ["endpoint", "delivery"]}, VIEW)
    | _each(WATCHED, VIEW),
}

# How they are called at the desk; their names in the database stay as they are.
NAMES = {
    "contributor": pgettext_lazy("role", "contributor"),
    "reviewer": pgettext_lazy("role", "reviewer"),
    "publisher": pgettext_lazy("role", "publisher"),
    "administrator": pgettext_lazy("role", "administrator"),
}


def role_name(name: str) -> str:
    """A role in the reader's language; a group that is no role of ours by its own name."""
    return str(NAMES.get(name, name))


def name_roles() -> None:
    """Forms, filters and pages of the desk call a group what `str` calls it."""
    Group.add_to_class("__str__", lambda group: role_name(group.name))


def keep_roles(*, using: str, **kwargs: Any) -> None:
    """Make the groups what this page says, after every migration."""
    for label in (
        *("auth", "claims", "editions", "exports", "intake"),
        *("partners", "sources", "webhooks"),
    ):
        # An app that migrates after this one has no permissions yet.
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role, names in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[name] for name in names])


def keep_rule(*, using: str, apps: Any, **kwargs: Any) -> None:
    """Tell the database what the settings say of new rights, after every migration."""
    try:
        rules = apps.get_model("claims", "DeskRule").objects.using(using)
    except LookupError:  # migrated back to before there was such a rule
        return
    wait = timedelta(hours=settings.APPROVAL_WAIT_HOURS)
    rules.update_or_create(pk=1, defaults={"approval_wait": wait})
