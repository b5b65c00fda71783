"""Compare the database's guards with what they must be, or record what they must be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from factcheck import catalogue


class Command(BaseCommand):
    help = "Compare owners, grants, triggers and constraints with factcheck/catalogue.txt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="Record this database's facts as those that every database must show.",
        )

    def handle(self, *, write: bool, **options: Any) -> str:
        if write:
            with connection.cursor() as cursor:
                found = catalogue.facts(cursor)
            catalogue.RECORDED.write_text("\n".join(found) + "\n")
            return f"{len(found)} facts are in {catalogue.RECORDED.name}."
        if faults := catalogue.faults():
            raise CommandError("\n".join(["This database must not be served.", *faults]))
        return "The database is as it must be."
