"""The words a desk begins with for its findings, in every language of the site.

Verification statuses are rows, and the desk's own to reword. A label or a definition that still
reads as it was shipped is read in the reader's language; what a desk wrote itself stands as it was
written. An edition keeps the words it was published with, and is never touched by this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

OWN_VOICE = _("The publisher’s own voice")  # the claimant of what no agent says
SHIPPED = frozenset(
    {
        _("Unrecorded"),
        _("No record shows that the claimant said this."),
        _("Single report"),
        _("One publisher carries the words. No primary record of them is on file."),
        _("Widely reported"),
        _(
            "Several publishers that do not copy one another carry the words. No primary record "
            "of them is on file."
        ),
        _("Primary record"),
        _("The claimant's own statement, recording or document is on file."),
        _("Disowned"),
        _("The claimant says they did not say this, or has withdrawn it."),
        _("Misattributed"),
        _("The record shows that somebody else said this, or that nobody did."),
        _("Not assessed"),
        _("We have not looked into whether this is so."),
        _("Insufficient evidence"),
        _(
            "We looked and cannot say. What is on file neither shows that it is so nor that it "
            "is not."
        ),
        _("Partly supported"),
        _("Evidence independent of the parties supports a part of this, and not the whole."),
        _("Corroborated"),
        _("Two or more origins, independent of each other and of the parties, support this."),
        _("Established"),
        _("The evidence leaves no reasonable doubt that this is so."),
        _("Contradicted by evidence"),
        _("Evidence independent of the parties speaks against this. A denial alone never does."),
        _("False"),
        _("The evidence leaves no reasonable doubt that this is not so."),
        _("Not checkable"),
        _(
            "As worded, this is a position, a motive, a characterisation or a prediction: no "
            "evidence could decide it."
        ),
    }
)


def translated(words: str) -> str:
    """A label, a definition or the name of who says it, as its reader reads it."""
    return gettext(words) if words in SHIPPED or words == OWN_VOICE else words


def status_in_words(status: Mapping[str, Any]) -> dict[str, Any]:
    """A status as an edition holds it, with label and definition as its reader reads them."""
    return {
        **status,
        "label": translated(status["label"]),
        "definition": translated(status["definition"]),
    }
