"""The addresses of the public pages. They are printed in citations, so none may ever move."""

from django.urls import path, register_converter

from claims.editions.addresses import FILES

from . import (
    agents,
    crawlers,
    documents,
    drawn,
    embedding,
    feeds,
    memento,
    oembed,
    search,
    sources,
    versions,
    views,
)
from .converters import (
    EditionNumberConverter,
    FeedFormConverter,
    MistypedRefConverter,
    RefConverter,
    SitemapConverter,
)

register_converter(RefConverter, "ref")
register_converter(MistypedRefConverter, "mistyped_ref")
register_converter(EditionNumberConverter, "number")
register_converter(FeedFormConverter, "feed_form")
register_converter(SitemapConverter, "sitemap_kind")

urlpatterns = [
    path("", views.home, name="home"),
    path("claims/", search.claims, name="claims"),
    path("claims/<ref:ref>/", views.claim, name="claim"),
    path("claims/<mistyped_ref:ref>/", views.as_meant, {"name": "claim"}),
    path("claims/<ref:ref>/v<number:number>/", views.edition, name="claim-edition"),
    path("claims/<mistyped_ref:ref>/v<number:number>/", views.as_meant, {"name": "claim-edition"}),
    path("claims/<ref:ref>/compare/", versions.choose, name="claim-compare-choose"),
    path(
        "claims/<ref:ref>/compare/<number:older>/<number:newer>/",
        versions.compare,
        name="claim-compare",
    ),
    path(
        "claims/<mistyped_ref:ref>/compare/<number:older>/<number:newer>/",
        views.as_meant,
        {"name": "claim-compare"},
    ),
    path("claims/<ref:ref>/timemap/", memento.timemap, name="claim-timemap"),
    *(
        path(
            f"claims/<ref:ref>/v<number:number>.{ending}",
            documents.file,
            {"ending": ending},
            name=f"edition-{ending.removesuffix('.json')}",
        )
        for ending in FILES
    ),
    path("ns/claims/v1.jsonld", documents.linked_terms, name="ld-context"),
    path("claims/<ref:ref>/embed/", embedding.embed, name="claim-embed"),
    path("claims/<ref:ref>/v<number:number>/embed/", embedding.embed, name="edition-embed"),
    path("claims/<ref:ref>/v<number:number>/card.png", drawn.card, name="edition-card"),
    path("claims/<ref:ref>/v<number:number>.pdf", drawn.pdf, name="edition-pdf"),
    path("embed.js", embedding.embed_script, name="embed-script"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("claims/feed.<feed_form:form>", feeds.claims, name="claims-feed"),
    path("corrections/feed.<feed_form:form>", feeds.corrections, name="corrections-feed"),
    path("agents/<ref:ref>/feed.<feed_form:form>", feeds.agent, name="agent-feed"),
    path("events/<ref:ref>/feed.<feed_form:form>", feeds.event, name="event-feed"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path(
        "sitemap/<sitemap_kind:kind>-<number:number>.xml",
        crawlers.sitemap_part,
        name="sitemap-part",
    ),
    path("robots.txt", crawlers.robots, name="robots"),
    path("opensearch.xml", crawlers.opensearch, name="opensearch"),
    path("events/", views.events, name="events"),
    path("events/<ref:ref>/", views.event, name="event"),
    path("events/<mistyped_ref:ref>/", views.as_meant, {"name": "event"}),
    path("agents/", agents.agents, name="agents"),
    path("agents/<ref:ref>/", agents.agent, name="agent"),
    path("agents/<mistyped_ref:ref>/", views.as_meant, {"name": "agent"}),
    path("sources/<ref:ref>/", sources.source, name="source"),
    path("sources/<mistyped_ref:ref>/", views.as_meant, {"name": "source"}),
    path("statuses/", views.statuses, name="statuses"),
    path("how-we-verify/", views.how_we_verify, name="how-we-verify"),
]

# For the map of the whole site, which knows what is a page and what is the API.
handler400 = "claims.web.errors.bad_request"
handler403 = "claims.web.errors.permission_denied"
handler404 = "claims.web.errors.page_not_found"
handler500 = "claims.web.errors.server_error"
