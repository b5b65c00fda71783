"""What was done and what was published: to be read, never to be written here."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.editions.models import Edition
from claims.models import Claim, Contribution, Move, Review
from sources.admin.desk import ReadOnlyAdmin


def says_so(claim: Claim) -> str:
    """Who makes a claim, as it is read before every statement."""
    return claim.claimant.name if claim.claimant else gettext("The publisher’s own voice")


def headline(claim: Claim) -> str:
    """A statement never stands alone: the claimant is read before it."""
    return f"{says_so(claim)}: {claim.statement}"


class OfAClaim(ReadOnlyAdmin):
    """Rows that tell what happened to a claim."""

    search_fields = ["=claim__ref"]

    @admin.display(description=_("claim"))
    def of(self, row: Move | Review | Contribution) -> str:
        return headline(row.claim)

    @admin.display(description=_("digest"))
    def short(self, row: Move | Review) -> SafeString:
        return format_html("<code>{}</code>", row.digest[:12])


@admin.register(Move)
class MoveAdmin(OfAClaim):
    list_display = ["at", "of", "action", "from_state", "to_state", "by", "note", "short"]
    list_select_related = ["claim__claimant", "by"]
    list_filter = ["action"]


@admin.register(Review)
class ReviewAdmin(OfAClaim):
    list_display = ["at", "of", "decision", "reviewer", "note", "short"]
    list_select_related = ["claim__claimant", "reviewer"]
    list_filter = ["decision"]


@admin.register(Contribution)
class ContributionAdmin(OfAClaim):
    list_display = ["at", "of", "user", "edition", "first_change"]
    list_select_related = ["claim__claimant", "user"]


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "ref", "number", "kind", "published_at", "short"]
    list_filter = ["kind"]
    search_fields = ["=ref", "=digest"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("digest"))
    def short(self, edition: Edition) -> SafeString:
        return format_html("<code>{}</code>", edition.digest[:12])
