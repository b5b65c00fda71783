"""The log is for operators; readers are not in it."""

import json
from collections.abc import Callable
from io import StringIO

from django.contrib.auth.models import User
from django.test import Client


def lines(log: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_without_the_reader(log: StringIO) -> None:
    reader = Client(
        REMOTE_ADDR="203.0.113.9",
        headers={
            "user-agent": "Curious/1.0",
            "x-forwarded-for": "203.0.113.9",
            "referer": "https://elsewhere.example/",
            "x-request-id": "chosen-by-the-reader",
        },
    )
    reader.cookies["sessionid"] = "abc123secret"
    answer = reader.get("/healthz?q=what+I+look+for")
    (line,) = lines(log)
    assert set(line) == {"code", "request", "event", "request_id", "logger", "level", "timestamp"}
    assert line["request"] == "GET /healthz"
    assert line["request_id"] == answer.headers["X-Request-ID"] != "chosen-by-the-reader"


def test_an_error_is_logged_once_and_without_the_query(visitor: Client, log: StringIO) -> None:
    assert visitor.post("/healthz?q=secret", {"name": "of-a-person"}).status_code == 405
    (line,) = lines(log)
    assert line["code"] == 405
    assert "secret" not in str(line)
    assert "of-a-person" not in str(line)


def test_a_signed_in_member_of_the_desk_is_not_named(
    contributor: User, desk: Callable[[User], Client], log: StringIO
) -> None:
    desk(contributor).get("/admin/")
    written = log.getvalue()
    assert "/admin/" in written
    assert "contributor" not in written
    assert "user" not in written


def test_the_address_of_a_receipt_is_not_told(visitor: Client, log: StringIO, db: None) -> None:
    assert visitor.get(f"/receipts/{'A' * 22}/").status_code == 404
    (line,) = lines(log)
    assert line["request"] == "GET /receipts/…/"
    assert "AAAA" not in log.getvalue()
