"""Moments as the record prints them."""

import datetime as dt


def stamp(moment: dt.datetime) -> str:
    """RFC 3339, UTC, whole seconds: 2026-11-23T12:00:00Z."""
    return f"{moment.astimezone(dt.UTC).isoformat()[:19]}Z"
