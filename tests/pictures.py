"""The pictures in the README, taken from the site itself: `make pictures`.

Not a test, and not run with them; it borrows their database, their people and their browser.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from claims import example
from claims.choices import ChangeKind
from claims.models import Claim
from claims.review import workflow
from tests import desk_work
from tests.admin.pages import move_page

DOCS = Path("docs")
WIDTH = 1200


def take(page: Page, address: str, name: str, height: int) -> None:
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=DOCS / name)


def test_take_the_pictures(page: Page, served: str) -> None:
    call_command("load_example", verbosity=0)
    take(page, f"/claims/{example.ref('C3')}/", "claim-page.png", 980)

    people = {name: User.objects.get(username=name) for name in ("contributor", "reviewer")}
    claim = Claim.objects.get(ref=example.ref("C3"))
    note = "Single quotation marks in the statement."
    workflow.revise(claim, by=people["contributor"], kind=ChangeKind.MINOR, note=note)
    statement = claim.statement.replace("“", "‘").replace("”", "’")
    desk_work.change(claim, people["contributor"], statement=statement)
    workflow.submit(claim, by=people["contributor"])

    reviewer = Client()
    reviewer.force_login(people["reviewer"])
    session = reviewer.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served}]
    )
    take(page, move_page(claim, "approve"), "review-page.png", 1100)
