from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    """What was asserted and what we found: the desk's working copy, and its review."""

    name = "claims"

    def ready(self) -> None:
        from .roles import keep_roles, keep_rule

        post_migrate.connect(keep_roles, sender=self)
        post_migrate.connect(keep_rule, sender=self)
