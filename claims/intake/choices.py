"""The words of the letterbox and of what partners propose. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a letter asks for."""

    CORRECTION = "correction", _("asks for a correction, or complains")
    SUGGESTION = "suggestion", _("suggests a claim to check")


class LetterState(TextChoices):
    """What has become of a letter."""

    NEW = "new", _("not looked at yet")
    TAKEN = "taken", _("being looked at")
    ANSWERED = "answered", pgettext_lazy("letter", "answered")
    DISMISSED = "dismissed", _("closed without an answer")


CLOSED = (LetterState.ANSWERED, LetterState.DISMISSED)


class ProposalKind(TextChoices):
    """What a partner proposes."""

    CLAIM = "claim", pgettext_lazy("kind of proposal", "a claim")
    SOURCE = "source", pgettext_lazy("kind of proposal", "a source")


class ProposalState(TextChoices):
    """What has become of a proposal. The partner who made it reads these words."""

    RECEIVED = "received", _("not looked at yet")
    IN_REVIEW = "in_review", _("being looked at")
    TAKEN_UP = "taken_up", pgettext_lazy("proposal", "taken up")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")


OPEN = (ProposalState.RECEIVED, ProposalState.IN_REVIEW)
