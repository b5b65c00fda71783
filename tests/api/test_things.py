"""Editions, events, agents, sources, corrections: all that the record tells beside its claims."""

import hashlib
import json
from urllib.parse import urlsplit

import pytest

from bench import synthetic
from claims.choices import ChangeKind
from claims.editions.choices import TOLD, Part
from claims.editions.models import (
    Edition,
    PublishedAgent,
    PublishedEvent,
    PublishedMention,
    PublishedSource,
)
from claims.review import workflow
from tests import desk_work
from tests.api.test_claims import CORRECTED, RETRACTED, whole_list

EVENT = synthetic.name("event", 0)
AGENT = synthetic.name("agent", 0)
SOURCE = synthetic.name("source", 0)
DESCRIBED = [("event", PublishedEvent), ("agent", PublishedAgent), ("source", PublishedSource)]

COUNTING = 1  # question to count how much is asked of the API

# Each with the most questions that a whole answer may cost beside that.
BUDGETS = {
    "": 0,
    "editions/": 1,
    "editions/?include=content&kind=corrected": 1,
    f"editions/?ref={CORRECTED}&ordering=sequence": 1,
    "corrections/": 1,
    "corrections/?kind=retracted": 1,
    "pages/?include=past": 1,
    "statuses/?include=past": 1,
    "events/": 1,
    "events/?q=invented&place=river+town&existence=alleged": 1,
    f"events/{EVENT}/": 2,
    "agents/": 1,
    "agents/?ordering=-sequence&kind=armed_group&party=true": 1,
    f"agents/{AGENT}/": 1,
    f"agents/{AGENT}/claims/?part=claimant": 1,
    "sources/": 1,
    f"sources/?kind=article&derived_from={SOURCE}": 1,
    f"sources/{SOURCE}/": 1,
    f"sources/{SOURCE}/claims/": 1,
}


@pytest.mark.parametrize(("address", "most"), BUDGETS.items())
def test_every_answer_keeps_to_its_questions_and_is_recognised_when_held(
    get, address, most, django_assert_max_num_queries
):
    with django_assert_max_num_queries(COUNTING + most):
        tag = get(address)["ETag"]
    with django_assert_max_num_queries(COUNTING + 1):
        answer = get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b"")
    with django_assert_max_num_queries(COUNTING + 2):
        assert get(address, headers={"If-None-Match": '"old"'}).status_code == 200


@pytest.mark.parametrize("address", ["editions/", "corrections/", "events/", "agents/", "sources/"])
def test_a_total_costs_one_question_more(get, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(COUNTING + 2):
        page = get(address, total="true", limit=1).data
    assert page["total"] == len(whole_list(get, address, limit=7))


def test_the_index_leads_to_every_list(get):
    index = get("").data
    assert {"claims", "editions", "changes", "statuses", "events", "agents", "sources"} <= set(
        index["resources"]
    )
    for address in index["resources"].values():
        assert get(address).status_code in {200, 401}
    assert get(urlsplit(index["openapi"]).path).status_code == 200


# --- Editions ---


def test_all_editions_are_listed_once_in_either_order(get):
    everything = list(Edition.objects.order_by("-sequence").values_list("sequence", flat=True))
    falling = [item["sequence"] for item in whole_list(get, "editions/", limit=60)]
    rising = [
        item["sequence"] for item in whole_list(get, "editions/", limit=60, ordering="sequence")
    ]
    assert falling == everything == rising[::-1]


def test_editions_are_narrowed_down_by_claim_and_kind_and_moment(get):
    assert [item["edition"] for item in get("editions/", ref=CORRECTED).data["items"]] == [2, 1]
    kinds = {item["kind"] for item in get("editions/", kind="retracted").data["items"]}
    assert kinds == {"retracted"}
    moment = get("editions/", limit=1).data["items"][0]["published_at"]
    assert len(get("editions/", published_since=moment).data["items"]) == 1
    first = "2026-01-01T00:00:01Z"
    assert [one["sequence"] for one in get("editions/", published_until=first).data["items"]] == [1]


def test_an_edition_is_found_by_its_digest_however_that_is_written(get):
    edition = Edition.objects.get(ref=CORRECTED, number=1)
    for written in (edition.digest, edition.digest.upper()):
        answer = get(f"editions/{written}/")
        assert (answer.data["ref"], answer.data["edition"]) == (CORRECTED, 1)
        assert answer.data["content"] == edition.document
        assert answer.data["also"] == []
        assert answer["Link"].startswith(f"<http://testserver/api/v1/claims/{CORRECTED}/editions/1")


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_a_digest_of_nothing_is_not_found(get, digest):
    assert get(f"editions/{digest}/").status_code == 404


@pytest.mark.parametrize("digest", ["0" * 63, "0" * 65, "g" * 64, "٣" * 64])
def test_what_is_no_digest_is_no_address(get, digest):
    assert get(f"editions/{digest}/").status_code == 404


@pytest.mark.django_db
def test_editions_that_say_the_same_are_all_named(
    contributor, reviewer, publisher, django_assert_max_num_queries, client
):
    claim = desk_work.draft(contributor, statement="The bridge (an invented one) is open.")
    desk_work.publish(claim, reviewer, publisher)
    for statement in ("It is shut (invented).", "It is open (invented).", "It is shut (invented)."):
        workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="News (invented).")
        desk_work.change(claim, contributor, statement=statement)
        last = desk_work.publish(claim, reviewer, publisher)
    with django_assert_max_num_queries(COUNTING + 2):
        found = json.loads(client.get(f"/api/v1/editions/{last.digest}/").content)
    assert found["edition"] == 2
    assert found["also"] == [{"ref": claim.ref, "edition": 4, "sequence": last.sequence}]


