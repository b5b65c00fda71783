"""References as the common styles print them, for one type of thing: an edition of a claim.

Own forms of a line each, and not a citation processor: there is one type, one author and one way to
name a version. The tests compare them with what a processor makes of the same item.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .cited import Cited

MONTHS = (
    ("January", "Jan."),
    ("February", "Feb."),
    ("March", "Mar."),
    ("April", "Apr."),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug."),
    ("September", "Sept."),
    ("October", "Oct."),
    ("November", "Nov."),
    ("December", "Dec."),
)


@dataclass(frozen=True)
class Reference:
    """One line, in the pieces that a page has to mark: whose words they are, what is in italics.

    `before` and `after` stand around the title; the address comes last, with `end` behind it.
    """

    code: str
    style: str
    before: str
    cited: Cited
    after: str
    end: str
    italic: bool

    def __str__(self) -> str:
        return f"{self.before}{self.cited.title}{self.after}{self.cited.url}{self.end}"


def _apa(cited: Cited) -> Reference:
    """APA, 7th edition. The site is not named again: it is the author."""
    return Reference(
        code="apa",
        style="APA",
        before=f"{cited.site}. ({cited.day.year}, {_month(cited.day)} {cited.day.day}). ",
        cited=cited,
        after=f" (Version {cited.number}). {_withdrawn(cited, _american)}",
        end="",
        italic=True,
    )


def _chicago(cited: Cited) -> Reference:
    """Chicago, as an entry of a bibliography ("notes and bibliography")."""
    stop = "" if cited.is_sentence else "."
    after = f"{stop}” Version {cited.number}. {cited.site}, {_american(cited.day)}. "
    return Reference(
        code="chicago",
        style="Chicago (notes and bibliography)",
        before=f"{cited.site}. “",
        cited=cited,
        after=after + _withdrawn(cited, _american),
        end=".",
        italic=False,
    )


def _mla(cited: Cited) -> Reference:
    stop = "" if cited.is_sentence else "."
    day = f"{cited.day.day} {MONTHS[cited.day.month - 1][1]} {cited.day.year}"
    withdrawn = _withdrawn(cited, _british)
    return Reference(
        code="mla",
        style="MLA",
        before=f"{cited.site}. ",
        cited=cited,
        after=f"{stop} {withdrawn}Version {cited.number}, {cited.site}, {day}, ",
        end=".",
        italic=True,
    )


def _harvard(cited: Cited) -> Reference:
    """Harvard, as in "Cite them right"."""
    stop = "" if cited.is_sentence else "."
    return Reference(
        code="harvard",
        style="Harvard",
        before=f"{cited.site} ({cited.day.year}) ",
        cited=cited,
        after=f"{stop} Version {cited.number}, {_british(cited.day)}. {cited.site}. "
        f"{_withdrawn(cited, _british)}Available at: ",
        end=".",
        italic=True,
    )


STYLES: tuple[Callable[[Cited], Reference], ...] = (_apa, _chicago, _mla, _harvard)


def references(cited: Cited) -> list[Reference]:
    """The edition in every style, in the order in which a page offers them."""
    return [style(cited) for style in STYLES]


def _month(day: date) -> str:
    return MONTHS[day.month - 1][0]


def _american(day: date) -> str:
    return f"{_month(day)} {day.day}, {day.year}"


def _british(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _withdrawn(cited: Cited, said: Callable[[date], str]) -> str:
    return f"{cited.withdrawal.words(said(cited.withdrawal.day))} " if cited.withdrawal else ""
