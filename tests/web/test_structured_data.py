"""What machines read in a page agrees with what people read there."""

import json
import re
from typing import Any

import pytest

from claims.editions.linked_data import as_script, linked_data
from claims.editions.models import Edition


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
        published_at=None,
        url="https://example.org/v1/",
        claim_url="https://example.org/",
        site_name="Site",
        site_url="https://example.org",
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
