"""A short run of what `make fuzz` does at length: the same requests every time."""

import pytest

from tests.fuzz.people import ROLES
from tests.fuzz.run import fuzz
from tests.fuzz.site import UNLIMITED


@pytest.mark.parametrize("role", ROLES.values(), ids=str)
def test_whatever_is_asked_the_answer_is_as_described(record, settings, role):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, int(UNLIMITED["API_READ_LIMIT"]))
    number, wrong, _ = fuzz(role, 150, seed=1)
    assert wrong == []
    assert number >= 150
