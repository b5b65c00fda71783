"""Pages: where the next one begins, in any order, and how many items there are on all."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.api.reading import RecordList
from claims.editions import items
from claims.editions.models import PublishedAgent, StatusDefinition

KeysetPagination = RecordList.pagination_class
ORDERINGS = {
    "name": ("sorted_as", "ref"),
    "-name": ("-sorted_as", "-ref"),
    "-published_at": ("-published_at", "-ref"),
    "published_at": ("published_at", "ref"),
}


def walk(queryset, view, columns, **asked):
    """All pages of a list, by their cursors."""
    cursor, pages = {}, []
    while True:
        request = Request(RequestFactory().get("/list/", asked | cursor))
        paging = KeysetPagination()
        paging.begin(request, view)
        rows = queryset.values_list(*columns, *paging.keys())
        pages.append(paging.cut(items.read(paging.paginate_queryset(rows, request, view))))
        if paging.address is None:
            return pages
        cursor = {"cursor": paging.cursor(paging.following)}
        assert len(cursor["cursor"]) < 2000


@pytest.fixture
def agents(db):
    """Names that are not unique, in several scripts, and published at the same moment."""
    for number, name in enumerate(["ali", "ali", "بلال" * 25, "ali", "zoe", "بلال" * 25, "é\"'\\"]):
        PublishedAgent.objects.create(
            ref=f"A000000{number}",
            name=name,
            sorted_as=name,
            document="{}",
            sequence=number // 3,
            published_at=dt.datetime(2026, 1, 1, 0, 0, number // 3, 123456, tzinfo=dt.UTC),
        )
    return PublishedAgent.objects.all()


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_in_any_order_hold_every_row_once(agents, ordering, limit):
    pages = walk(
        agents, SimpleNamespace(orderings=ORDERINGS), ["ref"], ordering=ordering, limit=limit
    )
    found = [row[0] for page in pages for row in page]
    assert found == list(agents.order_by(*ORDERINGS[ordering]).values_list("ref", flat=True))
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_rows_of_which_nothing_is_known_come_last(db, sign, limit):
    orderings = {"rating": (f"{sign}rating", f"{sign}id")}
    pages = walk(
        StatusDefinition.objects.all(), SimpleNamespace(orderings=orderings), ["id"], limit=limit
    )
    rows = StatusDefinition.objects.values_list("rating", "id")
    assert {rating for rating, _ in rows} > {None}
    known = sorted((row for row in rows if row[0] is not None), reverse=sign == "-")
    unknown = sorted((row for row in rows if row[0] is None), reverse=sign == "-")
    found = [row[0] for page in pages for row in page]
    assert found == [number for _, number in (*known, *unknown)]


def test_an_order_that_is_not_on_the_list_is_refused(rf):
    request = Request(rf.get("/list/", {"ordering": "sorted_as"}))
    with pytest.raises(ValidationError, match="Allowed: name, -name"):
        KeysetPagination().begin(request, SimpleNamespace(orderings=ORDERINGS))


def test_the_total_is_told_on_request_only_and_is_exact(get, django_assert_num_queries):
    assert "total" not in get("claims/").data
    with django_assert_num_queries(3):
        page = get("claims/", limit=3, total="true").data
    assert (page["total"], page["total_bound"], len(page["items"])) == (119, "exact", 3)
    further = get(page["next"]).data
    assert (further["total"], further["total_bound"]) == (119, "exact")


def test_a_total_that_was_not_counted_to_its_end_says_so(get, monkeypatch):
    monkeypatch.setattr(KeysetPagination, "counted", 100)
    page = get("claims/", limit=3, total="true").data
    assert (page["total"], page["total_bound"]) == (100, "at_least")


@pytest.mark.parametrize("value", ["1", "yes", "True"])
def test_whether_to_count_is_yes_or_no(get, value):
    assert get("claims/", total=value).status_code == 400


def test_every_other_page_leads_to_the_first(get):
    page = get("claims/", limit=50)
    assert "first" not in page["Link"]
    further = get(page.data["next"])
    address = "http://testserver/api/v1/claims/?limit=50"
    assert further["Link"].endswith(f'<{address}>; rel="first"')
    assert get(address).data == page.data
