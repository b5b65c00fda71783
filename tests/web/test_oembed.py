"""oEmbed 1.0, as the specification has it: https://oembed.com."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from pyoembed import oEmbed

from claims.review import workflow
from tests import desk_work as desk
from tests.web.conftest import path_of, tags

SITE = "http://testserver"
NUMBER = {"type": "integer", "minimum": 1}
URL = {"type": "string", "pattern": "^https?://"}
# Section 2.3.4 of the specification: what every answer may hold, and what a rich one must.
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["type", "version", "html", "width", "height"],
    "properties": {
        "type": {"const": "rich"},
        "version": {"const": "1.0"},
        "title": {"type": "string"},
        "author_name": {"type": "string"},
        "author_url": URL,
        "provider_name": {"type": "string"},
        "provider_url": URL,
        "cache_age": {"type": "integer", "minimum": 0},
        "thumbnail_url": URL,
        "thumbnail_width": NUMBER,
        "thumbnail_height": NUMBER,
        "html": {"type": "string", "minLength": 1},
        "width": NUMBER,
        "height": NUMBER,
    },
    "dependentRequired": {
        one: ["thumbnail_url", "thumbnail_width", "thumbnail_height"]
        for one in ("thumbnail_url", "thumbnail_width", "thumbnail_height")
    },
    "additionalProperties": False,
}
STRICT = Draft202012Validator(SCHEMA)


@pytest.fixture
def ask(visitor):
    def asked(url: str, **more: object):
        return visitor.get("/oembed/", {"url": url, **more})

    return asked


class Frame(HTMLParser):
    """The one element of the code."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(code)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_claim_is_answered_with_its_card(example, ask):
    path = example("C3")
    answer = ask(SITE + path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    STRICT.validate(said)
    assert said["title"].startswith("Azawad Liberation Front (FLA): The soldiers killed")
    assert said["provider_name"] == "Factcheck"
    assert said["thumbnail_url"] == f"{SITE}{path}v1/card.png"
    [(tag, frame)] = Frame(said["html"]).found
    assert tag == "iframe"
    assert frame["src"] == f"{SITE}{path}embed/"
    assert frame["title"] == said["title"]
    assert (frame["width"], frame["height"]) == (str(said["width"]), str(said["height"]))


@pytest.mark.parametrize(
    ("asked", "card"),
    [
        ("{path}v1/", "{path}v1/embed/"),
        ("{path}v1", "{path}v1/embed/"),
        ("{path}?from=feed#e-1", "{path}embed/"),
        ("/fr{path}", "/fr{path}embed/"),
        ("/ar{path}v1/", "/ar{path}v1/embed/"),
    ],
)
def test_editions_languages_and_careless_addresses_are_understood(example, ask, asked, card):
    path = example("C3")
    said = ask(SITE + asked.format(path=path)).json()
    STRICT.validate(said)
    assert f'src="{SITE}{card.format(path=path)}"' in said["html"]


def test_a_mistyped_ref_is_understood_and_corrected(example, ask):
    path = example("C3")
    answer = ask(SITE + path.lower().replace("0", "o").replace("1", "l"))
    assert f'src="{SITE}{path}embed/"' in answer.json()["html"]


def test_xml_says_the_same(example, ask):
    url = SITE + example("C3")
    answer = ask(url, format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert root.tag == "oembed"
    said = {one.tag: one.text for one in root}
    assert said == {name: str(value) for name, value in ask(url, format="json").json().items()}


@pytest.mark.parametrize(("width", "height"), [(300, 200), (280, 5000), (1, 1), (5000, 5000)])
def test_nothing_is_larger_than_there_is_room_for(example, ask, width, height):
    said = ask(SITE + example("C3"), maxwidth=width, maxheight=height).json()
    STRICT.validate(said)
    assert said["width"] <= width
    assert said["height"] <= height
    assert said.get("thumbnail_width", 0) <= width
    assert said.get("thumbnail_height", 0) <= height


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": "{claim}", "format": "yaml"}, 501),
        ({"url": "{claim}", "maxwidth": "wide"}, 400),
        ({"url": "{claim}", "maxheight": "-5"}, 400),
        ({"url": f"{SITE}/claims/00000000/"}, 404),
        ({"url": "{claim}v9/"}, 404),
        ({"url": f"{SITE}/"}, 404),
        ({"url": f"{SITE}/claims/"}, 404),
        ({"url": f"{SITE}/admin/"}, 404),
        ({"url": f"{SITE}/nowhere/"}, 404),
        ({"url": "https://example.org{path}"}, 404),
        ({"url": "http://testserver.example.org{path}"}, 404),
        ({"url": "ftp://testserver{path}"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[::1"}, 404),
        ({"url": "{path}"}, 404),
        ({"url": "\x00"}, 404),
        ({"url": f"{SITE}/claims/\ud800/".encode("utf-8", "replace").decode()}, 404),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_a_sentence(example, visitor, query, status):
    path = example("C3")
    filled = {name: text.format(claim=SITE + path, path=path) for name, text in query.items()}
    answer = visitor.get("/oembed/", filled)
    assert answer.status_code == status
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(r"[A-Z][^\n]+\.\n", answer.content.decode())


def test_editors_may_ask_from_their_own_pages(example, ask):
    answer = ask(SITE + example("C3"))
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert ask(SITE)["Access-Control-Allow-Origin"] == "*"


def test_it_costs_two_questions_and_one_when_the_answer_is_still_good(
    example, visitor, django_assert_max_num_queries
):
    query = urlencode({"url": SITE + example("C3")})
    with django_assert_max_num_queries(2):
        tag = visitor.get(f"/oembed/?{query}")["ETag"]
    answer = visitor.get(f"/oembed/?{query}", headers={"if-none-match": tag})
    assert answer.status_code == 304


def test_pages_say_where_to_ask_and_the_answer_is_about_them(example, visitor):
    path = example("C3")
    for at in (path, f"{path}v1/"):
        found = dict(
            re.findall(
                r'rel="alternate" type="(\w+/\w+)\+oembed" href="http://testserver([^"]+)"',
                "".join(tags(visitor.get(at).content, "link")),
            )
        )
        assert set(found) == {"application/json", "text/xml"}
        for address in found.values():
            answer = visitor.get(address.replace("&amp;", "&"))
            assert f"{SITE}{at}embed/" in answer.content.decode()


@pytest.mark.django_db
def test_a_withdrawn_claim_is_named_as_such(ask, contributor, reviewer, publisher):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    said = ask(f"{SITE}/claims/{claim.ref}/").json()
    STRICT.validate(said)
    assert said["title"].startswith("Retracted: The union: ")


@pytest.mark.django_db
def test_signs_that_xml_does_not_know_are_left_out_of_it(ask, contributor, reviewer, publisher):
    claim = desk.draft(contributor, statement="A bell \x07 rang \x1b & <stopped>.")
    desk.publish(claim, reviewer, publisher)
    answer = ask(f"{SITE}/claims/{claim.ref}/", format="xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert root.findtext("title") == "The union: A bell \ufffd rang \ufffd & <stopped>."


@pytest.mark.parametrize("before", ["", "/ar"])
def test_a_client_finds_the_card_by_the_address_of_a_claim(served, settings, before):
    settings.SITE_URL = served
    call_command("load_example", verbosity=0)
    told = oEmbed(f"{served}{before}{path_of('C3')}", maxwidth=400)
    assert (told["type"], told["provider_name"]) == ("rich", "Factcheck")
    assert int(told["width"]) <= 400
    assert f"{before}{path_of('C3')}embed/" in told["html"]
