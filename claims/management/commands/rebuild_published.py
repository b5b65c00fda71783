"""Make the projection of the public record anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from claims.editions.models import PublishedClaim
from claims.editions.projection import rebuild


class Command(BaseCommand):
    help = (
        "Make the public lists anew from the editions. Readers see the old ones until it is done."
    )

    def handle(self, **options: Any) -> str:
        with tqdm(unit="claim", disable=None) as bar:
            for done in rebuild():
                bar.update(done)
        return f"{PublishedClaim.objects.count()} claims rebuilt from the public record."
