"""Messages to partners, as real receivers get them: in order, signed, at least once."""

import json
import os
import random
import signal
import subprocess
import sys
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from django_ox.models import OxTask
from standardwebhooks import Webhook, WebhookVerificationError

from claims.editions.choices import EditionKind
from claims.editions.models import Edition, PublishedClaim
from claims.partners.models import Partner
from claims.webhooks import endpoints, sealing, sending
from claims.webhooks.choices import TYPES, Because, type_of
from claims.webhooks.models import Delivery, Endpoint, Message, Secret
from claims.webhooks.notice import tell
from claims.webhooks.tasks import deliver, forget_deliveries, nudge, send_due
from sources.acting import acting
from tests import desk_work
from tests.database import ROOT, run
from tests.receivers import hanging, receiving, wait_until


@pytest.fixture
def newsroom(record):
    chief, _made = User.objects.get_or_create(username="chief")
    with acting(chief):
        partner, _made = Partner.objects.get_or_create(
            name="The Example Gazette", contact="api@gazette.example"
        )
    yield partner
    Endpoint.objects.all().delete()
    OxTask.objects.all().delete()


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def subscribe(newsroom, receiver):
    """An endpoint for which so many editions of the record are news, and its secret."""

    def make(news=3, **given):
        given.setdefault("position", endpoints.last_sequence() - news)
        given.setdefault("url", receiver.url)
        return endpoints.register(newsroom, **given)

    return make


def verified(asked, secret):
    return Webhook(secret).verify(asked.body, asked.headers)


def sequences(heard):
    return [json.loads(asked.body)["data"].get("sequence") for asked in heard]


def last(number):
    end = endpoints.last_sequence()
    return list(range(end - number + 1, end + 1))


def at_once(endpoint):
    """As if the time to wait were over."""
    Endpoint.objects.filter(pk=endpoint.pk).update(next_at=timezone.now())
    sending.send_round(endpoint.pk)
    endpoint.refresh_from_db()


def test_every_edition_is_told_once_in_order_and_signed(subscribe, receiver):
    endpoint, secret = subscribe(5)
    assert sending.send_round(endpoint.pk) is None
    said = [verified(asked, secret) for asked in receiver.heard]
    for message, edition in zip(said, Edition.objects.after(endpoint.position), strict=True):
        assert message == {
            "type": f"claim.{edition.kind}",
            "timestamp": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "data": {
                "ref": edition.ref,
                "edition": edition.number,
                "digest": edition.digest,
                "sequence": edition.sequence,
            },
        }
    sending.send_round(endpoint.pk)
    assert len(receiver.heard) == 5
    assert {asked.headers["content-type"] for asked in receiver.heard} == {"application/json"}


def test_a_message_with_another_secret_is_not_ours(subscribe, receiver):
    endpoint, _secret = subscribe(1)
    sending.send_round(endpoint.pk)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.heard[0], sealing.new_secret())


def test_the_next_message_waits_until_the_one_before_it_was_taken(subscribe, receiver):
    receiver.answers = [204, 500, 503, (302, {"Location": receiver.url}, b""), 404, 200]
    endpoint, secret = subscribe(3)
    for _ in range(6):
        at_once(endpoint)
    first, second, third = last(3)
    assert sequences(receiver.heard) == [first, *[second] * 5, third]
    tries = receiver.heard[1:6]
    assert len({asked.headers["webhook-id"] for asked in tries}) == 1
    assert len({asked.body for asked in tries}) == 1
    assert len({asked.headers["webhook-id"] for asked in receiver.heard}) == 3
    assert all(verified(asked, secret) for asked in receiver.heard)
    assert endpoint.position == third
    assert (endpoint.failures, endpoint.failing_since) == (0, None)


