"""An edition changes in one way only, also for whoever owns the tables."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work as desk

pytestmark = pytest.mark.usefixtures("committed")

NEVER = "What was published is never changed or removed"


@pytest.fixture
def claim(contributor, reviewer, publisher):
    """Two editions; the third redacts the first."""
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk.publish(claim, reviewer, publisher)
    workflow.redact(claim, editions=[1], by=publisher, reason="A name was taken out.")
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    workflow.publish(claim, by=publisher)
    return claim


@pytest.mark.parametrize(
    "change",
    [
        "content = content || ' ' WHERE number = 2",
        "content = content || ' ' WHERE number = 1",
        "redacted_in = 3 WHERE number = 2",
        "redacted_in = NULL WHERE number = 1",
        """redacted_in = 3, content = redaction_notice(e, (
            SELECT r FROM editions_edition r WHERE r.number = 3)) WHERE number = 2""",
        "digest = repeat('0', 64) WHERE number = 1",
        "published_at = now() WHERE number = 2",
        "kind = 'minor' WHERE number = 2",
    ],
)
def test_no_other_update_of_an_edition(claim, owner_sql, change):
    with pytest.raises(IntegrityError, match=NEVER):
        owner_sql(f"UPDATE editions_edition e SET {change}")


@pytest.mark.parametrize("statement", ["DELETE FROM", "TRUNCATE"])
def test_no_edition_is_removed(claim, owner_sql, statement):
    cascade = " CASCADE" if statement == "TRUNCATE" else ""
    with pytest.raises(IntegrityError, match=NEVER):
        owner_sql(f"{statement} editions_edition{cascade}")


def test_the_application_may_not_even_try(claim):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE editions_edition SET redacted_in = 3 WHERE number = 1")


def test_a_notice_cannot_be_published_as_an_edition(claim):
    notice = Edition.objects.get(ref=claim.ref, number=1)
    with pytest.raises(IntegrityError):
        Edition.objects.create(
            ref=claim.ref,
            kind="updated",
            digest=notice.digest,
            content=notice.content,
            redacted_in=3,
        )


def test_the_rules_are_the_last_word_on_which_editions(claim, contributor, reviewer, publisher):
    """Somebody names an edition that was redacted already, past the workflow."""
    workflow.redact(claim, editions=[2], by=publisher, reason="A name was taken out.")
    desk.change(claim, publisher, redacts=[1, 2])
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    with pytest.raises(workflow.ReviewError, match="still hold their content, each once"):
        workflow.publish(claim, by=publisher)
    assert Edition.objects.get(ref=claim.ref, number=2).redacted_in is None
