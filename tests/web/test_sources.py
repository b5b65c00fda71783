"""Pages of sources: what each carries, what it came from, what came from it."""

import re

import pytest

from claims.review import workflow
from claims.web import sources
from sources.acting import acting
from sources.choices import Access
from tests import desk_work as desk


def test_a_source_says_what_is_known_of_it_and_what_is_not(example, read):
    page = read(example("article"))
    assert "Mali Probes Alleged Soldier-Killing of Civilians Kind Article, English" in page
    assert "Publisher not known Author not known Published on not known" in page
    assert "Section Actualité" in page
    assert "Where it can be read its address is not known" in page


def test_a_source_carries_claims_with_the_words_and_what_they_show(example, read):
    carried = read(example("article")).partition("What it carries")[2]
    assert "Whether it was said: supports, rewrite of other reports “baseless”" in carried
    assert carried.count("Whether it was said: ") == 14


def test_pages_of_what_a_source_carries_hold_each_claim_once(example, visitor, monkeypatch):
    monkeypatch.setattr(sources, "SHOWN", 5)
    path, seen = example("article"), []
    while path:
        page = visitor.get(path).content.decode()
        seen += re.findall(r'<h3><a href="(/claims/\w+/)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = example("article") + older[1] if older else ""
    assert len(seen) == len(set(seen)) == 14


@pytest.fixture
def published(contributor, reviewer, publisher):
    def publish(*rests_on, **facts):
        claim = desk.draft(contributor, **facts)
        for source in rests_on:
            desk.evidence(claim, contributor, source=source)
        desk.publish(claim, reviewer, publisher)
        return claim

    return publish


@pytest.mark.django_db
def test_what_a_source_came_from_and_what_came_from_it_is_told_and_drawn(
    published, contributor, visitor
):
    wire, report, reprint = (desk.source(contributor, title=f"Item {n}") for n in "123")
    with acting(contributor):
        report.derived_from.create(parent=wire, kind="quotes")
        reprint.derived_from.create(parent=report, kind="wire_reprint", certainty="confirmed")
    published(report, reprint)
    page = visitor.get(f"/sources/{report.ref}/").content.decode()
    assert "Quotes <bdi>Item 1</bdi>" in page, "no claim rests on it, so it has no page"
    assert f'<a href="/sources/{reprint.ref}/">' in page
    assert page.count('marker-end="url(#came-from)"') == 2
    assert page.count("link suspected") == 1

    published(wire)
    page = visitor.get(f"/sources/{report.ref}/").content.decode()
    assert f'Quotes <a href="/sources/{wire.ref}/">' in page


@pytest.mark.django_db
def test_a_source_that_hangs_together_with_nothing_is_not_drawn(published, contributor, visitor):
    report = desk.source(contributor)
    published(report)
    page = visitor.get(f"/sources/{report.ref}/").content.decode()
    assert '<svg class="drawing"' not in page
    assert "not known to come from another source on file" in page


@pytest.mark.django_db
def test_a_protected_source_has_no_page_and_no_name_anywhere(published, contributor, visitor):
    nurse = desk.source(
        contributor,
        title="Nurse at the port clinic",
        access=Access.PROTECTED,
        access_reason="Fears for her work.",
        placeholder="one protected source",
    )
    report = desk.source(contributor, title="Report")
    with acting(contributor):
        report.derived_from.create(parent=nurse, kind="quotes")
    published(report, nurse)
    assert visitor.get(f"/sources/{nurse.ref}/").status_code == 404
    page = visitor.get(f"/sources/{report.ref}/").content.decode()
    assert nurse.ref not in page
    assert "Nurse" not in page


@pytest.mark.django_db
def test_a_restricted_source_is_cited_and_not_linked(published, contributor, visitor):
    report = desk.source(
        contributor,
        url="https://example.org/kept",
        access=Access.RESTRICTED,
        access_reason="Shown to us only.",
    )
    published(report)
    page = visitor.get(f"/sources/{report.ref}/").content.decode()
    assert "the material itself stays with the desk" in page
    assert "https://example.org/kept" not in page


@pytest.mark.django_db
def test_a_source_leaves_with_the_last_claim_that_rests_on_it(
    published, contributor, publisher, visitor
):
    report = desk.source(contributor)
    claim = published(report)
    assert visitor.get(f"/sources/{report.ref}/").status_code == 200
    workflow.retract(claim, by=publisher, reason="Wrong.")
    assert visitor.get(f"/sources/{report.ref}/").status_code == 404
