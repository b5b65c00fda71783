"""Where an event is said to have been, on the map."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_a_quicker_home")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="box_east",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="degrees",
                max_digits=8,
                null=True,
                verbose_name="east",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="box_north",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="degrees",
                max_digits=8,
                null=True,
                verbose_name="north",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="box_south",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="degrees",
                max_digits=8,
                null=True,
                verbose_name="south",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="box_west",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="degrees",
                max_digits=8,
                null=True,
                verbose_name="west",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("box_west__isnull", True),
                        ("box_south__isnull", True),
                        ("box_east__isnull", True),
                        ("box_north__isnull", True),
                    ),
                    models.Q(
                        ("box_west__isnull", False),
                        ("box_south__isnull", False),
                        ("box_east__isnull", False),
                        ("box_north__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="event_box_is_whole",
                violation_error_message="A box has four edges: west, south, east and north. For a point, give its longitude as west and east, and its latitude as south and north.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("box_west__range", (Decimal(-180), Decimal(180))),
                    ("box_east__range", (Decimal(-180), Decimal(180))),
                    ("box_south__range", (Decimal(-90), Decimal(90))),
                    ("box_north__range", (Decimal(-90), Decimal(90))),
                    ("box_south__lte", models.F("box_north")),
                ),
                name="event_box_is_on_earth",
                violation_error_message="West and east lie between -180 and 180 degrees, south and north between -90 and 90, and south is not north of north.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("box_west__isnull", True),
                    models.Q(
                        ("place__regex", "\\S"),
                        models.Q(("place_precision", "unknown"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="event_box_is_of_a_place",
                violation_error_message="A box stands around a place: name the place as it is asserted, and say how exact that is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("box_west__isnull", True),
                    ("place_precision__in", ("settlement", "unknown")),
                    models.Q(
                        ("box_south", models.F("box_north")),
                        ("box_west", models.F("box_east")),
                        ("place_precision", "point"),
                    ),
                    models.Q(
                        ("place_precision__in", ("route", "area", "country")),
                        models.Q(
                            ("box_south", models.F("box_north")),
                            ("box_west", models.F("box_east")),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="event_box_is_as_exact",
                violation_error_message="A point has no extent, and a route, an area or a country has one: change the box or the precision.",
            ),
        ),
    ]
