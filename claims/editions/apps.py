from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """The public record. Self-contained: a read-only public copy needs these tables only."""

    name = "claims.editions"
    label = "editions"
