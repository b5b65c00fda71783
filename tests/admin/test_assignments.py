"""Giving claims to people and pools, taking them, and being done."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.models import Assignment, Notice
from claims.review import assigning, workflow
from claims.review.assigning import AssignmentError
from claims.review.content import candidate
from tests import desk_work

from .pages import at, form_of, words_of

pytestmark = pytest.mark.django_db


def pool(name: str) -> Group:
    return Group.objects.get(name=name)


def open_still() -> list[str]:
    return [str(item.assignee or item.pool) for item in Assignment.objects.filter(done=False)]


def test_a_claim_is_assigned_on_a_page_of_its_own(desk, draft, contributor, reviewer):
    client = desk(contributor)
    page = at("claims_claim_assign", draft.pk)
    assert page in client.get(at("claims_claim_change", draft.pk)).content.decode()
    typed = form_of(client.get(page))
    answer = client.post(
        page,
        typed
        | {"assignee": reviewer.pk, "due": timezone.localdate(), "note": "Please read the names."},
        follow=True,
    )
    assert f"{draft.ref} is assigned to reviewer." in words_of(answer)
    made = Assignment.objects.get()
    assert (made.assignee, made.assigned_by, made.note) == (
        reviewer,
        contributor,
        "Please read the names.",
    )
    assert "Please read the names." in words_of(client.get(page))


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, "to a person or to a pool"),
        ({"both": True}, "to a person or to a pool"),
        ({"due": "2001-01-01"}, "That day is past"),
        ({"due": "someday"}, "Enter a valid date."),
        ({"assignee": "99999"}, "Select a valid choice"),
        ({"assignee": "' OR 1=1"}, "Select a valid choice"),
        ({"note": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_assigned_comes_back_with_a_sentence(
    desk, draft, contributor, reviewer, said, refusal
):
    person = {} if said == {} else {"assignee": reviewer.pk}
    if said.get("both"):
        said = {"pool": pool("reviewer").pk}
    typed = {"note": "Look at this."} | person | said
    answer = desk(contributor).post(at("claims_claim_assign", draft.pk), typed)
    assert answer.status_code == 200
    assert refusal in words_of(answer)
    assert typed["note"] in answer.content.decode()
    assert not Assignment.objects.exists()


def test_the_same_person_is_not_asked_twice(draft, contributor, reviewer):
    assigning.assign(draft, by=contributor, assignee=reviewer)
    with pytest.raises(AssignmentError, match="assigned to them already"):
        assigning.assign(draft, by=contributor, assignee=reviewer)


def test_only_people_who_work_at_the_desk_can_be_chosen(desk, draft, contributor, reviewer):
    reviewer.is_active = False
    reviewer.save()
    page = desk(contributor).get(at("claims_claim_assign", draft.pk))
    assert f'value="{reviewer.pk}"' not in page.content.decode()
    with pytest.raises(AssignmentError, match="does not work at the desk any more"):
        assigning.assign(draft, by=contributor, assignee=reviewer)


def test_who_may_not_assign_is_refused(desk, draft, publisher, administrator):
    for person in (publisher, administrator):
        page = at("claims_claim_assign", draft.pk)
        assert desk(person).get(page).status_code == 403
        assert desk(person).post(page, {"assignee": person.pk}).status_code == 403
        with pytest.raises(AssignmentError, match="may not assign"):
            assigning.assign(draft, by=person, assignee=person)


def test_a_claim_that_is_not_there_is_not_assigned(desk, contributor):
    assert desk(contributor).get(at("claims_claim_assign", 999_999)).status_code == 404


def test_the_first_to_take_it_has_it(draft, contributor, reviewer, reviewer_two):
    asked = assigning.assign(draft, by=contributor, pool=pool("reviewer"))
    assigning.take(asked, by=reviewer)
    assert open_still() == ["reviewer"]
    with pytest.raises(AssignmentError, match="reviewer has taken this already"):
        assigning.take(asked, by=reviewer_two)


def test_nobody_takes_from_a_pool_they_do_not_belong_to(draft, contributor, publisher):
    asked = assigning.assign(draft, by=contributor, pool=pool("reviewer"))
    with pytest.raises(AssignmentError, match="belongs to this pool"):
        assigning.take(asked, by=publisher)


def test_who_has_it_already_takes_nothing_twice(draft, contributor, reviewer):
    assigning.assign(draft, by=contributor, assignee=reviewer)
    asked = assigning.assign(draft, by=contributor, pool=pool("reviewer"))
    assigning.take(asked, by=reviewer)
    assert open_still() == ["reviewer"]


def test_taking_is_sent_not_visited(desk, draft, contributor):
    asked = assigning.assign(draft, by=contributor, pool=pool("contributor"))
    client = desk(contributor)
    assert client.get(at("claims_assignment_take", asked.pk)).status_code == 405
    assert client.post(at("claims_assignment_take", 999_999)).status_code == 404


def test_a_refusal_to_take_is_said_on_the_desk(desk, draft, contributor, reviewer):
    asked = assigning.assign(draft, by=contributor, pool=pool("contributor"))
    answer = desk(reviewer).post(at("claims_assignment_take", asked.pk), follow=True)
    assert "belongs to this pool" in words_of(answer)


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/claims/"])
def test_after_a_click_one_stays_at_the_desk(desk, draft, contributor, to):
    asked = assigning.assign(draft, by=contributor, assignee=contributor)
    answer = desk(contributor).post(at("claims_assignment_done", asked.pk), {"next": to})
    assert answer.headers["location"] == at("index")
    assert open_still() == []


def test_only_who_is_concerned_ends_an_assignment(draft, contributor, reviewer, publisher):
    asked = assigning.assign(draft, by=contributor, assignee=reviewer)
    with pytest.raises(AssignmentError, match="asked of somebody else"):
        assigning.finish(asked, by=publisher)
    assigning.finish(asked, by=reviewer)
    assert open_still() == []


def test_submitting_ends_the_authors_assignment_and_not_the_reviewers(draft, contributor, reviewer):
    assigning.assign(draft, by=reviewer, assignee=contributor)
    assigning.assign(draft, by=contributor, assignee=reviewer)
    assigning.assign(draft, by=contributor, pool=pool("reviewer"))
    assigning.assign(draft, by=contributor, pool=pool("contributor"))
    workflow.submit(draft, by=contributor)
    assert sorted(open_still()) == ["reviewer", "reviewer"]


def test_a_reviewer_who_submits_does_not_answer_what_their_pool_was_asked_to_review(
    reviewer, contributor
):
    claim = desk_work.draft(reviewer)
    assigning.assign(claim, by=contributor, pool=pool("reviewer"))
    workflow.submit(claim, by=reviewer)
    assert open_still() == ["reviewer"]


def test_a_decision_ends_the_reviewers_assignment(in_review, contributor, reviewer):
    assigning.assign(in_review, by=contributor, assignee=reviewer)
    digest = candidate(in_review).digest
    workflow.request_changes(in_review, by=reviewer, digest=digest, note="Who counted?")
    assert open_still() == []


def test_a_pool_is_asked_until_the_last_approval_of_a_grave_claim(
    draft, contributor, reviewer, reviewer_two
):
    desk_work.change(draft, contributor, harm="grave")
    assigning.assign(draft, by=contributor, pool=pool("reviewer"))
    workflow.submit(draft, by=contributor)
    desk_work.approve(draft, reviewer)
    assert open_still() == ["reviewer"]
    desk_work.approve(draft, reviewer_two)
    assert open_still() == []


def test_a_retraction_ends_every_assignment_and_allows_no_other(
    published, contributor, reviewer, publisher
):
    assigning.assign(published, by=contributor, assignee=reviewer)
    workflow.retract(published, by=publisher, reason="It was wrong.")
    assert open_still() == []
    with pytest.raises(AssignmentError, match="now: retracted"):
        assigning.assign(published, by=contributor, assignee=reviewer)


def test_a_row_of_the_list_of_assignments_tells_the_person_too(desk, draft, contributor, reviewer):
    client = desk(contributor)
    typed = form_of(client.get(at("claims_assignment_add")))
    client.post(at("claims_assignment_add"), typed | {"claim": draft.pk, "assignee": reviewer.pk})
    assert Notice.objects.get().recipient == reviewer
    assert Assignment.objects.get().assigned_by == contributor


def test_a_row_with_both_a_person_and_a_pool_is_refused_in_words(
    desk, draft, contributor, reviewer
):
    both = {"claim": draft.pk, "assignee": reviewer.pk, "pool": pool("reviewer").pk}
    answer = desk(contributor).post(at("claims_assignment_add"), both)
    assert "to a person or to a pool, not to both" in words_of(answer)
