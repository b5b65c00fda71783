"""Cards on a page of somebody else's, in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, Page

WIDTHS = (280, 390, 520, 800)
HEIGHT = "document.body.getBoundingClientRect().height"


@contextmanager
def newsroom(html: str) -> Iterator[str]:
    """The address of a page of another origin."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>News</title>{html}".encode())

        def log_message(self, *_line: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def frame(site: str, path: str) -> str:
    return f'<iframe name="card" src="{site}{path}" width="640" height="180"></iframe>'


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with browser.new_context(base_url=site) as context:
        yield context.new_page()


def test_a_card_shows_on_a_page_of_another_site_without_a_script(
    site: str, example: Callable[[str], str], browser: Browser
):
    with (
        newsroom(frame(site, f"{example('C3')}embed/")) as address,
        browser.new_context(java_script_enabled=False) as context,
    ):
        reader = context.new_page()
        reader.goto(address)
        shown = reader.frame_locator("iframe").locator("main").inner_text()
    assert shown.index("Azawad Liberation Front") < shown.index("The soldiers killed")


def test_a_claims_page_does_not_show_there(site, example, page):
    with newsroom(frame(site, example("C3"))) as address:
        page.goto(address)
        assert page.frame_locator("iframe").locator("main").count() == 0


def test_with_the_script_a_frame_is_as_high_as_its_card(site, example, page):
    script = f'<script async src="{site}/embed.js"></script>'
    with newsroom(frame(site, f"{example('C3')}embed/") + script) as address:
        page.goto(address)
        page.wait_for_function("document.querySelector('iframe').height !== '180'")
        card = page.frame(name="card")
        assert page.locator("iframe").get_attribute("height") == str(
            card.evaluate(f"Math.ceil({HEIGHT})")
        )


def test_the_script_believes_nobody_but_the_site_it_came_from(site, example, page):
    liar = "<script>parent.postMessage({ claimCardHeight: 4000 }, '*')</script>"
    script = f'<script src="{site}/embed.js"></script>'
    with newsroom(liar) as other:
        html = f'{script}<iframe name="card" src="{other}" height="180"></iframe>'
        with newsroom(html) as address:
            page.goto(address, wait_until="networkidle")
            assert page.locator("iframe").get_attribute("height") == "180"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_legible_at_every_width(site, example, browser, scheme):
    for width in WIDTHS:
        with browser.new_context(
            base_url=site, color_scheme=scheme, viewport={"width": width, "height": 400}
        ) as context:
            reader = context.new_page()
            for path in (f"{example(key)}embed/" for key in ("C3", "C7", "B5")):
                reader.goto(path)
                assert reader.evaluate("document.documentElement.scrollWidth") <= width
                sizes = reader.evaluate(
                    "[...document.querySelectorAll('main *')].filter((one) => one.innerText)"
                    ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
                )
                assert min(sizes) >= 14
                found = Axe().run(reader)
                assert found.violations_count == 0, found.generate_report()


def test_a_card_is_about_as_high_as_its_code_says(site, example, browser):
    for key in ("C3", "C7", "C8", "B5"):
        path = example(key)
        with browser.new_context(base_url=site) as context:
            reader = context.new_page()
            answer = reader.request.get(f"/oembed/?url=http://testserver{path}").json()
            reader.set_viewport_size({"width": answer["width"], "height": 100})
            reader.goto(f"{path}embed/")
            needed = reader.evaluate(HEIGHT)
        assert needed <= answer["height"] <= needed + 160, key


def test_in_arabic_a_card_runs_from_right_to_left(example):
    """The words around the claim; the claim keeps its own direction."""
    from django.template.loader import render_to_string

    from claims.web import embedding
    from claims.web.shared import Told, edition

    standing, shown = edition(example("C3").split("/")[2])
    with translation.override("ar"):
        told = Told.by(shown)
        context = embedding._card(told, shown.document, standing.facts)
        html = render_to_string("web/embed.html", {"theme": "", "follows": True, **context})
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi lang="en" dir="ltr">The soldiers killed' in html
