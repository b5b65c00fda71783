"""The claim's page for work: its parts, what is entered in them, and what is offered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import State
from claims.models import Claim, Evidence
from claims.review import workflow
from claims.review.content import candidate
from sources.acting import acting
from sources.models import Source
from tests import desk_work

from .pages import at, claim_page, form_of, row, status, words_of

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/strike"


@pytest.fixture
def typed(desk, contributor):
    """The least that a claim needs, as it stands on the page of a new one."""
    return form_of(desk(contributor).get(at("claims_claim_add"))) | {
        "statement": "The dockers stopped work.",
        "claimant": desk_work.speaker(contributor).pk,
        "aspect": "occurrence",
        "harm": "ordinary",
    }


def parts_of(page):
    return [part.name for part in page.context["parts"]]


def test_the_parts_stand_in_the_order_of_work(desk, draft, contributor):
    page = desk(contributor).get(claim_page(draft))
    assert parts_of(page) == [
        "said",
        "attribution",
        "content",
        "figures",
        "relations",
        "assessment",
        "replies",
        "translations",
    ]
    html = page.content.decode()
    places = [html.index(f'id="part-{name}"') for name in parts_of(page)]
    assert places == sorted(places)


def test_a_new_claim_asks_first_for_what_a_review_needs(desk, contributor):
    client = desk(contributor)
    assert parts_of(client.get(at("claims_claim_add"))) == ["said", "attribution", "assessment"]
    everything = client.get(at("claims_claim_add"), {"all": ""})
    assert len(parts_of(everything)) == 8


def test_the_table_of_parts_says_what_is_there_and_what_is_needed(desk, contributor, typed):
    client = desk(contributor)
    client.post(at("claims_claim_add"), typed)
    claim = Claim.objects.get()
    states = {part.name: part.state for part in client.get(claim_page(claim)).context["parts"]}
    assert states["attribution"] == states["assessment"] == "needed for review"
    assert states["content"] == "none"

    desk_work.evidence(claim, contributor, bears_on="attribution")
    desk_work.evidence(claim, contributor)
    states = {part.name: part.state for part in client.get(claim_page(claim)).context["parts"]}
    assert (states["attribution"], states["content"]) == ("1 piece", "1 piece")


def test_what_is_missing_is_a_link_to_the_part_that_mends_it(desk, contributor, typed):
    client = desk(contributor)
    client.post(at("claims_claim_add"), typed)
    page = client.get(claim_page(Claim.objects.get())).content.decode()
    assert '<a href="#part-attribution">Evidence shows that it was said.</a>' in page
    assert '<a href="#part-assessment">Both questions are answered, with reasons.</a>' in page


def test_a_source_that_is_not_on_file_is_entered_with_the_evidence(desk, contributor, typed):
    new = row("evidence", 0, new_url=ADDRESS, new_title="Port at a standstill", exact="We stopped.")
    answer = desk(contributor).post(at("claims_claim_add"), typed | new)
    assert answer.status_code == 302
    piece = Evidence.objects.get()
    assert (piece.source.url, piece.source.title) == (ADDRESS, "Port at a standstill")
    assert (piece.source.created_by, piece.bears_on) == (contributor, "attribution")
    assert piece.language == piece.source.language == "en"


def test_an_address_that_is_on_file_stands_for_its_source(desk, contributor, typed):
    known = desk_work.source(contributor, title="Strike called", url=ADDRESS)
    desk(contributor).post(at("claims_claim_add"), typed | row("evidence", 0, new_url=ADDRESS))
    assert Evidence.objects.get().source == known
    assert Source.objects.count() == 1


def test_the_address_of_a_protected_source_finds_it_for_those_only_who_may_see_it(
    desk, contributor, reviewer, typed
):
    desk_work.source(
        reviewer,
        url=ADDRESS,
        access="protected",
        access_reason="Their safety.",
        placeholder="one witness",
    )
    new = row("evidence", 0, new_url=ADDRESS, new_title="The same page")
    desk(contributor).post(at("claims_claim_add"), typed | new)
    assert Evidence.objects.get().source.title == "The same page"


def test_an_address_without_a_title_asks_for_the_title_and_keeps_all(desk, contributor, typed):
    new = row("evidence", 0, new_url=ADDRESS, exact="We stopped.")
    answer = desk(contributor).post(at("claims_claim_add"), typed | new)
    assert "id_evidence-0-new_title" in answer.content.decode()
    [mistake] = answer.context["mistakes"]
    assert mistake.anchor == "id_evidence-0-new_title"
    assert form_of(answer)["evidence-0-exact"] == "We stopped."
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


def test_a_quotation_without_a_source_asks_for_one(desk, contributor, typed):
    answer = desk(contributor).post(
        at("claims_claim_add"), typed | row("evidence", 0, exact="We stopped.")
    )
    assert "Choose a source on file, or enter a new one." in words_of(answer)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("new_url", "not an address"),
        ("new_published", "yesterday"),
        ("new_language", "klingon please"),
        ("new_kind", "rumour"),
        ("new_publisher", "0"),
        ("new_publisher", "x"),
        ("new_title", "a" * 501),
    ],
)
def test_a_new_source_that_cannot_be_is_refused_in_words(desk, contributor, typed, field, value):
    new = row("evidence", 0, new_title="Title") | row("evidence", 0, **{field: value})
    answer = desk(contributor).post(at("claims_claim_add"), typed | new)
    assert answer.status_code == 200
    assert f"id_evidence-0-{field}" in [one.anchor for one in answer.context["mistakes"]]
    if field not in ("new_publisher", "new_kind"):  # a list cannot hold what is not in it
        assert form_of(answer)[f"evidence-0-{field}"] == value


def test_evidence_on_content_has_a_part_and_defaults_of_its_own(desk, draft, contributor):
    client = desk(contributor)
    register = desk_work.source(contributor, title="Register")
    new = {"content-TOTAL_FORMS": "1"} | row(
        "content", 0, source=register.pk, bears_on="content", stance="supports", basis="document"
    )
    new |= row("content", 0, credibility="6", new_kind="article", new_language="en")
    client.post(claim_page(draft), form_of(client.get(claim_page(draft))) | new)
    piece = draft.evidence.get(source=register)
    assert (piece.bears_on, piece.basis) == ("content", "document")


def test_a_piece_moves_to_the_other_part_by_what_it_bears_on(desk, draft, contributor):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft)))
    piece = draft.evidence.get()
    assert client.post(claim_page(draft), typed | {"evidence-0-bears_on": "context"}).url
    shown = form_of(client.get(claim_page(draft)))
    assert shown["content-0-id"] == str(piece.pk)
    assert shown["evidence-INITIAL_FORMS"] == "0"


def test_a_quotation_takes_the_language_of_its_source(desk, draft, contributor):
    client = desk(contributor)
    report = desk_work.source(contributor, title="Rapport", language="fr")
    typed = form_of(client.get(claim_page(draft)))
    changes = {"evidence-0-source": report.pk, "evidence-0-exact": "On arrête."}
    client.post(claim_page(draft), typed | changes)
    assert draft.evidence.get().language == "fr"


def test_a_new_claim_is_in_the_language_of_the_last_one(desk, contributor):
    client = desk(contributor)
    assert form_of(client.get(at("claims_claim_add")))["language"] == "en"
    desk_work.draft(contributor, language="fr")
    assert form_of(client.get(at("claims_claim_add")))["language"] == "fr"


def test_words_run_the_way_their_language_does(desk, contributor):
    claim = desk_work.draft(contributor, statement="قتل مدنيون.", language="ar")
    html = desk(contributor).get(claim_page(claim)).content.decode()
    [statement] = [part for part in html.split("<textarea")[1:] if 'name="statement"' in part]
    assert 'dir="rtl"' in statement.split(">")[0]
    assert 'lang="ar"' in statement.split(">")[0]


def test_a_claim_is_saved_and_submitted_in_one_act(desk, contributor, typed):
    typed |= row("evidence", 0, new_title="Port at a standstill")
    typed |= row(
        "assessments",
        0,
        attribution=status("single_report"),
        finding=status("insufficient_evidence"),
        rationale="One report.",
    )
    answer = desk(contributor).post(at("claims_claim_add"), typed | {"_submit": "1"}, follow=True)
    assert Claim.objects.get().state == State.IN_REVIEW
    assert "It is now: in review." in words_of(answer)


def test_what_cannot_be_submitted_yet_is_saved_and_told(desk, contributor, typed):
    answer = desk(contributor).post(at("claims_claim_add"), typed | {"_submit": "1"}, follow=True)
    assert Claim.objects.get().state == State.DRAFT
    assert "Not ready for review. Missing: Evidence shows that it was said." in words_of(answer)


def test_warnings_stand_at_their_part_and_stop_nothing(desk, draft, contributor):
    client = desk(contributor)
    desk_work.change(draft, contributor, statement="The regime stopped work.")
    page = client.get(claim_page(draft))
    [said] = [part for part in page.context["parts"] if part.name == "said"]
    assert [warning.text.partition(":")[0] for warning in said.warnings] == [
        "A loaded word outside quotation marks"
    ]
    assert "outside quotation marks: regime." in words_of(page)
    typed = form_of(page) | {"_submit": "1"}
    client.post(claim_page(draft), typed)
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


def test_outside_draft_nothing_is_asked_and_everything_is_shown(desk, published, contributor):
    page = desk(contributor).get(claim_page(published))
    assert "Save" not in words_of(page)
    assert "Not on file yet?" not in words_of(page)
    assert "Strike called" in words_of(page)
    assert "Nothing can be changed here now" in words_of(page)


def test_rows_on_file_are_told_in_one_line_each(desk, draft, contributor):
    paper = desk_work.speaker(contributor, name="The Paper", kind="outlet")
    report = desk_work.source(
        contributor, title="Harbour closed", publisher=paper, published="2024-02-12"
    )
    desk_work.evidence(draft, contributor, source=report, exact="No ship left.", language="en")
    words = words_of(desk(contributor).get(claim_page(draft)))
    assert (
        "Harbour closed · The Paper · 2024-02-12 · supports · own reporting · “No ship left.”"
        in words
    )


def test_more_rows_cost_the_page_of_a_claim_no_more_questions(desk, draft, contributor, reviewer):
    client = desk(contributor)
    others = [desk_work.draft(contributor, statement=f"Other {n}.") for n in range(4)]

    def add(number):
        report = desk_work.source(contributor, title=f"Report {number}")
        desk_work.evidence(draft, contributor, source=report)
        desk_work.evidence(draft, contributor, source=report, bears_on="attribution")
        party = desk_work.speaker(contributor, name=f"Party {number}")
        with acting(contributor):
            draft.relations.create(relation="affirms", target=others[number])
            draft.reply_requests.create(
                party=party, channel="e-mail", asked_on="2024-02-13", deadline="2024-02-15"
            )
            draft.figures.create(
                harm="killed", population="all", bound="word", words=f"some {number}"
            )
        desk_work.assess(draft, contributor)

    add(0)
    client.get(claim_page(draft))
    with CaptureQueriesContext(connection) as short:
        client.get(claim_page(draft))
    for number in (1, 2, 3):
        add(number)
    with CaptureQueriesContext(connection) as long:
        client.get(claim_page(draft))
    assert len(long) == len(short) <= 65


def suggested(client, model, field, term):
    app = "sources" if model == "source" else "claims"
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), asked).json()["results"]


def test_suggestions_tell_namesakes_apart(desk, draft, contributor):
    client = desk(contributor)
    front = desk_work.speaker(contributor, name="The front", kind="armed_group", party=True)
    with acting(contributor):
        front.names.create(name="FPLE", language="en")
    [agent] = suggested(client, "claim", "claimant", "fple")
    assert (agent["text"], agent["detail"]) == (
        "The front",
        "armed group · party to the conflict · FPLE",
    )

    report = desk_work.source(
        contributor, title="Harbour closed", publisher=front, published="2024-02"
    )
    [source] = suggested(client, "evidence", "source", "harbour")
    assert (source["id"], source["detail"], source["language"]) == (
        str(report.pk),
        "The front · 2024-02 · article",
        "en",
    )

    [claim] = suggested(client, "relation", "target", "dockers")
    assert claim["text"] == "The union: The dockers of Port Example stopped work."
    assert claim["detail"] == f"{draft.ref} · draft"


def test_suggestions_come_in_pages_that_are_not_counted(desk, contributor):
    client = desk(contributor)
    for number in range(25):
        desk_work.speaker(contributor, name=f"Agent {number:02}")
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "claimant"}
    first = client.get(reverse("admin:autocomplete"), asked | {"term": "agent"}).json()
    second = client.get(reverse("admin:autocomplete"), asked | {"term": "agent", "page": "2"})
    assert (len(first["results"]), first["pagination"]["more"]) == (20, True)
    assert (len(second.json()["results"]), second.json()["pagination"]["more"]) == (5, False)
    for page in ("0", "-1", "x", "99999999999"):
        odd = client.get(reverse("admin:autocomplete"), asked | {"term": "agent", "page": page})
        assert odd.json() == first


def roles_of(client, agent, made):
    answer = client.get(at("claims_claim_role"), {"claimant": agent.pk, "made": made})
    return [role["words"] for role in answer.json()["roles"]]


def test_the_role_on_the_day_it_was_said_is_offered(desk, contributor):
    client = desk(contributor)
    general = desk_work.speaker(contributor, name="General Example", kind="person")
    army = desk_work.speaker(contributor, name="The army", kind="state_body")
    with acting(contributor):
        general.affiliations.create(
            organisation=army, role="army chief", begins="2020", ends="2022"
        )
        general.affiliations.create(organisation=army, role="minister", begins="2023-03")
    assert roles_of(client, general, "2021-05-01") == [
        "On file for that day: army chief, The army."
    ]
    assert roles_of(client, general, "2024") == ["On file for that day: minister, The army."]
    assert roles_of(client, general, "2023-01") == []
    assert len(roles_of(client, general, "")) == 2
    for odd in ("x", "9" * 30, ""):
        answer = client.get(at("claims_claim_role"), {"claimant": odd, "made": "never"})
        assert answer.json() == {"roles": []}


def test_the_content_of_a_claim_does_not_change_by_opening_and_saving_it(desk, draft, contributor):
    desk_work.evidence(draft, contributor, exact="No ship left.", language="en")
    client = desk(contributor)
    before = candidate(draft).digest
    answer = client.post(claim_page(draft), form_of(client.get(claim_page(draft))))
    assert answer.status_code == 302
    assert candidate(draft).digest == before


def test_a_claim_in_review_can_be_taken_back_and_edited(desk, in_review, contributor):
    workflow.take_back(in_review, by=contributor)
    page = desk(contributor).get(claim_page(in_review))
    assert "Save and submit for review" in page.content.decode()
