"""What the lists of events, agents, sources and editions are narrowed down by, and go by."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

from claims.editions.documents import FoundInDocument, InDocument

TAKEN = {
    "publishedagent": {name: name for name in ("kind", "party", "reliability", "wikidata")},
    "publishedevent": {
        "existence": "existence",
        "earliest": "time,earliest",
        "latest": "time,latest",
    },
    "publishedsource": {"kind": "kind"},
}
# Filled when the site is started on tables of an earlier release, as all that follows from editions.
WORDS = [
    ("publishedagent", "words"),
    ("publishedevent", "words"),
    ("publishedevent", "place_words"),
]
INDEXES = {
    "edition": {
        "edition_by_kind": ["kind", "-sequence"],
        "edition_since": ["published_at"],
    },
    "publishedsource": {
        "published_source_newest": ["-sequence", "-ref"],
        "published_source_by_kind": ["kind", "-sequence", "-ref"],
    },
}


def generated(expression: Any, field: Any) -> Any:
    return models.GeneratedField(expression=expression, output_field=field, db_persist=True)


class Migration(migrations.Migration):
    dependencies = [("editions", "0008_redactions")]

    operations = [
        *(
            migrations.AddField(
                model,
                name,
                generated(
                    InDocument(F("document"), path=path),
                    models.TextField(null=True, db_collation="C"),
                ),
            )
            for model, columns in TAKEN.items()
            for name, path in columns.items()
        ),
        migrations.AddField(
            "publishedagent",
            "organisations",
            generated(
                FoundInDocument(F("document"), path="$.roles[*].organisation.ref"),
                models.JSONField(),
            ),
        ),
        *(migrations.AddField(model, name, models.TextField(default="")) for model, name in WORDS),
        *(
            migrations.AddIndex(model, models.Index(fields=fields, name=name))
            for model, indexes in INDEXES.items()
            for name, fields in indexes.items()
        ),
    ]
