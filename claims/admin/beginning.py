"""What a new claim begins with, so that nobody types what the desk knows already."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from claims.choices import Aspect, BearsOn
from claims.editions.choices import RelationType
from claims.intake.choices import Kind, LetterState
from claims.intake.models import Letter
from claims.models import Claim, ReplyRequest
from claims.review.warnings import ASSESSMENT, ATTRIBUTION, RELATIONS
from sources.models import Source

ALL_PARTS = "all"  # in the address: for whoever has everything at hand
LETTER = "letter"  # in the address: the letter that suggests the claim
ANSWER = "answer"  # in the address: the request for a reply whose answer becomes a claim


def usual_language(user: Any) -> str:
    """The language of what this person entered last; English at first."""
    own = Claim.objects.filter(created_by=user.pk).order_by("-pk")
    return own.values_list("language", flat=True).first() or "en"


def from_answer(request: HttpRequest) -> dict[str, Any]:
    """What is known of a claim that an answer makes: who said it, when, about which event."""
    reply = _reply(request)
    if reply is None or reply.source is None:
        return {}
    return {
        "claimant": reply.party_id,
        "made": reply.source.published,
        "language": reply.source.language,
        "event": reply.claim.event_id,
        "aspect": Aspect.DENIAL,
        "harm": reply.claim.harm,
    }


def from_letter(request: HttpRequest) -> dict[str, Any]:
    """What a reader's suggestion says of a claim. Who says it is chosen from those on file."""
    letter = letter_of(request)
    if letter is None:
        return {}
    return {"statement": letter.what, "language": letter.language or usual_language(request.user)}


def letter_of(request: HttpRequest) -> Letter | None:
    """The letter that a new claim begins from, for whoever may read letters."""
    number = request.GET.get(LETTER, "")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    if not request.user.has_perm("intake.change_letter"):
        return None
    return Letter.objects.filter(pk=number, kind=Kind.SUGGESTION).first()


def note_claim(request: HttpRequest, claim: Claim) -> None:
    """Tell the letter which claim was begun from it."""
    if letter := letter_of(request):
        letter.led_to = claim.ref
        if letter.state == LetterState.NEW:
            letter.state = LetterState.TAKEN
            letter.taken_by = request.user  # type: ignore[assignment]
        letter.save(update_fields=["led_to", "state", "taken_by"])


def first_row(part: str, request: HttpRequest) -> dict[str, Any]:
    """What the first row of a part holds on the page of a new claim."""
    reply = _reply(request)
    if reply is None or reply.source is None:
        language = usual_language(request.user)
        usual = {ATTRIBUTION: {"new_language": language}, ASSESSMENT: {"language": language}}
        if letter := letter_of(request):
            said = {"new_url": letter.link, "exact": letter.what, "locator": letter.grounds[:200]}
            usual[ATTRIBUTION] |= {name: value for name, value in said.items() if value}
        return usual.get(part, {})
    first: dict[str, dict[str, Any]] = {
        ATTRIBUTION: {
            "source": reply.source_id,
            "exact": reply.answer,
            "language": reply.source.language,
            "bears_on": BearsOn.ATTRIBUTION,
        },
        RELATIONS: {"relation": RelationType.DENIES, "target": reply.claim_id},
    }
    return first.get(part, {})


def _reply(request: HttpRequest) -> ReplyRequest | None:
    number = request.GET.get(ANSWER, "")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    if not request.user.has_perm("claims.view_replyrequest"):
        return None
    visible = Source.objects.visible_to(request.user)
    answered = ReplyRequest.objects.filter(source__in=visible).select_related("claim", "source")
    return answered.filter(pk=number).first()
