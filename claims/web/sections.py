"""The parts of a claim's content that are compared and remarked on, one by one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

# The parts of a claim in the order of work, and the top-level keys of the content in each.
PARTS: Mapping[str, Promise] = {
    "change": lazy("What changes"),
    "statement": lazy("Statement"),
    "claimant": lazy("Who says it"),
    "event": lazy("What it is about"),
    "figures": lazy("Figures, as worded"),
    "relations": lazy("What it does to other claims"),
    "assessment": lazy("Assessment"),
    "replies": lazy("Right of reply"),
    "translations": lazy("Translations"),
    "evidence": lazy("Evidence"),
    "independence": lazy("Independence"),
}
# Shown also when nothing is on file: what is missing can be remarked on too.
ALWAYS = (
    "statement",
    "claimant",
    "event",
    "figures",
    "relations",
    "assessment",
    "replies",
    "translations",
    "independence",
)
OF_PART: Mapping[str, str] = {
    "change": "change",
    "redacts": "change",
    "statement": "statement",
    "language": "statement",
    "voice": "claimant",
    "claimant": "claimant",
    "claimant_name": "claimant",
    "claimant_role": "claimant",
    "on_behalf_of": "claimant",
    "made": "claimant",
    "about": "event",
    "event": "event",
    "aspect": "event",
    "checkability": "event",
    "harm": "event",
    "figures": "figures",
    "relations": "relations",
    "attribution": "assessment",
    "finding": "assessment",
    "rationale": "assessment",
    "methods": "assessment",
    "wanted": "assessment",
    "assessed_at": "assessment",
    "replies": "replies",
    "translations": "translations",
    "evidence": "evidence",
    "independence": "independence",
}
