from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .sentences import SENTENCES


class SourcesConfig(AppConfig):
    """Who speaks and what was published. Knows nothing of claims."""

    name = "sources"
    verbose_name = _("Agents and sources")
    sentences = SENTENCES
