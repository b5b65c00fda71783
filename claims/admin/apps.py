from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, as the desk has it."""

    default_site = "claims.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # This package is loaded before there are models, so its pages are named here.
        from . import accounts, claim, event, record, rights, vocabulary  # noqa: F401
