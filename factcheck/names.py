"""Names that Django makes of an identifier, where a model or a field has none of its own.

They are read at the desk like all others, so they are words to translate too. A test compares the
list with the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

NAMES = (
    *(_("agent"), _("approval wait"), _("assessed at"), _("assessed by"), _("assigned at")),
    *(_("assigned by"), _("at"), _("begins earliest"), _("begins latest"), _("by"), _("child")),
    *(_("claim"), _("content"), _("created at"), _("created by"), _("desk rule"), _("digest")),
    *(_("edition"), _("ends earliest"), _("ends latest"), _("first change"), _("id"), _("into")),
    *(_("kind"), _("made earliest"), _("made latest"), _("merged"), _("merged at")),
    *(_("merged by"), _("number"), _("organisation"), _("parent"), _("published at")),
    *(_("published earliest"), _("published latest"), _("rated at"), _("rated by")),
    *(_("recipient"), _("redacted in"), _("ref"), _("review"), _("reviewer")),
    *(_("sequence"), _("source")),
    *(_("time earliest"), _("time latest"), _("user")),
)
PLURALS = (_("desk rules"), _("editions"))
# Written and read by the database and the server alone: their names are on no page.
UNSEEN = frozenset({"change", "failedtries", "line", "remembered", "wording"})


def at_the_desk() -> Iterator[type[models.Model]]:
    """The models that people at the desk read; of the public record's own, that is the editions."""
    for label in ("claims", "sources"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.model_name not in UNSEEN:
                yield model
    yield apps.get_model("editions", "Edition")


def nameless() -> Iterator[models.Field]:
    """The fields that were given no name."""
    for model in at_the_desk():
        for field in model._meta.local_fields:
            named = field._verbose_name  # type: ignore[attr-defined]
            if named is None and not field.auto_created:
                yield field


def nameless_models() -> Iterator[type[models.Model]]:
    for model in at_the_desk():
        if "verbose_name" not in model._meta.original_attrs:
            yield model


def translate_names() -> None:
    """Once the models are loaded; what migrations know of them stays as it is."""
    for field in nameless():
        field.verbose_name = lazily(field.verbose_name)
    for model in nameless_models():
        model._meta.verbose_name = lazily(model._meta.verbose_name)
        model._meta.verbose_name_plural = lazily(model._meta.verbose_name_plural)


def lazily(name: object) -> Any:
    return gettext_lazy(str(name))
