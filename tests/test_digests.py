"""What is sent by e-mail: to whom, once, in their language, and nothing to anybody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from django.utils.translation import get_language
from django_ox.models import OxTask
from django_ox.testing import run_tasks

from claims.choices import Mail
from claims.models import Claim, Notice, Preferences
from claims.review import workflow
from claims.review.mail import mail_at_once, mail_digest, send_digests
from tests import desk_work

pytestmark = pytest.mark.django_db


def enqueued(path: str) -> list[list[int]]:
    """The arguments of the tasks of this kind that wait for the worker."""
    return [task.args for task in OxTask.objects.filter(task_path=path).order_by("pk")]


def deliver() -> list[mail.EmailMessage]:
    """What the worker sends on a morning."""
    send_digests.enqueue()
    run_tasks()
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


def prefer(user: User, **chosen: str) -> None:
    Preferences.objects.update_or_create(user=user, defaults=chosen)


@pytest.fixture
def submitted(contributor: User, reviewer: User) -> Claim:
    """A claim that one reviewer is told of."""
    claim = desk_work.draft(contributor)
    workflow.submit(claim, by=contributor)
    return claim


def test_one_message_says_what_is_new_with_claimant_and_link(submitted, reviewer, settings):
    [message] = deliver()
    assert message.to == [reviewer.email]
    assert message.subject == f"{settings.SITE_NAME}: 1 notice from the desk"
    assert f"The union: {submitted.statement}" in message.body
    assert "contributor submitted this claim: it waits for a review." in message.body
    assert f"http://testserver/admin/claims/claim/{submitted.pk}/change/" in message.body


def test_what_was_mailed_is_not_mailed_again(submitted):
    assert len(deliver()) == 1
    assert deliver() == []


def test_one_message_a_day_and_no_more(submitted, contributor, reviewer):
    deliver()
    workflow.submit(desk_work.draft(contributor), by=contributor)
    assert deliver() == []
    Notice.objects.filter(mailed_at__isnull=False).update(
        mailed_at=timezone.now() - timedelta(days=1)
    )
    assert len(deliver()) == 1


def test_what_was_read_at_the_desk_is_not_mailed(submitted):
    Notice.objects.update(read_at=timezone.now())
    assert deliver() == []


def test_a_message_is_in_its_readers_language(submitted, reviewer, monkeypatch):
    prefer(reviewer, language="fr")
    monkeypatch.setattr("claims.review.mail.ngettext", lambda *_: f"%(number)s {get_language()}")
    [message] = deliver()
    assert message.subject == "1 fr"


def test_who_wants_no_mail_gets_none(submitted, reviewer):
    prefer(reviewer, mail=Mail.NONE)
    assert deliver() == []
    mail_digest.call(reviewer.pk)
    mail_at_once.call(reviewer.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("left", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_who_left_or_has_no_address_gets_nothing(submitted, reviewer, left):
    User.objects.filter(pk=reviewer.pk).update(**left)
    assert deliver() == []
    mail_digest.call(reviewer.pk)
    assert mail.outbox == []


def test_who_lost_their_role_after_they_were_told_gets_nothing(submitted, reviewer):
    reviewer.groups.clear()
    assert deliver() == []
    mail_digest.call(reviewer.pk)
    assert mail.outbox == []


def test_a_message_that_cannot_be_sent_is_tried_again(submitted, reviewer, monkeypatch):
    def fail(_self: object, *_args: object, **_options: object) -> int:
        raise OSError("The mail server is away.")

    with monkeypatch.context() as broken:
        broken.setattr("claims.review.mail.EmailMessage.send", fail)
        with pytest.raises(OSError, match="away"):
            mail_digest.call(reviewer.pk)
    assert len(deliver()) == 1


def test_who_wants_it_at_once_gets_it_at_once(
    contributor, reviewer, reviewer_two, django_capture_on_commit_callbacks
):
    prefer(reviewer, mail=Mail.AT_ONCE)
    claim = desk_work.draft(contributor)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.submit(claim, by=contributor)
        assert enqueued("claims.review.mail.mail_at_once") == []
    [[user_id]] = enqueued("claims.review.mail.mail_at_once")
    assert user_id == reviewer.pk
    run_tasks()
    assert mail_at_once.call(user_id) == 0
    assert [message.to for message in mail.outbox] == [[reviewer.email]]


def test_many_notices_are_one_message_that_counts_the_rest(contributor, reviewer, monkeypatch):
    monkeypatch.setattr("claims.review.mail.LONGEST", 2)
    for number in range(5):
        workflow.submit(desk_work.draft(contributor, statement=f"Claim {number}."), by=contributor)
    [message] = deliver()
    assert "5 notices" in message.subject
    assert "And 3 more." in message.body


def test_a_message_is_plain_text_whatever_a_claim_says(contributor, reviewer):
    claim = desk_work.draft(contributor, statement="“<b>Port & docks</b>”\r\nBcc: x@example.org")
    workflow.submit(claim, by=contributor)
    [message] = deliver()
    assert "“<b>Port & docks</b>”" in message.body
    assert message.recipients() == [reviewer.email]
