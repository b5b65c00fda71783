from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """The desk's letterbox: what readers write to us. Knows nothing of claims and editions."""

    name = "claims.intake"
    label = "intake"
    verbose_name = _("Letterbox")
