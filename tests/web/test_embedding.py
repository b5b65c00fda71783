"""Cards: a claim in a frame on somebody else's page, with what became of it."""

import pytest
from django.test import Client

from claims.choices import Aspect, ChangeKind
from claims.editions.choices import RelationType
from claims.review import workflow
from sources.acting import acting
from tests import desk_work as desk
from tests.web.conftest import tags

WRONG = "The harbour of Port Example (an invented place) closed for three days."
RIGHT = "The harbour of Port Example (an invented place) closed for two days."
REASON = "It was about another town."


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement=WRONG)
    desk.publish(claim, reviewer, publisher)
    return claim


def card(claim, number: int | None = None) -> str:
    return f"/claims/{claim.ref}/{f'v{number}/' if number else ''}embed/"


@pytest.mark.parametrize("edition", ["", "v1/"])
def test_a_card_says_who_says_what_and_what_was_found(example, read, edition):
    page = read(f"{example('C3')}{edition}embed/")
    ref = example("C3").split("/")[2]
    assert page.startswith(
        "Azawad Liberation Front (FLA) · armed group, party to the conflict says: "
        "The soldiers killed at least 24 people by shooting them"
    )
    for words in (
        "Was it said? Single report",
        "Is it so? Insufficient evidence",
        "Does anybody dispute it? Denied by General Oumar Diarra, army chief",
        f"Factcheck, claim {ref}, edition 1, ",
        "This is the latest edition.",
    ):
        assert words in page


def test_the_card_of_the_claim_leads_to_the_claim_and_that_of_an_edition_to_it(example, visitor):
    path = example("C3")
    for at in (path, f"{path}v1/"):
        page = visitor.get(f"{at}embed/").content.decode()
        assert f'<a href="http://testserver{at}" target="_blank" rel="noopener">' in page


@pytest.mark.parametrize("edition", ["", "v1/"])
def test_others_may_frame_a_card_and_nothing_else(example, visitor, edition):
    headers = visitor.get(f"{example('C3')}{edition}embed/").headers
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/claims/",
        "C3",
        "C3 v1/",
        "C3 v1/card.png",
        "C3 v1.pdf",
        "/oembed/",
        "/embed.js",
        "/no",
    ],
)
def test_no_other_answer_may_be_framed(example, visitor, path):
    key, _, rest = path.partition(" ")
    headers = visitor.get(key if key.startswith("/") else example(key) + rest).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_card_that_is_still_good_may_be_framed_too(example, visitor):
    path = f"{example('C3')}embed/"
    held = {"if-none-match": visitor.get(path)["ETag"]}
    answer = visitor.get(path, headers=held)
    assert answer.status_code == 304
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer


