"""Kept copies: a reader asks whether a page has changed, and is told without its being made."""

import gzip
import re

import pytest
from django.test import Client

from claims.choices import Aspect
from claims.editions.choices import RelationType
from claims.models import VerificationStatus
from sources.acting import acting
from tests import desk_work as desk

PATHS = [
    "/",
    "/claims/",
    "/claims/?disputed=yes",
    "/events/",
    "/statuses/",
    "/how-we-verify/",
    "C3",
    "C3v1",
    "E1",
    "/agents/",
    "FLA",
    "Diarra",
    "article",
]


@pytest.fixture(params=PATHS)
def path(request, example):
    key = request.param
    if key.endswith("v1"):
        return example(key.removesuffix("v1")) + "v1/"
    return key if key.startswith("/") else example(key)


def test_a_page_costs_two_questions_to_the_database_at_most(
    path, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        assert visitor.get(path).status_code == 200


def test_a_copy_that_is_still_good_costs_one(path, visitor, django_assert_max_num_queries):
    tag = visitor.get(path)["ETag"]
    with django_assert_max_num_queries(1) as captured:
        answer = visitor.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert answer["Cache-Control"] == "public, max-age=0, stale-while-revalidate=30"
    assert not any('"content"' in query["sql"] for query in captured.captured_queries)


def test_a_copy_that_is_no_longer_good_is_replaced(path, visitor):
    assert visitor.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_page_sets_no_cookie_and_is_the_same_for_all_who_read_its_language(path, visitor):
    somebody = Client(headers={"accept-language": "en-GB, ar;q=0.5"})
    somebody.cookies["sessionid"] = "x" * 32  # as the desk's people have on the public pages
    answers = [client.get(path) for client in (visitor, somebody)]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert not answer.cookies
        varies = set(answer["Vary"].split(", ")) - {"Accept", "Accept-Datetime"}
        assert varies == {"Accept-Language", "Accept-Encoding"}
        assert '<html lang="en" dir="ltr">' in answer.content.decode()


def test_a_page_travels_compressed_to_whoever_can_read_that(path, visitor):
    plain = visitor.get(path)
    small = visitor.get(path, headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2


def test_a_compressed_copy_that_is_still_good_is_known_by_its_own_tag(path, visitor):
    asks = {"accept-encoding": "gzip"}
    first = visitor.get(path, headers=asks)
    assert first["ETag"].startswith('W/"')
    again = visitor.get(path, headers={**asks, "if-none-match": first["ETag"]})
    assert (again.status_code, again["ETag"], again["Vary"]) == (304, first["ETag"], first["Vary"])


def test_the_policy_stands_on_every_page_and_nothing_inline_is_in_it(path, visitor):
    answer = visitor.get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    scripts = re.findall(r"<script\b[^>]*>", page)
    inline = [one for one in scripts if " src=" not in one]
    assert inline == ['<script type="application/ld+json">'] * len(inline)


@pytest.mark.django_db
def test_a_denial_published_elsewhere_makes_the_copy_of_a_claim_old(
    visitor, contributor, reviewer, publisher
):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    path = f"/claims/{claim.ref}/"
    before = {at: visitor.get(at)["ETag"] for at in (path, f"{path}v1/", "/claims/")}

    denial = desk.draft(contributor, aspect=Aspect.DENIAL, statement="They did not stop.")
    with acting(contributor):
        denial.relations.create(relation=RelationType.DENIES, target=claim)
    desk.publish(denial, reviewer, publisher)

    for at, tag in before.items():
        assert visitor.get(at, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.django_db
def test_a_changed_definition_makes_the_copy_of_the_vocabulary_old(visitor, administrator):
    tag = visitor.get("/statuses/")["ETag"]
    with acting(administrator):
        VerificationStatus.objects.filter(code="false").update(definition="It is not so.")
    answer = visitor.get("/statuses/", headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert b"It is not so." in answer.content
