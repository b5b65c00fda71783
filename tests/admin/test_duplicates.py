"""Merging duplicates of agents, sources and events: what is shown before, what is left after."""

import pytest

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Event
from claims.review import workflow
from sources.acting import acting
from sources.models import Agent, AgentMerge, Source
from tests import desk_work

from .pages import at, claim_page, form_of, words_of

pytestmark = pytest.mark.django_db

REASON = "Entered twice."
NAME = "Letter from the harbour master’s clerk"


@pytest.fixture
def union(contributor) -> Agent:
    return desk_work.speaker(contributor, name="The union")


@pytest.fixture
def double(contributor) -> Agent:
    return desk_work.speaker(contributor, name="Union of dockers", party=True)


def page_of(row) -> str:
    kind = type(row)._meta.model_name
    return at(f"{type(row)._meta.app_label}_{kind}_change", row.pk)


def merge_page(row) -> str:
    return at(f"{type(row)._meta.app_label}_{type(row)._meta.model_name}_merge", row.pk)


def merge(client, row, into, reason=REASON):
    """Choose, look, say why, and follow to where it leads."""
    preview = client.get(merge_page(row), {"into": into.pk})
    return client.post(merge_page(row), form_of(preview) | {"reason": reason}, follow=True)


def suggested(client, field: str, term: str = "") -> list[str]:
    app, model, name = field.split(".")
    asked = {"app_label": app, "model_name": model, "field_name": name, "term": term}
    return [one["text"] for one in client.get(at("autocomplete"), asked).json()["results"]]


@pytest.mark.parametrize(
    ("role", "status"),
    [("contributor", 403), ("reviewer", 200), ("publisher", 403), ("administrator", 403)],
)
def test_reviewers_merge_and_nobody_else(request, desk, union, double, role, status):
    client = desk(request.getfixturevalue(role))
    assert client.get(merge_page(double)).status_code == status
    shown = f'href="{merge_page(double)}"' in client.get(page_of(double)).content.decode()
    assert shown == (status == 200)
    if status == 403:
        sent = {"into": union.pk, "reason": REASON}
        assert client.post(merge_page(double), sent).status_code == 403
        assert not AgentMerge.objects.exists()


def test_before_anything_happens_all_that_will_point_to_the_survivor_is_shown(
    desk, union, double, contributor, reviewer, reviewer_two, publisher
):
    published = desk_work.draft(contributor, claimant=double, statement="One thing was said.")
    desk_work.publish(published, reviewer, publisher)
    waiting = desk_work.draft(contributor, on_behalf_of=double, statement="Another was said.")
    workflow.submit(waiting, by=contributor)
    desk_work.source(contributor, publisher=double, title="Our own paper")
    with acting(contributor):
        double.names.create(name="UD", language="en", kind="acronym")
        double.affiliations.create(organisation=union, role="branch")
        double.ratings.create(grade="B", rationale="Often right.", rated_by=contributor)

    page = desk(reviewer).get(merge_page(double), {"into": union.pk})
    words = words_of(page)
    for told in (
        "Claims in review and approved claims (1)",
        "each has to be taken back and submitted again",
        "Another was said.",
        "Published claims (1)",
        "One thing was said. edition 1 names it and stays as it is",
        "Sources published or written (1) Our own paper",
        "UD becomes another name of the one that stands",
        "Union of dockers, branch of The union disappears",
        "B · usually reliable stays with the merged one",
        "The two do not agree.",
        "Party to the conflict yes no",
        "No edition changes",
    ):
        assert told in words, told
    assert f'href="{claim_page(waiting)}"' in page.content.decode()
    assert not AgentMerge.objects.exists()


def test_a_merge_leads_to_the_survivor_and_the_merged_one_is_there_to_be_read(
    desk, union, double, contributor, reviewer
):
    claim = desk_work.draft(contributor, claimant=double)
    answer = merge(desk(reviewer), double, union)
    assert answer.redirect_chain[-1][0] == page_of(union)
    assert f"{double.ref} was merged." in words_of(answer)
    assert "Merged into this one Union of dockers" in words_of(answer)
    claim.refresh_from_db()
    assert claim.claimant == union

    page = desk(contributor).get(page_of(double))
    assert "This was merged into another and is kept to be read. The union" in words_of(page)
    assert REASON in words_of(page)
    assert "name" not in form_of(page)
    again = desk(reviewer).get(merge_page(double), follow=True)
    assert "This was merged into another already." in words_of(again)


def test_a_merged_row_leaves_lists_suggestions_and_choices(
    desk, union, double, contributor, reviewer
):
    first = desk_work.source(contributor, title="Strike called")
    second = desk_work.source(contributor, title="Strike called, copied")
    with acting(contributor):
        one, other = (Event.objects.create(label=label) for label in ("Strike", "The strike"))
    client = desk(reviewer)
    for merged, into in ((double, union), (second, first), (other, one)):
        merge(client, merged, into)
    for listed, merged, into in (
        ("sources_agent", double, union),
        ("sources_source", second, first),
        ("claims_event", other, one),
    ):
        shown = words_of(client.get(at(f"{listed}_changelist")))
        assert into.ref in shown
        assert merged.ref not in shown
        found = words_of(client.get(at(f"{listed}_changelist"), {"merged": "yes"}))
        assert merged.ref in found
    assert "Union of dockers" not in suggested(client, "claims.claim.claimant")
    assert suggested(client, "claims.claim.claimant", "dockers") == ["The union"], "by the old name"
    assert suggested(client, "claims.evidence.source") == ["Strike called"]
    assert suggested(client, "claims.claim.event") == ["Strike"]

    typed = form_of(client.get(page_of(first))) | {"publisher": double.pk}
    answer = client.post(page_of(first), typed)
    assert "Select a valid choice" in words_of(answer)


