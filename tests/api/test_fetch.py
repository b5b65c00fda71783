"""Reviews in the shape of Meedan's Fetch, asked for as its clients ask."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import docs, fetch
from claims.editions.models import PublishedClaim
from tests.api.test_description import errors

NEEDED = ("identifier", "headline", "claimReviewed", "url", "datePublished", "reviewRating", "raw")


@pytest.fixture
def ask(get):
    def ask(endpoint, **parameters):
        return get(f"/api/fetch/{endpoint}", **parameters)

    return ask


def test_check_imports_every_review_window_by_window(ask):
    """What Check does: it asks what there is, then for a span of days after the other."""
    [service] = ask("services").data["services"]
    first, last = (date.fromisoformat(service[end]) for end in ("earliest", "latest"))
    found = {}
    while first <= last:
        window = {"start_time": str(first), "end_time": str(first + timedelta(days=10))}
        for review in ask("claim_reviews", service="factcheck", per_page=10_000, **window).data:
            found[review["identifier"]] = review
        first += timedelta(days=10)
    assert len(found) == service["count"] > 50
    assert all(review[name] for review in found.values() for name in NEEDED)


def test_a_statement_stands_behind_whoever_made_it(ask):
    names = dict(PublishedClaim.objects.values_list("ref", "claimant_name"))
    for review in ask("claim_reviews", per_page=100).data:
        assert review["headline"].startswith(f"{names[review['identifier']]}: ")
        assert review["claimReviewed"] == review["headline"]


def test_a_rating_has_a_number_only_where_the_desk_gave_one(ask):
    ratings = [review["reviewRating"] for review in ask("claim_reviews", per_page=200).data]
    assert all(rating["alternateName"] for rating in ratings)
    assert {"ratingValue" in rating for rating in ratings} == {True, False}
    assert all(rating.get("bestRating", 5) == 5 for rating in ratings)


def test_what_left_the_lists_or_was_not_assessed_is_no_review(ask):
    found = {review["identifier"] for review in ask("claim_reviews", per_page=10_000).data}
    standing = PublishedClaim.objects.filter(retracted=False).exclude(content_status="not_assessed")
    assert found == set(standing.values_list("ref", flat=True))


def test_pages_by_offset_join_without_a_gap(ask, monkeypatch):
    whole = [one["identifier"] for one in ask("claim_reviews", per_page=10_000).data]
    monkeypatch.setattr(fetch, "CHUNK", 7)
    assert [one["identifier"] for one in ask("claim_reviews", per_page=10_000).data] == whole
    assert [
        one["identifier"] for at in range(0, len(whole), 20) for one in
        ask("claim_reviews", per_page=20, offset=at).data
    ] == whole  # fmt: skip
    assert len(ask("claim_reviews").data) == 20


def test_a_phrase_is_looked_for_as_it_stands(ask):
    [one, *_] = ask("claim_reviews").data
    words = one["headline"].split(": ", 1)[1].split()[:4]
    found = ask("claim_reviews", search_query=" ".join(words), per_page=200).data
    assert one["identifier"] in {review["identifier"] for review in found}
    assert all(" ".join(words) in review["headline"] for review in found)
    assert ask("claim_reviews", search_query=" ".join(reversed(words))).data == []


def test_another_service_has_nothing_here(ask):
    assert ask("claim_reviews", service="another").data == []


def test_each_part_of_an_answer_is_one_question(ask):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask("claim_reviews", per_page=50)
    assert len(asked) <= 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"per_page": "10001"}, {"per_page": "-1"}, {"offset": "10001"}, {"start_time": "soon"},
        {"end_time": "2026-02-31"}, {"language": "!"}, {"limit": "3"}, {"search_query": "\x00"},
        {"per_page": "٣"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(ask, wrong):
    answer = ask("claim_reviews", **wrong)
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.data["error"]


def test_the_answers_are_as_described(ask):
    document = json.loads(docs.document())
    for endpoint, parameters in (("claim_reviews", {"per_page": 200}), ("services", {})):
        described = document["paths"][f"/api/fetch/{endpoint}"]["get"]["responses"]
        answer = ask(endpoint, **parameters)
        schema = described["200"]["content"]["application/json"]["schema"]
        assert errors(document, schema, answer.data) == []
        answer = ask(endpoint, x="1")
        assert answer.status_code == 400
        schema = described["400"]["content"]["application/json"]["schema"]
        assert errors(document, schema, answer.data) == []
