"""Words that are rows: roles and verification statuses, said in the reader's language."""

from importlib import import_module

import pytest
from django.contrib.auth.models import Group

from claims import roles
from claims.editions import vocabulary
from claims.models import VerificationStatus
from claims.review.content import candidate
from sources.acting import acting
from tests import desk_work

from .pages import at, claim_page, status, told, words_of
from .test_assignments import pool


@pytest.fixture
def translated(monkeypatch):
    """A language in which whatever is translated stands between guillemets."""
    monkeypatch.setattr(vocabulary, "gettext", lambda words: f"«{words}»")
    for name in roles.NAMES:
        monkeypatch.setitem(roles.NAMES, name, f"«{name}»")


def reworded(administrator, **words):
    with acting(administrator):
        VerificationStatus.objects.filter(code="single_report").update(**words)


def test_the_words_that_are_translated_are_those_that_were_shipped():
    shipped = import_module("claims.migrations.0003_verification_statuses").STATUSES
    words = {
        word for *_, label, _tone, _rating, definition in shipped for word in (label, definition)
    }
    assert words == vocabulary.SHIPPED


def test_every_role_has_a_name_in_words():
    assert set(roles.NAMES) == set(roles.ROLES)


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_a_status_that_was_never_reworded_is_translated_at_the_desk(desk, draft, contributor):
    client = desk(contributor)
    assert "Said? «Single report» So? «Not assessed»" in words_of(
        client.get("/admin/claims/claim/")
    )
    assert "«Corroborated»" in words_of(client.get(claim_page(draft)))


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_a_status_that_the_desk_reworded_is_shown_as_it_was_written(
    desk, draft, contributor, administrator
):
    reworded(administrator, label="Off the record")
    words = words_of(desk(contributor).get("/admin/claims/claim/"))
    assert "Said? Off the record So? «Not assessed»" in words


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_what_is_approved_and_hashed_keeps_the_words_on_file(draft):
    assert "«" not in candidate(draft).content


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_who_rewords_a_status_edits_what_is_on_file_and_sees_how_it_is_read(desk, administrator):
    page = desk(administrator).get(at("claims_verificationstatus_change", status("corroborated")))
    assert 'value="Corroborated"' in page.content.decode()
    assert "«Corroborated»: «Two or more origins" in words_of(page)


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_a_role_is_called_by_its_name_in_the_readers_language(
    desk, draft, contributor, administrator
):
    reviewers = pool("reviewer")
    assert str(reviewers) == "«reviewer»"
    account = at("auth_user_change", contributor.pk)
    assert "«publisher»" in words_of(desk(administrator).get(account))
    assert "«contributor»" in words_of(desk(administrator).get(at("auth_user_changelist")))
    assert "«administrator»" in words_of(desk(administrator).get(at("auth_group_changelist")))
    assign = at("claims_claim_assign", draft.pk)
    desk(contributor).post(assign, {"pool": reviewers.pk})
    assert "pool: «reviewer»" in words_of(desk(contributor).get("/admin/claims/claim/"))
    assert "Pool: «reviewer»" in words_of(desk(contributor).get(assign))


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_a_group_that_is_no_role_of_ours_goes_by_its_own_name(rows):
    assert str(Group(name="night shift")) == "night shift"


@pytest.mark.django_db
@pytest.mark.usefixtures("translated")
def test_the_history_says_roles_and_statuses_in_the_readers_language(
    desk, draft, contributor, reviewer
):
    desk_work.assess(draft, contributor, "corroborated")
    desk(contributor).post(at("claims_claim_assign", draft.pk), {"pool": pool("reviewer").pk})
    words = told(desk(reviewer), draft)
    assert "«Corroborated»" in words
    assert "«reviewer»" in words
