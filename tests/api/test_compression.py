"""Answers travel compressed to whoever can read that, and are still known by their tags."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from factcheck.compression import CODINGS, Compression, preferred, zstd

ADDRESSES = [
    "claims/",
    "claims/K0000000/",
    "changes/?include=content",
    "claims/K0000000/editions/?include=content",
]
UNDO = {"gzip": gzip.decompress, "zstd": zstd.decompress}


@pytest.fixture
def ask(record):
    def ask(address, method="get", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(Client(), method)(f"/api/v1/{address}", headers=headers)

    return ask


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", CODINGS)
def test_an_answer_comes_in_fewer_bytes_that_say_the_same(ask, address, coding):
    plain, small = ask(address), ask(address, accept_encoding=coding)
    assert small["Content-Encoding"] == coding
    assert UNDO[coding](small.content) == plain.content
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert plain["Vary"] == small["Vary"] == "Accept-Encoding"
    assert small["ETag"] == f"W/{plain['ETag']}"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", [*CODINGS, "identity"])
def test_a_held_answer_is_known_by_either_tag_and_the_304_carries_that_one(ask, address, coding):
    strong = ask(address)["ETag"]
    for tag in (strong, f"W/{strong}"):
        again = ask(address, accept_encoding=coding, if_none_match=tag)
        assert (again.status_code, again["ETag"], again.content) == (304, tag, b"")
        assert again["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", CODINGS)
def test_head_has_the_headers_of_the_compressed_answer(ask, address, coding):
    got, head = (ask(address, method, accept_encoding=coding) for method in ("get", "head"))
    assert head.content == b""
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert got[name] == head[name]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("br", None),
        ("gzip", "gzip"),
        ("gzip, zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip", "gzip"),
        ("zstd;q=0.5, gzip;q=0.5", "zstd"),
        ("zstd;q=0, gzip;q=0.001", "gzip"),
        ("zstd;q=0, gzip;q=0.000", None),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
        ("GZIP ; q=1.0", "gzip"),
        ("gzip;q=nan", None),
        ("gzip;q=2", None),
        (";;,,=;q=", None),
    ],
)
def test_the_reader_says_which_coding_it_likes(accepted, coding):
    assert preferred(accepted) == coding


def test_a_short_answer_is_sent_as_it_is(ask):
    answer = ask("changes/?after=5000", accept_encoding="gzip, zstd")
    assert "Content-Encoding" not in answer
    assert "Vary" not in answer
    assert answer["ETag"].startswith('"')


def sent(response):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    return Compression(lambda _request: response)(request)


@pytest.mark.parametrize(
    "said",
    ["private, no-store", "", "no-store", "public, no-transform"],
)
def test_what_is_not_for_everybody_is_left_alone(said):
    answer = sent(HttpResponse(b"x" * 5000, headers={"Cache-Control": said}))
    assert "Content-Encoding" not in answer
    assert answer.content == b"x" * 5000


def test_a_stream_is_left_alone():
    stream = StreamingHttpResponse([b"x"] * 5000, headers={"Cache-Control": "public"})
    assert "Content-Encoding" not in sent(stream)
