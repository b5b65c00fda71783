"""A claim's page: who says what, whether it was said, whether it is so, and who denies it."""

import re

import pytest
from django.test import Client

from claims.editions.models import Edition
from tests.web.conftest import tags

SHOOTING = "The soldiers killed at least 24 people by shooting them"


def test_the_claimant_is_read_before_the_statement(example, read):
    page = read(example("C3"))
    heading = re.search(
        r"Azawad Liberation Front \(FLA\) · armed group, party to the conflict says: " + SHOOTING,
        page,
    )
    assert heading


def test_the_title_and_the_share_card_name_the_claimant_first(example, visitor):
    page = visitor.get(example("C3")).content.decode()
    assert f"<title>Azawad Liberation Front (FLA): {SHOOTING}" in page
    assert f'<meta property="og:title" content="Azawad Liberation Front (FLA): {SHOOTING}' in page
    assert (
        'content="Was it said? Single report. Is it so? Insufficient evidence. Denied by General'
        in page
    )


def test_both_questions_are_answered_with_what_the_answer_means(example, read):
    page = read(example("C3"))
    assert "Was it said? Single report One publisher carries the words." in page
    assert "Is it so? Insufficient evidence We looked and cannot say." in page


def test_a_disputed_claim_names_who_denies_it_and_does_not_decide(example, read):
    page = read(example("C3"))
    assert (
        "Does anybody dispute it? Disputed Denied by General Oumar Diarra, army chief. "
        "A denial stands beside the claim. It does not decide it." in page
    )


def test_a_claim_that_nobody_denies_says_so_in_a_cell_of_the_same_kind(example, visitor, read):
    assert "No dispute on file No published claim denies, rebuts or contradicts it." in read(
        example("C2")
    )
    for key in ("C2", "C3"):
        answers = [
            tag for tag in tags(visitor.get(example(key)).content, "div") if '"answer ' in tag
        ]
        assert len(answers) == 3


def test_allegation_and_denial_stand_side_by_side(example, read):
    page = read(example("C3"))
    sides = page[page.index("The sides, in their words") : page.index("The number, as worded")]
    assert "“coolly executed” This claim · Insufficient evidence" in sides
    assert "General Oumar Diarra army chief, for Malian armed forces" in sides
    assert "“baseless” denies this claim · Not checkable" in sides


def test_the_whole_dispute_is_shown_and_not_only_who_answers_whom(example, read):
    page = read(example("C3"))
    rest = page[page.index("Also in this dispute") : page.index("The number, as worded")]
    for statement in (
        "Malian soldiers intercepted two passenger vehicles",
        "The dead were civilians",
        "Women and children in particular",
        "The killing was a “massacre”",
    ):
        assert statement in rest


def test_the_denial_says_on_its_own_page_what_it_denies(example, read):
    page = read(example("C7"))
    assert "This claim denies" in page
    assert page.count("is denied by this claim") == 5


def test_related_claims_are_named_in_words_from_this_claim(example, read):
    page = read(example("C3"))
    assert "This claim is denied by General Oumar Diarra: The allegations are “baseless”." in page
    assert "This claim meets a counter-accusation from General Oumar Diarra:" in page
    assert (
        "This claim is responded to by The publisher’s own voice: The military government" in page
    )


def test_the_number_stays_as_worded_and_a_denial_draws_no_mark(example, read, visitor):
    page = read(example("C3"))
    assert "“at least 24 civilians” Killed, civilians. At least 24; no upper figure given." in page
    assert "General Oumar Diarra gives no figure. No figure is not a zero." in page
    source = visitor.get(example("C3")).content.decode()
    assert source.count('class="dot"') == 1
    assert source.count('class="open"') == 1


def test_independent_origins_are_counted_apart_from_reports(example, read):
    assert "1 report · 1 party statement · 0 independent origins" in read(example("C3"))


def test_it_says_that_nothing_bears_on_whether_it_is_so(example, read):
    page = read(example("C3"))
    assert "Whether it is so Nothing on file bears on whether it is so." in page
    assert "What would move this: A dated statement in its original language" in page


def test_a_quotation_stands_with_its_source_and_what_is_not_known_of_it(example, read):
    page = read(example("C3"))
    assert (
        "Mali Probes Alleged Soldier-Killing of Civilians # article, English, section Actualité"
        in page
    )
    assert "publisher not known; date not known" in page
    assert (
        "“coolly executed” Bears on Whether it was said What it does supports It rests on rewrite "
        "of other reports Group – Credibility 6 · cannot be judged" in page
    )


def test_a_claim_in_the_publishers_own_voice_is_not_ours(example, read):
    page = read(example("B1"))
    assert (
        "The publisher’s own voice: Coups in 2020 and 2021 brought Mali’s military to power."
        in page
    )


def test_evidence_and_figures_have_addresses_of_their_own(example, visitor):
    page = visitor.get(example("C3"))
    content = Edition.objects.get(ref=page.request["PATH_INFO"].split("/")[2]).document
    for piece in content["evidence"]:
        assert f'id="e-{piece["ref"]}"' in page.content.decode()
    for figure in content["figures"]:
        assert f'id="f-{figure["ref"]}"' in page.content.decode()


def test_it_says_how_to_cite_it_with_edition_day_digest_and_address(example, read):
    path = example("C3")
    edition = Edition.objects.get(ref=path.split("/")[2])
    day = f"{edition.published_at:%-d %B %Y}"
    assert (
        f"Azawad Liberation Front (FLA): “{edition.document['statement']}” Was it said? Single "
        f"report. Is it so? Insufficient evidence. Factcheck, claim {edition.ref}, edition 1, "
        f"{day}. http://testserver{path}v1/ SHA-256 {edition.digest}" in read(path)
    )


def test_it_links_to_what_machines_read(example, visitor: Client):
    path = example("C3")
    page = visitor.get(path).content.decode()
    assert f'<link rel="alternate" type="application/json" href="/api/v1{path}">' in page
    assert f'href="{path}v1.json"' in page


def test_an_edition_has_an_address_of_its_own(example, read):
    path = example("C3")
    assert SHOOTING in read(f"{path}v1/")


def test_it_says_whom_the_claim_is_about(example, read):
    assert "About: Malian armed forces" in read(example("C3")).partition("Was it said?")[0]
    assert "About:" not in read(example("B5"))


@pytest.mark.parametrize("key", ["C3", "C7", "C9", "B5"])
def test_it_is_light_and_reads_from_the_answer_to_the_citation(example, visitor, key):
    page = visitor.get(example(key)).content
    assert len(page) < 60_000
    parts = re.findall(r'<h2 id="([a-z]+)"', page.decode())
    order = ["sides", "words", "unknown", "replies", "numbers", "why", "evidence", "timeline"]
    order += ["related", "translations", "particulars", "cite", "editions"]
    assert parts == [part for part in order if part in parts]
