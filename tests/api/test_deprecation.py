"""What will end says so beforehand, to programs and in the description."""

from datetime import UTC, datetime

from django.urls import path
from drf_spectacular.generators import SchemaGenerator

from claims.api.statuses import StatusList

SINCE, END = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


class Ending(StatusList):
    deprecated, sunset = SINCE, END


def test_what_will_end_says_so_in_each_answer(rf, db):
    answer = Ending.as_view()(rf.get("/api/v1/statuses/"))
    assert answer["Deprecation"] == "@1798761600"
    assert answer["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert '/api/docs/versions/>; rel="deprecation"' in answer["Link"]


def test_what_stays_says_nothing_of_an_end(client, db):
    answer = client.get("/api/v1/statuses/")
    assert not answer.has_header("Deprecation")
    assert not answer.has_header("Sunset")


def test_the_description_marks_what_will_end():
    patterns = [path("old/", Ending.as_view()), path("new/", StatusList.as_view())]
    paths = SchemaGenerator(patterns=patterns).get_schema(request=None, public=True)["paths"]
    assert paths["/old/"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/new/"]["get"]
