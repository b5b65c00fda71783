"""The pages of notices and preferences, and the count in the head of every page."""

import pytest
from django.contrib.auth.models import User

from claims.models import Notice
from claims.review import workflow
from tests import desk_work

from .pages import at, words_of

pytestmark = pytest.mark.django_db


def test_the_head_of_every_page_counts_what_is_unread(desk, draft, contributor, reviewer):
    client = desk(reviewer)
    assert "unread" not in words_of(client.get(at("claims_claim_changelist")))
    workflow.submit(draft, by=contributor)
    assert "Notices (1 unread)" in words_of(client.get(at("claims_claim_changelist")))


def test_a_notice_is_marked_as_read_and_stays_on_the_page(desk, draft, contributor, reviewer):
    workflow.submit(draft, by=contributor)
    notice = Notice.objects.get(recipient=reviewer)
    client = desk(reviewer)
    assert "contributor submitted this claim" in words_of(client.get(at("notices")))
    answer = client.post(at("notices"), {"notice": notice.pk}, follow=True)
    assert "You have read everything." in words_of(answer)
    assert "contributor submitted this claim" in words_of(answer)


def test_nobody_marks_or_sees_the_notices_of_others(
    desk, draft, contributor, reviewer, reviewer_two
):
    workflow.submit(draft, by=contributor)
    notice = Notice.objects.get(recipient=reviewer)
    client = desk(contributor)
    assert draft.statement not in words_of(client.get(at("notices")))
    client.post(at("notices"), {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("sent", [{}, {"notice": "x"}, {"notice": "9" * 40}])
def test_marking_what_is_no_notice_is_not_found(desk, reviewer, sent):
    assert desk(reviewer).post(at("notices"), sent).status_code == 404


def test_the_page_of_notices_asks_the_same_however_many_there_are(
    desk, contributor, reviewer, django_assert_max_num_queries
):
    client = desk(reviewer)
    for _ in range(12):
        workflow.submit(desk_work.draft(contributor), by=contributor)
    client.get(at("notices"))  # what is asked once per session is asked here
    with django_assert_max_num_queries(9):
        client.get(at("notices"))


def test_staff_without_a_role_see_no_notices(desk, db):
    nobody = User.objects.create_user("nobody", password="pass", is_staff=True)
    for page in ("notices", "preferences", "numbers"):
        assert desk(nobody).get(at(page)).status_code == 403


def test_language_and_mail_are_chosen_and_kept(desk, reviewer):
    client = desk(reviewer)
    answer = client.post(at("preferences"), {"language": "ar", "mail": "at_once"}, follow=True)
    assert "Your preferences are kept." in words_of(answer)
    reviewer.refresh_from_db()
    assert (reviewer.preferences.language, reviewer.preferences.mail) == ("ar", "at_once")
    client.post(at("preferences"), {"language": "", "mail": "none"})
    reviewer.preferences.refresh_from_db()
    assert (reviewer.preferences.language, reviewer.preferences.mail) == ("", "none")


def test_a_language_we_do_not_have_is_refused(desk, reviewer):
    answer = desk(reviewer).post(at("preferences"), {"language": "tlh", "mail": "weekly"})
    assert answer.status_code == 200
    assert "Select a valid choice" in words_of(answer)
