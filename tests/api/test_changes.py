"""The changes: whoever goes on from the last `after` misses nothing."""

import pytest

from claims.editions import changes
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
    assert {item["op"] for item in seen} == {"published", "corrected", "retracted"}
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


def kinds(get, **parameters):
    return [item["op"] for item in follow(get, **parameters)[0]]


def test_changes_of_some_kinds_are_all_there_and_no_others(get):
    everything = kinds(get)
    for op in ("retracted", "corrected", "corrected,retracted", "merged"):
        wanted = [kind for kind in everything if kind in op.split(",")]
        for limit in (1, 3, 200):
            assert kinds(get, op=op, limit=limit) == wanted


def test_the_position_moves_on_past_what_was_not_asked_for(get):
    _, last = follow(get)
    assert get("changes/", op="merged").data == {"items": [], "after": last, "more": False}
    assert get("changes/", op="merged", after=5000).data["after"] == 5000


def test_rare_kinds_are_looked_for_in_one_stretch_of_the_record_at_a_time(get, monkeypatch):
    everything = kinds(get)
    monkeypatch.setattr(changes, "STRETCH", 9)
    page = get("changes/", op="merged").data
    assert page == {"items": [], "after": 9, "more": True}
    assert kinds(get, op="retracted") == [kind for kind in everything if kind == "retracted"]
    assert kinds(get, op="corrected", limit=1).count("corrected") == everything.count("corrected")


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("op", "removed"), ("op", "corrected,"), ("op", "Corrected"), ("op", "corrected;merged"),
        ("include", "derived"), ("include", "content,content"), ("kind", "merged"),
        ("after", "-1"), ("after", "1e3"), ("after", "0" * 9), ("after", "9" * 16),
        ("limit", "0"), ("limit", "201"), ("cursor", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_named(get, parameter, value):
    answer = get("changes/", **{parameter: value})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.data["errors"]] == [parameter]


@pytest.mark.parametrize("parameters", [{}, {"include": "content"}])
def test_a_page_is_one_query_beside_the_count_of_who_asks(
    get, parameters, django_assert_num_queries
):
    with django_assert_num_queries(2):
        get("changes/", **parameters)
