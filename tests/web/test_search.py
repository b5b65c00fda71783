"""Searching: one box over what was said, by whom and where."""

import json
import re
from urllib.parse import urlencode

import pytest

from claims import example as worked_example
from claims.choices import TranslationMethod
from claims.editions.models import PublishedText
from claims.models import Event
from claims.web import record
from sources.acting import acting
from sources.models import Agent
from tests import desk_work as desk


def hits(visitor, **asked: str) -> list[str]:
    page = visitor.get(f"/claims/?{urlencode(asked)}")
    assert page.status_code == 200
    return re.findall(r'<h3><a href="/claims/(\w{8})/"', page.content.decode())


def named(*keys: str) -> set[str]:
    return {worked_example.ref(key) for key in keys}


@pytest.fixture
def found(example, visitor):
    """The names, in the worked example, of the claims that a search finds."""
    keys = [f"C{n}" for n in range(1, 10)] + [f"B{n}" for n in range(1, 6)]
    names = {worked_example.ref(key): key for key in keys}
    return lambda query, **more: [names[ref] for ref in hits(visitor, q=query, **more)]


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("massacre", {"C6"}),
        ("MASSACRE", {"C6"}),
        ("màssacré", {"C6"}),
        ("coup", {"B1"}),  # "coups": another form of the word
        ("relying", {"B2"}),
        ('"supported the soldiers"', {"C2"}),
        ('"soldiers supported"', set()),
        ("“supported the soldiers”", {"C2"}),
        ("soldiers -shooting", {"C1", "C2"}),
        ('soldiers -"supported the soldiers"', {"C1", "C3"}),
        ("Diarra", {"C7", "C8"}),
        ("army chief baseless", {"C7"}),
        ("coolly", {"C3"}),
        ("Niger ECOWAS", {"B3"}),
        ("12000", set()),
        ("peacekeepers 12,000", {"B5"}),
        ("the women and the children", {"C5"}),
        ("Burkina-Faso", {"B3"}),
    ],
)
def test_words_find_claims_in_any_of_their_forms(found, query, claims):
    assert set(found(query)) == claims


def test_places_and_events_are_searched_too(found):
    on_the_road = {f"C{n}" for n in range(1, 9)}
    assert set(found("Algeria")) == on_the_road
    assert set(found("investigation ordered")) == {"C9"}


def test_a_word_in_a_near_spelling_is_found_and_the_page_says_so(found, read):
    assert set(found("masacre")) == {"C6"}
    page = read("/claims/?q=masacre")
    assert "No claim has “masacre” in this spelling. Searched beside it: massacre" in page


def test_words_that_no_claim_has_together_find_those_that_have_some(found, read):
    assert found("massacre ECOWAS")[:2] in (["C6", "B3"], ["B3", "C6"])
    assert "No claim has all of these words." in read("/claims/?q=massacre+ECOWAS")


def test_a_whole_sentence_finds_the_claim_that_says_it(found):
    asked = "How many were executed when the soldiers shot at least 24 people near the border?"
    assert found(asked)[0] == "C3"


def test_what_was_found_is_marked_and_the_claimant_stands_before_it(example, visitor):
    page = visitor.get("/claims/?q=baseless").content.decode()
    entry = page.partition('<article class="entry">')[2].partition("</article>")[0]
    assert "<mark>baseless</mark>" in entry
    assert entry.index("General Oumar Diarra") < entry.index("<mark>baseless</mark>")


def test_facets_count_the_matches_and_lead_to_them(example, visitor, found):
    page = visitor.get("/claims/?q=soldiers").content.decode()
    link = re.search(
        r'<a href="(\?q=soldiers&amp;aspect=toll)"><bdi>[^<]+</bdi> <span class="count">(\d+)<',
        page,
    )
    assert link
    assert link[2] == "1"
    assert found("soldiers", aspect="toll") == ["C3"]


