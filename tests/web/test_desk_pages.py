"""What the desk says of itself: its own pages, every definition it ever used."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from claims.editions.models import PageText
from claims.models import VerificationStatus
from sources.acting import acting
from sources.models import Change
from tests.web.conftest import words

pytestmark = pytest.mark.django_db

PAGES = ["about", "funding", "licence", "privacy"]


@pytest.fixture
def write(administrator):
    """A text of one of our own pages, as an administrator saves it."""

    def written(slug="about", language="en", title="About us", text="We are a desk."):
        with acting(administrator):
            return PageText.objects.create(slug=slug, language=language, title=title, text=text)

    return written


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_newcomers_page_says_what_is_true_of_the_software(
    slug, language, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        page = visitor.get(f"/{language}/{slug}/")
    assert page.status_code == 200
    assert len(words(page.content)) > 400


def test_how_a_newcomer_works_is_told_by_the_rules(visitor):
    assert '<p><a href="/how-we-verify/">' in visitor.get("/methodology/").content.decode()


def test_what_the_desk_wrote_is_shown_instead_as_markdown(
    write, visitor, django_assert_max_num_queries
):
    write(text="We are **two** people.\n\n<script>alert(1)</script>")
    with django_assert_max_num_queries(2):
        page = visitor.get("/about/").content.decode()
    assert "We are <strong>two</strong> people." in page
    assert "<script>" not in page
    assert "keeps a record of what is claimed" not in page


def test_the_readers_language_comes_first_and_another_is_marked(write, visitor):
    write()
    write(language="fr", title="Qui sommes-nous", text="Nous sommes une rédaction.")
    assert "Nous sommes une rédaction." in words(visitor.get("/fr/about/").content)
    arabic = visitor.get("/ar/about/").content.decode()
    assert '<div class="prose" lang="en" dir="ltr"><p>We are a desk.</p>' in arabic


def test_what_a_page_said_before_stays_readable_with_its_dates(write, visitor):
    first = write(text="We were one.")
    write(text="We are two.")
    page = visitor.get("/about/")
    assert "We are two." in words(page.content)
    assert "We were one." not in words(page.content)
    addresses = re.findall(r'href="(/about/\?as-of=[^"]+)"', page.content.decode())
    assert len(addresses) == 2
    earlier = words(visitor.get(addresses[1]).content)
    assert "We were one." in earlier
    assert "This is what the page said on" in earlier
    by_day = visitor.get(f"/about/?as-of={first.published_at.date().isoformat()}")
    assert "We are two." in words(by_day.content)
    long_ago = words(visitor.get("/about/?as-of=2001-01-01").content)
    assert "We were one." not in long_ago


@pytest.mark.parametrize("day", ["yesterday", "2026-13-45", "9999-99-99T", "0001-01-01T00:00+23"])
def test_a_day_that_is_none_is_said_to_be_so(day, visitor):
    page = visitor.get("/about/", {"as-of": day})
    assert page.status_code == 200
    assert "The day in the address was not understood" in words(page.content)


def test_a_new_text_makes_old_copies_old(write, visitor):
    write()
    tag = visitor.get("/about/")["ETag"]
    assert visitor.get("/about/", headers={"if-none-match": tag}).status_code == 304
    write(text="We have moved.")
    assert visitor.get("/about/", headers={"if-none-match": tag}).status_code == 200


def test_how_the_desk_works_stands_with_the_rules_that_the_software_keeps(write, visitor):
    write("methodology", title="How we choose", text="We take what is grave first.")
    page = words(visitor.get("/how-we-verify/").content)
    assert "How we choose" in page
    assert "We take what is grave first." in page
    assert "Nobody publishes alone" in page


def test_what_was_said_stays_and_its_author_is_in_the_history_not_in_the_record(
    write, administrator
):
    text = write()
    change = Change.objects.filter(table_name="editions_pagetext", row_id=text.pk).get()
    assert change.by == administrator
    assert "by" not in {field.name for field in PageText._meta.fields}
    with pytest.raises(IntegrityError, match="Nobody is named"), transaction.atomic():
        PageText.objects.create(slug="about", title="About", text="By nobody.")


# --- The vocabulary --------------------------------------------------------------------------


def reword(administrator, definition):
    with acting(administrator):
        VerificationStatus.objects.filter(code="false").update(definition=definition)


def test_every_definition_that_ever_held_stands_with_its_dates(administrator, visitor):
    reword(administrator, "It is not so.")
    reword(administrator, "It is certainly not so.")
    page = visitor.get("/statuses/").content.decode()
    of_false = page.partition('id="content-false"')[2].partition("</article>")[0]
    assert "2 earlier definitions" in of_false
    assert 'id="content-false-3">It is certainly not so.' in of_false
    assert of_false.index('id="content-false-2"') < of_false.index('id="content-false-1"')
    assert "no reasonable doubt that this is not so." in of_false
    assert of_false.count("From ") == 2


def test_what_readers_do_not_see_is_no_new_definition(administrator, visitor):
    with acting(administrator):
        VerificationStatus.objects.filter(code="false").update(position=5)
    page = visitor.get("/statuses/").content.decode()
    assert "earlier definition" not in page
    assert page.index('id="content-false"') < page.index('id="content-not_assessed"')


def test_an_anchor_keeps_its_definition(administrator, visitor):
    first = "The evidence leaves no reasonable doubt that this is not so."
    for definition in ("It is not so.", "No."):
        reword(administrator, definition)
        page = visitor.get("/statuses/").content.decode()
        assert first in page.partition('id="content-false-1"')[2].partition("</li>")[0]


def test_definitions_the_desk_wrote_itself_are_marked_with_its_language(visitor, administrator):
    status = VerificationStatus.objects.get(axis="content", code="false")
    status.label = "Untrue"
    with acting(administrator):
        status.save()
    page = visitor.get("/ar/statuses/").content.decode()
    assert '<bdi lang="en" dir="ltr">Untrue</bdi>' in page
    assert "Corroborated" not in page, "what is shipped is translated"
