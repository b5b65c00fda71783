"""The desk's working copy: relational, mutable, seen in the admin only."""

from .about import About
from .assessment import Assessment, Translation, VerificationStatus
from .assignment import Assignment, Notice, Preferences
from .claim import Claim
from .event import Event, EventMerge
from .evidence import Evidence
from .figure import Figure
from .line import Line, Wording
from .relation import Relation
from .reply import ReplyRequest
from .review import Contribution, Move, Remark, Review
from .rights import DeskRule, FailedTries, Remembered, RoleChange

__all__ = [
    "About",
    "Assessment",
    "Assignment",
    "Claim",
    "Contribution",
    "DeskRule",
    "Event",
    "EventMerge",
    "Evidence",
    "FailedTries",
    "Figure",
    "Line",
    "Move",
    "Notice",
    "Preferences",
    "Relation",
    "Remark",
    "Remembered",
    "ReplyRequest",
    "Review",
    "RoleChange",
    "Translation",
    "VerificationStatus",
    "Wording",
]
