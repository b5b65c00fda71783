"""`make bench-desk`: how fast the desk answers at a million claims.

Loads 10,000 and N (1,000,000) claims into the working copy, and asks through the real server for
the list of claims (its first page, each filter, each order, searches, and boxes that suggest
claims), a reviewer's home, and the desk in numbers. For each, 95 of 100 answers are quicker than
what the table says; the aim is 300 ms. Numbers count through a year of work: theirs is two seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from urllib.parse import quote, urlencode

from bench import desk_rows
from bench.__main__ import LARGE, SMALL, keep
from bench.client import Ask, Connection, drive
from bench.site import ROOT, cluster, migrated, served
from factcheck.embedded import Roles

AIM = 300.0
AIM_OF_NUMBERS = 2_000.0
NUMBERS = "/admin/numbers/?weeks="
PORT = 8940
LIST = "/admin/claims/claim/"


def asked(claims: int, statuses: dict[str, str]) -> dict[str, str]:
    """Addresses by name, that find something in any size."""
    latin, arabic = desk_rows.words(desk_rows.LATIN), desk_rows.words(desk_rows.ARABIC)
    common, seldom, never = latin[3], latin[1900], "qqqzzz"
    middle = (datetime.now(UTC) - timedelta(minutes=claims / 2)).isoformat(timespec="seconds")
    single = {
        "first page": {},
        "state: draft": {"state": "draft"},
        "state: published": {"state": "published"},
        "two states": {"state": ["in_review", "approved"]},
        "harm: grave": {"harm": "grave"},
        "aspect: denial": {"aspect": "denial"},
        "was it said": {"attribution": statuses["attribution"]},
        "is it so": {"finding": statuses["finding"]},
        "language: ar": {"language": "ar"},
        "claimant, frequent": {"claimant": 1},
        "claimant, seldom": {"claimant": 399},
        "event": {"event": max(claims // 80, 1)},
        "assigned to me": {"assignee": "me"},
        "assigned to nobody": {"assignee": "nobody"},
        "overdue": {"due": "overdue"},
        "due in a week": {"due": "week"},
        "disputed": {"disputed": "desk"},
        "open reply request": {"reply": "open"},
        "entered by me": {"created_by": "me"},
        "draft, grave, of a claimant": {"state": "draft", "harm": "grave", "claimant": 2},
        "disputed denials (none)": {"disputed": "desk", "aspect": "denial"},
        "order: due": {"order": "due"},
        "order: unmoved for longest": {"order": "waiting"},
        "order: moved last, drafts": {"order": "moved", "state": "draft"},
        "deep page": {"after": claims // 2},
        "deep page, waiting": {"order": "waiting", "after": f"{middle}~{claims // 2}"},
        "search: a frequent word": {"q": common},
        "search: a rarer word": {"q": seldom},
        "search: a word of all": {"q": "kestoria"},
        "search: no such word": {"q": never},
        "search: three words": {"q": f"{latin[40]} {latin[300]} kestoria"},
        "search: a phrase": {"q": f'"kestoria {latin[20]}"'},
        "search: an alias": {"q": "inventé 17"},
        "search: Arabic": {"q": arabic[400]},
        "search: a ref": {"q": "K00000AB"},
        "search: a short word": {"q": "17"},
        "search and filters": {"q": seldom, "state": "published", "harm": "grave"},
    }
    lists = {name: f"{LIST}?{urlencode(ask, doseq=True)}" for name, ask in single.items()}
    suggest = "/admin/autocomplete/?app_label=claims&model_name=relation&field_name=target&term="
    similar = f"{LIST}similar/?list&q="
    sentence = " ".join(latin[place] for place in (3, 40, 300, 900, 1900, 20, 7))
    return lists | {
        "my desk": "/admin/",
        "the desk in numbers, 26 weeks": f"{NUMBERS}26",
        "the desk in numbers, 52 weeks": f"{NUMBERS}52",
        "similar: a sentence": similar + quote(f"{sentence} in kestoria"),
        "similar: frequent words": similar + quote(" ".join(latin[:8])),
        "similar: Arabic": similar + quote(" ".join(arabic[3:400:60])),
        "suggested: a frequent word": suggest + quote(common),
        "suggested: a rarer word": suggest + quote(seldom),
        "suggested: nothing typed": suggest,
    }


@contextmanager
def desk(roles: Roles, claims: int, port: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The site on this many claims; the cookie of a reviewer, and keys of two statuses."""
    database = f"desk_{claims}"
    environment = migrated(roles, database, port) | {"REQUIRE_MFA": "0"}
    print(f"Loading {claims:,} synthetic claims about Kestoria, which does not exist …", flush=True)
    began = time.perf_counter()
    with roles.superuser.connect(database) as connection:
        desk_rows.load(connection, claims)
        statuses = {
            axis: str(
                connection.execute(
                    "SELECT id FROM claims_verificationstatus WHERE code = %s", [code]
                ).fetchone()[0]  # type: ignore[index]
            )
            for axis, code in (("attribution", "single_report"), ("finding", "corroborated"))
        }
    print(f"Loaded in {time.perf_counter() - began:.0f} s.", flush=True)
    session = subprocess.run(
        [sys.executable, "-m", "bench.session"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    with served(environment, port):
        yield session.stdout.split()[-1], statuses


def measure(port: int, path: str, cookie: str, *, rounds: int, seconds: float) -> float:
    """What 95 of 100 answers are quicker than, in milliseconds: the median over the rounds."""
    ask = Ask(path, headers=(("Cookie", cookie),))
    status, *_ = Connection(port).ask(ask.request(port))
    if status != 200:
        raise SystemExit(f"{path} answered {status}.")
    taken = [drive(port, ask, connections=1, seconds=seconds) for _ in range(rounds)]
    return median(result.percentile(0.95) * 1000 for result in taken)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.desk")
    parser.add_argument("-n", "--claims", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one round")
    asks = parser.parse_args(arguments)
    sizes = (SMALL, max(asks.claims, SMALL))
    table: list[dict[str, float | str]] = []
    with (
        cluster() as roles,
        desk(roles, sizes[0], PORT) as (small, few_keys),
        desk(roles, sizes[1], PORT + 1) as (large, many_keys),
    ):
        pace = {"rounds": asks.rounds, "seconds": asks.seconds}
        few, many = asked(sizes[0], few_keys), asked(sizes[1], many_keys)
        for name in few:
            ours = measure(PORT, few[name], small, **pace)
            theirs = measure(PORT + 1, many[name], large, **pace)
            aim = AIM_OF_NUMBERS if few[name].startswith(NUMBERS) else AIM
            line = {"list": name, "p95_small": ours, "p95_large": theirs, "ratio": theirs / ours}
            table.append(line | {"aim": aim})
            slow = "" if theirs < aim else "  over the aim"
            print(f"{name:<30}{ours:>9.1f} ms{theirs:>9.1f} ms{theirs / ours:>7.2f}{slow}")
    keep(f"desk-{sizes[1]}", {"claims": list(sizes), "lists": table})
    if any(float(line["p95_large"]) >= float(line["aim"]) for line in table):
        raise SystemExit("Not everything answers within its aim.")


if __name__ == "__main__":
    main(sys.argv[1:])
