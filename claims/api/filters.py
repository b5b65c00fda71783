"""What partners can ask the list of claims for. Each name is a promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import FilterSet
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.editions import marks
from claims.editions.models import PublishedClaim, StatusDefinition
from claims.editions.narrowing import Wanted

from . import parameters, words
from .schema import query


def _mark(name: str) -> parameters.Put:
    return lambda wanted, value: wanted.marks.append([f"{name}={value}"])


def _apart(_wanted: Wanted, _value: Any) -> None:
    """Means something together with others only; see `ClaimFilter.wanted`."""


FIGURE = (
    "What is asked is whether a figure of the claim, from its minimum to its maximum, can be so: "
    "“at least 24” has no maximum, and is found by `figure_min=30`, for it can be 30; it is not "
    "found by `figure_max=20`. A figure without a number is found by `figure_harm` alone. Never "
    "added up. Needs `figure_harm`."
)


class ClaimFilter(FilterSet):
    """Which published claims? What is asked by several names must all be so."""

    q = parameters.words(
        lambda wanted, typed: wanted.words(typed),
        "Words, as the search of the pages reads them, in what was claimed, who and where, what "
        'was said and who told it: all must be there, in any of their forms; "phrases" as they '
        "stand; -words not at all. Capitals and accents do not matter.",
    )
    status = parameters.codes(
        "finding", "content_status", "Is it so? A code of the axis `content`."
    )
    attribution = parameters.codes(
        "attribution", "attribution_status", "Was it said? A code of the axis `attribution`."
    )
    claimant = parameters.ref(
        lambda wanted, ref: wanted.any_of("claimant", [ref]),
        "The ref of the agent who says so.",
        column="claimant_ref",
    )
    claimant_name = parameters.words(
        lambda wanted, name: wanted.marks.append([marks.named(name)]),
        "A whole name or alias of the agent who says so, in any script that is on file; capitals, "
        "accents and signs do not matter. For a part of a name use `q`.",
    )
    claimant_member_of = parameters.ref(
        _mark("member"),
        "The ref of an organisation in which the agent who says so has, or had, a role.",
    )
    about = parameters.ref(_mark("about"), "The ref of an agent whom the claim is about.")
    event = parameters.ref(
        lambda wanted, ref: wanted.any_of("event", [ref]),
        "The ref of the event it is about.",
        column="event_ref",
    )
    aspect = parameters.any_of(
        "aspect", "aspect", words.ASPECTS, "Which question about the event it answers."
    )
    harm = parameters.any_of("harm", "harm", words.HARM_LEVELS, "What a wrong word here could do.")
    disputed = parameters.one_of(
        {"true": True, "false": False},
        lambda wanted, yes: wanted.any_of("disputed", ["yes" if yes else "no"]),
        "Does another published claim deny, rebut or contradict it?",
        column="disputed",
    )
    origins_min = parameters.number(
        lambda wanted, least: wanted.origins(least),
        "Independent origins at least: counted so that what may be one is one "
        "(`independence.low`).",
        most=9999,
    )
    figure_harm = parameters.one_of(
        {harm: harm for harm in words.FIGURE_HARMS}, _apart, "Has a figure of this."
    )
    figure_min = parameters.number(_apart, f"The figure can be this many or more. {FIGURE}")
    figure_max = parameters.number(_apart, f"The figure can be this many or fewer. {FIGURE}")
    place = parameters.words(
        lambda wanted, name: wanted.marks.extend([[mark] for mark in marks.placed(name)]),
        "Words of the name of the place, as asserted: all must be there.",
    )
    box = parameters.box(
        lambda wanted, box: wanted.box(box),
        "Touches this box on the map: west,south,east,north in degrees (WGS 84), edges included. A "
        "west greater than the east crosses the 180th meridian. Claims on events that are nowhere "
        "on the map are not found.",
    )
    language = parameters.languages(
        lambda wanted, tags: wanted.any_of("language", tags),
        "The language of the statement (BCP 47).",
        column="language",
    )
    made_from = parameters.day(
        "from",
        "May have been said on this day or later. A date as exact as it is known counts with all "
        "its days; what was said at a time nobody knows is not found.",
    )
    made_to = parameters.day("to", "May have been said on this day or earlier.")
    published_since = parameters.moment(
        "published_since", "First published at this moment or later."
    )
    published_until = parameters.moment(
        "published_until", "First published at this moment or earlier."
    )
    updated_since = parameters.moment(
        "updated_since", "Published or changed at this moment or later."
    )
    updated_until = parameters.moment("updated_until", "Not changed any more after this moment.")
    cited_source = parameters.cited(
        "Cites a source at this address, or at this host or one that is part of it. Scheme, "
        "`www.`, parameters that track readers, a slash at the end and `#…` do not matter. "
        "Protected sources have no address.",
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    @property
    def asked(self) -> dict[str, Any]:
        """What was given, read."""
        return {name: value for name, value in self.form.cleaned_data.items() if name in self.data}

    @property
    def column(self) -> str:
        """The column with an index of its own, where one value of it is all that is asked for."""
        if len(asked := self.asked) != 1:
            return ""
        [(name, value)] = asked.items()
        several = isinstance(value, list) and len(value) > 1
        return "" if several else str(self.filters[name].column)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Where one index has the answer; all else is for `wanted`."""
        [value] = self.asked.values()
        return queryset.filter(**{self.column: value[0] if isinstance(value, list) else value})

    def wanted(self) -> Wanted:
        asked, wanted = self.asked, Wanted()
        _refuse_unknown_parts(asked)
        for name, value in asked.items():
            self.filters[name].put(wanted, value)
        if "figure_harm" in asked:
            least, most = asked.get("figure_min"), asked.get("figure_max")
            wanted.figure(asked["figure_harm"], least, most)
        if "q" in asked and wanted.asked is None:
            raise ValidationError({"q": [ErrorDetail("There is no word in it.", code="invalid")]})
        return wanted


RANGES = {"figure_min": "figure_max", "made_from": "made_to"} | {
    f"{name}_since": f"{name}_until" for name in ("published", "updated")
}


def _refuse_unknown_parts(asked: Mapping[str, Any]) -> None:
    for name in ("figure_min", "figure_max"):
        if name in asked and "figure_harm" not in asked:
            detail = "A number says nothing without what it counts: say `figure_harm`, too."
            raise ValidationError({name: [ErrorDetail(detail, code="incomplete")]})
    for first, last in RANGES.items():
        if first in asked and last in asked and asked[first] > asked[last]:
            detail = f"Ends before it begins: it must not be less than `{first}`."
            raise ValidationError({last: [ErrorDetail(detail, code="backwards")]})


AXES = {"status": "content", "attribution": "attribution"}


def refuse_unknown_statuses(asked: Mapping[str, str]) -> None:
    """A code nobody defined is a mistake, not a question without an answer.

    Asked only when a page came out empty, or one of several codes could be such a mistake: where a
    claim was found by one code, it is known.
    """
    if not AXES.keys() & asked.keys():
        return
    known = set(StatusDefinition.objects.values_list("axis", "code").distinct())
    for name, axis in AXES.items():
        codes = [code.strip() for code in asked[name].split(",")] if name in asked else []
        if any((axis, code) not in known for code in codes):
            defined = ", ".join(sorted(code for on, code in known if on == axis))
            raise ValidationError(
                {name: [ErrorDetail(f"Allowed: {defined}.", code="unknown_code")]}
            )


FILTERS = [
    query(name, filtered.extra["help_text"], filtered._spectacular_annotation["field"])
    for name, filtered in ClaimFilter.base_filters.items()
]
