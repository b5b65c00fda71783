"""The addresses of the guides, below /api/docs/. They have no language: the API speaks English."""

from django.urls import path

from . import guides

urlpatterns = [
    path("", guides.guide, name="api-docs"),
    path("reference/", guides.reference, name="api-reference"),
    path("<slug:slug>/", guides.guide, name="api-guide"),
    path("<str:name>", guides.script, name="api-script"),
]
