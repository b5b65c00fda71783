"""Forms whose words run the way their language does, and whose boxes know what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from claims.web.text import direction
from sources.admin.suggesting import remember


class WordsForm(forms.ModelForm):
    """`words_in` says which field names the language of which words.

    The direction is the language's from the start; a script keeps it so while one types.
    """

    words_in: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember(self)
        for words, language in self.words_in.items():
            if words not in self.fields or language not in self.fields:
                continue
            tag = str(self[language].value() or "")
            attrs = self.fields[words].widget.attrs
            attrs["data-language-from"] = language
            attrs["dir"] = direction(tag) if tag else "auto"
            if tag:
                attrs["lang"] = tag
