"""The desk's pages about who speaks and what was published."""

from . import agents, consequences, sources

__all__ = ["agents", "consequences", "sources"]
