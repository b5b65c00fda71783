from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    """The composed site: settings, the map of addresses, and what keeps the database honest."""

    name = "factcheck"

    def ready(self) -> None:
        from claims.web import drawing  # noqa: F401 - `manage.py check` asks it

        from .names import translate_names

        translate_names()
