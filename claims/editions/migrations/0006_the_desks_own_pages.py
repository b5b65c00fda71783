"""What the desk says of itself, kept for good; and an index for the log of corrections."""

import django.db.models.functions.datetime
from django.db import migrations, models

FORWARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON editions_pagetext
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_record();
"""
BACKWARDS = "DROP TRIGGER append_only ON editions_pagetext;"


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0005_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        choices=[
                            ("about", "About us"),
                            ("funding", "Who pays for this"),
                            ("licence", "Licence"),
                            ("privacy", "Privacy"),
                            ("methodology", "How we work"),
                        ],
                        max_length=11,
                        verbose_name="page",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown, without headings. It is public as soon as you save, and for good.",
                        verbose_name="text",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="published",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a page",
                "verbose_name_plural": "texts of our own pages",
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveIndex(model_name="edition", name="edition_corrections"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("kind__in", ("updated", "corrected", "retracted", "merged"))),
                fields=["-sequence"],
                name="edition_told",
            ),
        ),
        migrations.AddIndex(
            model_name="pagetext",
            index=models.Index(fields=["slug", "-id"], name="page_texts_newest"),
        ),
        migrations.AddConstraint(
            model_name="pagetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__regex", "\\S"), ("title__regex", "\\S")),
                name="page_text_says_something",
                violation_error_message="A page needs a title and a text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagetext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__in", ["about", "funding", "licence", "privacy", "methodology"])
                ),
                name="page_text_slug",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
