"""The one door through which the site asks others: what it refuses, and where it stops."""

import ast
import socket
import ssl
import time
from pathlib import Path

import pytest
from django.conf import settings as site

from sources import fetching
from sources.destinations import is_public
from sources.fetching import FetchError, Limits, Trouble
from tests.receivers import hanging, receiving, slowly

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def guarded(settings):
    """As on a public site: this machine itself is no place to ask."""
    settings.FETCH_LOOPBACK = False


@pytest.fixture
def names(monkeypatch):
    """A resolver of our own: what each name leads to, one answer after the other."""
    table: dict[str, list[str]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host, port, *args, **kwargs):
        if host not in table:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        answers = table[host]
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        if address == "nowhere":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(address, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    table["asked"] = asked
    return table


@pytest.fixture
def connected(monkeypatch):
    """To which addresses a connection was begun. None is made."""
    tried = []

    def connect(self, address):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


def trouble(call, *args, **kwargs):
    with pytest.raises(FetchError) as caught:
        call(*args, **kwargs)
    assert str(caught.value)
    return caught.value.kind


def test_an_answer_comes_back_as_it_is(receiver):
    receiver.answers = [(418, {"X-Kind": "tea"}, b"short and stout")]
    answer = fetching.get(receiver.url)
    assert (answer.status, answer.body, answer.cut) == (418, b"short and stout", False)
    assert answer.headers["x-kind"] == "tea"
    assert receiver.heard[0].headers["user-agent"] == "Factcheck"


def test_a_body_and_headers_arrive_as_they_were_given(receiver):
    fetching.post(receiver.url, b"{}", headers={"Content-Type": "application/json", "X-A": "b"})
    (asked,) = receiver.heard
    assert (asked.method, asked.body, asked.headers["x-a"]) == ("POST", b"{}", "b")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_not_followed(receiver, status):
    receiver.answers = [(status, {"Location": receiver.url}, b"")]
    answer = fetching.get(receiver.url)
    assert (answer.status, answer.headers["location"]) == (status, receiver.url)
    assert len(receiver.heard) == 1


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:1", "", "x"),
        *("//a.example/", "http:///x", "http://", "https://a.example:22/", "http://a.example:0/"),
        *("https://a.example:99999/", "https://a.example:x/", "https://user@a.example/"),
        *("https://user:pass@a.example/", "https://@a.example/", "https://a.example/#part"),
        *("https://a.example\\@b.example/", "https://a .example/", "https://a.example/\n"),
        *("https://a.example/\x00", "https://a.example/\ud800", "https://2130706433/"),
        *("https://0x7f000001/", "https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/"),
        *("https://8.8.8.8./", "https://08.8.8.8/", "https://1.2.3/", "https://a.example.0x1/"),
        *("https://localhost/", "https://intranet/", "https://a.example./", "https://-a.example/"),
        *("https://a.example:/", "https://[fe80::1%25eth0]/", "https://[::1/"),
        *("https://[0:0:0:0:0:0:0:1]/", "https://%31%32%37.0.0.1/", "https://a..example/"),
        f"https://{'a' * 64}.example/",
        f"https://a.example/{'x' * 2000}",
    ],
)
def test_an_odd_address_is_refused_before_anybody_is_asked(guarded, names, connected, url):
    assert trouble(fetching.get, url) == Trouble.ADDRESS
    assert connected == names["asked"] == []


PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "203.0.113.9"),
    *("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::1", "2002:7f00:1::", "2001:db8::1", "2001::1", "100::1", "5f00::1", "3fff::1"),
    *("::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_is_refused(guarded, names, connected, address):
    names["partner.example"] = [address]
    assert trouble(fetching.get, "https://partner.example/") == Trouble.PRIVATE
    assert connected == []


@pytest.mark.parametrize("address", [*PRIVATE, "::ffff:8.8.8.8"])
def test_a_private_address_is_refused_without_asking(guarded, connected, address):
    host = f"[{address}]" if ":" in address else address
    assert trouble(fetching.check_address, f"https://{host}/") == Trouble.PRIVATE
    assert connected == []


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2a00:1450:4001::200e"])
def test_the_public_internet_is_public(address):
    assert is_public(address)


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(guarded, names, connected):
    """Else a name that leads elsewhere a moment later (DNS rebinding) would open our network."""
    names["partner.example"] = ["8.8.8.8", "127.0.0.1"]
    assert trouble(fetching.get, "http://partner.example/") == Trouble.CONNECTION
    assert (names["asked"], connected) == (["partner.example"], ["8.8.8.8"])


def test_a_name_that_leads_nowhere_is_told(guarded, names):
    names["partner.example"] = ["nowhere"]
    assert trouble(fetching.get, "https://partner.example/") == Trouble.NAME


def test_this_machine_is_asked_only_where_the_settings_allow_it(receiver, settings):
    assert fetching.get(receiver.url).status == 204
    settings.FETCH_LOOPBACK = False
    assert trouble(fetching.get, receiver.url) in {Trouble.ADDRESS, Trouble.PRIVATE}
    assert trouble(fetching.get, "http://127.0.0.1/") == Trouble.PRIVATE


def test_what_the_environment_says_of_proxies_and_passwords_is_not_heard(
    receiver, monkeypatch, tmp_path
):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert fetching.get(receiver.url).status == 204
    assert "authorization" not in receiver.heard[0].headers


def test_no_more_is_read_than_was_to_be(receiver):
    receiver.answers = [(200, {}, b"x" * 5000)]
    answer = fetching.get(receiver.url, limits=Limits(size=1000))
    assert (len(answer.body), answer.cut) == (1000, True)


def test_nothing_is_unpacked(receiver):
    receiver.answers = [(200, {"Content-Encoding": "gzip"}, b"not gzip at all")]
    assert fetching.get(receiver.url).body == b"not gzip at all"


@pytest.mark.parametrize(
    "answer",
    [
        hanging,
        slowly(b"HTTP/1.1 200 OK\r\n", 10),
        slowly(b"X", 0.1),  # a status line without an end
        slowly(b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
    ],
)
def test_whoever_keeps_us_waiting_is_left(receiver, answer):
    receiver.answers = [answer]
    began = time.monotonic()
    assert trouble(fetching.get, receiver.url, limits=Limits(total=0.7)) == Trouble.TIME
    assert time.monotonic() - began < 5


def test_a_body_that_trickles_is_cut_off(receiver):
    def trickle(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        slowly(b"x", 0.1)(handler)

    receiver.answers = [trickle]
    assert trouble(fetching.get, receiver.url, limits=Limits(total=0.7)) == Trouble.TIME


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"],
)
def test_what_is_no_whole_answer_is_told(receiver, said):
    receiver.answers = [lambda handler: handler.wfile.write(said)]
    assert trouble(fetching.get, receiver.url) in {Trouble.ANSWER, Trouble.CONNECTION}


def test_a_closed_port_is_told():
    with receiving() as gone:
        url = gone.url
    assert trouble(fetching.get, url) == Trouble.CONNECTION


def test_a_server_without_tls_is_not_trusted_with_https(receiver):
    url = receiver.url.replace("http:", "https:")
    assert trouble(fetching.post, url, b"", headers={}) == Trouble.TLS
    assert receiver.heard == []


def test_only_https_is_asked_where_that_is_wanted(guarded):
    kind = trouble(fetching.post, "http://partner.example/", b"", headers={}, only_https=True)
    assert kind == Trouble.ADDRESS


def test_certificates_are_checked_for_the_name(guarded, names, monkeypatch):
    """The address is connected to, the name is what the certificate has to be for."""
    seen = {}

    def connect(self, address):
        seen["address"] = address[0]

    def wrap(self, sock, *args, server_hostname=None, **kwargs):
        seen["name"], seen["mode"] = server_hostname, self.verify_mode
        raise ssl.SSLCertVerificationError("not for this name")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    names["partner.example"] = ["8.8.8.8"]
    assert trouble(fetching.get, "https://partner.example/") == Trouble.TLS
    assert seen == {
        "address": "8.8.8.8", "name": "partner.example", "mode": ssl.CERT_REQUIRED,
    }  # fmt: skip


# --- Nobody else opens connections -------------------------------------------------------------

OPENERS = {"socket", "ssl", "requests", "urllib3", "httpx", "aiohttp", "http.client", "asyncio"} | {
    "urllib.request", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc.client",
    "requests_hardened", "websockets", "pycurl", "httplib2", "socketserver", "http.server",
}  # fmt: skip
ALLOWED = {
    "sources/destinations.py",  # reads addresses as the library does, connects to nothing
    "sources/fetching.py",
    "factcheck/embedded.py",  # the database on this machine
    "factcheck/serve.py",  # asks the site itself whether it is up
    "claims/admin/adapters.py",  # knows the name of an error of the mailer's
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_no_other_module_opens_connections():
    ours = [
        path for room in ("factcheck", "sources", "claims") for path in (ROOT / room).rglob("*.py")
    ]
    found = {
        str(path.relative_to(ROOT))
        for path in ours
        for name in imported(path)
        if any(name == opener or name.startswith(f"{opener}.") for opener in OPENERS)
    }
    assert found - ALLOWED == set()
    assert "sources/fetching.py" in found


def test_a_public_site_never_asks_itself():
    """The allowance hangs on DEBUG in the site's own settings, and on nothing a request says."""
    assert "FETCH_LOOPBACK = DEBUG\n" in (ROOT / "factcheck" / "settings.py").read_text()
    assert site.DEBUG is False
