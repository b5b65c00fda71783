"""Words of Django's own admin that its Arabic lacks, or lacks in part; here they are said in all
our languages. When Django has them, this list can go.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

BORROWED = (
    _("- Select an option -"),
    _(", "),
    _(":?.!"),  # after these a label gets no colon: Arabic asks with another mark
    _("Filter by %(field_name)s"),
    _("Logout"),
    _("No %s matches the given query."),
    _("Pagination %(name)s"),
    _("Pagination %(name)s entries"),
    _("Run"),
    _("Search %(name)s"),
    _("“%(value)s” is not a valid binary value."),
    _(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the "
        "following related items will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following "
        "protected related objects:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related "
        "objects, but your account doesn't have permission to delete the following types of "
        "objects:"
    ),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
)
