"""What a deployment says through its environment, and what it is told when it says too little."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import ROOT


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start anything that reads the settings, and print what the tests ask about."""
    told = "from django.conf import settings as s; print(s.SECRET_KEY, s.SESSION_COOKIE_SECURE, "
    told += "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.ALLOWED_HOSTS)"
    return subprocess.run(
        [sys.executable, "-c", told],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_without_a_secret_nothing_starts_and_one_sentence_says_which(name: str) -> None:
    started = start(**{name: ""})
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name} is not set. ")
    assert "Traceback" not in started.stderr


def test_debug_is_off_unless_asked_for() -> None:
    assert start(DEBUG="", SECRET_KEY="").returncode == 1


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ("", "Set DATABASE_OWNER_URL"),
        (os.environ["DATABASE_URL"], "name the same role"),
    ],
)
def test_migrations_need_an_owner_that_is_not_the_application(owner: str, words: str) -> None:
    migrated = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DATABASE_OWNER_URL": owner,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert migrated.returncode == 1
    assert words in migrated.stderr
    assert "Traceback" not in migrated.stderr


def test_https_turns_on_all_that_goes_with_it() -> None:
    secure = start(SITE_URL="https://desk.example.org", ALLOWED_HOSTS="desk.example.org").stdout
    assert "True True True 31536000 ['desk.example.org']" in secure


def test_plain_http_on_a_laptop_works() -> None:
    assert "False False False 0" in start(SITE_URL="http://127.0.0.1:8000").stdout


def test_every_setting_of_the_environment_is_explained_and_none_besides() -> None:
    read = set()
    for path in (*ROOT.glob("factcheck/*.py"), *ROOT.glob("tests/*.py")):
        text = path.read_text()
        read |= set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", text))
        read |= set(re.findall(r"\brequired\(\"([A-Z_]+)\"", text))
        read |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", text))
    read = read - {"PATH"} | {"DEMO_PASSWORDS"}  # which `load_example` reads
    explained = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(read)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_hold_no_address(name: str) -> None:
    text = Path(ROOT, name).read_text()
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9._\[\],-]+==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20
