"""The right of reply: asked, answered or not, filed as a source, and told to readers."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from claims.choices import BearsOn, Stance
from claims.models import Claim, Evidence, ReplyRequest
from claims.review import workflow
from claims.review.content import candidate
from claims.review.replies import file_answer
from claims.review.workflow import ReviewError
from sources.acting import acting
from sources.models import Source
from tests import desk_work

from .pages import at, claim_page, form_of, row, words_of

pytestmark = pytest.mark.django_db

ANSWER = "We did not stop work."


@pytest.fixture
def port(contributor):
    return desk_work.speaker(contributor, name="The port authority", kind="state_body")


@pytest.fixture
def answered(draft, contributor, port):
    with acting(contributor):
        return draft.reply_requests.create(
            party=port,
            channel="e-mail",
            text="Did you stop work?",
            asked_on="2024-02-13",
            deadline="2024-02-15",
            state="answered",
            answer=ANSWER,
            answered_on="2024-02-14",
        )


def asked(client, claim, **fields):
    """Send the page of a claim with one new request on it."""
    new = {"reply_requests-TOTAL_FORMS": "1"} | row("reply_requests", 0, **fields)
    return client.post(claim_page(claim), form_of(client.get(claim_page(claim))) | new)


def filing(claim, reply):
    return at("claims_claim_file_answer", claim.pk, reply.pk)


def days(number):
    return (timezone.localdate() + dt.timedelta(days=number)).isoformat()


def test_an_answer_that_is_written_down_makes_a_request_answered_today(
    desk, draft, contributor, port
):
    request = {"party": port.pk, "channel": "e-mail", "asked_on": days(-2), "deadline": days(2)}
    asked(desk(contributor), draft, **request, state="open", answer=ANSWER)
    reply = ReplyRequest.objects.get()
    assert (reply.state, reply.answered_on) == ("answered", timezone.localdate())


@pytest.mark.parametrize(("deadline", "noted"), [(-1, True), (0, False), (1, False)])
def test_a_silence_is_noted_from_the_day_after_the_deadline(
    desk, draft, contributor, port, deadline, noted
):
    request = {"party": port.pk, "channel": "e-mail", "asked_on": days(-3)}
    answer = asked(desk(contributor), draft, **request, deadline=days(deadline), state="no_answer")
    assert ReplyRequest.objects.filter(state="no_answer").exists() is noted
    assert ("from the day after the deadline" in words_of(answer)) is not noted


def test_the_rule_on_silence_holds_for_whoever_writes_a_request(port, draft, contributor):
    with (
        pytest.raises(IntegrityError, match="from the day after the deadline"),
        acting(contributor),
    ):
        ReplyRequest.objects.create(
            claim=draft,
            party=port,
            channel="e-mail",
            asked_on=timezone.localdate(),
            deadline=timezone.localdate(),
            state="no_answer",
        )


def test_an_answer_is_filed_as_a_source_and_as_evidence(desk, draft, answered, contributor):
    client = desk(contributor)
    page = client.get(claim_page(draft))
    assert f'href="{filing(draft, answered)}"' in page.content.decode()

    form = form_of(client.get(filing(draft, answered)))
    assert form["title"] == f"Answer of The port authority to our question about claim {draft.ref}"
    assert (form["published"], form["bears_on"], form["stance"]) == (
        "2024-02-14",
        "context",
        "disputes",
    )
    told = client.post(filing(draft, answered), form, follow=True)
    assert "The answer is on file as a source" in words_of(told)

    answered.refresh_from_db()
    source = answered.source
    assert (source.kind, source.published, source.created_by) == (
        "statement",
        "2024-02-14",
        contributor,
    )
    assert source.author == source.publisher == answered.party
    piece = draft.evidence.get(source=source)
    assert (piece.exact, piece.basis) == (ANSWER, "official_statement")


def test_the_claimants_own_answer_bears_on_whether_it_was_said(desk, draft, answered, contributor):
    with acting(contributor):
        answered.party = draft.claimant
        answered.save()
    form = form_of(desk(contributor).get(filing(draft, answered)))
    assert (form["bears_on"], form["stance"]) == ("attribution", "supports")


def test_what_is_wrong_with_a_filing_is_said_and_nothing_typed_is_lost(
    desk, draft, answered, contributor
):
    client = desk(contributor)
    form = form_of(client.get(filing(draft, answered)))
    answer = client.post(filing(draft, answered), form | {"language": "klingon please"})
    assert answer.status_code == 200
    assert "is no language tag" in words_of(answer)
    assert form_of(answer)["title"] == form["title"]
    assert not Source.objects.filter(kind="statement").exists()


def file(reply, by, **facts):
    known = {
        "title": "Answer",
        "language": "en",
        "published": dt.date(2024, 2, 14),
        "bears_on": BearsOn.CONTEXT,
        "stance": Stance.DISPUTES,
    }
    return file_answer(reply, by=by, **known | facts)


def test_an_answer_is_filed_once(answered, contributor):
    file(answered, contributor)
    with pytest.raises(ReviewError, match="on file as a source already"):
        file(answered, contributor)
    assert Evidence.objects.filter(exact=ANSWER).count() == 1


def test_the_answer_of_a_party_to_the_conflict_is_a_partys_statement(answered, contributor):
    with acting(contributor):
        answered.party.party = True
        answered.party.save()
    assert file(answered, contributor).basis == "party_statement"


def test_an_open_request_has_nothing_to_file(answered, contributor):
    with acting(contributor):
        ReplyRequest.objects.update(state="open", answer="", answered_on=None)
    with pytest.raises(ReviewError, match="There is no answer yet"):
        file(answered, contributor)


def test_outside_draft_nothing_is_filed(draft, answered, contributor):
    workflow.submit(draft, by=contributor)
    with pytest.raises(ReviewError, match="revise it first"):
        file(answered, contributor)
    assert not Source.objects.filter(kind="statement").exists()


@pytest.mark.parametrize("person", ["publisher", "administrator"])
def test_those_who_do_not_write_do_not_file(request, desk, draft, answered, person):
    user = request.getfixturevalue(person)
    assert desk(user).get(filing(draft, answered)).status_code == 403
    with pytest.raises(ReviewError, match="You may not do this"):
        file(answered, user)


def test_an_answer_to_another_claim_is_not_found_here(desk, answered, contributor):
    other = desk_work.draft(contributor)
    assert desk(contributor).get(filing(other, answered)).status_code == 404
    assert desk(contributor).get(at("claims_claim_file_answer", 0, 0)).status_code == 404


def test_a_claim_is_started_from_an_answer(desk, draft, answered, contributor):
    file(answered, contributor)
    answered.refresh_from_db()
    client = desk(contributor)
    start = f"{at('claims_claim_add')}?answer={answered.pk}"
    assert start in client.get(claim_page(draft)).content.decode()

    form = form_of(client.get(start))
    assert form["claimant"] == str(answered.party_id)
    assert (form["made"], form["aspect"]) == ("2024-02-14", "denial")
    assert client.post(start, form | {"statement": "Nobody stopped work."}).status_code == 302
    denial = Claim.objects.get(statement="Nobody stopped work.")
    piece = denial.evidence.get()
    assert (piece.source, piece.exact, piece.bears_on) == (answered.source, ANSWER, "attribution")
    relation = denial.relations.get()
    assert (relation.relation, relation.target) == ("denies", draft)


@pytest.mark.parametrize("number", ["x", "0", "9" * 40, "-1", "٣"])
def test_a_claim_from_an_answer_that_is_not_there_is_a_blank_claim(desk, contributor, number):
    page = desk(contributor).get(at("claims_claim_add"), {"answer": number})
    assert page.status_code == 200
    assert form_of(page)["claimant"] == ""


def test_readers_see_that_we_asked_and_what_came_and_never_what_we_sent(
    visitor, draft, answered, contributor, reviewer, publisher
):
    desk_work.publish(draft, reviewer, publisher)
    words = words_of(visitor.get(f"/claims/{draft.ref}/"))
    assert "We asked The port authority on 13 February 2024 ( e-mail )" in words
    assert "They answered." in words
    assert ANSWER in words
    assert "Did you stop" not in words
    assert "text" not in candidate(draft).document["replies"][0]


def test_readers_are_told_of_a_silence_in_neutral_words(
    visitor, draft, contributor, port, reviewer, publisher
):
    with acting(contributor):
        draft.reply_requests.create(
            party=port,
            channel="e-mail",
            asked_on="2024-02-13",
            deadline="2024-02-15",
            state="no_answer",
        )
    desk_work.publish(draft, reviewer, publisher)
    words = words_of(visitor.get(f"/claims/{draft.ref}/"))
    assert "and asked for an answer by 15 February 2024." in words
    assert "No answer came by that day." in words
