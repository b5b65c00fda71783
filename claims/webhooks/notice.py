"""The message to people: nothing is sent to your machine any more."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from .choices import Because
from .models import Endpoint

log = logging.getLogger(__name__)


@task
def tell(endpoint_id: int, because: str) -> bool:
    """Write to the partner's contact that an endpoint was switched off, and why."""
    endpoint = Endpoint.objects.select_related("partner").filter(pk=endpoint_id).first()
    if endpoint is None or not endpoint.partner.contact:
        return False
    last = endpoint.deliveries.first()
    with override(settings.LANGUAGE_CODE):
        subject = _("%(site)s: we send no more messages to %(address)s") % {
            "site": settings.SITE_NAME,
            "address": endpoint.url[:100],
        }
        body = render_to_string(
            "mail/endpoint_off.txt",
            {
                "partner": endpoint.partner.name,
                "endpoint": endpoint,
                "because": Because(because).label,
                "last": last,
                "site": settings.SITE_URL,
            },
        )
    EmailMessage(subject, body, to=[endpoint.partner.contact]).send()
    log.info("endpoint_off", extra={"endpoint": endpoint.pk, "because": because})
    return True
