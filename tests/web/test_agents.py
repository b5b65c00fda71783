"""Pages of agents: names, roles, claims made and claims about, counted and never scored."""

import re

import pytest

from claims import example as worked_example
from claims.web import agents
from sources.acting import acting
from tests import desk_work as desk


def test_an_agent_has_its_names_its_kind_and_its_side(example, read):
    page = read(example("FLA"))
    assert "Azawad Liberation Front (FLA) Armed group, party to the conflict" in page
    assert "Other names FLA (acronym, English)" in page
    assert "Reliability F · cannot be judged" in page


def test_a_role_names_the_organisation_and_says_that_its_dates_are_not_known(
    example, read, visitor
):
    page = read(example("Diarra"))
    assert "Roles army chief, Malian armed forces (from when to when is not known)" in page
    assert f'href="{example("FAMa")}"' in visitor.get(example("Diarra")).content.decode()


def test_claims_made_are_counted_by_their_answers(example, read):
    page = read(example("FLA"))
    assert "6 claims made" in page
    assert "Is it so? Insufficient evidence 5 Not checkable 1" in page
    assert "Was it said? Single report 6" in page


def test_nothing_on_an_agents_page_is_a_share_or_an_average(example, visitor):
    for key in worked_example.AGENTS:
        page = visitor.get(example(key)).content.decode()
        assert not re.search(r"\d\s?%|\baverage\b|\bscore\b|\brank", page)


def test_what_is_claimed_on_somebodys_behalf_is_theirs_too_and_says_who_speaks(example, read):
    page = read(example("FAMa"))
    assert "2 claims made" in page
    assert "General Oumar Diarra, army chief, for Malian armed forces" in page


def test_claims_about_somebody_stand_under_whoever_makes_them(example, read):
    page = read(example("Wagner"))
    about = page.partition("Claims about them")[2]
    assert (
        "Azawad Liberation Front (FLA) · armed group, party to the conflict says: Wagner" in about
    )
    assert "Claims made" not in page, "there are none"


def test_a_count_leads_to_the_claims_it_counts(example, visitor):
    page = visitor.get(example("FLA")).content.decode()
    [address] = re.findall(r'href="([^"]+finding=not_checkable)"', page)
    listed = visitor.get(address.replace("&amp;", "&")).content.decode()
    assert listed.count('<article class="entry">') == 1


def test_each_list_of_an_agent_has_pages_of_its_own(example, visitor, monkeypatch):
    monkeypatch.setattr(agents, "SECTION", 4)
    first = visitor.get(example("FLA")).content.decode()
    older = re.search(r'rel="next" href="(\?made=\d+)#made"', first)
    assert older
    rest = visitor.get(example("FLA") + older[1]).content.decode()
    found = [re.findall(r'<h3><a href="(/claims/\w+/)"', page) for page in (first, rest)]
    assert [len(some) for some in found] == [4, 2]
    assert not set(found[0]) & set(found[1])
    assert "Insufficient evidence</a></span></th><td>5</td>" in rest, "all are counted"


@pytest.mark.parametrize("query", ["made=x", "made=-1", "about=%00", "made=" + "9" * 5000])
def test_a_place_that_is_none_begins_the_list_anew(example, visitor, query):
    answer = visitor.get(f"{example('FLA')}?{query}")
    assert answer.status_code == 200
    assert answer.content.count(b'<article class="entry">') == 6


def test_the_list_of_names_is_in_order_and_says_what_each_is_part_of(example, read):
    page = read("/agents/")
    names = [facts["name"] for facts in worked_example.AGENTS.values()]
    assert sorted(names, key=page.index) == sorted(names)
    assert "Malian armed forces state body, party to the conflict makes 2 claims" in page
    assert "Wagner armed group 2 claims about them" in page


def test_pages_of_the_list_hold_each_name_once(example, visitor, monkeypatch):
    monkeypatch.setattr(agents, "NAMES", 2)
    path, seen = "/agents/", []
    while path:
        page = visitor.get(path).content.decode()
        seen += re.findall(r'href="(/agents/\w{8}/)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/agents/{older[1]}".replace("&amp;", "&") if older else ""
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("after", ["", "x", "%00", "%ED%A0%80", "0" * 5000])
def test_any_place_in_the_list_of_names_is_answered(example, visitor, after):
    assert visitor.get(f"/agents/?after={after}").status_code == 200


def test_the_claims_page_leads_to_the_pages_of_claimant_and_source(example, visitor):
    page = visitor.get(example("C7")).content.decode()
    for key in ("Diarra", "FAMa", "article"):
        assert f'href="{example(key)}"' in page


@pytest.mark.django_db
def test_roles_are_told_with_their_dates_in_words(contributor, reviewer, publisher, visitor):
    port = desk.speaker(contributor, name="The port")
    docker = desk.speaker(contributor, name="A docker", wikidata="Q42")
    with acting(contributor):
        docker.affiliations.create(organisation=port, role="clerk", begins="2019-05", ends="2021~")
        docker.affiliations.create(organisation=port, role="head", begins="2022-02-XX")
    claim = desk.draft(contributor, claimant=docker)
    desk.publish(claim, reviewer, publisher)
    page = visitor.get(f"/agents/{docker.ref}/").content.decode()
    assert "(May 2019 to about 2021)" in page
    assert "(since between 1 February 2022 and 28 February 2022)" in page
    assert 'href="https://www.wikidata.org/wiki/Q42"' in page
    assert f"/agents/{port.ref}/" not in page, "no edition says anything else of the port"


@pytest.mark.django_db
def test_hostile_names_are_shown_as_they_are(contributor, reviewer, publisher, visitor):
    name = "<script>alert(1)</script>\u202e" + "W" * 150
    agent = desk.speaker(contributor, name=name)
    with acting(contributor):
        agent.names.create(name="<b>" + "x" * 190, language="en", kind="alias")
    desk.publish(desk.draft(contributor, claimant=agent), reviewer, publisher)
    for path in (f"/agents/{agent.ref}/", "/agents/"):
        page = visitor.get(path)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
        assert b"<b>x" not in page.content
