"""In which language the desk speaks, and to whom."""

import pytest
from django.test import Client

from claims.models import Preferences
from claims.review import workflow
from tests import desk_work

from .pages import at, claim_page, form_of, move_page, words_of

pytestmark = pytest.mark.django_db

HOME = "/admin/"
DESK = {"en": "My desk", "fr": "Mon desk", "ar": "مكتبي"}


def choose(client, language, back=HOME):
    return client.post("/admin/language/", {"language": language, "next": back})


@pytest.mark.parametrize("language", DESK)
def test_the_desk_speaks_the_language_that_the_browser_asks_for(desk, contributor, language):
    page = desk(contributor).get(HOME, headers={"accept-language": f"{language},de;q=0.5"})
    assert DESK[language] in words_of(page)
    assert page["Content-Language"] == language


def test_arabic_runs_from_right_to_left(desk, contributor):
    page = desk(contributor).get(HOME, headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl">' in page.content.decode()


def test_what_somebody_chose_for_themselves_counts_in_every_browser(desk, contributor):
    choose(desk(contributor), "fr")
    page = desk(contributor).get(HOME, headers={"accept-language": "ar"})
    assert DESK["fr"] in words_of(page)


def test_choosing_a_language_leads_back_to_where_one_was(desk, contributor):
    answer = choose(desk(contributor), "ar", "/admin/sources/agent/?kind=person")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/sources/agent/?kind=person")


def test_choosing_a_language_leads_nowhere_else(desk, contributor):
    assert choose(desk(contributor), "ar", "https://elsewhere.example/")["Location"] == HOME


def test_a_language_is_chosen_before_signing_in_too(visitor):
    page = visitor.get("/admin/login/", follow=True)
    assert "العربيّة" in words_of(page)
    choose(visitor, "ar", "/admin/login/")
    assert "مكتب" in words_of(visitor.get("/admin/login/", follow=True))
    assert Preferences.objects.count() == 0


@pytest.mark.parametrize("language", ["", "de", "xx", "fr\0", "x" * 5000])
def test_what_is_no_language_of_the_desk_changes_nothing(desk, contributor, language):
    client = desk(contributor)
    assert choose(client, language).status_code == 302
    assert DESK["en"] in words_of(client.get(HOME))


def test_a_regional_choice_is_met_with_the_nearest_language(desk, contributor):
    Preferences.objects.create(user=contributor, language="fr-ML")
    assert DESK["fr"] in words_of(desk(contributor).get(HOME))


def test_a_choice_that_the_desk_does_not_speak_leaves_it_to_the_browser(desk, contributor):
    Preferences.objects.create(user=contributor, language="taq-Tfng")
    page = desk(contributor).get(HOME, headers={"accept-language": "ar"})
    assert DESK["ar"] in words_of(page)


def test_looking_does_not_choose(desk, contributor):
    assert desk(contributor).get("/admin/language/").status_code == 405


def test_choosing_needs_the_form_of_the_desk(contributor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    assert choose(client, "fr").status_code == 403


def test_what_partners_get_does_not_vary_with_a_browsers_languages(desk, reviewer):
    client = desk(reviewer)
    choose(client, "ar")
    client.get(HOME)
    asked = client.get("/api/v1/claims/", headers={"accept-language": "ar"})
    assert asked.content == Client().get("/api/v1/claims/").content
    assert "Accept-Language" not in asked.get("Vary", "")
    assert "Content-Language" not in asked


@pytest.mark.parametrize("address", ["/", "/claims/", "/how-we-verify/"])
def test_what_somebody_chose_for_the_desk_has_no_say_on_public_pages(desk, reviewer, address):
    client = desk(reviewer)
    choose(client, "ar")
    client.get(HOME)
    assert client.get(address).content == Client().get(address).content


def test_the_preview_shows_what_readers_will_get_whoever_looks(desk, contributor, draft):
    client = desk(contributor)
    english = client.get(at("claims_claim_preview", draft.pk)).content
    choose(client, "ar")
    assert client.get(at("claims_claim_preview", draft.pk)).content == english


def test_a_refusal_of_the_database_is_said_in_the_readers_language(desk, contributor, in_review):
    client = desk(contributor)
    workflow.take_back(in_review, by=contributor)
    form = form_of(client.get(claim_page(in_review)))
    workflow.submit(in_review, by=contributor)
    choose(client, "fr")
    page = client.post(claim_page(in_review), form | {"wanted": "A recording."})
    assert "État de cette affirmation : en relecture. Reprenez-la" in words_of(page).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_refused_move_is_said_in_the_readers_language(desk, contributor, draft, reviewer):
    client = desk(reviewer)
    choose(client, "ar")
    page = client.post(move_page(draft, "approve"), {"digest": "0" * 64})
    assert "حالة هذا القول الآن: مسودة." in words_of(page)


def test_days_are_written_as_in_the_readers_language(desk, contributor):
    claim = desk_work.draft(contributor)
    client = desk(contributor)
    choose(client, "fr")
    day = f"{claim.created_at.day} "
    assert f"saisie par contributor le {day}" in words_of(client.get(claim_page(claim)))


def test_an_address_that_does_not_exist_at_the_desk_is_told_in_the_readers_language(
    desk, contributor
):
    client = desk(contributor)
    choose(client, "ar")
    assert "لا توجد صفحة في هذا العنوان" in words_of(client.get("/admin/claims/nothing/"))
    assert "There is no page" in words_of(client.get("/nothing/"))
