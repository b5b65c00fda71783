"""From the working copy to the exact text that would be published, and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.db.models import Prefetch

from claims.choices import Axis, ChangeKind
from claims.models import (
    About,
    Assessment,
    Claim,
    Evidence,
    Figure,
    ReplyRequest,
    Translation,
    VerificationStatus,
)
from sources.fields import as_printed_date
from sources.models import Agent, ReliabilityRating, Source

from .described import agent_told, event_told, source_told
from .independence import weighed

SCHEMA = "factcheck-claim-3"

# What is said of a claim that nobody has assessed yet; it can be previewed, not submitted.
UNASSESSED = {Axis.ATTRIBUTION: "unrecorded", Axis.CONTENT: "not_assessed"}


@dataclass(frozen=True)
class Candidate:
    """What the next edition of a claim would hold, as made from the working copy just now."""

    document: dict[str, Any]
    content: str
    digest: str

    @classmethod
    def of(cls, document: dict[str, Any]) -> Candidate:
        canonical = rfc8785.dumps(document)
        return cls(document, canonical.decode(), hashlib.sha256(canonical).hexdigest())


def candidate(claim: Claim) -> Candidate:
    """The claim's public content today, as canonical JSON (RFC 8785), with its SHA-256."""
    agents = Agent.objects.prefetch_related(
        "names",
        "affiliations__organisation",
        Prefetch("ratings", ReliabilityRating.objects.order_by("-pk")),
    )
    sources = Source.objects.prefetch_related(
        Prefetch("publisher", agents), Prefetch("author", agents), "derived_from__parent"
    )
    claim = Claim.objects.prefetch_related(
        Prefetch("claimant", agents),
        Prefetch("on_behalf_of", agents),
        Prefetch("about", About.objects.order_by("pk")),
        Prefetch("about__agent", agents),
        Prefetch("evidence", Evidence.objects.order_by("pk")),
        Prefetch("evidence__source", sources),
        "event",
        "relations__target",
        Prefetch("figures", Figure.objects.order_by("pk")),
        "translations",
        Prefetch("reply_requests__party", agents),
        Prefetch(
            "assessments",
            Assessment.objects.select_related("attribution", "finding").order_by("-pk"),
        ),
    ).get(pk=claim.pk)
    return Candidate.of(_claim(claim))


def _claim(claim: Claim) -> dict[str, Any]:
    evidence = list(claim.evidence.all())
    translations = [item for item in claim.translations.all() if item.reviewed_by_id]
    counts, groups = weighed(claim, evidence)
    return {
        "schema": SCHEMA,
        "ref": claim.ref,
        "change": _change(claim),
        "redacts": list(claim.redacts),
        "statement": claim.statement,
        "language": claim.language,
        "translations": [_translation(item) for item in translations],
        "voice": claim.voice,
        "claimant": agent_told(claim.claimant),
        "claimant_name": claim.claimant.name if claim.claimant else "The publisher’s own voice",
        "claimant_role": claim.claimant_role,
        "on_behalf_of": agent_told(claim.on_behalf_of),
        "about": [agent_told(item.agent) for item in claim.about.all()],
        "made": as_printed_date(claim, "made"),
        "event": event_told(claim.event),
        "aspect": claim.aspect,
        "checkability": claim.checkability,
        "harm": claim.harm,
        **_assessment(claim, translations),
        "evidence": [_evidence(item, groups.get(item.pk)) for item in evidence],
        "figures": [_figure(item) for item in claim.figures.all()],
        "relations": sorted(
            (
                {"relation": item.relation, "claim": item.target.ref}
                for item in claim.relations.all()
            ),
            key=lambda item: (item["relation"], item["claim"]),
        ),
        "independence": counts,
        "wanted": claim.wanted,
        "replies": [_reply(item) for item in claim.reply_requests.all()],
    }


def _change(claim: Claim) -> dict[str, str] | None:
    if not claim.change_kind:
        return None
    return {"kind": ChangeKind(claim.change_kind).value, "note": claim.change_note}


def _translation(item: Translation) -> dict[str, str]:
    return {
        "language": item.language,
        "text": item.text,
        "translator": item.translator,
        "method": item.method,
    }


def _assessment(claim: Claim, translations: list[Translation]) -> dict[str, Any]:
    newest = next(iter(claim.assessments.all()), None)
    if newest is None:
        unassessed = {
            axis: VerificationStatus.objects.get(axis=axis, code=code)
            for axis, code in UNASSESSED.items()
        }
        return {
            "attribution": _status(unassessed[Axis.ATTRIBUTION]),
            "finding": _status(unassessed[Axis.CONTENT]),
            "rationale": [],
            "methods": "",
            "assessed_at": None,
        }
    return {
        "attribution": _status(newest.attribution),
        "finding": _status(newest.finding),
        "rationale": [
            {"language": newest.language, "text": newest.rationale},
            *(
                {"language": item.language, "text": item.rationale}
                for item in translations
                if item.rationale
            ),
        ],
        "methods": newest.methods,
        "assessed_at": newest.assessed_at.date().isoformat(),
    }


def _status(status: VerificationStatus) -> dict[str, Any]:
    """With label and definition, so that an old verdict is read with its old definition."""
    return {
        "code": status.code,
        "label": status.label,
        "definition": status.definition,
        "tone": status.tone,
        "rating": status.rating,
    }


def _evidence(item: Evidence, group: int | None) -> dict[str, Any]:
    protected = item.source.is_protected
    return {
        "ref": item.ref,
        "bears_on": item.bears_on,
        "stance": item.stance,
        "basis": item.basis,
        "group": group,
        "credibility": item.credibility,
        "quotation": None if protected else _quotation(item),
        "locator": "" if protected else item.locator,
        "note": "" if protected else item.note,
        "source": source_told(item.source),
    }


def _quotation(item: Evidence) -> dict[str, str] | None:
    if not item.exact:
        return None
    return {
        "exact": item.exact,
        "prefix": item.prefix,
        "suffix": item.suffix,
        "language": item.language,
    }


def _figure(item: Figure) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "harm": item.harm,
        "population": item.population,
        "subgroup": item.subgroup,
        "minimum": item.minimum,
        "maximum": item.maximum,
        "bound": item.bound,
        "words": item.words,
        "language": item.language,
        "rule": item.rule,
    }


def _reply(item: ReplyRequest) -> dict[str, Any]:
    return {
        "party": agent_told(item.party),
        "channel": item.channel,
        "asked_on": item.asked_on.isoformat(),
        "deadline": item.deadline.isoformat(),
        "state": item.state,
        "answer": item.answer,
    }
