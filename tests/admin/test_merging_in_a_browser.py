"""Merging, splitting and correcting in a real browser: without barriers, and what scripts add."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from claims.models import Claim
from tests import desk_work

from .pages import at, claim_page, move_page
from .test_browser import NOTED, without_barriers


@pytest.fixture
def open_desk(browser: Browser, served: str) -> Iterator[Callable[[User], Page]]:
    """Somebody's own browser, signed in. What it complains about fails the test in the end."""
    complaints: list[str] = []
    contexts = []

    def open_one(user: User, **options: object) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=served, **options)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": served}])
        context.add_init_script(NOTED)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def survivor(contributor, reviewer, publisher) -> Claim:
    claim = desk_work.draft(contributor, statement="Work in the port stopped.")
    desk_work.publish(claim, reviewer, publisher)
    return claim


def choose(page: Page, words: str) -> None:
    page.locator("#id_into + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def test_a_duplicate_agent_is_merged_after_a_look_at_what_follows(
    open_desk, contributor, reviewer, published
):
    double = desk_work.speaker(contributor, name="Dockers’ federation", party=True)
    desk_work.draft(contributor, claimant=double, statement="The federation said so.")
    desk = open_desk(reviewer)
    desk.goto(at("sources_agent_change", double.pk))
    desk.get_by_role("link", name="Merge into another").click()
    without_barriers(desk)
    choose(desk, "The union")
    desk.get_by_role("button", name="Show what will change").click()
    expect(desk.get_by_text("The federation said so.")).to_be_visible()
    without_barriers(desk)
    desk.get_by_label("Why these are the same").fill("Entered twice.")
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.get_by_text(f"{double.ref} was merged.")).to_be_visible()
    without_barriers(desk)
    desk.get_by_role("link", name="Dockers’ federation").click()
    expect(desk.get_by_text("This was merged into another")).to_be_visible()
    without_barriers(desk)


def test_a_claim_is_merged_and_readers_are_led_on(
    open_desk, contributor, publisher, published, survivor
):
    desk = open_desk(publisher)
    desk.goto(claim_page(published))
    desk.get_by_role("link", name="Merge into another claim").click()
    without_barriers(desk)
    choose(desk, "Work in the port stopped.")
    desk.get_by_label("Why these are the same").fill("Both say that work stopped.")
    desk.get_by_role("button", name="Merge into another claim").click()
    expect(desk.get_by_text("It stands here now:")).to_be_visible()
    without_barriers(desk)
    desk.goto(f"/claims/{published.ref}/")
    assert desk.url.endswith(f"/claims/{survivor.ref}/")
    expect(desk.get_by_text(f"Also cited as {published.ref}")).to_be_visible()
    without_barriers(desk)
    desk.get_by_role("link", name=published.ref).click()
    expect(
        desk.get_by_role("heading", name="This claim was merged into another one.")
    ).to_be_visible()
    without_barriers(desk)


def test_only_what_the_kind_of_change_asks_for_is_shown_and_the_part_is_split_off(
    open_desk, contributor, published
):
    desk = open_desk(contributor)
    desk.goto(move_page(published, "revise"))
    expect(desk.get_by_label("A correction: why")).to_be_hidden()
    desk.get_by_label("minor").check()
    expect(desk.get_by_label("What changes, and why")).to_be_visible()
    desk.get_by_label("correction: something was wrong").check()
    expect(desk.get_by_label("What changes, and why")).to_be_hidden()
    without_barriers(desk)
    desk.get_by_label("A correction: what was").fill("Three days.")
    desk.get_by_label("A correction: what is").fill("Two days.")
    desk.get_by_label("A correction: why").fill("We misread the order.")
    desk.get_by_role("button", name="Revise").click()
    expect(desk.locator("#id_change_note")).to_have_value(
        "Was: Three days.\nIs: Two days.\nWhy: We misread the order."
    )

    desk.get_by_role("link", name="Split off a claim").click()
    without_barriers(desk)
    desk.get_by_label("Statement of the part").fill("The dockers marched.")
    desk.get_by_label("Strike called").check()
    desk.get_by_label("Why these are two").fill("Two things were said at once.")
    desk.get_by_role("button", name="Split off a claim").click()
    expect(desk.get_by_role("heading", name="The dockers marched.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_of_a_merge_is_wider_than_its_screen(
    open_desk, contributor, reviewer, superuser, published, survivor, width
):
    double = desk_work.speaker(contributor, name="Dockers’ federation", party=True, kind="person")
    desk_work.draft(contributor, claimant=double)
    draft = desk_work.draft(contributor)
    page = open_desk(superuser, viewport={"width": width, "height": 800})
    merging = at("sources_agent_merge", double.pk)
    for address in (
        merging,
        f"{merging}?into={published.claimant_id}",
        move_page(published, "merge"),
        move_page(published, "revise"),
        move_page(draft, "split"),
    ):
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (address, max(wider, 0)) == (address, 0)
