"""Similar claims, shown while somebody types a new one."""

import pytest

from claims.admin.similar import similar
from tests import desk_work

from .pages import at, words_of

pytestmark = pytest.mark.django_db

SAID = "The soldiers killed at least 24 people in two vehicles near Gao."


@pytest.fixture
def known(contributor):
    front = desk_work.speaker(contributor, name="The front")
    for number in range(20):
        desk_work.draft(contributor, statement=f"The dockers of port {number} stopped work.")
    return desk_work.draft(contributor, statement=SAID, claimant=front)


@pytest.mark.parametrize(
    "typed",
    [
        SAID,
        "At least 24 people were killed by soldiers near Gao",
        "the SOLDIERS killed at least",
        "Soldiers killing 24 people near Gao",
    ],
)
def test_a_claim_that_says_nearly_the_same_comes_first(known, typed):
    assert similar(typed)[0] == known


@pytest.mark.parametrize(
    "typed",
    ["", "The", "Rain is expected in the north tomorrow.", "%%%%%%%%%%%%%%%", "_______________"],
)
def test_what_nobody_said_is_like_nothing(known, typed):
    assert similar(typed) == []


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("ar", "قُتل ٢٤ مدنيا على الأقل في القرية.", "قتل 24 مدنياً على الأقل في القرية"),
        ("fr", "L’armée a tué des civils près d’Ansongo.", "L'armee a tue des civils a Ansongo"),
    ],
)
def test_accents_and_forms_of_letters_make_no_difference(contributor, language, said, typed):
    claim = desk_work.draft(contributor, statement=said, language=language)
    assert similar(typed) == [claim]


def test_a_claim_is_not_like_itself(known):
    assert known not in similar(SAID, except_for=known.ref)


def test_no_more_are_shown_than_are_read(known):
    assert len(similar("The dockers of the port stopped work.")) == 5


def test_the_list_names_the_claimant_first_and_where_the_claim_stands(desk, known, contributor):
    address = at("claims_claim_similar")
    found = desk(contributor).get(address, {"q": SAID, "list": ""})
    words = words_of(found)
    assert f"The front: {SAID}" in words
    assert f"draft · {known.ref}" in words
    assert "<html" not in found.content.decode()


def test_without_a_script_it_is_a_page_of_its_own(desk, known, contributor):
    client = desk(contributor)
    assert "Look for similar claims" in client.get(at("claims_claim_add")).content.decode()
    page = words_of(client.get(at("claims_claim_similar"), {"q": SAID}))
    assert "A claim on file says nearly this." in page or "claims on file say nearly this" in page
    assert f"The front: {SAID}" in page
    nothing = words_of(client.get(at("claims_claim_similar"), {"q": "Rain is expected tomorrow."}))
    assert "No claim on file says nearly this." in nothing


def test_it_is_for_those_who_may_see_claims(desk, visitor, known):
    answer = visitor.get(at("claims_claim_similar"), {"q": SAID})
    assert (answer.status_code, known.ref in answer.content.decode()) == (302, False)


def test_what_a_protected_source_says_is_not_looked_through(contributor, reviewer, known):
    protected = desk_work.source(
        reviewer, access="protected", access_reason="Safety.", placeholder="one witness"
    )
    words = "Forty buses left the harbour at midnight."
    desk_work.evidence(known, reviewer, source=protected, exact=words, language="en")
    assert similar(words) == []


@pytest.mark.parametrize("odd", ["a" * 5000, "\u202e\u200f" * 40, "' OR 1=1 --" * 5, "😀" * 50])
def test_odd_words_are_looked_for_like_others(desk, known, contributor, odd):
    answer = desk(contributor).get(at("claims_claim_similar"), {"q": odd, "but": odd, "list": ""})
    assert answer.status_code == 200
