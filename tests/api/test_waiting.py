"""Waiting for news: whoever waits is told at once, and keeps nobody else from reading."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.db import connections
from django.test import Client

from claims.api import waiting
from claims.editions.models import Edition
from tests import desk_work as desk


def until(true, seconds=10):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def timed(work):
    began = time.monotonic()
    return work(), time.monotonic() - began


def changes(served, **parameters):
    return requests.get(f"{served}/api/v1/changes/", parameters, timeout=60)


def test_a_publication_wakes_all_who_wait(served, watch, contributor, reviewer, publisher):
    claim = desk.draft(contributor)
    with ThreadPoolExecutor(3) as pool:
        told = [pool.submit(timed, lambda: changes(served, wait=30)) for _ in range(3)]
        until(lambda: watch.waiting.total() == 3)
        edition = desk.publish(claim, reviewer, publisher)
        for waiter in told:
            answer, seconds = waiter.result(20)
            assert [item["ref"] for item in answer.json()["items"]] == [edition.ref]
            assert answer.json()["after"] == edition.sequence
            assert seconds < 30
    assert watch.waiting.total() == 0


def test_others_read_while_many_wait(served, watch):
    with ThreadPoolExecutor(8) as pool:
        told = [pool.submit(changes, served, wait=3) for _ in range(8)]
        until(lambda: watch.waiting.total() == watch.anonymous)
        for _ in range(20):
            assert requests.get(f"{served}/api/v1/claims/", timeout=5).status_code == 200
        assert watch.waiting.total() == watch.anonymous, "they read while the others waited"
        for waiter in told:
            assert waiter.result(20).json() == {"items": [], "after": 0, "more": False}


def test_nothing_comes_when_nothing_is_published(get, watch):
    answer, seconds = timed(lambda: get("changes/", after=5000, wait=1))
    assert answer.data == {"items": [], "after": 5000, "more": False}
    assert seconds >= 1


def test_news_that_are_there_already_come_at_once(get, watch, monkeypatch):
    monkeypatch.setattr(watch, "until_news", None)  # it would be called
    assert len(get("changes/", wait=30).data["items"]) == 50
    assert get("changes/", op="retracted", wait=30).data["items"]


def test_a_page_that_is_held_is_waited_for_like_any_other(
    served, watch, contributor, reviewer, publisher
):
    claim = desk.draft(contributor)
    tag = changes(served).headers["ETag"]
    with ThreadPoolExecutor(1) as pool:
        held = {"If-None-Match": tag}
        address = f"{served}/api/v1/changes/"
        told = pool.submit(requests.get, address, {"wait": 30}, headers=held, timeout=60)
        until(lambda: watch.waiting.total() == 1)
        desk.publish(claim, reviewer, publisher)
        assert told.result(20).status_code == 200


def fill(watch, pool, *readers):
    for who in readers:
        pool.submit(watch.until_news, 5000, 5, who=who)


@pytest.mark.parametrize(
    ("waiting_already", "who"),
    [
        (["x", "x"], "x"),  # one partner's places
        ([None, None, None], None),  # those of all readers without a key
        (["x", "x", "y", "y", None, None], "z"),  # all there are
    ],
)
def test_whoever_finds_no_place_is_answered_at_once(record, watch, waiting_already, who):
    with ThreadPoolExecutor(len(waiting_already)) as pool:
        fill(watch, pool, *waiting_already)
        until(lambda: watch.waiting.total() == len(waiting_already))
        before = watch.waiting[who]
        watch.until_news(5000, 60, who=who)
        assert watch.waiting[who] == before
        assert watch.waiting.total() == len(waiting_already)
        watch.let_go()


def test_others_find_a_place_while_one_reader_has_taken_theirs(record, watch):
    with ThreadPoolExecutor(6) as pool:
        fill(watch, pool, "x", "x", None, None, None)
        until(lambda: watch.waiting.total() == 5)
        fill(watch, pool, "y")
        until(lambda: watch.waiting["y"] == 1)
        watch.let_go()


def test_whoever_hangs_up_gives_the_place_back_in_time(served, watch):
    with pytest.raises(requests.Timeout):
        requests.get(f"{served}/api/v1/changes/", {"wait": 2}, timeout=0.3)
    assert watch.waiting.total() == 1
    until(lambda: watch.waiting.total() == 0)


def test_who_waits_holds_no_connection_and_one_thread_looks_for_all(served, watch, owner_sql):
    def mine():
        return owner_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename <> current_user"
        )[0][0]

    connections["default"].close()
    with ThreadPoolExecutor(3) as pool:
        told = [pool.submit(changes, served, wait=3) for _ in range(3)]
        until(lambda: watch.waiting.total() == 3)
        looking = [thread for thread in threading.enumerate() if thread.name == "ledger"]
        assert len(looking) == 1
        until(lambda: mine() <= 1)
        for waiter in told:
            waiter.result(20)
    until(lambda: not looking[0].is_alive())
    until(lambda: mine() == 0)


def test_a_database_that_does_not_answer_is_no_news(record, watch, monkeypatch):
    def fails(*_, **__):
        raise waiting.DatabaseError("gone")

    monkeypatch.setattr(waiting.Ledger.objects, "values_list", fails)
    _, seconds = timed(lambda: watch.until_news(0, 1, who=None))
    assert seconds >= 1
    until(lambda: watch._looker is None)


@pytest.mark.parametrize("wait", ["31", "-1", "1.5", "soon", "30s", "٣"])
def test_longer_than_thirty_seconds_is_not_waited(record, wait):
    answer = Client().get("/api/v1/changes/", {"wait": wait})
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["parameter"], error["detail"]) == (
        "wait",
        "Allowed: a whole number from 0 to 30.",
    )
    assert Edition.objects.exists()
