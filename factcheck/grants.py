"""What the application's role may do to each table, said once, from the models.

Rows of a model with `append_only = True` are added and read, never changed or removed; those of a
model with `kept = True` are changed, never removed. A model with `read_only = True`, and a table
that no model stands for, is written by migrations or triggers only.
"""

from django.apps import apps
from django.db import connections, transaction
from psycopg import sql

READ = ("SELECT",)
APPEND = ("SELECT", "INSERT")
KEEP = ("SELECT", "INSERT", "UPDATE")
EDIT = ("SELECT", "INSERT", "UPDATE", "DELETE")

TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1
"""
# An identity column draws its numbers without a right of its own; other sequences need one.
SEQUENCES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'i') ORDER BY 1
"""


def rights() -> dict[str, tuple[str, ...]]:
    """By table: what the application's role may do there."""
    by_table: dict[str, tuple[str, ...]] = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        meant = model._meta.auto_created or model  # a many-to-many table follows its model
        if getattr(meant, "read_only", False):
            by_table[table] = READ
        elif getattr(meant, "append_only", False):
            by_table[table] = APPEND
        elif getattr(meant, "kept", False):
            by_table[table] = KEEP
        else:
            by_table[table] = EDIT
    return by_table


def grant(role: str, *, using: str = "owner") -> None:
    """Give the role exactly its rights on what stands in the database, whatever it had before."""
    allowed = rights()
    app = sql.Identifier(role)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for kind in (sql.SQL("TABLES"), sql.SQL("SEQUENCES")):
            cursor.execute(
                sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM PUBLIC, {}").format(kind, app)
            )
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            verbs = sql.SQL(", ").join(map(sql.SQL, allowed.get(table, READ)))
            cursor.execute(
                sql.SQL("GRANT {} ON public.{} TO {}").format(verbs, sql.Identifier(table), app)
            )
        cursor.execute(SEQUENCES)
        for (sequence,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("GRANT USAGE ON SEQUENCE public.{} TO {}").format(
                    sql.Identifier(sequence), app
                )
            )
