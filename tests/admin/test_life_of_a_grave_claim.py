"""The whole life of a grave claim, with five accounts in real browsers, in two languages.

From the draft to the retraction: an approval that went stale, one refused because the words changed
under the reviewer's eyes, a request for changes, somebody who may not judge their own work, two
approvals, publication, a correction, and the withdrawal.
"""

import pytest
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from claims.choices import Harm
from claims.editions.models import Edition
from claims.models import Claim, Review
from tests import desk_work

from .test_browser import without_barriers

FIRST = "Six people were killed on the road to Port Example."
SECOND = "At least six people were killed on the road to Port Example."
THIRD = "At least six people were killed on the coast road to Port Example."


@pytest.fixture
def reviewer_three(rows: None) -> User:
    user = User.objects.create_user("reviewer_three", "three@example.org", "pass")
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name="reviewer"))
    return user


class Walk:
    """One claim, and what people do with it in their own browsers."""

    def __init__(self, desk_of, claim: Claim, language: str) -> None:
        self.desk_of, self.claim, self.language = desk_of, claim, language
        self.desks: dict[str, Page] = {}

    def at(self, user: User, page: str = "change") -> Page:
        """This person's browser, on a page of the claim."""
        if user.username not in self.desks:
            self.desks[user.username] = self.desk_of(user, locale=self.language)
        desk = self.desks[user.username]
        desk.goto(f"/admin/claims/claim/{self.claim.pk}/{page}/")
        assert desk.locator("html").get_attribute("lang") == self.language
        return desk

    def words(self, english: str, **values: object) -> str:
        with override(self.language):
            said = gettext(english)
        assert self.language == "en" or said != english, f"not translated: {english}"
        return said % values

    def stands(self, state: str) -> None:
        self.claim.refresh_from_db()
        assert self.claim.state == state

    def move(self, user: User, action: str, **answers: str) -> Page:
        """Open the page of a move from the claim's page, answer it, and make it."""
        desk = self.at(user)
        desk.locator(f'.moves a[href$="/move/{action}/"]').click()
        for field, answer in answers.items():
            control = desk.locator(f"#id_{field}")
            if control.evaluate("element => element.tagName") == "DIV":
                control.locator(f'input[value="{answer}"]').check()
            else:
                control.fill(answer)
        without_barriers(desk)
        desk.locator(".standing .moves button.strong").click()
        return desk

    def write(self, user: User, **fields: str) -> None:
        """Change words of the draft, and save."""
        desk = self.at(user)
        for field, value in fields.items():
            desk.locator(f"#id_{field}").fill(value)
        desk.locator('[name="_save"]').first.click()
        expect(desk.locator(".messagelist .success")).to_be_visible()

    def decide(self, desk: Page, decision: str) -> None:
        desk.locator(f'button[formaction$="/move/{decision}/"]').click()

    def approve(self, *reviewers: User) -> None:
        for reviewer in reviewers:
            desk = self.at(reviewer, "move/approve")
            self.decide(desk, "approve")
            expect(desk.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_life_of_a_grave_claim(  # noqa: PLR0915 - a life is long
    desk_of, contributor, reviewer, reviewer_two, reviewer_three, publisher, language
):
    claim = desk_work.draft(contributor, statement=FIRST, harm=Harm.GRAVE)
    walk = Walk(desk_of, claim, language)

    # An approval goes stale: the words it was for are not those that are submitted next.
    walk.move(contributor, "submit")
    walk.stands("in_review")
    walk.approve(reviewer)
    walk.stands("in_review")
    walk.move(contributor, "take_back")
    walk.write(contributor, statement=SECOND)
    walk.move(contributor, "submit")
    desk = walk.at(reviewer, "move/approve")
    expect(desk.locator(".approvals .lapsed")).to_contain_text("reviewer")
    without_barriers(desk)

    # The words change under a reviewer's eyes: the decision is refused, and what changed is shown.
    open_desk = walk.at(reviewer_three, "move/approve")
    walk.move(contributor, "take_back")
    walk.write(contributor, wanted="A list of names.")
    walk.move(contributor, "submit")
    open_desk.locator("#id_note").fill("I have read it.")
    walk.decide(open_desk, "approve")
    expect(open_desk.locator(".errornote")).to_contain_text(
        walk.words(
            "The content has changed since you opened it. Look at what it says now, then decide."
        )
    )
    expect(open_desk.locator("#what-changed")).to_contain_text("A list of names.")
    expect(open_desk.locator("#id_note")).to_have_value("I have read it.")
    without_barriers(open_desk)
    assert not Review.objects.filter(reviewer=reviewer_three).exists()

    # Changes are requested, and made by the reviewer: who then may not judge them.
    desk = walk.at(reviewer_two, "move/approve")
    desk.locator("#id_note").fill("Say which road.")
    walk.decide(desk, "request_changes")
    walk.stands("draft")
    walk.write(reviewer_two, statement=THIRD)
    walk.move(contributor, "submit")
    desk = walk.at(reviewer_two, "move/approve")
    expect(desk.locator("body")).to_contain_text(
        walk.words(
            "You contributed to this claim since its last edition: somebody else has to approve it."
        )
    )
    expect(desk.locator('button[formaction$="/move/approve/"]')).to_have_count(0)

    # Two others approve, and it is published.
    walk.approve(reviewer)
    walk.stands("in_review")
    walk.approve(reviewer_three)
    walk.stands("approved")
    walk.move(publisher, "publish")
    walk.stands("published")
    reader = walk.desks["publisher"]
    reader.goto(f"/claims/{claim.ref}/")
    expect(reader.get_by_role("heading", name=THIRD)).to_be_visible()

    # A correction, again with four eyes and two approvals.
    walk.move(
        contributor,
        "revise",
        kind="corrected",
        was="“the coast road”",
        now="“the road”",
        why="The report names no road.",
    )
    walk.stands("draft")
    walk.write(contributor, statement=SECOND)
    walk.move(contributor, "submit")
    desk = walk.at(reviewer, "move/approve")
    expect(desk.locator("del").first).to_be_visible()
    without_barriers(desk)
    walk.approve(reviewer, reviewer_two)
    walk.stands("approved")
    walk.move(publisher, "publish")
    reader.goto(f"/claims/{claim.ref}/")
    expect(reader.get_by_role("heading", name=SECOND)).to_be_visible()
    expect(reader.locator("body")).to_contain_text("The report names no road.")

    # And the withdrawal, by one publisher, at once.
    walk.move(publisher, "retract", note="The report was withdrawn.")
    walk.stands("retracted")
    answer = reader.request.get(f"/claims/{claim.ref}/")
    assert answer.status == 410
    assert "The report was withdrawn." in answer.text()
    kinds = Edition.objects.filter(ref=claim.ref).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["published", "corrected", "retracted"]
