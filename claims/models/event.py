"""What is said to have happened: when and where, as it is asserted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Existence, Precision
from sources.fields import EDTFField, LanguageField
from sources.models import Merge, Referenced, known, language_tag
from sources.reading import arrow


class EventQuerySet(models.QuerySet["Event"]):
    def standing(self) -> Self:
        """What can be chosen: all but the duplicates that were merged into another."""
        return self.filter(merge__isnull=True)


BOX = ("box_west", "box_south", "box_east", "box_north")
EXTENDED = (Precision.ROUTE, Precision.AREA, Precision.COUNTRY)


def _degrees(label: Any, **more: Any) -> models.DecimalField:
    """An edge of a box, to five decimals: about a metre."""
    return models.DecimalField(
        label, max_digits=8, decimal_places=5, null=True, blank=True, help_text=_("degrees"), **more
    )


class Event(Referenced):
    """What the claims are about, in neutral words.

    It has no casualty number and no perpetrator of its own: those are claims.

    The box is where the place is said to be, in degrees (WGS 84): as a source gives it, or a
    gazetteer gives the place that was named. A point is a box without extent; one whose west is
    greater than its east crosses the 180th meridian, as in GeoJSON (RFC 7946, section 5).
    """

    label = models.CharField(_("neutral label"), max_length=300)
    language = LanguageField(verbose_name=_("language"), default="en")
    existence = models.CharField(
        _("existence"), max_length=11, choices=Existence, default=Existence.ALLEGED
    )
    time = EDTFField(_("time"), earliest="time_earliest", latest="time_latest", help_text="EDTF")
    time_earliest = models.DateField(null=True, editable=False)
    time_latest = models.DateField(null=True, editable=False)
    time_as_printed = models.CharField(_("time as printed"), max_length=200, blank=True)
    place = models.CharField(_("place as asserted"), max_length=300, blank=True)
    place_precision = models.CharField(
        _("precision of the place"), max_length=10, choices=Precision, default=Precision.UNKNOWN
    )

    box_west = _degrees(_("west"))
    box_south = _degrees(_("south"))
    box_east = _degrees(_("east"))
    box_north = _degrees(_("north"))

    objects = EventQuerySet.as_manager()

    class Meta(Referenced.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        constraints = [
            *Referenced.Meta.constraints,
            known("existence", Existence.values),
            known("place_precision", Precision.values),
            language_tag(),
            models.CheckConstraint(
                name="event_has_a_label",
                condition=Q(label__regex=r"\S"),
                violation_error_message=_("An event needs a neutral label."),
            ),
            models.CheckConstraint(
                name="event_box_is_whole",
                condition=Q(*((f"{edge}__isnull", True) for edge in BOX))
                | Q(*((f"{edge}__isnull", False) for edge in BOX)),
                violation_error_message=_(
                    "A box has four edges: west, south, east and north. For a point, give its "
                    "longitude as west and east, and its latitude as south and north."
                ),
            ),
            models.CheckConstraint(
                name="event_box_is_on_earth",
                condition=Q(box_west__range=(Decimal(-180), Decimal(180)))
                & Q(box_east__range=(Decimal(-180), Decimal(180)))
                & Q(box_south__range=(Decimal(-90), Decimal(90)))
                & Q(box_north__range=(Decimal(-90), Decimal(90)))
                & Q(box_south__lte=F("box_north")),
                violation_error_message=_(
                    "West and east lie between -180 and 180 degrees, south and north between -90 "
                    "and 90, and south is not north of north."
                ),
            ),
            models.CheckConstraint(
                name="event_box_is_of_a_place",
                condition=Q(box_west__isnull=True)
                | Q(place__regex=r"\S") & ~Q(place_precision=Precision.UNKNOWN),
                violation_error_message=_(
                    "A box stands around a place: name the place as it is asserted, and say how "
                    "exact that is."
                ),
            ),
            models.CheckConstraint(
                name="event_box_is_as_exact",
                condition=Q(box_west__isnull=True)
                | Q(place_precision__in=(Precision.SETTLEMENT, Precision.UNKNOWN))
                | Q(
                    place_precision=Precision.POINT,
                    box_west=F("box_east"),
                    box_south=F("box_north"),
                )
                | Q(place_precision__in=EXTENDED)
                & ~Q(box_west=F("box_east"), box_south=F("box_north")),
                violation_error_message=_(
                    "A point has no extent, and a route, an area or a country has one: change the "
                    "box or the precision."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def box(self) -> list[float] | None:
        """West, south, east and north in degrees, in the order of GeoJSON; None when not known."""
        edges = [getattr(self, edge) for edge in BOX]
        return None if None in edges else [float(edge) for edge in edges]


class EventMerge(Merge):
    merged = models.OneToOneField(Event, models.PROTECT, related_name="merge")
    into = models.ForeignKey(Event, models.PROTECT, related_name="merges")

    class Meta(Merge.Meta):
        verbose_name = _("merge of events")
        verbose_name_plural = _("merges of events")

    def __str__(self) -> str:
        return f"{self.merged} {arrow()} {self.into}"
