"""The addresses that programs for Google's Fact Check Tools API ask, at the root of the site."""

from django.urls import path, re_path

from . import google

urlpatterns = [
    path("claims:search", google.ClaimSearch.as_view(), name="google-claims-search"),
    re_path("", google.NothingHere.as_view()),
]
