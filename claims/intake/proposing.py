"""How a proposal is filed, and what the desk decides about it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.partners.models import Partner

from .choices import ProposalKind, ProposalState
from .models import Proposal

CHANGE = "intake.change_proposal"


class NotFiled(Exception):
    """Why a proposal was not filed."""


class StillInFlight(NotFiled):
    """Another request with this key has not been answered yet."""


class KeyUsedForAnother(NotFiled):
    """Something else was proposed under this key."""


class TooManyOpen(NotFiled):
    """The desk has not decided yet about so many of this partner's proposals."""


class ProposalError(Exception):
    """Why the desk cannot do this with a proposal, in words."""


def digest_of(kind: ProposalKind, content: dict[str, Any]) -> str:
    """Of what is proposed, whatever the order and the spacing it was sent in."""
    said = json.dumps([kind, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def propose(partner: Partner, *, key: str, kind: ProposalKind, content: dict[str, Any]) -> Proposal:
    """File what a partner proposes, once for each of its keys.

    Two requests with one key at the same moment: one is told that the other is in flight.
    """
    digest = digest_of(kind, content)
    with transaction.atomic():
        if not _alone(f"proposal {partner.pk} {key}"):
            raise StillInFlight
        Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)  # counted one by one
        own = Proposal.objects.of(partner)
        if filed := own.filter(idempotency_key=key).first():
            if filed.digest != digest:
                raise KeyUsedForAnother
            return filed
        if own.open().count() >= settings.OPEN_PROPOSALS:
            raise TooManyOpen
        last = own.aggregate(last=Max("number"))["last"] or 0
        return Proposal.objects.create(
            partner=partner,
            number=last + 1,
            idempotency_key=key,
            kind=kind,
            content=content,
            digest=digest,
        )


def take(proposal: Proposal, *, by: User) -> Proposal:
    """Somebody looks into it. Of two who say so, the first has it."""
    with transaction.atomic():
        proposal = _locked(proposal, by)
        if proposal.state != ProposalState.RECEIVED:
            raise ProposalError(_("Somebody has taken it already."))
        proposal.state = ProposalState.IN_REVIEW
        proposal.taken_by = by
        proposal.save(update_fields=["state", "taken_by"])
    return proposal


def decline(proposal: Proposal, *, by: User, answer: str) -> Proposal:
    """The desk does not go into it, and tells the partner why."""
    if not answer.strip():
        raise ProposalError(_("Say to the partner why it is declined."))
    return _settle(proposal, by, ProposalState.DECLINED, answer=answer)


def take_up(proposal: Proposal, *, by: User, led_to: str) -> Proposal:
    """The desk has made something of it: a draft, or a source on file."""
    return _settle(proposal, by, ProposalState.TAKEN_UP, led_to=led_to)


@transaction.atomic
def _settle(proposal: Proposal, by: User, state: ProposalState, **said: str) -> Proposal:
    proposal = _locked(proposal, by)
    if not proposal.is_open:
        raise ProposalError(_("This proposal was decided about already."))
    proposal.state = state
    proposal.taken_by = proposal.taken_by or by
    proposal.settled_at = timezone.now()
    for name, value in said.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", "taken_by", "settled_at", *said])
    return proposal


def _locked(proposal: Proposal, by: User) -> Proposal:
    if not (by.is_active and by.has_perm(CHANGE)):
        raise ProposalError(_("You may not decide about proposals."))
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


def _alone(what: str) -> bool:
    """Whether no other transaction says at this moment that it does this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [what])
        return bool(cursor.fetchone()[0])
