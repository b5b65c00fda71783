"""What was there on that day (RFC 7089): the claim's address leads to the edition in force."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils.http import http_date, parse_http_date
from memento_client import MementoClient

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from claims.web import memento
from tests import desk_work as desk
from tests.web.links import by_relation, targets

DAYS = [1_767_261_600, 1_772_712_000, 1_780_000_000]  # when the editions below were published


@pytest.fixture
def claim(contributor, reviewer, publisher):
    """A claim with two editions and a tombstone."""
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="More is known.")
    desk.change(claim, contributor, wanted="A list of the ships.")
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    return claim


@pytest.fixture
def path(claim, monkeypatch) -> str:
    """Its address. The record itself cannot be dated back, so the clock of its readers is."""
    found = memento.mementos

    def dated(standing):
        return [
            memento.Memento(one.number, one.kind, one.url, DAYS[one.number - 1])
            for one in found(standing)
        ]

    monkeypatch.setattr(memento, "mementos", dated)
    return f"/claims/{claim.ref}/"


@pytest.fixture
def at(visitor, path) -> Callable[[str], str]:
    """Where a reader is led who names a time."""

    def led(moment: str) -> str:
        answer = visitor.get(path, headers={"accept-datetime": moment})
        assert answer.status_code == 302
        assert answer.content == b""
        assert "Memento-Datetime" not in answer
        assert "Accept-Datetime" in answer["Vary"].split(", ")
        return answer["Location"].removeprefix(path)

    return led


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (DAYS[0] - 86400, "v1/"),  # before the first: the first
        (DAYS[0], "v1/"),
        (DAYS[1] - 1, "v1/"),
        (DAYS[1], "v2/"),
        (DAYS[2] - 1, "v2/"),
        (DAYS[2], "v3/"),
        (DAYS[2] + 86400 * 3650, "v3/"),
    ],
)
def test_a_reader_is_led_to_the_edition_in_force_at_that_time(at, moment, expected):
    assert at(http_date(moment)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "nonsense",
    ["yesterday", "", "2026-03-05", "Thu, 35 Mar 2026 12:00:00 GMT", "0", "Thu, 05 Mar 2026", "é"],
)
def test_a_time_that_cannot_be_read_is_refused_with_a_sentence(visitor, path, nonsense):
    answer = visitor.get(path, headers={"accept-datetime": nonsense})
    assert answer.status_code == 400
    assert "Write it like this: Thu, 05 Mar 2026 12:00:00 GMT" in answer.content.decode()
    assert "Accept-Datetime" in answer["Vary"].split(", ")


@pytest.mark.django_db
def test_leading_through_time_costs_one_question(visitor, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        visitor.get(path, headers={"accept-datetime": http_date(DAYS[1])})


@pytest.mark.django_db
def test_an_edition_says_since_when_it_was_in_force_and_names_its_neighbours(visitor, path):
    site = "http://testserver"
    answer = visitor.get(f"{path}v2/")
    assert answer["Memento-Datetime"] == http_date(DAYS[1])
    links = by_relation(answer["Link"])
    assert [one["url"] for one in links["original"]] == [site + path]
    assert [one["url"] for one in links["timegate"]] == [site + path]
    assert links["timemap"] == [
        {"url": f"{site}{path}timemap/", "rel": "timemap", "type": "application/link-format"}
    ]
    assert {(one["url"], one["rel"], one["datetime"]) for one in links["memento"]} == {
        (f"{site}{path}v1/", "first prev memento", http_date(DAYS[0])),
        (f"{site}{path}v3/", "last next memento", http_date(DAYS[2])),
    } | {(f"{site}{path}v2/", "memento", http_date(DAYS[1]))}


@pytest.mark.django_db
def test_the_address_of_the_claim_is_no_memento_but_names_the_way(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 410
    assert "Memento-Datetime" not in answer
    assert targets(answer["Link"], "timegate") == [f"http://testserver{path}"]
    assert targets(answer["Link"], "last") == [f"http://testserver{path}v3/"]


@pytest.mark.django_db
def test_the_map_lists_every_edition_with_its_time(visitor, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        answer = visitor.get(f"{path}timemap/")
    assert answer["Content-Type"] == "application/link-format"
    links = by_relation(answer.content.decode())
    site = f"http://testserver{path}"
    assert [one["url"] for one in links["original"]] == [site]
    assert links["self"][0] | {"url": ""} == {
        "url": "",
        "rel": "self",
        "type": "application/link-format",
        "from": http_date(DAYS[0]),
        "until": http_date(DAYS[2]),
    }
    assert [(one["url"], one["rel"], one["datetime"]) for one in links["memento"]] == [
        (f"{site}v1/", "first memento", http_date(DAYS[0])),
        (f"{site}v2/", "memento", http_date(DAYS[1])),
        (f"{site}v3/", "last memento", http_date(DAYS[2])),
    ]
    held = visitor.get(f"{path}timemap/", headers={"if-none-match": answer["ETag"]})
    assert held.status_code == 304


@pytest.mark.django_db
def test_times_are_those_of_the_record(claim, visitor):
    for edition in Edition.objects.filter(ref=claim.ref):
        answer = visitor.get(edition.get_absolute_url())
        told = parse_http_date(answer["Memento-Datetime"])
        assert told == int(edition.published_at.timestamp())


@pytest.mark.django_db
def test_the_form_asked_for_is_kept_on_the_way(visitor, path):
    answer = visitor.get(
        path,
        headers={"accept": "application/json", "accept-datetime": http_date(DAYS[1])},
        follow=True,
    )
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["edition"] == 2
    assert answer["Memento-Datetime"] == http_date(DAYS[1])


def test_a_claim_that_nobody_published_has_no_map(example, visitor):
    assert visitor.get("/claims/00000000/timemap/").status_code == 404
    assert visitor.get(f"{example('C3')}timemap/").status_code == 200


@pytest.fixture
def through_time(served, path, settings) -> Callable[..., dict]:
    """What a program made for Memento finds at a time, at the live site.

    The claim's address is its own gate, which this program takes when it is told no other.
    """
    settings.SITE_URL = served

    def asked(moment: int, address: str = "") -> dict:
        at_that_time = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
        with MementoClient(timegate_uri="", check_native_timegate=False) as program:
            return program.get_memento_info(served + path + address, at_that_time)

    return asked


def told(found: dict) -> dict[str, tuple[str, str]]:
    """Where it says that the mementos are, and of when."""
    return {
        name: (one["uri"][0][-3:], http_date(one["datetime"].replace(tzinfo=UTC).timestamp()))
        for name, one in found["mementos"].items()
    }


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (DAYS[0] - 86400, {"closest": 1, "first": 1, "next": 2, "last": 3}),
        (DAYS[1] - 1, {"closest": 1, "first": 1, "next": 2, "last": 3}),
        (DAYS[1], {"closest": 2, "first": 1, "prev": 1, "next": 3, "last": 3}),
        (DAYS[2] + 86400, {"closest": 3, "first": 1, "prev": 2, "last": 3}),
    ],
)
def test_a_program_made_for_memento_travels(through_time, served, path, moment, expected):
    found = through_time(moment)
    assert found["original_uri"] == found["timegate_uri"] == served + path
    assert found["mementos"]["closest"]["http_status_code"] == 200
    assert told(found) == {
        name: (f"v{number}/", http_date(DAYS[number - 1])) for name, number in expected.items()
    }


def test_a_program_travels_on_from_an_edition(through_time, served, path):
    found = through_time(DAYS[1], "v1/")
    assert found["original_uri"] == served + path
    assert told(found)["closest"] == ("v2/", http_date(DAYS[1]))


def test_a_program_can_tell_the_gate_from_the_mementos(served, path, settings):
    settings.SITE_URL = served
    for moment in DAYS:
        assert MementoClient.is_timegate(served + path, http_date(moment))
    assert not MementoClient.is_memento(served + path)
    for number in (1, 2, 3):
        assert MementoClient.is_memento(f"{served}{path}v{number}/")
