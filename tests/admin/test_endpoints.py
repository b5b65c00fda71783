"""Administrators see where messages to partners go, and what became of them; never a secret."""

import pytest
from django.urls import reverse
from django_ox.models import OxTask

from claims.admin.endpoints import TROUBLES
from claims.webhooks import endpoints
from claims.webhooks.choices import Because
from claims.webhooks.models import Endpoint
from sources.acting import acting
from sources.fetching import Trouble
from sources.models import Change
from tests.sent import delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(administrator):
    return delivery(administrator)


def at(name, *to):
    return reverse(f"admin:webhooks_{name}", args=to)


def test_the_desk_switches_an_endpoint_off_and_on(desk, administrator, failed):
    client = desk(administrator)
    there = failed.endpoint
    assert client.get(at("endpoint_switch", there.pk, "off")).status_code == 405
    client.post(at("endpoint_switch", there.pk, "off"))
    there.refresh_from_db()
    assert there.disabled_because == Because.DESK
    newest = Change.objects.order_by("-pk").first()
    assert (newest.table_name, newest.by) == ("webhooks_endpoint", administrator)
    client.post(at("endpoint_switch", there.pk, "on"))
    there.refresh_from_db()
    assert there.enabled


def test_a_message_is_sent_again_from_its_page(desk, administrator, failed):
    OxTask.objects.all().delete()
    failed.message.wanted_at = None
    failed.message.save()
    desk(administrator).post(at("delivery_again", failed.pk))
    failed.message.refresh_from_db()
    assert failed.message.wanted_at is not None
    assert OxTask.objects.get().args == [failed.endpoint_id]


def test_what_is_off_is_not_sent_again(desk, administrator, failed):
    with acting(administrator):
        endpoints.switch_by_desk(failed.endpoint, on=False)
    OxTask.objects.all().delete()
    page = desk(administrator).post(at("delivery_again", failed.pk), follow=True)
    assert "nothing is sent to it" in page.content.decode()
    assert not OxTask.objects.exists()


def test_no_page_shows_a_secret(desk, administrator, failed):
    stored = failed.endpoint.secrets.get()
    for address in (
        at("endpoint_changelist"),
        at("endpoint_change", failed.endpoint_id),
        at("endpoint_history", failed.endpoint_id),
        at("delivery_changelist"),
        at("delivery_change", failed.pk),
    ):
        page = desk(administrator).get(address).content.decode()
        assert stored.secret not in page
        assert stored.sealed not in page
        assert "whsec_" not in page


def test_the_last_day_is_told_hour_by_hour(desk, administrator, failed):
    page = desk(administrator).get(at("endpoint_change", failed.endpoint_id))
    taken, not_taken = page.context["last_day"]
    assert (taken.total, not_taken.total, not_taken.last) == (0, 1, 1)
    assert "not taken (500)" in page.content.decode()


def test_the_list_costs_the_same_however_many(
    desk, administrator, failed, django_assert_max_num_queries
):
    client = desk(administrator)
    client.get(at("endpoint_changelist"))
    for number in range(5):
        with acting(administrator):
            endpoints.register(failed.endpoint.partner, url=f"https://a.example/{number}")
    with django_assert_max_num_queries(14):
        assert client.get(at("endpoint_changelist")).status_code == 200
    assert Endpoint.objects.count() == 6


def test_whatever_keeps_a_message_from_its_endpoint_is_told_in_words(desk, administrator, failed):
    assert {*Trouble, Because.SECRET} == set(TROUBLES)
    type(failed).objects.filter(pk=failed.pk).update(status=None, error=Trouble.NAME)
    page = desk(administrator).get(at("delivery_changelist")).content.decode()
    assert "not taken (there is no such host)" in page
