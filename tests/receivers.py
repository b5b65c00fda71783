"""Servers on this machine that answer as a partner's would, well or badly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What a server heard, and what it says: the next of `answers`, then 204 for ever.

    An answer is a status, a status with headers and a body, or a function that is given the
    handler and does with the connection what it likes.
    """

    url: str = ""
    heard: list[Asked] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def next_answer(self) -> Any:
        return self.answers.pop(0) if self.answers else 204


def slowly(piece: bytes, every: float) -> Callable[[Any], None]:
    """Send this piece again and again: never silent for long, never done."""

    def answer(handler: Any) -> None:
        receiver = handler.server.receiver
        try:
            while not receiver.over.wait(every):
                handler.wfile.write(piece)
        except OSError:
            pass

    return answer


def hanging(handler: Any) -> None:
    """Take the request and say nothing."""
    handler.server.receiver.over.wait(60)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.heard.append(Asked(self.command, self.path, headers, body))
        said = receiver.next_answer()
        self.close_connection = True
        if callable(said):
            said(self)
            return
        status, more, text = said if isinstance(said, tuple) else (said, {}, b"")
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer  # noqa: N815 - as the base class calls them

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
    server.receiver = receiver  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def wait_until(so: Callable[[], Any], patience: float = 20) -> None:
    """Until something is so; a test whose wish never comes true fails here."""
    end = time.monotonic() + patience
    while not so():
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.02)
