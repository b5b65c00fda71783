"""`migrate` as the owner, and afterwards the application's rights, exactly."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from factcheck import grants


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def execute(self, *args: Any, **options: Any) -> Any:
        """Refuse before the first connection what cannot end well."""
        if "owner" not in connections.settings:
            raise CommandError("Set DATABASE_OWNER_URL: migrations run as the owner of the tables.")
        if connections.settings["owner"]["USER"] == connections.settings["default"]["USER"]:
            raise CommandError(
                "DATABASE_URL and DATABASE_OWNER_URL name the same role. The site must run as one "
                "that owns nothing: docs/operator.md shows how to make it."
            )
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["database"] == "owner" and not (options["plan"] or options["check_unapplied"]):
            grants.grant(connections.settings["default"]["USER"])
