"""Whatever somebody said is shown as they said it, and does nothing else."""

import pytest

from claims.web.text import Said, direction, markdown, web_address
from sources.acting import acting
from sources.choices import Access
from tests import desk_work as desk

SCRIPT = '<script>alert("1")</script><img src=x onerror=alert(1)>'
TURNED = "\u202egnorw yaw rehto eht\u202c"


@pytest.mark.django_db
def test_markup_in_every_text_is_shown_and_not_run(visitor, read, contributor, reviewer, publisher):
    with acting(contributor):
        claimant = desk.speaker(contributor, name=f"Name {SCRIPT}")
    claim = desk.draft(
        contributor,
        statement=f"Statement {SCRIPT} {TURNED}",
        claimant=claimant,
        claimant_role=f"Role {SCRIPT}",
        wanted=f"Wanted {SCRIPT}",
    )
    source = desk.source(contributor, title=f"Title {SCRIPT}", section=f"Section {SCRIPT}")
    desk.evidence(claim, contributor, source=source, exact=SCRIPT, language="en", note=SCRIPT)
    desk.assess(claim, contributor, finding="false", rationale=f"Because {SCRIPT}", methods=SCRIPT)
    desk.publish(claim, reviewer, publisher)

    path = f"/claims/{claim.ref}/"
    for at in (path, f"{path}v1/", "/claims/", "/"):
        page = visitor.get(at).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
    page = read(path)
    for label in ("Name", "Statement", "Role", "Wanted", "Title", "Section", "Because"):
        assert f"{label} {SCRIPT}" in page


@pytest.mark.django_db
def test_a_protected_source_shows_its_placeholder_and_nothing_else(
    visitor, read, contributor, reviewer, publisher
):
    claim = desk.draft(contributor)
    source = desk.source(
        contributor,
        title="A name nobody may read",
        access=Access.PROTECTED,
        access_reason="Danger.",
        placeholder="one protected source, first-hand witness",
    )
    desk.evidence(
        claim,
        contributor,
        source=source,
        exact="Words to hide",
        language="en",
        note="A note to hide",
    )
    desk.publish(claim, reviewer, publisher)
    page = visitor.get(f"/claims/{claim.ref}/").content.decode()
    assert "One protected source, first-hand witness" in page
    for hidden in ("A name nobody may read", "Words to hide", "A note to hide", "Danger."):
        assert hidden not in page


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("<b onclick=x>raw</b>", "<b"),
        ("[x](javascript:alert(1))", "href"),
        ("[x](data:text/html,hi)", "href"),
        ("![pixel](https://example.org/p.png)", "<img"),
        ("# Heading", "<h1"),
        ("Heading\n===", "<h1"),
        ("<https://example.org/?a=1&b=<i>>", "<i>"),
    ],
)
def test_a_rationale_can_be_formatted_but_not_do_anything(text, absent):
    assert absent not in markdown(text)


def test_a_rationale_keeps_lists_emphasis_quotations_and_links():
    html = markdown("- *one*\n- [two](https://example.org)\n\n> said")
    assert "<ul>" in html
    assert "<em>one</em>" in html
    assert '<a href="https://example.org" rel="nofollow noopener">two</a>' in html
    assert "<blockquote>" in html


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("ku-Arab", "rtl"),
        ("taq-Tfng", "ltr"),
        ("en", "ltr"),
        ("?", "auto"),
    ],
)
def test_a_language_tag_tells_the_direction(tag, expected):
    assert direction(tag) == expected


def test_words_are_isolated_with_their_language_and_direction():
    said = Said("قال <b>", "ar")
    assert said.__html__() == '<bdi lang="ar" dir="rtl">قال &lt;b&gt;</bdi>'
    assert Said(TURNED).__html__() == f"<bdi>{TURNED}</bdi>"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "", None]
)
def test_only_a_web_address_becomes_a_link(url):
    assert web_address(url) == ""


@pytest.mark.django_db
def test_a_very_long_statement_with_hundreds_of_pieces_is_laid_out(
    visitor, contributor, reviewer, publisher
):
    claim = desk.draft(contributor, statement=("Exampland is an invented country. " * 60)[:1990])
    source = desk.source(contributor)
    for number in range(200):
        desk.evidence(claim, contributor, source=source, note=f"Piece {number}.")
    desk.publish(claim, reviewer, publisher)
    answer = visitor.get(f"/claims/{claim.ref}/")
    assert answer.status_code == 200
    assert b"Piece 199." in answer.content
