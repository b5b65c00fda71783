"""The vocabulary of the public record. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditionKind(TextChoices):
    """Why an edition was added to the record."""

    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    CORRECTED = "corrected", _("corrected")
    MINOR = "minor", _("minor edit")
    RETRACTED = "retracted", _("retracted")
    MERGED = "merged", _("merged into another claim")
    REDACTED = "redacted", _("redacted: earlier editions taken out")


# An edition of these kinds stands where a claim stood, and says what became of it.
TOMBSTONES = (EditionKind.RETRACTED, EditionKind.MERGED)

# What the log of corrections tells: every edition by which something else is said than before.
TOLD = (EditionKind.UPDATED, EditionKind.CORRECTED, *TOMBSTONES, EditionKind.REDACTED)


class RelationType(TextChoices):
    """What one claim does to another, said from the claim that asserts it."""

    DENIES = "denies", _("denies")
    REBUTS = "rebuts", _("rebuts")
    CONTRADICTS = "contradicts", _("contradicts")
    AFFIRMS = "affirms", _("affirms")
    QUALIFIES = "qualifies", _("qualifies")
    CORRECTS = "corrects", _("corrects")
    COUNTER_ACCUSES = "counter_accuses", _("counter-accuses over")
    RESPONDS_TO = "responds_to", _("responds to")
    PART_OF = "part_of", _("is part of")
    CONTEXT_FOR = "context_for", _("is context for")


class Part(TextChoices):
    """The part that an agent has in a claim."""

    CLAIMANT = "claimant", _("claimant")
    ON_BEHALF_OF = "on_behalf_of", _("claimed on their behalf")
    ABOUT = "about", _("whom it is about")
    ASKED = "asked", _("asked for a reply")
    SOURCE = "source", _("publisher or author of a source")


# A claim is disputed while another one stands in one of these relations to it. Never chosen.
DISPUTING = (RelationType.DENIES, RelationType.REBUTS, RelationType.CONTRADICTS)

# How the record's own rows say that a claim was merged into another: nobody asserts it, it follows
# from an edition of kind `merged`. What was said of the merged claim counts for the other one.
MERGED_INTO = "merged_into"
