"""A verification status wherever it is printed, with its definition one tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.urls import reverse

from .reading import of_the_desk


@dataclass(frozen=True)
class Status:
    """A status in the words of the edition that gave it: an old verdict is read with its old
    definition. `key` is the id of the definition on the page.
    """

    axis: str
    code: str
    label: str
    definition: str
    tone: str
    key: str

    @classmethod
    def of(cls, axis: str, status: Mapping[str, Any], where: str) -> Self:
        """`where` tells this place on the page from every other that prints a status."""
        return cls(
            axis=axis,
            code=status["code"],
            label=of_the_desk(status["label"]),
            definition=of_the_desk(
                status.get("definition", "")
            ),  # a short form made before it was part of it
            tone=status["tone"],
            key=f"means-{where}-{axis}",
        )

    @property
    def address(self) -> str:
        """Where all definitions of it stand, the past ones too."""
        return f"{reverse('statuses')}#{self.axis}-{self.code}"
