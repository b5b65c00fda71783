"""From the working copy to the exact text that is published."""

import hashlib
import json

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Basis, BearsOn
from claims.editions.models import Edition, PublishedClaim
from claims.review.content import candidate
from sources.acting import acting
from sources.choices import Access, DerivationCertainty, DerivationKind
from sources.models import Derivation
from tests import desk_work as desk

pytestmark = pytest.mark.django_db

SECRET = "Nurse at the port clinic"


@pytest.fixture
def claim(contributor):
    return desk.draft(contributor)


@pytest.fixture
def protected(claim, contributor):
    """A claim that rests on somebody whose name must never leave the desk."""
    witness = desk.source(
        contributor,
        kind="testimony",
        title=SECRET,
        section=SECRET,
        url="https://example.org/nurse",
        author=desk.speaker(contributor, name=SECRET),
        access=Access.PROTECTED,
        access_reason=SECRET,
        placeholder="one protected source, first-hand witness",
    )
    desk.evidence(
        claim,
        contributor,
        source=witness,
        basis=Basis.FIRST_HAND_WITNESS,
        exact=SECRET,
        prefix=SECRET,
        language="taq-Tfng",
        locator=SECRET,
        note=SECRET,
    )
    return witness


def test_the_content_is_canonical_json_and_the_digest_its_sha256(claim):
    made = candidate(claim)
    assert rfc8785.dumps(json.loads(made.content)).decode() == made.content
    assert hashlib.sha256(made.content.encode()).hexdigest() == made.digest


def test_the_same_claim_has_the_same_digest_until_something_changes(claim, contributor):
    before = candidate(claim).digest
    assert candidate(claim).digest == before
    desk.evidence(claim, contributor)
    assert candidate(claim).digest != before


def test_a_protected_source_shows_its_placeholder_and_nothing_else(claim, protected):
    item = candidate(claim).document["evidence"][1]
    assert item["source"] == {
        "access": "protected",
        "placeholder": "one protected source, first-hand witness",
    }
    assert (item["quotation"], item["locator"], item["note"]) == (None, "", "")
    assert protected.ref not in candidate(claim).content


def test_nothing_of_a_protected_source_reaches_the_public_record(
    claim, protected, reviewer, publisher
):
    desk.publish(claim, reviewer, publisher)
    public = Edition.objects.get().content + PublishedClaim.objects.get().derived
    assert SECRET not in public
    assert "nurse" not in public
    assert "taq-Tfng" not in public


def test_a_source_does_not_name_the_protected_one_it_came_from(claim, protected, contributor):
    report = claim.evidence.first().source
    with acting(contributor):
        Derivation.objects.create(child=report, parent=protected, kind=DerivationKind.QUOTES)
    assert candidate(claim).document["evidence"][0]["source"]["derived_from"] == []


def test_a_title_is_kept_with_the_claim_and_not_looked_up_later(claim, reviewer, publisher):
    edition = desk.publish(claim, reviewer, publisher)
    with acting(reviewer):
        claim.claimant.name = "The dockers' union"
        claim.claimant.save()
    edition.refresh_from_db()
    assert edition.document["claimant_name"] == "The union"


def test_an_edition_keeps_the_definition_of_its_day(claim, reviewer, publisher, administrator):
    edition = desk.publish(claim, reviewer, publisher)
    status = claim.assessments.get().finding
    with acting(administrator):
        status.definition = "Something else."
        status.save()
    assert Edition.objects.get(pk=edition.pk).document["finding"]["definition"] != "Something else."


def test_only_reviewed_translations_are_published(claim, contributor, reviewer):
    with acting(contributor):
        translation = claim.translations.create(
            language="fr", text="Les dockers ont cessé le travail.", created_by=contributor
        )
    assert candidate(claim).document["translations"] == []
    with acting(reviewer):
        translation.reviewed_by = reviewer
        translation.save()
    assert candidate(claim).document["translations"][0]["language"] == "fr"


def test_a_claim_with_much_evidence_takes_no_more_queries(claim, contributor):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            candidate(claim)
        return len(captured)

    desk.evidence(claim, contributor, source=desk.source(contributor, publisher=claim.claimant))
    few = queries()
    for _ in range(5):
        publisher = desk.speaker(contributor)
        desk.evidence(claim, contributor, source=desk.source(contributor, publisher=publisher))
    assert queries() == few


def independence(claim):
    return candidate(claim).document["independence"]


def test_ten_reprints_of_one_party_are_no_independent_origin(claim, contributor):
    party = desk.speaker(contributor, kind="armed_group", name="The front", party=True)
    statement = desk.source(contributor, title="Statement", author=party)
    desk.evidence(claim, contributor, source=statement, basis=Basis.PARTY_STATEMENT)
    for number in range(10):
        reprint = desk.source(
            contributor, publisher=desk.speaker(contributor, name=f"Paper {number}")
        )
        desk.evidence(claim, contributor, source=reprint, basis=Basis.WIRE_COPY)
        with acting(contributor):
            Derivation.objects.create(
                child=reprint,
                parent=statement,
                kind=DerivationKind.WIRE_REPRINT,
                certainty=DerivationCertainty.CONFIRMED,
            )
    assert independence(claim) == {
        "reports": 12,
        "publishers": 10,
        "party_statements": 1,
        "low": 0,
        "high": 0,
    }


