"""Work on many claims at once: through the same functions as on one, with an answer for each."""

import datetime as dt

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.admin.bulk import MOST, TASKS
from claims.choices import State
from claims.models import Assignment, Claim
from claims.review import workflow
from sources.acting import acting
from tests import desk_work

from .pages import at, claim_page, form_of, words_of

pytestmark = pytest.mark.django_db

BULK = "claims_claim_bulk"


@pytest.fixture
def claims(contributor):
    return [desk_work.draft(contributor, statement=f"Statement {n}.") for n in range(3)]


@pytest.fixture
def send(desk, contributor):
    """Choose claims in the list, say what is to be done with them, and confirm it."""

    def choose(task, claims, by=None, confirm=True, **said):
        client = desk(by or contributor)
        chosen = {"task": task, "chosen": [claim.pk for claim in claims], "back": "?harm=grave"}
        page = client.post(at(BULK), chosen)
        if not confirm or page.status_code != 200:
            return page
        asked = form_of(page) | {"chosen": chosen["chosen"]} | said
        return client.post(at(BULK), asked)

    return choose


def tomorrow():
    return timezone.localdate() + dt.timedelta(days=1)


def test_nothing_is_done_before_it_is_confirmed(send, claims):
    page = send("submit", claims, confirm=False)
    words = words_of(page)
    assert "This is done to 3 claims, one after the other." in words
    assert "The union: Statement 0." in words
    assert Claim.objects.filter(state=State.DRAFT).count() == 3


def test_claims_are_submitted_and_each_has_its_line(send, claims, contributor):
    page = send("submit", claims, note="All of one report.")
    assert words_of(page).count("Submitted for review.") == 3
    assert "3 claims: done." in words_of(page)
    for claim in claims:
        move = claim.moves.get()
        assert (move.action, move.by, move.note) == ("submit", contributor, "All of one report.")
        assert claim_page(claim) in page.content.decode()


def test_one_refusal_undoes_nothing_of_the_others(send, claims, contributor):
    workflow.submit(claims[1], by=contributor)
    with acting(contributor):
        claims[2].evidence.all().delete()
    words = words_of(send("submit", claims))
    assert "1 claim: done. 2 claims: refused." in words
    assert "Statement 1. This claim is now: in review." in words
    assert "Statement 2. Not ready for review. Missing: Evidence shows that it was said." in words
    states = [claim.state for claim in Claim.objects.order_by("pk")]
    assert states == [State.IN_REVIEW, State.IN_REVIEW, State.DRAFT]


def test_claims_are_taken_back(send, claims, contributor):
    for claim in claims:
        workflow.submit(claim, by=contributor)
    assert "Taken back to draft." in words_of(send("take_back", claims))
    assert Claim.objects.filter(state=State.DRAFT).count() == 3


def test_claims_are_assigned_to_a_person_with_a_day(send, claims, contributor, reviewer):
    said = {"assignee": reviewer.pk, "due": tomorrow().isoformat(), "note": "Please read."}
    assert words_of(send("assign", claims, **said)).count("Assigned to reviewer.") == 3
    for given in Assignment.objects.all():
        assert (given.assignee, given.due, given.note) == (reviewer, tomorrow(), "Please read.")
        assert given.assigned_by == contributor


def test_claims_are_assigned_to_a_pool(send, claims):
    pool = Group.objects.get(name="reviewer")
    assert "Waits in the pool “reviewer”." in words_of(send("assign", claims, pool=pool.pk))
    assert Assignment.objects.filter(pool=pool).count() == 3


def test_a_claim_that_is_assigned_already_is_the_only_one_refused(
    send, claims, contributor, reviewer
):
    with acting(contributor):
        Assignment.objects.create(claim=claims[0], assignee=reviewer)
    words = words_of(send("assign", claims, assignee=reviewer.pk))
    assert "Statement 0. This claim is assigned to them already." in words
    assert "2 claims: done. 1 claim: refused." in words


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Assign them to a person or to a pool, not to both."),
        ({"assignee": "both", "pool": "both"}, "Assign them to a person or to a pool"),
        ({"due": "2026-13-45"}, "Enter a valid date."),
        ({"assignee": "99999999"}, "not one of the available choices"),
    ],
)
def test_an_answer_that_cannot_be_used_comes_back_with_a_sentence(
    send, claims, reviewer, said, sentence
):
    if said.get("assignee") == "both":
        said = {"assignee": reviewer.pk, "pool": Group.objects.get(name="reviewer").pk}
    page = send("assign", claims, **said, note="Please read.")
    assert page.status_code == 400
    assert sentence in words_of(page)
    assert form_of(page)["note"] == "Please read."
    assert not Assignment.objects.exists()


