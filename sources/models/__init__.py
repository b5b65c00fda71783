"""Who speaks, what was published, and what came from what."""

from .agent import Affiliation, Agent, AgentName, ReliabilityRating
from .change import Change
from .duplicate import AgentMerge, Merge, SourceMerge
from .row import Referenced, known, language_tag
from .source import Derivation, ProtectedView, Source

__all__ = [
    "Affiliation",
    "Agent",
    "AgentMerge",
    "AgentName",
    "Change",
    "Derivation",
    "Merge",
    "ProtectedView",
    "Referenced",
    "ReliabilityRating",
    "Source",
    "SourceMerge",
    "known",
    "language_tag",
]
