"""Filters find what they name and refuse what they do not know."""

import datetime as dt
from urllib.parse import quote

import pytest

from bench import synthetic
from claims.api import words
from claims.api.filters import ClaimFilter
from claims.editions.models import PublishedClaim

ARABIC = {"language": "ar"}
FILTERS = {
    "status": ({"status": "corroborated"}, {"content_status": "corroborated"}),
    "attribution": ({"attribution": "single_report"}, {"attribution_status": "single_report"}),
    "claimant": (
        {"claimant": synthetic.name("agent", 0)},
        {"claimant_ref": synthetic.name("agent", 0)},
    ),
    "event": ({"event": synthetic.name("event", 1)}, {"event_ref": synthetic.name("event", 1)}),
    "aspect": ({"aspect": "toll"}, {"aspect": "toll"}),
    "harm": ({"harm": "grave"}, {"harm": "grave"}),
    "disputed": ({"disputed": "false"}, {"disputed": False}),
    "language": (ARABIC, ARABIC),
    "updated_since": (
        {"updated_since": "2026-01-01T01:01:40+01:00"},
        {"published_at__gte": dt.datetime(2026, 1, 1, 0, 1, 40, tzinfo=dt.UTC)},
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_exactly_what_it_names(get, name):
    asked, meant = FILTERS[name]
    found = get("claims/", limit=200, **asked).data["items"]
    expected = PublishedClaim.objects.filter(retracted=False, **meant).order_by("-sequence")
    assert [item["ref"] for item in found] == [claim.ref for claim in expected]
    assert 0 < len(found) < 119


def test_filters_are_joined_by_and(get):
    found = get("claims/", disputed="true", harm="grave", limit=200).data["items"]
    expected = PublishedClaim.objects.filter(retracted=False, disputed=True, harm="grave")
    assert len(found) == expected.count() > 0


def test_a_filtered_list_goes_on_with_the_same_filters(get):
    page = get("claims/", disputed="true", limit=10).data
    following = get(page["next"]).data["items"]
    assert len(following) == 10
    assert all(item["derived"]["disputed"] for item in following)


def test_a_language_tag_is_read_in_any_spelling(get):
    assert get("claims/", language="AR").data == get("claims/", language="ar").data
    assert get("claims/", language="taq-Tfng").data["items"] == []


REFUSED = [
    ("status", "nonsense"),
    ("status", "single_report"),  # of the other axis
    ("attribution", "corroborated"),
    ("status", "a b"),
    ("status", "x" * 200),
    ("claimant", "K"),
    ("claimant", "IIIIIIII"),
    ("event", "7K3QX2MD\n"),
    ("aspect", "everything"),
    ("harm", "Grave"),
    ("disputed", "1"),
    ("disputed", "maybe"),
    ("language", "not a tag"),
    ("language", "xx-yyyyyyyyyy"),
    ("language", "٣٤"),
    ("updated_since", "yesterday"),
    ("updated_since", "2026-01-01"),
    ("updated_since", "2026-01-01T00:00:00"),
    ("updated_since", "2026-02-30T00:00:00Z"),
    ("updated_since", "2026-01-01T00:00:00 01:00"),  # a + that was not escaped
    ("updated_since", "0000-01-01T00:00:00Z"),
    ("updated_since", "٢٠٢٦-01-01T00:00:00Z"),
    ("limit", "0"),
    ("limit", "201"),
    ("limit", "-1"),
    ("limit", "5.0"),
    ("limit", "٥"),
    ("limit", "9" * 200),
    ("cursor", "nonsense"),
    ("cursor", "é"),
    ("cursor", "A"),
    ("page", "2"),
    ("format", "api"),
    ("STATUS", "corroborated"),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_parameter_that_cannot_be_read_is_named(get, name, value):
    answer = get(f"claims/?{name}={quote(value)}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    [error] = answer.data["errors"]
    assert error["parameter"] == name
    assert error["detail"]


def test_what_is_allowed_is_said(get):
    assert "toll" in get("claims/", aspect="x").data["detail"]
    assert "corroborated" in get("claims/", status="x").data["detail"]
    assert "updated_since" in get("claims/", since="x").data["detail"]
    assert "from 1 to 200" in get("claims/", limit="x").data["detail"]


BROKEN = ["%00", "a%00b", "%ED%A0%80", "%FF%FE", "9" * 5000, "x" * 100_000, "", "%0A", "%27%22%3C"]
NAMES = [*ClaimFilter.base_filters, "limit", "cursor"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", BROKEN, ids=range(len(BROKEN)))
def test_no_text_is_too_broken_to_be_refused_politely(get, name, value):
    answer = get(f"claims/?{name}={value}")
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == name


@pytest.mark.parametrize("after", ["-1", "x", "9" * 5000, "1.0", "%00", "", "1e3", "%D9%A3"])
def test_a_position_is_a_whole_number(get, after):
    answer = get(f"changes/?after={after}")
    assert answer.status_code == 400
    assert answer.data["errors"][0]["parameter"] == "after"


def test_a_parameter_given_twice_is_refused(get):
    answer = get("claims/?harm=grave&harm=serious")
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (400, "repeated")


def test_a_thousand_parameters_are_refused(get):
    address = "claims/?" + "&".join(f"p{number}=1" for number in range(2000))
    assert get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["statuses/?x=1", "claims/K0000000/?limit=1", "claims/K0000000/editions/1/?after=1"]
)
def test_addresses_without_parameters_take_none(get, address):
    assert get(address).status_code == 400


def test_a_cursor_is_good_for_its_own_question_only(get):
    page = get("claims/", disputed="true", limit=5).data
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    other = get("claims/", disputed="false", cursor=cursor)
    assert (other.status_code, other.data["errors"][0]["code"]) == (400, "other_question")
    assert "other filters" in other.data["detail"]
    elsewhere = get("claims/K0000000/editions/", cursor=cursor)
    assert elsewhere.status_code == 400


def test_a_forged_cursor_is_refused(get):
    page = get("claims/", limit=5).data
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    for forged in (cursor[:-2], cursor[1:], cursor.swapcase(), cursor + "AA"):
        assert get("claims/", cursor=forged, limit=5).status_code == 400


def test_every_word_the_desk_can_choose_is_promised():
    from claims import choices as desk
    from sources import choices as ground

    promises = {
        words.ASPECTS: desk.Aspect,
        words.HARM_LEVELS: desk.Harm,
        words.CHECKABILITIES: desk.Checkability,
        words.VOICES: desk.Voice,
        words.TRANSLATION_METHODS: desk.TranslationMethod,
        words.CHANGES: desk.ChangeKind,
        words.AGENT_KINDS: ground.AgentKind,
        words.RELIABILITIES: ground.Reliability,
        words.EXISTENCES: desk.Existence,
        words.PRECISIONS: desk.Precision,
        words.AXES: desk.Axis,
        words.TONES: desk.Tone,
        words.BEARS_ON: desk.BearsOn,
        words.STANCES: desk.Stance,
        words.BASES: desk.Basis,
        words.CREDIBILITIES: desk.Credibility,
        words.SOURCE_KINDS: ground.SourceKind,
        (*words.OPEN_ACCESS, "protected"): ground.Access,
        words.DERIVATIONS: ground.DerivationKind,
        words.CERTAINTIES: ground.DerivationCertainty,
        words.FIGURE_HARMS: desk.FigureHarm,
        words.BOUNDS: desk.Bound,
        words.REPLY_STATES: desk.ReplyState,
    }
    for promised, chosen in promises.items():
        assert set(chosen.values) <= set(promised), chosen
