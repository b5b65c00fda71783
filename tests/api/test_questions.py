"""Whatever the list of claims is asked, it answers with what a plain reader of all contents finds.

The record is made by hand: dates that are open at an end or not known, figures without a number,
places across the 180th meridian, names in several scripts; claims that were updated long after they
were published; and with such gaps in the sequence as if a hundred thousand others lay between them.
"""

import datetime as dt
import json
import random
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import synthetic
from bench.load import statuses
from bench.record import Edition
from claims.editions import narrowing
from claims.editions.folding import fold
from claims.editions.projection import rebuild
from tests import database

CLAIMS, GAP = 240, 701
START = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
NAMES = {
    "FLA": ["Azawad Liberation Front", "جبهة تحرير أزواد", "F.L.A."],
    "Oumar Diarra": ["Omar Diarra", "عمر ديارا"],
    "Gao Ünion": [],
}
ORGANISATIONS = ["B0000001", "B0000002"]
PLACES = ["between Gao and Algeria", "Gao", "Nuku'alofa, Tonga", "أزواد"]
POINTS = [-180, -179.9, -90, -5.1, -0.1, 0, 0.3, 2.25, 45, 90, 179.5, 180]
PARALLELS = [-90, -21.2, -0.5, 0, 16, 19.7, 45, 90]
DAYS = ["0001-01-01", "2020-02-29", "2023-12-31", "2024-01-01", "2024-01-16", "9999-12-31"]
NUMBERS = [0, 1, 2, 24, 63, 64, 65, 100, 1000, 1023, 1024, 12_000, 10**9, 10**14]
URLS = [
    "https://www.kestoria.example/reports/1",
    "http://kestoria.example/reports/1/?utm_source=x#top",
    "https://news.kestoria.example/reports/1?b=2&a=1",
    "https://kestoria.example:443/reports/1?a=1&b=2",
    "https://xn--kstoria-90a.example/",
    "",
]
WORDS = ["flamingo", "zeppelin", "obelisk", "baseless", "éxecuted", "مدينة"]


def contents(chance, vocabulary):
    """One tricky content after the other."""
    for number in range(CLAIMS):
        content = synthetic.document(number, vocabulary)
        ends = sorted(chance.choices(DAYS, k=2))
        earliest, latest = (end if chance.random() < 0.7 else None for end in ends)
        content["made"] = chance.choice(
            [None, {"edtf": "", "as_printed": "?", "earliest": earliest, "latest": latest}]
        )
        name = chance.choice(list(NAMES))
        content["claimant"] = {
            **synthetic.agent(list(NAMES).index(name)),
            "name": name,
            "names": [{"name": one, "language": "en", "kind": "alias"} for one in NAMES[name]],
            "roles": [
                {"title": "", "organisation": {"ref": ref, "name": "O"}, "from": "", "to": ""}
                for ref in chance.sample(ORGANISATIONS, chance.randrange(3))
            ],
        }
        content["claimant_name"] = name
        if chance.random() < 0.1:
            content |= {"claimant": None, "claimant_name": "The publisher’s own voice"}
        content["about"] = [
            synthetic.agent(n) for n in chance.sample(range(4), chance.randrange(3))
        ]
        content["event"] = chance.choice([None, synthetic.event(chance.randrange(3))])
        if content["event"]:
            south, north = sorted(chance.choices(PARALLELS, k=2))
            box = [chance.choice(POINTS), south, chance.choice(POINTS), north]
            place = {"name": chance.choice(PLACES), "precision": "area", "box": box}
            content["event"]["place"] = chance.choice([None, place, place | {"box": None}])
        content["figures"] = [figure(chance) for _ in range(chance.choice([0, 0, 1, 1, 2]))]
        content["independence"]["low"] = chance.choice([0, 0, 1, 2, 3, 19, 20, 21, 40])
        content["statement"] = " ".join(chance.choices(WORDS, k=3))
        for item in content["evidence"]:
            item["source"]["url"] = chance.choice(URLS)
            if chance.random() < 0.2:
                item["source"] = {"access": "protected", "placeholder": "One protected source"}
        yield content


