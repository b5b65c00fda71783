"""The claim page in a real browser: light, and with its content in reach of the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Page]:
    """Somebody with a telephone."""
    with browser.new_context(base_url=site, viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def test_a_page_is_under_sixty_kilobytes_and_asks_nobody_else(
    reader: Page, site: str, example: Callable[[str], str]
):
    sizes: dict[str, int] = {}
    reader.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    reader.goto(example("C3"), wait_until="networkidle")
    assert all(address.startswith(site) for address in sizes)
    assert 0 < sum(sizes.values()) < 60_000


def test_the_keyboard_reaches_the_content_first(reader: Page, example: Callable[[str], str]):
    reader.goto(example("C3"))
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.textContent") == "Skip to the content"
