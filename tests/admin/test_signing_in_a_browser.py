"""Second factors in a real browser: an authenticator app, and a passkey of a virtual device."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .door import code_of, factors_of
from .test_browser import NOTED, without_barriers

SHOTS = os.environ.get("SHOTS", "")  # a folder, for whoever wants to look


@pytest.fixture
def context(browser: Browser, served: str) -> Iterator[BrowserContext]:
    """A browser at “localhost”: passkeys are for names, not for numbers."""
    complaints: list[str] = []
    address = served.replace("127.0.0.1", "localhost")
    with browser.new_context(base_url=address) as context:
        context.add_init_script(NOTED)
        context.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        yield context
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def look(page: Page, name: str) -> None:
    """On a page that has come: no barriers, and no more width than a telephone has."""
    without_barriers(page)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (name, max(wider, 0)) == (name, 0)
        if SHOTS:
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                shot = Path(SHOTS) / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=shot, full_page=True)
            page.emulate_media(color_scheme="light")


def name_and_password(page: Page, username: str) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill("pass")
    page.get_by_role("button", name="Log in").click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("signed out")).to_be_visible()


def test_an_authenticator_app_is_set_up_and_asked_for(settings, page, contributor):
    settings.REQUIRE_MFA = True
    page.goto("/admin/")
    look(page, "login")
    name_and_password(page, "contributor")
    expect(page.get_by_text("Set up a second factor first")).to_be_visible()
    look(page, "second-factor")
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    look(page, "app")
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    look(page, "recovery-codes")
    page.get_by_role("link", name="To the desk").click()
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()

    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="Where I am signed in").click()
    expect(page.get_by_role("heading", name="Where I am signed in")).to_be_visible()
    look(page, "sessions")
    log_out(page)
    name_and_password(page, "contributor")
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    look(page, "code")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()


def test_a_passkey_is_added_opens_the_desk_and_confirms(
    settings, context, page, reviewer, in_review
):
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    settings.REQUIRE_MFA = True
    page.goto("/admin/")
    name_and_password(page, "reviewer")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("The computer at the desk")
    page.get_by_label("Passwordless").check()
    look(page, "add-passkey")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert factors_of(reviewer) == {"webauthn", "recovery_codes"}
    page.goto("/admin/account/passkeys/")
    expect(page.get_by_text("The computer at the desk")).to_be_visible()
    look(page, "passkeys")

    log_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()

    page.goto(f"/admin/claims/claim/{in_review.pk}/move/approve/")
    page.get_by_label("Note").first.fill("Heard the recording.")
    settings.REAUTHENTICATE_AFTER = 0
    page.get_by_role("button", name="Approve exactly this").click()
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    look(page, "still-you")
    page.get_by_role("link", name="Use a passkey").click()
    settings.REAUTHENTICATE_AFTER = 30
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="This claim is: approved")).to_be_visible()
    expect(page.get_by_text("Heard the recording.").first).to_be_visible()


def test_a_passkey_that_fails_is_said_on_the_page(page, contributor):
    page.goto("/admin/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="That did not work")).to_be_visible()
