"""Public pages in the reader's language: by address, or by what the browser asks for."""

import re

import pytest
from django.test import Client
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation

from claims.web.languages import permanent_address
from claims.web.reading import Reading, ours_first
from sources.acting import acting
from tests import desk_work
from tests.web.conftest import tags, words


@pytest.fixture(params=["/", "/claims/", "/events/", "/statuses/", "/how-we-verify/", "C3", "E1"])
def path(request, example):
    return request.param if request.param.startswith("/") else example(request.param)


def spoken(answer):
    """The language of a page, as it says itself."""
    return tags(answer.content, "html")[0]


def test_a_prefix_is_a_language_whatever_the_browser_asks_for(path, example):
    french = Client(headers={"accept-language": "ar"}).get(f"/fr{path}")
    assert spoken(french) == '<html lang="fr" dir="ltr">'
    assert french["Content-Language"] == "fr"
    assert "Accept-Language" not in french["Vary"]


def test_without_a_prefix_the_browser_is_asked(path, example):
    arabic = Client(headers={"accept-language": "de, ar-LB;q=0.9, en;q=0.5"}).get(path)
    assert spoken(arabic) == '<html lang="ar" dir="rtl">'
    assert arabic["Content-Language"] == "ar"
    assert "Accept-Language" in arabic["Vary"]


@pytest.mark.parametrize("asks", ["", "de", "*", "x" * 4000, "../../etc", "ar;q=nonsense"])
def test_who_asks_for_nothing_that_there_is_reads_our_language(asks, example):
    answer = Client(headers={"accept-language": asks}).get("/claims/")
    assert answer["Content-Language"] == "en"


def test_no_cookie_has_a_say(example):
    reader = Client()
    reader.cookies["django_language"] = "ar"
    answer = reader.get("/claims/")
    assert answer["Content-Language"] == "en"
    assert "Cookie" not in answer["Vary"]


def test_links_stay_in_the_language_of_the_address(example, visitor):
    page = visitor.get(f"/fr{example('C3')}").content.decode()
    assert f'href="/fr{example("E1")}"' in page
    assert 'href="/fr/claims/"' in page
    assert not re.search(r'href="/claims/[^"]*/"', page)  # files have one address in all languages


def test_a_page_leads_to_its_other_languages(example, visitor):
    page = visitor.get("/ar/claims/?disputed=yes").content
    there = "http://testserver/fr/claims/?disputed=yes"
    links = [tag for tag in tags(page, "link") if "hreflang" in tag]
    assert [tag.split('"')[3] for tag in links] == ["en", "fr", "ar", "x-default"]
    assert f'<link rel="alternate" hreflang="fr" href="{there}">' in links
    assert 'href="http://testserver/claims/?disputed=yes"' in links[3]
    assert '<meta property="og:locale" content="ar_AR">' in page.decode()
    path = there.removeprefix("http://testserver")
    assert f'<a href="{path}" lang="fr" hreflang="fr">Français</a>' in page.decode()


@pytest.mark.parametrize("language", ["", "/fr", "/ar"])
def test_a_claim_in_a_language_stands_for_itself_and_is_cited_without_one(
    example, visitor, language
):
    path = example("C3")
    links = tags(visitor.get(language + path).content, "link")
    assert f'<link rel="canonical" href="http://testserver{language}{path}">' in links
    assert f'<link rel="cite-as" href="http://testserver{path}v1/">' in links
    assert any(
        f'href="http://testserver{language}{path}"' in one for one in links if "hreflang" in one
    )


def test_quotation_marks_of_a_citation_turn_with_the_words(example, visitor):
    page = visitor.get(f"/ar{example('C3')}").content.decode()
    citation = page.partition('id="cite-plain"')[2].partition("</p>")[0]
    outside = re.sub(r"<bdi.*?</bdi>", "", citation)
    assert re.search(r'<bdi lang="en" dir="ltr">“[^<]+”</bdi>', citation)
    assert not set("“”") & set(outside)


def test_what_is_cited_has_no_language_in_its_address(example, visitor):
    page = visitor.get(f"/fr{example('C3')}").content.decode()
    citation = page.partition('<p class="citation"')[2].partition("</p>")[0]
    assert f"http://testserver{example('C3')}v1/" in citation
    assert f'content="http://testserver{example("C3")}v1/"' in page  # og:url
    assert '"url":"http://testserver/fr' not in page.replace(" ", "")


