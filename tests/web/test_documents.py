"""An edition as data: at addresses of its own for ever, and at the page's for whoever asks."""

import gzip
import hashlib
import json

import pytest

from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work as desk

FILES = {
    "json": "application/json",
    "content.json": "application/json",
    "jsonld": "application/ld+json",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
CSL = "application/vnd.citationstyles.csl+json"


@pytest.mark.parametrize("ending", FILES)
def test_a_file_is_good_for_ever_and_open_to_any_page(example, visitor, ending):
    answer = visitor.get(f"{example('C3')}v1.{ending}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == FILES[ending]
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Vary"] == "Accept-Encoding"
    assert not answer.cookies


@pytest.mark.parametrize("ending", FILES)
def test_a_file_costs_two_questions_and_a_kept_copy_one(
    example, visitor, ending, django_assert_max_num_queries
):
    path = f"{example('C3')}v1.{ending}"
    with django_assert_max_num_queries(2):
        tag = visitor.get(path)["ETag"]
    with django_assert_max_num_queries(1):
        assert visitor.get(path, headers={"if-none-match": tag}).status_code == 304


def test_a_file_travels_compressed_and_means_the_same(example, visitor):
    path = f"{example('C3')}v1.content.json"
    small = visitor.get(path, headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == visitor.get(path).content
    held = {"accept-encoding": "gzip", "if-none-match": small["ETag"]}
    assert visitor.get(path, headers=held).status_code == 304


@pytest.mark.parametrize("ending", FILES)
def test_what_was_never_published_is_not_found(example, visitor, ending):
    assert visitor.get(f"{example('C3')}v2.{ending}").status_code == 404
    assert visitor.get(f"/claims/00000000/v1.{ending}").status_code == 404
    assert visitor.get(f"{example('C3')}v0.{ending}").status_code == 404
    assert visitor.get(f"{example('C3')}v9999999999.{ending}").status_code == 404


def test_the_digest_is_that_of_the_exact_content(example, visitor):
    path = example("C3")
    content = visitor.get(f"{path}v1.content.json").content
    edition = Edition.objects.get(ref=path.split("/")[2])
    assert hashlib.sha256(content).hexdigest() == edition.digest
    assert edition.digest in visitor.get(path).content.decode()


def test_an_edition_as_json_is_what_the_api_sends(example, visitor, partner):
    path = example("C3")
    sent = partner.get(f"/api/v1{path}editions/1/")
    assert visitor.get(f"{path}v1.json").content == sent.content


def test_a_claim_as_json_is_what_the_api_sends_with_what_is_derived(example, visitor, partner):
    path = example("C3")
    answer = visitor.get(path, headers={"accept": "application/json"})
    assert answer.content == partner.get(f"/api/v1{path}").content
    assert answer["Content-Location"] == f"http://testserver/api/v1{path}"
    assert json.loads(answer.content)["derived"]["disputed"] is True


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "text/html"),
        ("application/xhtml+xml", "text/html"),
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("application/ld+json", "application/ld+json"),
        (
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            "application/ld+json",
        ),
        (CSL, CSL),
        ("application/x-bibtex", "application/x-bibtex"),
        ("text/x-bibtex", "application/x-bibtex"),
        ("application/x-research-info-systems", "application/x-research-info-systems"),
        ("text/html;q=0.4, application/json;q=0.5", "application/json"),
        (f"application/x-bibtex;q=0.9, {CSL};q=0.95", CSL),
        ("image/png, application/json;q=0.1", "application/json"),
        ("application/json, */*;q=0.1", "application/json"),
    ],
)
@pytest.mark.parametrize("address", ["", "v1/"])
def test_each_reader_gets_the_form_they_prefer(example, visitor, address, accept, expected):
    answer = visitor.get(example("C3") + address, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == expected
    assert "Accept" in answer["Vary"].split(", ")


@pytest.mark.parametrize("accept", ["image/png", "text/plain", "application/json;q=0", "a" * 20000])
def test_who_accepts_nothing_we_have_is_told_what_there_is(example, visitor, accept):
    answer = visitor.get(example("C3"), headers={"accept": accept})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Accept" in answer["Vary"].split(", ")
    said = answer.content.decode().split("\n")
    assert said[1:6] == [
        "text/html",
        "application/json",
        "application/ld+json",
        CSL,
        "application/x-bibtex",
    ]


@pytest.mark.parametrize("address", ["", "v1/"])
def test_each_form_has_a_tag_of_its_own_and_is_not_sent_twice(
    example, visitor, address, django_assert_max_num_queries
):
    path = example("C3") + address
    kinds = ["text/html", "application/json", "application/ld+json", CSL, "application/x-bibtex"]
    tags = {}
    for kind in kinds:
        with django_assert_max_num_queries(2):
            tags[kind] = visitor.get(path, headers={"accept": kind})["ETag"]
    assert len(set(tags.values())) == len(kinds)
    for kind, tag in tags.items():
        held = {"accept": kind, "if-none-match": tag}
        answer = visitor.get(path, headers=held)
        assert answer.status_code == 304
        assert "Accept" in answer["Vary"].split(", ")
        other = {"accept": kind, "if-none-match": next(t for t in tags.values() if t != tag)}
        assert visitor.get(path, headers=other).status_code == 200


@pytest.mark.parametrize("ending", ["json", "jsonld", "csl.json", "bib", "ris"])
def test_a_form_of_an_edition_says_where_it_has_an_address_of_its_own(example, visitor, ending):
    path = example("C3")
    kind = FILES[ending].partition(";")[0]
    answer = visitor.get(f"{path}v1/", headers={"accept": kind})
    assert answer["Content-Location"] == f"http://testserver{path}v1.{ending}"
    assert answer.content == visitor.get(f"{path}v1.{ending}").content


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", CSL])
def test_a_retracted_claim_is_gone_in_every_form_and_says_so_each_time(
    claim, publisher, visitor, kind
):
    path = f"/claims/{claim.ref}/"
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    for held in ({}, {"if-none-match": "*"}):
        answer = visitor.get(path, headers={"accept": kind, **held})
        assert answer.status_code == 410
        assert "dockers" in answer.content.decode() or kind == "application/ld+json"
    assert visitor.get(f"{path}v1/", headers={"accept": kind}).status_code == 200


@pytest.mark.django_db
def test_nobody_who_asks_for_data_is_led_to_another_claim_unasked(
    claim, contributor, reviewer, publisher, visitor
):
    survivor = desk.draft(contributor, statement="Port Example stood still.")
    desk.publish(survivor, reviewer, publisher)
    workflow.merge(claim, into=survivor, by=publisher, reason="The same.")
    path = f"/claims/{claim.ref}/"
    answer = visitor.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 410
    assert json.loads(answer.content)["content"]["into"] == survivor.ref
    assert visitor.get(path).status_code == 301
    told = visitor.get(path, headers={"accept": CSL})
    assert f"Merged into claim {survivor.ref} on" in told.content.decode()
