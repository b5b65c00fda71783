"""The usual way: working-copy rows through nested ModelSerializers, well prefetched.

They say what an API item says, but for independence counts and whole dispute sets, which no
serializer could read off the rows.
"""

from typing import Any

from rest_framework import generics, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import (
    About,
    Assessment,
    Claim,
    Event,
    Evidence,
    Figure,
    Relation,
    ReplyRequest,
    Translation,
    VerificationStatus,
)
from sources.models import (
    Affiliation,
    Agent,
    AgentName,
    Derivation,
    ReliabilityRating,
    Source,
)


class RatingSerializer(serializers.ModelSerializer):
    class Meta:
        model = ReliabilityRating
        fields = ["grade", "scope"]


class NameSerializer(serializers.ModelSerializer):
    class Meta:
        model = AgentName
        fields = ["name", "language", "kind"]


class RoleSerializer(serializers.ModelSerializer):
    organisation = serializers.SlugRelatedField(slug_field="ref", read_only=True)

    class Meta:
        model = Affiliation
        fields = ["role", "organisation", "begins", "ends"]


class AgentSerializer(serializers.ModelSerializer):
    ratings = RatingSerializer(many=True)
    names = NameSerializer(many=True)
    affiliations = RoleSerializer(many=True)

    class Meta:
        model = Agent
        fields = [
            "ref", "kind", "name", "language", "party", "wikidata", "ratings", "names",
            "affiliations",
        ]  # fmt: skip


class AboutSerializer(serializers.ModelSerializer):
    agent = AgentSerializer()

    class Meta:
        model = About
        fields = ["agent"]


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = [
            "ref", "label", "language", "existence", "time", "time_as_printed", "time_earliest",
            "time_latest", "place", "place_precision",
        ]  # fmt: skip


class DerivationSerializer(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(slug_field="ref", read_only=True)

    class Meta:
        model = Derivation
        fields = ["parent", "kind", "certainty"]


class SourceSerializer(serializers.ModelSerializer):
    publisher = AgentSerializer()
    author = AgentSerializer()
    derived_from = DerivationSerializer(many=True)

    class Meta:
        model = Source
        fields = [
            "ref", "access", "kind", "title", "section", "language", "url", "publisher", "author",
            "published", "published_as_printed", "published_earliest", "published_latest",
            "derived_from",
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


class OtherClaimSerializer(serializers.ModelSerializer):
    """A claim as it is shown beside another."""

    claimant = serializers.SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Claim
        fields = ["ref", "statement", "language", "claimant", "claimant_role", "aspect"]


class RelationSerializer(serializers.ModelSerializer):
    target = OtherClaimSerializer()

    class Meta:
        model = Relation
        fields = ["relation", "target"]


class IncomingSerializer(serializers.ModelSerializer):
    claim = OtherClaimSerializer()

    class Meta:
        model = Relation
        fields = ["relation", "claim"]


class TranslationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Translation
        fields = ["language", "text", "translator", "method"]


class ReplySerializer(serializers.ModelSerializer):
    party = AgentSerializer()

    class Meta:
        model = ReplyRequest
        fields = ["party", "channel", "asked_on", "deadline", "state", "answer"]


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
    about = AboutSerializer(many=True)
    event = EventSerializer()
    evidence = EvidenceSerializer(many=True)
    figures = FigureSerializer(many=True)
    relations = RelationSerializer(many=True)
    related_by = IncomingSerializer(many=True)
    translations = TranslationSerializer(many=True)
    reply_requests = ReplySerializer(many=True)
    assessments = AssessmentSerializer(many=True)

    class Meta:
        model = Claim
        fields = [
            "ref", "statement", "language", "voice", "claimant", "claimant_role", "on_behalf_of",
            "about", "event", "aspect", "checkability", "harm", "wanted", "made", "made_as_printed",
            "made_earliest", "made_latest", "evidence", "figures", "relations", "related_by",
            "translations", "reply_requests", "assessments",
        ]  # fmt: skip


class ClaimList(generics.GenericAPIView):
    """The newest claims of the working copy."""

    queryset = (
        Claim.objects.select_related("claimant", "on_behalf_of", "event")
        .prefetch_related(
            *(
                f"{agent}__{part}"
                for agent in (
                    *("claimant", "on_behalf_of", "about__agent"),
                    *("evidence__source__publisher", "evidence__source__author"),
                )
                for part in ("ratings", "names", "affiliations__organisation")
            ),
            "evidence__source__derived_from__parent",
            "figures",
            "relations__target__claimant",
            "related_by__claim__claimant",
            "translations",
            "reply_requests__party__ratings",
            "reply_requests__party__names",
            "reply_requests__party__affiliations__organisation",
            "assessments__attribution",
            "assessments__finding",
        )
        .order_by("-pk")
    )
    serializer_class = ClaimSerializer
    renderer_classes = [JSONRenderer]
    authentication_classes = []  # what it stands beside is a list, not who asks for it
    schema = None  # no part of what is promised

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        claims = self.get_queryset()[:50]
        return Response({"items": self.get_serializer(claims, many=True).data})
