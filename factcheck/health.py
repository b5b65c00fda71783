"""Two questions of whoever runs the site: does this process answer, and may it serve?"""

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from factcheck import catalogue

log = structlog.get_logger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nothing of the database."""
    return HttpResponse("ok\n", "text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, is migrated, and its guards are in place. Why not is in the log."""
    try:
        faults = catalogue.faults()
    except (DatabaseError, OSError) as error:
        faults = [f"The database does not answer: {error}"]
    if faults:
        log.error("not_ready", faults=faults)
        return HttpResponse("not ready\n", "text/plain", 503)
    return HttpResponse("ready\n", "text/plain")
