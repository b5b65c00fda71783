"""Citing in a browser: one click selects a line, one button copies it, and neither is needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import path_of


@pytest.fixture
def reader(page: Page) -> Page:
    call_command("load_example", verbosity=0)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_a_button_copies_the_line_as_it_stands(reader: Page):
    reader.goto(path_of("C3"))
    reader.get_by_text("In the style of APA, Chicago").click()
    line = reader.locator("#cite-apa")
    button = reader.locator("#cite-apa + button")
    assert button.inner_text() == "Copy"
    assert button.bounding_box()["height"] >= 24
    button.click()
    expect(button).to_have_text("Copied")
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert copied == " ".join(line.inner_text().split())
    assert copied.startswith("Factcheck. (")


def test_one_click_selects_a_whole_line(reader: Page):
    reader.goto(path_of("C3"))
    reader.locator("#cite-plain").click()
    selected = reader.evaluate("getSelection().toString()")
    assert " ".join(selected.split()) == " ".join(
        reader.locator("#cite-plain").inner_text().split()
    )


def test_without_javascript_every_style_can_be_read_and_no_button_promises_more(
    browser: Browser, served: str
):
    call_command("load_example", verbosity=0)
    with browser.new_context(base_url=served, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path_of("C3"))
        page.get_by_text("In the style of APA, Chicago").click()
        assert page.locator("#cite-harvard").is_visible()
        assert page.locator(".copy-line").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_block_is_accessible_when_it_is_open(browser: Browser, served: str, scheme: str):
    call_command("load_example", verbosity=0)
    with browser.new_context(
        base_url=served, color_scheme=scheme, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path_of("C7"))
        page.get_by_text("In the style of APA, Chicago").click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert complaints == []
