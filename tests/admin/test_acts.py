"""One save or one move is one act, told by whom, when, and in which move. Here commits are real."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.db import IntegrityError, connections
from playwright.sync_api import expect

from claims.review import workflow
from sources.models import Change
from tests import desk_work

from .pages import at, claim_page, form_of, make_move, told, words_of

pytestmark = pytest.mark.usefixtures("committed")


def test_a_value_is_told_as_it_was_and_as_it_became_by_whom_and_when(desk, draft, contributor):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft))) | {"harm": "serious"}
    client.post(claim_page(draft), typed)
    words = told(client, draft)
    change = Change.objects.first()
    assert f"{change.at:%-d %B %Y, %H:%M} contributor claim, changed" in words
    assert "harm level [was: ordinary ] [is: serious ]" in words


def test_a_move_stands_above_what_was_changed_with_it(desk, published, contributor):
    workflow.revise(published, by=contributor, kind="corrected", note="It was the crane drivers.")
    words = told(desk(contributor), published)
    assert "contributor opened for revision published → draft" in words
    # The same act, not one of its own: nobody is named between the two.
    between = words.split("opened for revision", 1)[1].split("kind of change", 1)[0]
    assert "contributor" not in between
    assert "published (edition 1) approved → published" in words


def test_a_comment_is_told_with_its_words(desk, in_review, reviewer, contributor):
    workflow.comment(in_review, by=reviewer, note="Who saw it?")
    words = told(desk(contributor), in_review)
    assert "reviewer commented" in words
    assert "Who saw it?" in words


def test_a_request_for_changes_is_told_once(desk, in_review, reviewer):
    make_move(desk(reviewer), in_review, "request_changes", note="Quote the leaflet.")
    assert told(desk(reviewer), in_review).count("Quote the leaflet.") == 1


def test_not_even_the_owner_rewrites_it(draft, owner_sql):
    for statement in ("UPDATE sources_change SET by_id = NULL", "DELETE FROM sources_change"):
        with pytest.raises(IntegrityError, match="append-only"):
            owner_sql(statement)


def test_the_history_is_read_on_page_by_page(desk, draft, contributor, monkeypatch):
    monkeypatch.setattr("sources.admin.history.PAGE", 4)
    for number in range(6):
        desk_work.change(draft, contributor, wanted=f"Recording {number}.")
    client = desk(contributor)
    seen, address = [], at("claims_claim_history", draft.pk)
    while address:
        page = client.get(address)
        seen.append(words_of(page))
        older = page.context["older"]
        address = f"{at('claims_claim_history', draft.pk)}?before={older}" if older else None
    assert len(seen) > 2
    assert "Recording 5." not in "".join(seen[1:]).replace("[was: 5 ]", "")
    assert "The dockers of Port Example" in seen[-1]
    assert "What happened before" not in seen[-1]


def test_of_two_who_save_at_once_one_is_told(desk):
    people = [
        User.objects.create_superuser(name, f"{name}@example.org", "pass")
        for name in ("one", "two")
    ]
    claim = desk_work.draft(people[0])
    clients = [desk(person) for person in people]
    forms = [form_of(client.get(claim_page(claim))) for client in clients]
    ready = Barrier(2)

    def save(number: int) -> int:
        try:
            ready.wait(timeout=20)
            typed = forms[number] | {"wanted": f"Recording {number}."}
            return clients[number].post(claim_page(claim), typed).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(save, range(2))) == [200, 302]


def test_a_split_is_told_by_both_claims(desk, draft, contributor):
    part = workflow.split(
        draft,
        by=contributor,
        statement="The pilots stopped work too.",
        reason="Two claims in one.",
    )
    client = desk(contributor)
    assert "split: a part is a claim of its own now The pilots stopped work too." in told(
        client, draft
    )
    assert "split off from another claim The dockers of Port Example" in told(client, part)


def test_the_pages_of_a_history_and_of_a_conflict_have_no_barriers(page, desk, served):
    writer, other = (
        User.objects.create_superuser(name, f"{name}@example.org", "pass") for name in "ab"
    )
    claim = desk_work.draft(writer)
    desk_work.change(claim, writer, statement="The dockers of Port Example stopped.", harm="grave")
    session = desk(writer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": served}])
    page.goto(at("claims_claim_history", claim.pk))
    assert barriers(page) == []
    page.goto(claim_page(claim))
    desk_work.change(claim, other, wanted="A recording.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Changed since you opened this page")).to_be_visible()
    assert barriers(page) == []


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
