"""What keeps machines from filling the letterbox, without asking anything of a reader.

No third party, no cookie, no script: a form that was really opened here some seconds ago, a field
that people do not see, a number of letters an hour from one address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

AT_LEAST, AT_MOST = 3, 24 * 3600  # seconds between opening a form and sending it
HOUR = 3600
HERE = frozenset({"same-origin", "none"})  # what browsers call a form of ours, sent from ours


@dataclass(frozen=True)
class Opening:
    """One opening of a form: its name, which becomes that of the receipt, and its signed time.

    A form that is sent twice is one letter: it has one receipt.
    """

    name: str
    token: str

    @classmethod
    def now(cls, kind: str) -> Self:
        return cls._of(kind, secrets.token_urlsafe(16))

    @classmethod
    def _of(cls, kind: str, name: str) -> Self:
        return cls(name, _signer(kind).sign(name))

    @classmethod
    def read(cls, kind: str, token: str) -> tuple[Self, str]:
        """The opening that a sent form names, and why it cannot be taken yet, in a sentence.

        Who reads the sentence gets the form back with all they typed and need only send it again.
        """
        try:
            name = _signer(kind).unsign(token, max_age=AT_MOST)
        except signing.SignatureExpired:
            name = _signer(kind).unsign(token)
            return cls._of(kind, name), _(
                "This form was open for more than a day. Read it through and send it again."
            )
        except signing.BadSignature:
            return cls.now(kind), _(
                "This form did not come from this page. Read it through and send it from here."
            )
        opening = cls(name, token)
        if signing.b62_decode(token.rsplit(":", 2)[1]) > timezone.now().timestamp() - AT_LEAST:
            return opening, _(
                "This was sent within three seconds, as machines do. If you are none, send it "
                "again."
            )
        return opening, ""


def _signer(kind: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"claims.web.letters.{kind}")


def from_elsewhere(request: HttpRequest) -> str:
    """Why a form was not sent from our own pages, in a sentence; "" if it was.

    This stands in the place of Django's protection against forged requests, which would set a
    cookie. There is no session here to misuse: at worst another site could have its visitors send
    us letters from their addresses, and that is what is refused.
    """
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    ours = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    if (site and site not in HERE) or (origin and urlsplit(origin).netloc not in ours):
        return _("This form was sent from another site. Read it through and send it from here.")
    return ""


def too_many(request: HttpRequest) -> str:
    """Count a letter from this address; a sentence if there were too many within the hour.

    The address is not kept: its keyed digest is, another one each day, for an hour. Each letter
    takes one of the hour's places, and only one of two that come at once gets the same place.
    """
    day = timezone.now().date().isoformat()
    who = salted_hmac("letters", f"{day} {get_ip(request)}", algorithm="sha256").hexdigest()
    places = range(settings.LETTERS_AN_HOUR)
    if any(cache.add(f"letter:{who}:{place}", 1, HOUR) for place in places):
        return ""
    return _(
        "Many letters came from your address within the hour. Wait a while, then send it again."
    )
