"""A short run of what `make fuzz` does at length: the same requests every time."""

from dataclasses import replace

import pytest

from tests.fuzz.people import ROLES
from tests.fuzz.run import fuzz
from tests.fuzz.site import UNLIMITED


@pytest.mark.parametrize("role", ROLES.values(), ids=str)
def test_whatever_is_asked_the_answer_is_as_described(record, settings, role):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, int(UNLIMITED["API_READ_LIMIT"]))
    owner = replace(ROLES["partner"], name="owner")
    others = frozenset(fuzz(owner, 150, seed=1)[2] if role.meets else ())
    number, wrong, _ = fuzz(role, 150, seed=1, others=others)
    assert bool(others) == role.meets
    assert wrong == []
    assert number >= 150
