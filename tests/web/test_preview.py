"""The desk's preview is the public page, with one difference: it says that it is not published."""

import pytest

from claims.editions.models import PublishedClaim
from claims.review.content import candidate
from claims.web.pages import claim_page
from claims.web.printed import Publication
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

NOTHING_DERIVED = {
    "disputed": False,
    "incoming": [],
    "outgoing": [],
    "dispute_set": [],
    "editions": [],
}


def main_part(page: str) -> str:
    """All that is said of the claim; the day of an edition is known only once it is published."""
    page = page[page.index("<h1>") : page.index('<section class="part cite"')]
    lines = (line for line in page.splitlines() if "Edition 1 · First published" not in line)
    return "\n".join(line for line in lines if line.strip())


def test_a_candidate_is_the_page_that_will_be_published(visitor, contributor, reviewer, publisher):
    claim = desk.draft(contributor)
    made = candidate(claim)
    preview = claim_page(made.document, NOTHING_DERIVED, Publication(claim.ref, digest=made.digest))
    desk.publish(claim, reviewer, publisher)
    published = visitor.get(f"/claims/{claim.ref}/").content.decode()

    assert main_part(preview) == main_part(published)
    assert "Not published." in preview
    assert made.digest in preview
    assert "Not published." not in published
    assert PublishedClaim.objects.get(pk=claim.ref).edition.digest == made.digest


def test_a_candidate_is_neither_cited_nor_indexed(contributor):
    claim = desk.draft(contributor)
    made = candidate(claim)
    preview = claim_page(made.document, NOTHING_DERIVED, Publication(claim.ref, digest=made.digest))
    assert "not published." in preview
    assert '<meta name="robots" content="noindex">' in preview
    assert "application/ld+json" not in preview
    assert "<script" not in preview, "the desk shows it where no script may run"