def test_order_holds_however_receivers_answer(subscribe, receiver):
    """Any mix of answers: each message is heard, none before the one before it was taken."""
    chance = random.Random(5)
    receiver.answers = [chance.choice([200, 204, 500, 429, 301, 400]) for _ in range(120)]
    said = list(receiver.answers)
    endpoint, _secret = subscribe(20)
    while endpoint.position < endpoints.last_sequence():
        at_once(endpoint)
    expected = last(20)
    for answer, heard in zip(said, sequences(receiver.heard), strict=False):
        assert heard == expected[0]
        if answer in {200, 204}:
            expected.pop(0)
    assert expected == []


def test_what_came_back_is_on_file(subscribe, receiver):
    receiver.answers = [(500, {}, b"out of\x00 order \xff" + b"x" * 2000), 204]
    endpoint, _secret = subscribe(1)
    at_once(endpoint)
    at_once(endpoint)
    failed, taken = endpoint.deliveries.order_by("pk")
    assert (failed.number, failed.status, failed.taken) == (1, 500, False)
    assert failed.answer.startswith("out of\ufffd order \ufffdx")
    assert len(failed.answer) == sending.CHARACTERS
    assert (taken.number, taken.status, taken.taken) == (2, 204, True)
    assert taken.message.taken_at is not None


def test_each_failure_is_followed_by_a_longer_wait(subscribe, receiver):
    receiver.answers = [500] * 30
    endpoint, _secret = subscribe(1)
    waits = []
    for _ in range(14):
        at_once(endpoint)
        waits.append((endpoint.next_at - timezone.now()).total_seconds())
    for number, wait in enumerate(waits):
        longest = min(5 * 2**number, 3600)
        assert longest / 2 - 2 < wait <= longest
    assert len({round(wait, 3) for wait in waits[-4:]}) == 4  # never quite the same


@pytest.mark.parametrize(
    ("status", "said", "least", "most"),
    [
        (503, "600", 590, 600),
        (429, "600", 590, 600),
        (503, "999999999999", 3500, 3600),
        (503, "-5", 0, 5),
        (503, "soon", 0, 5),
        (503, "Thu, 01 Jan 1970 00:00:00 GMT", 0, 5),
        (503, "Fri, 01 Jan 2999 00:00:00 GMT", 3500, 3600),
        (500, "600", 0, 5),
    ],
)
def test_a_receiver_can_ask_for_time_within_bounds(subscribe, receiver, status, said, least, most):
    receiver.answers = [(status, {"Retry-After": said}, b"")]
    endpoint, _secret = subscribe(1)
    at_once(endpoint)
    assert least <= (endpoint.next_at - timezone.now()).total_seconds() <= most


def test_a_failure_is_tried_again_by_the_worker_itself(subscribe, receiver):
    receiver.answers = [500]
    endpoint, _secret = subscribe(1)
    OxTask.objects.all().delete()
    deliver.call(endpoint.pk)
    endpoint.refresh_from_db()
    (again,) = OxTask.objects.all()
    assert (again.args, again.run_after) == ([endpoint.pk], endpoint.next_at)


def test_whoever_takes_nothing_for_too_long_is_given_up_with_notice(
    subscribe, receiver, settings, mailoutbox
):
    receiver.answers = [500] * 20
    endpoint, _secret = subscribe(1)
    for _ in range(sending.FEWEST_TRIES):
        at_once(endpoint)
    assert endpoint.enabled
    since = timezone.now() - timedelta(hours=settings.WEBHOOK_PATIENCE_HOURS, seconds=1)
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=since)
    at_once(endpoint)
    assert endpoint.disabled_because == Because.FAILING
    (told,) = OxTask.objects.filter(task_path__endswith="notice.tell")
    tell.call(*told.args)
    (letter,) = mailoutbox
    assert letter.to == ["api@gazette.example"]
    assert receiver.url in letter.body
    assert "500" in letter.body
    heard = len(receiver.heard)
    at_once(endpoint)
    assert len(receiver.heard) == heard


def test_an_endpoint_that_is_switched_on_again_goes_on_where_it_stopped(subscribe, receiver):
    receiver.answers = [204, 410]
    endpoint, _secret = subscribe(3)
    at_once(endpoint)
    assert endpoint.disabled_because == Because.GONE
    endpoints.change(endpoint, enabled=True)
    at_once(endpoint)
    first, second, third = last(3)
    assert sequences(receiver.heard) == [first, second, second, third]


