"""The whole site, and the same claims once more through nested serializers."""

from django.urls import path

from bench import nested
from factcheck.urls import urlpatterns as site

urlpatterns = [
    path("nested/claims/", nested.ClaimList.as_view()),
    *site,
]
