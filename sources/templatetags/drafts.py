"""What the browser needs to keep somebody's unsaved text for them alone."""

import base64
from typing import Any

from django import template
from django.utils.crypto import salted_hmac

register = template.Library()


@register.simple_tag
def draft_key(user: Any) -> str:
    """The key that seals what somebody typed: 32 bytes, in base64.

    Only pages made for that person carry it, so that whoever finds the browser after the session
    has ended, on a shared computer, finds nothing readable.
    """
    digest = salted_hmac("factcheck.drafts", str(user.pk), algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
