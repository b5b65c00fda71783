from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    """The public record. Self-contained: a read-only public copy needs these tables only."""

    name = "claims.editions"
    label = "editions"
    verbose_name = _("The public record")
