"""The moves as buttons: who is offered which, what is asked, and what a refusal says."""

import pytest

from claims.choices import State
from claims.models import Move, Review
from claims.moves import MOVES
from claims.roles import ROLES
from tests import desk_work

from .pages import at, claim_page, form_of, make_move, move_page, words_of

pytestmark = pytest.mark.django_db

# Who may make which move, in words of this page: claims.roles has to agree.
MAY = {
    "contributor": {"submit", "take_back", "revise", "split"},
    "reviewer": {"submit", "take_back", "revise", "split", "approve", "request_changes"},
    "publisher": {"publish", "retract", "merge", "redact"},
    "administrator": set(),
}
ASKED = [(role, move.action) for role in ROLES for move in MOVES]


@pytest.mark.parametrize(("role", "action"), ASKED)
def test_a_move_opens_to_the_roles_that_may_make_it_and_to_no_other(
    request, desk, draft, role, action
):
    client = desk(request.getfixturevalue(role))
    expected = {200, 302} if action in MAY[role] else {403}
    assert client.get(move_page(draft, action)).status_code in expected
    if action not in MAY[role]:
        assert client.post(move_page(draft, action), {"note": "now"}).status_code == 403
        draft.refresh_from_db()
        assert draft.state == State.DRAFT


def test_somebody_who_is_not_signed_in_is_sent_to_the_door(visitor, draft):
    for address in (claim_page(draft), move_page(draft, "submit")):
        assert visitor.get(address).headers["location"].startswith(at("login"))


@pytest.mark.parametrize(
    ("station", "person", "buttons"),
    [
        ("draft", "contributor", {"submit", "split"}),
        ("draft", "publisher", {"merge"}),
        ("in_review", "contributor", {"take_back"}),
        ("in_review", "reviewer", {"take_back", "approve"}),
        ("approved", "publisher", {"publish", "merge"}),
        ("approved", "administrator", set()),
        ("published", "contributor", {"revise"}),
        ("published", "publisher", {"retract", "merge", "redact"}),
    ],
)
def test_the_claims_page_offers_what_this_person_can_do_with_it_now(
    request, desk, station, person, buttons
):
    claim = request.getfixturevalue(station)
    page = desk(request.getfixturevalue(person)).get(claim_page(claim)).content.decode()
    offered = {move.action for move in MOVES if f'href="{move_page(claim, move.action)}"' in page}
    assert offered == buttons


def test_a_move_that_is_possible_but_refused_says_why(desk, contributor, bare_draft):
    words = words_of(desk(contributor).get(claim_page(bare_draft)))
    assert "“Submit for review” is not possible yet." in words
    assert "Evidence shows that it was said." in words
    answer = words_of(make_move(desk(contributor), bare_draft, "submit"))
    assert "Not ready for review." in answer
    assert bare_draft.state == State.DRAFT


@pytest.fixture
def bare_draft(contributor):
    """A draft with nothing but its statement."""
    from claims.models import Claim
    from sources.acting import acting

    with acting(contributor):
        return Claim.objects.create(
            statement="Nobody said this yet.",
            claimant=desk_work.speaker(contributor),
            aspect="occurrence",
            created_by=contributor,
        )


def test_who_contributed_is_told_that_somebody_else_has_to_approve(desk, draft, reviewer):
    desk_work.change(draft, reviewer, wanted="A record.")
    make_move(desk(reviewer), draft, "submit")
    page = desk(reviewer).get(move_page(draft, "approve"))
    assert "somebody else has to approve it" in words_of(page)
    assert "Approve exactly this" not in words_of(page)

    answer = make_move(desk(reviewer), draft, "approve")
    assert "somebody else has to approve it" in words_of(answer)
    assert draft.state == State.IN_REVIEW
    assert not Review.objects.exists()


def test_a_move_without_the_note_it_needs_is_asked_for_again(desk, in_review, reviewer):
    answer = make_move(desk(reviewer), in_review, "request_changes")
    assert "Say it here or at a part" in words_of(answer)
    assert in_review.state == State.IN_REVIEW


