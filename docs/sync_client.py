"""Keep a mirror of the public record in a SQLite file: python sync_client.py URL FILE [KEY]

It may be stopped at any moment, also by a power cut, and started again: a page is written whole or
not at all, and the last `sequence` in the file says how far it came. Standard library only; copy
it, and make it yours.
"""

import hashlib
import json
import sqlite3
import sys
import time
from http.client import HTTPException
from urllib.request import Request, urlopen

TABLE = """CREATE TABLE IF NOT EXISTS edition
    (sequence PRIMARY KEY, ref, number, op, digest, content, UNIQUE (ref, number))"""
STORE = "INSERT OR REPLACE INTO edition VALUES (:sequence, :ref, :edition, :op, :digest, :text)"


def fetch(address, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with urlopen(Request(address, headers=headers), timeout=60) as answer:
        return answer.read().decode()


def changes(server, key, after, asked):
    """What came after this place; `text` is the content as it was sent, which `digest` is of."""
    page = fetch(f"{server}/api/v1/changes/?include=content&after={after}&{asked}", key)
    at = page.index("[") + 1
    while page[at] != "]":
        change, end = json.JSONDecoder().raw_decode(page, at)
        text = page[page.index('"content":', at) + len('"content":') : end - 1]
        after += 1
        if change["sequence"] != after:
            raise ValueError(f"{after} is missing: tell the people who run {server}.")
        taken_out = change["content"]["schema"] == "factcheck-redaction-1"
        if not taken_out and hashlib.sha256(text.encode()).hexdigest() != change["digest"]:
            raise ValueError(f"The content of {after} is not what was published.")
        yield change | {"text": text}
        at = end + (page[end] == ",")


def step(server, mirror, wait=0, key=""):
    """Read one page of changes into the mirror; answers whether there was anything new."""
    ((last,),) = mirror.execute("SELECT coalesce(max(sequence), 0) FROM edition")
    new = [*changes(server, key, last, f"limit=200&wait={wait}")]
    for change in tuple(new):
        for number in change["content"].get("redacts", ()):  # what must not be kept any longer
            named = "SELECT sequence FROM edition WHERE ref = ? AND number = ?"
            for (place,) in mirror.execute(named, (change["ref"], number)):
                new += changes(server, key, place - 1, "limit=1")
    with mirror:
        mirror.executemany(STORE, new)
    return bool(new)


def follow(server, path, key=""):
    mirror = sqlite3.connect(path)
    mirror.execute(TABLE)
    while True:
        try:
            step(server, mirror, 30, key)
        except (OSError, HTTPException) as error:  # not reached, cut off, too many questions
            print(error, file=sys.stderr)
            time.sleep(int((getattr(error, "headers", None) or {}).get("Retry-After", 5)))


if __name__ == "__main__":
    follow(*sys.argv[1:])
