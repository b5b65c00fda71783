"""Google's `claims:search`, for programs that were written for the Fact Check Tools API.

Its official clients work when they are pointed here (`api_endpoint`). That shape has no id, no
sources and no marker for what was withdrawn: a claim that was retracted or merged is not found any
more, and the address of each review is that of one edition, which never changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

import langcodes
from django.conf import settings
from django.core import signing
from django.db.models import Subquery
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.editions import questions, search
from claims.editions.addresses import Addresses
from claims.editions.linked_data import NOT_ASSESSED, plain_date
from claims.editions.models import Ledger, PublishedClaim
from claims.editions.stamps import stamp
from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey

from .asking import counted
from .masks import MaskError, masked, read_mask
from .reading import RecordView
from .schema import query
from .shapes import shaped

USUAL, MOST, FURTHEST = 10, 100, search.BOUND
LONGEST_AGE = 36_500  # days
OWN = ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize")
PAGING = ("pageToken", "offset")
# What every API of Google's takes. `callback` (JSONP) is none of them here: it runs code of ours
# in a page of somebody else's.
OF_ALL = (
    "key",
    "alt",
    "fields",
    "prettyPrint",
    "quotaUser",
    "$.xgafv",
    "uploadType",
    "upload_protocol",
)
WORDS = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    405: "UNIMPLEMENTED", 406: "INVALID_ARGUMENT", 410: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED",
}  # fmt: skip
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
TEXT = {"type": "string", "maxLength": 300}
TOKENS = signing.Signer(salt="claims.api.google")


def whole(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "maximum": most}


def refused(parameter: str, detail: str) -> ValidationError:
    return ValidationError({parameter: [ErrorDetail(detail, code="invalid")]})


@dataclass(frozen=True)
class Asked:
    """The parameters, understood. `place`: how many matches were passed, or where in the record."""

    words: str
    language: str
    site: str
    since: datetime | None
    limit: int
    place: int | None
    is_further: bool

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        words, site = given.get("query", "").strip(), given.get("reviewPublisherSiteFilter", "")
        if not words.isprintable():
            raise refused("query", "Allowed: words, without control characters.")
        if not words and not site.strip():
            raise refused("query", "Say what to look for, or give reviewPublisherSiteFilter.")
        days = _number(given, "maxAgeDays", most=LONGEST_AGE)
        place = _number(given, "offset", most=FURTHEST)
        if token := given.get("pageToken"):
            place = _opened(token, given)
        return cls(
            words=words,
            language=_language(given.get("languageCode", "")),
            site=_host(site),
            since=timezone.now() - timedelta(days=days) if days is not None else None,
            limit=min(_number(given, "pageSize", most=10**9) or USUAL, MOST),
            place=place,
            is_further=bool(token),
        )

    @property
    def is_elsewhere(self) -> bool:
        """Whether it asks for reviews of others; those of a site count for those below it, too."""
        own = urlsplit(settings.SITE_URL).hostname or ""
        return bool(self.site) and own != self.site and not own.endswith(f".{self.site}")


def _number(given: Mapping[str, str], name: str, *, most: int) -> int | None:
    if (text := given.get(name)) is None:
        return None
    if not WHOLE_NUMBER.fullmatch(text) or not 0 <= int(text) <= most:
        raise refused(name, f"Allowed: a whole number from 0 to {most}.")
    return int(text)


def _language(code: str) -> str:
    """The region is not considered, as with Google."""
    if not code:
        return ""
    if len(code) > 35 or not code.isascii() or not langcodes.tag_is_valid(code):
        raise refused("languageCode", "Allowed: a BCP 47 language code, such as en-US or sr-Latn.")
    known = langcodes.Language.get(code)
    return langcodes.standardize_tag("-".join(filter(None, (known.language, known.script))))


def _host(site: str) -> str:
    """People write a name, or the whole address of a page there."""
    text = site.strip().lower()
    try:
        return urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError as error:
        raise refused(
            "reviewPublisherSiteFilter", "Allowed: a site, such as nytimes.com."
        ) from error


def _question(given: Mapping[str, str]) -> str:
    asked = repr([given.get(name) for name in OWN if name != "pageSize"])
    return blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def _token(place: int, given: Mapping[str, str]) -> str:
    return TOKENS.sign(f"{place}.{_question(given)}")


def _opened(token: str, given: Mapping[str, str]) -> int:
    try:
        place, _, question = TOKENS.unsign(token).partition(".")
    except signing.BadSignature as error:
        raise refused("pageToken", "This is no token of ours: begin anew.") from error
    if question != _question(given):
        raise refused("pageToken", "All other parameters must be as they were for the page before.")
    return int(place)


def claim_of(claim: PublishedClaim) -> dict[str, Any]:
    edition, content = claim.edition, claim.edition.document
    day = plain_date(content["made"])
    found = {
        "text": content["statement"],
        "claimant": content["claimant_name"],
        "claimReview": [
            {
                "publisher": {
                    "name": settings.SITE_NAME,
                    "site": urlsplit(settings.SITE_URL).hostname,
                },
                "url": Addresses(settings.SITE_URL).edition(claim.ref, edition.number),
                "title": f"{content['claimant_name']}: {content['statement']}",
                "reviewDate": stamp(edition.published_at),
                "textualRating": content["finding"]["label"],
                "languageCode": content["language"],
            }
        ],
    }
    # A moment is asked for; what is known no closer than a month or a year is left out.
    return found | ({"claimDate": f"{day}T00:00:00Z"} if day and len(day) == 10 else {})


@dataclass(frozen=True)
class Page:
    """Some claims, and where the rest is found: after so many matches, or beyond so far in time."""

    claims: list[PublishedClaim]
    rest: int | None

    @classmethod
    def of(cls, asked: Asked) -> Page:
        """The best matches of some words; without words, the newest claims."""
        parts = questions.parts_of(asked.words)
        about: dict[str, Any] = {"known": known} if (known := search.known_words(parts)) else {}
        if asked.since is not None:
            # Places and moments rise together: the last place before that moment tells the rest.
            older = PublishedClaim.objects.filter(published_at__lt=asked.since)
            about["since"] = Subquery(older.order_by("-published_at").values("sequence")[:1])
        told = Ledger.objects.values(*about, **about).get() if about else {}
        question = questions.question(asked.words, parts, search.read_known(told.get("known")))
        if asked.words and question.strict is None:  # not a word in what was typed
            return cls([], None)
        wanted = search.Search(
            question=question,
            facets=("standing=yes", *((f"language={asked.language}",) if asked.language else ())),
            limit=asked.limit + 1,
            since=told.get("since") or 0,
            counting=False,
        )
        return cls._best(asked, wanted) if asked.words else cls._newest(asked, wanted)

    @classmethod
    def _best(cls, asked: Asked, wanted: search.Search) -> Page:
        """No more than so many matches are ranked; who wants all of them asks by date."""
        passed = asked.place or 0
        hits = search.find(replace(wanted, order="relevance", offset=passed)).hits
        further = passed + asked.limit
        more = len(hits) > asked.limit and further < FURTHEST
        return cls([hit.claim for hit in hits[: asked.limit]], further if more else None)

    @classmethod
    def _newest(cls, asked: Asked, wanted: search.Search) -> Page:
        beyond = asked.place if asked.is_further else None
        passed = 0 if asked.is_further else asked.place or 0
        looked = search.find(replace(wanted, limit=passed + asked.limit + 1, beyond=beyond))
        claims = [hit.claim for hit in looked.hits if hit.claim.sequence > wanted.since]
        page = claims[passed:][: asked.limit]
        if len(claims) > passed + asked.limit:
            return cls(page, page[-1].sequence)
        return cls(page, looked.reached if len(claims) == len(looked.hits) else None)


class KeyInAddress(BaseAuthentication):
    """A search key, where Google's programs put theirs: in the address, as `key`.

    That is why a key of this kind opens nothing but what everybody may read.
    """

    def authenticate(self, request: Request) -> tuple[None, ApiKey] | None:
        text = request.query_params.get("key")
        admission = counted(request, text, Scope.READ)
        if text is None:
            return None
        if admission.key is None:
            raise refused("key", "API key not valid. Please pass a valid API key.")
        if admission.key.kind != KeyKind.SEARCH:
            raise refused(
                "key",
                "This is not a search key, and no other key may stand in an address: addresses are "
                "logged and passed on. Revoke it, and ask with a search key.",
            )
        return None, admission.key


class GoogleView(RecordView):
    """An address of Google's; it refuses as Google's do."""

    authentication_classes = [KeyInAddress]

    def check_permissions(self, request: Request) -> None:
        """Whoever is not refused as an unknown key may read what everybody may."""

    def get_exception_handler(self) -> Callable[..., Response]:
        explain = super().get_exception_handler()

        def refuse(error: Exception, context: Mapping[str, Any]) -> Response:
            answer: Response = explain(error, context)
            answer.data = {"error": _error(answer.status_code, answer.data)}
            answer.content_type = "application/json; charset=UTF-8"
            return answer

        return refuse


class NothingHere(GoogleView):
    """Any other address of theirs."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404("Of Google's addresses there is one here: /v1alpha1/claims:search")


