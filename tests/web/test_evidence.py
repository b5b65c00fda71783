"""The matrix of the evidence: each piece with what it bears on, does, rests on, and its group."""

import re
from typing import Any

import pytest

from claims.review import workflow
from claims.web.evidence import Piece, questions
from sources.acting import acting
from sources.choices import Access
from sources.models import Derivation
from tests import desk_work as desk
from tests.web.test_origins import piece


def item(ref: str, *parents: tuple[str, str], **facts: Any) -> dict[str, Any]:
    source = {
        "kind": "article",
        "section": "",
        "url": "",
        "published": None,
    } | facts.pop("source", {})
    facts = {
        "stance": "supports",
        "credibility": 6,
        "quotation": None,
        "locator": "",
        "note": "",
    } | facts
    whole = [(name * 8, sure) for name, sure in parents]  # a source's address has eight signs
    return piece(ref * 8, *whole, source=source, **facts)


def pieces(*evidence: dict[str, Any]) -> dict[str, Piece]:
    return {
        one.anchor[-1]: one for question in questions(list(evidence)) for one in question.pieces
    }


def test_groups_are_shown_as_the_edition_has_them():
    found = pieces(item("A", group=7), item("B", group=7), item("C", group=None))
    assert [found[ref].group for ref in "ABC"] == [7, 7, None]


def test_an_edition_from_before_groups_has_them_read_off_what_came_from_what():
    found = pieces(
        item("W"),
        item("A", ("W", "confirmed")),
        item("B", ("W", "suspected")),
        item("C"),
        item("D", bears_on="attribution"),
        item("E", source={"access": "protected", "placeholder": "one source", "ref": ""}),
    )
    groups = [found[ref].group for ref in "WABCDE"]
    assert groups[0] == groups[1] == groups[2] != groups[3]
    assert groups[4:] == [None, None]


@pytest.fixture
def page(db, visitor, contributor, reviewer, publisher) -> str:
    """A claim on the word of a wire, a paper that reprints it, and somebody who is protected."""
    claim = desk.draft(contributor)
    wire = desk.source(contributor, title="Wire")
    paper = desk.source(contributor, title="Paper", url="https://example.org/paper")
    with acting(contributor):
        Derivation.objects.create(
            child=paper, parent=wire, kind="wire_reprint", certainty="confirmed"
        )
    hidden = desk.source(
        contributor,
        title="A name nobody may read",
        access=Access.PROTECTED,
        access_reason="Danger.",
        placeholder="one protected source",
    )
    desk.evidence(claim, contributor, source=wire)
    desk.evidence(
        claim, contributor, source=paper, exact="They stopped.", language="en", locator="p. 3"
    )
    desk.evidence(claim, contributor, source=hidden)
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    workflow.publish(claim, by=publisher)
    return visitor.get(f"/claims/{claim.ref}/").content.decode()


def row_of(page: str, title: str) -> str:
    rows = re.findall(r'<tr id="e-.*?</tr>', page, re.DOTALL)
    row = next(row for row in rows if title in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_a_row_says_all_of_a_piece_with_its_quotation_and_place(page):
    assert "They stopped." in row_of(page, "Paper")
    assert (
        "p. 3 Bears on Whether it is so What it does supports It rests on own reporting Group 1 "
        "Credibility 6 · cannot be judged" in row_of(page, "Paper")
    )


def test_what_came_from_what_is_one_group_and_drawn_with_the_same_numbers(page):
    assert "Group 1 " in row_of(page, "Wire")
    assert "Who took it from whom" in page
    assert "reprints report 2 (confirmed)" in " ".join(page.split())
    assert re.search(r'<span class="number">3</span>\s*<a href="/sources/\w{8}/"', page)
    assert 'href="https://example.org/paper"' in page


def test_a_protected_source_has_no_group_and_is_not_called_an_origin(page):
    assert "Group not shown" in row_of(page, "One protected source")
    drawn = page[page.index('id="origins"') :]
    entry = drawn[drawn.index("One protected source") :].partition("</li>")[0]
    assert "what it comes from is not shown" in entry
    assert "an origin" not in entry


def test_each_piece_and_each_figure_can_be_linked_to(example, visitor):
    page = visitor.get(example("C3")).content.decode()
    for kind, words in (("e", "Link to this piece of evidence"), ("f", "Link to this figure")):
        links = re.findall(
            rf'class="here" href="#({kind}-[0-9A-Z]{{8}})" aria-label="{words}"', page
        )
        assert links
        for anchor in links:
            assert page.count(f'id="{anchor}"') == 1
