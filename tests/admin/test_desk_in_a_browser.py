"""The home, the numbers and the notices in a real browser: readable, whole, without barriers."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from claims.models import Assignment, Claim
from claims.review import assigning, workflow
from sources.acting import acting
from tests import desk_work


@pytest.fixture
def busy(
    committed: None, contributor: User, reviewer: User, reviewer_two: User, publisher: User
) -> Claim:
    """A desk with something in most piles; answers with a claim that waits in a pool."""
    army = desk_work.speaker(contributor, name="القوات المسلحة", language="ar", party=True)
    desk_work.publish(desk_work.draft(contributor, claimant=army), reviewer, publisher)
    late = desk_work.draft(contributor, statement="The crane stood still.")
    with acting(contributor):
        Assignment.objects.create(
            claim=late, assignee=reviewer, due=timezone.localdate() - timedelta(days=2)
        )
    workflow.submit(desk_work.draft(contributor), by=contributor)
    asked = desk_work.draft(contributor, statement="The pilots joined them.")
    assigning.assign(asked, by=contributor, pool=Group.objects.get(name="reviewer"))
    return asked


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.locator("#id_login").fill("reviewer")
    page.locator("#id_password").fill("pass")
    page.locator("#content [type=submit]").first.click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_pages_fit_their_screen_and_have_no_barriers(
    browser: Browser, served, busy, width, scheme, language
):
    complaints = []
    context = browser.new_context(
        base_url=served,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=language,
    )
    page = context.new_page()
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    sign_in(page)
    addresses = [
        "/admin/",
        "/admin/numbers/",
        "/admin/notices/",
        "/admin/preferences/",
        f"/admin/claims/claim/{busy.pk}/assign/",
    ]
    for address in addresses:
        page.goto(address)
        for details in page.locator("details.numbers > summary").all():
            details.click()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        barriers = [
            (rule["id"], [node["html"] for node in rule["nodes"]][:3])
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
        assert (address, barriers, max(wider, 0)) == (address, [], 0)
    context.close()
    assert complaints == []


def test_the_columns_of_a_chart_run_from_right_to_left_where_one_reads_so(page: Page, busy):
    page.set_extra_http_headers({"Accept-Language": "ar"})
    sign_in(page)
    page.goto("/admin/numbers/")
    mirrored = "getComputedStyle(document.querySelector('.columns svg')).transform"
    assert page.evaluate(mirrored) == "matrix(-1, 0, 0, 1, 0, 0)"


def test_a_claim_is_taken_from_a_pool_with_the_keyboard(page: Page, busy):
    sign_in(page)
    pool = page.get_by_role("region", name="Waiting in my pools")
    pool.get_by_role("button", name="Take it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    mine = page.get_by_role("region", name="Assigned to me")
    expect(mine.get_by_role("link", name="The pilots joined them.")).to_be_visible()


def test_notices_are_read_one_by_one_or_all_at_once(page: Page, busy):
    sign_in(page)
    page.get_by_role("link", name="Notices (").click()
    page.get_by_role("button", name="Mark as read").first.click()
    page.get_by_role("button", name="Mark all of these as read").click()
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()
