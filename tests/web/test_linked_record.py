"""An edition as linked data: a processor reads in it what the record says, and nothing else."""

import json

import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import PROV

from claims.choices import BearsOn, ChangeKind
from claims.editions.addresses import Addresses
from claims.editions.choices import RelationType
from claims.editions.linked_record import linked_record
from claims.editions.linked_terms import OWN_RELATIONS, RELATIONS
from claims.editions.models import Edition
from claims.models import Claim
from claims.review import workflow
from sources.acting import acting
from sources.choices import Access, DerivationKind
from sources.models import Derivation
from tests import desk_work as desk
from tests.web.reasoning import CITO, FC, OA, SCHEMA, complaints, flat, record_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SITE = "http://testserver"
CLAIMS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "B1"]


def claim_of(path: str) -> URIRef:
    return URIRef(f"{SITE}{path}#claim")


@pytest.mark.parametrize("key", CLAIMS)
def test_every_edition_keeps_what_is_promised_of_its_data(example, visitor, key):
    graph = flat(record_graph(visitor, f"{example(key)}v1.jsonld"))
    assert len(graph) > 30
    assert complaints(graph, "edition.ttl") == ""


def test_the_shapes_can_be_broken(example, visitor):
    graph = flat(record_graph(visitor, f"{example('C3')}v1.jsonld"))
    graph.remove((None, FC.digest, None))
    graph.remove((None, OA.exact, None))
    found = complaints(graph, "edition.ttl")
    assert "fc:digest" in found
    assert "oa:exact" in found


def test_no_term_of_a_document_is_lost(example, visitor):
    """A name that the context does not know would be left out by a processor, without a word."""
    known = json.loads(visitor.get("/ns/claims/v1.jsonld").content)["@context"]

    def names(node: object) -> set[str]:
        match node:
            case dict():
                return set(node) | {name for value in node.values() for name in names(value)}
            case list():
                return {name for value in node for name in names(value)}
        return set()

    def kinds(node: object) -> set[str]:
        match node:
            case dict():
                here = node.get("@type", [])
                here = {here} if isinstance(here, str) else set(here)
                return here | {kind for value in node.values() for kind in kinds(value)}
            case list():
                return {kind for value in node for kind in kinds(value)}
        return set()

    for key in CLAIMS:
        data = json.loads(visitor.get(f"{example(key)}v1.jsonld").content)
        for name in names(data) | kinds(data):
            prefix, colon, rest = name.partition(":")
            assert name.startswith("@") or (prefix in known and (not colon or rest)), name


def test_it_tells_who_says_what_and_what_was_found(example, visitor):
    path = example("C3")
    graph = flat(record_graph(visitor, f"{path}v1.jsonld"))
    edition = URIRef(f"{SITE}{path}v1/")
    stored = Edition.objects.get(ref=path.split("/")[2])
    content = stored.document
    speaker = URIRef(f"{SITE}/agents/{content['claimant']['ref']}/")

    assert graph.value(edition, FC.digest) == Literal(stored.digest)
    assert graph.value(edition, SCHEMA.itemReviewed) == claim_of(path)
    assert graph.value(claim_of(path), SCHEMA.text) == Literal(content["statement"], lang="en")
    assert graph.value(claim_of(path), SCHEMA.author) == speaker
    assert str(graph.value(speaker, SCHEMA.name)) == "Azawad Liberation Front (FLA)"
    status = graph.value(edition, FC.contentStatus)
    assert str(graph.value(status, FC.code)) == "insufficient_evidence"
    assert str(graph.value(status, FC.definition)) == content["finding"]["definition"]


def test_both_claimants_are_named(example, visitor):
    graph = flat(record_graph(visitor, f"{example('C7')}v1.jsonld"))
    speakers = set(graph.objects(claim_of(example("C7")), SCHEMA.author))
    assert {str(graph.value(one, SCHEMA.name)) for one in speakers} == {
        "General Oumar Diarra",
        "Malian armed forces",
    }


