"""My desk: each pile holds what waits for this person, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin.home import COUNTED, Pile, my_desk
from claims.choices import ChangeKind, Harm, ReplyState
from claims.editions.choices import RelationType
from claims.models import Assignment, Claim
from claims.review import assigning, workflow
from claims.review.content import candidate
from sources.acting import acting
from tests import desk_work

from .pages import at, words_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def piles(user: User) -> dict[str, list[int]]:
    """What lies in each pile that is not empty."""
    user = User.objects.get(pk=user.pk)  # what they may do is asked once per object
    return {pile.kind.name: pile.keys for pile in my_desk(user) if pile.keys}


def ask_reply(claim: Claim, by: User, *, days: int) -> None:
    with acting(by):
        claim.reply_requests.create(
            party=claim.claimant,
            channel="letter",
            asked_on=TODAY() - timedelta(days=30),
            deadline=TODAY() + timedelta(days=days),
        )


@pytest.fixture
def in_pool(draft: Claim, contributor: User) -> Assignment:
    pool = Group.objects.get(name="contributor")
    return assigning.assign(draft, by=contributor, pool=pool, note="Find the recording.")


def test_a_draft_is_its_authors_alone(draft, contributor, reviewer):
    assert piles(contributor) == {"drafts": [draft.pk]}
    assert piles(reviewer) == {}


def test_what_is_submitted_waits_for_whoever_did_not_contribute(
    in_review, contributor, reviewer, publisher
):
    assert piles(reviewer) == {"review": [in_review.pk]}
    assert piles(contributor) == {}
    assert piles(publisher) == {}


def test_a_reviewer_does_not_review_what_they_worked_on(draft, contributor, reviewer, reviewer_two):
    desk_work.evidence(draft, reviewer)
    workflow.submit(draft, by=contributor)
    assert "review" not in piles(reviewer)
    assert piles(reviewer_two) == {"review": [draft.pk]}


def test_what_i_approved_no_longer_waits_for_me_though_another_is_needed(
    draft, contributor, reviewer, reviewer_two
):
    desk_work.change(draft, contributor, harm=Harm.GRAVE)
    workflow.submit(draft, by=contributor)
    desk_work.approve(draft, reviewer)
    assert piles(reviewer) == {}
    assert piles(reviewer_two) == {"review": [draft.pk]}


def test_an_approval_lapses_when_the_content_comes_back_changed(
    draft, contributor, reviewer, reviewer_two
):
    desk_work.change(draft, contributor, harm=Harm.GRAVE)
    workflow.submit(draft, by=contributor)
    desk_work.approve(draft, reviewer)
    workflow.take_back(draft, by=contributor)
    assert piles(reviewer) == {}
    desk_work.change(draft, contributor, statement="The dockers of Port Example went home.")
    workflow.submit(draft, by=contributor)
    assert piles(reviewer) == {"lapsed": [draft.pk]}
    assert piles(reviewer_two) == {"review": [draft.pk]}
    desk_work.approve(draft, reviewer)
    assert piles(reviewer) == {}


def test_an_approval_stands_when_the_content_comes_back_unchanged(
    draft, contributor, reviewer, reviewer_two
):
    desk_work.change(draft, contributor, harm=Harm.GRAVE)
    workflow.submit(draft, by=contributor)
    desk_work.approve(draft, reviewer)
    workflow.take_back(draft, by=contributor)
    workflow.submit(draft, by=contributor)
    assert piles(reviewer) == {}


def test_an_approval_that_was_published_did_its_work_and_does_not_lapse(
    published, contributor, reviewer
):
    workflow.revise(published, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk_work.change(published, contributor, statement="The dockers stopped work for a day.")
    workflow.submit(published, by=contributor)
    assert piles(reviewer) == {"review": [published.pk]}


def test_changes_requested_bring_a_claim_back_to_its_author_and_whom_it_is_assigned_to(
    in_review, contributor, reviewer, reviewer_two
):
    assigning.assign(in_review, by=contributor, assignee=reviewer_two)
    digest = candidate(in_review).digest
    workflow.request_changes(in_review, by=reviewer, digest=digest, note="Who counted?")
    assert piles(contributor) == {"returned": [in_review.pk]}
    assert "returned" in piles(reviewer_two)
    assert "returned" not in piles(reviewer)


def test_what_is_approved_waits_for_publishers(approved, publisher, reviewer, contributor):
    assert piles(publisher) == {"publish": [approved.pk]}
    assert piles(reviewer) == {}
    assert piles(contributor) == {}


def test_what_is_due_soon_is_apart_from_what_has_time(draft, contributor, reviewer):
    soon = assigning.assign(draft, by=contributor, assignee=reviewer, due=TODAY())
    assert piles(reviewer) == {"due": [draft.pk]}
    with acting(contributor):
        Assignment.objects.filter(pk=soon.pk).update(due=TODAY() + timedelta(days=40))
    assert piles(reviewer) == {"assigned": [draft.pk]}
    assigning.finish(soon, by=reviewer)
    assert piles(reviewer) == {}


def test_the_most_overdue_stands_first(contributor, reviewer):
    late, later = desk_work.draft(contributor), desk_work.draft(contributor)
    with acting(contributor):
        for claim, days in ((later, 1), (late, 5)):
            Assignment.objects.create(
                claim=claim, assignee=reviewer, due=TODAY() - timedelta(days=days)
            )
    assert piles(reviewer)["due"] == [late.pk, later.pk]


def test_what_a_pool_is_asked_waits_for_its_members(in_pool, draft, contributor, publisher):
    assert piles(contributor)["pools"] == [draft.pk]
    assert piles(publisher) == {}


@pytest.mark.parametrize(("days", "shown"), [(-3, True), (2, True), (20, False)])
def test_an_open_reply_on_what_is_published_is_shown_when_its_day_is_near_or_past(
    draft, contributor, reviewer, publisher, days, shown
):
    ask_reply(draft, contributor, days=days)
    desk_work.publish(draft, reviewer, publisher)
    for person in (contributor, publisher):
        assert ("replies" in piles(person)) is shown
    assert "replies" not in piles(reviewer)


def test_a_reply_that_came_is_not_waited_for(draft, contributor, reviewer, publisher):
    ask_reply(draft, contributor, days=0)
    with acting(contributor):
        draft.reply_requests.update(state=ReplyState.ANSWERED, answer="It is not so.")
    desk_work.publish(draft, reviewer, publisher)
    assert "replies" not in piles(contributor)


def test_a_published_claim_comes_back_when_a_later_edition_denies_it(
    published, contributor, reviewer, publisher
):
    assert "related" not in piles(contributor)
    denial = desk_work.draft(contributor, aspect="denial", statement="Nobody stopped work.")
    with acting(contributor):
        denial.relations.create(relation=RelationType.DENIES, target=published)
    assert "related" not in piles(contributor)  # nothing of it is public yet
    desk_work.publish(denial, reviewer, publisher)
    assert piles(contributor)["related"] == [published.pk]
    assert piles(publisher)["related"] == [published.pk]


def test_the_author_of_a_denial_sees_no_answer_in_what_they_denied(
    published, contributor, reviewer, reviewer_two, publisher
):
    denial = desk_work.draft(reviewer_two, aspect="denial", statement="Nobody stopped work.")
    with acting(reviewer_two):
        denial.relations.create(relation=RelationType.DENIES, target=published)
    desk_work.publish(denial, reviewer, publisher)
    assert "related" not in piles(reviewer_two)


def test_a_claim_stands_on_the_page_with_its_claimant_state_harm_age_and_day(
    desk, draft, contributor, reviewer
):
    assigning.assign(draft, by=contributor, assignee=reviewer, due=TODAY(), note="Is it the port?")
    words = words_of(desk(reviewer).get(at("index")))
    assert f"The union: {draft.statement} draft ordinary for less than an hour due" in words
    assert "Is it the port?" in words


def test_empty_piles_are_one_quiet_list(desk, contributor):
    words = words_of(desk(contributor).get(at("index")))
    assert "Nothing is due soon." in words
    assert "You have no drafts." in words


def test_a_count_leads_to_the_same_claims_in_the_list(desk, draft, contributor):
    other = desk_work.draft(contributor, statement="The crane stood still.")
    workflow.submit(other, by=contributor)
    client = desk(contributor)
    address = f"{at('claims_claim_changelist')}?pile=drafts"
    assert address in client.get(at("index")).content.decode()
    listed = words_of(client.get(address))
    assert draft.statement in listed
    assert other.statement not in listed


@pytest.mark.parametrize("name", ["nonsense", "review"])
def test_a_pile_one_does_not_have_filters_nothing(desk, draft, contributor, name):
    answer = desk(contributor).get(at("claims_claim_changelist"), {"pile": name})
    assert draft.statement in words_of(answer)


def test_one_click_takes_a_claim_from_a_pool(desk, in_pool, draft, contributor):
    client = desk(contributor)
    take = at("claims_assignment_take", in_pool.pk)
    assert take in client.get(at("index")).content.decode()
    assert "It is yours now." in words_of(client.post(take, follow=True))
    assert piles(contributor)["assigned"] == [draft.pk]


def test_a_long_pile_shows_eight_and_counts_no_further_than_it_must(contributor):
    for number in range(COUNTED + 5):
        with acting(contributor):
            Claim.objects.create(
                statement=f"Claim {number}",
                aspect="occurrence",
                voice="publisher",
                created_by=contributor,
            )
    [drafts] = [pile for pile in my_desk(contributor) if pile.keys]
    assert isinstance(drafts, Pile)
    assert (drafts.count, len(drafts.lines), drafts.has_more) == ("99+", 8, True)


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at("index")).status_code == 200
    return len(asked)


def test_the_home_asks_the_same_number_of_questions_however_full_the_desk_is(
    desk, superuser, contributor, reviewer, publisher
):
    client = desk(superuser)

    def more() -> None:
        for _ in range(3):
            claim = desk_work.draft(contributor)
            ask_reply(claim, contributor, days=-1)
            assigning.assign(claim, by=superuser, assignee=superuser, due=TODAY())
            desk_work.publish(claim, reviewer, publisher)
            workflow.submit(desk_work.draft(contributor), by=contributor)
            desk_work.draft(superuser)

    more()
    questions(client)
    few = questions(client)
    more()
    assert questions(client) == few <= 24
