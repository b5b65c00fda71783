"""Feeds, read with a library that reads the feeds of others."""

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import override_settings

from claims import example as worked_example
from claims.choices import ChangeKind
from claims.review import workflow
from sources.acting import acting
from tests import desk_work as desk

FORMS = ("atom", "rss")


def parsed(visitor, path: str):
    answer = visitor.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


@pytest.fixture(params=["claims/", "corrections/", "agent", "event"])
def of_each(request, example) -> str:
    """The path of a feed of each kind, without its form."""
    event, agent = worked_example.ref("E1"), worked_example.ref("FLA")
    kinds = {"agent": f"agents/{agent}/", "event": f"events/{event}/"}
    return f"/{kinds.get(request.param, request.param)}feed."


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_is_read_by_feed_readers(of_each, visitor, form):
    feed = parsed(visitor, of_each + form)
    assert feed.feed.title.startswith("Factcheck: ")
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    [this] = [link.href for link in feed.feed.links if link.rel == "self"]
    assert this == f"http://testserver{of_each}{form}"


def test_a_json_feed_is_what_its_standard_says(of_each, visitor):
    answer = visitor.get(f"{of_each}json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{of_each}json"
    for item in feed["items"]:
        assert {"id", "url", "content_text", "date_published"} <= item.keys()


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_names_the_claimant_first_and_answers_both_questions(example, visitor, form):
    feed = parsed(visitor, f"/claims/feed.{form}?aspect=toll")
    [entry] = feed.entries
    assert entry.title.startswith("Azawad Liberation Front (FLA): The soldiers killed at least 24")
    assert "Was it said? Single report." in entry.summary
    assert "Is it so? Insufficient evidence." in entry.summary
    assert "Denied by General Oumar Diarra." in entry.summary
    assert entry.link == f"http://testserver{example('C3')}v1/"
    assert re.fullmatch(
        rf"tag:testserver,\d{{4}}-\d\d-\d\d:{worked_example.ref('C3')}/v1", entry.id
    )


def test_an_entry_is_in_the_language_of_its_statement(example, visitor):
    atom = ElementTree.fromstring(visitor.get("/claims/feed.atom").content)  # noqa: S314
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert {entry.get(lang) for entry in entries} == {"en"}
    assert len(entries) == 14


def test_a_feed_takes_the_same_words_and_filters_as_the_page(example, visitor):
    assert len(parsed(visitor, "/claims/feed.atom?q=soldiers&aspect=toll").entries) == 1
    assert len(parsed(visitor, "/claims/feed.atom?disputed=yes").entries) == 5


def test_a_feed_is_strict_where_the_page_helps(example, visitor):
    assert parsed(visitor, "/claims/feed.atom?q=masacre").entries == []
    assert parsed(visitor, "/claims/feed.atom?q=massacre+ECOWAS").entries == []


@pytest.mark.parametrize(
    "query", ["colour=blue", "finding=nonsense", "sort=loudest", "before=3", "page=2", "year=x"]
)
def test_what_a_feed_does_not_understand_it_refuses_in_a_sentence(example, visitor, query):
    answer = visitor.get(f"/claims/feed.rss?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"{query.partition('=')[0]} is not understood here" in answer.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 10_000, "q=%22", "q=-", "q=%E2%80%AE"])
def test_a_feed_of_whatever_is_typed_is_a_feed(example, visitor, query):
    for form in FORMS:
        parsed(visitor, f"/claims/feed.{form}?{query}")


def test_a_held_feed_costs_one_question(of_each, visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        tag = visitor.get(f"{of_each}atom")["ETag"]
    with django_assert_max_num_queries(1):
        assert visitor.get(f"{of_each}atom", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/agents/00000000/feed.atom", "/events/00000000/feed.rss", "/claims/feed.txt"]
)
def test_there_is_no_feed_of_what_is_not_there(example, visitor, path):
    assert visitor.get(path).status_code == 404


def test_pages_name_their_feeds(example, visitor):
    page = visitor.get("/claims/?q=gao&disputed=yes").content.decode()
    assert 'type="application/atom+xml"' in page
    assert 'href="/claims/feed.atom?q=gao&amp;disputed=yes"' in page
    event = visitor.get(example("E1")).content.decode()
    assert f'href="{example("E1")}feed.atom"' in event
    assert 'href="/claims/feed.json"' in visitor.get("/").content.decode()


def test_addresses_in_a_feed_name_no_language(example, visitor):
    feed = visitor.get("/fr/claims/feed.atom").content.decode()
    assert "http://testserver/claims/" in feed
    assert "/fr/" not in feed


@pytest.mark.django_db
class TestWhatBecameOfIt:
    @pytest.fixture
    def claim(self, contributor, reviewer, publisher):
        claim = desk.draft(contributor)
        desk.publish(claim, reviewer, publisher)
        return claim

    @pytest.fixture
    def corrected(self, claim, contributor, reviewer, publisher):
        workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
        desk.change(claim, contributor, statement="The dockers stopped work for two days.")
        desk.publish(claim, reviewer, publisher)
        return claim

    def test_a_correction_is_an_entry_of_its_own(self, corrected, visitor):
        for path in ("/corrections/feed.atom", "/claims/feed.atom"):
            [entry] = parsed(visitor, path).entries
            assert entry.title == "Corrected. The union: The dockers stopped work for two days."
            assert entry.id.endswith(f"{corrected.ref}/v2")
            assert "Why: We misread the order." in entry.summary

    def test_a_retraction_is_told_wherever_the_claim_was_followed(
        self, corrected, publisher, visitor
    ):
        agent = corrected.claimant.ref
        workflow.retract(corrected, by=publisher, reason="Nobody said so.")
        followed = ["/claims/feed.rss?q=dockers", f"/agents/{agent}/feed.rss"]
        for path in ["/claims/feed.rss", *followed]:
            [entry] = parsed(visitor, path).entries
            assert entry.title.startswith("Retracted. The union: The dockers stopped work")
            assert entry.summary == "Nobody said so."
        assert len(parsed(visitor, "/corrections/feed.rss").entries) == 2

    def test_control_characters_of_a_statement_break_no_feed(
        self, contributor, reviewer, publisher, visitor
    ):
        hostile = "One\x0btwo \u202e<b>three</b> ]]> &amp; four."
        claim = desk.draft(contributor, statement=hostile)
        desk.publish(claim, reviewer, publisher)
        for form in FORMS:
            [entry] = parsed(visitor, f"/claims/feed.{form}").entries
            assert "One two" in entry.title

    def test_a_feed_of_the_record_without_claims_is_empty(self, visitor):
        assert parsed(visitor, "/claims/feed.atom").entries == []
        with override_settings(SITE_NAME="Ünïted <Desk>"):
            assert parsed(visitor, "/corrections/feed.rss").feed.title.startswith("Ünïted <Desk>")

    def test_a_claim_about_somebody_is_in_their_feed(
        self, contributor, reviewer, publisher, visitor
    ):
        claim = desk.draft(contributor)
        accused = desk.speaker(contributor, name="The harbour police")
        with acting(contributor):
            claim.about.create(agent=accused)
        desk.publish(claim, reviewer, publisher)
        feed = parsed(visitor, f"/agents/{accused.ref}/feed.atom")
        assert feed.feed.title == "Factcheck: Claims by and about The harbour police"
        assert len(feed.entries) == 1