def figure(chance):
    low, high = sorted(chance.choices(NUMBERS, k=2))
    minimum, maximum = chance.choice(
        [(low, high), (low, low), (low, None), (None, high)] * 3 + [(None, None)]
    )
    made = {"minimum": minimum, "maximum": maximum, "bound": "range", "words": "some"}
    rest = {"ref": "F0000000", "population": "", "subgroup": "", "language": "en", "rule": ""}
    return {"harm": chance.choice(["killed", "injured"]), **made, **rest}


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """The claims that stand, each with what can be asked of it, read from its content alone."""
    chance = random.Random(5)
    with django_db_blocker.unblock(), database.cloned() as name:
        with database.run.superuser.connect(name) as connection:
            connection.execute("SET session_replication_role = replica")
            vocabulary = statuses(connection)
            found, sequence = [], 0
            queue = [(content, 1) for content in contents(chance, vocabulary)]
            for n in range(0, 40, 2):  # updated later, among the others
                queue.insert(100 + n * 5, (queue[n][0] | {"methods": "Again."}, 2))
            for content, number in queue:
                sequence += GAP
                edition = Edition(
                    sequence,
                    content["ref"],
                    number,
                    "published" if number == 1 else "updated",
                    synthetic.canonical(content),
                )
                moment = START + dt.timedelta(hours=3 * sequence // GAP)
                first = next((one for one in found if one["ref"] == edition.ref), None)
                if first:
                    found.remove(first)
                found.append(
                    {
                        "ref": edition.ref,
                        "sequence": sequence,
                        "content": content,
                        "updated": moment,
                        "published": first["published"] if first else moment,
                        "first": first["first"] if first else sequence,
                    }
                )
                connection.execute(
                    "INSERT INTO editions_edition (sequence, ref, number, kind, digest, content, published_at)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                    (
                        sequence,
                        edition.ref,
                        number,
                        edition.kind,
                        edition.digest,
                        edition.content,
                        moment,
                    ),
                )
            connection.execute("UPDATE editions_ledger SET last_sequence = %s", [sequence])
            connection.commit()
        assert sum(rebuild()) == 2 * CLAIMS
        denied = {one["claim"] for claim in found for one in claim["content"]["relations"]}
        yield [claim | {"disputed": claim["ref"] in denied} for claim in found]
        connections.close_all()


# --- The plain reader ---


def touches(box, other):
    def spans(west, east):
        return [(west, east)] if west <= east else [(west, 180), (-180, east)]

    if box[1] > other[3] or box[3] < other[1]:
        return False
    return any(
        a <= d and c <= b for a, b in spans(box[0], box[2]) for c, d in spans(other[0], other[2])
    )


def same(url):
    if not url:
        return None
    parts = urlsplit(url)
    kept = sorted(one for one in parts.query.split("&") if one and not one.startswith("utm_"))
    return parts.hostname.removeprefix("www."), parts.path.rstrip("/"), kept


def cites(content, asked):
    urls = [item["source"].get("url") for item in content["evidence"]]
    if "/" in asked:
        return any(url and same(url) == same(asked) for url in urls)
    return any(url and f".{urlsplit(url).hostname}".endswith(f".{asked}") for url in urls)


def said(content, first, last):
    made = content["made"]
    if not made or not (made["earliest"] or made["latest"]):
        return False
    return (made["latest"] or "9999-12-31") >= first and (made["earliest"] or "0001-01-01") <= last


def can_be(content, asked):
    least, most = asked.get("figure_min"), asked.get("figure_max")
    for one in content["figures"]:
        if one["harm"] != asked["figure_harm"]:
            continue
        low, high = one["minimum"], one["maximum"]
        if least is None and most is None:
            return True
        if low is None and high is None:
            continue
        if (least is None or high is None or high >= least) and (
            most is None or low is None or low <= most
        ):
            return True
    return False


def in_place(content, words):
    place = content["event"] and content["event"]["place"]
    return bool(place) and set(fold(words)) <= set(fold(place["name"]))


def on_the_map(content, asked):
    place = content["event"] and content["event"]["place"]
    return bool(place and place["box"]) and touches(
        place["box"], list(map(float, asked.split(",")))
    )


def is_named(content, asked):
    claimant = content["claimant"]
    names = [content["claimant_name"]] + (
        [one["name"] for one in claimant["names"]] if claimant else []
    )
    return fold(asked) in [fold(name) for name in names]


