"""What the desk makes of a proposal: a draft like any other, or a source on file.

A draft is the work of whoever begins it: they are its first contributor and cannot approve it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from claims.choices import Aspect, BearsOn, Stance
from claims.models import Claim, Evidence, Figure
from sources.acting import acting
from sources.choices import Access
from sources.models import Agent, Source
from sources.refusals import in_words

from .workflow import ReviewError

Said = dict[str, Any]


def begin_draft(
    claim: Claim,
    *,
    by: User,
    claimant: Agent | None = None,
    evidence: Iterable[Said] = (),
    figures: Iterable[Said] = (),
) -> Claim:
    """A draft of `by`'s, with what was proposed as its evidence and figures; all of it, or nothing.

    `claimant` is an agent who is not on file yet. `evidence` and `figures` are as they were
    proposed, in the words of the published content. A denial has no figures.
    """
    _may(by, "claims.add_claim", "claims.add_evidence", "sources.add_source", "sources.add_agent")
    with acting(by):
        if claimant is not None:
            _save(claimant)
            claim.claimant = claimant
        claim.created_by = by
        _save(claim)
        for piece in evidence:
            quotation = piece["quotation"] or {}
            _save(
                Evidence(
                    claim=claim,
                    source=source_of(piece["source"], by=by),
                    bears_on=BearsOn.ATTRIBUTION,
                    stance=Stance.SUPPORTS,
                    locator=piece["locator"],
                    **quotation,
                )
            )
        if claim.aspect != Aspect.DENIAL:
            for figure in figures:
                _save(Figure(claim=claim, **figure), but="population")
    return claim


def file_source(proposed: Said, *, by: User) -> Source:
    """The source on file with this address, or a new one of `by`'s."""
    _may(by, "sources.add_source")
    with acting(by):
        return source_of(proposed, by=by)


def source_of(proposed: Said, *, by: User) -> Source:
    """What is on file under the same address is used again, unless it is protected."""
    known = Source.objects.standing().exclude(access=Access.PROTECTED)
    if found := known.filter(url=proposed["url"]).order_by("pk").first():
        return found
    published = proposed["published"] or {"edtf": "", "as_printed": ""}
    source = Source(
        **{name: proposed[name] for name in ("kind", "title", "url", "language")},
        publisher=on_file(proposed["publisher"]),
        author=on_file(proposed["author"]),
        published=published["edtf"],
        published_as_printed=published["as_printed"],
        created_by=by,
    )
    _save(source)
    return source


def on_file(named: Said | None) -> Agent | None:
    """The one agent on file who is meant: by ref, or the only one of exactly this name."""
    if named is None:
        return None
    standing = Agent.objects.standing()
    if named["ref"]:
        return standing.filter(ref=named["ref"]).first()
    found = list(standing.filter(name=named["name"])[:2])
    return found[0] if len(found) == 1 else None


def _may(by: User, *rights: str) -> None:
    if not by.is_active or not by.has_perms(rights):
        raise ReviewError(_("You may not do this: %s.") % _("begin a draft from a proposal"))


def _save(row: Model, *, but: str = "") -> None:
    """`but`: what a form asks for and a proposal may leave for the desk to say."""
    try:
        row.full_clean(exclude=[but] if but else [])
        row.save()
    except ValidationError as error:
        raise ReviewError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise ReviewError(in_words(error)) from error
