"""The index of the record: in what words each claim can be found, and which words there are."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q


class PublishedText(models.Model):
    """The words of one claim, and all that lists can be narrowed down to.

    A projection of the editions, apart from `PublishedClaim` so that this stays narrow. `texts`:
    [weight, language, folded words] of each text. `words` is made from it by the database: every
    word as it stands, and its stem in the language of its text. `terms` are `facet=value`; among
    them `standing=yes` or `standing=no` (retracted or merged), and `era=N`, by which a search goes
    through the record from the newest end a part at a time: nothing costs more when there are more
    claims. `marks` are what partners can ask for beyond these terms (`marks.py`), and the rest what
    is then held against the ranges they named: `figures` as [harm, minimum, maximum], `made_from`
    and `made_to` from when to when it may have been said.
    """

    ref = models.CharField(max_length=8, primary_key=True)
    sequence = models.BigIntegerField()
    terms = ArrayField(models.TextField())
    marks = ArrayField(models.TextField())
    first_sequence = models.BigIntegerField()
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    made_from = models.DateField(null=True)
    made_to = models.DateField(null=True)
    origins = models.IntegerField()
    figures = models.JSONField()
    box = ArrayField(models.FloatField(), null=True)
    texts = models.JSONField()
    words = models.GeneratedField(
        expression=Func(F("texts"), function="words_of_texts"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            # Which claims of this era, these facets and these marks say this?
            GinIndex(fields=["terms", "words", "marks"], name="published_text", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.ref


class PublishedWord(models.Model):
    """A folded word, and in how many claims of the lists it stands.

    By it a search knows which of its words are rare, and which nobody wrote: those are looked for
    in a near spelling, by `outline`.
    """

    word = models.TextField(primary_key=True)
    outline = models.TextField()
    claims = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="published_word_is_written", condition=Q(claims__gt=0))
        ]
        indexes = [
            # Which words are spelled like this one?
            GinIndex(OpClass("outline", "gin_trgm_ops"), name="published_word_outline"),
        ]

    def __str__(self) -> str:
        return self.word
