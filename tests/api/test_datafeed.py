"""The record as a schema.org DataFeed."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rdflib import RDF, Graph, Literal, Namespace

from claims.editions.models import PublishedClaim
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SCHEMA = Namespace("https://schema.org/")
HERE = {"@vocab": str(SCHEMA)}  # what the names mean; nothing is fetched
NEXT = re.compile(r'<([^>]+)>; rel="next"')


@pytest.fixture
def feed(partner):
    def ask(address="/api/v1/datafeed/", accept="application/json", held="", **parameters):
        headers = {"accept": accept} | ({"if-none-match": held} if held else {})
        return partner.get(address, parameters, headers=headers)

    return ask


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    return claim


def test_the_pages_have_each_claim_once_the_last_changed_first(record, feed):
    found, answer = [], feed(limit=50)
    while True:
        found += answer.json()["dataFeedElement"]
        if not (following := NEXT.search(answer.headers.get("Link", ""))):
            break
        answer = feed(following[1])
    refs = list(PublishedClaim.objects.newest().values_list("ref", flat=True))
    assert len(refs) == record
    assert [one["identifier"] for one in found] == refs
    gone = set(PublishedClaim.objects.filter(retracted=True).values_list("ref", flat=True))
    assert gone
    assert {one["identifier"] for one in found if "dateDeleted" in one} == gone


def test_machines_read_it_as_schema_org(record, feed):
    data = feed(limit=200).json() | {"@context": HERE}
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    [whole] = graph.subjects(RDF.type, SCHEMA.DataFeed)
    assert len(set(graph.objects(whole, SCHEMA.dataFeedElement))) == record
    for element in graph.objects(whole, SCHEMA.dataFeedElement):
        assert (element, RDF.type, SCHEMA.DataFeedItem) in graph
        [item] = graph.objects(element, SCHEMA.item)
        assert graph.value(item, RDF.type) in {SCHEMA.ClaimReview, SCHEMA.Claim}
    reviews = list(graph.subjects(RDF.type, SCHEMA.ClaimReview))
    assert reviews
    for review in reviews:
        reviewed = graph.value(review, SCHEMA.itemReviewed)
        assert graph.value(reviewed, SCHEMA.text) == graph.value(review, SCHEMA.claimReviewed)


@pytest.mark.django_db
def test_a_retraction_becomes_a_deletion(claim, feed, publisher):
    before = feed()
    [element] = before.json()["dataFeedElement"]
    assert element["item"]["@type"] in {"Claim", "ClaimReview"}
    assert "dateDeleted" not in element
    workflow.retract(claim, by=publisher, reason="It was another quay.")
    after = feed(held=before.headers["ETag"])
    assert after.status_code == 200
    [element] = after.json()["dataFeedElement"]
    assert element["dateDeleted"] == element["dateModified"]
    page = f"http://testserver/claims/{claim.ref}/"
    assert element["item"] == {"@type": "Claim", "@id": f"{page}#claim", "url": page}
    assert claim.statement not in after.content.decode()
    graph = Graph().parse(data=json.dumps(after.json() | {"@context": HERE}), format="json-ld")
    deleted = list(graph.subjects(SCHEMA.dateDeleted, Literal(element["dateDeleted"])))
    assert len(deleted) == 1


def test_a_page_is_one_question_and_costs_none_of_the_text_when_it_is_held(record, feed):
    feed()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = feed()
    assert len([one for one in asked if "editions_publishedclaim" in one["sql"]]) == 1
    with CaptureQueriesContext(connection) as asked:
        held = feed(held=answer.headers["ETag"])
    assert held.status_code == 304
    assert held.content == b""
    assert "content" not in "".join(one["sql"] for one in asked)


def test_only_what_changed_since_a_moment(record, feed):
    moments = list(PublishedClaim.objects.newest().values_list("published_at", flat=True))
    since = sorted(moments)[len(moments) // 2]
    answer = feed(updated_since=since.isoformat(), limit=200).json()
    expected = set(
        PublishedClaim.objects.filter(published_at__gte=since).values_list("ref", flat=True)
    )
    assert {one["identifier"] for one in answer["dataFeedElement"]} == expected
    nothing = feed(updated_since="2999-01-01T00:00:00Z")
    assert nothing.json()["dataFeedElement"] == []
    assert feed(updated_since="yesterday").status_code == 400


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/ld+json", "application/ld+json"),
        ("application/ld+json;q=0.9, text/html;q=0.1", "application/ld+json"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_it_comes_under_the_name_that_was_asked_for(record, feed, accept, kind):
    answer = feed(accept=accept)
    assert answer.headers["Content-Type"] == kind
    assert "Accept" in answer.headers["Vary"]


def test_no_other_format_and_no_other_address_speaks_of_linked_data(record, feed, partner):
    assert feed(accept="text/turtle").status_code == 406
    other = partner.get("/api/v1/claims/", headers={"accept": "application/ld+json"})
    assert other.status_code == 406