def test_a_filter_in_force_can_be_taken_away(example, visitor):
    page = visitor.get("/claims/?q=soldiers&aspect=toll").content.decode()
    chosen = page.partition('<ul class="chosen"')[2].partition("</ul>")[0]
    assert 'href="?q=soldiers"' in chosen
    assert 'href="?aspect=toll"' in chosen


def test_an_order_can_be_chosen(found, read):
    newest, oldest = found("soldiers", sort="newest"), found("soldiers", sort="oldest")
    assert newest == oldest[::-1]
    assert set(newest) == set(found("soldiers"))


def test_an_unknown_order_is_left_out_and_the_page_says_so(found, read):
    assert found("soldiers", sort="loudest") == found("soldiers")
    assert "not understood" in read("/claims/?q=soldiers&sort=loudest")


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_pages_of_what_was_found_hold_each_claim_once(example, visitor, monkeypatch, order):
    monkeypatch.setattr(record, "PAGE", 4)
    path, seen = f"/claims/?q=mali&sort={order}", []
    while path:
        page = visitor.get(path).content.decode()
        seen += re.findall(r'<h3><a href="/claims/(\w+)/"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/claims/{older[1]}".replace("&amp;", "&") if older else ""
    monkeypatch.setattr(record, "PAGE", 30)
    assert len(seen) > 4
    assert seen == hits(visitor, q="mali", sort=order)


def test_no_match_says_so_and_offers_what_to_do(example, read):
    page = read("/claims/?q=xylophones&aspect=toll")
    assert "No claim matches." in page
    assert "Search the same words without filters" in page


@pytest.mark.parametrize(
    "query",
    [
        "\0",
        "a\0b",
        "x" * 10_000,
        "word " * 2_000,
        "...!?;:",
        '"',
        '"unbalanced phrase',
        "-",
        "--",
        "- soldiers",
        "-soldiers",
        '-""',
        "\u202esrediolos",
        "\u2067\u200f",
        "' OR 1=1 --",
        "\\",
        "a & | ! <-> :*",
        "%s %(x)s {}",
        "<script>alert(1)</script>",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "ﷺ",
        "़",
    ],
)
def test_whatever_is_typed_is_answered_with_a_page(example, visitor, query):
    answer = visitor.get("/claims/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_only_punctuation_finds_nothing(found):
    assert found("...!?") == []


def test_words_only_left_out_find_the_others(found):
    assert set(found("-soldiers")) == {"B1", "B2", "B3", "B4", "B5", "C4", "C5", "C6", "C7", "C8",
                                       "C9"}  # fmt: skip


@pytest.mark.parametrize("query", ["q=soldiers", "q=masacre", "q=massacre+ECOWAS", "q=-x&page=2",
                                   "q=soldiers&sort=oldest&disputed=yes", "q=zzz"])  # fmt: skip
def test_a_search_costs_two_questions_to_the_database(
    example, visitor, django_assert_max_num_queries, query
):
    with django_assert_max_num_queries(2):
        visitor.get(f"/claims/?{query}")


@pytest.mark.django_db
class TestLanguages:
    @pytest.fixture
    def published(self, contributor, reviewer, publisher):
        def publish(**facts):
            claim = desk.draft(contributor, **facts)
            desk.publish(claim, reviewer, publisher)
            return claim

        return publish

    @pytest.mark.parametrize(
        ("language", "statement", "queries"),
        [
            ("fr", "Les militaires ont exécuté des civils.", ["executes", "militaire", "EXÉCUTÉ"]),
            ("ar", "قتل الجنود مدنيين في القرية.", ["جندي جنود", "قريه", "قرية", "الجُنود"]),
            ("en", "Soldiers were killing villagers.", ["kill", "soldier", "villager"]),
            ("taq-Tfng", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵎⵓⵔⵜ.", ["ⵜⴰⵎⵓⵔⵜ"]),
            ("es", "Los soldados detuvieron a los campesinos.", ["soldado", "campesino"]),
        ],
    )
    def test_words_are_found_in_the_forms_of_their_language(
        self, published, visitor, language, statement, queries
    ):
        claim = published(language=language, statement=statement)
        for query in queries:
            assert hits(visitor, q=query) == [claim.ref], query

    def test_a_reviewed_translation_is_searched_and_shown(
        self, contributor, reviewer, reviewer_two, publisher, visitor
    ):
        claim = desk.draft(contributor)
        with acting(contributor):
            made = claim.translations.create(
                created_by=contributor,
                language="fr",
                text="Les dockers ont cessé le travail.",
                rationale="Parce que.",
                translator="T. Example",
                method=TranslationMethod.HUMAN,
            )
        with acting(reviewer_two):
            made.reviewed_by = reviewer_two
            made.save()
        desk.publish(claim, reviewer, publisher)
        page = visitor.get("/claims/?q=cessent").content.decode()
        assert "Translated" in page
        assert "ont <mark>cessé</mark> le travail" in page

    def test_a_claim_found_by_its_quotation_shows_it(
        self, contributor, reviewer, publisher, visitor
    ):
        claim = desk.draft(contributor)
        words = "On nous a dit : les grues resteront immobiles <jusqu'à dimanche>."
        desk.evidence(claim, contributor, bears_on="attribution", exact=words, language="fr")
        desk.publish(claim, reviewer, publisher)
        page = visitor.get("/claims/?q=immobile").content.decode()
        passage = page.partition('<dl class="passages">')[2].partition("</dl>")[0]
        assert "Quoted" in passage
        assert 'lang="fr"' in passage
        assert "<mark>immobiles</mark> &lt;jusqu&#x27;à dimanche&gt;" in passage

    def test_the_year_is_the_events_else_that_of_what_was_said(
        self, published, contributor, visitor
    ):
        with acting(contributor):
            event = Event.objects.create(label="Strike at Port Example", time="2023-04")
        of_event = published(event=event, made="2024-01-01")
        said = published(made="2024-02-02")
        published()
        assert hits(visitor, year="2023") == [of_event.ref]
        assert hits(visitor, year="2024") == [said.ref]

    def test_a_retracted_claim_is_not_found_and_its_words_are_forgotten(
        self, published, publisher, visitor, read
    ):
        from claims.review import workflow

        claim = published(statement="The quayside rhinoceros escaped.")
        assert hits(visitor, q="rhinoceros") == [claim.ref]
        workflow.retract(claim, by=publisher, reason="No such animal.")
        assert hits(visitor, q="rhinoceros") == []
        assert "rhinoceros" not in read("/claims/?q=rhinocerus")

    def test_a_claimant_is_found_by_name(self, published, contributor, visitor):
        with acting(contributor):
            agent = Agent.objects.create(kind="organisation", name="Syndicat des dockers de Gao")
        claim = published(claimant=agent)
        published()
        assert hits(visitor, q="syndicat dockers") == [claim.ref]
        assert hits(visitor, claimant=agent.ref) == [claim.ref]
        assert "Claimant Syndicat des dockers de Gao" in self.read(visitor, agent)

    def read(self, visitor, agent):
        from tests.web.conftest import words

        return words(visitor.get(f"/claims/?claimant={agent.ref}").content)

    def test_words_of_a_protected_source_are_not_searched(
        self, contributor, reviewer, publisher, visitor
    ):
        claim = desk.draft(contributor)
        evidence = claim.evidence.get()
        with acting(contributor):
            evidence.exact, evidence.language = "secretive flamingo", "en"
            evidence.save()
            evidence.source.access = "protected"
            evidence.source.access_reason = "A witness."
            evidence.source.placeholder = "one protected source"
            evidence.source.save()
        desk.publish(claim, reviewer, publisher)
        assert hits(visitor, q="flamingo") == []
        assert "flamingo" not in json.dumps(list(PublishedText.objects.values("texts")))