MEANS = {
    "q": lambda c, v, _a: set(fold(v)) <= set(fold(c["content"]["statement"])),
    "status": lambda c, v, _a: c["content"]["finding"]["code"] in v.split(","),
    "attribution": lambda c, v, _a: c["content"]["attribution"]["code"] in v.split(","),
    "claimant": lambda c, v, _a: (c["content"]["claimant"] or {}).get("ref") == v,
    "claimant_name": lambda c, v, _a: is_named(c["content"], v),
    "claimant_member_of": lambda c, v, _a: (
        v
        in [
            one["organisation"]["ref"]
            for one in (c["content"]["claimant"] or {"roles": []})["roles"]
        ]
    ),
    "about": lambda c, v, _a: v in [one["ref"] for one in c["content"]["about"]],
    "event": lambda c, v, _a: (c["content"]["event"] or {}).get("ref") == v,
    "aspect": lambda c, v, _a: c["content"]["aspect"] in v.split(","),
    "harm": lambda c, v, _a: c["content"]["harm"] in v.split(","),
    "disputed": lambda c, v, _a: c["disputed"] == (v == "true"),
    "origins_min": lambda c, v, _a: c["content"]["independence"]["low"] >= v,
    "figure_harm": lambda c, _v, a: can_be(c["content"], a),
    "figure_min": lambda _c, _v, _a: True,  # with figure_harm
    "figure_max": lambda _c, _v, _a: True,
    "place": lambda c, v, _a: in_place(c["content"], v),
    "box": lambda c, v, _a: on_the_map(c["content"], v),
    "language": lambda c, v, _a: c["content"]["language"] in v.split(","),
    "made_from": lambda c, v, _a: said(c["content"], v, "9999-12-31"),
    "made_to": lambda c, v, _a: said(c["content"], "0001-01-01", v),
    "published_since": lambda c, v, _a: c["published"] >= dt.datetime.fromisoformat(v),
    "published_until": lambda c, v, _a: c["published"] <= dt.datetime.fromisoformat(v),
    "updated_since": lambda c, v, _a: c["updated"] >= dt.datetime.fromisoformat(v),
    "updated_until": lambda c, v, _a: c["updated"] <= dt.datetime.fromisoformat(v),
    "cited_source": lambda c, v, _a: cites(c["content"], v),
}
ORDERS = {
    "-updated": lambda c: -c["sequence"],
    "updated": lambda c: c["sequence"],
    "-published": lambda c: -c["first"],
    "published": lambda c: c["first"],
}


def some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(",".join)


def pair(first, last, values):
    """Either end of a range, or both."""
    both = st.tuples(values, values).map(sorted).map(lambda ends: {first: ends[0], last: ends[1]})
    return st.one_of(values.map(lambda v: {first: v}), values.map(lambda v: {last: v}), both)


@cache
def moments():
    """Moments around all that was published, to the second of an edition, and far off."""
    hours = st.integers(min_value=-5, max_value=(CLAIMS + 25) * 3)
    near = hours.map(
        lambda hour: (START + dt.timedelta(hours=hour)).isoformat().replace("+00:00", "Z")
    )
    return st.one_of(near, st.sampled_from(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]))


days = st.one_of(st.sampled_from(DAYS), st.dates(dt.date(2019, 1, 1), dt.date(2025, 1, 1)).map(str))
numbers = st.one_of(st.sampled_from(NUMBERS), st.integers(0, 2000))
boxes = st.tuples(
    st.sampled_from(POINTS),
    st.tuples(*[st.sampled_from(PARALLELS)] * 2).map(sorted),
    st.sampled_from(POINTS),
).map(lambda edges: f"{edges[0]},{edges[1][0]},{edges[2]},{edges[1][1]}")
figures = st.builds(
    lambda harm, ends: {"figure_harm": harm} | ends,
    st.sampled_from(["killed", "injured", "missing"]),
    st.one_of(st.just({}), pair("figure_min", "figure_max", numbers)),
)
single = {
    "q": st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join),
    "status": some(["insufficient_evidence", "partly_supported", "corroborated", "not_checkable"]),
    "attribution": some(["single_report", "widely_reported", "primary_record"]),
    "claimant": st.integers(0, 3).map(lambda n: synthetic.name("agent", n)),
    "claimant_name": st.sampled_from(
        ["fla", "F.L.A", "azawad liberation FRONT", "omar diarra", "gao union", "Gao", "ازواد",
         "جَبهة تحرير ازواد", "the publisher's own voice"]
    ),
    "claimant_member_of": st.sampled_from([*ORGANISATIONS, "B0000003"]),
    "about": st.integers(0, 4).map(lambda n: synthetic.name("agent", n)),
    "event": st.integers(0, 3).map(lambda n: synthetic.name("event", n)),
    "aspect": some(["occurrence", "toll", "denial", "motive"]),
    "harm": some(["ordinary", "serious", "grave"]),
    "disputed": st.sampled_from(["true", "false"]),
    "origins_min": st.sampled_from([0, 1, 2, 3, 4, 20, 21, 22, 41]),
    "place": st.sampled_from(["gao", "GAO algeria", "algeria gao", "أزواد", "tonga", "town", "nukualofa", "alofa"]),
    "box": boxes,
    "language": some(["en", "ar", "fr", "taq-Tfng"]),
    "cited_source": st.sampled_from(
        ["kestoria.example", "example", "news.kestoria.example", "toria.example", "other.example",
         *filter(None, URLS), "http://news.kestoria.example/reports/1?a=1&b=2", "https://kestoria.example"]
    ),
}  # fmt: skip
parts = st.one_of(
    *[values.map(lambda value, name=name: {name: value}) for name, values in single.items()],
    figures,
    pair("made_from", "made_to", days),
    pair("published_since", "published_until", moments()),
    pair("updated_since", "updated_until", moments()),
)
questions = st.lists(parts, min_size=1, max_size=4).map(
    lambda some: {k: v for one in some for k, v in one.items()}
)


