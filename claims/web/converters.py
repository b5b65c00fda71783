"""The parts of an address. What cannot be one is a page that does not exist, never an error."""

from django.urls.converters import StringConverter

from claims.editions.models import REF_FORMAT
from claims.editions.page_texts import PageSlug


class RefConverter:
    """A permanent public name: eight characters of Crockford's base 32."""

    regex = REF_FORMAT.strip("^$")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MistypedRefConverter(RefConverter):
    """A ref as people type it: in lower case, O for 0, I or L for 1. Gives what they meant.

    Crockford's alphabet leaves those letters out so that they can be read this way.
    """

    regex = r"[0-9A-TV-Za-tv-z]{8}"
    meant = str.maketrans("OIL", "011")

    def to_python(self, value: str) -> str:
        return value.upper().translate(self.meant)


class EditionNumberConverter:
    """The number of an edition, counted from 1, as short as the database's own numbers."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class FeedFormConverter:
    """How a feed is written."""

    regex = "atom|rss|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SitemapConverter(FeedFormConverter):
    """What a part of the site's map holds."""

    regex = "page|claim|event|agent|source"


class DeskPageConverter(StringConverter):
    """One of the pages whose words are the desk's own."""

    regex = "|".join(PageSlug.values)


class TokenConverter(StringConverter):
    """128 bits in the letters of an address: whoever was not given them cannot guess them."""

    regex = r"[A-Za-z0-9_-]{22}"
