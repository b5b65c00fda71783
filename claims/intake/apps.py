from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """What readers write to us and partners propose. Knows nothing of claims and editions."""

    name = "claims.intake"
    label = "intake"
    verbose_name = _("Letterbox")