def test_a_day_is_set_for_what_is_assigned_and_refused_for_what_is_not(
    send, claims, contributor, reviewer
):
    with acting(contributor):
        Assignment.objects.create(claim=claims[0], assignee=reviewer)
    words = words_of(send("due", claims[:2], due=tomorrow().isoformat()))
    assert "Statement 1. Nobody is assigned to this claim: assign it first." in words
    assert Assignment.objects.get().due == tomorrow()


def test_a_day_that_is_past_is_refused(send, claims, contributor, reviewer):
    with acting(contributor):
        Assignment.objects.create(claim=claims[0], assignee=reviewer)
    page = send("due", claims[:1], due="2020-01-01")
    assert "That day is past: choose today or later." in words_of(page)
    assert Assignment.objects.get().due is None


def test_only_what_was_asked_of_me_is_marked_as_done(send, claims, contributor, reviewer):
    with acting(contributor):
        for claim, person in [(claims[0], reviewer), (claims[1], contributor)]:
            Assignment.objects.create(claim=claim, assignee=person)
    words = words_of(send("done", claims[:2], by=reviewer))
    assert "Statement 0. Your assignment is done." in words
    assert "Statement 1. Nothing is asked of you here." in words
    assert [one.done for one in Assignment.objects.order_by("pk")] == [True, False]


def test_the_list_leads_back_to_where_it_was_left(send, claims):
    page = send("submit", claims)
    assert f'href="{at("claims_claim_changelist")}?harm=grave"' in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"task": "submit"}, "Choose the claims first"),
        ({"task": "submit", "chosen": ["x", "9" * 40]}, "Choose the claims first"),
        ({"task": "submit", "chosen": range(1, MOST + 2)}, "Choose at most 100 claims at once."),
        ({"task": "nothing", "chosen": [1]}, "Choose what is to be done with the claims."),
        ({"chosen": [1]}, "Choose what is to be done with the claims."),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_sentence(desk, contributor, claims, sent, sentence):
    page = desk(contributor).post(at(BULK), sent)
    assert page.status_code == 400
    assert sentence in words_of(page)


@pytest.mark.parametrize("word", ["approve", "publish", "retract", "delete", "merge", "comment"])
def test_what_vouches_for_a_claim_or_shows_it_is_never_done_in_bulk(desk, superuser, claims, word):
    assert not any(word in task.name or word in str(task.label).lower() for task in TASKS)
    assert admin.site.get_model_admin(Claim).actions is None
    page = desk(superuser).post(at(BULK), {"task": word, "chosen": [claims[0].pk]})
    assert page.status_code == 400


def test_only_what_a_person_may_do_is_offered_and_taken(
    desk, claims, contributor, publisher, administrator
):
    def offered(user):
        page = desk(user).get(at("claims_claim_changelist"))
        return [task.name for task in page.context["tasks"]]

    assert offered(contributor) == ["assign", "due", "done", "submit", "take_back"]
    assert offered(publisher) == offered(administrator) == []
    sent = {"task": "submit", "chosen": [claims[0].pk], "confirmed": "yes", "note": ""}
    assert desk(publisher).post(at(BULK), sent).status_code == 403
    assert Claim.objects.filter(state=State.DRAFT).count() == 3


def test_the_address_alone_does_nothing(desk, contributor):
    answer = desk(contributor).get(at(BULK))
    assert answer.status_code == 302
    assert answer["Location"] == at("claims_claim_changelist")


def test_what_was_done_in_bulk_stands_in_the_history_of_the_desk(send, desk, claims, contributor):
    send("submit", claims)
    for claim in claims:
        told = desk(contributor).get(at("claims_claim_history", claim.pk))
        assert "submitted for review" in words_of(told)
