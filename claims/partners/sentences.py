"""What the database says when it refuses something about partners and their keys.

The sentences are said by triggers, in `migrations`; they stand here once more so that they can be
translated. A test compares this list with what the database's functions hold.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("This partner has two live keys of this kind already: revoke one first."),
    _("A revoked key stays revoked: make another one."),
    _("A key opens no more than the key it was made with."),
    _("A key is made with a live key of the same partner."),
    _("A key of a suspended partner cannot be made."),
)
