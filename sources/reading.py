"""Signs that point the way a page is read."""

from django.utils.translation import get_language_bidi


def arrow() -> str:
    """From what was to what is: to the left on a page that is read from the right."""
    return "←" if get_language_bidi() else "→"
