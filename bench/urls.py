"""The whole site, and the same claims once more through nested serializers."""

from django.urls import path

from bench import nested
from claims.api.claims import ClaimList
from factcheck.urls import urlpatterns as site

urlpatterns = [
    path("nested/claims/", nested.ClaimList.as_view()),
    # The same list for whoever comes, without asking who or counting how often.
    path("api/v1/unasked/claims/", ClaimList.as_view(authentication_classes=[])),
    *site,
]
