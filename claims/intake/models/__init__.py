"""What others ask of the desk or propose to it. None of it is ever published by itself."""

from .letter import LONG, SHORT, Letter, LetterQuerySet, receipt_digest
from .proposal import Proposal, ProposalQuerySet

__all__ = [
    "LONG",
    "SHORT",
    "Letter",
    "LetterQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "receipt_digest",
]
