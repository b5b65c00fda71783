"""Who asks: anybody, and partners whose keys open a little or everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.partners.choices import Scope
from tests.asking import key_of


@dataclass(frozen=True)
class Role:
    """Somebody who asks. `meets` says whether they are led to what belongs to another partner."""

    name: str
    scopes: tuple[Scope, ...] = ()
    meets: bool = False


ROLES = {
    role.name: role
    for role in (
        Role("anonymous"),
        Role("reader", (Scope.READ,)),
        Role("partner", tuple(Scope)),
        Role("another", tuple(Scope), meets=True),
    )
}


def headers_of(role: Role) -> dict[str, str]:
    """What this role sends with every request."""
    if not role.scopes:
        return {}
    return {"Authorization": f"Bearer {key_of(f'Fuzz: {role.name}', *role.scopes)}"}


def ids_in(answer: Any) -> set[str]:
    """What somebody else's things are called, as far as an answer of theirs tells."""
    if isinstance(answer, dict):
        own = {answer[name] for name in ("id", "ref") if isinstance(answer.get(name), str)}
        return own.union(*(ids_in(one) for one in answer.values()))
    if isinstance(answer, list):
        return set().union(*(ids_in(one) for one in answer))
    return set()
