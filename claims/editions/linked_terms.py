"""What the words of our linked data mean: a JSON-LD context, with our own terms explained in it.

Standard terms first: schema.org for works, people and reviews, W3C Web Annotation for quotations,
PROV for what came from what, CiTO for what one claim does to another. A relation is told twice, in
CiTO's terms and in our own: CiTO has none for some of them, and coarser ones for others.
"""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]

PREFIXES = {
    "schema": "http://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Terms of others, by how their values are to be read.
NAMES = (
    *("schema:ClaimReview", "schema:Claim", "schema:Rating", "schema:CreativeWork"),
    *("schema:Person", "schema:Organization", "schema:OrganizationRole", "schema:MediaObject"),
    *("schema:Event", "schema:Place", "schema:GeoShape", "schema:GeoCoordinates"),
    *("oa:Annotation", "oa:SpecificResource", "oa:TextQuoteSelector"),
)
TEXTS = (
    *("schema:name", "schema:alternateName", "schema:headline", "schema:text", "schema:identifier"),
    *("schema:inLanguage", "schema:version", "schema:claimReviewed", "schema:ratingValue"),
    *("schema:bestRating", "schema:worstRating", "schema:jobTitle", "schema:roleName"),
    *("schema:startDate", "schema:endDate", "schema:description", "schema:encodingFormat"),
    *("schema:box", "schema:latitude", "schema:longitude"),
    *("schema:sha256", "oa:exact", "oa:prefix", "oa:suffix", "rdfs:comment", "rdfs:label"),
)
NODES = (
    *("schema:mainEntity", "schema:itemReviewed", "schema:reviewRating", "schema:author"),
    *("schema:publisher", "schema:affiliation", "schema:memberOf", "schema:about"),
    *("schema:workTranslation", "schema:translator", "schema:encoding", "schema:location"),
    "schema:geo",
)
LINKS = (
    *("schema:url", "schema:sameAs", "schema:license", "schema:contentUrl"),
    *("prov:wasDerivedFrom", "prov:wasRevisionOf", "prov:wasAttributedTo", "prov:specializationOf"),
    "dcterms:isReplacedBy",
)
MOMENTS = ("prov:generatedAtTime", "prov:invalidatedAtTime")

# What one claim does to another: the nearest that CiTO has. A denial disputes and does not refute.
RELATIONS = {
    "denies": "cito:disputes",
    "rebuts": "cito:disputes",
    "contradicts": "cito:disagreesWith",
    "affirms": "cito:agreesWith",
    "qualifies": "cito:qualifies",
    "corrects": "cito:corrects",
    "counter_accuses": "cito:citesAsRelated",
    "responds_to": "cito:repliesTo",
    "part_of": "dcterms:isPartOf",
    "context_for": "cito:givesBackgroundTo",
}

OWN_CLASSES = {
    "Edition": "One published state of a claim's page. It never changes.",
    "Evidence": "What a source says about a claim, and which question it bears on.",
    "Figure": "A number as it was worded. An open end stays open: `maximum` is then missing.",
    "Status": "The desk's answer to one question, with the definition it had on that day.",
    "Independence": "What the content rests on. Counts of origins, never a score.",
    "ProtectedSource": "A source of which the public learns the placeholder and nothing else.",
    "DerivedFacts": "What follows from all editions together. No part of any edition.",
}
OWN_TEXTS = {
    "digest": "SHA-256 of the edition's exact content, in lower-case hexadecimal.",
    "editionKind": "Why the edition was added: published, updated, corrected, minor, retracted …",
    "changeNote": "What readers are told changed, or why a claim was withdrawn.",
    "code": "The status's short name, the same in every edition.",
    "definition": "What the status meant when the edition was published.",
    "rationale": "Why the desk answers as it does.",
    "voice": "Whether an agent says it, or a publisher in its own voice.",
    "aspect": "Which question about the event the claim answers.",
    "checkability": "Whether the statement, as worded, can be checked against evidence at all.",
    "harmLevel": "How much harm a wrong word could do.",
    "existence": "Whether an event is alleged, accepted by all parties, or established.",
    "saidOn": "When the claim was made, as the source printed it.",
    "bearsOn": "Whether evidence bears on attribution (was it said?) or on content (is it so?).",
    "stance": "What evidence does to a claim: supports, disputes, refutes, qualifies, mentions.",
    "basis": "How the source knows, as far as it tells.",
    "credibility": "Of this piece for this claim, 1 to 6 (Admiralty code).",
    "reliability": "Of an agent, A to F (Admiralty code).",
    "locator": "Where in the source the words stand.",
    "agentKind": "What kind of body an agent is.",
    "sourceKind": "What kind of thing a source is.",
    "access": "Whether the public may read the source: public, restricted or protected.",
    "harm": "What was done to the people counted.",
    "population": "Who is counted.",
    "subgroup": "Which part of them.",
    "bound": "How the number is bounded, as worded.",
    "verbatim": "The words of the source.",
    "rule": "How a number was read from the words.",
    "wanted": "What would move the answer.",
}
OWN_NUMBERS = {
    "minimum": "The least the words allow.",
    "maximum": "The most the words allow; missing where they leave the end open.",
    "reports": "How many reports there are.",
    "publishers": "How many publishers carry them.",
    "partyStatements": "How many of them are statements by a party.",
    "leastIndependentOrigins": "Origins that are certainly independent.",
    "mostIndependentOrigins": "Origins that may be independent.",
    "originGroup": "Pieces of evidence with the same number go back to one origin.",
}
OWN_FLAGS = {
    "party": "Whether the agent is a party to the conflict.",
    "disputed": "Whether another claim denies, rebuts or contradicts this one. Decides nothing.",
}
OWN_NODES = {
    "attributionStatus": "Was it said?",
    "contentStatus": "Is it so?",
    "independence": "What the content rests on.",
    "evidence": "What the edition rests on.",
    "figure": "The numbers in the claim, as worded.",
    "onBehalfOf": "For whom the claimant speaks.",
    "event": "The event the claim is about. Numbers and perpetrators are claims about it.",
    "suspectedDerivation": "A source this one may go back to; nobody has confirmed it.",
    "disputeSet": "All claims connected by denials, rebuttals and contradictions, with this one.",
}
OWN_RELATIONS = {
    "denies": "Says that the other claim is not so.",
    "rebuts": "Answers the other claim with an argument against it.",
    "contradicts": "Cannot be so if the other claim is.",
    "affirms": "Says the same.",
    "qualifies": "Limits what the other claim says.",
    "corrects": "Puts right what the other claim said.",
    "counter_accuses": "Accuses the other side over the same event; says nothing on the facts.",
    "responds_to": "Reacts to the other claim, without saying whether it is so.",
    "part_of": "Is a part of the other claim.",
    "context_for": "Is background to the other claim, and no evidence for it.",
}


def context(terms: str) -> Node:
    """The context document. `terms`: what the addresses of our own terms begin with.

    Beside the context, which is all that processors look at, it holds a description of each of our
    own terms, for whoever opens the address of one.
    """
    return {"@context": _context(terms), "@graph": list(_described())}


def _context(terms: str) -> Node:
    own = {
        **dict.fromkeys((*OWN_CLASSES, *OWN_TEXTS), None),
        **dict.fromkeys(OWN_NUMBERS, "xsd:integer"),
        **dict.fromkeys(OWN_FLAGS, "xsd:boolean"),
        **dict.fromkeys((*OWN_NODES, *OWN_RELATIONS), "@id"),
    }
    return {
        "@version": 1.1,
        "@protected": True,
        "fc": {"@id": terms, "@prefix": True},
        **PREFIXES,
        **{_short(term): term for term in (*NAMES, *TEXTS)},
        **{_short(term): {"@id": term, "@type": "@id"} for term in (*NODES, *LINKS)},
        **{_short(term): {"@id": term, "@type": "xsd:dateTime"} for term in MOMENTS},
        "datePublished": "schema:datePublished",
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
        **{
            name: {"@id": f"fc:{name}", "@type": kind} if kind else f"fc:{name}"
            for name, kind in own.items()
        },
    }


def _described() -> list[Node]:
    properties = OWN_TEXTS | OWN_NUMBERS | OWN_FLAGS | OWN_NODES
    return [
        *(_described_term(name, "rdfs:Class", meaning) for name, meaning in OWN_CLASSES.items()),
        *(_described_term(name, "rdfs:Property", meaning) for name, meaning in properties.items()),
        *(
            _described_term(name, "rdfs:Property", meaning)
            | {"rdfs:subPropertyOf": {"@id": RELATIONS[name]}}
            for name, meaning in OWN_RELATIONS.items()
        ),
    ]


def _described_term(name: str, kind: str, meaning: str) -> Node:
    kind = kind.replace("rdfs:Property", "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property")
    return {"@id": f"fc:{name}", "@type": kind, "label": name, "comment": meaning}


def _short(term: str) -> str:
    return term.partition(":")[2]
