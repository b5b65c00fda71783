"""The desk in numbers: the counts are right, can be read without looking, and are bounded."""

import csv
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin.charts import Table
from claims.choices import Harm
from claims.editions.choices import RelationType
from claims.models import Claim
from claims.review import counts, workflow
from claims.review.content import candidate
from sources.acting import acting
from sources.models import Affiliation, Agent
from tests import desk_work

from .pages import at, words_of

pytestmark = pytest.mark.django_db

WEEKS = counts.weeks_until_now


def this_week(step: str) -> int:
    return counts.throughput(WEEKS(4))[step][-1]


def sides(since_weeks: int = 4) -> dict[str, tuple[Counter, Counter]]:
    found = counts.balance(WEEKS(since_weeks)[0])
    return {
        side.party.name if side.party else "nobody": (side.by, side.about) for side in found.sides
    }


@pytest.fixture
def army(contributor: User) -> Agent:
    return desk_work.speaker(contributor, name="The army of Example", party=True)


@pytest.fixture
def rebels(contributor: User) -> Agent:
    return desk_work.speaker(contributor, name="The rebels of Example", party=True)


@pytest.fixture
def put_on_record(contributor: User, reviewer: User, publisher: User):
    def publish(finding: str = "not_assessed", **facts: object) -> Claim:
        claim = desk_work.draft(contributor, **facts)
        desk_work.assess(claim, contributor, finding)
        desk_work.publish(claim, reviewer, publisher)
        return claim

    return publish


def test_each_step_is_counted_in_its_week(draft, contributor, reviewer, publisher):
    desk_work.publish(draft, reviewer, publisher)
    workflow.retract(draft, by=publisher, reason="It was wrong.")
    for step in (counts.SUBMITTED, counts.APPROVED, counts.PUBLISHED, counts.WITHDRAWN):
        assert counts.throughput(WEEKS(4))[step] == [0, 0, 0, 1]


def test_a_grave_claim_is_approved_once_however_many_approve_it(
    draft, contributor, reviewer, reviewer_two
):
    desk_work.change(draft, contributor, harm=Harm.GRAVE)
    workflow.submit(draft, by=contributor)
    desk_work.approve(draft, reviewer)
    assert this_week(counts.APPROVED) == 0
    desk_work.approve(draft, reviewer_two)
    assert this_week(counts.APPROVED) == 1


def test_a_request_for_changes_is_no_approval(in_review, reviewer):
    digest = candidate(in_review).digest
    workflow.request_changes(in_review, by=reviewer, digest=digest, note="Who counted?")
    assert this_week(counts.APPROVED) == 0


def test_weeks_begin_on_monday_and_end_with_this_one():
    weeks = WEEKS(26)
    assert len(weeks) == 26
    assert {week.weekday() for week in weeks} == {0}
    assert weeks[-1] <= timezone.localdate() < weeks[-1] + timedelta(days=7)


def test_nobody_waits_before_a_claim_is_submitted_or_after_it_left(draft, approved):
    assert (counts.queue().total, counts.queue().oldest) == (0, None)


def test_a_claim_of_a_party_is_counted_by_what_was_found(put_on_record, army, rebels):
    put_on_record("false", claimant=army)
    put_on_record("false", claimant=army)
    put_on_record("corroborated", claimant=rebels)
    by = {name: dict(by) for name, (by, _about) in sides().items()}
    assert by == {
        "The army of Example": {"false": 2},
        "The rebels of Example": {"corroborated": 1},
        "nobody": {},
    }


def test_who_speaks_for_a_party_is_counted_as_the_party(put_on_record, contributor, army):
    general = desk_work.speaker(contributor, name="The general", kind="person")
    with acting(contributor):
        Affiliation.objects.create(agent=general, organisation=army, role="chief")
    put_on_record("false", claimant=general)
    bystander = desk_work.speaker(contributor, name="A bystander", kind="person")
    put_on_record("false", claimant=bystander, on_behalf_of=army)
    assert sides()["The army of Example"][0] == {"false": 2}


