"""What partners can ask the other lists for: events, agents, sources, editions, corrections."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django_filters import filters
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema_field

from claims.editions.folding import fold
from claims.editions.models import Edition, PublishedAgent, PublishedEvent, PublishedSource

from . import words
from .columns import MomentFilter, matching, one_of, ref
from .parameters import REF
from .resources import TOLD_KINDS
from .schema import query

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WORDS = {"type": "string", "maxLength": 300}


class DayField(forms.CharField):
    """A day, as ISO 8601 writes it; kept as text, as the record keeps it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            if DAY.fullmatch(text):
                return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        raise forms.ValidationError("Allowed: a day, such as 2026-11-23.")


class WordsField(forms.CharField):
    """Words, folded as those they are looked for among."""

    def clean(self, value: Any) -> Any:
        found = fold(super().clean(value) or "")
        if value and not found:
            raise forms.ValidationError("Allowed: words, of letters or digits.")
        return found


@extend_schema_field({"type": "string", "format": "date"})
class DayFilter(filters.Filter):
    field_class = DayField


@extend_schema_field(WORDS)
class WordsFilter(filters.Filter):
    """Each of the words stands there, whole or as a part of a longer one, in any spelling that the
    search of the public pages takes for the same."""

    field_class = WordsField

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        for word in value or ():
            qs = qs.filter(**{f"{self.field_name}__contains": word})
        return qs


class EventFilter(FilterSet):
    """Which events?"""

    q = WordsFilter("words", help_text="Words of its label or its place, in any order.")
    existence = one_of(words.EXISTENCES, "Is it alleged, accepted by all, established?")
    place = WordsFilter("place_words", help_text="Words of the name of its place.")
    time_from = DayFilter(
        method="on_or_after",
        help_text="It may have happened on this day or later. Events of unknown time are left out.",
    )
    time_to = DayFilter(
        method="on_or_before",
        help_text=(
            "It may have happened on this day or earlier. Events of unknown time are left out."
        ),
    )

    class Meta:
        model = PublishedEvent
        fields: list[str] = []

    def on_or_after(self, events: QuerySet[Any], name: str, day: str) -> QuerySet[Any]:
        return events.filter(Q(latest__gte=day) | Q(latest=None, earliest__isnull=False))

    def on_or_before(self, events: QuerySet[Any], name: str, day: str) -> QuerySet[Any]:
        return events.filter(Q(earliest__lte=day) | Q(earliest=None, latest__isnull=False))


class AgentFilter(FilterSet):
    """Which agents?"""

    q = WordsFilter("words", help_text="Words of any of their names, in any script and order.")
    kind = one_of(words.AGENT_KINDS, "What they are.")
    party = one_of(("true", "false"), "Are they a party to what the claims are about?")
    reliability = one_of(words.RELIABILITIES, "Admiralty A–F; F: cannot be judged.")
    member_of = matching(
        REF,
        "Allowed: a ref, eight characters of 0–9 and A–Z without I, L, O and U.",
        method="with_role_in",
        help_text="The ref of an organisation in which they have or had a role.",
    )
    wikidata = matching(
        "Q[1-9][0-9]{0,15}",
        "Allowed: an identifier of Wikidata, such as Q42.",
        field_name="wikidata",
        help_text="Their identifier in Wikidata.",
    )

    class Meta:
        model = PublishedAgent
        fields: list[str] = []

    def with_role_in(self, agents: QuerySet[Any], name: str, ref: str) -> QuerySet[Any]:
        return agents.filter(organisations__contains=[ref])


class SourceFilter(FilterSet):
    """Which sources?"""

    kind = one_of(words.SOURCE_KINDS, "What it is.")
    derived_from = matching(
        REF,
        "Allowed: a ref, eight characters of 0–9 and A–Z without I, L, O and U.",
        method="from_source",
        help_text="The ref of a source that it came from, by a derivation that is not rejected.",
    )

    class Meta:
        model = PublishedSource
        fields: list[str] = []

    def from_source(self, sources: QuerySet[Any], name: str, ref: str) -> QuerySet[Any]:
        return sources.filter(parents__contains=[ref])


class EditionFilter(FilterSet):
    """Which editions?"""

    ref = ref("ref", "The ref of the claim they are of.")
    kind = one_of(words.EDITION_KINDS, "Why it was added to the record.")
    published_since = MomentFilter(
        field_name="published_at", lookup_expr="gte", help_text="At this moment or later."
    )
    published_until = MomentFilter(
        field_name="published_at", lookup_expr="lte", help_text="At this moment or earlier."
    )

    class Meta:
        model = Edition
        fields: list[str] = []


class CorrectionFilter(EditionFilter):
    """Which corrections?"""

    kind = one_of(TOLD_KINDS, "What happened.")


def parameters(asked: type[FilterSet]) -> list[OpenApiParameter]:
    """The filters as the description of the API has them: made of the same code."""
    return [
        query(name, one.extra["help_text"], one._spectacular_annotation["field"])
        for name, one in asked.base_filters.items()
    ]
