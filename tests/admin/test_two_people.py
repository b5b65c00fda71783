"""Two people save one thing: the second is told what the first changed, and keeps their text."""

import pytest

from claims.choices import BearsOn
from claims.models import Evidence
from claims.review import workflow
from sources.acting import acting
from sources.models import Agent
from tests import desk_work

from .pages import at, claim_page, form_of, row, words_of

pytestmark = pytest.mark.django_db

TOLD = "Somebody else saved this since you opened it."


def test_the_second_is_told_what_the_first_changed_and_keeps_their_text(
    desk, draft, contributor, reviewer
):
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft)))
    desk_work.change(draft, reviewer, statement="The dockers stopped.", harm="serious")

    answer = second.post(claim_page(draft), opened | {"wanted": "A recording."})
    words = words_of(answer)
    assert answer.status_code == 200
    assert TOLD in words
    assert "reviewer claim, changed" in words
    assert "harm level [was: ordinary ] [is: serious ]" in words
    assert form_of(answer)["wanted"] == "A recording."
    draft.refresh_from_db()
    assert draft.wanted == ""


def test_whoever_was_told_saves_knowingly_by_sending_again(desk, draft, contributor, reviewer):
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft)))
    desk_work.change(draft, reviewer, statement="The dockers stopped.")
    answer = second.post(claim_page(draft), opened | {"wanted": "A recording."})

    assert second.post(claim_page(draft), form_of(answer)).status_code == 302
    draft.refresh_from_db()
    assert (draft.wanted, draft.statement) == ("A recording.", opened["statement"])


def test_what_changes_between_the_warning_and_the_second_try_is_told_as_well(
    desk, draft, contributor, reviewer
):
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft)))
    desk_work.change(draft, reviewer, wanted="One.")
    warned = form_of(second.post(claim_page(draft), opened))
    desk_work.change(draft, reviewer, wanted="Two.")
    assert TOLD in words_of(second.post(claim_page(draft), warned))


def test_a_row_that_somebody_added_meanwhile_is_told(desk, draft, contributor, reviewer):
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft)))
    desk_work.evidence(draft, reviewer, source=desk_work.source(reviewer, title="The leaflet"))
    new = {"figures-TOTAL_FORMS": "1"} | row("figures", 0, words="twelve", population="dockers")
    answer = second.post(claim_page(draft), opened | new)
    assert "evidence, added: The leaflet" in words_of(answer)
    assert form_of(answer)["figures-0-words"] == "twelve"


def test_a_row_that_somebody_removed_meanwhile_comes_back_as_a_new_one(
    desk, draft, contributor, reviewer
):
    leaflet = desk_work.source(contributor, title="Leaflet")
    desk_work.evidence(draft, contributor, source=leaflet, bears_on=BearsOn.ATTRIBUTION)
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft)))
    with acting(reviewer):
        draft.evidence.earliest("pk").delete()
    typed = opened | {"evidence-0-exact": "We laid down our tools.", "evidence-0-language": "en"}

    answer = second.post(claim_page(draft), typed)
    assert "evidence, removed: Strike called" in words_of(answer)
    again = form_of(answer)
    assert (again["evidence-INITIAL_FORMS"], again["evidence-TOTAL_FORMS"]) == ("1", "2")
    assert again["evidence-1-exact"] == "We laid down our tools."
    assert second.post(claim_page(draft), again).status_code == 302
    assert [item.exact for item in draft.evidence.order_by("pk")] == ["", typed["evidence-0-exact"]]


def test_a_row_that_both_wanted_gone_stays_gone(desk, draft, contributor, reviewer):
    second = desk(contributor)
    opened = form_of(second.get(claim_page(draft))) | {"evidence-0-DELETE": "on"}
    with acting(reviewer):
        draft.evidence.all().delete()
    answer = second.post(claim_page(draft), opened)
    assert second.post(claim_page(draft), form_of(answer)).status_code == 302
    assert not Evidence.objects.exists()


def test_it_holds_for_everything_that_has_a_form(desk, contributor, reviewer):
    agent = desk_work.speaker(contributor)
    page = at("sources_agent_change", agent.pk)
    second = desk(contributor)
    opened = form_of(second.get(page))
    with acting(reviewer):
        agent.names.create(name="Le syndicat", language="fr")
    answer = second.post(page, opened | {"name": "The dockers’ union"})
    assert "other name, added: Le syndicat" in words_of(answer)
    assert form_of(answer)["name"] == "The dockers’ union"
    assert second.post(page, form_of(answer)).status_code == 302
    assert Agent.objects.get().name == "The dockers’ union"


def test_the_roles_of_an_account_are_no_exception(desk, contributor, administrator, superuser):
    page = at("auth_user_change", contributor.pk)
    second = desk(administrator)
    opened = form_of(second.get(page))
    with acting(superuser):
        contributor.groups.clear()
    assert TOLD in words_of(second.post(page, opened | {"first_name": "Ana"}))


def test_ones_own_change_from_another_window_is_told_too(desk, draft, contributor):
    client = desk(contributor)
    opened = form_of(client.get(claim_page(draft)))
    client.post(claim_page(draft), opened | {"wanted": "One."})
    answer = client.post(claim_page(draft), opened | {"wanted": "Two."})
    assert "You saved this from somewhere else since you opened this page." in words_of(answer)


def test_what_the_form_does_not_show_is_no_ground_to_stop_anybody(
    desk, draft, contributor, reviewer
):
    client = desk(contributor)
    opened = form_of(client.get(claim_page(draft)))
    workflow.submit(draft, by=contributor)
    workflow.take_back(draft, by=contributor)
    assert client.post(claim_page(draft), opened | {"wanted": "One."}).status_code == 302


def test_of_a_protected_source_the_second_learns_the_placeholder_only(
    desk, draft, contributor, reviewer
):
    protected = desk_work.source(
        reviewer, title="The clerk", access="protected", access_reason="x", placeholder="a witness"
    )
    client = desk(contributor)
    opened = form_of(client.get(claim_page(draft)))
    desk_work.evidence(draft, reviewer, source=protected, exact="I saw it.", language="en")
    words = words_of(client.post(claim_page(draft), opened))
    assert "a witness" in words
    assert "The clerk" not in words
    assert "I saw it." not in words


@pytest.mark.parametrize("seen", ["", "x", "-1", "1" * 19, "١"])
def test_a_number_that_was_made_up_is_refused(desk, draft, contributor, seen):
    client = desk(contributor)
    opened = form_of(client.get(claim_page(draft)))
    assert client.post(claim_page(draft), opened | {"_seen": seen}).status_code == 400


def test_opening_a_form_costs_one_query_more_and_no_more(
    desk, contributor, django_assert_max_num_queries
):
    agent = desk_work.speaker(contributor)
    client = desk(contributor)
    with django_assert_max_num_queries(22):
        client.get(at("sources_agent_change", agent.pk))
