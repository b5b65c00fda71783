"""What has consequences needs a recent proof of who one is."""

import time

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.admin.freshness import PROVED
from claims.choices import State
from claims.models import Review

from .pages import at, form_of, move_page, words_of

pytestmark = pytest.mark.django_db


def grow_old(client, minutes=31):
    session = client.session
    session[PROVED] = time.time() - minutes * 60
    session.save()


@pytest.fixture
def approving(desk, in_review, reviewer):
    """A reviewer who wrote a note, and took their time."""
    client = desk(reviewer)
    page = move_page(in_review, "approve")
    return client, page, form_of(client.get(page)) | {"note": "Heard the recording.\nTwice."}


def confirm(client, asked, word="pass"):
    answer = client.post(
        reverse("account_reauthenticate"), form_of(client.get(asked)) | {"password": word}
    )
    return client.get(answer.headers["location"]) if answer.status_code == 302 else answer


def test_an_old_proof_is_renewed_and_what_was_written_is_not_lost(approving, in_review):
    client, page, typed = approving
    grow_old(client)
    asked = client.post(page, typed).headers["location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    assert not Review.objects.exists()

    wrong = confirm(client, asked, "wrong")
    assert wrong.status_code == 200
    waiting = confirm(client, asked)
    assert "has waited for you" in words_of(waiting)
    assert f'action="{page}"' in waiting.content.decode()
    client.post(page, form_of(waiting))
    in_review.refresh_from_db()
    assert in_review.state == State.APPROVED
    assert Review.objects.get().note.splitlines() == ["Heard the recording.", "Twice."]


def test_a_recent_proof_is_enough(approving, in_review):
    client, page, typed = approving
    grow_old(client, minutes=29)
    client.post(page, typed)
    in_review.refresh_from_db()
    assert in_review.state == State.APPROVED


def test_what_waited_is_shown_once_and_to_nobody_without_its_key(approving):
    client, page, typed = approving
    grow_old(client)
    asked = client.post(page, typed).headers["location"]
    assert client.get(reverse("account_go_on", args=["guessed"])).status_code == 404
    place = form_of(client.get(asked))["next"]
    assert client.get(place).status_code == 404  # not confirmed yet
    confirm(client, asked)
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("action", ["request_changes", "comment"])
def test_what_can_be_taken_back_needs_none(desk, in_review, reviewer, action):
    client = desk(reviewer)
    page = move_page(in_review, action)
    typed = form_of(client.get(page)) | {"note": "Say who stopped."}
    grow_old(client)
    assert client.post(page, typed).headers["location"] == at("claims_claim_change", in_review.pk)


@pytest.mark.parametrize("action", ["publish", "retract", "merge"])
def test_publishing_retracting_and_merging_need_one(desk, approved, publisher, action):
    client = desk(publisher)
    grow_old(client)
    asked = client.post(move_page(approved, action), {"note": "x"}).headers["location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    approved.refresh_from_db()
    assert approved.state == State.APPROVED


def test_so_does_a_change_of_roles(desk, administrator, contributor):
    client = desk(administrator)
    page = at("auth_user_change", contributor.pk)
    typed = form_of(client.get(page)) | {"is_staff": ""}
    grow_old(client)
    asked = client.post(f"{page}?_changelist_filters=q%3Dx", typed).headers["location"]
    assert User.objects.get(pk=contributor.pk).is_staff
    waiting = confirm(client, asked)
    client.post(waiting.context["address"], form_of(waiting) | {"is_staff": ""})
    assert not User.objects.get(pk=contributor.pk).is_staff


def test_a_password_is_never_put_aside(desk, administrator, contributor):
    client = desk(administrator)
    page = at("auth_user_password_change", contributor.pk)
    grow_old(client)
    assert client.get(page).headers["location"].startswith(reverse("account_reauthenticate"))
    client.post(page, {"password1": "a long and new phrase", "password2": "a long and new phrase"})
    assert "phrase" not in str(dict(client.session))
    contributor.refresh_from_db()
    assert contributor.check_password("pass")
