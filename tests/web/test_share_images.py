"""The image that stands for an edition in a feed."""

from collections import Counter
from io import BytesIO
from threading import Event, Thread
from urllib.request import OpenerDirector

import pypdfium2
import pytest
from django.core.cache import caches
from django.core.checks import run_checks
from PIL import Image

from claims.choices import ChangeKind
from claims.editions.models import Edition
from claims.review import workflow
from claims.web import drawing, share_image
from tests import desk_work as desk
from tests.web.conftest import tags

pytestmark = pytest.mark.django_db

ARABIC = "قُتل ما لا يقل عن 24 مدنيًا في ميناء مثال"
TIFINAGH = "ⵉⵎⴷⴷⵓⴽⴰⵍ ⵏ ⵜⵎⵓⵔⵜ"
LONG = "The dockers of Port Example stopped work, and said that they would not begin again. " * 7
LONGER = LONG + LONG[:380]


@pytest.fixture(autouse=True)
def nothing_drawn_yet():
    caches["drawn"].clear()


@pytest.fixture
def said(contributor, reviewer, publisher):
    """A published claim with these words; answers with its edition."""

    def publish(statement: str, language: str = "en") -> Edition:
        claim = desk.draft(contributor, statement=statement, language=language)
        return desk.publish(claim, reviewer, publisher)

    return publish


@pytest.fixture
def laid_out(monkeypatch):
    """The words of each layout, in the order in which they were tried; the last one was drawn."""
    layouts: list[str] = []
    lay_out = drawing.laid_out

    def keep(html: str):
        layout = lay_out(html)
        with pypdfium2.PdfDocument(layout.write_pdf()) as pdf:
            layouts.append(" ".join(pdf[0].get_textpage().get_text_bounded().split()))
        return layout

    monkeypatch.setattr(drawing, "laid_out", keep)
    return layouts


def path(edition: Edition) -> str:
    return f"{edition.get_absolute_url()}card.png"


