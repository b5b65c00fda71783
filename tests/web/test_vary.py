"""What a cache is told an answer depends on: exactly that, for every public address."""

import gzip

import pytest
from django.test import Client

PATHS = [
    "/",
    "/claims/",
    "/claims/?finding=false&colour=blue",
    "C3",
    "C3 v1/",
    "C3 embed/",
    "C3 v1/embed/",
    "C3 v1/card.png",
    "C3 v1.pdf",
    "/events/",
    "E1",
    "/statuses/",
    "/how-we-verify/",
    "/embed.js",
    "/oembed/?url=http://testserver{C3}",
]
# What may differ between two readers.
READERS = {
    "Accept-Encoding": "gzip",
    "Accept-Language": "ar",
    "Accept": "application/ld+json",
    "Accept-Datetime": "Mon, 01 Jan 2024 00:00:00 GMT",
    "Cookie": "sessionid=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; django_language=ar",
    "User-Agent": "Mozilla/5.0 (Mobile)",
    "Referer": "https://example.org/",
    "Sec-GPC": "1",
    "Origin": "https://example.org",
}
PLAIN = {"accept-language": "en", "accept": "text/html"}


def answer(path: str, **headers: str) -> tuple[object, ...]:
    """What it is said to hang on; then status, bytes, kind, language and encoding."""
    got = Client(headers=PLAIN | headers).get(path)
    held = got.headers
    encoding = held.get("Content-Encoding", "")
    content = gzip.decompress(got.content) if encoding == "gzip" else got.content
    vary = {name.strip() for name in held.get("Vary", "").split(",") if name.strip()}
    return (
        vary,
        got.status_code,
        content,
        held["Content-Type"],
        held.get("Content-Language"),
        encoding,
    )


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_hangs_on_what_it_says_and_on_nothing_else(example, path):
    key, _, rest = path.partition(" ")
    at = path.format(C3=example("C3")) if path.startswith("/") else example(key) + rest
    vary, *plain = answer(at)
    hangs_on = set()
    for name, value in READERS.items():
        other, *rest = answer(at, **{name.lower(): value})
        assert other <= vary, name  # one form among several need not hang on as much
        if rest != plain:
            hangs_on.add(name)
    assert hangs_on == vary, at


@pytest.mark.parametrize("path", PATHS)
def test_no_reader_is_given_a_cookie(example, path):
    key, _, rest = path.partition(" ")
    at = path.format(C3=example("C3")) if path.startswith("/") else example(key) + rest
    got = Client(headers=PLAIN).get(at)
    assert not got.cookies
    assert got["Cache-Control"].startswith("public, max-age=")