def ask(parameters):
    """All pages of an answer, and how many items there are said to be."""
    answer = Client().get("/api/v1/claims/", parameters)
    found, stops = [], 0
    while True:
        page = json.loads(answer.content)
        assert answer.status_code == 200, page
        found += [item["ref"] for item in page["items"]]
        stops += page.get("stopped_early", False)
        if page["next"] is None:
            return found, stops
        assert page["items"] or page.get("stopped_early")
        answer = Client().get(page["next"].removeprefix("http://testserver"))


def meant(standing, asked):
    return [
        claim
        for claim in standing
        if all(MEANS[name](claim, value, asked) for name, value in asked.items())
    ]


def is_refused(asked):
    """Ends of two ranges may have been drawn together that go backwards."""
    return any(
        first in asked and last in asked and asked[first] > asked[last]
        for first, last in (
            ("made_from", "made_to"), ("figure_min", "figure_max"),
            ("published_since", "published_until"), ("updated_since", "updated_until"),
        )
    )  # fmt: skip


def test_every_filter_is_asked_here_and_finds_something_and_not_everything(standing):
    from claims.api.filters import ClaimFilter

    assert MEANS.keys() == ClaimFilter.base_filters.keys()
    for name, values in single.items():
        examples = [{name: value} for value in _drawn(values)]
        sizes = {len(meant(standing, one)) for one in examples}
        assert any(0 < size < CLAIMS for size in sizes), name


def _drawn(values):
    import warnings

    import hypothesis.errors

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", hypothesis.errors.NonInteractiveExampleWarning)
        return [values.example() for _ in range(8)]


@settings(
    max_examples=120, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    asked=questions, order=st.sampled_from([None, *ORDERS]), limit=st.sampled_from([1, 7, 50, 200])
)
def test_the_list_holds_what_a_plain_reader_finds_in_its_order(standing, asked, order, limit):
    if is_refused(asked):
        return
    expected = sorted(meant(standing, asked), key=ORDERS[order or "-updated"])
    limit = max(limit, len(expected) // 6)
    parameters = asked | {"limit": min(limit, 200)} | ({"ordering": order} if order else {})
    assert ask(parameters)[0] == [claim["ref"] for claim in expected]
    total = json.loads(Client().get("/api/v1/claims/", {**asked, "total": "true"}).content)
    assert (total["total"], total["total_bound"]) == (len(expected), "exact")


@pytest.mark.parametrize("order", [*ORDERS, "relevance"])
def test_a_search_that_is_out_of_time_goes_on_where_it_stopped(standing, monkeypatch, order):
    monkeypatch.setattr(narrowing, "PATIENCE", -1)  # after each step
    asked = {"q": "flamingo"}
    expected = {claim["ref"] for claim in meant(standing, asked)}
    found, stops = ask({**asked, "ordering": order, "limit": 200})
    assert stops
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_count_that_is_out_of_time_says_so(standing, monkeypatch):
    monkeypatch.setattr(narrowing, "COUNTING_PATIENCE", -1)
    page = json.loads(Client().get("/api/v1/claims/", {"q": "flamingo", "total": "true"}).content)
    assert page["total_bound"] == "at_least"


@pytest.mark.parametrize("limit", [1, 3, 200])
@pytest.mark.parametrize("block", [4, 50, 2000])
def test_by_relevance_every_match_is_found_once(standing, monkeypatch, limit, block):
    monkeypatch.setattr(narrowing, "RANKED", block)
    asked = {"q": "zeppelin", "harm": "grave"}
    found, _stops = ask({**asked, "ordering": "relevance", "limit": limit})
    expected = [claim["ref"] for claim in meant(standing, asked)]
    assert sorted(found) == sorted(expected)
    assert len(expected) > 10


def test_what_fits_the_words_best_comes_first(standing):
    found, _stops = ask({"q": "flamingo", "ordering": "relevance", "limit": 200})
    words = {claim["ref"]: claim["content"]["statement"].split() for claim in standing}
    times = [words[ref].count("flamingo") for ref in found]
    assert times[0] > times[-1] == 1
