"""Each view of a protected source is recorded; none of those who see its placeholder is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.acting import acting
from sources.models import ProtectedView
from tests import desk_work

from .pages import at, claim_page, form_of, move_page, row, words_of

pytestmark = pytest.mark.django_db

NAME = "Letter from the harbour master’s clerk"


@pytest.fixture
def protected(reviewer):
    return desk_work.source(
        reviewer,
        title=NAME,
        kind="testimony",
        access="protected",
        access_reason="Their safety.",
        placeholder="one protected source, first-hand witness",
    )


@pytest.fixture
def claim(draft, protected, reviewer):
    desk_work.evidence(draft, reviewer, source=protected, exact="I saw it.", language="en")
    desk_work.evidence(draft, reviewer, source=protected, exact="Twice.", language="en")
    return draft


@pytest.fixture
def report(contributor, protected, reviewer):
    """A public source that came from the protected one."""
    report = desk_work.source(contributor, title="Harbour closed")
    with acting(reviewer):
        report.derived_from.create(parent=protected, kind="quotes")
    return report


SUGGEST = {"app_label": "claims", "model_name": "evidence", "field_name": "source", "term": ""}


@pytest.fixture(
    params=["list", "page", "history", "claim", "origin", "suggestions"],
)
def place(request, claim, protected, report):
    """An address of the desk that names the protected source."""
    return {
        "list": (at("sources_source_changelist"), {}),
        "page": (at("sources_source_change", protected.pk), {}),
        "history": (at("sources_source_history", protected.pk), {}),
        "claim": (claim_page(claim), {}),
        "origin": (at("sources_source_change", report.pk), {}),
        "suggestions": (at("autocomplete"), SUGGEST),
    }[request.param]


def recorded():
    return list(ProtectedView.objects.values_list("source__title", "viewer__username", "place"))


def test_it_is_recorded_where_it_is_named(desk, place, publisher):
    address, asked = place
    assert desk(publisher).get(address, asked).status_code == 200
    assert recorded() == [(NAME, "publisher", address)]


def test_nothing_is_recorded_of_those_who_may_not_see_it(desk, place, contributor):
    address, asked = place
    desk(contributor).get(address, asked)
    assert recorded() == []


def test_who_entered_it_is_recorded_as_well(desk, place, reviewer):
    desk(reviewer).get(*place)
    assert [viewer for _, viewer, _ in recorded()] == ["reviewer"]


def test_looking_again_is_recorded_again(desk, protected, publisher):
    client = desk(publisher)
    for _ in range(2):
        client.get(at("sources_source_change", protected.pk))
    assert len(recorded()) == 2


@pytest.mark.parametrize("address", ["claims_claim_preview", "claims_claim_changelist"])
def test_pages_that_show_the_placeholder_or_nothing_record_nothing(desk, claim, publisher, address):
    arguments = [claim.pk] if address == "claims_claim_preview" else []
    desk(publisher).get(at(address, *arguments))
    assert recorded() == []


def test_a_form_that_comes_back_is_recorded_once(desk, claim, reviewer):
    client = desk(reviewer)
    typed = form_of(client.get(claim_page(claim))) | {"statement": ""}
    before = len(recorded())
    assert client.post(claim_page(claim), typed).status_code == 200
    assert len(recorded()) == before + 1


def test_a_list_of_many_is_one_insert(desk, publisher, reviewer, protected):
    client = desk(publisher)

    def cost():
        with CaptureQueriesContext(connection) as made:
            client.get(at("sources_source_changelist"))
        return len(made)

    cost()  # what is asked once per session is asked here
    of_one = cost()
    for number in range(12):
        desk_work.source(
            reviewer,
            title=f"Letter {number}",
            access="protected",
            access_reason="Safety.",
            placeholder="one protected source",
        )
    assert cost() == of_one
    assert len(recorded()) == 1 + 1 + 13


def test_administrators_read_who_looked_but_not_at_what(
    desk, protected, publisher, administrator, contributor
):
    desk(publisher).get(at("sources_source_change", protected.pk))
    client = desk(administrator)
    view = ProtectedView.objects.get()
    for page in (
        at("sources_protectedview_changelist"),
        at("sources_protectedview_change", view.pk),
    ):
        told = client.get(page)
        assert protected.ref in words_of(told)
        assert "publisher" in words_of(told)
        assert NAME not in told.content.decode()
    assert desk(contributor).get(at("sources_protectedview_changelist")).status_code == 403
    assert len(recorded()) == 1


def test_saving_evidence_and_moving_on_work_as_before(desk, claim, protected, reviewer):
    client = desk(reviewer)
    typed = form_of(client.get(claim_page(claim))) | row("evidence", 1, exact="Thrice.")
    assert client.post(claim_page(claim), typed).status_code == 302
    assert client.get(move_page(claim, "submit")).status_code == 200