def test_gone_is_gone_at_once(subscribe, receiver):
    receiver.answers = [410]
    endpoint, _secret = subscribe(2)
    at_once(endpoint)
    assert (endpoint.disabled_because, len(receiver.heard)) == (Because.GONE, 1)
    assert OxTask.objects.filter(task_path__endswith="notice.tell").count() == 1


def test_a_redirect_is_a_failure(subscribe, receiver):
    receiver.answers = [(301, {"Location": receiver.url}, b"")]
    endpoint, _secret = subscribe(1)
    at_once(endpoint)
    assert (len(receiver.heard), endpoint.failures) == (1, 1)
    assert endpoint.deliveries.get().status == 301


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://127.0.0.1/", "private_address"),
        ("https://10.0.0.8/", "private_address"),
        ("http://partner.example/", "bad_address"),
    ],
)
def test_what_is_private_is_never_asked(subscribe, settings, url, error):
    settings.FETCH_LOOPBACK = False
    endpoint, _secret = subscribe(1, url=url)
    at_once(endpoint)
    assert endpoint.deliveries.get().error == error
    assert endpoint.failures == 1


def test_a_name_that_leads_home_a_moment_later_is_not_followed(subscribe, settings, monkeypatch):
    """Each try looks the name up anew, and checks what it then connects to."""
    settings.FETCH_LOOPBACK = False
    looked_up = []

    def lookup(host, port, *args, **kwargs):
        looked_up.append(host)
        return real("127.0.0.1", port, *args, **kwargs)

    import socket

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    endpoint, _secret = subscribe(1, url="https://partner.example/hook")
    at_once(endpoint)
    assert endpoint.deliveries.get().error == "private_address"
    assert looked_up == ["partner.example"]


# --- Secrets -----------------------------------------------------------------------------------


def test_while_a_secret_changes_both_verify(subscribe, receiver):
    endpoint, old = subscribe(1)
    new, until = endpoints.rotate(endpoint)
    assert timedelta(hours=23) < until - timezone.now() <= timedelta(hours=24)
    at_once(endpoint)
    (asked,) = receiver.heard
    assert verified(asked, old) == verified(asked, new)


def test_the_secret_before_ends_after_a_day(subscribe, receiver):
    endpoint, old = subscribe(1)
    new, _until = endpoints.rotate(endpoint)
    endpoint.secrets.exclude(ends_at=None).update(ends_at=timezone.now())
    at_once(endpoint)
    assert verified(receiver.heard[0], new)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.heard[0], old)


def test_no_more_than_two_secrets_are_live(subscribe, receiver):
    endpoint, first = subscribe(1)
    second, _until = endpoints.rotate(endpoint)
    third, _until = endpoints.rotate(endpoint)
    at_once(endpoint)
    assert verified(receiver.heard[0], second) == verified(receiver.heard[0], third)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.heard[0], first)


def test_secrets_lie_sealed(subscribe):
    endpoint, secret = subscribe(1)
    stored = endpoint.secrets.get()
    assert secret not in stored.sealed
    assert stored.secret == secret


def test_a_changed_key_of_the_site_opens_secrets_while_it_knows_the_one_before(
    subscribe, settings, receiver
):
    endpoint, secret = subscribe(2)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    settings.SECRET_KEY_FALLBACKS = [before]
    at_once(endpoint)
    assert verified(receiver.heard[0], secret)
    settings.SECRET_KEY_FALLBACKS = []
    endpoint2, _secret = subscribe(1)
    Secret.objects.filter(endpoint=endpoint2).update(sealed=endpoint.secrets.get().sealed)
    at_once(endpoint2)
    assert endpoint2.disabled_because == Because.SECRET
    assert len(receiver.heard) == 2


# --- What is asked for -------------------------------------------------------------------------


def test_every_kind_of_edition_has_a_kind_of_message():
    assert {type_of(kind) for kind in EditionKind.values} <= set(TYPES)


