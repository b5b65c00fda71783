"""Where messages to partners go, what became of them, and what the desk can do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.functions import TruncHour
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.models import Event
from claims.webhooks import endpoints
from claims.webhooks.choices import Because
from claims.webhooks.models import TAKEN, Delivery, Endpoint
from sources.acting import acting
from sources.admin.desk import DeskAdmin
from sources.fetching import Trouble
from sources.models import Agent

from .charts import Columns

SWITCH = "webhooks.switch_endpoint"
LATEST = 20  # deliveries on the page of an endpoint
# What kept a message from being handed over, as an outcome says it: "not taken (…)".
TROUBLES: dict[str, Any] = {
    Trouble.ADDRESS: gettext_lazy("the address cannot be asked"),
    Trouble.PRIVATE: gettext_lazy("its host is in a private network"),
    Trouble.NAME: gettext_lazy("there is no such host"),
    Trouble.CONNECTION: gettext_lazy("no connection"),
    Trouble.TLS: gettext_lazy("its certificate is not valid"),
    Trouble.TIME: gettext_lazy("no answer in time"),
    Trouble.ANSWER: gettext_lazy("its answer broke off"),
    Because.SECRET: Because.SECRET.label,
}


def outcome_of(delivery: Delivery) -> str:
    if delivery.taken:
        return _("taken (%(status)s)") % {"status": delivery.status}
    why = delivery.status or TROUBLES[delivery.error]
    return _("not taken (%(why)s)") % {"why": why}


class ReadOnly(DeskAdmin):
    """What partners and the worker write is read here, never typed."""

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_switch(self, request: HttpRequest) -> None:
        if not request.user.has_perm(SWITCH):
            raise PermissionDenied


@admin.register(Endpoint)
class EndpointAdmin(ReadOnly):
    """One endpoint: how it stands, its last day, and its latest deliveries. Never a secret."""

    change_form_template = "admin/webhooks/endpoint/change_form.html"
    list_display = ["url", "partner", "standing", "failing_since", "position"]
    list_filter = ["disabled_because", "partner"]
    list_select_related = ["partner"]
    search_fields = ["url", "description", "partner__name"]
    fieldsets = [
        (None, {"fields": ["partner", "url", "description", "created_at"]}),
        (gettext_lazy("What it asks for"), {"fields": ["kinds", "by", "about"]}),
        (
            gettext_lazy("How it stands"),
            {
                "fields": [
                    "standing",
                    "disabled_at",
                    "position",
                    "failures",
                    "failing_since",
                    "next_at",
                ]
            },
        ),
    ]
    readonly_fields = ["standing", "created_at", "kinds", "by", "about"]

    @admin.display(description=gettext_lazy("kinds of messages"))
    def kinds(self, endpoint: Endpoint) -> str:
        return format_html_join(", ", "<code>{}</code>", zip(endpoint.types)) or _("all")

    @admin.display(description=gettext_lazy("claims by these agents"))
    def by(self, endpoint: Endpoint) -> str:
        return _linked(endpoint.claimants, Agent, "name") or _("all")

    @admin.display(description=gettext_lazy("claims about these events"))
    def about(self, endpoint: Endpoint) -> str:
        return _linked(endpoint.events, Event, "label") or _("all")

    @admin.display(description=gettext_lazy("state"), ordering="disabled_because")
    def standing(self, endpoint: Endpoint) -> str:
        if not endpoint.enabled:
            return _("off: %(reason)s") % {"reason": endpoint.get_disabled_because_display()}
        return _("failing") if endpoint.failures else _("on")

    def get_fieldsets(self, request: HttpRequest, obj: Endpoint | None = None) -> Any:
        """Moments of what did not happen are not told."""
        *said, (name, stands) = super().get_fieldsets(request, obj)
        of = {"disabled_at": "disabled_at", "failing_since": "failing_since", "next_at": "failures"}
        fields = [
            one for one in stands["fields"] if obj is None or one not in of or getattr(obj, of[one])
        ]
        return [*said, (name, {"fields": fields})]

    def get_urls(self) -> list[URLPattern]:
        switch = self.admin_site.admin_view(require_POST(self.switch_view))
        return [
            path("<int:pk>/switch/<str:way>/", switch, name="webhooks_endpoint_switch"),
            *super().get_urls(),
        ]

    def switch_view(self, request: HttpRequest, pk: int, way: str) -> HttpResponse:
        self.may_switch(request)
        if way not in {"on", "off"}:
            raise Http404
        endpoint = get_object_or_404(Endpoint, pk=pk)
        with acting(request.user):
            endpoints.switch_by_desk(endpoint, on=way == "on")
        told = _("It is on: messages go on where they stopped.") if way == "on" else _("It is off.")
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:webhooks_endpoint_change", args=[pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        endpoint: Endpoint | None = kwargs.get("obj")
        if endpoint is not None:
            context["may_switch"] = request.user.has_perm(SWITCH)
            context["last_day"] = last_day(endpoint)
            latest = endpoint.deliveries.select_related("message")[:LATEST]
            context["latest"] = [(delivery, outcome_of(delivery)) for delivery in latest]
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Every try to hand over a message, at every endpoint."""

    change_form_template = "admin/webhooks/delivery/change_form.html"
    list_display = ["at", "outcome", "endpoint", "message", "number", "reason"]
    list_filter = ["reason", "at"]
    list_select_related = ["endpoint", "message"]
    search_fields = ["=message__ref", "endpoint__url"]
    fields = [
        *("endpoint", "message", "header", "body", "number", "reason", "at"),
        *("outcome", "milliseconds", "answer"),
    ]
    readonly_fields = ["header", "body", "outcome"]

    @admin.display(description=gettext_lazy("outcome"))
    def outcome(self, delivery: Delivery) -> str:
        return outcome_of(delivery)

    @admin.display(description="webhook-id")
    def header(self, delivery: Delivery) -> str:
        return format_html("<code>{}</code>", delivery.message.public_id)

    @admin.display(description=gettext_lazy("text"))
    def body(self, delivery: Delivery) -> str:
        return format_html('<code dir="ltr">{}</code>', delivery.message.body)

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again_view))
        return [
            path("<int:pk>/again/", again, name="webhooks_delivery_again"),
            *super().get_urls(),
        ]

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.may_switch(request)
        delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), pk=pk)
        try:
            endpoints.send_again(delivery)
        except endpoints.Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.message_user(
                request, _("It is sent again, as soon as possible."), messages.SUCCESS
            )
        return HttpResponseRedirect(
            reverse("admin:webhooks_endpoint_change", args=[delivery.endpoint_id])
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["may_switch"] = request.user.has_perm(SWITCH)
        return super().render_change_form(request, context, *args, **kwargs)


def _linked(refs: list[str], model: type[Agent | Event], name: str) -> str:
    """By name, each with the way to it; by ref where nothing is on file under it."""
    known = dict(model.objects.filter(ref__in=refs).values_list("ref", name))
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return format_html_join(
        ", ",
        '<a href="{}?q={}"><bdi>{}</bdi></a>',
        ((page, ref, known.get(ref, ref)) for ref in refs),
    )


def last_day(endpoint: Endpoint) -> list[Columns]:
    """Hour by hour, what was taken and what was not, in one measure."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    hours = [hour - timedelta(hours=back) for back in range(23, -1, -1)]
    log = endpoint.deliveries.filter(at__gte=hours[0]).annotate(hour=TruncHour("at"))

    def counted(rows: Any) -> list[int]:
        found = dict(rows.order_by().values_list("hour").annotate(number=Count("pk")))
        return [found.get(one, 0) for one in hours]

    taken, failed = counted(log.filter(TAKEN)), counted(log.exclude(TAKEN))
    top = max(*taken, *failed)
    return [Columns(_("Taken"), taken, top), Columns(_("Not taken"), failed, top)]
