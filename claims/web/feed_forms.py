"""The three forms in which a feed is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language

from claims.editions.stamps import stamp

if TYPE_CHECKING:
    from .feeds import Feed

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class Atom(feedgenerator.Atom1Feed):
    """Entries in the language of what they tell; what we say of it is in ours."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        attributes = {"type": "text", "xml:lang": self.feed["language"]}
        handler.addQuickElement("summary", item["description"], attributes)


class RSS(feedgenerator.Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": DUBLIN_CORE}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])


def _generated(kind: type[feedgenerator.SyndicationFeed]) -> Callable[[Feed], str]:
    def write(feed: Feed) -> str:
        newest = max((story.at for story in feed.stories), default=datetime.fromtimestamp(0, UTC))
        made = kind(
            title=f"{settings.SITE_NAME}: {feed.title}",
            link=feed.page,
            description=feed.title,
            language=get_language(),
            author_name=settings.SITE_NAME,
            feed_url=feed.address,
            feed_guid=feed.address,
        )
        made.latest_post_date = lambda: newest  # type: ignore[method-assign]
        for story in feed.stories:
            made.add_item(
                title=story.title,
                link=story.url,
                description=story.summary,
                unique_id=story.id,
                unique_id_is_permalink=False,
                pubdate=story.at,
                updateddate=story.at,
                language=story.language,
            )
        return str(made.writeString("utf-8"))

    return write


def _json(feed: Feed) -> str:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{settings.SITE_NAME}: {feed.title}",
            "home_page_url": feed.page,
            "feed_url": feed.address,
            "language": get_language(),
            "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL}],
            "items": [
                {
                    "id": story.id,
                    "url": story.url,
                    "title": story.title,
                    "content_text": story.summary,
                    "date_published": stamp(story.at),
                    "date_modified": stamp(story.at),
                    "language": story.language,
                }
                for story in feed.stories
            ],
        },
        ensure_ascii=False,
    )


@dataclass(frozen=True)
class Form:
    name: str
    media_type: str
    write: Callable[[Feed], str]


FORMS: Mapping[str, Form] = {
    "atom": Form("Atom", "application/atom+xml", _generated(Atom)),
    "rss": Form("RSS", "application/rss+xml", _generated(RSS)),
    "json": Form("JSON Feed", "application/feed+json", _json),
}


@dataclass(frozen=True)
class FeedLink:
    """A feed as a page offers it."""

    name: str
    media_type: str
    title: str
    url: str


def links(title: str, name: str, *args: str, **parameters: str) -> list[FeedLink]:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return [
        FeedLink(
            name=form.name,
            media_type=form.media_type,
            title=f"{title} ({form.name})",
            url=reverse(name, args=[*args, code]) + query,
        )
        for code, form in FORMS.items()
    ]
