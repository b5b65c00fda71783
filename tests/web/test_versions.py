"""Each edition says where it stands, and anybody can check that not a letter of it was changed."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from tests import desk_work as desk
from tests.web.conftest import path_of

COMMAND = re.compile(r"curl -s (\S+) \| sha256sum")


def test_the_latest_edition_says_quietly_that_it_is_the_latest(example, read, visitor):
    path = example("C3")
    for at in (path, f"{path}v1/"):
        assert re.search(r"Edition 1, \d+ \w+ \d+\. It is the latest\.", read(at))
    assert f'href="{path}v1/">Its permanent address' in visitor.get(path).content.decode()
    assert "Its permanent address" not in read(f"{path}v1/")


@pytest.mark.django_db
def test_a_tombstone_that_was_undone_says_that_it_is_not_the_latest(
    contributor, reviewer, publisher, read
):
    claim, survivor = desk.draft(contributor), desk.draft(contributor)
    for one in (claim, survivor):
        desk.publish(one, reviewer, publisher)
    workflow.merge(claim, into=survivor, by=publisher, reason="Both say so.")
    path = f"/claims/{claim.ref}/"
    assert "It is the latest." in read(f"{path}v2/")
    workflow.revise(claim, by=contributor, kind=ChangeKind.UPDATED, note="They are two after all.")
    desk.publish(claim, reviewer, publisher)
    assert "This edition is not the latest." in read(f"{path}v2/")
    assert "They are two after all." in read(f"{path}v2/").partition("Merged claim")[0]
    assert "Compare the two" not in read(f"{path}v2/")


@pytest.mark.django_db
def test_what_became_of_an_edition_is_no_part_of_what_was_hashed(
    contributor, reviewer, publisher, visitor
):
    claim = desk.draft(contributor)
    first = desk.publish(claim, reviewer, publisher)
    path = f"/claims/{claim.ref}/"
    before = visitor.get(f"{path}v1.content.json").content
    workflow.retract(claim, by=publisher, reason="It was about another town.")
    assert b"This claim has been retracted." in visitor.get(f"{path}v1/").content
    assert visitor.get(f"{path}v1.content.json").content == before
    assert hashlib.sha256(before).hexdigest() == first.digest


@pytest.mark.parametrize("key", ["C3", "C7", "B5"])
def test_the_printed_command_leads_to_bytes_with_the_printed_digest(example, visitor, key):
    path = example(key)
    page = visitor.get(path).content.decode()
    digest = Edition.objects.get(ref=path.split("/")[2]).digest
    [address] = COMMAND.findall(page)
    content = visitor.get(address.removeprefix("http://testserver")).content
    assert hashlib.sha256(content).hexdigest() == digest
    assert f"<code>{digest}</code>" in page


@pytest.mark.django_db
@pytest.mark.parametrize("merged", [False, True])
def test_where_a_claim_was_withdrawn_what_is_cited_and_the_notice_are_checked_apart(
    contributor, reviewer, publisher, visitor, merged
):
    claim, survivor = desk.draft(contributor), desk.draft(contributor)
    for one in (claim, survivor):
        desk.publish(one, reviewer, publisher)
    if merged:
        workflow.merge(claim, into=survivor, by=publisher, reason="Both say so.")
    else:
        workflow.retract(claim, by=publisher, reason="It was about another town.")
    page = visitor.get(f"/claims/{claim.ref}/v2/").content.decode()
    check = page.partition('<div class="check">')[2]
    for_the_cited, _, for_the_notice = check.partition('<div class="check">')
    [cited], [notice] = COMMAND.findall(for_the_cited), COMMAND.findall(for_the_notice)
    assert "The citation above is of edition 1, which stood here before." in for_the_cited
    assert "Edition 2 is not what is cited, but the notice" in for_the_notice
    digest = {one.number: one.digest for one in Edition.objects.filter(ref=claim.ref)}
    for number, address in ((1, cited), (2, notice)):
        content = visitor.get(address.removeprefix("http://testserver")).content
        assert hashlib.sha256(content).hexdigest() == digest[number]
    citation = page.partition('id="cite-plain"')[2].partition("</p>")[0]
    assert digest[1] in citation
    assert digest[2] not in citation


def test_curl_and_sha256sum_print_the_same_digest(page: Page, served: str):
    """The command as it stands on the page, run in a shell against the site as it is served."""
    call_command("load_example", verbosity=0)
    page.goto(path_of("C3"))
    [address] = COMMAND.findall(page.locator(".check code").inner_text())
    address = served + address.removeprefix("http://testserver")
    fetched = subprocess.run(["curl", "-s", address], capture_output=True, check=True)
    printed = subprocess.run(["sha256sum"], input=fetched.stdout, capture_output=True, check=True)
    assert printed.stdout.split()[0].decode() == Edition.objects.get(ref=path_of("C3")[8:16]).digest


def test_on_paper_stand_citation_version_address_and_digest(page: Page, tmp_path: Path):
    call_command("load_example", verbosity=0)
    path = path_of("C3")
    edition = Edition.objects.get(ref=path[8:16])
    page.goto(path)
    page.pdf(path=tmp_path / "claim.pdf", format="A4")
    paper = PdfDocument(tmp_path / "claim.pdf")
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in paper)
    letters = re.sub(r"[\s\ufffe\u0002]", "", printed)
    for words in (
        f"Azawad Liberation Front (FLA): “{edition.document['statement']}”",
        f"claim {edition.ref}, edition 1",
        f"http://testserver{path}v1/",
        edition.digest,
        "at least 24 civilians",
    ):
        assert words.replace(" ", "") in letters
    assert "Link to this" not in printed


def test_what_is_not_there_offers_a_search(example, visitor):
    page = visitor.get("/claims/00000000/").content.decode()
    form = page[page.index('<form class="search" role="search"') :].partition("</form>")[0]
    assert 'action="/claims/"' in form
    assert 'name="q" type="search"' in form
