"""One WSGI application for both sides of each measurement: same process, same server, same socket.

`/bare/…` is the yardstick: psycopg, its pool and nothing else, sending the same bytes. All the rest
is the site itself, with the nested serializers added (`bench.urls`).
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from psycopg_pool import ConnectionPool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from factcheck.wsgi import application as site

HEAD = """
SELECT e.sequence, e.ref, e.number, e.kind, e.digest, e.published_at, e.content
"""
PAGE = f"""{HEAD}, p.derived, p.etag
FROM editions_publishedclaim p JOIN editions_edition e ON e.sequence = p.edition_id
WHERE NOT p.retracted ORDER BY p.sequence DESC LIMIT %s
"""
CLAIM = f"""{HEAD}, p.derived, p.etag
FROM editions_publishedclaim p JOIN editions_edition e ON e.sequence = p.edition_id
WHERE p.ref = %s
"""
CHANGES = """
SELECT sequence, ref, number, kind, digest, published_at FROM editions_edition
WHERE sequence > %s ORDER BY sequence LIMIT %s
"""
CHANGES_WITH_CONTENT = f"""{HEAD} FROM editions_edition e
WHERE sequence > %s ORDER BY sequence LIMIT %s
"""


@cache
def pool() -> ConnectionPool:
    """Opened by the first request, so that each worker has its own."""
    return ConnectionPool(
        os.environ["DATABASE_URL"], min_size=4, max_size=8, kwargs={"autocommit": True}, open=True
    )


def read(statement: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with pool().connection() as connection:
        return connection.execute(statement, parameters).fetchall()


def item(row: tuple[Any, ...], kind_as: str = "kind") -> str:
    sequence, ref, number, kind, digest, published_at, *stored = row
    text = (
        f'{{"ref":"{ref}","edition":{number},"{kind_as}":"{kind}","sequence":{sequence},'
        f'"digest":"{digest}","published_at":"{published_at.isoformat()[:19]}Z"'
    )
    for name, value in zip(("content", "derived"), stored, strict=False):
        text += f',"{name}":{value}'
    return text + "}"


def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = {name: value for name, [value] in parse_qs(environ["QUERY_STRING"]).items()}
    limit = int(asked.get("limit", 50))
    match environ["PATH_INFO"].split("/")[2]:
        case "claims":
            rows = read(PAGE, (limit + 1,))[:limit]
            body = f'{{"items":[{",".join(map(item, rows))}],{asked["tail"]}'
        case "claim":
            body = item(read(CLAIM, (asked["ref"],))[0])
        case "changes":
            statement = CHANGES_WITH_CONTENT if "include" in asked else CHANGES
            rows = read(statement, (int(asked["after"]), limit + 1))[:limit]
            body = f'{{"items":[{",".join(item(row, "op") for row in rows)}],{asked["tail"]}'
        case _:
            start_response("404 Not Found", [])
            return []
    answer = body.encode()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    )
    return [answer]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    side = bare if environ["PATH_INFO"].startswith("/bare/") else site
    return side(environ, start_response)
