"""Writing to the desk: two forms, what keeps machines out, and the receipt."""

from __future__ import annotations

import re
import time
from unittest import mock

import pytest
from django.test import Client

from claims.intake.choices import Kind, LetterState
from claims.intake.models import Letter
from tests import desk_work
from tests.web.conftest import tags, words

pytestmark = pytest.mark.django_db

WRONG = {"what": "The number is wrong.", "should_be": "Two.", "contact": "reader@example.org"}
SUGGESTED = {"who": "The mayor", "what": "The bridge is closed.", "link": "https://example.org/a"}


def opened(path: str, *, ago: float = 60) -> str:
    """The hidden field of a form that somebody opened a while ago."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - ago):
        page = Client().get(path).content.decode()
    return re.search(r'name="opening" value="([^"]+)"', page)[1]


@pytest.fixture
def send():
    def sent(path: str, *, ago: float = 60, client: Client | None = None, **typed: str):
        typed.setdefault("opening", opened(path, ago=ago))
        return (client or Client(enforce_csrf_checks=True)).post(path, typed)

    return sent


@pytest.fixture
def published(contributor, reviewer, publisher):
    claim = desk_work.draft(contributor)
    desk_work.publish(claim, reviewer, publisher)
    return claim


def test_a_complaint_lands_in_the_letterbox_and_gives_a_receipt(send, published, visitor):
    answer = send("/complain/", claim=published.ref, **WRONG)
    assert answer.status_code == 303
    letter = Letter.objects.get()
    assert letter.kind == Kind.CORRECTION
    assert (letter.ref, letter.what, letter.contact) == (
        published.ref,
        WRONG["what"],
        WRONG["contact"],
    )
    receipt = visitor.get(answer["Location"])
    assert "Your letter has arrived. Nobody has looked at it yet." in words(receipt.content)


def test_the_receipt_tells_the_state_and_the_answer_and_nothing_of_the_writer(send, visitor):
    address = send("/complain/", **WRONG)["Location"]
    letter = Letter.objects.get()
    letter.state, letter.answer = LetterState.ANSWERED, "You are right."
    letter.settle()
    letter.save()
    receipt = visitor.get(address)
    assert "The desk has answered." in words(receipt.content)
    assert "You are right." in words(receipt.content)
    assert WRONG["contact"] not in receipt.content.decode()
    assert receipt["Cache-Control"] == "no-store"
    assert receipt["X-Robots-Tag"] == "noindex, nofollow"
    assert receipt["Referrer-Policy"] == "no-referrer"


def test_a_receipt_cannot_be_found_in_the_table(send):
    address = send("/complain/", **WRONG)["Location"]
    token = address.split("/")[-2]
    assert len(token) == 22  # 128 bits
    assert token not in str(Letter.objects.values().get())


@pytest.mark.parametrize("path", ["/receipts/AAAAAAAAAAAAAAAAAAAAAA/", "/receipts/short/"])
def test_a_receipt_that_was_not_given_is_not_found(path, visitor):
    assert visitor.get(path).status_code == 404


def test_a_suggestion_arrives_and_nothing_is_published(send, visitor):
    before = visitor.get("/claims/").content
    assert send("/suggest/", **SUGGESTED).status_code == 303
    letter = Letter.objects.get()
    assert (letter.kind, letter.who, letter.state) == (Kind.SUGGESTION, "The mayor", "new")
    assert visitor.get("/claims/").content == before


def test_the_form_of_a_claim_names_it_with_its_claimant(published, visitor):
    page = visitor.get(f"/complain/?claim={published.ref}")
    assert f"The union: {published.statement}" in words(page.content)
    assert f'value="{published.ref}"' in page.content.decode()


@pytest.mark.parametrize("ref", ["ZZZZZZZZ", "nonsense!", "\x00" * 8, "x" * 900])
def test_a_claim_that_is_not_there_is_said_to_be_unknown(ref, visitor):
    page = visitor.get("/complain/", {"claim": ref})
    assert page.status_code == 200
    assert "named a claim that is not published here" in words(page.content)


def test_the_address_of_a_page_names_the_claim_and_the_edition(send, published):
    typed = f"https://example.org/fr/claims/{published.ref.lower()}/v1/#x"
    send("/complain/", claim=typed, **WRONG)
    letter = Letter.objects.get()
    assert (letter.ref, letter.edition) == (published.ref, 1)


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("/complain/", {"what": ""}, "This field is required."),
        ("/complain/", WRONG | {"claim": "ZZZZZZZZ"}, "No claim is published under this name."),
        ("/complain/", WRONG | {"what": "x" * 5001}, "at most 5000 characters"),
        ("/complain/", WRONG | {"what": "a\x00b"}, "Null characters are not allowed."),
        ("/complain/", WRONG | {"homepage": "http://spam"}, "A field that nobody should see"),
        ("/suggest/", SUGGESTED | {"link": "javascript:alert(1)"}, "https://"),
        ("/suggest/", SUGGESTED | {"link": "ftp://example.org/a"}, "https://"),
        ("/suggest/", SUGGESTED | {"language": "xx"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_typed_is_lost(send, path, typed, told):
    answer = send(path, **typed)
    assert answer.status_code == 400
    page = words(answer.content)
    assert "Nothing was sent yet. What you typed is still here." in page
    assert told in page
    if typed.get("contact"):
        assert WRONG["contact"] in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_comes_quicker_than_people_type_is_asked_to_be_sent_again(send):
    token = opened("/complain/", ago=0)
    first = send("/complain/", opening=token, **WRONG)
    assert first.status_code == 403
    assert "within three seconds" in words(first.content)
    assert WRONG["what"] in first.content.decode()
    again = re.search(r'name="opening" value="([^"]+)"', first.content.decode())[1]
    with mock.patch("claims.web.sending.timezone.now") as now:
        from datetime import UTC, datetime, timedelta

        now.return_value = datetime.now(UTC) + timedelta(seconds=5)
        assert send("/complain/", opening=again, **WRONG).status_code == 303


def test_a_form_that_was_open_for_days_is_asked_to_be_sent_again(send):
    answer = send("/complain/", ago=3 * 24 * 3600, **WRONG)
    assert "open for more than a day" in words(answer.content)
    with mock.patch("claims.web.sending.AT_LEAST", 0):
        again = re.search(r'name="opening" value="([^"]+)"', answer.content.decode())[1]
        assert send("/complain/", opening=again, **WRONG).status_code == 303


@pytest.mark.parametrize("token", ["", "made:up:token", "x"])
def test_a_form_that_was_never_opened_here_is_not_taken(send, token):
    answer = send("/complain/", opening=token, **WRONG)
    assert (answer.status_code, Letter.objects.count()) == (403, 0)
    assert WRONG["what"] in answer.content.decode()


def test_the_opening_of_one_form_is_none_of_the_other(send):
    assert send("/suggest/", opening=opened("/complain/"), **SUGGESTED).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_a_form_that_another_site_sends_is_not_taken(send, headers):
    answer = send("/complain/", client=Client(headers=headers), **WRONG)
    assert (answer.status_code, Letter.objects.count()) == (403, 0)
    assert "sent from another site" in words(answer.content)


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin", "origin": "http://testserver"}, {}]
)
def test_a_form_of_ours_is_taken_without_any_cookie(send, headers):
    client = Client(enforce_csrf_checks=True, headers=headers)
    answer = send("/complain/", client=client, **WRONG)
    assert answer.status_code == 303
    assert not client.cookies


def test_a_form_that_is_sent_twice_is_one_letter(send):
    token = opened("/complain/")
    first, second = (send("/complain/", opening=token, **WRONG) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Letter.objects.count() == 1


def test_the_same_words_are_not_filed_again(send):
    send("/complain/", **WRONG)
    answer = send("/complain/", **WRONG | {"what": " The number  is wrong.\n"})
    assert (answer.status_code, Letter.objects.count()) == (409, 1)
    assert "reached us already" in words(answer.content)


def test_from_one_address_comes_so_much_an_hour_and_the_address_is_not_kept(send, settings):
    settings.LETTERS_AN_HOUR = 2
    answers = [send("/complain/", what=f"Wrong, {n}.").status_code for n in range(3)]
    assert answers == [303, 303, 429]
    from claims.models import Remembered

    kept = str(list(Remembered.objects.values_list("cache_key", "value")))
    assert "letter:" in kept
    assert "127.0.0.1" not in kept


def test_another_address_has_places_of_its_own(send, settings):
    settings.LETTERS_AN_HOUR = 1
    assert send("/complain/", what="One.").status_code == 303
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert send("/complain/", client=other, what="Two.").status_code == 303


@pytest.mark.parametrize("path", ["/complain/", "/suggest/"])
def test_a_form_is_kept_by_no_cache_and_asks_one_question_at_most(
    path, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(1):
        answer = visitor.get(path)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_every_field_has_a_label_and_its_mistake_beside_it(send):
    page = send("/suggest/").content
    names = re.findall(r'<label for="([^"]+)"', page.decode())
    for field in (tag for kind in ("input", "textarea", "select") for tag in tags(page, kind)):
        if 'type="hidden"' not in field and 'type="search"' not in field:
            assert re.search(r' id="([^"]+)"', field)[1] in names, field
    assert 'aria-invalid="true"' in page.decode()
    assert 'id="id_who_error"' in page.decode()


def test_a_letter_is_written_in_the_readers_language(send):
    answer = Client().post("/fr/complain/", {"opening": opened("/fr/complain/"), **WRONG})
    assert answer["Location"].startswith("/fr/receipts/")
    assert Letter.objects.get().language == "fr"
