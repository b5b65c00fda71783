"""Who took it from whom: what is drawn, and the words that say the same."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from claims.web.origins import BOX_HEIGHT, BOX_WIDTH, WIDEST, origins


def agent(name: str, *, party: bool = False) -> dict[str, Any]:
    return {"ref": name.upper(), "name": name, "language": "en", "party": party}


def piece(ref: str, *parents: tuple[str, str], **facts: Any) -> dict[str, Any]:
    """Evidence from a source of the same name; a parent is a source and how certain that is."""
    source = {
        "ref": ref,
        "access": "public",
        "title": f"Report {ref}",
        "language": "en",
        "publisher": None,
        "author": None,
        "derived_from": [
            {"source": name, "title": f"Report {name}", "kind": "wire_reprint", "certainty": sure}
            for name, sure in parents
        ],
    } | facts.pop("source", {})
    return {
        "ref": f"E-{ref}",
        "bears_on": "content",
        "basis": "own_reporting",
        "source": source,
    } | facts


def drawn(*evidence: dict[str, Any]) -> Any:
    return origins({"evidence": list(evidence)})


def test_ten_reprints_hang_together_as_one_origin():
    graph = drawn(piece("W"), *(piece(str(n), ("W", "confirmed")) for n in range(10)))
    [origin] = graph.origins
    assert len(origin.reports) == 11
    assert len(origin.links) == 10


def test_reports_that_share_nothing_stand_apart():
    assert len(drawn(piece("A"), piece("B")).origins) == 2


def test_a_suspected_copy_is_dashed_and_a_rejected_one_is_not_drawn():
    graph = drawn(piece("A"), piece("B", ("A", "suspected")), piece("C", ("A", "rejected")))
    links = [link for origin in graph.origins for link in origin.links]
    assert [(link.child.key, link.suspected) for link in links] == [("B", True)]


def test_one_source_is_one_report_whatever_it_is_linked_for():
    graph = drawn(piece("A", bears_on="attribution"), piece("A"), piece("B", bears_on="context"))
    [report] = graph.reports
    assert (report.number, report.on_content, report.first_hand) == (1, True, True)


def test_what_is_cited_and_not_on_file_has_no_number():
    graph = drawn(piece("A", ("X", "confirmed")))
    assert [(report.key, report.number) for report in graph.reports] == [("A", 1), ("X", None)]


def test_a_party_is_marked_by_who_publishes_and_by_what_it_rests_on():
    graph = drawn(
        piece("A", source={"publisher": agent("Army", party=True)}),
        piece("B", basis="party_statement"),
        piece("C", source={"publisher": agent("Paper")}),
    )
    assert [report.party for report in graph.reports] == [True, True, False]


def test_a_protected_source_is_drawn_by_its_placeholder():
    hidden = {"access": "protected", "placeholder": "one protected source"}
    graph = drawn({**piece("A"), "source": hidden}, {**piece("B"), "source": hidden})
    assert [(str(one.title), one.protected) for one in graph.reports] == [
        ("one protected source", True),
        ("one protected source", True),
    ]


@pytest.mark.parametrize("certainty", ["confirmed", "suspected"])
def test_reports_that_lead_to_each_other_are_drawn_too(certainty):
    graph = drawn(piece("A", ("B", certainty)), piece("B", ("A", certainty)))
    [origin] = graph.origins
    assert len(origin.links) == 2


def test_nothing_is_drawn_over_anything_else_or_outside_the_picture():
    chain = [piece("0")] + [piece(str(n), (str(n - 1), "confirmed")) for n in range(1, 6)]
    wide = [piece("w")] + [piece(f"w{n}", ("w", "confirmed")) for n in range(20)]
    graph = drawn(*chain, *wide, *(piece(f"s{n}") for n in range(9)))
    spots = {(report.x, report.y) for report in graph.reports}
    assert len(spots) == len(graph.reports)
    for report in graph.reports:
        assert report.left > 0
        assert report.left + BOX_WIDTH < graph.width
        assert report.top + BOX_HEIGHT < graph.height
    assert graph.width <= WIDEST + 20


def test_the_words_beside_the_drawing_say_what_it_shows():
    graph = drawn(piece("A"), piece("B", ("A", "suspected")))
    page = " ".join(render_to_string("web/origins.html", {"graph": graph}).split())
    assert "reprints report 1 (suspected)" in page
    assert "an origin: not known to come from another report" in page
    assert 'role="img"' in page
    assert "style=" not in page
