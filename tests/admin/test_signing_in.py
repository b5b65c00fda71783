"""Who gets through the door of the desk, and with what."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from claims.models import RoleChange

from .door import LOGIN, app_of, code_of, factors_of, sign_in
from .pages import at, form_of, words_of

pytestmark = pytest.mark.django_db


def test_with_name_and_password_one_comes_where_one_wanted_to_go(client, contributor):
    wanted = at("claims_claim_add")
    asked = client.get(wanted, follow=True)
    assert asked.redirect_chain[-1][0].startswith(LOGIN)
    typed = form_of(asked) | {"login": "contributor", "password": "pass"}
    assert client.post(LOGIN, typed).headers["location"] == wanted


def test_nobody_is_led_to_another_site(client, contributor):
    answer = sign_in(client, "contributor", QUERY_STRING="next=https://elsewhere.example/")
    assert answer.headers["location"] == at("index")


def test_nobody_signs_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/admin/account/signup/").status_code == 302  # asked to sign in, as anywhere
    assert "sign up" not in words_of(client.get(LOGIN)).lower()


def test_an_account_that_is_closed_or_not_of_the_desk_gets_no_further(client, contributor):
    User.objects.create_user("reader", password="pass")
    sign_in(client, "reader")
    refused = client.get(at("index"), follow=True)
    assert refused.status_code == 403
    assert "may not enter the desk" in words_of(refused)

    User.objects.filter(pk=contributor.pk).update(is_active=False)
    closed = sign_in(Client(), "contributor", follow=True)
    assert closed.redirect_chain[-1][0] == reverse("account_inactive")


def test_a_second_factor_is_asked_of_whoever_has_one(client, contributor):
    secret = app_of(contributor)
    assert sign_in(client, "contributor").headers["location"] == reverse("mfa_authenticate")
    assert client.get(at("index")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code." in words_of(wrong)
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert right.headers["location"] == at("index")
    assert client.get(at("index")).status_code == 200


def test_a_code_works_once(client, contributor):
    secret = app_of(contributor)
    sign_in(client, "contributor")
    code = code_of(secret)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in(other, "contributor")
    assert "Incorrect" in words_of(other.post(reverse("mfa_authenticate"), {"code": code}))


def test_a_recovery_code_opens_the_door_once(contributor):
    app_of(contributor)
    code = RecoveryCodes.activate(contributor).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, "contributor")
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == expected


def test_where_a_second_factor_is_required_nothing_else_can_be_done_without(
    settings, desk, superuser
):
    settings.REQUIRE_MFA = True
    client = desk(superuser)
    for page in (at("index"), at("claims_claim_add"), at("auth_user_add"), at("autocomplete")):
        led = client.get(page, follow=True)
        assert led.redirect_chain[-1][0] == reverse("mfa_index")
        assert "Set up a second factor first" in words_of(led)
    written = client.post(at("claims_claim_add"), {"statement": "Something."})
    assert written.status_code == 302
    assert written.headers["location"].startswith(at("login"))


def test_setting_up_an_app_opens_the_desk_and_gives_recovery_codes(settings, client, contributor):
    settings.REQUIRE_MFA = True
    sign_in(client, "contributor")
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:" not in page.content.decode()
    assert "<svg" in page.content.decode()
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert factors_of(contributor) == {"totp", "recovery_codes"}
    assert client.get(at("index")).status_code == 200
    change = RoleChange.objects.get(user=contributor, role="second factor")
    assert (change.granted, change.by) == (True, contributor)


def test_a_second_factor_can_be_used_where_none_is_required(desk, contributor):
    client = desk(contributor)
    assert client.get(at("index")).status_code == 200
    for page in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"):
        assert client.get(reverse(page)).status_code == 200


def test_an_administrator_removes_the_factors_of_somebody_who_lost_them(
    desk, client, administrator, contributor
):
    left_open = Client()
    sign_in(left_open, "contributor")
    assert left_open.get(at("index")).status_code == 200
    app_of(contributor)
    page = at("auth_user_second_factor", contributor.pk)
    admin = desk(administrator)
    assert "really contributor who asks" in words_of(admin.get(page))
    admin.post(page)
    assert factors_of(contributor) == set()
    newest = RoleChange.objects.first()
    assert (newest.role, newest.granted, newest.by) == ("second factor", False, administrator)
    assert sign_in(client, "contributor").headers["location"] == at("index")
    assert left_open.get(at("index")).status_code == 302


def test_nobody_removes_their_own_factors_or_a_superusers_that_way(desk, administrator, superuser):
    for user in (administrator, superuser):
        page = at("auth_user_second_factor", user.pk)
        assert desk(administrator).post(page).status_code == 403


def test_the_operator_removes_them_where_nobody_can_sign_in(superuser):
    app_of(superuser)
    call_command("remove_second_factors", "superuser", verbosity=0)
    assert factors_of(superuser) == set()
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("remove_second_factors", "nobody")


def test_the_admin_shows_nobodys_secrets(desk, superuser):
    client = desk(superuser)
    for address in ("mfa/authenticator/", "usersessions/usersession/", "account/emailaddress/"):
        assert client.get(f"/admin/{address}").status_code == 404


def test_a_password_is_reset_by_mail_and_the_second_factor_stays(client, contributor):
    secret = app_of(contributor)
    asked = client.post(reverse("account_reset_password"), {"email": contributor.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert asked.headers["location"] == unknown.headers["location"]
    [letter] = mail.outbox
    link = next(word for word in letter.body.split() if word.startswith("http"))
    form = client.get(link, follow=True)
    new = {"password1": "a long and new phrase", "password2": "a long and new phrase"}
    client.post(form.redirect_chain[-1][0], new)
    fresh = Client()
    sign_in(fresh, "contributor", "a long and new phrase")
    assert fresh.get(at("index")).status_code == 302
    fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert fresh.get(at("index")).status_code == 200


def test_a_mail_server_that_is_down_stops_nobody(monkeypatch, client, contributor):
    tried = []

    def down(letter, **options):
        tried.append(letter)
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMultiAlternatives, "send", down)
    answer = client.post(reverse("account_reset_password"), {"email": contributor.email})
    assert answer.headers["location"] == reverse("account_reset_password_done")
    assert tried


def test_leaving_says_so(desk, contributor):
    left = desk(contributor).post(at("logout"), follow=True)
    assert left.redirect_chain[-1][0] == LOGIN
    assert "You are signed out." in words_of(left)


def test_the_sessions_cookie_is_out_of_reach_of_scripts_and_other_sites(client, contributor):
    sign_in(client, "contributor")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/", "/claims/", "/events/", "/api/v1/claims/", "/nowhere/"])
def test_readers_get_no_cookie_and_cost_no_query_more(visitor, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = visitor.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
