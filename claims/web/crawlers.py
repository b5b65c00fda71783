"""What machines that walk the site are told: which pages there are, and where not to go."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.utils.translation import gettext

from claims.editions.models import PublishedAgent, PublishedClaim, PublishedEvent, PublishedSource
from claims.editions.stamps import stamp

from . import record
from .feeds import absolute
from .freshness import etag, unchanged, wordless

# Of one part of the site's map: editions, of which a part holds the pages that are still the
# newest. So no part ever has too many (50,000 are allowed), and nothing is counted or skipped.
SPAN = 25_000
MAPPED: dict[str, QuerySet[Any]] = {
    "claim": PublishedClaim.objects.current(),
    "event": PublishedEvent.objects.all(),
}
# Agents and sources have no span of their own. Their refs are drawn by lot, so that a part for each
# beginning of a ref, of one sign or of two, holds about as many as the next.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BY_REF: dict[str, tuple[QuerySet[Any], list[str]]] = {
    "agent": (PublishedAgent.objects.all(), list(SIGNS)),
    "source": (PublishedSource.objects.all(), [a + b for a in SIGNS for b in SIGNS]),
}
# The newest page of each span, by one look into an index.
INDEX = " UNION ALL ".join(
    f"""
    SELECT '{kind}' AS kind, n + 1 AS part, newest.published_at
    FROM generate_series(0, (SELECT last_sequence / %(span)s FROM editions_ledger)) AS n,
    LATERAL (
      SELECT published_at FROM {rows.model._meta.db_table}
      WHERE sequence >= n * %(span)s AND sequence < (n + 1) * %(span)s {condition}
      ORDER BY sequence DESC LIMIT 1
    ) AS newest"""  # noqa: S608
    for kind, rows, condition in (
        ("claim", MAPPED["claim"], "AND NOT retracted"),
        ("event", MAPPED["event"], ""),
    )
)
INDEX += "".join(
    f"""
    UNION ALL SELECT '{kind}', part, NULL
    FROM unnest(%({kind})s::text[]) WITH ORDINALITY AS beginning (ref, part)
    WHERE EXISTS (SELECT FROM {rows.model._meta.db_table} AS described
      WHERE described.ref > beginning.ref AND described.ref < beginning.ref || '~')"""  # noqa: S608
    for kind, (rows, _) in BY_REF.items()
)
PLACEHOLDER = "00000000"
PAGES = ("home", "claims", "events", "agents", "corrections", "statuses", "how-we-verify")
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /claims/?
Disallow: /*/claims/?
Disallow: /api/v1/*?
Disallow: /readyz
Disallow: /healthz

Sitemap: {sitemap}
"""
OPENSEARCH = """\
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{short}</ShortName>
  <LongName>{name}</LongName>
  <Description>{description}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
  <Image width="16" height="16" type="image/svg+xml">{image}</Image>
  <Url type="text/html" method="get" template="{page}?q={{searchTerms}}"/>
  <Url type="application/atom+xml" method="get" template="{feed}?q={{searchTerms}}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="{self}"/>
</OpenSearchDescription>
"""


@wordless
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index of the site's map: a part for each span of the record that has pages in it."""
    tag = etag(record.last_sequence())
    if answer := unchanged(request, tag):
        return answer
    rows: list[tuple[str, datetime | None]] = [(absolute("sitemap-part", "page", 1), None)]
    with connection.cursor() as cursor:
        beginnings = {kind: begins for kind, (_rows, begins) in BY_REF.items()}
        cursor.execute(INDEX, {"span": SPAN, **beginnings})
        rows += [(absolute("sitemap-part", kind, n), at) for kind, n, at in cursor.fetchall()]
    return _answer(_xml("sitemapindex", "sitemap", rows), "application/xml", tag)


@wordless
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """The pages of one span of the record, each with the day on which it last changed."""
    last = record.last_sequence()
    tag = etag(last)
    if answer := unchanged(request, tag):
        return answer
    rows: list[tuple[str, datetime | None]]
    if kind == "page":
        rows = [(absolute(name), None) for name in PAGES]
    else:
        # All have the same address but for the ref, and there are thousands.
        before, _ref, after = absolute(kind, PLACEHOLDER).partition(PLACEHOLDER)
        found = _part(kind, number).values_list("ref", "published_at")
        rows = [(f"{before}{ref}{after}", at) for ref, at in found]
    if not rows or (kind == "page" and number > 1):
        raise Http404
    return _answer(_xml("urlset", "url", rows), "application/xml", tag)


def _part(kind: str, number: int) -> QuerySet[Any]:
    if kind in MAPPED:
        span = {"sequence__gte": (number - 1) * SPAN, "sequence__lt": number * SPAN}
        return MAPPED[kind].filter(**span).order_by("sequence")
    rows, beginnings = BY_REF[kind]
    if number > len(beginnings):
        raise Http404
    begins = beginnings[number - 1]
    return rows.filter(ref__gt=begins, ref__lt=f"{begins}~").order_by("ref")


@wordless
def robots(request: HttpRequest) -> HttpResponseBase:
    """Results of searches are nobody's pages; all that they lead to stands in the map."""
    tag = etag()
    text = ROBOTS.format(sitemap=absolute("sitemap"))
    return unchanged(request, tag) or _answer(text, "text/plain", tag)


@wordless
def opensearch(request: HttpRequest) -> HttpResponseBase:
    """By which a browser can search here from its own bar."""
    tag = etag()
    if answer := unchanged(request, tag):
        return answer
    text = OPENSEARCH.format(
        short=escape(settings.SITE_NAME[:16]),
        name=escape(settings.SITE_NAME[:48]),
        description=escape(
            gettext("Claims, with who makes them, who denies them, and what was found.")
        ),
        image=escape(settings.SITE_URL + static("mark.svg")),
        page=escape(absolute("claims")),
        feed=escape(absolute("claims-feed", "atom")),
        self=escape(absolute("opensearch")),
    )
    return _answer(XML + text, "application/opensearchdescription+xml", tag)


def _xml(root: str, item: str, rows: list[tuple[str, datetime | None]]) -> str:
    lines = (
        f"<{item}><loc>{escape(url)}</loc>"
        + (f"<lastmod>{stamp(at)}</lastmod>" if at else "")
        + f"</{item}>\n"
        for url, at in rows
    )
    return f'{XML}<{root} xmlns="{SITEMAPS}">\n{"".join(lines)}</{root}>\n'


def _answer(text: str, media_type: str, tag: str) -> HttpResponse:
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers={"ETag": tag})
