"""What machines that walk the site are told."""

from xml.etree import ElementTree

import pytest

from claims import example as worked_example
from claims.editions.models import PublishedClaim
from claims.web import crawlers

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def locations(visitor, path: str) -> list[str]:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314
    return [found.text or "" for found in root.iter(f"{SITEMAP}loc")]


def paths(visitor, path: str) -> list[str]:
    return [address.removeprefix("http://testserver") for address in locations(visitor, path)]


@pytest.fixture(params=[25_000, 4])
def span(request, monkeypatch, example) -> int:
    """A record of one span, and one of several."""
    monkeypatch.setattr(crawlers, "SPAN", request.param)
    return request.param


def test_the_map_leads_to_every_page_once(span, visitor):
    parts = paths(visitor, "/sitemap.xml")
    pages = [page for part in parts for page in paths(visitor, part)]
    assert len(pages) == len(set(pages))
    claims = [page for page in pages if page.startswith("/claims/") and page != "/claims/"]
    assert len(claims) == 14
    event, agent = worked_example.ref("E1"), worked_example.ref("FLA")
    assert {f"/events/{event}/", f"/agents/{agent}/", "/", "/statuses/"} <= set(pages)
    assert any(page.startswith("/sources/") for page in pages)
    for page in pages:
        assert visitor.get(page).status_code == 200


def test_a_part_of_the_map_says_when_its_pages_changed(example, visitor):
    root = ElementTree.fromstring(visitor.get("/sitemap/claim-1.xml").content)  # noqa: S314
    days = [found.text for found in root.iter(f"{SITEMAP}lastmod")]
    newest = PublishedClaim.objects.newest()[0].published_at
    assert len(days) == 14
    assert max(days) == f"{newest.isoformat()[:19]}Z"


def test_what_was_withdrawn_is_not_on_the_map(example, visitor):
    gone = worked_example.ref("B5")
    PublishedClaim.objects.filter(ref=gone).update(retracted=True)
    try:
        assert f"/claims/{gone}/" not in paths(visitor, "/sitemap/claim-1.xml")
    finally:
        PublishedClaim.objects.filter(ref=gone).update(retracted=False)


@pytest.mark.parametrize("part", ["claim-99", "event-99", "page-2", "claim-0", "colour-1"])
def test_a_part_of_the_map_that_is_not_there_is_no_page(example, visitor, part):
    assert visitor.get(f"/sitemap/{part}.xml").status_code == 404


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap/claim-1.xml", "/robots.txt", "/opensearch.xml"]
)
def test_a_copy_that_is_held_costs_one_question(
    example, visitor, django_assert_max_num_queries, path
):
    with django_assert_max_num_queries(2):
        tag = visitor.get(path)["ETag"]
    with django_assert_max_num_queries(1):
        assert visitor.get(path, headers={"if-none-match": tag}).status_code == 304


def test_robots_are_kept_from_searches_and_led_to_the_map(visitor, example):
    text = visitor.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /claims/?\n" in text
    assert text.endswith("\nSitemap: http://testserver/sitemap.xml\n")


def test_a_browser_can_search_here_from_its_own_bar(visitor, example):
    assert 'href="/opensearch.xml"' in visitor.get("/").content.decode()
    root = ElementTree.fromstring(visitor.get("/opensearch.xml").content)  # noqa: S314
    addresses = {url.get("type"): url.get("template") for url in root.iter(f"{SEARCH}Url")}
    page = addresses["text/html"].replace("{searchTerms}", "massacre")
    assert "massacre" in visitor.get(page).content.decode()
    assert len(root.find(f"{SEARCH}ShortName").text) <= 16
