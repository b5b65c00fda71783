"""The feed of changes, from which a mirror is kept."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_view

from claims.editions.models import Edition

from .reading import RecordList
from .schema import AFTER, INCLUDE, LIMIT, LINK, operation

change_list = operation(
    "changes", "Everything that was published, in order", AFTER, INCLUDE, LIMIT, LINK,
    component="ChangePage",
)  # fmt: skip


@extend_schema_view(get=change_list)
class ChangeList(RecordList):
    """Everything that was ever added to the record, in the order it was added.

    A reader who goes on from the last `after` never misses an edition, a correction, a retraction
    or a merge: what is visible under a number stays, and nothing appears before it later.
    """

    queryset = Edition.objects.all()
    parameters = ("include",)
    includes = ("content",)
    position_parameter = "after"
