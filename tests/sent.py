"""A partner's endpoint with one message on file, for the pages that show it."""

from django.contrib.auth.models import User

from claims.partners.models import Partner
from claims.webhooks import endpoints
from claims.webhooks.choices import Reason
from claims.webhooks.models import Delivery
from sources.acting import acting


def delivery(by: User, status: int | None = 500, error: str = "") -> Delivery:
    """One try that the endpoint answered with this status, or not at all."""
    with acting(by):
        partner, _made = Partner.objects.get_or_create(
            name="The Example Gazette", defaults={"contact": "api@gazette.example"}
        )
        url = "https://gazette.example/factcheck"
        endpoint, _secret = endpoints.register(partner, url=url, description="The archive")
        message = endpoints.test(endpoint)
        return Delivery.objects.create(
            endpoint=endpoint,
            message=message,
            number=1,
            reason=Reason.TEST,
            status=status,
            error=error,
            milliseconds=120,
            answer="Out of order" if status else "",
        )