def test_a_denial_disputes_and_does_not_refute(example, visitor):
    graph = flat(record_graph(visitor, f"{example('C7')}v1.jsonld"))
    denied = {claim_of(example(key)) for key in ("C1", "C3", "C4", "C5", "C6")}
    assert set(graph.objects(claim_of(example("C7")), FC.denies)) == denied
    assert set(graph.objects(claim_of(example("C7")), CITO.disputes)) == denied
    assert not set(graph.objects(None, CITO.refutes))


def test_every_relation_has_a_standard_term_and_a_meaning_of_its_own():
    assert set(RELATIONS) == set(OWN_RELATIONS) == set(RelationType.values)


def test_a_number_keeps_its_open_end(example, visitor):
    graph = flat(record_graph(visitor, f"{example('C3')}v1.jsonld"))
    figure = graph.value(claim_of(example("C3")), FC.figure)
    assert graph.value(figure, FC.minimum) == Literal(24, datatype=XSD.integer)
    assert graph.value(figure, FC.maximum) is None
    assert str(graph.value(figure, FC.verbatim)) == "at least 24 civilians"


def test_a_quotation_is_a_selector_in_its_source(example, visitor):
    graph = flat(record_graph(visitor, f"{example('C3')}v1.jsonld"))
    (selector,) = graph.subjects(RDF.type, OA.TextQuoteSelector)
    (quoted,) = graph.subjects(OA.hasSelector, selector)
    (piece,) = graph.subjects(OA.hasTarget, quoted)
    assert str(graph.value(selector, OA.exact)) == "coolly executed"
    assert graph.value(piece, OA.hasBody) == claim_of(example("C3"))
    source = graph.value(quoted, OA.hasSource)
    edition = URIRef(f"{SITE}{example('C3')}v1/")
    assert (edition, PROV.wasDerivedFrom, source) in graph
    assert str(piece).startswith(f"{edition}#e-")


def test_every_fragment_is_one_of_the_page(example, visitor):
    path = f"{example('C3')}v1"
    page = visitor.get(f"{path}/").content.decode()
    graph = flat(record_graph(visitor, f"{path}.jsonld"))
    pieces = [str(one).partition("#")[2] for one in graph.subjects(RDF.type, FC.Evidence)]
    assert pieces
    for piece in pieces:
        assert f'id="{piece}"' in page


def test_what_is_derived_stands_apart_and_only_where_the_claim_is_asked_for(example, visitor):
    path = example("C3")
    found = record_graph(visitor, path, accept="application/ld+json")
    name = URIRef(f"{SITE}{path}#derived")
    derived = found.graph(name)
    denial = claim_of(example("C7"))
    assert (claim_of(path), FC.disputed, Literal(True)) in derived
    assert (denial, CITO.disputes, claim_of(path)) in derived
    assert denial in set(derived.objects(claim_of(path), FC.disputeSet))
    assert (name, RDF.type, FC.DerivedFacts) in found.default_graph
    assert not set(found.default_graph.triples((None, FC.disputed, None)))
    assert complaints(flat(found), "edition.ttl") == ""

    own = record_graph(visitor, f"{path}v1.jsonld")
    assert not set(own.quads((None, FC.disputed, None, None)))
    assert str(denial) not in visitor.get(f"{path}v1.jsonld").content.decode()


@pytest.fixture
def claim(contributor) -> Claim:
    return desk.draft(contributor)


@pytest.mark.django_db
def test_a_protected_source_is_its_placeholder_and_nothing_else(
    claim, contributor, reviewer, publisher, visitor
):
    secret = desk.source(
        contributor,
        title="What Amina saw",
        access=Access.PROTECTED,
        access_reason="She would be in danger.",
        placeholder="one protected source, first-hand witness",
    )
    desk.evidence(claim, contributor, source=secret, bears_on=BearsOn.CONTENT)
    desk.publish(claim, reviewer, publisher)
    path = f"/claims/{claim.ref}/"
    for answer in (
        visitor.get(f"{path}v1.jsonld"),
        visitor.get(path, headers={"accept": "application/ld+json"}),
    ):
        assert "Amina" not in answer.content.decode()
        assert secret.ref not in answer.content.decode()
    graph = flat(record_graph(visitor, f"{path}v1.jsonld"))
    (node,) = graph.subjects(RDF.type, FC.ProtectedSource)
    assert str(graph.value(node, SCHEMA.description)) == "one protected source, first-hand witness"
    assert complaints(graph, "edition.ttl") == ""


