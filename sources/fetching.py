"""The one door through which the site asks anything of another server.

Whoever gives us an address (a partner who wants messages, later a source that is to be kept) must
not be able to make us ask our own network, or hold a worker for ever. Every outgoing request goes
through `get` or `post`: a name is looked up once and the address that was checked is the one that
is connected to; redirects are told, never followed; time and size have bounds; nothing is taken
from the environment.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Timer
from typing import Any, Self

import requests
from django.conf import settings
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError, SSLError

from .destinations import (
    PORTS,
    USER_AGENT,
    FetchError,
    Trouble,
    check_address,
    is_loopback,
    is_public,
    permit,
    prepared,
)

__all__ = ["Answer", "FetchError", "Limits", "Trouble", "check_address", "get", "post"]


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, between two pieces of an answer, and for everything; bytes to read."""

    connect: float = 5
    read: float = 10
    total: float = 15
    size: int = 1_000_000


@dataclass(frozen=True)
class Answer:
    """What came back, as it came: nothing is unpacked and no redirect is followed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool  # there was more than was to be read
    seconds: float


def get(url: str, *, limits: Limits | None = None, **headers: str) -> Answer:
    return _fetch("GET", url, None, headers, limits or Limits(), only_https=False)


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    limits: Limits | None = None,
    only_https: bool = False,
) -> Answer:
    return _fetch("POST", url, body, headers, limits or Limits(), only_https=only_https)


class Deadline:
    """The end of one request, whatever it is doing then: its connection is cut off.

    A time limit of a socket is for one piece of an answer; whoever sends a byte every few seconds
    would hold us for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds
        self.handle: socket.socket | None = None
        self.timer = Timer(seconds, self.cut)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        if self.handle is not None:
            self.handle.close()

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self.at

    def watch(self, connected: socket.socket) -> socket.socket:
        self.handle = connected.dup()  # ours: TLS takes the socket itself into its own hands
        if self.passed:
            self.cut()
        return connected

    def cut(self) -> None:
        if self.handle is not None:
            with suppress(OSError):
                self.handle.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection that ends with its deadline."""

    deadline: Deadline

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def _new_conn(self) -> socket.socket:
        return self.deadline.watch(super()._new_conn())  # type: ignore[misc]


class _WatchedHTTP(_Watched, HTTPConnection):
    pass


class _WatchedHTTPS(_Watched, HTTPSConnection):
    pass


class _GuardedAdapter(IPFilterAdapter):
    """Connects to the one address that was looked up and found to be public."""

    def __init__(self, *, secure: bool, deadline: Deadline) -> None:
        self.deadline = deadline
        self.kind = _WatchedHTTPS if secure else _WatchedHTTP
        super().__init__(is_https_proto=secure, allow_loopback=settings.FETCH_LOOPBACK)

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        address = host["host"].removeprefix("[").removesuffix("]")
        if not is_public(address) and not (settings.FETCH_LOOPBACK and is_loopback(address)):
            raise InvalidIPAddress(address)
        return host, pool

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        if self.deadline.passed:  # looking up the name took all the time
            raise requests.Timeout
        pool.ConnectionCls = partial(self.kind, deadline=self.deadline)
        return pool


def _fetch(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    limits: Limits,
    *,
    only_https: bool,
) -> Answer:
    request = prepared(method, url, body, headers)
    permit(request, only_https=only_https)
    started = time.monotonic()
    timeout = (limits.connect, limits.read)
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=settings.FETCH_LOOPBACK,
        never_redirect=True,
        default_timeout=timeout,
        user_agent_override=USER_AGENT,
    )
    with Deadline(limits.total) as deadline, HTTPSession(config) as session:
        session.trust_env = False  # no proxy, no .netrc, no certificates of the environment's
        for scheme in PORTS:
            guard = _GuardedAdapter(secure=scheme == "https", deadline=deadline)
            session.mount(f"{scheme}://", guard)
        try:
            answer = session.send(request, stream=True, timeout=timeout, verify=True, proxies={})
            with answer:
                read = _body(answer.raw, limits.size + 1)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise _told(error, deadline) from error
        if deadline.passed:
            raise FetchError(Trouble.TIME, "It took too long to answer.")
    return Answer(
        url=request.url or url,
        status=answer.status_code,
        headers=answer.headers,
        body=read[: limits.size],
        cut=len(read) > limits.size,
        seconds=time.monotonic() - started,
    )


def _body(raw: Any, most: int) -> bytes:
    """At most so many bytes. An answer that ends before it said it would is an error."""
    read = b""
    while len(read) < most and (piece := raw.read(most - len(read), decode_content=False)):
        read += piece
    return read


def _told(error: Exception, deadline: Deadline) -> FetchError:
    """What went wrong, in our words: the library's hold addresses of our own network."""
    causes = list(_behind(error))

    def any_of(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if any_of(InvalidIPAddress):
        return FetchError(Trouble.PRIVATE, "The host is in a private network.")
    if any_of(socket.gaierror):
        return FetchError(Trouble.NAME, "There is no such host.")
    if deadline.passed or any_of(requests.Timeout, ReadTimeoutError, TimeoutError):
        return FetchError(Trouble.TIME, "It took too long to answer.")
    if any_of(requests.exceptions.SSLError, SSLError):
        return FetchError(Trouble.TLS, "Its certificate is not valid for this host.")
    if any_of(ConnectionRefusedError) or (
        any_of(requests.ConnectionError) and not any_of(ConnectionResetError)
    ):
        return FetchError(Trouble.CONNECTION, "It does not take connections.")
    return FetchError(Trouble.ANSWER, "Its answer broke off, or is no HTTP.")


def _behind(error: BaseException) -> list[BaseException]:
    """The error, what it was made from, and what libraries hand on as an argument."""
    found: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
