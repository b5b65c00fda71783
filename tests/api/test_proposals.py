"""Partners propose claims and sources: filed once, never public, followed at an address."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from claims.api.proposed import is_edtf
from claims.intake import proposing
from claims.intake.models import Proposal
from sources.fields import bounds
from tests import desk_work
from tests.asking import CLAIM, PROPOSALS, SOURCE, partner_with
from tests.asking import propose as send

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposer():
    return partner_with("The Harbour News", "intake")


def changed(*path, to):
    """The claim with one thing in it put differently."""
    claim = deepcopy(CLAIM)
    place = claim
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return claim


def test_a_claim_is_filed_and_its_address_told(proposer):
    answer = send(proposer)
    assert answer.status_code == 201, answer.content
    assert answer["Location"] == answer.json()["address"]
    told = proposer.get(answer["Location"]).json()
    assert (told["state"], told["ref"], told["kind"]) == ("received", None, "claim")
    assert told["proposed"]["claimant"]["name"] == "The mayor"
    assert told["proposed"]["evidence"][0]["quotation"]["exact"] == "Il est fermé."


def test_a_source_is_filed(proposer):
    answer = send(proposer, SOURCE, kind="source")
    assert answer.status_code == 201
    assert answer.json()["proposed"]["url"] == SOURCE["url"]


def test_the_same_key_and_proposal_give_the_same_answer_and_file_it_once(proposer):
    first, again = send(proposer), send(proposer)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Location"] == first["Location"]
    assert Proposal.objects.count() == 1


def test_the_answer_is_the_same_after_the_desk_has_declined(proposer, contributor):
    first = send(proposer)
    desk_work.as_somebody(
        contributor, proposing.decline, Proposal.objects.get(), answer="We know it."
    )
    assert send(proposer).content == first.content


def test_the_same_key_with_another_proposal_is_refused(proposer):
    send(proposer)
    answer = send(proposer, changed("statement", to="Another."))
    assert answer.status_code == 422
    assert "new one" in answer.json()["detail"]
    assert Proposal.objects.count() == 1


def test_the_same_key_of_another_partner_is_another_key(proposer):
    send(proposer)
    assert send(partner_with("Another newsroom", "intake")).status_code == 201
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize("key", ["", '""', "é", "a b", '"a', "x" * 256, "\x7f"])
def test_a_key_that_is_none_is_refused_and_named(proposer, key):
    answer = proposer.post(
        PROPOSALS, "{}", content_type="application/json", headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


def test_without_a_key_nothing_is_filed(proposer):
    answer = proposer.post(PROPOSALS, "{}", content_type="application/json")
    assert answer.json()["errors"][0]["code"] == "missing"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (changed("statement", to=" "), "claim.statement"),
        (changed("statement", to="\0"), ""),
        (changed("statement", to="x" * 2001), "claim.statement"),
        (changed("statement", to=5), "claim.statement"),
        (changed("language", to="xxxxx"), "claim.language"),
        (changed("seen", to=1), "claim.seen"),
        (changed("claimant", to={"name": "X", "ref": "00000000"}), "claim.claimant.ref"),
        (changed("claimant", to={"kind": "person"}), "claim.claimant.name"),
        (changed("made", to={"edtf": "yesterday"}), "claim.made.edtf"),
        (changed("event", to={"ref": "00000000"}), "claim.event.ref"),
        (changed("aspect", to="other"), "claim.aspect"),
        (changed("evidence", to=[]), "claim.evidence"),
        (changed("evidence", 0, "source", "url", to="javascript:1"), "claim.evidence.0.source.url"),
        (changed("evidence", 0, "source", "url", to="http://[1"), "claim.evidence.0.source.url"),
        (
            changed("evidence", 0, "quotation", "more", to=""),
            "claim.evidence.0.quotation.more",
        ),
        (changed("figures", to=[{"harm": "killed"}]), "claim.figures.0.words"),
        (
            changed(
                "figures",
                to=[{"harm": "killed", "words": "24", "bound": "exact", "language": "en"}],
            ),
            "claim.figures.0",
        ),
        (
            changed(
                "figures",
                to=[
                    {
                        "harm": "killed",
                        "words": "24",
                        "bound": "at_least",
                        "minimum": 2**31,
                        "language": "en",
                    }
                ],
            ),
            "claim.figures.0.minimum",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named(proposer, content, where):
    answer = send(proposer, content)
    assert answer.status_code == 400
    assert where in {error["parameter"] for error in answer.json()["errors"]}
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("body", ['{"kind":"claim"}', '{"kind":"letter"}', "{}", "[]", '"claim"'])
def test_a_body_that_proposes_nothing_is_refused(proposer, body):
    answer = proposer.post(
        PROPOSALS, body, content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_nobody_else_finds_it(proposer):
    address = send(proposer)["Location"]
    other = partner_with("Another newsroom", "intake")
    missing = other.get(f"{PROPOSALS}{'x' * 22}/").json()
    hidden = other.get(address)
    assert hidden.status_code == 404
    assert hidden.json() == missing | {"instance": address}
    assert other.get(PROPOSALS).json()["items"] == []
    assert Client().get(address).status_code == 401


def test_without_the_scope_nothing_can_be_proposed():
    assert send(partner_with("A reader", "read")).status_code == 403


def test_ones_own_are_listed_the_latest_first(proposer):
    for number in range(5):
        send(proposer, key=str(number))
    page = proposer.get(PROPOSALS, {"limit": 3}).json()
    rest = proposer.get(page["next"]).json()
    listed = [item["address"] for item in page["items"] + rest["items"]]
    filed = Proposal.objects.order_by("-number").values_list("ticket", flat=True)
    assert listed == [f"{PROPOSALS}{ticket}/" for ticket in filed]
    assert rest["next"] is None
    counted = proposer.get(PROPOSALS, {"limit": 3, "total": "true"}).json()
    assert (counted["total"], len(counted["items"])) == (5, 3)


def test_the_list_asks_no_more_however_many_there_are(proposer, django_assert_max_num_queries):
    for number in range(8):
        send(proposer, key=str(number))
    with django_assert_max_num_queries(6):
        assert len(proposer.get(PROPOSALS).json()["items"]) == 8


def test_too_many_that_wait_are_refused(proposer, settings):
    settings.OPEN_PROPOSALS = 2
    for key in ("1", "2"):
        assert send(proposer, key=key).status_code == 201
    answer = send(proposer, key="3")
    assert answer.status_code == 409
    assert "not yet decided" in answer.json()["detail"]
    assert send(proposer, key="2").status_code == 201  # it is filed already


@pytest.mark.parametrize("field", ["content", "digest", "kind", "ticket", "idempotency_key"])
def test_what_was_sent_never_changes(proposer, contributor, field):
    send(proposer)
    with pytest.raises(IntegrityError, match="cannot change"), transaction.atomic():
        desk_work.as_somebody(contributor, lambda by: Proposal.objects.update(**{field: "source"}))


def test_a_proposal_is_never_removed(proposer):
    send(proposer)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM intake_proposal")


def test_nobody_decides_about_it_namelessly(proposer):
    send(proposer)
    with pytest.raises(IntegrityError, match="Nobody is named"), transaction.atomic():
        Proposal.objects.update(state="in_review")


@given(st.text(alphabet="0123456789-/.XYu?~%Tt:Zy", max_size=24))
@example("../")
@example("/..")
@example("1984/..")
def test_a_date_is_taken_when_the_desk_can_keep_it(text):
    try:
        bounds(text)
    except DjangoValidationError:
        kept = False
    else:
        kept = True
    assert is_edtf(text) is kept