# --- What each document rests on ---


@pytest.mark.parametrize(("kind", "model"), DESCRIBED)
def test_a_description_stands_word_for_word_in_the_edition_that_it_names(get, kind, model):
    """By real hashes, over bytes cut out of the answers."""
    for thing in model.objects.all()[:20]:
        answer = get(f"{kind}s/{thing.ref}/")
        item = answer.data
        edition = get(f"editions/{item['digest']}/")
        assert (edition.data["ref"], edition.data["edition"]) == (item["claim"], item["edition"])
        assert edition.data["sequence"] == item["sequence"]
        content = cut(edition.content, "content")
        assert hashlib.sha256(content).hexdigest() == item["digest"]
        assert cut(answer.content, kind) in content


@pytest.mark.parametrize(
    "address",
    [
        "claims/?limit=3",
        "changes/?include=content&limit=3",
        "editions/?include=content&limit=3",
        f"agents/{AGENT}/claims/?part=claimant",
        f"sources/{SOURCE}/claims/",
        f"claims/{CORRECTED}/editions/?include=content",
    ],
)
def test_each_content_of_a_list_has_the_digest_beside_it(get, address):
    answer = get(address)
    rest = answer.content
    for item in answer.data["items"]:
        content = cut(rest, "content")
        assert hashlib.sha256(content).hexdigest() == item["digest"]
        rest = rest.partition(content)[2]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"claims/{CORRECTED}/", 200),
        (f"claims/{RETRACTED}/", 410),
        (f"claims/{CORRECTED}/editions/1/", 200),
    ],
)
def test_the_content_of_a_single_answer_has_the_digest_beside_it(get, address, status):
    answer = get(address)
    assert answer.status_code == status
    assert hashlib.sha256(cut(answer.content, "content")).hexdigest() == answer.data["digest"]


def cut(body, name):
    """The bytes of the value under this name, as they came."""
    rest = body.partition(f'"{name}":'.encode())[2].decode()
    _value, end = json.JSONDecoder().raw_decode(rest)
    return rest[:end].encode()


# --- Events ---


def test_an_event_is_told_in_the_words_of_its_latest_edition(get):
    event = PublishedEvent.objects.get(ref=EVENT)
    assert get(f"events/{EVENT}/").data["event"] == json.loads(event.document)


def test_an_event_tells_who_says_what_to_each_question_and_who_is_silent(get):
    event = get(f"events/{EVENT}/").data
    told = [claim for one in event["questions"] for claim in one["claims"]]
    claims = whole_list(get, event["claims"])
    assert sorted(one["ref"] for one in told) == sorted(one["ref"] for one in claims)
    everybody = {one["claimant_name"] for one in told}
    for question in event["questions"]:
        assert {one["aspect"] for one in question["claims"]} == {question["aspect"]}
        speaking = {one["claimant_name"] for one in question["claims"]}
        assert set(question["silent"]) == everybody - speaking
    assert event["more"] is False
    assert {one["disputed"] for one in told} == {True, False}


# --- Agents and sources ---


def test_the_agents_come_by_name_and_each_once(get):
    refs = [item["ref"] for item in whole_list(get, "agents/", limit=200)]
    by_name = PublishedAgent.objects.order_by("sorted_as", "ref").values_list("ref", flat=True)
    assert refs == list(by_name)
    falling = [item["ref"] for item in whole_list(get, "agents/", limit=200, ordering="-name")]
    assert falling == refs[::-1]


