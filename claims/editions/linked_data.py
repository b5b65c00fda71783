"""An edition for search engines: schema.org Claim, and ClaimReview where something was found.

Says what the page says and nothing more: no date that is not known, no number unless the status
has one, no review of what was not assessed. It is what a page carries, so it is small; all the rest
is told by `linked_record`.
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
    licence_url: str = "",
) -> Node:
    """The Claim, or the ClaimReview with the Claim in it. `url` is the edition's own address."""
    claim = _claim(content, claim_url)
    if content["finding"]["code"] == NOT_ASSESSED:
        return {"@context": "https://schema.org", **claim}
    return known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": url,
            "url": url,
            "version": number,
            "datePublished": published_at.date().isoformat() if published_at else None,
            "author": {"@type": "Organization", "name": site_name, "url": f"{site_url}/"},
            "license": licence_url,
            "claimReviewed": content["statement"],
            "itemReviewed": claim,
            "reviewRating": rating(content["finding"]),
        }
    )


def _claim(content: dict[str, Any], claim_url: str) -> Node:
    appearances = _appearances(content)
    first = _first(appearances, content)
    return known(
        {
            "@type": "Claim",
            "@id": f"{claim_url}#claim",
            "identifier": content["ref"],
            "text": content["statement"],
            "inLanguage": content["language"],
            "author": _authors(content),
            "datePublished": plain_date(content["made"]),
            "firstAppearance": _appearance(first["source"], first["quotation"]) if first else None,
            "appearance": [
                _appearance(one["source"], one["quotation"])
                for one in appearances
                if one is not first
            ],
        }
    )


def _appearances(content: dict[str, Any]) -> list[Node]:
    """The evidence in which the claim itself can be read, in somebody's words."""
    return [
        one
        for one in content["evidence"]
        if one["bears_on"] == "attribution"
        and one["quotation"]
        and one["source"]["access"] != "protected"
    ]


def _first(appearances: list[Node], content: dict[str, Any]) -> Node | None:
    """Where the claim was made first, which is known only in one case: the claimant published it.

    The oldest of several reports is the oldest that we hold, and no more.
    """
    makers = {one["ref"] for one in (content["claimant"], content["on_behalf_of"]) if one}
    own = [
        one
        for one in appearances
        if any(
            agent and agent["ref"] in makers
            for agent in (one["source"]["publisher"], one["source"]["author"])
        )
    ]
    return own[0] if len(own) == 1 else None


def _authors(content: dict[str, Any]) -> Node | list[Node] | None:
    """Who makes the claim: whoever says it, and whoever they say it for."""
    agent = schema_agent(content["claimant"])
    if agent is None:
        return None
    principal = schema_agent(content["on_behalf_of"])
    if agent["@type"] == "Person":
        role = {"jobTitle": content["claimant_role"], "affiliation": principal}
        agent = known({**agent, **role})
    return [agent, principal] if principal else agent


def schema_agent(agent: dict[str, Any] | None) -> Node | None:
    if agent is None:
        return None
    item = agent["wikidata"]
    return known(
        {
            "@type": "Person" if agent["kind"] == "person" else "Organization",
            "name": agent["name"],
            "sameAs": f"https://www.wikidata.org/entity/{item}" if item else None,
        }
    )


def _appearance(source: dict[str, Any], quotation: dict[str, Any]) -> Node:
    return known(
        {
            "@type": "CreativeWork",
            "headline": source["title"],
            "url": source["url"],
            "inLanguage": source["language"],
            "datePublished": plain_date(source["published"]),
            "publisher": schema_agent(source["publisher"]),
            "author": schema_agent(source["author"]),
            "text": quotation["exact"],
        }
    )


def rating(finding: dict[str, Any]) -> Node:
    given: Node = {"@type": "Rating", "alternateName": finding["label"]}
    if finding["rating"] is not None:
        given |= {
            "ratingValue": finding["rating"],
            "bestRating": HIGHEST_RATING,
            "worstRating": LOWEST_RATING,
        }
    return given


def plain_date(value: dict[str, Any] | None) -> str | None:
    """A date that machines read alike, or nothing: "Monday" is not one."""
    edtf = value["edtf"] if value else ""
    return edtf if ISO_DATE.fullmatch(edtf) else None


def known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
