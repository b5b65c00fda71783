"""Everything a page shows is in the API.

Each text of the public pages stands in an answer of the API, or in the catalogue of the site's own
words. What is somebody's words (the pages isolate them: `bdi`) has to be in an answer, whatever the
catalogue holds.
"""

import gettext
import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.formats import date_format
from lxml import html as markup

from claims.editions.models import PageText
from sources.acting import acting
from tests.api.everything import texts, told
from tests.web.every_page import looks, put_on_record

pytestmark = pytest.mark.django_db
SHOWING = {  # the pages that show what is on record
    *("home", "claims", "claim", "claim-edition", "claim-embed", "edition-embed", "claim-compare"),
    *("events", "event", "agents", "agent", "source", "statuses", "corrections"),
    *("desk-page", "how-we-verify"),
}
# What pages make of facts and is no fact of its own: numbers of rows, names of formats and
# languages, how a claim is cited in each style, addresses of pages, what was asked for.
OWN = [
    r"[\W\d_]*",
    r"\(?(([Aa]rticle|acronym), )?English(, section)?\)?",
    r".*\b(Version|edition) \d+\b.*|Chicago \(.*\)|JSON Feed",  # how it is cited, and followed
    r"English|French|Arabic|Français|العربية",
    r"BibTeX|RIS|CSL-JSON|JSON-LD|JSON|PDF|PNG|HTML|APA|Chicago|MLA|Harvard|Atom|RSS|SHA-256",
    r"(.*\s)?https?://testserver\S*(\s.*)?",
    r"<.*",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")
ISOLATES = dict.fromkeys(map(ord, "“”‘’«»\u2066\u2067\u2068\u2069\u200e\u200f"))


@pytest.fixture
def walked(administrator):
    """The pages of the worked example, of what was corrected and withdrawn, and the desk's own."""
    stations = put_on_record()
    with acting(administrator):
        for page in ("about", "methodology"):
            PageText.objects.create(slug=page, title="Who we are", text="Four *people* and a boat.")
    return [look for look in looks(stations) if look.name in SHOWING and look.status != 404]


def plain(text):
    return " ".join(html.unescape(text).translate(ISOLATES).split())


def facts():
    """Every text and number of every answer, and each moment in the forms that pages print."""
    found = set()
    for _address, answer in told():
        found |= set(texts(json.loads(answer)))
    for text in [one for one in found if MOMENT.fullmatch(one)]:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        for form in ("DATE_FORMAT", "DATETIME_FORMAT", "j F Y", "F Y", "j M Y", "Y-m-d H:i"):
            found.add(date_format(moment, form))
    return "\n".join(map(plain, found)).casefold()


def own_words():
    """The site's own sentences, as they stand in its catalogue."""
    path = Path(settings.BASE_DIR, "locale", "fr", "LC_MESSAGES", "django.mo")
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog
    for key in known:
        message = key[0] if isinstance(key, tuple) else key
        yield message.partition("\x04")[2] or message
    for one in re.findall(r'msgid_plural ((?:".*"\n)+)', path.with_suffix(".po").read_text()):
        yield "".join(json.loads(line) for line in one.splitlines())


class Known:
    """What may stand in a page."""

    def __init__(self):
        self.facts = facts()
        words = [plain(message).casefold() for message in own_words() if message.strip()]
        self.words = "\n".join(words)
        self.sentences = [
            re.compile("(.*)".join(map(re.escape, HOLE.split(one))), re.DOTALL)
            for one in words
            if HOLE.search(one)
        ]
        self.own = re.compile("|".join(OWN), re.DOTALL)

    def is_ours(self, text, look):
        """The labels of lists and comparisons, isolated as words are; what was asked for; our own
        addresses."""
        asked = look.path.partition("?")[2]
        return (
            "http://testserver/" in text
            or plain(text) in re.split("[&=]", asked)
            or (look.name in {"claims", "claim-compare"} and self.explains(text))
        )

    def is_fact(self, text):
        return plain(text).casefold().strip(" .,:;()·") in self.facts

    def explains(self, text, depth=0):
        text = plain(text)
        bare = text.casefold().strip(" .,:;()·–—→←")
        if self.own.fullmatch(text) or bare in self.facts or bare in self.words:
            return True
        return depth < 3 and any(
            any(held.groups()) and all(self.explains(one, depth + 1) for one in held.groups())
            for sentence in self.sentences
            if (held := sentence.fullmatch(text.casefold()))
        )


def shown(page):
    """The texts of a page's content, and which of them are somebody's words."""
    main = markup.document_fromstring(page).find(".//main")
    main = markup.document_fromstring(page).find(".//body") if main is None else main
    for element in main.iter():
        if element.tag in {"script", "style", "option", "textarea", "pre"}:
            continue
        said = any(one.tag == "bdi" for one in (element, *element.iterancestors()))
        if isinstance(element.tag, str) and element.text and element.text.strip():
            yield element.text, said
        if element.tail and element.tail.strip() and element is not main:
            yield element.tail, any(one.tag == "bdi" for one in element.iterancestors())


def test_everything_that_a_page_shows_is_in_the_api(walked):
    known = Known()
    unknown = []
    for look in walked:
        page = Client().get(look.path, follow=True)
        for text, said in shown(page.content.decode()):
            if said and (known.is_fact(text) or known.is_ours(text, look)):
                continue
            if said or not known.explains(text):
                unknown.append((look.name, "said" if said else "shown", plain(text)[:200]))
    assert list(dict.fromkeys(unknown)) == []
