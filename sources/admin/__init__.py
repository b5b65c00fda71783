"""The desk's pages about who speaks and what was published."""

from . import agents, sources

__all__ = ["agents", "sources"]
