"""Which claims a list shows. A filter that is not understood is left out, and the page says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.editions.models import REF_FORMAT, PublishedClaimQuerySet

from . import words

FORMS = {
    "event": re.compile(REF_FORMAT),
    "claimant": re.compile(REF_FORMAT),
    "language": re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*"),
}
LONGEST = 35
SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")
IN_FORM = ("finding", "disputed", "aspect")
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Chosen:
    """A filter in force, in words, and the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass
class Filters:
    """The filters of one address. `values` holds only what was understood."""

    statuses: Mapping[str, Mapping[str, str]]  # by axis: code and label
    values: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    before: int | None = None

    @classmethod
    def of(cls, query: QueryDict, *, statuses: Mapping[str, Mapping[str, str]]) -> Filters:
        filters = cls(statuses)
        for name in query:
            filters._take(name, str(query[name]).strip())
        return filters

    def _take(self, name: str, value: str) -> None:
        if not value:
            return
        if name == "before" and SEQUENCE.fullmatch(value):
            self.before = int(value)
        elif self._understood(name, value):
            self.values[name] = value
        else:
            self.ignored.append(name[:40])

    def _understood(self, name: str, value: str) -> bool:
        known: dict[str, Collection[str]] = {
            "finding": self.statuses["content"],
            "attribution": self.statuses["attribution"],
            "aspect": words.ASPECTS,
            "harm": words.HARMS,
            "disputed": YES_NO,
        }
        if name in known:
            return value in known[name]
        form = FORMS.get(name)
        return form is not None and len(value) <= LONGEST and form.fullmatch(value) is not None

    def apply(self, claims: PublishedClaimQuerySet) -> PublishedClaimQuerySet:
        columns = {
            "finding": "content_status",
            "attribution": "attribution_status",
            "aspect": "aspect",
            "harm": "harm",
            "event": "event_ref",
            "claimant": "claimant_ref",
            "language": "language",
        }
        wanted: dict[str, Any] = {
            columns[name]: value for name, value in self.values.items() if name in columns
        }
        if "disputed" in self.values:
            wanted["disputed"] = YES_NO[self.values["disputed"]]
        if self.before is not None:
            wanted["sequence__lt"] = self.before
        return claims.filter(**wanted)

    def address(self, *, without: str = "", before: int | None = None) -> str:
        """The same list from another place, or with one filter less."""
        query = {name: value for name, value in self.values.items() if name != without}
        if before is not None:
            query["before"] = str(before)
        return f"?{urlencode(query)}" if query else "?"

    @property
    def beside_the_form(self) -> dict[str, str]:
        """The filters that came by a link and that the form has to pass on."""
        return {name: value for name, value in self.values.items() if name not in IN_FORM}

    def chosen(self, names: Mapping[str, str]) -> list[Chosen]:
        """The filters in force. `names` are those of refs, as far as the page knows them."""
        labels = {
            "finding": _("Is it so?"),
            "attribution": _("Was it said?"),
            "aspect": _("On"),
            "harm": _("Harm"),
            "disputed": _("Disputed"),
            "event": _("Event"),
            "claimant": _("Claimant"),
            "language": _("Language"),
        }
        said = {
            "finding": self.statuses["content"],
            "attribution": self.statuses["attribution"],
            "aspect": words.ASPECTS,
            "harm": words.HARMS,
            "disputed": {"yes": _("yes"), "no": _("no")},
        }
        return [
            Chosen(
                label=labels[name],
                value=str(said.get(name, names).get(value, value)),
                without=self.address(without=name),
            )
            for name, value in self.values.items()
        ]
