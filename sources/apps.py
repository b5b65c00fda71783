from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Who speaks and what was published. Knows nothing of claims."""

    name = "sources"
