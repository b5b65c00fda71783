"""An edition for machines: schema.org Claim, and ClaimReview where something was found.

Says what the page says and nothing more: no date that is not known, no number unless the status
has one, no review of what was not assessed.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

NOT_ASSESSED = "not_assessed"
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
HIGHEST_RATING, LOWEST_RATING = 5, 1

Node = dict[str, Any]


def as_script(data: Node) -> SafeString:
    """A data block for a page. Browsers do not run it, and nothing in it can end it early."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


def linked_data(
    content: dict[str, Any],
    *,
    number: int | None,
    published_at: datetime | None,
    url: str,
    claim_url: str,
    site_name: str,
    site_url: str,
) -> Node:
    """The Claim, or the ClaimReview with the Claim in it. `url` is the edition's own address."""
    claim = _claim(content, claim_url)
    if content["finding"]["code"] == NOT_ASSESSED:
        return {"@context": "https://schema.org", **claim}
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": url,
            "url": url,
            "version": number,
            "datePublished": published_at.date().isoformat() if published_at else None,
            "author": {"@type": "Organization", "name": site_name, "url": f"{site_url}/"},
            "claimReviewed": content["statement"],
            "itemReviewed": claim,
            "reviewRating": _rating(content["finding"]),
        }
    )


def _claim(content: dict[str, Any], claim_url: str) -> Node:
    return _known(
        {
            "@type": "Claim",
            "@id": f"{claim_url}#claim",
            "identifier": content["ref"],
            "text": content["statement"],
            "inLanguage": content["language"],
            "author": _author(content),
            "datePublished": _date(content["made"]),
            "appearance": [
                _appearance(one["source"], one["quotation"])
                for one in content["evidence"]
                if one["bears_on"] == "attribution"
                and one["quotation"]
                and one["source"]["access"] != "protected"
            ],
        }
    )


def _author(content: dict[str, Any]) -> Node | None:
    agent = _agent(content["claimant"])
    if agent is None:
        return None
    return _known(
        {
            **agent,
            "jobTitle": content["claimant_role"] if agent["@type"] == "Person" else None,
            "affiliation": _agent(content["on_behalf_of"]) if agent["@type"] == "Person" else None,
        }
    )


def _agent(agent: dict[str, Any] | None) -> Node | None:
    if agent is None:
        return None
    item = agent["wikidata"]
    return _known(
        {
            "@type": "Person" if agent["kind"] == "person" else "Organization",
            "name": agent["name"],
            "sameAs": f"https://www.wikidata.org/entity/{item}" if item else None,
        }
    )


def _appearance(source: dict[str, Any], quotation: dict[str, Any]) -> Node:
    return _known(
        {
            "@type": "CreativeWork",
            "headline": source["title"],
            "url": source["url"],
            "inLanguage": source["language"],
            "datePublished": _date(source["published"]),
            "publisher": _agent(source["publisher"]),
            "author": _agent(source["author"]),
            "text": quotation["exact"],
        }
    )


def _rating(finding: dict[str, Any]) -> Node:
    rating: Node = {"@type": "Rating", "alternateName": finding["label"]}
    if finding["rating"] is not None:
        rating |= {
            "ratingValue": finding["rating"],
            "bestRating": HIGHEST_RATING,
            "worstRating": LOWEST_RATING,
        }
    return rating


def _date(value: dict[str, Any] | None) -> str | None:
    """A date that machines read alike, or nothing: "Monday" is not one."""
    edtf = value["edtf"] if value else ""
    return edtf if ISO_DATE.fullmatch(edtf) else None


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
