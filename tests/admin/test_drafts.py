"""What somebody typed and did not save stays in their browser, and is offered again."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from claims.review import workflow
from sources.acting import acting
from tests import desk_work

from .pages import at, claim_page, move_page, words_of

OFFER = "was not saved. This browser has kept it for you."
# Long enough for what is typed to be kept: the page looks every 300 ms.
KEPT = "() => Object.keys(localStorage).some((name) => name.startsWith('desk-draft:'))"


@pytest.fixture
def own_browser(browser, served) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=served) as context:
        yield context


@pytest.fixture
def enter(own_browser, served, desk) -> Callable:
    """Sign somebody in, in that browser."""

    def signed_in(user, address) -> Page:
        session = desk(user).cookies["sessionid"].value
        own_browser.add_cookies([{"name": "sessionid", "value": session, "url": served}])
        page = own_browser.pages[0] if own_browser.pages else own_browser.new_page()
        page.goto(address)
        return page

    return signed_in


def leave(page: Page) -> None:
    """The window is closed, or the connection lost: the page is gone, unsaved."""
    page.wait_for_function(KEPT)
    page.wait_for_timeout(500)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


def restore(page: Page) -> None:
    expect(page.get_by_text(OFFER)).to_be_visible()
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_text(OFFER)).to_have_count(0)


def type_an_evening_of_work(page: Page, claim) -> None:
    page.locator("#id_wanted").fill("A recording.")
    page.locator("#id_harm").select_option("grave")
    page.locator("#id_evidence-0-exact").fill("We have laid down our tools.")
    page.get_by_role("button", name="Add another Figure").click()
    page.locator("#id_figures-0-words").fill("some twelve")
    page.locator("#id_figures-0-bound").select_option("about")
    page.get_by_role("button", name="Add another Piece of evidence").first.click()
    page.locator("#id_evidence-1-source + .select2 .select2-selection").click()
    page.locator(".select2-results__option", has_text="Strike called").click()
    page.locator("#id_evidence-1-exact").fill("The second report.")


def test_a_closed_window_loses_nothing(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    type_an_evening_of_work(page, claim)
    leave(page)
    page.goto(claim_page(claim))
    expect(page.locator("#id_wanted")).to_have_value("")
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []

    restore(page)
    expect(page.locator("#id_wanted")).to_have_value("A recording.")
    expect(page.locator("#id_harm")).to_have_value("grave")
    expect(page.locator("#id_evidence-0-exact")).to_have_value("We have laid down our tools.")
    expect(page.locator("#id_figures-0-words")).to_have_value("some twelve")
    expect(page.locator("#id_figures-0-bound")).to_have_value("about")
    expect(page.locator("#id_evidence-1-source option:checked")).to_have_text("Strike called")
    expect(page.locator("#select2-id_evidence-1-source-container")).to_contain_text("Strike called")
    expect(page.locator("#id_evidence-1-exact")).to_have_value("The second report.")
    expect(page.locator("#id_figures-TOTAL_FORMS")).to_have_value("1")


def test_what_is_sent_after_the_session_has_ended_is_offered_after_signing_in(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/login/**")
    claim.refresh_from_db()
    assert claim.wanted == ""

    [back] = parse_qs(urlsplit(page.url).query)["next"]
    page = enter(contributor, back)
    restore(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    claim.refresh_from_db()
    assert claim.wanted == "A recording."


def test_a_draft_is_forgotten_once_it_is_saved(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    page.wait_for_function(KEPT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.wait_for_timeout(500)
    assert not page.evaluate(KEPT)
    page.goto(claim_page(claim))
    expect(page.locator("#id_wanted")).to_have_value("A recording.")
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_a_refused_save_keeps_its_draft(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_statement").fill("")
    page.locator("#id_wanted").fill("A recording.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote").first).to_be_visible()
    leave(page)
    page.goto(claim_page(claim))
    restore(page)
    expect(page.locator("#id_wanted")).to_have_value("A recording.")


def test_a_draft_can_be_discarded(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    page.goto(claim_page(claim))
    page.get_by_role("button", name="Discard it").click()
    page.goto(claim_page(claim))
    expect(page.locator("#id_wanted")).to_have_value("")
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_whoever_finds_the_browser_can_read_nothing(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("The clerk of the harbour master.")
    page.wait_for_function(KEPT)
    everything = page.evaluate(
        "JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"
    )
    assert "desk-draft:" in everything
    assert "clerk" not in everything


def test_a_draft_is_offered_to_nobody_else(enter, contributor, reviewer):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    page = enter(reviewer, claim_page(claim))
    expect(page.locator("#id_wanted")).to_have_value("")
    page.wait_for_timeout(500)
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_signing_out_forgets_all_drafts(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    page.goto("/admin/")
    assert page.evaluate(KEPT)
    page.locator("#logout-form button").click()
    page.wait_for_load_state()
    assert not page.evaluate(KEPT)


def test_a_draft_older_than_a_week_is_forgotten(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    page.goto("/admin/")
    page.evaluate(
        """() => { for (const name of Object.keys(localStorage)) {
            if (!name.startsWith("desk-draft:")) continue;
            const entry = JSON.parse(localStorage[name]);
            localStorage[name] = JSON.stringify({...entry, at: entry.at - 8 * 864e5});
        } }"""
    )
    page.goto(claim_page(claim))
    page.wait_for_timeout(300)
    assert not page.evaluate(KEPT)


def test_the_note_of_a_move_is_kept_too(enter, contributor, reviewer):
    claim = desk_work.draft(contributor)
    workflow.submit(claim, by=contributor)
    page = enter(reviewer, move_page(claim, "approve"))
    page.locator("#id_note").fill("Quote the leaflet, please.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Request changes").click()
    page.wait_for_url("**/login/**")

    [back] = parse_qs(urlsplit(page.url).query)["next"]
    page = enter(reviewer, back)
    restore(page)
    expect(page.locator("#id_note")).to_have_value("Quote the leaflet, please.")


def test_what_others_saved_meanwhile_is_told_before_a_restored_draft_goes_over_it(
    enter, contributor, reviewer
):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    with acting(reviewer):
        desk_work.change(claim, reviewer, wanted="A photograph.")
    page.goto(claim_page(claim))
    restore(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Changed since you opened this page")).to_be_visible()
    expect(page.locator("#id_wanted")).to_have_value("A recording.")


def test_text_that_has_no_place_any_more_is_shown_to_be_copied(enter, contributor):
    claim = desk_work.draft(contributor)
    page = enter(contributor, claim_page(claim))
    page.locator("#id_wanted").fill("A recording.")
    leave(page)
    workflow.submit(claim, by=contributor)
    page.goto(claim_page(claim))
    restore(page)
    expect(page.locator(".draft-rest dd", has_text="A recording.")).to_be_visible()


def test_a_password_is_never_kept(enter, superuser):
    page = enter(superuser, "/admin/auth/user/add/")
    page.locator("#id_username").fill("newcomer")
    page.locator("#id_password1").fill("correct horse battery")
    leave(page)
    page.goto("/admin/auth/user/add/")
    restore(page)
    expect(page.locator("#id_username")).to_have_value("newcomer")
    expect(page.locator("#id_password1")).to_have_value("")


def test_a_page_from_before_somebody_signed_in_elsewhere_says_what_to_do(db, contributor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    answer = client.post(at("sources_agent_add"), {"name": "The union"})
    assert answer.status_code == 403
    assert "What you typed at the desk is kept in this browser" in words_of(answer)
    assert f'href="{at("sources_agent_add")}"' in answer.content.decode()
