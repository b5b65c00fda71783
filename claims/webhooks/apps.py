from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Messages to partners: that something was added to the record."""

    name = "claims.webhooks"
    label = "webhooks"
    verbose_name = _("Messages to partners")
