"""The desk in a real browser: one claim from a blank form to its public page."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

STATEMENT = "The dockers of Port Example stopped work."
NOTED = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def sign_in(browser: Browser, served: str) -> Iterator:
    """Somebody's own browser. Whatever it complains about fails the test in the end."""
    complaints: list[str] = []
    contexts = []

    def open_desk(user: User) -> Page:
        context = browser.new_context(base_url=served)
        contexts.append(context)
        context.add_init_script(NOTED)
        page = context.new_page()
        for tab in (page,):
            tab.on("console", lambda said: said.type == "error" and complaints.append(said.text))
            tab.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill("pass")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="My desk")).to_be_visible()
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert complaints == []


def without_barriers(page: Page) -> None:
    """Nothing that axe calls serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [
        (rule["id"], [node["html"] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ] == []


def pick(page: Page, box: str, words: str) -> None:
    """Choose from a box that suggests while one types."""
    page.locator(f"#{box} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).click()


def add_in_place(page: Page, box: str, answers: dict[str, str]) -> None:
    """Press the plus beside a box, fill in what is new, and come back with it chosen."""
    with page.expect_popup() as opened:
        page.locator(f"#add_{box}").click()
    popup = opened.value
    for field, value in answers.items():
        control = popup.locator(f"#id_{field}")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    popup.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#{box} option:checked")).not_to_have_text("")


def test_a_new_claim_with_a_new_source_goes_from_a_blank_form_to_readers_and_partners(
    sign_in, contributor, reviewer, publisher
):
    desk = sign_in(contributor)
    without_barriers(desk)
    desk.locator("#content-main").get_by_role("row", name="Claims").get_by_text("Add").click()
    desk.locator("#id_statement").fill(STATEMENT)
    add_in_place(desk, "id_claimant", {"name": "The dockers’ union", "kind": "organisation"})
    desk.locator("#id_aspect").select_option("occurrence")
    desk.locator("#id_harm").select_option("ordinary")
    add_in_place(
        desk,
        "id_evidence-0-source",
        {"title": "Port at a standstill", "kind": "article", "language": "en"},
    )
    desk.locator("#id_evidence-0-exact").fill("We have laid down our tools.")
    desk.locator("#id_evidence-0-language").fill("en")
    desk.locator("#id_assessments-0-attribution").select_option(label="Single report")
    desk.locator("#id_assessments-0-finding").select_option(label="Insufficient evidence")
    desk.locator("#id_assessments-0-rationale").fill("One report, and no record of the words.")
    without_barriers(desk)
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.get_by_role("heading", name="This claim is: draft")).to_be_visible()
    desk.get_by_role("link", name="Submit for review").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Note").fill("Please look at the quotation.")
    without_barriers(desk)
    desk.get_by_role("button", name="Submit for review").click()
    expect(desk.get_by_role("heading", name="This claim is: in review")).to_be_visible()
    without_barriers(desk)

    desk = sign_in(reviewer)
    desk.get_by_role("link", name=STATEMENT).click()
    desk.get_by_role("link", name="Review", exact=True).click()
    expect(desk.get_by_role("radio", name="The page as it would be published")).to_be_visible()
    without_barriers(desk)
    desk.get_by_role("radio", name="The page as it would be published").check()
    candidate = desk.frame_locator("iframe")
    expect(candidate.get_by_role("heading", name=STATEMENT)).to_be_visible()
    expect(candidate.get_by_text("Not published.", exact=True)).to_be_visible()
    without_barriers(desk)
    desk.get_by_role("button", name="Approve exactly this").click()
    expect(desk.get_by_role("heading", name="This claim is: approved")).to_be_visible()

    desk = sign_in(publisher)
    desk.get_by_role("link", name=STATEMENT).click()
    desk.get_by_role("link", name="Publish").click()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("heading", name="This claim is: published")).to_be_visible()
    without_barriers(desk)

    desk.get_by_role("link", name="Open it").click()
    expect(desk.get_by_role("heading", name=STATEMENT)).to_be_visible()
    desk.goto("/")
    expect(desk.get_by_text(STATEMENT).first).to_be_visible()
    [item] = desk.request.get("/api/v1/claims/").json()["items"]
    assert item["content"]["statement"] == STATEMENT


def test_leaving_with_unsaved_changes_is_asked_about_and_saving_is_not(sign_in, contributor, draft):
    desk = sign_in(contributor)
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.goto(f"/admin/claims/claim/{draft.pk}/change/")
    desk.get_by_role("link", name="Submit for review").click()
    desk.get_by_role("link", name="Back to the claim").click()
    assert asked == []

    desk.locator("#id_wanted").fill("A recording.")
    desk.get_by_role("link", name="Submit for review").click(no_wait_after=True)
    expect(desk.locator("#id_wanted")).to_have_value("A recording.")
    assert asked == ["beforeunload"]
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_of_the_desk_is_wider_than_its_screen(
    browser, served, superuser, published, in_review, width
):
    context = browser.new_context(base_url=served, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("superuser")
    page.get_by_label("Password").fill("pass")
    page.get_by_role("button", name="Log in").click()
    for address in (
        "/admin/",
        "/admin/claims/claim/",
        "/admin/claims/claim/add/",
        f"/admin/claims/claim/{published.pk}/change/",
        f"/admin/claims/claim/{published.pk}/move/retract/",
        f"/admin/claims/claim/{published.pk}/move/approve/",
        "/admin/sources/source/add/",
        "/admin/auth/user/",
    ):
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (address, max(wider, 0)) == (address, 0)
    context.close()
