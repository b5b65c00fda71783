"""The pictures of the README and of a day at the desk, from the site itself: `make pictures`.

Not a test, and not run with them; it borrows their database, their people and their browser.
"""

import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page

from claims import example
from claims.choices import ChangeKind
from claims.models import Claim, Preferences
from claims.review import workflow
from tests import desk_work
from tests.admin.pages import at, claim_page, move_page

DOCS = Path("docs")
WIDTH = 1200
LARGEST = 150_000  # bytes of one picture

# Ink on paper needs few colours: the 256 that cover most, and for all others the nearest of them.
FEWER_COLOURS = """async (address) => {
    const image = await createImageBitmap(await (await fetch(address)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    const pixels = new Uint32Array(data.length / 4);
    const counts = new Map();
    for (let i = 0; i < pixels.length; i += 1) {
        pixels[i] = (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2];
        counts.set(pixels[i], (counts.get(pixels[i]) ?? 0) + 1);
    }
    const kept = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
    const apart = (a, b) => [16, 8, 0].reduce(
        (sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
    const numbers = new Map([...counts.keys()].map((colour) => {
        const far = kept.map((one) => apart(one, colour));
        return [colour, far.indexOf(Math.min(...far))];
    }));
    return [image.width, image.height, kept, btoa(Array.from(pixels,
        (colour) => String.fromCharCode(numbers.get(colour))).join(""))];
}"""


def smaller(page: Page, picture: bytes) -> bytes:
    """The same picture as a PNG with a palette, a third of its size."""
    address = f"data:image/png;base64,{b64encode(picture).decode()}"
    width, height, colours, encoded = page.evaluate(FEWER_COLOURS, address)
    pixels = b64decode(encoded)
    lines = b"".join(b"\0" + pixels[y * width : (y + 1) * width] for y in range(height))
    palette = b"".join(colour.to_bytes(3) for colour in colours)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


class Day:
    """Somebody looks at the desk, and a picture is taken."""

    def __init__(self, browser: Browser, served: str) -> None:
        self.browser, self.served = browser, served

    def take(
        self,
        name: str,
        address: str,
        *,
        of: str = "",
        height: int = 900,
        width: int = WIDTH,
        language: str = "en",
        before: Callable[[Page], None] | None = None,
    ) -> None:
        with self.browser.new_context(
            base_url=self.served,
            viewport={"width": width, "height": height},
            color_scheme="light",
            extra_http_headers={"Accept-Language": language},
        ) as context:
            if of:
                client = Client()
                client.force_login(User.objects.get(username=of))
                session = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.served}]
                )
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            if before:
                before(page)
            picture = smaller(context.new_page(), page.screenshot())
        assert len(picture) < LARGEST
        path = DOCS / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(picture)


def test_take_the_pictures(browser: Browser, served: str) -> None:
    """A morning with the worked example, as docs/fact-checker.md tells it."""
    call_command("load_example", verbosity=0)
    day = Day(browser, served)
    take = day.take
    people = {name: User.objects.get(username=name) for name in ("contributor", "reviewer")}
    claim = Claim.objects.get(ref=example.ref("C3"))
    take("claim-page", f"/claims/{claim.ref}/", height=980)

    note = "Single quotation marks in the statement."
    workflow.revise(claim, by=people["contributor"], kind=ChangeKind.MINOR, note=note)
    statement = claim.statement.replace("“", "‘").replace("”", "’")
    desk_work.change(claim, people["contributor"], statement=statement)
    take("desk/02-claim", claim_page(claim), of="contributor", height=1500)
    take("desk/03-submit", move_page(claim, "submit"), of="contributor", height=620)
    workflow.submit(claim, by=people["contributor"])

    take("desk/01-my-desk", at("index"), of="reviewer")
    take("review-page", move_page(claim, "approve"), of="reviewer", height=1100)
    take("desk/04-review", move_page(claim, "approve"), of="reviewer", height=1100)
    take("desk/05-list", at("claims_claim_changelist"), of="reviewer", height=800)
    published = Claim.objects.get(ref=example.ref("C1"))
    take("desk/06-correct", move_page(published, "revise"), of="contributor", height=760)
    take("desk/07-retract", move_page(published, "retract"), of="publisher", height=700)
    Preferences.objects.create(user=people["reviewer"], language="ar")
    take("desk/08-arabic", move_page(claim, "approve"), of="reviewer", height=900)
