"""Every kind of page of the desk, opened in a real browser, from left to right and back.

The walk follows the links of the desk from its home, as somebody with every right, and opens each
kind of page once, the pages of claims once for each state. No page may break the strict policy,
complain on the console, answer an error, or have a barrier that axe calls serious or critical.
A page that is new at the desk is walked by itself as soon as a link leads to it; one to which none
leads fails the test, unless it is named in `NO_PAGES`.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, Request

from claims.choices import State
from claims.editions.models import PageText
from claims.exports.models import Export
from claims.intake.choices import Kind
from claims.intake.models import Letter
from claims.models import Assignment, Claim, Event
from claims.review import workflow
from sources.acting import acting
from sources.models import ProtectedView
from tests import desk_work
from tests.asking import proposal
from tests.sent import delivery

NOTED = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
# What is asked for by a script or a form, or leads away from the desk.
NO_PAGES = {
    *("autocomplete", "jsi18n", "login", "logout", "password_change_done", "view_on_site"),
    *("claims_claim_role", "claims_claim_similar", "claims_claim_bulk", "numbers_file"),
    *("claims_assignment_take", "claims_assignment_done"),
    *("partners_partner_suspend", "partners_partner_resume", "partners_partner_revoke_key"),
    *("intake_letter_take", "intake_proposal_take", "intake_proposal_file"),
    *("exports_export_make", "webhooks_endpoint_switch", "webhooks_delivery_again"),
}
# Arabic pages are built as English ones are, in the same colours: what can differ is what they are
# called, in which language, and how much room the words take. French pages are laid out as
# English ones are: `tests/test_words.py` reads their words.
WORDS = (
    *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "button-name"),
    *("document-title", "empty-heading", "html-has-lang", "html-lang-valid", "label", "link-name"),
    *("scrollable-region-focusable", "select-name", "target-size", "valid-lang"),
)
OPTIONS: dict[str, dict[str, Any]] = {
    "en": {},
    "ar": {"runOnly": {"type": "rule", "values": WORDS}},
}
SAME_FOR_ALL = {"delete", "history"}
NOT_OURS = ("django_ox_",)  # the task worker's own pages, for superusers


@pytest.fixture
def everything(contributor: User, reviewer: User, publisher: User) -> None:
    """A claim in every state, and a row of all else that has pages."""
    draft, in_review, approved, published, retracted, merged = (
        desk_work.draft(contributor) for _ in range(6)
    )
    for claim in (in_review, approved):
        workflow.submit(claim, by=contributor)
    desk_work.approve(approved, reviewer)
    for claim in (published, retracted):
        desk_work.publish(claim, reviewer, publisher)
    workflow.retract(retracted, by=publisher, reason="We were wrong.")
    workflow.merge(merged, into=published, by=publisher, reason="The same.")
    today = localdate()
    with acting(contributor):
        draft.reply_requests.create(
            party=draft.claimant,
            channel="e-mail",
            asked_on=today,
            deadline=today,
            state="answered",
            answer="It is so.",
            answered_on=today,
        )
        letter = desk_work.source(
            contributor,
            title="A letter",
            access="protected",
            access_reason="Safety.",
            placeholder="one protected source",
        )
        ProtectedView.objects.create(source=letter, viewer=contributor, place="/admin/")
        Event.objects.create(label="Strike at Port Example", language="en")
        Assignment.objects.create(claim=draft, assignee=reviewer)
        PageText.objects.create(slug="about", title="About us", text="We check claims.")
    delivery(publisher)
    Letter(kind=Kind.SUGGESTION, who="The mayor", what="The bridge is closed.").file("A" * 22)
    proposal()
    Export.objects.ask("latest")


class Walk:
    """One walk through the desk: what there was to complain of, and where it led."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.barriers: list[tuple[str, str, list[str]]] = []
        self.kinds: set[tuple[str, ...]] = set()
        self.makes: set[str] = set()
        self.waiting = ["/admin/"]
        page.on("console", lambda said: said.type == "error" and self.complain(said.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("requestfailed", self.missed)

    def missed(self, request: Request) -> None:
        """What is still asked for when one goes on to the next page is given up, and no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.complain(f"failed: {request.url}")

    def complain(self, words: str) -> None:
        self.complaints.append(f"{urlsplit(self.page.url).path}: {words}")

    def go(self, *, options: dict[str, Any]) -> None:
        while self.waiting:
            address = self.waiting.pop()
            if (kind := kind_of(address)) is None or kind in self.kinds:
                continue
            self.kinds.add(kind)
            answer = self.page.goto(address)
            if answer is None or not answer.ok:
                self.complain(f"answers {answer and answer.status} at {address}")
            if self.is_built_anew(kind):
                self.look_for_barriers(options)
            self.waiting += self.page.eval_on_selector_all(
                "a[href]",
                """links => links.filter((link) => link.origin === location.origin)
                    .map((link) => link.pathname + link.search)""",
            )

    def is_built_anew(self, kind: tuple[str, ...]) -> bool:
        """Whether this is the first of its make: the histories of all models are built alike."""
        last = kind[0].rpartition("_")[2]
        make = "popup" if "popup" in kind else last if last in SAME_FOR_ALL else "/".join(kind)
        first = make not in self.makes
        self.makes.add(make)
        return first

    def look_for_barriers(self, options: dict[str, Any]) -> None:
        found = Axe().run(self.page, options={"resultTypes": ["violations"], **options})
        for rule in found.response["violations"]:
            if rule["impact"] in ("serious", "critical"):
                nodes = [node["html"] for node in rule["nodes"]][:3]
                self.barriers.append((urlsplit(self.page.url).path, rule["id"], nodes))


def kind_of(address: str) -> tuple[str, ...] | None:
    """What page this is, whichever row it is about; None for what is no page of the desk."""
    parts = urlsplit(address)
    if not parts.path.startswith("/admin/"):
        return None
    match = resolve(parts.path)
    name = match.view_name.removeprefix("admin:")
    if name in NO_PAGES or name.startswith(NOT_OURS):
        return None
    told_apart = [name, str(match.kwargs.get("action", ""))]
    row = match.kwargs.get("pk") or match.kwargs.get("object_id")
    if row and name == "claims_claim_change":
        told_apart.append(Claim.objects.get(pk=row).state)
    if "_popup" in parse_qs(parts.query):
        told_apart.append("popup")
    return tuple(told_apart)


def pages_of_the_desk(superuser: User) -> Iterator[str]:
    """The names of all pages that somebody with every right may open."""
    request = RequestFactory().get("/admin/")
    request.user = superuser
    closed = {
        f"{model._meta.app_label}_{model._meta.model_name}_{action}"
        for model, desk in admin.site._registry.items()
        for action, allowed in (
            ("add", desk.has_add_permission(request)),
            ("delete", desk.has_delete_permission(request)),
        )
        if not allowed
    }
    for pattern in _patterns(admin.site.urls[0]):
        name = pattern.name or ""
        if name not in closed | {""} | NO_PAGES and not name.startswith(NOT_OURS):
            yield name


def _patterns(urls):
    for pattern in urls:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.parametrize("language", OPTIONS)
def test_every_page_of_the_desk_keeps_the_policy_and_has_no_barriers(
    browser: Browser, served: str, everything: None, superuser: User, language: str
):
    client = Client()
    client.force_login(superuser)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with browser.new_context(
        base_url=served,
        extra_http_headers={"Accept-Language": language},
        reduced_motion="reduce",
    ) as context:
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served}]
        )
        context.add_init_script(NOTED)
        walk = Walk(context.new_page())
        # Its link is on the pages of other people, and the walk opens one page of a person.
        somebody = User.objects.get(username="contributor")
        walk.waiting.append(reverse("admin:auth_user_second_factor", args=[somebody.pk]))
        walk.go(options=OPTIONS[language])

    assert walk.complaints == []
    assert walk.barriers == []
    seen = {kind[0] for kind in walk.kinds}
    assert set(pages_of_the_desk(superuser)) - seen == set()
    states = {kind[2] for kind in walk.kinds if kind[0] == "claims_claim_change"}
    assert states == set(State)
