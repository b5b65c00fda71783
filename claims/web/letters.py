"""Writing to the desk: the two forms, and the receipt that says what became of a letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.editions.models import PublishedClaim
from claims.intake.choices import Kind, LetterState
from claims.intake.models import Letter

from .converters import MistypedRefConverter
from .languages import permanent_address, say_language, speaking
from .letter_forms import ComplaintForm, LetterForm, SuggestionForm
from .pages import site
from .sending import Opening, from_elsewhere, too_many
from .text import Said

View = Callable[..., HttpResponseBase]


def between_us(view: View) -> View:
    """A page for one reader alone: no cache keeps it, no search engine lists it, no cookie is set.

    Exempt from Django's own check of where a form comes from, since that rests on a cookie;
    `from_elsewhere` asks the browser itself.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with speaking(request):
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        say_language(response, request)
        return response

    return page


@between_us
def complain(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, or complain."""
    wanted = request.GET.get("claim", "").strip()
    about = _published(wanted) if wanted else None
    given = {"claim": about.ref if about else ""}
    context = {
        "area": "complain",
        "about": about
        and {
            "claimant": Said(capfirst(about.claimant_name)),
            "statement": Said(about.statement, about.language),
            "ref": about.ref,
            "url": about.get_absolute_url(),
        },
        "unknown": bool(wanted) and about is None,
    }
    return _form(request, ComplaintForm, "web/complain.html", context, given)


@between_us
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest a claim to check."""
    return _form(request, SuggestionForm, "web/suggest.html", {"area": "suggest"}, {})


def _published(ref: str) -> PublishedClaim | None:
    meant = MistypedRefConverter().to_python(ref) if len(ref) == 8 else ""
    shown = PublishedClaim.objects.only("ref", "claimant_name", "statement", "language")
    return shown.filter(pk=meant).first() if meant.isascii() and meant.isalnum() else None


def _form(
    request: HttpRequest,
    form_class: type[LetterForm],
    template: str,
    context: dict[str, Any],
    given: dict[str, Any],
) -> HttpResponse:
    """The form; or, sent, the way to its receipt; or the same form, with all that was typed."""
    kind = form_class.kind
    form = form_class(initial=given)
    opening, status = Opening.now(kind), 200
    if request.method == "POST":
        form = form_class(request.POST)
        opening, refusal = Opening.read(kind, request.POST.get("opening", ""))
        if _receipt(opening.name):
            return _to_receipt(opening.name)
        letter = form.letter() if form.is_valid() else None
        refusal, status = _refusal(request, letter, refusal)
        if letter and not refusal:
            _file(letter, opening.name)
            return _to_receipt(opening.name)
        if refusal:
            form.add_error(None, refusal)
    page = {"site": site(), "form": form, "opening": opening.token, **context}
    return HttpResponse(render_to_string(template, page), status=status)


def _refusal(request: HttpRequest, letter: Letter | None, refusal: str) -> tuple[str, int]:
    """Why a letter is not taken, beside what its fields say; the last thing asked is its place
    among the letters of the hour."""
    if refusal := from_elsewhere(request) or refusal:
        return refusal, 403
    if letter is None:
        return "", 400
    if Letter.objects.same_words(letter).exists():
        return _("Exactly these words have reached us already, and were not filed again."), 409
    if refusal := too_many(request):
        return refusal, 429
    return "", 200


def _file(letter: Letter, token: str) -> None:
    try:
        with transaction.atomic():
            letter.file(token)
    except IntegrityError:
        if not _receipt(token):
            raise  # else the same form came twice at once


def _receipt(token: str) -> Letter | None:
    return Letter.objects.by_receipt(token)


def _to_receipt(token: str) -> HttpResponse:
    # 303: whoever reloads the receipt does not send the letter again.
    return HttpResponse(status=303, headers={"Location": reverse("receipt", args=[token])})


@between_us
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a letter, for whoever has its address. It says nothing of who wrote it."""
    letter = _receipt(token)
    if letter is None:
        raise Http404
    context = {
        "site": site(),
        "letter": letter,
        "is_suggestion": letter.kind == Kind.SUGGESTION,
        "state": _standing(letter),
        "address": permanent_address("receipt", token),
    }
    response = HttpResponse(render_to_string("web/receipt.html", context))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _standing(letter: Letter) -> str:
    """The state of a letter, in a neutral sentence."""
    return {
        LetterState.NEW: _("Your letter has arrived. Nobody has looked at it yet."),
        LetterState.TAKEN: _("Somebody at the desk is looking into it."),
        LetterState.ANSWERED: _("The desk has answered."),
        LetterState.DISMISSED: _("The desk has closed this letter and takes no further step."),
    }[LetterState(letter.state)]
