"""The review screen in a real browser, at a desk and on a phone, with a script and without."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from claims.choices import Decision, Harm, State
from claims.models import Claim, Review
from claims.review import workflow
from sources.acting import acting
from tests import desk_work

from .pages import move_page
from .test_browser import NOTED, without_barriers

OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true })"


@pytest.fixture
def reading(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """A screen on which somebody is signed in. Whatever the browser complains about fails it."""
    complaints: list[str] = []
    contexts = []

    def at_the_desk(user, **screen) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=served, **screen)
        contexts.append(context)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served}
        context.add_cookies([cookie])
        context.add_init_script(NOTED)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield at_the_desk
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def revised(published: Claim, contributor) -> Claim:
    """A grave claim in its second edition's review, with copies of copies and a remark on it."""
    workflow.revise(published, by=contributor, kind="corrected", note=desk_work.CORRECTION)
    desk_work.change(
        published,
        contributor,
        statement="The dockers of two ports stopped work.",
        harm=Harm.GRAVE,
    )
    wire = desk_work.source(contributor, title="Ports at a standstill", language="en")
    reprint = desk_work.source(contributor, title="توقف العمل في الميناء", language="ar")
    with acting(contributor):
        reprint.derived_from.create(parent=wire, kind="wire_reprint")
    desk_work.evidence(published, contributor, source=wire, exact="All is quiet.", language="en")
    desk_work.evidence(published, contributor, source=reprint, exact="توقف العمل.", language="ar")
    workflow.submit(published, by=contributor)
    return published


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1440])
def test_it_has_no_barriers_and_is_no_wider_than_its_screen(
    reading, revised, reviewer, reviewer_two, width, scheme
):
    remarks = {"statement": "Which ports?"}
    workflow.comment(revised, by=reviewer_two, remarks=remarks)
    page = reading(reviewer, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(move_page(revised, "approve"))
    page.evaluate(OPEN)
    expect(page.get_by_text("Which ports?").first).to_be_visible()
    without_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_decision_and_differences_are_in_sight_together_at_a_desk(reading, revised, reviewer):
    page = reading(reviewer, viewport={"width": 1440, "height": 900})
    page.goto(move_page(revised, "approve"))
    for thing in (
        page.locator("#part-statement ins"),
        page.get_by_role("img", name="The reports go back to"),
        page.get_by_role("button", name="Approve exactly this"),
    ):
        expect(thing.first).to_be_in_viewport()
    page.mouse.wheel(0, 700)
    expect(page.get_by_role("button", name="Approve exactly this")).to_be_in_viewport()


def test_remarks_and_the_decision_are_one_act_by_keyboard_alone(reading, revised, reviewer):
    page = reading(reviewer)
    page.goto(move_page(revised, "approve"))
    page.locator("#part-statement .say summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Which two?")
    page.locator("#id_note").focus()
    page.keyboard.type("Please name them.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Request changes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This claim is: draft")).to_be_visible()
    expect(page.get_by_text("Which two?")).to_be_visible()
    review = Review.objects.get(decision=Decision.REQUEST_CHANGES)
    assert review.remarks.get().text == "Which two?"


def test_looking_at_the_page_and_back_keeps_what_was_typed_without_a_script(
    reading, revised, reviewer
):
    page = reading(reviewer, java_script_enabled=False)
    page.goto(move_page(revised, "approve"))
    page.locator("#id_note").fill("I am not done.")
    page.get_by_role("radio", name="The page as it would be published").check()
    expect(page.frame_locator("iframe").get_by_text("Not published.", exact=True)).to_be_visible()
    expect(page.locator("#part-statement")).to_be_hidden()
    page.get_by_role("radio", name="What differs from edition 1").check()
    expect(page.locator("#part-statement")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("I am not done.")


def test_content_that_changes_under_the_reviewers_eyes_is_not_approved(
    reading, revised, contributor, reviewer
):
    page = reading(reviewer)
    page.goto(move_page(revised, "approve"))
    page.locator("#id_note").fill("I read all of it.")
    workflow.take_back(revised, by=contributor)
    desk_work.change(revised, contributor, statement="The dockers of three ports stopped work.")
    workflow.submit(revised, by=contributor)

    page.get_by_role("button", name="Approve exactly this").click()
    page.get_by_role("link", name="See what changed").click()
    changed = page.locator("#what-changed")
    expect(changed).to_be_in_viewport()
    expect(changed.locator("del")).to_have_text("two")
    expect(changed.locator("ins")).to_have_text("three")
    expect(page.locator("#id_note")).to_have_value("I read all of it.")
    without_barriers(page)
    revised.refresh_from_db()
    assert revised.state == State.IN_REVIEW


@pytest.mark.parametrize("width", [390, 1440])
def test_it_mirrors_for_readers_from_right_to_left(reading, revised, reviewer, width):
    page = reading(reviewer, viewport={"width": width, "height": 800}, locale="ar")
    page.goto(move_page(revised, "approve"))
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    without_barriers(page)
    words, decision = (page.locator(spot).bounding_box() for spot in ("#part-statement", ".act"))
    assert words
    assert decision
    assert words["x"] > decision["x"] if width > 800 else words["y"] < decision["y"]
