"""Merging one claim into another and splitting one, at the desk."""

import pytest

from claims.choices import State
from claims.models import Claim
from tests import desk_work

from .pages import at, claim_page, form_of, make_move, move_page, words_of

pytestmark = pytest.mark.django_db

REASON = "Both say that work stopped."


@pytest.fixture
def survivor(contributor, reviewer, publisher) -> Claim:
    claim = desk_work.draft(contributor, statement="Work in Port Example stopped.")
    desk_work.publish(claim, reviewer, publisher)
    return claim


def test_a_publisher_merges_a_claim_and_its_page_says_where_it_stands_now(
    desk, visitor, published, survivor, publisher
):
    answer = make_move(desk(publisher), published, "merge", into=survivor.pk, note=REASON)
    assert published.state == State.MERGED
    words = words_of(answer)
    assert "merged into another claim" in words
    assert f"It stands here now: {survivor.statement} {survivor.ref}" in words
    assert f'href="{claim_page(survivor)}"' in answer.content.decode()
    assert visitor.get(f"/claims/{published.ref}/").status_code == 301


def test_a_merged_claim_is_not_suggested_any_more_and_its_survivor_is(
    desk, published, survivor, contributor, publisher
):
    asked = {"app_label": "claims", "model_name": "relation", "field_name": "target"}
    make_move(desk(publisher), published, "merge", into=survivor.pk, note=REASON)
    answer = desk(contributor).get(at("autocomplete"), asked | {"term": "Port Example"})
    assert [one["id"] for one in answer.json()["results"]] == [str(survivor.pk)]


def test_what_others_say_of_it_is_told_before(desk, published, survivor, contributor, publisher):
    denial = desk_work.draft(contributor, statement="Nobody stopped work.", aspect="denial")
    with desk_work.acting(contributor):
        denial.relations.create(relation="denies", target=published)
    page = words_of(desk(publisher).get(move_page(published, "merge")))
    assert "1 claim says something of this one; it will count for the one you choose" in page
    assert "Nobody stopped work." in page


def test_where_no_script_runs_the_other_claim_is_named_by_its_ref(
    desk, published, survivor, publisher
):
    make_move(desk(publisher), published, "merge", ref=f" {survivor.ref.lower()}", note=REASON)
    assert published.merged_into == survivor


@pytest.mark.parametrize("named", [{}, {"into": "x"}, {"into": "0"}, {"ref": "00000000"}])
def test_a_merge_into_nothing_is_asked_for_again_and_the_reason_is_kept(
    desk, published, publisher, named
):
    answer = make_move(desk(publisher), published, "merge", note=REASON, **named)
    assert answer.status_code == 200
    assert "Choose" in words_of(answer)
    assert form_of(answer)["note"] == REASON
    assert published.state == State.PUBLISHED


def test_a_merge_into_what_readers_cannot_see_is_refused_in_words(
    desk, published, contributor, publisher
):
    draft = desk_work.draft(contributor)
    answer = make_move(desk(publisher), published, "merge", into=draft.pk, note=REASON)
    assert "choose one that is public" in words_of(answer)
    assert published.state == State.PUBLISHED


def test_what_no_longer_stands_cannot_be_chosen(desk, published, contributor, publisher):
    draft = desk_work.draft(contributor)
    make_move(desk(publisher), published, "retract", note="Wrong.")
    answer = make_move(desk(publisher), draft, "merge", into=published.pk, note=REASON)
    assert "Choose one that stands" in words_of(answer)
    assert draft.state == State.DRAFT


def test_a_merged_claim_is_opened_again(desk, published, survivor, publisher, contributor):
    make_move(desk(publisher), published, "merge", into=survivor.pk, note=REASON)
    make_move(desk(contributor), published, "revise", kind="updated", note="They are two.")
    assert published.state == State.DRAFT


def test_splitting_leads_to_the_new_draft_with_what_was_ticked(desk, draft, contributor):
    march = desk_work.evidence(draft, contributor, exact="They marched.", language="en")
    page = desk(contributor).get(move_page(draft, "split"))
    assert "“They marched.”" in words_of(page)
    answer = make_move(
        desk(contributor),
        draft,
        "split",
        statement="The dockers marched.",
        note="Two things at once.",
        evidence=[march.pk],
    )
    part = Claim.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == claim_page(part)
    assert "split: a part is a claim of its own now" in words_of(answer)
    assert (part.statement, part.state) == ("The dockers marched.", State.DRAFT)
    assert [one.exact for one in part.evidence.all()] == ["They marched."]


def test_a_split_that_is_refused_keeps_what_was_typed(desk, draft, contributor):
    answer = make_move(desk(contributor), draft, "split", statement="The dockers marched.")
    assert "This field is required." in words_of(answer)
    assert form_of(answer)["statement"] == "The dockers marched."
    assert Claim.objects.count() == 1


def test_a_protected_source_is_taken_along_by_who_may_not_see_it(
    desk, draft, contributor, reviewer
):
    protected = desk_work.source(
        reviewer,
        title="Letter from the clerk",
        access="protected",
        access_reason="Their safety.",
        placeholder="one protected source",
    )
    piece = desk_work.evidence(draft, reviewer, source=protected, exact="I saw it.", language="en")
    page = words_of(desk(contributor).get(move_page(draft, "split")))
    assert "one protected source" in page
    assert "Letter from the clerk" not in page
    assert "I saw it." not in page
    make_move(
        desk(contributor),
        draft,
        "split",
        statement="Somebody saw it.",
        note="Two things.",
        evidence=[piece.pk],
    )
    assert Claim.objects.latest("pk").evidence.get().exact == "I saw it."


def test_evidence_of_another_claim_cannot_be_ticked(desk, published, contributor):
    draft = desk_work.draft(contributor)
    foreign = published.evidence.get().pk
    answer = make_move(
        desk(contributor), draft, "split", statement="x", note="y", evidence=[foreign]
    )
    assert "is not one of the available choices" in words_of(answer)
    assert Claim.objects.count() == 2
