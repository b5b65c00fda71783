"""The desk's working copy: relational, mutable, seen in the admin only."""

from .assessment import Assessment, Translation, VerificationStatus
from .claim import Claim, Event
from .evidence import Evidence
from .figure import Figure
from .relation import Relation
from .reply import ReplyRequest
from .review import Assignment, Contribution, Move, Review

__all__ = [
    "Assessment",
    "Assignment",
    "Claim",
    "Contribution",
    "Event",
    "Evidence",
    "Figure",
    "Move",
    "Relation",
    "ReplyRequest",
    "Review",
    "Translation",
    "VerificationStatus",
]
