"""Every public page in a real browser: in each language, by day and by night, small and wide.

No page may complain on the console, break the policy, ask another host for anything, leave a
cookie, run over the side of the screen, or have a barrier that axe finds; and without scripts it
says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from tests import database

from .every_page import NO_PAGES, Look, looks, pages_of_the_map, put_on_record

NOTED = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
LANGUAGES = [code for code, _name in settings.LANGUAGES]
LAID_OUT = {"en", "ar"}  # one of each direction: a third has the barriers of the first
MOVED = (301, 308)
ONLY_WITH_SCRIPTS = "api-reference"  # without them it leads to what it is made of
# What Swagger UI, which draws that page, does inside of our page as if it were alone in it.
OF_SWAGGER = [
    *("landmark-main-is-top-level", "landmark-no-duplicate-main", "landmark-unique"),
    *("heading-order", "nested-interactive"),
]
SMALL, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
BARRIERS = """async (but) => {
    const rules = Object.fromEntries(but.map((rule) => [rule, {enabled: false}]));
    const found = await axe.run({resultTypes: ["violations"], rules});
    return found.violations.map((one) =>
        [one.id, one.nodes.slice(0, 3).map((node) => node.html)]);
}"""
TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")].filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left < -0.5 || right > clientWidth + 0.5;
    }).map((one) => `${one.localName}.${one.className.baseVal ?? one.className}`).slice(0, 9);
}"""
# What a script may add: buttons to press. Words to read stand on the page without it.
LINES = """() => {
    for (const button of document.querySelectorAll("button[type=button], [data-script]"))
        button.remove();
    return document.body.innerText.split("\\n").map((line) => line.trim()).filter(Boolean);
}"""


class Site:
    """All there is for the public, served live."""

    def __init__(self, address: str, pages: list[Look]) -> None:
        self.address, self.pages = address, pages


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock(), database.cloned():
        pages = looks(put_on_record())
        server = LiveServer("127.0.0.1")
        yield Site(server.url, pages)
        server.stop()
        connections.close_all()


class Walk:
    """One reader's walk through all pages, and what there was to complain of."""

    def __init__(self, page: Page, site: Site, language: str, *, has_scripts: bool = True) -> None:
        self.page, self.site, self.language = page, site, language
        self.has_scripts = has_scripts
        self.complaints: list[str] = []
        self.pages = [look for look in site.pages if look.language in ("", language)]
        self.here = Look("nowhere", "")
        page.on("console", lambda said: self.hear(said.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("request", lambda asked: self.asks(asked.url))

    def open(self, look: Look) -> None:
        self.here = look
        address = self.site.address + look.address(self.language)
        if look.status in MOVED:
            self.page.route(address, self.stay)
        answer = self.page.goto(address)
        self.page.unroute_all()
        if answer is None or answer.status != look.status:
            self.complain(f"answers {answer and answer.status}, not {look.status}")
        if look.name == ONLY_WITH_SCRIPTS and self.has_scripts:
            self.page.locator("#reference .opblock").first.wait_for()

    def stay(self, route: Route) -> None:
        """A moved page has words of its own, which a browser that goes on would not show."""
        answer = route.fetch(max_redirects=0)
        headers = {name: value for name, value in answer.headers.items() if name != "location"}
        route.fulfill(response=answer, headers=headers)

    def hear(self, words: str) -> None:
        """Chromium repeats on the console that a page answers an error; here it was asked for."""
        if f"responded with a status of {self.here.status} " not in words:
            self.complain(words)

    def asks(self, address: str) -> None:
        if not address.startswith((self.site.address, "data:")):
            self.complain(f"asks {address}")

    def complain(self, words: str) -> None:
        self.complaints.append(f"{self.here.path}: {words}")


@pytest.fixture
def walk(browser: Browser, site: Site, language: str) -> Iterator[Walk]:
    with browser.new_context(reduced_motion="reduce", viewport=SMALL) as context:
        context.add_init_script(NOTED)
        yield Walk(context.new_page(), site, language)


def test_every_address_of_the_public_map_is_walked_or_is_no_page(site: Site):
    walked = {look.name for look in site.pages}
    assert walked | NO_PAGES == set(pages_of_the_map())
    assert walked & NO_PAGES == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_quiet_keeps_to_itself_fits_and_has_no_barriers(walk: Walk):
    """By day on a telephone and by night on a wide screen; every second page the other way."""
    page, axe = walk.page, Axe().axe_script
    for number, look in enumerate(walk.pages):
        sizes = [SMALL, WIDE] if number % 2 else [WIDE, SMALL]
        page.set_viewport_size(sizes[0])
        page.emulate_media(color_scheme="light")
        walk.open(look)
        page.evaluate(axe)
        for theme, size in zip(("light", "dark"), sizes, strict=True):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            if over := page.evaluate(TOO_WIDE):
                walk.complain(f"too wide at {size['width']}: {', '.join(over)}")
            if walk.language not in LAID_OUT:
                continue
            but = OF_SWAGGER if look.name == ONLY_WITH_SCRIPTS else []
            for barrier in page.evaluate(BARRIERS, but):
                walk.complain(f"{theme}, {size['width']}: {barrier}")
    for cookie in page.context.cookies():
        walk.complain(f"a cookie: {cookie['name']}")
    assert "\n".join(walk.complaints) == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_says_the_same_without_scripts(browser: Browser, walk: Walk):
    with browser.new_context(java_script_enabled=False, viewport=SMALL) as context:
        plain = Walk(context.new_page(), walk.site, walk.language, has_scripts=False)
        for look in walk.pages:
            walk.open(look)
            plain.open(look)
            if look.name == ONLY_WITH_SCRIPTS:
                assert plain.page.get_by_role("link", name=reverse("api-schema")).is_visible()
                continue
            said = [one.page.evaluate(LINES) for one in (walk, plain)]
            assert said[0] == said[1], look.path
            assert len(said[0]) > 2, look.path
    assert "\n".join(plain.complaints) == ""
    assert urlsplit(walk.page.url).path.startswith(f"/{walk.language}/")
