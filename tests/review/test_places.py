"""Where on the map an event is said to have been. All of it invented, in the open ocean."""

import json
from decimal import Decimal

import pytest
import rfc8785
from django.db import IntegrityError, transaction
from django.test import Client

from claims.choices import ChangeKind, Precision
from claims.models import Event
from claims.review import workflow
from claims.review.content import candidate
from claims.web.boxes import box_in_words
from sources.acting import acting
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

ROUTE = ("-30.5", "0", "-29.5", "1.25")


def event(by, box=ROUTE, **facts):
    edges = dict(zip(("box_west", "box_south", "box_east", "box_north"), box, strict=False))
    facts = {"place": "the ferry line", "place_precision": Precision.ROUTE} | facts
    with acting(by), transaction.atomic():
        return Event.objects.create(
            label="A ferry stopped",
            **{edge: value and Decimal(value) for edge, value in edges.items()},
            **facts,
        )


@pytest.fixture
def said_of(contributor):
    """The place of an event with this box, as an edition would hold it."""

    def made(**facts):
        claim = desk.draft(contributor, event=event(contributor, **facts))
        return candidate(claim)

    return made


def test_the_box_stands_in_the_content_in_the_order_of_geojson(said_of):
    place = said_of().document["event"]["place"]
    assert place == {"name": "the ferry line", "precision": "route", "box": [-30.5, 0, -29.5, 1.25]}


def test_degrees_are_canonical_to_the_last_decimal(said_of):
    content = said_of(box=("-0.04472", "16.27167", "0.00001", "16.3"))
    assert "[-0.04472,16.27167,0.00001,16.3]" in content.content
    assert rfc8785.dumps(json.loads(content.content)).decode() == content.content


def test_an_event_without_a_box_says_that_none_is_known(said_of):
    assert said_of(box=()).document["event"]["place"]["box"] is None


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"box": ("-30.5", "0", "-29.5", None)}, "event_box_is_whole"),
        ({"box": ("-180.5", "0", "-29.5", "1")}, "event_box_is_on_earth"),
        ({"box": ("-30", "-91", "-29.5", "1")}, "event_box_is_on_earth"),
        ({"box": ("-30", "2", "-29", "1")}, "event_box_is_on_earth"),
        ({"place": " "}, "event_box_is_of_a_place"),
        ({"place_precision": Precision.UNKNOWN}, "event_box_is_of_a_place"),
        ({"place_precision": Precision.POINT}, "event_box_is_as_exact"),
        ({"box": ("-30", "1", "-30", "1")}, "event_box_is_as_exact"),
    ],
)
def test_a_box_says_no_more_than_is_known(contributor, facts, rule):
    with pytest.raises(IntegrityError, match=rule):
        event(contributor, **facts)


def test_a_box_may_cross_the_180th_meridian(said_of):
    box = said_of(box=("179.5", "-10", "-179.5", "-9")).document["event"]["place"]["box"]
    assert box == [179.5, -10, -179.5, -9]
    assert box_in_words(box) == (
        "between 10° S and 9° S, and from 179.5° E across the 180th meridian to 179.5° W"
    )


def test_a_point_is_told_as_one():
    assert box_in_words([-30.25, -4.5, -30.25, -4.5]) == "4.5° S, 30.25° W"


def test_readers_and_machines_are_told_where(contributor, reviewer, publisher):
    claim = desk.draft(contributor, event=event(contributor))
    desk.publish(claim, reviewer, publisher)
    words = "between 0° N and 1.25° N, and between 30.5° W and 29.5° W"
    for address in (f"/claims/{claim.ref}/", f"/events/{claim.event.ref}/"):
        assert words in Client().get(address).content.decode()
    told = json.loads(Client().get(f"/claims/{claim.ref}/v1.jsonld").content)
    where = told["@graph"][0]["mainEntity"]["event"]["location"]
    assert where["geo"] == {"@type": "GeoShape", "box": "0 -30.5 1.25 -29.5"}


def test_a_place_that_moved_is_compared_edge_by_edge(contributor, reviewer, publisher):
    claim = desk.draft(contributor, event=event(contributor))
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="The map says more.")
    with acting(contributor):
        Event.objects.filter(pk=claim.event_id).update(box_west=Decimal("-30.75"))
    desk.publish(claim, reviewer, publisher)
    page = Client().get(f"/claims/{claim.ref}/compare/1/2/").content.decode()
    assert "On the map: west" in page
    assert "30.75° W" in page
    assert "On the map: north" not in page