@pytest.mark.parametrize("address", ["agents/", "sources/"])
@pytest.mark.parametrize("ordering", ["sequence", "-sequence"])
def test_things_that_one_edition_describes_stand_on_one_page_or_the_next(get, address, ordering):
    """Many of them have the same sequence: no page may end within them and lose the rest."""
    items = whole_list(get, address, limit=3, ordering=ordering)
    model = PublishedAgent if address == "agents/" else PublishedSource
    assert sorted(item["ref"] for item in items) == sorted(
        model.objects.values_list("ref", flat=True)
    )
    sequences = [item["sequence"] for item in items]
    assert sequences == sorted(sequences, reverse=ordering.startswith("-"))


@pytest.mark.parametrize("part", Part.values)
def test_the_claims_of_an_agent_are_as_many_as_are_counted(get, part):
    mention = PublishedMention.objects.filter(part=part).first()
    agent = mention.agent if mention else AGENT
    told = get(f"agents/{agent}/").data
    claims = whole_list(get, f"agents/{agent}/claims/", part=part, limit=2)
    found = PublishedMention.objects.filter(agent=agent, part=part).order_by("-sequence")
    assert [item["ref"] for item in claims] == [one.claim_id for one in found]
    assert told["claims"][part] == len(claims)
    for one in told["parts"]:
        for answers in (one["findings"], one["attributions"]):
            assert sum(answer["claims"] for answer in answers) == one["claims"]
    if claims:
        lists = {one["part"]: one["list"] for one in told["parts"]}
        assert get(lists[part]).data["items"][0]["ref"] == claims[0]["ref"]


def test_the_part_has_to_be_said(get):
    answer = get(f"agents/{AGENT}/claims/")
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == "part"
    assert "on_behalf_of" in answer.data["detail"]


@pytest.mark.parametrize("rest", ["", "claims/?part=about"])
def test_an_agent_whom_nothing_mentions_is_not_found(get, rest):
    assert get(f"agents/ZZZZZZZZ/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", "claims/"])
def test_a_source_on_which_nothing_rests_is_not_found(get, rest):
    assert get(f"sources/ZZZZZZZZ/{rest}").status_code == 404


def test_an_event_that_nothing_is_about_is_not_found(get):
    assert get("events/ZZZZZZZZ/").status_code == 404


def test_the_claims_that_rest_on_a_source_name_it_in_their_evidence(get):
    (item,) = get(f"sources/{SOURCE}/claims/").data["items"]
    assert SOURCE in [one["source"].get("ref") for one in item["content"]["evidence"]]


# --- What lists are narrowed down by ---


@pytest.mark.parametrize(
    ("address", "parameter", "wrong"),
    [
        ("editions/", "kind", "gone"),
        ("editions/", "published_since", "yesterday"),
        ("corrections/", "kind", "minor"),
        ("corrections/", "ref", "x"),
        ("events/", "existence", "true"),
        ("events/", "time_from", "2026-02-30"),
        ("events/", "time_to", "20260101"),
        ("events/", "q", "!!"),
        ("events/", "ordering", "label"),
        ("agents/", "kind", "army"),
        ("agents/", "member_of", "FLA"),
        ("agents/", "wikidata", "42"),
        ("agents/", "reliability", "G"),
        ("agents/", "ordering", "-ref"),
        ("sources/", "derived_from", "x"),
        ("sources/", "protected", "true"),
        ("statuses/", "axis", "truth"),
        ("statuses/", "code", "nonsense"),
        ("statuses/", "include", "future"),
        ("pages/", "page", "imprint"),
        ("", "page", "2"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(get, address, parameter, wrong):
    answer = get(address, **{parameter: wrong})
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == parameter


# --- Corrections ---


def test_the_log_tells_every_edition_that_says_something_else_than_before(get):
    told = whole_list(get, "corrections/", limit=3)
    found = Edition.objects.filter(kind__in=TOLD).order_by("-sequence")
    assert [one["sequence"] for one in told] == [one.sequence for one in found]
    for one, edition in zip(told, found, strict=True):
        assert one["note"] == edition.note
        assert one["digest"] == edition.digest
        assert one["statement"]
        assert one["claimant_name"]


def test_of_a_withdrawn_claim_the_log_has_the_words_to_cite(get):
    (item,) = get("corrections/", ref=RETRACTED).data["items"]
    cited = Edition.objects.get(ref=RETRACTED, number=2).document["citation"]
    assert (item["kind"], item["statement"]) == ("retracted", cited["statement"])