def test_only_the_kinds_that_are_asked_for_are_sent(subscribe, receiver):
    endpoint, _secret = subscribe(types=["claim.retracted", "claim.corrected"], position=0)
    at_once(endpoint)
    wanted = Edition.objects.filter(kind__in=["retracted", "corrected"]).order_by("sequence")
    assert sequences(receiver.heard) == list(wanted.values_list("sequence", flat=True))
    assert endpoint.position == endpoints.last_sequence()


def test_only_what_concerns_a_claimant_is_sent_its_retraction_too(subscribe, receiver):
    gone = PublishedClaim.objects.filter(edition__kind="retracted").first()
    before = Edition.objects.get(ref=gone.ref, number=gone.edition.number - 1)
    claimant = before.document["claimant"]["ref"]
    endpoint, _secret = subscribe(claimants=[claimant], position=0)
    at_once(endpoint)
    told = set(sequences(receiver.heard))
    assert gone.edition.sequence in told
    for edition in Edition.objects.exclude(kind="retracted"):
        assert (edition.sequence in told) == (edition.document["claimant"]["ref"] == claimant)


def test_claimant_and_event_both_have_to_fit(subscribe, receiver):
    claim = PublishedClaim.objects.filter(retracted=False).first()
    endpoint, _secret = subscribe(
        claimants=[claim.claimant_ref], events=[claim.event_ref], position=0
    )
    at_once(endpoint)
    assert claim.sequence in sequences(receiver.heard)
    for asked in receiver.heard:
        ref = json.loads(asked.body)["data"]["ref"]
        found = PublishedClaim.objects.get(ref=ref)
        assert (found.claimant_ref, found.event_ref) == (claim.claimant_ref, claim.event_ref)


# --- By hand -----------------------------------------------------------------------------------


def test_a_test_is_sent_and_says_nothing_else(subscribe, receiver):
    endpoint, secret = subscribe(0)
    message = endpoints.test(endpoint)
    deliver.call(endpoint.pk)
    said = verified(receiver.heard[0], secret)
    assert (said["type"], said["data"]) == ("test", {"endpoint": str(endpoint.uuid)})
    logged = message.deliveries.get()
    assert (logged.reason, logged.taken) == ("test", True)


def test_a_test_that_fails_is_on_file_and_not_tried_again(subscribe, receiver):
    receiver.answers = [500]
    endpoint, _secret = subscribe(0)
    endpoints.test(endpoint)
    assert sending.send_round(endpoint.pk) is None
    sending.send_round(endpoint.pk)
    assert [delivery.status for delivery in endpoint.deliveries.all()] == [500]
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.enabled) == (0, True)


def test_a_test_does_not_wait_for_what_is_put_off(subscribe, receiver):
    receiver.answers = [500, 204]
    endpoint, _secret = subscribe(1)
    sending.send_round(endpoint.pk)
    endpoints.test(endpoint)
    sending.send_round(endpoint.pk)
    # It was taken: what had failed is tried again at once.
    assert sequences(receiver.heard) == [*last(1), None, *last(1)]


def test_a_message_is_sent_again_under_the_same_id(subscribe, receiver):
    endpoint, _secret = subscribe(2)
    at_once(endpoint)
    endpoints.send_again(endpoint.deliveries.order_by("pk").first())
    at_once(endpoint)
    first, second, again = receiver.heard
    assert (
        again.headers["webhook-id"] == first.headers["webhook-id"] != second.headers["webhook-id"]
    )
    assert again.body == first.body
    assert endpoint.deliveries.first().reason == "again"
    assert endpoint.position == endpoints.last_sequence()


def test_sending_again_what_waits_counts_as_its_turn(subscribe, receiver):
    receiver.answers = [500, 204]
    endpoint, _secret = subscribe(2)
    sending.send_round(endpoint.pk)
    endpoints.send_again(endpoint.deliveries.get())
    sending.send_round(endpoint.pk)
    first, second = last(2)
    assert sequences(receiver.heard) == [first, first, second]


