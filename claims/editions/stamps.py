"""Moments as the record prints them."""

import datetime as dt


def stamp(moment: dt.datetime) -> str:
    """RFC 3339, UTC, whole seconds: 2026-11-23T12:00:00Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
