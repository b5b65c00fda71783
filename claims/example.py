"""The worked example: one article about an alleged killing in the north of Mali.

These are all the facts on hand. Outlet, author, address and date of the article are not known, and
nothing here adds to what it says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from claims.choices import (
    Aspect,
    Bound,
    Checkability,
    Existence,
    FigureHarm,
    Harm,
    Precision,
    Voice,
)
from claims.editions.choices import RelationType
from sources.choices import AgentKind, NameKind, SourceKind
from sources.fields import CROCKFORD


def ref(key: str) -> str:
    """The example's permanent names are the same everywhere, so that documents can link to it."""
    number = int.from_bytes(hashlib.sha256(f"worked example {key}".encode()).digest()[:5])
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -5, -5))


ARTICLE: dict[str, Any] = {
    "kind": SourceKind.ARTICLE,
    "title": "Mali Probes Alleged Soldier-Killing of Civilians",
    "section": "Actualité",
    "language": "en",
}

AGENTS: dict[str, dict[str, Any]] = {
    "FLA": {
        "kind": AgentKind.ARMED_GROUP,
        "name": "Azawad Liberation Front (FLA)",
        "party": True,
    },
    "FAMa": {"kind": AgentKind.STATE_BODY, "name": "Malian armed forces", "party": True},
    "Diarra": {"kind": AgentKind.PERSON, "name": "General Oumar Diarra"},
    "Government": {"kind": AgentKind.STATE_BODY, "name": "Military government of Mali"},
    "Wagner": {"kind": AgentKind.ARMED_GROUP, "name": "Wagner"},
}

# agent, name, kind
OTHER_NAMES = [("FLA", "FLA", NameKind.ACRONYM)]

# agent, organisation, role
AFFILIATIONS = [("Diarra", "FAMa", "army chief")]

EVENTS: dict[str, dict[str, Any]] = {
    "E1": {
        "label": "Reported interception of two passenger vehicles, Gao–Algeria road",
        "existence": Existence.ALLEGED,
        "time_as_printed": "Monday",
        "place": "between Gao and Algeria",
        "place_precision": Precision.ROUTE,
    },
    "E2": {
        "label": "Investigation ordered by the military government",
        "existence": Existence.ALLEGED,
    },
}

ONLY_THE_PARTIES = "We looked, and cannot say: only the parties’ own statements are on file."
NOT_LOOKED_INTO = (
    "We have not looked into this. One article says it in its own voice; its outlet, author and "
    "date are not known."
)
WANTED = (
    "A dated statement in its original language; names of the dead; images placed on the road; a "
    "first-hand witness; the outcome of the investigation."
)


@dataclass(frozen=True)
class ExampleClaim:
    """One row of the example, in the words of the desk."""

    statement: str
    aspect: Aspect
    harm: Harm
    finding: str
    rationale: str
    claimant: str = ""
    role: str = ""
    on_behalf_of: str = ""
    about: tuple[str, ...] = ()
    event: str = "E1"
    checkability: Checkability = Checkability.CHECKABLE
    quotation: str = ""
    wanted: str = ""
    relations: tuple[tuple[RelationType, str], ...] = ()
    figure: dict[str, Any] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        return Voice.AGENT if self.claimant else Voice.PUBLISHER


def _allegation(statement: str, aspect: Aspect, **more: Any) -> ExampleClaim:
    """What the FLA says happened, which nobody outside the conflict has shown or disproved."""
    return ExampleClaim(
        statement,
        aspect,
        Harm.GRAVE,
        "insufficient_evidence",
        ONLY_THE_PARTIES,
        claimant="FLA",
        wanted=WANTED,
        **more,
    )


def _answer(
    statement: str, aspect: Aspect, checkability: Checkability, rationale: str, **more: Any
) -> ExampleClaim:
    """What the army chief says in reply."""
    return ExampleClaim(
        statement,
        aspect,
        Harm.SERIOUS,
        "not_checkable",
        rationale,
        claimant="Diarra",
        role="army chief",
        on_behalf_of="FAMa",
        checkability=checkability,
        **more,
    )


def _background(statement: str, **more: Any) -> ExampleClaim:
    """What the article says in its own voice."""
    more = {"aspect": Aspect.CONTEXT, "event": ""} | more
    return ExampleClaim(
        statement,
        harm=Harm.ORDINARY,
        finding="not_assessed",
        rationale=NOT_LOOKED_INTO,
        **more,
    )


CLAIMS: dict[str, ExampleClaim] = {
    "C1": _allegation(
        "Malian soldiers intercepted two passenger vehicles between Gao and Algeria on a Monday.",
        Aspect.OCCURRENCE,
        about=("FAMa",),
    ),
    "C2": _allegation(
        "Wagner fighters supported the soldiers.", Aspect.PERPETRATOR, about=("Wagner",)
    ),
    "C3": _allegation(
        "The soldiers killed at least 24 people by shooting them (“coolly executed”).",
        Aspect.TOLL,
        about=("FAMa",),
        quotation="coolly executed",
        figure={
            "harm": FigureHarm.KILLED,
            "population": "civilians",
            "bound": Bound.AT_LEAST,
            "minimum": 24,
            "words": "at least 24 civilians",
        },
    ),
    "C4": _allegation("The dead were civilians, passengers of the two vehicles.", Aspect.VICTIMS),
    "C5": _allegation(
        "Women and children in particular were among the dead.",
        Aspect.VICTIMS,
        quotation="particularly women and children",
        figure={
            "harm": FigureHarm.KILLED,
            "population": "civilians",
            "subgroup": "women, children",
            "bound": Bound.COMPOSITION_ONLY,
            "words": "particularly women and children",
        },
    ),
    "C6": ExampleClaim(
        "The killing was a “massacre”.",
        Aspect.CHARACTERISATION,
        Harm.GRAVE,
        "not_checkable",
        "As worded, this is what the FLA calls the killing it alleges. What is said to have "
        "happened is looked at claim by claim.",
        claimant="FLA",
        checkability=Checkability.CHARACTERISATION,
        quotation="massacre",
    ),
    "C7": _answer(
        "The allegations are “baseless”.",
        Aspect.DENIAL,
        Checkability.POSITION,
        "As worded, this is a position. A denial is shown beside what it denies and does not "
        "decide it.",
        quotation="baseless",
        relations=tuple((RelationType.DENIES, key) for key in ("C1", "C3", "C4", "C5", "C6")),
    ),
    "C8": _answer(
        "“Terrorist networks and their supporters” spread false claims to tarnish the image of "
        "state forces.",
        Aspect.MOTIVE,
        Checkability.MOTIVE,
        "As worded, this gives a motive, and says nothing on what happened.",
        quotation="terrorist networks and their supporters",
        relations=((RelationType.COUNTER_ACCUSES, "C3"),),
    ),
    "C9": _background(
        "The military government of Mali ordered an investigation into the killing of the "
        "civilians.",
        aspect=Aspect.RESPONSE,
        about=("Government",),
        event="E2",
        relations=((RelationType.RESPONDS_TO, "C3"),),
    ),
    "B1": _background("Coups in 2020 and 2021 brought Mali’s military to power."),
    "B2": _background(
        "The military government relies on Wagner against the insurgents.",
        about=("Government", "Wagner"),
        relations=((RelationType.CONTEXT_FOR, "C2"),),
    ),
    "B3": _background("Mali withdrew from ECOWAS together with Burkina Faso and Niger."),
    "B4": _background("French troops withdrew from Mali in 2022."),
    "B5": _background("Mali ordered out 12,000 United Nations peacekeepers in 2023."),
}
