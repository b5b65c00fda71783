"""How words are shown: each in its own language and direction, apart from those around it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Self

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from langcodes import Language
from langcodes.tag_parser import LanguageTagError
from markdown_it import MarkdownIt

RIGHT_TO_LEFT = frozenset(
    ("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa")
)


class Said(str):
    """Somebody's words. In HTML they carry their language and direction, and are isolated.

    Isolation is what keeps a name with a bidi control in it, or an Arabic name in an English
    line, from turning its neighbours round.
    """

    __slots__ = ("language",)
    language: str

    def __new__(cls, words: str, language: str = "") -> Self:
        said = super().__new__(cls, words)
        said.language = language
        return said

    @property
    def plain(self) -> str:
        """The same words for a page title or an attribute, where there can be no markup."""
        return str.__str__(self)

    @property
    def direction(self) -> str:
        return direction(self.language) if self.language else "auto"

    @property
    def extent(self) -> str:
        """How much room the words need: a headline of a thousand signs cannot have a headline's
        size."""
        return "short" if len(self) <= 140 else "long" if len(self) <= 420 else "longer"

    @property
    def quoted(self) -> SafeString:
        """In quotation marks that turn with the words, not with the page around them."""
        return Said(f"“{self.plain}”", self.language).__html__()

    def __html__(self) -> SafeString:
        if not self.language:
            return format_html("<bdi>{}</bdi>", self.plain)
        return format_html(
            '<bdi lang="{}" dir="{}">{}</bdi>', self.language, self.direction, self.plain
        )


@lru_cache(maxsize=512)
def direction(tag: str) -> str:
    """Whether the language's usual script runs from right to left; "auto" when it is not known."""
    try:
        script = Language.get(tag).maximize().script
    except LanguageTagError:
        return "auto"
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def language_name(tag: str) -> str:
    """The language's name in the reader's language, or its tag when Django has no name for it.

    As it stands within a sentence: French writes it small, Django's list does not.
    """
    try:
        name = str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag
    return name.lower() if get_language() == "fr" else name


# No raw HTML, no pictures (a reader's visit is told to nobody), no headings (they are the page's).
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])
TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}


def markdown(text: str) -> SafeString:
    """A rationale as HTML. What the first library lets through the second has to allow as well."""
    html = nh3.clean(
        MARKDOWN.render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned above


def web_address(url: Any) -> str:
    """The address if a browser may follow it, else nothing: `javascript:` is no source."""
    address = str(url or "")
    return address if address.startswith(("https://", "http://")) else ""
