"""What a status means opens wherever one is printed, without a script."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, expect

from tests.web.conftest import path_of

TERMS = re.compile(r'<button type="button" class="term[^"]*" popovertarget="([^"]+)">')
MEANINGS = re.compile(r'<span class="meaning" popover id="([^"]+)">(.*?)</span>', re.DOTALL)


@pytest.mark.parametrize("key", ["/", "/claims/", "C3", "C7", "C9", "E1"])
def test_every_status_leads_to_its_own_definition_on_the_page(example, visitor, key):
    path = key if key.startswith("/") else example(key)
    page = visitor.get(path).content.decode()
    terms, meanings = TERMS.findall(page), dict(MEANINGS.findall(page))
    assert terms
    assert sorted(terms) == sorted(meanings), "one definition a term, each with an id of its own"
    assert all("#" in words and "/statuses/" in words for words in meanings.values())


def test_the_definition_is_the_one_of_the_edition(example, visitor):
    page = visitor.get(example("C7")).content.decode()
    assert any(
        "We looked and cannot say." in words for words in dict(MEANINGS.findall(page)).values()
    )


def test_it_opens_by_keyboard_and_closes_again_with_scripts_off(browser: Browser, served: str):
    call_command("load_example", verbosity=0)
    with browser.new_context(base_url=served, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path_of("C3"))
        term = page.get_by_role("button", name="Not checkable").first
        meaning = page.locator(".meaning").filter(has_text="no evidence could decide it").first
        expect(meaning).to_be_hidden()
        term.focus()
        page.keyboard.press("Enter")
        expect(meaning).to_be_visible()
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
