"""What partners read before they ask: the guides, from the same Markdown as in the repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.csp import csp_override
from markdown_it import MarkdownIt

from .freshness import etag, unchanged, wordless
from .pages import site

DOCS = Path(settings.BASE_DIR) / "docs"
# Each guide by its address; "" is the entrance. Those that lead a reader on come first.
GUIDES = {
    "": "api.md",
    "quick-start": "api/quick-start.md",
    "sync": "api/sync.md",
    "webhooks": "api/webhooks.md",
    "exports": "api/exports.md",
    "formats": "api/formats.md",
    "proposals": "api/proposals.md",
    "keys": "api/keys.md",
    "errors": "api/errors.md",
    "versions": "api/versions.md",
    "linked-data": "linked-data.md",
}
SCRIPTS = ("sync_client.py", "webhook_receiver.py")
WRITTEN = "https://factcheck.example"  # how the guides call the site; a page says its own address
PLACES = {Path(file).name: slug for slug, file in GUIDES.items()}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@dataclass(frozen=True)
class Guide:
    """A guide as a page: its title, and what stands below it."""

    slug: str
    title: str
    html: SafeString

    @property
    def address(self) -> str:
        return address_of(self.slug)


def address_of(slug: str) -> str:
    return reverse("api-guide", args=[slug]) if slug else reverse("api-docs")


@cache
def guides() -> dict[str, Guide]:
    return {slug: _read(slug, file) for slug, file in GUIDES.items()}


def _read(slug: str, file: str) -> Guide:
    text = (DOCS / file).read_text("utf-8").replace(WRITTEN, settings.SITE_URL)
    heading, _, rest = text.partition("\n")
    tokens = MARKDOWN.parse(rest)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(tokens[place + 1].content))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _leads_to(str(child.attrGet("href"))))
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    # What is wider than the page is scrolled, also with the keyboard.
    html = html.replace("<pre>", '<pre tabindex="0">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    return Guide(slug, heading.removeprefix("# "), mark_safe(html))  # noqa: S308 - our own files


def _leads_to(href: str) -> str:
    """A link between files, as one between pages."""
    path, mark, fragment = href.partition("#")
    name = path.rpartition("/")[2]
    if re.match(r"[a-z]+:", path) or not path:
        return href
    if name in SCRIPTS:
        return reverse("api-script", args=[name])
    return address_of(PLACES[name]) + mark + fragment if name in PLACES else href


@wordless
def guide(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """One guide, in English like the API it is about."""
    with translation.override("en"):
        found = guides().get(slug)
        if found is None:
            raise Http404
        tag = etag(found.html)
        if answer := unchanged(request, tag):
            return answer
        context = {"site": site(), "area": "api", "guide": found, "guides": guides().values()}
        return HttpResponse(
            render_to_string("web/guide.html", context),
            headers={"ETag": tag, "Content-Language": "en"},
        )


@wordless
def script(request: HttpRequest, name: str) -> HttpResponseBase:
    """A program that a guide is about, to take along."""
    if name not in SCRIPTS:
        raise Http404
    return HttpResponse((DOCS / name).read_bytes(), "text/x-python; charset=utf-8")


@wordless
@csp_override({**settings.SECURE_CSP, "img-src": [CSP.SELF, "data:"]})  # Swagger UI's own arrows
def reference(request: HttpRequest) -> HttpResponseBase:
    """The reference, to read and to try out; nothing in it comes from elsewhere."""
    with translation.override("en"):
        context = {"site": site(), "area": "api", "guides": guides().values()}
        return HttpResponse(render_to_string("web/reference.html", context))