def test_what_the_desk_switched_off_gets_nothing(subscribe, receiver):
    endpoint, _secret = subscribe(1)
    endpoints.switch_by_desk(endpoint, on=False)
    endpoint.refresh_from_db()
    at_once(endpoint)
    with pytest.raises(endpoints.Refused):
        endpoints.test(endpoint)
    with pytest.raises(endpoints.Refused):
        endpoints.change(endpoint, enabled=True)
    assert receiver.heard == []
    endpoints.switch_by_desk(endpoint, on=True)
    at_once(endpoint)
    assert sequences(receiver.heard) == last(1)


# --- Workers -----------------------------------------------------------------------------------


def test_a_worker_that_is_killed_leaves_nothing_unsent(subscribe, receiver):
    """SIGKILL in the middle of a request: the same message comes again, under the same id."""
    receiver.answers = [hanging, 204]
    endpoint, secret = subscribe(2)
    database = connections.settings["default"]["NAME"]
    code = (
        "import sys, django; django.setup()\n"
        "from claims.webhooks.sending import send_round; send_round(int(sys.argv[1]))"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code, str(endpoint.pk)],
        cwd=ROOT,
        env={
            **os.environ,
            **run.environment(database),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DEBUG": "1",
        },
    )
    try:
        wait_until(lambda: receiver.heard)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    sending.send_round(endpoint.pk)
    assert len(receiver.heard) == 1  # the lease of the dead one has not run out
    Endpoint.objects.filter(pk=endpoint.pk).update(leased_until=timezone.now())
    sending.send_round(endpoint.pk)
    first, second = last(2)
    assert sequences(receiver.heard) == [first, first, second]
    killed, again, _next = receiver.heard
    assert killed.headers["webhook-id"] == again.headers["webhook-id"]
    assert verified(again, secret)


