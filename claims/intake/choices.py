"""The words of the letterbox. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a letter asks for."""

    CORRECTION = "correction", _("asks for a correction, or complains")
    SUGGESTION = "suggestion", _("suggests a claim to check")


class Channel(TextChoices):
    """By which way a letter came."""

    READER = "reader", _("a form on the public pages")
    PARTNER = "partner", _("a partner")


class LetterState(TextChoices):
    """What has become of a letter."""

    NEW = "new", _("not looked at yet")
    TAKEN = "taken", _("being looked at")
    ANSWERED = "answered", pgettext_lazy("letter", "answered")
    DISMISSED = "dismissed", _("closed without an answer")


CLOSED = (LetterState.ANSWERED, LetterState.DISMISSED)
