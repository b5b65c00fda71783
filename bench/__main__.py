"""`make bench`: how fast the public record is read.

`python -m bench -n N` loads N synthetic claims (10,000 if nothing is said) and measures each
address beside its yardstick: in the same run, on the same server, in turns, several times; the
table holds the medians. `python -m bench --scale -n N` loads 10,000 and N (1,000,000) claims and
compares what each public list takes on both.

The client runs on the same machine as the server and PostgreSQL; both sides of a measurement pay
for it alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median
from urllib.parse import quote, urlencode

from bench import synthetic
from bench.client import Ask, Connection, drive
from bench.site import ROOT, THREADS, WORKERS, Site, cluster, site

CONNECTIONS = 4
SMALL, LARGE = 10_000, 1_000_000
PORT = 8930


@dataclass
class Line:
    """One address beside its yardstick; medians over the rounds."""

    name: str
    yardstick: str
    throughput: float  # answers a second
    yardstick_throughput: float
    p50: float  # milliseconds
    p95: float
    yardstick_p50: float
    yardstick_p95: float
    bytes: int
    aim: str = ""

    @property
    def ratio(self) -> float:
        return self.throughput / self.yardstick_throughput


class Bench:
    """Measures on one served site."""

    def __init__(self, served: Site, *, rounds: int, seconds: float) -> None:
        self.port, self.key = served.port, served.key
        self.rounds, self.seconds = rounds, seconds
        self.connection = Connection(self.port)

    def once(self, ask: Ask) -> tuple[bytes, bytes]:
        """Ask once; answers head and body."""
        status, head, body = self.connection.ask(ask.request(self.port))
        if status != ask.status:
            raise SystemExit(f"{ask.path} answered {status}, not {ask.status}.")
        return head, body

    def tag(self, path: str) -> tuple[tuple[str, str], ...]:
        """The header with which a reader asks whether this is still so."""
        head, _ = self.once(Ask(path))
        [tag] = [line[6:] for line in head.decode().split("\r\n") if line[:6].lower() == "etag: "]
        return (("If-None-Match", tag),)

    def same(self, ask: Ask, path: str, parameters: dict[str, str | int]) -> tuple[Ask, Ask]:
        """The address and the yardstick that sends the same bytes; refuses if it does not."""
        _, body = self.once(ask)
        if b'{"items":' in body[:9]:
            parameters |= {"tail": body[body.rindex(b"]") + 2 :].decode()}
        other = Ask(f"{path}?{urlencode(parameters)}", length=len(body))
        if self.once(other)[1] != body:
            raise SystemExit(f"{other.path} does not send the bytes of {ask.path}.")
        return Ask(ask.path, length=len(body)), other

    def line(self, name: str, yardstick: str, ask: Ask, other: Ask, aim: str = "") -> Line:
        seen: dict[Ask, list[tuple[float, float, float]]] = {ask: [], other: []}
        for _ in range(self.rounds):
            for side, results in seen.items():
                result = drive(self.port, side, connections=CONNECTIONS, seconds=self.seconds)
                results.append(
                    (
                        result.throughput,
                        result.percentile(0.5) * 1000,
                        result.percentile(0.95) * 1000,
                    )
                )
        ours, theirs = (
            [median(column) for column in zip(*rows, strict=True)] for rows in seen.values()
        )
        length = len(self.once(ask)[1])
        return Line(
            name, yardstick, ours[0], theirs[0], ours[1], ours[2], theirs[1], theirs[2], length, aim
        )

    def lines(self, claims: int) -> Iterable[Line]:
        page = Ask("/api/v1/claims/")
        ref = synthetic.name("claim", claims - 10)
        claim, claim_page = f"/api/v1/claims/{ref}/", f"/claims/{ref}/"
        ours, bare = self.same(page, "/bare/claims", {})
        yield self.line("API: 50 claims", "bare psycopg", ours, bare, "≥ 0.75")
        unasked = Ask("/api/v1/unasked/claims/")
        for name, headers in (
            ("with a key", (("Authorization", f"Bearer {self.key}"),)),
            ("without a key", ()),
        ):
            asked = Ask(page.path, headers=headers)
            yield self.line(f"API: 50 claims, {name}", "nobody asks", asked, unasked, "≥ 0.90")
        nested = Ask("/nested/claims/")
        yield self.line("API: 50 claims", "nested serializers", ours, nested, "≥ 20")
        ours, bare = self.same(Ask(claim), "/bare/claim", {"ref": ref})
        yield self.line("API: one claim", "bare psycopg", ours, bare)
        after = claims // 2
        changes = Ask(f"/api/v1/changes/?after={after}")
        ours, bare = self.same(changes, "/bare/changes", {"after": after})
        yield self.line("API: 50 changes", "bare psycopg", ours, bare)
        for limit in (
            50,
            200,
        ):  # what is answered unless more is asked for, and what mirrors ask for
            changes = Ask(f"/api/v1/changes/?after={after}&include=content&limit={limit}")
            asked = {"after": after, "include": "content", "limit": limit}
            ours, bare = self.same(changes, "/bare/changes", asked)
            name = f"API: {limit} with content"
            yield self.line(name, "bare psycopg", ours, bare, "≥ 0.75")
        for name, path in (("API: 50 claims", page.path), ("API: one claim", claim)):
            known = Ask(path, 304, self.tag(path))
            yield self.line(f"{name}, held (304)", "sent whole", known, Ask(path))
        known = Ask(claim_page, 304, self.tag(claim_page))
        yield self.line("Claim page, held (304)", "sent whole", known, Ask(claim_page))


def public_lists(bench: Bench, claims: int) -> dict[str, str]:
    """Every public list, by name, with filters that find something in any size."""

    def named(kind: str, number: int) -> str:
        return synthetic.name(kind, number)

    middle = claims // 2
    since = synthetic.START.timestamp() + claims * 1.1 - 600
    moment = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    following = json.loads(bench.once(Ask("/api/v1/claims/"))[1])["next"]
    deep = following.partition(f":{bench.port}")[2]
    event = named("event", middle // synthetic.CLAIMS_AN_EVENT)
    api = "/api/v1/claims/"
    return {
        "claims": api,
        "claims, next page": deep,
        "claims, by status": f"{api}?status=corroborated",
        "claims, by attribution": f"{api}?attribution=single_report",
        "claims, of a claimant": f"{api}?claimant={named('agent', 3)}",
        "claims, on an event": f"{api}?event={event}",
        "claims, of an aspect": f"{api}?aspect=toll",
        "claims, of a harm": f"{api}?harm=grave",
        "claims, disputed": f"{api}?disputed=true",
        "claims, in a language": f"{api}?language=ar",
        "claims, updated since": f"{api}?updated_since={quote(moment)}",
        "changes, from the start": "/api/v1/changes/",
        "changes, from the middle": f"/api/v1/changes/?after={middle}",
        "changes, nothing new": f"/api/v1/changes/?after={claims * 2}",
        "editions of a claim": f"{api}{named('claim', middle)}/editions/",
        "page: home": "/",
        "page: claims": "/claims/",
        "page: events": "/events/",
        "page: event": f"/events/{event}/",
    }


def compare(small: Bench, large: Bench, sizes: tuple[int, int]) -> list[dict[str, float | str]]:
    """What each list takes at both sizes: 95 of 100 answers are quicker than this."""
    paths = [public_lists(small, sizes[0]), public_lists(large, sizes[1])]
    table: list[dict[str, float | str]] = []
    for name in paths[0]:
        seen: list[list[float]] = [[], []]
        for _ in range(small.rounds):
            for bench, path, results in zip((small, large), paths, seen, strict=True):
                bench.once(Ask(path[name]))
                result = drive(bench.port, Ask(path[name]), connections=1, seconds=bench.seconds)
                results.append(result.percentile(0.95) * 1000)
        few, many = map(median, seen)
        table.append({"list": name, "p95_small": few, "p95_large": many, "ratio": many / few})
        print(f"{name:<28}{few:>10.2f} ms{many:>10.2f} ms{many / few:>8.2f}", flush=True)
    return table


def tell(lines: list[Line]) -> None:
    print(f"{'':<31}{'beside':<20}{'a second':>10}{'yardstick':>11}{'ratio':>7}{'aim':>8}"
          f"{'p50 ms':>9}{'p95 ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'bytes':>10}")  # fmt: skip
    for line in lines:
        print(
            f"{line.name:<31}{line.yardstick:<20}{line.throughput:>10.0f}"
            f"{line.yardstick_throughput:>11.0f}{line.ratio:>7.2f}{line.aim:>8}{line.p50:>9.2f}"
            f"{line.p95:>9.2f}{line.yardstick_p50:>9.2f}{line.yardstick_p95:>9.2f}"
            f"{line.bytes:>10,}"
        )


def keep(name: str, found: dict[str, object]) -> None:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "server": f"granian, WSGI, {WORKERS} workers of {THREADS} threads",
        "connections": CONNECTIONS,
    }
    path.write_text(json.dumps(about | found, indent=2) + "\n")
    print(f"Written to {path.relative_to(ROOT)}.")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("-n", "--claims", type=int, help="how many claims (default 10,000)")
    parser.add_argument("--scale", action="store_true", help="compare 10,000 with this many")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.5, help="of one round, each side")
    asked = parser.parse_args(arguments)
    claims = max(asked.claims or (LARGE if asked.scale else SMALL), 1000) // 10 * 10

    def bench(served: Site) -> Bench:
        return Bench(served, rounds=asked.rounds, seconds=asked.seconds)

    with cluster() as roles:
        if not asked.scale:
            with site(roles, claims, PORT) as served:
                lines = []
                for line in bench(served).lines(claims):
                    lines.append(line)
                    print(".", end="", flush=True)
            print()
            tell(lines)
            table = [asdict(line) | {"ratio": line.ratio} for line in lines]
            keep(f"bench-{claims}", {"claims": claims, "lines": table})
            return
        with site(roles, SMALL, PORT) as small, site(roles, claims, PORT + 1) as large:
            table = compare(bench(small), bench(large), (SMALL, claims))
        keep(f"scale-{claims}", {"claims": [SMALL, claims], "lists": table})


if __name__ == "__main__":
    main(sys.argv[1:])