def test_a_card_costs_two_questions_and_sets_no_cookie(
    example, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        answer = visitor.get(f"{example('C3')}v1/embed/")
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=0, stale-while-revalidate=30"


def test_a_card_can_keep_to_the_colours_of_the_page_around_it(example, visitor):
    path = f"{example('C3')}embed/"
    dark = visitor.get(f"{path}?theme=dark").content
    assert b'class="dark"' in dark
    assert b'<meta name="color-scheme" content="dark">' in dark
    other = visitor.get(f"{path}?theme=pink").content
    assert b'<meta name="color-scheme" content="light dark">' in other


@pytest.mark.parametrize("path", ["/claims/00000000/embed/", "/claims/00000000/v1/embed/"])
def test_there_is_no_card_of_what_was_never_published(example, visitor, path):
    assert visitor.get(path).status_code == 404


def test_there_is_no_card_of_an_edition_to_come(example, visitor):
    assert visitor.get(f"{example('C3')}v2/embed/").status_code == 404


@pytest.mark.django_db
def test_the_card_of_an_old_edition_keeps_its_words_and_says_that_there_is_a_newer_one(
    claim, contributor, reviewer, publisher, read
):
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    desk.change(claim, contributor, statement=RIGHT)
    desk.publish(claim, reviewer, publisher)
    old = read(card(claim, 1))
    assert WRONG in old
    assert "Edition 1 is not the latest. Edition 2, " in old
    assert ": corrected: something was wrong." in old
    assert "Go to edition 2" in old
    new = read(card(claim))
    assert RIGHT in new
    assert WRONG not in new
    assert "This is the latest edition." in new


@pytest.mark.django_db
@pytest.mark.parametrize("number", [None, 1, 2])
def test_every_card_of_a_retracted_claim_says_so_where_readers_see_it(
    claim, publisher, visitor, read, number
):
    workflow.retract(claim, by=publisher, reason=REASON)
    assert visitor.get(card(claim, number)).status_code == 200
    page = read(card(claim, number))
    assert page.startswith("This claim has been retracted.")
    assert REASON in page
    assert page.index("The union") < page.index(WRONG)
    assert "This is the latest edition." not in page
    assert "Why it was retracted" in page


@pytest.mark.django_db
@pytest.mark.parametrize("number", [None, 1])
def test_the_card_of_a_merged_claim_leads_to_the_one_that_stands_for_it(
    claim, contributor, reviewer, publisher, visitor, read, number
):
    survivor = desk.draft(contributor, statement=RIGHT)
    desk.publish(survivor, reviewer, publisher)
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    page = read(card(claim, number))
    assert page.startswith("This claim was merged into another one.")
    assert REASON in page
    assert WRONG in page
    if number is None:
        assert f"It is told here now: The union: {RIGHT}" in page
        assert f'href="/claims/{survivor.ref}/"' in visitor.get(card(claim)).content.decode()


@pytest.mark.django_db
def test_a_denial_published_elsewhere_shows_on_a_card_that_stands_already(
    claim, contributor, reviewer, publisher, visitor, read
):
    tag = visitor.get(card(claim, 1))["ETag"]
    denial = desk.draft(contributor, aspect=Aspect.DENIAL, statement="It never closed.")
    with acting(contributor):
        denial.relations.create(relation=RelationType.DENIES, target=claim)
    desk.publish(denial, reviewer, publisher)
    assert visitor.get(card(claim, 1), headers={"if-none-match": tag}).status_code == 200
    assert "Denied by The union" in read(card(claim, 1))


@pytest.mark.django_db
def test_hostile_words_stay_words_on_a_card_and_in_its_code(
    contributor, reviewer, publisher, visitor
):
    words = '</iframe><script>alert(1)</script>" onload="x \u202e'
    claim = desk.draft(contributor, statement=words)
    desk.publish(claim, reviewer, publisher)
    for path in (card(claim), f"/claims/{claim.ref}/"):
        page = visitor.get(path).content.decode()
        assert "<script>alert" not in page
        assert ' onload="' not in page
    code = visitor.get("/oembed/", {"url": f"http://testserver/claims/{claim.ref}/"}).json()["html"]
    assert code.count("<") == 2
    assert ' onload="' not in code


def test_the_page_of_a_claim_offers_the_code_of_its_card(example, visitor):
    path = example("C3")
    for at in (path, f"{path}v1/"):
        page = visitor.get(at).content.decode()
        assert f"&lt;iframe src=&quot;http://testserver{at}embed/&quot; title=&quot;Azawad" in page
        assert "src=&quot;http://testserver/embed.js&quot;" in page


def test_the_script_for_host_pages_is_short_and_open_to_them(visitor):
    answer = visitor.get("/embed.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.content.splitlines()) <= 12


def test_what_is_shared_is_told_in_the_head_of_the_page(example, visitor):
    path = example("C3")
    page = visitor.get(path).content
    told = {tag.split('"')[1]: tag.split('"')[3] for tag in tags(page, "meta") if "content=" in tag}
    assert told["og:title"].startswith("Azawad Liberation Front (FLA): The soldiers killed")
    assert "Denied by General Oumar Diarra." in told["og:description"]
    assert told["og:image"] == f"http://testserver{path}v1/card.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == told["twitter:image:alt"]
    assert told["og:image:alt"].startswith("Azawad Liberation Front (FLA): The soldiers killed")
    assert "Was it said? Single report. Is it so? Insufficient evidence." in told["og:image:alt"]
    assert told["twitter:card"] == "summary_large_image"


def test_somebody_of_the_desk_reads_the_same_card(example, visitor):
    path = f"{example('C3')}embed/"
    somebody = Client(headers={"accept-language": "en"})
    somebody.cookies["sessionid"] = "x" * 32
    assert somebody.get(path).content == visitor.get(path).content
