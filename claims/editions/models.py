"""The public record: what was published, word for word, and the rows that make it quick to read."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.urls import reverse

from .choices import TOLD, TOMBSTONES, EditionKind, RelationType
from .documents import taken_from
from .index import PublishedText, PublishedWord
from .mentioned import (
    PublishedAgent,
    PublishedMention,
    PublishedSource,
    PublishedTally,
    PublishedUse,
)
from .page_texts import PageText
from .statuses import StatusDefinition

REF_FORMAT = r"^[0-9A-HJKMNP-TV-Z]{8}$"


class Digest(Func):
    """The SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.TextField()


class IsCanonicalObject(Func):
    """A JSON object in which no key stands twice (a stored text that two parsers read alike)."""

    template = "(%(expressions)s IS JSON OBJECT WITH UNIQUE KEYS)"
    output_field = models.BooleanField()


class EditionQuerySet(models.QuerySet["Edition"]):
    def after(self, sequence: int) -> Self:
        """What was added to the record later than `sequence`, in the order it was added."""
        return self.filter(sequence__gt=sequence).order_by("sequence")


class Edition(models.Model):
    """One published state of a claim. It never changes and is never removed.

    There is one exception, which the database makes by itself: an edition of kind `redacted` takes
    the content of earlier ones of its claim out of the record. What is left of such a one is its
    place, its digest and a notice; `redacted_in` is the number of the edition that says why.

    `content` is canonical JSON (RFC 8785) and `digest` its SHA-256. `number` counts the editions
    of one claim from 1; `sequence` counts all editions from 1, has no gaps, and rises in the
    order in which editions became visible: a reader who has seen `sequence` n has seen all
    before it. The database assigns `number`, `sequence` and `published_at`; what is given for
    them is ignored.
    """

    append_only = True

    # The values given here are placeholders: a trigger puts the real ones in.
    sequence = models.BigIntegerField(primary_key=True, db_default=0)
    ref = models.CharField(max_length=8)
    number = models.PositiveIntegerField(db_default=0)
    kind = models.CharField(max_length=9, choices=EditionKind)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    published_at = models.DateTimeField(db_default=Now())
    redacted_in = models.PositiveIntegerField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["ref", "number"], name="edition_number_once"),
            models.CheckConstraint(name="edition_ref_format", condition=Q(ref__regex=REF_FORMAT)),
            models.CheckConstraint(
                name="edition_kind_known", condition=Q(kind__in=EditionKind.values)
            ),
            models.CheckConstraint(
                name="edition_digest_is_of_content",
                condition=Q(redacted_in__isnull=False) | Q(digest=Digest(F("content"))),
            ),
            models.CheckConstraint(
                name="edition_content_is_json",
                condition=IsCanonicalObject(F("content")),
            ),
        ]
        indexes = [
            models.Index(fields=["digest"], name="edition_by_digest"),  # Is this text ours?
            # Which part of the record was published since, or until, a moment?
            models.Index(fields=["published_at"], name="edition_by_moment"),
            # What was corrected, updated or withdrawn, the newest first?
            models.Index(fields=["-sequence"], name="edition_told", condition=Q(kind__in=TOLD)),
            models.Index(fields=["kind", "-sequence"], name="edition_by_kind"),  # … of one kind?
            models.Index(fields=["published_at"], name="edition_since"),  # What is newer than …?
        ]

    def __str__(self) -> str:
        return f"{self.ref}, edition {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("claim-edition", args=[self.ref, self.number])

    @property
    def is_retraction(self) -> bool:
        return self.kind == EditionKind.RETRACTED

    @property
    def is_tombstone(self) -> bool:
        """Whether it stands where a claim stood: retracted, or merged into another one."""
        return self.kind in TOMBSTONES

    @cached_property
    def document(self) -> dict[str, Any]:
        """The content, parsed. For pages; the API sends the stored text."""
        document: dict[str, Any] = json.loads(self.content)
        return document

    @cached_property
    def last_words(self) -> dict[str, Any]:
        """What the claim last said: for a tombstone, the content that it withdraws.

        To be asked of the latest edition only: an earlier one may have been redacted since.
        """
        if not self.is_tombstone:
            return self.document
        withdrawn = Edition.objects.filter(ref=self.ref, number=self.number - 1).get()
        return withdrawn.document

    @property
    def note(self) -> str:
        """What readers are told about this edition: what changed, or why it was withdrawn."""
        if self.is_tombstone or self.redacted_in:
            return str(self.document["reason"])
        change = self.document["change"]
        return str(change["note"]) if change else ""


