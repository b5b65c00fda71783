"""What machines read in a page agrees with what people read there."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from rdflib import RDF

from claims.editions.linked_data import as_script, linked_data
from claims.editions.models import Edition
from tests.web.reasoning import SCHEMA, complaints, schema_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def block(page: bytes) -> dict[str, Any]:
    form = r'<script type="application/ld\+json">(.*?)</script>'
    found = re.findall(form, page.decode(), re.DOTALL)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    return data


def test_a_review_says_what_the_page_says(example, visitor, read):
    path = example("C3")
    data = block(visitor.get(path).content)
    edition = Edition.objects.get(ref=path.split("/")[2])
    page = read(path)

    assert data["@type"] == "ClaimReview"
    assert data["url"] == f"http://testserver{path}v1/"
    assert data["claimReviewed"] in page
    assert data["reviewRating"] == {"@type": "Rating", "alternateName": "Insufficient evidence"}
    assert data["datePublished"] == edition.published_at.date().isoformat()
    claim = data["itemReviewed"]
    assert claim["author"] == {"@type": "Organization", "name": "Azawad Liberation Front (FLA)"}
    assert [one["headline"] for one in claim["appearance"]] == [
        "Mali Probes Alleged Soldier-Killing of Civilians"
    ]
    assert claim["appearance"][0]["text"] in page


@pytest.mark.parametrize(
    "key", ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "B1", "B2", "B3", "B4", "B5"]
)
@pytest.mark.parametrize("address", ["", "v1/"])
def test_it_has_all_that_google_requires_and_recommends(example, visitor, key, address):
    graph = schema_graph(block(visitor.get(example(key) + address).content))
    assert len(set(graph.subjects(RDF.type, SCHEMA.Claim))) == 1
    assert complaints(graph, "claim_review.ttl") == ""


@pytest.mark.parametrize("missing", ["claimReviewed", "reviewRating", "url", "author"])
def test_a_review_that_lacks_something_would_be_noticed(missing):
    data = data_of()
    del data[missing]
    assert missing in complaints(schema_graph(data), "claim_review.ttl")


def test_a_number_without_its_scale_would_be_noticed():
    data = data_of()
    assert complaints(schema_graph(data), "claim_review.ttl") == ""
    del data["reviewRating"]["bestRating"]
    assert complaints(schema_graph(data), "claim_review.ttl") != ""


def test_what_is_not_known_is_not_said(example, visitor):
    claim = block(visitor.get(example("C3")).content)["itemReviewed"]
    assert "datePublished" not in claim
    assert not {"url", "publisher", "author", "datePublished"} & set(claim["appearance"][0])


def test_a_person_speaks_in_a_role_for_a_body(example, visitor):
    speaker, body = block(visitor.get(example("C7")).content)["itemReviewed"]["author"]
    assert speaker["@type"] == "Person"
    assert speaker["jobTitle"] == "army chief"
    assert speaker["affiliation"] == body
    assert body == {"@type": "Organization", "name": "Malian armed forces"}


@pytest.mark.parametrize("key", ["B1", "C9"])
def test_what_was_not_assessed_is_a_claim_and_no_review(example, visitor, key):
    data = block(visitor.get(example(key)).content)
    assert data["@type"] == "Claim"
    assert "reviewRating" not in json.dumps(data)
    assert "author" not in data  # the publisher's own voice; who it is is not known


def content(**facts: Any) -> dict[str, Any]:
    return {
        "ref": "00000000",
        "statement": "It rained.",
        "language": "en",
        "claimant": None,
        "claimant_role": "",
        "on_behalf_of": None,
        "made": None,
        "finding": {"code": "false", "label": "False", "rating": 1},
        "evidence": [],
    } | facts


def data_of(**facts: Any) -> dict[str, Any]:
    return linked_data(
        content(**facts),
        number=1,
        published_at=datetime(2026, 3, 5, tzinfo=UTC),
        url="https://example.org/v1/",
        claim_url="https://example.org/",
        site_name="Site",
        site_url="https://example.org",
        licence_url="https://example.org/licence",
    )


def test_a_number_is_given_only_where_the_status_has_one():
    assert data_of()["reviewRating"]["ratingValue"] == 1
    unrated = {"code": "not_checkable", "label": "Not checkable", "rating": None}
    assert "ratingValue" not in data_of(finding=unrated)["reviewRating"]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-02-05", "2024-02-05"),
        ("2024-02", "2024-02"),
        ("2024-02-XX", None),
        ("", None),
        ("2024?", None),
    ],
)
def test_only_a_plain_date_is_passed_on(edtf, expected):
    made = {"edtf": edtf, "as_printed": "Monday", "earliest": None, "latest": None}
    assert data_of(made=made)["itemReviewed"].get("datePublished") == expected


def agent(ref: str, name: str, kind: str = "organisation") -> dict[str, Any]:
    return {"ref": ref, "name": name, "kind": kind, "wikidata": ""}


def appearance(title: str, publisher: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "bears_on": "attribution",
        "quotation": {"exact": "It rained.", "language": "en"},
        "source": {
            "access": "public",
            "title": title,
            "url": "https://example.org/1",
            "language": "en",
            "published": None,
            "publisher": publisher,
            "author": None,
        },
    }


def test_a_claim_appeared_first_where_the_claimant_published_it():
    union = agent("AAAAAAAA", "The union")
    pieces = [appearance("A report"), appearance("Our statement", publisher=union)]
    claim = data_of(claimant=union, evidence=pieces)["itemReviewed"]
    assert claim["firstAppearance"]["headline"] == "Our statement"
    assert [one["headline"] for one in claim["appearance"]] == ["A report"]


def test_where_it_appeared_first_is_not_guessed():
    union, outlet = agent("AAAAAAAA", "The union"), agent("BBBBBBBB", "The Example")
    for pieces in (
        [appearance("A report", publisher=outlet)],
        [appearance("One", publisher=union), appearance("Another", publisher=union)],
    ):
        claim = data_of(claimant=union, evidence=pieces)["itemReviewed"]
        assert "firstAppearance" not in claim
        assert len(claim["appearance"]) == len(pieces)


def test_whoever_speaks_and_whoever_they_speak_for_both_make_the_claim():
    speaker, principal = agent("AAAAAAAA", "The agency"), agent("BBBBBBBB", "The ministry")
    data = data_of(claimant=speaker, on_behalf_of=principal)
    assert [one["name"] for one in data["itemReviewed"]["author"]] == ["The agency", "The ministry"]
    assert complaints(schema_graph(data), "claim_review.ttl") == ""


def test_a_protected_source_is_no_appearance():
    piece = {
        "bears_on": "attribution",
        "quotation": None,
        "source": {"access": "protected", "placeholder": "one protected source"},
    }
    assert "appearance" not in data_of(evidence=[piece])["itemReviewed"]


def test_hostile_words_cannot_end_the_data_block():
    statement = "</script><script>alert(1)</script> & <!-- \u2028"
    script = str(as_script(data_of(statement=statement)))
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside)["claimReviewed"] == statement
