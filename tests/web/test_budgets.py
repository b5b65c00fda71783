"""What a page may weigh and do, measured in a real browser: budgets that no page may exceed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser

# Page and the largest HTML it may be, in bytes, before it is compressed.
PAGES = {
    "/": 60_000,
    "/claims/": 60_000,
    "/claims/?disputed=yes": 60_000,
    "C3": 60_000,
    "C3 v1/": 60_000,
    "C7": 60_000,
    "/events/": 30_000,
    "E1": 60_000,
    "/statuses/": 30_000,
    "/how-we-verify/": 30_000,
    "C3 embed/": 8_000,
    "C3 v1/embed/": 8_000,
}
REQUESTS = 12
TRANSFERRED = 60_000  # bytes of all that a page asks for, on a first visit
MEASURE = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const rest = performance.getEntriesByType("resource");
    return {
        html: page.decodedBodySize,
        sent: page.encodedBodySize,
        transferred: [page, ...rest].reduce((sum, one) => sum + one.transferSize, 0),
        rest: rest.map((one) => one.name),
        scripts: [...document.scripts].filter((one) => one.type !== "application/ld+json")
            .map((one) => one.src),
        text: document.querySelector("main").innerText,
    };
}"""
SHIFTS = """() => new Promise((done) => {
    let moved = 0;
    const watch = new PerformanceObserver((list) =>
        list.getEntries().forEach((one) => { moved += one.value; }));
    watch.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


@dataclass(frozen=True)
class Visit:
    """A first visit: what came, from where, and what was left behind."""

    measured: dict[str, Any]
    addresses: list[str]
    cookies: list[Any]
    messages: list[str]
    shifted: float


def address(page: str, example: Callable[[str], str]) -> str:
    key, _, rest = page.partition(" ")
    return page if page.startswith("/") else example(key) + rest


@pytest.fixture(scope="module")
def visits(browser: Browser, site: str, example: Callable[[str], str]) -> dict[str, Visit]:
    """Every page, each visited for the first time."""
    return {page: visit(browser, site, address(page, example)) for page in PAGES}


def visit(browser: Browser, site: str, path: str) -> Visit:
    with browser.new_context(base_url=site, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        addresses: list[str] = []
        messages: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path, wait_until="load")
        shifted = page.evaluate(SHIFTS)
        return Visit(page.evaluate(MEASURE), addresses, context.cookies(), messages, shifted)


@pytest.fixture(params=PAGES)
def visited(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> tuple[str, Visit]:
    return request.param, visits[request.param]


def test_a_page_is_light(visited):
    page, seen = visited
    assert seen.measured["html"] < PAGES[page]
    assert seen.measured["sent"] < seen.measured["html"] * 0.6, "it travels compressed"
    assert seen.measured["transferred"] < TRANSFERRED
    assert len(seen.addresses) <= REQUESTS


def test_a_page_asks_nobody_else_and_leaves_nothing_behind(visited, site):
    _page, seen = visited
    assert all(one.startswith(f"{site}/") for one in seen.addresses)
    assert seen.cookies == []


def test_nothing_moves_and_nothing_complains(visited):
    _page, seen = visited
    assert seen.shifted == 0
    assert seen.messages == []


def test_a_page_needs_no_script(visited, browser, site, example):
    page, seen = visited
    scripts = seen.measured["scripts"]
    assert len(scripts) <= 1, "a convenience, such as a button that copies"
    with browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as context:
        without = context.new_page()
        without.goto(address(page, example))
        read = without.locator("main").inner_text().split("\n")
        assert read == [line for line in seen.measured["text"].split("\n") if line != "Copy"]
