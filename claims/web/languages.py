"""In which language a public page speaks, and at which addresses it stands.

`/fr/claims/` is French for everybody. `/claims/` speaks the language that the reader's browser asks
for; it is the address that citations, feeds and everything else that is kept should name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

CODES = tuple(code for code, _name in settings.LANGUAGES)
PREFIXED = re.compile(rf"/({'|'.join(CODES)})(/.*)?")
PREFIX_OF_OURS = re.compile(rf"(?<=/)({'|'.join(CODES)})/$")
PAGES = "claims.web.urls"
LONGEST_QUERY = 300  # repeated for each language, so that a longer one would make the page heavy
# Open Graph wants a country with a language. It says how the page is written, not for whom.
OPEN_GRAPH = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_AR"}


class LanguageInAddress:
    """Read `/fr/claims/` as `/claims/`, in French; all links on such a page stay in French.

    Only in front of public pages: the desk speaks its reader's language, the API none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = PREFIXED.fullmatch(request.path_info)
        if found is None:
            return self.get_response(request)
        language, path = found[1], found[2]
        if path is None:
            query = request.META.get("QUERY_STRING", "")
            front = f"{request.path}/"
            return HttpResponsePermanentRedirect(f"{front}?{query}" if query else front)
        if is_page(path):
            request.path_info = path
        request.LANGUAGE_CODE = language
        before = get_script_prefix()
        set_script_prefix(f"{before}{language}/")
        try:
            with translation.override(language):
                return self.get_response(request)
        finally:
            set_script_prefix(before)


def is_page(path: str) -> bool:
    """Whether a public page stands here, or does once the slash is added."""
    for address in (path, f"{path}/"):
        with suppress(Resolver404):
            resolve(address, PAGES)
            return True
    return False


def in_the_address(request: HttpRequest) -> bool:
    """Whether the language is part of the address, or of whoever works at the desk."""
    return hasattr(request, "LANGUAGE_CODE")


def language_for(request: HttpRequest) -> str:
    """The language of the answer: that of the address, else the first that the reader asks for.

    No cookie has a say in it: what the desk's people chose for the desk is not asked here.
    """
    if in_the_address(request):
        return str(request.LANGUAGE_CODE)
    return asked_for(request.headers.get("accept-language", ""))


@lru_cache(maxsize=1000)
def asked_for(header: str) -> str:
    for tag, _quality in parse_accept_lang_header(header):
        if tag == "*":
            break
        with suppress(LookupError):
            return translation.get_supported_language_variant(tag)
    return settings.LANGUAGE_CODE


def say_language(response: HttpResponseBase, request: HttpRequest) -> None:
    """Tell caches and readers in which language an answer is, and whether others exist here."""
    response.headers.setdefault("Content-Language", language_for(request))
    if not in_the_address(request):
        patch_vary_headers(response, ["Accept-Language"])


@dataclass(frozen=True)
class Version:
    """A page in one of the languages: where it stands, and the language in its own words."""

    code: str
    name: str
    path: str
    url: str
    is_this: bool
    open_graph: str


@dataclass(frozen=True)
class Place:
    """The page at hand, without the language in its address."""

    path: str
    query: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Place:
        query = request.META.get("QUERY_STRING", "")
        return cls(request.path_info, query if len(query) <= LONGEST_QUERY else "")

    def within(self, language: str = "") -> str:
        prefix = f"{outside_languages()}{language}/" if language else outside_languages()
        path = f"{prefix}{self.path.removeprefix('/')}"
        return f"{path}?{self.query}" if self.query else path

    @property
    def address(self) -> str:
        """The one that speaks every language."""
        return f"{settings.SITE_URL}{self.within()}"

    def versions(self) -> list[Version]:
        here = translation.get_language()
        return [
            Version(
                code,
                name,
                self.within(code),
                f"{settings.SITE_URL}{self.within(code)}",
                code == here,
                OPEN_GRAPH.get(code, code),
            )
            for code, name in settings.LANGUAGES
        ]


_here: ContextVar[Place | None] = ContextVar("page_at_hand", default=None)


@contextmanager
def speaking(request: HttpRequest) -> Iterator[None]:
    """Make an answer in the language that it is asked for in, as the page of that address."""
    token = _here.set(Place.of(request))
    try:
        with translation.override(language_for(request)):
            yield
    finally:
        _here.reset(token)


def here() -> Place | None:
    """The page that is being made, if it is one with an address of its own."""
    return _here.get()


def outside_languages() -> str:
    """What stands before all our addresses, the language left out: a slash, as a rule."""
    return PREFIX_OF_OURS.sub("", get_script_prefix())


def permanent_path(name: str, *args: Any) -> str:
    """The path of a page without a language in it: for what is cited, hashed, fed or shared."""
    prefix = get_script_prefix()
    set_script_prefix(outside_languages())
    try:
        return reverse(name, args=args)
    finally:
        set_script_prefix(prefix)


def permanent_address(name: str, *args: Any) -> str:
    """The same with the site in front."""
    return f"{settings.SITE_URL}{permanent_path(name, *args)}"
