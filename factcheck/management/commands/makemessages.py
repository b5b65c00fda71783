"""Gather the words of the site for those who translate them, and compile what they wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

ELSEWHERE = ["bench/*", "tests/*", "var/*"]


class Command(makemessages.Command):
    help = "Gather all words for translation, in every language of the site, and compile them."
    # A guess from a similar sentence is worse than a gap, which a test finds.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    # `lazy` is what the long tables of words call gettext_lazy.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(
            locale=[code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
            ignore_patterns=[*ELSEWHERE],
            add_location="file",  # lines move with every change of the code
            no_obsolete=True,
        )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        for path in settings.LOCALE_PATHS:
            if list(Path(path).glob("*/LC_MESSAGES/*.po")):
                call_command("compilemessages", ignore_patterns=[".*", *ELSEWHERE], verbosity=0)
