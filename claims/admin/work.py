"""A claim's page as a desk works it: the parts in their order, what each holds, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.review.checklist import Check
from claims.review.warnings import (
    ASSESSMENT,
    ATTRIBUTION,
    CONTENT,
    FIGURES,
    RELATIONS,
    REPLIES,
    SAID,
    TRANSLATIONS,
    Warned,
)

# One row stands open; where there are more they are looked through, each folded to one line.
AT_ONCE = 1

WORDS: dict[str, tuple[Promise, Promise]] = {
    SAID: (
        gettext_lazy("What is said, and by whom"),
        gettext_lazy(
            "One thing that can be true or not, in neutral words. Two things are two claims."
        ),
    ),
    ATTRIBUTION: (
        gettext_lazy("Where it was said"),
        gettext_lazy(
            "Who carries the words? Ten outlets that report them show ten times that it was said, "
            "and not once that it is so."
        ),
    ),
    CONTENT: (
        gettext_lazy("What bears on whether it is so"),
        gettext_lazy(
            "What somebody saw, recorded, measured or holds, whether it supports the claim or "
            "speaks against it; and what helps to understand it."
        ),
    ),
    FIGURES: (
        gettext_lazy("Figures, as worded"),
        gettext_lazy(
            "How many people, in the claimant’s words. “At least 24” stays “at least 24”; a denial "
            "has no figure."
        ),
    ),
    RELATIONS: (
        gettext_lazy("What this claim does to other claims"),
        gettext_lazy("It denies one, answers one, is part of one. A denial refutes nothing."),
    ),
    ASSESSMENT: (
        gettext_lazy("What the desk finds"),
        gettext_lazy(
            "Two answers, with the reasons that readers will see. “Insufficient evidence” is an "
            "answer. A new assessment takes the place of the one before, which stays on file."
        ),
    ),
    REPLIES: (
        gettext_lazy("Right of reply"),
        gettext_lazy(
            "Whom we asked, until when, and what they answered. Readers see that we asked and what "
            "came; the text we sent stays here."
        ),
    ),
    TRANSLATIONS: (
        gettext_lazy("Translations"),
        gettext_lazy(
            "The original is what counts. A translation is published once somebody else has read "
            "it against the original."
        ),
    ),
}


class Row(NamedTuple):
    """One row of a part: what its form shows, in short, and whether it stands open."""

    form: Any
    short: str
    opened: bool


class Mistake(NamedTuple):
    """One thing that has to be put right before the page can be saved, and where."""

    anchor: str
    where: str
    text: str


@dataclass
class Part:
    """One part of the page. `formset` is None where the claim's own fields are all there is."""

    name: str
    number: int
    formset: Any = None
    fieldsets: list[Any] = field(default_factory=list)
    missing: bool = False
    warnings: list[Warned] = field(default_factory=list)

    @property
    def title(self) -> Promise:
        return WORDS[self.name][0]

    @property
    def explanation(self) -> Promise:
        return WORDS[self.name][1]

    @property
    def rows(self) -> Iterator[Row]:
        many = len(self.formset.formset.initial_forms) > AT_ONCE
        for form in self.formset:
            row = form.original
            short = self.formset.opts.in_short(row) if row is not None else ""
            yield Row(form, short, not many or bool(form.form.errors))

    @property
    def count(self) -> int:
        return len(self.formset.formset.initial_forms) if self.formset else 0

    @property
    def state(self) -> str:
        """What the table of parts says of this one."""
        if self.missing:
            return _("needed for review")
        if self.name == SAID:
            return ""
        if not self.count:
            return _("none")
        if self.name in (ATTRIBUTION, CONTENT):
            return ngettext("%(n)s piece", "%(n)s pieces", self.count) % {"n": self.count}
        return str(self.count)


def parts(
    fieldsets: Iterable[Any],
    formsets: Iterable[Any],
    checks: Sequence[Check],
    warned: Sequence[Warned],
) -> list[Part]:
    """The parts of this page, in the order of work."""
    by_name = {formset.opts.part: formset for formset in formsets}
    own: dict[str, list[Any]] = {}
    for fieldset in fieldsets:
        place = ASSESSMENT if "in-assessment" in fieldset.classes else SAID
        own.setdefault(place, []).append(fieldset)
    missing = {check.part for check in checks if not check.done}
    names = [name for name in WORDS if name == SAID or name in by_name]
    return [
        Part(
            name,
            number,
            by_name.get(name),
            own.get(name, []),
            name in missing,
            [item for item in warned if item.part == name],
        )
        for number, name in enumerate(names, 1)
    ]


def mistakes(page: Sequence[Part], form: BaseForm) -> list[Mistake]:
    """All that was refused, each with a link to where it can be put right."""
    found = []
    for part in page:
        forms: list[Any] = [form] if part.name == SAID else []
        if part.formset is not None:
            refused = part.formset.formset.non_form_errors()
            found += [Mistake(f"part-{part.name}", str(part.title), text) for text in refused]
            forms += part.formset.formset.forms
        found += [
            mistake for one in forms for mistake in _in_a_form(one, part, of_its_own=one is form)
        ]
    return found


def _in_a_form(form: BaseForm, part: Part, *, of_its_own: bool) -> Iterator[Mistake]:
    for name, errors in form.errors.items():
        for text in errors:
            if name != "__all__":
                box = form[name]
                yield Mistake(box.id_for_label, f"{part.title}: {box.label}", str(text))
            elif not of_its_own:  # the claim's own are printed on top already
                yield Mistake(f"part-{part.name}", str(part.title), str(text))
