"""Proposals at the desk: read, taken, declined, and begun as drafts like any other."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.contrib.auth.models import User

from claims.intake.choices import ProposalState
from claims.intake.models import Proposal
from claims.models import Claim
from sources.models import Agent, Source
from tests import desk_work
from tests.asking import CLAIM, SOURCE, partner_with, propose
from tests.asking import proposal as filed

from .pages import at, form_of, told, words_of

pytestmark = pytest.mark.django_db

FIGURE = {
    "harm": "injured",
    "population": "dockers",
    "bound": "at_least",
    "minimum": 24,
    "words": "at least 24",
    "language": "en",
}


@pytest.fixture
def proposal():
    claim = deepcopy(CLAIM) | {"claimant_role": "mayor", "made": {"edtf": "2024-02-11"}}
    return filed(claim | {"figures": [FIGURE]})


def begin(client, proposal, **typed):
    page = at("intake_proposal_begin", proposal.pk)
    said = {"new_claimant_kind": "person", "aspect": "occurrence"} | typed
    return client.post(page, form_of(client.get(page)) | said, follow=True)


def test_who_says_it_is_read_before_what_is_said(desk, contributor, proposal):
    for page in (at("intake_proposal_changelist"), at("intake_proposal_change", proposal.pk)):
        words = words_of(desk(contributor).get(page))
        assert words.index("The mayor") < words.index("The bridge at Port Example is closed.")


def test_the_whole_of_it_is_laid_out(desk, contributor, proposal):
    words = words_of(desk(contributor).get(at("intake_proposal_change", proposal.pk)))
    for said in ("Il est fermé.", "Bridge closed", "https://example.org/bridge", "at least 24"):
        assert said in words


def test_the_home_of_the_desk_counts_what_nobody_has_looked_at(desk, contributor, proposal):
    home = desk(contributor).get(at("index"))
    assert "1 new proposal of a partner" in words_of(home)
    assert at("intake_proposal_changelist") + "?state__exact=received" in home.content.decode()


def test_one_click_takes_it_and_the_second_to_click_is_told(desk, contributor, reviewer, proposal):
    take = at("intake_proposal_take", proposal.pk)
    assert "It is yours now." in words_of(desk(contributor).post(take, follow=True))
    assert "Somebody has taken it already." in words_of(desk(reviewer).post(take, follow=True))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.taken_by) == (ProposalState.IN_REVIEW, contributor)


def test_the_partner_reads_why_it_was_declined(desk, publisher, proposal):
    page = at("intake_proposal_decline", proposal.pk)
    client = desk(publisher)
    words = words_of(client.post(page, {"answer": "We know it already."}, follow=True))
    assert "The partner reads your sentence." in words
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "We know it already.")
    assert proposal.settled_at is not None


def test_nothing_is_declined_without_a_word(desk, publisher, proposal):
    desk(publisher).post(at("intake_proposal_decline", proposal.pk), {"answer": " "})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RECEIVED


def test_a_draft_is_begun_with_its_sources_quotations_and_figures(desk, contributor, proposal):
    answer = begin(desk(contributor), proposal)
    claim = Claim.objects.get()
    assert answer.redirect_chain[-1][0] == at("claims_claim_change", claim.pk)
    assert (claim.state, claim.statement) == ("draft", CLAIM["statement"])
    assert (claim.claimant.name, claim.claimant_role, claim.made) == (
        *("The mayor", "mayor", "2024-02-11"),
    )
    piece = claim.evidence.get()
    assert (piece.exact, piece.language, piece.source.url) == ("Il est fermé.", "fr", SOURCE["url"])
    assert (claim.figures.get().words, claim.figures.get().minimum) == ("at least 24", 24)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.led_to) == (ProposalState.TAKEN_UP, claim.ref)


def test_whoever_begins_it_is_its_contributor_and_cannot_approve_it(desk, reviewer, proposal):
    begin(desk(reviewer), proposal)
    claim = Claim.objects.get()
    assert claim.created_by == reviewer
    assert [one.user for one in claim.contributions.all()] == [reviewer]
    assert claim.evidence.get().source.created_by == reviewer


def test_who_and_what_is_on_file_is_used_again(desk, contributor, proposal):
    mayor = desk_work.speaker(contributor, name="The mayor")
    known = desk_work.source(contributor, url=SOURCE["url"])
    begin(desk(contributor), proposal)
    claim = Claim.objects.get()
    assert claim.claimant == mayor
    assert claim.evidence.get().source == known


def test_a_protected_source_at_the_same_address_is_left_alone(desk, contributor, proposal):
    known = desk_work.source(
        contributor,
        url=SOURCE["url"],
        access="protected",
        access_reason="Safety.",
        placeholder="one protected source",
    )
    begin(desk(contributor), proposal)
    assert Claim.objects.get().evidence.get().source != known


def test_without_a_claimant_nothing_is_begun(desk, contributor, proposal):
    words = words_of(begin(desk(contributor), proposal, new_claimant=""))
    assert "Choose who says it, or name somebody new." in words
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


def test_what_the_desk_cannot_keep_leaves_nothing_behind(desk, contributor, proposal):
    words = words_of(begin(desk(contributor), proposal, made="yesterday"))
    assert "no EDTF date" in words
    assert not Agent.objects.exists()


def test_it_is_begun_once(desk, contributor, reviewer, proposal):
    client = desk(reviewer)
    page = at("intake_proposal_begin", proposal.pk)
    open_form = form_of(client.get(page)) | {"new_claimant_kind": "person", "aspect": "toll"}
    begin(desk(contributor), proposal)
    words = words_of(client.post(page, open_form, follow=True))
    assert "This proposal was decided about already." in words
    assert Claim.objects.count() == 1
    assert Agent.objects.count() == 1


def test_a_proposed_source_is_put_on_file(desk, contributor):
    proposal = filed(SOURCE, kind="source")
    desk(contributor).post(at("intake_proposal_file", proposal.pk))
    source = Source.objects.get()
    assert (source.title, source.url, source.created_by) == (
        *("Bridge closed", SOURCE["url"], contributor),
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.led_to) == (ProposalState.TAKEN_UP, source.ref)


def test_what_is_like_it_is_shown(desk, contributor, proposal):
    desk_work.draft(contributor, statement=CLAIM["statement"])
    desk_work.source(contributor, title="The bridge", url=SOURCE["url"])
    again = propose(partner_with("Another newsroom", "intake"), proposal.content).json()["id"]
    page = desk(contributor).get(at("intake_proposal_change", proposal.pk))
    words = words_of(page)
    assert "A claim on file says nearly this." in words
    assert "The bridge" in words
    assert at("intake_proposal_change", Proposal.objects.get(ticket=again).pk) in str(page.content)


def test_the_partner_reads_the_ref_once_it_is_published(
    desk, contributor, reviewer, publisher, proposal
):
    client = partner_with("The Port News", "intake")
    address = propose(client)["Location"]
    own = Proposal.objects.get(partner__name="The Port News")
    begin(desk(contributor), own)
    assert (client.get(address).json()["state"], client.get(address).json()["ref"]) == (
        *("taken_up", None),
    )
    claim = Claim.objects.get()
    desk_work.assess(claim, contributor)
    desk_work.publish(claim, reviewer, publisher)
    assert client.get(address).json()["ref"] == claim.ref


def test_the_history_tells_who_decided(desk, contributor, proposal):
    client = desk(contributor)
    client.post(at("intake_proposal_take", proposal.pk))
    assert "contributor" in told(client, proposal)


def test_the_draft_is_nobodys_but_the_desks(visitor, desk, contributor, proposal):
    begin(desk(contributor), proposal)
    ref = Claim.objects.get().ref
    assert visitor.get(f"/api/v1/claims/{ref}/").status_code == 404
    assert isinstance(contributor, User)