def test_an_address_that_is_kept_is_put_together_without_a_language():
    set_script_prefix("/fr/")
    try:
        assert permanent_address("claims") == "http://testserver/claims/"
        assert reverse("claims") == "/fr/claims/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "path",
    ["/fr/admin/", "/fr/api/v1/claims/", "/fr/healthz", "/fr/static/site.css", "/de/claims/"],
)
def test_only_public_pages_have_a_language_in_front(path, example, visitor):
    assert visitor.get(path).status_code == 404


def test_a_missing_slash_is_added_behind_the_language(example, visitor):
    assert visitor.get("/fr/claims")["Location"] == "/fr/claims/"
    assert visitor.get("/fr")["Location"] == "/fr/"


def test_a_page_that_is_not_there_says_so_in_the_language_asked_for(example, visitor):
    by_address = visitor.get("/fr/claims/ZZZZZZZZ/")
    by_browser = Client(headers={"accept-language": "fr"}).get("/claims/ZZZZZZZZ/")
    for answer in (by_address, by_browser):
        assert answer.status_code == 404
        assert spoken(answer) == '<html lang="fr" dir="ltr">'


def test_a_copy_in_one_language_is_no_copy_in_another(path, example):
    english = Client().get(path)["ETag"]
    asked = Client(headers={"accept-language": "fr", "if-none-match": english})
    assert asked.get(path).status_code == 200
    french = asked.get(path)["ETag"]
    again = Client().get(path, headers={"accept-language": "fr", "if-none-match": french})
    assert again.status_code == 304
    assert "Accept-Language" in again["Vary"]


def test_nothing_of_a_language_is_left_behind(example, visitor):
    before = (get_script_prefix(), translation.get_language())
    visitor.get("/ar/claims/")
    visitor.get("/ar/claims/ZZZZZZZZ/")
    assert (get_script_prefix(), translation.get_language()) == before
    assert reverse("claims") == "/claims/"


def test_the_desk_and_the_api_are_not_asked_for_in_a_language(example, visitor):
    answer = visitor.get("/api/v1/claims/", headers={"accept-language": "ar"})
    assert "Accept-Language" not in answer.get("Vary", "")


TRANSLATED = {
    "statement": "The dockers stopped work.",
    "language": "en",
    "translations": [{"language": "fr", "text": "Les dockers ont cessé le travail."}],
}


def test_a_reviewed_translation_stands_before_the_original_and_says_so():
    with translation.override("fr"):
        reading = Reading.of(TRANSLATED)
    assert (reading.shown, reading.shown.language) == ("Les dockers ont cessé le travail.", "fr")
    assert reading.original == TRANSLATED["statement"]


def test_without_a_translation_the_original_is_shown_and_said_to_be_so():
    with translation.override("ar"):
        reading = Reading.of(TRANSLATED)
        assert reading.shown == TRANSLATED["statement"]
        assert reading.original is None
        assert reading.note


def test_whoever_reads_the_original_language_is_told_nothing():
    with translation.override("en"):
        reading = Reading.of(TRANSLATED)
        assert (reading.original, reading.note, reading.brief) == (None, "", "")


def test_reasons_in_the_readers_language_come_first():
    texts = [{"language": tag, "text": tag} for tag in ("en", "ar", "fr")]
    with translation.override("fr"):
        assert [one["language"] for one in ours_first(texts)] == ["fr", "en", "ar"]


@pytest.mark.django_db
def test_a_claim_is_read_in_the_readers_language_and_cited_in_its_own(
    contributor, reviewer, reviewer_two, publisher, visitor
):
    claim = desk_work.draft(contributor)
    with acting(contributor):
        french = claim.translations.create(
            language="fr",
            text="Les dockers ont cessé le travail.",
            rationale="Parce que.",
            created_by=contributor,
        )
    with acting(reviewer_two):
        french.reviewed_by = reviewer_two
        french.save()
    desk_work.publish(claim, reviewer, publisher)
    page = visitor.get(f"/fr/claims/{claim.ref}/").content.decode()
    assert french.text in page.partition("<h1>")[2].partition("</h1>")[0]
    assert f'<bdi lang="en" dir="ltr">{claim.statement}</bdi>' in page
    assert claim.statement in page.partition('<p class="citation"')[2].partition("</p>")[0]
    assert french.text in words(visitor.get("/fr/claims/").content)
