"""Signs for machines on a claim's page: every one leads somewhere, and to what it says."""

import pytest
import requests
from django.urls import Resolver404, resolve
from signposting import LinkRel, Signpost, find_signposting_html, find_signposting_http

from claims.choices import ChangeKind
from claims.editions.addresses import FILES, Addresses
from claims.models import Claim
from claims.review import workflow
from tests import desk_work as desk
from tests.web.links import by_relation, targets

SITE = "http://testserver"
DESCRIPTIONS = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}


@pytest.fixture
def path(contributor, reviewer, publisher):
    """A claim with three editions."""
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    for note in ("A list of the ships.", "The names of the dockers."):
        workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note=note)
        desk.change(claim, contributor, wanted=note)
        desk.publish(claim, reviewer, publisher)
    return f"/claims/{claim.ref}/"


@pytest.mark.parametrize("address", ["", "v1/"])
def test_a_page_says_what_to_cite_what_describes_it_and_what_it_is(example, visitor, address):
    path = example("C3")
    links = by_relation(visitor.get(path + address)["Link"])
    found = {relation: [one["url"] for one in each] for relation, each in links.items()}
    assert found["cite-as"] == [f"{SITE}{path}v1/"]
    assert found["type"] == ["https://schema.org/AboutPage", "https://schema.org/Claim"]
    assert found["author"] == [f"{SITE}/"]
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert [(one["url"], one["type"]) for one in links["item"]] == [
        (f"{SITE}{path}v1.content.json", "application/json"),
        (f"{SITE}{path}v1.pdf", "application/pdf"),
    ]
    assert [(one["url"], one["type"]) for one in links["describedby"]] == [
        (f"{SITE}{path}v1.{ending}", kind) for ending, kind in DESCRIPTIONS.items()
    ]
    assert found["version-history"] == [f"{SITE}{path}timemap/"]


def test_every_sign_leads_to_what_it_says(example, visitor):
    links = by_relation(visitor.get(example("C3"))["Link"])
    for link in (one for each in links.values() for one in each):
        if not link["url"].startswith(SITE):
            continue
        answer = visitor.get(link["url"].removeprefix(SITE))
        assert answer.status_code == 200, link
        said = answer["Content-Type"].partition(";")[0]
        assert said == link.get("type", "text/html")


@pytest.fixture
def on_the_site(site, settings):
    """The site as it is served, its links included: nothing else is asked by who follows them."""
    settings.SITE_URL = site
    return site


def said(posts: set[Signpost]) -> set[tuple[str, str | None]]:
    """Where signposts lead, and to what."""
    return {(str(post.target), str(post.type) if post.type else None) for post in posts}


@pytest.mark.parametrize("address", ["", "v1/"])
def test_a_program_made_for_signposts_finds_all_of_them(example, on_the_site, address):
    path = on_the_site + example("C3")
    found = find_signposting_http(path + address)
    assert found.context == path + address
    assert found.citeAs.target == f"{path}v1/"
    assert found.license.target == "https://creativecommons.org/licenses/by/4.0/"
    assert said(found.authors) == {(f"{on_the_site}/", None)}
    assert said(found.types) == {
        ("https://schema.org/AboutPage", None),
        ("https://schema.org/Claim", None),
    }
    assert said(found.describedBy) == {
        (f"{path}v1.{ending}", kind) for ending, kind in DESCRIPTIONS.items()
    }
    assert said(found.items) == {
        (f"{path}v1.content.json", "application/json"),
        (f"{path}v1.pdf", "application/pdf"),
    }


def test_whoever_follows_a_signpost_gets_what_it_promised_and_finds_back(example, on_the_site):
    page = f"{on_the_site}{example('C3')}v1/"
    found = find_signposting_http(page)
    for post in (*found.describedBy, *found.items):
        answer = requests.get(post.target, headers={"accept": str(post.type)}, timeout=10)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].partition(";")[0] == post.type
        back = find_signposting_http(post.target)
        assert back.citeAs.target == page
        assert back.license.target == found.license.target
        led = back.describes if post.rel is LinkRel.describedby else {back.collection}
        assert said(led) == {(page, "text/html")}