@pytest.mark.django_db
def test_only_a_confirmed_derivation_is_told_as_one(
    claim, contributor, reviewer, publisher, visitor
):
    child = claim.evidence.get().source
    with acting(contributor):
        for title, certainty in (("The wire", "confirmed"), ("A rumour", "suspected")):
            parent = desk.source(contributor, title=title)
            Derivation.objects.create(
                child=child, parent=parent, kind=DerivationKind.REWRITE, certainty=certainty
            )
    desk.publish(claim, reviewer, publisher)
    graph = flat(record_graph(visitor, f"/claims/{claim.ref}/v1.jsonld"))
    source = URIRef(f"{SITE}/sources/{child.ref}/")

    def titles(relation: URIRef) -> list[str]:
        return [str(graph.value(one, SCHEMA.headline)) for one in graph.objects(source, relation)]

    assert titles(PROV.wasDerivedFrom) == ["The wire"]
    assert titles(FC.suspectedDerivation) == ["A rumour"]


@pytest.mark.django_db
def test_editions_form_a_chain_and_a_tombstone_ends_it(
    claim, contributor, reviewer, publisher, visitor
):
    desk.publish(claim, reviewer, publisher)
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    desk.change(claim, contributor, statement="They stopped.")
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    at = [URIRef(f"{SITE}/claims/{claim.ref}/v{number}/") for number in (1, 2, 3)]
    graph = Graph()
    for number in (1, 2, 3):
        graph += flat(record_graph(visitor, f"/claims/{claim.ref}/v{number}.jsonld"))
    assert [graph.value(one, PROV.wasRevisionOf) for one in at] == [None, at[0], at[1]]
    assert str(graph.value(at[1], FC.changeNote)) == desk.CORRECTION
    assert graph.value(at[1], PROV.invalidatedAtTime) == graph.value(at[2], PROV.generatedAtTime)
    assert str(graph.value(at[2], FC.changeNote)) == "It was about another town."
    assert complaints(graph, "edition.ttl") == ""


def test_the_context_explains_each_of_our_own_terms(visitor):
    data = json.loads(visitor.get("/ns/claims/v1.jsonld").content)
    own = {
        name
        for name, meaning in data["@context"].items()
        if str(meaning["@id"] if isinstance(meaning, dict) else meaning).startswith("fc:")
    }
    explained = {one["label"] for one in data["@graph"] if one["comment"]}
    assert own == explained


def test_the_context_may_be_read_by_any_page_and_is_not_sent_twice(visitor):
    answer = visitor.get("/ns/claims/v1.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    held = visitor.get("/ns/claims/v1.jsonld", headers={"if-none-match": answer["ETag"]})
    assert held.status_code == 304


@pytest.mark.django_db
def test_what_later_editions_hold_besides_is_told_too(claim, contributor, reviewer, publisher):
    """Editions gain keys (whom a claim is about, other names, roles); old ones do without."""
    edition = desk.publish(claim, reviewer, publisher)
    document = json.loads(edition.content)
    ship = document["claimant"] | {
        "ref": "5HPSHPSH",
        "name": "Port authority",
        "names": [{"name": "سلطة الميناء", "language": "ar", "kind": "translation"}],
        "roles": [
            {
                "title": "owner",
                "organisation": {"ref": "CTYCTYCT", "name": "The city"},
                "from": "2020",
                "to": "",
            }
        ],
    }
    document["about"] = [ship]
    document["evidence"][0]["group"] = 1
    edition.content = json.dumps(document)
    edition.__dict__.pop("document", None)
    data = linked_record(edition, Addresses("x"), site_name="S", licence_url="l")
    told = data["@graph"][0]
    (about,) = told["mainEntity"]["about"]
    assert about["alternateName"] == [{"@value": "سلطة الميناء", "@language": "ar"}]
    assert about["memberOf"][0]["memberOf"]["name"] == "The city"
    assert told["evidence"][0]["originGroup"] == 1
