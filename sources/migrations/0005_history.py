"""What every row was, at every moment, by whom: written by triggers, so that nothing goes round it.

The application's role may read it, and nothing else. A trigger that a session could silence, or
that needed the session's own right to write here, would record what its writer liked.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
-- Arguments: the table of what the row belongs to, the column that names it, and the columns that
-- are left out. Of a password only the change is recorded.
CREATE FUNCTION record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  declared text := current_setting('factcheck.actor', true);
  left_out text[] := TG_ARGV[2:];
  was jsonb;
  becomes jsonb;
  fields jsonb;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    was := to_jsonb(OLD) - left_out;
    fields := was;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    becomes := to_jsonb(NEW) - left_out;
    fields := becomes;
  END IF;
  IF fields ->> TG_ARGV[1] IS NULL THEN
    RETURN NULL;  -- it belongs to nothing
  END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) INTO becomes
      FROM jsonb_each(becomes) WHERE was -> key IS DISTINCT FROM value;
    IF becomes IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  IF was ? 'password' THEN
    was := was || '{"password": "…"}';
  END IF;
  IF becomes ? 'password' THEN
    becomes := becomes || '{"password": "… …"}';
  END IF;
  INSERT INTO sources_change
    (table_name, row_id, whole_table, whole_id, before, after, by_id, at, transaction)
  VALUES (
    TG_TABLE_NAME, (fields ->> 'id')::bigint, TG_ARGV[0], (fields ->> TG_ARGV[1])::bigint,
    was, becomes,
    (SELECT id FROM auth_user
     WHERE id = CASE WHEN declared ~ '^[0-9]{1,9}$' THEN declared::integer END),
    clock_timestamp(), pg_current_xact_id()::text::bigint);
  RETURN NULL;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_change
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Which rows belong to what. The merges are told in the story of both.
RECORDED = [
    ("sources_agent", "sources_agent", "id", ""),
    ("sources_agentname", "sources_agent", "agent_id", ""),
    ("sources_affiliation", "sources_agent", "agent_id", ""),
    ("sources_reliabilityrating", "sources_agent", "agent_id", ""),
    ("sources_source", "sources_source", "id", ""),
    ("sources_derivation", "sources_source", "child_id", ""),
    ("sources_agentmerge", "sources_agent", "merged_id", ""),
    ("sources_agentmerge", "sources_agent", "into_id", ""),
    ("sources_sourcemerge", "sources_source", "merged_id", ""),
    ("sources_sourcemerge", "sources_source", "into_id", ""),
    ("auth_user", "auth_user", "id", ", 'last_login'"),
    ("auth_user_groups", "auth_user", "user_id", ""),
]


# A table has one such trigger for each thing that its rows belong to.
TRIGGERS = "\n".join(
    f"CREATE TRIGGER history_of_{column} AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    f" EXECUTE FUNCTION record_change('{whole}', '{column}'{left_out});"
    for table, whole, column, left_out in RECORDED
)
NO_TRIGGERS = "\n".join(
    f"DROP TRIGGER history_of_{column} ON {table};" for table, _, column, _ in RECORDED
)


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_merged_in_ones_own_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.BigIntegerField()),
                ("whole_table", models.CharField(max_length=63)),
                ("whole_id", models.BigIntegerField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                ("transaction", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        fields=["whole_table", "whole_id", "-id"], name="change_of_a_whole"
                    ),
                    models.Index(fields=["table_name", "row_id", "-id"], name="change_of_a_row"),
                ],
            },
        ),
        migrations.RunSQL(
            FUNCTION,
            "DROP TRIGGER append_only ON sources_change; DROP FUNCTION record_change();",
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
