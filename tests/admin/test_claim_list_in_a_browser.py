"""The list of claims in a real browser: readable at any width, chosen from by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import desk_work


@pytest.fixture
def at_the_list(page: Page, contributor) -> Page:
    for number in range(3):
        desk_work.draft(contributor, statement=f"Statement {number}.")
    page.goto("/admin/")
    page.get_by_label("Username").fill("contributor")
    page.get_by_label("Password").fill("pass")
    page.get_by_role("button", name="Log in").click()
    page.goto("/admin/claims/claim/")
    return page


def without_barriers(page: Page) -> None:
    """Nothing that axe calls serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [
        (rule["id"], [node["html"] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("width", [1440, 390])
def test_many_claims_are_chosen_and_worked_on(at_the_list, width):
    page = at_the_list
    page.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.reload()
    without_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for box in page.get_by_role("row").get_by_label("Choose", exact=False).all()[-2:]:
        box.focus()
        page.keyboard.press("Space")
    expect(page.get_by_text("chosen: 2")).to_be_visible()
    page.get_by_label("With the chosen claims:").select_option(label="Submit them for review")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Submit them for review")).to_be_visible()
    without_barriers(page)
    page.get_by_role("button", name="Submit them for review").click()
    expect(page.get_by_text("2 claims: done.")).to_be_visible()
    without_barriers(page)
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("row", name="in review")).to_have_count(2)
    assert complaints == []


def test_all_of_a_page_are_chosen_at_once(at_the_list):
    page = at_the_list
    page.get_by_label("Choose all of this page").check()
    expect(page.get_by_text("chosen: 3")).to_be_visible()
    page.get_by_label("Choose all of this page").uncheck()
    expect(page.locator("input[name=chosen]:checked")).to_have_count(0)


def test_filters_are_followed_and_cleared(at_the_list):
    page = at_the_list
    page.get_by_role("link", name="draft 3").click()
    expect(page).to_have_url("/admin/claims/claim/?state=draft")
    page.get_by_label("Search the claims").fill("statement 2")
    page.keyboard.press("Enter")
    expect(page.locator("tbody").get_by_role("row")).to_have_count(1)
    page.get_by_role("link", name="Clear all filters").click()
    expect(page.locator("tbody").get_by_role("row")).to_have_count(3)