def in_threads(*calls):
    def closing(call):
        try:
            call()
        finally:
            connections.close_all()

    threads = [Thread(target=closing, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_never_send_to_one_endpoint_at_once(subscribe, receiver):
    endpoint, _secret = subscribe(30)
    in_threads(*[lambda: sending.send_round(endpoint.pk)] * 4)
    sending.send_round(endpoint.pk)
    assert sequences(receiver.heard) == last(30)


def test_an_endpoint_that_hangs_keeps_no_other_one_waiting(subscribe, receiver):
    with receiving() as slow:
        slow.answers = [hanging]
        hung, _secret = subscribe(1, url=slow.url)
        quick, _secret = subscribe(3)
        waiting = Thread(target=lambda: (sending.send_round(hung.pk), connections.close_all()))
        waiting.start()
        wait_until(lambda: slow.heard)
        sending.send_round(quick.pk)
        assert sequences(receiver.heard) == last(3)
        assert waiting.is_alive()
        slow.over.set()
        waiting.join()


def test_nothing_is_held_in_the_database_while_a_request_is_under_way(subscribe, receiver):
    held = []

    def look(handler):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL"
                " AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            held.extend(cursor.fetchone())
        connections.close_all()
        handler.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    receiver.answers = [look]
    endpoint, _secret = subscribe(1)
    sending.send_round(endpoint.pk)
    assert held == [0]
    assert endpoint.deliveries.get().taken


def test_whoever_looks_ahead_meanwhile_is_not_overruled(subscribe, receiver):
    """The partner skips ahead while a message is under way: that is what counts."""
    endpoint, _secret = subscribe(5)

    def skip(handler):
        endpoints.change(endpoint, position=endpoints.last_sequence() - 1)
        connections.close_all()
        handler.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    receiver.answers = [skip]
    sending.send_round(endpoint.pk)
    assert sequences(receiver.heard) == [last(5)[0], last(5)[-1]]


def test_an_endpoint_that_is_removed_meanwhile_leaves_no_trace(subscribe, receiver):
    endpoint, _secret = subscribe(2)

    def remove(handler):
        Endpoint.objects.filter(pk=endpoint.pk).delete()
        connections.close_all()
        handler.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    receiver.answers = [remove]
    assert sending.send_round(endpoint.pk) is None
    assert not Delivery.objects.exists()


def test_nobody_comes_back_for_what_is_not_wanted_any_more(subscribe, receiver):
    endpoint, _secret = subscribe(1)
    receiver.answers = [500]
    assert sending.send_round(endpoint.pk) > timezone.now()
    wanted = {type_of(edition.kind) for edition in Edition.objects.after(endpoint.position)}
    endpoints.change(endpoint, types=[one for one in TYPES if one not in wanted])
    Endpoint.objects.filter(pk=endpoint.pk).update(next_at=timezone.now())
    assert sending.send_round(endpoint.pk) is None
    assert len(receiver.heard) == 1


def test_nobody_comes_back_while_another_worker_is_at_it(subscribe, receiver):
    endpoint, _secret = subscribe(1)
    receiver.answers = [500]
    sending.send_round(endpoint.pk)
    soon = timezone.now() + timedelta(minutes=1)
    Endpoint.objects.filter(pk=endpoint.pk).update(
        next_at=timezone.now(), lease=uuid4(), leased_until=soon
    )
    assert sending.send_round(endpoint.pk) is None
    assert len(receiver.heard) == 1


def test_all_that_is_due_is_begun_each_minute(subscribe):
    due, _secret = subscribe(1)
    subscribe(0)
    off, _secret = subscribe(1)
    endpoints.change(off, enabled=False)
    OxTask.objects.all().delete()
    assert send_due.call() == 1
    assert [task.args for task in OxTask.objects.all()] == [[due.pk]]


def test_a_partner_who_is_suspended_gets_nothing(subscribe, newsroom, receiver):
    endpoint, _secret = subscribe(1)
    with acting(User.objects.get(username="chief")):
        Partner.objects.update(suspended_at=timezone.now())
        sending.send_round(endpoint.pk)
        Partner.objects.update(suspended_at=None)
    assert receiver.heard == []


def test_nobody_is_nudged_where_nobody_listens(subscribe):
    OxTask.objects.all().delete()
    Endpoint.objects.all().delete()
    nudge()
    assert not OxTask.objects.exists()
    subscribe(0)
    nudge()
    assert OxTask.objects.get().task_path == "claims.webhooks.tasks.send_due"


def test_what_was_sent_long_ago_is_forgotten(subscribe, receiver, settings):
    receiver.answers = [204, 500]
    endpoint, _secret = subscribe(2)
    at_once(endpoint)
    old = timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS, minutes=1)
    Delivery.objects.update(at=old)
    Message.objects.update(made_at=old)
    forget_deliveries.call()
    assert not Delivery.objects.exists()
    assert Message.objects.get().sequence == endpoints.last_sequence()  # it still waits
    assert mail.outbox == []


@pytest.fixture
def worker(committed):
    """The worker as it runs on a server, on the test's own database."""
    environment = {
        **os.environ,
        **run.environment(connections["default"].settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DEBUG": "1",  # where messages may go to this machine
    }
    command = [sys.executable, "manage.py", "ox_worker", "--concurrency=2"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        yield process
        process.terminate()
        process.communicate(timeout=30)


def test_what_a_desk_publishes_is_told_by_the_worker(
    worker, contributor, reviewer, publisher, receiver
):
    with acting(publisher):
        partner = Partner.objects.create(name="The Example Gazette", contact="a@gazette.example")
    _endpoint, secret = endpoints.register(partner, url=receiver.url)
    edition = desk_work.publish(desk_work.draft(contributor), reviewer, publisher)
    wait_until(lambda: receiver.heard or worker.poll() is not None)
    assert worker.poll() is None, worker.stderr.read()
    told = verified(receiver.heard[0], secret)["data"]
    assert (told["ref"], told["digest"]) == (edition.ref, edition.digest)
    asked = Client().get(f"/api/v1/editions/{told['digest']}/").json()
    assert asked["sequence"] == told["sequence"] == edition.sequence
