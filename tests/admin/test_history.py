"""The history of everything, made by the database, told in plain words."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.models import Evidence, VerificationStatus
from claims.review import workflow
from sources.acting import acting
from sources.models import Agent, AgentMerge, Change, Source
from tests import desk_work

from .pages import at, claim_page, form_of, make_move, row, told, words_of

pytestmark = pytest.mark.django_db

NAME = "Letter from the harbour master’s clerk"


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_texts_are_compared_word_by_word(desk, draft, contributor):
    desk_work.change(draft, contributor, statement="The dockers of Port Sample stopped work.")
    page = desk(contributor).get(at("claims_claim_history", draft.pk)).content.decode()
    assert "[was: </span>Example<span" in page
    assert "[is: </span>Sample<span" in page


def test_the_values_at_creation_are_told(desk, draft, contributor):
    words = told(desk(contributor), draft)
    assert "claim, added statement The dockers of Port Example stopped work." in words
    assert "claimant The union" in words
    assert "aspect what happened" in words


def test_the_rows_that_belong_to_a_claim_are_part_of_its_story(desk, draft, contributor):
    words = told(desk(contributor), draft)
    assert "evidence, added: Strike called" in words
    assert "assessment, added: Not assessed" in words
    assert "rationale Because." in words


def test_evidence_that_is_gone_stays_readable(desk, draft, contributor):
    desk_work.evidence(draft, contributor, exact="We laid down our tools.", language="en")
    with acting(contributor):
        Evidence.objects.filter(exact__startswith="We laid").delete()
    assert "evidence, removed: Strike called" in told(desk(contributor), draft)
    page = desk(contributor).get(at("claims_claim_history", draft.pk)).content.decode()
    assert page.count("We laid down our tools.") == 2


def test_names_roles_and_ratings_are_part_of_an_agents_story(desk, contributor):
    agent = desk_work.speaker(contributor)
    port = desk_work.speaker(contributor, name="The port")
    with acting(contributor):
        agent.names.create(name="Le syndicat", language="fr")
        agent.affiliations.create(organisation=port, role="guest")
        agent.ratings.create(grade="B", rationale="Right so far.", rated_by=contributor)
    words = told(desk(contributor), agent)
    for said in ("other name, added: Le syndicat", "organisation The port", "Right so far."):
        assert said in words


def test_origins_are_part_of_a_sources_story(desk, contributor):
    origin = desk_work.source(contributor, title="The leaflet")
    report = desk_work.source(contributor, title="Harbour closed")
    with acting(contributor):
        report.derived_from.create(parent=origin, kind="quotes")
    assert "derivation, added: The leaflet" in told(desk(contributor), report)


def test_a_script_is_recorded_as_well(desk, draft, contributor):
    with acting(contributor):
        sql("UPDATE claims_claim SET wanted = %s WHERE id = %s", "A recording.", draft.pk)
        sql("DELETE FROM claims_evidence WHERE claim_id = %s", draft.pk)
    newest, next_one = Change.objects.about(draft)[:2]
    assert (newest.table_name, newest.after) == ("claims_evidence", None)
    assert (next_one.after, next_one.before["wanted"]) == ({"wanted": "A recording."}, "")
    assert newest.by == next_one.by == contributor
    assert newest.transaction == next_one.transaction
    assert "what would move it" in told(desk(contributor), draft)


def test_what_changes_nothing_is_not_recorded(draft, contributor):
    before = Change.objects.newest()
    desk_work.change(draft, contributor, wanted=draft.wanted)
    assert Change.objects.newest() == before


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO sources_change VALUES (1, 't', 1, 't', 1, NULL, NULL, now(), 1, NULL)",
        "UPDATE sources_change SET by_id = NULL",
        "DELETE FROM sources_change",
        "TRUNCATE sources_change",
        "ALTER TABLE claims_claim DISABLE TRIGGER history_of_id",
    ],
)
def test_the_history_can_be_neither_forged_nor_silenced(draft, statement):
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with refused, transaction.atomic():
        sql(statement)


def test_a_finding_is_read_with_the_word_it_had_then(desk, draft, contributor, administrator):
    desk_work.assess(draft, contributor, finding="not_checkable")
    status = VerificationStatus.objects.get(code="not_checkable")
    with acting(administrator):
        VerificationStatus.objects.filter(pk=status.pk).update(label="Beyond us", retired=True)
    assert "Is it so? Not checkable" in told(desk(contributor), draft)
    words = told(desk(administrator), status)
    assert "retired [was: no ] [is: yes ]" in words
    assert "label [was: Not checkable ] [is: Beyond us ]" in words


def test_an_agent_is_read_by_the_name_it_had_then(desk, draft, contributor):
    with acting(contributor):
        Agent.objects.filter(pk=draft.claimant_id).update(name="The old union")
    desk_work.change(draft, contributor, on_behalf_of=draft.claimant_id)
    words = told(desk(contributor), draft)
    assert "on behalf of nothing [is: The old union ]" in words
    assert "claimant The union" in words


def test_a_merge_is_told_by_both(desk, reviewer):
    one, two = (desk_work.speaker(reviewer, name=name) for name in ("FLA", "F.L.A."))
    with acting(reviewer):
        AgentMerge.objects.create(merged=two, into=one, reason="Same front.", merged_by=reviewer)
    assert "merge of agents, added: FLA" in told(desk(reviewer), two)
    survivor = told(desk(reviewer), one)
    assert "Same front." in survivor
    assert "F.L.A." in survivor


def test_the_roles_of_an_account_are_told_and_its_password_never(desk, contributor, administrator):
    client = desk(administrator)
    page = at("auth_user_change", contributor.pk)
    group = Group.objects.get(name="reviewer")
    client.post(page, form_of(client.get(page)) | {"groups": group.pk})
    with acting(administrator):
        contributor.set_password("something else entirely")
        contributor.save()
    words = told(client, contributor)
    assert "added: reviewer" in words
    assert "removed: contributor" in words
    assert "password" in words
    contributor.refresh_from_db()
    for change in Change.objects.filter(table_name="auth_user"):
        assert contributor.password not in str((change.before, change.after))
        assert "pbkdf2" not in str((change.before, change.after))


def test_signing_in_is_no_change_of_an_account(desk, contributor):
    before = Change.objects.newest()
    desk(contributor)
    assert Change.objects.newest() == before


@pytest.fixture
def protected(reviewer):
    return desk_work.source(
        reviewer,
        title=NAME,
        kind="testimony",
        access="protected",
        access_reason="Their safety.",
        placeholder="one protected source",
    )


def test_of_a_protected_source_only_the_placeholder_is_told(
    desk, draft, protected, reviewer, contributor
):
    desk_work.evidence(draft, reviewer, source=protected, exact="I saw it.", language="en")
    words = told(desk(contributor), draft)
    assert "evidence, added From a protected source that you may not see: one protected" in words
    assert NAME not in words
    assert "I saw it." not in words
    assert "I saw it." in told(desk(reviewer), draft)


def test_what_was_protected_once_stays_with_those_who_could_read_it(
    desk, draft, protected, reviewer, contributor
):
    desk_work.evidence(draft, reviewer, source=protected, exact="I saw it.", language="en")
    with acting(reviewer):
        Source.objects.filter(pk=protected.pk).update(
            title="A testimony", access="public", access_reason="", placeholder=""
        )
        Source.objects.filter(pk=protected.pk).update(section="Witnesses")
    words = told(desk(contributor), protected)
    assert "Witnesses" in words
    assert NAME not in words
    assert NAME in told(desk(reviewer), protected)
    assert "I saw it." not in told(desk(contributor), draft)


@pytest.mark.parametrize("before", ["x", "-1", "", "²", "9" * 30])
def test_a_page_that_does_not_exist_is_refused_in_words(desk, draft, contributor, before):
    page = desk(contributor).get(at("claims_claim_history", draft.pk), {"before": before})
    assert page.status_code == 400


def test_the_history_costs_the_same_however_much_happened(desk, draft, contributor):
    client = desk(contributor)
    told(client, draft)  # what is asked once per process is asked here
    with CaptureQueriesContext(connection) as few:
        told(client, draft)
    for number in range(12):
        by_whom = desk_work.speaker(contributor, name=f"Speaker {number}")
        report = desk_work.source(contributor, title=f"Report {number}", author=by_whom)
        desk_work.evidence(draft, contributor, source=report)
        desk_work.change(draft, contributor, on_behalf_of=by_whom)
    with CaptureQueriesContext(connection) as many:
        told(client, draft)
    assert len(many) == len(few)


def test_everything_that_has_a_page_has_a_history(desk, published, superuser):
    client = desk(superuser)
    shown = 0
    for model in admin.site._registry:
        if (row := model._default_manager.first()) is not None:
            told(client, row)
            shown += 1
    assert shown > 8


# Rows that are a record themselves, or nobody's work.
NOT_RECORDED = {
    *("sources_change", "sources_protectedview", "claims_contribution", "claims_remark"),
    *("claims_rolechange", "claims_deskrule", "claims_notice", "claims_preferences"),
    *("claims_failedtries", "claims_remembered"),
    *("claims_line", "claims_wording"),  # kept by triggers, from what is recorded
}


def test_every_table_of_the_desk_is_recorded():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgfoid = 'record_change'::regproc AND tgenabled = 'O'"
        )
        recorded = {table for (table,) in cursor.fetchall()}
    ours = {
        model._meta.db_table
        for label in ("claims", "sources")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }
    assert ours - recorded == NOT_RECORDED
    assert {"auth_user", "auth_user_groups"} <= recorded


def test_nothing_is_kept_twice(desk, draft, contributor):
    client = desk(contributor)
    client.post(claim_page(draft), form_of(client.get(claim_page(draft))) | {"wanted": "More."})
    make_move(client, draft, "submit")
    assert draft.state == "in_review"
    assert not LogEntry.objects.exists()
    assert "Recent actions" not in words_of(client.get(at("index")))


def test_whoever_may_not_see_a_thing_may_not_read_its_history(desk, protected, contributor, draft):
    page = desk(contributor).get(at("sources_source_history", protected.pk), follow=True)
    assert NAME not in words_of(page)
    assert desk(contributor).get(at("auth_user_history", contributor.pk)).status_code == 403


# --- What cannot be removed ------------------------------------------------------------------


@pytest.mark.parametrize("model", [Agent, Source])
def test_what_an_edition_mentions_is_not_removed_even_when_nothing_points_to_it(
    desk, published, superuser, contributor, model
):
    workflow.revise(published, by=contributor, kind="corrected", note="Another union.")
    desk_work.change(published, contributor, claimant=desk_work.speaker(contributor, name="Other"))
    with acting(contributor):
        published.evidence.all().delete()
    thing = model.objects.earliest("pk")
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    answer = desk(superuser).post(at(f"{name}_delete", thing.pk), {"post": "yes"}, follow=True)
    assert (
        f"Edition 1 of claim {published.ref} mentions this: it stays on file, so that what was "
        "published can be looked up."
    ) in words_of(answer)
    assert model.objects.filter(pk=thing.pk).exists()


def test_a_protected_source_that_an_edition_rests_on_unnamed_is_not_removed_either(
    published, protected, reviewer, reviewer_two, publisher, contributor
):
    workflow.revise(published, by=contributor, kind="updated", note="A witness.")
    item = desk_work.evidence(published, contributor, source=protected)
    desk_work.publish(published, reviewer_two, publisher)
    workflow.revise(published, by=contributor, kind="updated", note="Without.")
    with acting(contributor):
        item.delete()
    with pytest.raises(IntegrityError, match="mentions this"), acting(reviewer):
        Source.objects.filter(pk=protected.pk).delete()


def test_what_no_edition_mentions_can_be_removed(desk, superuser, contributor):
    agent = desk_work.speaker(contributor, name="Typed by mistake")
    desk(superuser).post(at("sources_agent_delete", agent.pk), {"post": "yes"})
    assert not Agent.objects.exists()
    assert (
        Change.objects.filter(table_name="sources_agent", after__isnull=True).get().by == superuser
    )


def test_evidence_that_an_edition_cites_can_leave_the_working_copy(published, contributor, desk):
    workflow.revise(published, by=contributor, kind="corrected", note="It showed another port.")
    with acting(contributor):
        published.evidence.all().delete()
    assert "evidence, removed: Strike called" in told(desk(contributor), published)


def test_a_new_row_can_be_told_apart_from_the_form_it_was_typed_into(desk, draft, contributor):
    client = desk(contributor)
    figure = row("figures", 0, words="twelve", language="en", harm="injured", bound="exact")
    numbers = row("figures", 0, population="dockers", minimum="12", maximum="12")
    typed = form_of(client.get(claim_page(draft))) | {"figures-TOTAL_FORMS": "1"}
    assert client.post(claim_page(draft), typed | figure | numbers).status_code == 302
    assert "figure, added: twelve harm injured population dockers" in told(client, draft)
