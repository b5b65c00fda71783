"""A draft may say which earlier editions of its claim the next one takes out of the record."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_places_on_a_map"), ("editions", "0008_redactions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_change_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="move",
            name="move_is_one_of_ours",
        ),
        migrations.AddField(
            model_name="claim",
            name="redacts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(),
                blank=True,
                default=list,
                editable=False,
                verbose_name="editions to take out of the record",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="change_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("updated", "update: more is known"),
                    ("corrected", "correction: something was wrong"),
                    ("minor", "minor: spelling, translation"),
                    ("redacted", "redaction: something must not stay readable"),
                ],
                max_length=9,
                verbose_name="kind of change",
            ),
        ),
        migrations.AlterField(
            model_name="move",
            name="action",
            field=models.CharField(
                choices=[
                    ("submit", "submitted for review"),
                    ("take_back", "taken back to draft"),
                    ("request_changes", "changes requested"),
                    ("approve", "approved"),
                    ("publish", "published"),
                    ("revise", "opened for revision"),
                    ("split", "split: a part is a claim of its own now"),
                    ("merge", "merged into another claim"),
                    ("retract", "retracted"),
                    ("redact", "opened to redact earlier editions"),
                ],
                max_length=15,
                verbose_name="move",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("change_kind__in", ["", "updated", "corrected", "minor", "redacted"])
                ),
                name="claim_change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change_kind", "redacted"), models.Q(("redacts", []), _negated=True)),
                    models.Q(models.Q(("change_kind", "redacted"), _negated=True), ("redacts", [])),
                    _connector="OR",
                ),
                name="claim_redaction_names_editions",
                violation_error_message="A redaction begins with “Redact earlier editions”, where you say which.",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("action", "submit"),
                        ("from_state__in", ["draft"]),
                        ("other__isnull", True),
                        ("to_state__in", ["in_review"]),
                    ),
                    models.Q(
                        ("action", "take_back"),
                        ("from_state__in", ["in_review", "approved"]),
                        ("other__isnull", True),
                        ("to_state__in", ["draft"]),
                    ),
                    models.Q(
                        ("action", "request_changes"),
                        ("from_state__in", ["in_review", "approved"]),
                        ("other__isnull", True),
                        ("to_state__in", ["draft"]),
                        ("note__regex", "\\S"),
                    ),
                    models.Q(
                        ("action", "approve"),
                        ("from_state__in", ["in_review"]),
                        ("other__isnull", True),
                        ("to_state__in", ["in_review", "approved"]),
                    ),
                    models.Q(
                        ("action", "publish"),
                        ("from_state__in", ["approved"]),
                        ("other__isnull", True),
                        ("to_state__in", ["published"]),
                    ),
                    models.Q(
                        ("action", "revise"),
                        ("from_state__in", ["published", "retracted", "merged"]),
                        ("other__isnull", True),
                        ("to_state__in", ["draft"]),
                        ("note__regex", "\\S"),
                    ),
                    models.Q(
                        ("action", "split"),
                        ("from_state__in", ["draft"]),
                        ("other__isnull", False),
                        ("to_state__in", ["draft"]),
                        ("note__regex", "\\S"),
                    ),
                    models.Q(
                        ("action", "merge"),
                        ("from_state__in", ["draft", "in_review", "approved", "published"]),
                        ("other__isnull", False),
                        ("to_state__in", ["merged"]),
                        ("note__regex", "\\S"),
                    ),
                    models.Q(
                        ("action", "retract"),
                        ("from_state__in", ["draft", "in_review", "approved", "published"]),
                        ("other__isnull", True),
                        ("to_state__in", ["retracted"]),
                        ("note__regex", "\\S"),
                    ),
                    models.Q(
                        ("action", "redact"),
                        ("from_state__in", ["draft", "published", "retracted", "merged"]),
                        ("other__isnull", True),
                        ("to_state__in", ["draft"]),
                        ("note__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="move_is_one_of_ours",
                violation_error_message="That move is not possible now, or needs a note.",
            ),
        ),
    ]
