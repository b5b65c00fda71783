"""Google's own client, written for its Fact Check Tools API, reads our record unchanged."""

import json

import pytest
from django.conf import settings
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from httplib2 import Http
from pytest_django.live_server_helper import LiveServer

from claims.api import docs
from claims.editions.models import PublishedClaim
from tests.api.test_description import errors

ADDRESS = "/v1alpha1/claims:search"


@pytest.fixture(scope="module")
def claims(record):
    """The claims of Google's client, built from the description it brings along."""
    server = LiveServer("127.0.0.1")
    with build(
        "factchecktools",
        "v1alpha1",
        static_discovery=True,
        http=Http(timeout=10),
        client_options={"api_endpoint": server.url},
    ) as service:
        yield service.claims()
    server.stop()


def reviewed():
    standing = PublishedClaim.objects.filter(retracted=False).exclude(content_status="not_assessed")
    return set(standing.values_list("claimant_name", "statement"))


def said(answer):
    return {(claim["claimant"], claim["text"]) for claim in answer.get("claims", [])}


def test_all_reviews_of_our_site_come_page_by_page(claims):
    request = claims.search(reviewPublisherSiteFilter="testserver", pageSize=7)
    found, pages = set(), 0
    while request is not None:
        answer = request.execute()
        assert len(answer.get("claims", [])) <= 7
        found |= said(answer)
        pages += 1
        request = claims.search_next(request, answer)
    assert found == reviewed()
    assert pages > 5


def test_words_are_searched(claims):
    answer = claims.search(query="Kestoria", pageSize=5).execute()
    assert answer["claims"]
    assert claims.search(query="zzzzqqqq").execute() == {}
    one = answer["claims"][0]
    again = claims.search(query=f'"{one["text"]}"').execute()
    assert said(answer) & said(again)


def test_pages_of_a_search_do_not_overlap(claims):
    request = claims.search(query="Kestoria", pageSize=9)
    seen = []
    for _ in range(3):
        answer = request.execute()
        seen += [claim["claimReview"][0]["url"] for claim in answer["claims"]]
        request = claims.search_next(request, answer)
    assert len(seen) == len(set(seen)) > 20
    assert [
        claim["claimReview"][0]["url"]
        for claim in claims.search(query="Kestoria", pageSize=9, offset=9).execute()["claims"]
    ] == seen[len(claims.search(query="Kestoria", pageSize=9).execute()["claims"]) :][:9]


def test_a_review_says_whose_it_is_and_where_it_stands_for_good(claims, client):
    answer = claims.search(query="Kestoria", pageSize=20).execute()
    for claim in answer["claims"]:
        [review] = claim["claimReview"]
        assert review["publisher"] == {"name": settings.SITE_NAME, "site": "testserver"}
        assert review["title"].startswith(claim["claimant"])
        assert review["textualRating"]
        page = client.get(review["url"].removeprefix(settings.SITE_URL))
        assert page.status_code == 200


def test_a_language_is_asked_for_without_its_region(claims):
    everything = PublishedClaim.objects.filter(retracted=False)
    languages = set(everything.values_list("language", flat=True))
    for language in languages:
        answer = claims.search(
            query="Kestoria", languageCode=f"{language}-CH", pageSize=50
        ).execute()
        found = {claim["claimReview"][0]["languageCode"] for claim in answer.get("claims", [])}
        assert found <= {language}


def test_reviews_older_than_asked_for_are_left_out(claims):
    newest = PublishedClaim.objects.order_by("-published_at").first()
    assert claims.search(query="Kestoria", maxAgeDays=36_500).execute()["claims"]
    assert said(claims.search(query="Kestoria", maxAgeDays=0).execute()) == set()
    assert newest is not None


def test_reviews_of_another_site_are_not_here(claims):
    answer = claims.search(query="Kestoria", reviewPublisherSiteFilter="nytimes.com").execute()
    assert answer == {}


def test_a_field_mask_leaves_what_it_names(claims):
    answer = claims.search(query="Kestoria", fields="claims(text,claimReview/url)").execute()
    for claim in answer["claims"]:
        assert claim.keys() == {"text", "claimReview"}
        assert claim["claimReview"][0].keys() == {"url"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "query"),
        ({"query": "a", "pageToken": "forged"}, "pageToken"),
        ({"query": "a", "languageCode": "!"}, "languageCode"),
        ({"query": "a", "fields": "claims("}, "fields"),
        ({"query": "a", "maxAgeDays": -1}, "maxAgeDays"),
        ({"query": "a", "offset": 10**6}, "offset"),
        ({"query": "a", "pageSize": -5}, "pageSize"),
        ({"query": "\x00"}, "query"),
    ],
)
def test_a_mistake_is_told_as_google_tells_it(claims, asked, field):
    with pytest.raises(HttpError) as told:
        claims.search(**asked).execute()
    error = json.loads(told.value.content)["error"]
    assert (told.value.status_code, error["code"], error["status"]) == (
        400,
        400,
        "INVALID_ARGUMENT",
    )
    [violation] = error["details"][0]["fieldViolations"]
    assert violation["field"] == field


def test_a_token_is_good_for_its_own_question_only(claims):
    token = claims.search(query="Kestoria", pageSize=3).execute()["nextPageToken"]
    with pytest.raises(HttpError, match="as they were"):
        claims.search(query="Other", pageToken=token).execute()


def test_other_addresses_of_google_are_refused_as_google_does(client):
    answer = client.get("/v1alpha1/pages")
    assert answer.status_code == 404
    assert json.loads(answer.content)["error"]["status"] == "NOT_FOUND"


def test_the_answers_are_as_described(get):
    document = json.loads(docs.document())
    described = document["paths"][ADDRESS]["get"]["responses"]
    for parameters, status in (
        ({"query": "Kestoria"}, "200"),
        ({}, "400"),
        ({"query": "zzqq"}, "200"),
    ):
        answer = get(ADDRESS, **parameters)
        assert answer.status_code == int(status)
        schema = described[status]["content"]["application/json"]["schema"]
        assert errors(document, schema, answer.data) == []
