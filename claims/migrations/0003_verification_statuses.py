"""The desk's first vocabulary: two questions, and the answers that can be given to each."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# axis, code, label, tone, rating, definition
# ruff: noqa: ISC004 — a row is a row
STATUSES = [
    (
        "attribution", "unrecorded", "Unrecorded", "open", None,
        "No record shows that the claimant said this.",
    ),
    (
        "attribution", "single_report", "Single report", "known", None,
        "One publisher carries the words. No primary record of them is on file.",
    ),
    (
        "attribution", "widely_reported", "Widely reported", "known", None,
        "Several publishers that do not copy one another carry the words. No primary record of "
        "them is on file.",
    ),
    (
        "attribution", "primary_record", "Primary record", "known", None,
        "The claimant's own statement, recording or document is on file.",
    ),
    (
        "attribution", "disowned", "Disowned", "dispute", None,
        "The claimant says they did not say this, or has withdrawn it.",
    ),
    (
        "attribution", "misattributed", "Misattributed", "against", None,
        "The record shows that somebody else said this, or that nobody did.",
    ),
    (
        "content", "not_assessed", "Not assessed", "open", None,
        "We have not looked into whether this is so.",
    ),
    (
        "content", "insufficient_evidence", "Insufficient evidence", "open", None,
        "We looked and cannot say. What is on file neither shows that it is so nor that it is not.",
    ),
    (
        "content", "partly_supported", "Partly supported", "known", 3,
        "Evidence independent of the parties supports a part of this, and not the whole.",
    ),
    (
        "content", "corroborated", "Corroborated", "known", 4,
        "Two or more origins, independent of each other and of the parties, support this.",
    ),
    (
        "content", "established", "Established", "known", 5,
        "The evidence leaves no reasonable doubt that this is so.",
    ),
    (
        "content", "contradicted_by_evidence", "Contradicted by evidence", "against", 2,
        "Evidence independent of the parties speaks against this. A denial alone never does.",
    ),
    (
        "content", "false", "False", "against", 1,
        "The evidence leaves no reasonable doubt that this is not so.",
    ),
    (
        "content", "not_checkable", "Not checkable", "open", None,
        "As worded, this is a position, a motive, a characterisation or a prediction: no "
        "evidence could decide it.",
    ),
]  # fmt: skip


def write(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statuses = apps.get_model("claims", "VerificationStatus").objects
    for position, (axis, code, label, tone, rating, definition) in enumerate(STATUSES, start=1):
        statuses.using(schema_editor.connection.alias).create(
            axis=axis,
            code=code,
            label=label,
            tone=tone,
            rating=rating,
            definition=definition,
            position=position * 10,
        )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("claims", "VerificationStatus").objects.using(
        schema_editor.connection.alias
    ).all().delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_vocabulary_in_the_record")]

    operations = [migrations.RunPython(write, remove)]
