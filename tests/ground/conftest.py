"""What the site writes to its log."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from structlog.stdlib import ProcessorFormatter


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The lines an operator would see, as text."""
    (handler,) = [
        handler
        for handler in logging.root.handlers
        if isinstance(handler, logging.StreamHandler)
        and isinstance(handler.formatter, ProcessorFormatter)
    ]
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)
