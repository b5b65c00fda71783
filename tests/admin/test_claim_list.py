"""The list of claims: what it says of each, how it is filtered, searched, ordered and turned."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin import counts, paging
from claims.choices import Aspect, Harm, State
from claims.models import Assignment, Claim, Event, Line
from claims.review import workflow
from sources.acting import acting
from sources.choices import Access
from tests import desk_work

from .pages import at, status, words_of

pytestmark = pytest.mark.django_db

LIST = "claims_claim_changelist"


@pytest.fixture
def shown(desk, contributor):
    """The statements that the list shows, in its order."""

    def ask(by=None, **query):
        page = desk(by or contributor).get(at(LIST), query)
        assert page.status_code == 200
        return [row.claim.statement for row in page.context["rows"]]

    return ask


@pytest.fixture
def listed(desk, contributor):
    """The words of the list."""

    def ask(by=None, **query):
        return words_of(desk(by or contributor).get(at(LIST), query))

    return ask


@pytest.fixture
def number(desk, contributor):
    """The count beside a value of a filter; nothing when the value is not offered."""

    def ask(facet, value, by=None, **query):
        page = desk(by or contributor).get(at(LIST), query)
        for one, choices in page.context["facets"]:
            if one.name == facet:
                for choice in choices:
                    if choice.label == value:
                        return str(choice.count)
        return None

    return ask


def claim(by, statement, **facts):
    return desk_work.draft(by, statement=statement, **facts)


def assign(claim, by, **facts):
    with acting(by):
        return Assignment.objects.create(claim=claim, assigned_by=by, **facts)


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


# What a line says


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


# The line that the database keeps


def lines():
    return list(Line.objects.order_by("pk").values())


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
    assert len(kept) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT draw_claim_lines(ARRAY(SELECT id FROM claims_claim))")
    assert lines() == kept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_line SET state = 'published'",
        "DELETE FROM claims_line",
    ],
)
def test_nobody_writes_a_line_past_the_triggers(draft, statement):
    from django.db import ProgrammingError

    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement)


# Filters


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
        request.state = "no_answer"
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


# Search


@pytest.mark.parametrize(
    "words",
    [
        "dockers",
        "DOCKÉRS",
        "docke",
        "union stopped",
        "“stopped work”",
        '"port example"',
        "syndicat général",
        "Syndicat-General",
        "tools laid",
        "strike vallée",
        "of",
    ],
)
def test_claims_are_found_by_words_wherever_they_stand(shown, draft, contributor, words):
    with acting(contributor):
        draft.claimant.names.create(name="Syndicat général", language="fr")
        draft.event = Event.objects.create(label="Strike in the Vallée")
        draft.save()
    desk_work.evidence(draft, contributor, exact="We laid down our tools.", language="en")
    claim(contributor, "Something else.", claimant=desk_work.speaker(contributor, name="Else"))
    assert shown(q=words) == [draft.statement]


@pytest.mark.parametrize(
    "words", ["pilots", "dockers pilots", '"work stopped"', '"work port"', "do", "«»", "%", "_____"]
)
def test_claims_in_which_one_of_the_words_is_missing_are_not_found(shown, draft, words):
    assert shown(q=words) == []


def test_a_claim_is_found_by_its_ref(shown, draft, contributor):
    claim(contributor, "Another.")
    assert shown(q=draft.ref) == shown(q=draft.ref.lower()) == [draft.statement]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "قتل"),
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "اربعة"),
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "“شخصا على”"),
        ("قُتل ٢٤ شخصاً.", "24"),
        ("ⵎⵎⵓⵜⵏ 24 ⵏ ⵎⴷⴷⵏ", "ⵎⵎⵓⵜⵏ"),
        ("Они остановили работу.", "РАБОТУ"),
    ],
)
def test_words_in_other_scripts_are_found(shown, contributor, statement, words):
    claim(contributor, statement)
    claim(contributor, "Something else.")
    assert shown(q=words) == [statement]


def test_every_script_is_found_through_an_index(draft):
    """Where LC_CTYPE is C, pg_trgm sees no letter that is not ASCII: folding must leave none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm(fold_words(%s)))", ["ⵎⵎⵓⵜⵏ"])
        assert cursor.fetchone()[0] > 3


def test_what_a_protected_source_said_is_found_by_those_who_may_see_it(
    shown, draft, contributor, reviewer, administrator
):
    hidden = desk_work.source(
        reviewer,
        access=Access.PROTECTED,
        access_reason="They asked for it.",
        placeholder="one protected source",
    )
    desk_work.evidence(
        draft, contributor, source=hidden, exact="The bridge was mined.", language="en"
    )
    assert shown(by=reviewer, q="mined") == [draft.statement]
    assert shown(by=contributor, q="mined") == []
    assert shown(by=administrator, q="mined") == []


def test_whoever_entered_a_protected_source_finds_what_it_said(shown, draft, contributor):
    own = desk_work.source(
        contributor,
        access=Access.PROTECTED,
        access_reason="They asked for it.",
        placeholder="one protected source",
    )
    desk_work.evidence(draft, contributor, source=own, exact="The bridge was mined.", language="en")
    assert shown(q="mined dockers") == [draft.statement]


def test_a_source_that_becomes_protected_is_searched_no_more(shown, draft, contributor):
    source = desk_work.source(contributor)
    desk_work.evidence(draft, contributor, source=source, exact="It was mined.", language="en")
    stranger = contributor.__class__.objects.create_user("stranger", is_staff=True)
    stranger.groups.add(Group.objects.get(name="contributor"))
    assert shown(by=stranger, q="mined") == [draft.statement]
    with acting(contributor):
        source.access, source.access_reason = Access.PROTECTED, "They asked for it."
        source.placeholder = "one protected source"
        source.save()
    assert shown(by=stranger, q="mined") == []


def test_a_search_keeps_the_filters_and_what_was_typed(desk, draft, contributor):
    page = desk(contributor).get(at(LIST), {"q": 'a "b', "harm": "ordinary"})
    content = page.content.decode()
    assert 'name="harm" value="ordinary"' in content
    assert 'name="q" value="a &quot;b"' in content


# Orders and pages


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


# The price


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
