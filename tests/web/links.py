"""Links of a header `Link` (RFC 8288) or a timemap (RFC 6690), parsed strictly.

`requests` splits them; that no part was lost on the way is checked here, since it forgives much.
"""

from __future__ import annotations

import re
from collections import defaultdict

from requests.utils import parse_header_links

LINK = re.compile(r'<https?://[^<>\s"]+>(; [a-z]+="[^"\\]*")+')

Link = dict[str, str]


def by_relation(value: str) -> dict[str, list[Link]]:
    """Each link under each of its relations."""
    written = re.split(r",\s+(?=<)", value.strip())
    assert all(LINK.fullmatch(one) for one in written), value
    found: dict[str, list[Link]] = defaultdict(list)
    parsed = parse_header_links(", ".join(written))
    assert len(parsed) == len(written)
    for link in parsed:
        for relation in link["rel"].split():
            found[relation].append(link)
    return dict(found)


def targets(value: str, relation: str) -> list[str]:
    return [link["url"] for link in by_relation(value).get(relation, [])]
