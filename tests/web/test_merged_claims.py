"""A merged claim leads to the one that stands for it; what was cited stays at its address."""

import pytest

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

OLD = "The harbour of Port Example (an invented place) was closed."
NEW = "Port Example (an invented place) closed its harbour."
REASON = "Both say that the harbour closed."


@pytest.fixture
def survivor(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement=NEW)
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def claim(contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement=OLD)
    desk.publish(claim, reviewer, publisher)
    return claim


@pytest.fixture
def merged(claim, survivor, publisher):
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    return f"/claims/{claim.ref}/"


def test_the_old_address_leads_on_with_a_notice_that_says_why(merged, survivor, visitor, read):
    answer = visitor.get(merged)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/claims/{survivor.ref}/"
    assert answer.headers["Cache-Control"] == "public, max-age=0, stale-while-revalidate=30"
    assert f'href="/claims/{survivor.ref}/"' in answer.content.decode()
    page = read(merged)
    for words in ("This claim was merged into another one.", REASON, OLD, NEW):
        assert words in page
    assert f"Merged into claim {survivor.ref} on " in page
    assert visitor.head(merged).status_code == 301
    held = visitor.get(merged, headers={"if-none-match": "*"})
    assert held.status_code == 301, "leading on is said every time"


def test_whoever_follows_learns_that_it_is_also_cited_under_the_old_ref(
    merged, claim, visitor, read
):
    answer = visitor.get(merged, follow=True)
    assert answer.status_code == 200
    page = read(f"/claims/{claim.merged_into.ref}/")
    assert f"Also cited as {claim.ref}, a claim that was merged into this one on" in page
    assert REASON in page
    assert f'href="{merged}v2/"' in answer.content.decode()


def test_cited_editions_stay_under_a_banner_and_the_notice_has_an_address_of_its_own(
    claim, survivor, publisher, visitor, read
):
    path = f"/claims/{claim.ref}/"
    before = Edition.objects.get(ref=claim.ref, number=1)
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    assert Edition.objects.get(ref=claim.ref, number=1).content == before.content
    page = visitor.get(f"{path}v1/")
    assert page.status_code == 200
    assert f'<a href="{path}v2/">Why, and where it is told now</a>' in page.content.decode()
    assert OLD in read(f"{path}v1/")
    assert "This claim was merged into another one." in read(f"{path}v1/")
    notice = visitor.get(f"{path}v2/")
    assert notice.status_code == 200
    assert REASON in notice.content.decode()
    assert visitor.get(f"{path}v2/", headers={"if-none-match": notice["ETag"]}).status_code == 304


def test_a_merged_claim_leaves_the_lists(merged, read):
    for path in ("/", "/claims/"):
        assert OLD not in read(path)
        assert NEW in read(path)


def test_a_chain_of_merges_leads_to_its_end(
    merged, survivor, contributor, reviewer, publisher, visitor
):
    third = desk.draft(contributor)
    desk.publish(third, reviewer, publisher)
    workflow.merge(survivor, into=third, by=publisher, reason="All three say so.")
    assert visitor.get(merged).headers["Location"] == f"/claims/{third.ref}/"


def test_a_merge_that_was_undone_gives_the_page_back(
    merged, claim, contributor, reviewer, publisher, visitor, read
):
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="They are two after all.")
    assert visitor.get(merged).status_code == 301, "until it is published again"
    desk.publish(claim, reviewer, publisher)
    assert visitor.get(merged).status_code == 200
    assert "They are two after all." in read(merged)


def test_the_page_of_a_denial_names_the_survivor(
    claim, survivor, contributor, reviewer, publisher, read
):
    denial = desk.draft(contributor, statement="The harbour never closed.", aspect="denial")
    with desk.acting(contributor):
        denial.relations.create(relation="denies", target=claim)
    desk.publish(denial, reviewer, publisher)
    workflow.merge(claim, into=survivor, by=publisher, reason=REASON)
    assert NEW in read(f"/claims/{denial.ref}/")
    assert "Disputed" in read(f"/claims/{survivor.ref}/")


def test_the_pages_of_a_merged_claim_ask_the_record_two_questions(
    merged, visitor, django_assert_max_num_queries
):
    for path in (merged, f"{merged}v1/", f"{merged}v2/"):
        with django_assert_max_num_queries(2):
            visitor.get(path)
