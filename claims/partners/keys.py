"""Making and revoking keys. What holds of every key is the database's; here it is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .choices import KeyKind
from .models import ApiKey, Partner

# What our triggers raise; its message is one of `sentences`.
OUR_OWN = "23000"


class Refused(Exception):
    """Why a key cannot be made or revoked, in a sentence."""


class OpensMore(Refused):
    """A key that opens more than the one it is asked with is not touched by it."""


def make(
    partner: Partner,
    *,
    kind: KeyKind,
    label: str,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
    by: Any = None,
    made_with: ApiKey | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its text: by an administrator, or by the partner, with a key it has.

    The text is in this answer and nowhere else.
    """
    key, text = ApiKey.new(
        kind,
        partner_id=partner.pk,
        label=label,
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
        created_by=by,
        made_with_id=made_with.pk if made_with else None,
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.sqlstate != OUR_OWN:
            raise
        raise Refused(diagnosis.message_primary) from error
    key.refresh_from_db()
    return key, text


def revoke(key: ApiKey) -> ApiKey:
    """It opens nothing from the next request on. Revoking what is revoked changes nothing."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db()
    return key


def revoke_with(key: ApiKey, other: ApiKey, *, even_the_last: bool) -> ApiKey:
    """A partner revokes a key of theirs, with one that opens as much.

    The last live secret key is revoked only by who says that this is meant: without it nobody but
    the desk can make another. Two that are revoked at once are judged one after the other.
    """
    with transaction.atomic():
        Partner.objects.select_for_update(no_key=True).get(pk=key.partner_id)
        if not set(key.scopes) <= set(other.scopes):
            raise OpensMore("This key opens more than the one you ask with: ask with one like it.")
        live = ApiKey.objects.live().filter(partner_id=key.partner_id, kind=KeyKind.SECRET)
        last = key.kind == KeyKind.SECRET and not live.exclude(pk=key.pk).exists()
        if last and key.is_live() and not even_the_last:
            raise Refused(
                "This is your last live secret key: make another one first, or add `last=true` "
                "and have the desk make the next one."
            )
        return revoke(key)
