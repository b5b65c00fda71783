"""The changes: whoever goes on from the last `after` misses nothing."""

import pytest

from claims.editions.models import Edition


def follow(get, **parameters):
    seen, after = [], 0
    while True:
        page = get("changes/", after=after, **parameters).data
        seen += page["items"]
        after = page["after"]
        if not page["more"]:
            return seen, after


@pytest.mark.parametrize("limit", [1, 7, 50, 133, 200])
def test_following_the_changes_gives_every_edition_in_order_and_once(get, limit):
    seen, after = follow(get, limit=limit)
    everything = list(Edition.objects.order_by("sequence").values_list("sequence", flat=True))
    assert [item["sequence"] for item in seen] == everything
    assert after == everything[-1]


def test_a_mirror_made_from_the_changes_holds_the_same_content(get):
    seen, _ = follow(get, include="content")
    assert {item["kind"] for item in seen} == {"published", "corrected", "retracted"}
    for item in seen:
        assert item["content"] == Edition.objects.get(pk=item["sequence"]).document


def test_without_being_asked_the_changes_carry_no_content(get):
    assert "content" not in get("changes/").data["items"][0]


def test_when_there_is_nothing_new_the_position_stays(get):
    page = get("changes/", after=5000).data
    assert page == {"items": [], "after": 5000, "more": False}


def test_the_link_goes_on_with_the_same_question(get):
    answer = get("changes/", limit=2, include="content")
    assert 'rel="next"' in answer["Link"]
    following = get(answer["Link"].partition(">")[0].removeprefix("<")).data
    assert [item["sequence"] for item in following["items"]] == [3, 4]
    assert "content" in following["items"][0]
