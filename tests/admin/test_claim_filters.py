"""The filters of the list of claims, and the counts beside them."""

import pytest
from django.contrib.auth.models import Group

from claims.admin import counts
from claims.choices import Aspect, Harm
from claims.models import Event
from sources.acting import acting
from tests import desk_work

from .listing import LIST, assign, claim, day
from .pages import at, status, words_of

pytestmark = pytest.mark.django_db


def test_filters_narrow_the_list_together_and_stand_in_its_address(shown, contributor):
    claim(contributor, "One.", harm=Harm.GRAVE)
    claim(contributor, "Two.", harm=Harm.GRAVE, aspect=Aspect.TOLL)
    claim(contributor, "Three.", aspect=Aspect.TOLL)
    assert shown() == ["Three.", "Two.", "One."]
    assert shown(harm="grave") == ["Two.", "One."]
    assert shown(harm="grave", aspect="toll") == ["Two."]
    assert shown(harm=["grave", "ordinary"], aspect="toll") == ["Three.", "Two."]


def test_each_question_filters_by_its_own_answer(shown, contributor):
    one, two = claim(contributor, "One."), claim(contributor, "Two.")
    desk_work.assess(two, contributor, "corroborated")
    assert shown(finding=status("corroborated")) == ["Two."]
    assert shown(finding=status("not_assessed")) == ["One."]
    assert shown(attribution=status("single_report")) == ["Two.", "One."]
    desk_work.assess(one, contributor, "corroborated")
    assert shown(finding=status("corroborated")) == ["Two.", "One."]


def test_claims_are_listed_by_whom_they_are_assigned_to(shown, contributor, reviewer):
    mine, hers, pooled = (claim(contributor, f"{n}.") for n in ("Mine", "Hers", "Pooled"))
    claim(contributor, "Nobody's.")
    reviewers = Group.objects.get(name="reviewer")
    assign(mine, contributor, assignee=contributor)
    assign(hers, contributor, assignee=reviewer)
    assign(pooled, contributor, pool=reviewers)
    assert shown(assignee="me") == ["Mine."]
    assert shown(assignee=reviewer.pk) == ["Hers."]
    assert shown(assignee=f"pool-{reviewers.pk}") == ["Pooled."]
    assert shown(assignee="nobody") == ["Nobody's."]
    assert shown(assignee=["me", "nobody"]) == ["Nobody's.", "Mine."]


def test_a_done_assignment_is_nobodys_any_more(shown, draft, contributor, reviewer):
    given = assign(draft, contributor, assignee=reviewer, due=day(-3))
    with acting(reviewer):
        given.done = True
        given.save()
    assert shown(assignee=reviewer.pk) == []
    assert shown(due="overdue") == []
    assert shown(assignee="nobody") == [draft.statement]


def test_claims_are_listed_by_when_they_are_due(shown, contributor, reviewer):
    for name, days in [("Late", -1), ("Today", 0), ("Soon", 6), ("Later", 7)]:
        assign(claim(contributor, f"{name}."), contributor, assignee=reviewer, due=day(days))
    assert shown(due="overdue") == ["Late."]
    assert shown(due="week") == ["Soon.", "Today."]


def test_claims_with_an_open_reply_request_are_listed(shown, contributor):
    claim(contributor, "Not asked.")
    asked = claim(contributor, "Asked.")
    with acting(contributor):
        request = asked.reply_requests.create(
            party=asked.claimant, channel="mail", asked_on=day(0), deadline=day(3)
        )
    assert shown(reply="open") == ["Asked."]
    with acting(contributor):
        request.state, request.answer = "answered", "It is not so."
        request.save()
    assert shown(reply="open") == []


def test_claims_are_listed_by_event_claimant_language_and_who_entered_them(
    shown, contributor, reviewer
):
    with acting(contributor):
        event = Event.objects.create(label="Strike")
    one = claim(contributor, "One.", event=event, language="fr")
    claim(reviewer, "Two.")
    assert shown(event=event.pk) == ["One."]
    assert shown(claimant=one.claimant_id) == ["One."]
    assert shown(language="fr") == ["One."]
    assert shown(created_by="me") == ["One."]
    assert shown(by=reviewer, created_by="me") == ["Two."]
    assert shown(created_by=reviewer.pk) == ["Two."]


