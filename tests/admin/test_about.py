"""Whom a claim is about, entered at the desk."""

import pytest

from claims.models import Claim
from claims.review import workflow
from sources.acting import acting
from tests import desk_work
from tests.admin.pages import at, claim_page, form_of, move_page, row, status, told, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(desk, contributor):
    return desk(contributor)


@pytest.fixture
def port(contributor):
    return desk_work.speaker(contributor, name="The port")


def test_a_new_claim_asks_whom_it_is_about_before_it_asks_where_it_was_said(client):
    page = words_of(client.get(at("claims_claim_add")))
    assert page.index("Whom it is about") < page.rindex("Where it was said")


def test_it_is_saved_with_a_new_claim(client, contributor, port):
    union = desk_work.speaker(contributor, name="The union")
    source = desk_work.source(contributor)
    asked = form_of(client.get(at("claims_claim_add")))
    said = {
        "statement": "The port stopped work.",
        "claimant": union.pk,
        "aspect": "occurrence",
        **row("about", 0, agent=port.pk),
        **row("evidence", 0, source=source.pk),
        **row(
            "assessments",
            0,
            attribution=status("single_report"),
            finding=status("not_assessed"),
            rationale="Because.",
        ),
    }
    client.post(at("claims_claim_add"), asked | said, follow=True)
    assert [item.agent for item in Claim.objects.get().about.all()] == [port]


def test_nobody_has_to_be_entered(client, contributor):
    claim = desk_work.draft(contributor)
    asked = form_of(client.get(claim_page(claim)))
    client.post(claim_page(claim), asked | {"statement": "Work stopped."}, follow=True)
    claim.refresh_from_db()
    assert claim.statement == "Work stopped."
    assert not claim.about.exists()


def test_the_same_agent_twice_is_refused_in_words_beside_what_was_typed(client, contributor, port):
    claim = desk_work.draft(contributor)
    asked = form_of(client.get(claim_page(claim)))
    twice = {
        "about-TOTAL_FORMS": 2,
        **row("about", 0, agent=port.pk),
        **row("about", 1, agent=port.pk),
    }
    page = client.post(claim_page(claim), asked | {"statement": "Typed."} | twice)
    assert page.status_code == 200
    assert "Please correct the duplicate" in words_of(page)
    assert "Typed." in page.content.decode()
    assert not claim.about.exists()


def test_the_history_tells_who_was_entered(client, contributor, port):
    claim = desk_work.draft(contributor)
    asked = form_of(client.get(claim_page(claim)))
    client.post(claim_page(claim), asked | row("about", 0, agent=port.pk), follow=True)
    assert "The port" in told(client, claim)


def test_the_review_screen_shows_it_with_what_the_claim_is_about(desk, contributor, reviewer, port):
    claim = desk_work.draft(contributor)
    with acting(contributor):
        claim.about.create(agent=port)
    workflow.submit(claim, by=contributor)
    page = words_of(desk(reviewer).get(move_page(claim, "approve")))
    assert "Whom it is about The port" in page