def test_two_own_reports_are_two_origins_until_one_is_suspected_to_copy(claim, contributor):
    reports = [
        desk.source(contributor, publisher=desk.speaker(contributor, name=name))
        for name in ("Paper A", "Paper B")
    ]
    for report in reports:
        desk.evidence(claim, contributor, source=report, basis=Basis.OWN_REPORTING)
    assert (independence(claim)["low"], independence(claim)["high"]) == (2, 2)
    with acting(contributor):
        copy = Derivation.objects.create(
            child=reports[1], parent=reports[0], kind=DerivationKind.REWRITE
        )
    assert (independence(claim)["low"], independence(claim)["high"]) == (1, 2)
    with acting(contributor):
        copy.certainty = DerivationCertainty.REJECTED
        copy.save()
    assert (independence(claim)["low"], independence(claim)["high"]) == (2, 2)


def test_a_root_whose_basis_is_not_known_counts_at_most(claim, contributor):
    desk.evidence(claim, contributor, basis=Basis.UNKNOWN)
    assert (independence(claim)["low"], independence(claim)["high"]) == (0, 1)


def test_hearsay_and_the_claimants_own_word_never_count(claim, contributor):
    desk.evidence(claim, contributor, basis=Basis.HEARSAY)
    own = desk.source(contributor, publisher=claim.claimant)
    desk.evidence(claim, contributor, source=own, basis=Basis.OWN_REPORTING)
    assert independence(claim)["high"] == 0


def test_evidence_that_it_was_said_is_no_evidence_that_it_is_so(claim, contributor):
    desk.evidence(claim, contributor, bears_on=BearsOn.ATTRIBUTION, basis=Basis.OWN_REPORTING)
    assert independence(claim)["high"] == 0


def test_sources_that_only_copy_each_other_are_one_origin(claim, contributor):
    pair = [
        desk.source(contributor, publisher=desk.speaker(contributor, name=name))
        for name in ("Paper A", "Paper B")
    ]
    for report in pair:
        desk.evidence(claim, contributor, source=report, basis=Basis.OWN_REPORTING)
    for child, parent in (pair, reversed(pair)):
        with acting(contributor):
            Derivation.objects.create(child=child, parent=parent, kind=DerivationKind.REWRITE)
    assert independence(claim)["low"] == 1


def groups(claim):
    return [item["group"] for item in candidate(claim).document["evidence"]]


def test_pieces_whose_sources_come_from_one_origin_share_a_group(claim, contributor):
    wire, copy, other = (desk.source(contributor, title=title) for title in "abc")
    for source in (other, wire, copy):
        desk.evidence(claim, contributor, source=source)
    assert groups(claim) == [None, 1, 2, 3], "the first shows that it was said"
    with acting(contributor):
        copy.derived_from.create(parent=wire, kind=DerivationKind.WIRE_REPRINT)
    assert groups(claim) == [None, 1, 2, 2]


def test_reports_hang_together_through_a_source_that_is_no_evidence(claim, contributor):
    wire, one, two = (desk.source(contributor, title=title) for title in "abc")
    for source in (one, two):
        desk.evidence(claim, contributor, source=source)
        with acting(contributor):
            source.derived_from.create(parent=wire, kind=DerivationKind.REWRITE)
    assert groups(claim) == [None, 1, 1]


def test_a_rejected_derivation_joins_nothing(claim, contributor):
    one, two = (desk.source(contributor, title=title) for title in "ab")
    for source in (one, two):
        desk.evidence(claim, contributor, source=source)
    with acting(contributor):
        two.derived_from.create(
            parent=one, kind=DerivationKind.QUOTES, certainty=DerivationCertainty.REJECTED
        )
    assert groups(claim) == [None, 1, 2]


def test_a_protected_source_has_no_group_and_nobody_learns_what_comes_from_it(
    claim, protected, contributor
):
    for title in "ab":
        report = desk.source(contributor, title=title)
        desk.evidence(claim, contributor, source=report)
        with acting(contributor):
            report.derived_from.create(parent=protected, kind=DerivationKind.QUOTES)
    assert groups(claim) == [None, None, 1, 2]


def test_an_agent_is_called_by_all_its_names_and_roles(claim, contributor):
    port = desk.speaker(contributor, name="The port")
    with acting(contributor):
        claim.claimant.names.create(name="ⵜⴰⵎⴰⵛⵆ", language="taq-Tfng", kind="name")
        claim.claimant.names.create(name="TU", language="en", kind="acronym")
        claim.claimant.affiliations.create(organisation=port, role="tenant", begins="2021")
        claim.claimant.affiliations.create(organisation=port, role="owner", begins="2019-05")
    claimant = candidate(claim).document["claimant"]
    assert claimant["names"] == [
        {"name": "TU", "language": "en", "kind": "acronym"},
        {"name": "ⵜⴰⵎⴰⵛⵆ", "language": "taq-Tfng", "kind": "name"},
    ]
    roles = [(role["title"], role["from"], role["to"]) for role in claimant["roles"]]
    assert roles == [("owner", "2019-05", ""), ("tenant", "2021", "")]
    assert claimant["roles"][0]["organisation"] == {"ref": port.ref, "name": "The port"}
