"""What becomes of an answer to a request for a reply."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import Basis, BearsOn, ReplyState, Stance
from claims.models import Claim, Evidence, ReplyRequest
from sources.acting import acting
from sources.choices import AgentKind, SourceKind
from sources.models import Agent, Source

from .independence import is_party
from .workflow import ReviewError

OFFICIAL = (AgentKind.STATE_BODY, AgentKind.INTERGOVERNMENTAL)


def question(claim: Claim, party: Agent) -> BearsOn:
    """Which question a party's answer bears on: the claimant's own tells whether it was said."""
    return BearsOn.ATTRIBUTION if party.pk == claim.claimant_id else BearsOn.CONTEXT


def file_answer(
    reply: ReplyRequest,
    *,
    by: User,
    title: str,
    language: str,
    published: dt.date,
    bears_on: BearsOn,
    stance: Stance,
) -> Evidence:
    """Make the answer a source like any other, and a piece of evidence of this claim.

    The words are the party's own, so the party is author and publisher, and the answer is quoted
    word for word. Once filed it is not filed again.
    """
    if not by.is_active or not by.has_perms(["claims.add_evidence", "sources.add_source"]):
        raise ReviewError(_("You may not do this: %s.") % _("File the answer as a source"))
    with acting(by):
        claim = Claim.objects.select_for_update().get(pk=reply.claim_id)
        reply = ReplyRequest.objects.select_for_update(of=("self",)).get(pk=reply.pk)
        if not claim.can_be_edited:
            raise ReviewError(_("This claim is no draft: revise it first, or take it back."))
        if reply.state != ReplyState.ANSWERED:
            raise ReviewError(_("There is no answer yet."))
        if reply.source_id:
            raise ReviewError(_("This answer is on file as a source already."))
        party = Agent.objects.prefetch_related("affiliations__organisation").get(pk=reply.party_id)
        source = Source(
            kind=SourceKind.STATEMENT,
            title=title,
            language=language,
            publisher=party,
            author=party,
            published=published.isoformat(),
            created_by=by,
        )
        _save(source)
        piece = Evidence(
            claim=claim,
            source=source,
            bears_on=bears_on,
            stance=stance,
            basis=_basis(party),
            exact=reply.answer,
            language=source.language,
        )
        _save(piece)
        reply.source = source
        reply.save(update_fields=["source"])
    return piece


def _basis(party: Agent) -> Basis:
    if is_party(party):
        return Basis.PARTY_STATEMENT
    return Basis.OFFICIAL_STATEMENT if party.kind in OFFICIAL else Basis.UNKNOWN


def _save(row: Source | Evidence) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ReviewError(" ".join(error.messages)) from error
    row.save()