def is_drawn(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return len(set(image.crop(box).convert("L").get_flattened_data())) > 1


def test_it_has_the_size_that_networks_ask_for_and_few_bytes(said, visitor):
    answer = visitor.get(path(said("The harbour closed.")))
    assert answer["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(answer.content) < 60_000


def test_the_claimant_stands_before_the_statement_and_both_answers_below(said, laid_out):
    edition = said("The harbour closed.")
    share_image.draw_image(edition)
    words = laid_out[-1]
    places = [
        words.index(part)
        for part in ("The union", "says:", "The harbour closed.", "Was it said?", "Is it so?")
    ]
    assert places == sorted(places)
    assert f"Factcheck, claim {edition.ref}, edition 1, " in words
    assert "Single report" in words
    assert "Not assessed" in words


@pytest.mark.parametrize(("statement", "language"), [(ARABIC, "ar"), (TIFINAGH, "tzm-Tfng")])
def test_every_letter_has_a_shape(said, statement, language, monkeypatch):
    """A letter that no font has is drawn as a box: all such boxes are alike, letters are not."""
    documents: list[bytes] = []
    draw = drawing.picture

    def keep(layout):
        documents.append(layout.write_pdf())
        return draw(layout)

    monkeypatch.setattr(drawing, "picture", keep)
    share_image.draw_image(said(statement, language))
    with pypdfium2.PdfDocument(documents[-1]) as pdf:
        fonts = {
            pypdfium2.raw.FPDFTextObj_GetFont(item.raw)
            and _font_name(pypdfium2.raw.FPDFTextObj_GetFont(item.raw))
            for item in pdf[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        }
        text = pdf[0].get_textpage().get_text_bounded()
    assert any(("Arabic" if language == "ar" else "Tifinagh") in name for name in fonts), fonts
    letters = Counter(sign for sign in statement if sign.isalpha())
    drawn = Counter(sign for sign in text if sign in letters)
    assert not letters - drawn


def _font_name(font) -> str:
    import ctypes

    size = pypdfium2.raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pypdfium2.raw.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode()


def test_arabic_begins_at_the_right(said):
    image = Image.open(BytesIO(share_image.draw_image(said("ميناء مثال", "ar"))))
    assert is_drawn(image, (700, 110, 1140, 330))
    assert not is_drawn(image, (60, 110, 500, 330))


def test_six_hundred_signs_fit_whole(said, laid_out):
    assert 550 < len(LONG) < 650
    share_image.draw_image(said(LONG.strip()))
    assert laid_out[-1].count("stopped work") == 7
    assert "Shortened" not in laid_out[-1]


def test_what_fits_in_no_size_is_cut_with_a_mark_and_says_so(said, laid_out):
    share_image.draw_image(said(LONGER.strip()))
    assert "… Shortened here. Read the whole statement on its page." in laid_out[-1]
    assert laid_out[-1].count("stopped work") > 3


def test_it_is_kept_for_good_and_drawn_once(said, visitor, monkeypatch):
    at = path(said("The harbour closed."))
    first = visitor.get(at)
    assert first["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
    assert "Vary" not in first
    assert not first.cookies
    monkeypatch.setattr(drawing, "picture", None)
    assert visitor.get(at).content == first.content


def test_a_copy_that_is_held_costs_two_questions(said, visitor, django_assert_num_queries):
    at = path(said("The harbour closed."))
    tag = visitor.get(at)["ETag"]
    with django_assert_num_queries(2):  # what is held may have been redacted since
        answer = visitor.get(at, headers={"if-none-match": tag, "accept-encoding": "gzip"})
    assert (answer.status_code, answer["ETag"]) == (304, tag)


def test_what_becomes_of_a_claim_changes_no_image_of_what_it_said(
    said, visitor, contributor, reviewer, publisher
):
    from claims.models import Claim

    edition = said("The harbour closed.")
    before = visitor.get(path(edition)).content
    claim = Claim.objects.get(ref=edition.ref)
    workflow.revise(claim, by=contributor, kind=ChangeKind.CORRECTED, note=desk.CORRECTION)
    desk.change(claim, contributor, statement="The harbour stayed open.")
    desk.publish(claim, reviewer, publisher)
    caches["drawn"].clear()
    assert visitor.get(path(edition)).content == before
    assert visitor.get(path(edition).replace("/v1/", "/v2/")).content != before


def test_the_image_of_a_withdrawn_claim_says_that_it_was(said, publisher, laid_out):
    from claims.models import Claim

    edition = said("The harbour closed.")
    workflow.retract(Claim.objects.get(ref=edition.ref), by=publisher, reason="Another town.")
    share_image.draw_image(Edition.objects.get(ref=edition.ref, number=2))
    assert "This claim has been retracted." in laid_out[-1]
    assert "Was it said?" not in laid_out[-1]


def test_there_is_no_image_of_an_edition_to_come(said, visitor):
    assert visitor.get(path(said("The harbour closed.")).replace("v1", "v2")).status_code == 404


def test_nothing_is_fetched_for_a_drawing(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(OpenerDirector, "open", lambda self, url, *rest, **more: asked.append(url))
    addresses = ("http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:image/png;base64,AA==")
    pictures = "".join(f'<img src="{address}">' for address in addresses)
    styles = f'<link rel="stylesheet" href="{addresses[0]}">'
    assert len(drawing.laid_out(f"{styles}{pictures}<p>Words").pages) == 1
    assert asked == []


def test_two_wait_for_the_pen_and_a_third_is_asked_to_come_back(said, visitor):
    edition = said("The harbour closed.")
    drawing_now, go_on = Event(), Event()

    def slowly() -> bytes:
        drawing_now.set()
        go_on.wait(10)
        return b"drawn"

    drawers = [Thread(target=drawing.kept, args=(f"slow-{n}", slowly)) for n in range(2)]
    for drawer in drawers:
        drawer.start()
    assert drawing_now.wait(10)
    while drawing._queue._value:
        pass
    try:
        answer = visitor.get(path(edition))
    finally:
        go_on.set()
        for drawer in drawers:
            drawer.join()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert visitor.get(path(edition)).status_code == 200


@pytest.fixture
def without_pango(monkeypatch):
    """A machine where WeasyPrint finds none of the libraries it needs."""
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(drawing, "is_possible", lambda: False)


def test_without_pango_pages_are_complete_and_name_no_image(said, visitor, without_pango):
    edition = said("The harbour closed.")
    answer = visitor.get(edition.get_absolute_url())
    assert answer.status_code == 200
    heads = "".join(tags(answer.content, "meta") + tags(answer.content, "link"))
    assert "og:image" not in heads
    assert ".pdf" not in heads
    assert ".pdf" not in answer["Link"]
    assert (
        "thumbnail_url"
        not in visitor.get(
            "/oembed/", {"url": f"http://testserver{edition.get_absolute_url()}"}
        ).json()
    )
    for at in (path(edition), f"/claims/{edition.ref}/v1.pdf"):
        refused = visitor.get(at)
        assert refused.status_code == 503
        assert refused.content == b"This site cannot draw at the moment. The page says the same.\n"


def test_without_pango_whoever_runs_the_site_is_told(without_pango):
    told = [warning.msg for warning in run_checks(databases=[])]
    assert [words for words in told if "the system lacks Pango" in words]


def test_a_disk_that_cannot_be_written_to_stops_no_drawing(said, visitor, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.CACHES = {
        **settings.CACHES,
        "drawn": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": blocked / "drawn",
        },
    }
    assert visitor.get(path(said("The harbour closed."))).status_code == 200
