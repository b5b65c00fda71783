"""oEmbed 1.0 (oembed.com): a claim's address in, the HTML of its card out."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from . import drawing
from .freshness import etag, public, unchanged
from .record import Redacted
from .redacted import sentence
from .shared import IMAGE_HEIGHT, IMAGE_WIDTH, WIDTH, Told, absolute, card_height, edition, frame

CARDS = {"claim": "claim-embed", "claim-edition": "edition-embed"}
LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
PATH = re.compile(rf"(?P<language>/(?:{LANGUAGES})(?=/))?(?P<path>/.*)", re.DOTALL)
# After a day a consumer should ask again. The card itself always says how the claim stands.
KEPT_FOR = 24 * 3600
CHARACTERS_XML_LACKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Answer = dict[str, Any]


class Refused(Exception):
    """Why there is no answer, in a sentence, and with which status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@public
def oembed(request: HttpRequest) -> HttpResponseBase:
    """How to embed one of our claims, for the software of whoever links to it."""
    try:
        as_xml = _wants_xml(request.GET.get("format", "json"))
        name, ref, number, language = _asked_for(request.GET.get("url", ""))
        widest, highest = (_pixels(request, side) for side in ("maxwidth", "maxheight"))
        try:
            standing, shown = edition(ref, number)
        except Http404 as error:
            raise Refused(404, _("No claim of ours stands at that address.")) from error
        except Redacted as gone:
            raise Refused(410, sentence(gone)) from gone
    except Refused as refused:
        return _open(HttpResponse(f"{refused}\n", "text/plain; charset=utf-8", refused.status))
    tag = etag("oembed", standing.etag, name, shown.number, language, widest, highest, as_xml)
    if answer := unchanged(request, tag):
        return _open(answer)
    told = Told.by(shown)
    page = reverse(CARDS[name], args=[ref] if number is None else [ref, number])
    card = f"{settings.SITE_URL}{language}{_without_language(page)}"
    found = _answer(told, card, widest=widest, highest=highest)
    response = (
        HttpResponse(_xml(found), "text/xml; charset=utf-8")
        if as_xml
        else HttpResponse(json.dumps(found, ensure_ascii=False), "application/json")
    )
    response.headers["ETag"] = tag
    return _open(response)


def _wants_xml(form: str) -> bool:
    if form not in ("json", "xml"):
        raise Refused(501, _("We answer in two formats: json and xml."))
    return form == "xml"


def _asked_for(url: str) -> tuple[str, str, int | None, str]:
    """What kind of page, of which claim and edition, in which language (as it stands in the path).

    An address counts as ours by host and port; people write http for https.
    """
    if not url:
        raise Refused(400, _("Say which page you want to embed: ?url= and its address."))
    unknown = Refused(404, _("No claim of ours stands at that address."))
    try:
        address = urlsplit(url)
    except ValueError as error:
        raise unknown from error
    ours = urlsplit(settings.SITE_URL).netloc
    if address.scheme not in ("http", "https") or address.netloc != ours:
        raise unknown
    found = PATH.fullmatch(address.path)
    if found is None:
        raise unknown
    path = found["path"] if found["path"].endswith("/") else f"{found['path']}/"
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise unknown from error
    name = match.kwargs.get("name", match.url_name)
    if name not in CARDS:
        raise unknown
    return name, match.kwargs["ref"], match.kwargs.get("number"), found["language"] or ""


def _without_language(path: str) -> str:
    found = PATH.fullmatch(path)
    return found["path"] if found else path


def _pixels(request: HttpRequest, side: str) -> int | None:
    text = request.GET.get(side, "")
    if not text:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise Refused(400, _("Give maxwidth and maxheight in whole pixels, such as 600."))
    return int(text)


def _answer(told: Told, card: str, *, widest: int | None, highest: int | None) -> Answer:
    width = min(WIDTH, widest or WIDTH)
    height = card_height(told.statement, width)
    height = min(height, highest or height)
    answer: Answer = {
        "type": "rich",
        "version": "1.0",
        "title": told.title,
        "author_name": settings.SITE_NAME,
        "author_url": f"{settings.SITE_URL}/",
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": KEPT_FOR,
        "html": frame(told, card, width, height),
        "width": width,
        "height": height,
    }
    fits = (widest or IMAGE_WIDTH) >= IMAGE_WIDTH and (highest or IMAGE_HEIGHT) >= IMAGE_HEIGHT
    if fits and drawing.is_possible():
        publication = told.publication
        answer |= {
            "thumbnail_url": absolute("edition-card", publication.ref, publication.number),
            "thumbnail_width": IMAGE_WIDTH,
            "thumbnail_height": IMAGE_HEIGHT,
        }
    return answer


def _xml(answer: Answer) -> bytes:
    """One element a value, as the specification has it."""
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        text = CHARACTERS_XML_LACKS.sub("\ufffd", str(value))
        ElementTree.SubElement(root, name).text = text
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Editors ask from a page of another site."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
