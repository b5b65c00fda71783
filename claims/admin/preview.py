"""The exact public page that a working copy would become."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from claims.editions.choices import EditionKind
from claims.editions.derived import Relations, implied, neighbours, on_record
from claims.editions.models import Edition, PublishedClaim, PublishedRelation
from claims.models import Claim
from claims.review.content import Candidate
from claims.web.pages import claim_page
from claims.web.printed import Publication


def preview(claim: Claim, content: Candidate) -> str:
    """The page as readers would see it, were this content published now."""
    publication = Publication(
        claim.ref, kind=claim.change_kind or EditionKind.PUBLISHED, digest=content.digest
    )
    with override(settings.LANGUAGE_CODE):  # whoever looks: readers get it in our language
        return claim_page(content.document, derived(content), publication)


def derived(content: Candidate) -> dict[str, Any]:
    """What the record would imply about this claim, were this content published now."""
    ref = content.document["ref"]
    outgoing = [
        PublishedRelation(source=ref, relation=item["relation"], target=item["claim"])
        for item in content.document["relations"]
    ]
    standing, claims = on_record(neighbours({ref, *(item.target for item in outgoing)}))
    relations = Relations.of([item for item in standing if item.source != ref] + outgoing)
    known = claims.get(ref)
    claims[ref] = _as_if_published(content, known)
    return implied(ref, relations, claims, known.facts["editions"] if known else [])


def _as_if_published(content: Candidate, known: PublishedClaim | None) -> PublishedClaim:
    """The row that lists would read: never saved."""
    ref = content.document["ref"]
    return PublishedClaim(
        ref=ref,
        retracted=False,
        first_published_at=known.first_published_at if known else timezone.now(),
        edition=Edition(
            ref=ref,
            number=known.edition.number + 1 if known else 1,
            kind=EditionKind.PUBLISHED,
            content=content.content,
        ),
    )
