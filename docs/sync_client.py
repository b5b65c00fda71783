"""Keep a mirror of the public record in a SQLite file: python sync_client.py URL FILE [KEY]

It may be stopped at any moment, also by a power cut, and started again: what was read and how far
it came are written together or not at all. Standard library only; copy it, and make it yours.
"""

import hashlib
import json
import sqlite3
import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TABLES = """
CREATE TABLE IF NOT EXISTS edition
    (ref, number, op, sequence, digest, content, PRIMARY KEY (ref, number));
CREATE TABLE IF NOT EXISTS place (name PRIMARY KEY, after);
INSERT OR IGNORE INTO place VALUES ('mirror', 0);
"""
STANDING = """
SELECT ref FROM edition e WHERE op NOT IN ('retracted', 'merged')
AND number = (SELECT max(number) FROM edition WHERE ref = e.ref)
"""


HEADERS = {}


def fetch(address):
    try:
        with urlopen(Request(address, headers=HEADERS), timeout=60) as answer:
            return answer.read().decode()
    except HTTPError as error:
        if error.code != 410:  # gone: the answer says what stands in its place
            raise
        return error.read().decode()


def cut(text, at=0):
    """An item, its content as it came (these bytes are what `digest` is of), and where it ends."""
    item, end = json.JSONDecoder().raw_decode(text, at)
    return item, text[text.index('"content":', at) + len('"content":') : end - 1], end


def items(page):
    at = page.index("[") + 1
    while page[at] != "]":
        item, content, at = cut(page, at)
        yield item, content
        at += page[at] == ","


def step(server, mirror, wait=0):
    """Read one page of changes into the mirror; answers whether there is more already."""
    ((after,),) = mirror.execute("SELECT after FROM place").fetchall()
    asked = f"include=content&limit=200&after={after}&wait={wait}"
    page = fetch(f"{server}/api/v1/changes/?{asked}")
    rows = []
    for number, (item, content) in enumerate(items(page), after + 1):
        if item["sequence"] != number:
            raise ValueError(f"{number} is missing: tell the people who run {server}.")
        taken_out = item["content"]["schema"] == "factcheck-redaction-1"
        if not taken_out and hashlib.sha256(content.encode()).hexdigest() != item["digest"]:
            raise ValueError(f"The content of {number} is not what was published.")
        rows.append((item, content))
        for gone in item["content"].get("redacts", ()):  # what must not be kept any longer
            address = f"{server}/api/v1/claims/{item['ref']}/editions/{gone}/"
            former, notice, _ = cut(fetch(address))
            rows.append(({**former, "op": former["kind"]}, notice))
    told = json.loads(page)
    with mirror:
        for item, content in rows:
            row = [item[key] for key in ("ref", "edition", "op", "sequence", "digest")]
            mirror.execute("INSERT OR REPLACE INTO edition VALUES (?,?,?,?,?,?)", [*row, content])
        mirror.execute("UPDATE place SET after = ?", [told["after"]])
    return told["more"]


def follow(server, path, key=""):
    if key:
        HEADERS["Authorization"] = f"Bearer {key}"
    mirror = sqlite3.connect(path)
    mirror.executescript(TABLES)
    while True:
        try:
            step(server, mirror, wait=30)
        except (OSError, HTTPException) as error:  # not reached, cut off, too many questions
            print(error, file=sys.stderr)
            told = getattr(error, "headers", None) or {}
            time.sleep(int(told.get("Retry-After", 5)))


if __name__ == "__main__":
    follow(*sys.argv[1:])