def test_content_that_changed_meanwhile_is_not_approved_and_the_note_is_kept(
    desk, in_review, contributor, reviewer
):
    client = desk(reviewer)
    opened = form_of(client.get(move_page(in_review, "approve")))
    make_move(desk(contributor), in_review, "take_back")
    desk_work.change(in_review, contributor, wanted="A record.")
    make_move(desk(contributor), in_review, "submit")

    answer = client.post(
        move_page(in_review, "approve"), opened | {"note": "I checked every word."}
    )
    assert "The content has changed since you opened it." in words_of(answer)
    shown = form_of(answer)
    assert shown["note"] == "I checked every word."
    assert shown["digest"] != opened["digest"]
    in_review.refresh_from_db()
    assert in_review.state == State.IN_REVIEW

    client.post(move_page(in_review, "approve"), shown)
    in_review.refresh_from_db()
    assert in_review.state == State.APPROVED


def test_a_move_that_somebody_else_made_first_is_refused_in_words(desk, in_review, contributor):
    opened = form_of(desk(contributor).get(move_page(in_review, "take_back")))
    make_move(desk(contributor), in_review, "take_back")
    again = desk(contributor).post(move_page(in_review, "take_back"), opened | {"note": "Wait."})
    assert "This claim is now: draft." in words_of(again)
    assert form_of(again)["note"] == "Wait."


def test_a_page_of_a_move_that_is_over_leads_back_to_the_claim(desk, in_review, contributor):
    back = desk(contributor).get(move_page(in_review, "submit"), follow=True)
    assert "This claim is now: In review." in words_of(back)


def test_revise_opens_the_working_copy_while_the_last_edition_stays_public(
    desk, visitor, published, contributor
):
    make_move(desk(contributor), published, "revise", kind="updated", note="It was two days.")
    assert published.state == State.DRAFT
    assert (published.change_kind, published.change_note) == ("updated", "It was two days.")
    assert visitor.get(f"/claims/{published.ref}/").status_code == 200
    form = form_of(desk(contributor).get(claim_page(published)))
    assert form["change_note"] == "It was two days."


def test_a_correction_is_asked_for_in_three_parts_and_kept_as_one_note(
    desk, published, contributor
):
    client = desk(contributor)
    told = {"kind": "corrected", "was": "Three days.", "now": "Two\r\ndays."}
    answer = make_move(client, published, "revise", **told)
    assert "Readers are told this: please write it down." in words_of(answer)
    assert form_of(answer)["was"] == "Three days."
    assert published.state == State.PUBLISHED

    make_move(client, published, "revise", **told, why="We misread the order.")
    note = "Was: Three days.\nIs: Two\r\ndays.\nWhy: We misread the order."
    assert (published.state, published.change_note) == (State.DRAFT, note)
    assert published.change_kind == "corrected"
    checks = words_of(client.get(claim_page(published)))
    assert "done The note of a correction says what was" in checks


def test_an_update_needs_words_too(desk, published, contributor):
    answer = make_move(desk(contributor), published, "revise", kind="minor", was="Commas.")
    assert "Readers are told this: please write it down." in words_of(answer)
    assert published.state == State.PUBLISHED


def test_retract_asks_for_the_reason_and_withdraws_the_page(desk, visitor, published, publisher):
    make_move(desk(publisher), published, "retract", note="The report was invented.")
    assert published.state == State.RETRACTED
    page = visitor.get(f"/claims/{published.ref}/")
    assert page.status_code == 410
    assert "The report was invented." in words_of(page)


def test_only_what_was_published_is_offered_for_retraction(desk, draft, publisher):
    assert (
        move_page(draft, "retract") not in desk(publisher).get(claim_page(draft)).content.decode()
    )
    answer = make_move(desk(publisher), draft, "retract", note="Away with it.")
    assert "Only what is published can be retracted." in words_of(answer)
    assert not Move.objects.exists()


def test_the_review_page_shows_checklist_digest_and_the_candidate_in_a_frame(
    desk, in_review, reviewer
):
    page = desk(reviewer).get(move_page(in_review, "approve"))
    digest = in_review.moves.get().digest
    assert form_of(page)["digest"] == digest
    assert digest in words_of(page)
    assert "0 of 1" in words_of(page)
    assert f'src="{at("claims_claim_preview", in_review.pk)}"' in page.content.decode()


def test_a_move_that_does_not_exist_has_no_page(desk, draft, contributor):
    assert desk(contributor).get(move_page(draft, "delete")).status_code == 404
    assert desk(contributor).get(at("claims_claim_move", 10**9, "submit")).status_code == 404
