"""An edition whose content was taken out of the record, as partners learn of it."""

import pytest

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

SECRET = "Maryam of the harbour clinic"
REASON = "A name was taken out that puts somebody in danger."


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement=f"{SECRET} says the dockers stopped work.")
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="We name nobody now.")
    desk.change(claim, contributor, statement="The dockers stopped work.")
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def redact(claim, reviewer, publisher):
    def done():
        workflow.redact(claim, editions=[1], by=publisher, reason=REASON)
        return desk.publish(claim, reviewer, publisher)

    return done


@pytest.fixture
def desk_of_corrections(claim, contributor, reviewer, publisher):
    """An update said too much; what it said is taken out again."""
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note=f"{SECRET} was named.")
    desk.change(claim, contributor, statement="Some dockers stopped work.")
    desk.publish(claim, reviewer, publisher)

    def redacted():
        workflow.redact(claim, editions=[1, 3], by=publisher, reason=REASON)
        return desk.publish(claim, reviewer, publisher)

    return redacted


@pytest.fixture
def ask(partner):
    def asked(address, held="", **parameters):
        headers = {"if-none-match": held} if held else {}
        return partner.get(f"/api/v1/{address}", parameters, headers=headers)

    return asked


def test_the_edition_is_gone_and_its_notice_is_left(claim, redact, ask):
    digest = Edition.objects.get(ref=claim.ref, number=1).digest
    redact()
    answer = ask(f"claims/{claim.ref}/editions/1/")
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "public, no-cache"
    item = answer.json()
    assert (item["edition"], item["digest"]) == (1, digest)
    assert item["content"]["reason"] == REASON
    assert item["content"]["redacted_in"] == 3
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("claims/{ref}/editions/1/", {}),
        ("claims/{ref}/editions/", {"include": "content"}),
        ("changes/", {"include": "content"}),
    ],
)
def test_whoever_holds_what_was_taken_out_gets_the_notice(claim, redact, ask, address, parameters):
    address = address.format(ref=claim.ref)
    before = ask(address, **parameters)
    assert SECRET in before.content.decode()
    redact()
    after = ask(address, held=before.headers["ETag"], **parameters)
    assert after.status_code in (200, 410)
    assert SECRET not in after.content.decode()
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_page_with_a_notice_in_it_can_be_held_again(claim, redact, ask):
    redact()
    for address in ("changes/", f"claims/{claim.ref}/editions/"):
        tag = ask(address, include="content").headers["ETag"]
        assert ask(address, held=tag, include="content").status_code == 304


def test_the_changes_say_which_editions_to_put_the_notice_for(claim, redact, ask):
    redaction = redact()
    (change,) = ask("changes/", after=redaction.sequence - 1).json()["items"]
    assert (change["op"], change["edition"], change["redacts"]) == ("redacted", 3, [1])
    others = ask("changes/").json()["items"][:-1]
    assert not any("redacts" in one for one in others)


def test_a_mirror_that_does_what_the_changes_say_holds_what_the_record_holds(claim, redact, ask):
    mirror, after = {}, 0

    def follow():
        nonlocal after
        page = ask("changes/", after=after, include="content").json()
        for one in page["items"]:
            mirror[one["ref"], one["edition"]] = one["content"]
            for number in one.get("redacts", []):
                held = ask(f"claims/{one['ref']}/editions/{number}/")
                mirror[one["ref"], number] = held.json()["content"]
        after = page["after"]

    follow()
    assert SECRET in str(mirror)
    redact()
    follow()
    assert mirror == {(one.ref, one.number): one.document for one in Edition.objects.all()}


def test_the_claim_says_of_its_editions_which_one_was_redacted(claim, redact, ask):
    redact()
    editions = ask(f"claims/{claim.ref}/").json()["derived"]["editions"]
    assert [one["redacted_in"] for one in editions] == [3, None, None]
    assert editions[0]["note"] == REASON


def test_its_digest_leads_to_the_notice_and_nobody_is_told_that_it_is_still_good(
    claim, redact, ask
):
    digest = Edition.objects.get(ref=claim.ref, number=1).digest
    before = ask(f"editions/{digest}/")
    assert SECRET in before.content.decode()
    redact()
    for held in ("", before.headers["ETag"], "*"):
        after = ask(f"editions/{digest}/", held=held)
        assert after.status_code == 410
        assert SECRET not in after.content.decode()
        assert after.headers["ETag"] != before.headers["ETag"]


def test_the_list_of_all_editions_changes_its_tag(claim, redact, ask):
    asked = {"include": "content", "kind": "published"}  # no edition is added to this list
    before = ask("editions/", **asked)
    assert SECRET in before.content.decode()
    redact()
    after = ask("editions/", held=before.headers["ETag"], **asked)
    assert after.status_code == 200
    assert SECRET not in after.content.decode()
    assert ask("editions/", held=after.headers["ETag"], **asked).status_code == 304


def test_a_correction_that_was_redacted_is_told_without_its_words(claim, ask, desk_of_corrections):
    asked = {"kind": "updated"}  # the redaction itself is not in this list
    before = ask("corrections/", **asked)
    assert SECRET in before.content.decode()
    desk_of_corrections()
    after = ask("corrections/", held=before.headers["ETag"], **asked)
    assert after.status_code == 200
    assert SECRET not in after.content.decode()
    [row] = [one for one in after.json()["items"] if one["edition"] == 3]
    assert (row["statement"], row["claimant_name"], row["language"]) == (None, None, None)
    assert (row["kind"], row["note"], row["correction"]) == ("updated", REASON, None)
    assert ask("corrections/", held=after.headers["ETag"], **asked).status_code == 304
