"""The whole map of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from claims.admin.language import choose_language
from factcheck import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/docs/", include("claims.web.guide_urls")),
    path("api/", include("claims.api.urls")),
    path("admin/language/", choose_language, name="desk-language"),
    path("admin/account/", include("claims.admin.account_urls")),
    path("admin/", admin.site.urls),
    path("v1alpha1/", include("claims.api.google_urls")),
    path("", include("claims.web.urls")),
]

handler400 = "claims.web.errors.bad_request"
handler403 = "claims.web.errors.permission_denied"
handler404 = "claims.web.errors.page_not_found"
handler500 = "claims.web.errors.server_error"

if "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()