def test_a_claim_is_about_a_party_that_was_asked_to_reply_or_that_answers_it(
    put_on_record, contributor, reviewer, publisher, army, rebels
):
    denied = put_on_record("corroborated", claimant=rebels)
    denial = desk_work.draft(contributor, claimant=army, statement="Nothing of it is so.")
    with acting(contributor):
        denial.relations.create(relation=RelationType.DENIES, target=denied)
    desk_work.publish(denial, reviewer, publisher)
    asked = desk_work.draft(contributor, statement="The army took the port.")
    with acting(contributor):
        asked.reply_requests.create(
            party=army, channel="letter", asked_on="2025-01-01", deadline="2025-01-08"
        )
    desk_work.publish(asked, reviewer, publisher)
    assert sides()["The army of Example"][1] == {"corroborated": 1, "not_assessed": 1}
    assert sides()["The rebels of Example"][1] == {}


def test_claims_of_nobody_who_is_a_party_are_counted_apart(put_on_record, army):
    put_on_record("false")
    assert sides()["nobody"][0] == {"false": 1}
    assert sides()["The army of Example"][0] == {}


def test_a_retracted_claim_is_in_no_balance(put_on_record, publisher, army):
    claim = put_on_record("false", claimant=army)
    workflow.retract(claim, by=publisher, reason="It was wrong.")
    assert sides()["The army of Example"][0] == {}


def test_a_draft_is_in_no_balance(contributor, army):
    desk_work.draft(contributor, claimant=army)
    assert sides()["The army of Example"][0] == {}


def test_the_page_says_every_number_in_words(desk, put_on_record, contributor, army):
    put_on_record("false", claimant=army)
    workflow.submit(desk_work.draft(contributor), by=contributor)
    words = words_of(desk(contributor).get(at("numbers")))
    assert "Submitted for review 2 most in a week: 2; this week: 2" in words
    assert "1 claim is in review. The oldest has waited 0 days." in words
    assert "The army of Example by it: 1; about it: 0 False by 1 about 0" in words


def test_the_page_holds_when_there_is_nothing_to_show(desk, contributor):
    words = words_of(desk(contributor).get(at("numbers")))
    assert "Nothing is in review." in words
    assert "No published claim of this period." in words


@pytest.mark.parametrize("role", ["reviewer", "publisher", "administrator"])
def test_everybody_at_the_desk_may_look(request, desk, role):
    assert desk(request.getfixturevalue(role)).get(at("numbers")).status_code == 200


@pytest.mark.parametrize("weeks", ["0", "-1", "5", "x", "99999999999999999999"])
def test_a_period_we_do_not_offer_is_refused(desk, contributor, weeks):
    client = desk(contributor)
    assert client.get(at("numbers"), {"weeks": weeks}).status_code == 400
    assert client.get(at("numbers_file", "balance"), {"weeks": weeks}).status_code == 400


@pytest.mark.parametrize("table", ["throughput", "queue", "balance"])
def test_every_table_can_be_opened_in_a_spreadsheet(desk, put_on_record, contributor, table):
    put_on_record("false")
    answer = desk(contributor).get(at("numbers_file", table), {"weeks": "13"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_there_is_no_other_table(desk, contributor):
    assert desk(contributor).get(at("numbers_file", "salaries")).status_code == 404


@pytest.mark.parametrize(
    "name", ["=1+1", " =1+1", "\u00a0@x", "\ufeff-1", "harmless\n=1+1", "+33", "\t=1"]
)
def test_no_name_becomes_a_formula(name):
    written = Table("t", "", ["of"], [[name]]).as_file().content.decode("utf-8-sig")
    [_head, [cell]] = csv.reader(written.splitlines(keepends=True))
    assert cell != name
    assert cell.replace("'", "") == name
    for line in cell.splitlines():
        assert line.strip(" \t\u00a0\ufeff")[0] not in "=+-@"


def test_a_negative_number_stays_a_number():
    assert b"-1" in Table("t", "", ["of"], [["loss", -1]]).as_file().content


def test_more_rows_cost_no_more_questions(desk, put_on_record, contributor, army):
    client = desk(contributor)
    put_on_record("false", claimant=army)
    client.get(at("numbers"))
    with CaptureQueriesContext(connection) as few:
        client.get(at("numbers"))
    for finding in ("false", "corroborated"):
        put_on_record(finding, claimant=army)
        workflow.submit(desk_work.draft(contributor), by=contributor)
    with CaptureQueriesContext(connection) as many:
        client.get(at("numbers"))
    assert len(many) == len(few) <= 14
