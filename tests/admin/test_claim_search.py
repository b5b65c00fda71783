"""Claims are found by their words, by who says so, and in any script."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from claims.admin import filters
from claims.choices import Harm
from claims.models import Event
from sources.acting import acting
from sources.choices import Access
from tests import desk_work

from .listing import LIST, claim
from .pages import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "dockers",
        "DOCKÉRS",
        "docke",
        "union stopped",
        "“stopped work”",
        '"port example"',
        "syndicat général",
        "Syndicat-General",
        "tools laid",
        "strike vallée",
        "of",
    ],
)
def test_claims_are_found_by_words_wherever_they_stand(shown, draft, contributor, words):
    with acting(contributor):
        draft.claimant.names.create(name="Syndicat général", language="fr")
        draft.event = Event.objects.create(label="Strike in the Vallée")
        draft.save()
    desk_work.evidence(draft, contributor, exact="We laid down our tools.", language="en")
    claim(contributor, "Something else.", claimant=desk_work.speaker(contributor, name="Else"))
    assert shown(q=words) == [draft.statement]


@pytest.mark.parametrize(
    "words", ["pilots", "dockers pilots", '"work stopped"', '"work port"', "do", "«»", "%", "_____"]
)
def test_claims_in_which_one_of_the_words_is_missing_are_not_found(shown, draft, words):
    assert shown(q=words) == []


def test_a_claim_is_found_by_its_ref(shown, draft, contributor):
    claim(contributor, "Another.")
    assert shown(q=draft.ref) == shown(q=draft.ref.lower()) == [draft.statement]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "قتل"),
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "اربعة"),
        ("قُتل أربعة وعشرون شخصاً على الأقل.", "“شخصا على”"),
        ("قُتل ٢٤ شخصاً.", "24"),
        ("ⵎⵎⵓⵜⵏ 24 ⵏ ⵎⴷⴷⵏ", "ⵎⵎⵓⵜⵏ"),
        ("Они остановили работу.", "РАБОТУ"),
    ],
)
def test_words_in_other_scripts_are_found(shown, contributor, statement, words):
    claim(contributor, statement)
    claim(contributor, "Something else.")
    assert shown(q=words) == [statement]


def test_every_script_is_found_through_an_index(draft):
    """Where LC_CTYPE is C, pg_trgm sees no letter that is not ASCII: folding must leave none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm(fold_words(%s)))", ["ⵎⵎⵓⵜⵏ"])
        assert cursor.fetchone()[0] > 3


def test_what_a_protected_source_said_is_found_by_those_who_may_see_it(
    shown, draft, contributor, reviewer, administrator
):
    hidden = desk_work.source(
        reviewer,
        access=Access.PROTECTED,
        access_reason="They asked for it.",
        placeholder="one protected source",
    )
    desk_work.evidence(
        draft, contributor, source=hidden, exact="The bridge was mined.", language="en"
    )
    assert shown(by=reviewer, q="mined") == [draft.statement]
    assert shown(by=contributor, q="mined") == []
    assert shown(by=administrator, q="mined") == []


def test_whoever_entered_a_protected_source_finds_what_it_said(shown, draft, contributor):
    own = desk_work.source(
        contributor,
        access=Access.PROTECTED,
        access_reason="They asked for it.",
        placeholder="one protected source",
    )
    desk_work.evidence(draft, contributor, source=own, exact="The bridge was mined.", language="en")
    assert shown(q="mined dockers") == [draft.statement]


def test_a_source_that_becomes_protected_is_searched_no_more(shown, draft, contributor):
    source = desk_work.source(contributor)
    desk_work.evidence(draft, contributor, source=source, exact="It was mined.", language="en")
    stranger = contributor.__class__.objects.create_user("stranger", is_staff=True)
    stranger.groups.add(Group.objects.get(name="contributor"))
    assert shown(by=stranger, q="mined") == [draft.statement]
    with acting(contributor):
        source.access, source.access_reason = Access.PROTECTED, "They asked for it."
        source.placeholder = "one protected source"
        source.save()
    assert shown(by=stranger, q="mined") == []


def test_a_search_that_finds_very_many_shows_all_and_counts_some(
    shown, number, listed, contributor, monkeypatch
):
    monkeypatch.setattr(filters, "HITS", 2)
    for n in range(4):
        claim(contributor, f"Strike {n}.", harm=Harm.GRAVE if n else Harm.ORDINARY)
    claim(contributor, "Something else.")
    assert shown(q="strike", harm="grave") == ["Strike 3.", "Strike 2.", "Strike 1."]
    assert "3+ claims" in listed(q="strike")
    assert number("state", "draft", q="strike") == "3+"


def test_a_search_keeps_the_filters_and_what_was_typed(desk, draft, contributor):
    page = desk(contributor).get(at(LIST), {"q": 'a "b', "harm": "ordinary"})
    content = page.content.decode()
    assert 'name="harm" value="ordinary"' in content
    assert 'name="q" value="a &quot;b"' in content
