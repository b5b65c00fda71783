"""The database has the last word, and whoever typed something keeps it."""

import pytest

from claims.models import Claim, Evidence, VerificationStatus
from claims.review import workflow
from sources.models import Agent
from tests import desk_work

from .pages import at, claim_page, form_of, row, words_of

pytestmark = pytest.mark.django_db


def test_outside_draft_the_page_of_a_claim_is_there_to_be_read(desk, in_review, contributor):
    page = desk(contributor).get(claim_page(in_review))
    fields = form_of(page)
    assert "statement" not in fields
    assert "evidence-0-exact" not in fields
    assert in_review.statement in words_of(page)


def test_what_was_typed_into_a_claim_that_was_submitted_meanwhile_is_kept(desk, draft, contributor):
    client = desk(contributor)
    opened = form_of(client.get(claim_page(draft)))
    workflow.submit(draft, by=contributor)

    answer = client.post(claim_page(draft), opened | {"statement": "They stopped for a day."})
    assert answer.status_code == 200
    assert "This claim is in review: take it back or revise it before you change it." in words_of(
        answer
    )
    assert form_of(answer)["statement"] == "They stopped for a day."
    draft.refresh_from_db()
    assert draft.statement != "They stopped for a day."


def test_a_refused_row_brings_back_the_whole_form(desk, contributor):
    """A denial gives no figure: only the database says so."""
    claim = desk_work.draft(contributor, aspect="denial")
    client = desk(contributor)
    typed = form_of(client.get(claim_page(claim))) | {
        "wanted": "A recording.",
        "figures-TOTAL_FORMS": "1",
        **row(
            "figures",
            0,
            words="none at all",
            language="en",
            harm="killed",
            population="dockers",
            bound="exact",
            minimum="0",
            maximum="0",
        ),
    }
    answer = client.post(claim_page(claim), typed)
    assert "A denial gives no figure: it is not a zero." in words_of(answer)
    shown = form_of(answer)
    assert (shown["figures-0-words"], shown["wanted"]) == ("none at all", "A recording.")
    claim.refresh_from_db()
    assert claim.wanted == ""


def test_a_refusal_on_a_new_row_keeps_everything_too(desk, contributor):
    client = desk(contributor)
    add = f"{at('claims_claim_add')}?all"
    typed = form_of(client.get(add)) | {
        "statement": "It never happened.",
        "claimant": desk_work.speaker(contributor).pk,
        "aspect": "denial",
        "figures-TOTAL_FORMS": "1",
        **row("figures", 0, words="none", harm="killed", population="all", bound="word"),
        **row("figures", 0, language="en"),
    }
    answer = client.post(add, typed)
    assert "A denial gives no figure" in words_of(answer)
    assert form_of(answer)["statement"] == "It never happened."
    assert not Claim.objects.exists()


def test_nothing_that_is_kept_for_good_can_be_deleted_even_by_a_superuser(
    desk, published, superuser
):
    client = desk(superuser)
    status = VerificationStatus.objects.first()
    assert client.get(at("claims_claim_delete", published.pk)).status_code == 403
    assert client.post(at("claims_claim_delete", published.pk), {"post": "yes"}).status_code == 403
    assert client.get(at("claims_verificationstatus_delete", status.pk)).status_code == 403
    page = client.get(claim_page(published)).content.decode()
    assert "-DELETE" not in page


def test_deleting_what_something_else_refers_to_is_refused_in_words(desk, draft, superuser):
    agent = Agent.objects.get()
    words = words_of(desk(superuser).post(at("sources_agent_delete", agent.pk), {"post": "yes"}))
    assert "Cannot delete agent" in words
    assert Agent.objects.exists()


def test_moves_reviews_contributions_and_editions_are_read_only_for_everybody(
    desk, published, superuser
):
    client = desk(superuser)
    for model in ("claims_move", "claims_review", "claims_contribution", "editions_edition"):
        assert client.get(at(f"{model}_changelist")).status_code == 200
        assert client.get(at(f"{model}_add")).status_code == 403
    move = published.moves.first()
    page = at("claims_move_change", move.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"note": "Otherwise."}).status_code == 403


def test_an_assessment_is_added_and_never_changed(desk, draft, superuser):
    client = desk(superuser)
    typed = form_of(client.get(claim_page(draft)))
    assert "assessments-0-rationale" not in typed
    client.post(claim_page(draft), typed | {"assessments-0-rationale": "Otherwise."})
    assert draft.assessments.get().rationale == "Because."


def test_a_status_keeps_its_code_and_can_be_retired(desk, administrator):
    status = VerificationStatus.objects.get(code="not_checkable")
    page = at("claims_verificationstatus_change", status.pk)
    client = desk(administrator)
    typed = form_of(client.get(page))
    assert "code" not in typed
    client.post(page, typed | {"retired": "on", "code": "other"})
    status.refresh_from_db()
    assert (status.code, status.retired) == ("not_checkable", True)


def test_evidence_can_be_taken_out_while_the_claim_is_a_draft(desk, draft, contributor):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft))) | {"evidence-0-DELETE": "on"}
    assert client.post(claim_page(draft), typed).status_code == 302
    assert not Evidence.objects.exists()


def test_a_translation_is_reviewed_by_somebody_else_in_their_own_name(
    desk, draft, contributor, reviewer
):
    client = desk(contributor)
    text = row("translations", 0, language="fr", method="human", text="Les dockers ont cessé.")
    more = {"translations-TOTAL_FORMS": "1", **text}
    own = client.post(
        claim_page(draft),
        form_of(client.get(claim_page(draft))) | more | {"translations-0-reviewed": "on"},
    )
    assert "Nobody reviews their own translation." in words_of(own)
    client.post(claim_page(draft), form_of(client.get(claim_page(draft))) | more)
    assert draft.translations.get().reviewed_by is None

    second = desk(reviewer)
    second.post(
        claim_page(draft),
        form_of(second.get(claim_page(draft))) | {"translations-0-reviewed": "on"},
    )
    assert draft.translations.get().reviewed_by == reviewer

    client.post(
        claim_page(draft),
        form_of(client.get(claim_page(draft))) | {"wanted": "More."},
    )
    assert draft.translations.get().reviewed_by == reviewer
