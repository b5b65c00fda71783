"""Which addresses may be asked at all, decided before anybody is asked about them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

import requests
from django.conf import settings
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

USER_AGENT = "Factcheck"
PORTS = {"http": (80, 8080), "https": (443, 8443)}
LONGEST = 2000  # characters of an address

# One way to write each host. Everything else that a resolver would take ("0x7f.1", "2130706433",
# "localhost", a name that ends with a dot) is refused before anybody is asked about it.
LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})+", re.ASCII)
ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$", re.ASCII)
AUTHORITY = re.compile(r"^[^/?#]*//([^/?#]*)")
UNREADABLE = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")

# Of IPv6 only what is handed out for the public: no 6to4 (it holds an IPv4 address), no examples.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
NOBODYS = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("3fff::/20"))
# Looks public, and answers with the secrets of the machine that asks (Azure).
METADATA = ipaddress.IPv4Address("168.63.129.16")


class Trouble(StrEnum):
    """Why there is no answer, in a word that can be kept."""

    ADDRESS = "bad_address"  # we do not ask such an address
    PRIVATE = "private_address"  # its host is no public one
    NAME = "name_not_found"
    CONNECTION = "no_connection"
    TLS = "bad_certificate"
    TIME = "timeout"
    ANSWER = "broken_answer"


class FetchError(Exception):
    """There is no answer. `kind` says why in a word, the text in a sentence."""

    def __init__(self, kind: Trouble, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def check_address(url: str, *, only_https: bool = False) -> None:
    """Raises FetchError if we would never ask this address. Looks up no name."""
    permit(prepared("GET", url, None, {}), only_https=only_https)


def is_public(text: str) -> bool:
    """Whether an address of the internet is one that everybody can reach, and nobody's own."""
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and (
        address not in PUBLIC_IPV6 or any(address in network for network in NOBODYS)
    ):
        return False
    special = address.is_multicast or address.is_reserved or address == METADATA
    return address.is_global and not special


def prepared(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str]
) -> requests.PreparedRequest:
    """The request as it would be sent. What is wrong with the text of an address is found here."""
    if len(url) > LONGEST:
        raise FetchError(Trouble.ADDRESS, f"An address has at most {LONGEST} characters.")
    if UNREADABLE.search(url):
        raise FetchError(Trouble.ADDRESS, "An address has no spaces, controls or backslashes.")
    if "#" in url:
        raise FetchError(Trouble.ADDRESS, "Leave out the fragment: nothing from # on is sent.")
    authority = found[1] if (found := AUTHORITY.match(url)) else ""
    if "@" in authority:
        raise FetchError(Trouble.ADDRESS, "An address must not hold a name or a password.")
    if "%" in authority or authority.endswith((":", ":0")):
        raise FetchError(Trouble.ADDRESS, "The host is written in a way that we do not ask.")
    sent = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
    request = requests.PreparedRequest()
    try:
        request.prepare(method, url, headers=sent, data=body)
    except (requests.RequestException, LocationParseError, ValueError) as error:
        raise FetchError(Trouble.ADDRESS, "This is no address that can be asked.") from error
    return request


def parse_address(url: str) -> Url:
    """As the library that connects reads it: two readings of one address are a way in."""
    try:
        return parse_url(url)
    except (LocationParseError, ValueError) as error:
        raise FetchError(Trouble.ADDRESS, "This is no address that can be asked.") from error


def permit(request: requests.PreparedRequest, *, only_https: bool) -> None:
    """Refuse what we never ask: other schemes, other ports, odd spellings of a host."""
    url = parse_address(request.url or "")
    host = (url.host or "").lower()
    near = settings.FETCH_LOOPBACK and is_loopback(host)
    if url.scheme not in PORTS or (only_https and url.scheme != "https" and not near):
        known = "https" if only_https else "http or https"
        raise FetchError(Trouble.ADDRESS, f"The address must begin with {known}.")
    if url.port is not None and url.port not in PORTS[url.scheme] and not near:
        allowed = " and ".join(map(str, PORTS[url.scheme]))
        raise FetchError(Trouble.ADDRESS, f"Allowed ports: {allowed}.")
    if near:
        return
    literal = literal_of(host)
    if literal is None and (not NAME.fullmatch(host) or len(host) > 253):
        raise FetchError(
            Trouble.ADDRESS, "The host must be a full name such as partner.example.org."
        )
    if literal is not None and not is_public(literal):
        raise FetchError(Trouble.PRIVATE, "The host is in a private network.")


def literal_of(host: str) -> str | None:
    """The host, where it is no name but an address, written as such addresses are written."""
    bare = host.removeprefix("[").removesuffix("]")
    if not ENDS_IN_A_NUMBER.search(host) and bare == host:
        return None
    with suppress(ValueError):
        if str(ipaddress.ip_address(bare)) == bare and (":" in bare) == (bare != host):
            return bare
    raise FetchError(Trouble.ADDRESS, "The host is written in a way that we do not ask.")


def is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    return host == "localhost"
