"""The list of claims: what it says of each, how its pages are turned, and what it costs."""

import pytest
from django.contrib.auth.models import Group
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from claims.admin import paging
from claims.choices import Aspect, Harm, State
from claims.models import Assignment, Claim, Event, Line, Wording
from claims.review import workflow
from sources.acting import acting
from sources.choices import Access
from tests import desk_work

from .listing import LIST, assign, claim, day
from .pages import at, words_of

pytestmark = pytest.mark.django_db


def test_a_line_says_who_says_what_where_it_stands_and_what_was_found(listed, contributor):
    with acting(contributor):
        event = Event.objects.create(label="Strike at Port Example")
    claim(contributor, "They stopped work.", event=event, harm=Harm.GRAVE)
    words = listed()
    assert "The union: They stopped work. Strike at Port Example · what happened" in words
    assert "draft grave Said? Single report So? Not assessed" in words


def test_a_claim_that_nobody_assessed_says_so_in_the_words_of_the_vocabulary(listed, contributor):
    with acting(contributor):
        Claim.objects.create(
            statement="New.",
            aspect=Aspect.TOLL,
            claimant=desk_work.speaker(contributor),
            created_by=contributor,
        )
    assert "Said? Unrecorded So? Not assessed" in listed()


def test_a_line_counts_reports_and_independent_origins(listed, draft, contributor):
    assert "1 report 0 independent origins" in listed()
    desk_work.evidence(draft, contributor)
    assert "2 reports 1 independent origin " in listed()


def test_a_line_says_who_has_the_claim_until_when(listed, draft, contributor, reviewer):
    assert "no dispute on file nobody" in listed()
    assign(draft, contributor, assignee=reviewer, due=day(2))
    assign(draft, contributor, pool=Group.objects.get(name="reviewer"))
    words = listed()
    assert "reviewer due " in words
    assert "pool: reviewer" in words


def test_what_is_late_is_marked_in_words(listed, draft, contributor, reviewer):
    given = assign(draft, contributor, assignee=reviewer, due=day(0))
    assert "due today" in listed()
    with acting(contributor):
        Assignment.objects.filter(pk=given.pk).update(due=day(-1))
    assert "overdue since" in listed()


def test_a_dispute_at_the_desk_is_told_from_one_in_the_record(
    listed, published, contributor, reviewer, publisher
):
    denial = claim(contributor, "They did not.", aspect=Aspect.DENIAL)
    with acting(contributor):
        denial.relations.create(relation="denies", target=published)
    assert "disputed at the desk only" in listed()
    desk_work.publish(denial, reviewer, publisher)
    words = listed()
    assert "disputed in the public record" in words
    assert "disputed at the desk only" not in words


def test_a_claim_says_when_it_moved_last(listed, draft):
    assert "just now" in listed()


def lines():
    return [list(rows.objects.order_by("pk").values()) for rows in (Line, Wording)]


def test_the_lines_are_what_drawing_them_anew_makes_of_what_is_on_file(
    published, contributor, reviewer, publisher
):
    denial = claim(contributor, "They did not.", aspect=Aspect.DENIAL)
    with acting(contributor):
        denial.relations.create(relation="denies", target=published)
        published.claimant.names.create(name="Syndicat", language="fr")
        event = Event.objects.create(label="Strike")
        denial.event = event
        denial.save()
        event.label = "Walk-out"
        event.save()
        denial.reply_requests.create(
            party=denial.claimant, channel="mail", asked_on=day(0), deadline=day(3)
        )
        source = denial.evidence.get().source
        source.access, source.access_reason = Access.PROTECTED, "They asked for it."
        source.placeholder = "one protected source"
        source.save()
    assign(denial, contributor, assignee=reviewer, due=day(3))
    desk_work.publish(denial, reviewer, publisher)
    kept = lines()
    assert [len(rows) for rows in kept] == [2, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT draw_claim_lines(ARRAY(SELECT id FROM claims_claim))")
    assert lines() == kept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_line SET state = 'published'",
        "DELETE FROM claims_line",
        "UPDATE claims_wording SET words = ''",
    ],
)
def test_nobody_writes_a_line_past_the_triggers(draft, statement):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement)


