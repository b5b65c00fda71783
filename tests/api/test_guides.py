"""The guides do not rot: what they tell partners to run is run, against the served site."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from standardwebhooks import Webhook

from claims.api import docs
from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey, Partner
from claims.web.guides import DOCS, GUIDES, WRITTEN
from sources.acting import acting
from tests import database
from tests.receivers import wait_until

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(slug: str, language: str) -> str:
    text = (DOCS / GUIDES[slug]).read_text()
    return "\n".join(code for found, code in BLOCK.findall(text) if found == language)


RUNNABLE = [
    slug
    for slug, file in GUIDES.items()
    if file.startswith("api/") and (blocks(slug, "sh") or blocks(slug, "python"))
]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """The worked example, served; and a partner's key that opens everything."""
    with django_db_blocker.unblock(), database.cloned():
        call_command("load_example", verbosity=0)
        chief = User.objects.create_user("chief")
        with acting(chief):
            partner = Partner.objects.create(name="Gazette", contact="api@gazette.example")
            key, text = ApiKey.new(
                KeyKind.SECRET,
                partner=partner,
                label="guides",
                scopes=list(Scope.values),
                created_by=chief,
            )
            key.save()
        server = LiveServer("127.0.0.1")
        yield server.url, text
        server.stop()
        connections.close_all()


def run(command: list[str], code: str, site: tuple[str, str], folder: Any) -> str:
    address, key = site
    done = subprocess.run(
        command,
        input=code.replace(WRITTEN, address),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "KEY": key, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.mark.parametrize("slug", RUNNABLE)
def test_what_a_guide_says_to_run_runs(site, slug, tmp_path):
    if shell := blocks(slug, "sh"):
        run(["bash", "-euo", "pipefail"], shell, site, tmp_path)
    if code := blocks(slug, "python"):
        run([sys.executable, "-P", "-c", PYTHON], code, site, tmp_path)


PYTHON = "import sys; sys.path.insert(0, '.'); exec(compile(sys.stdin.read(), 'guide', 'exec'))"


def test_the_guides_that_can_be_run_are():
    assert {"quick-start", "sync", "webhooks", "errors", "keys", "proposals"} <= set(RUNNABLE)


@pytest.mark.parametrize("slug", GUIDES)
def test_each_guide_is_a_page_whose_links_lead_somewhere(slug, client):
    answer = client.get(f"/api/docs/{slug}/" if slug else "/api/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="en"' in page
    for address in re.findall(r'href="(/api/docs/[^"#]*)', page):
        assert client.get(address).status_code == 200, address


def test_a_guide_nobody_wrote_is_not_found(client):
    assert client.get("/api/docs/nothing/").status_code == 404
    assert client.get("/api/docs/settings.py").status_code == 404


CLIENT = """
import sys
from factcheck_client import Client
from factcheck_client.api.the_public_record import changes, claim, claims
client = Client(sys.argv[1])
page = claims.sync(client=client, limit=2)
ref = page.items[0].ref
assert claim.sync(ref, client=client).ref == ref
assert changes.sync(client=client).items[0].sequence == 1
answer = claim.sync_detailed("ZZZZZZZZ", client=client)
assert answer.status_code == 404, answer
assert answer.parsed.status == 404, answer
"""


def test_a_client_made_from_the_description_reads_the_record(site, tmp_path):
    (tmp_path / "openapi.json").write_bytes(docs.document())
    (tmp_path / "made.yaml").write_text(f"post_hooks: []\n{blocks('quick-start', 'yaml')}")
    tool = Path(sys.executable).parent / "openapi-python-client"
    made = subprocess.run(
        [
            *(tool, "generate", "--path", "openapi.json", "--meta", "none"),
            *("--config", "made.yaml", "--output-path", "factcheck_client", "--fail-on-warning"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    subprocess.run([sys.executable, "-c", CLIENT, site[0]], cwd=tmp_path, check=True, timeout=60)


def test_the_blocks_of_the_guides_are_of_known_kinds():
    for file in GUIDES.values():
        for language, code in BLOCK.findall((DOCS / file).read_text()):
            assert language in {"sh", "python", "json", "yaml", "text"}, (file, language)
            if language == "json":
                json.loads(code)


def test_a_script_comes_as_it_is(client: Client):
    assert client.get("/api/docs/sync_client.py").content == (DOCS / "sync_client.py").read_bytes()


SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def test_the_receiver_keeps_a_message_once_and_a_forged_one_never(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    body = '{"type":"claim.minor","timestamp":"2026-11-23T12:00:00Z","data":{"sequence":7}}'

    def sent(secret: str) -> int:
        now = datetime.now(UTC)
        headers = {
            "webhook-id": "msg_7",
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign("msg_7", now, body),
        }
        try:
            address = f"http://127.0.0.1:{port}/"
            return requests.post(address, body, headers=headers, timeout=10).status_code
        except requests.ConnectionError:
            return 0

    running = subprocess.Popen(
        [sys.executable, DOCS / "webhook_receiver.py", str(port)],
        cwd=tmp_path,
        env={"WEBHOOK_SECRET": SECRET, "PATH": os.environ["PATH"]},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: sent(SECRET) == 204)
        assert sent(SECRET) == 204
        assert sent(SECRET.replace("A", "B")) == 401
        with closing(sqlite3.connect(tmp_path / "messages.sqlite")) as box:
            kept = box.execute("SELECT id, sequence FROM message").fetchall()
        assert kept == [("msg_7", 7)]
    finally:
        running.terminate()
        running.wait(10)
