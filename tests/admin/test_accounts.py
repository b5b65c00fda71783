"""An administrator keeps the accounts of others, and cannot rise above themselves."""

import pytest
from django.contrib.auth.models import Group, User

from .pages import at, form_of, words_of

pytestmark = pytest.mark.django_db


def page_of(user: User) -> str:
    return at("auth_user_change", user.pk)


def test_an_administrator_makes_an_account_and_gives_it_a_role(desk, administrator):
    client = desk(administrator)
    made = client.post(
        at("auth_user_add"),
        {
            "username": "newcomer",
            "usable_password": "true",
            "password1": "a long and new phrase",
            "password2": "a long and new phrase",
        },
    )
    newcomer = User.objects.get(username="newcomer")
    assert made.headers["location"] == page_of(newcomer)
    role = Group.objects.get(name="contributor")
    typed = form_of(client.get(page_of(newcomer))) | {"is_staff": "on", "groups": role.pk}
    client.post(page_of(newcomer), typed)
    newcomer.refresh_from_db()
    assert newcomer.is_staff
    assert newcomer.has_perm("claims.submit_claim")


def test_nobody_is_made_a_superuser_by_an_administrator(desk, administrator, contributor):
    client = desk(administrator)
    typed = form_of(client.get(page_of(contributor)))
    assert "is_superuser" not in client.get(page_of(contributor)).content.decode()
    client.post(page_of(contributor), typed | {"is_superuser": "on", "user_permissions": "1"})
    contributor.refresh_from_db()
    assert not contributor.is_superuser
    assert not contributor.user_permissions.exists()


def test_a_superuser_is_out_of_an_administrators_reach(desk, administrator, superuser):
    client = desk(administrator)
    assert "username" not in form_of(client.get(page_of(superuser)))
    assert client.post(page_of(superuser), {"username": "mine"}).status_code == 403
    password = at("auth_user_password_change", superuser.pk)
    assert client.get(password).status_code == 403
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_an_administrator_cannot_choose_their_own_roles(desk, administrator):
    client = desk(administrator)
    typed = form_of(client.get(page_of(administrator))) | {"first_name": "Ada"}
    assert "groups" not in typed
    role = Group.objects.get(name="publisher")
    client.post(page_of(administrator), typed | {"groups": role.pk})
    administrator.refresh_from_db()
    assert administrator.first_name == "Ada"
    assert [group.name for group in administrator.groups.all()] == ["administrator"]
    assert administrator.is_active


def test_a_superuser_may_make_another(desk, superuser, administrator):
    client = desk(superuser)
    client.post(
        page_of(administrator), form_of(client.get(page_of(administrator))) | {"is_superuser": "on"}
    )
    administrator.refresh_from_db()
    assert administrator.is_superuser


def test_accounts_are_closed_never_deleted(desk, superuser, contributor):
    assert desk(superuser).get(at("auth_user_delete", contributor.pk)).status_code == 403


def test_roles_are_read_only_for_everybody(desk, superuser):
    role = Group.objects.get(name="contributor")
    client = desk(superuser)
    assert "contributor" in words_of(client.get(at("auth_group_change", role.pk)))
    assert client.post(at("auth_group_change", role.pk), {"name": "x"}).status_code == 403
    assert client.get(at("auth_group_add")).status_code == 403


@pytest.mark.parametrize("person", ["contributor", "reviewer", "publisher"])
def test_other_roles_see_no_accounts(request, desk, person):
    client = desk(request.getfixturevalue(person))
    assert client.get(at("auth_user_changelist")).status_code == 403
