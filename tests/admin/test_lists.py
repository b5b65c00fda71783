"""Lists and the home of the desk: what they show, and that more rows cost no more questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Assignment
from sources.acting import acting
from tests import desk_work

from .pages import at, words_of

pytestmark = pytest.mark.django_db

# The list of claims has a test of its own, and a price of its own.
LISTS = [
    "claims_event",
    "claims_assignment",
    "claims_move",
    "claims_review",
    "claims_contribution",
    "claims_verificationstatus",
    "editions_edition",
    "editions_pagetext",
    "intake_letter",
    "sources_agent",
    "sources_source",
    "auth_user",
    "auth_group",
]


@pytest.fixture
def more(contributor, reviewer, publisher):
    """Two claims that went all the way, in rows of every list."""

    def add() -> None:
        for _ in range(2):
            claim = desk_work.draft(contributor)
            desk_work.publish(claim, reviewer, publisher)
            with acting(contributor):
                Assignment.objects.create(claim=claim, assignee=reviewer)

    return add


@pytest.mark.parametrize("model", LISTS)
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(desk, superuser, more, model):
    client = desk(superuser)
    more()
    client.get(at(f"{model}_changelist"))  # what is asked once per process is asked here
    with CaptureQueriesContext(connection) as short:
        assert client.get(at(f"{model}_changelist")).status_code == 200
    more()
    with CaptureQueriesContext(connection) as long:
        client.get(at(f"{model}_changelist"))
    assert len(long) == len(short) <= 10


def test_a_list_names_the_claimant_before_every_statement(desk, draft, contributor):
    words = words_of(desk(contributor).get(at("claims_claim_changelist")))
    assert f"The union: {draft.statement}" in words


@pytest.mark.parametrize("word", ["dockers", "union"])
def test_claims_are_found_by_their_words_and_by_who_says_so(desk, draft, contributor, word):
    found = words_of(desk(contributor).get(at("claims_claim_changelist"), {"q": word}))
    assert draft.statement in found
    missed = words_of(desk(contributor).get(at("claims_claim_changelist"), {"q": "pilots"}))
    assert draft.statement not in missed


def test_a_claim_is_found_by_its_ref_and_an_agent_by_another_name(desk, draft, contributor):
    client = desk(contributor)
    assert draft.statement in words_of(client.get(at("claims_claim_changelist"), {"q": draft.ref}))
    with acting(contributor):
        draft.claimant.names.create(name="Syndicat", language="fr")
    found = client.get(
        at("autocomplete"),
        {
            "app_label": "claims",
            "model_name": "claim",
            "field_name": "claimant",
            "term": "syndicat",
        },
    )
    assert [item["text"] for item in found.json()["results"]] == ["The union"]


@pytest.mark.parametrize("model", ["sources_agent", "sources_source", "claims_event"])
def test_a_ref_is_shown_once_it_is_given_and_not_before(desk, contributor, model):
    blank = words_of(desk(contributor).get(at(f"{model}_add")))
    assert "On file" not in blank


def test_an_agents_ref_is_shown_on_its_page(desk, draft, contributor):
    page = desk(contributor).get(at("sources_agent_change", draft.claimant_id))
    assert f"Ref: {draft.claimant.ref}" in words_of(page)


def test_what_is_mine_or_assigned_to_me_can_be_listed(desk, draft, reviewer, contributor):
    mine = at("claims_claim_changelist")
    assert draft.statement in words_of(desk(contributor).get(mine, {"created_by": "me"}))
    assert draft.statement not in words_of(desk(reviewer).get(mine, {"created_by": "me"}))
    with acting(contributor):
        Assignment.objects.create(claim=draft, assignee=reviewer)
    assert draft.statement in words_of(desk(reviewer).get(mine, {"assignee": "me"}))
