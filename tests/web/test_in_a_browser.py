"""The pages in a real browser: no rule of the policy is broken, nothing is out of reach."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from tests.web.conftest import path_of


@pytest.fixture(params=["light", "dark"])
def reader(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Somebody with a telephone, in daylight or at night."""
    call_command("load_example", verbosity=0)
    with browser.new_context(
        base_url=served, color_scheme=request.param, viewport={"width": 390, "height": 844}
    ) as context:
        yield context.new_page()


def test_every_page_is_accessible_keeps_the_policy_and_fits_a_telephone(reader: Page):
    complaints: list[str] = []
    reader.on("console", lambda message: complaints.append(message.text))
    paths = [
        "/",
        "/claims/",
        "/claims/?disputed=yes&colour=blue",
        path_of("C3"),
        path_of("C7"),
        path_of("B5"),
        "/events/",
        path_of("E1"),
        "/agents/",
        path_of("FLA"),
        path_of("Diarra"),
        path_of("article"),
        "/statuses/",
        "/how-we-verify/",
    ]
    for path in paths:
        reader.goto(path)
        assert complaints == [], path
        found = Axe().run(reader)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        too_wide = reader.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, path


def test_a_page_is_under_sixty_kilobytes_and_asks_nobody_else(reader: Page, served: str):
    sizes: dict[str, int] = {}
    reader.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    reader.goto(path_of("C3"), wait_until="networkidle")
    assert all(address.startswith(served) for address in sizes)
    assert sum(sizes.values()) < 60_000


def test_the_keyboard_reaches_the_content_first(reader: Page):
    reader.goto(path_of("C3"))
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Skip to the content"
