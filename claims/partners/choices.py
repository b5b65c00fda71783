"""The words of partners and their keys. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What a key opens."""

    READ = "read", _("read the record")
    BULK = "bulk", _("take whole exports")
    WEBHOOKS = "webhooks", _("be told of changes")
    INTAKE = "intake", _("propose claims and sources")


class KeyKind(TextChoices):
    """Where a key may stand."""

    SECRET = "secret", _("secret: in the Authorization header")
    SEARCH = "search", _("search: in the address of the fact-check search, and nowhere else")