@pytest.fixture
def five(contributor, reviewer, monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 2)
    claims = [claim(contributor, f"{n}.") for n in range(5)]
    for n, days in [(3, 9), (1, -2), (2, 9)]:
        assign(claims[n], contributor, assignee=reviewer, due=day(days))
    for n in (4, 0):
        workflow.submit(claims[n], by=contributor)
    return claims


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["4.", "3.", "2.", "1.", "0."]),
        ("due", ["1.", "2.", "3.", "0.", "4."]),
        ("waiting", ["1.", "2.", "3.", "4.", "0."]),
        ("moved", ["0.", "4.", "3.", "2.", "1."]),
    ],
)
def test_pages_go_on_where_the_last_one_ended_and_back_again(
    desk, contributor, five, order, expected
):
    client = desk(contributor)

    def turn(address):
        page = client.get(at(LIST) + address)
        assert page.status_code == 200
        return page.context["page"], [row.claim.statement for row in page.context["rows"]]

    seen, pages = [], []
    page, found = turn(f"?order={order}")
    assert not page.newer
    while True:
        seen += found
        pages.append(found)
        if not page.older:
            break
        page, found = turn(page.older)
    assert seen == expected
    back = []
    while page.newer:
        page, found = turn(page.newer)
        back.append(found)
    assert back[::-1][: len(pages) - 1] == pages[:-1]


def test_a_page_stays_the_same_when_claims_are_added(desk, contributor, five):
    client = desk(contributor)
    older = at(LIST) + client.get(at(LIST)).context["page"].older
    before = [row.claim.pk for row in client.get(older).context["rows"]]
    claim(contributor, "New.")
    assert [row.claim.pk for row in client.get(older).context["rows"]] == before


def test_beyond_the_last_page_there_is_a_way_back(desk, contributor, draft):
    page = desk(contributor).get(at(LIST), {"after": "1"})
    assert page.status_code == 200
    assert "The list ends here." in words_of(page)


def test_the_list_asks_the_same_number_of_questions_however_much_is_in_it(
    desk, contributor, reviewer, publisher
):
    client = desk(contributor)

    def more():
        for n in range(3):
            made = claim(contributor, f"Claim {n}.", language="fr" if n else "en")
            desk_work.evidence(
                made,
                contributor,
                source=desk_work.source(contributor, publisher=desk_work.speaker(contributor)),
            )
            assign(made, contributor, assignee=reviewer, due=day(n))
            assign(made, contributor, pool=Group.objects.get(name="reviewer"))
            desk_work.publish(made, reviewer, publisher)

    more()
    client.get(at(LIST), {"q": "claim"})
    for query in ({}, {"q": "claim", "state": "published", "assignee": "nobody"}):
        with CaptureQueriesContext(connection) as short:
            client.get(at(LIST), query)
        more()
        with CaptureQueriesContext(connection) as long:
            client.get(at(LIST), query)
        assert len(long) == len(short) <= 30


def test_no_list_of_claims_counts_all_of_them(desk, contributor, draft):
    client = desk(contributor)
    suggest = {"app_label": "claims", "model_name": "relation", "field_name": "target"}
    with CaptureQueriesContext(connection) as asked:
        client.get(at(LIST))
        client.get(at("autocomplete"), suggest | {"term": "dockers"})
    counting = [one["sql"] for one in asked if "COUNT(" in one["sql"].upper()]
    assert counting
    assert all("LIMIT" in sql for sql in counting)


def test_claims_are_suggested_by_the_same_search(desk, contributor, draft):
    claim(contributor, "Something else.", claimant=desk_work.speaker(contributor, name="Else"))
    asked = {"app_label": "claims", "model_name": "relation", "field_name": "target"}
    answer = desk(contributor).get(at("autocomplete"), asked | {"term": "ÙNION dockers"})
    [found] = answer.json()["results"]
    assert found["id"] == str(draft.pk)


def test_somebody_without_a_role_sees_no_list(desk, draft, contributor):
    stranger = contributor.__class__.objects.create_user("stranger", is_staff=True)
    assert desk(stranger).get(at(LIST)).status_code == 403


def test_the_state_in_the_list_is_the_claims_own(shown, in_review, contributor):
    assert shown(state=State.IN_REVIEW) == [in_review.statement]
    workflow.take_back(in_review, by=contributor)
    assert shown(state=State.IN_REVIEW) == []
    assert shown(state=State.DRAFT) == [in_review.statement]
