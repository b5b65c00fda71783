"""The addresses of the public pages. They are printed in citations, so none may ever move."""

from django.urls import path, register_converter

from . import agents, sources, views
from .converters import EditionNumberConverter, MistypedRefConverter, RefConverter

register_converter(RefConverter, "ref")
register_converter(MistypedRefConverter, "mistyped_ref")
register_converter(EditionNumberConverter, "number")

urlpatterns = [
    path("", views.home, name="home"),
    path("claims/", views.claims, name="claims"),
    path("claims/<ref:ref>/", views.claim, name="claim"),
    path("claims/<mistyped_ref:ref>/", views.as_meant, {"name": "claim"}),
    path("claims/<ref:ref>/v<number:number>/", views.edition, name="claim-edition"),
    path("claims/<mistyped_ref:ref>/v<number:number>/", views.as_meant, {"name": "claim-edition"}),
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
