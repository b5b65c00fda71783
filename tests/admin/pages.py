"""A page of the desk as a person has it before them: what its form holds, and what it says."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Claim, VerificationStatus


class _Form(HTMLParser):
    """The fields of the forms on a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._name = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "checkbox"}:
            self.fields[name] = given.get("value", "")
        elif tag == "input" and kind == "checkbox" and "checked" in given:
            self.fields[name] = given.get("value", "on")
        elif tag == "textarea":
            self._name, self._text = name, []
        elif tag == "select":
            self._name = name
            self.fields.setdefault(name, "")
        elif tag == "option" and "selected" in given and self._name:
            self.fields[self._name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self.fields[self._name] = "".join(self._text).removeprefix("\n")
            self._text = None


def form_of(page: HttpResponse) -> dict[str, str]:
    """All that this page's form holds now, the empty rows that a script would copy left out."""
    parser = _Form()
    parser.feed(page.content.decode())
    return {name: value for name, value in parser.fields.items() if "__prefix__" not in name}


def words_of(page: HttpResponse) -> str:
    """What the page says, without its markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def row(prefix: str, number: int, **fields: Any) -> dict[str, Any]:
    """One row of an inline form."""
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}


def at(view: str, *args: Any) -> str:
    return reverse(f"admin:{view}", args=args)


def told(client: Client, thing: Model) -> str:
    """What the history page of a thing says."""
    page = client.get(at(f"{thing._meta.app_label}_{thing._meta.model_name}_history", thing.pk))
    assert page.status_code == 200
    return words_of(page)  # type: ignore[arg-type]


def claim_page(claim: Claim) -> str:
    return at("claims_claim_change", claim.pk)


def move_page(claim: Claim, action: str) -> str:
    return at("claims_claim_move", claim.pk, action)


def make_move(client: Client, claim: Claim, action: str, **said: Any) -> HttpResponse:
    """Open the page of a move, answer it, and follow to where it leads."""
    address = move_page(claim, action)
    asked = form_of(client.get(address))  # type: ignore[arg-type]
    answer = client.post(address, asked | said, follow=True)
    claim.refresh_from_db()
    return answer  # type: ignore[return-value]


def status(code: str) -> int:
    return VerificationStatus.objects.get(code=code).pk
