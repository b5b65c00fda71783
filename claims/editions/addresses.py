"""The permanent addresses of what is in the record, for whatever is kept: citations, links, data.

They name no language and follow no prefix: whoever reads them later may read another one, at the
same address. A test holds them against the map of the site.
"""

from __future__ import annotations

from dataclasses import dataclass

# What an edition is also there as, by the ending of its address.
FILES = ("json", "content.json", "jsonld", "csl.json", "bib", "ris")


@dataclass(frozen=True)
class Addresses:
    """`site`: where readers find it, without a slash at the end."""

    site: str

    @property
    def desk(self) -> str:
        """Who writes all this, for machines: the site itself."""
        return f"{self.site}/"

    @property
    def context(self) -> str:
        return f"{self.site}/ns/claims/v1.jsonld"

    @property
    def terms(self) -> str:
        """What the names of our own terms begin with."""
        return f"{self.context}#"

    def page(self, ref: str) -> str:
        """Where a claim stands, as it stands."""
        return f"{self.site}/claims/{ref}/"

    def claim(self, ref: str) -> str:
        """The claim itself, which is not the page about it."""
        return f"{self.page(ref)}#claim"

    def timemap(self, ref: str) -> str:
        return f"{self.page(ref)}timemap/"

    def edition(self, ref: str, number: int) -> str:
        return f"{self.page(ref)}v{number}/"

    def file(self, ref: str, number: int, ending: str) -> str:
        return f"{self.page(ref)}v{number}.{ending}"

    def event(self, ref: str) -> str:
        return f"{self.site}/events/{ref}/"

    def agent(self, ref: str) -> str:
        return f"{self.site}/agents/{ref}/"

    def source(self, ref: str) -> str:
        return f"{self.site}/sources/{ref}/"
