"""Whom and what the editions mention: the rows behind the pages of agents and sources.

Projections like those in `models`: made of the latest edition of each claim that stands, and of
nothing else. A protected source is in none of them. `mentions` writes them, and takes their rows
out before a claim's own; a million claims are not read for that.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.urls import reverse

from .choices import Part
from .documents import FoundInDocument, taken_from


class Mentioned(models.Model):
    """Somebody or something as the newest edition that mentions it describes it."""

    ref = models.CharField(max_length=8, primary_key=True)
    document = models.TextField(help_text="As JSON, as it stands in that edition.")
    sequence = models.BigIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        abstract = True

    @cached_property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.document)
        return facts


class PublishedAgent(Mentioned):
    """Somebody who makes claims, of whom claims say something, or who published a source.

    `words` are all their names, folded as searches fold them. What follows is taken out of the
    document by the database; `organisations` are the refs of those they have or had a role in.
    """

    name = models.TextField()
    sorted_as = models.TextField(
        db_collation="C", help_text="The name without capitals and accents, for the list of names."
    )
    words = models.TextField(default="")
    kind = taken_from("kind")
    party = taken_from("party")
    reliability = taken_from("reliability")
    wikidata = taken_from("wikidata")
    organisations = models.GeneratedField(
        expression=FoundInDocument(F("document"), path="$.roles[*].organisation.ref"),
        output_field=models.JSONField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["sorted_as", "ref"]
        # Who comes next in the list of names?
        indexes = [models.Index(fields=["sorted_as", "ref"], name="published_agent_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agent", args=[self.ref])


class PublishedSource(Mentioned):
    """A source that claims rest on. `parents` are the sources it came from, as far as known."""

    title = models.TextField()
    parents = ArrayField(models.CharField(max_length=8))
    kind = taken_from("kind")

    class Meta:
        ordering = ["-sequence", "ref"]
        indexes = [
            # What came from this source?
            GinIndex(fields=["parents"], name="published_source_children"),
            # Which sources are new, the newest first, or the oldest?
            models.Index(fields=["-sequence", "-ref"], name="published_source_newest"),
            models.Index(fields=["kind", "-sequence", "-ref"], name="published_source_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.ref])


class PublishedMention(models.Model):
    """A claim that stands mentions an agent, in this part. `sequence` is its latest edition's."""

    claim = models.ForeignKey(
        "editions.PublishedClaim", models.DO_NOTHING, related_name="mentions", db_index=False
    )
    agent = models.CharField(max_length=8)
    part = models.CharField(max_length=12, choices=Part)
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "agent", "part"], name="published_mention_once"
            )
        ]
        # What does this agent claim, what is claimed of them: the newest first?
        indexes = [models.Index(fields=["agent", "part", "-sequence"], name="published_mentions")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.agent} ({self.part})"


class PublishedUse(models.Model):
    """A claim that stands rests on a source. `sequence` is its latest edition's."""

    claim = models.ForeignKey(
        "editions.PublishedClaim", models.DO_NOTHING, related_name="uses", db_index=False
    )
    source = models.CharField(max_length=8)
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "source"], name="published_use_once")
        ]
        # Which claims rest on this source, the newest first?
        indexes = [models.Index(fields=["source", "-sequence"], name="published_uses")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.source}"


class PublishedTally(models.Model):
    """In how many claims that stand an agent has this part, by the answers to both questions.

    Exact however many there are, and nothing is made of it: no share, no average, no score.
    """

    agent = models.CharField(max_length=8)
    part = models.CharField(max_length=12, choices=Part)
    attribution_status = models.CharField(max_length=40)
    content_status = models.CharField(max_length=40)
    claims = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "part", "attribution_status", "content_status"],
                name="published_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.part} {self.content_status}: {self.claims}"
