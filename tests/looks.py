"""Pictures of every public page, to be looked at: `make looks` puts them into `var/looks/`.

Not a test, and not run with them: whether a page is good to look at, somebody has to see. In every
language, by day and by night, on a telephone, a tablet and a wide screen.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.every_page import looks, put_on_record

OUT = Path("var/looks")
LONGEST = 6_000  # of a picture: nobody looks further down
LANGUAGES = ("en", "fr", "ar")
WIDTHS = (390, 820, 1440)


@pytest.mark.parametrize("language", LANGUAGES)
def test_take_a_look_at_every_page(browser: Browser, served: str, language: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    pages = [look for look in looks(put_on_record()) if look.language in ("", language)]
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for number, look in enumerate(pages):
            name = re.sub(r"\W+", "-", f"{number:02}-{look.name}-{look.status}")
            page.goto(served + look.address(language))
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                height = page.evaluate("document.documentElement.scrollHeight")
                clip = {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}
                for theme in ("light", "dark"):
                    page.emulate_media(color_scheme=theme, media="screen")
                    path = OUT / f"{name}-{language}-{width}-{theme}.png"
                    page.screenshot(path=path, full_page=True, clip=clip)
            page.emulate_media(color_scheme="light", media="print")
            page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
            page.screenshot(path=OUT / f"{name}-{language}-print.png", full_page=True)
