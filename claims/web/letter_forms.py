"""What readers can write to the desk, and how it is asked."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims.editions.models import PublishedClaim
from claims.intake.choices import Kind
from claims.intake.models import LONG, SHORT, Letter

from .converters import MistypedRefConverter

NAMED = re.compile(
    rf"(?:^|/claims/)(?P<ref>{MistypedRefConverter.regex})(?:/v(?P<edition>[1-9][0-9]{{0,8}}))?/?"
    r"(?:[?#].*)?$"
)


def _text(*, rows: int = 0, **kwargs: Any) -> forms.CharField:
    """A field of free text. No length is given to the browser, which would cut without a word."""
    attrs: dict[str, Any] = {"dir": "auto"}
    widget = forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs)
    field = forms.CharField(widget=widget, **kwargs)
    field.widget.attrs.pop("maxlength", None)
    return field


class LetterForm(forms.Form):
    """A letter as it is typed. `letter` is what becomes of it."""

    kind: Kind
    required_css_class = "required"
    # People do not see it; a machine that fills in whatever it finds gives itself away.
    homepage = _text(label=_("Leave this empty"), required=False, max_length=SHORT)
    contact = _text(
        label=_("How we can reach you"), required=False, max_length=SHORT, help_text="…"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "contact"])
        self.fields["contact"].help_text = ngettext(
            "Only if you want us to. It is never published, few at the desk can see it, and it is "
            "erased %(days)s day after your letter is closed.",
            "Only if you want us to. It is never published, few at the desk can see it, and it is "
            "erased %(days)s days after your letter is closed.",
            settings.LETTER_CONTACT_DAYS,
        ) % {"days": settings.LETTER_CONTACT_DAYS}

    def asked(self) -> list[forms.BoundField]:
        """The fields that a reader sees."""
        return [self[name] for name in self.fields if name != "homepage"]

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(
                gettext("A field that nobody should see was filled in. Empty it and send again.")
            )
        return ""

    def letter(self) -> Letter:
        said = {"language": get_language(), **self.cleaned_data}
        del said["homepage"]
        return Letter(kind=self.kind, **said.pop("claim", {}), **said)


class ComplaintForm(LetterForm):
    """Something here is wrong, or somebody wants to complain."""

    kind = Kind.CORRECTION
    claim = _text(
        label=_("Which claim"),
        required=False,
        max_length=SHORT,
        help_text=_("Its address, or its eight characters. Empty if it is about something else."),
    )
    what = _text(label=_("What is wrong"), rows=5, max_length=LONG)
    should_be = _text(label=_("What it should say"), rows=3, required=False, max_length=LONG)
    grounds = _text(
        label=_("How we can see that"),
        rows=3,
        required=False,
        max_length=LONG,
        help_text=_("Addresses, documents, or what you saw yourself."),
    )

    def clean_claim(self) -> dict[str, Any]:
        """The claim, and the edition where the address names one."""
        typed = self.cleaned_data["claim"].strip()
        if not typed:
            return {"ref": "", "edition": None}
        found = NAMED.search(typed)
        ref = MistypedRefConverter().to_python(found["ref"]) if found else ""
        if not PublishedClaim.objects.filter(pk=ref).exists():
            raise ValidationError(
                gettext("No claim is published under this name. Copy the address of its page.")
            )
        number = found["edition"] if found else None
        return {"ref": ref, "edition": int(number) if number else None}


class SuggestionForm(LetterForm):
    """Somebody said something that the desk should look into."""

    kind = Kind.SUGGESTION
    who = _text(label=_("Who says it"), max_length=SHORT)
    what = _text(
        label=_("What they say"), rows=4, max_length=LONG, help_text=_("Word for word, if you can.")
    )
    grounds = _text(label=_("Where and when they said it"), rows=2, required=False, max_length=LONG)
    link = forms.URLField(
        label=_("Where it can be read, seen or heard"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=_("An address that begins with https://"),
    )
    language = forms.ChoiceField(
        label=_("In which language they said it"),
        required=False,
        choices=[("", _("another one, or I do not know")), *settings.LANGUAGES],
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(gettext("Give an address that begins with https:// or http://."))
        return link
