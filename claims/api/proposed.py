"""What a partner can propose: which fields, how long, in which words. What is not said is refused.

The names are those of the published content, so that whoever reads the record knows how to write
a proposal. Whether it is so, whom it harms and who is a party is for the desk to say.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import langcodes
from django.core.validators import RegexValidator, URLValidator
from drf_spectacular.extensions import OpenApiSerializerExtension
from edtf import EDTFParseException, parse_edtf
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.editions.models import REF_FORMAT, PublishedAgent, PublishedEvent

from . import words

SAID = RegexValidator(r"^[^\x00]*\S[^\x00]*$", "Write at least one character that can be seen.")
PLAIN = RegexValidator(r"^[^\x00]*$", "Leave out the character NUL.")
TAG = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
    "Write a BCP 47 language tag, such as “fr”, “ar-ML” or “taq-Tfng”.",
)
WHOLE = 2_147_483_647
# Which numbers each bound has: the lower one, the upper one.
NUMBERS = {
    "exact": (True, True),
    "at_least": (True, False),
    "at_most": (False, True),
    "about": (True, True),
    "range": (True, True),
    "composition_only": (False, False),
}


class Text(serializers.CharField):
    """A text as it was sent: a number is none, and nothing is cut off at either end."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(max_length=longest, trim_whitespace=False, **kwargs)
        self.validators.append(PLAIN if self.allow_blank else SAID)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Note(Text):
    """A text that may be missing or empty."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(longest, allow_blank=True, default="", **kwargs)


class Language(Text):
    """The language of a text, in the usual spelling of its tag."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(35, help_text="BCP 47", **kwargs)
        self.validators.append(TAG)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        tag = super().run_validation(data)
        if not langcodes.tag_is_valid(tag):
            raise ValidationError(TAG.message, code="language")
        return langcodes.standardize_tag(tag)


class Address(Text):
    """Where something can be read, seen or heard."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(2000, **kwargs)
        self.validators.append(URLValidator(["https", "http"]))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        try:
            return super().run_validation(data)
        except ValueError as error:  # what urlsplit says of some brackets
            raise ValidationError("Write an address that begins with https://.") from error


class Whole(serializers.IntegerField):
    """A whole number, written as one."""

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=WHOLE, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float) or data != int(data):
            self.fail("invalid")
        return int(data)


class Word(serializers.ChoiceField):
    """One of our words, named when it is another."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            known = ", ".join(str(choice) for choice in self.choices)
            raise ValidationError(f"Allowed: {known}.", code="unknown_word")
        return data


