"""Who was given which right is recorded, and a new right to review waits before it counts."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, connection, transaction

from claims.choices import State
from claims.models import DeskRule, Review, RoleChange
from claims.review import checklist, workflow
from claims.review.content import candidate
from claims.review.rights import too_new_to_approve
from sources.acting import acting
from tests import desk_work as desk


def changes(user, **only):
    found = RoleChange.objects.filter(user=user, **only).order_by("pk")
    return [(change.role, change.granted, change.by) for change in found]


@pytest.mark.django_db
class TestRecorded:
    """Whoever makes the change, and however."""

    def test_an_account_and_its_role(self, administrator):
        with acting(administrator):
            user = User.objects.create_user("newcomer", is_staff=True)
            user.groups.add(Group.objects.get(name="reviewer"))
            user.groups.clear()
        by = administrator
        assert changes(user) == [
            ("account", True, by),
            ("staff", True, by),
            ("reviewer", True, by),
            ("reviewer", False, by),
        ]

    def test_what_is_done_from_a_shell_is_done_by_nobody_at_the_desk(self, contributor):
        User.objects.filter(pk=contributor.pk).update(is_superuser=True, is_active=False)
        assert changes(contributor)[-2:] == [("account", False, None), ("superuser", True, None)]

    def test_a_single_permission(self, contributor):
        permission = Permission.objects.get(codename="review_claim")
        contributor.user_permissions.add(permission)
        contributor.user_permissions.remove(permission)
        assert changes(contributor, role="claims.review_claim") == [
            ("claims.review_claim", True, None),
            ("claims.review_claim", False, None),
        ]

    def test_a_membership_that_is_bent_into_another(self, contributor):
        reviewers = Group.objects.get(name="reviewer")
        User.groups.through.objects.filter(user=contributor).update(group=reviewers)
        assert changes(contributor)[-2:] == [("contributor", False, None), ("reviewer", True, None)]

    def test_a_role_that_is_given_the_right_to_review(self, contributor):
        permission = Permission.objects.get(codename="review_claim")
        Group.objects.get(name="contributor").permissions.add(permission)
        assert changes(contributor)[-1] == ("contributor", True, None)

    def test_a_password_that_somebody_else_set(self, contributor, administrator):
        with acting(administrator):
            contributor.set_password("new")
            contributor.save()
        with acting(contributor):
            contributor.set_password("newer")
            contributor.save()
        assert changes(contributor, role="password") == [("password", True, administrator)]

    def test_signing_in_is_no_change(self, client, contributor):
        before = changes(contributor)
        client.force_login(contributor)
        assert changes(contributor) == before

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM claims_rolechange",
            "UPDATE claims_rolechange SET at = '2000-01-01'",
            "INSERT INTO claims_rolechange (user_id, role, granted, at) SELECT 1, 'x', true, now()",
            "UPDATE claims_deskrule SET approval_wait = '0'",
            "SELECT note_role(1, 'reviewer', true)",
        ],
    )
    def test_the_application_cannot_write_it_itself(self, contributor, statement):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.fixture
def a_day(owner_sql):
    """The rule as it is in a newsroom."""
    owner_sql("UPDATE claims_deskrule SET approval_wait = '24 hours'")


@pytest.fixture
def ages(owner_sql):
    """Move what was recorded of an account into the past."""

    def age(user, role="%", hours=25):
        owner_sql("ALTER TABLE claims_rolechange DISABLE TRIGGER append_only")
        owner_sql(
            "UPDATE claims_rolechange SET at = at - make_interval(hours => %s)"
            " WHERE user_id = %s AND role LIKE %s",
            [hours, user.pk, role],
        )
        owner_sql("ALTER TABLE claims_rolechange ENABLE TRIGGER append_only")

    return age


@pytest.fixture
def submitted(a_day, contributor):
    claim = desk.draft(contributor)
    workflow.submit(claim, by=contributor)
    return claim


def refused(claim, reviewer):
    with pytest.raises(workflow.ReviewError, match=r"you may approve from .* on") as caught:
        desk.approve(claim, reviewer)
    assert str(caught.value) == too_new_to_approve(reviewer)
    return True


def test_a_new_account_cannot_approve_for_a_day(submitted, reviewer, ages):
    assert refused(submitted, reviewer)
    ages(reviewer, hours=23)
    assert refused(submitted, reviewer)
    ages(reviewer, hours=2)
    desk.approve(submitted, reviewer)
    assert submitted.state == State.APPROVED


def test_an_old_account_with_a_new_right_waits(submitted, reviewer, ages):
    ages(reviewer, role="account")
    assert refused(submitted, reviewer)


@pytest.mark.parametrize("way", ["role", "permission", "superuser", "role's permission"])
def test_by_whichever_way_the_right_came(submitted, publisher, ages, way):
    ages(publisher)
    permission = Permission.objects.get(codename="review_claim")
    if way == "role":
        publisher.groups.add(Group.objects.get(name="reviewer"))
    elif way == "permission":
        publisher.user_permissions.add(permission)
    elif way == "superuser":
        User.objects.filter(pk=publisher.pk).update(is_superuser=True)
    else:
        Group.objects.get(name="publisher").permissions.add(permission)
    publisher = User.objects.get(pk=publisher.pk)
    assert refused(submitted, publisher)
    ages(publisher)
    desk.approve(submitted, publisher)


def test_whoever_has_the_right_for_long_does_not_wait_for_a_second_way(submitted, reviewer, ages):
    ages(reviewer)
    User.objects.filter(pk=reviewer.pk).update(is_superuser=True)
    desk.approve(submitted, User.objects.get(pk=reviewer.pk))
    assert submitted.state == State.APPROVED


def test_a_right_that_was_taken_and_given_again_is_new(submitted, reviewer, ages):
    ages(reviewer)
    group = Group.objects.get(name="reviewer")
    reviewer.groups.remove(group)
    reviewer.groups.add(group)
    assert refused(submitted, reviewer)


def test_an_account_that_is_opened_again_is_new(submitted, reviewer, ages):
    ages(reviewer)
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    User.objects.filter(pk=reviewer.pk).update(is_active=True)
    assert refused(submitted, reviewer)


def test_an_account_whose_password_an_administrator_set_is_new(
    submitted, reviewer, administrator, ages
):
    ages(reviewer)
    with acting(administrator):
        reviewer.set_password("known to two")
        reviewer.save()
    assert refused(submitted, reviewer)


def test_an_account_whose_second_factor_was_removed_for_them_is_new(submitted, reviewer, ages):
    from allauth.mfa.totp.internal.auth import TOTP

    from claims.admin.signing_in import remove_second_factors

    with acting(reviewer):
        TOTP.activate(reviewer, "JBSWY3DPEHPK3PXP")
    ages(reviewer)
    remove_second_factors(reviewer)
    assert refused(submitted, reviewer)


def test_objecting_and_publishing_need_not_wait(submitted, reviewer, publisher, ages):
    digest = candidate(submitted).digest
    workflow.request_changes(submitted, by=reviewer, digest=digest, note="Say who stopped.")
    assert submitted.state == State.DRAFT
    workflow.submit(submitted, by=User.objects.get(pk=submitted.created_by_id))
    ages(reviewer)
    workflow.approve(submitted, by=reviewer, digest=digest)
    workflow.publish(submitted, by=publisher)
    assert submitted.state == State.PUBLISHED


def test_an_approval_that_got_in_nonetheless_does_not_count(submitted, reviewer, owner_sql):
    digest = candidate(submitted).digest
    owner_sql("ALTER TABLE claims_review DISABLE TRIGGER review_2_guard")
    with acting(reviewer):
        Review.objects.create(claim=submitted, reviewer=reviewer, decision="approve", digest=digest)
    owner_sql("ALTER TABLE claims_review ENABLE TRIGGER review_2_guard")
    [standing] = checklist.standing_reviews(submitted, digest)
    assert not standing.counts
    assert "0 of 1 approvals" in checklist.why_not_publishable(submitted, digest)


def test_the_review_page_says_from_when_on(submitted, reviewer, client):
    from tests.admin.pages import move_page, words_of

    client.force_login(reviewer)
    page = client.get(move_page(submitted, "approve"))
    assert too_new_to_approve(reviewer) in words_of(page)
    assert "Approve exactly this" not in words_of(page)


@pytest.mark.usefixtures("committed")
def test_each_migration_tells_the_database_what_the_settings_say(settings):
    from django.core.management import call_command

    assert DeskRule.objects.get().approval_wait.total_seconds() == 0
    settings.APPROVAL_WAIT_HOURS = 36.5
    call_command("migrate", verbosity=0)
    assert DeskRule.objects.get().approval_wait.total_seconds() == 36.5 * 3600
