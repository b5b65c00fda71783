"""What the database says when it refuses something about anything on file.

The sentences are said by triggers, in `migrations`; they stand here once more so that they can be
translated. A test compares this list with what the database's functions hold.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Nobody is named as the author of this change."),
    _("The account named as the author of this change is not active."),
    _("A row is entered in one's own name."),
    _("The column %s of %s cannot change."),
    _("%s is append-only: its rows are never changed or removed."),
)
