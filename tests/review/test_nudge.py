"""What is added to the record is told to partners, from the transaction that adds it."""

import pytest
from django_ox.models import OxTask

from claims.review import workflow
from tests import desk_work
from tests.sent import delivery

pytestmark = pytest.mark.django_db


def nudges():
    return OxTask.objects.filter(task_path="claims.webhooks.tasks.send_due").count()


def test_publishing_and_retracting_nudge_the_worker(contributor, reviewer, publisher):
    delivery(publisher)
    claim = desk_work.draft(contributor)
    workflow.submit(claim, by=contributor)
    desk_work.approve(claim, reviewer)
    assert nudges() == 0
    workflow.publish(claim, by=publisher)
    assert nudges() == 1
    workflow.retract(claim, by=publisher, reason="We were wrong.")
    assert nudges() == 2
