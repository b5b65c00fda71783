"""Addresses: people mistype them, and machines make them up. None is an error of ours."""

import pytest
from django.test import RequestFactory

from claims.web import errors


def mistyped(path: str) -> str:
    return path.lower().replace("0", "o").replace("1", "l")


@pytest.mark.parametrize("key", ["C3", "E1", "FLA", "article"])
def test_a_ref_in_lower_case_with_o_for_zero_leads_to_the_right_page(example, visitor, key):
    path = example(key)
    answer = visitor.get(mistyped(path))
    assert (answer.status_code, answer["Location"]) == (301, path)


def test_a_mistyped_edition_leads_to_that_edition(example, visitor):
    answer = visitor.get(mistyped(example("C3")) + "v1/?from=print")
    assert answer["Location"] == example("C3") + "v1/?from=print"


@pytest.mark.parametrize(
    "path",
    [
        "/claims/00000000/",
        "/claims/short/",
        "/claims/UUUUUUUU/",
        "/claims/%00%00%00%00%00%00%00%00/",
        "/claims/%FF%FE/",
        "/claims/%ED%A0%80abcde/",
        "/claims/" + "A" * 5000 + "/",
        "/claims/00000000/v1/",
        "/events/00000000/",
        "/events/nothing/",
        "/agents/00000000/",
        "/agents/nothing/",
        "/sources/00000000/",
        "/sources/",
        "/nowhere/",
    ],
)
def test_what_is_no_page_is_a_page_that_helps(example, visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert b"<title>There is no page at this address \xc2\xb7 Factcheck</title>" in answer.content
    assert b'href="/claims/"' in answer.content


@pytest.mark.parametrize("number", ["0", "2", "01", "-1", "1.0", "9" * 9, "9" * 5000, "x"])
def test_an_edition_that_does_not_exist_is_not_found(example, visitor, number):
    assert visitor.get(f"{example('C3')}v{number}/").status_code == 404


def test_an_address_without_its_last_slash_is_completed(example, visitor):
    path = example("C3")
    assert visitor.get(path.rstrip("/"))["Location"] == path


@pytest.mark.parametrize(
    "path", ["/", "/claims/", "/events/", "/agents/", "/statuses/", "/how-we-verify/"]
)
def test_pages_are_read_only(example, visitor, path):
    assert visitor.get(path).status_code == 200
    assert visitor.head(path).status_code == 200
    assert visitor.post(path).status_code in (403, 405)
    assert visitor.delete(path).status_code == 405


def test_an_address_with_ten_thousand_filters_is_refused_in_words(example, visitor):
    answer = visitor.get("/claims/?" + "finding=false&" * 10_001)
    assert answer.status_code == 400
    assert b"This request cannot be read" in answer.content


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (errors.permission_denied, 403, b"This page is not open to you"),
        (errors.server_error, 500, b"The fault is ours"),
    ],
)
def test_other_refusals_are_pages_too_and_need_no_database(answer, status, words):
    response = answer(RequestFactory().get("/"))
    assert response.status_code == status
    assert words in response.content
    assert response["Cache-Control"] == "no-store"