def test_the_page_itself_says_nothing_else_than_its_header(example, on_the_site):
    page = on_the_site + example("C3")
    in_the_page, in_the_header = find_signposting_html(page), find_signposting_http(page)
    assert in_the_page.citeAs.target == in_the_header.citeAs.target
    assert in_the_page.license.target == in_the_header.license.target
    assert in_the_page.signposts <= in_the_header.signposts


def test_a_program_is_told_what_to_cite_of_a_retracted_claim(
    contributor, reviewer, publisher, served, settings
):
    settings.SITE_URL = served
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    path = f"{served}/claims/{claim.ref}/"
    with pytest.warns(UserWarning, match="410 Gone"):
        gone = find_signposting_http(path)
    assert gone.citeAs.target == f"{path}v1/"
    assert gone.citeAs == find_signposting_http(f"{path}v2/").citeAs.with_context(path)
    for ending in ("csl.json", "bib"):
        assert f"{path}v2.{ending}" in {str(post.target) for post in gone.describedBy}


@pytest.mark.parametrize("ending", [*DESCRIPTIONS, "content.json"])
def test_a_file_leads_back_to_its_page(example, visitor, ending):
    path = example("C3")
    link = visitor.get(f"{path}v1.{ending}")["Link"]
    assert targets(link, "collection" if ending == "content.json" else "describes") == [
        f"{SITE}{path}v1/"
    ]
    assert targets(link, "cite-as") == [f"{SITE}{path}v1/"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "latest", "before", "after"),
    [
        ("", "v3/", "v2/", None),
        ("v1/", "", None, "v2/"),
        ("v2/", "", "v1/", "v3/"),
        ("v3/", "", "v2/", None),
    ],
)
def test_versions_stand_in_a_row(path, visitor, address, latest, before, after):
    link = visitor.get(path + address)["Link"]
    assert targets(link, "latest-version") == [f"{SITE}{path}{latest}"]
    for relation, expected in (("predecessor-version", before), ("successor-version", after)):
        assert targets(link, relation) == ([f"{SITE}{path}{expected}"] if expected else [])


@pytest.mark.django_db
def test_what_is_to_be_cited_of_a_retracted_claim_is_the_edition_that_was_withdrawn(
    path, visitor, publisher
):
    claim = Claim.objects.get(ref=path.split("/")[2])
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    for address in (path, f"{path}v4/"):
        assert targets(visitor.get(address)["Link"], "cite-as") == [f"{SITE}{path}v3/"]


def test_signs_stand_on_every_form(example, visitor):
    path = example("C3")
    page = visitor.get(path)["Link"]
    for kind in ("application/json", "application/ld+json", "application/x-bibtex"):
        assert visitor.get(path, headers={"accept": kind})["Link"] == page


@pytest.mark.django_db
def test_a_header_stays_small_however_many_editions_there_are(path, visitor):
    assert len(visitor.get(f"{path}v2/")["Link"]) < 3000


def test_permanent_addresses_are_addresses_of_the_site():
    at = Addresses("")
    expected = {
        at.page("00000000"): "claim",
        at.timemap("00000000"): "claim-timemap",
        at.edition("00000000", 2): "claim-edition",
        at.event("00000000"): "event",
        at.agent("00000000"): "agent",
        at.source("00000000"): "source",
        at.context: "ld-context",
        **{
            at.file("00000000", 2, ending): f"edition-{ending.removesuffix('.json')}"
            for ending in (*FILES, "pdf")
        },
    }
    assert {path: resolve(path).url_name for path in expected} == expected


def test_no_file_stands_under_another_ending():
    with pytest.raises(Resolver404):
        resolve("/claims/00000000/v1.xml")
