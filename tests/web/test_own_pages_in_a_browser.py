"""The desk's own pages and its forms in a real browser, without a script, in both directions."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from claims.intake.models import Letter
from tests.web.conftest import path_of

PAGES = [
    *("/about/", "/funding/", "/licence/", "/privacy/", "/corrections/", "/statuses/"),
    *("/how-we-verify/", "/suggest/"),
]


def unflawed(page: Page, where: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}\n{found.generate_report()}"
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, where


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ar", "light")])
def test_they_are_accessible_and_fit_a_telephone(browser: Browser, served: str, language, scheme):
    call_command("load_example", verbosity=0)
    complaints: list[str] = []
    with browser.new_context(
        base_url=served, color_scheme=scheme, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        ref = path_of("C3").split("/")[2]
        for path in (*PAGES, f"/complain/?claim={ref}"):
            page.goto(f"/{language}{path}")
            unflawed(page, path)
        assert complaints == []
        page.locator("form.letter button").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        unflawed(page, "the form with mistakes")


def test_a_letter_is_sent_without_a_script_or_a_cookie(browser: Browser, served: str):
    with browser.new_context(base_url=served, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/fr/complain/")
        page.locator("#id_what").fill("Le nombre est faux.")
        page.wait_for_timeout(3100)  # as people need to type
        page.locator("form.letter button").click()
        page.wait_for_url("**/fr/receipts/*/")
        assert context.cookies() == []
    assert Letter.objects.get().what == "Le nombre est faux."


def test_the_way_to_another_language_keeps_the_page(page: Page):
    page.goto("/en/corrections/?kind=corrected")
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/corrections/?kind=corrected")
    assert page.locator("html").get_attribute("dir") == "rtl"
