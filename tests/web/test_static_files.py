"""Style sheets and scripts as a production site serves them: hashed, compressed, kept for good."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.web.conftest import tags

STATIC = re.compile(r'"(/static/[^"]+)"')


@pytest.fixture
def production(example, settings, tmp_path) -> Client:
    """A reader of a site whose files were collected as for production."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client()


def files(page: bytes) -> list[str]:
    return [
        path for name in ("link", "script") for path in STATIC.findall("".join(tags(page, name)))
    ]


@pytest.mark.parametrize("rest", ["", "embed/"])
def test_what_a_page_asks_for_is_compressed_and_kept_for_good(production, example, rest):
    found = files(production.get(example("C3") + rest).content)
    assert len(found) >= 3
    for path in found:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", path), path
        answer = production.get(path, headers={"accept-encoding": "gzip, br"})
        assert answer.status_code == 200, path
        assert "immutable" in answer["Cache-Control"]
        assert int(re.search(r"max-age=(\d+)", answer["Cache-Control"])[1]) >= 31_536_000
        assert not answer.cookies
        if not path.endswith(".svg"):
            assert answer["Content-Encoding"] == "br"
            assert answer["Vary"] == "Accept-Encoding"
            gzipped = production.get(path, headers={"accept-encoding": "gzip"})
            assert gzipped["Content-Encoding"] == "gzip"


def test_the_address_in_the_pages_of_others_is_the_same_in_production(production):
    answer = production.get("/embed.js")
    assert answer.status_code == 200
    assert b"claimCardHeight" in answer.content


def test_other_pages_frame_cards_that_grow_with_their_words(production, example):
    """The script of the card is one of those files, and says what the host's script listens for."""
    [script] = [
        one for one in files(production.get(f"{example('C3')}embed/").content) if ".js" in one
    ]
    body = b"".join(production.get(script).streaming_content)
    assert b"claimCardHeight" in body