@extend_schema_view(
    get=shaped(
        "google_claims_search",
        "Search, as Google's Fact Check Tools API answers",
        query("query", "Words. Needed unless `reviewPublisherSiteFilter` is given.", TEXT),
        query("languageCode", "BCP 47; the region is not considered.", TEXT),
        query("reviewPublisherSiteFilter", "A site: any but ours has no reviews here.", TEXT),
        query("maxAgeDays", "Reviewed no longer ago than this.", whole(LONGEST_AGE)),
        query("pageSize", f"How many at most: 10, unless you say so; never more than {MOST}.",
              whole(10**9)),
        query("pageToken", "`nextPageToken` of the page before.", TEXT),
        query("offset", "How many to leave out first. Not beside `pageToken`.", whole(FURTHEST)),
        query("key", "A search key, for more questions than strangers may ask.", TEXT),
        query("fields", "A field mask, such as `claims(text,claimant),nextPageToken`.", TEXT),
        query("prettyPrint", "Whether to break lines; yes, unless you say so.",
              {"type": "string", "enum": ["true", "false", "1", "0"]}),
        query("alt", "We answer in JSON.", {"type": "string", "enum": ["json"]}),
        component="FactCheckedClaims",
        problem="GoogleError",
    )
)  # fmt: skip
class ClaimSearch(GoogleView):
    """Reviewed claims that match."""

    parameters = (*OWN, *PAGING, *OF_ALL)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        given = request.query_params.dict()
        self.filter_queryset(PublishedClaim.objects.none())  # refuses parameters we do not know
        if given.get("alt", "json") != "json":
            raise refused("alt", "Allowed: json.")
        try:
            mask = read_mask(given["fields"]) if "fields" in given else None
        except MaskError as error:
            raise refused("fields", str(error)) from error
        asked = Asked.of(given)
        page = Page([], None) if asked.is_elsewhere else Page.of(asked)
        answer: dict[str, Any] = {}
        if reviewed := [one for one in page.claims if one.content_status != NOT_ASSESSED]:
            answer["claims"] = [claim_of(claim) for claim in reviewed]
        if page.rest is not None:
            answer["nextPageToken"] = _token(page.rest, given)
        indent = None if given.get("prettyPrint") in {"false", "0"} else 2
        shown = answer if mask is None else masked(answer, mask)
        body = json.dumps(shown, ensure_ascii=False, indent=indent)
        return HttpResponse(body, content_type="application/json; charset=UTF-8")


def _error(status: int, problem: dict[str, Any]) -> dict[str, Any]:
    """A problem as Google's APIs say it (AIP-193)."""
    said: dict[str, Any] = {
        "code": status,
        "message": problem["detail"],
        "status": WORDS.get(status, "INTERNAL"),
    }
    if violations := problem.get("errors"):
        said["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {"field": one["parameter"], "description": one["detail"]} for one in violations
                ],
            }
        ]
    return said