class Ledger(models.Model):
    """The counter behind `Edition.sequence`: one row, locked from an append to its commit.

    The lock makes commit order and sequence order one. Only the database's own rules write it.
    """

    read_only = True

    id = models.SmallIntegerField(primary_key=True, default=1)
    last_sequence = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_has_one_row", condition=Q(id=Value(1)))]

    def __str__(self) -> str:
        return f"{self.last_sequence} editions"


class PublishedClaimQuerySet(models.QuerySet["PublishedClaim"]):
    def current(self) -> Self:
        """What lists show: what was retracted or merged keeps its address and leaves the lists."""
        return self.filter(retracted=False)

    def newest(self) -> Self:
        """Most recently published or changed first; total, so that pages never overlap."""
        return self.order_by("-sequence")


class PublishedClaim(models.Model):
    """Where one claim stands in public: its latest edition, and what the whole record says of it.

    A projection of the editions. `derived` is ready-made JSON that the record implies about this
    claim (disputed, denied by, later editions); it is not part of any hashed content.
    `retracted`: the claim was withdrawn from the lists, by a retraction or because it was merged
    into another one; the kind of `edition` says which. `rebuild_published` makes every row anew.
    """

    ref = models.CharField(max_length=8, primary_key=True)
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="published_claim")
    sequence = models.BigIntegerField(unique=True)
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    retracted = models.BooleanField()
    disputed = models.BooleanField()
    statement = models.TextField()
    language = models.CharField(max_length=35)
    claimant_ref = models.CharField(max_length=8, blank=True)
    claimant_name = models.TextField()
    event_ref = models.CharField(max_length=8, blank=True)
    aspect = models.CharField(max_length=20)
    harm = models.CharField(max_length=10)
    attribution_status = models.CharField(max_length=40)
    content_status = models.CharField(max_length=40)
    derived = models.TextField()
    etag = models.CharField(max_length=64, help_text="Covers the content and what is derived.")

    objects = PublishedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            # Each list: the newest claims …
            models.Index(
                fields=["-sequence"], name="published_current", condition=Q(retracted=False)
            ),
            # … of a status, of a claimant, on an event, on an aspect, disputed, in a language.
            models.Index(fields=["content_status", "-sequence"], name="published_by_content"),
            models.Index(fields=["attribution_status", "-sequence"], name="published_by_attrib"),
            models.Index(fields=["claimant_ref", "-sequence"], name="published_by_claimant"),
            models.Index(fields=["event_ref", "-sequence"], name="published_by_event"),
            models.Index(fields=["aspect", "-sequence"], name="published_by_aspect"),
            models.Index(fields=["disputed", "-sequence"], name="published_by_disputed"),
            models.Index(fields=["language", "-sequence"], name="published_by_language"),
            models.Index(fields=["harm", "-sequence"], name="published_by_harm"),
            models.Index(fields=["published_at"], name="published_since"),  # What is newer than …?
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.ref])

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the record implies about this claim, parsed."""
        facts: dict[str, Any] = json.loads(self.derived)
        return facts


class PublishedRelation(models.Model):
    """ "Claim `source` denies claim `target`", as the latest edition of `source` says it.

    Where that edition says that `source` was merged, the relation is `MERGED_INTO`.
    """

    source = models.CharField(max_length=8)
    relation = models.CharField(max_length=20, choices=RelationType)
    target = models.CharField(max_length=8, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "relation", "target"], name="published_relation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"


class PublishedEvent(models.Model):
    """An event as the latest edition that mentions it describes it.

    `words` and `place_words` are its label and place, folded as searches fold them. What follows
    is taken out of the document by the database: `earliest` and `latest` are days as ISO 8601
    writes them, null where nobody resolved the time.
    """

    ref = models.CharField(max_length=8, primary_key=True)
    label = models.TextField()
    document = models.TextField(help_text="The event as JSON, as it stands in that edition.")
    sequence = models.BigIntegerField(unique=True)
    published_at = models.DateTimeField()
    words = models.TextField(default="")
    place_words = models.TextField(default="")
    existence = taken_from("existence")
    earliest = taken_from("time,earliest")
    latest = taken_from("time,latest")

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.ref])

    @cached_property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.document)
        return facts


__all__ = [
    "Edition", "Ledger", "PageText", "PublishedAgent", "PublishedClaim", "PublishedEvent",
    "PublishedMention", "PublishedRelation", "PublishedSource", "PublishedTally", "PublishedText",
    "PublishedUse", "PublishedWord", "StatusDefinition",
]  # fmt: skip