def test_a_count_says_how_many_a_value_would_find_beside_the_other_filters(number, contributor):
    claim(contributor, "One.", harm=Harm.GRAVE)
    claim(contributor, "Two.", harm=Harm.GRAVE, aspect=Aspect.TOLL)
    claim(contributor, "Three.", aspect=Aspect.TOLL)
    assert number("harm", "grave") == "2"
    assert number("harm", "grave", aspect="toll") == "1"
    # Its own choice does not count against the other values of a filter.
    assert number("harm", "ordinary", harm="grave") == "1"
    assert number("aspect", "what happened", harm="ordinary") is None  # it would find nothing
    assert number("created_by", "me", aspect="toll") == "2"
    assert number("assignee", "nobody", q="two") == "1"
    assert number("claimant", "The union", q="two") == "1"


def test_counts_of_assignments_know_me_and_the_pools(number, contributor, reviewer):
    one, two = claim(contributor, "One."), claim(contributor, "Two.", harm=Harm.GRAVE)
    for each in (one, two):
        assign(each, contributor, assignee=contributor, due=day(-1))
    assign(one, contributor, pool=Group.objects.get(name="reviewer"))
    assert number("assignee", "me") == "2"
    assert number("assignee", "me", harm="grave") == "1"
    assert number("assignee", "contributor", by=reviewer) == "2"
    assert number("assignee", "pool: reviewer") == "1"
    assert number("due", "overdue") == "2"


def test_counting_stops_and_says_that_there_are_more(number, listed, contributor, monkeypatch):
    monkeypatch.setattr(counts, "ENOUGH", 2)
    for n in range(4):
        claim(contributor, f"{n}.", harm=Harm.GRAVE if n else Harm.ORDINARY)
    assert number("harm", "grave") == "2+"
    assert number("harm", "ordinary") == "1"
    assert "2+ claims" in listed()


def test_a_value_that_a_first_look_missed_is_looked_for_by_itself(number, contributor, monkeypatch):
    monkeypatch.setattr(counts, "WINDOW", 3)
    for n in range(5):
        claim(contributor, f"{n}.", harm=Harm.ORDINARY)
    for n in range(2):
        claim(contributor, f"Grave {n}.", harm=Harm.GRAVE, aspect=Aspect.TOLL)
    assert number("harm", "grave") == "2"
    assert number("harm", "ordinary", harm="grave") == "5"
    # No look at what several filters leave goes further: what was not seen to the end is a floor.
    assert number("state", "draft", harm="ordinary") == "3+"
    assert number("created_by", "me", harm="grave") == "2"


def test_what_is_chosen_is_marked_and_can_be_taken_out_again(desk, draft, contributor):
    page = desk(contributor).get(at(LIST), {"state": "draft", "harm": "ordinary", "order": "due"})
    [facets] = [choices for facet, choices in page.context["facets"] if facet.name == "state"]
    [choice] = [choice for choice in facets if choice.is_chosen]
    assert choice.address == "?harm=ordinary&order=due"
    assert '<a href="?">Clear all filters</a>' in page.content.decode()


def test_addresses_that_another_list_would_write_are_understood(shown, draft, contributor):
    assert shown(state__exact="draft", created_by__exact=contributor.pk) == [draft.statement]
    assert shown(state__exact="published") == []


@pytest.mark.parametrize(
    "query",
    [
        {"state": "nowhere"},
        {"harm": "draft"},
        {"event": "many"},
        {"assignee": "pool-x"},
        {"finding": "99999999"},
        {"language": "not a tag"},
        {"claimant": "9" * 30},
        {"order": "sideways"},
        {"after": "many"},
        {"order": "due", "after": "5"},
        {"order": "due", "before": "yesterday~5"},
        {"order": "waiting", "after": "0001-01-01T00:00:00~0"},
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_shown(desk, draft, contributor, query):
    page = desk(contributor).get(at(LIST), query | {"q": "dockers"})
    assert page.status_code == 400
    assert page.context["asked"].refused
    assert page.context["asked"].refused[0] in words_of(page)
    assert draft.statement in words_of(page)
