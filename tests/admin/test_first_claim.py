"""From "somebody said X" to "in review" with the keyboard alone, as somebody new to it would."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from sources.acting import acting
from tests import desk_work

from .test_browser import without_barriers

STATEMENT = "The dockers of Port Example stopped work on Monday."
QUOTED = "“We have laid down our tools,” the union said."


def go(page: Page, field: str) -> None:
    """Press Tab until this field has the focus, as somebody without a mouse does."""
    for _ in range(40):
        here = page.evaluate(
            """() => {
                const it = document.activeElement;
                const box = it.closest(".select2")?.previousElementSibling;
                return box?.id || it.id || it.name || "";
            }"""
        )
        if here == field:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {field}.")


def choose(page: Page, field: str, letters: str) -> None:
    """Choose from a plain list by its first letters."""
    go(page, field)
    page.keyboard.type(letters)


def test_a_claim_goes_from_a_blank_page_to_review_without_a_mouse(desk_of, contributor):
    page = desk_of(contributor)
    page.goto("/admin/claims/claim/add/")
    expect(page.locator("#id_statement")).to_be_focused()
    page.keyboard.type(STATEMENT)

    go(page, "id_claimant")
    page.keyboard.press("Enter")
    page.keyboard.type("The dockers’ union")
    offer = page.get_by_text("Not on file: add “The dockers’ union”")
    expect(offer).to_be_visible()
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    popup = opened.value
    expect(popup.locator("#id_name")).to_have_value("The dockers’ union")
    popup.locator("#id_name").focus()
    go(popup, "id_kind")
    popup.keyboard.type("org")
    popup.keyboard.press("Control+s")
    expect(page.locator("#id_claimant option:checked")).to_have_text("The dockers’ union")

    choose(page, "id_aspect", "what h")
    choose(page, "id_harm", "ord")
    go(page, "id_evidence-0-new_url")
    page.keyboard.type("https://example.org/port")
    go(page, "id_evidence-0-new_title")
    page.keyboard.type("Port at a standstill")
    go(page, "id_evidence-0-exact")
    page.keyboard.type(QUOTED)
    choose(page, "id_assessments-0-attribution", "sing")
    choose(page, "id_assessments-0-finding", "insuf")
    go(page, "id_assessments-0-rationale")
    page.keyboard.type("One report; no record of the words.")
    without_barriers(page)
    go(page, "_submit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This claim is: in review")).to_be_visible()

    claim = Claim.objects.get()
    assert (claim.state, claim.statement, claim.harm) == ("in_review", STATEMENT, "ordinary")
    assert claim.claimant.name == "The dockers’ union"
    piece = claim.evidence.get()
    assert (piece.exact, piece.source.url) == (QUOTED, "https://example.org/port")
    assert claim.assessments.get().finding.code == "insufficient_evidence"
    without_barriers(page)


def test_a_row_is_added_saved_and_written_in_without_a_mouse(desk_of, contributor, draft):
    page = desk_of(contributor)
    page.goto(f"/admin/claims/claim/{draft.pk}/change/")
    page.locator("#part-figures .add-row a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_figures-0-words")).to_be_focused()
    page.keyboard.type("at least 24 people")
    choose(page, "id_figures-0-harm", "inj")
    go(page, "id_figures-0-population")
    page.keyboard.type("people")
    choose(page, "id_figures-0-bound", "at l")
    go(page, "id_figures-0-minimum")
    page.keyboard.type("24")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert draft.figures.get().words == "at least 24 people"


def test_what_was_refused_is_listed_and_leads_to_its_field(desk_of, contributor):
    page = desk_of(contributor)
    page.goto("/admin/claims/claim/add/")
    page.locator("#id_statement").fill(STATEMENT)
    page.keyboard.press("Control+s")
    expect(page.locator("#mistakes")).to_be_focused()
    without_barriers(page)
    page.locator("#mistakes").get_by_role("link", name="Aspect").click()
    expect(page.locator("#id_aspect")).to_be_focused()
    expect(page.locator("#id_statement")).to_have_value(STATEMENT)


def test_similar_claims_are_shown_while_one_types(desk_of, contributor, draft):
    page = desk_of(contributor)
    page.goto("/admin/claims/claim/add/")
    page.locator("#id_statement").press_sequentially("The dockers of Port Example stop")
    found = page.locator(".similar [aria-live] a")
    expect(found).to_contain_text("The union:")
    expect(found).to_contain_text(draft.statement)
    without_barriers(page)
    with page.expect_popup() as opened:
        found.click()
    expect(opened.value.get_by_role("heading", name=draft.statement)).to_be_visible()
    page.locator("#id_statement").fill("Rain is expected tomorrow.")
    expect(page.get_by_text("No claim on file says nearly this.")).to_be_visible()


def test_the_role_of_the_claimant_is_offered_and_taken(desk_of, contributor):
    general = desk_work.speaker(contributor, name="General Example", kind="person")
    army = desk_work.speaker(contributor, name="The army", kind="state_body")
    with acting(contributor):
        general.affiliations.create(organisation=army, role="army chief", begins="2020")
    page = desk_of(contributor)
    page.goto("/admin/claims/claim/add/")
    go(page, "id_claimant")
    page.keyboard.press("Enter")
    page.keyboard.type("General")
    expect(page.get_by_role("option", name="General Example")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("On file for that day: army chief, The army.")).to_be_visible()
    expect(page.locator("#id_claimant_role")).to_have_value("")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#id_claimant_role")).to_have_value("army chief")
    assert page.locator("#id_on_behalf_of").input_value() == str(army.pk)


def test_words_turn_when_their_language_is_changed(desk_of, contributor, draft):
    page = desk_of(contributor)
    page.goto(f"/admin/claims/claim/{draft.pk}/change/")
    expect(page.locator("#id_statement")).to_have_attribute("dir", "ltr")
    page.locator("#id_language").fill("ar")
    expect(page.locator("#id_statement")).to_have_attribute("dir", "rtl")
    page.locator("#id_language").fill("ar-Latn")
    expect(page.locator("#id_statement")).to_have_attribute("dir", "ltr")
    page.locator("#id_evidence-0-language").fill("ar")
    expect(page.locator("#id_evidence-0-exact")).to_have_attribute("dir", "rtl")
    expect(page.locator("#id_statement")).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_fits_its_screen_with_everything_on_it(desk_of, contributor, draft, width):
    party = desk_work.speaker(contributor, name="The port authority")
    statement = "قتل ٢٤ مدنيا على الأقل في القرية."
    desk_work.change(draft, contributor, statement=statement, language="ar", aspect="toll")
    desk_work.evidence(draft, contributor, exact="قال إنه رأى ذلك.", language="ar")
    with acting(contributor):
        draft.reply_requests.create(
            party=party, channel="e-mail", asked_on="2024-02-13", deadline="2024-02-15"
        )
    page = desk_of(contributor, width=width)
    page.goto(f"/admin/claims/claim/{draft.pk}/change/")
    for part in ("content", "figures", "relations", "assessment", "replies", "translations"):
        page.locator(f"#part-{part} .add-row a").click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    without_barriers(page)
