from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, as the desk has it."""

    default_site = "claims.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # This package is loaded before there are models, so its pages are named here.
        from . import (  # noqa: F401
            accounts,
            assignments,
            claim,
            duplicates,
            endpoints,
            event,
            exports,
            letterbox,
            partners,
            proposals,
            record,
            rights,
            texts,
            vocabulary,
        )
