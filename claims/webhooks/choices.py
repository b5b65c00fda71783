"""The words of messages to partners."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

TEST = "test"

# Everything that can be asked for; the same words as in the feed of changes.
TYPES = (
    "claim.published",
    "claim.updated",
    "claim.corrected",
    "claim.minor",
    "claim.retracted",
    "claim.merged",
    "claim.redacted",
)


def type_of(kind: str) -> str:
    """How a message calls it that an edition of this kind was added to the record."""
    return f"claim.{kind}"


class Because(TextChoices):
    """Why nothing is sent to an endpoint any more."""

    PARTNER = "partner", _("the partner switched it off")
    FAILING = "failing", _("it took no message for too long")
    GONE = "gone", _("it answered that it is gone for good (410)")
    SECRET = "secret", _("its secret cannot be read any more")
    DESK = "desk", _("the desk switched it off")


class Reason(TextChoices):
    """Why a message was sent at that moment."""

    TURN = "turn", _("its turn")
    TEST = "test", _("a test")
    AGAIN = "again", _("asked for again")
