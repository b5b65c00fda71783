from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .sentences import SENTENCES


class PartnersConfig(AppConfig):
    """Who pulls from us: partners, their keys, and what each key may ask for. Knows no claims."""

    name = "claims.partners"
    label = "partners"
    verbose_name = _("Partners")
    sentences = SENTENCES