@pytest.mark.parametrize("named", [{"into": ""}, {"into": "x"}, {"into": "0"}, {"ref": "ZZZZZZZZ"}])
def test_choosing_nothing_is_asked_again(desk, double, reviewer, named):
    answer = desk(reviewer).get(merge_page(double), named)
    assert answer.status_code == 200
    assert "Choose" in words_of(answer)


def test_where_no_script_runs_the_survivor_is_named_by_its_ref(desk, union, double, reviewer):
    page = desk(reviewer).get(merge_page(double), {"ref": union.ref.lower()})
    assert form_of(page)["into"] == str(union.pk)


def test_a_merge_without_a_reason_or_with_itself_changes_nothing(desk, union, double, reviewer):
    client = desk(reviewer)
    assert "This field is required." in words_of(merge(client, double, union, reason=" "))
    answer = client.post(merge_page(double), {"into": double.pk, "reason": "It is."})
    assert "Choose one that stands" in words_of(answer)
    assert form_of(answer)["reason"] == "It is."
    assert not AgentMerge.objects.exists()


def test_what_the_database_refuses_is_said_in_words_and_the_reason_is_kept(
    desk, contributor, reviewer
):
    public = desk_work.source(contributor)
    protected = desk_work.source(
        reviewer, title=NAME, access="protected", access_reason="Safety.", placeholder="a witness"
    )
    answer = merge(desk(reviewer), public, protected)
    assert "A protected source is merged with a protected one only" in words_of(answer)
    assert form_of(answer)["reason"] == REASON


def test_a_protected_source_is_not_named_to_who_may_not_see_it(
    desk, union, double, contributor, reviewer, superuser
):
    """A contributor with the right to merge, but not to see protected sources."""
    from django.contrib.auth.models import Permission

    protected = desk_work.source(
        reviewer,
        title=NAME,
        publisher=double,
        access="protected",
        access_reason="Safety.",
        placeholder="a witness",
    )
    report = desk_work.source(contributor, title="Report")
    copy = desk_work.source(contributor, title="Report, copied")
    with acting(reviewer):
        copy.derived_from.create(parent=protected, kind="quotes")
    contributor.user_permissions.add(
        *Permission.objects.filter(codename__in=["add_agentmerge", "add_sourcemerge"])
    )
    client = desk(contributor)
    for row, into in ((double, union), (copy, report)):
        words = words_of(client.get(merge_page(row), {"into": into.pk}))
        assert NAME not in words
        assert "a witness" in words
    assert client.get(merge_page(protected)).status_code == 404
    hidden = client.get(merge_page(report), {"into": protected.pk})
    assert "Choose one that stands" in words_of(hidden)
    assert NAME not in hidden.content.decode()


def test_a_survivors_page_does_not_name_a_protected_duplicate_to_others(
    desk, contributor, reviewer
):
    facts = {"access": "protected", "access_reason": "Safety.", "placeholder": "a witness"}
    own = desk_work.source(contributor, title="My witness", **facts)
    other = desk_work.source(reviewer, title=NAME, **facts)
    merge(desk(reviewer), other, own, reason="The clerk, twice.")
    page = desk(contributor).get(page_of(own))
    assert other.ref in words_of(page)
    assert NAME not in page.content.decode()
    assert "The clerk, twice." not in page.content.decode()
    assert NAME in words_of(desk(reviewer).get(page_of(own)))


def test_editions_and_states_are_untouched_by_a_merge_at_the_desk(
    desk, union, double, contributor, reviewer, publisher
):
    claim = desk_work.draft(contributor, claimant=double)
    desk_work.publish(claim, reviewer, publisher)
    before = Edition.objects.values_list("sequence", "content", "digest").get()
    merge(desk(reviewer), double, union)
    claim.refresh_from_db()
    assert claim.state == State.PUBLISHED
    assert Edition.objects.values_list("sequence", "content", "digest").get() == before


def test_the_preview_asks_no_more_for_more_rows(
    desk, union, double, contributor, reviewer, publisher, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = desk(reviewer)

    def add() -> None:
        claim = desk_work.draft(contributor, claimant=double)
        desk_work.evidence(claim, contributor, source=desk_work.source(contributor, author=double))
        other = desk_work.speaker(contributor, name="The port")
        with acting(contributor):
            double.affiliations.create(organisation=other, role="member")

    add()
    client.get(merge_page(double))  # what is asked once per session is asked here
    with CaptureQueriesContext(connection) as few:
        client.get(merge_page(double), {"into": union.pk})
    for _ in range(4):
        add()
    with CaptureQueriesContext(connection) as many:
        client.get(merge_page(double), {"into": union.pk})
    assert len(many) == len(few)


def test_a_new_name_for_a_merged_source_is_refused_in_words(desk, contributor, reviewer):
    first, second = (desk_work.source(contributor, title=title) for title in ("One", "Two"))
    typed = form_of(desk(contributor).get(page_of(second))) | {"title": "Three"}
    merge(desk(reviewer), second, first)
    answer = desk(contributor).post(page_of(second), typed)
    assert "kept as it was" in words_of(answer)
    assert form_of(answer)["title"] == "Three"
    assert Source.objects.get(pk=second.pk).title == "Two"
