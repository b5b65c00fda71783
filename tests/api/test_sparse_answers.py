"""Answers that hold what was asked for: some of the fields, or something more beside an item."""

import json

import pytest

from bench import synthetic
from claims.api import docs, sparse
from claims.api.answers import COMPONENTS
from claims.editions.models import Edition
from tests.api.test_description import errors

CLAIM = f"claims/{synthetic.name('claim', 1)}/"
IDENTITY = {"ref", "edition", "sequence", "digest"}


@pytest.fixture(scope="module")
def document():
    return json.loads(docs.document())


def test_only_the_fields_asked_for_are_sent_and_which_item_it_is(get):
    names = "content.statement,content.finding.code,derived.disputed"
    whole = get("claims/", limit=3).data["items"]
    for item, part in zip(whole, get("claims/", limit=3, fields=names).data["items"], strict=True):
        assert part == {
            **{name: item[name] for name in IDENTITY},
            "content": {
                "statement": item["content"]["statement"],
                "finding": {"code": item["content"]["finding"]["code"]},
            },
            "derived": {"disputed": item["derived"]["disputed"]},
        }


def test_a_field_goes_through_lists_and_stands_for_all_that_is_in_it(get):
    [whole] = get(CLAIM, fields="content.evidence.source").data["content"].values()
    assert whole == [{"source": one["source"]} for one in get(CLAIM).data["content"]["evidence"]]
    titles = get(CLAIM, fields="content.evidence.source.title").data["content"]["evidence"]
    assert [one["source"].keys() for one in titles] == [{"title"}] * 2
    both = get(CLAIM, fields="content.evidence.source.title,content.evidence.source").data
    assert both["content"]["evidence"] == whole
    other = get(CLAIM, fields="content.evidence.source,content.evidence.source.title").data
    assert other == both


def test_a_tombstone_is_cut_by_the_same_names(get):
    answer = get(f"claims/{synthetic.name('claim', 8)}/", fields="content.reason")
    assert answer.status_code == 410
    assert answer.data.keys() == IDENTITY | {"content"}
    assert answer.data["content"] == {"reason": "Invented retraction, for measuring."}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("contents", "Allowed here: ref, edition"),
        ("content.statements", "Allowed in `content`: schema, ref"),
        ("ref,content.finding.colour", "Allowed in `content.finding`: code, label"),
        ("content.statement.text", "Allowed in `content.statement`: nothing further"),
        ("content,", "There is no field ``"),
        (".", "There is no field"),
        (",".join(["ref"] * 101), "At most 100"),
        ("x" * 2001, "At most 2000 characters"),
    ],
)
def test_a_field_that_is_not_there_is_named_with_those_that_are(get, fields, says):
    answer = get("claims/", fields=fields)
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == "fields"
    assert says in answer.data["detail"]


def test_a_cut_answer_is_as_described_and_the_whole_one_is_the_stored_text(get, document):
    schema = document["paths"]["/api/v1/claims/"]["get"]["responses"]["200"]["content"]
    body = schema["application/json"]["schema"]
    answer = get("claims/", limit=200, fields="content.evidence.source,content.event.place.name")
    assert errors(document, body, answer.data) == []
    answer.data["items"][0]["content"]["evidence"] = 1
    assert errors(document, body, answer.data)


def test_every_field_of_an_answer_can_be_asked_for_by_its_name(get):
    def told(value, before=""):
        if isinstance(value, list):
            for one in value:
                yield from told(one, before)
        elif isinstance(value, dict):
            for name, inner in value.items():
                yield f"{before}{name}"
                yield from told(inner, f"{before}{name}.")

    known = sparse.names("Claim")
    found = {name for item in get("claims/", limit=200).data["items"] for name in told(item)}
    for dotted in found:
        sparse._check(dotted, known)
    assert "derived.incoming.quotations.exact" in found
    assert known["content"].keys() >= COMPONENTS["ClaimContent"]["properties"].keys()


def test_a_review_is_what_the_page_of_the_edition_carries(get, client):
    item = next(
        one
        for one in get("claims/", limit=5, include="claim_review").data["items"]
        if one["claim_review"]
    )
    page = client.get(f"/claims/{item['ref']}/v{item['edition']}/").content.decode()
    carried = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(carried) == item["claim_review"]
    assert item["claim_review"]["@type"] == "ClaimReview"


def test_what_was_withdrawn_has_no_review(get):
    tombstone = get(f"claims/{synthetic.name('claim', 8)}/", include="claim_review")
    assert tombstone.data["claim_review"] is None


def test_what_is_included_stands_beside_the_stored_text(get):
    answer = get(CLAIM, include="claim_review")
    stored = Edition.objects.get(pk=answer.data["sequence"]).content.encode()
    assert b'"content":' + stored + b',"derived":' in answer.content


@pytest.mark.parametrize("address", ["claims/", CLAIM])
@pytest.mark.parametrize("include", ["content", "claim_review,", "claim_review;x", "CLAIM_REVIEW"])
def test_what_is_not_on_offer_is_refused(get, address, include):
    answer = get(address, include=include)
    assert answer.status_code == 400
    assert "Allowed: claim_review." in answer.data["detail"]


def test_a_cursor_belongs_to_the_fields_it_was_made_with(get):
    following = get("claims/", limit=2, fields="content.statement").data["next"]
    assert get(following).data["items"][0]["content"].keys() == {"statement"}
    assert get(following.replace("statement", "language")).status_code == 400
