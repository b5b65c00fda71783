"""What one administrator grants, all of them see."""

import pytest
from django.contrib.auth.models import Group

from claims.models import RoleChange

from .pages import at, form_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(desk, administrator, contributor):
    """An administrator made a contributor a reviewer, at the desk."""
    client = desk(administrator)
    page = at("auth_user_change", contributor.pk)
    role = Group.objects.get(name="reviewer")
    client.post(page, form_of(client.get(page)) | {"groups": role.pk})
    return contributor


@pytest.fixture
def another(administrator):
    from tests.conftest import _member

    return _member("administrator", "another-administrator")


@pytest.mark.parametrize("page", ["index", "claims_rolechange_changelist", "auth_user_change"])
def test_it_is_on_their_home_in_the_list_and_on_the_account(desk, granted, another, page):
    address = at(page, granted.pk) if page == "auth_user_change" else at(page)
    words = words_of(desk(another).get(address))
    assert "role given: reviewer" in words
    assert "role taken: contributor" in words
    assert "administrator" in words


@pytest.mark.parametrize("person", ["reviewer", "publisher"])
def test_nobody_else_sees_it(request, desk, granted, person):
    client = desk(request.getfixturevalue(person))
    assert "role given" not in words_of(client.get(at("index")))
    assert client.get(at("claims_rolechange_changelist")).status_code == 403


def test_it_is_read_and_never_written(desk, granted, superuser):
    client = desk(superuser)
    change = RoleChange.objects.first()
    assert client.get(at("claims_rolechange_change", change.pk)).status_code == 200
    assert client.post(at("claims_rolechange_change", change.pk), {}).status_code == 403
    assert client.get(at("claims_rolechange_add")).status_code == 403
    assert client.get(at("claims_rolechange_delete", change.pk)).status_code == 403
