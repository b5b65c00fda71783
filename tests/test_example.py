"""The worked example is what it is said to be, and adds nothing."""

import hashlib
import json

import pytest
from django.core.management import call_command

from claims import example
from claims.editions.models import Edition, PublishedClaim
from claims.models import Claim, Move, Review
from sources.models import Agent, Source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded():
    call_command("load_example", verbosity=0)


def public(key: str) -> PublishedClaim:
    return PublishedClaim.objects.get(ref=example.ref(key))


def test_every_claim_has_one_edition_made_through_the_moves():
    assert Edition.objects.count() == Claim.objects.count() == len(example.CLAIMS) == 14
    makers = set(Move.objects.values_list("action", "by__username"))
    assert makers == {
        ("submit", "contributor"),
        ("approve", "reviewer"),
        ("approve", "reviewer-two"),
        ("publish", "publisher"),
    }
    assert Review.objects.filter(claim__harm="grave").count() == 12


def test_loading_it_again_adds_nothing():
    before = Agent.objects.count(), Source.objects.count(), Edition.objects.count()
    call_command("load_example", verbosity=0)
    assert (Agent.objects.count(), Source.objects.count(), Edition.objects.count()) == before


def test_the_claims_that_are_denied_are_disputed_and_no_others():
    disputed = set(PublishedClaim.objects.filter(disputed=True).values_list("ref", flat=True))
    assert disputed == {example.ref(key) for key in ("C1", "C3", "C4", "C5", "C6")}


def test_at_least_24_is_never_24_and_the_denial_has_no_figure():
    figure = public("C3").edition.document["figures"][0]
    assert (figure["minimum"], figure["maximum"], figure["bound"]) == (24, None, "at_least")
    assert figure["words"] == "at least 24 civilians"
    assert public("C7").edition.document["figures"] == []
    assert public("C5").edition.document["figures"][0]["bound"] == "composition_only"
    assert public("B5").edition.document["figures"] == []


def test_nothing_is_found_that_is_not_on_file():
    findings = dict(PublishedClaim.objects.values_list("ref", "content_status"))
    expected = {
        **dict.fromkeys(["C1", "C2", "C3", "C4", "C5"], "insufficient_evidence"),
        **dict.fromkeys(["C6", "C7", "C8"], "not_checkable"),
        **dict.fromkeys(["C9", "B1", "B2", "B3", "B4", "B5"], "not_assessed"),
    }
    assert findings == {example.ref(key): code for key, code in expected.items()}
    attributions = PublishedClaim.objects.values_list("attribution_status", flat=True)
    assert set(attributions) == {"single_report"}


def test_each_side_has_one_party_statement_and_no_independent_origin():
    for key in example.CLAIMS:
        numbers = public(key).edition.document["independence"]
        spoken = 1 if key in {f"C{n}" for n in range(1, 9)} else 0
        assert numbers == {
            "reports": 1,
            "publishers": 0,
            "party_statements": spoken,
            "low": 0,
            "high": 0,
        }, key


def test_the_denial_leaves_open_what_it_leaves_open():
    relations = public("C7").edition.document["relations"]
    assert {item["claim"] for item in relations} == {
        example.ref(key) for key in ("C1", "C3", "C4", "C5", "C6")
    }
    assert public("C9").edition.document["relations"] == [
        {"relation": "responds_to", "claim": example.ref("C3")}
    ]


def test_reliability_and_credibility_cannot_be_judged():
    for edition in Edition.objects.all():
        document = edition.document
        assert document["evidence"][0]["credibility"] == 6
        if document["claimant"]:
            assert document["claimant"]["reliability"] == "F"


def test_anyone_can_check_a_digest_with_standard_tools():
    for edition in Edition.objects.all():
        text = json.dumps(
            json.loads(edition.content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert hashlib.sha256(text.encode()).hexdigest() == edition.digest
