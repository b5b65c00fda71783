from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .sentences import SENTENCES


class ClaimsConfig(AppConfig):
    """What was asserted and what we found: the desk's working copy, and its review."""

    name = "claims"
    verbose_name = _("Claims")
    sentences = SENTENCES

    def ready(self) -> None:
        from .roles import keep_roles, keep_rule, name_roles

        name_roles()
        post_migrate.connect(keep_roles, sender=self)
        post_migrate.connect(keep_rule, sender=self)
