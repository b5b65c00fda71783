"""Every kind of public page there is, with an address where it can be seen.

The walk through all of them in a browser goes by this list, and so do the pictures of them. It is
held against the map of addresses: a new one is a page that is listed here, or named in `NO_PAGES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import get_resolver, reverse

from claims.choices import ChangeKind
from claims.editions.page_texts import PageSlug
from claims.intake.choices import Kind
from claims.intake.models import Letter
from claims.models import Claim
from claims.review import workflow
from claims.web.guides import GUIDES
from tests import desk_work

from .conftest import path_of

# Files, feeds, drawings and what machines ask for; each is tested where it is made.
NO_PAGES = {
    *("ld-context", "edition-json", "edition-jsonld", "edition-csl", "edition-bib", "edition-ris"),
    "edition-content",
    *("edition-card", "edition-pdf", "embed-script", "oembed", "claim-timemap"),
    *("claims-feed", "corrections-feed", "agent-feed", "event-feed"),
    *("sitemap", "sitemap-part", "robots", "opensearch", "api-script"),
}
RECEIPT = "x" * 22


@dataclass(frozen=True)
class Look:
    """A page as it is walked to: what it is called, its address, and what it answers."""

    name: str
    path: str
    status: int = 200
    language: str = ""  # the only one that it is in; if none is named it is in all of them

    def address(self, language: str) -> str:
        """Where a reader of this language finds it."""
        return self.path if self.language else f"/{language}{self.path}"

    @property
    def is_framed(self) -> bool:
        """A card for other sites has nothing around it."""
        return self.name.endswith("-embed")


@dataclass(frozen=True)
class Told:
    """Claims at the stations of their public life."""

    corrected: Claim
    retracted: Claim
    merged: Claim


def put_on_record() -> Told:
    """The worked example; and a claim that was corrected, one that was retracted, one merged."""
    call_command("load_example", verbosity=0)
    contributor, reviewer, publisher = (
        User.objects.get(username=name) for name in ("contributor", "reviewer", "publisher")
    )

    def published(statement: str) -> Claim:
        claim = desk_work.draft(contributor, statement=statement)
        desk_work.publish(claim, reviewer, publisher)
        return claim

    corrected = published("The dockers of Port Example (an invented place) stopped work.")
    note = "Was: They stopped work.\nIs: They went slow.\nWhy: “Stopped” was our word, not theirs."
    workflow.revise(corrected, by=contributor, kind=ChangeKind.CORRECTED, note=note)
    statement = "The dockers of Port Example (an invented place) went slow."
    desk_work.change(corrected, contributor, statement=statement)
    desk_work.publish(corrected, reviewer, publisher)
    retracted = published("The harbour of Port Example (an invented place) was closed.")
    workflow.retract(retracted, by=publisher, reason="The notice was of another harbour.")
    merged = published("Work in the harbour of Port Example (an invented place) slowed down.")
    workflow.merge(merged, into=corrected, by=publisher, reason="Both tell of one go-slow.")
    Letter(kind=Kind.CORRECTION, what="The day is wrong.").file(RECEIPT)
    return Told(corrected, retracted, merged)


def looks(told: Told) -> list[Look]:
    """At least one look for each page of the map."""
    example, disputed = (path_of(key).split("/")[2] for key in ("C3", "C7"))
    corrected, retracted, merged = (
        claim.ref for claim in (told.corrected, told.retracted, told.merged)
    )
    event = path_of("E1").split("/")[2]
    front = Claim.objects.select_related("claimant").get(ref=example)
    source = front.evidence.select_related("source").first().source
    return [
        Look("home", reverse("home")),
        Look("claims", reverse("claims")),
        Look("claims", reverse("claims") + "?q=soldiers&disputed=yes&colour=blue"),
        Look("claims", reverse("claims") + "?q=qqqzzz"),
        Look("claim", reverse("claim", args=[example])),
        Look("claim", reverse("claim", args=[disputed])),
        Look("claim", path_of("B5")),
        Look("claim", reverse("claim", args=[corrected])),
        Look("claim", reverse("claim", args=[retracted]), 410),
        Look("claim", reverse("claim", args=[merged]), 301),
        Look("claim", reverse("claim", args=["ZZZZZZZZ"]), 404),
        Look("claim-edition", reverse("claim-edition", args=[example, 1])),
        Look("claim-edition", reverse("claim-edition", args=[corrected, 1])),
        Look("claim-edition", reverse("claim-edition", args=[retracted, 1])),
        Look("claim-edition", reverse("claim-edition", args=[corrected, 99]), 404),
        Look("claim-compare-choose", reverse("claim-compare-choose", args=[corrected])),
        Look("claim-compare", reverse("claim-compare", args=[corrected, 1, 2])),
        Look("claim-embed", reverse("claim-embed", args=[example])),
        Look("claim-embed", reverse("claim-embed", args=[retracted])),
        Look("edition-embed", reverse("edition-embed", args=[corrected, 1])),
        Look("events", reverse("events")),
        Look("event", reverse("event", args=[event])),
        Look("event", reverse("event", args=["ZZZZZZZZ"]), 404),
        Look("agents", reverse("agents")),
        Look("agent", reverse("agent", args=[front.claimant.ref])),
        Look("agent", reverse("agent", args=["ZZZZZZZZ"]), 404),
        Look("source", reverse("source", args=[source.ref])),
        Look("source", reverse("source", args=["ZZZZZZZZ"]), 404),
        Look("statuses", reverse("statuses")),
        Look("how-we-verify", reverse("how-we-verify")),
        Look("corrections", reverse("corrections")),
        *(Look("desk-page", reverse("desk-page", args=[slug])) for slug in PageSlug.values),
        Look("api-docs", reverse("api-docs"), language="en"),
        *(
            Look("api-guide", reverse("api-guide", args=[slug]), language="en")
            for slug in filter(None, GUIDES)
        ),
        Look("api-reference", reverse("api-reference"), language="en"),
        Look("complain", reverse("complain") + f"?claim={corrected}"),
        Look("suggest", reverse("suggest")),
        Look("receipt", reverse("receipt", args=[RECEIPT])),
        Look("receipt", reverse("receipt", args=["y" * len(RECEIPT)]), 404),
    ]


def pages_of_the_map() -> Iterator[str]:
    """The names of all public addresses, as the site's maps have them."""
    for urls in ("claims.web.urls", "claims.web.guide_urls"):
        for pattern in get_resolver(urls).url_patterns:
            if pattern.name:
                yield pattern.name
