"""Documents and pictures from our own HTML: laid out by WeasyPrint, pictures by PDFium.

Pango shapes every script and orders what is written in two directions. It comes from the system;
where there is none, pages are complete without what is drawn. Drawing takes a tenth of a second of
a processor, and neither library is made for threads: one at a time in each server process, one may
wait, and all others are asked to come back. What was drawn is kept on disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from threading import BoundedSemaphore, Lock
from typing import Any

from django.core import checks
from django.core.cache import caches
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

MISSING = "Share images and PDFs cannot be drawn: the system lacks Pango."
HINT = (
    "Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0, and fonts for the scripts "
    "that claims are written in (Noto)."
)
POINT = 4 / 3  # CSS pixels to a point of PDF

_queue = BoundedSemaphore(2)
_pen = Lock()


class NotDrawn(Exception):
    """Why there is no picture or document now, in a sentence; and whether to try again."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(frozen=True)
class Attached:
    """A file in a document."""

    name: str
    says: str
    text: str
    day: datetime


@cache
def is_possible() -> bool:
    """Whether this machine has what drawing needs. Asked once in each process."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - loads the system's libraries, or fails
    except OSError as error:
        log.warning("%s %s", MISSING, error)
        return False
    return True


@checks.register()
def check(**_options: Any) -> list[checks.CheckMessage]:
    return [] if is_possible() else [checks.Warning(MISSING, hint=HINT, id="claims.W001")]


def kept(key: str, draw: Callable[[], bytes]) -> bytes:
    """What was drawn under this key before, or else now. Raises NotDrawn."""
    if found := _found(key):
        return found
    with _turn():
        if found := _found(key):  # whoever was before us may have drawn the same
            return found
        drawn = draw()
        _keep(key, drawn)
    return drawn


def _found(key: str) -> bytes | None:
    try:
        found: bytes | None = caches["drawn"].get(key)
    except OSError:  # said when it cannot be kept either
        return None
    return found


def _keep(key: str, drawn: bytes) -> None:
    try:
        caches["drawn"].set(key, drawn)
    except OSError as error:  # a full disk, or one that may not be written to
        log.warning("What was drawn cannot be kept: %s", error)


@contextmanager
def _turn() -> Iterator[None]:
    if not is_possible():
        raise NotDrawn(
            _("This site cannot draw at the moment. The page says the same."), again=False
        )
    if not _queue.acquire(blocking=False):
        raise NotDrawn(_("Others are being drawn. Try again in a few seconds."), again=True)
    try:
        with _pen:
            yield
    finally:
        _queue.release()


def laid_out(html: str) -> Any:
    """The pages of this HTML. It brings its style along: nothing is fetched from anywhere."""
    import weasyprint  # noqa: PLC0415 - see is_possible
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    nothing = URLFetcher(allowed_protocols=())
    return weasyprint.HTML(string=html, url_fetcher=nothing).render()


def document(html: str, *, identifier: bytes, attached: Attached) -> bytes:
    """A tagged PDF (PDF/UA) that holds a text besides, as a file of its own."""
    import weasyprint  # noqa: PLC0415 - see is_possible

    attachment = weasyprint.Attachment(
        string=attached.text,
        name=attached.name,
        description=attached.says,
        created=attached.day,
        modified=attached.day,
        relationship="Source",
    )
    pdf: bytes = laid_out(html).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier, attachments=[attachment]
    )
    return pdf


def picture(pages: Any) -> bytes:
    """The first of these pages as PNG, a CSS pixel a dot."""
    import pypdfium2  # noqa: PLC0415 - as heavy as the other
    from PIL import Image  # noqa: PLC0415

    with pypdfium2.PdfDocument(pages.write_pdf()) as pdf:
        image = pdf[0].render(scale=POINT).to_pil()
    png = BytesIO()  # ink on paper has few colours, and its edges a few shades of them
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(png, "PNG")
    return png.getvalue()
