from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """The whole record as files, made by the worker."""

    name = "claims.exports"
    label = "exports"
    verbose_name = _("Exports")
