"""What a reader is shown of words that exist in several languages, and what they are told of it.

The original is what was said and assessed. It stays on the page, and it alone is cited; a
translation stands before it only if somebody has reviewed it (an edition holds no other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.editions.vocabulary import status_in_words, translated

from .text import Said, language_name


@dataclass(frozen=True)
class Reading:
    """A statement as this page's reader gets it. `original` is None where that is what is shown."""

    shown: Said
    original: Said | None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Reading:
        """From a content, or from a summary of one, which holds no translations."""
        original = Said(content["statement"], content["language"])
        if is_ours(original.language):
            return cls(original, None)
        translated = next(in_our_language(content.get("translations", [])), None)
        if translated is None:
            return cls(original, None)
        return cls(Said(translated["text"], translated["language"]), original)

    @property
    def note(self) -> str:
        """Under a headline: in which language the words stand, and why in that one."""
        if self.original is not None:
            return _("Translated from %(language)s. The original decides:") % {
                "language": language_name(self.original.language)
            }
        return shown_in(self.shown.language)

    @property
    def brief(self) -> str:
        """In a list, where there is room for a few words."""
        if self.original is not None:
            return _("Translated from %(language)s.") % {
                "language": language_name(self.original.language)
            }
        if is_ours(self.shown.language):
            return ""
        return _("In %(language)s, the original.") % {
            "language": language_name(self.shown.language)
        }


def is_ours(tag: str) -> bool:
    """Whether these words are in the language of the page, whatever its variety."""
    return _primary(tag) == _primary(get_language())


def in_our_language(texts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (one for one in texts if is_ours(one["language"]))


def ours_first(texts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Texts that say the same in several languages, the reader's own on top."""
    return sorted(texts, key=lambda one: not is_ours(one["language"]))


def shown_in(tag: str) -> str:
    """Said of words that are not in the language of the page."""
    if is_ours(tag):
        return ""
    return _("Shown in %(language)s; no reviewed translation into %(own)s exists.") % {
        "language": language_name(tag),
        "own": language_name(get_language()),
    }


def shown_in_one_of(texts: Iterable[Mapping[str, Any]]) -> str:
    """The same of a text that stands in several languages: nothing, if one is the reader's."""
    tags = [one["language"] for one in texts]
    return "" if not tags or any(is_ours(tag) for tag in tags) else shown_in(tags[0])


def in_the_desks_words(status: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with its label and definition, which are the desk's words.

    `said` and `means` carry the desk's language where the page speaks another and there is no
    translation; `label` and `definition` stay plain, for attributes.
    """
    return {
        **status_in_words(status),
        "said": of_the_desk(status["label"]),
        "means": of_the_desk(status["definition"]),
    }


def of_the_desk(text: str) -> str:
    """A label or definition as it is shipped in the page's language, else as the desk wrote it."""
    tag = settings.LANGUAGE_CODE
    if is_ours(tag) or (ours := translated(text)) == text:
        return text if is_ours(tag) else Said(text, tag)
    return ours


def _primary(tag: str) -> str:
    return tag.split("-", 1)[0].lower()
