"""Who speaks, what was published, and what came from what."""

from .agent import Affiliation, Agent, AgentName, ReliabilityRating
from .row import Referenced, known, language_tag
from .source import Derivation, Source

__all__ = [
    "Affiliation",
    "Agent",
    "AgentName",
    "Derivation",
    "Referenced",
    "ReliabilityRating",
    "Source",
    "known",
    "language_tag",
]
