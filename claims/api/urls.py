"""The addresses of the API, below /api/."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from claims.editions.models import REF_FORMAT

from . import (
    agents,
    changes,
    claims,
    corrections,
    datafeed,
    deliveries,
    docs,
    downloads,
    editions,
    events,
    exports,
    fetch,
    index,
    me,
    pages,
    proposals,
    reading,
    sources,
    statuses,
    webhooks,
)


class RefConverter(StringConverter):
    regex = REF_FORMAT.strip("^$")


class EditionNumberConverter(StringConverter):
    regex = "[1-9][0-9]{0,8}"


class TicketConverter(StringConverter):
    regex = "[A-Za-z0-9_-]{22}"


class DigestConverter(StringConverter):
    """A SHA-256 as programs print it; some of them in capitals."""

    regex = "[0-9A-Fa-f]{64}"

    def to_python(self, value: str) -> str:
        return value.lower()


class FileNameConverter(StringConverter):
    regex = r"[0-9a-f]{64}\.(?:json|ndjson\.zst|csv|parquet)"


register_converter(FileNameConverter, "file_name")
register_converter(RefConverter, "api_ref")
register_converter(EditionNumberConverter, "edition_number")
register_converter(TicketConverter, "ticket")
register_converter(DigestConverter, "digest")

urlpatterns = [
    path("v1/changes/", changes.ChangeList.as_view(), name="api-changes"),  # asked most often
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("schema/", docs.schema, name="api-schema"),
    path("v1/", index.Index.as_view(), name="api-index"),
    path("v1/claims/", claims.ClaimList.as_view(), name="api-claims"),
    path("v1/claims/<api_ref:ref>/", claims.ClaimDetail.as_view(), name="api-claim"),
    path("v1/claims/<api_ref:ref>/editions/", editions.EditionList.as_view(), name="api-editions"),
    path(
        "v1/claims/<api_ref:ref>/editions/<edition_number:number>/",
        editions.EditionDetail.as_view(),
        name="api-edition",
    ),
    path("v1/editions/", editions.AllEditions.as_view(), name="api-all-editions"),
    path(
        "v1/editions/<digest:digest>/",
        editions.EditionByDigest.as_view(),
        name="api-edition-by-digest",
    ),
    path("v1/statuses/", statuses.StatusList.as_view(), name="api-statuses"),
    path("v1/corrections/", corrections.CorrectionList.as_view(), name="api-corrections"),
    path("v1/datafeed/", datafeed.DataFeed.as_view(), name="api-datafeed"),
    path("v1/pages/", pages.PageList.as_view(), name="api-pages"),
    path("v1/events/", events.EventList.as_view(), name="api-events"),
    path("v1/events/<api_ref:ref>/", events.EventDetail.as_view(), name="api-event"),
    path("v1/proposals/", proposals.ProposalList.as_view(), name="api-proposals"),
    path(
        "v1/proposals/<ticket:ticket>/",
        proposals.ProposalDetail.as_view(),
        name="api-proposal",
    ),
    path("fetch/claim_reviews", fetch.ClaimReviews.as_view(), name="fetch-claim-reviews"),
    path("fetch/services", fetch.Services.as_view(), name="fetch-services"),
    path("v1/webhooks/", webhooks.EndpointList.as_view(), name="api-webhooks"),
    path("v1/webhooks/<uuid:endpoint>/", webhooks.EndpointDetail.as_view(), name="api-webhook"),
    path(
        "v1/webhooks/<uuid:endpoint>/secret/",
        webhooks.SecretRotation.as_view(),
        name="api-webhook-secret",
    ),
    path(
        "v1/webhooks/<uuid:endpoint>/test/",
        webhooks.EndpointTest.as_view(),
        name="api-webhook-test",
    ),
    path(
        "v1/webhooks/<uuid:endpoint>/deliveries/",
        deliveries.DeliveryList.as_view(),
        name="api-deliveries",
    ),
    path(
        "v1/webhooks/<uuid:endpoint>/deliveries/<uuid:delivery>/",
        deliveries.DeliveryDetail.as_view(),
        name="api-delivery",
    ),
    path(
        "v1/webhooks/<uuid:endpoint>/deliveries/<uuid:delivery>/redeliver/",
        deliveries.Redelivery.as_view(),
        name="api-redeliver",
    ),
    path("v1/me/", me.Me.as_view(), name="api-me"),
    path("v1/me/keys/", me.KeyList.as_view(), name="api-keys"),
    path("v1/me/keys/<api_ref:key>/", me.KeyDetail.as_view(), name="api-key"),
    path("v1/agents/", agents.AgentList.as_view(), name="api-agents"),
    path("v1/agents/<api_ref:ref>/", agents.AgentDetail.as_view(), name="api-agent"),
    path(
        "v1/agents/<api_ref:ref>/claims/",
        agents.AgentClaims.as_view(),
        name="api-agent-claims",
    ),
    path("v1/sources/", sources.SourceList.as_view(), name="api-sources"),
    path("v1/sources/<api_ref:ref>/", sources.SourceDetail.as_view(), name="api-source"),
    path(
        "v1/sources/<api_ref:ref>/claims/",
        sources.SourceClaims.as_view(),
        name="api-source-claims",
    ),
    path("v1/exports/", exports.ExportList.as_view(), name="api-exports"),
    path("v1/exports/<uuid:pk>/", exports.ExportDetail.as_view(), name="api-export"),
    path(
        "v1/exports/files/<file_name:name>", downloads.FileDetail.as_view(), name="api-export-file"
    ),
    path(
        "v1/exports/editions.ndjson",
        downloads.EditionStream.as_view(),
        name="api-export-stream",
    ),
    re_path("", reading.NothingHere.as_view()),
]
