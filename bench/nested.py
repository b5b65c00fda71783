"""The usual way: working-copy rows through nested ModelSerializers, well prefetched."""

from typing import Any

from rest_framework import generics, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Assessment, Claim, Event, Evidence, Figure, Relation, VerificationStatus
from sources.models import Agent, Source


class AgentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Agent
        fields = ["ref", "kind", "name", "language", "party", "wikidata"]


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = [
            "ref", "label", "language", "existence", "time", "time_as_printed", "time_earliest",
            "time_latest", "place", "place_precision",
        ]  # fmt: skip


class SourceSerializer(serializers.ModelSerializer):
    publisher = AgentSerializer()
    author = AgentSerializer()

    class Meta:
        model = Source
        fields = [
            "ref", "access", "kind", "title", "section", "language", "url", "publisher", "author",
            "published", "published_as_printed", "published_earliest", "published_latest",
        ]  # fmt: skip


class EvidenceSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Evidence
        fields = [
            "ref", "bears_on", "stance", "basis", "credibility", "exact", "prefix", "suffix",
            "language", "locator", "note", "source",
        ]  # fmt: skip


class FigureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Figure
        fields = [
            "ref", "harm", "population", "subgroup", "minimum", "maximum", "bound", "words",
            "language", "rule",
        ]  # fmt: skip


class RelationSerializer(serializers.ModelSerializer):
    target = serializers.SlugRelatedField(slug_field="ref", read_only=True)

    class Meta:
        model = Relation
        fields = ["relation", "target"]


class StatusSerializer(serializers.ModelSerializer):
    class Meta:
        model = VerificationStatus
        fields = ["code", "label", "definition", "tone", "rating"]


class AssessmentSerializer(serializers.ModelSerializer):
    attribution = StatusSerializer()
    finding = StatusSerializer()

    class Meta:
        model = Assessment
        fields = ["attribution", "finding", "rationale", "language", "methods", "assessed_at"]


class ClaimSerializer(serializers.ModelSerializer):
    claimant = AgentSerializer()
    on_behalf_of = AgentSerializer()
    event = EventSerializer()
    evidence = EvidenceSerializer(many=True)
    figures = FigureSerializer(many=True)
    relations = RelationSerializer(many=True)
    assessments = AssessmentSerializer(many=True)

    class Meta:
        model = Claim
        fields = [
            "ref", "statement", "language", "voice", "claimant", "claimant_role", "on_behalf_of",
            "event", "aspect", "checkability", "harm", "wanted", "evidence", "figures", "relations",
            "assessments",
        ]  # fmt: skip


class ClaimList(generics.GenericAPIView):
    """The newest claims of the working copy."""

    queryset = (
        Claim.objects.select_related("claimant", "on_behalf_of", "event")
        .prefetch_related(
            "evidence__source__publisher",
            "evidence__source__author",
            "figures",
            "relations__target",
            "assessments__attribution",
            "assessments__finding",
        )
        .order_by("-pk")
    )
    serializer_class = ClaimSerializer
    renderer_classes = [JSONRenderer]
    schema = None  # no part of what is promised

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        claims = self.get_queryset()[:50]
        return Response({"items": self.get_serializer(claims, many=True).data})
