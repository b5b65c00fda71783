"""The list of claims, a claim and its editions: stored text, in pages that never overlap."""

import hashlib
import json

import pytest
import rfc8785
from django.db import connections

from bench import synthetic
from claims.editions.models import (
    Edition,
    PublishedAgent,
    PublishedClaim,
    PublishedEvent,
    PublishedMention,
    PublishedSource,
    PublishedTally,
    PublishedText,
    PublishedUse,
    PublishedWord,
)
from claims.editions.projection import rebuild

RETRACTED = synthetic.name("claim", 8)
CORRECTED = synthetic.name("claim", 0)


def whole_list(get, address="claims/", **parameters):
    answer = get(address, **parameters)
    items = answer.data["items"]
    while answer.data["next"]:
        answer = get(answer.data["next"])
        assert answer.status_code == 200
        items += answer.data["items"]
    return items


def test_the_synthetic_record_is_what_the_projection_makes_of_it(record):
    def rows():
        described = (
            *(PublishedClaim, PublishedEvent, PublishedAgent, PublishedSource),
            *(PublishedText, PublishedWord),
        )
        counted = (PublishedMention, PublishedUse, PublishedTally)
        return [
            {row[model._meta.pk.name]: row for row in model.objects.values()} for model in described
        ] + [
            {tuple(value for key, value in row.items() if key != "id") for row in rows}
            for rows in (model.objects.values() for model in counted)
        ]

    before = rows()
    assert sum(rebuild()) == 2 * record
    assert rows() == before


def test_the_synthetic_content_is_canonical_json(record):
    for content in Edition.objects.values_list("content", flat=True):
        assert rfc8785.dumps(json.loads(content)).decode() == content


def test_the_pages_hold_every_standing_claim_once_newest_first(get, record):
    items = whole_list(get, limit=7)
    sequences = [item["sequence"] for item in items]
    assert sequences == sorted(sequences, reverse=True)
    standing = PublishedClaim.objects.filter(retracted=False).values_list("ref", flat=True)
    assert sorted(item["ref"] for item in items) == sorted(standing)
    assert RETRACTED not in standing


def test_a_page_holds_fifty_claims_unless_asked_otherwise(get):
    assert len(get("claims/").data["items"]) == 50
    assert len(get("claims/", limit=200).data["items"]) == 119


def test_the_link_header_leads_to_the_next_page(get):
    answer = get("claims/", limit=100)
    assert answer["Link"] == f'<{answer.data["next"]}>; rel="next"'
    last = get(answer.data["next"])
    assert last.data["next"] is None
    first = answer.wsgi_request.build_absolute_uri()
    assert last["Link"] == f'<{first}>; rel="first"'


def test_the_content_is_sent_byte_for_byte_as_it_was_hashed(get):
    answer = get("claims/", limit=3)
    for item in answer.data["items"]:
        stored = Edition.objects.get(pk=item["sequence"]).content.encode()
        assert hashlib.sha256(stored).hexdigest() == item["digest"]
        assert b'"content":' + stored + b',"derived":' in answer.content


def test_a_claim_is_its_latest_edition_and_what_the_record_says_of_it(get):
    item = get(f"claims/{CORRECTED}/").data
    assert (item["ref"], item["edition"], item["kind"]) == (CORRECTED, 2, "corrected")
    assert [edition["number"] for edition in item["derived"]["editions"]] == [1, 2]
    assert item["derived"]["disputed"] is True


def test_a_retracted_claim_is_gone_and_says_why(get):
    answer = get(f"claims/{RETRACTED}/")
    assert answer.status_code == 410
    assert answer.data["content"]["schema"] == "factcheck-retraction-1"
    assert answer.data["content"]["citation"]["statement"].startswith("Synthetic")


def test_gone_is_said_even_to_a_reader_who_holds_the_tombstone(get):
    tag = get(f"claims/{RETRACTED}/")["ETag"]
    assert get(f"claims/{RETRACTED}/", headers={"If-None-Match": tag}).status_code == 410


def test_the_editions_of_a_retracted_claim_can_still_be_read(get):
    numbers = [item["edition"] for item in get(f"claims/{RETRACTED}/editions/").data["items"]]
    assert numbers == [1, 2]
    assert get(f"claims/{RETRACTED}/editions/1/").data["content"]["ref"] == RETRACTED
    assert get(f"claims/{RETRACTED}/editions/2/").status_code == 200


def test_the_list_of_editions_goes_oldest_first_with_content_on_request(get):
    items = whole_list(get, f"claims/{CORRECTED}/editions/", limit=1, include="content")
    assert [(item["edition"], item["kind"]) for item in items] == [
        (1, "published"),
        (2, "corrected"),
    ]
    assert items[1]["content"]["change"]["kind"] == "corrected"
    assert "content" not in get(f"claims/{CORRECTED}/editions/").data["items"][0]


def test_the_tag_of_an_edition_is_its_digest_and_it_may_be_kept_for_ever(get):
    answer = get(f"claims/{CORRECTED}/editions/1/")
    assert answer["ETag"] == f'"{answer.data["digest"]}"'
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "derived" not in answer.data


def test_the_tag_of_a_claim_covers_what_is_derived(get):
    answer = get(f"claims/{CORRECTED}/")
    assert answer["ETag"] == f'"{PublishedClaim.objects.get(ref=CORRECTED).etag}"'
    assert answer["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("ref", ["ZZZZZZZZ", "7K3QX2MD"])
@pytest.mark.parametrize("rest", ["", "editions/", "editions/1/"])
def test_what_was_never_published_is_not_found(get, ref, rest):
    answer = get(f"claims/{ref}/{rest}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_statuses_come_with_their_definitions_in_the_desks_order(get):
    statuses = get("statuses/").data["items"]
    assert [item["code"] for item in statuses if item["axis"] == "content"][:2] == [
        "not_assessed",
        "insufficient_evidence",
    ]
    assert all(item["definition"] for item in statuses)


LISTS = ["claims/", "claims/?limit=200", "changes/?include=content", "statuses/"]
LISTS += [f"claims/{CORRECTED}/", f"claims/{CORRECTED}/editions/", "claims/?status=corroborated"]
LISTS += [f"claims/{CORRECTED}/editions/1/"]


@pytest.mark.parametrize("address", LISTS)
def test_every_answer_takes_two_questions_at_most_and_one_to_count_who_asks(
    get, address, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_num_queries(2):
        tag = get(address)["ETag"]
    with django_assert_num_queries(2):
        assert get(address, headers={"If-None-Match": tag}).status_code == 304
    with django_assert_max_num_queries(3):
        assert get(address, headers={"If-None-Match": '"old"'}).status_code == 200


def test_whether_something_changed_is_found_out_without_reading_it(get, monkeypatch):
    tag = get("claims/")["ETag"]
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connections["default"].execute_wrapper(note):
        assert get("claims/", headers={"If-None-Match": tag}).content == b""
    assert "content" not in asked[0]
    assert "derived" not in asked[0]


@pytest.mark.parametrize("held", ["W/{}", '"a", {}', "*", '"a",W/{} , "b"'])
@pytest.mark.parametrize("address", ["claims/", f"claims/{CORRECTED}/", "changes/", "statuses/"])
def test_a_held_tag_is_recognised_in_all_its_spellings(get, address, held):
    tag = get(address)["ETag"]
    answer = get(address, headers={"If-None-Match": held.format(tag)})
    spelt = f"W/{tag}" if "W/" in held else tag  # it carries the one that the reader holds
    assert (answer.status_code, answer["ETag"]) == (304, spelt)
