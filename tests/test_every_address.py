"""Every address of the site, asked by every role. What is expected stands in `tests/roles.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import now
from django_ox.models import OxSchedule

from claims.editions.models import PageText
from claims.editions.tasks import verify_record
from claims.exports import shelf
from claims.exports.models import Export
from claims.intake.choices import Kind
from claims.intake.models import Letter
from claims.models import Event, VerificationStatus
from claims.partners.models import Partner
from sources.acting import acting
from sources.models import ProtectedView
from tests import desk_work, roles
from tests.asking import proposal
from tests.roles import IN, LOGIN, NO, PAGES, PEOPLE, Page
from tests.sent import delivery


def addresses(
    patterns: list[URLPattern | URLResolver], space: str = "", route: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and route of every address there is."""
    for one in patterns:
        here = route + str(one.pattern).removeprefix("^")
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}" if one.name else "", here
        else:
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, inner, here)


@pytest.fixture
def known(contributor, reviewer, publisher, settings, tmp_path) -> dict[str, Any]:
    """One row of everything that an address can be about."""
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    with acting(contributor):
        event = Event.objects.create(label="Strike at Port Example")
    claim = desk_work.draft(contributor, event=event)
    source = claim.evidence.get().source
    with acting(contributor):
        today = now().date()
        asked = claim.reply_requests.create(
            party=claim.claimant, channel="e-mail", asked_on=today, deadline=today
        )
        assignment = claim.assignments.create(assignee=reviewer, assigned_by=contributor)
    times = dict.fromkeys(("start_time", "created_at", "updated_at"), now())
    schedule = OxSchedule.objects.create(name="x", task_key="x", trigger="cron", **times)
    letter = Letter(kind=Kind.SUGGESTION, who="The mayor", what="The bridge is closed.")
    letter.file("A" * 22)
    with acting(publisher):
        text = PageText.objects.create(slug="about", title="About us", text="We check claims.")
    edition = desk_work.publish(claim, reviewer, publisher)
    exported = Export.objects.create(
        extent="latest",
        state="ready",
        sequence=edition.sequence,
        manifest="{}",
        manifest_digest=sha256(b"{}").hexdigest(),
        finished_at=now(),
    )
    shelf.folder().mkdir(parents=True)
    shelf.path_of(exported.manifest_name).write_text("{}")
    with acting(publisher):
        view = ProtectedView.objects.create(source=source, viewer=publisher, place="/admin/")
    sent = delivery(publisher)
    return {
        "ref": claim.ref,
        "event_ref": event.ref,
        "agent_ref": claim.claimant.ref,
        "source_ref": claim.evidence.first().source.ref,
        "digest": edition.digest,
        "receipt": "A" * 22,
        "intake_letter": letter.pk,
        "exports_export": exported.pk,
        "export_manifest": exported.manifest_name,
        "intake_proposal": proposal().pk,
        "partners_partner": Partner.objects.first().pk,
        "editions_pagetext": text.pk,
        "claims_claim": claim.pk,
        "claims_event": event.pk,
        "claims_assignment": assignment.pk,
        "claims_replyrequest": asked.pk,
        "claims_move": claim.moves.first().pk,
        "claims_review": claim.reviews.first().pk,
        "claims_contribution": claim.contributions.first().pk,
        "claims_verificationstatus": VerificationStatus.objects.first().pk,
        "claims_rolechange": contributor.role_changes.first().pk,
        "editions_edition": edition.pk,
        "sources_agent": claim.claimant_id,
        "sources_source": source.pk,
        "sources_protectedview": view.pk,
        "auth_user": contributor.pk,
        "auth_group": Group.objects.first().pk,
        "webhooks_endpoint": sent.endpoint_id,
        "webhooks_delivery": sent.pk,
        "django_ox_oxtask": verify_record.enqueue().id,
        "django_ox_oxschedule": schedule.pk,
    }


@pytest.fixture
def reader(rows: None) -> User:
    return User.objects.create_user("reader", "reader@example.org", "pass")


@pytest.fixture
def staff(rows: None) -> User:
    return User.objects.create_user("staff", "staff@example.org", "pass", is_staff=True)


def in_a_word(answer: HttpResponse) -> str:
    doors = (reverse("admin:login"), reverse("account_login"))
    if answer.status_code == 403:
        return NO
    if answer.status_code == 302:
        return LOGIN if answer.headers["location"].startswith(doors) else IN
    return IN if answer.status_code == 200 else str(answer.status_code)


def ask(client: Client, page: Page, name: str, known: dict[str, Any]) -> str:
    address = reverse(name, args=page.to(known))
    return in_a_word(getattr(client, page.asks)(address, page.query))


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.django_db
def test_everybody_gets_in_where_they_may_and_nowhere_else(request, person, known):
    client = Client(raise_request_exception=False)
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))
    # Editing is asked last: it may change what the other pages show.
    asked = [
        (page, name, ask(client, page, name, known))
        for page in sorted(PAGES, key=lambda page: page.asks)
        for name in page.names
    ]
    wrong = [
        f"{page.asks} {name} {page.says}: expected “{page.expected(person)}”, was “{was}”"
        for page, name, was in asked
        if was != page.expected(person)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_address_is_missing_from_the_table():
    """Add it to `tests/roles.py`, which says how."""
    there = list(addresses(get_resolver().url_patterns))
    named = {name for name, _ in there if name}
    tabled = {name for page in PAGES for name in page.names} | roles.NOT_ASKED
    assert named - tabled == set(), "not in the table"
    assert tabled - named == set(), "in the table, and nowhere else"
    unnamed = {
        re.sub(r"^admin/\w+/\w+/<path", "admin/*/*/<path", route)
        for name, route in there
        if not name
    }
    assert unnamed == set(roles.UNNAMED)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.django_db
def test_addresses_without_a_name_lead_nowhere_new(request, person, known):
    client = Client()
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))
    address = f"/admin/claims/claim/{known['claims_claim']}/"
    inside = person in roles.UNNAMED["admin/*/*/<path:object_id>/"]
    assert in_a_word(client.get(address)) == (IN if inside else LOGIN)
    lost = in_a_word(client.get("/admin/nowhere/"))
    assert lost == ("404" if inside else LOGIN)
    assert client.get(f"/claims/{known['ref'].lower()}/").status_code == 301
    assert client.get("/api/").status_code == 302
    assert client.get("/healthz").status_code == 200


def test_the_documentation_shows_this_table():
    """Else run `python -m tests.roles`."""
    assert roles.written() == roles.table()
