"""An edition as linked data, whole: what schema.org alone cannot say. `linked_terms` explains it.

An edition's own data never changes. What follows from the record as a whole changes with it; it is
told apart, in a named graph of its own, and only where a claim is asked for as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from .addresses import Addresses
from .linked_data import NOT_ASSESSED, known, plain_date, rating
from .linked_nodes import agent_node, event_node, said, source_node, status_node
from .linked_terms import RELATIONS
from .models import Edition
from .stamps import stamp

Node = dict[str, Any]


def linked_record(
    edition: Edition,
    places: Addresses,
    *,
    site_name: str,
    licence_url: str,
    derived: Node | None = None,
) -> Node:
    """The document of one edition; with `derived`, of the claim as it stands."""
    desk = {"@id": places.desk, "@type": ["Organization", "prov:Agent"], "name": site_name}
    head = _edition(edition, places) | {"wasAttributedTo": desk, "license": licence_url}
    tells = _tombstone if edition.is_tombstone else _Told(edition, places).tells
    graph = [known(head | tells(edition, places))]
    if derived is not None:
        graph.append(_derived(edition.ref, derived, places))
    return {"@context": places.context, "@graph": graph}


def _edition(edition: Edition, places: Addresses) -> Node:
    ref, number, moment = edition.ref, edition.number, stamp(edition.published_at)
    return {
        "@id": places.edition(ref, number),
        "@type": ["Edition", "prov:Entity"],
        "identifier": ref,
        "version": str(number),
        "editionKind": edition.kind,
        "changeNote": edition.note,
        "digest": edition.digest,
        "datePublished": moment,
        "generatedAtTime": moment,
        "specializationOf": places.page(ref),
        "wasRevisionOf": places.edition(ref, number - 1) if number > 1 else None,
        "encoding": {
            "@id": places.file(ref, number, "content.json"),
            "@type": "MediaObject",
            "contentUrl": places.file(ref, number, "content.json"),
            "encodingFormat": "application/json",
            "sha256": edition.digest,
        },
    }


def _tombstone(edition: Edition, places: Addresses) -> Node:
    """What stands where a claim stood: since when the edition that is cited is no longer good."""
    cited, into = edition.document["citation"], edition.document.get("into", "")
    return {
        "about": known(
            {
                "@id": places.edition(edition.ref, cited["edition"]),
                "digest": cited["digest"],
                "generatedAtTime": stamp(datetime.fromisoformat(cited["published_at"])),
                "invalidatedAtTime": stamp(edition.published_at),
                "isReplacedBy": places.page(into) if into else None,
            }
        )
    }


class _Told:
    """What an edition tells, node by node; each has the address at which a page shows it."""

    def __init__(self, edition: Edition, places: Addresses) -> None:
        self.here = places.edition(edition.ref, edition.number)
        self.claim = places.claim(edition.ref)
        self.places = places

    def tells(self, edition: Edition, places: Addresses) -> Node:
        content = edition.document
        sources = [
            places.source(one["source"]["ref"])
            for one in content["evidence"]
            if one["source"]["access"] != "protected"
        ]
        independence = content["independence"]
        return {
            **self._review(content, places),
            "mainEntity": self._claim(content),
            "attributionStatus": status_node(content["attribution"]),
            "contentStatus": status_node(content["finding"]),
            "rationale": [said(one["text"], one["language"]) for one in content["rationale"]],
            "wanted": content["wanted"],
            "independence": {
                "@type": "Independence",
                "reports": independence["reports"],
                "publishers": independence["publishers"],
                "partyStatements": independence["party_statements"],
                "leastIndependentOrigins": independence["low"],
                "mostIndependentOrigins": independence["high"],
            },
            "evidence": [self._evidence(one) for one in content["evidence"]],
            "wasDerivedFrom": list(dict.fromkeys(sources)),
        }

    def _review(self, content: Node, places: Addresses) -> Node:
        if content["finding"]["code"] == NOT_ASSESSED:
            return {}
        return {
            "@type": ["Edition", "prov:Entity", "ClaimReview"],
            "url": self.here,
            "author": places.desk,
            "claimReviewed": content["statement"],
            "itemReviewed": self.claim,
            "reviewRating": rating(content["finding"]),
        }

    def _claim(self, content: Node) -> Node:
        claimant, principal = content["claimant"], content["on_behalf_of"]
        event, made = content["event"], content["made"]
        return known(
            {
                "@id": self.claim,
                "@type": "Claim",
                "identifier": content["ref"],
                "text": said(content["statement"], content["language"]),
                "workTranslation": [self._translation(one) for one in content["translations"]],
                "voice": content["voice"],
                "author": [agent_node(one, self.places) for one in (claimant, principal) if one],
                "jobTitle": content["claimant_role"],
                "onBehalfOf": self.places.agent(principal["ref"]) if principal else None,
                "about": [agent_node(one, self.places) for one in content.get("about", [])],
                "saidOn": made["as_printed"] if made else None,
                "datePublished": plain_date(made),
                "event": event_node(event, self.places) if event else None,
                "aspect": content["aspect"],
                "checkability": content["checkability"],
                "harmLevel": content["harm"],
                "figure": [self._figure(one) for one in content["figures"]],
                **_relations(
                    (one["relation"], self.places.claim(one["claim"]))
                    for one in content["relations"]
                ),
            }
        )

    def _translation(self, one: Node) -> Node:
        translator = one["translator"]
        return known(
            {
                "@type": "Claim",
                "text": said(one["text"], one["language"]),
                "translator": {"name": translator} if translator else None,
            }
        )

    def _figure(self, figure: Node) -> Node:
        names = ("harm", "population", "subgroup", "minimum", "maximum", "bound", "rule")
        return known(
            {
                "@id": f"{self.here}#f-{figure['ref']}",
                "@type": "Figure",
                **{name: figure[name] for name in names},
                "verbatim": said(figure["words"], figure["language"]),
            }
        )

    def _evidence(self, piece: Node) -> Node:
        names = ("stance", "basis", "locator")
        return known(
            {
                "@id": f"{self.here}#e-{piece['ref']}",
                "@type": ["Evidence", "Annotation"],
                "motivation": "oa:linking",
                "body": self.claim,
                "target": self._target(piece),
                "bearsOn": piece["bears_on"],
                **{name: piece[name] for name in names},
                "credibility": str(piece["credibility"]),
                "originGroup": piece.get("group"),
                "comment": piece["note"],
            }
        )

    def _target(self, piece: Node) -> Node:
        source, quotation = piece["source"], piece["quotation"]
        if source["access"] == "protected":
            return {"@type": "ProtectedSource", "description": source["placeholder"]}
        if quotation is None:
            return source_node(source, self.places)
        return {
            "@type": "SpecificResource",
            "source": source_node(source, self.places),
            "inLanguage": quotation["language"],
            "selector": known(
                {
                    "@type": "TextQuoteSelector",
                    **{part: quotation[part] for part in ("exact", "prefix", "suffix")},
                }
            ),
        }


def _derived(ref: str, derived: Node, places: Addresses) -> Node:
    """What all editions together say about a claim; marked as such, and in a graph of its own."""
    claim = places.claim(ref)
    others = [
        {"@id": places.claim(one["ref"]), **_relations([(one["relation"], claim)])}
        for one in derived["incoming"]
    ]
    dispute = [places.claim(one["ref"]) for one in derived["dispute_set"]]
    return {
        "@id": f"{places.page(ref)}#derived",
        "@type": "DerivedFacts",
        "comment": "Follows from all editions on record; no part of any edition, and not hashed.",
        "@graph": [
            known({"@id": claim, "disputed": derived["disputed"], "disputeSet": dispute}),
            *others,
        ],
    }


def _relations(asserted: Iterable[tuple[str, str]]) -> dict[str, list[Node]]:
    """Each relation in our own word and in the nearest standard one."""
    terms: dict[str, list[Node]] = {}
    for relation, target in asserted:
        for term in _terms(relation):
            terms.setdefault(term, []).append({"@id": target})
    return terms


def _terms(relation: str) -> Iterator[str]:
    yield f"fc:{relation}"
    if relation in RELATIONS:
        yield RELATIONS[relation]
