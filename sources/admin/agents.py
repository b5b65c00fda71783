"""Those who speak, publish or are spoken of."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.choices import Reliability
from sources.models import Affiliation, Agent, AgentName, ReliabilityRating

from .desk import DeskAdmin, DeskStacked, DeskTabular


class NameInline(DeskTabular):
    model = AgentName
    fields = ["name", "language", "kind"]


class AffiliationInline(DeskTabular):
    model = Affiliation
    fk_name = "agent"
    fields = ["organisation", "role", "begins", "ends"]
    autocomplete_fields = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Affiliation]:
        return super().get_queryset(request).select_related("agent", "organisation")


class RatingInline(DeskStacked):
    """Judgements are added, never changed: the newest counts."""

    model = ReliabilityRating
    fields = [("grade", "scope"), "rationale", ("rated_by", "rated_at")]
    readonly_fields = ["rated_by", "rated_at"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReliabilityRating]:
        return super().get_queryset(request).select_related("agent", "rated_by")


@admin.register(Agent)
class AgentAdmin(DeskAdmin):
    fieldsets = [
        (None, {"fields": [("name", "language"), ("kind", "party")]}),
        (_("For the desk"), {"fields": ["wikidata", "note"]}),
        (_("On file"), {"fields": ["ref"]}),
    ]
    readonly_fields = ["ref"]
    inlines = [NameInline, AffiliationInline, RatingInline]
    list_display = ["name", "kind", "party", "grade", "language", "ref"]
    list_filter = ["kind", "party"]
    search_fields = ["name", "names__name", "=ref", "=wikidata"]
    named_by = "name"

    def suggested(self, row: Agent) -> str:
        """Namesakes are told apart by what they are and what else they are called."""
        names = [name.name for name in row.names.all()]
        party = [_("party to the conflict")] if row.party else []
        return " · ".join(map(str, [row.get_kind_display(), *party, *names]))

    def to_suggest(self, rows: QuerySet[Agent]) -> QuerySet[Agent]:
        return rows.prefetch_related("names")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        newest = ReliabilityRating.objects.filter(agent=OuterRef("pk")).order_by("-pk")
        return super().get_queryset(request).annotate(grade=Subquery(newest.values("grade")[:1]))

    @admin.display(description=_("reliability"))
    def grade(self, agent: Agent) -> str:
        return getattr(agent, "grade", None) or Reliability.F.value
