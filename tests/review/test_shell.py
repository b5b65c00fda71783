"""What somebody with a shell under the application's role tries, and what the database says."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.utils import ProgrammingError

from claims.choices import Decision, Harm, State
from claims.editions.models import Edition, StatusDefinition
from claims.models import Claim, Move, Review, VerificationStatus
from claims.review import workflow
from claims.review.content import Candidate, candidate
from sources.acting import acting
from sources.models import Agent
from tests import desk_work as desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(contributor: User) -> Claim:
    return desk.draft(contributor)


@pytest.fixture
def edition(claim, reviewer, publisher) -> Edition:
    return desk.publish(claim, reviewer, publisher)


def run(statement: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def insert_edition(content: Candidate, kind: str = "published") -> None:
    run(
        "INSERT INTO editions_edition (ref, kind, digest, content) VALUES (%s, %s, %s, %s)",
        content.document["ref"],
        kind,
        content.digest,
        content.content,
    )


def test_the_tests_run_as_the_role_of_the_site():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_publishing_alone(claim, publisher):
    with pytest.raises(IntegrityError, match="only an approved claim"), acting(publisher):
        insert_edition(candidate(claim))


def test_writing_the_approved_state(claim, publisher):
    with pytest.raises(IntegrityError, match="by a recorded move only"), acting(publisher):
        Claim.objects.filter(pk=claim.pk).update(state=State.APPROVED)


def test_writing_the_move_without_the_review_behind_it(claim, contributor):
    workflow.submit(claim, by=contributor)
    with pytest.raises(IntegrityError, match="no review behind"), acting(contributor):
        claim.moves.create(
            action="approve",
            from_state=State.IN_REVIEW,
            to_state=State.APPROVED,
            by=contributor,
            digest=candidate(claim).digest,
        )


def test_writing_a_move_that_does_not_exist(claim, contributor):
    with pytest.raises(IntegrityError, match="move_is_one_of_ours"), acting(contributor):
        claim.moves.create(
            action="submit",
            from_state=State.DRAFT,
            to_state=State.APPROVED,
            by=contributor,
            digest=candidate(claim).digest,
        )


def test_writing_the_move_without_the_edition_behind_it(claim, contributor, reviewer):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    with pytest.raises(IntegrityError, match="no edition behind"), acting(contributor):
        claim.moves.create(
            action="publish",
            from_state=State.APPROVED,
            to_state=State.PUBLISHED,
            by=contributor,
            digest=candidate(claim).digest,
            edition=1,
        )


def test_publishing_something_else_than_was_approved(claim, contributor, reviewer, publisher):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    other = Candidate.of(candidate(claim).document | {"statement": "They stole it."})
    with pytest.raises(IntegrityError, match="not what was submitted"), acting(publisher):
        insert_edition(other)


def test_publishing_under_a_digest_of_something_else(claim, contributor, reviewer, publisher):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    approved = candidate(claim)
    forged = Candidate(approved.document, approved.content + " ", approved.digest)
    with pytest.raises(IntegrityError, match="not what was submitted"), acting(publisher):
        insert_edition(forged)


def test_lowering_the_harm_level_on_the_way_out(contributor, reviewer, reviewer_two, publisher):
    grave = desk.draft(contributor, harm=Harm.GRAVE)
    workflow.submit(grave, by=contributor)
    desk.approve(grave, reviewer, reviewer_two)
    milder = Candidate.of(candidate(grave).document | {"harm": "ordinary"})
    with pytest.raises(IntegrityError, match="harm level"), acting(publisher):
        insert_edition(milder)


def test_an_edition_without_its_move_does_not_survive_the_transaction(
    claim, contributor, reviewer, publisher
):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    with pytest.raises(IntegrityError, match="by a recorded move only"), acting(publisher):
        insert_edition(candidate(claim))
        run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_retraction_that_says_something_new(claim, edition, publisher):
    tombstone = Candidate.of(
        {
            "ref": claim.ref,
            "reason": "Wrong.",
            "citation": {"digest": edition.digest, "statement": "They stole it."},
        }
    )
    with pytest.raises(IntegrityError, match="keeps the citation"), acting(publisher):
        insert_edition(tombstone, "retracted")


def test_editing_and_then_publishing(claim, contributor, reviewer, publisher):
    workflow.submit(claim, by=contributor)
    desk.approve(claim, reviewer)
    with pytest.raises(IntegrityError, match="take it back"), acting(publisher):
        Claim.objects.filter(pk=claim.pk).update(statement="They stole it.")
    with pytest.raises(IntegrityError, match="take it back"), acting(publisher):
        claim.evidence.update(exact="They stole it.", language="en")


def test_approving_in_somebody_elses_name(claim, contributor, reviewer):
    workflow.submit(claim, by=contributor)
    with pytest.raises(IntegrityError, match="own name"), acting(contributor):
        Review.objects.create(
            claim=claim,
            reviewer=reviewer,
            decision=Decision.APPROVE,
            digest=candidate(claim).digest,
        )


def test_editing_as_nobody(claim):
    with pytest.raises(IntegrityError, match="Nobody is named"):
        run("UPDATE claims_claim SET statement = 'They stole it.' WHERE id = %s", claim.pk)
    with pytest.raises(IntegrityError, match="Nobody is named"):
        run("UPDATE sources_agent SET name = 'They'")
    with pytest.raises(IntegrityError, match="Nobody is named"):
        run("INSERT INTO claims_event (ref, label, language) VALUES ('00000000', 'x', 'en')")


def test_editing_as_an_account_that_is_switched_off(claim, contributor):
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    with pytest.raises(IntegrityError, match="not active"), acting(contributor):
        Claim.objects.filter(pk=claim.pk).update(statement="They stole it.")


@pytest.mark.parametrize("made_up", ["robert", "1; DROP TABLE claims_claim", "-1", "99999999999"])
def test_editing_as_somebody_made_up(claim, made_up):
    with pytest.raises(IntegrityError, match="Nobody is named"), transaction.atomic():
        run("SELECT set_config('factcheck.actor', %s, true)", made_up)
        run("UPDATE claims_claim SET statement = 'They stole it.'")


@pytest.mark.parametrize(
    "table",
    [
        "claims_assessment",
        "claims_contribution",
        "claims_move",
        "claims_review",
        "editions_edition",
        "editions_ledger",
        "editions_statusdefinition",
        "sources_reliabilityrating",
    ],
)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_changing_what_is_append_only(statement, table, edition):
    statement = statement.format(table)
    if table == "editions_edition":
        statement = statement.replace("id = id", "content = content")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)


def test_deleting_a_claim(claim, contributor):
    with pytest.raises(DatabaseError), acting(contributor):
        run("DELETE FROM claims_claim WHERE id = %s", claim.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE claims_claim DISABLE TRIGGER ALL",
        "ALTER TABLE editions_edition DISABLE TRIGGER edition_1_gate",
        "DROP TRIGGER edition_1_gate ON editions_edition",
        "DROP FUNCTION gate_edition() CASCADE",
        (
            "CREATE OR REPLACE FUNCTION approvals_needed(harm text) RETURNS integer"
            " LANGUAGE sql AS 'SELECT 0'"
        ),
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id integer)",
        "CREATE TEMPORARY TABLE mine (id integer)",
        "CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE editions_edition OWNER TO CURRENT_USER",
    ],
)
def test_switching_the_rules_off(statement):
    with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"):
        run(statement)


def test_changing_the_author(claim, reviewer, contributor):
    with pytest.raises(IntegrityError, match="created_by_id of claims_claim cannot change"):
        desk.change(claim, contributor, created_by=reviewer)
    source = claim.evidence.get().source
    fixed = "created_by_id of sources_source cannot change"
    with pytest.raises(IntegrityError, match=fixed), acting(contributor):
        type(source).objects.filter(pk=source.pk).update(created_by=reviewer)


def test_writing_a_claim_in_somebody_elses_name(contributor, reviewer):
    with pytest.raises(IntegrityError, match="own name"), acting(contributor):
        Claim.objects.create(
            statement="x", aspect="occurrence", voice="publisher", created_by=reviewer
        )


@pytest.mark.parametrize("model", [Claim, Agent])
def test_changing_a_permanent_name(model, claim, contributor):
    with pytest.raises(IntegrityError, match=r"ref of .* cannot change"), acting(contributor):
        model.objects.update(ref="00000000")


def test_removing_oneself_from_the_contributors(claim, contributor):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(contributor):
        run("DELETE FROM claims_contribution WHERE user_id = %s", contributor.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(contributor):
        run("UPDATE claims_contribution SET edition = 99 WHERE user_id = %s", contributor.pk)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE claims_claim SET wanted = 'x'",
        "UPDATE claims_evidence SET note = 'x'",
        "DELETE FROM claims_evidence",
        (
            "INSERT INTO claims_figure (ref, claim_id, harm, population, subgroup, bound, words,"
            " language, rule) SELECT '00000000', id, 'killed', 'x', '', 'word', 'many', 'en', ''"
            " FROM claims_claim"
        ),
        "UPDATE sources_source SET section = 'x'",
        "UPDATE sources_agent SET note = 'x'",
        (
            "INSERT INTO sources_agentname (agent_id, name, language, kind)"
            " SELECT id, 'x', 'en', 'alias' FROM sources_agent"
        ),
    ],
)
def test_every_edit_by_raw_sql_makes_a_contributor(edit, claim, reviewer):
    with acting(reviewer):
        run(edit)
    assert claim.contributions.filter(user=reviewer).exists()


def test_an_edit_that_changes_nothing_makes_no_contributor(claim, reviewer):
    with acting(reviewer):
        run("UPDATE claims_claim SET wanted = wanted")
    assert not claim.contributions.filter(user=reviewer).exists()


def test_moving_evidence_to_another_claim(claim, contributor):
    other = desk.draft(contributor, claimant=claim.claimant)
    with pytest.raises(IntegrityError, match="cannot be moved to another"), acting(contributor):
        claim.evidence.update(claim=other)


def test_cascading_through_a_deleted_account(edition, contributor, reviewer):
    with pytest.raises(ProtectedError):
        reviewer.delete()
    for account in (contributor, reviewer):
        with pytest.raises(IntegrityError, match="foreign key"):
            run(
                "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM auth_user_groups; "
                "DELETE FROM auth_user WHERE id = %s",
                account.pk,
            )


def test_deleting_or_recoding_a_verification_status(administrator):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(administrator):
        VerificationStatus.objects.filter(code="false").delete()
    fixed = "code of claims_verificationstatus cannot change"
    with pytest.raises(IntegrityError, match=fixed), acting(administrator):
        VerificationStatus.objects.filter(code="false").update(code="true")


def test_rewording_a_status_keeps_the_old_definition_on_record(administrator):
    with acting(administrator):
        VerificationStatus.objects.filter(code="false").update(definition="Not so.")
    definitions = StatusDefinition.objects.filter(code="false").order_by("id")
    assert [item.definition == "Not so." for item in definitions] == [False, True]


def test_answering_one_question_with_a_status_of_the_other(claim, contributor):
    wrong = VerificationStatus.objects.filter(axis="attribution").first()
    with pytest.raises(IntegrityError, match="a status of its own"), acting(contributor):
        claim.assessments.create(
            attribution=wrong, finding=wrong, rationale="x", assessed_by=contributor
        )


def test_giving_a_denial_a_figure(contributor):
    denial = desk.draft(contributor, aspect="denial")
    with pytest.raises(IntegrityError, match="A denial gives no figure"), acting(contributor):
        denial.figures.create(
            harm="killed", population="x", bound="exact", minimum=0, maximum=0, words="none"
        )


def test_the_order_of_moves_cannot_be_backdated(claim, contributor):
    workflow.submit(claim, by=contributor)
    with acting(contributor):
        move = Move.objects.create(
            claim=claim,
            action="take_back",
            from_state="in_review",
            to_state="draft",
            by=contributor,
            digest=candidate(claim).digest,
            at="2001-01-01T00:00:00Z",
        )
    move.refresh_from_db()
    assert move.at.year > 2001


def test_reviewing_a_translation_in_somebody_elses_name(claim, contributor, reviewer):
    with acting(contributor):
        translation = claim.translations.create(
            language="fr", text="Les dockers ont cessé le travail.", created_by=contributor
        )
    with pytest.raises(IntegrityError, match="own name"), acting(contributor):
        claim.translations.update(reviewed_by=reviewer)
    with acting(reviewer):
        claim.translations.update(reviewed_by=reviewer)
    with acting(contributor):
        claim.translations.update(text="Les dockers ont tout volé.")
    translation.refresh_from_db()
    assert translation.reviewed_by is None, "the review was of other words"


def test_a_reviewer_who_mends_a_translation_vouches_for_the_mended_words(
    claim, contributor, reviewer
):
    with acting(contributor):
        translation = claim.translations.create(
            language="fr", text="Les dockers ont cesse le travail.", created_by=contributor
        )
    with acting(reviewer):
        claim.translations.update(text="Les dockers ont cessé le travail.", reviewed_by=reviewer)
    translation.refresh_from_db()
    assert translation.reviewed_by == reviewer
