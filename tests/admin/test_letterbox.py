"""The letterbox at the desk: read, taken, answered, and forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from claims.editions.models import PageText
from claims.intake.choices import Kind, LetterState
from claims.intake.models import Letter
from claims.intake.tasks import forget_contacts
from claims.models import Claim
from sources.models import Change
from tests import desk_work

from .pages import at, form_of, told, words_of

pytestmark = pytest.mark.django_db

CONTACT = "reader@example.org"


@pytest.fixture
def letter():
    written = Letter(
        kind=Kind.SUGGESTION,
        who="The mayor",
        what="The bridge is closed.",
        link="https://example.org/news",
        language="fr",
        contact=CONTACT,
    )
    written.file("A" * 22)
    return written


def answer(client, letter, **typed):
    page = client.get(at("intake_letter_change", letter.pk))
    return client.post(at("intake_letter_change", letter.pk), form_of(page) | typed)


def test_new_letters_wait_in_a_queue(desk, contributor, letter):
    words = words_of(desk(contributor).get(at("intake_letter_changelist") + "?state__exact=new"))
    assert "The mayor: The bridge is closed." in words


def test_one_click_takes_it_and_the_second_to_click_is_told(desk, contributor, reviewer, letter):
    take = at("intake_letter_take", letter.pk)
    assert "It is yours now." in words_of(desk(contributor).post(take, follow=True))
    assert "Somebody has taken it already." in words_of(desk(reviewer).post(take, follow=True))
    letter.refresh_from_db()
    assert (letter.state, letter.taken_by) == (LetterState.TAKEN, contributor)


def test_an_answer_closes_it(desk, publisher, letter):
    answer(desk(publisher), letter, state="answered", answer="We looked into it.")
    letter.refresh_from_db()
    assert (letter.state, letter.answer) == (LetterState.ANSWERED, "We looked into it.")
    assert letter.taken_by == publisher
    assert letter.closed_at is not None


def test_a_letter_without_an_answer_is_not_answered(desk, publisher, letter):
    page = words_of(answer(desk(publisher), letter, state="answered"))
    assert "An answered letter needs the answer." in page
    letter.refresh_from_db()
    assert letter.state == LetterState.NEW


def test_a_closed_letter_can_be_opened_again(desk, publisher, letter):
    client = desk(publisher)
    answer(client, letter, state="dismissed")
    answer(client, letter, state="taken")
    letter.refresh_from_db()
    assert letter.closed_at is None


def test_how_to_reach_its_writer_is_for_those_who_may_see_it(desk, contributor, reviewer, letter):
    page = at("intake_letter_change", letter.pk)
    assert CONTACT not in desk(contributor).get(page).content.decode()
    assert CONTACT in desk(reviewer).get(page).content.decode()


def test_the_history_tells_what_was_done_and_never_how_to_reach_its_writer(desk, publisher, letter):
    client = desk(publisher)
    answer(client, letter, state="taken", note="Asked the port.")
    words = told(client, letter)
    assert "Asked the port." in words
    assert CONTACT not in words
    assert CONTACT not in str(list(Change.objects.values("before", "after")))


def test_a_claim_begins_with_the_words_of_the_letter(desk, contributor, letter):
    client = desk(contributor)
    begin = f"{at('claims_claim_add')}?letter={letter.pk}"
    assert begin in client.get(at("intake_letter_change", letter.pk)).content.decode()
    form = form_of(client.get(begin))
    assert form["statement"] == letter.what
    assert form["language"] == "fr"
    assert letter.link in form.values()
    speaker = desk_work.speaker(contributor)
    typed = {"claimant": str(speaker.pk), "aspect": "occurrence", "harm": "ordinary"}
    titles = {name: "The news" for name in form if name.endswith("-new_title")}
    answered = client.post(begin, form | typed | titles, follow=True)
    claim = Claim.objects.get()
    letter.refresh_from_db()
    assert (letter.led_to, letter.state) == (claim.ref, LetterState.TAKEN), words_of(answered)
    assert claim.state == "draft"
    assert begin not in client.get(at("intake_letter_change", letter.pk)).content.decode()


@pytest.mark.parametrize("number", ["x", "99999999999999999999", "0", "²"])
def test_a_letter_that_is_not_there_begins_nothing(desk, contributor, number):
    page = desk(contributor).get(at("claims_claim_add"), {"letter": number})
    assert form_of(page)["statement"] == ""


@pytest.mark.parametrize("field", ["what", "who", "ref", "language", "receipt"])
def test_what_was_sent_never_changes(letter, field):
    with pytest.raises(IntegrityError, match="cannot change"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**{field: "Other"})


def test_a_letter_is_never_removed(letter):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM intake_letter")


def test_how_to_reach_a_writer_is_forgotten_some_days_after_the_end(letter, settings):
    settings.LETTER_CONTACT_DAYS = 30
    still_open = Letter(kind=Kind.CORRECTION, what="Wrong.", contact=CONTACT)
    still_open.file("B" * 22)
    for days, known in ((29, CONTACT), (31, "")):
        closed = timezone.now() - timedelta(days=days)
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.DISMISSED, closed_at=closed)
        forget_contacts.call()
        letter.refresh_from_db()
        assert letter.contact == known
    still_open.refresh_from_db()
    assert still_open.contact == CONTACT


def test_the_worker_does_it_every_day(settings):
    tasks = [one["task"] for one in settings.TASKS["default"]["OPTIONS"]["SCHEDULES"].values()]
    assert "claims.intake.tasks.forget_contacts" in tasks


def test_the_text_of_a_page_is_saved_by_administrators_and_cannot_be_edited(
    desk, administrator, visitor
):
    client = desk(administrator)
    add = at("editions_pagetext_add")
    typed = {"slug": "about", "language": "en", "title": "Who we are", "text": "Two people."}
    client.post(add, form_of(client.get(add)) | typed)
    assert "Two people." in visitor.get("/about/").content.decode()
    again = form_of(client.get(add, {"slug": "about", "language": "en"}))
    assert (again["title"], again["text"]) == ("Who we are", "Two people.")
    assert "Two people." in told(client, PageText.objects.get())
