"""The words of the site in all its languages: gathered, translated, compiled."""

import gettext
import json
import re
import subprocess
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils.functional import Promise
from django.utils.translation import override

from claims.review.content import candidate
from factcheck import names
from factcheck.borrowed import BORROWED
from tests import messages

LANGUAGES = ("fr", "ar")
ROOMS = ("claims", "factcheck", "sources", "templates")
# What is called so in every language.
SAME_EVERYWHERE = {"EDTF", "Wikidata", "%(claimant)s: %(statement)s", ", ", ":?.!"}
NOT_WORDS = {"EDTF", "Q42"}
LITERAL = r"'(?:[^']|'')*'(?:\s*\n\s*'(?:[^']|'')*')*"


@pytest.fixture
def gathered(tmp_path, monkeypatch, settings):
    """The catalogues as `make messages` would leave them, beside those that are committed."""
    if not messages.found():
        pytest.fail(messages.MISSING)
    for room in ROOMS:
        (tmp_path / room).symlink_to(Path(room).absolute())
    for language in LANGUAGES:
        folder = tmp_path / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_bytes(catalogue(language).read_bytes())
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", verbosity=0, symlinks=True)
    return tmp_path / "locale"


def catalogue(language: str, kind: str = "po", within: Path | None = None) -> Path:
    return (within or Path("locale").absolute()) / language / "LC_MESSAGES" / f"django.{kind}"


def compiled(path: Path) -> dict[str | tuple[str, int], str]:
    """What a compiled catalogue says, its header left out."""
    with path.open("rb") as file:
        said = dict(gettext.GNUTranslations(file)._catalog)
    said.pop("")
    return said


def gnu(program: str, *arguments: str | Path) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_site_is_translated(gathered, language):
    path = catalogue(language, within=gathered)
    assert gnu("msgattrib", "--no-obsolete", "--untranslated", path) == ""
    assert gnu("msgattrib", "--no-obsolete", "--only-fuzzy", path) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written_and_what_the_code_says(
    gathered, language, django_db_setup
):
    committed = Path(settings.BASE_DIR) / "locale"
    now = compiled(catalogue(language, "mo", gathered))
    assert len(now) > 500
    assert compiled(catalogue(language, "mo", committed)) == now


JS_TEXT = r"""(?:"[^"]*"|'[^']*')"""
SAID_BY_SCRIPTS = re.compile(rf"\bn?gettext\(\s*({JS_TEXT}(?:\s*\+\s*{JS_TEXT})*)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_scripts_of_the_desk_say_is_translated(language):
    scripts = Path(django.__file__).parent / "contrib/admin/static/admin/js"
    said = {
        "".join(text[1:-1] for text in re.findall(JS_TEXT, words))
        for script in scripts.rglob("*.js")
        if "vendor" not in script.parts
        for words in SAID_BY_SCRIPTS.findall(script.read_text())
    }
    assert len(said) > 50
    with override(language):
        catalogue = admin.site.i18n_javascript(RequestFactory().get("/"))
    words = re.search(r"newcatalog = ({.*?});$", catalogue.text, re.MULTILINE | re.DOTALL)[1]
    known = set(json.loads(words))
    assert said - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_blanks_and_the_plurals_that_its_language_needs(language):
    if not messages.found():
        pytest.fail(messages.MISSING)
    assert gnu("msgfmt", "--check", "--output-file=/dev/null", catalogue(language)) == ""
    forms = {"fr": 3, "ar": 6}[language]
    said = compiled(catalogue(language, "mo"))
    plural = {key[0] for key in said if isinstance(key, tuple)}
    assert plural
    assert {(one, n) for one in plural for n in range(forms)} <= said.keys()


def test_what_is_said_in_arabic_is_written_in_arabic():
    said = compiled(catalogue("ar", "mo"))
    latin = {
        key if isinstance(key, str) else key[0]
        for key, words in said.items()
        if not re.search("[\u0600-\u06ff]", words)
        # What holds no word but the values put into it is the same everywhere.
        and re.search("[A-Za-z]", re.sub(r"%\(\w+\)s", "", str(key)))
    }
    assert latin <= SAME_EVERYWHERE


@pytest.mark.django_db
def test_the_sentences_of_the_database_are_listed_for_translation():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND prosrc ~ 'MESSAGE|RETURN .[A-Z]|RETURN format'"
        )
        bodies = [body for (body,) in cursor.fetchall()]
    said = set()
    for body in bodies:
        for found in re.findall(
            rf"(?:MESSAGE\s*=|RETURN)\s*(?:coalesce\(\w+,\s*|format\(\s*)?({LITERAL})", body
        ):
            said.add("".join(re.findall(r"'((?:[^']|'')*)'", found)).replace("''", "'"))
        for found in re.findall(rf"(?:THEN|ELSE)\s+({LITERAL})", body):
            either = "".join(re.findall(r"'((?:[^']|'')*)'", found))
            if either.endswith("."):  # a sentence, not a word of the desk
                said.add(either)
    listed = {
        sentence for app in apps.get_app_configs() for sentence in getattr(app, "sentences", ())
    }
    assert len(said) > 20
    assert said - listed == set()
    assert listed - said == set()


def test_the_names_that_django_makes_are_listed_for_translation():
    automatic = {str(field.verbose_name) for field in names.nameless()}
    automatic |= {str(model._meta.verbose_name) for model in names.nameless_models()}
    assert automatic == set(names.NAMES)
    plurals = {str(model._meta.verbose_name_plural) for model in names.nameless_models()}
    assert plurals == set(names.PLURALS)


def test_the_words_borrowed_from_django_are_words_of_django():
    english = Path(django.__file__).parent
    said = "".join(
        (english / part / "locale/en/LC_MESSAGES/django.po").read_text()
        for part in ("conf", "contrib/admin")
    )
    said = said.replace('"\n"', "")
    with override(None):
        borrowed = [str(words) for words in BORROWED]
    assert [words for words in borrowed if f'"{words}"' not in said] == []


def test_all_that_a_model_says_can_be_translated():
    fixed = []
    for model in names.at_the_desk():
        said = [(model, model._meta.verbose_name), (model, model._meta.verbose_name_plural)]
        for field in model._meta.local_fields:
            if not field.auto_created:
                said += [(field, field.verbose_name), (field, field.help_text or None)]
        for constraint in model._meta.constraints:
            said.append((constraint.name, constraint.violation_error_message))
        fixed += [
            (str(what), str(words))
            for what, words in said
            if words not in {None, *NOT_WORDS} and not isinstance(words, Promise)
        ]
    assert fixed == []


@pytest.mark.django_db
def test_what_is_published_does_not_depend_on_the_language_of_who_publishes(contributor):
    from tests import desk_work

    claim = desk_work.draft(contributor)
    digests = set()
    for language in ("en", *LANGUAGES):
        with override(language):
            digests.add(candidate(claim).digest)
    assert len(digests) == 1
