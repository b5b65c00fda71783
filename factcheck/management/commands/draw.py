"""Redraw the pictures in docs/ from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.drawings import DRAWINGS

DOCS = Path("docs")


class Command(BaseCommand):
    help = "Redraw the pictures in docs/ from the moves table and the import contracts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when one is out of date"
        )

    def handle(self, *, check: bool, **options: Any) -> str:
        stale = [
            name
            for name, draw in DRAWINGS.items()
            if not (DOCS / name).exists() or (DOCS / name).read_text() != draw()
        ]
        if check and stale:
            raise CommandError(f"Out of date, run `make docs`: {', '.join(stale)}.")
        for name in [] if check else stale:
            (DOCS / name).write_text(DRAWINGS[name]())
        return f"{len(DRAWINGS)} pictures, {len(stale)} redrawn."
