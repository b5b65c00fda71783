"""Nothing else is in the API: no word of a draft, a protected source, an account or a letter."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.intake.choices import Kind
from claims.intake.models import Letter
from claims.models import Claim, Event, Remark
from claims.partners.choices import Scope
from claims.partners.models import Partner
from claims.review import workflow
from claims.review.content import candidate
from sources.acting import acting
from sources.choices import Access
from tests import desk_work
from tests.api.everything import OWN, told
from tests.asking import CLAIM, partner_with, propose

pytestmark = pytest.mark.django_db
MARK = "QZX"  # in every word that is nobody's to know
RECORD = {"editions"}  # the tables that the public reads


@pytest.fixture
def marked(administrator):
    """The worked example, and beside it a desk that is full of what it keeps to itself."""
    call_command("load_example", verbosity=0)
    contributor, reviewer, publisher = (
        User.objects.get(username=name) for name in ("contributor", "reviewer", "publisher")
    )
    for number, person in enumerate((contributor, reviewer, publisher)):
        person.first_name, person.last_name = f"{MARK}-first", f"{MARK}-last-{number}"
        person.email = f"{MARK}-{number}@example.org"
        person.username = f"{MARK}-{person.username}"
        person.save()
    published = desk_work.draft(contributor, statement="The quay (an invented one) is closed.")
    nurse = desk_work.source(
        contributor,
        title=f"{MARK} nurse",
        section=f"{MARK} section",
        url=f"https://{MARK.lower()}.example/nurse",
        published_as_printed=f"{MARK} Monday",
        publisher=desk_work.speaker(contributor, name=f"{MARK} clinic"),
        access=Access.PROTECTED,
        access_reason=f"{MARK} reason",
        placeholder="one protected source",
    )
    kept = f"https://{MARK.lower()}.example/kept"
    restricted = desk_work.source(
        contributor, title="Shown to us", url=kept, access=Access.RESTRICTED, access_reason=MARK
    )
    with acting(contributor):
        restricted.derived_from.create(parent=nurse, kind="quotes", note=f"{MARK} came so")
    desk_work.evidence(
        published,
        contributor,
        source=nurse,
        exact=f"{MARK} quotation",
        prefix=f"{MARK} before",
        suffix=f"{MARK} after",
        language="en",
        locator=f"{MARK} ward",
        note=f"{MARK} said so",
    )
    desk_work.evidence(published, contributor, source=restricted)
    with acting(contributor):
        type(published.claimant).objects.filter(pk=published.claimant_id).update(note=f"{MARK} us")
        published.claimant.ratings.create(
            grade="B", rationale=f"{MARK} rationale", rated_by=contributor
        )
        published.reply_requests.create(
            party=published.claimant,
            channel="by mail",
            text=f"{MARK} letter to them",
            asked_on=date(2026, 1, 1),
            deadline=date(2026, 1, 9),
        )
        published.assignments.create(assignee=reviewer, note=f"{MARK} task")
    workflow.submit(published, by=contributor)
    review = workflow.comment(
        published, by=reviewer, digest=candidate(published).digest, note=f"{MARK} comment"
    )
    if review is not None:
        with acting(reviewer):
            Remark.objects.create(review=review, part="statement", text=f"{MARK} remark")
    workflow.approve(
        published, by=reviewer, digest=candidate(published).digest, note=f"{MARK} approved"
    )
    workflow.publish(published, by=publisher)
    workflow.revise(published, by=contributor, kind=ChangeKind.UPDATED, note=f"{MARK} change")
    desk_work.change(published, contributor, statement=f"{MARK} next edition", wanted=f"{MARK} w")

    with acting(contributor):
        event = Event.objects.create(
            label=f"{MARK} event", place=f"{MARK} place", time_as_printed=f"{MARK} day"
        )
    draft = desk_work.draft(
        contributor,
        statement=f"{MARK} draft",
        claimant=desk_work.speaker(contributor, name=f"{MARK} agent"),
        claimant_role=f"{MARK} role",
        event=event,
        wanted=f"{MARK} wanted",
    )
    unpublished = desk_work.source(contributor, title=f"{MARK} unused source")
    desk_work.evidence(draft, contributor, source=unpublished, exact=f"{MARK} words", language="en")
    with acting(contributor):
        draft.reply_requests.create(
            party=draft.claimant,
            channel=f"{MARK} channel",
            asked_on=date(2026, 1, 1),
            deadline=date(2026, 1, 9),
            state="answered",
            answer=f"{MARK} answer",
            answered_on=date(2026, 1, 2),
        )
        draft.figures.create(
            harm="killed", bound="exact", minimum=7, maximum=7, words=f"{MARK} seven"
        )
    letter = Letter(
        kind=Kind.CORRECTION,
        ref=published.ref,
        who=f"{MARK} who",
        what=f"{MARK} what",
        should_be=f"{MARK} instead",
        grounds=f"{MARK} grounds",
        link=f"https://{MARK.lower()}.example/letter",
        contact=f"{MARK} contact",
        note=f"{MARK} note",
    )
    letter.file(MARK * 8)
    partner = partner_with(f"{MARK} partner", "webhooks", "intake", label=f"{MARK} key")
    with acting(administrator):
        Partner.objects.update(contact=f"{MARK}@example.org", note=f"{MARK} terms")
    endpoint = {"url": f"https://{MARK.lower()}.example/", "description": f"{MARK} receiver"}
    asked = {"data": json.dumps(endpoint), "content_type": "application/json"}
    assert partner.post("/api/v1/webhooks/", **asked).status_code == 201
    assert propose(partner, CLAIM | {"statement": f"{MARK} proposed"}, key=MARK).status_code == 201
    return draft


@pytest.fixture
def another(marked):
    """Another partner, who may ask for everything of its own."""
    return partner_with("Another partner", *Scope.values)


def marked_columns():
    """Table and column of every text that holds a mark, among those that the public never reads."""
    for model in apps.get_models():
        if model._meta.app_label in RECORD or not model._meta.managed or model._meta.proxy:
            continue
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        for name in texts:
            if model._default_manager.filter(**{f"{name}__icontains": MARK}).exists():
                yield f"{model._meta.label_lower}.{name}"


def test_the_marks_stand_wherever_the_desk_keeps_words_to_itself(marked):
    columns = set(marked_columns())
    assert {
        *("claims.claim.statement", "claims.claim.wanted", "claims.claim.change_note"),
        *("claims.evidence.exact", "claims.evidence.note", "claims.evidence.locator"),
        *("claims.figure.words", "claims.event.label", "claims.review.note"),
        *("claims.replyrequest.text", "claims.assignment.note"),
        *("sources.source.title", "sources.source.url", "sources.source.access_reason"),
        *("sources.agent.name", "sources.agent.note", "sources.reliabilityrating.rationale"),
        *(
            "sources.derivation.note",
            "auth.user.email",
            "auth.user.username",
            "auth.user.last_name",
        ),
        *("intake.letter.what", "intake.letter.contact", "intake.letter.note"),
        *("partners.partner.name", "partners.partner.contact", "partners.partner.note"),
        *("partners.apikey.label", "webhooks.endpoint.url", "webhooks.endpoint.description"),
        *("intake.proposal.idempotency_key", "claims.replyrequest.answer"),
        "claims.replyrequest.channel",
    } <= columns


def holding_a_mark(answers):
    return [address for address, answer in answers if MARK.casefold().encode() in answer.lower()]


def test_no_answer_of_the_api_holds_any_of_it(marked):
    assert holding_a_mark(told()) == []


def test_nor_does_any_answer_to_another_partner(another):
    answers = dict(told(another))
    assert holding_a_mark(answers.items()) == []
    for own in OWN:
        assert any(address.startswith(f"/api/v1/{own}/") for address in answers), own


def test_no_answer_has_the_ref_of_what_was_never_published(marked):
    secret = {claim.ref for claim in Claim.objects.all()} - set(
        Edition.objects.values_list("ref", flat=True)
    )
    secret |= {
        ref
        for model in ("sources.Source", "sources.Agent", "claims.Event")
        for name in ("title", "name", "label")
        if name in {field.name for field in apps.get_model(model)._meta.fields}
        for ref in apps.get_model(model)
        .objects.filter(**{f"{name}__contains": MARK})
        .values_list("ref", flat=True)
    }
    assert len(secret) >= 5
    for address, answer in told():
        found = [word for word in secret if f'"{word}"'.encode() in answer]
        assert not found, (address, found)


def test_the_walk_reaches_every_kind_of_answer(marked):
    reached = {address.partition("?")[0] for address, _answer in told()}
    kinds = {len(address.split("/")) for address in reached}
    assert kinds >= {4, 5, 6, 7, 8}
    for name in ("claims", "editions", "events", "agents", "sources"):
        assert sum(address.startswith(f"/api/v1/{name}/") for address in reached) > 1