class Strict(serializers.Serializer):
    """An object in which no other key is accepted: one that is mistyped would be lost unseen."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and (others := data.keys() - self.fields.keys()):
            allowed = f"There is no such field. Allowed: {', '.join(self.fields)}."
            raise ValidationError(
                {name: [ErrorDetail(allowed, code="unknown")] for name in sorted(others)}
            )
        return dict(super().to_internal_value(data))


class Date(Strict):
    """A date as exact as it is known, with the words as printed."""

    edtf = Note(60, help_text="EDTF (ISO 8601-2); empty when it is not known.")
    as_printed = Note(200, help_text="The words, such as “Monday”.")

    def validate_edtf(self, edtf: str) -> str:
        if edtf and not is_edtf(edtf):
            raise ValidationError(
                "Write an EDTF date: “2024-02-11”, “2024-02”, “2024-02-XX” for a day that is not "
                "known, “2024-02~” for about, “2023/2024” for from–to. Or leave it empty and give "
                "the words in `as_printed`.",
                code="edtf",
            )
        return edtf


class Named(Strict):
    """Somebody by name, and by the ref under which the record has them."""

    name = Text(200, help_text="As it is to stand in a headline.")
    ref = Note(8, help_text="The ref of the agent, where the record has it.")

    def validate_ref(self, ref: str) -> str:
        if ref and not (
            re.fullmatch(REF_FORMAT, ref) and PublishedAgent.objects.filter(pk=ref).exists()
        ):
            raise ValidationError("No agent is published under this ref.", code="unknown_ref")
        return ref


class Claimant(Named):
    """Who says it."""

    kind = Word(words.AGENT_KINDS, required=False, allow_null=True, default=None)


class About(Strict):
    """The event: by its ref, or in neutral words."""

    ref = Note(8, help_text="The ref of the event, where the record has it.")
    label = Note(300, help_text="What is said to have happened, in neutral words.")  # type: ignore[assignment]

    def validate_ref(self, ref: str) -> str:
        if ref and not (
            re.fullmatch(REF_FORMAT, ref) and PublishedEvent.objects.filter(pk=ref).exists()
        ):
            raise ValidationError("No event is published under this ref.", code="unknown_ref")
        return ref


class ProposedSource(Strict):
    """Something published that a claim can rest on."""

    kind = Word(words.SOURCE_KINDS)
    title = Text(500, help_text="As printed.")
    url = Address()
    language = Language()
    publisher = Named(allow_null=True, default=None)
    author = Named(allow_null=True, default=None)
    published = Date(allow_null=True, default=None)


class Quotation(Strict):
    """Word for word, in its own language."""

    exact = Text(5000)
    prefix = Note(300, help_text="The words before it.")
    suffix = Note(300, help_text="The words after it.")
    language = Language()


class ProposedEvidence(Strict):
    """Where it was said."""

    quotation = Quotation(allow_null=True, default=None)
    locator = Note(200, help_text="Page, paragraph, time code.")
    source = ProposedSource()  # type: ignore[assignment]


class ProposedFigure(Strict):
    """A number of people as it was worded. “At least 24” is never turned into 24."""

    harm = Word(words.FIGURE_HARMS[:5])
    population = Note(200, help_text="Such as “civilians”.")
    subgroup = Note(200)
    bound = Word(words.BOUNDS)
    minimum = Whole()
    maximum = Whole()
    words = Text(300, help_text="Verbatim.")
    language = Language()

    def validate(self, figure: dict[str, Any]) -> dict[str, Any]:
        numbers = (figure["minimum"], figure["maximum"])
        given = tuple(number is not None for number in numbers)
        if given != NUMBERS.get(figure["bound"], given):
            raise ValidationError(
                "The numbers do not fit the bound: “exact”, “about” and “range” need both, "
                "“at_least” only `minimum`, “at_most” only `maximum`, “composition_only” none.",
                code="bound",
            )
        if all(given) and (
            numbers[0] > numbers[1] or (figure["bound"] == "exact" and numbers[0] != numbers[1])
        ):
            raise ValidationError(
                "`minimum` cannot be above `maximum`; “exact” needs the same number twice.",
                code="bound",
            )
        return figure


class ProposedClaim(Strict):
    """One proposition that somebody put forward, and where."""

    statement = Text(2000, help_text="One proposition, in neutral words.")
    language = Language()
    claimant = Claimant()
    claimant_role = Note(200, help_text="The role they spoke in, such as “army chief”.")
    made = Date(allow_null=True, default=None)
    event = About(allow_null=True, default=None)
    aspect = Word(words.ASPECTS, required=False, allow_null=True, default=None)
    evidence: Any = serializers.ListSerializer(
        child=ProposedEvidence(), allow_empty=False, max_length=20
    )
    figures: Any = serializers.ListSerializer(
        child=ProposedFigure(), required=False, default=list, max_length=20
    )


class ClaimProposal(Strict):
    """A claim is proposed."""

    kind = Word(["claim"])
    claim = ProposedClaim()


class SourceProposal(Strict):
    """A source is proposed."""

    kind = Word(["source"])
    source = ProposedSource()  # type: ignore[assignment]


class NewProposal(serializers.Serializer):
    """A claim or a source: `kind` says which, and the field of that name holds it."""

    kind = Word(["claim", "source"])
    claim = ProposedClaim(required=False)
    source = ProposedSource(required=False)  # type: ignore[assignment]

    forms = {"claim": ClaimProposal, "source": SourceProposal}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        kind = data.get("kind") if isinstance(data, dict) else None
        if not isinstance(kind, str) or kind not in self.forms:
            raise ValidationError(
                {"kind": [ErrorDetail("Allowed: claim, source.", code="unknown_word")]}
            )
        form = self.forms[kind](data=data)
        form.is_valid(raise_exception=True)
        return {"kind": kind, "content": form.validated_data[kind]}


class StrictDescription(OpenApiSerializerExtension):
    """Says in the description that no other key is accepted."""

    target_class = "claims.api.proposed.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(
            self.target, direction, bypass_extensions=True
        )
        return schema | {"additionalProperties": False}


def is_edtf(text: str) -> bool:
    """Whether the desk can keep this date (`sources.fields.bounds`, which is not read from here).

    A test holds that both say the same.
    """
    try:
        parsed = parse_edtf(text)
        ends = [_end(parsed, side) for side in ("lower_strict", "upper_strict")]
    except (
        EDTFParseException,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        OverflowError,
    ):
        return False
    return None in ends or ends[0] <= ends[1]  # type: ignore[operator]


def _end(parsed: Any, side: str) -> dt.date | None:
    """One end as a calendar day; None where it is open."""
    try:
        moment = getattr(parsed, side)()
    except TypeError:  # the library fails on the open side of an interval
        return None
    return dt.date(*moment[:3]) if isinstance(moment, tuple) else None
