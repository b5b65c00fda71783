"""What is not known, said as plainly as what is. Only what an edition itself leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def gaps(content: Mapping[str, Any]) -> list[str]:
    """In whole sentences, the weightiest first."""
    return [*_on_the_finding(content), *_on_time_and_place(content), *_on_the_sources(content)]


def _on_the_finding(content: Mapping[str, Any]) -> Iterator[str]:
    bearing = {item["bears_on"] for item in content["evidence"]}
    if "content" not in bearing:
        yield _("Nothing on file bears on whether it is so.")
    elif content["independence"]["high"] == 0:
        yield _("No independent origin is known.")
    if "attribution" not in bearing:
        yield _("Nothing on file bears on whether it was said.")


def _on_time_and_place(content: Mapping[str, Any]) -> Iterator[str]:
    if not _resolved(content["made"]):
        yield _("It is not known on which day the claim was made.")
    event = content["event"]
    if event is None:
        return
    if not _resolved(event["time"]):
        yield _("It is not known on which day the event is said to have happened.")
    if event["place"] is None:
        yield _("It is not known where the event is said to have happened.")
    elif event["place"]["precision"] in ("route", "area", "country", "unknown"):
        yield _("The place is known roughly, not exactly.")


def _on_the_sources(content: Mapping[str, Any]) -> Iterator[str]:
    sources = {
        item["source"]["ref"]: item["source"]
        for item in content["evidence"]
        if item["source"]["access"] != "protected"
    }
    nameless = sum(not (one["publisher"] or one["author"]) for one in sources.values())
    if nameless:
        yield ngettext(
            "Of %(n)s source neither publisher nor author is known.",
            "Of %(n)s sources neither publisher nor author is known.",
            nameless,
        ) % {"n": nameless}
    undated = sum(not _resolved(one["published"]) for one in sources.values())
    if undated:
        yield ngettext(
            "Of %(n)s source the date is not known.",
            "Of %(n)s sources the date is not known.",
            undated,
        ) % {"n": undated}


def _resolved(when: Mapping[str, Any] | None) -> bool:
    return bool(when and (when["earliest"] or when["latest"]))
