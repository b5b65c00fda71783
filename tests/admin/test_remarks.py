"""Remarks on single parts, kept with the review, and never lost when the content changes."""

import re

import pytest
from django.db import IntegrityError, transaction

from claims.choices import Decision, State
from claims.models import Remark, Review
from claims.review import workflow
from claims.review.content import candidate
from sources.acting import acting
from tests import desk_work

from .pages import at, claim_page, form_of, make_move, move_page, words_of

pytestmark = pytest.mark.django_db


def review_page(claim):
    return move_page(claim, "approve")


def marked(page, tag):
    """All words that stand in a mark of this kind."""
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page.content.decode(), flags=re.DOTALL)


@pytest.mark.parametrize("action", ["approve", "request_changes", "comment"])
def test_remarks_are_kept_with_the_review_whatever_was_decided(desk, in_review, reviewer, action):
    piece = f"evidence/{in_review.evidence.get().ref}"
    said = {"remark-statement": "Who says so?", f"remark-{piece}": "Which page?"}
    make_move(desk(reviewer), in_review, action, note="I read it.", **said)
    review = Review.objects.get()
    assert (review.decision, review.note) == (Decision(action), "I read it.")
    assert review.digest == in_review.moves.filter(action="submit").get().digest
    assert dict(review.remarks.values_list("part", "text")) == {
        "statement": "Who says so?",
        piece: "Which page?",
    }


@pytest.mark.parametrize("action", ["request_changes", "comment"])
def test_a_remark_alone_is_enough_to_act_on(desk, in_review, reviewer, action):
    make_move(desk(reviewer), in_review, action, **{"remark-figures": "Add the number."})
    assert Review.objects.get().note == "Add the number."
    assert Remark.objects.get().part == "figures"


@pytest.mark.parametrize("action", ["request_changes", "comment"])
def test_without_any_words_it_is_asked_for_again(desk, in_review, reviewer, action):
    answer = make_move(desk(reviewer), in_review, action, note="  ")
    assert "Say it here or at a part" in words_of(answer)
    assert not Review.objects.exists()


def test_a_remark_stands_at_its_part_until_the_content_is_another(
    desk, in_review, contributor, reviewer
):
    make_move(desk(reviewer), in_review, "request_changes", **{"remark-statement": "Who?"})
    screen = at("claims_claim_review", in_review.pk)
    said = words_of(desk(contributor).get(screen))
    assert "Statement 1 remark" in said
    assert "Who?" in said
    assert "outdated" not in said

    desk_work.change(in_review, contributor, statement="The dockers’ union stopped work.")
    said = words_of(desk(contributor).get(screen))
    assert "Who?" in said
    assert "outdated: said of other content" in said


def test_the_claims_page_tells_the_contributor_what_reviewers_said(
    desk, in_review, contributor, reviewer
):
    make_move(desk(reviewer), in_review, "request_changes", note="No.", **{"remark-event": "When?"})
    said = words_of(desk(contributor).get(claim_page(in_review)))
    assert "What reviewers said" in said
    assert "What it is about When?" in said


def test_what_was_said_of_an_earlier_edition_is_left_to_the_history(
    desk, in_review, contributor, reviewer, publisher
):
    make_move(desk(reviewer), in_review, "approve", **{"remark-statement": "Short and good."})
    workflow.publish(in_review, by=publisher)
    workflow.revise(in_review, by=contributor, kind="updated", note="More is known.")
    assert "Short and good." not in words_of(desk(contributor).get(claim_page(in_review)))


def test_a_remark_on_a_part_that_does_not_exist_is_refused_and_not_lost(desk, in_review, reviewer):
    client = desk(reviewer)
    typed = form_of(client.get(review_page(in_review))) | {"remark-weather": "It rained."}
    answer = client.post(review_page(in_review), typed)
    assert answer.status_code == 200
    assert "no such part" in words_of(answer)
    assert "It rained." in words_of(answer)
    assert not Review.objects.exists()


def test_nobody_writes_a_remark_into_somebody_elses_review(in_review, reviewer, reviewer_two):
    review = workflow.comment(in_review, by=reviewer, note="Hm.")
    with (
        pytest.raises(IntegrityError, match="one's own"),
        transaction.atomic(),
        acting(reviewer_two),
    ):
        review.remarks.create(part="statement", text="Me too.")


# --- Content that changes under the reviewer's eyes -----------------------------------------------


@pytest.fixture
def changed_meanwhile(desk, in_review, contributor, reviewer):
    """What a reviewer gets who decides on content that was replaced while they read it."""

    def decide(action):
        client = desk(reviewer)
        opened = form_of(client.get(review_page(in_review)))
        workflow.take_back(in_review, by=contributor)
        gone = in_review.evidence.get()
        desk_work.change(in_review, contributor, statement="The dockers went home.")
        desk_work.evidence(in_review, contributor, bears_on="attribution")
        with acting(contributor):
            gone.delete()
        workflow.submit(in_review, by=contributor)
        typed = opened | {
            "note": "I checked every word.",
            "remark-claimant": "Which union?",
            f"remark-evidence/{gone.ref}": "Which page?",
        }
        return client.post(move_page(in_review, action), typed)

    return decide


@pytest.mark.parametrize("action", ["approve", "request_changes", "comment"])
def test_a_decision_on_what_is_not_there_any_more_is_refused(changed_meanwhile, in_review, action):
    answer = changed_meanwhile(action)
    assert "The content has changed since you opened it." in words_of(answer)
    assert not Review.objects.exists()
    in_review.refresh_from_db()
    assert in_review.state == State.IN_REVIEW


def test_what_changed_meanwhile_is_shown_word_by_word(changed_meanwhile):
    answer = changed_meanwhile("approve")
    assert 'href="#what-changed"' in answer.content.decode()
    assert any("went home" in words for words in marked(answer, "ins"))
    assert any("stopped work" in words for words in marked(answer, "del"))


def test_nothing_that_was_typed_is_lost(changed_meanwhile):
    answer = changed_meanwhile("approve")
    kept = form_of(answer)
    assert kept["note"] == "I checked every word."
    assert kept["remark-claimant"] == "Which union?"
    assert "Which page?" in words_of(answer)


def test_the_digest_on_the_screen_is_then_the_new_one(changed_meanwhile, in_review):
    kept = form_of(changed_meanwhile("approve"))
    assert kept["digest"] == candidate(in_review).digest


def test_a_forged_memory_of_what_was_seen_is_not_shown(desk, in_review, reviewer):
    client = desk(reviewer)
    typed = form_of(client.get(review_page(in_review))) | {"digest": "0" * 64, "seen": "invented"}
    answer = client.post(review_page(in_review), typed)
    assert answer.status_code == 200
    assert "The content has changed since you opened it." in words_of(answer)
    assert "what-changed" not in answer.content.decode()
