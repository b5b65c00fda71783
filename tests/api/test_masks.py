"""Field masks, as Google's APIs take them."""

import pytest

from claims.api.masks import MaskError, masked, read_mask

WHOLE = {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}, "f": 4}


@pytest.mark.parametrize(
    ("mask", "left"),
    [
        ("f", {"f": 4}),
        ("a/b,f", {"a": {"b": 1}, "f": 4}),
        ("a(b,c/d)", {"a": {"b": 1, "c": [{"d": 2}]}}),
        ("a/c(e)", {"a": {"c": [{"e": 3}]}}),
        ("*", WHOLE),
        ("a/*", {"a": WHOLE["a"]}),
        ("nothing", {}),
        ("a(b), f", {"a": {"b": 1}, "f": 4}),
    ],
)
def test_a_mask_leaves_what_it_names(mask, left):
    assert masked(WHOLE, read_mask(mask)) == left


@pytest.mark.parametrize(
    "mask", ["", ",", "a(", "a)", "a//b", "a b", "a(b)c", "(a)", "a,", "ä", "a(" * 90]
)
def test_a_mask_that_cannot_be_read_is_refused(mask):
    with pytest.raises(MaskError):
        read_mask(mask)
