"""What the fields of a claim's content are called, and how their values are printed.

A field is found by the end of its path: `("figures", "harm")` before `("harm",)`. One that is not
listed (a content may be newer than the page) is called by its key and printed as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from claims.editions.vocabulary import translated

from . import words
from .boxes import edge_in_words
from .people import day_words
from .text import language_name

Path = tuple[str, ...]

# In the order in which they are shown.
LABELS: Mapping[Path, str | Promise] = {
    ("change", "kind"): lazy("Kind of change"),
    ("change", "note"): lazy("What readers are told"),
    ("redacts",): lazy("Takes out of the record: edition"),
    ("statement",): lazy("Statement"),
    ("claimant", "name"): lazy("Claimant"),
    ("claimant",): lazy("Claimant"),
    ("claimant_name",): lazy("Claimant as printed"),
    ("claimant_role",): lazy("Role they spoke in"),
    ("voice",): lazy("Voice"),
    ("on_behalf_of", "name"): lazy("On behalf of"),
    ("on_behalf_of",): lazy("On behalf of"),
    ("made",): lazy("Said on"),
    ("about", "name"): lazy("Whom it is about"),
    ("about",): lazy("Whom it is about"),
    ("event", "label"): lazy("Event"),
    ("existence",): lazy("Existence"),
    ("time",): lazy("Time"),
    ("place", "name"): lazy("Place as asserted"),
    ("place", "precision"): lazy("Precision of the place"),
    ("box", "0"): lazy("On the map: west"),
    ("box", "1"): lazy("On the map: south"),
    ("box", "2"): lazy("On the map: east"),
    ("box", "3"): lazy("On the map: north"),
    ("aspect",): lazy("Aspect"),
    ("checkability",): lazy("Checkability"),
    ("harm",): lazy("Harm level"),
    ("quotation", "prefix"): lazy("Words before"),
    ("quotation", "exact"): lazy("Quotation"),
    ("quotation", "suffix"): lazy("Words after"),
    ("bears_on",): lazy("Bears on"),
    ("stance",): lazy("Stance"),
    ("basis",): lazy("Basis"),
    ("credibility",): lazy("Credibility"),
    ("source", "title"): lazy("Source"),
    ("source", "placeholder"): lazy("Source"),
    ("source", "section"): lazy("Section"),
    ("source", "kind"): lazy("Kind of source"),
    ("publisher", "name"): lazy("Publisher"),
    ("publisher",): lazy("Publisher"),
    ("author", "name"): lazy("Author"),
    ("author",): lazy("Author"),
    ("published",): pgettext_lazy("date", "Published"),
    ("url",): lazy("Address"),
    ("access",): lazy("Access"),
    ("locator",): lazy("Locator"),
    ("evidence", "note"): lazy("Public note"),
    ("derived_from", "title"): lazy("Comes from"),
    ("derived_from", "kind"): lazy("How it comes from it"),
    ("derived_from", "certainty"): lazy("How certain that is"),
    ("figures", "words"): lazy("Words"),
    ("figures", "harm"): lazy("Harm"),
    ("population",): lazy("Population"),
    ("subgroup",): lazy("Subgroup"),
    ("bound",): lazy("Bound"),
    ("minimum",): lazy("At least"),
    ("maximum",): lazy("At most"),
    ("rule",): lazy("Rule used"),
    ("attribution", "label"): lazy("Was it said?"),
    ("attribution", "definition"): lazy("Was it said? The definition"),
    ("finding", "label"): lazy("Is it so?"),
    ("finding", "definition"): lazy("Is it so? The definition"),
    ("rating",): lazy("ClaimReview number"),
    ("rationale", "text"): lazy("Reasons"),
    ("methods",): lazy("Methods"),
    ("wanted",): lazy("What would move it"),
    ("assessed_at",): lazy("Assessed on"),
    ("party", "name"): lazy("Asked"),
    ("party",): lazy("Asked"),
    ("channel",): lazy("Channel"),
    ("asked_on",): lazy("Asked on"),
    ("deadline",): lazy("Deadline"),
    ("state",): lazy("State"),
    ("answer",): lazy("Answer"),
    ("translations", "text"): lazy("Statement"),
    ("translator",): lazy("Translator"),
    ("method",): lazy("Method"),
    ("reports",): lazy("Reports"),
    ("publishers",): lazy("Publishers"),
    ("party_statements",): lazy("Statements by parties"),
    ("low",): lazy("Independent origins, at least"),
    ("high",): lazy("Independent origins, at most"),
    ("names", "name"): lazy("Other name"),
    ("names", "kind"): lazy("Other name: kind"),
    ("roles", "title"): lazy("Role"),
    ("organisation", "name"): lazy("Role: in which organisation"),
    ("roles", "from"): lazy("Role: from"),
    ("roles", "to"): lazy("Role: until"),
    ("group",): lazy("Independence group"),
    ("kind",): lazy("kind"),
    ("name",): lazy("name"),
    ("reliability",): lazy("reliability"),
    ("edtf",): lazy("date"),
    ("as_printed",): lazy("as printed"),
    ("earliest",): lazy("earliest day"),
    ("latest",): lazy("latest day"),
    ("wikidata",): lazy("Wikidata"),
    ("language",): lazy("Language"),
    ("code",): lazy("code"),
    ("tone",): lazy("tone"),
    ("ref",): lazy("permanent name"),
}
AGENTS = ("claimant", "on_behalf_of", "about", "publisher", "author")
# `party` is an agent (whom we asked) in one place, and in others whether an agent is one.
PARTY = lazy("party to the conflict")
DATES = ("made", "time", "published")

# What needs no line while it is the same, or comes and goes with its object.
_QUIET: list[Path] = [
    ("ref",),
    ("schema",),
    ("language",),
    ("wikidata",),
    ("code",),
    ("tone",),
    ("rating",),
    ("definition",),
    ("earliest",),
    ("latest",),
    ("claimant_name",),
    ("derived_from", "source"),
    ("names", "name"),
    ("names", "kind"),
    ("roles", "title"),
    ("organisation", "name"),
    ("roles", "from"),
    ("roles", "to"),
    *((agent, "kind") for agent in (*AGENTS, "party")),
]
QUIET = dict.fromkeys(_QUIET, True)
# Says nothing of its own beside a difference in the same object.
ECHOES = frozenset(
    {"ref", "code", "tone", "definition", "earliest", "latest", "claimant_name", "source"}
)
# No party to the conflict, a public source: needs no line either, as long as it stays so.
TAKEN_AS_READ: Mapping[str, Any] = {"party": False, "access": "public"}

# What somebody said, wrote or printed, in a language of its own.
SPOKEN = frozenset(
    {
        "statement",
        "exact",
        "prefix",
        "suffix",
        "title",
        "section",
        "text",
        "words",
        "label",
        "name",
        "answer",
    }
)

VALUES: Mapping[Path, words.Words] = {
    ("change", "kind"): words.EDITION_KINDS,
    ("names", "kind"): words.NAME_KINDS,
    ("voice",): words.VOICES,
    ("existence",): words.EXISTENCE,
    ("precision",): words.PRECISION,
    ("aspect",): words.ASPECTS,
    ("checkability",): words.CHECKABILITY,
    ("figures", "harm"): words.FIGURE_HARMS,
    ("harm",): words.HARMS,
    ("bears_on",): words.BEARS_ON,
    ("stance",): words.STANCES,
    ("basis",): words.BASES,
    ("credibility",): words.CREDIBILITY,
    ("reliability",): words.RELIABILITY,
    ("source", "kind"): words.SOURCE_KINDS,
    ("derived_from", "kind"): words.DERIVATIONS,
    ("certainty",): words.CERTAINTY,
    ("access",): words.ACCESS,
    ("bound",): words.BOUNDS,
    ("method",): words.TRANSLATION_METHODS,
    ("state",): words.REPLY_STATES,
    ("relation",): words.OUTGOING,
    **{(agent, "kind"): words.AGENT_KINDS for agent in (*AGENTS, "party")},
}
STATUS_WORDS = frozenset(
    (axis, field) for axis in ("attribution", "finding") for field in ("label", "definition")
)
DAYS = frozenset({"earliest", "latest", "assessed_at", "asked_on", "deadline"})


@dataclass(frozen=True)
class Shown:
    """A value as a page prints it; a `free` one is text that can be compared word by word."""

    text: str
    free: bool = False


def look_up[Found](table: Mapping[Path, Found], pattern: Path) -> Found | None:
    """The entry for the longest end of a path that has one."""
    for start in range(len(pattern)):
        if (found := table.get(pattern[start:])) is not None:
            return found
    return None


def shown(pattern: Path, value: Any) -> Shown:
    if isinstance(value, bool):
        return Shown(_("yes") if value else _("no"))
    if table := look_up(VALUES, pattern):
        return Shown(words.word(table, value))
    if isinstance(value, int | float):
        in_a_box = len(pattern) > 1 and pattern[-2] == "box"
        return Shown(edge_in_words(pattern[-1], value) if in_a_box else str(number_format(value)))
    if pattern[-1] == "language":
        return Shown(capfirst(language_name(str(value))))
    if pattern[-1] in DAYS:
        return Shown(_day(str(value)))
    if pattern[-2:] in STATUS_WORDS:
        value = translated(str(value))
    return Shown(str(value), free=True)


def label(pattern: Path) -> str:
    """What a field is called; a field of an agent or of a date says whose."""
    owner, key = pattern[:-1], pattern[-1]
    if key == "party" and owner and owner[-1] in (*AGENTS, "party"):
        found: str | Promise = PARTY
    else:
        found = look_up(LABELS, pattern) or key.replace("_", " ")
    exact = len(pattern) > 1 and pattern[-2:] in LABELS
    if owner and not exact and owner[-1] in (*AGENTS, *DATES, "party"):
        return _("%(thing)s: %(field)s") % {"thing": label(owner), "field": found}
    return str(found)


def _day(value: str) -> str:
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value
