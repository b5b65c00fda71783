"""Whom and what editions mention: what the pages of agents and sources read."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0003_merged_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedAgent",
            fields=[
                ("ref", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("document", models.TextField(help_text="As JSON, as it stands in that edition.")),
                ("sequence", models.BigIntegerField()),
                ("published_at", models.DateTimeField()),
                ("name", models.TextField()),
                (
                    "sorted_as",
                    models.TextField(
                        db_collation="C",
                        help_text="The name without capitals and accents, for the list of names.",
                    ),
                ),
            ],
            options={
                "ordering": ["sorted_as", "ref"],
                "indexes": [
                    models.Index(fields=["sorted_as", "ref"], name="published_agent_by_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedSource",
            fields=[
                ("ref", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("document", models.TextField(help_text="As JSON, as it stands in that edition.")),
                ("sequence", models.BigIntegerField()),
                ("published_at", models.DateTimeField()),
                ("title", models.TextField()),
                (
                    "parents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8)
                    ),
                ),
            ],
            options={
                "ordering": ["-sequence", "ref"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["parents"], name="published_source_children"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agent", models.CharField(max_length=8)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("claimant", "claimant"),
                            ("on_behalf_of", "claimed on their behalf"),
                            ("about", "whom it is about"),
                            ("asked", "asked for a reply"),
                            ("source", "publisher or author of a source"),
                        ],
                        max_length=12,
                    ),
                ),
                ("attribution_status", models.CharField(max_length=40)),
                ("content_status", models.CharField(max_length=40)),
                ("claims", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agent", "part", "attribution_status", "content_status"),
                        name="published_tally_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agent", models.CharField(max_length=8)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("claimant", "claimant"),
                            ("on_behalf_of", "claimed on their behalf"),
                            ("about", "whom it is about"),
                            ("asked", "asked for a reply"),
                            ("source", "publisher or author of a source"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="mentions",
                        to="editions.publishedclaim",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agent", "part", "-sequence"], name="published_mentions")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "agent", "part"), name="published_mention_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=8)),
                ("sequence", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="uses",
                        to="editions.publishedclaim",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "-sequence"], name="published_uses")],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "source"), name="published_use_once")
                ],
            },
        ),
    ]
